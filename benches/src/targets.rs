//! What the ratios have to be, and why: the one place of targets.
//!
//! A ratio is ours through theirs. A row that no line here speaks of is shown for information.
//! Lines are asked from the top; the first that fits counts.

use crate::board::Target;

/// What is done: group, work and size.
pub type Work<'a> = (&'a str, &'a str, usize);

/// A line of a table.
struct Line {
    group: &'static str,
    work: &'static str,
    /// What the peer's name begins with, so that `Go 1.19` covers all its releases.
    peer: &'static str,
    /// The smallest size it speaks of, in elements.
    from: usize,
    at_most: f64,
    why: &'static str,
}

impl Line {
    const fn from(mut self, size: usize) -> Self {
        self.from = size;
        self
    }
}

const fn line(
    group: &'static str,
    work: &'static str,
    peer: &'static str,
    at_most: f64,
    why: &'static str,
) -> Line {
    Line {
        group,
        work,
        peer,
        from: 0,
        at_most,
        why,
    }
}

const INTO_ROOM: &str =
    "the same comparison, store and increment; nothing is left that could cost more";
const FROM_NOTHING: &str =
    "Go's growth copies about twice as much as doubling and may never grow in place";
const COLLECTED: &str = "the same copies without a collector's allocator and its bookkeeping";
const BUMP: &str =
    "a bump heap gives out a small array in a few instructions and frees all at once";
const HEADER: &str = "a header is a pointer and a length, as a Rust slice is";
const HIT: &str = "both look at a tag and a key; ours also asks whether the map grows, and its \
    buckets are no power of two wide";
const SIP: &str = "std's hasher resists chosen keys and takes several times as long";
const WORD: &str = "eight tags are compared in one word, where Go compares them one by one; the \
    hash is inlined";
const MISS: &str = "hashbrown's tags lie together and stay in a cache longer";
const GROW: &str = "the same buckets moved in the same steps, without a collector";
const GROW_ALL: &str = "entries that are moved bit by bit are hashed as often as all at once; but \
    each array is fresh memory";

/// Ratios of times.
const TIMES: &[Line] = &[
    line("slice", "append_into_room", "Vec", 1.0, INTO_ROOM),
    line("slice", "append_from_nothing", "Vec", 1.5, FROM_NOTHING),
    line("slice", "append_from_nothing", "Go 1.19", 0.5, COLLECTED),
    line("slice", "many_small", "Vec", 0.7, BUMP),
    line("slice", "indexed_loop", "&[Cell]", 1.1, HEADER),
    line("hmap", "hit_u64", "hashbrown", 1.15, HIT),
    line("hmap", "hit_str", "hashbrown", 1.15, HIT),
    line("hmap", "hit_u64", "HashMap", 0.7, SIP),
    line("hmap", "hit_str", "HashMap", 0.7, SIP),
    line("hmap", "hit_u64", "Go 1.19", 0.7, WORD),
    line("hmap", "hit_str", "Go 1.19", 0.7, WORD),
    line("hmap", "miss_u64", "hashbrown", 1.3, MISS),
    line("hmap", "miss_str", "hashbrown", 1.3, MISS),
    line("hmap", "miss_u64", "Go 1.19", 0.7, WORD),
    line("hmap", "miss_str", "Go 1.19", 0.7, WORD),
    line("hmap", "insert_u64", "Go 1.19", 1.0, GROW),
    line("hmap", "insert_str", "Go 1.19", 1.0, GROW),
    line("hmap", "insert_u64", "hashbrown", 1.5, GROW_ALL),
    line("hmap", "insert_str", "hashbrown", 1.5, GROW_ALL),
    line(
        "hmap",
        "iterate",
        "Go 1.19",
        0.5,
        "compiled for its types; Go calls for each entry",
    ),
];

/// Ratios of the worst operation of a run.
const WORSTS: &[Line] = &[line(
    "hmap",
    "insert_each_timed",
    "hashbrown",
    0.02,
    "an insert moves two old buckets at most, where hashbrown moves all entries at once",
)
.from(4_000_000)];

/// Ratios of bytes held.
const BYTES: &[Line] = &[line(
    "hmap",
    "bytes_held",
    "Go 1.19",
    1.0,
    "the same buckets, with the same room for overflow",
)];

fn find(lines: &[Line], (group, work, size): Work<'_>, peer: &str) -> Option<Target> {
    let speaks = |line: &&Line| line.group == group && line.work == work && line.from <= size;
    let mut lines = lines.iter().filter(speaks);
    let line = lines.find(|line| peer.starts_with(line.peer))?;
    Some(Target {
        at_most: line.at_most,
        why: line.why.to_string(),
    })
}

/// The target of a ratio of times, if it has one.
#[must_use]
pub fn target(work: Work<'_>, peer: &str) -> Option<Target> {
    find(TIMES, work, peer)
}

/// The target of a ratio of worst operations, if it has one.
#[must_use]
pub fn worst(work: Work<'_>, peer: &str) -> Option<Target> {
    find(WORSTS, work, peer)
}

/// The target of a ratio of bytes held, if it has one.
#[must_use]
pub fn bytes(work: Work<'_>, peer: &str) -> Option<Target> {
    find(BYTES, work, peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The works of a group with the names of their peers.
    fn known() -> [Vec<(&'static str, &'static str, Vec<&'static str>)>; 3] {
        let timed = crate::groups::contests(&[]).into_iter().map(|contest| {
            let peers = contest.runners[1..].iter().map(|runner| runner.name);
            (contest.group, contest.work, peers.collect())
        });
        let worst = crate::groups::latency_contests(&[])
            .into_iter()
            .map(|contest| {
                let peers = contest.sides[1..].iter().map(|(name, _)| *name);
                (contest.group, contest.work, peers.collect())
            });
        let held = crate::groups::memory_twins(&[]);
        let held = held.iter().map(|row| (row.group, row.work, Vec::new()));
        [timed.collect(), worst.collect(), held.collect()]
    }

    #[test]
    fn every_line_speaks_of_a_contest_and_a_peer_that_exist() {
        for (lines, known) in [TIMES, WORSTS, BYTES].into_iter().zip(known()) {
            for line in lines {
                let is_peer = |name: &&str| name.starts_with(line.peer);
                let found = known
                    .iter()
                    .filter(|(group, work, _)| (*group, *work) == (line.group, line.work))
                    .any(|(_, _, peers)| peers.iter().chain(&["Go 1.19.8"]).any(is_peer));
                assert!(
                    found,
                    "{}/{}: nobody is called {}",
                    line.group, line.work, line.peer
                );
            }
        }
    }

    #[test]
    fn a_row_without_a_line_is_for_information() {
        let go = ("slice", "append_from_nothing", 7);
        assert_eq!(target(("slice", "indexed_loop", 1), "Vec"), None);
        assert_eq!(target(go, "Go 1.27.3"), None);
        assert!(target(go, "Go 1.19.8").is_some());
    }
    #[test]
    fn a_line_may_speak_of_large_sizes_only() {
        let of = |size| worst(("hmap", "insert_each_timed", size), "hashbrown");
        assert_eq!(of(200_000), None);
        assert!(of(4_000_000).is_some());
    }
}
