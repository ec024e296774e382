//! The memory picture: what fields a value has, at what offsets, with what bytes, pointing where.
//!
//! ```text
//!   a value ──describe!──▶ leaves ──Canvas──▶ Picture ──▶ text   (terminal)
//!                                              │    │  └──▶ SVG    (page, slide)
//!                                              │    └────▶ JSON   (programs)
//!                                              └─ diff ──▶ Delta  (a step, forwards and back)
//! ```
//!
//! A type describes itself with [`describe!`], which takes the offsets from the compiler
//! (`memoffset::span_of!`), so that a drawing cannot disagree with the code. A [`Canvas`] collects
//! described values and finds out which pointer leads where; the result is a [`Picture`]: plain
//! data with labels in the place of addresses, the same on every run.
//!
//! ```
//! #[repr(C)]
//! struct Header {
//!     flag: u8,
//!     count: u32,
//! }
//! layout::describe! { impl[] Header => "header" => { flag, count } }
//!
//! let mut canvas = layout::Canvas::new();
//! canvas.value("h", &Header { flag: 1, count: 7 });
//! let picture = canvas.finish();
//! assert_eq!(picture.blocks[0].fields[1].type_name, "padding"); // 3 bytes between flag and count
//! assert_eq!(picture.blocks[0].fields[2].offset, 4);
//! println!("{}", layout::text::render(&picture, &layout::text::Style::default()));
//! ```
//!
//! Read the files in this order: describe.rs, canvas.rs, picture.rs, diff.rs, choose.rs, then the
//! renderers text.rs, svg.rs, json.rs. No `unsafe` is needed: values are read through their own
//! types.

mod canvas;
mod choose;
mod columns;
mod describe;
mod diff;
pub mod json;
mod picture;
pub mod svg;
pub mod text;

pub use canvas::Canvas;
pub use describe::{Describe, Leaves};
pub use diff::{BlockChange, Delta, FieldChange};
pub use picture::{Arrow, Block, Bytes, Extent, Field, Picture, Shape};

#[doc(hidden)]
pub use memoffset::span_of;
