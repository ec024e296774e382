//! Step 2: addresses become arrows, and two moments become a step.
//!
//! ```text
//! ┌─ cursor ─ cursor ─ 16 bytes ───────────────┐
//! │ at    0  an address               → a1[1]* │
//! │ left  8  02 00 00 00 00 00 00 00  2*       │
//! └────────────────────────────────────────────┘
//! a1 ─ [3]uint16 ─ 6 bytes
//!           0    1    2
//!        ┌────┬────┬────┐
//!        │ 10 │ 20 │ 30 │
//!        └────┴────┴────┘
//! ```

use layout::text::{Style, render_step};
use layout::{Canvas, Picture};

/// A place in an array and how many elements are left from there.
#[repr(C)]
struct Cursor {
    at: *const u16,
    left: usize,
}

layout::describe! {
    impl[] Cursor => "cursor" => { at, left: "int" }
}

fn picture(array: &[u16; 3], at: usize) -> Picture {
    let cursor = Cursor {
        at: &raw const array[at],
        left: array.len() - at,
    };
    let mut canvas = Canvas::new();
    canvas.value("cursor", &cursor);
    canvas.array("a1", array.as_ptr().addr(), array.iter().copied());
    canvas.finish()
}

fn main() {
    let array = [10, 20, 30];
    let (before, after) = (picture(&array, 0), picture(&array, 1));
    print!(
        "{}",
        render_step(&after, &before.diff(&after), &Style::default())
    );
}
