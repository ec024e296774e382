//! Step 4: the real thing. Go's growth rule and size classes, any element type, spare cells.
//!
//! ```text
//! capacities: 1 2 4 8 16 32 64 128 256 512 848 1280
//! ```

use bumpalo::Bump;
use slice::Slice;

fn main() {
    let heap = Bump::new();
    let mut s = Slice::<i64>::nil();
    let mut capacities = Vec::new();
    for i in 0..1000 {
        s = s.append(&heap, i);
        if capacities.last() != Some(&s.cap()) {
            capacities.push(s.cap());
        }
    }
    let capacities: Vec<_> = capacities.iter().map(ToString::to_string).collect();
    println!("capacities: {}", capacities.join(" "));
}
