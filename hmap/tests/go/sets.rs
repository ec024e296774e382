//! test/typeparam/sets.go: a set, which is a map without values.
//!
//! `Set` stands for the set of that program: what is a method there and an operation of `Set`'s own
//! here is used as such.

use hmap::{F64, Set};

/// typeparam/sets.go: TestSet. Adding an element again changes nothing; length, membership and
/// elements agree.
#[test]
fn test_set() {
    let mut s1 = Set::new();
    assert_eq!(s1.len(), 0);
    assert!(s1.insert(1));
    assert!(!s1.insert(1) && !s1.insert(1));
    assert_eq!(s1.len(), 1);
    assert!(
        [2, 3, 4]
            .map(|element| s1.insert(element))
            .into_iter()
            .all(|new| new)
    );
    assert_eq!(s1.len(), 4);
    assert!(s1.contains(&1) && !s1.contains(&5));
    let mut values: Vec<i64> = s1.iter().copied().collect();
    values.sort_unstable();
    assert_eq!(values, [1, 2, 3, 4]);
}

/// typeparam/sets.go: TestEqual. Two empty sets are equal, sets of different size are not.
#[test]
fn test_equal() {
    let (mut s1, s2) = (Set::new(), Set::new());
    assert_eq!(s1, s2);
    s1.extend(["hello", "world"]);
    assert_eq!(s1.len(), 2);
    assert_ne!(s1, s2);
}

/// typeparam/sets.go: TestCopy. A copy is equal, and a store into the original is not seen in it.
#[test]
fn test_copy() {
    let mut s1 = Set::new();
    s1.insert(F64(0.0));
    let s2 = s1.clone();
    assert!(s1 == s2);
    s1.insert(F64(1.0));
    assert!(s1 != s2);
}

/// typeparam/sets.go: TestAddSet. What both have counts once.
#[test]
fn test_add_set() {
    let (mut s1, mut s2) = (Set::from([1, 2]), Set::from([2, 3]));
    s1.extend(&s2);
    assert_eq!(s1.len(), 3);
    s2.insert(1);
    assert_eq!(s1, s2);
    assert_eq!(&s1 | &s2, Set::from([1, 2, 3]));
}

/// typeparam/sets.go: TestSubSet. What both have is removed.
#[test]
fn test_sub_set() {
    let (mut s1, s2) = (Set::from([1, 2]), Set::from([2, 3]));
    assert_eq!(&s1 - &s2, Set::from([1]));
    for element in &s2 {
        s1.remove(element);
    }
    assert_eq!(s1, Set::from([1]));
}

/// typeparam/sets.go: TestIntersect. What both have stays.
#[test]
fn test_intersect() {
    let (mut s1, s2) = (Set::from([1, 2]), Set::from([2, 3]));
    assert_eq!(&s1 & &s2, Set::from([2]));
    s1.retain(|element| s2.contains(element));
    assert_eq!(s1, Set::from([2]));
}

/// typeparam/sets.go: TestIterate. Each element comes once.
#[test]
fn test_iterate() {
    let s1 = Set::from([1, 2, 3, 4]);
    let mut sum = 0;
    s1.iter().for_each(|element| sum += element);
    assert_eq!(sum, 10);
}

/// typeparam/sets.go: TestFilter. What is not wanted goes.
#[test]
fn test_filter() {
    let mut s1 = Set::from([1, 2, 3]);
    s1.retain(|element| element % 2 == 0);
    assert_eq!(s1, Set::from([2]));
}
