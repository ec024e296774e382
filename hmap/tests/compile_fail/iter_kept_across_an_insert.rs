//! Rust's iterator borrows the map as long as it lives.

use hmap::Map;

fn main() {
    let mut m = Map::from([(1, 1)]);
    for (k, v) in &m {
        m.insert(k + 1, *v);
    }
}
