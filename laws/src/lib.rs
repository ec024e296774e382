//! The book of laws: what holds for every run, and the myths that do not.
//!
//! ```text
//!        strategy              property
//!   seed ───▶ input 1 … input 512 ───▶ holds, holds, holds …     a law: no refutation
//!                                 └──▶ fails ─▶ smaller ─▶ ■     a myth: a smallest counterexample
//! ```
//!
//! A *law* is one sentence about Go that a teacher could write on the board, and a search for an
//! input that breaks it. A *myth* is a sentence that people believe, and the same search, which
//! finds an input and shrinks it until nothing smaller will do. An *input* is a small Go program;
//! its [`Display`](core::fmt::Display) is the program text. A *property* says whether the sentence
//! is true of one input, against an oracle that is obviously right: a `Vec`, a linear scan.
//!
//! ```
//! use laws::{DEFAULT_CASES, DEFAULT_SEED, Run};
//!
//! let run = Run { cases: DEFAULT_CASES, seed: DEFAULT_SEED };
//! let law = &laws::laws()[0];
//! assert!((law.search)(&run).refutation.is_none(), "{}", law.claim.en);
//!
//! let myth = laws::myths().iter().find(|myth| myth.name == "append-always-copies").unwrap();
//! let refutation = (myth.search)(&run).refutation.unwrap();
//! assert_eq!(
//!     refutation.smallest().input,
//!     "base := make([]int, 0, 1); x := append(base, 1); y := append(base, 2)"
//! );
//! ```
//!
//! L1  The same seed and number of cases give the same outcome, text for text.
//! L2  Names are unique, and every text exists in English and in Chinese.
//! L3  Sentences speak of Go 1.19.8; the crates under test are asked, never Go.
//!
//! Read the files in this order: run.rs (the search), dials.rs (inputs that shrink to the
//! smallest), recover.rs, slice.rs and slice/ (the laws), slice_myths.rs, map.rs and map/,
//! map_myths.rs and map_myths/.

mod dials;
mod map;
mod map_myths;
mod recover;
mod run;
mod slice;
mod slice_myths;

pub use dials::{Dials, DialsTree, dials};
pub use recover::recover;
pub use run::{
    Because, Candidate, DEFAULT_CASES, DEFAULT_SEED, Outcome, Refutation, Run, hold, same, search,
};

/// A sentence in the two languages of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// 中文.
    pub zh: &'static str,
}

/// A sentence that holds for every input.
#[derive(Clone, Copy, Debug)]
pub struct Law {
    /// The name in kebab-case: `append-shares-until-capacity-is-spent`.
    pub name: &'static str,
    /// The area that it speaks of: `slice`, `map`.
    pub area: &'static str,
    /// The chapter that it belongs to: `append`.
    pub chapter: &'static str,
    /// What holds, as a teacher would write it on the board.
    pub claim: Text,
    /// Where Go does it: `runtime/slice.go: growslice`.
    pub go: &'static str,
    /// Looks for an input that breaks the claim.
    pub search: fn(&Run) -> Outcome,
}

/// A sentence that people believe and that does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Myth {
    /// The name in kebab-case, which is the belief in short: `append-always-doubles`.
    pub name: &'static str,
    /// The area that it speaks of: `slice`, `map`.
    pub area: &'static str,
    /// The chapter that it belongs to: `growth`.
    pub chapter: &'static str,
    /// The belief, as a believer would put it.
    pub belief: Text,
    /// What holds instead.
    pub truth: Text,
    /// A public page where the belief is stated or presumed; `None` for folklore.
    pub seen: Option<&'static str>,
    /// Where Go does it: `runtime/slice.go: growslice`.
    pub go: &'static str,
    /// Looks for the input that refutes the belief, and for the smallest one.
    pub search: fn(&Run) -> Outcome,
}

/// The entries of two areas in one list.
const fn joined<T: Copy, const N: usize>(first: &[T], second: &[T]) -> [T; N] {
    assert!(
        first.len() + second.len() == N,
        "the list is as long as both"
    );
    let mut all = [first[0]; N];
    let mut i = 0;
    while i < N {
        all[i] = if i < first.len() {
            first[i]
        } else {
            second[i - first.len()]
        };
        i += 1;
    }
    all
}

/// The laws of all areas, in chapter order.
#[must_use]
pub fn laws() -> &'static [Law] {
    static LAWS: [Law; slice::LAWS.len() + map::LAWS.len()] = joined(&slice::LAWS, &map::LAWS);
    &LAWS
}

/// The myths of all areas, in chapter order.
#[must_use]
pub fn myths() -> &'static [Myth] {
    static MYTHS: [Myth; slice_myths::MYTHS.len() + map_myths::MYTHS.len()] =
        joined(&slice_myths::MYTHS, &map_myths::MYTHS);
    &MYTHS
}
