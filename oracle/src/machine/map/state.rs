//! The state of a map as answers show it, part by part.
//!
//! ```text
//!   - | h 3 0 1 0 0 | s 1f3a2b4c | r e703… | b0 c4:7 01 9a:5 > . | o2 gone
//!       └ head        └ seed       └ random  └ chain of bucket 0    └ old chain of bucket 2
//! ```
//!
//! An answer has the parts that show differently than after the answer before. All parts together
//! are the whole state, so that two machines that have answered alike are in the same state.
//!
//! P1  What was current becomes old when a growth begins, and nothing is shown yet of the new
//!     array; where a chain shows otherwise than that, it is in the answer.
//!
//! Twin: go/map/show.go: follow, part, head.

use std::fmt;

/// The text of a chain without a full cell or a mark, and of one not yet shown.
pub(super) const NO_CHAIN: &str = ".";

/// What an answer's `h` part says, and what follows from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) count: usize,
    pub(super) flags: u8,
    pub(super) b: u8,
    pub(super) noverflow: u16,
    pub(super) nevacuate: usize,
    pub(super) growing: bool,
}

impl Head {
    fn n_buckets(self) -> usize {
        1 << self.b
    }

    fn noldbuckets(self) -> usize {
        if self.flags & hmap::flags::SAME_SIZE_GROW != 0 {
            self.n_buckets()
        } else {
            self.n_buckets() / 2
        }
    }

    fn parse(text: &str) -> Option<Head> {
        let mut words = text.split(' ');
        Some(Head {
            count: words.next()?.parse().ok()?,
            flags: words.next()?.parse().ok()?,
            b: words.next()?.parse().ok()?,
            noverflow: words.next()?.parse().ok()?,
            nevacuate: words.next()?.parse().ok()?,
            growing: words.next() == Some("old"),
        })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head {
            count,
            flags,
            b,
            noverflow,
            nevacuate,
            growing,
        } = self;
        let old = if *growing { " old" } else { "" };
        write!(f, "{count} {flags} {b} {noverflow} {nevacuate}{old}")
    }
}

/// The texts of all parts.
#[derive(Debug, Default)]
pub struct State {
    pub(super) head: Option<Head>,
    pub(super) seed: String,
    pub(super) random: String,
    /// One for each bucket of the current array.
    pub(super) chains: Vec<String>,
    /// One for each bucket of the old array.
    pub(super) old: Vec<String>,
}

impl State {
    /// Takes over a head, and gives the chains the lengths of its arrays (P1). Returns whether
    /// nothing is shown yet of the current array.
    pub(super) fn follow(&mut self, head: Head) -> bool {
        let before = self.head.unwrap_or_default();
        let begun = head.growing && (!before.growing || before.b != head.b);
        if begun {
            self.old = std::mem::take(&mut self.chains);
        }
        let n_old = if head.growing { head.noldbuckets() } else { 0 };
        self.old.resize(n_old, NO_CHAIN.to_owned());
        self.chains.resize(head.n_buckets(), NO_CHAIN.to_owned());
        self.head = Some(head);
        begun
    }

    /// Takes over the parts of an answer without its hashes.
    pub(crate) fn apply(&mut self, answer: &str) {
        for part in answer.split(" | ").skip(1) {
            let (name, text) = part.split_once(' ').unwrap_or((part, ""));
            let place = match name.split_at_checked(1) {
                Some(("h", "")) => {
                    if let Some(head) = Head::parse(text) {
                        self.follow(head);
                    }
                    continue;
                }
                Some(("s", "")) => Some(&mut self.seed),
                Some(("r", "")) => Some(&mut self.random),
                Some(("b", number)) => at(&mut self.chains, number),
                Some(("o", number)) => at(&mut self.old, number),
                Some(_) | None => None,
            };
            if let Some(place) = place {
                text.clone_into(place);
            }
        }
    }
}

fn at<'a>(chains: &'a mut [String], number: &str) -> Option<&'a mut String> {
    chains.get_mut(number.parse::<usize>().ok()?)
}

impl fmt::Display for State {
    /// Writes the parts, one a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.unwrap_or_default();
        write!(f, "h {head}\ns {}\nr {}", self.seed, self.random)?;
        for (i, chain) in self.chains.iter().enumerate() {
            write!(f, "\nb{i} {chain}")?;
        }
        for (i, chain) in self.old.iter().enumerate().skip(head.nevacuate) {
            write!(f, "\no{i} {chain}")?;
        }
        Ok(())
    }
}
