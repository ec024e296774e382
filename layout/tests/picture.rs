//! Pictures: what a described type must yield whatever its fields are (P1 to P3, D1 of the crate).

use core::marker::PhantomData;
use core::mem::offset_of;
use core::ptr::NonNull;

use layout::text::{Style, render};
use layout::{Bytes, Canvas, Describe, Extent, Leaves, Picture};

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

#[test]
fn an_array_of_arrays_is_drawn_with_the_names_of_its_cells() {
    let rows = [[1_u8, 2, 3], [4, 5, 6]];
    let mut canvas = Canvas::new();
    canvas.array("a", rows.as_ptr().addr(), rows);
    let text = render(&canvas.finish(), &Style::default());
    for cell in ["[0][0]", "[0][2]", "[1][0]", "[1][2]"] {
        assert!(text.contains(cell), "{cell} is not in\n{text}");
    }
}

#[test]
#[should_panic(expected = "reach of date: no leaf of that name was added")]
fn a_reach_of_an_unknown_name_panics() {
    let mut leaves = Leaves::default();
    leaves.reach("date", Extent { len: 1, cap: 1 });
}

/// The fields of one value as name, type, offset, size and meaning.
fn leaves_of<T: Describe>(value: &T) -> Vec<(String, String, usize, usize, String)> {
    let mut canvas = Canvas::new();
    canvas.value("v", value);
    let picture = canvas.finish();
    assert_eq!(picture.blocks[0].size, size_of::<T>());
    let fields = picture.blocks[0].fields.iter().cloned();
    fields
        .map(|f| (f.name, f.type_name, f.offset, f.size, f.meaning))
        .collect()
}

fn one(type_name: &str, size: usize, meaning: &str) -> Vec<(String, String, usize, usize, String)> {
    vec![(
        String::new(),
        type_name.to_string(),
        0,
        size,
        meaning.to_string(),
    )]
}

#[test]
fn every_kind_of_pointer_is_a_pointer() {
    let mut byte = 1_u8;
    let pointer = one("pointer", 8, "elsewhere");
    assert_eq!(leaves_of(&&byte), pointer);
    assert_eq!(leaves_of(&&raw mut byte), pointer);
    assert_eq!(leaves_of(&&raw const byte), pointer);
    assert_eq!(leaves_of(&NonNull::from(&mut byte)), pointer);
    assert_eq!(
        leaves_of(&core::ptr::null_mut::<u8>()),
        one("pointer", 8, "nil")
    );
}

#[test]
fn characters_and_empty_markers_are_described() {
    assert_eq!(leaves_of(&'世'), one("rune", 4, "'世'"));
    assert_eq!(leaves_of(&'\n'), one("rune", 4, "'\\n'"));
    assert_eq!(leaves_of(&PhantomData::<String>), []);
}

#[test]
fn a_string_points_to_its_text_and_shows_no_bytes() {
    let text = String::from("héllo\n");
    assert_eq!(leaves_of(&text), one("String", 24, "\"héllo\\n\""));
    assert_eq!(leaves_of(&String::new()), one("String", 24, "\"\""));
    let mut canvas = Canvas::new().with_addresses(true);
    canvas.value("s", &text);
    canvas.array("b1", text.as_ptr().addr(), text.bytes());
    let picture = canvas.finish();
    assert_eq!(picture.blocks[0].fields[0].bytes, Bytes::Address);
    let arrow = picture.arrow("s", "").expect("an arrow");
    let (len, cap) = (text.len(), text.capacity());
    assert_eq!((arrow.to.as_str(), arrow.offset), ("b1", 0));
    assert_eq!(arrow.extent, Some(Extent { len, cap }));
}

#[test]
fn a_tuple_is_described_where_the_compiler_put_its_parts() {
    let tuple = (1_u8, 2_u64, (), 'c');
    let fields = leaves_of(&tuple);
    let offset = |name: &str| fields.iter().find(|f| f.0 == name).expect(name).2;
    assert_eq!(offset("0"), offset_of!((u8, u64, (), char), 0));
    assert_eq!(offset("1"), offset_of!((u8, u64, (), char), 1));
    assert_eq!(offset("2"), offset_of!((u8, u64, (), char), 2));
    assert_eq!(offset("3"), offset_of!((u8, u64, (), char), 3));
    assert_eq!(
        <(u8, u64, (), char)>::type_name(),
        "(uint8, uint64, struct{}, rune)"
    );
    assert_eq!(leaves_of(&(7_i32,)).len(), 1);
    assert_eq!(leaves_of(&((7_i32, 8_i32), 9_i64))[1].0, "0.1");
}

/// Four bytes whose empty part lies where the other begins.
struct EmptyLast(u32);

impl Describe for EmptyLast {
    fn type_name() -> String {
        "empty last".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        leaves.part("word", 0, None, &self.0);
        leaves.part("empty", 0, None, &());
    }
}

#[test]
fn an_empty_part_may_lie_where_another_begins() {
    let names: Vec<_> = leaves_of(&EmptyLast(1)).into_iter().map(|f| f.0).collect();
    assert_eq!(names, ["empty", "word"]);
}
