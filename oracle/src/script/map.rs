//! The script language of maps.
//!
//! ```text
//!   script 17 f64/v24        the head: number, and the types of key and value
//!   rand 81985529216486895   the generator that hash seed and iterations are drawn from
//!   set 7 70                 m[7] = 70
//!   iter i0                  begins an iteration, and takes its first step
//!   del 7                    the map changes under it
//!   step i0 3                three steps more
//! ```
//!
//! A script has one map, made without a hint, and four iterators `i0`..`i3`. This file is the
//! language's one spelling in Rust: what [`Op`]'s `Display` writes, [`Op::parse`] reads, and the
//! Go machine reads too.
//!
//! Words: *k* is the integer that stands for a key or a value (see machine/map/key.rs); a
//! [`KeyName`] is such an integer, or one of two keys that only floats have.
//!
//! K1  `clear` and `make` end all open iterations: what Go 1.19 yields after a clear is its own
//!     mistake (golang/go#59411).
//!
//! Differs: Go's machine (oracle/go/map) checks less and stops at the first line it cannot read.

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use super::{Script, ScriptError};
use crate::generate;
use crate::language::{Language, Twin};
use crate::machine::map::{self, Abridger, State};

/// Number of iterators of a script.
pub const ITERS: u8 = 4;

/// The language of maps, as the rest of the crate asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maps;

impl Language for Maps {
    const NAME: &'static str = "map";
    const KIND: &'static str = "a key and a value type, such as u64/v8";
    const OPS_PER_SCRIPT: usize = generate::map::OPS_PER_SCRIPT;
    /// 250,000 operations.
    const SCRIPTS_RECORDED: u64 = 500;
    const SCRIPTS_COMPARED: u64 = 2_000;

    type Kind = Kind;
    type Op = Op;
    type Abridger = Abridger;

    fn kind(name: &str) -> Option<Kind> {
        Kind::parse(name)
    }

    fn op(line: &str, kind: Kind) -> Result<Op, ScriptError> {
        Op::parse(line, kind)
    }

    fn generate(seed: u64, id: u64) -> Script<Maps> {
        generate::map::script(seed, id)
    }

    fn with_twin<R>(kind: Kind, replay: impl FnOnce(&mut dyn Twin<Op>) -> R) -> R {
        replay(&mut *map::twin(kind))
    }

    /// All but the hashes, which no twin can know.
    fn compared(go: &str) -> &str {
        map::split_hashes(go).0
    }

    fn state<'a>(answers: impl Iterator<Item = &'a str>) -> Option<String> {
        let mut state = State::default();
        answers.for_each(|answer| state.apply(Maps::compared(answer)));
        Some(state.to_string())
    }
}

/// The type of a map's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyKind {
    /// `uint64`: Go has its own functions for 8-byte keys.
    U64,
    /// `uint32`: and for 4-byte keys.
    U32,
    /// `uint8`: only 256 keys.
    U8,
    /// `string`: Go has its own functions, and rewrites equal keys.
    String,
    /// `struct { words [17]uint64 }`, 136 bytes: above 128, so stored by pointer.
    S136,
    /// `float64`: with a NaN and two zeros.
    F64,
}

/// The type of a map's values: an array of 8-byte words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ElemKind {
    /// `struct{}`
    V0,
    /// `uint64`
    V8,
    /// `[3]uint64`
    V24,
    /// `[25]uint64`: above 128 bytes, so stored by pointer.
    V200,
}

/// The types of a map, written `u64/v8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Kind {
    /// The type of its keys.
    pub key: KeyKind,
    /// The type of its values.
    pub elem: ElemKind,
}

impl KeyKind {
    /// All kinds of keys.
    pub const ALL: [KeyKind; 6] = [
        KeyKind::U64,
        KeyKind::U32,
        KeyKind::U8,
        KeyKind::String,
        KeyKind::S136,
        KeyKind::F64,
    ];

    /// The kind's name in a script.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            KeyKind::U64 => "u64",
            KeyKind::U32 => "u32",
            KeyKind::U8 => "u8",
            KeyKind::String => "string",
            KeyKind::S136 => "s136",
            KeyKind::F64 => "f64",
        }
    }
}

impl ElemKind {
    /// All kinds of values.
    pub const ALL: [ElemKind; 4] = [ElemKind::V0, ElemKind::V8, ElemKind::V24, ElemKind::V200];

    /// The kind's name in a script.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ElemKind::V0 => "v0",
            ElemKind::V8 => "v8",
            ElemKind::V24 => "v24",
            ElemKind::V200 => "v200",
        }
    }
}

impl Kind {
    /// All pairs, in the order in which generated scripts cycle through them.
    pub fn all() -> impl Iterator<Item = Kind> + Clone {
        let pairs_with = |elem| KeyKind::ALL.map(|key| Kind { key, elem });
        ElemKind::ALL.into_iter().flat_map(pairs_with)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.key.name(), self.elem.name())
    }
}

/// An iterator, `i0`..`i3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Iter(u8);

impl Iter {
    /// The iterator with this number, if there is one.
    #[must_use]
    pub const fn new(number: u8) -> Option<Iter> {
        if number < ITERS {
            Some(Iter(number))
        } else {
            None
        }
    }

    /// The iterator's number, below [`ITERS`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Iter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "i{}", self.0)
    }
}

/// Which key an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// The key that this integer stands for.
    K(i64),
    /// The float that is not equal to itself.
    Nan,
    /// The zero below zero, equal to the other one.
    NegativeZero,
}

impl KeyName {
    /// Whether keys of this kind have it.
    #[must_use]
    pub fn suits(self, kind: KeyKind) -> bool {
        matches!(self, KeyName::K(_)) || kind == KeyKind::F64
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyName::K(k) => write!(f, "{k}"),
            KeyName::Nan => f.write_str("nan"),
            KeyName::NegativeZero => f.write_str("-0"),
        }
    }
}

/// One operation on the map `m`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the operands of the operation beside them"
)]
pub enum Op {
    /// Sets the state of the random generator.
    Rand { state: u64 },
    /// `m = make(map[K]V, hint)`; ends all iterations (K1)
    Make { hint: u32 },
    /// `m[key] = k`
    Set { key: KeyName, k: i64 },
    /// `m[key]`; answers the value, or `none`
    Get { key: KeyName },
    /// `delete(m, key)`
    Del { key: KeyName },
    /// `for k := range m { delete(m, k) }`, NaNs too; ends all iterations (K1)
    Clear,
    /// begins an iteration; answers start bucket, offset and the first entry
    Iter { iter: Iter },
    /// up to `n` steps of it; answers the entries, and `.` at the end
    Step { iter: Iter, n: u32 },
    /// leaves the iteration
    Stop { iter: Iter },
    /// `m[x] = k` for the first x from `from` on that is new and belongs to `bucket`; answers x
    Crowd { from: i64, bucket: u32, k: i64 },
    /// deletes the key of the nth full cell in the chain of `bucket`; answers it
    Drop { bucket: u32, n: u32 },
}

impl Op {
    /// The names of all operations.
    pub const NAMES: [&'static str; 11] = [
        "rand", "make", "set", "get", "del", "clear", "iter", "step", "stop", "crowd", "drop",
    ];

    /// The operation's name, the first word of its line.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Op::Rand { .. } => "rand",
            Op::Make { .. } => "make",
            Op::Set { .. } => "set",
            Op::Get { .. } => "get",
            Op::Del { .. } => "del",
            Op::Clear => "clear",
            Op::Iter { .. } => "iter",
            Op::Step { .. } => "step",
            Op::Stop { .. } => "stop",
            Op::Crowd { .. } => "crowd",
            Op::Drop { .. } => "drop",
        }
    }

    /// Whether maps of `kind` have the key it names.
    #[must_use]
    pub fn suits(&self, kind: Kind) -> bool {
        match self {
            Op::Set { key, .. } | Op::Get { key } | Op::Del { key } => key.suits(kind.key),
            Op::Rand { .. }
            | Op::Make { .. }
            | Op::Clear
            | Op::Iter { .. }
            | Op::Step { .. }
            | Op::Stop { .. }
            | Op::Crowd { .. }
            | Op::Drop { .. } => true,
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Op::Rand { state } => write!(f, " {state}"),
            Op::Make { hint } => write!(f, " {hint}"),
            Op::Set { key, k } => write!(f, " {key} {k}"),
            Op::Get { key } | Op::Del { key } => write!(f, " {key}"),
            Op::Clear => Ok(()),
            Op::Iter { iter } | Op::Stop { iter } => write!(f, " {iter}"),
            Op::Step { iter, n } => write!(f, " {iter} {n}"),
            Op::Crowd { from, bucket, k } => write!(f, " {from} {bucket} {k}"),
            Op::Drop { bucket, n } => write!(f, " {bucket} {n}"),
        }
    }
}
