//! The figures of Go 1.19.8 that say how a map grows, moves, repacks and is ranged over.
//!
//! Go: runtime/map.go: overLoadFactor, growWork, tooManyOverflowBuckets, mapiterinit (1.19).

use std::collections::{BTreeMap, BTreeSet};

use ahash::RandomState;
use hmap::{F64, GoMap, Hmap, Map, fastrand};

use crate::caught::panic_text;
use crate::dynamic::Dyn;

/// An empty map whose hashes are the same in every run.
fn repeatable<V>(seed: u64) -> Map<u64, V> {
    fastrand::seed(seed);
    Map::with_hasher(RandomState::with_seeds(seed, 2, 3, 4))
}

/// Inserts the keys 0 to `n - 1`.
fn fill(m: &mut Map<u64, u64>, n: u64) {
    for i in 0..n {
        m.insert(i, i);
    }
}

#[test]
fn a_thousand_stores_under_nan_are_a_thousand_entries_in_256_buckets() {
    fastrand::seed(1);
    let m: GoMap<_, _> = GoMap::make(0);
    (0..3).for_each(|i| m.set(F64(f64::NAN), i));
    assert_eq!((m.len(), m.at_ok(&F64(f64::NAN)).1), (3, false));
    m.delete(&F64(f64::NAN));
    assert!(
        m.range()
            .map(|(_, v)| v)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .eq(0..3)
    );
    m.range().for_each(|(k, _)| m.delete(&k));
    assert_eq!(m.len(), 3);
    m.clear();
    assert_eq!(m.len(), 0);

    (0..1000).for_each(|i| m.set(F64(f64::NAN), i));
    assert_eq!((m.len(), m.with(|m| m.hmap().b())), (1000, 8));
    assert!(
        m.range()
            .map(|(_, v)| v)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .eq(0..1000)
    );
    m.with(Map::check);
}

#[test]
fn zeros_of_four_dynamic_types_are_three_keys() {
    let m: GoMap<_, _> = GoMap::make(0);
    let keys = [
        Dyn::Float64(0.0),
        Dyn::Float64(-0.0),
        Dyn::Int(0),
        Dyn::Int8(0),
    ];
    keys.into_iter()
        .zip(0..)
        .for_each(|(key, value)| m.set(key, value));
    assert_eq!(m.len(), 3);
    assert_eq!(m.at(&Dyn::Float64(0.0)), 1);
    let negative = |(key, _): &(Dyn, i64)| matches!(key, Dyn::Float64(x) if x.is_sign_negative());
    assert_eq!(m.range().filter(negative).count(), 1);
}

#[test]
fn every_operation_under_a_key_without_a_hash_panics_even_when_there_is_nothing() {
    let types = ["[]int", "func()", "struct { x []int }", "[1]map[int]int"];
    for name in types {
        let key = Dyn::Unhashable(name);
        let text = format!("runtime error: hash of unhashable type {name}");
        let nil: GoMap<Dyn, i64> = GoMap::nil();
        let empty: GoMap<Dyn, i64> = GoMap::make(0);
        let filled: GoMap<Dyn, i64> = GoMap::make(0);
        filled.set(Dyn::Int(1), 1);
        for m in [&nil, &empty, &filled] {
            let len = m.len();
            assert_eq!(panic_text(|| m.at(&key)), text);
            assert_eq!(panic_text(|| m.at_ok(&key)), text);
            assert_eq!(panic_text(|| m.delete(&key)), text);
            if !m.is_nil() {
                assert_eq!(panic_text(|| m.set(key.clone(), 1)), text);
            }
            assert_eq!(m.len(), len);
        }
        // Storing looks at the map first.
        assert_eq!(
            panic_text(|| nil.set(key.clone(), 1)),
            "assignment to entry in nil map"
        );
    }
}

#[test]
fn b_rises_at_the_keys_number_9_14_27_53_105_209_417_833_and_1665() {
    let mut m = repeatable(4);
    let mut rises = Vec::new();
    for i in 1..=2000_u64 {
        let b = m.hmap().b();
        m.insert(i, i);
        if m.hmap().b() > b {
            rises.push(i);
        }
    }
    assert_eq!(rises, [9, 14, 27, 53, 105, 209, 417, 833, 1665]);
}

#[test]
fn a_hint_leads_to_the_smallest_b_below_the_load_factor() {
    let table = [
        (8, 0),
        (9, 1),
        (13, 1),
        (14, 2),
        (26, 2),
        (27, 3),
        (52, 3),
        (53, 4),
        (104, 4),
        (105, 5),
        (1000, 8),
        (1 << 20, 18),
    ];
    for (hint, b) in table {
        let m: GoMap<u64, ()> = GoMap::make(hint);
        assert_eq!(m.with(|m| m.hmap().b()), b, "{hint}");
        let m: Map<u64, ()> = Map::with_capacity(hint as usize);
        assert_eq!(m.hmap().b(), b, "{hint}");
    }
}

#[test]
fn overwriting_at_the_limit_does_not_grow() {
    let mut m = repeatable(4);
    for (n, b) in [(8, 0), (13, 1), (26, 2), (832, 7)] {
        fill(&mut m, n);
        while m.hmap().growing() {
            m.insert(0, 0);
        }
        (0..n).for_each(|i| assert!(m.insert(i, i + 1).is_some()));
        assert_eq!((m.hmap().b(), m.hmap().growing()), (b, false), "{n}");
    }
}

/// What a growth looks like from outside.
fn state(hmap: &Hmap) -> (bool, usize) {
    (hmap.growing(), hmap.nevacuate())
}

#[test]
fn each_write_moves_at_most_two_buckets_and_reads_move_none() {
    let mut m = repeatable(4);
    fill(&mut m, 833);
    assert_eq!(m.hmap().b(), 8);
    // Key 832 moved its own old bucket and one more, the first.
    assert!(state(m.hmap()) == (true, 1) || state(m.hmap()) == (true, 2));
    let n_moved = |m: &Map<u64, u64>| 128 - n_left(m);
    let mut moved = n_moved(&m);
    assert!(moved <= 2, "{moved}");
    for i in 0..100_000 {
        assert_eq!(m.get(&(i % 833)), Some(&(i % 833)));
    }
    assert_eq!(m.iter().count(), 833);
    let mut it = m.hiter();
    let mut n = 0;
    while it.next(&m).is_some() {
        n += 1;
    }
    assert_eq!((n, n_moved(&m)), (833, moved));
    // A delete of an absent key is a write like any other.
    for i in 0.. {
        if !m.hmap().growing() {
            break;
        }
        if i % 2 == 0 {
            m.insert(i % 833, 0);
        } else {
            assert_eq!(m.remove(&(5000 + i)), None);
        }
        let now = if m.hmap().growing() { n_moved(&m) } else { 128 };
        assert!((1..=2).contains(&(now - moved)), "{moved} to {now}");
        moved = now;
    }
    m.check();
}

/// Old buckets that are not evacuated.
fn n_left(m: &Map<u64, u64>) -> usize {
    use hmap::tophash::{EVACUATED_EMPTY, EVACUATED_X};
    let left = m.old_chains().filter(|(_, chain)| {
        let first = chain
            .buckets()
            .next()
            .map_or(0, |bucket| bucket.tophash()[0]);
        !(EVACUATED_X..=EVACUATED_EMPTY).contains(&first)
    });
    left.count()
}

#[test]
fn deleting_never_shrinks_and_the_last_delete_renews_the_seed() {
    let mut m = repeatable(4);
    fill(&mut m, 833);
    let hash0 = m.hmap().hash0();
    for i in 0..832 {
        m.remove(&i);
        assert_eq!((m.hmap().b(), m.hmap().hash0()), (8, hash0));
    }
    m.remove(&832);
    assert_eq!((m.len(), m.hmap().b()), (0, 8));
    assert_ne!(m.hmap().hash0(), hash0);

    fill(&mut m, 833);
    let hash0 = m.hmap().hash0();
    m.clear();
    assert_eq!((m.len(), m.hmap().b()), (0, 8));
    assert_ne!(m.hmap().hash0(), hash0);
    m.check();
}

/// 200 runs of Go's map repacked 41 to 54 times, 47 on average, and had up to 16 overflow buckets.
#[test]
fn a_sliding_window_repacks_at_the_same_size_and_keeps_its_overflow_buckets_few() {
    let mut total = 0;
    for seed in 0..4 {
        let mut m = repeatable(seed);
        fill(&mut m, 60);
        assert_eq!(m.hmap().b(), 4);
        let (mut n_repacked, mut was_repacking) = (0, false);
        for i in 60..200_060 {
            m.insert(i, i);
            let repacking = m.hmap().growing() && m.hmap().same_size_grow();
            n_repacked += usize::from(repacking && !was_repacking);
            assert!(m.hmap().noverflow() <= 16);
            m.remove(&(i - 60));
            was_repacking = m.hmap().growing();
            assert_eq!((m.len(), m.hmap().b()), (60, 4));
        }
        assert!((36..=60).contains(&n_repacked), "seed {seed}: {n_repacked}");
        total += n_repacked;
        m.check();
    }
    assert!((42..=52).contains(&(total / 4)), "{total} in four runs");
}

/// In 2000 trials Go's map showed 5.75 % of the new keys.
#[test]
fn a_range_misses_no_old_key_repeats_none_and_shows_some_of_the_new() {
    fastrand::seed(6);
    let mut n_new = 0;
    for _ in 0..2000 {
        let m: GoMap<_, _> = GoMap::make(0);
        (0..20).for_each(|i| m.set(i, i));
        let mut seen = BTreeSet::new();
        for (k, _) in m.range() {
            if seen.is_empty() {
                (100..200).for_each(|i| m.set(i, i));
            }
            assert!(seen.insert(k), "{k} comes twice");
        }
        assert!(seen.iter().take(20).copied().eq(0..20));
        n_new += seen.len() - 20;
    }
    let share = n_new as f64 / 200_000.0;
    assert!((0.045..0.07).contains(&share), "{share}");
}

#[test]
fn when_the_first_step_deletes_all_others_one_key_was_seen() {
    fastrand::seed(6);
    for n in [3, 20, 100] {
        for _ in 0..200 {
            let m: GoMap<_, _> = GoMap::make(0);
            (0..n).for_each(|i| m.set(i, i));
            let mut seen = 0;
            for (k, _) in m.range() {
                seen += 1;
                (0..n).filter(|i| *i != k).for_each(|i| m.delete(&i));
            }
            assert_eq!(seen, 1);
        }
    }
}

#[test]
fn a_key_deleted_and_inserted_again_by_its_own_step_does_not_come_back() {
    fastrand::seed(6);
    for _ in 0..2000 {
        let m: GoMap<_, _> = GoMap::make(0);
        (0..3).for_each(|i| m.set(i, i));
        let mut n = 0;
        for (k, v) in m.range() {
            m.delete(&k);
            m.set(k, v);
            n += 1;
        }
        assert_eq!(n, 3);
    }
}

/// Five runs of Go's map: 5934 to 6083, 940 to 1063 and 977 to 1003 of 8000.
#[test]
fn three_keys_come_in_one_of_three_rotations_and_three_times_of_four_in_the_first() {
    fastrand::seed(7);
    let m: GoMap<_, _> = GoMap::make(0);
    (1..=3).for_each(|key| m.set(key, key));
    let mut orders: BTreeMap<Vec<i64>, usize> = BTreeMap::new();
    for _ in 0..8000 {
        *orders
            .entry(m.range().map(|(key, _)| key).collect())
            .or_default() += 1;
    }
    let rotations = [vec![1, 2, 3], vec![2, 3, 1], vec![3, 1, 2]];
    assert!(orders.keys().eq(&rotations));
    // Three quarters and twice an eighth, give or take five standard deviations.
    let expected = [(6000, 194), (1000, 148), (1000, 148)];
    for ((order, count), (mean, off)) in orders.into_iter().zip(expected) {
        assert!(count.abs_diff(mean) <= off, "{order:?}: {count}");
    }
}

#[test]
fn a_range_starts_in_each_bucket_and_at_each_offset() {
    fastrand::seed(7);
    let mut m = repeatable(7);
    fill(&mut m, 100); // 16 buckets
    let mut starts = BTreeSet::new();
    for _ in 0..2000 {
        let it = m.hiter();
        starts.insert((it.start_bucket(), usize::from(it.offset())));
    }
    let all = (0..16).flat_map(|bucket| (0..8).map(move |offset| (bucket, offset)));
    assert!(starts.into_iter().eq(all));
}
