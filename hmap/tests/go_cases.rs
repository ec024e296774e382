//! Small Go programs that surprise people, retold, and the figures that Go 1.19.8 shows.
//!
//! ```text
//!   cases       what is printed is what Go prints, line for line
//!   figures     growth points, hints, evacuation, repacking, order: of eight behaviours that
//!               rebuilds of Go's map usually get wrong, each with the numbers of the real one
//! ```
//!
//! Where chance is in it the bounds are those of many runs of the real one, said beside them, and
//! the seeds are fixed.

#[path = "../../slice/tests/go/caught.rs"]
mod caught;
#[expect(dead_code, reason = "go.rs has a use for every type")]
#[path = "go/dynamic.rs"]
mod dynamic;
#[path = "go_cases/figures.rs"]
mod figures;

use std::collections::BTreeMap;
use std::fmt::Write;

use hmap::{F64, GoMap, Key, Map, fastrand, key};

use caught::panic_text;
use dynamic::Dyn;

/// Appends formatted text to a `String`.
macro_rules! print_to {
    ($out:ident, $($text:tt)*) => {
        write!($out, $($text)*).expect("a String takes any text")
    };
}

/// Whether a range over a map of 50 keys, into which each step inserts ten more, yields each of the
/// old keys once and none twice.
fn range_with_inserts() -> bool {
    let m: GoMap<_, _> = GoMap::make(0);
    (0..50).for_each(|i| m.set(i, 0));
    let mut seen: BTreeMap<i64, i64> = BTreeMap::new();
    let mut n_old = 0;
    for (k, _) in m.range() {
        *seen.entry(k).or_default() += 1;
        if k < 50 {
            n_old += 1;
            (1..=10).for_each(|j| m.set(1000 * j + k, 1)); // grows the map under the iteration
        }
    }
    n_old == 50 && m.len() == 550 && seen.values().all(|count| *count == 1)
}

#[test]
fn inserting_while_ranging_shows_old_keys_once_and_new_ones_by_chance() {
    fastrand::seed(101);
    let (mut ok, mut visits, mut out) = (true, BTreeMap::new(), String::new());
    for _ in 0..500 {
        ok &= range_with_inserts();
        let m: GoMap<_, _> = GoMap::make(0);
        m.set(1_u64, true);
        let mut n = 0;
        for (k, _) in m.range() {
            n += 1;
            m.set(3 * k % 8192, true); // the loop ends although it feeds itself
        }
        visits.insert(n, true);
    }
    print_to!(out, "old keys once, none twice: {ok}\n");
    print_to!(out, "number of visits varies: {}\n", visits.len() > 1);
    assert_eq!(
        out,
        "old keys once, none twice: true\n\
         number of visits varies: true\n"
    );
}

/// Go's `struct{ x, y float64 }`.
#[derive(Clone)]
struct Point {
    x: F64,
    y: F64,
}

key! { impl Key for Point { x: F64, y: F64 } }

#[test]
fn nan_is_stored_again_and_again_and_the_zeros_are_one_key() {
    let mut out = String::new();
    let nan = f64::NAN;
    let m: GoMap<_, _> = GoMap::make(0);
    (0..10).for_each(|i| m.set(F64(nan), i)); // never equal to an existing key
    let (_, ok) = m.at_ok(&F64(nan));
    m.delete(&F64(nan));
    let sum: i64 = m.range().map(|(_, v)| v).sum();
    print_to!(out, "len {} found {ok} sum {sum}\n", m.len());
    m.range().for_each(|(k, _)| m.delete(&k));
    print_to!(out, "after delete loop: {}\n", m.len());

    let p: GoMap<_, _> = GoMap::make(0);
    let point = Point {
        x: F64(nan),
        y: F64(1.0),
    };
    p.set(point.clone(), 1);
    p.update(point, |v| *v += 1);
    print_to!(out, "struct with NaN: {}\n", p.len());

    let z: GoMap<_, _> = GoMap::make(0);
    z.set(F64(0.0), "plus".to_string());
    z.set(F64(-0.0), "minus".to_string()); // -0 == +0: one key
    for (k, v) in z.range() {
        let signbit = k.0.is_sign_negative();
        print_to!(out, "zeros: {} {v} signbit kept: {signbit}\n", z.len());
    }

    let i: GoMap<_, _> = GoMap::make(0);
    i.set(Dyn::Int(1), "int".to_string());
    i.set(Dyn::Int64(1), "int64".to_string());
    i.set(Dyn::Float64(1.0), "float".to_string());
    i.set(Dyn::Float64(nan), "a".to_string());
    i.set(Dyn::Float64(nan), "b".to_string());
    let [a, b, c] = [Dyn::Int(1), Dyn::Int64(1), Dyn::Float64(1.0)].map(|k| i.at(&k));
    print_to!(out, "interface keys: {} {a} {b} {c}\n", i.len());

    assert_eq!(
        out,
        "len 10 found false sum 45\n\
         after delete loop: 10\n\
         struct with NaN: 2\n\
         zeros: 1 minus signbit kept: true\n\
         interface keys: 5 int int64 float\n"
    );
}

/// Buckets that a map's memory has: those of the arrays and the overflow buckets of the chains.
fn n_buckets<K: Key, V>(m: &Map<K, V>) -> usize {
    let chains = m.chains().map(|chain| chain.buckets().count());
    let old = m.old_chains().map(|(_, chain)| chain.buckets().count());
    chains.sum::<usize>() + old.sum::<usize>()
}

#[test]
fn a_map_whose_keys_are_replaced_for_ever_stays_bounded() {
    let mut x = 1_u32;
    let mut next = || {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        x
    };
    let mut m = Map::new();
    let mut ring: Vec<u32> = (0..50_000).map(|_| next()).collect();
    for key in ring.iter() {
        m.insert(*key, true);
    }
    let start = n_buckets(&m);
    let mut most = start;
    for _ in 0..40 {
        for key in &mut ring {
            assert_eq!(m.remove(key), Some(true));
            *key = next();
            m.insert(*key, true);
        }
        most = most.max(n_buckets(&m));
    }
    let out = format!("len: {}\nbounded: {}\n", m.len(), most < 3 * start);
    assert_eq!(out, "len: 50000\nbounded: true\n");
    m.check();
}

#[test]
fn a_nil_map_reads_as_empty_and_cannot_be_stored_into() {
    let mut out = String::new();
    let m: GoMap<String, i64> = GoMap::nil();
    let x = "x".to_string();
    let (v, ok) = m.at_ok(&x);
    m.delete(&x);
    for _ in m.range() {
        print_to!(out, "never\n");
    }
    print_to!(out, "{v} {ok} {} {} {m}\n", m.len(), m.is_nil());
    let text = panic_text(|| m.update(x, |v| *v += 1));
    print_to!(out, "recovered: {text}\n");
    let nested: GoMap<String, GoMap<String, i64>> = GoMap::make(0);
    let inner = nested.at(&"a".to_string()); // the missing inner map is a nil map
    let text = panic_text(|| inner.set("b".to_string(), 1));
    print_to!(out, "panic: {text}\n");
    assert_eq!(
        out,
        "0 false 0 true map[]\n\
         recovered: assignment to entry in nil map\n\
         panic: assignment to entry in nil map\n"
    );
}

#[test]
fn a_hint_that_is_negative_or_absurd_is_ignored() {
    let mut out = String::new();
    let m: GoMap<_, _> = GoMap::make(-1);
    m.set(1, 1);
    print_to!(out, "map hint -1: ok, len {}\n", m.len());
    let m: GoMap<i64, i64> = GoMap::make((1 << 62) + 1);
    print_to!(out, "map hint 1<<62: ok, len {}\n", m.len());
    assert_eq!(out, "map hint -1: ok, len 1\nmap hint 1<<62: ok, len 0\n");
}

#[test]
fn each_range_starts_somewhere_and_is_complete() {
    fastrand::seed(113);
    let mut out = String::new();
    let m: GoMap<_, _> = GoMap::make(0);
    for (key, value) in ["a", "b", "c", "d", "e"].into_iter().zip(1..) {
        m.set(key, value);
    }
    let mut first = BTreeMap::new();
    let mut complete = true;
    for _ in 0..2000 {
        let pairs: Vec<(&str, i64)> = m.range().collect();
        first.insert(pairs[0].0, true);
        complete &= pairs.len() == 5 && pairs.iter().map(|(_, v)| v).sum::<i64>() == 15;
    }
    print_to!(out, "every pass complete: {complete}\n");
    print_to!(out, "different first keys: {}\n", first.len() > 1);
    print_to!(out, "{m}\n");
    print_to!(
        out,
        "{}\n",
        GoMap::<i64, bool>::from([3, -1, 20, 1].map(|key| (key, true)))
    );
    assert_eq!(
        out,
        "every pass complete: true\n\
         different first keys: true\n\
         map[a:1 b:2 c:3 d:4 e:5]\n\
         map[-1:true 1:true 3:true 20:true]\n"
    );
}
