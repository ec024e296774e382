//! Removing an entry: one cell is marked empty, nothing moves, nothing shrinks.
//!
//! ```text
//!   before     51 1f 8c  1  0  0  0  0     delete the entry with byte 8c
//!   marked     51 1f  1  1  0  0  0  0     EMPTY_ONE; but behind it the rest is empty, so
//!   after      51 1f  0  0  0  0  0  0     EMPTY_REST marches back as far as it can
//! ```
//!
//! The march is what keeps lookups short in a map from which much was deleted: without it each
//! would go to the end of its chain.
//!
//! Deleting needs the head of the chain, for the march crosses from an overflow bucket to the one
//! before it, and there is no pointer back.
//!
//! Go: runtime/map.go (1.19): mapdelete, mapclear.
//! Differs: key and elem are given to the caller; Go overwrites them with zeros for the collector.

use core::hash::BuildHasher;

use crate::alg::Key;
use crate::bmap::{BUCKET_CNT, Bmap, Bucket, CellRef};
use crate::buckets::clean_array;
use crate::fastrand::fastrand;
use crate::hmap::{Table, flags};
use crate::rawiter::RawIter;
use crate::tophash::{EMPTY_ONE, EMPTY_REST};

impl<K: Key, V> Table<K, V> {
    /// Removes the entry of a key, and does the work of a growth.
    ///
    /// **Go** runtime/map.go: mapdelete.
    pub(crate) fn mapdelete<S: BuildHasher>(
        &mut self,
        hash: u64,
        build: &S,
        is_key: impl FnMut(&K) -> bool,
    ) -> Option<(K, V)> {
        if self.hmap().count == 0 {
            return None;
        }
        let index = hash as usize & self.hmap().bucketmask();
        if self.hmap().growing() {
            self.grow_work(index, build);
        }
        let cell = self.mapaccess(hash, is_key)?;
        Some(self.remove_cell(self.bucket(index), cell))
    }
}

impl<K, V> Table<K, V> {
    /// Takes the entry of a full cell out of the chain that begins at `head`.
    ///
    /// The last entry gone, the map gets a new seed, so that whoever found keys that collide has
    /// to begin anew.
    ///
    /// **Go** runtime/map.go: mapdelete (from "only clear key if there are pointers" on).
    pub(crate) fn remove_cell(&mut self, head: Bucket<K, V>, cell: CellRef<K, V>) -> (K, V) {
        // SAFETY: full, as the caller found it, and marked empty before anything can panic.
        let entry = unsafe { cell.take() };
        mark_empty(head, cell);
        let hmap = self.hmap_mut();
        hmap.count -= 1;
        if hmap.count == 0 {
            hmap.hash0 = fastrand();
        }
        entry
    }

    /// Removes all entries and keeps the current array.
    ///
    /// A destructor that panics leaves an empty map without an array.
    ///
    /// An iterator that is under way sees no more of the entries that were there, as in later Go
    /// (golang/go#59411).
    ///
    /// **Go** runtime/map.go: mapclear.
    pub(crate) fn mapclear(&mut self) {
        if self.hmap().count == 0 {
            return;
        }
        let mut old = self.take_entries();
        old.drop_entries();
        self.reuse_array(&mut old);
    }

    /// The table with all its entries; what stays is empty, with a new seed, and knows the same
    /// iterators.
    pub(crate) fn take_entries(&mut self) -> Self {
        let mut old = core::mem::replace(self, Self::new());
        *self.retired_mut() = old.retired_mut().take();
        if let Some(mut ghosts) = old.take_ghosts() {
            ghosts.forget_all();
            self.set_ghosts(*ghosts);
        }
        old
    }

    /// Drops all entries, marking each cell before.
    pub(crate) fn drop_entries(&mut self) {
        if Bmap::<K, V>::needs_drop() {
            let mut cells = RawIter::<K, V>::new();
            while let Some(cell) = cells.next(self.hmap()) {
                cell.bucket.set_tophash(cell.i, EMPTY_ONE);
                // SAFETY: full (RawIter), and marked empty: if a destructor panics, the table's
                // own will go on behind it.
                drop(unsafe { cell.take() });
            }
        }
        self.hmap_mut().count = 0;
    }

    /// Makes the array of `old`, whose entries are gone, the one of this table, which has none.
    ///
    /// The flags come with it: iterators that were under way are under way still.
    pub(crate) fn reuse_array(&mut self, old: &mut Self) {
        let (b, flags) = (old.hmap().b, old.hmap().flags & !flags::SAME_SIZE_GROW);
        let Some(array) = old.hmap().buckets else {
            return;
        };
        // SAFETY: H2: the array was made for this b, and its entries are gone.
        match unsafe { clean_array(&Bmap::<K, V>::LAYOUT, array, b) } {
            Some(next_overflow) => {
                // H4 does not hold for `old` from here on; its destructor relies on nothing of it.
                old.hmap_mut().buckets = None;
                self.adopt_array(array, b, next_overflow);
            }
            // A mapped array is cheaper to get anew than to clear. No memory for it is no reason
            // to fail: an empty map needs none.
            None => drop(self.set_array(b).ok()),
        }
        self.hmap_mut().flags = flags;
    }
}

/// Marks a cell empty, and lets `EMPTY_REST` march back from there.
///
/// **Go** runtime/map.go: mapdelete (from where the cell is marked emptyOne on).
fn mark_empty<K, V>(head: Bucket<K, V>, cell: CellRef<K, V>) {
    let CellRef { mut bucket, mut i } = cell;
    bucket.set_tophash(i, EMPTY_ONE);
    let next_is_rest = if i == BUCKET_CNT - 1 {
        let next = bucket.overflow();
        next.is_none_or(|next| next.tophash(0) == EMPTY_REST)
    } else {
        bucket.tophash(i + 1) == EMPTY_REST
    };
    if !next_is_rest {
        return;
    }
    loop {
        bucket.set_tophash(i, EMPTY_REST);
        if i > 0 {
            i -= 1;
        } else if bucket == head {
            return;
        } else {
            let before = head.chain().find(|b| b.overflow() == Some(bucket));
            bucket = before.expect("the cell lies in the chain of this head");
            i = BUCKET_CNT - 1;
        }
        if bucket.tophash(i) != EMPTY_ONE {
            return;
        }
    }
}
