//! src/reflect/all_test.go: an iterator as a thing of its own.
//!
//! Go's `MapIter` is an `Hiter`, which borrows its map in each step only. Differs: Go keeps the
//! pair that `Next` found for `Key` and `Value`; here `next` hands it out, so that there is no
//! state in which they could be asked for too early or too late.

use hmap::{GoMap, Hiter, Map};

use crate::caught::panic_text;

/// All that an iterator yields, in order of the texts.
fn to_text<K: hmap::Key + Copy + ToString, V: ToString>(it: &mut Hiter, m: &Map<K, V>) -> String {
    let mut pairs = Vec::new();
    while let Some((key, value)) = it.next(m) {
        pairs.push(format!("{}: {}", key.to_string(), value.to_string()));
    }
    pairs.sort();
    format!("[{}]", pairs.join(", "))
}

fn one_two_three() -> Map<&'static str, i64> {
    Map::from([("one", 1), ("two", 2), ("three", 3)])
}

/// reflect/all_test.go: TestMapIterNonEmptyMap. An iterator yields all pairs.
#[test]
fn test_map_iter_non_empty_map() {
    let mut m = one_two_three();
    let mut it = m.hiter();
    assert_eq!(to_text(&mut it, &m), "[one: 1, three: 3, two: 2]");
}

/// reflect/all_test.go: TestMapIterNilMap. Over a nil map it yields nothing.
#[test]
fn test_map_iter_nil_map() {
    let m: GoMap<String, i64> = GoMap::nil();
    assert_eq!(m.range().next(), None);
}

/// reflect/all_test.go: TestMapIterReset. An iterator variable can be aimed at another map, at an
/// empty one, and at the same one again and again; with a map that it was not aimed at it panics.
#[test]
fn test_map_iter_reset() {
    let (mut m, mut empty) = (one_two_three(), Map::new());
    let mut it = m.hiter();
    assert_eq!(to_text(&mut it, &m), "[one: 1, three: 3, two: 2]");
    it = empty.hiter();
    assert_eq!(to_text(&mut it, &empty), "[]");
    empty.insert("four", 4);
    it = empty.hiter();
    assert_ne!(panic_text(|| it.next(&m).is_some()), "no panic");

    let mut doubles: Map<u64, u64> = Map::from([(1, 2), (2, 4), (4, 8)]);
    for _ in 0..5 {
        let (mut keys, mut values) = (0, 0);
        let mut it = doubles.hiter();
        while let Some((key, value)) = it.next(&doubles) {
            keys ^= key;
            values ^= value;
        }
        assert_eq!((keys, values), (0b111, 0b1110));
    }
}

/// reflect/all_test.go: TestMapIterSafety. An iterator that has come to its end stays there, over a
/// nil map, an empty one and a filled one.
#[test]
fn test_map_iter_safety() {
    let m: GoMap<String, i64> = GoMap::nil();
    let mut range = m.range();
    assert_eq!(range.next(), None);
    assert_eq!(range.next(), None);

    for mut m in [Map::new(), one_two_three()] {
        let mut it = m.hiter();
        while it.next(&m).is_some() {}
        assert_eq!(it.next(&m), None);
        m.insert("late", 4);
        assert_eq!(it.next(&m), None);
    }
}

/// reflect/all_test.go: TestMapIterNext. What is inserted between making the iterator and its first
/// step is seen, though the map was empty when it was made.
#[test]
fn test_map_iter_next() {
    let m: GoMap<String, i64> = GoMap::make(0);
    let range = m.range();
    m.set("one".to_string(), 1);
    assert!(range.eq([("one".to_string(), 1)]));
}

/// reflect/all_test.go: TestMapIterDelete0. What is deleted between making the iterator and its
/// first step is not seen.
#[test]
fn test_map_iter_delete0() {
    let mut m = one_two_three();
    let mut it = m.hiter();
    for key in ["one", "two", "three"] {
        assert!(m.remove(key).is_some());
    }
    assert_eq!(to_text(&mut it, &m), "[]");
}

/// reflect/all_test.go: TestMapIterDelete1. When the first step deletes all there is no second.
#[test]
fn test_map_iter_delete1() {
    let mut m = one_two_three();
    let mut it = m.hiter();
    let mut n = 0;
    while it.next(&m).is_some() {
        n += 1;
        for key in ["one", "two", "three"] {
            m.remove(key);
        }
    }
    assert_eq!(n, 1);
}

/// Ten million bytes.
#[derive(Clone)]
struct Big(Box<[u8]>);

impl Default for Big {
    fn default() -> Self {
        Self(vec![0; 10 << 20].into_boxed_slice())
    }
}

/// reflect/all_test.go: TestNilMap. A nil map has no keys, lookups miss, also when the value would
/// be large, and deleting is allowed.
#[test]
fn test_nil_map() {
    let m: GoMap<String, i64> = GoMap::nil();
    let hello = "hello".to_string();
    assert!(m.is_nil());
    assert_eq!(m.range().count(), 0);
    assert_eq!(m.at_ok(&hello), (0, false));
    let big: GoMap<String, Big> = GoMap::nil();
    let (value, ok) = big.at_ok(&hello);
    assert!(!ok && value.0.len() == 10 << 20 && value.0.iter().all(|byte| *byte == 0));
    m.delete(&"hi".to_string());
    assert!(m.is_nil());
}
