//! The one trace model: what a program did, step by step, and what memory looked like after each.
//!
//! ```text
//!   step 1 ── delta ──▶ step 2 ── delta ──▶ step 3      forwards: apply; back: revert
//!   picture             picture             picture
//! ```
//!
//! A step names a line of the Go program by its text, and so does what is printed: the step stands
//! on the line that changed memory, the output on the `fmt.Println` below it. The recorder refuses
//! a text that the program does not contain, so that the walk cannot drift away from what is
//! printed beside it.
//!
//! T1  A step's delta leads from the picture before it (an empty one before the first) to its own.
//! T2  The texts of all steps' output, one after the other, are what the program printed.

use layout::{Delta, Picture};
use serde::Serialize;

use crate::lang::Note;

/// A whole run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The line of the program that ran, counted from 1.
    pub line: usize,
    /// Its text.
    pub code: String,
    /// One sentence on what happened.
    pub note: Note,
    /// What the program printed since the step before, piece by piece.
    pub output: Vec<Print>,
    /// Memory after the step.
    pub picture: Picture,
    /// What the step changed.
    pub delta: Delta,
}

/// What one line of a program printed; pieces of one line in a row are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Print {
    /// The line of the program that printed it, counted from 1.
    pub line: usize,
    /// Its text.
    pub code: String,
    /// What it printed.
    pub text: String,
}

impl Trace {
    /// Everything the program printed.
    #[must_use]
    pub fn output(&self) -> String {
        let prints = self.steps.iter().flat_map(|step| &step.output);
        prints.map(|print| print.text.as_str()).collect()
    }
}

/// Writes a trace while a program runs.
#[derive(Debug)]
pub struct Recorder {
    program: &'static str,
    trace: Trace,
    printed: Vec<Print>,
}

impl Recorder {
    /// A recorder for a run of `program`.
    #[must_use]
    pub fn new(program: &'static str) -> Self {
        Self {
            program,
            trace: Trace::default(),
            printed: Vec::new(),
        }
    }

    /// Notes what a line of the program prints; it belongs to the step that follows.
    ///
    /// # Panics
    ///
    /// When the program has no line with this text.
    pub fn print(&mut self, code: &str, text: &str) {
        let line = self.line_of(code);
        match self.printed.last_mut() {
            Some(last) if last.line == line => last.text.push_str(text),
            _ => self.printed.push(Print {
                line,
                code: code.to_string(),
                text: text.to_string(),
            }),
        }
    }

    /// Adds a step: the line that ran, what happened in both languages, and memory after it.
    ///
    /// # Panics
    ///
    /// When the program has no line with this text.
    pub fn step(&mut self, code: &str, en: &str, zh: &str, picture: Picture) {
        let line = self.line_of(code);
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

    /// The number of the line with this text, counted from 1.
    fn line_of(&self, code: &str) -> usize {
        let line = self.program.lines().position(|line| line.trim() == code);
        line.unwrap_or_else(|| panic!("the program has no line '{code}'")) + 1
    }

    /// The trace.
    ///
    /// # Panics
    ///
    /// When something was printed after the last step: it would be lost.
    #[must_use]
    pub fn finish(self) -> Trace {
        assert_eq!(self.printed, [], "printed after the last step");
        self.trace
    }
}
