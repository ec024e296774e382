//! The rooms on show: each file runs the programs of its chapters and records what memory does.
//!
//! Exhibits do not know each other and print nothing; they yield traces.

pub mod map;
pub mod slice;
