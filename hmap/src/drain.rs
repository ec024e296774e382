//! Taking entries out while walking over them: drain, extract_if, retain.
//!
//! ```text
//!   drain        all of them     the map is emptied first, and then the entries are given away
//!   extract_if   some, given     each is removed when its turn comes; who stops early, keeps
//!   retain       some, dropped   the rest
//! ```
//!
//! `drain` takes the whole table away from the map at once. If the `Drain` is forgotten, the map
//! is empty all the same, and only memory is lost; if it is dropped, the map gets its array back.
//!
//! The other two work on the map as it is, growing or not, and ask the keys for nothing: no hash,
//! no equality. They go chain by chain, since removing a cell needs the chain's head.
//!
//! D1  A `Drain` owns the table with the entries. It marks the cell of each entry that it gives
//!     away (I3 of iter.rs), so what is left is dropped once, with the `Drain` or by its table.
//! D2  `map` leads to the table that is borrowed mutably for the `Drain`'s lifetime.
//! D3  A cell that the walk over the chains yields is full until the next step, and the table is
//!     borrowed mutably for as long as the walk.
//!
//! Go: nothing; a Go program deletes while it ranges.

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::hmap::Table;
use crate::iter::{IntoIter, Iter, exact_and_fused, exclusive};
use crate::map::Map;
use crate::rawiter::Chains;

/// An iterator that gives away all entries of a map and leaves it empty: `(K, V)`.
pub struct Drain<'a, K, V> {
    entries: IntoIter<K, V>,
    /// Where the array goes back to; a pointer, so that `K` and `V` may be more than they were.
    map: NonNull<Table<K, V>>,
    marker: PhantomData<&'a (K, V)>,
}

// SAFETY: D1, D2: it owns its entries, and borrows an empty table as `&mut` does.
unsafe impl<K: Send, V: Send> Send for Drain<'_, K, V> {}
// SAFETY: D1, D2: a shared one lets its entries be looked at, and nothing else.
unsafe impl<K: Sync, V: Sync> Sync for Drain<'_, K, V> {}

impl<K, V> Drain<'_, K, V> {
    /// What is left, to look at.
    pub(crate) fn rest(&self) -> Iter<'_, K, V> {
        self.entries.rest()
    }
}

impl<K, V> Iterator for Drain<'_, K, V> {
    type Item = (K, V);

    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        self.entries.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, (K, V)) -> B>(mut self, init: B, f: F) -> B {
        self.entries.fold_rest(init, f)
    }
}

exact_and_fused!(Drain<'_, K, V>, |it| it.entries.len(), K, V);

impl<K, V> Drop for Drain<'_, K, V> {
    fn drop(&mut self) {
        let table = self.entries.table_mut();
        // If a destructor panics, the table's own goes on behind it, and the map gets no array.
        table.drop_entries();
        // SAFETY: D2.
        let map = unsafe { self.map.as_mut() };
        map.reuse_array(table);
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Drain<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rest()).finish()
    }
}

/// A walk over a borrowed map that removes what it is told to.
pub(crate) struct Extract<'a, K, V> {
    chains: Chains<K, V>,
    /// Entries to come.
    left: usize,
    table: &'a mut Table<K, V>,
}

impl<'a, K, V> Extract<'a, K, V> {
    pub(crate) fn new(table: &'a mut Table<K, V>) -> Self {
        Self {
            chains: Chains::new(),
            left: table.hmap().count,
            table,
        }
    }

    /// Removes the next entry for which `take` holds; the others it may change.
    #[inline]
    pub(crate) fn next(&mut self, mut take: impl FnMut(&K, &mut V) -> bool) -> Option<(K, V)> {
        while self.left > 0 {
            let (head, cell) = self.chains.next(self.table)?;
            self.left -= 1;
            // SAFETY: D3; the references end before the next step.
            let (key, elem) = unsafe { exclusive(cell) };
            if take(key, elem) {
                return Some(self.table.remove_cell(head, cell));
            }
        }
        None
    }

    /// The most that can be removed yet.
    pub(crate) fn left(&self) -> usize {
        self.left
    }
}

/// An iterator that removes those entries of a map for which a predicate holds: `(K, V)`.
#[must_use = "nothing is removed but by iterating; `retain` drops what does not stay"]
pub struct ExtractIf<'a, K, V, F> {
    extract: Extract<'a, K, V>,
    take: F,
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);

    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        self.extract.next(&mut self.take)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.extract.left()))
    }
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> FusedIterator for ExtractIf<'_, K, V, F> {}

impl<K, V, F> fmt::Debug for ExtractIf<'_, K, V, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}

impl<K, V, S> Map<K, V, S> {
    /// Empties the map and gives its entries away.
    ///
    /// The array stays with the map, unless the iterator is forgotten.
    pub fn drain(&mut self) -> Drain<'_, K, V> {
        let old = if self.is_empty() {
            Table::new()
        } else {
            self.table.take_entries()
        };
        Drain {
            entries: IntoIter::over(old),
            map: NonNull::from(&mut self.table),
            marker: PhantomData,
        }
    }

    /// Removes the entries for which `take` holds, one with each step of the iterator.
    ///
    /// If the iterator is dropped or `take` panics, entries not met yet stay.
    ///
    /// ```
    /// let mut map: hmap::Map<i32, i32> = (0..8).map(|i| (i, i * i)).collect();
    /// let even: hmap::Map<_, _> = map.extract_if(|k, _| k % 2 == 0).collect();
    /// assert_eq!((map.len(), even.len(), even[&6]), (4, 4, 36));
    /// ```
    pub fn extract_if<F>(&mut self, take: F) -> ExtractIf<'_, K, V, F>
    where
        F: FnMut(&K, &mut V) -> bool,
    {
        ExtractIf {
            extract: Extract::new(&mut self.table),
            take,
        }
    }

    /// Removes and drops the entries for which `stays` does not hold.
    ///
    /// **Cost** a look at every bucket, and no hash.
    pub fn retain<F>(&mut self, mut stays: F)
    where
        F: FnMut(&K, &mut V) -> bool,
    {
        self.extract_if(|key, value| !stays(key, value))
            .for_each(drop);
    }
}
