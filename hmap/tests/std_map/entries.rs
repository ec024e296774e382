//! The entry API.

use std::collections::HashMap;

use hmap::Map;
use hmap::hash_map::Entry;

use crate::tens;

#[test]
fn an_occupied_entry_gives_and_changes_its_value() {
    let mut m = tens(100);
    let Entry::Occupied(mut entry) = m.entry(1) else {
        panic!("1 is there");
    };
    assert_eq!((entry.key(), entry.get()), (&1, &10));
    *entry.get_mut() += 5;
    assert_eq!(entry.insert(100), 15);
    *entry.into_mut() += 1;
    assert_eq!(m[&1], 101);
    assert_eq!(m.len(), 100);
}

#[test]
fn an_occupied_entry_can_be_removed() {
    let mut m = tens(100);
    let Entry::Occupied(entry) = m.entry(1) else {
        panic!("1 is there");
    };
    assert_eq!(entry.remove(), 10);
    let Entry::Occupied(entry) = m.entry(2) else {
        panic!("2 is there");
    };
    assert_eq!(entry.remove_entry(), (2, 20));
    assert_eq!((m.len(), m.get(&1), m.get(&2)), (98, None, None));
    m.check();
}

#[test]
fn a_vacant_entry_keeps_its_key_until_something_is_inserted() {
    let mut m = tens(100);
    let Entry::Vacant(entry) = m.entry(1000) else {
        panic!("1000 is not there");
    };
    assert_eq!(entry.key(), &1000);
    assert_eq!(entry.into_key(), 1000);
    assert_eq!(m.len(), 100);
    let Entry::Vacant(entry) = m.entry(1000) else {
        panic!("1000 is not there");
    };
    *entry.insert(1) += 1;
    assert_eq!((m.len(), m[&1000]), (101, 2));
    m.check();
}

#[test]
fn a_dropped_vacant_entry_inserts_nothing() {
    let mut m: Map<String, i64> = Map::new();
    drop(m.entry("a".to_string()));
    assert!(m.is_empty());
    m.check();
}

#[test]
fn or_insert_and_its_kin_insert_only_what_is_missing() {
    let mut m: Map<&str, i64> = Map::new();
    assert_eq!(*m.entry("a").or_insert(1), 1);
    assert_eq!(*m.entry("a").or_insert(2), 1);
    assert_eq!(*m.entry("b").or_insert_with(|| 3), 3);
    assert_eq!(
        *m.entry("b").or_insert_with(|| unreachable!("it is there")),
        3
    );
    assert_eq!(
        *m.entry("four").or_insert_with_key(|key| key.len() as i64),
        4
    );
    assert_eq!(*m.entry("d").or_default(), 0);
    *m.entry("d").or_default() += 7;
    assert_eq!(*m.entry("d").or_default(), 7);
    assert_eq!(m.entry("e").key(), &"e");
    assert_eq!(m.len(), 4);
}

#[test]
fn and_modify_changes_only_what_is_there() {
    let mut m: Map<&str, i64> = Map::new();
    for want in [1, 2, 3] {
        assert_eq!(*m.entry("a").and_modify(|v| *v += 1).or_insert(1), want);
    }
}

#[test]
fn insert_entry_gives_an_occupied_one_back() {
    let mut m = tens(10);
    let entry = m.entry(5).insert_entry(-5);
    assert_eq!((entry.key(), entry.get()), (&5, &-5));
    let entry = m.entry(50).insert_entry(-50);
    assert_eq!(entry.remove(), -50);
    assert_eq!((m.len(), m[&5]), (10, -5));
    m.check();
}

/// The same program over a map and over std's.
macro_rules! in_and_out {
    ($m:ident, $entry:path) => {
        for i in 0..5000_u64 {
            use $entry as Entry;
            *$m.entry(i).or_insert(0) += 1;
            *$m.entry(i / 2).or_insert(0) += 1;
            if i % 3 == 0 {
                match $m.entry(i / 3) {
                    Entry::Occupied(entry) => assert_eq!(entry.remove_entry().0, i / 3),
                    Entry::Vacant(entry) => assert_eq!(entry.insert(9), &9),
                }
            }
        }
    };
}

#[test]
fn entries_go_in_and_out_while_the_map_grows() {
    let mut m: Map<u64, u64> = Map::new();
    in_and_out!(m, hmap::hash_map::Entry);
    m.check();
    let mut other: HashMap<u64, u64> = HashMap::new();
    in_and_out!(other, std::collections::hash_map::Entry);
    assert!(m.len() == other.len() && other.iter().all(|(k, v)| m.get(k) == Some(v)));
}

#[test]
fn taking_an_entry_out_of_a_crowded_chain_spoils_nothing() {
    // Ten keys in a map of one hash: an overflow bucket behind a full one.
    let mut m: Map<u64, u64, crate::types::OneHash> = Map::default();
    m.extend((0..30).map(|i| (i, i)));
    for i in [0, 29, 7, 8, 15, 16, 28, 1] {
        let Entry::Occupied(entry) = m.entry(i) else {
            panic!("{i} is there");
        };
        assert_eq!(entry.remove_entry(), (i, i));
        m.check();
    }
    assert_eq!(m.len(), 22);
    assert!((0..30).filter(|i| m.contains_key(i)).count() == 22);
}

#[test]
fn entries_print_what_they_hold() {
    let mut m = Map::from([(1, "one")]);
    let occupied = format!("{:?}", m.entry(1));
    assert!(
        occupied.contains('1') && occupied.contains("one"),
        "{occupied}"
    );
    let vacant = format!("{:?}", m.entry(2));
    assert!(
        vacant.contains("Vacant") && vacant.contains('2'),
        "{vacant}"
    );
}
