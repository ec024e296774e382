//! Room: asked for in advance, by hand, in vain, and given back.

use hmap::{Map, Set, TryReserveError};

use crate::caught::panic_text;
use crate::tens;

#[test]
fn a_map_without_entries_has_no_buckets() {
    assert_eq!(Map::<i64, i64>::new().capacity(), 0);
    assert_eq!(Map::<i64, i64>::with_capacity(0).capacity(), 0);
    let mut m = tens(100);
    m.clear();
    m.shrink_to_fit();
    assert_eq!(m.capacity(), 0);
    assert_eq!(m.hmap().b(), 0);
}

#[test]
fn with_capacity_makes_room_that_is_enough() {
    for n in [1, 7, 8, 9, 13, 14, 100, 1000, 5000] {
        let mut m = Map::with_capacity(n);
        let (capacity, b) = (m.capacity(), m.hmap().b());
        assert!(capacity >= n, "{capacity} for {n}");
        for i in 0..capacity {
            m.insert(i, i);
        }
        assert_eq!((m.hmap().b(), m.hmap().growing()), (b, false), "{n}");
        m.check();
    }
}

#[test]
fn capacity_is_never_less_than_the_length() {
    let mut m = Map::new();
    for i in 0..3000 {
        m.insert(i, i);
        assert!(m.capacity() >= m.len());
    }
    for i in 0..3000 {
        m.remove(&i);
        assert!(m.capacity() >= m.len());
    }
}

#[test]
fn what_reserve_made_room_for_needs_no_growth() {
    for (n, additional) in [(0, 0), (0, 100), (5, 3), (5, 100), (833, 10), (840, 5000)] {
        let mut m = tens(n);
        m.reserve(additional);
        assert_eq!(m, tens(n));
        m.check();
        assert!(m.capacity() >= n as usize + additional);
        let b = m.hmap().b();
        m.extend((n..n + additional as i64).map(|i| (i, 10 * i)));
        assert_eq!(m.hmap().b(), b, "{n} and {additional}");
        assert_eq!(m, tens(n + additional as i64));
        m.check();
    }
}

#[test]
fn reserve_that_is_not_needed_changes_nothing() {
    let mut m: Map<i64, i64> = Map::with_capacity(1000);
    m.extend(tens(10));
    let (b, hash0) = (m.hmap().b(), m.hmap().hash0());
    m.reserve(100);
    assert_eq!((m.hmap().b(), m.hmap().hash0()), (b, hash0));
}

#[test]
fn shrinking_keeps_everything_and_room_for_it() {
    let mut m = tens(2000);
    for i in 20..2000 {
        m.remove(&i);
    }
    let before = m.capacity();
    m.shrink_to(500);
    assert!((500..before).contains(&m.capacity()));
    assert_eq!(m, tens(20));
    m.check();
    m.shrink_to_fit();
    assert_eq!(m.hmap().b(), 2, "20 entries need 4 buckets");
    assert_eq!(m, tens(20));
    m.check();
    m.shrink_to(10_000);
    assert_eq!(m.hmap().b(), 2, "shrinking does not grow");
    m.insert(20, 200);
    assert_eq!(m, tens(21));
}

#[test]
fn shrinking_a_map_that_grows_ends_the_growth() {
    let mut m = tens(833);
    assert!(m.hmap().growing());
    m.shrink_to_fit();
    assert_eq!(m, tens(833));
    assert!(m.capacity() >= 833);
    m.check();
}

#[test]
fn try_reserve_reports_what_cannot_be() {
    let overflow = Err(TryReserveError::CapacityOverflow);
    let mut m = tens(10);
    assert_eq!(m.try_reserve(100), Ok(()));
    assert_eq!(m.try_reserve(usize::MAX), overflow);
    assert_eq!(m.try_reserve(usize::MAX - 10), overflow);
    assert_eq!(m.try_reserve(usize::MAX / 16), overflow);
    // 2^48 entries have room in an address, but not in memory.
    let refused = m.try_reserve(1 << 48);
    assert!(
        matches!(refused, Err(TryReserveError::AllocError { .. })),
        "{refused:?}"
    );
    assert_eq!(m, tens(10));
    m.check();
    let mut s = Set::from([1]);
    assert_eq!(s.try_reserve(usize::MAX), overflow);
    let mut empty: Map<(), ()> = Map::new();
    assert_eq!(empty.try_reserve(usize::MAX), overflow);
}

#[test]
fn reserve_of_the_impossible_is_a_panic_that_harms_nothing() {
    let mut m = tens(833);
    assert_ne!(panic_text(|| m.reserve(usize::MAX)), "no panic");
    assert_eq!(m, tens(833));
    m.check();
    assert_ne!(
        panic_text(|| Map::<i64, i64>::with_capacity(usize::MAX).len()),
        "no panic"
    );
}

#[test]
fn the_error_says_what_is_missing() {
    let error = tens(1).try_reserve(usize::MAX).expect_err("too much");
    assert!(!error.to_string().is_empty());
    let error: Box<dyn std::error::Error> = Box::new(error);
    assert!(error.source().is_none());
}
