//! The heap cannot be emptied while a slice looks into it.

use bumpalo::Bump;
use slice::Slice;

fn main() {
    let mut heap = Bump::new();
    let s = Slice::literal(&heap, &[1, 2, 3]);
    heap.reset();
    println!("{s}");
}
