//! Through an iterator that may write, a short-lived value would get into a long-lived map.

use hmap::Map;

fn shorten<'a, 'b>(
    m: &'a mut Map<i64, &'static str>,
) -> impl Iterator<Item = (&'a i64, &'a mut &'b str)> {
    m.iter_mut()
}

fn main() {
    let mut m = Map::from([(1, "one")]);
    let short = "short".to_string();
    for (_, v) in shorten(&mut m) {
        *v = &short;
    }
}
