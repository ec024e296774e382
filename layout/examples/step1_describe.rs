//! Step 1: a type describes itself, and the gaps between its fields come to light.
//!
//! ```text
//! header, 12 bytes
//!    0  flag     1 byte    01
//!    1  _        3 bytes   padding
//!    4  count    4 bytes   07 00 00 00
//!    8  tag      2 bytes   09 00
//!   10  _        2 bytes   padding
//! ```

use layout::Canvas;

#[repr(C)]
struct Header {
    flag: bool,
    count: u32,
    tag: u16,
}

layout::describe! {
    impl[] Header => "header" => { flag, count, tag }
}

fn main() {
    let mut canvas = Canvas::new();
    canvas.value(
        "h",
        &Header {
            flag: true,
            count: 7,
            tag: 9,
        },
    );
    let picture = canvas.finish();
    let block = &picture.blocks[0];
    println!("{}, {} bytes", block.type_name, block.size);
    for field in &block.fields {
        let unit = if field.size == 1 { "byte " } else { "bytes" };
        println!(
            "{:>4}  {:<7} {:>2} {unit}   {}",
            field.offset, field.name, field.size, field.bytes
        );
    }
}
