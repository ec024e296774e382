//! An input of a search: the text of a Go program, and the numbers it was made from.
//!
//! ```text
//!   program((3, 5), "s := make([]int, 3, 5)")
//!            │       └─ what readers see
//!            └─ what the property computes with
//! ```
//!
//! Text and numbers are made side by side in each strategy, so that one cannot say what the other
//! does not do.
//!
//! Go: nothing.

use core::fmt;

/// A small Go program.
#[derive(Debug)]
pub(crate) struct Program<P> {
    /// What it was made from.
    pub(crate) parts: P,
    /// What it looks like.
    text: String,
}

/// The program that looks like `text` and was made from `parts`.
pub(crate) fn program<P>(parts: P, text: impl Into<String>) -> Program<P> {
    Program {
        parts,
        text: text.into(),
    }
}

impl<P> fmt::Display for Program<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
