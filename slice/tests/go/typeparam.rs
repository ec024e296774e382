//! test/typeparam: slices.go, append.go, sliceimp.dir/main.go.

use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};

use bumpalo::Bump;
use slice::Slice;

use crate::generics::{append, copy, equal, equal_fn, filter, map, reduce, slice_max, slice_min};

/// test/typeparam/slices.go: TestEqual. Equal slices have the same length and elements, a NaN
/// equals a NaN, nil equals an empty slice and nothing else.
#[test]
fn slices_test_equal() {
    let heap = Bump::new();
    let s1 = Slice::literal(&heap, &[1, 2, 3]);
    assert!(equal(s1, s1));
    let s2 = Slice::literal(&heap, &[1, 2, 3]);
    assert!(equal(s1, s2));
    let s2 = s2.append(&heap, 4);
    assert!(!equal(s1, s2));

    let s3 = Slice::literal(&heap, &[1.0, 2.0, f64::NAN]);
    assert!(equal(s3, s3));

    assert!(!equal(s1, Slice::nil()));
    assert!(!equal(Slice::nil(), s1));
    assert!(equal(s1.slice(..0), Slice::nil()));
}

fn off_by_one(a: i64, b: i64) -> bool {
    a == b + 1 || a == b - 1
}

/// test/typeparam/slices.go: TestEqualFn. The function has to hold for each pair of elements; nil
/// and empty are equal.
#[test]
fn slices_test_equal_fn() {
    let heap = Bump::new();
    let s1 = Slice::literal(&heap, &[1, 2, 3]);
    let s2 = Slice::literal(&heap, &[2, 3, 4]);
    assert!(!equal_fn(s1, s1, off_by_one));
    assert!(equal_fn(s1, s2, off_by_one));
    assert!(equal_fn(s1.slice(..0), Slice::nil(), off_by_one));

    let s3 = Slice::literal(&heap, &["a", "b", "c"]);
    let s4 = Slice::literal(&heap, &["A", "B", "C"]);
    assert!(equal_fn(s3, s4, |a, b| a.eq_ignore_ascii_case(b)));
}

/// test/typeparam/slices.go: TestMap. There is one result for each element, in order, of another
/// type too; nil gives an empty slice.
#[test]
fn slices_test_map() {
    let heap = Bump::new();
    let s1 = Slice::literal(&heap, &[1, 2, 3]);
    let s2 = map(&heap, s1, |i| f64::from(i) * 2.5);
    assert!(equal(s2, Slice::literal(&heap, &[2.5, 5.0, 7.5])));

    let s3 = Slice::literal(&heap, &["Hello", "World"]);
    let s4 = map(&heap, s3, str::to_lowercase);
    let want = ["hello", "world"].map(str::to_string);
    assert!(equal(s4, Slice::literal(&heap, &want)));

    let s5 = map(&heap, Slice::nil(), |i: i64| i);
    assert_eq!(s5.len(), 0);
}

/// test/typeparam/slices.go: TestReduce. Elements are folded from the left into another type; nil
/// gives the start value.
#[test]
fn slices_test_reduce() {
    let heap = Bump::new();
    let s1 = Slice::literal(&heap, &[1, 2, 3]);
    assert_eq!(reduce(s1, 0.0, |f, i| f64::from(i) * 2.5 + f), 15.0);
    assert_eq!(reduce(Slice::nil(), 0, |i: i64, j: i64| i + j), 0);
}

/// test/typeparam/slices.go: TestFilter. The accepted elements stay in order; of none there are
/// none.
#[test]
fn slices_test_filter() {
    let heap = Bump::new();
    let s1 = Slice::literal(&heap, &[1, 2, 3]);
    let s2 = filter(&heap, s1, |i| i % 2 == 0);
    assert!(equal(s2, Slice::literal(&heap, &[2])));
    let s3 = filter(&heap, s1.slice(..0), |_| true);
    assert!(s3.is_empty());
}

/// test/typeparam/slices.go: TestMax. The largest of ints and of strings; the zero value of none.
#[test]
fn slices_test_max() {
    let heap = Bump::new();
    assert_eq!(slice_max(Slice::literal(&heap, &[1, 2, 3, -5])), 3);
    let s2 = Slice::literal(&heap, &["aaa", "a", "aa", "aaaa"]);
    assert_eq!(slice_max(s2), "aaaa");
    assert_eq!(slice_max(s2.slice(..0)), "");
}

/// test/typeparam/slices.go: TestMin. The smallest of ints and of strings; the zero value of none.
#[test]
fn slices_test_min() {
    let heap = Bump::new();
    assert_eq!(slice_min(Slice::literal(&heap, &[1, 2, 3, -5])), -5);
    let s2 = Slice::literal(&heap, &["aaa", "a", "aa", "aaaa"]);
    assert_eq!(slice_min(s2), "a");
    assert_eq!(slice_min(s2.slice(..0)), "");
}

/// test/typeparam/slices.go: TestAppend. An append made of `make` and `copy` gives the elements of
/// both in order, as the built-in one does.
#[test]
fn slices_test_append() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &[1, 2, 3]);
    let t = Slice::literal(&heap, &[4, 5, 6]);
    let want = Slice::literal(&heap, &[1, 2, 3, 4, 5, 6]);
    assert!(equal(append(&heap, s, t), want));
    assert!(equal(s.append_slice(&heap, t), want));
}

/// test/typeparam/slices.go: TestCopy. A copy made of a loop copies the shorter length, returns it
/// and leaves the rest, as the built-in one does.
#[test]
fn slices_test_copy() {
    let heap = Bump::new();
    let t = Slice::literal(&heap, &[4, 5]);
    let want = Slice::literal(&heap, &[4, 5, 3]);
    for copy in [copy, |s: Slice<'_, i32>, t: Slice<'_, i32>| s.copy_from(t)] {
        let s = Slice::literal(&heap, &[1, 2, 3]);
        assert_eq!(copy(s, t), 2);
        assert!(equal(s, want));
    }
}

/// test/typeparam/sliceimp.dir/main.go: main. The generic functions give the same nine results when
/// they come from elsewhere.
///
/// All nine above import them; this is the program that calls the nine in Go's order.
#[test]
fn sliceimp_main() {
    slices_test_equal();
    slices_test_equal_fn();
    slices_test_map();
    slices_test_reduce();
    slices_test_filter();
    slices_test_max();
    slices_test_min();
    slices_test_append();
    slices_test_copy();
}

/// A channel's receiving end under a name of its own.
#[derive(Clone, Default)]
struct RecvEnd(Option<Rc<Receiver<i64>>>);

/// A channel's sending end.
#[derive(Clone, Default)]
struct SendEnd(Option<Rc<Sender<i64>>>);

/// A generic append over any slice type.
fn generic_append<'h, E: Clone + Default>(
    heap: &'h Bump,
    s: Slice<'h, E>,
    t: &[E],
) -> Slice<'h, E> {
    s.append_all(heap, t)
}

/// test/typeparam/append.go: main. A generic append over channel types gives two elements, each the
/// channel that was put in.
#[test]
fn append_main() {
    let heap = Bump::new();
    let (send, recv) = channel();

    let recv = Rc::new(recv);
    let element = RecvEnd(Some(Rc::clone(&recv)));
    let one = Slice::literal(&heap, core::slice::from_ref(&element));
    let a = generic_append(&heap, one, &[element]);
    assert_eq!(a.len(), 2);
    for RecvEnd(found) in a {
        assert!(found.is_some_and(|found| Rc::ptr_eq(&found, &recv)));
    }

    let send = Rc::new(send);
    let element = SendEnd(Some(Rc::clone(&send)));
    let one = Slice::literal(&heap, core::slice::from_ref(&element));
    let a2 = generic_append(&heap, one, &[element]);
    assert_eq!(a2.len(), 2);
    for SendEnd(found) in a2 {
        assert!(found.is_some_and(|found| Rc::ptr_eq(&found, &send)));
    }
}
