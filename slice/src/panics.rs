//! What Go says when an index does not fit, and the integers that may be an index.
//!
//! ```text
//!   s[7]     len 3   index out of range [7] with length 3
//!   s[-1]            index out of range [-1]
//!   s[:7]    cap 5   slice bounds out of range [:7] with capacity 5
//!   s[3:2]           slice bounds out of range [3:2]
//!   s[::7]   cap 5   slice bounds out of range [::7] with capacity 5
//!   s[:3:2]          slice bounds out of range [:3:2]
//!   s[3:2:]          slice bounds out of range [3:2:]
//! ```
//!
//! One unsigned comparison checks both ends: a negative index, read as an unsigned word, is larger
//! than any length. Only the text cares about the sign, and says no length for a negative index.
//!
//! Go: runtime/error.go: boundsError, boundsErrorFmts, boundsNegErrorFmts; runtime/panic.go:
//! panicIndex; runtime/slice.go: panicmakeslicelen, panicmakeslicecap.

use core::fmt;

/// An integer that can index a slice: any width up to 64 bits, signed or not, as in Go.
pub trait Int: Copy + sealed::Sealed {
    /// Whether the type has negative values.
    const SIGNED: bool;

    /// The value as a machine word; negative values become words above `isize::MAX`.
    fn word(self) -> usize;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! int {
    ($signed:literal: $($int:ty)*) => {$(
        impl sealed::Sealed for $int {}
        impl Int for $int {
            const SIGNED: bool = $signed;
            fn word(self) -> usize {
                self as usize
            }
        }
    )*};
}
int!(true: i8 i16 i32 i64 isize);
int!(false: u8 u16 u32 u64 usize);

/// An index as the program wrote it: the word, and whether its type has a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Index {
    pub(crate) word: usize,
    signed: bool,
}

impl Index {
    pub(crate) fn new<I: Int>(i: I) -> Self {
        Self {
            word: i.word(),
            signed: I::SIGNED,
        }
    }

    /// An index that the program left out, filled in by the compiler.
    pub(crate) const fn implied(word: usize) -> Self {
        Self { word, signed: true }
    }
}

/// Which check failed.
#[doc(alias = "boundsErrorCode")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BoundsCode {
    /// `s[x]`, `0 <= x < len(s)` failed.
    Index,
    /// `s[?:x]` of an array or string, `0 <= x <= len(s)` failed.
    SliceAlen,
    /// `s[?:x]`, `0 <= x <= cap(s)` failed.
    SliceAcap,
    /// `s[x:y]`, `0 <= x <= y` failed.
    SliceB,
    /// `s[::x]` of an array, `0 <= x <= len(s)` failed.
    Slice3Alen,
    /// `s[::x]`, `0 <= x <= cap(s)` failed.
    Slice3Acap,
    /// `s[:x:y]`, `0 <= x <= y` failed.
    Slice3B,
    /// `s[x:y:]`, `0 <= x <= y` failed.
    Slice3C,
    /// `(*[x]T)(s)`, `0 <= x <= len(s)` failed.
    Convert,
}

/// An index or slice expression out of range; prints Go's text with the numbers.
#[doc(alias = "boundsError")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundsError {
    x: Index,
    y: usize,
    code: BoundsCode,
}

impl fmt::Display for BoundsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let y = self.y;
        f.write_str("runtime error: ")?;
        if self.x.signed && self.x.word.cast_signed() < 0 {
            let x = self.x.word.cast_signed();
            return match self.code {
                BoundsCode::Index => write!(f, "index out of range [{x}]"),
                BoundsCode::SliceAlen | BoundsCode::SliceAcap => {
                    write!(f, "slice bounds out of range [:{x}]")
                }
                BoundsCode::SliceB => write!(f, "slice bounds out of range [{x}:]"),
                BoundsCode::Slice3Alen | BoundsCode::Slice3Acap => {
                    write!(f, "slice bounds out of range [::{x}]")
                }
                BoundsCode::Slice3B => write!(f, "slice bounds out of range [:{x}:]"),
                BoundsCode::Slice3C => write!(f, "slice bounds out of range [{x}::]"),
                BoundsCode::Convert => unreachable!("an array length is never negative"),
            };
        }
        let x = self.x.word;
        match self.code {
            BoundsCode::Index => write!(f, "index out of range [{x}] with length {y}"),
            BoundsCode::SliceAlen => {
                write!(f, "slice bounds out of range [:{x}] with length {y}")
            }
            BoundsCode::SliceAcap => {
                write!(f, "slice bounds out of range [:{x}] with capacity {y}")
            }
            BoundsCode::SliceB => write!(f, "slice bounds out of range [{x}:{y}]"),
            BoundsCode::Slice3Alen => {
                write!(f, "slice bounds out of range [::{x}] with length {y}")
            }
            BoundsCode::Slice3Acap => {
                write!(f, "slice bounds out of range [::{x}] with capacity {y}")
            }
            BoundsCode::Slice3B => write!(f, "slice bounds out of range [:{x}:{y}]"),
            BoundsCode::Slice3C => write!(f, "slice bounds out of range [{x}:{y}:]"),
            BoundsCode::Convert => write!(
                f,
                "cannot convert slice with length {y} to pointer to array with length {x}"
            ),
        }
    }
}

impl core::error::Error for BoundsError {}

/// Panics with Go's text for `code`.
///
/// **Go** runtime/panic.go: panicIndex and its kin.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn panic_bounds(code: BoundsCode, x: Index, y: usize) -> ! {
    panic!("{}", BoundsError { x, y, code })
}

/// Panics as `make` does when the length cannot be.
#[cold]
#[track_caller]
pub(crate) fn panicmakeslicelen() -> ! {
    panic!("runtime error: makeslice: len out of range")
}

/// Panics as `make` does when the length is good and the capacity cannot be.
#[cold]
#[track_caller]
pub(crate) fn panicmakeslicecap() -> ! {
    panic!("runtime error: makeslice: cap out of range")
}

/// Panics as `append` does when the array that it needs cannot be.
#[cold]
#[track_caller]
pub(crate) fn panicgrowslice() -> ! {
    panic!("runtime error: growslice: cap out of range")
}
