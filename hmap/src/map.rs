//! `Map`: the table with a hasher, under the names of std's `HashMap`.
//!
//! ```text
//!   here            std                     Go
//!   insert          insert                  m[k] = v          mapassign
//!   get             get                     v, ok := m[k]     mapaccess2
//!   remove          remove                  delete(m, k)      mapdelete
//!   clear           clear                   clear(m)          mapclear
//!   with_capacity   with_capacity           make(map, n)      makemap
//!   hiter           –                       range m           mapiterinit, mapiternext
//! ```
//!
//! Whoever knows `HashMap` knows this file. What differs from it: `capacity` is what fits below the
//! load factor, but overflow buckets may still be allocated on the way; keys need not be `Eq`, only
//! [`Key`]; and no single insertion moves more than two buckets.
//!
//! Go: the language's own map; runtime/map.go.

use core::borrow::Borrow;
use core::hash::BuildHasher;

use ahash::RandomState;

use crate::alg::Key;
use crate::bmap::{BUCKET_CNT, CellRef};
use crate::buckets::TryReserveError;
use crate::hmap::{Hmap, Table};
use crate::mapassign::Found;
use crate::mapiter::Hiter;

/// A map with Go's buckets and the API of [`std::collections::HashMap`].
///
/// ```
/// use hmap::Map;
///
/// let mut ages = Map::new();
/// ages.insert("Rob", 69);
/// ages.insert("Ken", 82);
/// *ages.entry("Rob").or_insert(0) += 1;
/// assert_eq!(ages["Rob"], 70);
/// assert_eq!(ages.hmap().b(), 0); // one bucket of eight cells
/// ```
pub struct Map<K, V, S = RandomState> {
    pub(crate) table: Table<K, V>,
    pub(crate) hash_builder: S,
}

impl<K, V> Map<K, V> {
    /// An empty map, which allocates with its first entry.
    ///
    /// **Go** runtime/map.go: makemap_small.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty map with room for `capacity` entries below the load factor.
    ///
    /// # Panics
    ///
    /// When the room for so many is more than an address can reach. Go ignores such a hint.
    ///
    /// **Go** runtime/map.go: makemap.
    #[doc(alias = "makemap")]
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::with_capacity_and_hasher(capacity, RandomState::default())
    }
}

impl<K, V, S> Map<K, V, S> {
    /// An empty map whose keys are hashed by `hash_builder`.
    ///
    /// The map draws a seed, so this is not `const`, and the order differs from map to map whatever
    /// the hasher. The seed goes into the hasher before the key, as a `u32`; the top byte and the
    /// low bits of the hash have to be good, so a hasher that passes a key through is not enough.
    #[must_use]
    pub fn with_hasher(hash_builder: S) -> Self {
        Self {
            table: Table::new(),
            hash_builder,
        }
    }

    /// An empty map with room for `capacity` entries, hashed by `hash_builder`.
    ///
    /// # Panics
    ///
    /// When the room for so many is more than an address can reach.
    #[must_use]
    pub fn with_capacity_and_hasher(capacity: usize, hash_builder: S) -> Self {
        Self::try_with_capacity_and_hasher(capacity, hash_builder)
            .unwrap_or_else(|error| error.raise())
    }

    /// An empty map with room for `capacity` entries, if there is memory for it.
    ///
    /// # Errors
    ///
    /// When there is not.
    pub fn try_with_capacity_and_hasher(
        capacity: usize,
        hash_builder: S,
    ) -> Result<Self, TryReserveError> {
        let mut table = Table::makemap(capacity)?;
        if capacity > 0 && table.hmap().buckets.is_none() {
            table.set_array(0)?;
        }
        Ok(Self {
            table,
            hash_builder,
        })
    }

    /// What hashes the keys.
    #[must_use]
    pub fn hasher(&self) -> &S {
        &self.hash_builder
    }

    /// The header: Go's `hmap`, field by field.
    #[must_use]
    pub fn hmap(&self) -> &Hmap {
        self.table.hmap()
    }

    /// Bytes of the header, the bucket arrays and the overflow buckets; not what lies behind
    /// indirect keys and elems, not what keys and elems own, and not the copies of keys that a
    /// growth leaves behind for iterations under way.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.table.bytes()
    }

    /// Entries.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.hmap().count
    }

    /// Whether there is no entry.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Entries that fit before the array grows: 8 in one bucket, else 6.5 a bucket.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let hmap = self.table.hmap();
        match hmap.b {
            _ if hmap.buckets.is_none() => 0,
            0 => BUCKET_CNT,
            b => 13 << (b - 1),
        }
    }

    /// Removes all entries; the array stays.
    ///
    /// **Go** runtime/map.go: mapclear.
    #[doc(alias = "mapclear")]
    pub fn clear(&mut self) {
        self.table.mapclear();
    }
}

impl<K: Key, V, S: BuildHasher> Map<K, V, S> {
    #[inline(always)]
    pub(crate) fn hash<Q: Key + ?Sized>(&self, key: &Q) -> u64 {
        key.hash(&self.hash_builder, self.table.hmap().hash0)
    }

    #[inline(always)]
    pub(crate) fn find<Q>(&self, key: &Q) -> Option<CellRef<K, V>>
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        if self.is_empty() {
            if Q::HASH_MIGHT_PANIC {
                // A key that has no hash is told of even here (golang/go#23734).
                let _hash = self.hash(key);
            }
            return None;
        }
        let hash = self.hash(key);
        self.table
            .mapaccess(hash, |other| key.equal(other.borrow()))
    }

    /// Makes room for `additional` more entries below the load factor, at once.
    ///
    /// **Cost** if the array is too small, every key is hashed and every entry moved.
    ///
    /// # Panics
    ///
    /// When the room is more than an address can reach.
    pub fn reserve(&mut self, additional: usize) {
        if let Err(error) = self.try_reserve(additional) {
            error.raise();
        }
    }

    /// Makes room for `additional` more entries, if there is memory for it.
    ///
    /// # Errors
    ///
    /// When there is not; the map is as it was. Overflow buckets, 16 KiB at a time, are taken from
    /// an allocator that aborts when it has none.
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.table.reserve(additional, &self.hash_builder)
    }

    /// Copies into an array as small as the entries allow; Go's maps never shrink.
    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0);
    }

    /// Copies into a smaller array, with room for at least `min_capacity` entries.
    ///
    /// **Cost** every key is hashed and every entry moved.
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.table.shrink(min_capacity, &self.hash_builder);
    }

    /// The value stored under `key`.
    ///
    /// **Go** runtime/map.go: mapaccess2.
    #[doc(alias = "mapaccess1")]
    #[doc(alias = "mapaccess2")]
    #[inline]
    pub fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        // SAFETY: full, and `self` is borrowed as long as the value.
        self.find(key).map(|cell| unsafe { cell.elem() })
    }

    /// The stored key that equals `key`, and its value.
    ///
    /// **Go** runtime/map.go: mapaccessK.
    #[doc(alias = "mapaccessK")]
    #[inline]
    pub fn get_key_value<Q>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        let cell = self.find(key)?;
        // SAFETY: full, and `self` is borrowed as long as the key.
        let key = unsafe { cell.key() };
        // SAFETY: full, and `self` is borrowed as long as the value.
        Some((key, unsafe { cell.elem() }))
    }

    /// The value stored under `key`, to change.
    #[inline]
    pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        // SAFETY: full, and `self` is borrowed mutably as long as the value.
        self.find(key).map(|cell| unsafe { cell.elem_mut() })
    }

    /// Whether something is stored under `key`.
    #[inline]
    pub fn contains_key<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        self.find(key).is_some()
    }

    /// Stores `value` under `key`, and returns what was there before.
    ///
    /// A key that was there stays as it was, unless its type
    /// [needs a key update](Key::NEEDS_KEY_UPDATE).
    ///
    /// **Go** runtime/map.go: mapassign.
    #[doc(alias = "mapassign")]
    #[inline]
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let hash = self.hash(&key);
        let build = &self.hash_builder;
        match self
            .table
            .find_or_vacancy(hash, build, |other| key.equal(other))
        {
            Found::Full(cell) => {
                // SAFETY: full, and `self` is borrowed mutably.
                let old = core::mem::replace(unsafe { cell.elem_mut() }, value);
                if K::NEEDS_KEY_UPDATE {
                    // SAFETY: full, and `self` is borrowed mutably.
                    drop(core::mem::replace(unsafe { cell.key_mut() }, key));
                }
                Some(old)
            }
            Found::Vacant(vacancy) => {
                let vacancy = self.table.make_room(vacancy, build);
                self.table.fill(vacancy, key, value);
                None
            }
        }
    }

    /// Removes the entry of `key`, and returns its value.
    ///
    /// **Go** runtime/map.go: mapdelete.
    #[doc(alias = "mapdelete")]
    #[inline]
    pub fn remove<Q>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        self.remove_entry(key).map(|(_, value)| value)
    }

    /// Removes the entry of `key`, and returns it.
    #[inline]
    pub fn remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        if self.is_empty() && !Q::HASH_MIGHT_PANIC {
            return None;
        }
        let hash = self.hash(key);
        let build = &self.hash_builder;
        self.table
            .mapdelete(hash, build, |other| key.equal(other.borrow()))
    }

    /// Starts an iteration Go's way, at a random bucket and cell; between two
    /// [steps](Hiter::next) the map may be changed.
    ///
    /// While the iteration lives, growing leaves copies of the keys behind for it, hence `K: Copy`.
    /// For keys that are only `Clone`, as `String` is, a [`GoMap`](crate::GoMap) has `range`.
    ///
    /// **Go** runtime/map.go: mapiterinit.
    #[doc(alias = "mapiterinit")]
    #[doc(alias = "range")]
    #[must_use]
    pub fn hiter(&mut self) -> Hiter
    where
        K: Copy,
    {
        self.table.mapiterinit(|key| *key, None)
    }

    /// Starts an iteration that copies keys by cloning; the map lies in a `GoMap` (G3).
    pub(crate) fn range_in_go_map(&mut self) -> Hiter
    where
        K: Clone,
    {
        self.table.mapiterinit(K::clone, None)
    }

    /// Starts an iteration Go's way at a given bucket, and in each bucket at a given cell.
    ///
    /// # Panics
    ///
    /// When there is no such bucket or cell.
    #[must_use]
    pub fn iter_from(&mut self, start_bucket: usize, offset: u8) -> Hiter
    where
        K: Copy,
    {
        let n_buckets = self.hmap().n_buckets();
        assert!(
            start_bucket < n_buckets && usize::from(offset) < BUCKET_CNT,
            "iteration from bucket {start_bucket}, cell {offset}: the map has {n_buckets} buckets \
             of 8 cells, both counted from 0"
        );
        self.table
            .mapiterinit(|key| *key, Some((start_bucket, offset)))
    }
}

impl Hiter {
    /// The next entry; `map` has to be the one that the iteration was started from, and is
    /// borrowed no longer than the entry is looked at.
    ///
    /// ```
    /// let mut m: hmap::Map<i32, i32> = (0..20).map(|i| (i, i)).collect();
    /// let mut it = m.hiter();
    /// let mut met = vec![];
    /// while let Some((&k, _)) = it.next(&m) {
    ///     m.remove(&(k ^ 1)); // its neighbour is not met, if it was not met before
    ///     met.push(k);
    /// }
    /// assert_eq!(met.len(), 10);
    /// ```
    ///
    /// # Panics
    ///
    /// When the map is another one.
    ///
    /// **Go** runtime/map.go: mapiternext.
    #[doc(alias = "mapiternext")]
    #[track_caller]
    pub fn next<'m, K, V, S>(&mut self, map: &'m Map<K, V, S>) -> Option<(&'m K, &'m V)>
    where
        K: Key,
        S: BuildHasher,
    {
        let cell = self.step(&map.table, &map.hash_builder)?;
        // SAFETY: full, and the map is borrowed as long as the key.
        let key = unsafe { cell.key() };
        // SAFETY: full, and the map is borrowed as long as the elem.
        Some((key, unsafe { cell.elem() }))
    }
}

impl<K, V, S: Default> Default for Map<K, V, S> {
    fn default() -> Self {
        Self::with_hasher(S::default())
    }
}

impl<K: Clone, V: Clone, S: Clone> Clone for Map<K, V, S> {
    fn clone(&self) -> Self {
        Self {
            hash_builder: self.hash_builder.clone(),
            table: self.table.clone(),
        }
    }
}
