//! `tour` and `chapters`: the walk.
//!
//! ```text
//!   Chapter notes · question          heading
//!     answer                          two sentences
//!   program · what it prints          numbered lines of Go, and real Go's output
//!   1. line 6: s := make(…)           a step: the line that changed memory, one sentence,
//!      line 9 prints ▸ …              what other lines printed meanwhile,
//!   ┌─ s* ─ []int ─ 24 bytes ─ …      and the picture after it, `*` where the delta is
//!   2. …
//!   remark · law · Go's source        where to go on
//! ```
//!
//! The same steps can leave as text, as a strip of drawings (`--svg`), or as JSON. In JSON a step
//! has its note in the chosen language only, and beside its picture the version of the picture's
//! form, `layout`, as in `gobones layout --json`.

use std::path::Path;

use layout::svg::Frame;
use layout::text;
use layout::{Delta, Picture};
use serde::Serialize;

use crate::chapter::{self, CHAPTERS, Chapter};
use crate::cli::{Common, Report};
use crate::command::{FAINT, GOOD, PLAIN, Page, STRONG, write};
use crate::error::Error;
use crate::trace::{Print, Step, Trace};

/// A chapter for programs.
#[derive(Serialize)]
struct ChapterJson<'a> {
    name: &'a str,
    area: &'a str,
    question: &'a str,
    answer: &'a str,
    program: &'a str,
    output: String,
    steps: Vec<StepJson<'a>>,
    remark: &'a str,
    law: &'a str,
    go: Vec<String>,
}

/// A step for programs.
#[derive(Serialize)]
struct StepJson<'a> {
    line: usize,
    code: &'a str,
    note: &'a str,
    output: &'a [Print],
    /// The version of the picture's form.
    layout: u32,
    picture: &'a Picture,
    delta: &'a Delta,
}

/// Walks through the chapters that `name` means; without a name, through the first, and lists all.
pub(crate) fn run(
    name: Option<&str>,
    step: Option<usize>,
    svg: Option<&Path>,
    common: &Common,
) -> Result<Report, Error> {
    let chosen = chapter::choose(name.unwrap_or(CHAPTERS[0].name))?;
    let traces: Vec<_> = chosen
        .iter()
        .map(|chapter| (chapter.run)(common.addresses))
        .collect();
    if let Some(step) = step {
        let ([chapter], [trace]) = (chosen.as_slice(), traces.as_slice()) else {
            return Err(Error::StepOfWhat);
        };
        return show_one_step(chapter, trace, step, svg, common);
    }
    if let Some(path) = svg {
        let ([chapter], [trace]) = (chosen.as_slice(), traces.as_slice()) else {
            return Err(Error::SvgOfWhat("tour", "append"));
        };
        write(path, &film(chapter, trace.steps.iter().enumerate(), common))?;
    }
    if common.json {
        let walked = chosen.iter().zip(&traces);
        let json: Vec<_> = walked
            .map(|(chapter, trace)| to_json(chapter, trace, common))
            .collect();
        return Ok(Report::json("tour", json, true));
    }
    let mut text: String = chosen
        .iter()
        .zip(&traces)
        .map(|(chapter, trace)| show(chapter, trace, common))
        .collect();
    if name.is_none() {
        text.push_str(&list(common));
    }
    Ok(Report::of(text))
}

/// One step of a chapter alone: for a slide, or to look again.
fn show_one_step(
    chapter: &'static Chapter,
    trace: &Trace,
    number: usize,
    svg: Option<&Path>,
    common: &Common,
) -> Result<Report, Error> {
    let steps = trace.steps.len();
    let step = number.checked_sub(1).and_then(|i| trace.steps.get(i));
    let step = step.ok_or(Error::NoStep {
        chapter: chapter.name,
        step: number,
        steps,
    })?;
    if let Some(path) = svg {
        write(
            path,
            &film(chapter, [(number - 1, step)].into_iter(), common),
        )?;
    }
    if common.json {
        return Ok(Report::json("step", step_json(step, common), true));
    }
    Ok(Report::of(show_step(
        number,
        step,
        &Page::of(common),
        common,
    )))
}

/// Lists the chapters.
pub(crate) fn chapters(common: &Common) -> Report {
    if common.json {
        let rows: Vec<_> = CHAPTERS
            .iter()
            .map(|c| {
                serde_json::json!({
                    "name": c.name, "area": c.area, "question": common.lang.pick(&c.question),
                })
            })
            .collect();
        return Report::json("chapters", rows, true);
    }
    Report::of(list(common))
}

fn list(common: &Common) -> String {
    const NEXT: [&str; 4] = [
        "gobones tour append",
        "gobones tour slice",
        "gobones tour map",
        "gobones myths",
    ];
    let page = Page::of(common);
    let words = common.lang.words();
    let rest = " ".repeat(13);
    let mut text = page.heading(words.chapters);
    for chapter in CHAPTERS {
        let name = page.paint(STRONG, &format!("{:<10}", chapter.name));
        let question = page.wrap(PLAIN, common.lang.pick(&chapter.question), &rest, &rest);
        text.push_str(&format!("  {name} {}", question.trim_start()));
    }
    let next = format!("{}  ", words.next);
    text.push('\n');
    text.push_str(&page.row(&NEXT.map(|command| (PLAIN, command)), " · ", &next, "  "));
    text
}

fn show(chapter: &Chapter, trace: &Trace, common: &Common) -> String {
    let page = Page::of(common);
    let (lang, words) = (common.lang, common.lang.words());
    let question = lang.pick(&chapter.question);
    let title = format!("{} {} · {question}", words.chapter, chapter.name);
    let mut text = page.heading(&title) + "\n";
    text.push_str(&page.paragraph(lang.pick(&chapter.answer)));
    let part = |heading: &str, body: &str| format!("\n{}{body}", page.heading(heading));
    text.push_str(&part(words.program, &numbered(chapter.program, &page)));
    let output = trace.output();
    let output: String = output.lines().map(|line| format!("    {line}\n")).collect();
    text.push_str(&part(words.prints, &output));
    let of_area = words.legends.iter().find(|(area, _)| *area == chapter.area);
    let signs = of_area.map_or(&[][..], |(_, signs)| signs);
    let legend: Vec<_> = signs.iter().map(|sign| (FAINT, *sign)).collect();
    text.push_str(&part(words.memory, &page.row(&legend, "    ", "  ", "  ")));
    for (i, step) in trace.steps.iter().enumerate() {
        text.push_str(&show_step(i + 1, step, &page, common));
    }
    text.push_str(&part(
        words.remark,
        &page.paragraph(lang.pick(&chapter.remark)),
    ));
    text.push_str(&part(words.law, &law(chapter, &page, common)));
    let source = chapter.go.iter().map(|(file, function)| {
        let function = format!("{function:<20}");
        page.row(
            &[(PLAIN, &function), (PLAIN, &link(file))],
            " ",
            "  ",
            "    ",
        )
    });
    text.push_str(&part(words.source, &source.collect::<String>()));
    text + "\n"
}

fn show_step(number: usize, step: &Step, page: &Page, common: &Common) -> String {
    let words = common.lang.words();
    let line = |line: usize| format!("{}{line}{}", words.line.0, words.line.1);
    let head = format!("{number}. {}{}", line(step.line), words.colon);
    let mut text = "\n".to_string() + &page.wrap(STRONG, &step.code, &head, "   ");
    text.push_str(&page.wrap(PLAIN, common.lang.note(&step.note), "   ", "   "));
    for print in &step.output {
        let label = format!("   {}{} ▸ ", line(print.line), words.output);
        // The end of a line that other pieces filled shows nothing of its own.
        for printed in print.text.lines().filter(|printed| !printed.is_empty()) {
            text.push_str(&page.wrap(GOOD, printed, &label, "     "));
        }
    }
    text.push_str(&text::render_step(
        &step.picture,
        &step.delta,
        &common.style(),
    ));
    text
}

fn numbered(program: &str, page: &Page) -> String {
    let number = |i: usize| page.paint(FAINT, &format!("{i:>3}"));
    let lines = program.lines().enumerate();
    lines
        .map(|(i, line)| format!("{} {}\n", number(i + 1), line.replace('\t', "    ")))
        .collect()
}

/// The claim of the chapter's law and how to check it.
fn law(chapter: &Chapter, page: &Page, common: &Common) -> String {
    let law = laws::laws().iter().find(|law| law.name == chapter.law);
    let law = law.expect("a chapter names a law of the book");
    let check = format!("→ gobones laws {}", law.name);
    page.paragraph(common.lang.pick(&law.claim)) + &page.wrap(PLAIN, &check, "  ", "    ")
}

fn link(file: &str) -> String {
    format!("https://github.com/golang/go/blob/go1.19.8/src/{file}")
}

/// Steps of a chapter as one drawing.
fn film<'a>(
    chapter: &Chapter,
    steps: impl Iterator<Item = (usize, &'a Step)>,
    common: &Common,
) -> String {
    let frames: Vec<_> = steps.map(|(i, step)| frame(i, step, common)).collect();
    let title = format!("{} · Go 1.19", common.lang.pick(&chapter.question));
    layout::svg::strip(&title, &frames, common.lang.pictures())
}

fn frame<'a>(i: usize, step: &'a Step, common: &Common) -> Frame<'a> {
    let (note, colon) = (common.lang.note(&step.note), common.lang.words().colon);
    let caption = format!("{}. {}{colon}{note}", i + 1, step.code);
    Frame {
        caption,
        picture: &step.picture,
        delta: step.delta.clone(),
    }
}

fn to_json<'a>(chapter: &'a Chapter, trace: &'a Trace, common: &Common) -> ChapterJson<'a> {
    ChapterJson {
        name: chapter.name,
        area: chapter.area,
        question: common.lang.pick(&chapter.question),
        answer: common.lang.pick(&chapter.answer),
        program: chapter.program,
        output: trace.output(),
        steps: trace
            .steps
            .iter()
            .map(|step| step_json(step, common))
            .collect(),
        remark: common.lang.pick(&chapter.remark),
        law: chapter.law,
        go: chapter
            .go
            .iter()
            .map(|(file, function)| format!("{}: {function}", link(file)))
            .collect(),
    }
}

fn step_json<'a>(step: &'a Step, common: &Common) -> StepJson<'a> {
    StepJson {
        line: step.line,
        code: &step.code,
        note: common.lang.note(&step.note),
        output: &step.output,
        layout: layout::json::VERSION,
        picture: &step.picture,
        delta: &step.delta,
    }
}
