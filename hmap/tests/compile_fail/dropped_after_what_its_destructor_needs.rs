//! A value whose destructor looks at what it refers to may not go after that.

use hmap::Map;

struct Loud<'a>(&'a String);

impl Drop for Loud<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn main() {
    let (mut m, name);
    name = "Rob".to_string();
    m = Map::new();
    m.insert(1, Loud(&name));
}
