//! `make([]T, len, cap)` and slice literals.
//!
//! `make` asks for exactly `cap` elements: unlike `append`, it hands out no rounding gain. All of
//! them are zero values, the spare ones too.
//!
//! Go: runtime/slice.go: makeslice; runtime/malloc.go: maxAlloc.
//! Differs: a size that Go would only refuse for lack of memory panics in the arena
//! (`out of memory`).

use bumpalo::Bump;

use crate::backing::{NewArray, Slice};
use crate::panics::{Int, panicmakeslicecap, panicmakeslicelen};

/// The largest array in bytes, 2^48: what 48 address bits reach.
#[doc(alias = "maxAlloc")]
pub(crate) const MAX_ALLOC: usize = 1 << 48;

/// Whether `n` elements of `elem_bytes` make a possible array; negative `n` come as huge words.
fn possible(n: usize, elem_bytes: usize) -> bool {
    n.cast_signed() >= 0
        && n.checked_mul(elem_bytes)
            .is_some_and(|bytes| bytes <= MAX_ALLOC)
}

impl<'h, T: Clone + Default> Slice<'h, T> {
    /// `make([]T, len, cap)`: `cap` zero values, the first `len` of them visible.
    ///
    /// # Panics
    ///
    /// `runtime error: makeslice: len out of range` if `len` alone is impossible (negative or above
    /// 2^48 bytes), else `runtime error: makeslice: cap out of range` if `cap` is, or is below
    /// `len`.
    ///
    /// **Cost** one allocation of `cap * size_of::<T>()` bytes, none when that is 0, and `cap` zero
    /// values, also when they have no bytes (the optimiser leaves these out).
    /// **Go** runtime/slice.go: makeslice.
    #[must_use]
    #[track_caller]
    #[doc(alias = "makeslice")]
    pub fn make(heap: &'h Bump, len: impl Int, cap: impl Int) -> Self {
        let (len, cap) = (len.word(), cap.word());
        if !possible(cap, size_of::<T>()) || len > cap {
            if !possible(len, size_of::<T>()) {
                panicmakeslicelen();
            }
            panicmakeslicecap();
        }
        Self::from_cells(NewArray::new(heap, cap).finish(), len)
    }

    /// `make([]T, len)`: `len` zero values.
    ///
    /// # Panics
    ///
    /// `runtime error: makeslice: len out of range`.
    #[must_use]
    #[track_caller]
    pub fn zeroed(heap: &'h Bump, len: impl Int) -> Self {
        Self::make(heap, len, len)
    }

    /// `[]T{v1, v2, …}`: exactly as long as the list, no spare cell. Never nil, even when empty.
    #[must_use]
    pub fn literal(heap: &'h Bump, values: &[T]) -> Self {
        let mut array = NewArray::new(heap, values.len());
        array.push_values(values);
        Self::from_cells(array.finish(), values.len())
    }
}
