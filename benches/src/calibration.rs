//! What the machine can do, so that a reader can relate the figures of a report to it.
//!
//! ```text
//!   dependent step      x ─▶ + ─▶ ^ ─▶ + ─▶ …          one cycle each: the clock
//!   load, n KiB         line ─▶ line ─▶ line ─▶ …      each address comes from the load before
//!   locked pair, add    what a lock or a counter shared by threads costs when nobody contends
//!   first touch         a page that the system has yet to make
//!   core to core        ping ⇄ pong
//!   clock, boxed call   what measuring itself costs
//! ```
//!
//! Each work is run once unmeasured, then in rounds long enough that reading the clock is nothing
//! beside them; a reading is the median over the rounds of the time per step. Nothing is taken off
//! for the loop around the work: it runs beside a chain of dependent steps, and adds up to a cycle
//! to the other readings.
//!
//! A *chase* goes through as many cache lines as fill the memory in question, in random order, so
//! that the processor can neither guess the next address nor work ahead. Pages are those that the
//! system gives unasked; with pages of 4 KiB the larger chases also wait for the addresses of pages
//! to be looked up.
//!
//! L1  A chase is one cycle: from any line all others are passed before it comes back.
//! L2  Fresh memory comes from `vec![0; n]`. The allocator takes it zeroed from the system, which
//!     makes a page only when it is first touched; safe code has no closer way to ask for pages.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Instant;

use core_affinity::CoreId;

use crate::board::Reading;
use crate::machine;
use crate::measure::Dice;
use crate::stats::median;

/// The chases: how many KiB, and what they wait for.
const CHASES: [(usize, &str); 5] = [
    (16, "the first-level cache"),
    (512, "the second-level cache on most machines"),
    (
        8 << 10,
        "the third-level cache on most machines, which other cores use too",
    ),
    (
        64 << 10,
        "memory, or an uncommonly large third-level cache, with lookups of pages",
    ),
    (192 << 10, "memory, with lookups of pages"),
];

/// How many of the chases a quick calibration runs: building the largest takes a second.
const CHASES_QUICK: usize = 4;

/// Loads in a round of a chase: 1 ms from the first-level cache, 35 ms from memory.
const LOADS: usize = 200_000;

/// Steps in a round of the work that takes a few cycles: about a millisecond.
const STEPS: usize = 500_000;

/// Round trips between two cores in a round: 35 µs, far less than a system lets a thread run. A
/// round that loses one of its cores to another program takes milliseconds; short rounds that go
/// well are still the most.
const ROUND_TRIPS: u32 = 500;

/// Rounds of round trips for one round of other work, which takes about a millisecond.
const SHORT_ROUNDS: usize = 20;

/// Bytes of a page, where its size matters: a system with larger ones shows a smaller figure.
const PAGE_BYTES: usize = 4 << 10;

/// Pages touched in a round. 64 MiB: glibc takes anything above 32 MiB from the system each time,
/// and smaller blocks from what was freed, whose pages have been made.
const PAGES: usize = (64 << 20) / PAGE_BYTES;

/// Fruitless looks at a word before a thread lets others run, in case both share a core: about a
/// millisecond. Giving way sooner would keep the two from ever running together on a busy machine.
const PATIENCE: u32 = 1_000_000;

/// A cache line of the usual machines, which leads to the next one of the chase.
#[repr(align(64))]
struct Line<'a> {
    next: Cell<Option<&'a Line<'a>>>,
}

/// Takes all readings; quick means fewer rounds and no chase beyond 64 MiB.
#[must_use]
pub fn read(quick: bool) -> Vec<Reading> {
    let (rounds, n_chases) = if quick {
        (9, CHASES_QUICK)
    } else {
        (41, CHASES.len())
    };
    let mut readings = vec![dependent_step(rounds)];
    readings.extend(
        CHASES[..n_chases]
            .iter()
            .map(|(kib, what)| load(*kib, what, rounds)),
    );
    readings.extend([
        locked_pair(rounds),
        locked_add(rounds),
        plain_pair(rounds),
        first_touch(rounds),
    ]);
    readings.extend(core_to_core(rounds));
    readings.extend([clock(rounds), boxed_call(rounds)]);
    readings
}

/// A sentence for the report if this machine cannot give all readings.
#[must_use]
pub fn remark() -> Option<String> {
    (machine::allowed().at_once < 2).then(|| {
        "core to core is left out of the calibration: this process may use one core only".to_owned()
    })
}

/// One step of a chain in which each waits for the one before.
#[must_use]
pub fn dependent_step(rounds: usize) -> Reading {
    // Two operations of one cycle take turns. A chain of one alone could be folded by the
    // compiler; these cannot, since it knows neither operand.
    let (a, b) = (black_box(0x9e37_79b9_u64), black_box(0x85eb_ca6b_u64));
    let mut x = 1_u64;
    let ns = median_ns(rounds, 2 * STEPS, || {
        for _ in 0..STEPS {
            x = x.wrapping_add(a) ^ b;
        }
        black_box(x);
    });
    reading(
        "dependent step",
        ns,
        format!(
            "One addition or exclusive or that waits for the one before: a cycle, so the clock \
             runs at {:.2} GHz.",
            1.0 / ns
        ),
    )
}

/// One load of a chase through `kib` KiB, which is said to wait for `what`.
#[must_use]
pub fn load(kib: usize, what: &str, rounds: usize) -> Reading {
    let lines = unlinked(kib * 1024 / size_of::<Line>());
    let mut at = walk(link(&lines), lines.len());
    let ns = median_ns(rounds, LOADS, || at = walk(at, LOADS));
    let size = if kib < 1024 {
        format!("{kib} KiB")
    } else {
        format!("{} MiB", kib / 1024)
    };
    reading(
        &format!("load, {size}"),
        ns,
        format!("One load that waits for the one before, anywhere in {size}: {what}."),
    )
}

/// Taking and leaving a lock that nobody else wants.
#[must_use]
pub fn locked_pair(rounds: usize) -> Reading {
    let word = AtomicU32::new(0);
    let mut taken = 0_u32;
    let ns = median_ns(rounds, STEPS, || {
        let word = black_box(&word);
        for _ in 0..STEPS {
            // Acquire and Release are what a lock needs; here they have no partner.
            let took = word.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed);
            taken = taken.wrapping_add(u32::from(took.is_ok()));
            word.store(0, Ordering::Release);
        }
    });
    black_box(taken);
    reading(
        "locked pair",
        ns,
        "A compare-and-exchange and a releasing store: taking and leaving a free lock.".to_owned(),
    )
}

/// Adding to a counter that threads could share.
#[must_use]
pub fn locked_add(rounds: usize) -> Reading {
    let word = AtomicU32::new(0);
    let ns = median_ns(rounds, STEPS, || {
        let word = black_box(&word);
        for _ in 0..STEPS {
            // Relaxed: the counter orders nothing.
            word.fetch_add(1, Ordering::Relaxed);
        }
    });
    reading(
        "locked add",
        ns,
        "An atomic addition to a counter that no other thread uses.".to_owned(),
    )
}

/// A store and a load of the same word, as one thread alone needs them.
#[must_use]
pub fn plain_pair(rounds: usize) -> Reading {
    let word = AtomicU32::new(0);
    let mut sum = 0_u32;
    let ns = median_ns(rounds, STEPS, || {
        let word = black_box(&word);
        for i in 0..STEPS as u32 {
            // Relaxed: plain instructions, which the compiler still may not leave out.
            word.store(i, Ordering::Relaxed);
            sum = sum.wrapping_add(word.load(Ordering::Relaxed));
        }
    });
    black_box(sum);
    reading(
        "plain pair",
        ns,
        "A plain store and a plain load of the same word, to set beside the locked pair; many \
         overlap."
            .to_owned(),
    )
}

/// Writing to a page that the system has not made yet (L2).
#[must_use]
pub fn first_touch(rounds: usize) -> Reading {
    let round = || {
        let mut fresh = black_box(vec![0_u8; PAGES * PAGE_BYTES]);
        let begin = Instant::now();
        for page in fresh.chunks_mut(PAGE_BYTES) {
            page[0] = 1;
        }
        black_box(&fresh);
        begin.elapsed().as_nanos() as f64 / PAGES as f64
    };
    reading(
        "first touch",
        median(&(0..rounds).map(|_| round()).collect::<Vec<_>>()),
        "The first write to a page of 4 KiB in fresh memory, where the system makes the page; with \
         huge pages it makes 512 at once."
            .to_owned(),
    )
}

/// How long a store takes to be seen by another core; `None` where only one core may be used.
#[must_use]
pub fn core_to_core(rounds: usize) -> Option<Reading> {
    let allowed = machine::allowed();
    if allowed.at_once < 2 {
        return None;
    }
    let (first, last) = (allowed.cores.first(), allowed.cores.last());
    let word = &AtomicU32::new(0);
    let rounds = rounds * SHORT_ROUNDS;
    let trips = ROUND_TRIPS * (rounds as u32 + 1);
    let mut ns = f64::NAN;
    // Two threads of their own: the caller stays on the core that it is bound to.
    thread::scope(|scope| {
        scope.spawn(move || {
            bind(first);
            for trip in 0..trips {
                await_word(word, 2 * trip + 1);
                // Release: pairs with the Acquire in await_word.
                word.store(2 * trip + 2, Ordering::Release);
            }
        });
        scope.spawn(|| {
            bind(last);
            let mut trip = 0;
            ns = median_ns(rounds, 2 * ROUND_TRIPS as usize, || {
                for _ in 0..ROUND_TRIPS {
                    // Release: pairs with the Acquire in await_word.
                    word.store(2 * trip + 1, Ordering::Release);
                    await_word(word, 2 * trip + 2);
                    trip += 1;
                }
            });
        });
    });
    Some(reading(
        "core to core",
        ns,
        "One way between two threads on different cores: a store, until the other has seen it."
            .to_owned(),
    ))
}

/// Two readings of the clock.
#[must_use]
pub fn clock(rounds: usize) -> Reading {
    let readings = STEPS / 20;
    let ns = median_ns(rounds, readings, || {
        for _ in 0..readings {
            black_box(Instant::now().elapsed());
        }
    });
    reading(
        "clock pair",
        ns,
        "Two readings of the clock and their difference, as around each operation that is timed \
         alone."
            .to_owned(),
    )
}

/// A call that the compiler cannot look through, as all work is called here.
#[must_use]
pub fn boxed_call(rounds: usize) -> Reading {
    let number = black_box(1_u64);
    let mut call: Box<dyn FnMut(u64) -> u64> = black_box(Box::new(move |x| x.wrapping_add(number)));
    let mut x = 0;
    let ns = median_ns(rounds, STEPS, || {
        for _ in 0..STEPS {
            x = call(x);
        }
    });
    black_box(x);
    reading(
        "boxed call",
        ns,
        "A call through Box<dyn FnMut>, which adds its argument to a number it holds.".to_owned(),
    )
}

fn reading(name: &str, ns: f64, words: String) -> Reading {
    Reading {
        name: name.to_owned(),
        ns,
        words,
    }
}

/// The median over the rounds of the nanoseconds that one of `steps` steps takes; `work` does all
/// of them. The first of `rounds + 1` rounds is not measured.
fn median_ns(rounds: usize, steps: usize, mut work: impl FnMut()) -> f64 {
    work();
    let round = |_| {
        let begin = Instant::now();
        work();
        begin.elapsed().as_nanos() as f64 / steps as f64
    };
    median(&(0..rounds).map(round).collect::<Vec<_>>())
}

fn unlinked<'a>(n: usize) -> Vec<Line<'a>> {
    let line = || Line {
        next: Cell::new(None),
    };
    std::iter::repeat_with(line).take(n).collect()
}

/// Makes a chase of `lines` (L1) and returns where it begins.
fn link<'a>(lines: &'a [Line<'a>]) -> &'a Line<'a> {
    for (line, next) in lines.iter().zip(cycle(lines.len())) {
        line.next.set(Some(&lines[next]));
    }
    &lines[0]
}

/// For each of `n` places the next one of a random cycle through all of them.
///
/// Sattolo's shuffle: swapping each place with one strictly below it leaves a single cycle.
fn cycle(n: usize) -> Vec<usize> {
    let mut next: Vec<_> = (0..n).collect();
    let mut dice = Dice::new(1);
    for above in (1..n).rev() {
        next.swap(above, dice.below(above));
    }
    next
}

/// Follows a chase for `steps` steps and returns where it ends.
fn walk<'a>(from: &'a Line<'a>, steps: usize) -> &'a Line<'a> {
    let mut at = from;
    for _ in 0..steps {
        at = at.next.get().expect("a line of a chase is linked");
    }
    black_box(at)
}

/// Binds this thread to `core`, where the system allows it; elsewhere it finds a core for each
/// thread that spins.
fn bind(core: Option<&CoreId>) {
    if let Some(core) = core {
        core_affinity::set_for_current(*core);
    }
}

/// Waits until `word` holds `value`, without the hint that one spins: the pause that it stands for
/// takes longer than what is measured.
fn await_word(word: &AtomicU32, value: u32) {
    let mut looks = 0;
    // Acquire: pairs with the Release of the other player.
    while word.load(Ordering::Acquire) != value {
        looks += 1;
        if looks == PATIENCE {
            looks = 0;
            thread::yield_now();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ptr;

    use super::*;

    #[test]
    fn a_chase_passes_every_line_once_before_it_returns() {
        for n in [1, 2, 3, 10, 256, 5_000] {
            let lines = unlinked(n);
            let begin = link(&lines);
            let mut passed = BTreeSet::new();
            let mut at = begin;
            for _ in 0..n {
                assert!(
                    passed.insert(ptr::from_ref(at)),
                    "{n} lines: one is passed twice"
                );
                at = walk(at, 1);
            }
            assert!(ptr::eq(at, begin), "{n} lines: the walk does not return");
        }
    }

    #[test]
    fn every_line_of_a_chase_has_a_cache_line_to_itself() {
        let lines = unlinked(3);
        assert_eq!(size_of_val(&lines[..]), 3 * 64);
    }

    #[test]
    fn every_reading_is_a_time_and_has_a_name_of_its_own_and_a_sentence() {
        let readings = read(true);
        let names: BTreeSet<_> = readings
            .iter()
            .map(|reading| reading.name.as_str())
            .collect();
        assert_eq!(names.len(), readings.len(), "{names:?}");
        for Reading { name, ns, words } in &readings {
            assert!(ns.is_finite() && *ns > 0.0, "{name}: {ns}");
            assert!(words.ends_with('.'), "{name}: {words}");
        }
        let met = names.contains("core to core");
        assert_eq!(met, remark().is_none(), "either the reading or the remark");
    }
}
