//! Slices beside `Vec`, `&[Cell]`, bumpalo's `Vec` and real Go.
//!
//! The heap of ours is a `Bump` that is reset before each repetition, as an allocator would reuse
//! what was freed; the peers use the system's allocator, which does the same. All sides see the
//! same values. Sizes are off powers of two, so that none is measured only where it is fullest or
//! has just grown.
//!
//! What is not the same, and why: Go's growth copies about twice as much as `Vec`'s (it goes from
//! double to a quarter), may never grow in place (the old array must stay as it was for whoever
//! still looks at it), and clears the spare cells.

use std::cell::Cell;
use std::hint::black_box;

use bumpalo::Bump;
use slice::Slice;

use crate::board::MemoryRow;
use crate::contest::Contest;
use crate::latency::{LatencyContest, Stopwatch};

/// Lengths that appending from nothing goes to, in elements.
const LENGTHS: [usize; 7] = [1, 7, 30, 200, 1_000, 3_300, 10_000];

/// Elements of the loops over what is there: 104 KiB of `u64`, beyond the first cache and within
/// the second.
const LOOP: usize = 13_000;

/// Small slices in one repetition of `many_small`; they grow to 1 … 16 elements.
const SMALL: usize = 100_000;

/// Elements appended one by one while each append is timed.
const TIMED: usize = 1_000_000;

/// The contests of this room.
#[must_use]
pub fn contests() -> Vec<Contest> {
    let mut contests: Vec<_> = LENGTHS.into_iter().map(append_from_nothing).collect();
    contests.extend([append_into_room(), many_small(), indexed()]);
    contests
}

/// The contests in which each operation is timed alone.
#[must_use]
pub fn latency_contests() -> Vec<LatencyContest> {
    let ours = |watch: &mut Stopwatch| {
        let heap = Bump::new();
        let mut s = Slice::<u64>::nil();
        for i in 0..TIMED {
            s = watch.time(|| s.append(&heap, i as u64));
        }
        black_box(s.as_ptr());
    };
    let vec = |watch: &mut Stopwatch| {
        let mut v = Vec::<u64>::new();
        for i in 0..TIMED {
            watch.time(|| v.push(i as u64));
        }
        black_box(v.as_ptr());
    };
    vec![
        LatencyContest::new("slice", "append_each_timed", TIMED)
            .side("ours", ours)
            .side("Vec", vec),
    ]
}

/// What a slice holds after appending `n` elements one by one: its array, and in an arena also the
/// arrays it grew out of, which nobody may free while a header could look at them.
#[must_use]
pub fn memory() -> Vec<MemoryRow> {
    let row =
        |size, side: &str, bytes| MemoryRow::new("slice", "append_from_nothing", size, side, bytes);
    let rows = LENGTHS.into_iter().map(|n| {
        let heap = Bump::new();
        let (mut s, mut arena_bytes) = (Slice::<u64>::nil(), 0);
        let mut v = Vec::<u64>::new();
        for i in 0..n {
            let before = s.as_ptr();
            s = s.append(&heap, i as u64);
            arena_bytes += if s.as_ptr() == before {
                0
            } else {
                s.cap() * size_of::<u64>()
            };
            v.push(i as u64);
        }
        [
            row(n, "ours", s.cap() * size_of::<u64>()),
            row(n, "ours, arena", arena_bytes),
            row(n, "Vec", v.capacity() * size_of::<u64>()),
        ]
    });
    rows.flatten().collect()
}

/// `var s []uint64; for i := 0; i < n; i++ { s = append(s, i) }`
fn append_from_nothing(n: usize) -> Contest {
    let mut heap = Bump::with_capacity(1 << 20);
    let ours = move |reps: usize| {
        let mut caps = 0;
        for _ in 0..reps {
            heap.reset();
            let mut s = Slice::<u64>::nil();
            for i in 0..black_box(n) {
                s = s.append(&heap, i as u64);
            }
            black_box(s.as_ptr());
            caps += s.cap() as u64;
        }
        caps
    };
    let vec = move |reps: usize| {
        let mut caps = 0;
        for _ in 0..reps {
            let mut v = Vec::<u64>::new();
            for i in 0..black_box(n) {
                v.push(i as u64);
            }
            black_box(v.as_ptr());
            caps += v.capacity() as u64;
        }
        caps
    };
    let mut peer_heap = Bump::with_capacity(1 << 20);
    let bump_vec = move |reps: usize| {
        let mut caps = 0;
        for _ in 0..reps {
            peer_heap.reset();
            let mut v = bumpalo::collections::Vec::<u64>::new_in(&peer_heap);
            for i in 0..black_box(n) {
                v.push(i as u64);
            }
            black_box(v.as_ptr());
            caps += v.capacity() as u64;
        }
        caps
    };
    Contest::new("slice", "append_from_nothing", n)
        .side("ours", ours)
        .side("Vec", vec)
        .side("bumpalo Vec", bump_vec)
        .go(format!("AppendFromNothing/{n}"))
}

/// `s := make([]uint64, 0, n); for … { s = append(s, i) }`, the making not timed.
fn append_into_room() -> Contest {
    let heap: &'static Bump = Box::leak(Box::new(Bump::new()));
    let room = Slice::<u64>::make(heap, 0, LOOP);
    let ours = move |reps: usize| {
        let mut sum = 0;
        for _ in 0..reps {
            let mut s = room;
            for i in 0..black_box(LOOP) {
                s = s.append(heap, i as u64);
            }
            black_box(s.as_ptr());
            sum += s.len() as u64;
        }
        sum
    };
    let mut v = Vec::<u64>::with_capacity(LOOP);
    let vec = move |reps: usize| {
        let mut sum = 0;
        for _ in 0..reps {
            // A local, as ours is: a vector behind a reference would store its length each time.
            let mut local = std::mem::take(&mut v);
            local.clear();
            for i in 0..black_box(LOOP) {
                local.push(i as u64);
            }
            black_box(local.as_ptr());
            sum += local.len() as u64;
            v = local;
        }
        sum
    };
    Contest::new("slice", "append_into_room", LOOP)
        .side("ours", ours)
        .side("Vec", vec)
        .go(format!("AppendIntoRoom/{LOOP}"))
}

/// 100,000 slices grown one by one to 1 … 16 elements, all alive until the end.
fn many_small() -> Contest {
    let mut heap = Bump::new();
    let ours = move |reps: usize| {
        let mut sum = 0;
        for _ in 0..reps {
            heap.reset();
            let mut all = Vec::with_capacity(SMALL);
            for k in 0..SMALL {
                let mut s = Slice::<u64>::nil();
                for i in 0..=k % 16 {
                    s = s.append(&heap, i as u64);
                }
                all.push(s);
            }
            sum += black_box(&all).iter().map(|s| s.cap() as u64).sum::<u64>();
        }
        sum
    };
    let vec = |reps: usize| {
        let mut sum = 0;
        for _ in 0..reps {
            let mut all = Vec::with_capacity(SMALL);
            for k in 0..SMALL {
                let mut v = Vec::<u64>::new();
                for i in 0..=k % 16 {
                    v.push(i as u64);
                }
                all.push(v);
            }
            sum += black_box(&all)
                .iter()
                .map(|v| v.capacity() as u64)
                .sum::<u64>();
        }
        sum
    };
    Contest::new("slice", "many_small", SMALL)
        .side("ours", ours)
        .side("Vec", vec)
        .go(format!("ManySmall/{SMALL}"))
}

/// `for i := 0; i < len(s); i++ { s[i] = s[i]*3 + 1; sum += s[i] }`
fn indexed() -> Contest {
    let heap: &'static Bump = Box::leak(Box::new(Bump::new()));
    let s = Slice::<u64>::make(heap, LOOP, LOOP);
    let ours = move |reps: usize| {
        (0..reps)
            .map(|_| indexed_ours(black_box(s)))
            .fold(0, u64::wrapping_add)
    };
    let cells = vec![Cell::new(0); LOOP];
    let cells = move |reps: usize| {
        (0..reps)
            .map(|_| indexed_cells(black_box(&cells)))
            .fold(0, u64::wrapping_add)
    };
    let mut plain = vec![0; LOOP];
    let vec = move |reps: usize| {
        (0..reps)
            .map(|_| indexed_vec(black_box(&mut plain)))
            .fold(0, u64::wrapping_add)
    };
    Contest::new("slice", "indexed_loop", LOOP)
        .side("ours", ours)
        .side("&[Cell]", cells)
        .side("Vec", vec)
        .go(format!("IndexedLoop/{LOOP}"))
}

fn indexed_ours(s: Slice<'_, u64>) -> u64 {
    let mut sum = 0_u64;
    for i in 0..s.len() {
        s.set(i, s.at(i).wrapping_mul(3).wrapping_add(1));
        sum = sum.wrapping_add(s.at(i));
    }
    sum
}

#[expect(
    clippy::needless_range_loop,
    reason = "an indexed loop is what is timed"
)]
fn indexed_cells(s: &[Cell<u64>]) -> u64 {
    let mut sum = 0_u64;
    for i in 0..s.len() {
        s[i].set(s[i].get().wrapping_mul(3).wrapping_add(1));
        sum = sum.wrapping_add(s[i].get());
    }
    sum
}

#[expect(
    clippy::needless_range_loop,
    reason = "an indexed loop is what is timed"
)]
fn indexed_vec(s: &mut [u64]) -> u64 {
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
    fn every_side_does_work_of_the_same_size() {
        for mut contest in contests() {
            let name = contest.name();
            let (ours, peers) = contest.runners.split_first_mut().expect("ours and peers");
            assert_eq!(ours.name, "ours", "{name}");
            assert!(!peers.is_empty(), "{name} has no peer");
            let done = (ours.run)(2);
            for peer in peers {
                // Capacities differ by design; lengths and sums may not.
                let same = !["append_from_nothing", "many_small"].contains(&contest.work);
                let theirs = (peer.run)(2);
                assert!(
                    done >= 2 && theirs >= 2,
                    "{name}: {} did nothing",
                    peer.name
                );
                assert!(
                    !same || done == theirs,
                    "{name}: ours {done}, {} {theirs}",
                    peer.name
                );
            }
        }
    }
}
