//! test/ken: sliceslice.go, slicearray.go, array.go, simparray.go.

use core::cell::Cell;
use core::fmt::Debug;

use bumpalo::Bump;
use slice::{Bounds, Slice};

use crate::caught::panic_text;

/// An element type of the two slicing programs.
trait Element: Copy + Default + PartialEq + Debug {
    /// Element `i` of the ten, 20 and up.
    fn counted(i: u8) -> Self;
}

impl Element for u8 {
    fn counted(i: u8) -> Self {
        i + 20
    }
}

impl Element for f64 {
    fn counted(i: u8) -> Self {
        f64::from(i) + 20.0
    }
}

/// What the two slicing programs cut from: ten elements.
#[derive(Clone, Copy)]
enum Ten<'h, T> {
    Slice(Slice<'h, T>),
    Array(&'h [Cell<T>; 10]),
}

impl<'h, T> Ten<'h, T> {
    fn cut(self, bounds: impl Bounds) -> Slice<'h, T> {
        match self {
            Ten::Slice(x) => x.slice(bounds),
            Ten::Array(x) => Slice::of_array(x, bounds),
        }
    }
}

/// `y` has to be `x[lb:hb]` of the ten elements: length, capacity and each of them.
fn check<T: Element>(y: Slice<'_, T>, lb: u8, hb: u8) {
    assert_eq!(y.len(), usize::from(hb - lb), "[{lb}:{hb}]");
    assert_eq!(y.cap(), usize::from(10 - lb), "[{lb}:{hb}]");
    assert!(y.iter().eq((lb..hb).map(T::counted)), "[{lb}:{hb}] {y:?}");
}

/// The programs' bounds: left out, constants (`i32`), variables (`u8`).
fn check_bounds<T: Element>(x: Ten<'_, T>) {
    let (lb, hb) = (0u8, 10u8);
    for y in [
        x.cut(lb..hb),
        x.cut(lb..10),
        x.cut(lb..),
        x.cut(..hb),
        x.cut(0..hb),
    ] {
        check(y, lb, hb);
    }
    for y in [x.cut(0..10), x.cut(0..), x.cut(..10), x.cut(..)] {
        check(y, lb, hb);
    }
    let (lb, hb) = (2u8, 10u8);
    for y in [
        x.cut(lb..hb),
        x.cut(lb..10),
        x.cut(lb..),
        x.cut(2..hb),
        x.cut(2..10),
        x.cut(2..),
    ] {
        check(y, lb, hb);
    }
    let (lb, hb) = (0u8, 8u8);
    for y in [
        x.cut(lb..hb),
        x.cut(lb..8),
        x.cut(0..hb),
        x.cut(0..8),
        x.cut(..8),
        x.cut(..hb),
    ] {
        check(y, lb, hb);
    }
    let (lb, hb) = (2u8, 8u8);
    for y in [x.cut(lb..hb), x.cut(lb..8), x.cut(2..hb), x.cut(2..8)] {
        check(y, lb, hb);
    }
}

/// Ten elements from 20 up, in a slice.
fn ten<T: Element>(heap: &Bump) -> Slice<'_, T> {
    let x = Slice::zeroed(heap, 10);
    (0..10).for_each(|i| x.set(i, T::counted(i)));
    x
}

/// test/ken/sliceslice.go: main. A slice cut from a slice has the length, capacity and elements
/// that its bounds say, left out, constant or variable.
#[test]
fn sliceslice_main() {
    let heap = Bump::new();
    check_bounds::<u8>(Ten::Slice(ten(&heap)));
    check_bounds::<f64>(Ten::Slice(ten(&heap)));
}

/// test/ken/slicearray.go: main. A slice cut from an array has the length, capacity and
/// elements that its bounds say.
#[test]
fn slicearray_main() {
    let bytes = core::array::from_fn(|i| Cell::new(u8::counted(i as u8)));
    check_bounds(Ten::Array(&bytes));
    let floats = core::array::from_fn(|i| Cell::new(f64::counted(i as u8)));
    check_bounds(Ten::Array(&floats));
}

/// Writes each element's index into it.
fn setpd(a: Slice<'_, usize>) {
    (0..a.len()).for_each(|i| a.set(i, i));
}

/// The elements of a window that shows `lb` to `hb` have to add up.
fn res(a: Slice<'_, usize>, lb: usize, hb: usize) {
    let want = (hb - lb) * (hb + lb - 1) / 2;
    assert_eq!(a.iter().sum::<usize>(), want, "[{lb}:{hb}]");
}

/// A slice of a made slice, up to the full capacity.
fn testpdpd() {
    let heap = Bump::new();
    let a = Slice::make(&heap, 10, 100);
    assert_eq!((a.len(), a.cap()), (10, 100));
    let a = a.slice(0..100);
    setpd(a);
    let a = a.slice(0..10);
    res(a, 0, 10);
    let a = a.slice(5..25);
    res(a, 5, 25);
    let a = a.slice(30..95);
    res(a, 35, 100);
}

/// An array passed by pointer.
fn testpfpf() {
    fn setpf(a: &[Cell<usize>; 20]) {
        setpd(Slice::of_array(a, ..));
    }
    let a = [const { Cell::new(0) }; 20];
    setpf(&a);
    res(Slice::of_array(&a, ..), 0, 20);
}

/// Windows of an array in the heap.
fn testpdpf1() {
    let heap = Bump::new();
    let a = Slice::zeroed(&heap, 40).as_array::<40>();
    setpd(Slice::of_array(a, 0..));
    res(Slice::of_array(a, 0..), 0, 40);
    res(Slice::of_array(a, 5..30), 5, 30);
}

/// Windows of an array on the stack.
fn testpdpf2() {
    let a = [const { Cell::new(0) }; 80];
    setpd(Slice::of_array(&a, 0..));
    res(Slice::of_array(&a, 0..), 0, 80);
}

/// The two writes beyond the end, which the program has and does not run.
fn testpdfault_testfdfault() {
    let heap = Bump::new();
    let a: Slice<'_, usize> = Slice::zeroed(&heap, 100);
    assert_eq!(
        panic_text(|| a.set(100, 0)),
        "runtime error: index out of range [100] with length 100"
    );
    let a = [const { Cell::new(0) }; 80];
    assert_eq!(
        panic_text(|| Slice::of_array(&a, ..).set(80, 0)),
        "runtime error: index out of range [80] with length 80"
    );
}

/// test/ken/array.go: main. What is written through one window of an array or of a made slice is
/// read through the others.
#[test]
fn array_main() {
    testpdpd();
    testpfpf();
    testpdpf1();
    testpdpf2();
    testpdfault_testfdfault();
}

/// Writes 5 to 9 with an `int16` index and adds up with an `int` index.
fn sum_of_upper_half(a: &[Cell<f32>; 10]) -> f32 {
    let a = Slice::of_array(a, ..);
    (5i16..10).for_each(|i| a.set(i, f32::from(i)));
    (5isize..10).map(|i| a.at(i)).sum()
}

/// test/ken/simparray.go: main. Elements of a local, a global and a heap array, written in a loop
/// with `int16` and `int` indexes, are read back.
#[test]
fn simparray_main() {
    thread_local! {
        static GLOBAL: [Cell<f32>; 10] = const { [const { Cell::new(0.0) }; 10] };
    }
    let local = [const { Cell::new(0.0) }; 10];
    assert_eq!(sum_of_upper_half(&local), 35.0);
    assert_eq!(GLOBAL.with(sum_of_upper_half), 35.0);

    let heap = Bump::new();
    let b = Slice::zeroed(&heap, 100);
    (0isize..100).for_each(|i| b.set(i, i));
    assert_eq!((0..100).map(|i| b.at(i)).sum::<isize>(), 4950);
}
