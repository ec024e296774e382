//! The laws of slices and strings, a file a chapter.
//!
//! ```text
//!   append.rs      does append change the original?
//!   growth.rs      how capacity grows
//!   arguments.rs   slices as arguments, sub-slices and copy
//!   bounds.rs      what an index may be (chapter "arguments")
//!   strings.rs     bytes, runes, conversions
//!   notes.rs       the program that made us ask
//!
//!   numbered.rs    the slices that the programs begin with, written as Go literals
//!   elem.rs        element types by size, for growth
//!   program.rs     an input: its text and its numbers
//! ```
//!
//! Programs number the elements of the array they begin with 1, 2, 3, …, hidden ones too, and
//! append 91, 92, …, so that every element says where it came from.
//!
//! Go: runtime/slice.go, runtime/string.go (1.19).

pub(crate) mod append;
pub(crate) mod arguments;
pub(crate) mod bounds;
pub(crate) mod elem;
pub(crate) mod growth;
pub(crate) mod notes;
pub(crate) mod numbered;
pub(crate) mod program;
pub(crate) mod strings;

use crate::Law;

/// The area that these laws belong to.
pub(crate) const AREA: &str = "slice";

/// The laws of slices and strings, in chapter order.
pub(crate) static LAWS: [Law; 23] = [
    append::SHARES_UNTIL_SPENT,
    append::MOVES_FOR_GOOD,
    append::THIRD_INDEX_COPIES,
    append::NEVER_SHRINKS,
    append::READS_TAIL_AS_IT_WAS,
    append::NIL_AND_EMPTY_ALIKE,
    append::NOTHING_CHANGES_NOTHING,
    growth::FOLLOWS_THE_RULE,
    growth::FILLS_ITS_CLASS,
    growth::SPARE_IS_ZERO,
    growth::FEWER_THAN_FIVE_COPIES,
    arguments::HEADER_IS_COPIED,
    arguments::RESLICE_SHARES,
    arguments::HIDDEN_ELEMENTS_COME_BACK,
    arguments::COPY_THROUGH_A_TEMPORARY,
    arguments::COPY_MOVES_THE_SHORTER,
    bounds::INDEX_CHANGES_NOTHING,
    bounds::UP_TO_CAP,
    strings::CONVERSIONS_COPY,
    strings::SUBSTRING_SHARES,
    strings::RANGE_COVERS_EVERY_BYTE,
    strings::RUNES_AND_BACK,
    notes::SAME_ADDRESS_WHILE_IT_FITS,
];
