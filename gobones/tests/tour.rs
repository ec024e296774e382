//! The tour: its programs print what real Go printed, its texts are the golden ones, in both
//! languages, the same on every run.

use std::process::Command;

use gobones::chapter::CHAPTERS;
use gobones::layout::Picture;

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
