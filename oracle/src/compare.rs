//! Go's answers beside ours, line by line, up to the first difference.
//!
//! ```text
//!   script ──▶ our machine ──▶ our line ─┐
//!      │                                 ├─ equal? ──▶ next step
//!      └──▶ Go, live or recorded ──▶ line┘    └──▶ Difference: where, the way there, both lines
//! ```
//!
//! The first difference ends the comparison of a script: from there on the two states are no longer
//! the same, and further differences would say nothing new.
//!
//! C1  A script counts as identical only if every one of its operations has an answer and all are
//!     equal, byte for byte.

use std::fmt;

use bumpalo::Bump;

use crate::machine::slice::machine;
use crate::script::Script;

/// How much was compared and found identical.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Scripts, from beginning to end.
    pub scripts: u64,
    /// Operations.
    pub steps: u64,
    /// Operations among them that panicked, on both sides with the same text.
    pub panics: u64,
}

/// The first place where the two answers are not the same line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The script; operations behind `step` have not been run.
    pub script: Script,
    /// The operation's place in the script, from 0.
    pub step: usize,
    /// Go's line; `None` if there is no answer for this step.
    pub go: Option<String>,
    /// Our line.
    pub ours: String,
}

impl fmt::Display for Difference {
    /// Writes the place, the script up to there, and the two lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference {
            script,
            step,
            go,
            ours,
        } = self;
        writeln!(
            f,
            "script {} over {} differs at step {step}",
            script.id, script.kind
        )?;
        writeln!(f, "the script so far:")?;
        writeln!(f, "  {}", script.head())?;
        for op in script.ops.iter().take(step + 1) {
            writeln!(f, "  {op}")?;
        }
        writeln!(f, "Go:   {}", go.as_deref().unwrap_or("(no answer)"))?;
        write!(f, "ours: {ours}")
    }
}

/// Replays `script` and compares each answer with Go's; counts into `tally` what is identical.
///
/// `heap` is emptied first, so one heap serves any number of scripts.
///
/// # Errors
/// The first [`Difference`]. Steps before it are in the tally, the script is not (C1).
pub fn check(
    script: &Script,
    answers: &[String],
    heap: &mut Bump,
    tally: &mut Tally,
) -> Result<(), Box<Difference>> {
    heap.reset();
    let mut twin = machine(script.kind, heap);
    for (step, op) in script.ops.iter().enumerate() {
        let ours = twin.step(op);
        let go = answers.get(step);
        if go != Some(&ours) {
            let script = script.clone();
            return Err(Box::new(Difference {
                script,
                step,
                go: go.cloned(),
                ours,
            }));
        }
        tally.steps += 1;
        tally.panics += u64::from(ours.starts_with('!'));
    }
    tally.scripts += 1;
    Ok(())
}
