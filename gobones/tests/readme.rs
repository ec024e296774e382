//! The commands of the READMEs: each one runs, and prints what stands below it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace is above this crate")
}

/// Runs a command as the READMEs write it. `seq a b |` feeds it numbers, one a line. `cargo run`
/// without `-p` is the binary under test, with `--release` or not;
/// another package's program is asked for its help only, but for the ledger, which is quick; `cargo
/// test` is what runs this test and is taken for granted.
fn run(command: &str) -> String {
    let (feed, command) = command.split_once(" | ").unwrap_or(("", command));
    let words: Vec<_> = command.split_whitespace().collect();
    let folder = std::env::temp_dir().join(format!("gobones-readme-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for what the commands write");
    let process = match words.as_slice() {
        ["cargo", "run", gobones @ ..] if !gobones.contains(&"-p") => {
            let mut process = Command::new(env!("CARGO_BIN_EXE_gobones"));
            let arguments = gobones.iter().skip_while(|word| **word != "--").skip(1);
            process.args(arguments).current_dir(&folder);
            process
        }
        ["cargo", "run", other @ ..] => {
            let mut process = Command::new(env!("CARGO"));
            // A debug build is there already; a release build would take minutes.
            process
                .args(["run", "--locked"])
                .args(other.iter().filter(|word| **word != "--release"));
            process.args(if other.contains(&"ledger") {
                &[][..]
            } else {
                &["--help"]
            });
            process.current_dir(root());
            process
        }
        _ => panic!("'{command}' is no command that this test can run"),
    };
    let output = output_when_fed(process, &numbers(feed))
        .unwrap_or_else(|error| panic!("{command}: {error}"));
    assert!(
        output.status.success(),
        "{command}: {:?}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What `seq a b` prints; nothing for no command.
fn numbers(feed: &str) -> String {
    let words: Vec<_> = feed.split_whitespace().collect();
    let number = |word: &str| word.parse::<u64>().expect("a number");
    match words.as_slice() {
        [] => String::new(),
        ["seq", from, to] => (number(from)..=number(to)).fold(String::new(), |mut text, n| {
            text.push_str(&n.to_string());
            text.push('\n');
            text
        }),
        _ => panic!("'{feed}' is no feed that this test knows"),
    }
}

/// The output of a process that reads `text`.
fn output_when_fed(mut process: Command, text: &str) -> std::io::Result<Output> {
    process.stdin(Stdio::piped());
    process.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = process.spawn()?;
    let mut stdin = child.stdin.take().expect("it is piped");
    thread::scope(|scope| {
        // A command that does not read closes the pipe, which is no failure.
        scope.spawn(move || stdin.write_all(text.as_bytes()).ok());
        child.wait_with_output()
    })
}

/// The console blocks: a command and the lines that it must print, in which `...` stands for any.
fn console_blocks(markdown: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in markdown.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match line.strip_prefix("$ ") {
                Some(command) => blocks.push((command.to_string(), Vec::new())),
                None => blocks
                    .last_mut()
                    .expect("a command comes first")
                    .1
                    .push(line.to_string()),
            },
        }
    }
    blocks
}

/// Whether `printed` shows `promised`, runs of lines in order with anything where `...` stands.
fn shows(printed: &str, promised: &[String]) -> bool {
    let printed: Vec<_> = printed.lines().collect();
    let mut from = 0;
    promised
        .split(|line| line == "...")
        .filter(|run| !run.is_empty())
        .all(|run| {
            let found = printed[from..]
                .windows(run.len())
                .position(|window| window == run);
            from += found.map_or(0, |at| at + run.len());
            found.is_some()
        })
}

#[test]
fn console_blocks_print_what_they_promise() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root().join(readme)).expect(readme);
        let blocks = console_blocks(&text);
        assert!(!blocks.is_empty(), "{readme} shows no command");
        for (command, promised) in blocks.iter().filter(|(_, promised)| !promised.is_empty()) {
            let printed = run(command);
            assert!(
                shows(&printed, promised),
                "{readme}: {command} prints\n{printed}"
            );
        }
    }
}

#[test]
fn commands_in_tables_run() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(root().join(readme)).expect(readme);
        let commands: Vec<_> = text
            .lines()
            .filter(|line| line.starts_with('|'))
            .filter_map(|line| line.split('`').nth(1))
            .filter(|command| command.starts_with("cargo "))
            .collect();
        assert!(
            commands.len() >= 6,
            "{readme} has a table of {} commands",
            commands.len()
        );
        for command in commands {
            assert!(
                !run(command).is_empty(),
                "{readme}: {command} prints nothing"
            );
        }
    }
}

#[test]
fn the_reader_of_promises_knows_a_lie() {
    let promise = |lines: &[&str]| lines.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(shows("a\nb\nc\n", &promise(&["...", "b", "..."])));
    assert!(!shows("a\nb\nc\n", &promise(&["...", "d", "..."])));
    assert!(!shows("a\nb\nc\n", &promise(&["...", "c", "...", "a"])));
}
