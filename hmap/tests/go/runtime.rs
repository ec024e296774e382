//! src/runtime/map_test.go: what a map holds.
//!
//! Its tests of iteration are in iteration.rs, those of reused cells in increment.rs.

use std::thread;

use hmap::{F64, GoMap, Hmap, Map};

use crate::dynamic::Dyn;

/// runtime/map_test.go: TestHmapSize. The header is 48 bytes: 8 and five words.
#[test]
fn test_hmap_size() {
    assert_eq!(size_of::<Hmap>(), 8 + 5 * size_of::<usize>());
}

/// runtime/map_test.go: TestNegativeZero. The two zeros are one key; the later store also changes
/// the key that the map keeps.
#[test]
fn test_negative_zero() {
    for (first, second) in [(0.0, -0.0), (-0.0, 0.0)] {
        let mut m = Map::new();
        m.insert(F64(first), true);
        m.insert(F64(second), true);
        assert_eq!(m.len(), 1);
        let kept: Vec<u64> = m.keys().map(|key| key.0.to_bits()).collect();
        assert_eq!(kept, [f64::to_bits(second)]);
    }
}

/// Three entries under NaN, with the values 1, 2 and 4.
fn check_three_nans(m: &Map<F64, i64>) {
    assert_eq!(m.len(), 3);
    let mut values = Vec::new();
    for (key, value) in m {
        assert!(key.0.is_nan());
        values.push(*value);
    }
    values.sort_unstable();
    assert_eq!(values, [1, 2, 4]);
    assert_eq!(m.get(&F64(f64::NAN)), None);
    m.check();
}

/// runtime/map_test.go: TestMapAssignmentNan. Three stores under NaN make three entries, which a
/// range reaches and a lookup does not.
#[test]
fn test_map_assignment_nan() {
    let mut m = Map::new();
    for value in [1, 2, 4] {
        m.insert(F64(f64::NAN), value);
    }
    check_three_nans(&m);
}

/// runtime/map_test.go: TestMapOperatorAssignmentNan. `m[nan] += v` starts from zero each time and
/// stores a new entry.
#[test]
fn test_map_operator_assignment_nan() {
    let m: GoMap<_, _> = GoMap::make(0);
    for v in [1, 2, 4] {
        m.update(F64(f64::NAN), |cell: &mut i64| *cell += v);
    }
    m.with(check_three_nans);

    let mut m = Map::new();
    for v in [1, 2, 4] {
        *m.entry(F64(f64::NAN)).or_insert(0) += v;
    }
    check_three_nans(&m);
}

/// runtime/map_test.go: TestMapOperatorAssignment. `+=`, `/=` and `%=` on one key compute what they
/// say.
#[test]
fn test_map_operator_assignment() {
    let m: GoMap<_, _> = GoMap::make(0);
    m.set(0, 12345);
    m.update(0, |v: &mut i64| *v += 67890);
    m.update(0, |v| *v /= 123);
    m.update(0, |v| *v %= 456);
    assert_eq!(m.at(&0), 196); // (12345 + 67890) / 123 % 456
}

/// runtime/map_test.go: TestMapAppendAssignment. What is appended to a list in a cell, beginning
/// with nil, adds up.
#[test]
fn test_map_append_assignment() {
    let m: GoMap<i64, Vec<i64>> = GoMap::make(0);
    m.set(0, Vec::new());
    m.update(0, |list| list.push(12345));
    m.update(0, |list| list.push(67890));
    m.update(0, |list| list.extend([123, 456]));
    let a = [7, 8, 9, 0];
    m.update(0, |list| list.extend(a));
    assert_eq!(m.at(&0), [12345, 67890, 123, 456, 7, 8, 9, 0]);
}

/// runtime/map_test.go: TestAlias. Assigning a map variable makes a second name of the same map.
#[test]
fn test_alias() {
    let m: GoMap<_, _> = GoMap::make(0);
    m.set(0, 5);
    let n = m.clone();
    n.set(0, 6);
    assert_eq!(m.at(&0), 6);
    assert!(m.ptr_eq(&n));
}

/// runtime/map_test.go: TestConcurrentReadsAfterGrowth. Readers and rangers at the same time, after
/// each insert, half of them while the map is growing, find everything and stop nobody.
#[test]
fn test_concurrent_reads_after_growth() {
    let mut m = Map::new();
    let mut n_growing = 0;
    for step in 0..250_usize {
        m.insert(step, step);
        n_growing += usize::from(m.hmap().growing());
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| assert_eq!(m.iter().count(), step + 1));
                scope.spawn(|| (0..step).for_each(|key| assert_eq!(m.get(&key), Some(&key))));
            }
        });
    }
    assert!(n_growing > 0);
}

/// runtime/map_test.go: TestBigItems. Keys and values of 256 strings each come back.
#[test]
fn test_big_items() {
    let mut key: Vec<String> = vec!["foo".to_string(); 256];
    let mut m: Map<[String; 256], [String; 256]> = Map::with_capacity(4);
    let whole = |key: &[String]| <[String; 256]>::try_from(key.to_vec()).expect("256 strings");
    for i in 0..100 {
        key[37] = format!("string{i:02}");
        m.insert(whole(&key), whole(&key));
    }
    let want: Vec<String> = (0..100).map(|i| format!("string{i:02}")).collect();
    let mut keys: Vec<_> = m.keys().map(|key| key[37].clone()).collect();
    let mut values: Vec<_> = m.values().map(|value| value[37].clone()).collect();
    keys.sort();
    values.sort();
    assert_eq!((&keys, &values), (&want, &want));
    m.check();
}

/// 4000 bytes.
#[derive(Clone, Debug, PartialEq)]
struct Huge([u8; 4000]);

impl Default for Huge {
    fn default() -> Self {
        Self([0; 4000])
    }
}

/// runtime/map_test.go: TestMapHugeZero. A missing value of 4000 bytes is all zero.
#[test]
fn test_map_huge_zero() {
    let m: GoMap<i64, Huge> = GoMap::make(0);
    assert_eq!(m.at(&0), Huge([0; 4000]));
    assert_eq!(m.at_ok(&0), (Huge([0; 4000]), false));
}

/// runtime/map_test.go: TestEmptyKeyAndValue. Under a key of no bytes there is one entry at most; a
/// value of no bytes counts.
#[test]
fn test_empty_key_and_value() {
    let mut a = Map::with_capacity(4);
    let mut b = Map::with_capacity(4);
    let mut c = Map::with_capacity(4);
    a.insert(0, ());
    b.insert((), 0);
    b.insert((), 1);
    c.insert((), ());
    assert_eq!((a.len(), b.len(), c.len()), (1, 1, 1));
    assert_eq!(b.get(&()), Some(&1));
    a.check();
    b.check();
    c.check();
}

/// Every key of a map of one bucket is found, from its own text and from another copy of it.
fn check_lookups(entries: &[(String, &str)]) {
    let m: Map<String, &str> = entries.iter().cloned().collect();
    assert_eq!((m.len(), m.hmap().b()), (entries.len(), 0));
    for (key, value) in &m {
        assert_eq!(m.get(key), Some(value));
    }
    for (key, value) in entries {
        assert_eq!(m.get(key.as_str()), Some(value));
    }
}

/// runtime/map_test.go: TestSingleBucketMapStringKeys_DupLen. One bucket of short keys, two of one
/// length, and of two keys of 128 bytes.
#[test]
fn test_single_bucket_map_string_keys_dup_len() {
    check_lookups(&[
        ("x".to_string(), "x1val"),
        ("xx".to_string(), "x2val"),
        ("foo".to_string(), "fooval"),
        ("bar".to_string(), "barval"),
        ("xxxx".to_string(), "x4val"),
        ("x".repeat(128), "longval1"),
        ("y".repeat(128), "longval2"),
    ]);
}

/// runtime/map_test.go: TestSingleBucketMapStringKeys_NoDupLen. One bucket of keys whose lengths
/// all differ.
#[test]
fn test_single_bucket_map_string_keys_no_dup_len() {
    check_lookups(&[
        ("x".to_string(), "x1val"),
        ("xx".to_string(), "x2val"),
        ("foo".to_string(), "fooval"),
        ("xxxx".to_string(), "x4val"),
        ("xxxxx".to_string(), "x5val"),
        ("xxxxxx".to_string(), "x6val"),
        ("x".repeat(128), "longval"),
    ]);
}

/// runtime/map_test.go: TestMapStringBytesLookup. A text key is found by the text in a buffer that
/// changes from lookup to lookup.
#[test]
fn test_map_string_bytes_lookup() {
    let zeros = "0".repeat(48);
    let m = Map::from([(format!("1{zeros}"), 1), (format!("2{zeros}"), 2)]);
    let mut buffer = format!("1{zeros}").into_bytes();
    for digit in [1, 2] {
        buffer[0] = b'0' + digit;
        let text = str::from_utf8(&buffer).expect("digits");
        assert_eq!(m.get(text), Some(&digit));
    }
}

/// 64 words that begin with `i`.
fn words(i: i64) -> [i64; 64] {
    std::array::from_fn(|j| i + j as i64)
}

/// runtime/map_test.go: TestMapLargeKeyNoPointer. A thousand keys of 512 bytes stay what they are.
#[test]
fn test_map_large_key_no_pointer() {
    let m: Map<[i64; 64], i64> = (0..1000).map(|i| (words(i), i)).collect();
    assert_eq!(m.len(), 1000);
    for i in 0..1000 {
        assert_eq!(m.get(&words(i)), Some(&i));
    }
    m.check();
}

/// runtime/map_test.go: TestMapLargeValNoPointer. A thousand values of 512 bytes stay what they
/// are.
#[test]
fn test_map_large_val_no_pointer() {
    let m: Map<i64, [i64; 64]> = (0..1000).map(|i| (i, words(i))).collect();
    assert_eq!(m.len(), 1000);
    for i in 0..1000 {
        assert_eq!(m.get(&i), Some(&words(i)));
    }
    m.check();
}

/// runtime/map_test.go: TestIgnoreBogusMapHint. A hint that cannot be met is no hint.
#[test]
fn test_ignore_bogus_map_hint() {
    for hint in [-1, 1 << 62] {
        let m: GoMap<i64, i64> = GoMap::make(hint);
        assert_eq!(m.with(|m| m.hmap().b()), 0);
        m.set(1, 2);
        assert_eq!((m.len(), m.at(&1)), (1, 2));
    }
}

/// runtime/map_test.go: TestMapBuckets. How many buckets there are after `n` inserts, and how many
/// a hint of `n` leads to.
#[test]
fn test_map_buckets() {
    let table = [
        (-(1 << 30), 1),
        (-1, 1),
        (0, 1),
        (1, 1),
        (8, 1),
        (9, 2),
        (13, 2),
        (14, 4),
        (26, 4),
    ];
    for (n, n_buckets) in table {
        let unhinted: GoMap<i64, i64> = GoMap::make(0);
        let hinted: GoMap<i64, i64> = GoMap::make(n);
        assert_eq!(hinted.with(|m| m.hmap().n_buckets()), n_buckets, "hint {n}");
        for m in [unhinted, hinted] {
            (0..n).for_each(|i| m.set(i, i));
            assert_eq!(m.with(|m| m.hmap().n_buckets()), n_buckets, "{n} entries");
        }
    }
}

/// What `defer` keeps until the function is left: deletes a key when it is dropped.
pub(crate) struct DeferDelete<K: hmap::Key, V>(pub(crate) GoMap<K, V>, pub(crate) K);

impl<K: hmap::Key, V> Drop for DeferDelete<K, V> {
    fn drop(&mut self) {
        self.0.delete(&self.1);
    }
}

/// runtime/map_test.go: TestDeferDeleteSlow. Deletes that run at the end of a function empty a map
/// of complex keys under an interface type.
#[test]
fn test_defer_delete_slow() {
    let ks = [0.0, 1.0, 2.0, 3.0].map(|re| Dyn::Complex128(re, 0.0));
    let m: GoMap<_, _> = GoMap::make(0);
    for (i, k) in ks.iter().enumerate() {
        m.set(k.clone(), i);
    }
    assert_eq!(m.len(), ks.len());
    let deferred: Vec<_> = ks.into_iter().map(|k| DeferDelete(m.clone(), k)).collect();
    assert_eq!(m.len(), 4);
    drop(deferred);
    assert_eq!(m.len(), 0);
}

/// runtime/map_test.go: TestMapTombstones. The marks of empty cells are right after filling, after
/// deleting every other key, after refilling and after deleting all.
#[test]
fn test_map_tombstones() {
    const N: usize = 10_000;
    let mut m: Map<usize, usize> = (0..N).map(|i| (i, i)).collect();
    check_tombstones(&m);
    (0..N)
        .step_by(2)
        .for_each(|i| assert_eq!(m.remove(&i), Some(i)));
    check_tombstones(&m);
    m.extend((N..N * 3 / 2).map(|i| (i, i)));
    check_tombstones(&m);
    for i in 0..N * 3 / 2 {
        m.remove(&i);
    }
    check_tombstones(&m);
    assert!(m.is_empty());
}

/// In a chain, once a cell says that the rest is empty, it is, and the last empty cell says so.
fn check_tombstones(m: &Map<usize, usize>) {
    use hmap::tophash::{EMPTY_ONE, EMPTY_REST, MIN_TOP_HASH};
    for chain in m.chains() {
        let marks: Vec<u8> = chain
            .buckets()
            .flat_map(|bucket| bucket.tophash())
            .collect();
        let filled = marks.iter().rposition(|mark| *mark >= MIN_TOP_HASH);
        let (before, after) = marks.split_at(filled.map_or(0, |last| last + 1));
        assert!(
            before
                .iter()
                .all(|mark| *mark == EMPTY_ONE || *mark >= MIN_TOP_HASH)
        );
        assert!(after.iter().all(|mark| *mark == EMPTY_REST), "{marks:?}");
    }
    m.check();
}

/// Go's struct with a field of every kind that has a hash of its own, only the named one set.
fn grab_bag(field: usize, value: Dyn) -> Dyn {
    let empty = || Dyn::text("");
    let mut fields = vec![
        Dyn::Float32(0.0),
        Dyn::Float64(0.0),
        Dyn::Array("complex64", vec![Dyn::Float32(0.0), Dyn::Float32(0.0)]),
        Dyn::Complex128(0.0, 0.0),
        empty(),
        Dyn::Nil,
        Dyn::Nil,
        Dyn::Array("[4]string", vec![empty(), empty(), empty(), empty()]),
    ];
    fields[field] = value;
    Dyn::Struct("runtime_test.GrabBag", fields)
}

/// runtime/map_test.go: TestMapInterfaceKey. Under an interface type, structs are found by floats,
/// complex numbers, strings, interfaces and arrays in them.
#[test]
fn test_map_interface_key() {
    let m: GoMap<Dyn, bool> = GoMap::make(0);
    (0..1000).for_each(|i| m.set(Dyn::Int(i), true));
    assert!(m.at(&Dyn::Int(5)) && !m.at(&Dyn::Int8(5)) && !m.at(&Dyn::Int64(5)));
    let complex64 = vec![Dyn::Float32(0.0), Dyn::Float32(1.0)];
    let strings = ["foo", "bar", "baz", "bop"].map(Dyn::text).to_vec();
    let bags = [
        grab_bag(0, Dyn::Float32(1.0)),
        grab_bag(1, Dyn::Float64(1.0)),
        grab_bag(2, Dyn::Array("complex64", complex64)),
        grab_bag(3, Dyn::Complex128(0.0, 1.0)),
        grab_bag(4, Dyn::text("foo")),
        grab_bag(5, Dyn::text("foo")),
        grab_bag(6, Dyn::Named("runtime_test.canString", 5)),
        grab_bag(7, Dyn::Array("[4]string", strings)),
    ];
    for (i, bag) in bags.into_iter().enumerate() {
        assert!(!m.at(&bag), "field {i}");
        m.set(bag.clone(), true);
        assert!(m.at(&bag), "field {i}");
        assert_eq!(m.len(), 1001 + i);
    }
}
