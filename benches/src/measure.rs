//! Rounds: each side once, in a new order each time, close together.
//!
//! ```text
//!   round 1   ours  Vec  Go     ratio ours/Vec, ours/Go
//!   round 2   Vec  Go  ours     ratio …
//!   …
//! ```
//!
//! What slows the machine down for a second slows both sides of a pair, so the ratio of a pair is
//! steadier than either time. The order is drawn anew for each round, so that nobody always comes
//! first.
//!
//! M1  A round is kept whole or not at all.
//! M2  A batch lasts at least [`Plan::batch_ms`], unless a single repetition lasts longer.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::board::{Row, Target, Verdict};
use crate::contest::{Contest, Run};
use crate::latency::LatencyContest;
use crate::stats::{estimate, median};
use crate::targets;

/// How much to measure.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Rounds per contest.
    pub rounds: usize,
    /// Length of a batch, in milliseconds.
    pub batch_ms: u64,
    /// Where the order within a round comes from.
    pub seed: u64,
}

/// A side that is measured outside this process: it answers nanoseconds per repetition.
pub type Outside<'a> = (String, Box<dyn FnMut() -> Result<f64, String> + 'a>);

/// What the rounds of one contest gave.
#[derive(Debug)]
pub struct Rounds {
    /// The names of the sides; the first is ours.
    pub sides: Vec<String>,
    /// Nanoseconds per operation: one row a round, one column a side.
    pub ns: Vec<Vec<f64>>,
}

/// A small generator of numbers (splitmix64), for orders that can be repeated.
#[derive(Debug)]
pub struct Dice(u64);

/// What splitmix64 adds in each step.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dice {
    /// Dice that fall the same way for the same seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.draw() % n as u64) as usize
    }

    /// Dice as they are after `n` draws.
    pub(crate) const fn after(seed: u64, n: u64) -> Self {
        Self(seed.wrapping_add(n.wrapping_mul(STEP)))
    }

    /// Any number.
    pub(crate) const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The numbers below `n` in a random order.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

fn time(run: &mut Run, reps: usize) -> Duration {
    let begin = Instant::now();
    black_box(run(black_box(reps)));
    begin.elapsed()
}

/// Repetitions that fill a batch, found by trying; also warms the side up.
fn reps_for(run: &mut Run, batch: Duration) -> usize {
    // Makes what the side needs, which is not to be taken for a slow repetition.
    time(run, 0);
    let mut reps = 1;
    loop {
        let took = time(run, reps);
        if took >= batch {
            return reps;
        }
        let aim = if took.is_zero() {
            2.0
        } else {
            batch.as_secs_f64() / took.as_secs_f64()
        };
        reps = (reps as f64 * aim.clamp(1.2, 10.0)).ceil() as usize;
    }
}

/// Plays all rounds of a contest; `tick` is called after each round.
///
/// # Errors
///
/// What a side outside this process said when it failed.
pub fn play(
    contest: &mut Contest,
    outside: &mut [Outside<'_>],
    plan: &Plan,
    mut tick: impl FnMut(),
) -> Result<Rounds, String> {
    let batch = Duration::from_millis(plan.batch_ms);
    let ops = contest.ops as f64;
    let reps: Vec<usize> = contest
        .runners
        .iter_mut()
        .map(|runner| reps_for(&mut runner.run, batch))
        .collect();
    let inside = contest.runners.len();
    let n = inside + outside.len();
    let mut dice = Dice::new(plan.seed ^ contest.size as u64);
    let mut ns = Vec::with_capacity(plan.rounds);
    for _ in 0..plan.rounds {
        let mut round = vec![0.0; n];
        for side in dice.order(n) {
            round[side] = if side < inside {
                let took = time(&mut contest.runners[side].run, reps[side]);
                took.as_secs_f64() * 1e9 / (reps[side] as f64 * ops)
            } else {
                (outside[side - inside].1)()? / ops
            };
        }
        ns.push(round);
        tick();
    }
    let names = contest.runners.iter().map(|runner| runner.name.to_string());
    let sides = names
        .chain(outside.iter().map(|(name, _)| name.clone()))
        .collect();
    Ok(Rounds { sides, ns })
}

impl Rounds {
    pub(crate) fn column(&self, side: usize) -> Vec<f64> {
        self.ns.iter().map(|round| round[side]).collect()
    }

    /// Ours beside each peer.
    #[must_use]
    pub fn rows(&self, contest: &Contest) -> Vec<Row> {
        let (group, work, size) = (contest.group, contest.work, contest.size);
        let row = |side: usize| {
            let target = targets::target((group, work, size), &self.sides[side]);
            self.row((group, work, size), side, target)
        };
        (1..self.sides.len()).map(row).collect()
    }

    /// Ours beside each peer for which the worst operation has a target; each round has the worst
    /// operation of each side.
    #[must_use]
    pub fn worst_rows(&self, contest: &LatencyContest) -> Vec<Row> {
        let (group, work, size) = (contest.group, contest.work, contest.size);
        let row = |side: usize| {
            let target = targets::worst((group, work, size), &self.sides[side])?;
            let worst = format!("{work}, worst");
            Some(self.row((group, &worst, size), side, Some(target)))
        };
        (1..self.sides.len()).filter_map(row).collect()
    }

    fn row(
        &self,
        (group, work, size): (&str, &str, usize),
        side: usize,
        target: Option<Target>,
    ) -> Row {
        let (ours, theirs) = (self.column(0), self.column(side));
        let ratios: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| a / b).collect();
        let ratio = estimate(&ratios);
        let mark = target.as_ref().map_or(1.0, |target| target.at_most);
        Row {
            group: group.to_string(),
            work: work.to_string(),
            size,
            peer: self.sides[side].clone(),
            ours_ns: median(&ours),
            peer_ns: median(&theirs),
            verdict: Verdict::of(&ratio, mark),
            ratio,
            target,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_permutations_and_the_same_for_the_same_seed() {
        let (mut a, mut b) = (Dice::new(7), Dice::new(7));
        let mut firsts = [0; 3];
        for _ in 0..3000 {
            let order = a.order(3);
            assert_eq!(order, b.order(3));
            firsts[order[0]] += 1;
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2]);
        }
        assert!(
            firsts.iter().all(|count| (900..1100).contains(count)),
            "{firsts:?}"
        );
    }

    #[test]
    fn ratios_are_paired_within_rounds() {
        // Ours takes half of the peer's time in each round, while the machine's pace varies wildly.
        let ns = (1..=15)
            .map(|pace| vec![f64::from(pace), 2.0 * f64::from(pace)])
            .collect();
        let rounds = Rounds {
            sides: vec!["ours".into(), "Vec".into()],
            ns,
        };
        let row = &rounds.rows(&Contest::new("none", "none", 1))[0];
        assert_eq!(
            (row.ratio.low, row.ratio.median, row.ratio.high),
            (0.5, 0.5, 0.5)
        );
        assert_eq!((row.ours_ns, row.peer_ns), (8.0, 16.0));
        assert_eq!(row.verdict, Verdict::Ahead);
    }

    #[test]
    fn every_side_is_played_once_a_round_and_a_failure_outside_is_handed_on() {
        let mut contest = Contest::new("none", "none", 1)
            .side("ours", |reps| reps as u64)
            .side("peer", |reps| reps as u64);
        let plan = Plan {
            rounds: 15,
            batch_ms: 0,
            seed: 1,
        };
        let mut ticks = 0;
        let mut outside: Vec<Outside<'_>> = vec![("Go".into(), Box::new(|| Ok(5.0)))];
        let rounds = play(&mut contest, &mut outside, &plan, || ticks += 1).expect("no failure");
        assert_eq!((rounds.ns.len(), rounds.sides.len(), ticks), (15, 3, 15));
        assert_eq!(rounds.column(2), [5.0; 15]);
        let mut broken: Vec<Outside<'_>> = vec![("Go".into(), Box::new(|| Err("no".into())))];
        assert_eq!(
            play(&mut contest, &mut broken, &plan, || ()).expect_err("a failure"),
            "no"
        );
    }
}
