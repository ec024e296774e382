//! Storing under a key: find it, or fill the first empty cell of its chain, or grow first.
//!
//! ```text
//!   growing?  evacuate this bucket and one more                                  (evacuate.rs)
//!   walk the chain: key found ─▶ its cell
//!                   remember the first empty cell; stop where the rest is empty (T2)
//!   not found: above the load factor, or too many overflow buckets, and not growing?
//!                   ─▶ start to grow, and look for an empty cell in the new array
//!              no empty cell ─▶ an overflow bucket behind the chain
//! ```
//!
//! The three steps are apart here, since `entry` needs them so: `find_or_vacancy` looks,
//! `make_room` grows, and `fill` stores, without asking the key or its hasher again.
//!
//! W1  From one step to the next the table does not change, and the key is not in it.
//!
//! Go: runtime/map.go (1.19): mapassign.
//! Differs: hashWriting is not set, since `&mut` proves what it guesses.

use core::hash::BuildHasher;

use crate::alg::Key;
use crate::bmap::{Bucket, CellRef};
use crate::hmap::{Table, over_load_factor, too_many_overflow_buckets};
use crate::tophash::tophash;

/// Where a key is, or could go.
pub(crate) enum Found<K, V> {
    /// The full cell of the key.
    Full(CellRef<K, V>),
    /// The key is not in the map.
    Vacant(Vacancy<K, V>),
}

/// Where a key that is not in the map would go.
pub(crate) struct Vacancy<K, V> {
    pub(crate) hash: u64,
    /// The first empty cell of the chain.
    cell: Option<CellRef<K, V>>,
    /// The last bucket that was looked at; the last of the chain if there is no empty cell.
    last: Bucket<K, V>,
}

impl<K: Key, V> Table<K, V> {
    /// Looks for a key in order to write; makes the first bucket and does the work of a growth.
    ///
    /// **Go** runtime/map.go: mapassign (as far as "already have a mapping").
    #[doc(alias = "mapassign")]
    #[inline]
    pub(crate) fn find_or_vacancy<S: BuildHasher>(
        &mut self,
        hash: u64,
        build: &S,
        is_key: impl FnMut(&K) -> bool,
    ) -> Found<K, V> {
        if self.hmap().buckets.is_none() {
            self.make_first_bucket();
        }
        let index = hash as usize & self.hmap().bucketmask();
        if self.hmap().growing() {
            self.grow_work(index, build);
        }
        let head = self.bucket(index);
        head.prefetch();
        scan(head, hash, is_key)
    }

    /// Starts to grow if one more entry asks for it, and says where that entry would go then.
    ///
    /// **Go** runtime/map.go: mapassign (from "did not find mapping" on).
    #[inline]
    pub(crate) fn make_room<S: BuildHasher>(
        &mut self,
        vacancy: Vacancy<K, V>,
        build: &S,
    ) -> Vacancy<K, V> {
        let hmap = self.hmap();
        if (over_load_factor(hmap.count + 1, hmap.b)
            || too_many_overflow_buckets(hmap.noverflow, hmap.b))
            && !hmap.growing()
        {
            self.grow_for(vacancy.hash, build)
        } else {
            vacancy
        }
    }

    /// Starts a growth, and looks again for a place: growing makes everything known invalid.
    #[cold]
    #[inline(never)]
    fn grow_for<S: BuildHasher>(&mut self, hash: u64, build: &S) -> Vacancy<K, V> {
        self.hash_grow();
        let index = hash as usize & self.hmap().bucketmask();
        self.grow_work(index, build);
        match scan(self.bucket(index), hash, |_| false) {
            Found::Vacant(vacancy) => vacancy,
            Found::Full(_) => unreachable!("no key is the one looked for"),
        }
    }

    #[cold]
    #[inline(never)]
    fn make_first_bucket(&mut self) {
        if let Err(error) = self.set_array(0) {
            error.raise();
        }
    }
}

impl<K, V> Table<K, V> {
    /// Stores an entry whose key is not in the table, where there is room for it (W1).
    ///
    /// **Go** runtime/map.go: mapassign (from "store new key/elem" on).
    #[inline]
    pub(crate) fn fill(&mut self, vacancy: Vacancy<K, V>, key: K, elem: V) -> CellRef<K, V> {
        let cell = match vacancy.cell {
            Some(cell) => cell,
            None => self.newoverflow(vacancy.last).cell(0),
        };
        cell.fill(tophash(vacancy.hash), key, elem);
        self.hmap_mut().count += 1;
        if self.retired_mut().is_some() {
            self.release_retired();
        }
        cell
    }

    /// Gives back a little of what finished growths left.
    #[cold]
    #[inline(never)]
    fn release_retired(&mut self) {
        let retired = self.retired_mut();
        if let Some(some) = retired {
            some.release_some();
            if some.is_empty() {
                *retired = None;
            }
        }
    }
}

/// Looks through a chain for a key and for the first empty cell.
#[inline]
fn scan<K, V>(head: Bucket<K, V>, hash: u64, mut is_key: impl FnMut(&K) -> bool) -> Found<K, V> {
    let (top, mut bucket, mut first_empty) = (tophash(hash), head, None);
    loop {
        let tags = bucket.tags();
        let mut candidates = tags.matching(top);
        while !candidates.is_empty() {
            let cell = bucket.cell(candidates.first());
            // SAFETY: its byte is a hash's (T1), so the cell is full; the caller holds `&mut` and
            // does not write during the comparison.
            if is_key(unsafe { cell.key() }) {
                return Found::Full(cell);
            }
            candidates = candidates.without_first();
        }
        if first_empty.is_none() {
            let empty = tags.empty();
            if !empty.is_empty() {
                first_empty = Some(bucket.cell(empty.first()));
            }
        }
        let next = if tags.ends_chain() {
            None
        } else {
            bucket.overflow()
        };
        match next {
            Some(next) => bucket = next,
            None => {
                return Found::Vacant(Vacancy {
                    hash,
                    cell: first_empty,
                    last: bucket,
                });
            }
        }
    }
}
