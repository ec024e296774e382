//! src/runtime/map_test.go: what a range sees of a map that changes, and in which order.
//!
//! Go: runtime/map.go: mapiterinit, mapiternext (1.19).

use std::collections::BTreeSet;

use hmap::{F64, GoMap, Map, fastrand, key};

/// runtime/map_test.go: TestGrowWithNaN. A range that began before the map doubled several times
/// yields each of the old entries under NaN once.
#[test]
fn test_grow_with_nan() {
    for seed in 0..50 {
        fastrand::seed(seed);
        let m: GoMap<F64, i64> = GoMap::make(4);
        m.set(F64(f64::NAN), 1);
        m.set(F64(f64::NAN), 2);
        m.update(F64(f64::NAN), |v| *v += 4);
        let mut values = Vec::new();
        let mut grown = false;
        for (key, value) in m.range() {
            if !grown {
                (0..50).for_each(|i| m.set(F64(i as f64), i));
                (50..100).for_each(|i| m.update(F64(i as f64), |v| *v += i));
                grown = true;
            }
            if key.0.is_nan() {
                values.push(value);
            }
        }
        values.sort_unstable();
        assert_eq!(values, [1, 2, 4], "seed {seed}");
    }
}

/// A key that is equal to others without being the same.
#[derive(Clone, Copy, Debug)]
struct FloatInt {
    x: F64,
    y: i64,
}

key! { impl Key for FloatInt { x: F64, y: i64 } }

/// runtime/map_test.go: TestGrowWithNegativeZero. When all keys and values are overwritten while
/// the map grows under a range, it yields each entry once, and key and value belong together: the
/// first is old, the others are new.
#[test]
fn test_grow_with_negative_zero() {
    for seed in 0..50 {
        fastrand::seed(seed);
        let m: GoMap<FloatInt, i64> = GoMap::make(4);
        let key = |x, y| FloatInt { x: F64(x), y };
        m.set(key(0.0, 0), 1);
        m.update(key(0.0, 1), |v| *v += 2);
        m.update(key(0.0, 2), |v| *v += 4);
        m.set(key(0.0, 3), 8);
        let mut seen = Vec::new();
        for (k, v) in m.range() {
            if v == 0 {
                continue; // one of those that made the map grow
            }
            assert_eq!(k.x.0.is_sign_negative(), v & 16 != 0, "{k:?}: {v}");
            if seen.is_empty() {
                (0..100).for_each(|i| m.set(key(3.0, i), 0));
                (0..4).for_each(|i| m.set(key(-0.0, i), 1 << i | 16));
            }
            seen.push(v);
        }
        assert_eq!(seen.iter().filter(|v| **v >= 16).count(), 3, "seed {seed}");
        let mut bits: Vec<i64> = seen.iter().map(|v| v & 15).collect();
        bits.sort_unstable();
        assert_eq!(bits, [1, 2, 4, 8], "seed {seed}");
    }
}

/// runtime/map_test.go: TestIterGrowAndDelete. A key that was deleted after the map grew under a
/// range does not come up any more.
#[test]
fn test_iter_grow_and_delete() {
    for seed in 0..20 {
        fastrand::seed(seed);
        let m: GoMap<i64, i64> = GoMap::make(4);
        (0..100).for_each(|i| m.set(i, i));
        let mut grown = false;
        for (k, _) in m.range() {
            assert!(!grown || k % 2 == 0, "{k} was deleted");
            if !grown {
                (100..1000).for_each(|i| m.set(i, i));
                (1..1000).step_by(2).for_each(|i| m.delete(&i));
                grown = true;
            }
        }
        assert_eq!(m.len(), 500);
    }
}

/// runtime/map_test.go: TestIterGrowWithGC. The entries from before are yielded after the map has
/// grown, with the old buckets long done with: nothing frees what the range still reads.
#[test]
fn test_iter_grow_with_gc() {
    for seed in 0..20 {
        fastrand::seed(seed);
        let m: GoMap<u64, u64> = GoMap::make(4);
        (0..8).for_each(|i| m.set(i, i));
        (8..16).for_each(|i| m.update(i, |v| *v += i));
        let mut seen = 0_u64;
        for (i, (k, _)) in m.range().enumerate() {
            if k < 16 {
                assert_eq!(seen & 1 << k, 0, "{k} comes twice");
                seen |= 1 << k;
            }
            if i == 0 {
                (100..1000).for_each(|i| m.set(i, i));
            }
        }
        assert_eq!(seen, (1 << 16) - 1);
    }
}

/// runtime/map_test.go: TestMapNanGrowIterator. A range over NaN keys that begins while the map is
/// growing yields every value once, though the growth comes to its end half-way.
#[test]
fn test_map_nan_grow_iterator() {
    const N_BUCKETS: i64 = 16;
    const N_KEYS: i64 = N_BUCKETS * 13 / 2;
    for seed in 0..50 {
        fastrand::seed(seed);
        let m: GoMap<F64, i64> = GoMap::make(0);
        (0..N_KEYS).for_each(|i| m.set(F64(f64::NAN), i));
        m.set(F64(1.0), 1);
        m.delete(&F64(1.0));
        assert!(m.with(|m| m.hmap().growing()));
        let mut found = BTreeSet::new();
        for (_, v) in m.range() {
            assert!(found.insert(v), "{v} comes twice");
            if found.len() as i64 == N_KEYS / 2 {
                (0..N_BUCKETS).for_each(|_| m.delete(&F64(1.0)));
                assert!(!m.with(|m| m.hmap().growing()));
            }
        }
        assert!(found.into_iter().eq(0..N_KEYS), "seed {seed}");
    }
}

/// The keys in the order of one range.
fn order(m: &GoMap<usize, bool>) -> Vec<usize> {
    m.range().map(|(key, _)| key).collect()
}

/// runtime/map_test.go: TestMapIterOrder. Of a hundred ranges over 3, 7, 9 or 15 keys one takes
/// another order than the first.
#[test]
fn test_map_iter_order() {
    fastrand::seed(19);
    for n in [3, 7, 9, 15] {
        for _ in 0..100 {
            let m: GoMap<_, _> = GoMap::make(0);
            (0..n).for_each(|i| m.set(i, true));
            let first = order(&m);
            assert!((0..100).any(|_| order(&m) != first), "{n} keys: {first:?}");
        }
    }
}

/// runtime/map_test.go: TestMapSparseIterOrder. The order varies when 980 of 1000 keys were
/// deleted.
#[test]
fn test_map_sparse_iter_order() {
    fastrand::seed(19);
    for _ in 0..10 {
        let m: GoMap<_, _> = GoMap::make(0);
        (0..1000).for_each(|i| m.set(i, true));
        (20..1000).for_each(|i| m.delete(&i));
        let first = order(&m);
        assert_eq!(first.len(), 20);
        assert!((0..800).any(|_| order(&m) != first), "{first:?}");
    }
}

/// The two ways to range agree on what there is: Rust's over a borrow, Go's step by step.
#[test]
fn a_range_yields_what_a_borrowing_iterator_yields() {
    let mut m: Map<u64, u64> = (0..300).map(|i| (i, i * i)).collect();
    let mut by_steps = BTreeSet::new();
    let mut it = m.hiter();
    while let Some((key, value)) = it.next(&m) {
        assert!(by_steps.insert((*key, *value)));
    }
    assert!(by_steps.into_iter().eq((0..300).map(|i| (i, i * i))));
    m.check();
}
