//! test/fixedbugs: bugs that Go has mended, each in a small program.

use core::cell::Cell;

use bumpalo::Bump;
use slice::{Slice, Str};

use crate::caught::panic_text;

/// The largest length, `int(^uint(0) >> 1)`.
const MAX_INT: isize = isize::MAX;

const GROWSLICE: &str = "runtime error: growslice: cap out of range";
const MAKESLICE_LEN: &str = "runtime error: makeslice: len out of range";
const MAKESLICE_CAP: &str = "runtime error: makeslice: cap out of range";

/// test/fixedbugs/bug272.go: main. An index uses all 64 bits: 99 + 1<<32 is not 99.
#[test]
fn bug272_main() {
    let heap = Bump::new();
    let n = 100i64;
    let x: Slice<'_, isize> = Slice::zeroed(&heap, n);
    x.set(99, 234);
    assert_eq!(x.at(n - 1), 234);
    let n = n | 1 << 32;
    assert_eq!(
        panic_text(|| x.at(n - 1)),
        "runtime error: index out of range [4294967395] with length 100"
    );
}

/// A block of 1 << 19 bytes.
type Block = [[[[u8; 32]; 32]; 32]; 16];

/// test/fixedbugs/bug273.go: main. `make` of large blocks panics for a length or capacity that is
/// -1 or huge, and for a capacity below the length; the program goes on.
///
/// The checks of channel capacities in the same program belong to another crate.
#[test]
fn bug273_main() {
    let heap = Bump::new();
    let (minus1, five, big) = (-1, 5, 10i64 | 1 << 46);
    let make = |len: i64, cap: i64| panic_text(|| Slice::<Block>::make(&heap, len, cap).len());
    assert_eq!(make(minus1, minus1), MAKESLICE_LEN);
    assert_eq!(make(big, big), MAKESLICE_LEN);
    assert_eq!(make(10, minus1), MAKESLICE_CAP);
    assert_eq!(make(10, five), MAKESLICE_CAP);
    assert_eq!(make(10, big), MAKESLICE_CAP);
    assert_eq!(size_of::<Block>(), 1 << 19);
}

/// test/fixedbugs/issue4085b.go: main. Lengths and capacities of -1, 1<<59, 1<<63-1 and 1<<64-1
/// panic, each with the word for what is wrong, also inside an append.
#[test]
fn issue4085b_main() {
    let heap = Bump::new();
    let make_in_append = |n: i64| {
        for length in [0, 1] {
            let t: Slice<'_, isize> = Slice::zeroed(&heap, length);
            macro_rules! check {
                ($($int:ty)*) => {$(
                    let n = n as $int;
                    let appended = || t.append_slice(&heap, Slice::zeroed(&heap, n));
                    assert_eq!(panic_text(appended), MAKESLICE_LEN);
                    let appended = || t.append_slice(&heap, Slice::make(&heap, 0, n));
                    assert_eq!(panic_text(appended), MAKESLICE_CAP);
                )*};
            }
            check! { i64 u64 isize usize }
        }
    };
    for n in [-1, 1 << 59, i64::MAX] {
        assert_eq!(
            panic_text(|| Slice::<isize>::zeroed(&heap, n)),
            MAKESLICE_LEN
        );
        assert_eq!(
            panic_text(|| Slice::<isize>::make(&heap, 0, n)),
            MAKESLICE_CAP
        );
        make_in_append(n);
    }
    let x = u64::MAX;
    assert_eq!(panic_text(|| Slice::<u8>::zeroed(&heap, x)), MAKESLICE_LEN);
    assert_eq!(
        panic_text(|| Slice::<isize>::make(&heap, 0, x)),
        MAKESLICE_CAP
    );
    make_in_append(x as i64);
}

/// test/fixedbugs/issue37975.go: main. A capacity need not fit the length's type; below the length
/// it panics as a capacity, while -1 panics as a length.
#[test]
fn issue37975_main() {
    let heap = Bump::new();
    let x = 0u8;
    let s: Slice<'_, isize> = Slice::make(&heap, x, 300);
    assert_eq!((s.len(), s.cap()), (0, 300));
    assert_eq!(
        panic_text(|| Slice::<isize>::make(&heap, 2, 1)),
        MAKESLICE_CAP
    );
    assert_eq!(
        panic_text(|| Slice::<isize>::make(&heap, -1, 3)),
        MAKESLICE_LEN
    );
}

/// test/fixedbugs/bug352.go: main. Elements of no bytes lie at one address, in arrays and in
/// slices.
#[test]
fn bug352_main() {
    let heap = Bump::new();
    let x = [const { Cell::new([0u8; 0]) }; 10];
    let x = Slice::of_array(&x, ..);
    assert_eq!(x.slice(1..).as_ptr(), x.slice(2..).as_ptr());
    let y: Slice<'_, ()> = Slice::zeroed(&heap, 10);
    assert_eq!(y.slice(1..).as_ptr(), y.slice(2..).as_ptr());
    assert_eq!((y.len(), y.cap()), (10, 10));
}

/// test/fixedbugs/bug428.go: main. An append that overwrites an element it also appends reads it
/// first.
#[test]
fn bug428_main() {
    let heap = Bump::new();
    let s = Slice::make(&heap, 5, 6);
    assert_eq!(s.copy_from_str(Str::from("12346")), 5);
    let t = s
        .slice(..s.len() - 1)
        .append_all(&heap, &[b'5', s.at(s.len() - 1)]);
    assert_eq!(t.to_str(&heap), "123456");
    assert_eq!(t.as_ptr(), s.as_ptr());
}

/// test/fixedbugs/bug457.go: main. A nil slice of elements of no bytes can grow.
#[test]
fn bug457_main() {
    let heap = Bump::new();
    let x = Slice::nil().append(&heap, ());
    assert_eq!((x.len(), x.cap()), (1, 1));
}

/// test/fixedbugs/issue10135.go: main. After an append to a nil slice of elements of no bytes the
/// base is not nil, and the element can be ranged over.
#[test]
fn issue10135_main() {
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Empty;
    let heap = Bump::new();
    let s = Slice::nil().append(&heap, Empty);
    assert!(!s.is_nil());
    assert!(s.iter().eq([Empty]));
}

/// test/fixedbugs/issue7550.go: main. Two slices of the largest length, elements of no bytes, do
/// not fit into one.
#[test]
fn issue7550_main() {
    let heap = Bump::new();
    let a: Slice<'_, ()> = Slice::zeroed(&heap, MAX_INT);
    let b: Slice<'_, ()> = Slice::zeroed(&heap, MAX_INT);
    assert_eq!(panic_text(|| a.append_slice(&heap, b)), GROWSLICE);
}

/// test/fixedbugs/issue29190.go: main. One more element of no bytes does not fit into the largest
/// length, alone or in a slice.
#[test]
fn issue29190_main() {
    let heap = Bump::new();
    let s: Slice<'_, ()> = Slice::zeroed(&heap, MAX_INT);
    assert_eq!(s.len(), MAX_INT.unsigned_abs());
    assert_eq!(panic_text(|| s.append(&heap, ())), GROWSLICE);
    let one_elem = Slice::zeroed(&heap, 1);
    assert_eq!(panic_text(|| s.append_slice(&heap, one_elem)), GROWSLICE);
    assert_eq!(panic_text(|| s.append_all(&heap, &[()])), GROWSLICE);
}

/// A slice type whose elements are of the type itself.
#[derive(Clone, Copy, Default)]
struct S<'h>(Slice<'h, S<'h>>);

/// test/fixedbugs/issue17039.go: main. A nil slice appended to itself as an element is stored as
/// nil.
#[test]
fn issue17039_main() {
    let heap = Bump::new();
    let s = S::default();
    let s = S(s.0.append(&heap, s));
    assert_eq!(s.0.len(), 1);
    assert!(s.0.at(0).0.is_nil());
}

/// test/fixedbugs/issue28797.go: main. An upper bound of -1, computed from a length or given,
/// panics after an append and does not ask for memory.
#[test]
fn issue28797_main() {
    let heap = Bump::new();
    let text = "runtime error: slice bounds out of range [:-1]";
    let b = Slice::make(&heap, 0, 0).append(&heap, 1u8);
    let len = b.len() as isize;
    assert_eq!(panic_text(|| b.slice(1..len - 2).to_str(&heap)), text);

    let b = Slice::make(&heap, 1, 1).append(&heap, 1u8);
    let i = -1;
    assert_eq!(panic_text(|| b.slice(1..i).to_str(&heap)), text);
}

/// As large as a struct of five ints, which Go keeps in memory and not in registers.
type Large = [isize; 5];

/// The eight wrong expressions over an array of three and a nil slice of one element type.
fn check_nine<T: Copy + Default>(i: isize) {
    let array: [Cell<T>; 3] = Default::default();
    let of_array = Slice::of_array(&array, ..);
    let nil = Slice::nil();
    let index = "runtime error: index out of range [9] with length";
    let bounds = "runtime error: slice bounds out of range";
    for (s, len) in [(of_array, 3), (nil, 0)] {
        assert_eq!(panic_text(|| s.at(i)), format!("{index} {len}"));
        assert_eq!(
            panic_text(|| s.set(i, T::default())),
            format!("{index} {len}")
        );
    }
    assert_eq!(
        panic_text(|| Slice::of_array(&array, i..)),
        format!("{bounds} [9:3]")
    );
    assert_eq!(panic_text(|| nil.slice(i..)), format!("{bounds} [9:0]"));
    assert_eq!(
        panic_text(|| Slice::of_array(&array, ..i)),
        format!("{bounds} [:9] with length 3")
    );
    assert_eq!(
        panic_text(|| nil.slice(..i)),
        format!("{bounds} [:9] with capacity 0")
    );
}

/// test/fixedbugs/issue29504.go: main. Index 9 and bound 9 panic for arrays, nil slices and
/// strings, read and written, of small and large elements.
///
/// That Go reports the line of the bracket is a matter of its compiler.
#[test]
fn issue29504_main() {
    let i = 9;
    check_nine::<isize>(i);
    check_nine::<Large>(i);

    let one = [Cell::new(0)];
    let a = Slice::of_array(&one, ..);
    let text = "runtime error: index out of range [9] with length 1";
    assert_eq!(panic_text(|| a.at(i)), text);
    assert_eq!(panic_text(|| a.set(i, 1)), text);

    let s = Str::from("foo");
    assert_eq!(
        panic_text(|| s.at(i)),
        "runtime error: index out of range [9] with length 3"
    );
    let bounds = "runtime error: slice bounds out of range";
    assert_eq!(panic_text(|| s.slice(i..)), format!("{bounds} [9:3]"));
    assert_eq!(
        panic_text(|| s.slice(..i)),
        format!("{bounds} [:9] with length 3")
    );
}

/// test/fixedbugs/issue4353.go: main. An index a little beyond a very large array, through a
/// pointer, is out of range and not a fault.
#[test]
fn issue4353_main() {
    let heap = Bump::new();
    let aib = Slice::<isize>::zeroed(&heap, 100_000).as_array::<100_000>();
    let i64 = 100_023i64;
    assert_eq!(
        panic_text(|| Slice::of_array(aib, ..).at(i64)),
        "runtime error: index out of range [100023] with length 100000"
    );
}

/// test/fixedbugs/issue27289.go: main. `a[len(a)-1]` of a nil slice panics.
#[test]
fn issue27289_main() {
    let a: Slice<'_, isize> = Slice::nil();
    let len = a.len() as isize;
    assert_eq!(
        panic_text(|| a.at(len - 1)),
        "runtime error: index out of range [-1]"
    );
}

/// test/fixedbugs/issue15252.go: main. An index uses all 64 bits: 0x100000001 is not 1.
#[test]
fn issue15252_main() {
    let b = [Cell::new(3u8), Cell::new(4)];
    let i = 0x1_0000_0001i64;
    assert_eq!(
        panic_text(|| Slice::of_array(&b, ..).at(i)),
        "runtime error: index out of range [4294967297] with length 2"
    );
}

/// test/fixedbugs/issue41239.go: main. The capacity after an append depends on the length needed
/// and not on how many elements came at once.
#[test]
fn issue41239_main() {
    const N: usize = 1024;
    let heap = Bump::new();
    let a = [const { Cell::new(0isize) }; N];
    let x = Slice::of_array3(&a, 0, N - 1, N).append_all(&heap, &[9, 9]);
    let y = Slice::of_array3(&a, 0, N, N).append(&heap, 9);
    assert_eq!((x.cap(), y.cap()), (1536, 1536));
}

/// test/fixedbugs/issue47771.go: main. A fresh slice of pointers appended to a truncated one
/// overwrites the old pointers with nil.
#[test]
fn issue47771_main() {
    let heap = Bump::new();
    let g = 0;
    let a = Slice::literal(&heap, &[Some(&g); 4]);
    let shortened = a
        .slice(..0)
        .append_slice(&heap, Slice::zeroed(&heap, a.len() - 1));
    assert_eq!(shortened, [None; 3]);
    assert_eq!(a, [None, None, None, Some(&g)]);
}

/// test/fixedbugs/issue54467.go: main. A copy between ranges that overlap is the same as assigning
/// the range through a temporary array.
#[test]
fn issue54467_main() {
    let heap = Bump::new();
    let x = Slice::from_iter_in(&heap, 0..64u8);
    let y = Slice::literal(&heap, &x.to_vec());

    assert_eq!(x.slice(4..36).copy_from(x.slice(2..34)), 32);

    let read: [u8; 32] = y.slice(2..34).as_array().each_ref().map(Cell::get);
    for (cell, value) in y.slice(4..36).as_array::<32>().iter().zip(read) {
        cell.set(value);
    }
    assert_eq!(x, y);
    assert_eq!((x.at(3), x.at(4), x.at(35), x.at(36)), (3, 2, 33, 36));
}

/// test/fixedbugs/issue8620.go: main. Copying elements of no bytes returns the shorter length, also
/// between operands that overlap.
#[test]
fn issue8620_main() {
    let b = [const { Cell::new(()) }; 100];
    let b = Slice::of_array(&b, ..);
    for (s1, s2, n) in [(b, b, 100), (b.slice(1..), b, 99), (b, b.slice(2..), 98)] {
        assert_eq!(s1.copy_from(s2), n);
    }
}
