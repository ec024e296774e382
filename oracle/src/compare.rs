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

use crate::language::{Abridge, Language, Twin};
use crate::script::Script;

/// How much was compared and found identical.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Scripts, from beginning to end.
    pub scripts: u64,
    /// Operations.
    pub steps: u64,
    /// What these scripts have passed, by name, in the order in which their twins tell it.
    pub sights: Vec<(&'static str, u64)>,
}

impl Tally {
    fn add(&mut self, sights: Vec<(&'static str, u64)>) {
        for (name, count) in sights {
            match self.sights.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += count,
                None => self.sights.push((name, count)),
            }
        }
    }

    /// How often the sight of this name was passed.
    #[must_use]
    pub fn sight(&self, name: &str) -> u64 {
        let found = self.sights.iter().find(|(known, _)| *known == name);
        found.map_or(0, |&(_, count)| count)
    }
}

/// The first place where the two answers are not the same line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<L: Language> {
    /// The script; operations behind `step` have not been run.
    pub script: Script<L>,
    /// The operation's place in the script, from 0.
    pub step: usize,
    /// Go's line; `None` if there is no answer for this step.
    pub go: Option<String>,
    /// Our line.
    pub ours: String,
    /// The whole state behind Go's line, where a line shows only what changed.
    pub go_state: Option<String>,
    /// The whole state behind our line.
    pub our_state: Option<String>,
}

/// How Go's answers are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// As Go's machine printed them.
    Whole,
    /// As they are kept in the facts ([`Abridge`]).
    Abridged,
}

impl<L: Language> fmt::Display for Difference<L> {
    /// Writes the place, the script up to there, the two lines and the two states.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (script, step) = (&self.script, self.step);
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
        let go = self.go.as_deref().unwrap_or("(no answer)");
        writeln!(f, "Go:   {go}")?;
        write!(f, "ours: {}", self.ours)?;
        let states = [("Go's", &self.go_state), ("our", &self.our_state)];
        for (whose, state) in states {
            for (i, part) in state.iter().flat_map(|state| state.lines()).enumerate() {
                if i == 0 {
                    write!(f, "\n{whose} state:")?;
                }
                write!(f, "\n  {part}")?;
            }
        }
        Ok(())
    }
}

/// Replays `script` and compares each answer with Go's; counts into `tally` what is identical.
///
/// # Errors
/// The first [`Difference`]. Steps before it are in the tally, the script is not (C1).
pub fn check<L: Language>(
    script: &Script<L>,
    (how, answers): (Answers, &[String]),
    tally: &mut Tally,
) -> Result<(), Box<Difference<L>>> {
    L::with_twin(script.kind, |twin| {
        let mut replay = Replay {
            script,
            twin,
            how,
            abridger: L::Abridger::default(),
            passed: Vec::new(),
        };
        for step in 0..script.ops.len() {
            replay.step(step, answers.get(step))?;
            tally.steps += 1;
        }
        tally.scripts += 1;
        tally.add(replay.twin.sights());
        Ok(())
    })
}

/// A script on its way through a twin.
struct Replay<'a, L: Language> {
    script: &'a Script<L>,
    twin: &'a mut dyn Twin<L::Op>,
    how: Answers,
    abridger: L::Abridger,
    /// Our answers so far, whole; Go's are the same.
    passed: Vec<String>,
}

impl<L: Language> Replay<'_, L> {
    fn step(&mut self, step: usize, go: Option<&String>) -> Result<(), Box<Difference<L>>> {
        let op = &self.script.ops[step];
        let whole = self.twin.step(op, go.map(String::as_str));
        let ours = match self.how {
            Answers::Whole => whole.clone(),
            Answers::Abridged => self.abridger.abridge(whole.clone()),
        };
        if go.map(|go| L::compared(go)) == Some(&ours) {
            self.passed.push(whole);
            return Ok(());
        }
        let go_whole = go.filter(|_| self.how == Answers::Whole);
        Err(Box::new(Difference {
            script: self.script.clone(),
            step,
            go: go.cloned(),
            ours,
            go_state: go_whole.and_then(|go| self.state_behind(go)),
            our_state: self.state_behind(&whole),
        }))
    }

    fn state_behind(&self, answer: &str) -> Option<String> {
        let passed = self.passed.iter().map(String::as_str);
        L::state(passed.chain([answer]))
    }
}
