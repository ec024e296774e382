//! What std's HashMap promises, asked of `Map`.
//!
//! ```text
//!   module         what it asks
//!   (here)         making, inserting, finding, removing, comparing, printing
//!   entries        the entry API
//!   iterators      every iterator: what it yields, how long it says it is, drain and extract_if
//!   capacity       room: with_capacity, reserve, try_reserve, shrink
//!   types          zero-size and over-aligned types, Send and Sync, variance, drop check
//! ```
//!
//! The questions are those of the tests of std and hashbrown. Where both have an answer that is
//! easy to ask for, the real `std::collections::HashMap` is asked the same.

#[path = "std_map/capacity.rs"]
mod capacity;
#[path = "../../slice/tests/go/caught.rs"]
mod caught;
#[path = "std_map/entries.rs"]
mod entries;
#[path = "std_map/iterators.rs"]
mod iterators;
#[path = "std_map/types.rs"]
mod types;

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;

use hmap::{Key, Map};

use caught::panic_text;

/// A map that has grown several times, and maybe is growing: `i -> 10 i` for 0 to `n - 1`.
pub(crate) fn tens(n: i64) -> Map<i64, i64> {
    let mut m = Map::new();
    // One by one: collecting would make room at once, and the map would never grow.
    for i in 0..n {
        m.insert(i, 10 * i);
    }
    m
}

/// The pairs of a map in order of the keys.
pub(crate) fn sorted<K: Key + Clone + Ord, V: Clone>(m: &Map<K, V>) -> Vec<(K, V)> {
    let pairs: BTreeMap<K, V> = m.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    assert_eq!(pairs.len(), m.len());
    pairs.into_iter().collect()
}

#[test]
fn a_new_map_is_empty_and_finds_nothing() {
    let mut m: Map<i64, i64> = Map::new();
    assert_eq!((m.len(), m.is_empty()), (0, true));
    assert_eq!(m.get(&0), None);
    assert_eq!(m.get_mut(&0), None);
    assert_eq!(m.get_key_value(&0), None);
    assert_eq!(m.remove(&0), None);
    assert_eq!(m.remove_entry(&0), None);
    assert!(!m.contains_key(&0));
    assert_eq!(m.iter().next(), None);
    assert_eq!(m.drain().next(), None);
    m.clear();
    m.retain(|_, _| unreachable!("nothing is in it"));
    m.shrink_to_fit();
    m.check();
    assert_eq!(Map::<i64, i64>::default(), m);
}

#[test]
fn inserting_again_gives_the_old_value_and_keeps_the_key() {
    let mut m = Map::new();
    let (first, second) = ("key".to_string(), "key".to_string());
    let address = first.as_ptr();
    assert_eq!(m.insert(first, 1), None);
    assert_eq!(m.insert(second, 2), Some(1));
    assert_eq!(m.len(), 1);
    let (key, value) = m.get_key_value("key").expect("it is there");
    assert_eq!((key.as_ptr(), *value), (address, 2));
}

#[test]
fn lots_of_insertions_and_removals_in_both_orders() {
    let mut m = Map::new();
    for round in 0..4 {
        assert!(m.is_empty());
        for i in 1..1001 {
            assert_eq!(m.insert(i, i), None);
            assert_eq!(m.get(&i), Some(&i));
            assert_eq!(m.get(&(i + 1)), None);
        }
        assert_eq!(m.len(), 1000);
        assert!((1..1001).all(|i| m.contains_key(&i)));
        assert!((1001..2001).all(|i| !m.contains_key(&i)));
        let order: Vec<i64> = match round % 2 {
            0 => (1..1001).collect(),
            _ => (1..1001).rev().collect(),
        };
        for (n, i) in order.iter().enumerate() {
            assert_eq!(m.remove(i), Some(*i));
            assert!(!m.contains_key(i));
            assert_eq!(m.len(), 999 - n);
        }
        m.check();
    }
}

#[test]
fn a_value_found_mutably_can_be_changed() {
    let mut m = tens(100);
    *m.get_mut(&5).expect("it is there") = 100;
    assert_eq!(m.get(&5), Some(&100));
    m.values_mut().for_each(|v| *v += 1);
    m.iter_mut().for_each(|(k, v)| *v += *k);
    assert_eq!(m[&5], 106);
    assert_eq!(m[&99], 990 + 1 + 99);
}

#[test]
fn several_values_can_be_had_mutably_at_once() {
    let mut m = tens(100);
    let [a, missing, b] = m.get_disjoint_mut([&3, &200, &4]);
    let (Some(a), Some(b)) = (a, b) else {
        panic!("both are there");
    };
    std::mem::swap(a, b);
    assert!(missing.is_none());
    assert_eq!((m[&3], m[&4]), (40, 30));
    assert!(m.get_disjoint_mut::<i64, 0>([]).is_empty());
}

#[test]
fn the_same_value_twice_at_once_is_a_panic() {
    let mut m = tens(100);
    let text = panic_text(|| m.get_disjoint_mut([&3, &4, &3]).len());
    assert_ne!(text, "no panic");
    // A key that is missing may stand there twice.
    assert_eq!(m.get_disjoint_mut([&300, &300]), [None, None]);
    m.check();
}

#[test]
fn removing_gives_what_was_stored() {
    let mut m: Map<String, i64> = (0..100).map(|i| (i.to_string(), i)).collect();
    assert_eq!(m.remove("7"), Some(7));
    assert_eq!(m.remove("7"), None);
    assert_eq!(m.remove_entry("8"), Some(("8".to_string(), 8)));
    assert_eq!(m.remove_entry("8"), None);
    assert_eq!(m.len(), 98);
    m.check();
}

#[test]
fn keys_are_looked_up_by_what_they_borrow_as() {
    let mut m: Map<String, Vec<u8>> = Map::new();
    m.insert("one".to_string(), vec![1]);
    assert_eq!(m.get("one"), Some(&vec![1]));
    assert_eq!(m.get(&"one".to_string()), Some(&vec![1]));
    assert_eq!(m["one"], [1]);
    m.get_mut("one").expect("it is there").push(2);
    assert!(m.contains_key("one"));
    assert_eq!(
        m.get_disjoint_mut(["one", "two"]),
        [Some(&mut vec![1, 2]), None]
    );
    assert_eq!(m.remove("one"), Some(vec![1, 2]));

    let bytes: Map<Vec<u8>, i64> = Map::from([(vec![1, 2], 3)]);
    assert_eq!(bytes.get(&[1, 2][..]), Some(&3));
    let boxed: Map<Box<str>, i64> = Map::from([("a".into(), 1)]);
    assert_eq!(boxed.get("a"), Some(&1));
}

#[test]
fn an_index_that_is_not_there_is_a_panic() {
    let m = Map::from([(1, 2), (2, 1), (3, 4)]);
    assert_eq!(m[&2], 1);
    assert_ne!(panic_text(|| m[&4]), "no panic");
}

#[test]
fn maps_are_equal_when_they_hold_the_same_pairs() {
    let (mut m1, mut m2) = (Map::new(), Map::new());
    m1.extend([(1, 2), (2, 3), (3, 4)]);
    m2.extend([(3, 4), (1, 2)]);
    assert_ne!(m1, m2);
    m2.insert(2, 3);
    assert_eq!(m1, m2);
    m2.insert(2, 4);
    assert_ne!(m1, m2);
    // How they got there does not matter.
    let mut grown = tens(1000);
    for i in 10..1000 {
        grown.remove(&i);
    }
    assert_eq!(grown, tens(10));
}

#[test]
fn a_map_prints_like_stds() {
    let empty: Map<i64, i64> = Map::new();
    assert_eq!(format!("{empty:?}"), "{}");
    let one = Map::from([(1, "two")]);
    assert_eq!(format!("{one:?}"), r#"{1: "two"}"#);
    assert_eq!(format!("{one:#?}"), "{\n    1: \"two\",\n}");
    let two = format!("{:?}", Map::from([(1, 2), (3, 4)]));
    assert!(two == "{1: 2, 3: 4}" || two == "{3: 4, 1: 2}", "{two}");
    assert_eq!(format!("{:?}", one.keys()), "[1]");
    assert_eq!(format!("{:?}", one.values()), r#"["two"]"#);
    assert_eq!(format!("{:?}", one.iter()), r#"[(1, "two")]"#);
}

#[test]
fn a_clone_holds_the_same_and_goes_its_own_way() {
    for n in [0, 1, 8, 9, 100, 833, 1000] {
        let mut m = tens(n);
        let mut copy = m.clone();
        copy.check();
        assert_eq!(copy, m);
        copy.insert(-1, -1);
        assert_eq!((copy.len(), m.len()), (n as usize + 1, n as usize));
        m.clear();
        assert_eq!(copy.len(), n as usize + 1);
        assert!((0..n).all(|i| copy.get(&i) == Some(&(10 * i))));
    }
}

#[test]
fn clone_from_forgets_what_was_there() {
    let (source, mut target) = (tens(20), tens(500));
    target.clone_from(&source);
    assert_eq!(target, source);
    target.check();
}

#[test]
fn a_map_is_made_from_pairs_in_three_ways() {
    let pairs = [(1, "one"), (2, "two"), (3, "three"), (2, "again")];
    let expected = [(1, "one"), (2, "again"), (3, "three")];
    assert_eq!(sorted(&Map::from(pairs)), expected);
    assert_eq!(sorted(&pairs.into_iter().collect()), expected);
    let mut extended = Map::new();
    extended.extend(pairs);
    assert_eq!(sorted(&extended), expected);
}

#[test]
fn extending_by_references_copies() {
    let mut m = Map::from([(1, "one")]);
    let more = Map::from([(2, "two"), (3, "three")]);
    m.extend(&more);
    m.extend([(&4, &"four")]);
    assert_eq!(
        sorted(&m),
        [(1, "one"), (2, "two"), (3, "three"), (4, "four")]
    );
    assert_eq!(more.len(), 2);
}

#[test]
fn extending_from_what_drain_gives_moves() {
    let mut from: Map<String, Vec<i64>> = (0..100).map(|i| (i.to_string(), vec![i])).collect();
    let mut to = Map::new();
    to.extend(from.drain());
    assert_eq!((from.len(), to.len()), (0, 100));
    assert_eq!(to["42"], [42]);
}

#[test]
fn retain_keeps_what_it_is_told_to_and_may_change_it() {
    let mut m = tens(1000);
    let mut n_asked = 0;
    m.retain(|k, v| {
        n_asked += 1;
        *v += 1;
        k % 7 == 0
    });
    assert_eq!((n_asked, m.len()), (1000, 143));
    assert!(m.iter().all(|(k, v)| k % 7 == 0 && *v == 10 * k + 1));
    m.check();
    m.retain(|_, _| false);
    assert!(m.is_empty());
    m.check();
}

#[test]
fn clear_empties_in_every_state_and_keeps_the_room() {
    for n in [1, 8, 9, 53, 833, 900] {
        let mut m = tens(n);
        let b = m.hmap().b();
        m.clear();
        assert!(m.is_empty() && !m.hmap().growing());
        assert_eq!((m.iter().next(), m.hmap().b()), (None, b));
        m.check();
        m.extend(tens(n));
        assert_eq!(m, tens(n));
        m.check();
    }
}

#[test]
fn any_hasher_will_do() {
    let mut m: Map<i64, i64, RandomState> = Map::with_hasher(RandomState::new());
    m.extend((0..100).map(|i| (i, i)));
    assert_eq!(m.get(&99), Some(&99));
    let m: Map<i64, i64, RandomState> = Map::default();
    assert!(m.is_empty());
    let build = ahash::RandomState::with_seeds(1, 2, 3, 4);
    let m: Map<i64, i64> = Map::with_capacity_and_hasher(100, build.clone());
    assert_eq!(m.hasher().hash_one(5), build.hash_one(5));
}
