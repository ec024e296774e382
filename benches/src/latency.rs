//! Timing each operation alone, for the worst and the rare ones.
//!
//! ```text
//!   clock ─ operation ─ clock      what is noted: the difference less what two readings cost
//! ```
//!
//! Reading the clock costs about as much as a fast operation, so medians below a few tens of
//! nanoseconds say nothing here; the tail is what this is for. Notes go into buckets a quarter of a
//! doubling wide, the largest value is kept exactly.
//!
//! Where something else wants the core, the thread may be made to wait in the middle of an
//! operation, for 4 ms on Linux: that would be the worst of every side. Linux tells a thread how
//! long it has waited, and that is taken off, too.
//!
//! ```text
//!   operation ─ operation ──── slow operation ────     /proc/thread-self/schedstat, second number
//!            └ gap       └ asked after a long one ┘    is asked for when either took long
//! ```
//!
//! W1  A wait is taken off the operation that it fell into: one that fell between two operations
//!     makes the gap long, after which the stopwatch asks anew how long the thread has waited.

use std::fmt;
use std::fs;
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// An operation or a gap of at least this length may have been a wait. Asking takes about 5 µs.
const LONG_NS: u64 = 20_000;

/// Buckets: four to a doubling, from 1 ns to beyond an hour.
const BUCKETS: usize = 4 * 42;

/// How long the operations of a run took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Operations by bucket; bucket b begins at 2^(b/4) nanoseconds.
    pub counts: Vec<u64>,
    /// The longest operation, in nanoseconds.
    pub max_ns: u64,
}

/// Times operations one by one.
#[derive(Debug)]
pub struct Stopwatch {
    histogram: Histogram,
    clock_ns: u64,
    /// When the last operation ended.
    ended: Instant,
    /// How long the thread had waited for a core when it was last asked.
    waited_ns: u64,
}

/// The work of one side, which times each of its operations with the stopwatch.
pub type TimedRun = Box<dyn FnMut(&mut Stopwatch)>;

/// The same operations, each timed alone, for all sides.
pub struct LatencyContest {
    /// The room.
    pub group: &'static str,
    /// What is done.
    pub work: &'static str,
    /// Operations in a run.
    pub size: usize,
    /// The sides with their names; the first is ours.
    pub sides: Vec<(&'static str, TimedRun)>,
    /// The Go benchmark that times the same operations, without the leading `Benchmark`.
    pub go: Option<String>,
    /// Takes long: played in the fewest rounds, and not at all in a quick run.
    pub heavy: bool,
}

impl fmt::Debug for LatencyContest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.group, self.work, self.size)
    }
}

impl LatencyContest {
    /// A contest without sides.
    #[must_use]
    pub fn new(group: &'static str, work: &'static str, size: usize) -> Self {
        Self {
            group,
            work,
            size,
            sides: Vec::new(),
            go: None,
            heavy: false,
        }
    }

    /// Adds a side.
    #[must_use]
    pub fn side(mut self, name: &'static str, run: impl FnMut(&mut Stopwatch) + 'static) -> Self {
        self.sides.push((name, Box::new(run)));
        self
    }

    /// Names the Go benchmark that times the same operations.
    #[must_use]
    pub fn go(mut self, benchmark: impl Into<String>) -> Self {
        self.go = Some(benchmark.into());
        self
    }

    /// Marks a contest that takes long.
    #[must_use]
    pub fn heavy(mut self, heavy: bool) -> Self {
        self.heavy = heavy;
        self
    }
}

impl Histogram {
    /// Nothing noted yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            counts: vec![0; BUCKETS],
            max_ns: 0,
        }
    }

    /// Notes an operation of `ns` nanoseconds.
    pub fn note(&mut self, ns: u64) {
        self.counts[bucket(ns)] += 1;
        self.max_ns = self.max_ns.max(ns);
    }

    /// Adds what another run noted.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.max_ns = self.max_ns.max(other.max_ns);
    }

    /// Where bucket `b` begins, in nanoseconds.
    #[must_use]
    pub fn begins_at(b: usize) -> f64 {
        2.0_f64.powf(b as f64 / 4.0)
    }

    /// The time in nanoseconds that at most a share of `1 - q` of the operations reached: the upper
    /// end of the bucket where the q-quantile lies, or the maximum if that is less.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let total: u64 = self.counts.iter().sum();
        let wanted = (q * total as f64).ceil() as u64;
        let mut seen = 0;
        for (b, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted.max(1) {
                return Self::begins_at(b + 1).min(self.max_ns as f64);
            }
        }
        self.max_ns as f64
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self::new()
    }
}

fn bucket(ns: u64) -> usize {
    let b = (4.0 * (ns.max(1) as f64).log2()).floor();
    (b as usize).min(BUCKETS - 1)
}

impl Stopwatch {
    /// A stopwatch that knows what its own clock costs: the median of many empty readings.
    #[must_use]
    pub fn new() -> Self {
        let mut readings: Vec<u64> = (0..10_001)
            .map(|_| between_ns(Instant::now(), Instant::now()))
            .collect();
        readings.sort_unstable();
        Self {
            histogram: Histogram::new(),
            clock_ns: readings[readings.len() / 2],
            waited_ns: waited_ns(),
            ended: Instant::now(),
        }
    }

    /// What two readings of the clock cost, in nanoseconds; it is taken off every note.
    #[must_use]
    pub const fn clock_ns(&self) -> u64 {
        self.clock_ns
    }

    /// Does `operation` and notes how long it took.
    #[inline]
    pub fn time<R>(&mut self, operation: impl FnOnce() -> R) -> R {
        let begin = Instant::now();
        let result = operation();
        let end = Instant::now();
        let (gap, took) = (between_ns(self.ended, begin), between_ns(begin, end));
        self.ended = end;
        if gap.max(took) < LONG_NS {
            self.histogram.note(took.saturating_sub(self.clock_ns));
        } else {
            self.note_long(gap, took);
        }
        result
    }

    /// Notes an operation, less what the thread waited in it (W1).
    #[cold]
    #[inline(never)]
    fn note_long(&mut self, gap: u64, took: u64) {
        let before = std::mem::replace(&mut self.waited_ns, waited_ns());
        let spent = own_ns(gap, took, self.waited_ns - before);
        self.histogram.note(spent.saturating_sub(self.clock_ns));
        self.ended = Instant::now();
    }

    /// What was noted.
    #[must_use]
    pub fn finish(self) -> Histogram {
        self.histogram
    }
}

impl Default for Stopwatch {
    fn default() -> Self {
        Self::new()
    }
}

fn between_ns(begin: Instant, end: Instant) -> u64 {
    u64::try_from((end - begin).as_nanos()).unwrap_or(u64::MAX)
}

/// What an operation that took `took` behind a gap took itself, when the thread waited for `waited`
/// in both together (W1): behind a long gap nothing is taken off, for the wait may have been there.
const fn own_ns(gap: u64, took: u64, waited: u64) -> u64 {
    if gap < LONG_NS {
        took.saturating_sub(waited)
    } else {
        took
    }
}

/// How long this thread was ready and had no core, in all its life; 0 where the system does not
/// say.
fn waited_ns() -> u64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let waited = told.and_then(|told| told.split(' ').nth(1)?.parse().ok());
    waited.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_in_the_bucket_of_the_value_they_stand_for() {
        let mut histogram = Histogram::new();
        for ns in 1..=1000 {
            histogram.note(ns);
        }
        for (q, exact) in [(0.5, 500.0), (0.99, 990.0), (0.999, 999.0)] {
            let found = histogram.quantile(q);
            let widest = exact * 2.0_f64.powf(0.25);
            assert!(
                (exact..=widest).contains(&found),
                "{q}: {found} for {exact}"
            );
        }
        assert_eq!(histogram.max_ns, 1000);
        assert_eq!(histogram.quantile(1.0), 1000.0);
    }

    #[test]
    fn a_wait_is_taken_off_the_operation_that_it_fell_into_and_off_no_other() {
        let ms = 1_000_000;
        assert_eq!(own_ns(30, 5 * ms, 4 * ms), ms);
        assert_eq!(own_ns(30, 5 * ms, 0), 5 * ms);
        assert_eq!(own_ns(4 * ms, 50_000, 4 * ms), 50_000);
        assert_eq!(own_ns(30, 25_000, 26_000), 0);
    }

    #[test]
    fn no_time_is_too_long_or_too_short_to_note() {
        let mut histogram = Histogram::new();
        histogram.note(0);
        histogram.note(u64::MAX);
        assert_eq!(histogram.counts.iter().sum::<u64>(), 2);
    }
}
