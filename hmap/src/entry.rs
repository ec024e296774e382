//! One place of a map, looked up once and then read, filled or emptied.
//!
//! ```text
//!   map.entry(key) ──┬──▶ Occupied   the cell of the key
//!                    └──▶ Vacant     the key, and its hash; the map has begun to grow if one more
//!                                    entry asks for it, so that filling needs no hasher
//!
//!   *map.entry(key).or_insert(0) += 1        m[key]++, with one hash and one lookup
//! ```
//!
//! N1  While an entry lives nobody else uses the table. The chain of its hash is in the current
//!     array, for `find_or_vacancy` has done the work of a growth. The cell of an `OccupiedEntry`
//!     is full and lies in that chain.
//! N2  The key of a `VacantEntry` is not in the table, and the table need not grow for it.
//!
//! Go: runtime/map.go (1.19): mapassign (it returns the elem's place and the program writes it).
//! Differs: a map may begin to grow for a vacant entry that is not filled after all.

use core::fmt;
use core::hash::BuildHasher;
use core::mem;

use crate::alg::Key;
use crate::bmap::{Bucket, CellRef};
use crate::hmap::Table;
use crate::map::Map;
use crate::mapassign::{Found, Vacancy};

/// A place in a map that is full or not.
pub enum Entry<'a, K: 'a, V: 'a> {
    /// Something is stored under the key.
    Occupied(OccupiedEntry<'a, K, V>),
    /// Nothing is stored under the key.
    Vacant(VacantEntry<'a, K, V>),
}

/// A full place in a map.
pub struct OccupiedEntry<'a, K: 'a, V: 'a> {
    table: &'a mut Table<K, V>,
    hash: u64,
    cell: CellRef<K, V>,
}

/// A place in a map for a key under which nothing is stored.
pub struct VacantEntry<'a, K: 'a, V: 'a> {
    table: &'a mut Table<K, V>,
    vacancy: Vacancy<K, V>,
    key: K,
}

// SAFETY: N1: beside its `&mut` of the table there is only a place in the same table.
unsafe impl<K: Send, V: Send> Send for OccupiedEntry<'_, K, V> {}
// SAFETY: N1: a shared one lets key and value be looked at, and nothing else.
unsafe impl<K: Sync, V: Sync> Sync for OccupiedEntry<'_, K, V> {}

// SAFETY: N1: beside its `&mut` of the table and the key there is only a place in the same table.
unsafe impl<K: Send, V: Send> Send for VacantEntry<'_, K, V> {}
// SAFETY: N1: a shared one lets the key be looked at, and nothing else.
unsafe impl<K: Sync, V: Sync> Sync for VacantEntry<'_, K, V> {}

impl<K: Key, V, S: BuildHasher> Map<K, V, S> {
    /// The place of `key`, full or not.
    ///
    /// A key whose type [needs a key update](Key::NEEDS_KEY_UPDATE) is stored at once if its place
    /// is full, as Go does when it assigns.
    ///
    /// ```
    /// let mut letters = hmap::Map::new();
    /// for letter in "mississippi".chars() {
    ///     *letters.entry(letter).or_insert(0) += 1;
    /// }
    /// assert_eq!((letters[&'s'], letters[&'m']), (4, 1));
    /// ```
    ///
    /// **Go** runtime/map.go: mapassign.
    #[inline]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let hash = self.hash(&key);
        let (table, build) = (&mut self.table, &self.hash_builder);
        match table.find_or_vacancy(hash, build, |other| key.equal(other)) {
            Found::Full(cell) => {
                if K::NEEDS_KEY_UPDATE {
                    // SAFETY: N1: full, and borrowed mutably.
                    drop(mem::replace(unsafe { cell.key_mut() }, key));
                }
                Entry::Occupied(OccupiedEntry { table, hash, cell })
            }
            Found::Vacant(vacancy) => {
                let vacancy = table.make_room(vacancy, build);
                Entry::Vacant(VacantEntry {
                    table,
                    vacancy,
                    key,
                })
            }
        }
    }
}

impl<K, V> Table<K, V> {
    /// The head of the chain of `hash` in the current array, which is there.
    #[inline]
    fn head(&self, hash: u64) -> Bucket<K, V> {
        self.bucket(hash as usize & self.hmap().bucketmask())
    }
}

impl<'a, K, V> Entry<'a, K, V> {
    /// The value, which is `default` if there was none.
    #[inline]
    pub fn or_insert(self, default: V) -> &'a mut V {
        match self {
            Self::Occupied(entry) => entry.into_mut(),
            Self::Vacant(entry) => entry.insert(default),
        }
    }

    /// The value, which is what `default` returns if there was none.
    #[inline]
    pub fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {
        match self {
            Self::Occupied(entry) => entry.into_mut(),
            Self::Vacant(entry) => entry.insert(default()),
        }
    }

    /// The value, which is what `default` returns for the key if there was none.
    #[inline]
    pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {
        match self {
            Self::Occupied(entry) => entry.into_mut(),
            Self::Vacant(entry) => {
                let value = default(entry.key());
                entry.insert(value)
            }
        }
    }

    /// The value, which is its type's default if there was none.
    #[inline]
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    /// The key: the stored one, or the one that was given.
    #[inline]
    pub fn key(&self) -> &K {
        match self {
            Self::Occupied(entry) => entry.key(),
            Self::Vacant(entry) => entry.key(),
        }
    }

    /// Changes the value if there is one.
    #[inline]
    #[must_use]
    pub fn and_modify<F: FnOnce(&mut V)>(mut self, change: F) -> Self {
        if let Self::Occupied(entry) = &mut self {
            change(entry.get_mut());
        }
        self
    }

    /// Stores `value`, whether there was one or not.
    #[inline]
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {
        match self {
            Self::Occupied(mut entry) => {
                entry.insert(value);
                entry
            }
            Self::Vacant(entry) => entry.insert_entry(value),
        }
    }
}

impl<'a, K, V> OccupiedEntry<'a, K, V> {
    /// The stored key.
    #[inline]
    #[must_use]
    pub fn key(&self) -> &K {
        // SAFETY: N1: full, and borrowed as `self` is.
        unsafe { self.cell.key() }
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn get(&self) -> &V {
        // SAFETY: N1: full, and borrowed as `self` is.
        unsafe { self.cell.elem() }
    }

    /// The value, to change.
    #[inline]
    pub fn get_mut(&mut self) -> &mut V {
        // SAFETY: N1: full, and borrowed mutably as `self` is.
        unsafe { self.cell.elem_mut() }
    }

    /// The value, to change for as long as the map is borrowed.
    #[inline]
    #[must_use = "`remove` removes the entry; this looks at it"]
    pub fn into_mut(self) -> &'a mut V {
        // SAFETY: N1: full, and the table's borrow for 'a ends with this reference.
        unsafe { self.cell.elem_mut() }
    }

    /// Stores `value`, and returns what was there before.
    #[inline]
    pub fn insert(&mut self, value: V) -> V {
        mem::replace(self.get_mut(), value)
    }

    /// Removes the entry, and returns its value.
    #[inline]
    pub fn remove(self) -> V {
        self.remove_entry().1
    }

    /// Removes the entry, and returns it.
    ///
    /// **Go** runtime/map.go: mapdelete.
    #[inline]
    pub fn remove_entry(self) -> (K, V) {
        let head = self.table.head(self.hash);
        self.table.remove_cell(head, self.cell)
    }
}

impl<'a, K, V> VacantEntry<'a, K, V> {
    /// The key that was given.
    #[inline]
    pub fn key(&self) -> &K {
        &self.key
    }

    /// Gives the key back.
    #[inline]
    #[must_use = "without its key nothing is inserted"]
    pub fn into_key(self) -> K {
        self.key
    }

    /// Stores `value` under the key.
    #[inline]
    pub fn insert(self, value: V) -> &'a mut V {
        self.insert_entry(value).into_mut()
    }

    /// Stores `value` under the key, and returns the full place.
    #[inline]
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {
        let Self {
            table,
            vacancy,
            key,
        } = self;
        let hash = vacancy.hash;
        let cell = table.fill(vacancy, key, value);
        OccupiedEntry { table, hash, cell }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Entry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("Entry");
        match self {
            Self::Occupied(entry) => tuple.field(entry),
            Self::Vacant(entry) => tuple.field(entry),
        };
        tuple.finish()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for OccupiedEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedEntry")
            .field("key", self.key())
            .field("value", self.get())
            .finish_non_exhaustive()
    }
}

impl<K: fmt::Debug, V> fmt::Debug for VacantEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VacantEntry").field(self.key()).finish()
    }
}
