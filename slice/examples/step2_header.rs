//! Step 2: a header is (where, how much is visible, how much there is); `append` returns a new one.
//!
//! ```text
//! s has 2 of 4, t has 3 of 4
//! after a second append to s, t[2] is 8
//! ```

use std::cell::Cell;

/// A slice without growth: Rust's own slice says where and how much there is.
#[derive(Clone, Copy)]
struct Header<'a> {
    cells: &'a [Cell<i32>],
    len: usize,
}

impl<'a> Header<'a> {
    /// `append(s, v)` as long as there is spare room.
    fn append(self, v: i32) -> Header<'a> {
        self.cells[self.len].set(v);
        Header {
            len: self.len + 1,
            ..self
        }
    }
}

fn main() {
    let array: [Cell<i32>; 4] = Default::default();
    let s = Header {
        cells: &array,
        len: 2,
    };
    let t = s.append(7);
    println!(
        "s has {} of {}, t has {} of {}",
        s.len,
        s.cells.len(),
        t.len,
        t.cells.len()
    );
    let u = s.append(8);
    assert_eq!(u.len, 3);
    println!("after a second append to s, t[2] is {}", t.cells[2].get());
}
