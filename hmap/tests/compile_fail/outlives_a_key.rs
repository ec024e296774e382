//! A map of references dies before what they refer to.

use hmap::Map;

fn main() {
    let mut m = Map::new();
    {
        let name = "Rob".to_string();
        m.insert(name.as_str(), 1);
    }
    println!("{}", m.len());
}
