//! A slice of an array on the stack cannot outlive the array.

use std::cell::Cell;

use slice::Slice;

fn first_two() -> Slice<'static, i64> {
    let array = [Cell::new(1), Cell::new(2), Cell::new(3)];
    Slice::of_array(&array, ..2)
}

fn main() {
    println!("{}", first_two());
}
