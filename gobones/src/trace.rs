//! The one trace model: what a program did, step by step, and what memory looked like after each.
//!
//! ```text
//!   step 1 ── delta ──▶ step 2 ── delta ──▶ step 3      forwards: apply; back: revert
//!   picture             picture             picture
//! ```
//!
//! A step names a line of the Go program by its text, and [`Recorder::step`] refuses a text that
//! the program does not contain, so that the walk cannot drift away from what is printed beside it.
//!
//! T1  A step's delta leads from the picture before it (an empty one before the first) to its own.

use layout::{Delta, Picture};
use serde::Serialize;

use crate::lang::Note;

/// A whole run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Trace {
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The line of the program that ran, counted from 1.
    pub line: usize,
    /// Its text.
    pub code: String,
    /// One sentence on what happened.
    pub note: Note,
    /// What the program printed in this step.
    pub output: String,
    /// Memory after the step.
    pub picture: Picture,
    /// What the step changed.
    pub delta: Delta,
}

impl Trace {
    /// Everything the program printed.
    #[must_use]
    pub fn output(&self) -> String {
        self.steps.iter().map(|step| step.output.as_str()).collect()
    }
}

/// Writes a trace while a program runs.
#[derive(Debug)]
pub struct Recorder {
    program: &'static str,
    trace: Trace,
    printed: String,
}

impl Recorder {
    /// A recorder for a run of `program`.
    #[must_use]
    pub fn new(program: &'static str) -> Self {
        Self {
            program,
            trace: Trace::default(),
            printed: String::new(),
        }
    }

    /// Notes what the program prints; it belongs to the step that follows.
    pub fn print(&mut self, text: &str) {
        self.printed.push_str(text);
    }

    /// Adds a step: the line that ran, what happened in both languages, and memory after it.
    ///
    /// # Panics
    ///
    /// When the program has no line with this text.
    pub fn step(&mut self, code: &str, en: &str, zh: &str, picture: Picture) {
        let line = self.program.lines().position(|line| line.trim() == code);
        let line = line.unwrap_or_else(|| panic!("the program has no line '{code}'")) + 1;
        let before = self
            .trace
            .steps
            .last()
            .map_or_else(Picture::default, |s| s.picture.clone());
        self.trace.steps.push(Step {
            line,
            code: code.to_string(),
            note: Note {
                en: en.to_string(),
                zh: zh.to_string(),
            },
            output: std::mem::take(&mut self.printed),
            delta: before.diff(&picture),
            picture,
        });
    }

    /// The trace.
    #[must_use]
    pub fn finish(self) -> Trace {
        self.trace
    }
}
