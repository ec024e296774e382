//! What once went wrong in Go's map, or in this one, and must not again.
//!
//! Reports whose lesson another test holds are not repeated here:
//!
//! ```text
//!   golang/go#16070 churn leaks overflow buckets        go_cases: a_map_whose_keys_are_replaced…
//!   #20135, #25237  no shrinking; a new seed            go_cases: deleting_never_shrinks…
//!   #25936          a reused cell kept its value        go/increment.rs
//!   #23734          no panic on an empty map            go/fixedbugs.rs: issue23734
//!   #6719, #8410    a fixed order                       go/iteration.rs: test_map_…iter_order
//!   #8412           popping was quadratic               go/programs.rs: maplinear
//!   #19926          absurd hints                        go/runtime.rs: test_ignore_bogus_map_hint
//!   cockroachdb/swiss#33, #39  deleted entries yielded  model.rs
//! ```

#[expect(dead_code, reason = "drops.rs has a use for all of it")]
#[path = "drops/world.rs"]
mod world;

use std::collections::BTreeSet;

use ahash::RandomState;
use hmap::{F64, GoMap, Hiter, Map, fastrand};

use world::{Plain, SHAPES, World};

/// Takes all steps that are left.
fn rest<V: Copy>(it: &mut Hiter, m: &Map<u64, V, Plain>) -> Vec<u64> {
    let mut keys = Vec::new();
    while let Some((key, _)) = it.next(m) {
        keys.push(*key);
    }
    keys
}

fn plain(keys: impl IntoIterator<Item = u64>) -> Map<u64, u64, Plain> {
    let mut m = Map::default();
    for key in keys.into_iter() {
        m.insert(key, key);
    }
    m
}

/// golang/go#59411, #70189: entries under NaN came up after the map had been cleared.
#[test]
fn clear_stops_a_running_iteration_from_yielding_what_was_there() {
    for seed in 0..20 {
        fastrand::seed(seed);
        let m: GoMap<F64, u64> = GoMap::make(0);
        (0..20).for_each(|i| m.set(F64(f64::NAN), i));
        let mut n = 0;
        for (_, v) in m.range() {
            n += 1;
            assert!(n == 1 || v >= 1000, "{v} was cleared");
            if n == 1 {
                (20..300).for_each(|i| m.set(F64(f64::NAN), i)); // grows
                m.clear();
                m.set(F64(1.0), 1000);
            }
        }
        assert!(n <= 2);
    }
}

/// The same with keys that equal themselves, in every state of growth.
#[test]
fn clear_in_any_state_ends_what_an_iteration_has_left() {
    for n in [1, 8, 9, 53, 105, 833] {
        for n_steps in [0, 1, 5] {
            let mut m = plain(0..n);
            let mut it = m.hiter();
            for _ in 0..n_steps {
                it.next(&m);
            }
            m.clear();
            assert!(rest(&mut it, &m).is_empty());
            assert!(m.hiter().is_over());
        }
    }
}

/// After clear, shrink and growth back to the size the iteration began at: each entry once.
#[test]
fn an_iteration_that_outlives_clear_and_shrink_repeats_nothing() {
    for n_steps in [0, 1, 3] {
        for n_more in 0..60 {
            let mut m = plain(0..60); // 16 buckets
            let mut it = m.iter_from(0, 0);
            for _ in 0..n_steps {
                it.next(&m);
            }
            m.clear();
            m.shrink_to_fit();
            for key in 100..153 + n_more {
                m.insert(key, key);
            }
            let keys = rest(&mut it, &m);
            let once: BTreeSet<u64> = keys.iter().copied().collect();
            assert_eq!(once.len(), keys.len(), "{n_more}: {keys:?}");
        }
    }
}

/// A rebuild in the middle of an iteration, then growth back: NaN keys keep no bucket, so where
/// they are says nothing about whether they were met.
#[test]
fn an_iteration_over_nan_that_outlives_reserve_and_shrink_repeats_and_misses_nothing() {
    for seed in 0..100 {
        fastrand::seed(seed);
        let mut m: Map<F64, u64, RandomState> =
            Map::with_hasher(RandomState::with_seeds(seed, 2, 3, 4));
        for i in 0..20 {
            m.insert(F64(f64::NAN), i);
        }
        m.reserve(200);
        let mut it = m.hiter();
        let mut met = Vec::new();
        for _ in 0..5 {
            met.extend(it.next(&m).map(|(_, v)| *v));
        }
        m.shrink_to_fit();
        let mut i = 1000;
        while let Some((_, v)) = it.next(&m) {
            met.push(*v);
            for _ in 0..10 {
                m.insert(F64(i as f64), i);
                i += 1;
            }
            if i > 5000 {
                break;
            }
        }
        met.retain(|v| *v < 20);
        met.sort_unstable();
        assert!(met.iter().copied().eq(0..20), "seed {seed}: {met:?}");
    }
}

/// golang/go#69110: cloning in the middle of a growth, to the same size or not, read past the old
/// array.
#[test]
fn a_clone_made_in_any_state_finishes_the_growth_by_itself() {
    for (shape, make) in SHAPES {
        let world = World::default();
        let m = make(&world);
        let mut copy = m.clone();
        copy.check();
        assert_eq!(copy.hmap().growing(), m.hmap().growing(), "{shape}");
        assert_eq!(
            copy.hmap().same_size_grow(),
            m.hmap().same_size_grow(),
            "{shape}"
        );
        if m.hmap().growing() {
            assert_eq!(copy.hmap().nevacuate(), m.hmap().nevacuate(), "{shape}");
        }
        for i in 0..300 {
            copy.insert(world.thing(7000 + i), world.thing(i));
            copy.check();
        }
        drop(m);
        world::check_usable(&world, &mut copy);
    }
}

/// golang/go#69110, every step of a growth of a map large enough to be mapped, with overflow.
#[test]
fn a_clone_made_at_any_step_of_a_large_growth_is_whole() {
    let mut m: Map<u64, u64> = Map::new();
    for i in 0..13_313 {
        m.insert(i, i);
    }
    assert!(m.hmap().growing());
    let mut n_clones = 0;
    while m.hmap().growing() {
        if n_clones % 8 == 0 {
            let mut copy = m.clone();
            assert_eq!(copy.len(), 13_313);
            copy.check();
            for i in 0..50 {
                copy.remove(&i);
            }
            copy.check();
        }
        n_clones += 1;
        m.insert(n_clones, n_clones);
    }
    m.check();
}

/// golang/go#64474: a clone shared the values that lie behind pointers.
#[test]
fn a_clone_has_large_keys_and_values_of_its_own() {
    let mut m: Map<[u64; 20], [u64; 40]> = Map::new();
    for i in 0..30 {
        m.insert([i; 20], [i; 40]);
    }
    let mut copy = m.clone();
    copy.values_mut().for_each(|v| v[0] = 99);
    assert!(m.iter().all(|(k, v)| v == &[k[0]; 40]));
    let addresses: BTreeSet<_> = m
        .iter()
        .chain(&copy)
        .map(|(k, v)| (&raw const *k, &raw const *v))
        .collect();
    let keys: BTreeSet<_> = addresses.iter().map(|(k, _)| *k).collect();
    let values: BTreeSet<_> = addresses.iter().map(|(_, v)| *v).collect();
    assert_eq!((keys.len(), values.len()), (60, 60));
}

/// golang/go#62203: cloning a map without values crashed.
#[test]
fn a_map_without_values_can_be_cloned_at_every_size() {
    let mut m: Map<String, ()> = Map::new();
    for i in 0..2000 {
        if i < 100 || m.hmap().growing() {
            let copy = m.clone();
            assert_eq!(copy, m);
            copy.check();
        }
        m.insert(i.to_string(), ());
    }
}

/// golang/go#51410: a map that stopped in the middle of a growth is iterated again and again; each
/// time all of it comes, and nothing moves.
#[test]
fn a_map_that_stays_half_grown_is_iterated_whole_each_time() {
    let mut m = plain(0..53);
    assert!(m.hmap().growing());
    let nevacuate = m.hmap().nevacuate();
    for offset in 0..8 {
        for start in 0..16 {
            let mut it = m.iter_from(start, offset);
            let mut keys = rest(&mut it, &m);
            keys.sort_unstable();
            assert!(keys.into_iter().eq(0..53));
        }
    }
    assert!(m.hmap().growing() && m.hmap().nevacuate() == nevacuate);
}

/// golang/go#19992: overflow buckets are not used again when a chain is evacuated; what that costs
/// stays bounded.
#[test]
fn repacking_again_and_again_takes_no_more_memory() {
    let mut m: Map<u64, u64> = Map::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
    for i in 0..60 {
        m.insert(i, i);
    }
    let mut most = [0, 0];
    for i in 60..100_060 {
        m.insert(i, i);
        m.remove(&(i - 60));
        let half = usize::from(i > 50_000);
        most[half] = most[half].max(m.bytes());
    }
    assert!(most[1] <= most[0] + most[0] / 8, "{most:?}");
    // Two arrays of 17 buckets, as many overflow buckets each, slabs half empty.
    assert!(most[0] <= 2 * 144 * (17 + 32) + 1000, "{most:?}");
}

/// golang/go#70886, #78853: a table doubled under churn, and one grew when a key was overwritten.
#[test]
fn churn_at_one_size_and_overwriting_never_double_the_array() {
    let mut m: Map<u64, u64> = Map::with_capacity(104);
    for i in 0..104 {
        m.insert(i, i);
    }
    assert_eq!(m.hmap().b(), 4);
    for i in 0..50_000 {
        m.remove(&i);
        m.insert(i + 104, i);
        assert!(m.insert(i + 50, i).is_some());
        assert_eq!((m.len(), m.hmap().b()), (104, 4));
    }
    m.check();
}

#[test]
fn large_values_survive_growth_repacking_and_rebuilding() {
    let mut m: Map<u64, [u8; 4000]> = Map::new();
    for i in 0..400 {
        m.insert(i, [i as u8; 4000]);
        m.remove(&(i.saturating_sub(60)));
    }
    m.reserve(1000);
    m.shrink_to_fit();
    assert_eq!(m.len(), 60);
    assert!(
        m.iter()
            .all(|(i, v)| v.iter().all(|byte| *byte == *i as u8))
    );
    m.check();
}
