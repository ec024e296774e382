//! Element types by size: what a capacity counts depends on it.
//!
//! ```text
//!   byte 1    [3]byte 3    int32 4    int 8    string 16    [3]int 24    [5]int 40
//! ```
//!
//! Sizes that do not divide every size class (3, 16, 24, 40) leave a rest at the end of a block.
//!
//! Go: runtime/slice.go: growslice (its three cases by element size).

use bumpalo::Bump;
use slice::{Slice, Str};

/// An element type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elem {
    Byte,
    ThreeBytes,
    Int32,
    Int,
    String,
    ThreeInts,
    FiveInts,
}

impl Elem {
    /// All of them, by size.
    pub(crate) const ALL: [Elem; 7] = [
        Elem::Byte,
        Elem::ThreeBytes,
        Elem::Int32,
        Elem::Int,
        Elem::String,
        Elem::ThreeInts,
        Elem::FiveInts,
    ];

    /// The size in bytes.
    pub(crate) const fn bytes(self) -> usize {
        match self {
            Elem::Byte => 1,
            Elem::ThreeBytes => 3,
            Elem::Int32 => 4,
            Elem::Int => 8,
            Elem::String => 16,
            Elem::ThreeInts => 24,
            Elem::FiveInts => 40,
        }
    }

    /// The name in Go.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Elem::Byte => "byte",
            Elem::ThreeBytes => "[3]byte",
            Elem::Int32 => "int32",
            Elem::Int => "int",
            Elem::String => "string",
            Elem::ThreeInts => "[3]int",
            Elem::FiveInts => "[5]int",
        }
    }

    /// The program that [`Elem::grown_cap`] runs.
    pub(crate) fn grown_text(self, n: usize, more: usize) -> String {
        let name = self.name();
        format!("s := make([]{name}, {n}); s = append(s, make([]{name}, {more})...)")
    }

    /// The capacity of a full slice of `n` elements after `more` have been appended at once.
    pub(crate) fn grown_cap(self, n: usize, more: usize) -> usize {
        match self {
            Elem::Byte => grown_cap::<u8>(n, more),
            Elem::ThreeBytes => grown_cap::<[u8; 3]>(n, more),
            Elem::Int32 => grown_cap::<i32>(n, more),
            Elem::Int => grown_cap::<i64>(n, more),
            Elem::String => grown_cap::<Str<'static>>(n, more),
            Elem::ThreeInts => grown_cap::<[i64; 3]>(n, more),
            Elem::FiveInts => grown_cap::<[i64; 5]>(n, more),
        }
    }
}

fn grown_cap<T: Clone + Default>(n: usize, more: usize) -> usize {
    let heap = Bump::new();
    let s: Slice<'_, T> = Slice::zeroed(&heap, n);
    s.append_slice(&heap, Slice::zeroed(&heap, more)).cap()
}
