//! Reading the lines of a map script.

use super::{ElemKind, Iter, KeyKind, KeyName, Kind, Op};
use crate::script::{ScriptError, Words};

impl Kind {
    /// The kind with this name in scripts.
    #[must_use]
    pub fn parse(name: &str) -> Option<Kind> {
        let (key, elem) = name.split_once('/')?;
        Some(Kind {
            key: KeyKind::ALL.into_iter().find(|kind| kind.name() == key)?,
            elem: ElemKind::ALL.into_iter().find(|kind| kind.name() == elem)?,
        })
    }
}

impl KeyName {
    /// The key with this name in scripts and answers.
    #[must_use]
    pub fn parse(name: &str) -> Option<KeyName> {
        match name {
            "nan" => Some(KeyName::Nan),
            "-0" => Some(KeyName::NegativeZero),
            _ => name.parse().ok().map(KeyName::K),
        }
    }
}

impl Op {
    /// Reads one operation of a script over `kind`.
    ///
    /// # Errors
    /// [`ScriptError`] when the line is no operation, or names a key that this kind has not.
    pub fn parse(line: &str, kind: Kind) -> Result<Op, ScriptError> {
        let mut words = Words::new(line);
        let op = words.map_op()?;
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

impl Words<'_> {
    fn map_op(&mut self) -> Result<Op, ScriptError> {
        let name = self.next("an operation")?;
        Ok(match name {
            "rand" => Op::Rand {
                state: self.number("a state of 64 bits")?,
            },
            "make" => Op::Make {
                hint: self.number("a hint")?,
            },
            "set" => Op::Set {
                key: self.key_name()?,
                k: self.int()?,
            },
            "get" => Op::Get {
                key: self.key_name()?,
            },
            "del" => Op::Del {
                key: self.key_name()?,
            },
            "clear" => Op::Clear,
            "iter" => Op::Iter { iter: self.iter()? },
            "step" => Op::Step {
                iter: self.iter()?,
                n: self.number("a number of steps")?,
            },
            "stop" => Op::Stop { iter: self.iter()? },
            "crowd" => Op::Crowd {
                from: self.int()?,
                bucket: self.number("a bucket")?,
                k: self.int()?,
            },
            "drop" => Op::Drop {
                bucket: self.number("a bucket")?,
                n: self.number("a number of full cells")?,
            },
            _ => return Err(self.wrong(name, "an operation")),
        })
    }

    fn key_name(&mut self) -> Result<KeyName, ScriptError> {
        const EXPECTED: &str = "a 64-bit integer, nan or -0";
        let word = self.next(EXPECTED)?;
        KeyName::parse(word).ok_or_else(|| self.wrong(word, EXPECTED))
    }

    fn iter(&mut self) -> Result<Iter, ScriptError> {
        self.variable("i", Iter::new, "an iterator i0..i3")
    }
}
