//! The scoreboard as data: what was measured, on what machine, and what it means.
//!
//! ```text
//!   Board
//!    ├─ machine, versions, date, seed        so that a figure can be placed and repeated
//!    ├─ calibration   what the machine can do: reading "one load from L2", 4.9 ns
//!    ├─ rows          ours beside one peer: ratio of the medians of paired rounds, verdict
//!    ├─ latencies     each operation timed alone: histogram, p99.9, worst
//!    └─ memory        bytes held after the work
//! ```
//!
//! Table, HTML and JSON are made from this and from nothing else. A ratio is ours through theirs:
//! below 1 ours is faster, or smaller.
//!
//! W1  A row's ratio is the median of the ratios of single rounds, not the ratio of two medians, so
//!     that what slows a whole round down falls out.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::latency::Histogram;
use crate::stats::Estimate;
use crate::targets;

/// The version of the JSON form.
pub const FORM: u32 = 1;

/// A whole run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// The version of the form, [`FORM`].
    pub form: u32,
    /// When the run began, in UTC: `2026-11-25 14:20`.
    pub date: String,
    /// Where the order of the sides within a round comes from.
    pub seed: u64,
    /// Whether the run was cut short to end within three minutes.
    pub quick: bool,
    /// Rounds per row.
    pub rounds: usize,
    /// The machine.
    pub machine: Machine,
    /// What was compiled and run, with versions: `("rustc", "1.95.0")`, `("go", "go1.19.8")`.
    pub versions: Vec<(String, String)>,
    /// What the machine can do.
    pub calibration: Vec<Reading>,
    /// Ours beside each peer.
    pub rows: Vec<Row>,
    /// Operations timed alone.
    pub latencies: Vec<LatencyRow>,
    /// Bytes held.
    pub memory: Vec<MemoryRow>,
    /// What a reader must know: columns left out, rounds dropped.
    pub remarks: Vec<String>,
}

/// The machine a run was made on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Bytes of main memory, where the system says.
    pub memory_bytes: Option<u64>,
    /// Operating system and kernel.
    pub os: String,
    /// The core that single-threaded work was pinned to, where that was possible.
    pub pinned_to: Option<usize>,
}

/// One thing that the machine can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Its name: `load, 512 KiB`.
    pub name: String,
    /// How long it takes, in nanoseconds.
    pub ns: f64,
    /// What it is, in a sentence.
    pub words: String,
}

/// What a ratio has to be, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The largest ratio that meets it.
    pub at_most: f64,
    /// The reason.
    pub why: String,
}

/// Ours beside one peer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The room.
    pub group: String,
    /// What is done.
    pub work: String,
    /// How large it is, in elements.
    pub size: usize,
    /// The peer.
    pub peer: String,
    /// Median time of ours, in nanoseconds per operation.
    pub ours_ns: f64,
    /// Median time of the peer, in nanoseconds per operation.
    pub peer_ns: f64,
    /// Ours through theirs.
    pub ratio: Estimate,
    /// What the ratio has to be; `None` for information.
    pub target: Option<Target>,
    /// What the ratio means.
    pub verdict: Verdict,
}

/// What a ratio means, against its target, or against 1 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The whole interval is below, and not only by a hair.
    Ahead,
    /// The interval holds the mark and is narrow, or lies within 2 % of it.
    Level,
    /// The whole interval is above, and not only by a hair.
    Behind,
    /// The interval holds the mark and is wide.
    TooNoisy,
}

/// One kind of operation, each timed alone, for each side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencyRow {
    /// The room.
    pub group: String,
    /// What is done.
    pub work: String,
    /// Operations in a run.
    pub size: usize,
    /// The sides; the first is ours.
    pub sides: Vec<LatencySide>,
}

/// How long the operations of one side took, all runs together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencySide {
    /// `ours`, or the peer's name.
    pub name: String,
    /// All operations.
    pub histogram: Histogram,
    /// Median over the runs of the worst operation of a run, in nanoseconds.
    pub worst_ns: f64,
    /// What the clock cost and was taken off, in nanoseconds.
    pub clock_ns: u64,
}

impl LatencySide {
    /// A side of which nothing is noted yet.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self {
            name,
            histogram: Histogram::new(),
            worst_ns: 0.0,
            clock_ns: 0,
        }
    }
}

/// Bytes held after some work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemoryRow {
    /// The room.
    pub group: String,
    /// What was done.
    pub work: String,
    /// How large, in elements.
    pub size: usize,
    /// `ours`, or the peer's name.
    pub side: String,
    /// Bytes.
    pub bytes: usize,
    /// What the ratio of ours to this side has to be; `None` for information.
    #[serde(default)]
    pub target: Option<Target>,
}

impl MemoryRow {
    /// A row with the target that this side has.
    #[must_use]
    pub fn new(group: &str, work: &str, size: usize, side: &str, bytes: usize) -> Self {
        Self {
            group: group.to_string(),
            work: work.to_string(),
            size,
            side: side.to_string(),
            bytes,
            target: targets::bytes((group, work, size), side),
        }
    }

    /// Whether both rows speak of the same work at the same size.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        (&self.group, &self.work, self.size) == (&other.group, &other.work, other.size)
    }
}

impl Board {
    /// What ours holds through what the side of `row` holds, which has no noise, and what that
    /// means; `None` for ours itself.
    #[must_use]
    pub fn held_ratio(&self, row: &MemoryRow) -> Option<(f64, Verdict)> {
        let is_ours = |other: &&MemoryRow| other.is_beside(row) && other.side == "ours";
        let ours = self.memory.iter().find(is_ours)?;
        if row.side == ours.side || row.bytes == 0 {
            return None;
        }
        let ratio = ours.bytes as f64 / row.bytes as f64;
        let mark = row.target.as_ref().map_or(1.0, |target| target.at_most);
        Some((ratio, Verdict::of(&Estimate::exact(ratio), mark)))
    }

    /// The verdicts on everything that has a target, with what a reader has to know of a loss.
    pub fn judged(&self) -> impl Iterator<Item = (Verdict, String)> + '_ {
        let said = |group, work, size, side, ratio, target: &Target| {
            let (mark, why) = (target.at_most, &target.why);
            format!("{group}/{work}/{size} beside {side}: {ratio:.2}, target {mark:.2} ({why})")
        };
        let timed = self.rows.iter().filter_map(move |row| {
            let (group, work, ratio) = (&row.group, &row.work, row.ratio.median);
            let words = said(
                group,
                work,
                row.size,
                &row.peer,
                ratio,
                row.target.as_ref()?,
            );
            Some((row.verdict, words))
        });
        let held = self.memory.iter().filter_map(move |row| {
            let (ratio, verdict) = self.held_ratio(row)?;
            let (group, work) = (&row.group, &row.work);
            let words = said(
                group,
                work,
                row.size,
                &row.side,
                ratio,
                row.target.as_ref()?,
            );
            Some((verdict, words))
        });
        timed.chain(held)
    }
}

/// How wide an interval may be, end through end, to count as narrow.
const NARROW: f64 = 1.10;

/// How far from the mark an interval may lie and still say that nobody is ahead: the place where a
/// loop comes to lie in memory moves figures by more than this.
const EVEN: f64 = 1.02;

impl Verdict {
    /// What `ratio` means against `mark`.
    #[must_use]
    pub fn of(ratio: &Estimate, mark: f64) -> Self {
        if mark / EVEN <= ratio.low && ratio.high <= mark * EVEN {
            Self::Level
        } else if ratio.high < mark {
            Self::Ahead
        } else if ratio.low > mark {
            Self::Behind
        } else if ratio.high <= ratio.low * NARROW {
            Self::Level
        } else {
            Self::TooNoisy
        }
    }
}

impl Verdict {
    /// A sign that stands for it, so that colour need not: ▲ ● ▼ ◌.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Self::Ahead => '▲',
            Self::Level => '●',
            Self::Behind => '▼',
            Self::TooNoisy => '◌',
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ahead => "ahead",
            Self::Level => "level",
            Self::Behind => "behind",
            Self::TooNoisy => "too noisy to tell",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_needs_the_whole_interval_on_one_side() {
        let verdict = |low, high| {
            Verdict::of(
                &Estimate {
                    median: low,
                    low,
                    high,
                },
                1.0,
            )
        };
        assert_eq!(verdict(1.001, 1.013), Verdict::Level);
        assert_eq!(verdict(0.8, 0.99), Verdict::Ahead);
        assert_eq!(verdict(1.01, 1.2), Verdict::Behind);
        assert_eq!(verdict(0.97, 1.03), Verdict::Level);
        assert_eq!(verdict(0.7, 1.3), Verdict::TooNoisy);
    }
}
