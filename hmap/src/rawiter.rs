//! Walking over all cells, in two ways.
//!
//! ```text
//!   RawIter    array ─────────────▶ prealloc ──▶ slabs ──▶ the same of the old array
//!              as the memory lies, chain or not: fastest, and it asks for no hash
//!   Chains     bucket 0 ─▶ overflow ─▶ overflow,  bucket 1 ─▶ …, then the old ones
//!              chain by chain: for whoever removes cells and needs the chain's head
//! ```
//!
//! *Stretch*: a run of buckets side by side: an array with its prealloc, or one slab.
//!
//! While the map grows, an entry is either in the new array or in a bucket of the old one that is
//! not evacuated; cells of evacuated buckets carry marks that are no hash's byte (T1 of
//! tophash.rs), so no entry is met twice. Buckets behind the mark are not looked at: they may be
//! given back (A2 of buckets.rs).
//!
//! The walk is a hot loop, so its state is four words and an enum, none of which has its address
//! taken: the compiler then keeps them in registers.
//!
//! R1  Between two steps the table is not grown and no bucket is evacuated; whoever holds an
//!     iterator also holds the borrow or the table.
//! R2  `next` leads to `left` more buckets of one stretch; if `cells` is not empty, the bucket that
//!     it speaks of lies directly before `next`, in the same stretch.
//! R3  An iterator looks at tophash bytes only. Keys and elems are read by who was given the cell,
//!     and who, by R1, answers for the borrow and for the thread.
//!
//! Go: nothing; Go's own iteration is mapiter.rs.

use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::bmap::{Bmap, Bucket, CellRef};
use crate::buckets::Overflow;
use crate::hmap::{Hmap, Table};
use crate::tophash::{Cells, Tags};

/// Yields each full cell once, in the order of memory.
pub(crate) struct RawIter<K, V> {
    /// The full cells, not yielded yet, of the bucket before `next`.
    cells: Cells,
    /// The next bucket of the stretch.
    next: NonNull<u8>,
    /// Buckets of the stretch from `next` on.
    left: usize,
    /// What comes after this stretch.
    stretch: Stretch,
    marker: PhantomData<(K, V)>,
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

// SAFETY: R3: an address and numbers, through which no key and no elem is reached.
unsafe impl<K, V> Send for RawIter<K, V> {}
// SAFETY: R3: as above.
unsafe impl<K, V> Sync for RawIter<K, V> {}

impl<K, V> Clone for RawIter<K, V> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<K, V> RawIter<K, V> {
    /// At the start of a table.
    #[inline]
    pub(crate) fn new() -> Self {
        Self {
            cells: Tags(0).full(),
            next: NonNull::dangling(),
            left: 0,
            stretch: Stretch::Buckets,
            marker: PhantomData,
        }
    }

    /// The next full cell of the table with this header; the same at each step.
    #[inline]
    pub(crate) fn next(&mut self, hmap: &Hmap) -> Option<CellRef<K, V>> {
        loop {
            if let Some(i) = self.cells.pop() {
                return Some(self.bucket().cell(i));
            }
            if self.left == 0 {
                (self.stretch, self.next, self.left) = self.stretch.enter::<K, V>(hmap)?;
            }
            self.enter_bucket();
        }
    }

    /// Calls `f` with each cell that is left, of which there must be `count`.
    #[inline]
    pub(crate) fn fold<B>(
        mut self,
        hmap: &Hmap,
        mut count: usize,
        mut acc: B,
        mut f: impl FnMut(B, CellRef<K, V>) -> B,
    ) -> B {
        loop {
            while let Some(i) = self.cells.pop() {
                acc = f(acc, self.bucket().cell(i));
                count -= 1;
            }
            if count == 0 {
                return acc;
            }
            if self.left == 0 {
                let next = self.stretch.enter::<K, V>(hmap);
                (self.stretch, self.next, self.left) = next.expect("H1: there are so many");
            }
            self.enter_bucket();
        }
    }

    /// The bucket that `cells` speaks of.
    #[inline(always)]
    fn bucket(&self) -> Bucket<K, V> {
        // SAFETY: R2: there is a bucket before `next`.
        let at = unsafe { self.next.sub(Bmap::<K, V>::LAYOUT.size) };
        // SAFETY: R1, R2: it was entered, and lives.
        unsafe { Bucket::new(at) }
    }

    /// Goes on to the next bucket of a stretch that has one.
    #[inline(always)]
    fn enter_bucket(&mut self) {
        debug_assert!(self.left > 0);
        // SAFETY: R1, R2: the stretch has another bucket at `next`.
        let bucket = unsafe { Bucket::<K, V>::new(self.next) };
        self.cells = bucket.tags().full();
        self.left -= 1;
        // SAFETY: R2: to the next bucket, or to the end of the stretch.
        self.next = unsafe { self.next.add(Bmap::<K, V>::LAYOUT.size) };
    }
}

impl Stretch {
    /// The first stretch from this one on that is not empty: what comes after it, its first
    /// bucket, and how many it has.
    #[cold]
    #[inline(never)]
    fn enter<K, V>(mut self, hmap: &Hmap) -> Option<(Self, NonNull<u8>, usize)> {
        let extra = hmap.extra.as_deref();
        let slab = |list: Option<&Option<Box<Overflow>>>, index| {
            list.and_then(|list| list.as_ref()?.slab(index))
        };
        loop {
            let (after, found) = match self {
                Self::Buckets => {
                    let used = hmap.used_buckets(&Bmap::<K, V>::LAYOUT);
                    (Self::Slab(0), hmap.buckets.map(|array| (array, used)))
                }
                Self::Slab(index) => match slab(extra.map(|extra| &extra.overflow), index) {
                    None => (Self::OldBuckets, None),
                    found => (Self::Slab(index + 1), found),
                },
                Self::OldBuckets => {
                    let array = hmap.oldbuckets;
                    (
                        Self::OldSlab(0),
                        array.map(|array| old_stretch::<K, V>(hmap, array)),
                    )
                }
                Self::OldSlab(index) => {
                    let old = extra.filter(|_| hmap.growing());
                    match slab(old.map(|extra| &extra.oldoverflow), index) {
                        None => (Self::End, None),
                        found => (Self::OldSlab(index + 1), found),
                    }
                }
                Self::End => return None,
            };
            self = after;
            if let Some((at, left)) = found.filter(|(_, left)| *left > 0) {
                return Some((self, at, left));
            }
        }
    }
}

/// The old array from the evacuation mark on.
fn old_stretch<K, V>(hmap: &Hmap, array: NonNull<u8>) -> (NonNull<u8>, usize) {
    let total = hmap.extra.as_ref().map_or(0, |extra| extra.old_used);
    let bucket_size = Bmap::<K, V>::LAYOUT.size;
    // SAFETY: R1: the mark lies within the old array, and is not moved.
    let first = unsafe { array.add(hmap.nevacuate * bucket_size) };
    (first, total - hmap.nevacuate)
}

/// Yields the full cells chain by chain; what was yielded may be removed before the next step.
pub(crate) struct Chains<K, V> {
    /// Where the walk is: the chain's head, and the bucket of it whose cells are `cells`.
    place: Option<(Bucket<K, V>, Bucket<K, V>)>,
    /// The full cells, not yielded yet, of that bucket.
    cells: Cells,
    /// In the old array, after all of the current one.
    old: bool,
    /// The next chain.
    index: usize,
}

// SAFETY: R3: addresses and numbers, through which no key and no elem is reached.
unsafe impl<K, V> Send for Chains<K, V> {}
// SAFETY: R3: as above.
unsafe impl<K, V> Sync for Chains<K, V> {}

impl<K, V> Chains<K, V> {
    /// At the start of a table.
    pub(crate) fn new() -> Self {
        Self {
            place: None,
            cells: Tags(0).full(),
            old: false,
            index: 0,
        }
    }

    /// The next full cell, and the head of its chain.
    pub(crate) fn next(&mut self, table: &Table<K, V>) -> Option<(Bucket<K, V>, CellRef<K, V>)> {
        loop {
            if let Some((head, bucket)) = self.place {
                if let Some(i) = self.cells.pop() {
                    return Some((head, bucket.cell(i)));
                }
                if let Some(next) = bucket.overflow() {
                    self.enter(head, next);
                    continue;
                }
            }
            let head = self.next_head(table)?;
            self.enter(head, head);
        }
    }

    fn enter(&mut self, head: Bucket<K, V>, bucket: Bucket<K, V>) {
        self.cells = bucket.tags().full();
        self.place = Some((head, bucket));
    }

    /// The head of the next chain; evacuated ones are left out.
    fn next_head(&mut self, table: &Table<K, V>) -> Option<Bucket<K, V>> {
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
