//! test/range.go: `for range` over slices and arrays evaluates its operand once.

use core::cell::Cell;

use bumpalo::Bump;
use slice::{Slice, Str};

/// A heap, and how often a function has made something in it.
#[derive(Default)]
struct Maker {
    heap: Bump,
    n_made: Cell<usize>,
}

impl Maker {
    fn count(&self) {
        self.n_made.set(self.n_made.get() + 1);
    }

    fn makeslice(&self) -> Slice<'_, usize> {
        self.count();
        Slice::literal(&self.heap, &[1, 2, 3, 4, 5])
    }

    fn makenumstring(&self) -> Str<'static> {
        self.count();
        Str::from("\x01\x02\x03\x04\x05")
    }

    fn makearray(&self) -> [Cell<usize>; 5] {
        self.count();
        [1, 2, 3, 4, 5].map(Cell::new)
    }

    fn makearrayptr(&self) -> &[Cell<usize>; 5] {
        self.count();
        Slice::literal(&self.heap, &[1, 2, 3, 4, 5]).as_array()
    }
}

/// test/range.go: testslice. Every element of a slice is seen, the sum is 15; in `for i, x[i] =
/// range y` the target is the element at the old `i`.
#[test]
fn testslice() {
    let maker = Maker::default();
    let mut sum = 0;
    for v in maker.makeslice() {
        sum += v;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 15));

    let x = Slice::literal(&maker.heap, &[10, 20]);
    let y = Slice::literal(&maker.heap, &[99]);
    let mut i = 1;
    if let Some((index, value)) = y.iter().enumerate().next() {
        // Go evaluates the operands of an assignment before it assigns.
        let target = &x.cells()[i];
        i = index;
        target.set(value);
    }
    assert_eq!((i, x.at(0), x.at(1)), (0, 10, 99));
}

/// test/range.go: testslice1. Every index of a slice is seen, the sum is 10.
#[test]
fn testslice1() {
    let maker = Maker::default();
    let mut sum = 0;
    for (i, _) in maker.makeslice().iter().enumerate() {
        sum += i;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 10));
}

/// test/range.go: testslice2. The body runs once for each of the five elements of a slice.
#[test]
fn testslice2() {
    let maker = Maker::default();
    let mut n = 0;
    for _ in maker.makeslice() {
        n += 1;
    }
    assert_eq!((maker.n_made.get(), n), (1, 5));
}

/// test/range.go: testslice3. Every byte of a converted string is seen, the sum is 15.
#[test]
fn testslice3() {
    let maker = Maker::default();
    let mut sum = 0;
    for v in maker.makenumstring().to_bytes(&maker.heap) {
        sum += v;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 15));
}

/// test/range.go: testarray. Every element of an array is seen, the sum is 15.
#[test]
fn testarray() {
    let maker = Maker::default();
    let mut sum = 0;
    for v in Slice::of_array(&maker.makearray(), ..) {
        sum += v;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 15));
}

/// test/range.go: testarray1. Every index of an array is seen, the sum is 10.
#[test]
fn testarray1() {
    let maker = Maker::default();
    let mut sum = 0;
    for (i, _) in Slice::of_array(&maker.makearray(), ..).iter().enumerate() {
        sum += i;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 10));
}

/// test/range.go: testarray2. The body runs once for each of the five elements of an array.
#[test]
fn testarray2() {
    let maker = Maker::default();
    let mut n = 0;
    for _ in Slice::of_array(&maker.makearray(), ..) {
        n += 1;
    }
    assert_eq!((maker.n_made.get(), n), (1, 5));
}

/// test/range.go: testarrayptr. Every element behind a pointer to an array is seen, the sum is 15;
/// `len` and `cap` of such a call evaluate it once too.
#[test]
fn testarrayptr() {
    let maker = Maker::default();
    assert_eq!(Slice::of_array(maker.makearrayptr(), ..).len(), 5);
    assert_eq!(maker.n_made.replace(0), 1);
    assert_eq!(Slice::of_array(maker.makearrayptr(), ..).cap(), 5);
    assert_eq!(maker.n_made.replace(0), 1);

    let mut sum = 0;
    for v in Slice::of_array(maker.makearrayptr(), ..) {
        sum += v;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 15));
}

/// test/range.go: testarrayptr1. Every index behind a pointer to an array is seen, the sum is 10.
#[test]
fn testarrayptr1() {
    let maker = Maker::default();
    let mut sum = 0;
    for (i, _) in Slice::of_array(maker.makearrayptr(), ..).iter().enumerate() {
        sum += i;
    }
    assert_eq!((maker.n_made.get(), sum), (1, 10));
}

/// test/range.go: testarrayptr2. The body runs once for each of the five elements behind a pointer.
#[test]
fn testarrayptr2() {
    let maker = Maker::default();
    let mut n = 0;
    for _ in Slice::of_array(maker.makearrayptr(), ..) {
        n += 1;
    }
    assert_eq!((maker.n_made.get(), n), (1, 5));
}
