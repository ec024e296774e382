//! Index and slice expressions: `s[i]`, `s[i] = v`, `s[a:b]`, `s[a:b:c]`.
//!
//! ```text
//!     s        len 4, cap 6     ■ ■ ■ ■ □ □
//!     s[1:3]   len 2, cap 5       ■ ■ □ □ □     runs on to the end of the array
//!     s[1:3:4] len 2, cap 3       ■ ■ □         the third index takes the spare room away
//!     s[:6]    len 6, cap 6     ■ ■ ■ ■ ■ ■     up to cap, not to len: spare cells come to light
//! ```
//!
//! None of these copies an element. The order of the checks is Go's, because the text names the
//! first that fails: the last index against the capacity, then each index against its neighbour.
//!
//! Go: runtime/panic.go: panicIndex, panicSliceAcap, panicSliceB, panicSlice3Acap, panicSlice3B,
//! panicSlice3C; cmd/compile/internal/ssagen/ssa.go: slice.

use core::cell::Cell;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::{Range, RangeFrom, RangeFull, RangeTo};

use crate::backing::{Slice, Str};
use crate::panics::{BoundsCode, Index, Int, panic_bounds};
use crate::slicecopy::peek;

/// The two indexes of `s[a:b]`, either of which may be left out: `a..b`, `a..`, `..b`, `..`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Go slice expression",
    label = "write `a..b`, `a..`, `..b` or `..` with integers; Go has no inclusive range"
)]
pub trait Bounds {
    /// The low and the high index, `None` where left out.
    #[doc(hidden)]
    fn low_high(self) -> (Option<Given>, Option<Given>);
}

/// An index that was written down.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Given(Index);

fn given<I: Int>(i: I) -> Option<Given> {
    Some(Given(Index::new(i)))
}

impl<I: Int> Bounds for Range<I> {
    fn low_high(self) -> (Option<Given>, Option<Given>) {
        (given(self.start), given(self.end))
    }
}

impl<I: Int> Bounds for RangeFrom<I> {
    fn low_high(self) -> (Option<Given>, Option<Given>) {
        (given(self.start), None)
    }
}

impl<I: Int> Bounds for RangeTo<I> {
    fn low_high(self) -> (Option<Given>, Option<Given>) {
        (None, given(self.end))
    }
}

impl Bounds for RangeFull {
    fn low_high(self) -> (Option<Given>, Option<Given>) {
        (None, None)
    }
}

/// Checks `s[low:high]` against `limit`; `code` names the limit. An open high end means `len`.
#[track_caller]
fn check(bounds: impl Bounds, len: usize, limit: usize, code: BoundsCode) -> (usize, usize) {
    let (low, high) = bounds.low_high();
    let low = low.map_or(Index::implied(0), |given| given.0);
    let high = high.map_or(Index::implied(len), |given| given.0);
    if high.word > limit {
        panic_bounds(code, high, limit);
    }
    if low.word > high.word {
        panic_bounds(BoundsCode::SliceB, low, high.word);
    }
    (low.word, high.word)
}

/// Checks `s[low:high:max]` against `limit`; `code` names the limit.
#[track_caller]
fn check3(low: Index, high: Index, max: Index, limit: usize, code: BoundsCode) {
    if max.word > limit {
        panic_bounds(code, max, limit);
    }
    if high.word > max.word {
        panic_bounds(BoundsCode::Slice3B, high, max.word);
    }
    if low.word > high.word {
        panic_bounds(BoundsCode::Slice3C, low, high.word);
    }
}

impl<'h, T> Slice<'h, T> {
    /// The visible cells: the elements as Rust's shared mutable places.
    #[must_use]
    pub fn cells(self) -> &'h [Cell<T>] {
        &self.all_cells()[..self.len()]
    }

    /// The cell of element `i`, checked as Go checks.
    #[inline]
    #[track_caller]
    fn cell(self, i: impl Int) -> &'h Cell<T> {
        match self.cells().get(i.word()) {
            Some(cell) => cell,
            None => panic_bounds(BoundsCode::Index, Index::new(i), self.len()),
        }
    }

    /// `s[i] = v`. Every header over the same cell sees it; the value that was there is dropped.
    ///
    /// # Panics
    ///
    /// `runtime error: index out of range [i] with length len`.
    #[inline]
    #[track_caller]
    pub fn set(self, i: impl Int, v: T) {
        self.cell(i).set(v);
    }

    /// `s[a:b]`: shares the array and runs on to its end; `b` may go up to the capacity.
    ///
    /// # Panics
    ///
    /// `runtime error: slice bounds out of range [:b] with capacity cap`, or `[a:b]`.
    #[must_use]
    #[track_caller]
    pub fn slice(self, bounds: impl Bounds) -> Self {
        let (low, high) = check(bounds, self.len(), self.cap(), BoundsCode::SliceAcap);
        self.narrow(low, high, self.cap())
    }

    /// `s[a:b:c]`: as `s[a:b]`, with capacity `c - a`, so that an append past `b` has to move once
    /// the room below `c` is used up.
    ///
    /// # Panics
    ///
    /// `runtime error: slice bounds out of range [::c] with capacity cap`, `[:b:c]` or `[a:b:]`.
    #[must_use]
    #[track_caller]
    pub fn slice3(self, low: impl Int, high: impl Int, max: impl Int) -> Self {
        let (low, high, max) = (Index::new(low), Index::new(high), Index::new(max));
        check3(low, high, max, self.cap(), BoundsCode::Slice3Acap);
        self.narrow(low.word, high.word, max.word)
    }

    /// `array[a:b]` of an array: as of a slice that shows all of it, but the text says `length`.
    ///
    /// # Panics
    ///
    /// `runtime error: slice bounds out of range [:b] with length N`, or `[a:b]`.
    #[must_use]
    #[track_caller]
    pub fn of_array<const N: usize>(array: &'h [Cell<T>; N], bounds: impl Bounds) -> Self {
        let (low, high) = check(bounds, N, N, BoundsCode::SliceAlen);
        Self::from_cells(array, N).narrow(low, high, N)
    }

    /// `array[a:b:c]` of an array.
    ///
    /// # Panics
    ///
    /// `runtime error: slice bounds out of range [::c] with length N`, `[:b:c]` or `[a:b:]`.
    #[must_use]
    #[track_caller]
    pub fn of_array3<const N: usize>(
        array: &'h [Cell<T>; N],
        low: impl Int,
        high: impl Int,
        max: impl Int,
    ) -> Self {
        let (low, high, max) = (Index::new(low), Index::new(high), Index::new(max));
        check3(low, high, max, N, BoundsCode::Slice3Alen);
        Self::from_cells(array, N).narrow(low.word, high.word, max.word)
    }

    /// `(*[N]T)(s)`: the first `N` elements as an array that shares their cells.
    ///
    /// # Panics
    ///
    /// `runtime error: cannot convert slice with length len to pointer to array with length N`.
    #[must_use]
    #[track_caller]
    pub fn as_array<const N: usize>(self) -> &'h [Cell<T>; N] {
        match self.cells().first_chunk() {
            Some(array) => array,
            None => panic_bounds(BoundsCode::Convert, Index::implied(N), self.len()),
        }
    }
}

impl<'h, T: Clone + Default> Slice<'h, T> {
    /// `s[i]`.
    ///
    /// # Panics
    ///
    /// `runtime error: index out of range [i] with length len`.
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn at(self, i: impl Int) -> T {
        peek(self.cell(i), T::clone)
    }

    /// The element at `i`, or `None` where [`Slice::at`] would panic.
    #[inline]
    #[must_use]
    pub fn get(self, i: impl Int) -> Option<T> {
        self.cells().get(i.word()).map(|cell| peek(cell, T::clone))
    }

    /// `for _, v := range s`: the header is read once, the elements as they are when reached.
    #[must_use]
    pub fn iter(self) -> Iter<'h, T> {
        Iter {
            cells: self.cells().iter(),
        }
    }
}

/// The elements of a slice, each read when its turn comes; the length is fixed at the start.
///
/// **Go** cmd/compile/internal/walk/range.go: walkRange (the operand is evaluated once).
pub struct Iter<'h, T> {
    cells: core::slice::Iter<'h, Cell<T>>,
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self {
            cells: self.cells.clone(),
        }
    }
}

impl<T> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter")
            .field("left", &self.cells.len())
            .finish()
    }
}

impl<T: Clone + Default> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.cells.next().map(|cell| peek(cell, T::clone))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.cells.size_hint()
    }
}

impl<T: Clone + Default> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        self.cells.next_back().map(|cell| peek(cell, T::clone))
    }
}

impl<T: Clone + Default> ExactSizeIterator for Iter<'_, T> {}
impl<T: Clone + Default> FusedIterator for Iter<'_, T> {}

impl<'h> Str<'h> {
    /// `s[i]`: a byte, not a rune.
    ///
    /// # Panics
    ///
    /// `runtime error: index out of range [i] with length len`.
    #[must_use]
    #[track_caller]
    pub fn at(self, i: impl Int) -> u8 {
        match self.as_bytes().get(i.word()) {
            Some(byte) => *byte,
            None => panic_bounds(BoundsCode::Index, Index::new(i), self.len()),
        }
    }

    /// `s[a:b]`: a substring that shares the bytes.
    ///
    /// # Panics
    ///
    /// `runtime error: slice bounds out of range [:b] with length len`, or `[a:b]`.
    #[must_use]
    #[track_caller]
    pub fn slice(self, bounds: impl Bounds) -> Self {
        let (low, high) = check(bounds, self.len(), self.len(), BoundsCode::SliceAlen);
        if self.as_ptr().is_null() {
            return self;
        }
        // As in `Slice::narrow`: nothing left, nothing moved.
        let offset = if low == high { 0 } else { low };
        Self::from_bytes(&self.as_bytes()[offset..offset + (high - low)])
    }
}
