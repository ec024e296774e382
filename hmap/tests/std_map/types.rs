//! Keys and values of unusual types, and what the compiler is told about a map.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher};
use std::rc::Rc;

use hmap::{Map, Set};

/// A hasher that has one answer: every entry is in one chain.
#[derive(Clone, Default)]
pub(crate) struct OneHash;

impl BuildHasher for OneHash {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self
    }
}

impl Hasher for OneHash {
    fn write(&mut self, _: &[u8]) {}

    fn finish(&self) -> u64 {
        0x5000_0000_0000_0005
    }
}

#[test]
fn one_chain_for_all_keys_still_works() {
    let mut m: Map<u64, u64, OneHash> = Map::default();
    for i in 0..200 {
        assert_eq!(m.insert(i, i), None);
        m.check();
    }
    assert!((0..200).all(|i| m.get(&i) == Some(&i)));
    assert_eq!(m.get(&200), None);
    for i in (0..200).step_by(2) {
        assert_eq!(m.remove(&i), Some(i));
        m.check();
    }
    assert!(
        m.keys()
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .eq((1..200).step_by(2))
    );
}

#[test]
fn keys_and_values_of_no_bytes() {
    let mut both = Map::new();
    assert_eq!(both.insert((), ()), None);
    assert_eq!(both.insert((), ()), Some(()));
    assert_eq!((both.len(), both.iter().count()), (1, 1));
    assert_eq!(both.remove(&()), Some(()));
    assert!(both.is_empty());

    let mut values: Map<u64, ()> = (0..1000).map(|i| (i, ())).collect();
    assert_eq!((values.len(), values.values().count()), (1000, 1000));
    assert!((0..1000).all(|i| values.remove(&i) == Some(())));
    values.check();

    let mut keys: Map<[u8; 0], String> = Map::new();
    keys.insert([], "a".to_string());
    keys.entry([]).or_default().push('b');
    assert_eq!(keys.get(&[]).map(String::as_str), Some("ab"));
    keys.check();
}

/// Checks that the references a map hands out are aligned, inline or not.
fn check_aligned<T: Copy + Eq + std::hash::Hash + std::fmt::Debug>(
    value: impl Fn(u64) -> T,
    n: u64,
) {
    let aligned = |at: &T| std::ptr::from_ref(at).is_aligned();
    let mut m: Map<T, T> = (0..n).map(|i| (value(i), value(i))).collect();
    assert!(m.iter().all(|(k, v)| aligned(k) && aligned(v) && k == v));
    assert!(m.iter_mut().all(|(k, v)| aligned(k) && aligned(v)));
    for i in 0..n {
        let (k, v) = m.get_key_value(&value(i)).expect("it is there");
        assert!(aligned(k) && aligned(v) && *k == value(i));
    }
    let mut it = m.hiter();
    while let Some((k, v)) = it.next(&m) {
        assert!(aligned(k) && aligned(v));
    }
    let mut small: Map<u8, T> = (0..n.min(200)).map(|i| (i as u8, value(i))).collect();
    assert!(small.values().all(aligned));
    *small.entry(0).or_insert(value(0)) = value(1);
    assert_eq!(small.remove(&0), Some(value(1)));
    m.check();
    small.check();
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(align(16))]
struct Align16(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(align(64))]
struct Align64(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(align(256))]
struct Align256(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(align(16))]
struct Empty16;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(align(8192))]
struct Empty8192;

#[test]
fn keys_and_values_lie_where_their_alignment_wants_them() {
    check_aligned(|i| i, 3000);
    check_aligned(u128::from, 3000);
    check_aligned(Align16, 3000);
    check_aligned(Align64, 3000);
    check_aligned(Align256, 300);
    check_aligned(|_| Empty16, 1);
    check_aligned(|_| Empty8192, 1);
    let odd: Map<[u8; 3], Align16> = (0..200).map(|i| ([i, 0, 1], Align16(i.into()))).collect();
    assert!(odd.values().all(|v| std::ptr::from_ref(v).is_aligned()));
    assert!((0..200).all(|i| odd.get(&[i, 0, 1]) == Some(&Align16(i.into()))));
}

#[test]
fn a_map_may_go_to_another_thread_if_its_parts_may() {
    fn send<T: Send>() {}
    fn sync<T: Sync>() {}
    send::<Map<String, Vec<u8>>>();
    sync::<Map<String, Vec<u8>>>();
    send::<Set<String>>();
    sync::<Set<String>>();
    send::<Map<u64, Cell<u64>>>();
    send::<hmap::hash_map::Iter<'_, String, u8>>();
    sync::<hmap::hash_map::Iter<'_, String, u8>>();
    send::<hmap::hash_map::IterMut<'_, String, u8>>();
    send::<hmap::hash_map::IntoIter<String, u8>>();
    send::<hmap::hash_map::Drain<'_, String, u8>>();
    let m = std::thread::spawn(|| Map::from([(1, "one".to_string())]));
    assert_eq!(m.join().expect("no panic")[&1], "one");
}

/// Compiles only if a map of longer-lived references is one of shorter-lived ones.
#[test]
fn maps_and_their_iterators_are_covariant() {
    fn map<'a>(m: Map<&'static str, &'static str>) -> Map<&'a str, &'a str> {
        m
    }
    fn set<'a>(s: Set<&'static str>) -> Set<&'a str> {
        s
    }
    fn iter<'a, 'b>(
        it: hmap::hash_map::Iter<'a, &'static str, &'static str>,
    ) -> hmap::hash_map::Iter<'a, &'b str, &'b str> {
        it
    }
    fn keys<'a, 'b>(
        it: hmap::hash_map::Keys<'a, &'static str, &'static str>,
    ) -> hmap::hash_map::Keys<'a, &'b str, &'b str> {
        it
    }
    fn into_iter<'a>(
        it: hmap::hash_map::IntoIter<&'static str, &'static str>,
    ) -> hmap::hash_map::IntoIter<&'a str, &'a str> {
        it
    }
    fn drain<'a, 'b>(
        it: hmap::hash_map::Drain<'a, &'static str, &'static str>,
    ) -> hmap::hash_map::Drain<'a, &'b str, &'b str> {
        it
    }
    let mut m = map(Map::from([("a", "b")]));
    assert_eq!(iter(m.iter()).count() + keys(m.keys()).count(), 2);
    assert_eq!(
        set(Set::from(["a"])).len() + into_iter(m.clone().into_iter()).count(),
        2
    );
    assert_eq!(drain(m.drain()).count(), 1);
}

#[test]
fn a_map_may_hold_references_to_what_is_declared_with_it() {
    let (mut m, mut s, x, y);
    (x, y) = ("key".to_string(), 5);
    m = Map::new();
    s = Set::new();
    m.insert(x.as_str(), &y);
    s.insert(&y);
    assert_eq!((m.len(), s.len()), (1, 1));
}

#[test]
fn an_iterator_by_value_may_hold_references_too() {
    let (it, x);
    x = 5;
    it = Map::from([(1, &x), (2, &x)]).into_iter();
    assert_eq!(it.len(), 2);
}

#[test]
fn values_may_be_what_is_neither_cloned_nor_sent() {
    struct Opaque(Rc<Cell<u64>>);
    let counter = Rc::new(Cell::new(0));
    let mut m: Map<u64, Opaque> = Map::new();
    for i in 0..100 {
        m.insert(i, Opaque(counter.clone()));
    }
    m.values().for_each(|v| v.0.set(v.0.get() + 1));
    assert_eq!(counter.get(), 100);
    assert_eq!(Rc::strong_count(&counter), 101);
    drop(m);
    assert_eq!(Rc::strong_count(&counter), 1);
}
