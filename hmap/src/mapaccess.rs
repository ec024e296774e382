//! Looking a key up, which changes nothing.
//!
//! ```text
//!   hash  ┌─ top byte ─┬───────── … ─────────┬─ low B bits ─┐
//!              │                                    └─▶ which bucket
//!              └─▶ compared with all eight tophash bytes at once; a key is compared only where
//!                  they are equal: one comparison in 250 is in vain
//! ```
//!
//! While the map grows, the bucket of the old array is asked as long as it is not evacuated. A
//! lookup moves nothing; only writes do.
//!
//! Go: runtime/map.go (1.19): mapaccess1, mapaccess2, mapaccessK.
//! Differs: one function for the three. Go's map_fast32.go, map_fast64.go and map_faststr.go do
//! the same for common keys with the size built in; here the compiler does that for every type.

use crate::bmap::{Bucket, CellRef};
use crate::hmap::Table;
use crate::tophash::tophash;

impl<K, V> Table<K, V> {
    /// The full cell whose key is the one looked for.
    ///
    /// **Go** runtime/map.go: mapaccess2.
    #[doc(alias = "mapaccess1")]
    #[doc(alias = "mapaccess2")]
    #[doc(alias = "mapaccessK")]
    #[inline(always)]
    pub(crate) fn mapaccess(
        &self,
        hash: u64,
        mut is_key: impl FnMut(&K) -> bool,
    ) -> Option<CellRef<K, V>> {
        if self.hmap().count == 0 {
            return None;
        }
        let mut bucket = self.bucket_now(hash);
        bucket.prefetch();
        let top = tophash(hash);
        loop {
            let tags = bucket.tags();
            let mut candidates = tags.matching(top);
            while !candidates.is_empty() {
                let cell = bucket.cell(candidates.first());
                // SAFETY: its byte is a hash's (T1), so the cell is full; `&self` keeps it so.
                if is_key(unsafe { cell.key() }) {
                    return Some(cell);
                }
                candidates = candidates.without_first();
            }
            if tags.ends_chain() {
                return None;
            }
            bucket = bucket.overflow()?;
        }
    }

    /// The bucket that entries with this hash are in now: the old one until it is evacuated.
    #[inline]
    pub(crate) fn bucket_now(&self, hash: u64) -> Bucket<K, V> {
        let hmap = self.hmap();
        if hmap.growing()
            && let Some(old) = self.not_evacuated(hash as usize & hmap.oldbucketmask())
        {
            return old;
        }
        self.bucket(hash as usize & hmap.bucketmask())
    }

    /// Old bucket `index`, if there is an old array and this bucket of it is not evacuated.
    ///
    /// The mark is asked before the bucket: what lies behind it may be given back. Nothing here is
    /// a call, so that a loop of lookups may keep the header's words in registers.
    #[inline(always)]
    pub(crate) fn not_evacuated(&self, index: usize) -> Option<Bucket<K, V>> {
        let hmap = self.hmap();
        let array = hmap.oldbuckets?;
        debug_assert!(index < hmap.noldbuckets(), "H2: callers mask the index");
        if index < hmap.nevacuate {
            return None;
        }
        // SAFETY: H2: an array of noldbuckets; not behind the mark, so it is still there (A2).
        let old = unsafe { Bucket::of_array(array, index) };
        (!old.tags().evacuated()).then_some(old)
    }
}
