//! The script language of slices.
//!
//! ```text
//!   script 17 u64            the head: number and element type
//!   make v0 2 4              then the operations; `_` is an omitted bound
//!   slice v1 v0 1 _
//!   append v2 v1 7
//! ```
//!
//! A script has six slice variables `v0`..`v5` and four string variables `t0`..`t3`, all nil or
//! empty at its start. The operand written first is the one assigned to or written through. This
//! file is the language's one spelling in Rust: what [`Op`]'s `Display` writes, [`Op::parse`]
//! reads, and the Go machine reads too.
//!
//! Words: the *kind* is the element type; *k* is an integer that stands for an element (see
//! `machine/elem.rs`).
//!
//! Differs: Go's machine (oracle/go/slice) checks less and stops at the first line it cannot read.

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use bumpalo::Bump;

use super::{Script, ScriptError};
use crate::generate;
use crate::language::{Language, Twin, Whole};
use crate::machine::slice::machine;

/// The language of slices, as the rest of the crate asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slices;

impl Language for Slices {
    const NAME: &'static str = "slice";
    const KIND: &'static str = "an element type";
    const OPS_PER_SCRIPT: usize = generate::slice::OPS_PER_SCRIPT;
    /// 120,000 operations, less than 2 MiB packed.
    const SCRIPTS_RECORDED: u64 = 2_000;
    const SCRIPTS_COMPARED: u64 = 20_000;

    type Kind = Kind;
    type Op = Op;
    type Abridger = Whole;

    fn kind(name: &str) -> Option<Kind> {
        Kind::parse(name)
    }

    fn op(line: &str, kind: Kind) -> Result<Op, ScriptError> {
        Op::parse(line, kind)
    }

    fn generate(seed: u64, id: u64) -> Script<Slices> {
        generate::slice::script(seed, id)
    }

    fn with_twin<R>(kind: Kind, replay: impl FnOnce(&mut dyn Twin<Op>) -> R) -> R {
        let heap = Bump::new();
        let mut twin = machine(kind, &heap);
        replay(&mut *twin)
    }
}

/// Number of slice variables of a script.
pub const SLICE_VARS: u8 = 6;
/// Number of string variables of a script.
pub const TEXT_VARS: u8 = 4;

/// The element type of a script's slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `uint8`: the type with string conversions, string append and string copy.
    U8,
    /// `uint16`.
    U16,
    /// `rune`, that is `int32`: the other type with string conversions.
    Rune,
    /// `uint64`.
    U64,
    /// `[3]uint32`, 12 bytes: no power of two, no multiple of 8.
    A12,
    /// `[2]uint64`, 16 bytes.
    A16,
    /// `[3]uint64`, 24 bytes.
    A24,
    /// `[5]uint64`, 40 bytes.
    A40,
    /// `string`: two words, one of them a pointer.
    String,
    /// `struct{}`: no bytes at all.
    Zero,
}

impl Kind {
    /// All kinds, in the order in which generated scripts cycle through them.
    pub const ALL: [Kind; 10] = [
        Kind::U8,
        Kind::U16,
        Kind::Rune,
        Kind::U64,
        Kind::A12,
        Kind::A16,
        Kind::A24,
        Kind::A40,
        Kind::String,
        Kind::Zero,
    ];

    /// The kind's name in a script.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::U8 => "u8",
            Kind::U16 => "u16",
            Kind::Rune => "rune",
            Kind::U64 => "u64",
            Kind::A12 => "a12",
            Kind::A16 => "a16",
            Kind::A24 => "a24",
            Kind::A40 => "a40",
            Kind::String => "string",
            Kind::Zero => "zero",
        }
    }

    /// Bytes of one element in Go, on a 64-bit machine.
    #[must_use]
    pub const fn elem_bytes(self) -> i64 {
        match self {
            Kind::U8 => 1,
            Kind::U16 => 2,
            Kind::Rune => 4,
            Kind::U64 => 8,
            Kind::A12 => 12,
            Kind::A16 | Kind::String => 16,
            Kind::A24 => 24,
            Kind::A40 => 40,
            Kind::Zero => 0,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A slice variable, `v0`..`v5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Var(u8);

/// A string variable, `t0`..`t3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(u8);

impl Var {
    /// The variable with this number, if there is one.
    #[must_use]
    pub const fn new(number: u8) -> Option<Var> {
        if number < SLICE_VARS {
            Some(Var(number))
        } else {
            None
        }
    }

    /// The variable's number, below [`SLICE_VARS`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Text {
    /// The variable with this number, if there is one.
    #[must_use]
    pub const fn new(number: u8) -> Option<Text> {
        if number < TEXT_VARS {
            Some(Text(number))
        } else {
            None
        }
    }

    /// The variable's number, below [`TEXT_VARS`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Var {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{}", self.0)
    }
}

/// A bound of a slice expression; `None` is the omitted one, `_` in a script.
pub type Bound = Option<i64>;

/// One operation. `dst` is assigned to, everything else is read (S2: all numbers are Go's `int`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the operands of the Go expression beside them"
)]
pub enum Op {
    /// `dst = make([]T, len, cap)`
    Make { dst: Var, len: i64, cap: i64 },
    /// `dst = make([]T, len)`
    Zeroed { dst: Var, len: i64 },
    /// `dst = []T{k1, k2, ...}`
    Lit { dst: Var, ks: Vec<i64> },
    /// `dst = nil`
    Nil { dst: Var },
    /// `dst = append(src, k)`
    Append { dst: Var, src: Var, k: i64 },
    /// `dst = append(src, k, k+1, ..., k+n-1)`
    AppendN { dst: Var, src: Var, n: u32, k: i64 },
    /// `dst = append(head, tail...)`
    Appends { dst: Var, head: Var, tail: Var },
    /// `dst = src[low:high]`
    Slice {
        dst: Var,
        src: Var,
        low: Bound,
        high: Bound,
    },
    /// `dst = src[low:high:max]`
    Slice3 {
        dst: Var,
        src: Var,
        low: Bound,
        high: i64,
        max: i64,
    },
    /// `copy(dst, src)`; answers the count
    Copy { dst: Var, src: Var },
    /// `dst[i] = k`
    Set { dst: Var, i: i64, k: i64 },
    /// `src[i]`; answers the element
    Get { src: Var, i: i64 },
    /// `dst = []byte(text)` or `[]rune(text)`
    Bytes { dst: Var, text: Text },
    /// `dst = string(src)`
    Str { dst: Text, src: Var },
    /// `dst = string(bytes)`: a fresh string
    Lits { dst: Text, bytes: Vec<u8> },
    /// `dst = src[low:high]` of a string
    Substr {
        dst: Text,
        src: Text,
        low: Bound,
        high: Bound,
    },
    /// `dst = left + right`
    Concat { dst: Text, left: Text, right: Text },
    /// `text[i]`; answers the byte
    CharAt { text: Text, i: i64 },
    /// `for i, r := range text`; answers the count and the pairs
    Runes { text: Text },
    /// `dst = append(src, text...)`
    AppendStr { dst: Var, src: Var, text: Text },
    /// `copy(dst, text)`; answers the count
    CopyStr { dst: Var, text: Text },
}

impl Op {
    /// The names of all operations.
    pub const NAMES: [&'static str; 21] = [
        "make",
        "zeroed",
        "lit",
        "nil",
        "append",
        "appendn",
        "appends",
        "slice",
        "slice3",
        "copy",
        "set",
        "get",
        "bytes",
        "str",
        "lits",
        "substr",
        "concat",
        "charat",
        "runes",
        "appendstr",
        "copystr",
    ];

    /// The operation's name, the first word of its line.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Op::Make { .. } => "make",
            Op::Zeroed { .. } => "zeroed",
            Op::Lit { .. } => "lit",
            Op::Nil { .. } => "nil",
            Op::Append { .. } => "append",
            Op::AppendN { .. } => "appendn",
            Op::Appends { .. } => "appends",
            Op::Slice { .. } => "slice",
            Op::Slice3 { .. } => "slice3",
            Op::Copy { .. } => "copy",
            Op::Set { .. } => "set",
            Op::Get { .. } => "get",
            Op::Bytes { .. } => "bytes",
            Op::Str { .. } => "str",
            Op::Lits { .. } => "lits",
            Op::Substr { .. } => "substr",
            Op::Concat { .. } => "concat",
            Op::CharAt { .. } => "charat",
            Op::Runes { .. } => "runes",
            Op::AppendStr { .. } => "appendstr",
            Op::CopyStr { .. } => "copystr",
        }
    }

    /// Whether Go's types allow the operation on slices of `kind`.
    #[must_use]
    pub fn suits(&self, kind: Kind) -> bool {
        match self.name() {
            "bytes" | "str" => matches!(kind, Kind::U8 | Kind::Rune),
            "appendstr" | "copystr" => kind == Kind::U8,
            _ => true,
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Op::Make { dst, len, cap } => write!(f, " {dst} {len} {cap}"),
            Op::Zeroed { dst, len } => write!(f, " {dst} {len}"),
            Op::Lit { dst, ks } => {
                write!(f, " {dst}")?;
                ks.iter().try_for_each(|k| write!(f, " {k}"))
            }
            Op::Nil { dst } => write!(f, " {dst}"),
            Op::Append { dst, src, k } => write!(f, " {dst} {src} {k}"),
            Op::AppendN { dst, src, n, k } => write!(f, " {dst} {src} {n} {k}"),
            Op::Appends { dst, head, tail } => write!(f, " {dst} {head} {tail}"),
            Op::Slice {
                dst,
                src,
                low,
                high,
            } => {
                write!(f, " {dst} {src} {} {}", Shown(*low), Shown(*high))
            }
            Op::Slice3 {
                dst,
                src,
                low,
                high,
                max,
            } => {
                write!(f, " {dst} {src} {} {high} {max}", Shown(*low))
            }
            Op::Copy { dst, src } => write!(f, " {dst} {src}"),
            Op::Set { dst, i, k } => write!(f, " {dst} {i} {k}"),
            Op::Get { src, i } => write!(f, " {src} {i}"),
            Op::Bytes { dst, text } | Op::CopyStr { dst, text } => write!(f, " {dst} {text}"),
            Op::Str { dst, src } => write!(f, " {dst} {src}"),
            Op::Lits { dst, bytes } if bytes.is_empty() => write!(f, " {dst}"),
            Op::Lits { dst, bytes } => {
                write!(f, " {dst} ")?;
                bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
            Op::Substr {
                dst,
                src,
                low,
                high,
            } => {
                write!(f, " {dst} {src} {} {}", Shown(*low), Shown(*high))
            }
            Op::Concat { dst, left, right } => write!(f, " {dst} {left} {right}"),
            Op::CharAt { text, i } => write!(f, " {text} {i}"),
            Op::Runes { text } => write!(f, " {text}"),
            Op::AppendStr { dst, src, text } => write!(f, " {dst} {src} {text}"),
        }
    }
}

/// A bound as a script spells it.
struct Shown(Bound);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "{number}"),
            None => f.write_str("_"),
        }
    }
}
