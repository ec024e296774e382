//! What a map has to do to take part: one trait, ours and each peer.
//!
//! ```text
//!   ours        hmap::Map     ahash     ┐ the same hasher with the same seeds:
//!   hashbrown   HashMap       ahash     ┘ the contest of the maps alone
//!   HashMap     std's         SipHash     what one gets who writes std::collections::HashMap
//!   BTreeMap    std's         –           a tree with wide nodes
//!   RBTree      tree.rs       –           a red-black tree, a box a node
//! ```
//!
//! All of it is compiled for its type and inlined; the trait costs nothing.

use std::collections::{BTreeMap, HashMap};

use ahash::RandomState;

use super::keys::Key;

/// Ours.
pub(crate) type Ours<K> = ::hmap::Map<K, u64, RandomState>;
/// The table inside std's `HashMap`, with our hasher.
pub(crate) type Hashbrown<K> = hashbrown::HashMap<K, u64, RandomState>;
/// std's map with its own hasher.
pub(crate) type Std<K> = HashMap<K, u64>;

/// A map from `K` to `u64`.
pub(crate) trait Table<K>: 'static {
    /// A map without entries.
    fn make() -> Self;
    /// Entries.
    fn count(&self) -> usize;
    /// `m[key] = value`
    fn put(&mut self, key: K, value: u64);
    /// `m[key]`
    fn find(&self, key: &K) -> Option<u64>;
    /// `delete(m, key)`, and what was there.
    fn take(&mut self, key: &K) -> Option<u64>;
    /// `m[key] += more`, and what is there then.
    fn add(&mut self, key: K, more: u64) -> u64;
    /// `for key, value := range m { sum += key + value }`
    fn sum(&self) -> u64;
}

/// The hasher of all sides that take one; its seeds are fixed, so that runs are alike.
fn hasher() -> RandomState {
    RandomState::with_seeds(2, 3, 5, 7)
}

/// All of these have the methods of std's `HashMap`.
macro_rules! table {
    ($map:ty, $make:expr) => {
        impl<K: Key> Table<K> for $map {
            #[inline]
            fn make() -> Self {
                $make
            }

            #[inline]
            fn count(&self) -> usize {
                self.len()
            }

            #[inline]
            fn put(&mut self, key: K, value: u64) {
                self.insert(key, value);
            }

            #[inline]
            fn find(&self, key: &K) -> Option<u64> {
                self.get(key).copied()
            }

            #[inline]
            fn take(&mut self, key: &K) -> Option<u64> {
                self.remove(key)
            }

            #[inline]
            fn add(&mut self, key: K, more: u64) -> u64 {
                let value = self.entry(key).or_insert(0);
                *value += more;
                *value
            }

            #[inline]
            fn sum(&self) -> u64 {
                let mut sum = 0_u64;
                for (key, value) in self {
                    sum = sum.wrapping_add(key.weight()).wrapping_add(*value);
                }
                sum
            }
        }
    };
}

table!(Ours<K>, Self::with_hasher(hasher()));
table!(Hashbrown<K>, Self::with_hasher(hasher()));
table!(Std<K>, Self::new());
table!(BTreeMap<K, u64>, Self::new());

/// A map of these keys, each with its number as value, put in one by one.
pub(crate) fn filled<K: Key, T: Table<K>>(keys: &[K]) -> T {
    let mut map = T::make();
    for (i, key) in keys.iter().enumerate() {
        map.put(*key, i as u64);
    }
    map
}
