//! The ledger's claims, checked: every test of ours that it names exists, ran, and passed.
//!
//! ```text
//!   shown_by = "slice/tests/go.rs::append_overlap"
//!                └──────┬───────┘  └─────┬──────┘
//!   cargo builds the test target ──▶ run it ──▶ `test append_overlap ... ok`
//! ```
//!
//! Cargo is started as a child, once, with the profile this test itself was built with, so that
//! under `cargo test --workspace` it finds everything built. It holds no lock while tests run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use oracle::ledger::{Entry, Ledger, OurTest, Standing, path};

fn ledger() -> Ledger {
    Ledger::read(&path()).unwrap_or_else(|error| panic!("{error}"))
}

fn workspace() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize()
        .expect("the workspace stands above this crate")
}

#[test]
fn the_ledger_holds_each_of_gos_tests_once() {
    let ledger = ledger();
    let totals: Vec<_> = ledger
        .totals()
        .into_iter()
        .map(|row| (row.package, row.total))
        .collect();
    let expected = [
        ("hmap", 109),
        ("iface", 61),
        ("slice", 81),
        ("scheduler", 147),
        ("chan", 47),
        ("sync", 144),
        ("memmodel", 268),
        ("all", 857),
    ];
    assert_eq!(
        totals,
        expected.map(|(package, total)| (package.to_owned(), total))
    );
    let names: BTreeSet<_> = ledger
        .entries
        .iter()
        .map(|entry| (&entry.package, &entry.file, &entry.name))
        .collect();
    assert_eq!(names.len(), ledger.entries.len(), "an entry stands twice");
}

#[test]
fn every_test_the_ledger_names_exists_ran_and_passed() {
    let ledger = ledger();
    let named: Vec<(&Entry, &OurTest)> = ledger
        .entries
        .iter()
        .filter_map(|entry| match &entry.standing {
            Standing::Passed(test) => Some((entry, test)),
            Standing::Open | Standing::Excluded(_) => None,
        })
        .collect();
    let files: BTreeSet<PathBuf> = named.iter().map(|(_, test)| file_of(test)).collect();
    let results = run_all(&files);
    let mut wrong = Vec::new();
    for (entry, test) in &named {
        let result = results.get(&(file_of(test), test.name.clone()));
        let result = result.map_or("missing", String::as_str);
        if result != "ok" {
            let Entry {
                line,
                package,
                file,
                name,
                ..
            } = entry;
            wrong.push(format!(
                "ledger.toml:{line}: {package} {file} {name}: {test} is {result}"
            ));
        }
    }
    println!(
        "{} entries, {} test files, {} wrong",
        named.len(),
        files.len(),
        wrong.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        named.len(),
        wrong.join("\n")
    );
}

fn file_of(test: &OurTest) -> PathBuf {
    workspace()
        .join(&test.package)
        .join("tests")
        .join(format!("{}.rs", test.target))
}

/// Builds the test targets whose main files these are, runs them, and returns what became of each
/// test: `ok`, `FAILED` or `ignored`.
fn run_all(files: &BTreeSet<PathBuf>) -> BTreeMap<(PathBuf, String), String> {
    let mut results = BTreeMap::new();
    if files.is_empty() {
        return results;
    }
    for (file, executable) in build(files) {
        let directory = file
            .parent()
            .and_then(Path::parent)
            .expect("crate/tests/file.rs");
        let output = Command::new(&executable)
            .current_dir(directory)
            .env("CARGO_MANIFEST_DIR", directory)
            .output()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", executable.display()));
        for (name, result) in results_in(&String::from_utf8_lossy(&output.stdout)) {
            results.insert((file.clone(), name), result);
        }
    }
    results
}

/// Lets cargo build the targets; returns the executable of each file that is one.
fn build(files: &BTreeSet<PathBuf>) -> Vec<(PathBuf, PathBuf)> {
    let targets: BTreeSet<_> = files.iter().filter_map(|file| file.file_stem()).collect();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.current_dir(workspace());
    // The whole workspace, because features are chosen for what is built together: built alone, a
    // crate would be built again. Locked, not offline: crates that only others need may be missing.
    cargo.args([
        "test",
        "--locked",
        "--workspace",
        "--no-run",
        "--message-format=json",
    ]);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    for target in targets {
        cargo.arg("--test").arg(target);
    }
    let output = cargo
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo cannot build the named tests:\n{stderr}"
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(artifact)
        .filter(|(file, _)| files.contains(file))
        .collect()
}

/// The main file and the executable that a line of cargo's messages reports, if it does.
fn artifact(line: &str) -> Option<(PathBuf, PathBuf)> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let executable = message["executable"].as_str()?;
    let file = message["target"]["src_path"].as_str()?;
    Some((Path::new(file).canonicalize().ok()?, executable.into()))
}

/// The lines `test name ... result` of a test executable's output.
fn results_in(output: &str) -> Vec<(String, String)> {
    output
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
        .map(|(name, result)| {
            let name = name.strip_suffix(" - should panic").unwrap_or(name);
            let word = result.split([' ', ',']).next().unwrap_or(result);
            (name.to_owned(), word.to_owned())
        })
        .collect()
}

#[test]
fn the_result_of_a_test_is_read_off_its_line() {
    let output = "\nrunning 4 tests\ntest a::b ... ok\ntest c - should panic ... ok\n\
                  test d ... FAILED\ntest e ... ignored, too slow\n\ntest result: FAILED.\n";
    let pairs = [
        ("a::b", "ok"),
        ("c", "ok"),
        ("d", "FAILED"),
        ("e", "ignored"),
    ];
    let expected = pairs.map(|(name, result)| (name.to_owned(), result.to_owned()));
    assert_eq!(results_in(output), expected);
}
