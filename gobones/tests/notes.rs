//! The walk of NOTES.md: every line of the notes says what shows it here, and nothing it names is
//! dead.

use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace is above this crate")
}

/// A quoted piece of the notes and what is said to show it.
#[derive(Default)]
struct Entry {
    quote: Vec<String>,
    shown: Vec<String>,
}

fn entries(markdown: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut quoting = false;
    for line in markdown.lines() {
        let quoted = line.starts_with('>');
        if quoted && !quoting {
            entries.push(Entry::default());
        }
        quoting = quoted;
        let Some(entry) = entries.last_mut() else {
            continue;
        };
        if quoted {
            entry
                .quote
                .push(line.trim_start_matches(['>', ' ']).to_string());
        } else if let Some(shown) = line.strip_prefix("- Shown: ") {
            entry.shown.push(shown.to_string());
        }
    }
    entries
}

/// Why `shown` is dead; `None` when it lives.
fn dead(shown: &str) -> Option<String> {
    let name = shown.split('`').nth(1).unwrap_or_default();
    if shown.starts_with("not yet (`") {
        return None;
    }
    if let Some(args) = name.strip_prefix("cargo run -- ") {
        let mut gobones = Command::new(env!("CARGO_BIN_EXE_gobones"));
        let output = gobones
            .args(args.split_whitespace())
            .output()
            .expect("gobones runs");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        return (!output.status.success()).then_some(error);
    }
    let found = if shown.starts_with("law ") {
        gobones::laws::laws().iter().any(|law| law.name == name)
    } else if shown.starts_with("myth ") {
        gobones::laws::myths().iter().any(|myth| myth.name == name)
    } else if let (true, Some((file, test))) = (shown.starts_with("test "), name.split_once("::")) {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        text.contains(&format!("fn {test}("))
    } else {
        return Some("this is neither a command, a law, a myth, a test nor 'not yet'".to_string());
    };
    (!found).then(|| format!("{name} does not exist"))
}

#[test]
fn every_line_of_the_notes_is_answered_and_no_answer_is_dead() {
    let text = fs::read_to_string(root().join("NOTES.md")).expect("NOTES.md");
    let entries = entries(&text);
    let lines: usize = entries
        .iter()
        .flat_map(|entry| &entry.quote)
        .filter(|l| !l.is_empty())
        .count();
    assert_eq!(lines, 97, "lines of the notes, blank ones apart");
    let mut complaints = Vec::new();
    for entry in &entries {
        let quote = entry.quote.first().map_or("", String::as_str);
        if entry.shown.is_empty() {
            complaints.push(format!("'{quote}': nothing is said to show it"));
        }
        let deaths = entry
            .shown
            .iter()
            .filter_map(|shown| Some((shown, dead(shown)?)));
        complaints.extend(deaths.map(|(shown, why)| format!("'{quote}': {shown}: {why}")));
    }
    let open = entries
        .iter()
        .filter(|e| e.shown.iter().any(|s| s.starts_with("not yet")))
        .count();
    println!("{} entries, {open} not yet shown", entries.len());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn a_dead_answer_is_found() {
    assert!(dead("`cargo run -- tour nowhere`").is_some());
    assert!(dead("law `no-such-law`").is_some());
    assert!(dead("test `gobones/tests/notes.rs::no_such_test`").is_some());
    assert!(dead("somebody said so").is_some());
    assert!(dead("test `gobones/tests/notes.rs::a_dead_answer_is_found`").is_none());
}
