//! src/reflect/all_test.go: what reflect does with slices is what the language does.

use core::cell::Cell;

use bumpalo::Bump;
use slice::{Slice, Str};

use crate::caught::panic_text;

/// An array of these cells.
fn cells<const N: usize>(values: [i64; N]) -> [Cell<i64>; N] {
    values.map(Cell::new)
}

/// reflect/all_test.go: TestAppend. Appending values and appending a slice give the same elements,
/// within the capacity and beyond it; neither source changes its length.
#[test]
fn test_append() {
    let heap = Bump::new();
    for extra in [&[22][..], &[22, 33, 44]] {
        let make_orig = || Slice::<'_, i64>::make(&heap, 2, 4);
        let want = [&[0, 0][..], extra].concat();

        let orig = make_orig();
        let have0 = orig.append_all(&heap, extra);
        assert_eq!(have0.to_vec(), want);
        assert_eq!(orig.len(), 2);

        let (orig, tail) = (make_orig(), Slice::literal(&heap, extra));
        let have1 = orig.append_slice(&heap, tail);
        assert_eq!(have1.to_vec(), want);
        assert_eq!((orig.len(), tail.len()), (2, extra.len()));

        let orig = make_orig();
        let have2 = extra.iter().fold(orig, |s, v| s.append(&heap, *v));
        assert_eq!(have2.to_vec(), want);
        assert_eq!(orig.len(), 2);
    }
}

/// reflect/all_test.go: TestCopy. Of slices of 1 to 7 elements copied into a longer one, the
/// shorter length is copied, and what is behind it stays.
#[test]
fn test_copy() {
    let heap = Bump::new();
    let a = Slice::literal(&heap, &[1, 2, 3, 4, 10, 9, 8, 7]);
    let c = [11, 22, 33, 44, 1010, 99, 88, 77, 66, 55, 44];
    let b = Slice::literal(&heap, &c);
    for to_copy in 1..=7 {
        let n = b.copy_from(a.slice(..to_copy));
        assert_eq!(n, to_copy);
        assert_eq!(b.slice(..to_copy), a.slice(..to_copy));
        assert_eq!(b.slice(to_copy..).to_vec(), &c[to_copy..]);
    }
}

/// reflect/all_test.go: TestCopyString. A string copied into eight bytes gives the shorter of the
/// two lengths and leaves the rest.
#[test]
fn test_copy_string() {
    let heap = Bump::new();
    let array = [const { Cell::new(b'_') }; 8];
    for s in [
        Slice::literal(&heap, b"________"),
        Slice::of_array(&array, ..),
    ] {
        for (text, n, want) in [
            ("", 0, "________"),
            ("hello", 5, "hello___"),
            ("helloworld", 8, "hellowor"),
        ] {
            assert_eq!(s.copy_from_str(Str::from(text)), n);
            assert_eq!(s.to_str(&heap), want);
        }
    }
}

/// reflect/all_test.go: TestCopyArray. Of an array of 8 copied into one of 11, the last three stay.
#[test]
fn test_copy_array() {
    let a = cells([1, 2, 3, 4, 10, 9, 8, 7]);
    let b = cells([11, 22, 33, 44, 1010, 99, 88, 77, 66, 55, 44]);
    let n = Slice::of_array(&b, ..).copy_from(Slice::of_array(&a, ..));
    assert_eq!(n, 8);
    assert_eq!(
        b.map(Cell::into_inner),
        [1, 2, 3, 4, 10, 9, 8, 7, 66, 55, 44]
    );
}

/// reflect/all_test.go: TestSlice. `x[i:j]` has length j-i and reaches to the end of a slice, an
/// array or a string; an empty slice at the end of the capacity keeps the base it was cut from.
#[test]
fn test_slice() {
    let heap = Bump::new();
    let xs = Slice::literal(&heap, &[1, 2, 3, 4, 5, 6, 7, 8]);
    let v = xs.slice(3..5);
    assert_eq!((v.len(), v.cap()), (2, 5));
    assert_eq!(v.slice(0..5), xs.slice(3..));

    let xa = cells([10, 20, 30, 40, 50, 60, 70, 80]);
    let v = Slice::of_array(&xa, 2..5);
    assert_eq!((v.len(), v.cap()), (3, 6));
    assert_eq!(v.slice(0..6), Slice::of_array(&xa, 2..));

    let s = Str::from("0123456789");
    assert_eq!(s.slice(3..5), "34");

    let cut = xs.slice(3..4);
    assert_eq!(cut.slice(5..5).as_ptr(), cut.as_ptr());
}

/// The six wrong expressions of the test, as seen through `slice3`, with what says the limit.
fn check_refused<'h>(slice3: impl Fn(i64, i64, i64) -> Slice<'h, i64>, limit: &str) {
    let refused = |i, j, k| panic_text(|| slice3(i, j, k));
    let text = "runtime error: slice bounds out of range";
    assert_eq!(refused(1, 2, 1), format!("{text} [:2:1]"));
    assert_eq!(refused(1, 1, 11), format!("{text} [::11] with {limit} 8"));
    assert_eq!(refused(2, 2, 1), format!("{text} [:2:1]"));
}

/// reflect/all_test.go: TestSlice3. `x[i:j:k]` has length j-i and capacity k-i; k beyond the
/// capacity or below j panics; an empty slice without capacity keeps the base it was cut from.
///
/// That strings refuse three indexes is shown by tests/compile_fail/slice3_of_a_string.rs.
#[test]
fn test_slice3() {
    let heap = Bump::new();
    let xs = Slice::literal(&heap, &[1, 2, 3, 4, 5, 6, 7, 8]);
    let v = xs.slice3(3, 5, 7);
    assert_eq!((v.len(), v.cap()), (2, 4));
    assert_eq!(v.slice(0..4), xs.slice3(3, 7, 7));
    assert_eq!(v.slice(0..4), [4, 5, 6, 7]);
    check_refused(|i, j, k| xs.slice3(i, j, k), "capacity");

    let xa = cells([10, 20, 30, 40, 50, 60, 70, 80]);
    let v = Slice::of_array3(&xa, 2, 5, 6);
    assert_eq!((v.len(), v.cap()), (3, 4));
    assert_eq!(v.slice(0..4), Slice::of_array3(&xa, 2, 6, 6));
    assert_eq!(v.slice(0..4), [30, 40, 50, 60]);
    check_refused(|i, j, k| Slice::of_array3(&xa, i, j, k), "length");

    let cut = xs.slice3(3, 5, 7);
    assert_eq!(cut.slice3(4, 4, 4).as_ptr(), cut.as_ptr());
}
