//! The header of a map: 48 bytes, and what they lead to.
//!
//! ```text
//!   offset  0        8      9   10          12      16        24           32          40
//!          ┌────────┬──────┬───┬───────────┬───────┬─────────┬────────────┬───────────┬───────┐
//!          │ count  │ flags│ B │ noverflow │ hash0 │ buckets │ oldbuckets │ nevacuate │ extra │
//!          └────────┴──────┴───┴───────────┴───────┴────┼────┴─────┼──────┴───────────┴───┼───┘
//!                                                       ▼          ▼                      ▼
//!                                            2^B buckets     the array being    overflow lists,
//!                                            (+ overflow)    left, in growth    next free one
//! ```
//!
//! *Growing*: `oldbuckets` is set; every write then moves at most two of its buckets over
//! (evacuate.rs). *Load factor*: 6.5 entries a bucket; above it the next new key doubles the array.
//!
//! H1  `count` is the number of full cells in `buckets`, in the part of `oldbuckets` that is not
//!     evacuated yet, and in their overflow buckets.
//! H2  `buckets` is an array for `B`; `oldbuckets` one for `B - 1`, or for `B` if the growth is to
//!     the same size. Both came from `make_bucket_array`; the old one is released behind
//!     `nevacuate` (A2).
//! H3  `extra.overflow` owns the overflow buckets of `buckets` that are not in its prealloc, and
//!     `extra.oldoverflow` those of `oldbuckets`.
//! H4  `buckets` is null only while `count` is 0, `B` is 0 and the map is not growing.
//!
//! Go: runtime/map.go (1.19): hmap, mapextra, makemap, newoverflow, incrnoverflow, overLoadFactor,
//! tooManyOverflowBuckets.
//! Differs: Go lists overflow buckets only for keys and elems without pointers, to keep the
//! collector from losing them; here the lists own them. `Mapextra` has fields behind Go's three.

use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::bmap::{BUCKET_CNT, Bmap, BmapLayout, Bucket};
use crate::buckets::{
    Overflow, Retired, TryReserveError, free_array, free_array_from, make_bucket_array,
    nbuckets_with_prealloc,
};
use crate::fastrand::fastrand;
use crate::mapiter::Ghosts;
use crate::rawiter::RawIter;

/// The bits of a map's `flags`.
pub mod flags {
    /// There may be an iterator that uses `buckets`.
    #[doc(alias = "iterator")]
    pub const ITERATOR: u8 = 1;
    /// There may be an iterator that uses `oldbuckets`.
    #[doc(alias = "oldIterator")]
    pub const OLD_ITERATOR: u8 = 2;
    /// A goroutine is writing to the map. Never seen in a [`Map`](crate::Map), which `&mut` keeps
    /// to one writer; [`RacyMap`](crate::RacyMap) shows what it is for.
    #[doc(alias = "hashWriting")]
    pub const HASH_WRITING: u8 = 4;
    /// The growth under way is to an array of the same size.
    #[doc(alias = "sameSizeGrow")]
    pub const SAME_SIZE_GROW: u8 = 8;
}

/// The header of a map, in Go's order of fields.
#[derive(Debug)]
#[repr(C)]
pub struct Hmap {
    pub(crate) count: usize,
    pub(crate) flags: u8,
    pub(crate) b: u8,
    pub(crate) noverflow: u16,
    pub(crate) hash0: u32,
    pub(crate) buckets: Option<NonNull<u8>>,
    pub(crate) oldbuckets: Option<NonNull<u8>>,
    pub(crate) nevacuate: usize,
    pub(crate) extra: Option<Box<Mapextra>>,
}

/// What not all maps have.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Mapextra {
    pub(crate) overflow: Option<Box<Overflow>>,
    pub(crate) oldoverflow: Option<Box<Overflow>>,
    pub(crate) next_overflow: Option<NonNull<u8>>,
    /// Buckets of the old array that are in use: its own and the prealloc given out.
    pub(crate) old_used: usize,
}

const _: () = assert!(size_of::<Hmap>() == 48, "Go's hmap has 48 bytes");

/// Whether `count` entries are too many for 2^`b` buckets.
///
/// **Go** runtime/map.go: overLoadFactor.
#[doc(alias = "overLoadFactor")]
#[inline]
#[must_use]
pub const fn over_load_factor(count: usize, b: u8) -> bool {
    count > BUCKET_CNT && count > 13 * ((1 << b) / 2)
}

/// Whether `noverflow` overflow buckets are too many for 2^`b` buckets: about as many as there are
/// buckets. Most are then in sparse use, or the load factor would have been passed.
///
/// **Go** runtime/map.go: tooManyOverflowBuckets.
#[doc(alias = "tooManyOverflowBuckets")]
#[inline]
#[must_use]
pub const fn too_many_overflow_buckets(noverflow: u16, b: u8) -> bool {
    noverflow >= 1 << (if b > 15 { 15 } else { b })
}

/// The smallest B with room for `hint` entries below the load factor.
///
/// **Go** runtime/map.go: makemap.
#[must_use]
pub(crate) fn b_for(hint: usize) -> Option<u8> {
    // 13 × 2^59 entries have no room in memory at any size of bucket.
    (0..60).find(|&b| !over_load_factor(hint, b))
}

impl Hmap {
    /// A header without buckets and with a random seed.
    pub(crate) fn new() -> Self {
        Self {
            count: 0,
            flags: 0,
            b: 0,
            noverflow: 0,
            hash0: fastrand(),
            buckets: None,
            oldbuckets: None,
            nevacuate: 0,
            extra: None,
        }
    }

    /// Entries.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The bits of [`flags`].
    #[must_use]
    pub fn flags(&self) -> u8 {
        self.flags
    }

    /// The binary logarithm of the number of buckets.
    #[must_use]
    pub fn b(&self) -> u8 {
        self.b
    }

    /// Overflow buckets of the current array; above 2^15 buckets an estimate.
    #[must_use]
    pub fn noverflow(&self) -> u16 {
        self.noverflow
    }

    /// The seed of the hash.
    #[must_use]
    pub fn hash0(&self) -> u32 {
        self.hash0
    }

    /// Old buckets below this one are evacuated.
    #[must_use]
    pub fn nevacuate(&self) -> usize {
        self.nevacuate
    }

    /// Whether an old array is being left.
    ///
    /// **Go** runtime/map.go: growing.
    #[inline]
    #[must_use]
    pub fn growing(&self) -> bool {
        self.oldbuckets.is_some()
    }

    /// Whether the growth under way is to the same size.
    ///
    /// **Go** runtime/map.go: sameSizeGrow.
    #[doc(alias = "sameSizeGrow")]
    #[inline]
    #[must_use]
    pub fn same_size_grow(&self) -> bool {
        self.flags & flags::SAME_SIZE_GROW != 0
    }

    /// Buckets of the current array.
    #[inline]
    #[must_use]
    pub fn n_buckets(&self) -> usize {
        1 << self.b
    }

    /// The number that takes the low B bits of a hash.
    #[inline]
    pub(crate) fn bucketmask(&self) -> usize {
        self.n_buckets() - 1
    }

    /// Buckets of the old array; 0 while the map is not growing.
    ///
    /// **Go** runtime/map.go: noldbuckets.
    #[inline]
    #[must_use]
    pub fn noldbuckets(&self) -> usize {
        if self.growing() { 1 << self.old_b() } else { 0 }
    }

    #[inline]
    pub(crate) fn oldbucketmask(&self) -> usize {
        (1 << self.old_b()) - 1
    }

    /// The logarithm of [`Hmap::noldbuckets`], for a map that is growing.
    #[inline]
    pub(crate) fn old_b(&self) -> u8 {
        self.b - u8::from(!self.same_size_grow())
    }

    /// Buckets of the current array that are in use: its own and the prealloc given out.
    pub(crate) fn used_buckets(&self, bucket: &BmapLayout) -> usize {
        let Some(array) = self.buckets else { return 0 };
        match self.extra.as_ref().and_then(|extra| extra.next_overflow) {
            Some(next) => (next.addr().get() - array.addr().get()) / bucket.size,
            None => nbuckets_with_prealloc(bucket, self.b).expect("H2: it was made"),
        }
    }

    pub(crate) fn extra_mut(&mut self) -> &mut Mapextra {
        self.extra.get_or_insert_default()
    }

    /// Counts an overflow bucket: exactly up to 2^15 buckets, above by chance, so that 2^15 - 1
    /// means about as many as there are buckets.
    ///
    /// **Go** runtime/map.go: incrnoverflow.
    fn incrnoverflow(&mut self) {
        if self.b < 16 || fastrand() & ((1 << (self.b - 15)) - 1) == 0 {
            // Far below the top: at 2^15 the map grows at the next new key. A growth under way
            // could be outrun only by a hash that puts everything into one bucket.
            self.noverflow = self.noverflow.saturating_add(1);
        }
    }
}

/// The owner of a header and of all that it leads to.
///
/// What is freed, and how, depends on `K` and `V`; yet there is no `Drop` for `Table` itself, so
/// that a map of references may be dropped after what they point to, as std's may. `Owned` has the
/// `Drop`, and `PhantomData` tells the compiler that keys and elems are dropped by it.
pub(crate) struct Table<K, V> {
    owned: Owned,
    marker: PhantomData<(K, V)>,
}

/// A header, what else a map holds, and how to free it.
struct Owned {
    hmap: Hmap,
    /// What finished growths left to give back.
    retired: Option<Box<Retired>>,
    /// What iterators may still want of evacuated buckets: a `Box<Ghosts<K>>`.
    ghosts: Option<NonNull<()>>,
    /// `drop_table::<K, V>` of the table's own types.
    drop: unsafe fn(&mut Owned),
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: `Table::new` put the function for its own types here, and this is the end.
        unsafe { (self.drop)(self) }
    }
}

// SAFETY: a table owns its keys and elems, as a Vec does; the ghosts are keys.
unsafe impl<K: Send, V: Send> Send for Table<K, V> {}
// SAFETY: through a shared table only shared references to keys and elems can be had.
unsafe impl<K: Sync, V: Sync> Sync for Table<K, V> {}

impl<K, V> Table<K, V> {
    /// A table without buckets.
    ///
    /// **Go** runtime/map.go: makemap_small.
    pub(crate) fn new() -> Self {
        let owned = Owned {
            hmap: Hmap::new(),
            retired: None,
            ghosts: None,
            drop: drop_table::<K, V>,
        };
        Self {
            owned,
            marker: PhantomData,
        }
    }

    /// A table with room for `hint` entries below the load factor; up to 8 the first bucket is made
    /// when it is needed.
    ///
    /// # Errors
    ///
    /// When there is no memory for that many.
    ///
    /// **Go** runtime/map.go: makemap.
    pub(crate) fn makemap(hint: usize) -> Result<Self, TryReserveError> {
        let mut table = Self::new();
        let b = b_for(hint).ok_or(TryReserveError::CapacityOverflow)?;
        if b != 0 {
            table.set_array(b)?;
        }
        Ok(table)
    }

    /// Gives a table without buckets an array for `b`.
    pub(crate) fn set_array(&mut self, b: u8) -> Result<(), TryReserveError> {
        debug_assert!(self.hmap().buckets.is_none(), "H4");
        let (array, next_overflow) = make_bucket_array(&Bmap::<K, V>::LAYOUT, b)?;
        self.adopt_array(array, b, next_overflow);
        Ok(())
    }

    /// Takes over an array of empty buckets as the current one (H2).
    pub(crate) fn adopt_array(
        &mut self,
        array: NonNull<u8>,
        b: u8,
        next_overflow: Option<NonNull<u8>>,
    ) {
        let hmap = self.hmap_mut();
        hmap.b = b;
        hmap.buckets = Some(array);
        if next_overflow.is_some() {
            hmap.extra_mut().next_overflow = next_overflow;
        }
    }

    #[inline(always)]
    pub(crate) fn hmap(&self) -> &Hmap {
        &self.owned.hmap
    }

    #[inline(always)]
    pub(crate) fn hmap_mut(&mut self) -> &mut Hmap {
        &mut self.owned.hmap
    }

    #[inline(always)]
    pub(crate) fn retired_mut(&mut self) -> &mut Option<Box<Retired>> {
        &mut self.owned.retired
    }

    /// Bytes of the header and of everything that it leads to, but for indirect keys and elems and
    /// what keys and elems own.
    pub(crate) fn bytes(&self) -> usize {
        let (hmap, bucket) = (self.hmap(), Bmap::<K, V>::LAYOUT);
        let mut bytes = size_of::<Hmap>();
        if hmap.buckets.is_some() {
            bytes += crate::buckets::array_bytes(&bucket, hmap.b);
        }
        if hmap.growing() {
            bytes += crate::buckets::array_bytes(&bucket, hmap.old_b());
        }
        if let Some(extra) = &hmap.extra {
            let lists = [&extra.overflow, &extra.oldoverflow];
            let slabs = lists.into_iter().flatten().map(|list| list.bytes());
            bytes += size_of::<Mapextra>() + slabs.sum::<usize>();
        }
        bytes + self.owned.retired.as_ref().map_or(0, |r| r.bytes())
    }

    pub(crate) fn ghosts(&self) -> Option<&Ghosts<K>> {
        let ghosts = self.owned.ghosts?.cast::<Ghosts<K>>();
        // SAFETY: a box of this type, put there by `set_ghosts`, and borrowed as the table is.
        Some(unsafe { ghosts.as_ref() })
    }

    pub(crate) fn ghosts_mut(&mut self) -> Option<&mut Ghosts<K>> {
        let mut ghosts = self.owned.ghosts?.cast::<Ghosts<K>>();
        // SAFETY: as in `ghosts`; the table is borrowed mutably.
        Some(unsafe { ghosts.as_mut() })
    }

    pub(crate) fn set_ghosts(&mut self, ghosts: Ghosts<K>) {
        drop(self.take_ghosts());
        let boxed = NonNull::from(Box::leak(Box::new(ghosts)));
        self.owned.ghosts = Some(boxed.cast());
    }

    pub(crate) fn take_ghosts(&mut self) -> Option<Box<Ghosts<K>>> {
        let ghosts = self.owned.ghosts.take()?.cast::<Ghosts<K>>();
        // SAFETY: a box of this type, put there by `set_ghosts`, and forgotten by `take`.
        Some(unsafe { Box::from_raw(ghosts.as_ptr()) })
    }

    /// Bucket `index` of the current array.
    #[inline(always)]
    pub(crate) fn bucket(&self, index: usize) -> Bucket<K, V> {
        debug_assert!(index < self.hmap().n_buckets());
        debug_assert!(self.hmap().buckets.is_some(), "H4");
        // SAFETY: H4: callers have asked whether there are buckets, or entries.
        let array = unsafe { self.hmap().buckets.unwrap_unchecked() };
        // SAFETY: H2: an array of n_buckets, and callers mask the index. The bucket is used while
        // the table is borrowed, and before a growth (B1).
        unsafe { Bucket::of_array(array, index) }
    }

    /// Bucket `index` of the old array, which must not lie behind the mark.
    #[inline]
    pub(crate) fn oldbucket(&self, index: usize) -> Option<Bucket<K, V>> {
        let array = self.hmap().oldbuckets?;
        assert!(
            self.hmap().nevacuate <= index && index < self.hmap().noldbuckets(),
            "A2: what is behind the mark may be given back"
        );
        // SAFETY: H2: an array of noldbuckets, asserted above; not released (A2).
        Some(unsafe { Bucket::of_array(array, index) })
    }

    /// Puts an empty bucket behind `last`, the last of a chain of the current array.
    ///
    /// **Go** runtime/map.go: newoverflow.
    pub(crate) fn newoverflow(&mut self, last: Bucket<K, V>) -> Bucket<K, V> {
        let bucket = Bmap::<K, V>::LAYOUT;
        let hmap = &mut self.owned.hmap;
        let extra = hmap.extra.get_or_insert_default();
        let at = match extra.next_overflow {
            Some(at) => {
                // SAFETY: H2: a bucket of the current array's prealloc.
                let next = unsafe { Bucket::<K, V>::new(at) };
                if next.overflow().is_none() {
                    // SAFETY: not the last of the prealloc, so the array goes on for a bucket.
                    extra.next_overflow = Some(unsafe { at.add(bucket.size) });
                } else {
                    next.set_overflow(None);
                    extra.next_overflow = None;
                }
                at
            }
            None => extra.overflow.get_or_insert_default().alloc(&bucket),
        };
        hmap.incrnoverflow();
        last.set_overflow(Some(at));
        // SAFETY: a zeroed bucket that lives as long as the current array (H3).
        unsafe { Bucket::new(at) }
    }
}

/// Drops keys and elems and frees all memory.
///
/// # Safety
///
/// 1. `owned` belongs to a `Table<K, V>` and is not used again.
unsafe fn drop_table<K, V>(owned: &mut Owned) {
    // The memory goes even if a destructor panics; the entries behind that one are leaked.
    let owned = Memory::<K, V>(owned, PhantomData);
    if let Some(ghosts) = owned.0.ghosts.take() {
        // SAFETY: duty 1: a box of this type (`set_ghosts`).
        drop(unsafe { Box::from_raw(ghosts.cast::<Ghosts<K>>().as_ptr()) });
    }
    if Bmap::<K, V>::needs_drop() {
        let mut cells = RawIter::<K, V>::new();
        while let Some(cell) = cells.next(&owned.0.hmap) {
            // SAFETY: duty 1: full (RawIter), and not read again: the iterator has passed it.
            drop(unsafe { cell.take() });
        }
    }
}

/// Frees arrays and slabs when it goes.
struct Memory<'a, K, V>(&'a mut Owned, PhantomData<(K, V)>);

impl<K, V> Drop for Memory<'_, K, V> {
    fn drop(&mut self) {
        let (hmap, bucket) = (&mut self.0.hmap, Bmap::<K, V>::LAYOUT);
        if let Some(array) = hmap.oldbuckets.take() {
            // SAFETY: H2; taken, so nobody uses it again.
            unsafe { free_array_from(&bucket, array, hmap.old_b(), hmap.nevacuate) };
        }
        if let Some(array) = hmap.buckets.take() {
            // SAFETY: H2; taken, so nobody uses it again.
            unsafe { free_array(&bucket, array, hmap.b) };
        }
        hmap.extra = None;
        self.0.retired = None;
    }
}
