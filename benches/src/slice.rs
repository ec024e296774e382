//! Slices beside `Vec<u64>` and `&[Cell<u64>]`.
//!
//! The heap of ours is a `Bump` that is reset before each run, as an allocator would reuse what was
//! freed; the peers use the system's allocator. Values are made the same way for all of them.

use std::cell::Cell;
use std::hint::black_box;

use bumpalo::Bump;
use slice::Slice;

/// Lengths that append grows to: inside one size class, below and above the change of the rule at
/// 256, and 10,000; none is a power of two.
pub const APPEND_LENGTHS: [usize; 4] = [7, 200, 1_000, 10_000];

/// Elements of the indexed loop: 104 KiB, beyond the first cache and within the second.
pub const LOOP_LENGTH: usize = 13_000;

/// `var s []uint64; for … { s = append(s, v) }` with our slice; returns the capacity reached.
#[must_use]
pub fn append_ours(heap: &mut Bump, n: usize) -> usize {
    heap.reset();
    let heap = &*heap;
    let mut s = Slice::<u64>::nil();
    for i in 0..n {
        s = s.append(heap, black_box(i as u64));
    }
    black_box(s.as_ptr());
    s.cap()
}

/// The same with `Vec::push`.
#[must_use]
pub fn append_vec(n: usize) -> usize {
    let mut v = Vec::<u64>::new();
    for i in 0..n {
        v.push(black_box(i as u64));
    }
    black_box(v.as_ptr());
    v.capacity()
}

/// Appends into the spare room of `room`; returns the length reached.
#[must_use]
pub fn append_reserved_ours<'h>(heap: &'h Bump, room: Slice<'h, u64>) -> usize {
    let mut s = room.slice(..0);
    for i in 0..room.cap() {
        s = s.append(heap, black_box(i as u64));
    }
    black_box(s.as_ptr());
    s.len()
}

/// The same with a cleared `Vec` that keeps its capacity.
#[must_use]
pub fn append_reserved_vec(room: &mut Vec<u64>) -> usize {
    room.clear();
    for i in 0..room.capacity() {
        room.push(black_box(i as u64));
    }
    black_box(room.as_ptr());
    room.len()
}

/// `for i := 0; i < len(s); i++ { s[i] = s[i]*3 + 1; sum += s[i] }` with our slice.
#[must_use]
pub fn indexed_ours(s: Slice<'_, u64>) -> u64 {
    let mut sum = 0_u64;
    for i in 0..s.len() {
        s.set(i, s.at(i).wrapping_mul(3).wrapping_add(1));
        sum = sum.wrapping_add(s.at(i));
    }
    sum
}

/// The same over shared cells.
#[must_use]
#[expect(
    clippy::needless_range_loop,
    reason = "an indexed loop is what is timed"
)]
pub fn indexed_cells(s: &[Cell<u64>]) -> u64 {
    let mut sum = 0_u64;
    for i in 0..s.len() {
        s[i].set(s[i].get().wrapping_mul(3).wrapping_add(1));
        sum = sum.wrapping_add(s[i].get());
    }
    sum
}

/// The same over a `Vec`, which nobody else may look at meanwhile.
#[must_use]
#[expect(
    clippy::needless_range_loop,
    reason = "an indexed loop is what is timed"
)]
pub fn indexed_vec(s: &mut [u64]) -> u64 {
    let mut sum = 0_u64;
    for i in 0..s.len() {
        s[i] = s[i].wrapping_mul(3).wrapping_add(1);
        sum = sum.wrapping_add(s[i]);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_do_the_same_work() {
        let mut heap = Bump::new();
        for n in APPEND_LENGTHS {
            assert!(append_ours(&mut heap, n) >= n && append_vec(n) >= n);
        }
        let heap = Bump::new();
        let ours = Slice::make(&heap, LOOP_LENGTH, LOOP_LENGTH);
        let cells = vec![Cell::new(0); LOOP_LENGTH];
        let mut plain = vec![0; LOOP_LENGTH];
        for _ in 0..3 {
            let sum = indexed_vec(&mut plain);
            assert_eq!((indexed_ours(ours), indexed_cells(&cells)), (sum, sum));
        }
        assert_eq!(
            append_reserved_ours(&heap, ours),
            append_reserved_vec(&mut Vec::with_capacity(LOOP_LENGTH))
        );
    }
}
