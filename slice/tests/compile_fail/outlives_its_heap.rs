//! A slice cannot outlive the heap that holds its array.

use bumpalo::Bump;
use slice::Slice;

fn main() {
    let s = {
        let heap = Bump::new();
        Slice::literal(&heap, &[1, 2, 3])
    };
    println!("{s}");
}
