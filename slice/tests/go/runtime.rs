//! src/runtime: slice_test.go, runtime_test.go, string_test.go.

use std::env;
use std::process::Command;

use bumpalo::Bump;
use slice::{Slice, Str};

/// runtime/slice_test.go: TestAppendOverlap. A slice appended to its own tail is read as it was
/// before, whether the append finds room or moves.
#[test]
fn test_append_overlap() {
    let heap = Bump::new();
    let roomy = Str::from("1234").to_bytes(&heap);
    let full = Slice::literal(&heap, b"1234");
    assert_eq!((roomy.cap(), full.cap()), (8, 4));
    for x in [roomy, full] {
        let x = x.slice(1..).append_slice(&heap, x);
        assert_eq!(x.to_str(&heap), "2341234");
    }
}

/// The capacities that one hundred appends of one element each lead to.
fn check_growth<'h>(append_one: impl Fn(Slice<'h, i64>) -> Slice<'h, i64>) {
    let mut x = Slice::nil();
    assert_eq!(x.cap(), 0);
    let mut want = 1;
    for i in 1..=100 {
        x = append_one(x);
        assert_eq!((x.len(), x.cap()), (i, want));
        if i.is_power_of_two() {
            want = 2 * i;
        }
    }
}

/// runtime/runtime_test.go: TestAppendGrowth. Appended one by one, 100 elements go through the
/// capacities 1, 2, 4, 8 … 128.
#[test]
fn test_append_growth() {
    let heap = Bump::new();
    check_growth(|x| x.append(&heap, 1));
    check_growth(|x| x.append_all(&heap, &[1]));
}

/// runtime/runtime_test.go: TestAppendSliceGrowth. Appending slices of one element leads to the
/// same capacities.
#[test]
fn test_append_slice_growth() {
    let heap = Bump::new();
    let one = Slice::literal(&heap, &[1]);
    check_growth(|x| x.append_slice(&heap, one));
}

/// runtime/runtime_test.go: TestEqString. Strings are equal when lengths and bytes are, wherever
/// the bytes lie.
#[test]
fn test_eq_string() {
    let strings = [
        Str::from(""),
        Str::from("a"),
        Str::from("c"),
        Str::from("aaa"),
        Str::from("ccc"),
        Str::from("cccc").slice(..3), // the same text over other bytes
        Str::from("1234567890"),
    ];
    let texts = ["", "a", "c", "aaa", "ccc", "ccc", "1234567890"];
    for (s1, text1) in strings.into_iter().zip(texts) {
        for (s2, text2) in strings.into_iter().zip(texts) {
            assert_eq!(s1 == s2, text1 == text2, "{s1:?} == {s2:?}");
        }
    }
}

/// runtime/string_test.go: TestString2Slice. The bytes and runes between length and capacity of a
/// converted string are zero.
#[test]
fn test_string2_slice() {
    let heap = Bump::new();
    let s = Str::from("foož");

    let b = s.to_bytes(&heap);
    assert_eq!((b.len(), b.cap()), (5, 8));
    assert_eq!(b.slice(b.len()..b.cap()), [0; 3]);

    let r = s.to_runes(&heap);
    assert_eq!((r.len(), r.cap()), (4, 4));
    assert!(r.slice(r.len()..r.cap()).is_empty());
    let r = s.slice(1..).to_runes(&heap);
    assert_eq!((r.len(), r.cap()), (3, 4));
    assert_eq!(r.slice(r.len()..r.cap()), [0]);
}

/// runtime/string_test.go: TestLargeStringConcat. A panic with a string of 4096 bytes, put together
/// from four, prints all of it.
///
/// The test starts itself once more as the program that panics.
#[test]
fn test_large_string_concat() {
    const PANIC: &str = "GOBONES_TEST_STRINGCONCAT";
    let heap = Bump::new();
    let texts = ["0", "1", "2", "3"].map(|digit| digit.repeat(1 << 10));
    let parts = texts.each_ref().map(|text| Str::from(text.as_str()));
    let s = Str::concat(&heap, &parts);
    if env::var_os(PANIC).is_some() {
        panic!("{s}");
    }
    let program = env::current_exe().expect("the path of this test program");
    let output = Command::new(program)
        .args([
            "--exact",
            "--nocapture",
            "runtime::test_large_string_concat",
        ])
        .env(PANIC, "1")
        .output()
        .expect("this test program runs");
    assert!(!output.status.success());
    let printed = String::from_utf8(output.stderr).expect("valid UTF-8");
    let want = format!("\n{}\n", texts.concat());
    assert!(printed.contains(&want), "not all of it in:\n{printed}");
}
