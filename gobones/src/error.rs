//! What can go wrong on the command line: what, where, and what would be right.

use std::io;
use std::path::PathBuf;

/// Why a command could not be carried out; every one ends the program with status 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that nothing has.
    #[error("there is no {kind} called '{name}'; {}", advice(.nearest, .known))]
    Unknown {
        /// What was looked for: `chapter`, `type`, `myth`.
        kind: &'static str,
        /// The name as given.
        name: String,
        /// The existing name that looks most like it.
        nearest: Option<String>,
        /// All existing names.
        known: Vec<String>,
    },
    /// `--svg` where several pictures or none would be drawn.
    #[error("--svg draws one chapter or one type; name it, as in `gobones {0} --svg slice.svg`")]
    SvgOfWhat(&'static str),
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
    /// A file that could not be written.
    #[error("cannot write {}: {error}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
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
        let score = |candidate: &&&str| strsim::jaro_winkler(name, candidate);
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
