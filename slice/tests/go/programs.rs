//! test: slicecap.go, makeslice.go, nil.go, recover2.go, recover3.go, strcopy.go,
//! unsafebuiltins.go, bigalg.go.

use core::cell::Cell;
use std::collections::HashMap;
use std::sync::mpsc;

use bumpalo::Bump;
use slice::{Int, Slice, Str};

use crate::caught::panic_text;

/// The eight ways of the program to come to the end of five elements, in whatever `$x` is.
macro_rules! ends {
    ($x:expr) => {{
        let (x, five) = ($x, 5usize);
        let y = x.slice(4..);
        [
            x,
            x.slice(5..),
            x.slice(five..),
            x.slice(5..five),
            x.slice(five..5),
            x.slice(five..five),
            x.slice(1..).slice(2..).slice(2..),
            y.slice(1..),
        ]
    }};
}

/// test/slicecap.go: main. A slice expression that leaves no capacity never points past the end of
/// the bytes, ints or string it was cut from.
#[test]
fn slicecap_main() {
    let heap = Bump::new();
    let hello = Str::from("hello");
    for (i, s) in ends!(hello).into_iter().enumerate() {
        assert!(s.as_ptr().addr() - hello.as_ptr().addr() < 5, "string {i}");
    }
    let bytes = Slice::literal(&heap, &[1u8, 2, 3, 4, 5]);
    for (i, s) in ends!(bytes).into_iter().enumerate() {
        assert!(s.as_ptr().addr() - bytes.as_ptr().addr() < 5, "bytes {i}");
    }
    let ints = Slice::literal(&heap, &[1i32, 2, 3, 4, 5]);
    for (i, s) in ends!(ints).into_iter().enumerate() {
        assert!(s.as_ptr().addr() - ints.as_ptr().addr() < 5 * 4, "ints {i}");
    }
}

const LEN_OUT_OF_RANGE: &str = "runtime error: makeslice: len out of range";
const CAP_OUT_OF_RANGE: &str = "runtime error: makeslice: cap out of range";

/// `make` with the impossible length, then capacity `n`: alone, before a copy, and inside an append
/// to none and to one element.
fn check_make<T: Clone + Default>(n: impl Int) {
    let heap = Bump::new();
    assert_eq!(
        panic_text(|| Slice::<T>::zeroed(&heap, n)),
        LEN_OUT_OF_RANGE
    );
    assert_eq!(
        panic_text(|| Slice::<T>::make(&heap, 0, n)),
        CAP_OUT_OF_RANGE
    );

    let c = Slice::<T>::zeroed(&heap, 8);
    let copied = || Slice::zeroed(&heap, n).copy_from(c);
    assert_eq!(panic_text(copied), LEN_OUT_OF_RANGE);
    let copied = || Slice::make(&heap, 0, n).copy_from(c);
    assert_eq!(panic_text(copied), CAP_OUT_OF_RANGE);

    for length in [0, 1] {
        let t = Slice::<T>::zeroed(&heap, length);
        let appended = || t.append_slice(&heap, Slice::zeroed(&heap, n));
        assert_eq!(panic_text(appended), LEN_OUT_OF_RANGE);
        let appended = || t.append_slice(&heap, Slice::make(&heap, 0, n));
        assert_eq!(panic_text(appended), CAP_OUT_OF_RANGE);
    }
}

/// `check_make` with `n` as each of the four types of the program.
fn check_types<T: Clone + Default>(n: u64) {
    check_make::<T>(n as isize);
    check_make::<T>(n as usize);
    check_make::<T>(n as i64);
    check_make::<T>(n);
}

/// test/makeslice.go: main. `make` with a length or capacity that is negative, above 2^48 bytes or
/// overflows in bytes panics, as int, uint, int64 and uint64, for ints and bytes, also next to copy
/// and append.
///
/// Go's compiler fuses `append(t, make(T, n)...)`; where it does, a huge `n` panics in growslice.
/// Here `make` always comes first, as the language says and as the program asks.
#[test]
fn makeslice_main() {
    let minus_one = u64::MAX;
    check_types::<isize>(minus_one);
    check_types::<u8>(minus_one);
    check_types::<isize>(1 << 59);
    check_types::<isize>((1 << 63) - 1);
}

/// test/nil.go: slicetest. A nil slice has length and capacity 0, and no element to read or write.
#[test]
fn nil_slicetest() {
    let x: Slice<'_, isize> = Slice::nil();
    assert_eq!((x.len(), x.cap()), (0, 0));
    let text = "runtime error: index out of range";
    assert_eq!(panic_text(|| x.at(1)), format!("{text} [1] with length 0"));
    assert_eq!(
        panic_text(|| x.set(2, 0)),
        format!("{text} [2] with length 0")
    );
}

/// test/recover2.go: test1. An index beyond the length is a panic that can be recovered from, and
/// its text says `index`.
#[test]
fn recover2_test1() {
    let heap = Bump::new();
    let x: Slice<'_, u8> = Slice::zeroed(&heap, 10);
    assert_eq!(
        panic_text(|| x.at(123)),
        "runtime error: index out of range [123] with length 10"
    );
}

/// test/recover2.go: test2. An upper bound beyond the capacity panics so too, and the text
/// says `slice`.
#[test]
fn recover2_test2() {
    let heap = Bump::new();
    let x: Slice<'_, u8> = Slice::zeroed(&heap, 10);
    assert_eq!(
        panic_text(|| x.slice(5..15)),
        "runtime error: slice bounds out of range [:15] with capacity 10"
    );
}

/// test/recover2.go: test3. A low bound above the high one panics so too, and the text says
/// `slice`.
#[test]
fn recover2_test3() {
    let heap = Bump::new();
    let x: Slice<'_, u8> = Slice::zeroed(&heap, 10);
    let (lo, hi) = (11, 9);
    assert_eq!(
        panic_text(|| x.slice(lo..hi)),
        "runtime error: slice bounds out of range [11:9]"
    );
}

/// test/recover3.go: array-bounds. Index 99999 through a pointer to an array of ten is out of
/// range.
#[test]
fn recover3_array_bounds() {
    let heap = Bump::new();
    let p1 = Slice::<isize>::zeroed(&heap, 10).as_array::<10>();
    assert_eq!(
        panic_text(|| Slice::of_array(p1, ..).at(99999)),
        "runtime error: index out of range [99999] with length 10"
    );
}

/// test/recover3.go: slice-bounds. Index 99999 of a nil slice is out of range.
#[test]
fn recover3_slice_bounds() {
    let sl: Slice<'_, isize> = Slice::nil();
    assert_eq!(
        panic_text(|| sl.at(99999)),
        "runtime error: index out of range [99999] with length 0"
    );
}

/// test/strcopy.go: main. A string turned into bytes and back is a copy, not the substring it came
/// from.
#[test]
fn strcopy_main() {
    let heap = Bump::new();
    let buf: Slice<'_, u8> = Slice::zeroed(&heap, 2 << 10);
    let large = buf.to_str(&heap);
    let sub = large.slice(10..12);
    let subcopy = sub.to_bytes(&heap).to_str(&heap);
    assert_eq!(sub, subcopy);
    assert_ne!(sub.as_ptr(), subcopy.as_ptr());
    assert_eq!(sub.as_ptr(), large.as_ptr().wrapping_add(10));
}

/// test/unsafebuiltins.go: main. A slice over `n` given cells has `len == cap == n` and their base;
/// more than there is (a negative or a huge length among it) panics; stepping forward and back from
/// an element leads to its neighbours.
///
/// What Go has to check of sizes and of the end of the address space, the type `&[Cell<T>]` rules
/// out. A reference is never nil either: cells of a nil slice are none, and the slice over none is
/// empty.
#[test]
fn unsafebuiltins_main() {
    let p = [const { Cell::new(0u8) }; 10];
    let p1 = Slice::from_cells(&p, p.len()).slice(1..);
    assert_eq!(p1.as_ptr().wrapping_add(1), p[2].as_ptr().cast_const());
    assert_eq!(p1.as_ptr().wrapping_sub(1), p[0].as_ptr().cast_const());

    let s = Slice::from_cells(&p, p.len());
    assert_eq!(s.as_ptr(), p[0].as_ptr().cast_const());
    assert_eq!((s.len(), s.cap()), (p.len(), p.len()));
    assert!(core::ptr::eq(s.as_array::<10>(), &raw const p));

    let none = Slice::<isize>::nil().all_cells();
    let empty = Slice::from_cells(none, 0);
    assert_eq!((empty.len(), empty.cap()), (0, 0));
    let too_long = "a slice of len above the cells it is made over";
    assert_eq!(panic_text(|| Slice::from_cells(none, 1)), too_long);

    let last = &p[9..];
    assert_eq!(Slice::from_cells(last, 1).len(), 1);
    for length in [2, -1i64 as usize, u64::MAX as usize] {
        assert_eq!(panic_text(|| Slice::from_cells(last, length)), too_long);
    }
    assert_eq!(
        panic_text(|| s.slice(..3).as_array::<10>()),
        "runtime error: cannot convert slice with length 3 to pointer to array with length 10"
    );
}

/// Whether two headers say the same: base, length, capacity.
fn same_array(a: Slice<'_, isize>, b: Slice<'_, isize>) -> bool {
    (a.as_ptr(), a.len(), a.cap()) == (b.as_ptr(), b.len(), b.cap())
}

/// A value that may hold a slice among other things, for want of an interface.
enum Any<'h> {
    Slice(Slice<'h, isize>),
    Pointer(&'h Cell<Slice<'h, isize>>),
}

/// test/bigalg.go: arraycmptest. A nil slice is nil and a slice of three is not; a header read back
/// from a map, a channel, an interface or through a pointer is the same header.
#[test]
fn bigalg_arraycmptest() {
    let heap = Bump::new();
    let a = Slice::literal(&heap, &[1, 2, 3]);
    let nil: Slice<'_, isize> = Slice::default();
    assert!(nil.is_nil());
    assert!(!a.is_nil());

    let ma = HashMap::from([(1, a)]);
    assert!(same_array(a, ma[&1]));

    let (send, receive) = mpsc::channel();
    send.send(a).expect("a receiver");
    assert!(same_array(a, receive.recv().expect("a value")));

    let pa = Cell::new(Slice::nil());
    pa.set(a);
    for interface in [Any::Slice(a), Any::Pointer(&pa)] {
        let back = match interface {
            Any::Slice(s) => s,
            Any::Pointer(p) => p.get(),
        };
        assert!(same_array(a, back));
    }
}
