//! What has no hash is no key: a float, for instance, but for `F64`.

use hmap::Map;

fn main() {
    let mut m = Map::new();
    m.insert(1.5_f64, "one and a half");
}
