//! The slices that programs begin with, and lists as Go writes and prints them.
//!
//! ```text
//!   Numbered { len: 3, cap: 5 }     []int{1, 2, 3, 4, 5}[:3]
//!   literal(&[91, 92])              []int{91, 92}
//!   commas(&[91, 92])               91, 92
//! ```
//!
//! Go: the Go Programming Language Specification, "Composite literals"; fmt.Println.

use core::fmt;

use bumpalo::Bump;
use slice::Slice;

use crate::{Because, same};

/// An `[]int` whose array holds 1, 2, 3, …, spare cells included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    /// Number of visible elements.
    pub(crate) len: usize,
    /// Number of elements of the array.
    pub(crate) cap: usize,
}

impl Numbered {
    /// What the array holds.
    pub(crate) fn array(self) -> Vec<i64> {
        (1..).take(self.cap).collect()
    }

    /// What the slice shows.
    pub(crate) fn visible(self) -> Vec<i64> {
        (1..).take(self.len).collect()
    }

    /// The slice itself.
    pub(crate) fn make(self, heap: &Bump) -> Slice<'_, i64> {
        Slice::literal(heap, &self.array()).slice(..self.len)
    }
}

impl fmt::Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&literal(&self.array()))?;
        if self.len < self.cap {
            write!(f, "[:{}]", self.len)?;
        }
        Ok(())
    }
}

/// What the programs append: 91, 92, ….
pub(crate) fn added(n: usize) -> Vec<i64> {
    (91..).take(n).collect()
}

/// The values between commas: `1, 2, 3`.
pub(crate) fn commas(values: &[i64]) -> String {
    let words: Vec<String> = values.iter().map(i64::to_string).collect();
    words.join(", ")
}

/// The values as a Go literal: `[]int{1, 2, 3}`.
pub(crate) fn literal(values: &[i64]) -> String {
    format!("[]int{{{}}}", commas(values))
}

/// A list as `fmt.Println` shows it: `[1 2 3]`.
#[derive(PartialEq)]
struct Printed<'a>(&'a [i64]);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(i64::to_string).collect();
        write!(f, "[{}]", words.join(" "))
    }
}

/// Whether `got` shows the elements `want`.
pub(crate) fn same_list(what: &str, got: Slice<'_, i64>, want: &[i64]) -> Result<(), Because> {
    same(what, Printed(&got.to_vec()), Printed(want))
}
