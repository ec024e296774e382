//! Go's bucket map beside hashbrown, std's maps, a red-black tree and real Go.
//!
//! ```text
//!   keys.rs    numbered keys, the same in Go       lookup.rs   hit, miss, iterate
//!   table.rs   what a side has to do, the sides    insert.rs   insert, count, churn, the worst
//!   tree.rs    what order costs and gives          memory.rs   bytes held for each entry
//! ```
//!
//! A map of 100,000 is nearly as full as Go lets it be and rather full in hashbrown; one of 1,000,
//! 1,000,000 or 4,000,000 is about half full in both.
//!
//! hashbrown has our hasher with the same seeds; std's `HashMap` has its own, which resists floods
//! of chosen keys better and takes several times as long.
//!
//! Maps are filled one by one, are made at the first use and dropped with their contest; four
//! million entries take 80 to 230 MB, on each side.

mod insert;
mod keys;
mod lookup;
mod memory;
mod table;
mod tree;

use crate::contest::Contest;
use crate::latency::LatencyContest;

pub use memory::{memory, memory_twins};
pub use tree::order_contests;

const GROUP: &str = "hmap";

/// Entries: within the first cache, the second, the third or nearly, and memory.
const SIZES: [usize; 4] = [1_000, 100_000, 1_000_000, 4_000_000];

/// The largest tree: filling one of a million takes half a second.
const TREE_MOST: usize = 100_000;

/// Whether a contest of `n` entries takes long.
const fn is_heavy(n: usize) -> bool {
    n > 100_000
}

/// The contests of this room.
#[must_use]
pub fn contests() -> Vec<Contest> {
    let works = [
        lookup::hit_u64,
        lookup::hit_str,
        lookup::miss_u64,
        lookup::miss_str,
        insert::insert_u64,
        insert::insert_str,
        lookup::iterate,
    ];
    let mut contests: Vec<_> = works
        .iter()
        .flat_map(|work| SIZES.into_iter().map(work))
        .collect();
    contests.extend([
        lookup::iterate_sparse(),
        insert::entry_add(),
        insert::churn(),
    ]);
    contests
}

/// The contests in which each operation is timed alone.
#[must_use]
pub fn latency_contests() -> Vec<LatencyContest> {
    insert::latency_contests()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_does_the_same_work() {
        let all = contests().into_iter().chain(order_contests());
        let light = all.filter(|contest| !contest.heavy);
        for mut contest in light {
            let name = contest.name();
            let (ours, peers) = contest.runners.split_first_mut().expect("ours and peers");
            assert_eq!(ours.name, "ours", "{name}");
            assert!(!peers.is_empty(), "{name} has no peer");
            let done = (ours.run)(2);
            assert!(done >= 2, "{name}: ours did nothing");
            for peer in peers {
                assert_eq!((peer.run)(2), done, "{name}: {}", peer.name);
            }
        }
    }
}
