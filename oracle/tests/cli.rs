//! The command line says what it found by its exit status, and what it could not do in a sentence.
//!
//! Where Go is installed the live comparison runs, on fresh scripts; where it is not, the test is
//! that the tool says so. A Go that answers wrongly is played by fake_go.sh beside this file.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use oracle::go::{GO_VARIABLE, Go};

fn oracle(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oracle"));
    command.args(args);
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the oracle starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A directory of its own, removed at the end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Directory {
        let path = std::env::temp_dir().join(format!("oracle-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary directory");
        Directory(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("the directory can be written");
        path
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the directory can be removed");
    }
}

/// Compares fresh scripts; where Go is installed, the answer has to begin with `expected`.
fn compare_fresh(language: &str, scripts: &str, expected: &str) {
    let output = run(&mut oracle(&[
        "compare",
        language,
        "--scripts",
        scripts,
        "--seed",
        "5",
    ]));
    match Go::find() {
        Ok(_) => {
            let (said, complained) = (stdout(&output), stderr(&output));
            assert_eq!(output.status.code(), Some(0), "{said}{complained}");
            assert!(said.contains(expected), "{said}");
        }
        Err(error) => {
            println!("no comparison with Go: {error}");
            assert_eq!(output.status.code(), Some(2));
        }
    }
}

#[test]
fn fresh_scripts_over_slices_are_answered_alike_where_go_is_installed() {
    let expected = "seed 5: 200 of 200 scripts identical, 12000 steps\n";
    compare_fresh("slice", "200", expected);
}

#[test]
fn fresh_scripts_over_maps_are_answered_alike_where_go_is_installed() {
    let expected = "seed 5: 48 of 48 scripts identical, 24000 steps\n";
    compare_fresh("map", "48", expected);
}

#[test]
fn without_go_one_sentence_says_how_to_get_it_and_the_status_is_2() {
    let args = [
        &["compare", "slice"][..],
        &["record", "slice"],
        &["compare", "map"],
        &["record", "map"],
        &["compare", "chapters"],
    ];
    for args in args {
        let output = run(oracle(args).env(GO_VARIABLE, "/nowhere/go"));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(stdout(&output), "", "{args:?}");
        assert_eq!(
            stderr(&output),
            "oracle: `/nowhere/go version` failed: there is no such command; \
             set GOBONES_GO to a go command that works\n",
            "{args:?}"
        );
    }
}

#[test]
fn chapters_are_compared_with_the_output_beside_them() {
    let Ok(_) = Go::find() else {
        return println!("no comparison with Go: it is not installed");
    };
    let chapters = Directory::new("chapters");
    let program = |word| format!("package main\n\nfunc main() {{\n\tprintln2(\"{word}\")\n}}\n");
    let printing = |word| {
        format!("package main\n\nimport \"fmt\"\n\nfunc main() {{\n\tfmt.Println(\"{word}\")\n}}\n")
    };
    chapters.write("1.go", &printing("nil"));
    chapters.write("1.out", "nil\n");
    let directory = chapters.path().to_str().expect("a path in UTF-8");
    let output = run(&mut oracle(&["compare", "chapters", directory]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).starts_with("1.go: same\n"),
        "{}",
        stdout(&output)
    );

    chapters.write("2.go", &printing("empty"));
    chapters.write("2.out", "nil\n");
    chapters.write("3.go", &printing("lost"));
    chapters.write("4.go", &program("unknown"));
    chapters.write("4.out", "");
    let output = run(&mut oracle(&["compare", "chapters", directory]));
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(
        said.contains("2.go: differs at line 1\n  Go:   empty\n  kept: nil\n"),
        "{said}"
    );
    assert!(
        said.contains("3.go: has no output to compare with: "),
        "{said}"
    );
    assert!(said.contains("4.go: does not run: "), "{said}");
    assert!(said.contains("undefined: println2"), "{said}");
    assert!(said.ends_with("1 of 4 programs the same\n"), "{said}");
}

#[test]
fn the_ledger_is_shown_as_a_table_as_a_list_and_as_json() {
    let table = stdout(&run(&mut oracle(&["ledger"])));
    assert!(
        table.starts_with("crate      passed   open excluded  total\n"),
        "{table}"
    );
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("all ") && line.ends_with(" 857")),
        "{table}"
    );

    let json = stdout(&run(&mut oracle(&["ledger", "--json"])));
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["tests"].as_array().map(Vec::len), Some(857));
    assert_eq!(value["totals"][7]["total"], 857);

    let open = stdout(&run(&mut oracle(&["ledger", "--open", "memmodel"])));
    let (entries, last) = open
        .trim_end()
        .rsplit_once('\n')
        .expect("entries and their number");
    assert_eq!(last, format!("{} open", entries.lines().count()));
    assert!(
        entries.lines().all(|line| line.starts_with("memmodel ")),
        "{open}"
    );

    let output = run(&mut oracle(&["ledger", "--open", "gc"]));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "oracle: the ledger has no crate `gc`; \
         it has hmap, iface, slice, scheduler, chan, sync, memmodel\n"
    );
}

/// Runs the oracle with a go command that tells `version` and whose slice machine is `machine`.
#[cfg(unix)]
fn run_with_fake_go(args: &[&str], version: &str, machine: &str) -> Output {
    let go = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fake_go.sh");
    run(oracle(args)
        .env(GO_VARIABLE, go)
        .env("FAKE_VERSION", version)
        .env("FAKE_MACHINE", machine))
}

#[cfg(unix)]
#[test]
fn a_go_that_answers_otherwise_is_shown_and_the_status_is_1() {
    let output = run_with_fake_go(
        &["compare", "slice", "--scripts", "500", "--seed", "9"],
        "go version go1.22.1 linux/amd64",
        "while read -r line; do case $line in \
         script*) echo \"$line\";; *) echo '- | v0 wrong';; esac; done",
    );
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(
        said.contains("seed 9: 0 of 500 scripts identical, 0 steps"),
        "{said}"
    );
    assert!(
        said.contains("script 0 over u8 differs at step 0\n"),
        "{said}"
    );
    assert!(said.contains("\nGo:   - | v0 wrong\nours: "), "{said}");
    assert_eq!(
        stderr(&output),
        "oracle: warning: this is go1.22.1, and the reference is go1.19.8; rows may differ\n"
    );
}

#[cfg(unix)]
#[test]
fn a_map_that_answers_otherwise_is_shown_with_both_whole_states() {
    let output = run_with_fake_go(
        &["compare", "map", "--scripts", "500", "--seed", "9"],
        "go version go1.19.8 linux/amd64",
        "while read -r line; do case $line in \
         script*) echo \"$line\";; *) echo '- | h 7 0 0 0 0 | b0 11:5';; esac; done",
    );
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(
        said.contains("script 0 over u64/v0 differs at step 0\n"),
        "{said}"
    );
    let go = "\nGo's state:\n  h 7 0 0 0 0\n  s \n  r \n  b0 11:5\n";
    assert!(said.contains(go), "{said}");
    assert!(said.contains("\nour state:\n  h 0 0 0 0 0\n"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_machine_that_stops_or_skips_an_answer_is_named_and_the_status_is_2() {
    let run = |machine| {
        let version = "go version go1.19.8 linux/amd64";
        let output = run_with_fake_go(&["compare", "slice"], version, machine);
        assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
        stderr(&output)
    };
    let stopped = run("read -r line; echo \"$line\"; exit 4");
    assert!(
        stopped.starts_with("oracle: Go's machine stopped in script 0: exit status: 4"),
        "{stopped}"
    );
    let skipped = run("while read -r line; do echo hello; done");
    assert!(
        skipped.contains("it answered `hello` to `script 0 u8`"),
        "{skipped}"
    );
}
