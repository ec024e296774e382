//! A map is covariant, so the key type that an iteration began with may have become a shorter-lived
//! one when a key has to be copied; a `Clone` for `'static` only must not be called then.

use hmap::Map;

#[derive(PartialEq, Eq, Hash)]
struct Name<'a>(&'a str);

impl Clone for Name<'static> {
    fn clone(&self) -> Self {
        keep_for_ever(self.0);
        Self(self.0)
    }
}

fn keep_for_ever(_: &'static str) {}

fn main() {
    let mut m: Map<Name<'static>, i64> = Map::from([(Name("Rob"), 1)]);
    let it = m.hiter();
    println!("{it:?}");
}
