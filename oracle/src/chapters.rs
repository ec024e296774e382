//! The Go programs of the chapters, run by real Go and compared with the output kept beside them.
//!
//! ```text
//!   gobones/chapters/append.go   ──go build, run──▶ stdout ─┐
//!   gobones/chapters/append.out  ───────────────────────────┴─ equal, or differs at a line
//! ```
//!
//! Only stdout is compared: a chapter may well end in a panic, whose report on stderr has addresses
//! in it. An address that a program prints differs from run to run; the output kept says which
//! array it begins, `&a1[0]`, numbered by first appearance, and Go's output is rewritten likewise.
//!
//! A program that is wrong on purpose has a `.err` file beside it, with what the compiler says from
//! the line number on, in the place of the `.out` file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::go::{Go, GoError, Scratch};

/// Where the chapters of the book are.
#[must_use]
pub fn default_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../gobones/chapters")
}

/// Why the chapters cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum ChaptersError {
    /// The directory cannot be read.
    #[error("{} cannot be read: {source}; name a directory with .go files", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// There is nothing to compare.
    #[error("{} holds no .go file; name a directory with .go files", path.display())]
    Empty {
        /// The directory.
        path: PathBuf,
    },
    /// Go itself is at fault.
    #[error(transparent)]
    Go(#[from] GoError),
}

/// What became of one chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go prints what is kept, byte for byte.
    Same,
    /// Line `line`, from 1, is the first that differs.
    Differs {
        /// The line's number.
        line: usize,
        /// Go's line; empty where its output has ended.
        go: String,
        /// The line that is kept.
        kept: String,
    },
    /// There is no .out file beside the program, or it cannot be read.
    NoOutput(String),
    /// Go does not build or start it.
    DoesNotRun(String),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Same => f.write_str("same"),
            Verdict::Differs { line, go, kept } => {
                write!(f, "differs at line {line}\n  Go:   {go}\n  kept: {kept}")
            }
            Verdict::NoOutput(why) => write!(f, "has no output to compare with: {why}"),
            Verdict::DoesNotRun(why) => write!(f, "does not run: {why}"),
        }
    }
}

/// Runs every `.go` file in `directory`, in order of their names, and returns their verdicts.
///
/// # Errors
/// [`ChaptersError`] when there is no such directory or no program in it.
pub fn compare(go: &Go, directory: &Path) -> Result<Vec<(PathBuf, Verdict)>, ChaptersError> {
    let programs = programs(directory)?;
    let scratch = Scratch::new()?;
    Ok(programs
        .into_iter()
        .map(|program| {
            let verdict = verdict(go, &program, &scratch);
            (program, verdict)
        })
        .collect())
}

fn programs(directory: &Path) -> Result<Vec<PathBuf>, ChaptersError> {
    let failed = |source| ChaptersError::Directory {
        path: directory.to_owned(),
        source,
    };
    let mut programs = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "go") {
            programs.push(path);
        }
    }
    if programs.is_empty() {
        return Err(ChaptersError::Empty {
            path: directory.to_owned(),
        });
    }
    programs.sort();
    Ok(programs)
}

fn verdict(go: &Go, program: &Path, scratch: &Scratch) -> Verdict {
    if let Ok(expected) = std::fs::read_to_string(program.with_extension("err")) {
        return refused(go, program, scratch, expected.trim());
    }
    let kept_path = program.with_extension("out");
    let kept = match std::fs::read_to_string(&kept_path) {
        Ok(kept) => kept,
        Err(error) => return Verdict::NoOutput(format!("{}: {error}", kept_path.display())),
    };
    let binary = scratch.file("chapter");
    if let Err(error) = go.build(program, &binary) {
        return Verdict::DoesNotRun(error.to_string());
    }
    match Command::new(&binary).output() {
        Ok(output) => first_difference(&labelled(&String::from_utf8_lossy(&output.stdout)), &kept),
        Err(error) => Verdict::DoesNotRun(error.to_string()),
    }
}

/// The verdict on a program that must not compile.
fn refused(go: &Go, program: &Path, scratch: &Scratch, expected: &str) -> Verdict {
    match go.build(program, &scratch.file("chapter")) {
        Err(GoError::Build { said, .. }) if said.contains(expected) => Verdict::Same,
        Err(error) => Verdict::DoesNotRun(error.to_string()),
        Ok(()) => Verdict::Differs {
            line: 1,
            go: "(it compiles)".to_owned(),
            kept: expected.to_owned(),
        },
    }
}

/// `text` with each address of Go's heap written as the first element of a numbered array.
fn labelled(text: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut labelled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("0xc0") {
        let address = &rest[at..];
        let digits = address[2..].find(|c: char| !c.is_ascii_hexdigit());
        let (address, behind) = address.split_at(digits.map_or(address.len(), |n| n + 2));
        if !seen.contains(&address) {
            seen.push(address);
        }
        let number = seen
            .iter()
            .position(|known| *known == address)
            .map_or(0, |i| i + 1);
        labelled.push_str(&rest[..at]);
        labelled.push_str(&format!("&a{number}[0]"));
        rest = behind;
    }
    labelled + rest
}

fn first_difference(go: &str, kept: &str) -> Verdict {
    if go == kept {
        return Verdict::Same;
    }
    let (mut go_lines, mut kept_lines) = (go.split('\n'), kept.split('\n'));
    let mut line = 0;
    loop {
        line += 1;
        let (go, kept) = (go_lines.next(), kept_lines.next());
        if go != kept {
            let text = |line: Option<&str>| line.unwrap_or("(the output has ended)").to_owned();
            return Verdict::Differs {
                line,
                go: text(go),
                kept: text(kept),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, first_difference, labelled};

    #[test]
    fn equal_addresses_get_equal_labels_and_other_numbers_stay() {
        let printed = "a 0xc0000b2000 0xc0000b4000, 0xc0000b2000\n0x10 0xc0de";
        assert_eq!(labelled(printed), "a &a1[0] &a2[0], &a1[0]\n0x10 &a3[0]");
    }

    #[test]
    fn the_first_differing_line_is_named_and_a_missing_line_break_is_a_difference() {
        let differs = |line, go: &str, kept: &str| Verdict::Differs {
            line,
            go: go.to_owned(),
            kept: kept.to_owned(),
        };
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), Verdict::Same);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), differs(2, "b", "c"));
        assert_eq!(
            first_difference("a\n", "a"),
            differs(2, "", "(the output has ended)")
        );
    }
}
