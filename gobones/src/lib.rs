//! Go's runtime with the flesh taken off, to read, to run and to check.
//!
//! ```text
//!   gobones          the face: tour, layout, laws, myths            (this crate)
//!     ├── laws       what holds for every run, and what does not
//!     ├── hmap       maps
//!     ├── slice      slices and strings
//!     └── layout     the memory picture
//! ```
//!
//! As a library this crate hands on the rooms of the house; as a program it is a walk through them.
//! A chapter's program runs in [`exhibit`], which yields a [`trace::Trace`]: steps with the picture
//! of memory after each; the commands only print.
//!
//! Read the files in this order: chapter.rs (the questions), exhibit/ (their programs), trace.rs,
//! lang.rs, cli.rs, command/.

pub mod chapter;
pub mod cli;
mod command;
pub mod error;
pub mod exhibit;
pub mod lang;
pub mod trace;

pub use hmap;
pub use laws;
pub use layout;
pub use slice;
