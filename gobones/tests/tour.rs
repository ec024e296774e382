//! The tour: its programs print what real Go printed, its texts are the golden ones, in both
//! languages, the same on every run.

use std::process::Command;

use gobones::chapter::CHAPTERS;
use gobones::layout::Picture;
use unicode_width::UnicodeWidthStr;

#[test]
fn every_chapter_prints_what_real_go_printed() {
    for chapter in CHAPTERS {
        let trace = (chapter.run)(false);
        assert_eq!(trace.output(), chapter.output, "chapter {}", chapter.name);
    }
}

#[test]
fn the_steps_of_a_chapter_follow_from_one_another() {
    for chapter in CHAPTERS {
        let mut moving = Picture::default();
        for step in (chapter.run)(false).steps {
            moving.apply(&step.delta);
            assert_eq!(
                moving, step.picture,
                "chapter {}, {}",
                chapter.name, step.code
            );
        }
    }
}

#[test]
fn what_is_printed_stands_beside_the_line_that_printed_it() {
    let lines_of = |name: &str| {
        let chapter = gobones::chapter::find(name).expect("a chapter");
        let steps = (chapter.run)(false).steps;
        let prints = steps.iter().flat_map(|step| &step.output);
        prints.map(|print| print.line).collect::<Vec<_>>()
    };
    assert_eq!(lines_of("notes"), [20, 21, 11, 12]);
    assert_eq!(lines_of("append"), [9, 14]);
    assert_eq!(lines_of("growth"), [15, 19, 23]);
    assert_eq!(lines_of("arguments"), [20, 24]);
    assert_eq!(lines_of("strings"), [10, 13, 15]);
    assert_eq!(lines_of("buckets"), [31, 36, 54, 58]);
    assert_eq!(lines_of("order"), [30, 40, 52, 63]);
    assert_eq!(lines_of("doubling"), [26, 26, 29, 42]);
    assert_eq!(lines_of("evacuation"), [38, 41, 52, 56]);
    assert_eq!(lines_of("delete"), [24, 28, 41, 48, 50]);
    assert_eq!(lines_of("concurrent"), [39, 39, 39, 39, 44]);
    assert_eq!(lines_of("odd-keys"), [23, 27, 33, 38, 10, 10, 43]);
    assert_eq!(lines_of("tree"), [19, 26, 35, 42]);
    for chapter in CHAPTERS {
        let program: Vec<_> = chapter.program.lines().collect();
        for step in (chapter.run)(false).steps {
            for print in step.output {
                assert!(print.code.starts_with("fmt.Print"), "{}", print.code);
                assert_eq!(program[print.line - 1].trim(), print.code);
            }
        }
    }
}

#[test]
#[should_panic(expected = "the program has no line 'fmt.Println(t)'")]
fn a_line_that_the_program_lacks_cannot_print() {
    let mut run = gobones::trace::Recorder::new("\tfmt.Println(s)\n");
    run.print("fmt.Println(s)", "[1]\n");
    run.print("fmt.Println(t)", "[1]\n");
}

#[test]
fn every_chapter_names_a_law_and_every_law_and_myth_a_chapter() {
    let laws = gobones::laws::laws();
    for chapter in CHAPTERS {
        let found = laws.iter().any(|law| law.name == chapter.law);
        assert!(
            found,
            "chapter {} names {}, which is no law",
            chapter.name, chapter.law
        );
    }
    let chapters = laws.iter().map(|law| (law.name, law.chapter)).chain(
        gobones::laws::myths()
            .iter()
            .map(|myth| (myth.name, myth.chapter)),
    );
    for (name, chapter) in chapters {
        assert!(
            CHAPTERS.iter().any(|c| c.name == chapter),
            "{name} names chapter {chapter}"
        );
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for chapter in CHAPTERS {
        for text in [&chapter.question, &chapter.answer, &chapter.remark] {
            assert!(
                !chinese(text.en) && chinese(text.zh),
                "{}: {}",
                chapter.name,
                text.en
            );
        }
        for step in (chapter.run)(false).steps {
            assert!(
                !chinese(&step.note.en) && chinese(&step.note.zh),
                "{}",
                step.code
            );
        }
    }
}

#[test]
fn golden_texts() {
    let cases = trycmd::TestCases::new();
    cases.env("COLUMNS", "33").env("NO_COLOR", "1");
    cases
        .case("tests/golden/*.toml")
        .case("tests/golden/*.trycmd");
}

fn gobones(args: &[&str], color: Option<(&str, &str)>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gobones"));
    command
        .args(args)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command.envs(color);
    let output = command.output().expect("gobones runs");
    assert!(
        output.status.success(),
        "gobones {args:?}: {:?}",
        output.status
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The lines of `text` that are ours: no picture, no program, nothing a program printed, no link.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let kept = |line: &&str| {
        let picture = line.contains(['│', '┌', '└', '├', '─'])
            || line.contains("━━")
            || line.contains("┄┄")
            || line.contains(" cells left out, [");
        let number = line.get(..3).and_then(|n| n.trim().parse::<u32>().ok());
        let program = number.is_some() && line.get(3..4) == Some(" ");
        let printed = line.strip_prefix("    ").is_some_and(|line| {
            let mut outputs = CHAPTERS.iter().flat_map(|chapter| chapter.output.lines());
            outputs.any(|output| output == line)
        });
        !picture && !program && !printed && !line.trim_start().starts_with("http")
    };
    text.lines().filter(kept)
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let mut complaints = Vec::new();
    for width in [40, 60, 80] {
        for lang in ["en", "zh"] {
            for args in [
                &["tour", "all"][..],
                &["chapters"],
                &["layout"],
                &["layout", "rows"],
                &["laws", "--cases", "20"],
                &["myths"],
            ] {
                let flags = ["--width", &width.to_string(), "--lang", lang].map(str::to_string);
                let flags: Vec<_> = flags.iter().map(String::as_str).collect();
                let text = gobones(&[args, &flags].concat(), None);
                let wide = prose(&text).filter(|line| line.width() > width);
                complaints.extend(wide.map(|line| format!("{args:?} in {width} columns: {line}")));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn colours_do_not_move_a_line_break() {
    for args in [&["myths", "--width", "40"][..], &["tour", "notes"]] {
        let plain = gobones(args, None);
        let colored = gobones(&[args, &["--color", "always"]].concat(), None);
        let stripped: String = colored
            .split('\u{1b}')
            .enumerate()
            .map(|(i, part)| match part.split_once('m') {
                Some((_, text)) if i > 0 => text,
                Some(_) | None => part,
            })
            .collect();
        assert_eq!(stripped, plain, "{args:?}");
    }
}

#[test]
fn names_of_chapters_and_areas_choose_laws_and_myths() {
    let laws = gobones(&["laws", "append", "--json", "--cases", "5"], None);
    assert!(laws.contains("\"chapter\": \"append\"") && !laws.contains("\"growth\""));
    let myths = |name: &str| gobones(&["myths", name, "--cases", "50", "--json"], None);
    assert!(myths("strings").contains("len-counts-characters"));
    for area in ["slice", "map"] {
        let of_area = gobones::laws::myths().iter();
        let of_area = of_area.filter(|myth| myth.area == area);
        let said = myths(area).matches("\"belief\"").count();
        assert_eq!(said, of_area.count(), "{area}");
    }
}

#[test]
fn a_step_without_a_chapter_is_a_step_of_the_first() {
    let step = gobones(&["tour", "--step", "2"], None);
    assert_eq!(step, gobones(&["tour", "notes", "--step", "2"], None));
}

#[test]
fn json_of_a_step_has_one_language_and_says_the_form_of_its_picture() {
    let text = gobones(
        &["tour", "notes", "--step", "5", "--json", "--lang", "zh"],
        None,
    );
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let step = &value["step"];
    assert_eq!(step["layout"], 1);
    assert!(
        step["note"]
            .as_str()
            .expect("one note")
            .contains("被调函数")
    );
    assert_eq!(step["output"][1]["line"], 21);
    assert_eq!(step["output"][1]["text"], "inner s: &a1[0]\n");
}

#[test]
fn colours_only_on_a_terminal_or_when_asked_for() {
    let colored = |text: &str| text.contains('\u{1b}');
    assert!(
        !colored(&gobones(&["tour", "notes"], None)),
        "a pipe is no terminal"
    );
    assert!(colored(&gobones(
        &["tour", "notes", "--color", "always"],
        None
    )));
    assert!(colored(&gobones(
        &["tour", "notes", "--color", "always"],
        Some(("NO_COLOR", "1"))
    )));
    assert!(!colored(&gobones(
        &["tour", "notes", "--color", "never"],
        Some(("CLICOLOR_FORCE", "1"))
    )));
}

#[test]
fn json_of_every_command_is_json_and_the_same_on_every_run() {
    for args in [
        &["tour", "all"][..],
        &["chapters"],
        &["layout"],
        &["layout", "slice"],
        &["laws", "--cases", "20"],
        &["myths"],
    ] {
        let args = [args, &["--json"]].concat();
        let text = gobones(&args, None);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(value.is_object(), "{args:?}");
        assert_eq!(text, gobones(&args, None), "{args:?} twice");
    }
    let picture = gobones::layout::json::from_json(&gobones(&["layout", "slice", "--json"], None));
    assert_eq!(picture.expect("a picture").blocks[0].size, 24);
}

#[test]
fn svg_is_written_and_the_same_on_every_run() {
    let folder = std::env::temp_dir().join(format!("gobones-svg-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the drawing");
    let file = folder.join("append.svg");
    let draw = || {
        gobones(
            &["tour", "append", "--svg", file.to_str().expect("UTF-8")],
            None,
        );
        std::fs::read_to_string(&file).expect("the drawing")
    };
    let (first, second) = (draw(), draw());
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    assert!(first.starts_with("<svg ") && first.ends_with("</svg>\n"));
    assert_eq!(first, second);
}

#[test]
fn completions_exist_for_the_usual_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            gobones(&["completions", shell], None).contains("myths"),
            "{shell}"
        );
    }
}
