//! What makes new cells needs a zero value to put into them.

use bumpalo::Bump;
use slice::Slice;

#[derive(Clone)]
struct NoZero(std::num::NonZeroU8);

fn main() {
    let heap = Bump::new();
    let s: Slice<'_, NoZero> = Slice::make(&heap, 0, 4);
    println!("{}", s.len());
}
