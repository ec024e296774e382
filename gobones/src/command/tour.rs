//! `tour` and `chapters`: the walk.

use std::path::Path;

use layout::svg::Frame;
use layout::text::{self, Style};
use serde::Serialize;

use crate::chapter::{self, CHAPTERS, Chapter};
use crate::cli::{Common, Report};
use crate::command::{FAINT, GOOD, HEADING, STRONG, paint, wrap, write};
use crate::error::Error;
use crate::trace::{Step, Trace};

/// A chapter for programs.
#[derive(Serialize)]
struct ChapterJson<'a> {
    name: &'a str,
    area: &'a str,
    question: &'a str,
    answer: &'a str,
    program: &'a str,
    output: String,
    trace: &'a Trace,
    remark: &'a str,
    law: &'a str,
    go: Vec<String>,
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
            return Err(Error::SvgOfWhat("tour append"));
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
        return Ok(Report::json("step", step, true));
    }
    Ok(Report::of(show_step(number, step, &common.style(), common)))
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
    let color = common.color();
    let words = common.lang.words();
    let mut text = paint(color, HEADING, words.chapters) + "\n";
    for chapter in CHAPTERS {
        let name = paint(color, STRONG, &format!("{:<10}", chapter.name));
        text.push_str(&format!(
            "  {name} {}\n",
            common.lang.pick(&chapter.question)
        ));
    }
    text.push_str(&format!(
        "\n{}  gobones tour append · gobones tour slice · gobones laws slice · gobones myths\n",
        words.next
    ));
    text
}

fn show(chapter: &Chapter, trace: &Trace, common: &Common) -> String {
    let style = common.style();
    let (color, lang) = (style.color, common.lang);
    let words = lang.words();
    let heading = |text: &str| format!("{}\n", paint(color, HEADING, text));
    let indented = |text: &str| {
        text.lines()
            .map(|line| format!("    {line}\n"))
            .collect::<String>()
    };

    let title = format!(
        "{} {} · {}",
        words.chapter,
        chapter.name,
        lang.pick(&chapter.question)
    );
    let mut text = heading(&title) + "\n";
    text.push_str(&wrap(
        lang.pick(&chapter.answer),
        style.width.min(100),
        "  ",
    ));
    text.push_str(&format!(
        "\n{}{}",
        heading(words.program),
        numbered(chapter.program, color)
    ));
    text.push_str(&format!(
        "\n{}{}",
        heading(words.prints),
        indented(&trace.output())
    ));
    text.push_str(&format!("\n{}", heading(words.memory)));
    text.push_str(&format!("  {}\n", paint(color, FAINT, words.legend)));
    for (i, step) in trace.steps.iter().enumerate() {
        text.push_str(&show_step(i + 1, step, &style, common));
    }
    text.push_str(&format!("\n{}", heading(words.remark)));
    text.push_str(&wrap(
        lang.pick(&chapter.remark),
        style.width.min(100),
        "  ",
    ));
    text.push_str(&format!("\n{}", heading(words.law)));
    text.push_str(&wrap(
        &law_line(chapter, common),
        style.width.min(100),
        "  ",
    ));
    text.push_str(&format!("\n{}", heading(words.source)));
    for (file, function) in chapter.go {
        text.push_str(&format!("  {function:<20} {}\n", link(file)));
    }
    text + "\n"
}

fn show_step(number: usize, step: &Step, style: &Style, common: &Common) -> String {
    let words = common.lang.words();
    let code = paint(style.color, STRONG, &step.code);
    let mut text = format!(
        "\n{number}. {}{}{}: {code}\n",
        words.line.0, step.line, words.line.1
    );
    text.push_str(&wrap(
        common.lang.note(&step.note),
        style.width.min(100),
        "   ",
    ));
    for line in step.output.lines() {
        let line = paint(style.color, GOOD, line.trim_end());
        text.push_str(&format!("   {} ▸ {line}\n", words.output));
    }
    text.push_str(&text::render_step(&step.picture, &step.delta, style));
    text
}

fn numbered(program: &str, color: bool) -> String {
    let number = |i: usize| paint(color, FAINT, &format!("{i:>3}"));
    let lines = program.lines().enumerate();
    lines
        .map(|(i, line)| format!("{} {}\n", number(i + 1), line.replace('\t', "    ")))
        .collect()
}

/// The claim of the chapter's law and how to check it.
fn law_line(chapter: &Chapter, common: &Common) -> String {
    let law = laws::laws().iter().find(|law| law.name == chapter.law);
    let claim = law.map_or("", |law| common.lang.pick(&law.claim));
    format!("{claim} → gobones laws {}", chapter.law)
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
    layout::svg::strip(&title, &frames)
}

fn frame<'a>(i: usize, step: &'a Step, common: &Common) -> Frame<'a> {
    let caption = format!("{}. {}: {}", i + 1, step.code, common.lang.note(&step.note));
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
        trace,
        remark: common.lang.pick(&chapter.remark),
        law: chapter.law,
        go: chapter
            .go
            .iter()
            .map(|(file, function)| format!("{}: {function}", link(file)))
            .collect(),
    }
}
