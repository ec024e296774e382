//! Reading the lines of a script.
//!
//! ```text
//!   "slice v1 v0 1 _"  ──▶  Words ──▶  Op::Slice { dst: v1, src: v0, low: 1, high: omitted }
//! ```
//!
//! The reader takes a line word by word. It accepts exactly what `Display` writes, so that a line
//! read and written again is the same line; everything else is a [`ScriptError`] that says which
//! line, which word and what was expected in its place.
//!
//! R1  Every word of a line is used: a word left over is an error, not a remark.
//! R2  What is returned fits the kind (S1 of script.rs).

use std::num::ParseIntError;
use std::str::SplitAsciiWhitespace;

use super::{Bound, Kind, Op, Text, Var};

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
    /// Go's types do not allow the operation on slices of this kind.
    #[error("`{line}` needs other elements than {kind}: see the table in oracle/README.md")]
    Kind {
        /// The whole line.
        line: String,
        /// The script's element type.
        kind: Kind,
    },
}

impl Kind {
    /// The kind with this name in scripts.
    #[must_use]
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Reads a head line, `script <id> <kind>`.
///
/// # Errors
/// [`ScriptError`] when the line is anything else.
pub(crate) fn parse_head(line: &str) -> Result<(u64, Kind), ScriptError> {
    let mut words = Words::new(line);
    let first = words.next("`script`")?;
    if first != "script" {
        return Err(words.wrong(first, "`script`"));
    }
    let id = words.number("a script number")?;
    let name = words.next("an element type")?;
    let kind = Kind::parse(name).ok_or_else(|| words.wrong(name, "an element type"))?;
    words.end()?;
    Ok((id, kind))
}

impl Op {
    /// Reads one operation of a script over elements of `kind`.
    ///
    /// # Errors
    /// [`ScriptError`] when the line is no operation, or not one for this kind.
    pub fn parse(line: &str, kind: Kind) -> Result<Op, ScriptError> {
        let mut words = Words::new(line);
        let op = words.op()?;
        words.end()?;
        if op.suits(kind) {
            Ok(op)
        } else {
            Err(ScriptError::Kind {
                line: line.to_owned(),
                kind,
            })
        }
    }
}

/// The words of one line, taken from the left.
struct Words<'a> {
    line: &'a str,
    rest: SplitAsciiWhitespace<'a>,
}

impl<'a> Words<'a> {
    fn new(line: &'a str) -> Self {
        Words {
            line,
            rest: line.split_ascii_whitespace(),
        }
    }

    fn op(&mut self) -> Result<Op, ScriptError> {
        let name = self.next("an operation")?;
        Ok(match name {
            "make" => Op::Make {
                dst: self.var()?,
                len: self.int()?,
                cap: self.int()?,
            },
            "zeroed" => Op::Zeroed {
                dst: self.var()?,
                len: self.int()?,
            },
            "lit" => Op::Lit {
                dst: self.var()?,
                ks: self.remaining_ints()?,
            },
            "nil" => Op::Nil { dst: self.var()? },
            "append" => Op::Append {
                dst: self.var()?,
                src: self.var()?,
                k: self.int()?,
            },
            "appendn" => Op::AppendN {
                dst: self.var()?,
                src: self.var()?,
                n: self.number("a count")?,
                k: self.int()?,
            },
            "appends" => Op::Appends {
                dst: self.var()?,
                head: self.var()?,
                tail: self.var()?,
            },
            "slice" => Op::Slice {
                dst: self.var()?,
                src: self.var()?,
                low: self.bound()?,
                high: self.bound()?,
            },
            "slice3" => Op::Slice3 {
                dst: self.var()?,
                src: self.var()?,
                low: self.bound()?,
                high: self.int()?,
                max: self.int()?,
            },
            "copy" => Op::Copy {
                dst: self.var()?,
                src: self.var()?,
            },
            "set" => Op::Set {
                dst: self.var()?,
                i: self.int()?,
                k: self.int()?,
            },
            "get" => Op::Get {
                src: self.var()?,
                i: self.int()?,
            },
            _ => return self.text_op(name),
        })
    }

    fn text_op(&mut self, name: &'a str) -> Result<Op, ScriptError> {
        Ok(match name {
            "bytes" => Op::Bytes {
                dst: self.var()?,
                text: self.text()?,
            },
            "str" => Op::Str {
                dst: self.text()?,
                src: self.var()?,
            },
            "lits" => Op::Lits {
                dst: self.text()?,
                bytes: self.remaining_hex()?,
            },
            "substr" => Op::Substr {
                dst: self.text()?,
                src: self.text()?,
                low: self.bound()?,
                high: self.bound()?,
            },
            "concat" => Op::Concat {
                dst: self.text()?,
                left: self.text()?,
                right: self.text()?,
            },
            "charat" => Op::CharAt {
                text: self.text()?,
                i: self.int()?,
            },
            "runes" => Op::Runes { text: self.text()? },
            "appendstr" => Op::AppendStr {
                dst: self.var()?,
                src: self.var()?,
                text: self.text()?,
            },
            "copystr" => Op::CopyStr {
                dst: self.var()?,
                text: self.text()?,
            },
            _ => return Err(self.wrong(name, "an operation")),
        })
    }

    fn next(&mut self, expected: &'static str) -> Result<&'a str, ScriptError> {
        let line = self.line;
        self.rest.next().ok_or_else(|| ScriptError::Missing {
            line: line.to_owned(),
            expected,
        })
    }

    /// R1: nothing may be left.
    fn end(mut self) -> Result<(), ScriptError> {
        match self.rest.next() {
            None => Ok(()),
            Some(word) => Err(ScriptError::LeftOver {
                line: self.line.to_owned(),
                word: word.to_owned(),
            }),
        }
    }

    fn wrong(&self, word: &str, expected: &'static str) -> ScriptError {
        ScriptError::Word {
            line: self.line.to_owned(),
            word: word.to_owned(),
            expected,
        }
    }

    fn var(&mut self) -> Result<Var, ScriptError> {
        const EXPECTED: &str = "a slice variable v0..v5";
        let word = self.next(EXPECTED)?;
        variable(word, "v")
            .and_then(Var::new)
            .ok_or_else(|| self.wrong(word, EXPECTED))
    }

    fn text(&mut self) -> Result<Text, ScriptError> {
        const EXPECTED: &str = "a string variable t0..t3";
        let word = self.next(EXPECTED)?;
        variable(word, "t")
            .and_then(Text::new)
            .ok_or_else(|| self.wrong(word, EXPECTED))
    }

    fn int(&mut self) -> Result<i64, ScriptError> {
        self.number("a 64-bit integer")
    }

    fn number<N>(&mut self, expected: &'static str) -> Result<N, ScriptError>
    where
        N: std::str::FromStr<Err = ParseIntError>,
    {
        let word = self.next(expected)?;
        word.parse().map_err(|_| self.wrong(word, expected))
    }

    fn bound(&mut self) -> Result<Bound, ScriptError> {
        let word = self.next("a bound or `_`")?;
        if word == "_" {
            return Ok(None);
        }
        word.parse()
            .map(Some)
            .map_err(|_| self.wrong(word, "a bound or `_`"))
    }

    fn remaining_ints(&mut self) -> Result<Vec<i64>, ScriptError> {
        let mut ks = Vec::new();
        while let Some(word) = self.rest.next() {
            ks.push(
                word.parse()
                    .map_err(|_| self.wrong(word, "a 64-bit integer"))?,
            );
        }
        Ok(ks)
    }

    fn remaining_hex(&mut self) -> Result<Vec<u8>, ScriptError> {
        let Some(word) = self.rest.next() else {
            return Ok(Vec::new());
        };
        unhex(word).ok_or_else(|| self.wrong(word, "bytes in hex, two digits each"))
    }
}

fn variable(word: &str, letter: &str) -> Option<u8> {
    word.strip_prefix(letter)
        .filter(|digits| digits.len() == 1)?
        .parse()
        .ok()
}

fn unhex(word: &str) -> Option<Vec<u8>> {
    let (pairs, []) = word.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|&[high, low]| Some(nibble(high)? << 4 | nibble(low)?))
        .collect()
}

fn nibble(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}
