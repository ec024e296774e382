//! Inputs made of a few numbers, shrunk until no number can be smaller.
//!
//! ```text
//!   dials     [len 0–40, spare 0–40]
//!   found     [37, 8]   fails
//!   bottom    [ 0, 8]   fails: go on from here        the bottom first: large steps, short trail
//!   bottom    [ 0, 0]   holds
//!   half      [ 0, 4]   fails: go on from here        then half way down
//!   …         [ 0, 1]   fails; [0, 0] holds: done     then every number between, upwards
//! ```
//!
//! proptest's own integers shrink by bisection, which stops at a wrong place when the property is
//! not monotone; growth of slices is full of such places (17 elements do not double, 18 do). Here
//! each dial is swept from the bottom, and again after every success, at the price of some
//! thousand runs of a cheap property.
//!
//! D1  A value within its ranges only ever becomes another one within its ranges.
//! D2  When nothing is proposed any more, lowering any single dial of the current value makes the
//!     property hold. Whether that is the smallest input of all is for a test to show, by trying
//!     all smaller ones.

use core::ops::RangeInclusive;

use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// A strategy for `N` numbers, each from a range of its own; make it with [`dials`].
#[derive(Clone, Debug)]
pub struct Dials<const N: usize> {
    ranges: [RangeInclusive<usize>; N],
}

/// `N` numbers, each uniform over its range; the first weighs most when it comes to what is small.
///
/// # Panics
///
/// When a range is empty.
#[must_use]
pub fn dials<const N: usize>(ranges: [RangeInclusive<usize>; N]) -> Dials<N> {
    assert!(
        ranges.iter().all(|range| !range.is_empty()),
        "a dial needs a range"
    );
    Dials { ranges }
}

impl<const N: usize> Strategy for Dials<N> {
    type Tree = DialsTree<N>;
    type Value = [usize; N];

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let mut found = [0; N];
        for (value, range) in found.iter_mut().zip(&self.ranges) {
            *value = range.clone().new_tree(runner)?.current();
        }
        Ok(DialsTree {
            low: self.ranges.each_ref().map(|range| *range.start()),
            failing: found,
            proposed: found,
            dial: 0,
            step: 0,
        })
    }
}

/// One value of [`Dials`] and its way down.
#[derive(Clone, Debug)]
pub struct DialsTree<const N: usize> {
    /// The bottom of each range.
    low: [usize; N],
    /// The smallest value known to fail.
    failing: [usize; N],
    /// The value that is to be judged next.
    proposed: [usize; N],
    /// The dial that is turned at present.
    dial: usize,
    /// How many values this dial has been turned to since `failing` changed.
    step: usize,
}

impl<const N: usize> DialsTree<N> {
    /// Proposes the next value below `failing`, if one is left.
    fn propose(&mut self) -> bool {
        while self.dial < N {
            let (low, top) = (self.low[self.dial], self.failing[self.dial]);
            let value = match self.step {
                0 => low,
                1 => low.midpoint(top),
                step => low + step - 1,
            };
            self.step += 1;
            if value < top {
                self.proposed = self.failing;
                self.proposed[self.dial] = value;
                return true;
            }
            self.dial += 1;
            self.step = 0;
        }
        self.proposed = self.failing;
        false
    }
}

impl<const N: usize> ValueTree for DialsTree<N> {
    type Value = [usize; N];

    fn current(&self) -> [usize; N] {
        self.proposed
    }

    /// What was proposed fails: goes on from there.
    fn simplify(&mut self) -> bool {
        self.failing = self.proposed;
        self.dial = 0;
        self.step = 0;
        self.propose()
    }

    /// What was proposed holds: tries the next.
    fn complicate(&mut self) -> bool {
        self.propose()
    }
}
