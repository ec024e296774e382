//! Step 3: when there is no room, a new array in a heap that outlives every header.
//!
//! ```text
//! capacities: 1 2 4 8 16 32 64 128
//! the first array still holds [0]
//! ```

use std::cell::Cell;

use bumpalo::Bump;

#[derive(Clone, Copy)]
struct Header<'h> {
    cells: &'h [Cell<i32>],
    len: usize,
}

impl<'h> Header<'h> {
    /// `append(s, v)`, doubling where Go would ask `growslice`.
    fn append(self, heap: &'h Bump, v: i32) -> Header<'h> {
        let mut grown = self;
        if self.len == self.cells.len() {
            let cap = (2 * self.len).max(1);
            let old = |i: usize| self.cells.get(i).map_or(0, Cell::get);
            grown.cells = heap.alloc_slice_fill_with(cap, |i| Cell::new(old(i)));
        }
        grown.cells[self.len].set(v);
        Header {
            len: self.len + 1,
            ..grown
        }
    }
}

fn main() {
    let heap = Bump::new();
    let mut s = Header { cells: &[], len: 0 };
    let (mut first, mut capacities) = (s, Vec::new());
    for i in 0..100 {
        s = s.append(&heap, i);
        if i == 0 {
            first = s;
        }
        if capacities.last() != Some(&s.cells.len()) {
            capacities.push(s.cells.len());
        }
    }
    let capacities: Vec<_> = capacities.iter().map(ToString::to_string).collect();
    println!("capacities: {}", capacities.join(" "));
    println!("the first array still holds [{}]", first.cells[0].get());
}
