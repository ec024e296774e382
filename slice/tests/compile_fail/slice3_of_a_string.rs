//! A string cannot be sliced with three indexes: it has no capacity.

use slice::Str;

fn main() {
    println!("{}", Str::from("hello").slice3(1, 2, 3));
}
