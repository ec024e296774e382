//! Through JSON and back: what Go's encoding/json does with nil, empty and text.

use bumpalo::Bump;
use serde::de::DeserializeSeed;
use slice::{Slice, Str};

fn from_json<'h>(heap: &'h Bump, json: &str) -> Slice<'h, i64> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Slice::seed(heap)
        .deserialize(&mut deserializer)
        .expect(json)
}

#[test]
fn nil_is_null_and_empty_is_a_list_and_both_come_back() {
    let heap = Bump::new();
    for (s, json) in [
        (Slice::nil(), "null"),
        (Slice::literal(&heap, &[]), "[]"),
        (Slice::literal(&heap, &[1, -2, 3]), "[1,-2,3]"),
    ] {
        assert_eq!(serde_json::to_string(&s).expect("numbers"), json);
        let back = from_json(&heap, json);
        assert_eq!((back, back.is_nil()), (s, s.is_nil()));
    }
}

#[test]
fn what_is_no_list_is_refused_with_what_would_be_right() {
    let heap = Bump::new();
    let mut deserializer = serde_json::Deserializer::from_str("3");
    let error = Slice::<i64>::seed(&heap)
        .deserialize(&mut deserializer)
        .expect_err("a number");
    let text = error.to_string();
    assert!(
        text.contains("expected a list of elements, or null for a nil slice"),
        "{text}"
    );
}

#[test]
fn text_with_escapes_comes_back_through_a_heap_and_from_a_reader() {
    let heap = Bump::new();
    for text in ["", "plain", "a\"b\n", "世界"] {
        let json = serde_json::to_string(&Str::from(text)).expect("text");
        let mut deserializer = serde_json::Deserializer::from_reader(json.as_bytes());
        let back = Str::seed(&heap)
            .deserialize(&mut deserializer)
            .expect(&json);
        assert_eq!(back, text);
    }
}

#[test]
fn bytes_that_are_no_utf8_are_written_as_go_writes_them() {
    let json = serde_json::to_string(&Str::from_bytes(b"a\xffb")).expect("text");
    assert_eq!(json, "\"a\u{fffd}b\"");
}
