//! What std's `HashMap` offers besides: printing, comparing, collecting, indexing, serde, and
//! several values to change at once.
//!
//! ```text
//!   {:?}                {"a": 1, "b": 2}     in the order of the memory
//!   a == b              the same keys, and equal values; neither order nor seed nor size count
//!   map[&key]           the value, or a panic; Go yields the zero value (GoMap does so)
//!   collect, extend     room is made for as many as the iterator promises, or half of it where
//!                       some may be there already
//! ```
//!
//! C1  The cells that `get_disjoint_mut` hands out are full, and no two of them are one.
//!
//! Go: nothing; Go's maps can be compared with nil only, and fmt prints them sorted.

use core::borrow::Borrow;
use core::fmt;
use core::hash::BuildHasher;
use core::marker::PhantomData;
use core::ops::Index;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::alg::Key;
use crate::bmap::CellRef;
use crate::map::Map;

/// The most bytes that room is made for because the data says how much there is of it; data from
/// a stranger may say anything.
const SIZE_HINT_BYTES_MAX: usize = 1 << 20;

impl<K: fmt::Debug, V: fmt::Debug, S> fmt::Debug for Map<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Key, V: PartialEq, S: BuildHasher> PartialEq for Map<K, V, S> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key).is_some_and(|v| *value == *v))
    }
}

impl<K: Key + Eq, V: Eq, S: BuildHasher> Eq for Map<K, V, S> {}

impl<K, Q, V, S> Index<&Q> for Map<K, V, S>
where
    K: Key + Borrow<Q>,
    Q: Key + ?Sized,
    S: BuildHasher,
{
    type Output = V;

    /// The value stored under `key`.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[inline]
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no entry found for key")
    }
}

impl<K: Key, V, S: BuildHasher> Extend<(K, V)> for Map<K, V, S> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let entries = entries.into_iter();
        let promised = entries.size_hint().0;
        let new = if self.is_empty() {
            promised
        } else {
            promised.div_ceil(2)
        };
        self.reserve(new);
        entries.for_each(|(key, value)| {
            self.insert(key, value);
        });
    }
}

impl<'a, K: Key + Copy, V: Copy, S: BuildHasher> Extend<(&'a K, &'a V)> for Map<K, V, S> {
    fn extend<I: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, entries: I) {
        self.extend(entries.into_iter().map(|(key, value)| (*key, *value)));
    }
}

impl<K: Key, V, S: BuildHasher + Default> FromIterator<(K, V)> for Map<K, V, S> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

impl<K: Key, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    /// A map of these entries; of equal keys the last one's value counts.
    ///
    /// ```
    /// let map = hmap::Map::from([(1, 'a'), (2, 'b')]);
    /// assert_eq!(map[&2], 'b');
    /// ```
    fn from(entries: [(K, V); N]) -> Self {
        Self::from_iter(entries)
    }
}

impl<K: Key, V, S: BuildHasher> Map<K, V, S> {
    /// The values stored under several keys, to change all of them at once.
    ///
    /// ```
    /// let mut stock = hmap::Map::from([("here", 10), ("there", 0)]);
    /// if let [Some(from), Some(to)] = stock.get_disjoint_mut(["here", "there"]) {
    ///     *from -= 3;
    ///     *to += 3;
    /// }
    /// assert_eq!((stock["here"], stock["there"]), (7, 3));
    /// ```
    ///
    /// # Panics
    ///
    /// When two keys have the same entry.
    ///
    /// **Cost** a lookup for each key, and a comparison of each with each.
    #[doc(alias = "get_many_mut")]
    pub fn get_disjoint_mut<Q, const N: usize>(&mut self, keys: [&Q; N]) -> [Option<&mut V>; N]
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        let cells = keys.map(|key| self.find(key));
        let place = |cell: &CellRef<K, V>| (cell.bucket.as_ptr(), cell.i);
        for (n, cell) in cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let mut before = cells[..n].iter().flatten();
            assert!(
                !before.any(|other| place(other) == place(cell)),
                "duplicate keys found"
            );
        }
        // SAFETY: C1: `find` found them full, and the comparison above found no pair; `self` is
        // borrowed mutably as long as the values.
        cells.map(|cell| cell.map(|cell| unsafe { cell.elem_mut() }))
    }

    /// The values stored under several keys, without looking whether the keys differ.
    ///
    /// # Safety
    ///
    /// 1. No two keys have the same entry.
    pub unsafe fn get_disjoint_unchecked_mut<Q, const N: usize>(
        &mut self,
        keys: [&Q; N],
    ) -> [Option<&mut V>; N]
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        let cells = keys.map(|key| self.find(key));
        // SAFETY: C1: `find` found them full, and duty 1; `self` is borrowed mutably as long as
        // the values.
        cells.map(|cell| cell.map(|cell| unsafe { cell.elem_mut() }))
    }
}

impl<K: Serialize, V: Serialize, S> Serialize for Map<K, V, S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K, V, S> Deserialize<'de> for Map<K, V, S>
where
    K: Deserialize<'de> + Key,
    V: Deserialize<'de>,
    S: BuildHasher + Default,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// Reads a map, entry by entry.
struct Entries<K, V, S>(PhantomData<Map<K, V, S>>);

impl<'de, K, V, S> Visitor<'de> for Entries<K, V, S>
where
    K: Deserialize<'de> + Key,
    V: Deserialize<'de>,
    S: BuildHasher + Default,
{
    type Value = Map<K, V, S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let capacity = bounded_hint::<(K, V)>(entries.size_hint());
        let mut map = Map::with_capacity_and_hasher(capacity, S::default());
        while let Some((key, value)) = entries.next_entry()? {
            map.insert(key, value);
        }
        Ok(map)
    }
}

/// How many `T` to make room for when the data says `hint`.
pub(crate) fn bounded_hint<T>(hint: Option<usize>) -> usize {
    let most = SIZE_HINT_BYTES_MAX.checked_div(size_of::<T>());
    hint.unwrap_or(0).min(most.unwrap_or(0))
}
