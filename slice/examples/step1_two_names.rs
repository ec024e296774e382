//! Step 1: two names for one array. In Rust, `Cell` is what makes shared writing possible.
//!
//! ```text
//! a[1] through b: 7
//! ```

use std::cell::Cell;

fn main() {
    let array = [Cell::new(0), Cell::new(0), Cell::new(0)];
    let (a, b) = (&array[..], &array[1..]);
    a[1].set(7);
    println!("a[1] through b: {}", b[0].get());
}
