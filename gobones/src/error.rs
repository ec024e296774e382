//! What can go wrong on the command line: what, where, and what would be right.
//!
//! ```text
//!   gobones tour apend
//!   gobones: there is no chapter called 'apend'; did you mean 'append'?
//!            ╰───────── what and where ────────╯ ╰─ what would be right ─╯
//! ```
//!
//! E1  Every error is one sentence on one line of standard error, and the program ends with status
//!     2; those that clap finds while it parses are made into one too ([`Error::Usage`]).

use std::io;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Why a command could not be carried out; every one ends the program with status 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Arguments that are no command line of ours.
    #[error("{0}")]
    Usage(String),
    /// A name that nothing has.
    #[error("there is no {kind} called '{name}'; {}", advice(.nearest, .known))]
    Unknown {
        /// What was looked for: `chapter`, `type`.
        kind: &'static str,
        /// The name as given.
        name: String,
        /// The existing name that looks most like it.
        nearest: Option<String>,
        /// All existing names.
        known: Vec<String>,
    },
    /// `--svg` where several pictures or none would be drawn: the command, and what it could draw.
    #[error("--svg draws one chapter or one type; name it, as in `gobones {0} {1} --svg {1}.svg`")]
    SvgOfWhat(&'static str, &'static str),
    /// `--step` where several chapters are walked.
    #[error("--step picks a step of one chapter; name it, as in `gobones tour append --step 2`")]
    StepOfWhat,
    /// A step that a chapter does not have.
    #[error("chapter {chapter} has no step {step}; it has 1 to {steps}")]
    NoStep {
        /// The chapter.
        chapter: &'static str,
        /// The step asked for.
        step: usize,
        /// The number of steps that there are.
        steps: usize,
    },
    /// `--json` where a shell is to read.
    #[error("completions are a script for a shell and never JSON; leave --json out")]
    CompletionsAreNoJson,
    /// `map` without keys: none named, and nobody pipes them in.
    #[error(
        "map needs keys, one a line: name a file, as in `gobones map --keys words.txt`, or pipe \
         them in, as in `seq 100 | gobones map --keys -`"
    )]
    NoKeys,
    /// Keys that could not be read, or not all of them.
    #[error(
        "cannot read keys from {from}{}: {error}; --keys takes a file with a key on each line, or \
         - for standard input", behind(*.lines)
    )]
    Keys {
        /// Where they were to come from.
        from: String,
        /// Lines that could be read.
        lines: u64,
        /// What the system said.
        error: io::Error,
    },
    /// A line too long for a key.
    #[error(
        "line {line} of {from} has more than {bytes_max} bytes; --keys takes a file with a key on \
         each line"
    )]
    LongKey {
        /// Where it comes from.
        from: String,
        /// Its number, counted from 1.
        line: u64,
        /// The bytes that a key may have.
        bytes_max: usize,
    },
    /// Standard output that takes nothing more; no error to the reader if it is a closed pipe.
    #[error("cannot write to standard output: {0}")]
    Print(io::Error),
    /// A file that could not be written.
    #[error("cannot write {}: {error}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

fn behind(lines: u64) -> String {
    match lines {
        0 => String::new(),
        _ => format!(" behind line {lines}"),
    }
}

fn advice(nearest: &Option<String>, known: &[String]) -> String {
    match nearest {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => format!("there are: {}", known.join(", ")),
    }
}

impl Error {
    /// The error for a `name` that is none of `known`, with the nearest of them.
    #[must_use]
    pub fn unknown(kind: &'static str, name: &str, known: &[&str]) -> Self {
        let folded = name.to_lowercase();
        // Part of a name counts for more than likeness: `nan` means the law that begins so.
        let score = |candidate: &&&str| match candidate.find(&folded) {
            Some(0) if !folded.is_empty() => 3.0,
            Some(_) if !folded.is_empty() => 2.0,
            Some(_) | None => strsim::jaro_winkler(&folded, candidate),
        };
        let nearest = known
            .iter()
            .filter(|candidate| score(candidate) > 0.7)
            .max_by(|a, b| score(a).total_cmp(&score(b)))
            .map(ToString::to_string);
        let known = known.iter().map(ToString::to_string).collect();
        Self::Unknown {
            kind,
            name: name.to_string(),
            nearest,
            known,
        }
    }
}

impl From<clap::Error> for Error {
    /// The first line of what clap says, and its advice, in one sentence.
    fn from(error: clap::Error) -> Self {
        let strings = |kind| match error.get(kind) {
            Some(ContextValue::String(one)) => vec![one.clone()],
            Some(ContextValue::Strings(several)) => several.clone(),
            Some(_) | None => Vec::new(),
        };
        let text = error.render().to_string();
        let first = text.lines().next().unwrap_or_default();
        let mut sentence = first.trim_start_matches("error: ").to_string();
        if sentence.ends_with(':') {
            let named = strings(ContextKind::InvalidArg).join(", ");
            sentence.push_str(&format!(" {named}"));
        }
        let nearest: Vec<_> = [
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ]
        .into_iter()
        .flat_map(strings)
        .collect();
        let known = strings(ContextKind::ValidValue);
        let vague = [
            ErrorKind::InvalidSubcommand,
            ErrorKind::UnknownArgument,
            ErrorKind::MissingRequiredArgument,
        ];
        if let Some(nearest) = nearest.first() {
            sentence.push_str(&format!("; did you mean '{nearest}'?"));
        } else if !known.is_empty() {
            sentence.push_str(&format!("; there are: {}", known.join(", ")));
        } else if vague.contains(&error.kind()) {
            sentence.push_str("; `gobones --help` shows what there is");
        }
        Self::Usage(sentence)
    }
}
