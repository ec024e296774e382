//! A slice that holds long-lived references cannot be passed for one that holds shorter ones, or
//! the short ones could be written into it.

use bumpalo::Bump;
use slice::Slice;

fn put<'h, 'short>(s: Slice<'h, &'short str>, text: &'short str) {
    s.set(0, text);
}

fn main() {
    let heap = Bump::new();
    let s: Slice<'_, &'static str> = Slice::literal(&heap, &["long"]);
    {
        let text = String::from("short");
        put(s, &text);
    }
    println!("{s}");
}
