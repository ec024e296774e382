//! `gobones map`: your own keys lie where real Go puts them, and a million of them cost no flood.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Keys in `tests/golden/map.in`.
fn keys(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/map.in")
        .join(name)
}

/// What Go printed: `tests/map/feed.go` says how.
fn recorded(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/map")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Runs `gobones map` with `input` piped in.
fn map(args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gobones"));
    command
        .arg("map")
        .args(args)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("gobones runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // A program that fails early does not read it all.
        scope.spawn(move || stdin.write_all(input).is_ok());
        child.wait_with_output().expect("gobones ends")
    })
}

fn text(args: &[&str], input: &[u8]) -> String {
    let output = map(args, input);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {told}");
    assert_eq!(told, "", "no bar and no note off a terminal");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(args: &[&str], input: &[u8]) -> Value {
    let text = text(&[args, &["--json"]].concat(), input);
    let value: Value = serde_json::from_str(&text).expect("JSON");
    value["map"].clone()
}

/// The history, the header and the cells of a map, as `tests/map/feed.go` prints them.
fn as_go_prints(map: &Value) -> String {
    let number = |value: &Value| value.as_u64().expect("a number");
    let mut text = String::new();
    for growth in map["growths"].as_array().expect("growths") {
        let (line, writes) = (number(&growth["line"]), number(&growth["writes"]));
        text += &format!(
            "line {line}: B {} to {}\n",
            growth["from_b"], growth["to_b"]
        );
        // Every line is a write.
        if growth["ended"] == true {
            text += &format!("line {}: evacuated\n", line + writes - 1);
        }
    }
    let [count, b] = [&map["entries"], &map["b"]];
    let [noverflow, hash0] = [&map["noverflow"], &map["hash0"]];
    text += &format!("count {count}, B {b}, noverflow {noverflow}, hash0 {hash0}\n");
    for name in ["buckets", "oldbuckets"] {
        for bmap in map["cells"][name].as_array().into_iter().flatten() {
            for bmap in bmap.as_array().expect("a chain") {
                text += &format!("{name} {}+{}:", bmap["bucket"], bmap["overflow"]);
                let cells = bmap["cells"].as_array().expect("cells");
                let tops = bmap["tophash"].as_array().expect("tophash");
                for (top, cell) in tops.iter().zip(cells).filter(|(_, cell)| !cell.is_null()) {
                    text += &format!(" {top}={}={}", cell["key"], cell["line"]);
                }
                text += "\n";
            }
        }
    }
    text
}

#[test]
fn keys_lie_in_the_cells_that_real_go_puts_them_into() {
    let words = keys("words.txt");
    let map = json(&["--keys", words.to_str().expect("UTF-8")], b"");
    assert_eq!(as_go_prints(&map), recorded("words.out"));
}

#[test]
fn growths_begin_and_end_at_the_lines_at_which_real_gos_do() {
    let numbers = keys("numbers.txt");
    let map = json(
        &[
            "--keys",
            numbers.to_str().expect("UTF-8"),
            "--hash-seed",
            "7",
        ],
        b"",
    );
    assert_eq!(as_go_prints(&map), recorded("numbers.out"));
}

#[test]
fn a_file_a_dash_and_a_bare_pipe_are_read_alike() {
    let (path, words) = (
        keys("words.txt"),
        std::fs::read(keys("words.txt")).expect("the words"),
    );
    let file = json(&["--keys", path.to_str().expect("UTF-8")], b"");
    assert_eq!(file, json(&["--keys", "-"], &words));
    assert_eq!(file, json(&[], &words));
}

#[test]
fn the_same_seed_prints_the_same_text_and_another_seed_another() {
    let words = std::fs::read(keys("words.txt")).expect("the words");
    for args in [&["--watch"][..], &["--json", "--watch"], &["--lang", "zh"]] {
        assert_eq!(text(args, &words), text(args, &words));
        let other = [args, &["--hash-seed", "1"]].concat();
        assert_ne!(text(args, &words), text(&other, &words));
    }
}

#[test]
fn no_byte_of_a_key_is_lost() {
    let input = b"\xff\x00\r\n\n\xe5\xa4\xa7\na\rb\n\xff\x00";
    let map = json(&["--watch"], input);
    let steps = map["steps"].as_array().expect("steps");
    let keys: Vec<_> = steps.iter().map(|step| step["key"].clone()).collect();
    let odd = serde_json::json!([255, 0]);
    assert_eq!(
        keys,
        [odd.clone(), "".into(), "大".into(), "a\rb".into(), odd]
    );
    assert_eq!(
        (&map["lines"], &map["entries"], &map["duplicates"]),
        (&5.into(), &4.into(), &1.into())
    );
    assert_eq!(steps[4]["before"], 1);
    let shown = text(&["--watch"], input);
    assert!(shown.contains(r#"1. "\xff\0": hash "#), "{shown}");
    assert!(shown.contains(r#"       "\xff\0"      5 │"#), "{shown}");
    assert!(!shown.contains(['\0', '\r', '\u{fffd}']), "{shown:?}");
}

#[test]
fn a_long_input_gives_numbers_and_growths_and_no_flood() {
    let input: String = (1..=100_000).map(|n| format!("{n}\n")).collect();
    let (quiet, watched) = (
        text(&[], input.as_bytes()),
        text(&["--watch"], input.as_bytes()),
    );
    assert!(quiet.lines().count() < 60, "{}", quiet.lines().count());
    assert!(watched.lines().count() < 200, "{}", watched.lines().count());
    assert!(
        watched.ends_with(&quiet),
        "the same summary follows the steps"
    );
    let map = json(&["--watch"], input.as_bytes());
    assert_eq!(map["steps"].as_array().map(Vec::len), Some(64));
    assert_eq!(map["steps_left_out"], 100_000 - 64);
    assert_eq!(map["cells"], Value::Null);
    // 6.5 entries a bucket: 13 × 2^B / 2, and one more.
    let growths = map["growths"].as_array().expect("growths");
    for (b, growth) in growths.iter().enumerate() {
        let line = if b == 0 { 9 } else { 13 * (1 << b) / 2 + 1 };
        assert_eq!(
            (&growth["from_b"], &growth["line"]),
            (&b.into(), &line.into())
        );
        assert!(watched.contains(&format!("B {b} → {}", b + 1)));
    }
    assert_eq!(
        growths.len(),
        14,
        "100000 entries are over 6.5 × 2^13, not over 6.5 × 2^14"
    );
}

#[test]
fn a_reader_who_closes_the_pipe_ends_the_reading_too() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gobones"));
    command
        .args(["map", "--watch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .expect("gobones runs");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    // Without an end of input: what ends the program is that nobody reads its first lines.
    let written = stdin.write_all(b"a\nb\n");
    let output = child.wait_with_output().expect("gobones ends");
    drop((stdin, written));
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_line_without_an_end_is_an_error_and_not_a_full_memory() {
    let output = map(&[], &vec![b'a'; (16 << 20) + 3]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.starts_with("gobones: line 1 of standard input has more than 16777216 bytes; "));
    assert_eq!(told.lines().count(), 1);
}

#[test]
fn no_line_of_prose_is_wider_than_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    let input: String = (1..=3000).map(|n| format!("key number {n}\n")).collect();
    for width in [40, 60, 80, 100] {
        for lang in ["en", "zh"] {
            let args = ["--watch", "--lang", lang, "--width", &width.to_string()];
            for input in [input.as_bytes(), &input.as_bytes()[..600]] {
                let shown = text(&args, input);
                let wide = shown.lines().find(|line| line.width() > width);
                assert_eq!(wide, None, "{lang} in {width} columns");
            }
        }
    }
}

#[test]
fn colours_are_the_only_difference_that_colours_make() {
    let input: String = (1..=200).map(|n| format!("{n}\n")).collect();
    let plain = text(&["--watch"], input.as_bytes());
    let colored = text(&["--watch", "--color", "always"], input.as_bytes());
    let stripped: String = colored
        .split('\u{1b}')
        .enumerate()
        .map(|(i, part)| match part.split_once('m') {
            Some((_, text)) if i > 0 => text,
            Some(_) | None => part,
        })
        .collect();
    assert!(colored.contains('\u{1b}'));
    assert_eq!(stripped, plain);
}
