//! Checks everything that the files of this crate rely on, by walking the whole map.
//!
//! What is checked: H1 (the count), T1 and T2 (marks); that each entry lies in the chain that its
//! hash names, under its hash's top byte, and can be found; that overflow buckets are counted
//! exactly while there are fewer than 2^16 buckets.
//!
//! Go: nothing in the runtime (its test TestMapTombstones checks T2 in this way).

use core::hash::BuildHasher;

use crate::alg::{Key, is_itself};
use crate::inspect::Chain;
use crate::map::Map;
use crate::tophash::{EMPTY_REST, MIN_TOP_HASH, is_empty, tophash};

impl<K: Key, V, S: BuildHasher> Map<K, V, S> {
    /// Checks every invariant; for tests.
    ///
    /// **Cost** a walk over all cells, and a hash of each key.
    ///
    /// # Panics
    ///
    /// When one does not hold, with its label.
    #[track_caller]
    pub fn check(&self) {
        let (hmap, mut n_entries, mut n_overflow) = (self.hmap(), 0, 0);
        for (index, chain) in self.chains().enumerate() {
            n_entries += self.check_chain(chain, index, hmap.bucketmask());
            n_overflow += chain.buckets().count() - 1;
        }
        for (index, chain) in self.old_chains() {
            if !chain.evacuated() {
                n_entries += self.check_chain(chain, index, hmap.oldbucketmask());
            }
        }
        assert_eq!(n_entries, hmap.count(), "H1: count");
        if hmap.b() < 16 {
            assert_eq!(n_overflow, usize::from(hmap.noverflow()), "noverflow");
        }
    }

    /// Checks a chain that is not evacuated, and returns how many entries it has.
    fn check_chain(&self, chain: Chain<'_, K, V>, index: usize, mask: usize) -> usize {
        let (mut rest_is_empty, mut n_entries) = (false, 0);
        for bucket in chain.buckets() {
            for (i, top) in bucket.tophash().into_iter().enumerate() {
                assert!(
                    !rest_is_empty || top == EMPTY_REST,
                    "T2: {top} in an empty rest"
                );
                rest_is_empty |= top == EMPTY_REST;
                assert!(
                    is_empty(top) || top >= MIN_TOP_HASH,
                    "T1: mark {top} in a live chain"
                );
                let Some((key, _)) = bucket.cell(i) else {
                    continue;
                };
                n_entries += 1;
                if is_itself(key) {
                    let hash = self.hash(key);
                    assert_eq!(hash as usize & mask, index, "an entry in a wrong bucket");
                    assert_eq!(tophash(hash), top, "an entry with a wrong tophash");
                    assert!(self.get(key).is_some(), "an entry that is not found");
                }
            }
        }
        n_entries
    }
}
