//! A slice cannot be sent to another thread: its cells may be written by both.

use bumpalo::Bump;
use slice::Slice;

fn main() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &[1, 2, 3]);
    std::thread::scope(|scope| {
        scope.spawn(move || s.set(0, 4));
    });
}
