//! A Go map variable stays in its thread: two names of one map in two threads would race.

use hmap::GoMap;

fn main() {
    let m: GoMap<i64, i64> = GoMap::make(0);
    let n = m.clone();
    std::thread::spawn(move || n.set(1, 1));
    m.set(2, 2);
}
