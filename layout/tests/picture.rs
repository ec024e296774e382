//! Pictures: what a described type must yield whatever its fields are (P1 to P3, D1 of the crate).

use core::mem::offset_of;

use layout::{Bytes, Canvas, Extent, Picture};

#[repr(C)]
struct Mixed {
    flag: bool,
    wide: u64,
    small: u16,
    words: [u32; 2],
    next: *const u8,
}

layout::describe! {
    impl[] Mixed => "mixed" => { flag, wide, small, words, next }
    reach next: |m| Extent { len: usize::from(m.small), cap: 4 }
}

fn mixed(next: *const u8) -> Mixed {
    Mixed {
        flag: true,
        wide: 0x0102,
        small: 3,
        words: [4, 5],
        next,
    }
}

fn picture_of(value: &Mixed) -> Picture {
    let mut canvas = Canvas::new();
    canvas.value("m", value);
    canvas.finish()
}

#[test]
fn offsets_are_those_the_compiler_chose() {
    let picture = picture_of(&mixed(core::ptr::null()));
    let offset = |name: &str| picture.blocks[0].field(name).expect(name).offset;
    assert_eq!(offset("flag"), offset_of!(Mixed, flag));
    assert_eq!(offset("wide"), offset_of!(Mixed, wide));
    assert_eq!(offset("small"), offset_of!(Mixed, small));
    assert_eq!(offset("words[0]"), offset_of!(Mixed, words));
    assert_eq!(offset("words[1]"), offset_of!(Mixed, words) + 4);
    assert_eq!(offset("next"), offset_of!(Mixed, next));
    assert_eq!(picture.blocks[0].size, size_of::<Mixed>());
}

#[test]
fn fields_and_padding_cover_a_block_without_gap_or_overlap() {
    let picture = picture_of(&mixed(core::ptr::null()));
    let block = &picture.blocks[0];
    let mut covered = 0;
    for field in &block.fields {
        assert_eq!(field.offset, covered, "{}", field.name);
        covered += field.size;
    }
    assert_eq!(covered, block.size);
    let padding: Vec<_> = block
        .fields
        .iter()
        .filter(|field| field.bytes == Bytes::Padding)
        .map(|field| (field.offset, field.size))
        .collect();
    assert_eq!(
        padding,
        [(1, 7), (18, 2), (28, 4)],
        "C's rules for these five fields"
    );
}

#[test]
fn bytes_are_those_in_memory() {
    let picture = picture_of(&mixed(core::ptr::null()));
    let bytes = |name: &str| picture.blocks[0].field(name).expect(name).bytes.clone();
    assert_eq!(
        bytes("wide"),
        Bytes::Known(0x0102_u64.to_ne_bytes().to_vec())
    );
    assert_eq!(bytes("flag"), Bytes::Known(vec![1]));
    assert_eq!(
        bytes("next"),
        Bytes::Known(vec![0; 8]),
        "nil is eight zero bytes"
    );
}

#[test]
fn a_pointer_becomes_an_arrow_into_the_block_that_holds_its_address() {
    let array = [10_u16, 20, 30];
    let value = mixed(core::ptr::from_ref(&array[2]).cast());
    let mut canvas = Canvas::new();
    canvas.value("m", &value);
    canvas.array("a1", array.as_ptr().addr(), array);
    let picture = canvas.finish();
    let arrow = picture.arrow("m", "next").expect("an arrow");
    assert_eq!((arrow.to.as_str(), arrow.offset), ("a1", 4));
    assert_eq!(arrow.extent, Some(Extent { len: 3, cap: 4 }));
    let field = picture.blocks[0].field("next").expect("next");
    assert_eq!(
        (field.meaning.as_str(), &field.bytes),
        ("a1[2]", &Bytes::Address)
    );
}

#[test]
fn a_pointer_to_nothing_known_says_so_and_addresses_show_only_if_asked() {
    let byte = 1_u8;
    let value = mixed(&raw const byte);
    let meaning = |picture: &Picture| picture.blocks[0].field("next").expect("next").clone();
    assert_eq!(meaning(&picture_of(&value)).meaning, "elsewhere");
    let mut canvas = Canvas::new().with_addresses(true);
    canvas.value("m", &value);
    let address = Bytes::Known((&raw const byte).addr().to_ne_bytes().to_vec());
    assert_eq!(meaning(&canvas.finish()).bytes, address);
}

#[test]
#[should_panic(expected = "two blocks of one picture are called m")]
fn labels_are_unique() {
    let value = mixed(core::ptr::null());
    let mut canvas = Canvas::new();
    canvas.value("m", &value);
    canvas.value("m", &value);
}
