//! Reading: keys that are there, keys that are not, and all entries.
//!
//! A repetition of a lookup contest asks for [`CHUNK`] keys, each independent of the one before, as
//! a loop over records does; the processor may begin the next lookup while one waits for memory.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;

use super::keys::{CHUNK, Key, Lazy, Walk, absent, lazy, present, stored};
use super::table::{Hashbrown, Ours, Std, Table, filled};
use super::tree::RbTree;
use super::{GROUP, TREE_MOST, is_heavy};
use crate::contest::Contest;

/// One in how many entries is left for the iteration of a sparse map.
const SPARSE: usize = 8;

/// What a map is filled with and what it is asked for.
struct Input<K> {
    stored: Vec<K>,
    asked: Vec<K>,
}

fn input<K: Key>(n: usize, asked: fn(usize) -> Vec<K>) -> Lazy<Input<K>> {
    lazy(move || {
        let mut stored = stored(n);
        stored.truncate(n);
        let asked = asked(n);
        Input { stored, asked }
    })
}

/// `sum += m[key]`, all keys there.
pub(crate) fn hit_u64(n: usize) -> Contest {
    let input = input::<u64>(n, present);
    let contest = lookup("hit_u64", n, &input).go(format!("HitU64/{n}"));
    if n <= TREE_MOST {
        contest.side("RBTree", asking::<u64, RbTree>(&input))
    } else {
        contest
    }
}

/// `sum += m[key]`, all keys there, strings of 16 bytes.
pub(crate) fn hit_str(n: usize) -> Contest {
    lookup("hit_str", n, &input::<&str>(n, present)).go(format!("HitStr/{n}"))
}

/// `if _, ok := m[key]; !ok { missed++ }`, no key there.
pub(crate) fn miss_u64(n: usize) -> Contest {
    lookup("miss_u64", n, &input::<u64>(n, absent)).go(format!("MissU64/{n}"))
}

/// `if _, ok := m[key]; !ok { missed++ }`, no key there, strings of 16 bytes.
pub(crate) fn miss_str(n: usize) -> Contest {
    lookup("miss_str", n, &input::<&str>(n, absent)).go(format!("MissStr/{n}"))
}

fn lookup<K: Key>(work: &'static str, n: usize, input: &Lazy<Input<K>>) -> Contest {
    let contest = Contest::new(GROUP, work, n)
        .ops(CHUNK)
        .heavy(is_heavy(n))
        .side("ours", asking::<K, Ours<K>>(input))
        .side("hashbrown", asking::<K, Hashbrown<K>>(input))
        .side("HashMap", asking::<K, Std<K>>(input));
    if n <= TREE_MOST {
        contest.side("BTreeMap", asking::<K, BTreeMap<K, u64>>(input))
    } else {
        contest
    }
}

fn asking<K: Key, T: Table<K>>(input: &Lazy<Input<K>>) -> impl FnMut(usize) -> u64 + 'static {
    let input = Rc::clone(input);
    let (mut map, mut walk) = (None::<T>, Walk::default());
    move |reps| {
        let map = map.get_or_insert_with(|| filled(&input.stored));
        let mut sum = 0;
        for _ in 0..reps {
            sum += ask(map, walk.next(&input.asked, CHUNK));
        }
        sum
    }
}

/// The sum of the values; a key that is not there counts 1.
#[inline(never)]
fn ask<K: Key, T: Table<K>>(map: &T, keys: &[K]) -> u64 {
    let mut sum = 0;
    for key in keys {
        sum += map.find(key).unwrap_or(1);
    }
    sum
}

/// `for key, value := range m { sum += key + value }`
pub(crate) fn iterate(n: usize) -> Contest {
    let keys = lazy(move || stored::<u64>(n));
    let contest = Contest::new(GROUP, "iterate", n)
        .heavy(is_heavy(n))
        .side("ours", iterating::<Ours<u64>>(&keys, n, 1))
        .side("hashbrown", iterating::<Hashbrown<u64>>(&keys, n, 1))
        .side("HashMap", iterating::<Std<u64>>(&keys, n, 1))
        .go(format!("Iterate/{n}"));
    if n <= TREE_MOST {
        contest
            .side("BTreeMap", iterating::<BTreeMap<u64, u64>>(&keys, n, 1))
            .side("RBTree", iterating::<RbTree>(&keys, n, 1))
    } else {
        contest
    }
}

/// The same after seven of eight entries were deleted; the time is that of an entry that is left.
pub(crate) fn iterate_sparse() -> Contest {
    let n = CHUNK;
    let keys = lazy(move || stored::<u64>(n));
    Contest::new(GROUP, "iterate_sparse", n / SPARSE)
        .side("ours", iterating::<Ours<u64>>(&keys, n, SPARSE))
        .side("hashbrown", iterating::<Hashbrown<u64>>(&keys, n, SPARSE))
        .side("HashMap", iterating::<Std<u64>>(&keys, n, SPARSE))
        .side(
            "BTreeMap",
            iterating::<BTreeMap<u64, u64>>(&keys, n, SPARSE),
        )
        .go(format!("IterateSparse/{}", n / SPARSE))
}

/// Goes through a map of `n` entries of which one in `sparse` is left.
fn iterating<T: Table<u64>>(
    keys: &Lazy<Vec<u64>>,
    n: usize,
    sparse: usize,
) -> impl FnMut(usize) -> u64 + 'static {
    let keys = Rc::clone(keys);
    let mut map = None::<T>;
    move |reps| {
        let map = map.get_or_insert_with(|| {
            let mut map: T = filled(&keys[..n]);
            for (i, key) in keys[..n].iter().enumerate() {
                if i % sparse != 0 {
                    map.take(key);
                }
            }
            map
        });
        (0..reps)
            .map(|_| black_box(&*map).sum())
            .fold(0, u64::wrapping_add)
    }
}
