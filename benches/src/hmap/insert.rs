//! Writing: filling from empty, counting, and a map that is written all its life.
//!
//! ```text
//!   insert       make, put n new keys, drop        grows as often as it has to
//!   entry_add    m[key] += 1, keys drawn at random from n that are there after a while
//!   churn        delete the oldest of n entries, put a new one; the same n entries at all times
//!
//!   ring of 3n keys     ──▶ deleted ──▶│◀── n in the map ──▶│◀── put next
//! ```
//!
//! The latency contests time each operation alone: the worst of them is where a map that moves all
//! entries at once pays for it.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;

use super::keys::{CHUNK, Key, Lazy, Walk, lazy, present, stored};
use super::table::{Hashbrown, Ours, Std, Table, filled};
use super::tree::RbTree;
use super::{GROUP, TREE_MOST, is_heavy};
use crate::contest::Contest;
use crate::latency::{LatencyContest, Stopwatch};

/// Entries of a map that is written all its life.
const LIVE: usize = 100_000;

/// Different keys that are counted.
const COUNTED: usize = 10_000;

/// The largest `HashMap` that is filled in rounds: four million strings take it two seconds.
const STD_MOST: usize = 1_000_000;

/// Inserts that are timed one by one, trees among the sides.
const TIMED: usize = 200_000;

/// Inserts that are timed one by one, the last growth of which moves 3.7 million entries at once
/// or piece by piece.
const TIMED_MOST: usize = 4_000_000;

/// Pairs of a delete and an insert that are timed one by one.
const TIMED_CHURN: usize = 300_000;

/// `m := make(map[uint64]uint64); for i, key := range keys { m[key] = uint64(i) }`
pub(crate) fn insert_u64(n: usize) -> Contest {
    let keys = lazy(move || stored::<u64>(n));
    let contest = insert("insert_u64", n, &keys).go(format!("InsertU64/{n}"));
    if n <= TREE_MOST {
        contest.side("RBTree", filling::<u64, RbTree>(&keys, n))
    } else {
        contest
    }
}

/// The same with strings of 16 bytes.
pub(crate) fn insert_str(n: usize) -> Contest {
    let keys = lazy(move || stored::<&str>(n));
    insert("insert_str", n, &keys).go(format!("InsertStr/{n}"))
}

fn insert<K: Key>(work: &'static str, n: usize, keys: &Lazy<Vec<K>>) -> Contest {
    let contest = Contest::new(GROUP, work, n)
        .heavy(is_heavy(n))
        .side("ours", filling::<K, Ours<K>>(keys, n))
        .side("hashbrown", filling::<K, Hashbrown<K>>(keys, n));
    if n > STD_MOST {
        return contest;
    }
    let contest = contest.side("HashMap", filling::<K, Std<K>>(keys, n));
    if n <= TREE_MOST {
        contest.side("BTreeMap", filling::<K, BTreeMap<K, u64>>(keys, n))
    } else {
        contest
    }
}

fn filling<K: Key, T: Table<K>>(
    keys: &Lazy<Vec<K>>,
    n: usize,
) -> impl FnMut(usize) -> u64 + 'static {
    let keys = Rc::clone(keys);
    let mut walk = Walk::default();
    move |reps| {
        let mut count = 0;
        for _ in 0..reps {
            let map: T = filled(walk.next(&keys, n));
            count += black_box(&map).count() as u64;
        }
        count
    }
}

/// `m[key]++`
pub(crate) fn entry_add() -> Contest {
    let keys = lazy(|| present::<u64>(COUNTED));
    Contest::new(GROUP, "entry_add", COUNTED)
        .ops(CHUNK)
        .side("ours", adding::<Ours<u64>>(&keys))
        .side("hashbrown", adding::<Hashbrown<u64>>(&keys))
        .side("HashMap", adding::<Std<u64>>(&keys))
        .side("BTreeMap", adding::<BTreeMap<u64, u64>>(&keys))
        .go(format!("EntryAdd/{COUNTED}"))
}

fn adding<T: Table<u64>>(keys: &Lazy<Vec<u64>>) -> impl FnMut(usize) -> u64 + 'static {
    let keys = Rc::clone(keys);
    let mut map = T::make();
    move |reps| {
        let mut sum = 0;
        for _ in 0..reps {
            for key in keys.iter() {
                sum += map.add(*key, 1);
            }
        }
        sum
    }
}

/// A ring of keys, of which the map holds a window that moves on.
struct Ring<T> {
    map: T,
    keys: Vec<u64>,
    oldest: usize,
}

impl<T: Table<u64>> Ring<T> {
    fn new() -> Self {
        let keys = stored::<u64>(3 * LIVE);
        Self {
            map: filled(&keys[..LIVE]),
            keys,
            oldest: 0,
        }
    }

    /// Deletes the oldest entry, puts the next one, and returns what was deleted.
    #[inline]
    fn step(&mut self) -> u64 {
        let newest = (self.oldest + LIVE) % self.keys.len();
        let taken = self.map.take(&self.keys[self.oldest]);
        self.map.put(self.keys[newest], newest as u64);
        self.oldest = (self.oldest + 1) % self.keys.len();
        taken.unwrap_or(1)
    }
}

/// `delete(m, oldest); m[next] = i`
pub(crate) fn churn() -> Contest {
    Contest::new(GROUP, "churn", LIVE)
        .ops(CHUNK)
        .side("ours", churning::<Ours<u64>>())
        .side("hashbrown", churning::<Hashbrown<u64>>())
        .side("HashMap", churning::<Std<u64>>())
        .side("BTreeMap", churning::<BTreeMap<u64, u64>>())
        .go(format!("Churn/{LIVE}"))
}

fn churning<T: Table<u64>>() -> impl FnMut(usize) -> u64 + 'static {
    let mut ring = None::<Ring<T>>;
    move |reps| {
        let ring = ring.get_or_insert_with(Ring::new);
        let mut sum = 0;
        for _ in 0..reps * CHUNK {
            sum += ring.step();
        }
        sum
    }
}

/// The contests in which each operation is timed alone.
pub(crate) fn latency_contests() -> Vec<LatencyContest> {
    let keys = lazy(|| stored::<u64>(TIMED));
    let small = LatencyContest::new(GROUP, "insert_each_timed", TIMED)
        .side("ours", insert_timed::<Ours<u64>>(&keys))
        .side("hashbrown", insert_timed::<Hashbrown<u64>>(&keys))
        .side("HashMap", insert_timed::<Std<u64>>(&keys))
        .side("BTreeMap", insert_timed::<BTreeMap<u64, u64>>(&keys))
        .side("RBTree", insert_timed::<RbTree>(&keys))
        .go(format!("InsertEachTimed/{TIMED}"));
    let keys = lazy(|| stored::<u64>(TIMED_MOST));
    let large = LatencyContest::new(GROUP, "insert_each_timed", TIMED_MOST)
        .heavy(true)
        .side("ours", insert_timed::<Ours<u64>>(&keys))
        .side("hashbrown", insert_timed::<Hashbrown<u64>>(&keys))
        .side("HashMap", insert_timed::<Std<u64>>(&keys))
        .go(format!("InsertEachTimed/{TIMED_MOST}"));
    let churn = LatencyContest::new(GROUP, "churn_each_timed", TIMED_CHURN)
        .side("ours", churn_timed::<Ours<u64>>)
        .side("hashbrown", churn_timed::<Hashbrown<u64>>)
        .side("HashMap", churn_timed::<Std<u64>>)
        .side("BTreeMap", churn_timed::<BTreeMap<u64, u64>>)
        .go(format!("ChurnEachTimed/{TIMED_CHURN}"));
    vec![small, large, churn]
}

fn insert_timed<T: Table<u64>>(keys: &Lazy<Vec<u64>>) -> impl FnMut(&mut Stopwatch) + 'static {
    let keys = Rc::clone(keys);
    move |watch| {
        let mut map = T::make();
        for (i, key) in keys.iter().enumerate() {
            watch.time(|| map.put(*key, i as u64));
        }
        assert_eq!(map.count(), keys.len());
    }
}

fn churn_timed<T: Table<u64>>(watch: &mut Stopwatch) {
    let mut ring = Ring::<T>::new();
    for _ in 0..TIMED_CHURN {
        black_box(watch.time(|| ring.step()));
    }
    assert_eq!(ring.map.count(), LIVE);
}
