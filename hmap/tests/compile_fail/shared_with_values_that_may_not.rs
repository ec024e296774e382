//! A map may be looked at from two threads only if its values may.

use std::cell::Cell;

use hmap::Map;

fn main() {
    let m = Map::from([(1, Cell::new(1))]);
    std::thread::scope(|scope| {
        scope.spawn(|| m[&1].set(2));
    });
}
