//! Walking over all cells, in two ways.
//!
//! ```text
//!   RawIter    array ─────────────▶ prealloc ──▶ slabs ──▶ the same of the old array
//!              as the memory lies, chain or not: fastest, and it asks for no hash
//!   Chains     bucket 0 ─▶ overflow ─▶ overflow,  bucket 1 ─▶ …, then the old ones
//!              chain by chain: for whoever removes cells and needs the chain's head
//! ```
//!
//! While the map grows, an entry is either in the new array or in a bucket of the old one that is
//! not evacuated; cells of evacuated buckets carry marks that are no hash's byte (T1), so no entry
//! is met twice. Buckets behind the mark are not looked at: they may be given back (A2).
//!
//! R1  Between two steps the table is not grown and no bucket is evacuated; whoever holds an
//!     iterator also holds the borrow or the table.
//!
//! Go: nothing; Go's own iteration is mapiter.rs.

use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::bmap::{Bmap, Bucket, CellRef};
use crate::buckets::Overflow;
use crate::hmap::{Hmap, Table};
use crate::tophash::Tags;

/// Yields each full cell once, in the order of memory.
pub(crate) struct RawIter<K, V> {
    /// The bucket being looked at and its full cells not yielded yet.
    bucket: Option<Bucket<K, V>>,
    cells: crate::tophash::Cells,
    /// The rest of the stretch: the next bucket, and how many there are.
    next: NonNull<u8>,
    left: usize,
    /// The stretch after this one.
    stretch: Stretch,
}

/// A run of buckets side by side.
#[derive(Clone, Copy, Debug)]
enum Stretch {
    Buckets,
    Slab(usize),
    OldBuckets,
    OldSlab(usize),
    End,
}

impl<K, V> Clone for RawIter<K, V> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<K, V> RawIter<K, V> {
    /// At the start of a table.
    pub(crate) fn new() -> Self {
        Self {
            bucket: None,
            cells: Tags(0).full(),
            next: NonNull::dangling(),
            left: 0,
            stretch: Stretch::Buckets,
        }
    }

    /// The next full cell of the table with this header; the same at each step.
    #[inline]
    pub(crate) fn next(&mut self, hmap: &Hmap) -> Option<CellRef<K, V>> {
        loop {
            if let (Some(bucket), Some(i)) = (self.bucket, self.cells.pop()) {
                return Some(bucket.cell(i));
            }
            while self.left == 0 {
                (self.next, self.left) = self.next_stretch(hmap)?;
            }
            // SAFETY: R1: the stretch has `left` more buckets, the first at `next`.
            let bucket = unsafe { Bucket::new(self.next) };
            self.left -= 1;
            // SAFETY: to the next bucket, or to the end of the stretch.
            self.next = unsafe { self.next.add(Bmap::<K, V>::LAYOUT.size) };
            self.cells = bucket.tags().full();
            self.bucket = Some(bucket);
        }
    }

    /// The next stretch, which may be empty: its first bucket, and how many it has.
    #[cold]
    fn next_stretch(&mut self, hmap: &Hmap) -> Option<(NonNull<u8>, usize)> {
        let extra = hmap.extra.as_deref();
        let slab = |list: Option<&Option<Box<Overflow>>>, index| {
            list.and_then(|list| list.as_ref()?.slab(index))
        };
        loop {
            let found = match self.stretch {
                Stretch::Buckets => {
                    self.stretch = Stretch::Slab(0);
                    let used = hmap.used_buckets(&Bmap::<K, V>::LAYOUT);
                    hmap.buckets.map(|array| (array, used))
                }
                Stretch::Slab(index) => {
                    let found = slab(extra.map(|extra| &extra.overflow), index);
                    self.stretch = match found {
                        Some(_) => Stretch::Slab(index + 1),
                        None => Stretch::OldBuckets,
                    };
                    found
                }
                Stretch::OldBuckets => {
                    self.stretch = Stretch::OldSlab(0);
                    hmap.oldbuckets.map(|array| old_stretch::<K, V>(hmap, array))
                }
                Stretch::OldSlab(index) => {
                    let old = extra.filter(|_| hmap.growing());
                    let found = slab(old.map(|extra| &extra.oldoverflow), index);
                    self.stretch = match found {
                        Some(_) => Stretch::OldSlab(index + 1),
                        None => Stretch::End,
                    };
                    found
                }
                Stretch::End => return None,
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// The old array from the evacuation mark on.
fn old_stretch<K, V>(hmap: &Hmap, array: NonNull<u8>) -> (NonNull<u8>, usize) {
    let total = hmap.extra.as_ref().map_or(0, |extra| extra.old_used);
    let bucket_size = Bmap::<K, V>::LAYOUT.size;
    // SAFETY: the mark lies within the old array.
    let first = unsafe { array.add(hmap.nevacuate * bucket_size) };
    (first, total - hmap.nevacuate)
}

/// Walks chain by chain.
pub(crate) struct Chains<K, V> {
    /// In the old array, after all of the current one.
    old: bool,
    index: usize,
    marker: PhantomData<(K, V)>,
}

impl<K, V> Chains<K, V> {
    pub(crate) fn new() -> Self {
        Self {
            old: false,
            index: 0,
            marker: PhantomData,
        }
    }

    /// The head of the next chain that holds entries or may do so; evacuated ones are left out.
    pub(crate) fn next(&mut self, table: &Table<K, V>) -> Option<Bucket<K, V>> {
        let hmap = table.hmap();
        if !self.old {
            if hmap.buckets.is_some() && self.index < hmap.n_buckets() {
                self.index += 1;
                return Some(table.bucket(self.index - 1));
            }
            (self.old, self.index) = (true, hmap.nevacuate);
        }
        while hmap.growing() && self.index < hmap.noldbuckets() {
            self.index += 1;
            let head = table.oldbucket(self.index - 1)?;
            if !head.tags().evacuated() {
                return Some(head);
            }
        }
        None
    }
}
