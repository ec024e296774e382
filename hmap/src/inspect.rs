//! Looking into a map: its chains, buckets and cells, without changing anything.
//!
//! ```text
//!   map.chains()        bucket 0 ─▶ overflow ─▶ …      one `Chain` for each bucket of the array
//!   map.old_chains()    the same of the array being left, from the evacuation mark on
//!   chain.buckets()     `BucketRef`: tophash(), cell(i)
//! ```
//!
//! This is what the pictures, the laws and the comparison with real Go look through.
//!
//! Go: nothing; a debugger would have to do this.

use core::marker::PhantomData;

use crate::bmap::{BUCKET_CNT, Bucket};
use crate::hmap::Table;
use crate::map::Map;
use crate::tophash::evacuated;

/// A bucket of an array and its overflow buckets.
pub struct Chain<'m, K, V> {
    head: Bucket<K, V>,
    borrow: PhantomData<&'m Table<K, V>>,
}

/// A bucket to look at.
pub struct BucketRef<'m, K, V> {
    bucket: Bucket<K, V>,
    borrow: PhantomData<&'m Table<K, V>>,
}

impl<K, V> Clone for Chain<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K, V> Copy for Chain<'_, K, V> {}

impl<K, V> Clone for BucketRef<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K, V> Copy for BucketRef<'_, K, V> {}

impl<K, V, S> Map<K, V, S> {
    /// The chains of the current array, in the order of its buckets; none before the first entry.
    pub fn chains(&self) -> impl ExactSizeIterator<Item = Chain<'_, K, V>> {
        let hmap = self.hmap();
        let n = hmap.buckets.map_or(0, |_| hmap.n_buckets());
        (0..n).map(|index| Chain::new(self.table.bucket(index)))
    }

    /// The chains of the old array from bucket [`nevacuate`](crate::Hmap::nevacuate) on, each with
    /// its bucket's number; none while the map is not growing.
    pub fn old_chains(&self) -> impl Iterator<Item = (usize, Chain<'_, K, V>)> {
        let hmap = self.hmap();
        let n = if hmap.growing() {
            hmap.noldbuckets()
        } else {
            0
        };
        (hmap.nevacuate.min(n)..n)
            .filter_map(|index| Some((index, Chain::new(self.table.oldbucket(index)?))))
    }
}

impl<'m, K, V> Chain<'m, K, V> {
    fn new(head: Bucket<K, V>) -> Self {
        Self {
            head,
            borrow: PhantomData,
        }
    }

    /// Whether the chain was evacuated: what its cells held is in the current array.
    ///
    /// **Go** runtime/map.go: bucketEvacuated.
    #[doc(alias = "bucketEvacuated")]
    #[must_use]
    pub fn evacuated(self) -> bool {
        self.head.tags().evacuated()
    }

    /// The bucket of the array, then its overflow buckets.
    pub fn buckets(self) -> impl Iterator<Item = BucketRef<'m, K, V>> {
        self.head.chain().map(|bucket| BucketRef {
            bucket,
            borrow: PhantomData,
        })
    }

    /// The entries of the chain, in the order of its cells.
    pub fn entries(self) -> impl Iterator<Item = (&'m K, &'m V)> {
        self.buckets()
            .flat_map(|bucket| (0..BUCKET_CNT).filter_map(move |i| bucket.cell(i)))
    }
}

impl<'m, K, V> BucketRef<'m, K, V> {
    /// The tophash bytes of the eight cells.
    #[must_use]
    pub fn tophash(self) -> [u8; BUCKET_CNT] {
        self.bucket.tags().bytes()
    }

    /// The entry in cell `i`, if the cell is full.
    ///
    /// # Panics
    ///
    /// When there is no such cell.
    #[must_use]
    pub fn cell(self, i: usize) -> Option<(&'m K, &'m V)> {
        assert!(i < BUCKET_CNT, "a bucket has 8 cells, asked for cell {i}");
        if !self.bucket.tags().full().contains(i) {
            return None;
        }
        let cell = self.bucket.cell(i);
        // SAFETY: full, and the map is borrowed for 'm.
        let key = unsafe { cell.key() };
        // SAFETY: full, and the map is borrowed for 'm.
        Some((key, unsafe { cell.elem() }))
    }

    /// Where the bucket lies.
    #[must_use]
    pub fn address(self) -> usize {
        self.bucket.as_ptr().addr().get()
    }

    /// The address of the next bucket of the chain, 0 at its end.
    #[must_use]
    pub fn overflow(self) -> usize {
        let next = self.bucket.overflow();
        next.map_or(0, |next| next.as_ptr().addr().get())
    }
}

impl<K, V> core::fmt::Debug for Chain<'_, K, V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.buckets()).finish()
    }
}

impl<K, V> core::fmt::Debug for BucketRef<'_, K, V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let marks = self.tophash().map(|top| match top {
            top if evacuated(top) => "evacuated",
            top if top < crate::tophash::MIN_TOP_HASH => "empty",
            _ => "full",
        });
        f.debug_list().entries(marks).finish()
    }
}
