//! What the ratios have to be, and why: the one table of targets.
//!
//! A ratio is ours through theirs. A row that no line here speaks of is shown for information.
//! Lines are asked from the top; the first that fits counts.

use crate::board::Target;

/// A line of the table.
struct Line {
    group: &'static str,
    work: &'static str,
    /// What the peer's name begins with, so that `Go 1.19` covers all its releases.
    peer: &'static str,
    at_most: f64,
    why: &'static str,
}

const LINES: &[Line] = &[
    Line {
        group: "slice",
        work: "append_into_room",
        peer: "Vec",
        at_most: 1.0,
        why: "the same comparison, store and increment; nothing is left that could cost more",
    },
    Line {
        group: "slice",
        work: "append_from_nothing",
        peer: "Vec",
        at_most: 1.5,
        why: "Go's growth copies about twice as much as doubling and may never grow in place",
    },
    Line {
        group: "slice",
        work: "append_from_nothing",
        peer: "Go 1.19",
        at_most: 0.5,
        why: "the same copies without a collector's allocator and its bookkeeping",
    },
    Line {
        group: "slice",
        work: "many_small",
        peer: "Vec",
        at_most: 0.7,
        why: "a bump heap gives out a small array in a few instructions and frees all at once",
    },
    Line {
        group: "slice",
        work: "indexed_loop",
        peer: "&[Cell]",
        at_most: 1.1,
        why: "a header is a pointer and a length, as a Rust slice is",
    },
];

/// The target of a row, if it has one.
#[must_use]
pub fn target(group: &str, work: &str, peer: &str) -> Option<Target> {
    let fits =
        |line: &&Line| line.group == group && line.work == work && peer.starts_with(line.peer);
    let line = LINES.iter().find(fits)?;
    Some(Target {
        at_most: line.at_most,
        why: line.why.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_speaks_of_a_contest_and_a_peer_that_exist() {
        let contests = crate::groups::contests(&[]);
        for line in LINES {
            let named = contests
                .iter()
                .filter(|c| c.group == line.group && c.work == line.work);
            let is_peer = |name: &str| name.starts_with(line.peer);
            let found = named
                .flat_map(|c| c.runners[1..].iter().map(|runner| runner.name))
                .chain(["Go 1.19.8"])
                .any(is_peer);
            assert!(
                found,
                "{}/{}: nobody is called {}",
                line.group, line.work, line.peer
            );
        }
    }

    #[test]
    fn a_row_without_a_line_is_for_information() {
        assert_eq!(target("slice", "indexed_loop", "Vec"), None);
        assert_eq!(target("slice", "append_from_nothing", "Go 1.27.3"), None);
        assert!(target("slice", "append_from_nothing", "Go 1.19.8").is_some());
    }
}
