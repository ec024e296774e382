//! `copy(dst, src)`: elements move as if through a temporary.
//!
//! ```text
//!   a b c d e f        copy(s[2:], s)     a b a b c d      from the back, so that a and b are
//!   └─────┐                                                read before they are overwritten
//!       └─▼─┘
//!   a b c d e f        copy(s, s[2:])     c d e f e f      from the front
//! ```
//!
//! Which end to begin at follows from the addresses, as in memmove; arrays that do not overlap can
//! be copied either way.
//!
//! Go: runtime/slice.go: slicecopy; runtime/memmove_amd64.s: memmove.

use core::cell::Cell;

use crate::backing::Slice;

/// Lends what `cell` holds to `look` and puts it back, also when `look` panics.
///
/// For the moment of the look the cell holds the zero value. For plain types the compiler sees
/// that nothing looks at the cell meanwhile and leaves a single load.
#[inline]
pub(crate) fn peek<T: Default, R>(cell: &Cell<T>, look: impl FnOnce(&T) -> R) -> R {
    struct PutBack<'a, T> {
        cell: &'a Cell<T>,
        value: Cell<T>,
    }
    impl<T> Drop for PutBack<'_, T> {
        #[inline]
        fn drop(&mut self) {
            // A swap, since making another zero value may panic and would lose this one.
            self.cell.swap(&self.value);
        }
    }
    let mut lent = PutBack {
        cell,
        value: Cell::new(cell.take()),
    };
    look(lent.value.get_mut())
}

/// Copies `min(dst.len(), src.len())` elements and says how many.
pub(crate) fn slicecopy<T: Clone + Default>(dst: &[Cell<T>], src: &[Cell<T>]) -> usize {
    let n = dst.len().min(src.len());
    let pairs = dst[..n].iter().zip(&src[..n]);
    let copy_one = |(to, from): (&Cell<T>, &Cell<T>)| to.set(peek(from, T::clone));
    if dst.as_ptr() <= src.as_ptr() {
        pairs.for_each(copy_one);
    } else {
        pairs.rev().for_each(copy_one);
    }
    n
}

impl<T: Clone + Default> Slice<'_, T> {
    /// `copy(s, src)`: overwrites the first elements and says how many, the smaller of the two
    /// lengths. The two may overlap. Lengths and capacities stay as they are.
    ///
    /// **Cost** one clone an element, no allocation of its own.
    /// **Go** runtime/slice.go: slicecopy.
    #[doc(alias = "slicecopy")]
    pub fn copy_from(self, src: Slice<'_, T>) -> usize {
        slicecopy(self.cells(), src.cells())
    }
}
