//! Iterators over a map's entries, Rust's way: the map stays borrowed, and each entry comes once.
//!
//! ```text
//!   iter        &K  &V        keys     &K        into_iter     K  V  and the map is gone
//!   iter_mut    &K  &mut V    values   &V        into_keys     K
//!                             values_mut  &mut V into_values      V
//! ```
//!
//! The order is that of the memory (rawiter.rs): it follows from the seed, the size and the history
//! of the map, is the same until the map is changed, and means nothing. Who wants Go's order, with
//! a random start and with changes under way, takes [`Map::hiter`](crate::Map::hiter).
//!
//! *Walk*: a walk over all cells that knows how many entries are to come, so that it neither looks
//! at the empty buckets behind the last entry nor lies about its length.
//!
//! I1  A `Walk` over a table of `n` entries yields `n` full cells, no cell twice (H1 of hmap.rs).
//! I2  The lifetime in an iterator's type is a borrow of the map: shared for `Iter`, mutable for
//!     `IterMut`. During it no cell is filled, emptied or moved.
//! I3  `IntoIter` owns its table. A cell is marked empty when its entry has been moved out, if
//!     anything there needs dropping; the table's own destructor then sees what is left.
//!
//! Go: nothing; a Go program ranges (mapiter.rs).

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;

use crate::bmap::{Bmap, CellRef};
use crate::hmap::{Hmap, Table};
use crate::map::Map;
use crate::rawiter::RawIter;
use crate::tophash::EMPTY_ONE;

/// All cells of a table that is borrowed for `'a`.
struct Walk<'a, K, V> {
    cells: RawIter<K, V>,
    /// Entries to come.
    left: usize,
    /// `None` where there is no table, and nothing to come.
    hmap: Option<&'a Hmap>,
}

// SAFETY: I2: of the header only numbers and addresses are read, which nobody writes during 'a;
// what a cell holds is reached by the iterators below, whose markers say what may go where.
unsafe impl<K, V> Send for Walk<'_, K, V> {}
// SAFETY: I2: as above.
unsafe impl<K, V> Sync for Walk<'_, K, V> {}

impl<K, V> Clone for Walk<'_, K, V> {
    fn clone(&self) -> Self {
        Self {
            cells: self.cells.clone(),
            ..*self
        }
    }
}

impl<K, V> Default for Walk<'_, K, V> {
    fn default() -> Self {
        Self {
            cells: RawIter::new(),
            left: 0,
            hmap: None,
        }
    }
}

impl<'a, K, V> Walk<'a, K, V> {
    fn over(hmap: &'a Hmap) -> Self {
        Self {
            cells: RawIter::new(),
            left: hmap.count,
            hmap: Some(hmap),
        }
    }

    #[inline]
    fn step(&mut self) -> Option<CellRef<K, V>> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        self.cells.next(self.hmap?)
    }

    #[inline]
    fn fold<B>(self, init: B, f: impl FnMut(B, CellRef<K, V>) -> B) -> B {
        match self.hmap {
            Some(hmap) => self.cells.fold(hmap, self.left, init, f),
            None => init,
        }
    }
}

/// An iterator over a map's entries: `(&K, &V)`.
pub struct Iter<'a, K, V> {
    walk: Walk<'a, K, V>,
    marker: PhantomData<(&'a K, &'a V)>,
}

/// An iterator over a map's entries, the values to change: `(&K, &mut V)`.
pub struct IterMut<'a, K, V> {
    walk: Walk<'a, K, V>,
    marker: PhantomData<(&'a K, &'a mut V)>,
}

// SAFETY: I2: the borrow is mutable, so keys may go to the other thread as if they were moved; the
// marker alone would ask for `K: Sync`, which std does not.
unsafe impl<K: Send, V: Send> Send for IterMut<'_, K, V> {}

/// An iterator that owns a map and gives its entries away: `(K, V)`.
pub struct IntoIter<K, V> {
    cells: RawIter<K, V>,
    /// Entries to come.
    left: usize,
    table: Table<K, V>,
}

/// The shared face of the iterators: what they yield is made of the cells that they walk over.
macro_rules! forward {
    ($name:ty, $inner:ident, $item:ty, |$entry:pat_param| $yields:expr, $($param:tt)+) => {
        impl<$($param)+> Iterator for $name {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                self.$inner.next().map(|$entry| $yields)
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.$inner.size_hint()
            }

            #[inline]
            fn count(self) -> usize {
                self.$inner.len()
            }

            #[inline]
            fn fold<B, F: FnMut(B, $item) -> B>(self, init: B, mut f: F) -> B {
                self.$inner.fold(init, |acc, $entry| f(acc, $yields))
            }
        }

        exact_and_fused!($name, |it| it.$inner.len(), $($param)+);
    };
}

macro_rules! exact_and_fused {
    ($name:ty, |$it:ident| $len:expr, $($param:tt)+) => {
        impl<$($param)+> ExactSizeIterator for $name {
            #[inline]
            fn len(&self) -> usize {
                let $it = self;
                $len
            }
        }

        impl<$($param)+> FusedIterator for $name {}
    };
}

pub(crate) use {exact_and_fused, forward};

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    #[inline]
    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        // SAFETY: I1, I2: full, and shared for 'a.
        self.walk.step().map(|cell| unsafe { shared(cell) })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.walk.left, Some(self.walk.left))
    }

    #[inline]
    fn count(self) -> usize {
        self.walk.left
    }

    #[inline]
    fn fold<B, F: FnMut(B, (&'a K, &'a V)) -> B>(self, init: B, mut f: F) -> B {
        // SAFETY: I1, I2: full, and shared for 'a.
        self.walk
            .fold(init, |acc, cell| f(acc, unsafe { shared(cell) }))
    }
}

exact_and_fused!(Iter<'_, K, V>, |it| it.walk.left, K, V);

impl<'a, K, V> Iterator for IterMut<'a, K, V> {
    type Item = (&'a K, &'a mut V);

    #[inline]
    fn next(&mut self) -> Option<(&'a K, &'a mut V)> {
        // SAFETY: I1, I2: full, ours for 'a, and never yielded again.
        self.walk.step().map(|cell| unsafe { exclusive(cell) })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.walk.left, Some(self.walk.left))
    }

    #[inline]
    fn count(self) -> usize {
        self.walk.left
    }

    #[inline]
    fn fold<B, F: FnMut(B, (&'a K, &'a mut V)) -> B>(self, init: B, mut f: F) -> B {
        // SAFETY: I1, I2: full, ours for 'a, and never yielded again.
        self.walk
            .fold(init, |acc, cell| f(acc, unsafe { exclusive(cell) }))
    }
}

exact_and_fused!(IterMut<'_, K, V>, |it| it.walk.left, K, V);

/// The entry of a cell, to look at.
///
/// # Safety
///
/// 1. The cell is full, and stays as it is during `'a`.
#[inline(always)]
unsafe fn shared<'a, K, V>(cell: CellRef<K, V>) -> (&'a K, &'a V) {
    // SAFETY: duty 1.
    let key = unsafe { cell.key() };
    // SAFETY: duty 1.
    (key, unsafe { cell.elem() })
}

/// The entry of a cell, its elem to change.
///
/// # Safety
///
/// 1. The cell is full, the map is borrowed mutably for `'a`, and no other reference to this elem
///    is made during `'a`.
#[inline(always)]
pub(crate) unsafe fn exclusive<'a, K, V>(cell: CellRef<K, V>) -> (&'a K, &'a mut V) {
    // SAFETY: duty 1.
    let key = unsafe { cell.key() };
    // SAFETY: duty 1.
    (key, unsafe { cell.elem_mut() })
}

impl<K, V> IntoIter<K, V> {
    pub(crate) fn over(table: Table<K, V>) -> Self {
        Self {
            cells: RawIter::new(),
            left: table.hmap().count,
            table,
        }
    }

    /// The table, in order to drop what is left in it.
    pub(crate) fn table_mut(&mut self) -> &mut Table<K, V> {
        self.left = 0;
        &mut self.table
    }

    /// What is left, to look at.
    pub(crate) fn rest(&self) -> Iter<'_, K, V> {
        let walk = Walk {
            cells: self.cells.clone(),
            left: self.left,
            hmap: Some(self.table.hmap()),
        };
        let marker = PhantomData;
        Iter { walk, marker }
    }

    /// Gives away what is left.
    #[inline]
    pub(crate) fn fold_rest<B>(&mut self, init: B, mut f: impl FnMut(B, (K, V)) -> B) -> B {
        let (cells, left) = (self.cells.clone(), core::mem::take(&mut self.left));
        cells.fold(self.table.hmap(), left, init, |acc, cell| {
            // SAFETY: I1, I3: full, and ours; nothing is left for `next`.
            f(acc, unsafe { move_out(cell) })
        })
    }
}

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);

    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let cell = self.cells.next(self.table.hmap())?;
        // SAFETY: I1, I3: full, and ours.
        Some(unsafe { move_out(cell) })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    #[inline]
    fn count(self) -> usize {
        self.left
    }

    #[inline]
    fn fold<B, F: FnMut(B, (K, V)) -> B>(mut self, init: B, f: F) -> B {
        self.fold_rest(init, f)
    }
}

exact_and_fused!(IntoIter<K, V>, |it| it.left, K, V);

/// Moves an entry out of a table that is about to go, and marks its cell, so that the table does
/// not drop the entry again.
///
/// # Safety
///
/// 1. The cell is full, in a table that nobody else uses, and is not read again.
#[inline(always)]
unsafe fn move_out<K, V>(cell: CellRef<K, V>) -> (K, V) {
    if Bmap::<K, V>::needs_drop() {
        cell.bucket.set_tophash(cell.i, EMPTY_ONE);
    }
    // SAFETY: duty 1; where the cell was not marked, the table drops nothing (I3).
    unsafe { cell.take() }
}

/// An iterator over a map's keys: `&K`.
pub struct Keys<'a, K, V> {
    inner: Iter<'a, K, V>,
}

/// An iterator over a map's values: `&V`.
pub struct Values<'a, K, V> {
    inner: Iter<'a, K, V>,
}

/// An iterator over a map's values, to change: `&mut V`.
pub struct ValuesMut<'a, K, V> {
    inner: IterMut<'a, K, V>,
}

/// An iterator that owns a map and gives its keys away: `K`.
pub struct IntoKeys<K, V> {
    inner: IntoIter<K, V>,
}

/// An iterator that owns a map and gives its values away: `V`.
pub struct IntoValues<K, V> {
    inner: IntoIter<K, V>,
}

forward!(Keys<'a, K, V>, inner, &'a K, |(key, _)| key, 'a, K, V);
forward!(Values<'a, K, V>, inner, &'a V, |(_, value)| value, 'a, K, V);
forward!(ValuesMut<'a, K, V>, inner, &'a mut V, |(_, value)| value, 'a, K, V);
forward!(IntoKeys<K, V>, inner, K, |(key, _)| key, K, V);
forward!(IntoValues<K, V>, inner, V, |(_, value)| value, K, V);

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Self {
            walk: self.walk.clone(),
            marker: PhantomData,
        }
    }
}

impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        let inner = self.inner.clone();
        Self { inner }
    }
}

impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        let inner = self.inner.clone();
        Self { inner }
    }
}

impl<K, V> Default for Iter<'_, K, V> {
    fn default() -> Self {
        let (walk, marker) = (Walk::default(), PhantomData);
        Self { walk, marker }
    }
}

impl<K, V> Default for IterMut<'_, K, V> {
    fn default() -> Self {
        let (walk, marker) = (Walk::default(), PhantomData);
        Self { walk, marker }
    }
}

impl<K, V> Default for IntoIter<K, V> {
    fn default() -> Self {
        Self::over(Table::new())
    }
}

macro_rules! default_inner {
    ($($name:ty),*) => {$(
        impl<K, V> Default for $name {
            fn default() -> Self {
                let inner = Default::default();
                Self { inner }
            }
        }
    )*};
}

default_inner!(Keys<'_, K, V>, Values<'_, K, V>, ValuesMut<'_, K, V>);
default_inner!(IntoKeys<K, V>, IntoValues<K, V>);

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for IterMut<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rest()).finish()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for IntoIter<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rest()).finish()
    }
}

impl<K: fmt::Debug, V> fmt::Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: fmt::Debug> fmt::Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: fmt::Debug> fmt::Debug for ValuesMut<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.inner.rest().map(|(_, value)| value);
        f.debug_list().entries(values).finish()
    }
}

impl<K: fmt::Debug, V> fmt::Debug for IntoKeys<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.inner.rest().map(|(key, _)| key);
        f.debug_list().entries(keys).finish()
    }
}

impl<K, V: fmt::Debug> fmt::Debug for IntoValues<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.inner.rest().map(|(_, value)| value);
        f.debug_list().entries(values).finish()
    }
}

impl<K, V> IterMut<'_, K, V> {
    /// What is left, to look at.
    fn rest(&self) -> Iter<'_, K, V> {
        let (walk, marker) = (self.walk.clone(), PhantomData);
        Iter { walk, marker }
    }
}

impl<K, V, S> Map<K, V, S> {
    /// The entries.
    ///
    /// ```
    /// let map = hmap::Map::from([("a", 1), ("b", 2)]);
    /// assert_eq!(map.iter().map(|(_, n)| n).sum::<i32>(), 3);
    /// ```
    #[inline]
    pub fn iter(&self) -> Iter<'_, K, V> {
        let walk = Walk::over(self.table.hmap());
        let marker = PhantomData;
        Iter { walk, marker }
    }

    /// The entries, their values to change.
    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        let walk = Walk::over(self.table.hmap());
        let marker = PhantomData;
        IterMut { walk, marker }
    }

    /// The keys.
    #[inline]
    pub fn keys(&self) -> Keys<'_, K, V> {
        let inner = self.iter();
        Keys { inner }
    }

    /// The values.
    #[inline]
    pub fn values(&self) -> Values<'_, K, V> {
        let inner = self.iter();
        Values { inner }
    }

    /// The values, to change.
    #[inline]
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        let inner = self.iter_mut();
        ValuesMut { inner }
    }

    /// The keys, given away; the map is gone.
    #[inline]
    pub fn into_keys(self) -> IntoKeys<K, V> {
        let inner = self.into_iter();
        IntoKeys { inner }
    }

    /// The values, given away; the map is gone.
    #[inline]
    pub fn into_values(self) -> IntoValues<K, V> {
        let inner = self.into_iter();
        IntoValues { inner }
    }
}

impl<'a, K, V, S> IntoIterator for &'a Map<K, V, S> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    #[inline]
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V, S> IntoIterator for &'a mut Map<K, V, S> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    #[inline]
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

impl<K, V, S> IntoIterator for Map<K, V, S> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    #[inline]
    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter::over(self.table)
    }
}
