//! Two mutable borrows of one map at once; `get_disjoint_mut` is for that.

use hmap::Map;

fn main() {
    let mut m = Map::from([(1, 1), (2, 2)]);
    let a = m.get_mut(&1);
    let b = m.get_mut(&2);
    println!("{a:?} {b:?}");
}
