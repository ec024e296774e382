//! Deltas and JSON: any two pictures, there and back (F1, F2, J1 of the crate).

use layout::json::{JsonError, from_json, to_json};
use layout::{Arrow, Block, Bytes, Extent, Field, Picture, Shape};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn bytes() -> impl Strategy<Value = Bytes> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4).prop_map(Bytes::Known),
        Just(Bytes::Address),
        Just(Bytes::Padding),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    (
        "[a-d]",
        "[ij]nt",
        0..4_usize,
        0..9_usize,
        bytes(),
        "[a-z\"\\\\é中]{0,3}",
    )
        .prop_map(|(name, type_name, offset, size, bytes, meaning)| Field {
            name,
            type_name,
            offset,
            size,
            bytes,
            meaning,
        })
}

fn block() -> impl Strategy<Value = Block> {
    let shape = prop_oneof![
        Just(Shape::Struct),
        Just(Shape::Array),
        Just(Shape::Parallel),
    ];
    (
        0..6_u8,
        "[tu]",
        0..2_usize,
        shape,
        prop::collection::vec(field(), 0..3),
    )
        .prop_map(|(label, type_name, size, shape, fields)| Block {
            label: format!("b{label}"),
            type_name,
            size,
            shape,
            fields,
        })
}

fn picture() -> impl Strategy<Value = Picture> {
    let extent =
        prop::option::of((0..9_usize, 0..9_usize).prop_map(|(len, cap)| Extent { len, cap }));
    let arrow = ("b[0-5]", "[a-d]", "b[0-5]", 0..9_usize, extent).prop_map(
        |(from, field, to, offset, extent)| Arrow {
            from,
            field,
            to,
            offset,
            extent,
        },
    );
    (
        prop::collection::vec(block(), 0..6),
        prop::collection::vec(arrow, 0..3),
    )
        .prop_map(|(mut blocks, arrows)| {
            let mut seen = Vec::new();
            blocks.retain(|block| {
                let new = !seen.contains(&block.label);
                seen.push(block.label.clone());
                new
            });
            Picture { blocks, arrows }
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_step_can_be_played_forwards_and_back(before in picture(), after in picture()) {
        let delta = before.diff(&after);
        let mut moving = before.clone();
        moving.apply(&delta);
        prop_assert_eq!(&moving, &after);
        moving.revert(&delta);
        prop_assert_eq!(&moving, &before);
        prop_assert_eq!(delta.is_empty(), before == after);
    }

    #[test]
    fn json_gives_back_the_picture_that_went_in(picture in picture()) {
        prop_assert_eq!(from_json(&to_json(&picture)).expect("our own JSON"), picture);
    }
}

#[test]
fn a_changed_cell_is_the_whole_delta() {
    let before = Picture {
        blocks: vec![Block {
            label: "a1".into(),
            type_name: "[2]int".into(),
            size: 16,
            shape: Shape::Array,
            fields: (0..2)
                .map(|i| Field {
                    name: format!("[{i}]"),
                    type_name: "int".into(),
                    offset: 8 * i,
                    size: 8,
                    bytes: Bytes::Known(vec![0; 8]),
                    meaning: "0".into(),
                })
                .collect(),
        }],
        arrows: vec![],
    };
    let mut after = before.clone();
    after.blocks[0].fields[1].meaning = "7".into();
    let delta = before.diff(&after);
    assert_eq!(delta.blocks.len(), 1);
    assert!(delta.changes("a1", "[1]") && !delta.changes("a1", "[0]") && !delta.adds("a1"));
}

#[test]
fn json_of_another_version_or_shape_is_refused_with_the_reason() {
    let newer = to_json(&Picture::default()).replace("\"layout\": 1", "\"layout\": 2");
    let error = from_json(&newer).expect_err("a newer form");
    assert!(matches!(error, JsonError::Version(2)));
    assert_eq!(
        error.to_string(),
        "this picture has form 2; this program reads form 1"
    );
    let error = from_json("{\"layout\": 1, \"blocks\": 3}").expect_err("no picture");
    assert!(
        error
            .to_string()
            .starts_with("this is not a picture in JSON: "),
        "{error}"
    );
}
