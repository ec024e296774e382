//! src/cmd/compile/internal/test/testdata: append_test.go, slice_test.go, array_test.go,
//! copy_test.go.

use core::cell::Cell;

use bumpalo::Bump;
use slice::Slice;

use crate::caught::panic_text;

/// compile/internal/test/testdata/append_test.go: TestAppend. Appends within the capacity keep the
/// array, the one beyond it moves.
#[test]
fn test_append() {
    let heap = Bump::new();
    let store = [const { Cell::new(0) }; 7];
    let a = Slice::of_array(&store, ..0);

    let a = a.append(&heap, 1);
    assert_eq!(a, [1]);
    let a = a.append_all(&heap, &[2, 3, 4]);
    assert_eq!(a, [1, 2, 3, 4]);
    let a = a.append_all(&heap, &[5, 6, 7]);
    assert_eq!(a, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(a.as_ptr(), store[0].as_ptr().cast_const());

    let a = a.append(&heap, 8);
    assert_eq!(a, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_ne!(a.as_ptr(), store[0].as_ptr().cast_const());
}

/// compile/internal/test/testdata/slice_test.go: TestSlice. `s = s[0:8]` changes the length only:
/// in whatever order N of them mix with N of `s = s[1:9]`, the base has moved by N at the end and
/// the capacity has shrunk by N.
///
/// Go lets two goroutines race; here some orders are played.
#[test]
fn test_slice() {
    const N: usize = 10_000;
    let heap = Bump::new();
    let a: Slice<'_, i64> = Slice::zeroed(&heap, N + 10);
    let orders: [fn(usize) -> bool; 5] = [
        |turn| turn < N,
        |turn| turn >= N,
        |turn| turn % 2 == 0,
        |turn| turn % 2 == 1,
        |turn| (turn / 8) % 2 == 0,
    ];
    for is_cut in orders {
        let (mut s, mut n_cuts) = (a, 0);
        for turn in 0..2 * N {
            if is_cut(turn) {
                s = s.slice(1..9);
                n_cuts += 1;
            } else {
                let (base, cap) = (s.as_ptr(), s.cap());
                s = s.slice(0..8);
                assert_eq!((s.as_ptr(), s.len(), s.cap()), (base, 8, cap));
            }
        }
        assert_eq!(n_cuts, N);
        assert_eq!(s.cap(), a.cap() - N);
        assert_eq!(s.as_ptr(), a.cells()[N].as_ptr().cast_const());
    }
}

/// An array `[0, 10, 20 … 90]`.
fn tens() -> [Cell<i64>; 10] {
    core::array::from_fn(|i| Cell::new(10 * i as i64))
}

/// compile/internal/test/testdata/array_test.go: TestArray. Slices of an array have the right
/// length, capacity and elements; bounds beyond the array and indexes beyond the slice panic.
#[test]
fn test_array() {
    let a = tens();
    let len_cap = |s: Slice<'_, i64>| (s.len(), s.cap());
    for (i, j, want) in [
        (0, 0, (0, 10)),
        (0, 1, (1, 10)),
        (0, 10, (10, 10)),
        (10, 10, (0, 0)),
        (0, 5, (5, 10)),
        (5, 5, (0, 5)),
        (5, 10, (5, 5)),
    ] {
        assert_eq!(len_cap(Slice::of_array(&a, i..j)), want, "a[{i}:{j}]");
    }
    // Go's table says length 0 for a[0:] and asks for either of the two only; 10 is right.
    for (i, want) in [(0, (10, 10)), (5, (5, 5)), (10, (0, 0))] {
        assert_eq!(len_cap(Slice::of_array(&a, i..)), want, "a[{i}:]");
    }
    for (j, want) in [(0, (0, 10)), (5, (5, 10)), (10, (10, 10))] {
        assert_eq!(len_cap(Slice::of_array(&a, ..j)), want, "a[:{j}]");
    }

    for (i, j, p, want) in [(0, 10, 2, 20), (0, 5, 4, 40), (5, 10, 3, 80), (1, 9, 7, 80)] {
        assert_eq!(Slice::of_array(&a, i..j).at(p), want, "a[{i}:{j}][{p}]");
    }
    for (i, j, p, x) in [(0, 10, 2, 17), (0, 5, 4, 11), (5, 10, 3, 28), (1, 9, 7, 99)] {
        Slice::of_array(&a, i..j).set(p, x);
        assert_eq!(a[i + p].get(), x, "a[{i}:{j}][{p}] = {x}");
    }

    assert_eq!(
        panic_text(|| Slice::of_array(&a, 3..12)),
        "runtime error: slice bounds out of range [:12] with length 10"
    );
    assert_eq!(
        panic_text(|| Slice::of_array(&a, 3..7).at(4)),
        "runtime error: index out of range [4] with length 4"
    );
}

/// A block of `N` bytes as one element.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Block<const N: usize>([u8; N]);

impl<const N: usize> Default for Block<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

/// The bytes `from`, `from + 1`, … with wrap.
fn counting<const N: usize>(from: u8) -> [u8; N] {
    core::array::from_fn(|i| from.wrapping_add(i as u8))
}

/// Copies a block of `N` bytes into the middle of a buffer, byte by byte and as one element, and
/// looks at what lies around it.
fn check_block<const N: usize>() {
    const PRE: [u8; 8] = [201, 202, 203, 204, 205, 206, 207, 208];
    const POST: [u8; 8] = [211, 212, 213, 214, 215, 216, 217, 218];
    let heap = Bump::new();
    let (old, new) = (counting::<N>(0), counting::<N>(100));

    let buffer = Slice::literal(&heap, &[&PRE[..], &old, &POST].concat());
    let n = buffer
        .slice(8..8 + N)
        .copy_from(Slice::literal(&heap, &new));
    assert_eq!(n, N);
    assert_eq!(buffer.to_vec(), [&PRE[..], &new, &POST].concat());

    let guard = Block(counting::<N>(201));
    let blocks = Slice::literal(&heap, &[guard, Block(old), guard]);
    blocks.set(1, Block(new));
    assert_eq!(blocks, [guard, Block(new), guard]);
    let n = blocks
        .slice(1..2)
        .copy_from(Slice::literal(&heap, &[Block(old)]));
    assert_eq!(n, 1);
    assert_eq!(blocks, [guard, Block(old), guard]);
}

/// Copies `n` bytes to each address of a buffer, odd ones included.
fn check_unaligned(n: u8) {
    let heap = Bump::new();
    let data: Vec<u8> = (n..2 * n).collect();
    for at in 0..8 {
        let buffer = Slice::zeroed(&heap, 16);
        buffer.slice(at..).copy_from(Slice::literal(&heap, &data));
        let mut want = vec![0; 16];
        want.splice(at..at + data.len(), data.iter().copied());
        assert_eq!(buffer.to_vec(), want, "{n} bytes at {at}");
    }
}

/// compile/internal/test/testdata/copy_test.go: TestCopy. Copying blocks of 31 sizes, and of 2 to 7
/// bytes at odd addresses, writes the block and leaves the 8 guard bytes on each side alone.
#[test]
fn test_copy() {
    macro_rules! check_blocks {
        ($($n:literal)*) => { $(check_block::<$n>();)* };
    }
    check_blocks! { 1 2 3 4 5 6 7 8 9 10 15 16 17 23 24 25 31 32 33 63 64 65 }
    check_blocks! { 1023 1024 1025 1031 1032 1033 1039 1040 1041 }
    (2..=7).for_each(check_unaligned);
}
