//! A slice cannot be looked at from another thread either.

use bumpalo::Bump;
use slice::Slice;

fn main() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &[1, 2, 3]);
    std::thread::scope(|scope| {
        scope.spawn(|| println!("{}", s.len()));
    });
}
