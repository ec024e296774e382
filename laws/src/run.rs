//! The search: make inputs from a seed, find one that fails, walk down to a smaller one.
//!
//! ```text
//!   found       s := make([]int, 37, 45); …    fails    ─┐
//!   simplify    s := make([]int, 18, 45); …    holds     │  the trail: only what fails
//!   complicate  s := make([]int, 27, 45); …    fails    ─┤
//!   simplify    …                                        │
//!   no more     s := make([]int, 0, 1); …      fails    ─┘  the smallest
//! ```
//!
//! This is proptest's runner written out by hand, because its own keeps the trail to itself, and
//! the way down is what readers want to see. A *candidate* is a failing input with the reason why.
//!
//! F1  Every candidate of a trail fails; each is smaller than the one before.
//! F2  Two candidates in a row never read the same.
//! F3  Nothing but `Run` decides the outcome; no clock and no address gets into it.

use core::fmt::Display;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::recover::recover;

/// The seed used where the reader names none: Go's version, 1.19.08.
pub const DEFAULT_SEED: u64 = 11908;

/// The number of inputs tried where the reader names none.
pub const DEFAULT_CASES: u32 = 512;

/// Steps on the way down before the search is content with what it has: far above what any input
/// of this book needs, and an end for a property that is not a function of its input.
const MAX_SHRINK_STEPS: u32 = 100_000;

/// How to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Number of inputs to try.
    pub cases: u32,
    /// Where the inputs come from; the same seed gives the same inputs.
    pub seed: u64,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            cases: DEFAULT_CASES,
            seed: DEFAULT_SEED,
        }
    }
}

/// What a search came back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Number of inputs tried, the failing one included; smaller inputs on the way down not.
    pub cases: u32,
    /// The counterexample, if there is one.
    pub refutation: Option<Refutation>,
}

/// A counterexample and the way down to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refutation {
    /// Number of the first failing input, from 1.
    pub found_at: u32,
    /// Every failing input on the way down: the first as found, the last the smallest.
    pub trail: Vec<Candidate>,
}

impl Refutation {
    /// The counterexample that nothing smaller replaces.
    ///
    /// # Panics
    ///
    /// When the trail is empty, which a search never leaves it.
    #[must_use]
    pub fn smallest(&self) -> &Candidate {
        self.trail
            .last()
            .expect("a trail begins with what was found")
    }
}

/// A failing input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The program, in Go.
    pub input: String,
    /// Why the sentence is not true of it, in English.
    pub because_en: String,
    /// Why the sentence is not true of it, in Chinese.
    pub because_zh: String,
}

/// Why a sentence is not true of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// The reason in English.
    pub en: String,
    /// The reason in Chinese.
    pub zh: String,
}

/// Whether `condition` holds; else the two texts say what does not.
///
/// # Errors
///
/// The reason, when the condition is false.
pub fn hold(condition: bool, en: impl Into<String>, zh: impl Into<String>) -> Result<(), Because> {
    if condition {
        return Ok(());
    }
    Err(Because {
        en: en.into(),
        zh: zh.into(),
    })
}

/// Whether what the program has (`got`) is what the sentence says (`want`).
///
/// `what` is a Go expression, `len(s)`, since it stands in both languages.
///
/// # Errors
///
/// The reason, with both values, when it is not.
pub fn same<T: PartialEq + Display>(what: &str, got: T, want: T) -> Result<(), Because> {
    hold(
        got == want,
        format!("{what} is {got}, not {want}"),
        format!("{what} 是 {got}，不是 {want}"),
    )
}

/// Checks `property` on `run.cases` inputs made by `strategy`; shrinks the first that fails.
///
/// A panic of the property counts as a failure and its text as the reason.
///
/// # Panics
///
/// When the strategy cannot make an input.
pub fn search<S>(
    run: &Run,
    strategy: &S,
    property: impl Fn(&S::Value) -> Result<(), Because>,
) -> Outcome
where
    S: Strategy,
    S::Value: Display,
{
    let judge = |input: &S::Value| judge(input, &property);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng(run.seed));
    for case in 1..=run.cases {
        let mut tree = match strategy.new_tree(&mut runner) {
            Ok(tree) => tree,
            Err(reason) => panic!("the strategy made no input: {reason}"),
        };
        if let Some(found) = judge(&tree.current()) {
            return Outcome {
                cases: case,
                refutation: Some(Refutation {
                    found_at: case,
                    trail: shrink(&mut tree, found, judge),
                }),
            };
        }
    }
    Outcome {
        cases: run.cases,
        refutation: None,
    }
}

/// The generator that `seed` stands for.
fn rng(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// The input as a candidate, if the property fails on it.
fn judge<I: Display>(input: &I, property: impl Fn(&I) -> Result<(), Because>) -> Option<Candidate> {
    let because = match recover(|| property(input)) {
        Ok(Ok(())) => return None,
        Ok(Err(because)) => because,
        Err(text) => Because {
            en: format!("it panics: {text}"),
            zh: format!("程序 panic：{text}"),
        },
    };
    Some(Candidate {
        input: input.to_string(),
        because_en: because.en,
        because_zh: because.zh,
    })
}

/// Walks down from `found`, the current value of `tree`, and returns the trail (F1, F2).
fn shrink<T: ValueTree>(
    tree: &mut T,
    found: Candidate,
    judge: impl Fn(&T::Value) -> Option<Candidate>,
) -> Vec<Candidate> {
    let mut trail = vec![found];
    let mut more = tree.simplify();
    for _ in 0..MAX_SHRINK_STEPS {
        if !more {
            break;
        }
        more = match judge(&tree.current()) {
            Some(candidate) => {
                // What reads the same as the one before replaces it: it is the smaller of the two.
                if trail
                    .last()
                    .is_some_and(|last| last.input == candidate.input)
                {
                    trail.pop();
                }
                trail.push(candidate);
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    trail
}
