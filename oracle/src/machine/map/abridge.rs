//! Answers made short enough for the facts.
//!
//! ```text
//!   live:   = 70 | h 3 0 1 0 0 | b0 c4:7 01 9a:5 > .     the result and what changed
//!   kept:   = 70 ~3f1                                    the result and a checksum
//!           - ~90d | h 9 2 1 0 1 | s … | r … | b0 … | b1 …    each 250th: the whole state
//! ```
//!
//! The checksum is over all answers from the script's start, so that nothing in them can differ
//! without a difference here: in this line, but for one case in 4,096, or in one of the next.
//!
//! Go: nothing; real Go's answers are abridged here too, when they are recorded.

use super::state::State;
use crate::language::Abridge;
use crate::machine::elem::put;
use crate::machine::{FNV1A_START, fnv1a_from};

/// Every so many answers the whole state is kept.
const WHOLE_EVERY: usize = 250;
/// An iteration may yield hundreds of entries in a step; so many words of a result are kept.
const WORDS: usize = 6;

/// What has gone into the checksum so far.
#[derive(Debug)]
pub struct Abridger {
    sum: u64,
    state: State,
    answers: usize,
}

impl Default for Abridger {
    fn default() -> Self {
        Abridger {
            sum: FNV1A_START,
            state: State::default(),
            answers: 0,
        }
    }
}

impl Abridge for Abridger {
    fn abridge(&mut self, answer: String) -> String {
        self.sum = fnv1a_from(self.sum, answer.as_bytes());
        self.state.apply(&answer);
        self.answers += 1;
        let result = answer.split(" | ").next().unwrap_or_default();
        let mut kept = beginning(result);
        put(&mut kept, format_args!(" ~{:03x}", self.sum >> 52));
        if self.answers.is_multiple_of(WHOLE_EVERY) {
            let state = self.state.to_string().replace('\n', " | ");
            put(&mut kept, format_args!(" | {state}"));
        }
        kept
    }
}

/// The first words of a result, and `…` if there are more.
fn beginning(result: &str) -> String {
    let mut words = result.split(' ');
    let mut kept = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        kept.push_str(" …");
    }
    kept
}
