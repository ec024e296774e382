//! The chapters: a question, its answer in two sentences, the program that shows it.
//!
//! ```text
//!   chapters/append.go    the program, as a Go programmer writes it
//!   chapters/append.out   what real Go 1.19.8 printed for it
//!   exhibit/slice.rs      the same program over our own slices, with pictures
//! ```
//!
//! The texts stand in a file for each room: chapter/slice.rs, chapter/map.rs.
//!
//! K1  The exhibit prints what the `.out` file holds (tests/tour.rs), and real Go does too (the
//!     comparison in .ci/run).

/// The Go program of a chapter.
macro_rules! program {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/chapters/",
            $name,
            ".go"
        ))
    };
}

/// What real Go printed for it.
macro_rules! output {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/chapters/",
            $name,
            ".out"
        ))
    };
}

mod map;
mod slice;

use laws::Text;

use crate::error::Error;
use crate::trace::Trace;

/// A chapter of the tour.
#[derive(Debug)]
pub struct Chapter {
    /// The name on the command line.
    pub name: &'static str,
    /// The room of the house it belongs to.
    pub area: &'static str,
    /// The question, as learners ask it.
    pub question: Text,
    /// The answer in two sentences.
    pub answer: Text,
    /// The Go program.
    pub program: &'static str,
    /// What real Go 1.19.8 prints for it; an address is written as the place it names.
    pub output: &'static str,
    /// Runs the program here; with addresses shown if asked.
    pub run: fn(addresses: bool) -> Trace,
    /// What else to know: later versions, the usual mistake.
    pub remark: Text,
    /// The law that proves it.
    pub law: &'static str,
    /// Go's file and functions.
    pub go: &'static [(&'static str, &'static str)],
}

/// The chapters in reading order.
pub const CHAPTERS: &[Chapter] = &[
    slice::NOTES,
    slice::APPEND,
    slice::GROWTH,
    slice::ARGUMENTS,
    slice::STRINGS,
    map::BUCKETS,
    map::ORDER,
    map::DOUBLING,
    map::EVACUATION,
    map::DELETE,
    map::CONCURRENT,
    map::ODD_KEYS,
    map::TREE,
];

/// The chapter called `name`.
///
/// # Errors
///
/// [`Error::Unknown`] with the nearest name.
pub fn find(name: &str) -> Result<&'static Chapter, Error> {
    let names: Vec<_> = CHAPTERS.iter().map(|chapter| chapter.name).collect();
    let found = CHAPTERS.iter().find(|chapter| chapter.name == name);
    found.ok_or_else(|| Error::unknown("chapter", name, &names))
}

/// The chapters that `name` means: one by its name, those of an area, or `all`.
///
/// # Errors
///
/// [`Error::Unknown`] with the nearest chapter or area.
pub fn choose(name: &str) -> Result<Vec<&'static Chapter>, Error> {
    if name == "all" {
        return Ok(CHAPTERS.iter().collect());
    }
    if let Ok(chapter) = find(name) {
        return Ok(vec![chapter]);
    }
    let of_area: Vec<_> = CHAPTERS
        .iter()
        .filter(|chapter| chapter.area == name)
        .collect();
    if !of_area.is_empty() {
        return Ok(of_area);
    }
    let mut known: Vec<_> = CHAPTERS.iter().map(|chapter| chapter.name).collect();
    for chapter in CHAPTERS {
        if !known.contains(&chapter.area) {
            known.push(chapter.area);
        }
    }
    known.push("all");
    Err(Error::unknown("chapter", name, &known))
}
