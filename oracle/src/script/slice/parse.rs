//! Reading the lines of a slice script.

use super::{Bound, Kind, Op, Text, Var};
use crate::script::{ScriptError, Words};

impl Kind {
    /// The kind with this name in scripts.
    #[must_use]
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Op {
    /// Reads one operation of a script over elements of `kind`.
    ///
    /// # Errors
    /// [`ScriptError`] when the line is no operation, or not one for this kind.
    pub fn parse(line: &str, kind: Kind) -> Result<Op, ScriptError> {
        let mut words = Words::new(line);
        let op = words.slice_op()?;
        words.end()?;
        if op.suits(kind) {
            Ok(op)
        } else {
            Err(ScriptError::Kind {
                line: line.to_owned(),
                kind: kind.to_string(),
            })
        }
    }
}

impl<'a> Words<'a> {
    fn slice_op(&mut self) -> Result<Op, ScriptError> {
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

    fn var(&mut self) -> Result<Var, ScriptError> {
        self.variable("v", Var::new, "a slice variable v0..v5")
    }

    fn text(&mut self) -> Result<Text, ScriptError> {
        self.variable("t", Text::new, "a string variable t0..t3")
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
        while let Some(word) = self.optional() {
            ks.push(
                word.parse()
                    .map_err(|_| self.wrong(word, "a 64-bit integer"))?,
            );
        }
        Ok(ks)
    }

    fn remaining_hex(&mut self) -> Result<Vec<u8>, ScriptError> {
        let Some(word) = self.optional() else {
            return Ok(Vec::new());
        };
        unhex(word).ok_or_else(|| self.wrong(word, "bytes in hex, two digits each"))
    }
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
