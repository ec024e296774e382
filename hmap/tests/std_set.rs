//! What std's HashSet promises, asked of `Set`.
//!
//! The answers to set algebra come from `BTreeSet`, which keeps its elements in order.

#[path = "../../slice/tests/go/caught.rs"]
mod caught;

use std::collections::BTreeSet;
use std::collections::hash_map::RandomState;
use std::iter::FusedIterator;

use hmap::{F64, Set};

use caught::panic_text;

/// The elements in order.
fn sorted<T: Ord + Clone>(elements: impl IntoIterator<Item = T>) -> Vec<T> {
    let elements: Vec<T> = elements.into_iter().collect();
    let set: BTreeSet<T> = elements.iter().cloned().collect();
    assert_eq!(set.len(), elements.len(), "each element once");
    set.into_iter().collect()
}

/// Pairs of sets that overlap, contain one another, are equal, are empty, or do not touch.
fn pairs() -> Vec<(BTreeSet<i64>, BTreeSet<i64>)> {
    let set = |elements: &[i64]| elements.iter().copied().collect::<BTreeSet<_>>();
    let many: BTreeSet<i64> = (0..1000).collect();
    let odd = (0..1000).filter(|i| i % 2 == 1).collect();
    vec![
        (set(&[]), set(&[])),
        (set(&[1]), set(&[])),
        (set(&[]), set(&[1])),
        (set(&[1, 3, 5, 9, 11]), set(&[-2, 3, 5, 7, 9])),
        (set(&[1, 2, 3]), set(&[1, 2, 3])),
        (set(&[1, 2]), set(&[3, 4])),
        (many.clone(), odd),
        (set(&[5, 2000]), many),
    ]
}

#[test]
fn algebra_gives_what_ordered_sets_give() {
    for (a, b) in pairs() {
        let (x, y): (Set<i64>, Set<i64>) =
            (a.iter().copied().collect(), b.iter().copied().collect());
        assert!(sorted(x.union(&y).copied()).iter().eq(a.union(&b)));
        assert!(
            sorted(x.intersection(&y).copied())
                .iter()
                .eq(a.intersection(&b))
        );
        assert!(
            sorted(x.difference(&y).copied())
                .iter()
                .eq(a.difference(&b))
        );
        assert!(
            sorted(x.symmetric_difference(&y).copied())
                .iter()
                .eq(a.symmetric_difference(&b))
        );
        assert!(sorted(&x | &y).into_iter().eq(&a | &b));
        assert!(sorted(&x & &y).into_iter().eq(&a & &b));
        assert!(sorted(&x - &y).into_iter().eq(&a - &b));
        assert!(sorted(&x ^ &y).into_iter().eq(&a ^ &b));
        assert_eq!(x.is_subset(&y), a.is_subset(&b));
        assert_eq!(x.is_superset(&y), a.is_superset(&b));
        assert_eq!(x.is_disjoint(&y), a.is_disjoint(&b));
        assert_eq!(x == y, a == b);
    }
}

#[test]
fn the_iterators_of_algebra_are_fused_cloned_and_printed() {
    fn fused(it: impl FusedIterator<Item = i64> + Clone) {
        let mut it = it;
        let (low, high) = it.size_hint();
        let n = it.clone().count();
        assert!(low <= n && high.is_none_or(|high| n <= high));
        it.by_ref().for_each(|_| ());
        assert!(it.next().is_none() && it.next().is_none());
    }
    let (x, y) = (Set::from([1, 2, 3]), Set::from([3, 4]));
    fused(x.union(&y).copied());
    fused(x.intersection(&y).copied());
    fused(x.difference(&y).copied());
    fused(x.symmetric_difference(&y).copied());
    assert_eq!(format!("{:?}", x.intersection(&y)), "[3]");
    assert_eq!(format!("{:?}", y.difference(&x)), "[4]");
}

#[test]
fn inserting_tells_what_is_new_and_replacing_gives_the_old() {
    let mut s = Set::new();
    assert!(s.insert("a".to_string()) && !s.insert("a".to_string()));
    let kept = s.get("a").expect("it is there").as_ptr();
    let new = "a".to_string();
    let address = new.as_ptr();
    let old = s.replace(new).expect("one was there");
    assert_eq!(old.as_ptr(), kept);
    assert_eq!(s.get("a").expect("it is there").as_ptr(), address);
    assert_eq!(s.replace("b".to_string()), None);
    assert_eq!(s.len(), 2);
}

#[test]
fn elements_are_found_taken_and_removed_by_what_they_borrow_as() {
    let mut s = Set::from(["a", "b", "c"].map(str::to_string));
    assert!(s.contains("a") && !s.contains("x"));
    assert_eq!(s.take("a"), Some("a".to_string()));
    assert_eq!(s.take("a"), None);
    assert!(s.remove("b") && !s.remove("b"));
    assert_eq!(sorted(s), ["c"]);
}

#[test]
fn iterators_yield_everything_once_and_know_how_much_is_left() {
    fn exact<T>(mut it: impl ExactSizeIterator<Item = T> + FusedIterator, n: usize) -> Vec<T> {
        let mut all = Vec::new();
        for left in (0..=n).rev() {
            assert_eq!((it.len(), it.size_hint()), (left, (left, Some(left))));
            all.extend(it.next());
        }
        assert!(it.next().is_none());
        all
    }
    for n in [0, 1, 8, 9, 53, 833] {
        let mut s: Set<i64> = (0..n).collect();
        assert!(
            sorted(exact(s.iter(), n as usize))
                .into_iter()
                .copied()
                .eq(0..n)
        );
        assert!(
            sorted(exact(s.clone().into_iter(), n as usize))
                .into_iter()
                .eq(0..n)
        );
        assert!(s.iter().clone().eq(&s));
        assert!(sorted(exact(s.drain(), n as usize)).into_iter().eq(0..n));
        assert!(s.is_empty());
    }
}

#[test]
fn retain_and_extract_if_share_the_elements_out() {
    let mut s: Set<i64> = (0..1000).collect();
    s.retain(|element| element % 2 == 0);
    assert_eq!(s.len(), 500);
    let fours = sorted(s.extract_if(|element| element % 4 == 0));
    assert!(fours.into_iter().eq((0..1000).step_by(4)));
    assert!(sorted(s).into_iter().eq((2..1000).step_by(4)));
}

#[test]
fn a_set_is_made_extended_compared_and_printed() {
    let mut s = Set::from([1, 2, 2, 3]);
    s.extend([3, 4]);
    s.extend(&[4, 5]);
    assert_eq!(s, (1..6).collect());
    assert_ne!(s, Set::from([1, 2]));
    assert_eq!(format!("{:?}", Set::from(["a"])), r#"{"a"}"#);
    assert_eq!(format!("{:?}", Set::<i64>::new()), "{}");
    assert_eq!(format!("{:?}", Set::from([7]).iter()), "[7]");
    assert_eq!(s.clone(), s);
    let empty: Set<i64> = Set::default();
    assert!(empty.is_empty());
}

#[test]
fn room_is_made_and_given_back() {
    let mut s = Set::with_capacity(100);
    assert!(s.capacity() >= 100);
    s.extend(0..100);
    s.reserve(900);
    assert!(s.capacity() >= 1000);
    assert!(s.try_reserve(usize::MAX).is_err());
    s.shrink_to(200);
    assert!((200..1000).contains(&s.capacity()));
    s.clear();
    s.shrink_to_fit();
    assert_eq!((s.capacity(), s.len()), (0, 0));
    assert_ne!(panic_text(|| s.reserve(usize::MAX)), "no panic");
}

#[test]
fn any_hasher_will_do() {
    let mut s: Set<i64, RandomState> = Set::with_hasher(RandomState::new());
    s.extend([1, 2]);
    assert!(s.contains(&1));
    let build = ahash::RandomState::with_seeds(1, 2, 3, 4);
    let s: Set<i64> = Set::with_capacity_and_hasher(10, build.clone());
    assert_eq!(s.hasher().hash_one(1), build.hash_one(1));
}

#[test]
fn floats_are_elements_with_gos_behaviour() {
    let mut s = Set::new();
    assert!(s.insert(F64(f64::NAN)) && s.insert(F64(f64::NAN)));
    assert!(!s.contains(&F64(f64::NAN)));
    assert!(s.insert(F64(0.0)) && !s.insert(F64(-0.0)));
    assert_eq!(s.len(), 3);
    assert_ne!(s, s.clone());
}
