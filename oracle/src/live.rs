//! A conversation with one of Go's machines: scripts in, answers out, both at the same time.
//!
//! ```text
//!   writer thread:  generate ──▶ queue of scripts ──────────┐
//!                      │                                    ▼
//!                      └──▶ stdin │ Go's machine │ stdout ──▶ reader: script with its answers
//! ```
//!
//! Go flushes its answers before it waits for more input, and the reader takes whatever comes, so
//! neither side ever waits for the other to finish a script.
//!
//! L1  A script is queued before its first line is written; the reader never waits for a script
//!     that Go already answers.
//! L2  Go's machine echoes a script's head. An answer lost or added shows there, not as a
//!     difference far behind it.
//! L3  When the reader stops early, Go's machine is killed first: that unblocks the writer.

use std::io::{BufRead, BufReader, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{SyncSender, sync_channel};

use crate::compare::{Answers, Difference, Tally, check};
use crate::facts::{Facts, Recorded};
use crate::go::{Go, GoError, Scratch};
use crate::language::{Abridge, Language};
use crate::script::Script;
use crate::script::map::Maps;

/// So many scripts may be queued before they are answered.
const QUEUED_SCRIPTS: usize = 64;

/// The result of a live comparison.
#[derive(Debug)]
pub struct Outcome<L: Language> {
    /// What is identical.
    pub tally: Tally,
    /// Where that ended, if it did.
    pub difference: Option<Box<Difference<L>>>,
}

/// Compares `scripts` generated scripts with real Go, up to the first difference.
///
/// # Errors
/// [`GoError`] when Go's machine cannot be built or does not answer.
pub fn compare<L: Language>(go: &Go, scripts: u64, seed: u64) -> Result<Outcome<L>, GoError> {
    let mut outcome = Outcome {
        tally: Tally::default(),
        difference: None,
    };
    converse(
        go,
        scripts,
        seed,
        |Recorded { script, answers }| match check(
            &script,
            (Answers::Whole, &answers),
            &mut outcome.tally,
        ) {
            Ok(()) => ControlFlow::Continue(()),
            Err(difference) => {
                outcome.difference = Some(difference);
                ControlFlow::Break(())
            }
        },
    )?;
    Ok(outcome)
}

/// Records what real Go answers to `scripts` generated scripts.
///
/// # Errors
/// [`GoError`] when Go's machine cannot be built or does not answer.
pub fn record<L: Language>(go: &Go, scripts: u64, seed: u64) -> Result<Facts<L>, GoError> {
    let mut recorded = Vec::new();
    converse(go, scripts, seed, |Recorded { script, answers }| {
        let mut abridger = L::Abridger::default();
        let answers = answers
            .iter()
            .map(|go| {
                let (compared, told) = go.split_at(L::compared(go).len());
                abridger.abridge(compared.to_owned()) + told
            })
            .collect();
        recorded.push(Recorded { script, answers });
        ControlFlow::Continue(())
    })?;
    let about = vec![
        go.version().to_owned(),
        format!("seed {seed}, {scripts} scripts"),
    ];
    Ok(Facts { about, recorded })
}

/// What Go's map machine tells of the layout of its runtime's maps.
///
/// # Errors
/// [`GoError`] when Go's machine cannot be built or ends with another status than success.
pub fn map_layout(go: &Go) -> Result<String, GoError> {
    let scratch = Scratch::new()?;
    let program = build(go, Maps::NAME, &scratch)?;
    let output = Command::new(&program)
        .arg("layout")
        .output()
        .map_err(|source| GoError::Io {
            what: "starting Go's machine",
            source,
        })?;
    if !output.status.success() {
        return Err(GoError::Stopped {
            script: 0,
            why: String::from_utf8_lossy(&output.stderr).into_owned(),
        });
    }
    let told = String::from_utf8_lossy(&output.stdout);
    Ok(format!("# {}\n{told}", go.version()))
}

/// Builds Go's machine, lets it answer `scripts` scripts, and hands each over with its answers.
fn converse<L: Language>(
    go: &Go,
    scripts: u64,
    seed: u64,
    mut each: impl FnMut(Recorded<L>) -> ControlFlow<()>,
) -> Result<(), GoError> {
    let scratch = Scratch::new()?;
    let program = build(go, L::NAME, &scratch)?;
    std::thread::scope(|scope| {
        let (mut machine, stdin, stdout) = GoMachine::start(&program)?;
        let mut answers = BufReader::new(stdout);
        let (queue, queued) = sync_channel(QUEUED_SCRIPTS);
        let writer = scope.spawn(move || write_scripts(scripts, seed, &queue, stdin));
        for script in queued {
            let answers = read_answers(&script, &mut answers, &mut machine)?;
            if each(Recorded { script, answers }).is_break() {
                return Ok(());
            }
        }
        writer
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Builds Go's machine for the language of this name.
fn build(go: &Go, name: &str, scratch: &Scratch) -> Result<PathBuf, GoError> {
    let program = scratch.file(&format!("{name}-machine"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("go").join(name);
    go.build(&source, &program)?;
    Ok(program)
}

fn write_scripts<L: Language>(
    scripts: u64,
    seed: u64,
    queue: &SyncSender<Script<L>>,
    mut stdin: ChildStdin,
) -> Result<(), GoError> {
    for id in 0..scripts {
        let script = L::generate(seed, id);
        let text = script.to_string();
        if queue.send(script).is_err() {
            // The reader has stopped, and says why itself (L3).
            return Ok(());
        }
        if let Err(source) = stdin.write_all(text.as_bytes()) {
            return Err(GoError::Io {
                what: "writing a script to Go's machine",
                source,
            });
        }
    }
    Ok(())
}

fn read_answers<L: Language>(
    script: &Script<L>,
    lines: &mut impl BufRead,
    machine: &mut GoMachine,
) -> Result<Vec<String>, GoError> {
    let head = read_line(script, lines, machine)?;
    if head != script.head() {
        let why = format!("it answered `{head}` to `{}`", script.head());
        return Err(GoError::Stopped {
            script: script.id,
            why,
        });
    }
    script
        .ops
        .iter()
        .map(|_| read_line(script, lines, machine))
        .collect()
}

fn read_line<L: Language>(
    script: &Script<L>,
    lines: &mut impl BufRead,
    machine: &mut GoMachine,
) -> Result<String, GoError> {
    let mut line = String::new();
    let failed = |source| GoError::Io {
        what: "reading from Go's machine",
        source,
    };
    if lines.read_line(&mut line).map_err(failed)? == 0 {
        let status = machine.0.wait().map_err(failed)?;
        return Err(GoError::Stopped {
            script: script.id,
            why: status.to_string(),
        });
    }
    line.truncate(line.trim_end_matches('\n').len());
    Ok(line)
}

/// Go's machine as a child process; it does not outlive the conversation (L3).
struct GoMachine(Child);

impl GoMachine {
    fn start(program: &Path) -> Result<(GoMachine, ChildStdin, ChildStdout), GoError> {
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| GoError::Io {
                what: "starting Go's machine",
                source,
            })?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (stdin, stdout) = pipes.expect("both pipes were asked for");
        Ok((GoMachine(child), stdin, stdout))
    }
}

impl Drop for GoMachine {
    fn drop(&mut self) {
        // Killing a process that has ended is no error; that is the usual case.
        let ended = self.0.kill().and_then(|()| self.0.wait());
        if let Err(error) = ended {
            eprintln!("warning: Go's machine could not be ended: {error}");
        }
    }
}
