//! What people believe about maps, each belief with the program that refutes it.
//!
//! ```text
//!   belief      "reads help to move buckets during growth"
//!   property    what the map is like after the program == what a believer expects
//!   refuted by  27 keys are stored, then all are read       2 old buckets are still to be moved
//! ```
//!
//! A property is written from the believer's side. The smallest programs refute their belief under
//! any hash, except two: in real Go, which draws a new seed for each map, the hint of 25 is refuted
//! in every second run, and the window of 10 in 96 of 100.
//!
//! ```text
//!   map_myths/growth.rs    doubling, moving, hints, deletes
//!   map_myths/meaning.rs   order, sharing, races, odd keys
//! ```
//!
//! Go: runtime/map.go (1.19).

mod growth;
mod meaning;

use crate::Myth;

/// The myths of maps, in chapter order.
pub(crate) static MYTHS: [Myth; 13] = [
    growth::HINT_RULES_OUT_OVERFLOW,
    meaning::SHUFFLE,
    meaning::FIRST_EQUALLY_OFTEN,
    meaning::STABLE_ORDER,
    meaning::SNAPSHOT,
    growth::ALWAYS_DOUBLES,
    growth::ALL_AT_ONCE,
    growth::READS_HELP,
    growth::DELETE_FREES,
    meaning::ASSIGNING_COPIES,
    meaning::NO_REPORT_NO_RACE,
    meaning::NAN_FINDS_ITSELF,
    meaning::NIL_IS_EMPTY,
];
