//! Scripts: one line an operation, read alike by real Go and by our twins.
//!
//! ```text
//!   script 17 u64            the head: number and kind
//!   make v0 2 4              then the operations
//!   slice v1 v0 1 _
//! ```
//!
//! There are two languages: slices (script/slice.rs) and maps (script/map.rs). What they share is
//! here: the head, the reader of words (script/words.rs), and that a line that is written and read
//! again is the same line. The tables of both are in README.md beside this crate.
//!
//! Words: the *kind* is the types that a script is over; *k* is an integer that stands for an
//! element or a key; the *step* of an operation is its place in the script, from 0.
//!
//! S1  An operation fits the kind it is used with; a parsed script keeps that.
//! S2  Numbers are Go's `int`: 64 bits, signed. Out-of-range values are welcome; they panic.

pub mod map;
pub mod slice;
mod words;

use std::fmt;

use crate::language::Language;
pub use words::ScriptError;
pub(crate) use words::{Words, parse_head};

/// A numbered script: a kind and its operations (S1 holds for each).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script<L: Language> {
    /// The number in its head line.
    pub id: u64,
    /// The types it is over.
    pub kind: L::Kind,
    /// The operations, in order.
    pub ops: Vec<L::Op>,
}

impl<L: Language> Script<L> {
    /// The head line, `script <id> <kind>`.
    #[must_use]
    pub fn head(&self) -> String {
        format!("script {} {}", self.id, self.kind)
    }
}

impl<L: Language> fmt::Display for Script<L> {
    /// Writes the head and every operation, each with its line break: what a machine reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.head())?;
        self.ops.iter().try_for_each(|op| writeln!(f, "{op}"))
    }
}
