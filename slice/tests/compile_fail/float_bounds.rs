//! A bound is an integer.

use bumpalo::Bump;
use slice::Slice;

fn main() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &[1, 2, 3]);
    println!("{}", s.slice(1.0..2.0));
}
