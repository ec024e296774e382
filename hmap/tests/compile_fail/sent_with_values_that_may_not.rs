//! A map may go to another thread only if its values may.

use std::rc::Rc;

use hmap::Map;

fn main() {
    let m = Map::from([(1, Rc::new(1))]);
    std::thread::spawn(move || println!("{}", m.len()));
}
