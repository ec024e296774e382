//! `Set`: a map whose elems have no bytes.
//!
//! ```text
//!   Set<u64>, 80 bytes a bucket
//!   ┌────────────────┬────────────────────────┬──────────┐
//!   │ tophash 8 × 1  │ keys 8 × 8             │ overflow │     no elems: map[uint64]struct{}
//!   └────────────────┴────────────────────────┴──────────┘
//!   0                8                        72
//! ```
//!
//! Go programs write `map[T]struct{}` for it, and this is the same map under the names of std's
//! `HashSet`. Union, intersection and the like are in setops.rs.
//!
//! S1  A cell that `find_or_vacancy` found full is full, and the set is borrowed mutably.
//!
//! Go: nothing; the language has maps only.

use core::borrow::Borrow;
use core::fmt;
use core::hash::BuildHasher;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem;

use ahash::RandomState;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::alg::Key;
use crate::buckets::TryReserveError;
use crate::convenience::bounded_hint;
use crate::drain::{self, Extract};
use crate::iter::{IntoKeys, Keys, exact_and_fused, forward};
use crate::map::Map;
use crate::mapassign::Found;

/// A set with Go's buckets and the API of [`std::collections::HashSet`].
///
/// ```
/// use hmap::Set;
///
/// let spoken = Set::from(["go", "rust", "c"]);
/// let written = Set::from(["go", "rust", "lua"]);
/// assert_eq!(&spoken & &written, Set::from(["rust", "go"]));
/// assert_eq!(spoken.difference(&written).count(), 1);
/// ```
pub struct Set<T, S = RandomState> {
    map: Map<T, (), S>,
}

impl<T> Set<T> {
    /// An empty set, which allocates with its first value.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty set with room for `capacity` values below the load factor.
    ///
    /// # Panics
    ///
    /// When the room for so many is more than an address can reach.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        let map = Map::with_capacity(capacity);
        Self { map }
    }
}

impl<T, S> Set<T, S> {
    /// An empty set whose values are hashed by `hash_builder`.
    #[must_use]
    pub fn with_hasher(hash_builder: S) -> Self {
        let map = Map::with_hasher(hash_builder);
        Self { map }
    }

    /// An empty set with room for `capacity` values, hashed by `hash_builder`.
    ///
    /// # Panics
    ///
    /// When the room for so many is more than an address can reach.
    #[must_use]
    pub fn with_capacity_and_hasher(capacity: usize, hash_builder: S) -> Self {
        let map = Map::with_capacity_and_hasher(capacity, hash_builder);
        Self { map }
    }

    /// The map behind the set, to look into.
    #[must_use]
    pub fn as_map(&self) -> &Map<T, (), S> {
        &self.map
    }

    /// What hashes the values.
    #[must_use]
    pub fn hasher(&self) -> &S {
        self.map.hasher()
    }

    /// Values in the set.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is no value.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// Values that fit before the array grows.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.map.capacity()
    }

    /// Removes all values; the array stays.
    pub fn clear(&mut self) {
        self.map.clear();
    }

    /// The values.
    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        let inner = self.map.keys();
        Iter { inner }
    }

    /// Empties the set and gives its values away.
    pub fn drain(&mut self) -> Drain<'_, T> {
        let inner = self.map.drain();
        Drain { inner }
    }

    /// Removes the values for which `take` holds, one with each step of the iterator.
    ///
    /// If the iterator is dropped or `take` panics, values not met yet stay.
    pub fn extract_if<F>(&mut self, take: F) -> ExtractIf<'_, T, F>
    where
        F: FnMut(&T) -> bool,
    {
        ExtractIf {
            extract: Extract::new(&mut self.map.table),
            take,
        }
    }

    /// Removes and drops the values for which `stays` does not hold.
    pub fn retain<F>(&mut self, mut stays: F)
    where
        F: FnMut(&T) -> bool,
    {
        self.map.retain(|value, ()| stays(value));
    }
}

impl<T: Key, S: BuildHasher> Set<T, S> {
    /// Makes room for `additional` more values below the load factor, at once.
    ///
    /// # Panics
    ///
    /// When the room is more than an address can reach.
    pub fn reserve(&mut self, additional: usize) {
        self.map.reserve(additional);
    }

    /// Makes room for `additional` more values, if there is memory for it.
    ///
    /// # Errors
    ///
    /// When there is not; the set is as it was.
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.map.try_reserve(additional)
    }

    /// Copies into an array as small as the values allow.
    pub fn shrink_to_fit(&mut self) {
        self.map.shrink_to_fit();
    }

    /// Copies into a smaller array, with room for at least `min_capacity` values.
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.map.shrink_to(min_capacity);
    }

    /// Whether the set holds `value`.
    #[inline]
    pub fn contains<Q>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
        Q: Key + ?Sized,
    {
        self.map.contains_key(value)
    }

    /// The stored value that equals `value`.
    #[inline]
    pub fn get<Q>(&self, value: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
        Q: Key + ?Sized,
    {
        self.map.get_key_value(value).map(|(value, ())| value)
    }

    /// Stores `value`, and returns whether it was new.
    ///
    /// A value that was there stays as it was, unless its type
    /// [needs a key update](Key::NEEDS_KEY_UPDATE).
    #[inline]
    pub fn insert(&mut self, value: T) -> bool {
        self.map.insert(value, ()).is_none()
    }

    /// Stores `value` in place of one that equals it, and returns that one.
    pub fn replace(&mut self, value: T) -> Option<T> {
        let hash = self.map.hash(&value);
        let (table, build) = (&mut self.map.table, &self.map.hash_builder);
        match table.find_or_vacancy(hash, build, |other| value.equal(other)) {
            // SAFETY: S1.
            Found::Full(cell) => Some(mem::replace(unsafe { cell.key_mut() }, value)),
            Found::Vacant(vacancy) => {
                let vacancy = table.make_room(vacancy, build);
                table.fill(vacancy, value, ());
                None
            }
        }
    }

    /// Removes the value that equals `value`, and returns whether there was one.
    #[inline]
    pub fn remove<Q>(&mut self, value: &Q) -> bool
    where
        T: Borrow<Q>,
        Q: Key + ?Sized,
    {
        self.map.remove(value).is_some()
    }

    /// Removes the value that equals `value`, and returns it.
    #[inline]
    pub fn take<Q>(&mut self, value: &Q) -> Option<T>
    where
        T: Borrow<Q>,
        Q: Key + ?Sized,
    {
        self.map.remove_entry(value).map(|(value, ())| value)
    }
}

impl<T, S: Default> Default for Set<T, S> {
    fn default() -> Self {
        let map = Map::default();
        Self { map }
    }
}

impl<T: Clone, S: Clone> Clone for Set<T, S> {
    fn clone(&self) -> Self {
        let map = self.map.clone();
        Self { map }
    }
}

impl<T: fmt::Debug, S> fmt::Debug for Set<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}

impl<T: Key, S: BuildHasher> PartialEq for Set<T, S> {
    fn eq(&self, other: &Self) -> bool {
        self.map == other.map
    }
}

impl<T: Key + Eq, S: BuildHasher> Eq for Set<T, S> {}

impl<T: Key, S: BuildHasher> Extend<T> for Set<T, S> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.map.extend(values.into_iter().map(|value| (value, ())));
    }
}

impl<'a, T: Key + Copy, S: BuildHasher> Extend<&'a T> for Set<T, S> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, values: I) {
        self.extend(values.into_iter().copied());
    }
}

impl<T: Key, S: BuildHasher + Default> FromIterator<T> for Set<T, S> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut set = Self::default();
        set.extend(values);
        set
    }
}

impl<T: Key, const N: usize> From<[T; N]> for Set<T> {
    /// A set of these values.
    fn from(values: [T; N]) -> Self {
        Self::from_iter(values)
    }
}

impl<'a, T, S> IntoIterator for &'a Set<T, S> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T, S> IntoIterator for Set<T, S> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        let inner = self.map.into_keys();
        IntoIter { inner }
    }
}

/// An iterator over a set's values: `&T`.
pub struct Iter<'a, T> {
    inner: Keys<'a, T, ()>,
}

/// An iterator that owns a set and gives its values away: `T`.
pub struct IntoIter<T> {
    inner: IntoKeys<T, ()>,
}

/// An iterator that gives away all values of a set and leaves it empty: `T`.
pub struct Drain<'a, T> {
    inner: drain::Drain<'a, T, ()>,
}

forward!(Iter<'a, T>, inner, &'a T, |value| value, 'a, T);
forward!(IntoIter<T>, inner, T, |value| value, T);
forward!(Drain<'_, T>, inner, T, |(value, ())| value, T);

/// An iterator that removes those values of a set for which a predicate holds: `T`.
#[must_use = "nothing is removed but by iterating; `retain` drops what does not stay"]
pub struct ExtractIf<'a, T, F> {
    extract: Extract<'a, T, ()>,
    take: F,
}

impl<T, F: FnMut(&T) -> bool> Iterator for ExtractIf<'_, T, F> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let removed = self.extract.next(|value, ()| (self.take)(value))?;
        Some(removed.0)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.extract.left()))
    }
}

impl<T, F: FnMut(&T) -> bool> FusedIterator for ExtractIf<'_, T, F> {}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        let inner = self.inner.clone();
        Self { inner }
    }
}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        let inner = Keys::default();
        Self { inner }
    }
}

impl<T> Default for IntoIter<T> {
    fn default() -> Self {
        let inner = IntoKeys::default();
        Self { inner }
    }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for Drain<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.inner.rest().map(|(value, ())| value);
        f.debug_list().entries(values).finish()
    }
}

impl<T, F> fmt::Debug for ExtractIf<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}

impl<T: Serialize, S> Serialize for Set<T, S> {
    fn serialize<U: Serializer>(&self, serializer: U) -> Result<U::Ok, U::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, T, S> Deserialize<'de> for Set<T, S>
where
    T: Deserialize<'de> + Key,
    S: BuildHasher + Default,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Values(PhantomData))
    }
}

/// Reads a set, value by value.
struct Values<T, S>(PhantomData<Set<T, S>>);

impl<'de, T, S> Visitor<'de> for Values<T, S>
where
    T: Deserialize<'de> + Key,
    S: BuildHasher + Default,
{
    type Value = Set<T, S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a set: a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self::Value, A::Error> {
        let capacity = bounded_hint::<T>(values.size_hint());
        let mut set = Set::with_capacity_and_hasher(capacity, S::default());
        while let Some(value) = values.next_element()? {
            set.insert(value);
        }
        Ok(set)
    }
}
