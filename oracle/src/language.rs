//! What a script language is: the one thing that slices and maps have in common here.
//!
//! ```text
//!   Language ─┬─ Kind, Op     the words of its scripts             script/slice.rs  script/map.rs
//!             ├─ generate     random scripts                       generate/…       generate/…
//!             ├─ with_twin    the Rust machine that replays them   machine/…        machine/…
//!             └─ NAME         go/NAME, facts/NAME.txt.gz, `oracle compare NAME`
//! ```
//!
//! Facts, live comparison and the report of a difference are written once, over any language.
//!
//! N1  The Go machine of a language answers each operation with one line, and so does its twin.
//! N2  A twin may read Go's line before it answers, but only for what nobody else can know: what
//!     Go's hash function made of a key. It never takes from there what it is asked about.

use std::fmt::{Debug, Display};

use crate::script::{Script, ScriptError};

/// A script language with its generator and its twin.
pub trait Language: Copy + Debug + Eq + Send + 'static {
    /// Its name on the command line, and of its Go program and facts.
    const NAME: &'static str;
    /// What is wrong with a head whose kind is unknown.
    const KIND: &'static str;
    /// Operations in a generated script.
    const OPS_PER_SCRIPT: usize;
    /// Scripts in the facts, unless told.
    const SCRIPTS_RECORDED: u64;
    /// Scripts of a live comparison, unless told: below two minutes.
    const SCRIPTS_COMPARED: u64;

    /// The types that a script is over.
    type Kind: Copy + Debug + Display + Eq + Send;
    /// One operation of a script.
    type Op: Clone + Debug + Display + Eq + Send;
    /// What makes answers short enough for the facts.
    type Abridger: Abridge;

    /// The kind with this name in scripts.
    fn kind(name: &str) -> Option<Self::Kind>;

    /// Reads one operation of a script over `kind`.
    ///
    /// # Errors
    /// [`ScriptError`] when the line is no operation, or not one for this kind.
    fn op(line: &str, kind: Self::Kind) -> Result<Self::Op, ScriptError>;

    /// Returns script number `id` of the sequence that `seed` names.
    fn generate(seed: u64, id: u64) -> Script<Self>;

    /// Runs `replay` on a fresh twin over `kind`.
    fn with_twin<R>(kind: Self::Kind, replay: impl FnOnce(&mut dyn Twin<Self::Op>) -> R) -> R;

    /// What of Go's line has to be equal to the twin's (N2 says what need not).
    fn compared(go: &str) -> &str {
        go
    }

    /// The whole state behind the last of these answers, where an answer alone does not show it.
    fn state<'a>(_answers: impl Iterator<Item = &'a str>) -> Option<String> {
        None
    }
}

/// Makes the answers of one script, given in order, short enough to be kept.
pub trait Abridge: Default {
    /// The answer as it is kept. Where answers differ, so does what is kept of them or, at the
    /// latest, of one that follows.
    fn abridge(&mut self, answer: String) -> String;
}

/// For answers that are short enough.
#[derive(Debug, Default)]
pub struct Whole;

impl Abridge for Whole {
    fn abridge(&mut self, answer: String) -> String {
        answer
    }
}

/// The Rust half of a script machine.
pub trait Twin<Op> {
    /// Runs one operation and returns its whole answer, as Go's machine prints it.
    ///
    /// `go` is Go's answer, if there is one (N2).
    ///
    /// # Panics
    /// When the operation does not suit the twin's kind.
    fn step(&mut self, op: &Op, go: Option<&str>) -> String;

    /// What the script has passed so far that a reader wants counted.
    fn sights(&self) -> Vec<(&'static str, u64)>;
}
