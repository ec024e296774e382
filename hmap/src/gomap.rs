//! `GoMap`: a Go map variable, one word that several variables can share.
//!
//! ```text
//!   a := make(map[string]int)      a ──┐
//!   b := a                         b ──┴──▶ hmap ──▶ buckets
//!   var c map[string]int           c = nil        reads as empty; a write panics
//!
//!   m[k]                at(&k)                 the zero value where there is none
//!   v, ok := m[k]       let (v, ok) = at_ok(&k)
//!   m[k] = v            set(k, v)
//!   m[k] += v           update(k, |x| *x += v)
//!   delete(m, k)        delete(&k)
//!   for k, v := range m for (k, v) in m.range()     the body may change the map
//! ```
//!
//! Assigning a map copies the word and nothing else, so what is done through one variable is seen
//! through the other. A word is written at once or not at all: a map variable, unlike a slice or an
//! interface, cannot tear.
//!
//! V1  A `GoMap` is one word; null is nil.
//! V2  Nobody is given the map itself, or a `&mut` of it: with that it could be taken out, and G3
//!     of mapiter.rs would not hold.
//!
//! Go: the language's map type; runtime/map.go (1.19): makemap, mapaccess1, mapaccess2, mapassign,
//! mapdelete, mapclear; fmt: maps are printed with their keys in order.
//! Differs: the variable counts its references instead of being collected, and stays on its
//! thread. It is borrowed (`RefCell`) while a key is hashed, compared, cloned or dropped, and while
//! a closure of `with` or `update` runs: a write through another variable panics then, and in
//! `update` a read too, so `m[k] += m[j]` is `let x = m.at(&j); m.update(k, |v| *v += x)`.

use core::borrow::Borrow;
use core::fmt;
use core::hash::BuildHasher;
use core::iter::FusedIterator;
use std::cell::RefCell;
use std::rc::Rc;

use ahash::RandomState;

use crate::alg::Key;
use crate::bmap::Bmap;
use crate::fastrand;
use crate::map::Map;
use crate::mapiter::Hiter;

/// Bytes above which `makemap` does not believe a hint: what an address of amd64 can reach.
const MAX_ALLOC: u64 = 1 << 48;
/// Up to this hint the first bucket is made with the first entry.
const HINT_SMALL: usize = 8;

/// A Go map variable.
///
/// ```
/// use hmap::GoMap;
///
/// let a = GoMap::<&str, i64>::make(0);
/// let b = a.clone(); // b := a
/// b.set("go", 2009);
/// b.update("rust", |year| *year += 2015);
/// assert_eq!(a.at("go"), 2009);
/// assert_eq!(a.at_ok("c"), (0, false));
/// assert_eq!(a.to_string(), "map[go:2009 rust:2015]");
/// ```
///
/// # Panics
///
/// Inside a closure of [`with`](Self::with) or [`update`](Self::update), and while a key is hashed,
/// compared, cloned or dropped, the map is borrowed: a write through any variable panics with
/// `RefCell already borrowed`, and in `update` a read does too. `m[k] += m[j]` is written
/// `let x = m.at(&j); m.update(k, |v| *v += x)`.
pub struct GoMap<K, V, S = RandomState>(Option<Rc<RefCell<Map<K, V, S>>>>);

// V1
const _: () = assert!(size_of::<GoMap<u64, [u64; 4]>>() == size_of::<usize>());

impl<K, V, S> GoMap<K, V, S> {
    /// `var m map[K]V`: no map at all.
    #[must_use]
    pub const fn nil() -> Self {
        Self(None)
    }

    /// `m == nil`.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.0.is_none()
    }

    /// `make(map[K]V, hint)`.
    ///
    /// A hint that is negative, or means more bytes than an address can reach, counts as 0.
    ///
    /// **Go** runtime/map.go: makemap.
    #[doc(alias = "makemap")]
    #[must_use]
    pub fn make(hint: i64) -> Self
    where
        S: Default,
    {
        let hint = believed(hint, Bmap::<K, V>::LAYOUT.size);
        let map = if hint <= HINT_SMALL {
            Map::with_hasher(S::default())
        } else {
            Map::with_capacity_and_hasher(hint, S::default())
        };
        Self::from(map)
    }

    /// `len(m)`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.header(Map::len).unwrap_or(0)
    }

    /// `len(m) == 0`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both variables hold the same map, or both are nil; Go has no operator for this.
    #[must_use]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(ours), Some(theirs)) => Rc::ptr_eq(ours, theirs),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// `for k := range m { delete(m, k) }`, which the compiler turns into this.
    ///
    /// **Go** runtime/map.go: mapclear.
    #[doc(alias = "mapclear")]
    pub fn clear(&self) {
        if let Some(map) = self.map() {
            if map.borrow().is_empty() {
                return;
            }
            // The entries are dropped when nobody borrows the map, for they may look at it.
            let mut old = map.borrow_mut().table.take_entries();
            old.drop_entries();
            map.borrow_mut().table.reuse_array(&mut old);
        }
    }

    /// Lets `f` look at the map behind the variable; nil reads as an empty map.
    pub fn with<R>(&self, f: impl FnOnce(&Map<K, V, S>) -> R) -> R
    where
        S: Default,
    {
        match self.map() {
            Some(map) => f(&map.borrow()),
            None => {
                // An empty map draws a seed; nil does not, so the draw is taken back.
                let state = fastrand::state();
                let empty = Map::with_hasher(S::default());
                fastrand::seed(state);
                f(&empty)
            }
        }
    }

    /// Lets `f` look at the map if there is one; asks nothing of the types.
    pub(crate) fn header<R>(&self, f: impl FnOnce(&Map<K, V, S>) -> R) -> Option<R> {
        self.map().map(|map| f(&map.borrow()))
    }

    /// The map, if there is one.
    fn map(&self) -> Option<&RefCell<Map<K, V, S>>> {
        self.0.as_deref()
    }

    /// The map, to be written to.
    #[track_caller]
    fn not_nil(&self) -> &RefCell<Map<K, V, S>> {
        match self.map() {
            Some(map) => map,
            None => panic!("assignment to entry in nil map"),
        }
    }
}

/// The hint as `makemap` believes it, for buckets of `bucket_bytes`.
///
/// The product with the size of a whole bucket is eight times what the entries take; Go asks so.
fn believed(hint: i64, bucket_bytes: usize) -> usize {
    let Ok(hint) = u64::try_from(hint) else {
        return 0;
    };
    match hint.checked_mul(bucket_bytes as u64) {
        Some(bytes) if bytes <= MAX_ALLOC => hint as usize,
        Some(_) | None => 0,
    }
}

impl<K: Key, V, S: BuildHasher + Default> GoMap<K, V, S> {
    /// `m[k]`: the value, or the zero value where there is none.
    ///
    /// **Go** runtime/map.go: mapaccess1.
    #[doc(alias = "mapaccess1")]
    #[must_use]
    pub fn at<Q>(&self, key: &Q) -> V
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
        V: Clone + Default,
    {
        self.at_ok(key).0
    }

    /// `v, ok := m[k]`: the value, and whether there is one.
    ///
    /// **Go** runtime/map.go: mapaccess2.
    #[doc(alias = "mapaccess2")]
    #[must_use]
    pub fn at_ok<Q>(&self, key: &Q) -> (V, bool)
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
        V: Clone + Default,
    {
        let Some(map) = self.map() else {
            hash_for_its_panic::<Q, S>(key);
            return (V::default(), false);
        };
        match map.borrow().get(key) {
            Some(value) => (value.clone(), true),
            None => (V::default(), false),
        }
    }

    /// `m[k] = v`.
    ///
    /// # Panics
    ///
    /// `assignment to entry in nil map`, when the variable is nil.
    ///
    /// **Go** runtime/map.go: mapassign.
    #[doc(alias = "mapassign")]
    #[track_caller]
    pub fn set(&self, key: K, value: V) {
        let old = self.not_nil().borrow_mut().insert(key, value);
        // The old value goes after the borrow has ended, so its destructor may use the map.
        drop(old);
    }

    /// `m[k] op= v`: changes the value in its cell, which is made with the zero value if need be.
    ///
    /// ```
    /// let m = hmap::GoMap::<&str, i64>::make(0);
    /// for word in "to be or not to be".split(' ') {
    ///     m.update(word, |n| *n += 1); // m[word]++
    /// }
    /// assert_eq!(m.to_string(), "map[be:2 not:1 or:1 to:2]");
    /// ```
    ///
    /// # Panics
    ///
    /// `assignment to entry in nil map`, when the variable is nil.
    ///
    /// **Cost** one lookup.
    #[track_caller]
    pub fn update(&self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        change(self.not_nil().borrow_mut().entry(key).or_default());
    }

    /// `delete(m, k)`.
    ///
    /// **Go** runtime/map.go: mapdelete.
    #[doc(alias = "mapdelete")]
    pub fn delete<Q>(&self, key: &Q)
    where
        K: Borrow<Q>,
        Q: Key + ?Sized,
    {
        let Some(map) = self.map() else {
            hash_for_its_panic::<Q, S>(key);
            return;
        };
        let old = map.borrow_mut().remove_entry(key);
        drop(old);
    }

    /// `for k, v := range m`: copies of the entries, in Go's order.
    ///
    /// The body of the loop may change the map, through this variable or another: what is deleted
    /// before its turn is not met, what is inserted may be.
    ///
    /// ```
    /// let m = hmap::GoMap::from([(1, 1), (2, 2), (3, 3)]);
    /// let mut met = 0;
    /// for (k, _) in m.range() {
    ///     for other in 1..=3 {
    ///         if other != k {
    ///             m.delete(&other);
    ///         }
    ///     }
    ///     met += 1;
    /// }
    /// assert_eq!(met, 1);
    /// ```
    ///
    /// **Go** runtime/map.go: mapiterinit, mapiternext.
    #[must_use]
    pub fn range(&self) -> Range<K, V, S>
    where
        K: Clone,
        V: Clone,
    {
        Range {
            map: self.clone(),
            it: None,
        }
    }
}

/// Hashes a key that is looked for where nothing is: a key that has no hash is told of even there.
///
/// See golang/go#23734.
fn hash_for_its_panic<Q: Key + ?Sized, S: BuildHasher + Default>(key: &Q) {
    if Q::HASH_MIGHT_PANIC {
        let _hash = key.hash(&S::default(), 0);
    }
}

/// A `range` loop under way, from [`GoMap::range`].
pub struct Range<K, V, S = RandomState> {
    map: GoMap<K, V, S>,
    /// `None` before the first step.
    it: Option<Hiter>,
}

impl<K: Key + Clone, V: Clone, S: BuildHasher> Iterator for Range<K, V, S> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        let map = self.map.map()?;
        let it = match &mut self.it {
            Some(it) => it,
            none => none.insert(map.borrow_mut().range_in_go_map()),
        };
        let map = map.borrow();
        it.next(&map)
            .map(|(key, value)| (key.clone(), value.clone()))
    }
}

impl<K: Key + Clone, V: Clone, S: BuildHasher> FusedIterator for Range<K, V, S> {}

impl<K, V, S> fmt::Debug for Range<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Range").field(&self.it).finish()
    }
}

/// `b := a`: both hold the same map.
impl<K, V, S> Clone for GoMap<K, V, S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// nil, as of every Go variable of a map type.
impl<K, V, S> Default for GoMap<K, V, S> {
    fn default() -> Self {
        Self::nil()
    }
}

impl<K, V, S> From<Map<K, V, S>> for GoMap<K, V, S> {
    fn from(map: Map<K, V, S>) -> Self {
        Self(Some(Rc::new(RefCell::new(map))))
    }
}

/// `map[K]V{k: v, …}`.
impl<K: Key, V, const N: usize> From<[(K, V); N]> for GoMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        // As the compiler does: room for as many as the literal has.
        let map = Self::make(N as i64);
        for (key, value) in entries {
            map.set(key, value);
        }
        map
    }
}

impl<K: Key, V, S: BuildHasher + Default> FromIterator<(K, V)> for GoMap<K, V, S> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let map = Self::make(0);
        for (key, value) in entries {
            map.set(key, value);
        }
        map
    }
}

/// As `fmt.Print` does: `map[a:1 b:2]`, by ascending keys.
impl<K: Ord + fmt::Display, V: fmt::Display, S: Default> fmt::Display for GoMap<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|map| {
            let mut entries: Vec<_> = entries(map).collect();
            entries.sort_by_key(|(key, _)| *key);
            f.write_str("map[")?;
            for (i, (key, value)) in entries.into_iter().enumerate() {
                let gap = if i == 0 { "" } else { " " };
                write!(f, "{gap}{key}:{value}")?;
            }
            f.write_str("]")
        })
    }
}

/// `map["a":1 "b":2]` in the order of the cells, since not all keys have an order; `nil`.
impl<K: fmt::Debug, V: fmt::Debug, S> fmt::Debug for GoMap<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(map) = self.map() else {
            return f.write_str("nil");
        };
        f.write_str("map[")?;
        for (i, (key, value)) in entries(&map.borrow()).enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{key:?}:{value:?}")?;
        }
        f.write_str("]")
    }
}

/// All entries in the order of the cells, those not evacuated yet last.
fn entries<K, V, S>(map: &Map<K, V, S>) -> impl Iterator<Item = (&K, &V)> {
    let old = map.old_chains().map(|(_, chain)| chain);
    map.chains().chain(old).flat_map(|chain| chain.entries())
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    /// A key that has no hash, as an interface with a slice inside.
    struct Unhashable;

    impl Key for Unhashable {
        const HASH_MIGHT_PANIC: bool = true;

        fn equal(&self, _: &Self) -> bool {
            false
        }

        fn hash<S: BuildHasher>(&self, _: &S, _: u32) -> u64 {
            panic!("runtime error: hash of unhashable type []int")
        }
    }

    #[track_caller]
    fn assert_panics(text: &str, f: impl FnOnce()) {
        let caught = catch_unwind(AssertUnwindSafe(f)).expect_err(text);
        let said = caught.downcast_ref::<&str>().expect("a text");
        assert_eq!(*said, text);
    }

    #[test]
    fn nil_reads_as_empty_and_a_write_panics() {
        let m = GoMap::<&str, i64>::nil();
        assert_eq!((m.len(), m.at("a"), m.at_ok("a")), (0, 0, (0, false)));
        m.delete("a");
        m.clear();
        assert_eq!((m.range().count(), m.to_string().as_str()), (0, "map[]"));
        let panics = |f: &dyn Fn()| assert_panics("assignment to entry in nil map", f);
        panics(&|| m.set("a", 1));
        panics(&|| m.update("a", |n| *n += 1));
        assert!(m.is_nil() && m.ptr_eq(&GoMap::default()));
    }

    #[test]
    fn a_key_without_hash_is_told_of_in_nil_and_empty_maps() {
        for m in [GoMap::<Unhashable, i64>::nil(), GoMap::make(0)] {
            let panics = |f: &dyn Fn()| {
                assert_panics("runtime error: hash of unhashable type []int", f);
            };
            panics(&|| assert_eq!(m.at(&Unhashable), 0));
            panics(&|| m.delete(&Unhashable));
        }
    }

    #[test]
    fn assigning_a_map_shares_it() {
        let a = GoMap::<String, i64>::make(0);
        let b = a.clone();
        b.set("x".to_string(), 1);
        a.update("x".to_string(), |n| *n += 1);
        a.update("y".to_string(), |n| *n -= 1);
        assert_eq!((b.at("x"), b.at_ok("y")), (2, (-1, true)));
        assert!(a.ptr_eq(&b) && !a.ptr_eq(&GoMap::make(0)) && !a.ptr_eq(&GoMap::nil()));
    }

    #[test]
    fn printing_puts_the_keys_in_order() {
        let m = GoMap::<i64, i64>::from([(10, 1), (9, 2), (-3, 3)]);
        assert_eq!(m.to_string(), "map[-3:3 9:2 10:1]");
        let m = GoMap::<&str, i64>::from([("b", 2), ("a", 1)]);
        assert_eq!(m.to_string(), "map[a:1 b:2]");
        let m = GoMap::<&str, i64>::from([("b", 2)]);
        assert_eq!(
            format!("{m:?} {:?}", GoMap::<u8, u8>::nil()),
            "map[\"b\":2] nil"
        );
    }

    #[test]
    fn a_hint_that_is_negative_or_absurd_counts_as_0() {
        // 144 bytes a bucket: 2^48 / 144 is the largest hint that makemap believes.
        let most = (1_i64 << 48) / 144;
        for (hint, is_believed) in [(-5, false), (100, true), (most, true), (most + 1, false)] {
            assert_eq!(believed(hint, 144) != 0, is_believed, "{hint}");
        }
        assert_eq!((believed(1 << 60, 144), believed(i64::MAX, 144)), (0, 0));
        let b = |hint| GoMap::<i64, i64>::make(hint).with(|map| map.hmap().b());
        assert_eq!(
            [b(-5), b(1 << 60), b(8), b(9), b(13), b(14)],
            [0, 0, 0, 1, 1, 2]
        );
    }

    #[test]
    fn the_body_of_a_loop_may_clear_the_map_and_the_loop_ends() {
        let m: GoMap<i64, i64> = (0..100).map(|i| (i, i)).collect();
        let alias = m.clone();
        let met = m.range().inspect(|_| alias.clear()).count();
        assert_eq!((met, m.len()), (1, 0));
    }

    #[test]
    fn the_body_of_a_loop_may_insert_and_each_old_entry_is_met_once() {
        let m: GoMap<i64, i64> = (0..50).map(|i| (i, i)).collect();
        let mut met = Vec::new();
        for (k, v) in m.range() {
            assert_eq!(k, v);
            met.push(k);
            if met.len() <= 500 {
                m.set(1_000 + met.len() as i64, 1_000 + met.len() as i64);
            }
        }
        let mut old: Vec<_> = met.iter().copied().filter(|&k| k < 50).collect();
        old.sort_unstable();
        assert!(old.iter().copied().eq(0..50), "{met:?}");
    }

    #[test]
    fn a_destructor_may_use_the_map_that_it_was_in() {
        #[derive(Clone, Default)]
        struct Sets(Option<GoMap<i64, Sets>>);
        impl Drop for Sets {
            fn drop(&mut self) {
                if let Some(m) = self.0.take() {
                    m.set(99, Self(None));
                }
            }
        }
        let m = GoMap::<i64, Sets>::make(0);
        m.set(1, Sets(Some(m.clone())));
        m.set(1, Sets(None));
        assert_eq!(m.len(), 2);
        m.set(1, Sets(Some(m.clone())));
        m.delete(&99);
        m.delete(&1);
        assert_eq!(m.len(), 1);
    }
}
