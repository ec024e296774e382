//! What real Go answers, and whether ours is the same.
//!
//! ```text
//!   script ──▶ oracle/go/slice or go/map, built by Go 1.19.8 ──▶ answers ──▶ facts/*.txt.gz
//!      │                                                  │
//!      └─────▶ machine::slice, machine::map, on ours ──▶ answers ──▶ first difference, or none
//! ```
//!
//! A *script* is a list of operations on a few slices or on a map. A *script machine* runs it and
//! answers each operation with one line: the operation's result and every part of the state that
//! now shows differently. There are two machines for the same language: a Go program, which is run
//! by real Go, and its *twin* in Rust, which runs on the crates of this workspace. *Facts* are
//! recorded answers of the Go machine, so that a computer without Go can compare too.
//!
//! Beside the machines stands the *ledger*: all tests of Go's own test suite that say something
//! about what is rebuilt here, and which test of ours shows the same.
//!
//! Read the files in this order: language.rs (what slices and maps have in common), script.rs and
//! the files in script/ (the languages), machine.rs and the files in machine/ (the twins),
//! generate.rs and generate/ (random scripts), compare.rs, facts.rs, go.rs and live.rs (real Go),
//! chapters.rs (the programs of the book), ledger.rs; main.rs is the command line.
//!
//! O1  An expected answer comes from real Go, never from our own code.
//! O2  Lines hold no address and no time: the same seed gives the same lines.
//! O3  Nobody depends on this crate.

pub mod chapters;
pub mod compare;
pub mod facts;
pub mod generate;
pub mod go;
pub mod language;
pub mod ledger;
pub mod live;
pub mod machine;
pub mod script;
