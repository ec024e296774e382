//! test/typeparam/maps.go: functions over maps of any key and value type.
//!
//! The functions are those of that program, written over a map variable with the operations that
//! Go's have: range, lookup, store and delete, also while ranging.

use std::fmt::Debug;

use hmap::{GoMap, Key};

/// All keys, in any order.
fn keys<K: Key + Clone, V: Clone>(m: &GoMap<K, V>) -> Vec<K> {
    m.range().map(|(key, _)| key).collect()
}

/// All values, in any order.
fn values<K: Key + Clone, V: Clone>(m: &GoMap<K, V>) -> Vec<V> {
    m.range().map(|(_, value)| value).collect()
}

/// Whether both hold the same pairs, with values compared by `==`.
fn equal<K: Key + Clone, V: Clone + Default + PartialEq>(
    m1: &GoMap<K, V>,
    m2: &GoMap<K, V>,
) -> bool {
    let in_m2 = |(key, v1)| {
        let (v2, ok) = m2.at_ok(&key);
        ok && v1 == v2
    };
    m1.len() == m2.len() && m1.range().all(in_m2)
}

/// Another map with the same pairs.
fn copy<K: Key + Clone, V: Clone>(m: &GoMap<K, V>) -> GoMap<K, V> {
    let r: GoMap<_, _> = GoMap::make(m.len() as i64);
    add(&r, m);
    r
}

/// Stores the pairs of `m2` in `m1`.
fn add<K: Key + Clone, V: Clone>(m1: &GoMap<K, V>, m2: &GoMap<K, V>) {
    m2.range().for_each(|(key, value)| m1.set(key, value));
}

/// Deletes the keys of `m2` from `m1`.
fn sub<K: Key + Clone, V: Clone>(m1: &GoMap<K, V>, m2: &GoMap<K, V>) {
    m2.range().for_each(|(key, _)| m1.delete(&key));
}

/// Deletes from `m1` what is not in `m2`.
fn intersect<K: Key + Clone, V: Clone + Default>(m1: &GoMap<K, V>, m2: &GoMap<K, V>) {
    filter(m1, |key, _| m2.at_ok(key).1);
}

/// Deletes what `keep` does not want.
fn filter<K: Key + Clone, V: Clone>(m: &GoMap<K, V>, keep: impl Fn(&K, &V) -> bool) {
    for (key, value) in m.range() {
        if !keep(&key, &value) {
            m.delete(&key);
        }
    }
}

/// Overwrites each value by what `f` makes of it.
fn transform_values<K: Key + Clone, V: Clone>(m: &GoMap<K, V>, f: impl Fn(V) -> V) {
    m.range().for_each(|(key, value)| m.set(key, f(value)));
}

fn map<V, const N: usize>(pairs: [(i64, V); N]) -> GoMap<i64, V> {
    let m: GoMap<_, _> = GoMap::make(0);
    pairs.into_iter().for_each(|(key, value)| m.set(key, value));
    m
}

fn m1() -> GoMap<i64, i64> {
    map([(1, 2), (2, 4), (4, 8), (8, 16)])
}

fn m2() -> GoMap<i64, String> {
    map([(1, "2"), (2, "4"), (4, "8"), (8, "16")].map(|(key, text)| (key, text.to_string())))
}

#[track_caller]
fn assert_sorted<T: Ord + Debug + PartialEq<U>, U: Debug>(mut got: Vec<T>, want: &[U]) {
    got.sort();
    assert_eq!(got, want);
}

/// typeparam/maps.go: TestKeys. Every key comes once.
#[test]
fn test_keys() {
    assert_sorted(keys(&m1()), &[1, 2, 4, 8]);
    assert_sorted(keys(&m2()), &[1, 2, 4, 8]);
}

/// typeparam/maps.go: TestValues. Every value comes once.
#[test]
fn test_values() {
    assert_sorted(values(&m1()), &[2, 4, 8, 16]);
    assert_sorted(values(&m2()), &["16", "2", "4", "8"]);
}

/// typeparam/maps.go: TestEqual. Lengths, keys and values count; nil equals nil and no filled map;
/// a map with a NaN for a value is not equal to itself.
#[test]
fn test_equal() {
    assert!(equal(&m1(), &m1()));
    assert!(!equal(&m1(), &GoMap::nil()));
    assert!(!equal(&GoMap::nil(), &m1()));
    assert!(equal(&GoMap::<i64, i64>::nil(), &GoMap::nil()));
    assert!(!equal(&m1(), &map([(1, 2)])));
    let mf = map([(1, 0.0), (2, f64::NAN)]);
    assert!(!equal(&mf, &mf));
}

/// typeparam/maps.go: TestCopy. A store into a copy is not seen in the original.
#[test]
fn test_copy() {
    let m = m1();
    let copied = copy(&m);
    assert!(equal(&m, &copied));
    copied.set(16, 32);
    assert!(!equal(&m, &copied));
    assert!(equal(&m, &m1()));
}

/// typeparam/maps.go: TestAdd. Adding a map to itself, storing while ranging, changes nothing.
#[test]
fn test_add() {
    let mc = copy(&m1());
    add(&mc, &mc);
    assert!(equal(&mc, &m1()));
    add(&mc, &map([(16, 32)]));
    assert!(equal(
        &mc,
        &map([(1, 2), (2, 4), (4, 8), (8, 16), (16, 32)])
    ));
}

/// typeparam/maps.go: TestSub. Subtracting a map from itself, deleting while ranging, empties it.
#[test]
fn test_sub() {
    let mc = copy(&m1());
    sub(&mc, &mc);
    assert_eq!(mc.len(), 0);
    let mc = copy(&m1());
    sub(&mc, &map([(1, 0)]));
    assert!(equal(&mc, &map([(2, 4), (4, 8), (8, 16)])));
}

/// typeparam/maps.go: TestIntersect. What stays keeps its value.
#[test]
fn test_intersect() {
    let mc = copy(&m1());
    intersect(&mc, &mc);
    assert!(equal(&mc, &m1()));
    intersect(&mc, &map([(1, 0), (2, 0)]));
    assert!(equal(&mc, &map([(1, 2), (2, 4)])));
}

/// typeparam/maps.go: TestFilter. What is not wanted is deleted while ranging.
#[test]
fn test_filter() {
    let mc = copy(&m1());
    filter(&mc, |_, _| true);
    assert!(equal(&mc, &m1()));
    filter(&mc, |key, _| *key < 3);
    assert!(equal(&mc, &map([(1, 2), (2, 4)])));
}

/// typeparam/maps.go: TestTransformValues. Each value is overwritten once, while ranging.
#[test]
fn test_transform_values() {
    let mc = copy(&m1());
    transform_values(&mc, |value| value / 2);
    assert!(equal(&mc, &map([(1, 1), (2, 2), (4, 4), (8, 8)])));
}
