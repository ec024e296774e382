//! Every example of every room runs and prints what its header says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace is above this crate")
}

fn examples() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for room in fs::read_dir(root()).expect("the workspace") {
        let room = room.expect("an entry").path();
        let name = room
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for example in fs::read_dir(room.join("examples")).into_iter().flatten() {
            found.push((name.clone(), example.expect("an entry").path()));
        }
    }
    found.sort();
    found
}

/// What stands between ```` ```text ```` and ```` ``` ```` in the header of a file.
fn promised(source: &str) -> String {
    let header = source.lines().map_while(|line| line.strip_prefix("//!"));
    let header: Vec<_> = header
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let start = header
        .iter()
        .position(|line| *line == "```text")
        .expect("a ```text block")
        + 1;
    let lines = header[start..].iter().take_while(|line| **line != "```");
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_example_prints_what_its_header_says() {
    let examples = examples();
    assert!(examples.len() >= 5, "{examples:?}");
    for (room, path) in examples {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "run",
            "--locked",
            "--quiet",
            "-p",
            &room,
            "--example",
            &name,
        ]);
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        let output = cargo.current_dir(root()).output().expect("cargo runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let source = fs::read_to_string(&path).expect("the example");
        assert_eq!(printed, promised(&source), "{room}/examples/{name}.rs");
    }
}
