//! test/copy.go: copy at every length and every pair of offsets.

use core::cell::Cell;
use core::fmt::Debug;

use bumpalo::Bump;
use slice::Slice;

/// Number of elements of each buffer.
const N: usize = 40;

/// The letter that stands at `i` in a buffer.
fn letter(i: usize) -> u8 {
    b'a' + (i % 26) as u8
}

/// An unsigned integer whose bytes are all the same letter.
trait Letters: Clone + Default + Debug + PartialEq {
    fn at(i: usize) -> Self;
}

macro_rules! letters {
    ($($int:ty)*) => {$(
        impl Letters for $int {
            fn at(i: usize) -> Self {
                Self::from_ne_bytes([letter(i); size_of::<Self>()])
            }
        }
    )*};
}
letters! { u8 u16 u32 u64 }

/// Two buffers of one heap, which change places before each copy, so that copies go up and down.
struct Buffers<'h, T> {
    input: Slice<'h, T>,
    output: Slice<'h, T>,
}

impl<'h, T: Letters> Buffers<'h, T> {
    fn new(heap: &'h Bump) -> Self {
        Self {
            input: Slice::zeroed(heap, N),
            output: Slice::zeroed(heap, N),
        }
    }

    /// Fills the input with the alphabet from a, the output with the alphabet from n.
    fn reset(&mut self) {
        core::mem::swap(&mut self.input, &mut self.output);
        for i in 0..N {
            self.input.set(i, T::at(i));
            self.output.set(i, T::at(i + 13));
        }
    }

    /// The output has to hold the `n` elements from `from` of the input at `to`, and nothing else
    /// new.
    fn verify(&self, from: usize, to: usize, n: usize) {
        for (i, found) in self.output.iter().enumerate() {
            let copied = to <= i && i < to + n;
            let want = T::at(if copied { i - to + from } else { i + 13 });
            assert_eq!(found, want, "element {i} after {n} from {from} to {to}");
        }
    }

    /// Copies `length` elements, or as many as there are in both.
    fn copy(&mut self, length: usize, from: usize, to: usize) {
        self.reset();
        let dst = self.output.slice(to..N.min(to + length));
        let src = self.input.slice(from..N.min(from + length));
        let n = dst.copy_from(src);
        assert_eq!(n, length.min(N - from).min(N - to));
        self.verify(from, to, n);
    }
}

/// As `Buffers::copy`, from a string.
fn copy_string(buffers: &mut Buffers<'_, u8>, length: usize, from: usize, to: usize) {
    let heap = Bump::new();
    buffers.reset();
    let dst = buffers.output.slice(to..N.min(to + length));
    let src = buffers
        .input
        .to_str(&heap)
        .slice(from..N.min(from + length));
    let n = dst.copy_from_str(src);
    assert_eq!(n, length.min(N - from).min(N - to));
    buffers.verify(from, to, n);
}

/// Copying from and to a whole array, `array[0:]`.
fn array() {
    let heap = Bump::new();
    let array = [const { Cell::new(0) }; N];
    let mut buffers: Buffers<'_, u8> = Buffers::new(&heap);
    buffers.reset();
    assert_eq!(Slice::of_array(&array, 0..).copy_from(buffers.input), N);
    buffers.output.clear();
    assert_eq!(buffers.output.copy_from(Slice::of_array(&array, 0..)), N);
    buffers.verify(0, 0, N);
}

/// test/copy.go: main. Elements of 1, 2, 4 and 8 bytes and strings are copied for every length
/// below 40 between all offsets from 0 to 32: the right count, the right elements, nothing around
/// them.
#[test]
fn main() {
    let heap = Bump::new();
    let mut buffers8: Buffers<'_, u8> = Buffers::new(&heap);
    let mut buffers16: Buffers<'_, u16> = Buffers::new(&heap);
    let mut buffers32: Buffers<'_, u32> = Buffers::new(&heap);
    let mut buffers64: Buffers<'_, u64> = Buffers::new(&heap);
    for length in 0..N {
        for from in 0..=32 {
            for to in 0..=32 {
                buffers8.copy(length, from, to);
                copy_string(&mut buffers8, length, from, to);
                buffers16.copy(length, from, to);
                buffers32.copy(length, from, to);
                buffers64.copy(length, from, to);
            }
        }
    }
    array();
}
