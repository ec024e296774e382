//! Reading the lines of a script, word by word.
//!
//! ```text
//!   "slice v1 v0 1 _"  ──▶  Words ──▶  Op::Slice { dst: v1, src: v0, low: 1, high: omitted }
//! ```
//!
//! A language's reader takes a line word by word. It accepts exactly what `Display` writes, so
//! that a line read and written again is the same line; everything else is a [`ScriptError`] that
//! says which line, which word and what was expected in its place.
//!
//! R1  Every word of a line is used: a word left over is an error, not a remark.
//! R2  What is returned fits the kind (S1 of script.rs).

use std::num::ParseIntError;
use std::str::SplitAsciiWhitespace;

use crate::language::Language;

/// Why a line is no line of a script.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ScriptError {
    /// The line ended before the operation was complete.
    #[error("`{line}` ends too early: expected {expected}")]
    Missing {
        /// The whole line.
        line: String,
        /// What should have come next.
        expected: &'static str,
    },
    /// A word is not what this place of the operation needs.
    #[error("`{word}` in `{line}` is not {expected}")]
    Word {
        /// The whole line.
        line: String,
        /// The word at fault.
        word: String,
        /// What would be right there.
        expected: &'static str,
    },
    /// The operation is complete, and words are left.
    #[error("`{line}` has words left over, from `{word}` on")]
    LeftOver {
        /// The whole line.
        line: String,
        /// The first word too many.
        word: String,
    },
    /// Go's types do not allow the operation in scripts over this kind.
    #[error("`{line}` is not for scripts over {kind}: see the table in oracle/README.md")]
    Kind {
        /// The whole line.
        line: String,
        /// The script's kind.
        kind: String,
    },
}

/// Reads a head line, `script <id> <kind>`.
///
/// # Errors
/// [`ScriptError`] when the line is anything else.
pub(crate) fn parse_head<L: Language>(line: &str) -> Result<(u64, L::Kind), ScriptError> {
    let mut words = Words::new(line);
    let first = words.next("`script`")?;
    if first != "script" {
        return Err(words.wrong(first, "`script`"));
    }
    let id = words.number("a script number")?;
    let name = words.next(L::KIND)?;
    let kind = L::kind(name).ok_or_else(|| words.wrong(name, L::KIND))?;
    words.end()?;
    Ok((id, kind))
}

/// The words of one line, taken from the left.
pub(crate) struct Words<'a> {
    line: &'a str,
    rest: SplitAsciiWhitespace<'a>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(line: &'a str) -> Self {
        Words {
            line,
            rest: line.split_ascii_whitespace(),
        }
    }

    pub(crate) fn next(&mut self, expected: &'static str) -> Result<&'a str, ScriptError> {
        let line = self.line;
        self.rest.next().ok_or_else(|| ScriptError::Missing {
            line: line.to_owned(),
            expected,
        })
    }

    /// R1: nothing may be left.
    pub(crate) fn end(mut self) -> Result<(), ScriptError> {
        match self.rest.next() {
            None => Ok(()),
            Some(word) => Err(ScriptError::LeftOver {
                line: self.line.to_owned(),
                word: word.to_owned(),
            }),
        }
    }

    pub(crate) fn wrong(&self, word: &str, expected: &'static str) -> ScriptError {
        ScriptError::Word {
            line: self.line.to_owned(),
            word: word.to_owned(),
            expected,
        }
    }

    pub(crate) fn int(&mut self) -> Result<i64, ScriptError> {
        self.number("a 64-bit integer")
    }

    pub(crate) fn number<N>(&mut self, expected: &'static str) -> Result<N, ScriptError>
    where
        N: std::str::FromStr<Err = ParseIntError>,
    {
        let word = self.next(expected)?;
        word.parse().map_err(|_| self.wrong(word, expected))
    }

    /// The next word, if there is one.
    pub(crate) fn optional(&mut self) -> Option<&'a str> {
        self.rest.next()
    }

    /// A variable named by one letter and one digit.
    pub(crate) fn variable<V>(
        &mut self,
        letter: &str,
        named: impl FnOnce(u8) -> Option<V>,
        expected: &'static str,
    ) -> Result<V, ScriptError> {
        let word = self.next(expected)?;
        let digit = word
            .strip_prefix(letter)
            .filter(|digits| digits.len() == 1)
            .and_then(|digit| digit.parse().ok());
        digit
            .and_then(named)
            .ok_or_else(|| self.wrong(word, expected))
    }
}
