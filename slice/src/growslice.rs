//! `append`: into the spare room while there is some, into a larger array when there is none.
//!
//! ```text
//!   append(s, v)   len < cap    write the cell behind the last visible one, show it
//!                               (whoever shares the array sees the write)
//!                  len == cap   growslice: new array, copy the visible, then write
//!                               (from here on the two headers share nothing)
//!
//!   new capacity   need > 2 × cap     need
//!                  cap < 256          2 × cap
//!                  else               cap += (cap + 768) / 4, until it is enough
//!                  then               up to the size class of the allocator
//! ```
//!
//! The result says nothing about which of the two happened but its array word and its capacity; the
//! header that was appended to is never changed.
//!
//! Go: runtime/slice.go: growslice; cmd/compile/internal/ssagen/ssa.go: append (the fast path).
//! Differs: Go 1.18 and 1.19 print `growslice: cap out of range`, later versions `len`.

use core::cell::Cell;

use bumpalo::Bump;

use crate::backing::{NewArray, Slice};
use crate::makeslice::MAX_ALLOC;
use crate::msize::roundupsize;
use crate::panics::panicgrowslice;
use crate::slicecopy::slicecopy;

/// Below this capacity a full slice doubles; Go 1.17 had 1024 here, and then grew by 1.25.
const THRESHOLD: isize = 256;

/// The capacity that a slice of `old_cap` grows to when it needs room for `need` elements.
///
/// `None` where Go panics: `need` below `old_cap` (a length that overflowed), or an array above
/// 2^48 bytes.
///
/// ```
/// use slice::growslice::nextcap;
/// assert_eq!(nextcap(256, 257, 8), Some(512));
/// assert_eq!(nextcap(512, 513, 8), Some(848)); // 512 + (512 + 768) / 4 = 832, class of 6784 bytes
/// assert_eq!(nextcap(0, 5, 8), Some(6)); // 40 bytes, class of 48
/// ```
///
/// **Cost** a few steps: one for each 1.25 of growth, then a table look-up.
/// **Go** runtime/slice.go: growslice.
#[must_use]
pub fn nextcap(old_cap: usize, need: usize, elem_bytes: usize) -> Option<usize> {
    let (old_cap, need) = (old_cap.cast_signed(), need.cast_signed());
    if need < old_cap {
        return None;
    }
    if elem_bytes == 0 {
        return Some(need.cast_unsigned());
    }
    let doublecap = old_cap.wrapping_mul(2);
    let newcap = if need > doublecap {
        need
    } else if old_cap < THRESHOLD {
        doublecap
    } else {
        let mut newcap = old_cap;
        while 0 < newcap && newcap < need {
            newcap = newcap.wrapping_add(newcap.wrapping_add(3 * THRESHOLD) / 4);
        }
        if newcap <= 0 { need } else { newcap }
    };
    let bytes = newcap.cast_unsigned().checked_mul(elem_bytes)?;
    (bytes <= MAX_ALLOC).then(|| roundupsize(bytes) / elem_bytes)
}

/// Makes a larger array with room for `more` behind the `visible` elements of a slice of capacity
/// `old_cap`; `fill` writes them.
///
/// Elements come over as clones; the old array keeps its own. Spare cells are zero. Takes and gives
/// arrays, not headers: two words fit into registers, and with headers the loop around an append
/// would keep all three of its words in memory, which costs ten times the append (10 ns against
/// 0.6 ns, Zen 4, November 2026).
#[cold]
#[inline(never)]
#[track_caller]
fn growslice<'h, T: Clone + Default>(
    visible: &[Cell<T>],
    old_cap: usize,
    heap: &'h Bump,
    more: usize,
    fill: impl FnOnce(&mut NewArray<'h, T>),
) -> &'h [Cell<T>] {
    // An overflowing sum wraps below the capacity and is refused there, as in Go.
    let need = visible.len().wrapping_add(more);
    let Some(cap) = nextcap(old_cap, need, size_of::<T>()) else {
        panicgrowslice()
    };
    let mut array = NewArray::new(heap, cap);
    array.push_cells(visible);
    fill(&mut array);
    array.finish()
}

impl<'h, T: Clone + Default> Slice<'h, T> {
    /// The header of a grown array with `more` elements behind the visible ones.
    ///
    /// Always inlined, for the reason told at [`growslice`]: it exists to take the header apart.
    #[inline(always)]
    #[track_caller]
    fn grown(self, heap: &'h Bump, more: usize, fill: impl FnOnce(&mut NewArray<'h, T>)) -> Self {
        let array = growslice(self.cells(), self.cap(), heap, more, fill);
        Self::from_cells(array, self.len() + more)
    }

    /// Whether `more` elements fit behind the visible ones.
    #[inline]
    fn has_room(self, more: usize) -> bool {
        more <= self.cap() - self.len()
    }

    /// `append(s, v)`: the header of a slice with `v` behind the elements of `s`.
    ///
    /// With spare room the array is shared and the cell behind the last element is overwritten,
    /// for everybody who shares it. Without, the elements move to a new array.
    ///
    /// # Panics
    ///
    /// `runtime error: growslice: cap out of range` above 2^48 bytes or `isize::MAX` elements.
    ///
    /// **Cost** one store, or one allocation and `len` clones; over many appends O(1) each.
    /// **Go** runtime/slice.go: growslice.
    #[inline]
    #[must_use = "append returns the new header; the old one keeps its length"]
    #[track_caller]
    pub fn append(self, heap: &'h Bump, v: T) -> Self {
        match self.spare_cell() {
            Some(spare) => {
                spare.set(v);
                self.with_len(self.len() + 1)
            }
            None => self.grown(heap, 1, |array| array.push(v)),
        }
    }

    /// `append(s, v1, v2, …)`: all at once, so that the array grows at most once.
    ///
    /// # Panics
    ///
    /// As [`Slice::append`].
    #[must_use = "append returns the new header; the old one keeps its length"]
    #[track_caller]
    pub fn append_all(self, heap: &'h Bump, values: &[T]) -> Self {
        if !self.has_room(values.len()) {
            return self.grown(heap, values.len(), |array| array.push_values(values));
        }
        let (low, high) = (self.len(), self.len() + values.len());
        for (cell, value) in self.all_cells()[low..high].iter().zip(values) {
            cell.set(value.clone());
        }
        self.with_len(high)
    }

    /// `append(s, tail...)`; `tail` may be `s` or overlap it: it is read as it was before.
    ///
    /// Appending nothing returns `s` as it is, nil too.
    ///
    /// # Panics
    ///
    /// As [`Slice::append`].
    #[must_use = "append returns the new header; the old one keeps its length"]
    #[track_caller]
    pub fn append_slice(self, heap: &'h Bump, tail: Slice<'_, T>) -> Self {
        if !self.has_room(tail.len()) {
            return self.grown(heap, tail.len(), |array| array.push_cells(tail.cells()));
        }
        let (low, high) = (self.len(), self.len() + tail.len());
        slicecopy(&self.all_cells()[low..high], tail.cells());
        self.with_len(high)
    }
}
