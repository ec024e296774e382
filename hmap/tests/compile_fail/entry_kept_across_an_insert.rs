//! An entry that an iteration yielded is borrowed from the map, which may move it.

use hmap::Map;

fn main() {
    let mut m = Map::from([(1, "one".to_string())]);
    let mut it = m.hiter();
    let first = it.next(&m);
    m.insert(2, "two".to_string());
    println!("{first:?}");
}
