//! The bytes of the two headers, as the picture shows them.
//!
//! ```text
//!   Slice  0 ┌───────┬─────┬─────┐ 24        Str  0 ┌──────┬─────┐ 16
//!            │ array │ len │ cap │                  │ data │ len │
//!            └───0───┴──8──┴─16──┘                  └──0───┴──8──┘
//! ```
//!
//! Go: runtime/slice.go: slice; runtime/string.go: stringStruct (1.19).

use std::alloc::Layout;
use std::cell::Cell;

use bumpalo::Bump;
use layout::{Block, Bytes, Describe};
use slice::{Slice, Str, View};

/// The fields of a block as name, type, offset, size.
fn fields(block: &Block) -> Vec<(&str, &str, usize, usize)> {
    let field = |field: &'_ layout::Field| (field.offset, field.size);
    block
        .fields
        .iter()
        .map(|f| {
            (
                f.name.as_str(),
                f.type_name.as_str(),
                field(f).0,
                field(f).1,
            )
        })
        .collect()
}

/// The bytes of a word.
fn word(value: usize) -> Bytes {
    Bytes::Known(value.to_ne_bytes().to_vec())
}

#[test]
fn a_slice_header_is_three_words_whatever_the_elements_are() {
    fn check<T>() {
        assert_eq!(Layout::new::<Slice<'_, T>>(), Layout::new::<[usize; 3]>());
    }
    check::<u8>();
    check::<[u64; 9]>();
    check::<()>();
    check::<String>();
    check::<Slice<'_, Slice<'_, u8>>>();
    assert_eq!(size_of::<Slice<'_, u8>>(), 24);
}

#[test]
fn a_string_header_is_two_words() {
    assert_eq!(Layout::new::<Str<'_>>(), Layout::new::<[usize; 2]>());
    assert_eq!(size_of::<Str<'_>>(), 16);
}

#[test]
fn array_len_and_cap_lie_at_0_8_and_16() {
    let heap = Bump::new();
    let s = Slice::<i64>::make(&heap, 3, 5);
    let picture = View::new().slice("s", s).picture();
    let block = picture.block("s").expect("the header");
    assert_eq!((block.type_name.as_str(), block.size), ("[]int64", 24));
    assert_eq!(
        fields(block),
        [
            ("array", "pointer", 0, 8),
            ("len", "int", 8, 8),
            ("cap", "int", 16, 8)
        ]
    );
    assert_eq!(block.fields[0].bytes, Bytes::Address);
    assert_eq!(block.fields[1].bytes, word(3));
    assert_eq!(block.fields[2].bytes, word(5));
}

#[test]
fn data_and_len_lie_at_0_and_8() {
    let picture = View::new().str("s", Str::from("hey")).picture();
    let block = picture.block("s").expect("the header");
    assert_eq!((block.type_name.as_str(), block.size), ("string", 16));
    assert_eq!(
        fields(block),
        [("data", "pointer", 0, 8), ("len", "int", 8, 8)]
    );
    assert_eq!(block.fields[1].bytes, word(3));
    let bytes = picture.block("b1").expect("the bytes");
    assert_eq!((bytes.type_name.as_str(), bytes.size), ("[3]uint8", 3));
}

#[test]
fn the_array_word_is_the_address_of_the_first_cell() {
    let heap = Bump::new();
    let s = Slice::<i64>::make(&heap, 3, 5);
    let picture = View::new().with_addresses(true).slice("s", s).picture();
    let block = picture.block("s").expect("the header");
    let address = core::ptr::from_ref(&s.all_cells()[0]).addr();
    assert_eq!(block.fields[0].bytes, word(address));
    assert_eq!(s.as_ptr().addr(), address);
}

#[test]
fn the_words_of_nil_are_zero() {
    let mut view = View::new().with_addresses(true);
    let picture = view
        .slice("s", Slice::<i64>::nil())
        .str("t", Str::empty())
        .picture();
    for label in ["s", "t"] {
        let block = picture.block(label).expect("the header");
        assert!(
            block.fields.iter().all(|field| field.bytes == word(0)),
            "{block:?}"
        );
        assert_eq!(block.fields[0].meaning, "nil");
    }
    assert!(picture.arrows.is_empty());
}

#[test]
fn the_cells_of_an_array_follow_each_other_without_gaps() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &[7i32, 8, 9]);
    let picture = View::new().slice("s", s).picture();
    let array = picture.block("a1").expect("the array");
    assert_eq!((array.type_name.as_str(), array.size), ("[3]int32", 12));
    let cells: Vec<_> = fields(array);
    assert_eq!(
        cells,
        [
            ("[0]", "int32", 0, 4),
            ("[1]", "int32", 4, 4),
            ("[2]", "int32", 8, 4)
        ]
    );
    let Bytes::Known(bytes) = &array.fields[1].bytes else {
        panic!("an element of known bytes: {:?}", array.fields[1]);
    };
    assert_eq!(bytes[..], 8i32.to_ne_bytes());
}

#[test]
fn a_reslice_points_into_the_array_and_reaches_its_end() {
    let heap = Bump::new();
    let s = Slice::<i64>::make(&heap, 4, 6);
    let picture = View::new()
        .slice("s", s)
        .slice("t", s.slice(1..3))
        .slice("u", s.slice3(1, 3, 4))
        .picture();
    let arrow = |label| {
        let arrow = picture.arrow(label, "array").expect("an arrow");
        let extent = arrow.extent.expect("an extent");
        (arrow.to.as_str(), arrow.offset, extent.len, extent.cap)
    };
    assert_eq!(arrow("s"), ("a1", 0, 32, 48));
    assert_eq!(arrow("t"), ("a1", 8, 16, 40));
    assert_eq!(arrow("u"), ("a1", 8, 16, 24));
}

#[test]
fn a_slice_of_slices_holds_whole_headers() {
    let heap = Bump::new();
    let row = Slice::literal(&heap, b"ab");
    let rows = Slice::literal(&heap, &[row, Slice::nil()]);
    let mut view = View::new();
    let picture = view.slice("row", row).slice("rows", rows).picture();
    let array = picture.block("a2").expect("the array of headers");
    assert_eq!((array.type_name.as_str(), array.size), ("[2][]uint8", 48));
    let offset = |name| array.field(name).map(|field| field.offset);
    assert_eq!(offset("[0].array"), Some(0));
    assert_eq!(offset("[1].array"), Some(24));
    assert_eq!(offset("[1].cap"), Some(40));
    let arrow = picture.arrow("a2", "[0].array").expect("an arrow");
    assert_eq!((arrow.to.as_str(), arrow.offset), ("a1", 0));
}

#[test]
fn the_names_of_types_are_gos() {
    assert_eq!(Slice::<'_, u8>::type_name(), "[]uint8");
    assert_eq!(Slice::<'_, Slice<'_, f64>>::type_name(), "[][]float64");
    assert_eq!(Slice::<'_, ()>::type_name(), "[]struct{}");
    assert_eq!(Slice::<'_, Str<'_>>::type_name(), "[]string");
    assert_eq!(Slice::<'_, Cell<[i16; 3]>>::type_name(), "[][3]int16");
}

#[test]
fn a_place_that_no_picture_has_shown_is_elsewhere_and_no_bytes_are_zerobase() {
    let heap = Bump::new();
    let s = Slice::<u8>::make(&heap, 6, 6);
    let view = View::new();
    assert_eq!(view.place(s), "elsewhere");
    assert_eq!(
        view.place(s.slice(6..)),
        "elsewhere",
        "the base of a real array"
    );
    assert_eq!(view.place(Slice::<u8>::zeroed(&heap, 0)), "zerobase");
    assert_eq!(view.place(Slice::<u8>::nil()), "nil");
}

#[test]
fn inspect_is_the_picture_of_one_header() {
    let heap = Bump::new();
    let picture = Slice::<u8>::make(&heap, 2, 3).inspect("s");
    let arrow = picture.arrow("s", "array").expect("an arrow");
    assert_eq!((arrow.to.as_str(), arrow.offset), ("a1", 0));
    assert_eq!(
        Str::from("héllo")
            .inspect("t")
            .block("b1")
            .map(|block| block.size),
        Some(6)
    );
    assert!(Str::from("").inspect("t").arrows.is_empty());
}

#[test]
fn arrays_that_a_wider_header_connects_become_one_and_every_cell_is_drawn() {
    let heap = Bump::new();
    let base = Slice::literal(&heap, &[10_i64, 11, 12, 13, 14, 15]);
    let mut view = View::new();
    let (front, back) = (base.slice3(0, 2, 2), base.slice3(4, 6, 6));
    let apart = view.slice("front", front).slice("back", back).picture();
    assert_eq!(
        apart
            .blocks
            .iter()
            .map(|b| b.label.as_str())
            .collect::<Vec<_>>(),
        ["front", "back", "a1", "a2"]
    );
    let joined = view
        .slice("front", front)
        .slice("back", back)
        .slice("base", base)
        .picture();
    let labels: Vec<_> = joined
        .blocks
        .iter()
        .map(|block| block.label.as_str())
        .collect();
    assert_eq!(labels, ["front", "back", "base", "a1"]);
    let meanings = |label: &str| -> Vec<String> {
        let block = joined.block(label).expect(label);
        block
            .fields
            .iter()
            .map(|field| field.meaning.clone())
            .collect()
    };
    assert_eq!(meanings("a1"), ["10", "11", "12", "13", "14", "15"]);
    assert_eq!(
        joined.arrow("back", "array").map(|arrow| arrow.offset),
        Some(32)
    );

    // Two headers that overlap and neither of which reaches everything.
    let mut view = View::new();
    let picture = view
        .slice("x", base.slice3(0, 4, 4))
        .slice("y", base.slice3(2, 6, 6))
        .picture();
    let cells = picture.block("a1").map(|block| block.fields.len());
    assert_eq!((picture.blocks.len(), cells), (3, Some(6)));
}
