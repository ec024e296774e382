//! What an index may be: below the length; what a slice bound may be: up to the capacity.
//!
//! ```text
//!   s := []int{1, 2, 3, 4, 5}[:3]
//!   s[2]    fine             s[:5]   fine: up to cap
//!   s[3]    panics: with length 3    s[:6]   panics: with capacity 5
//!   s[-1]   panics           s[2:1]  panics
//! ```
//!
//! The oracle is the sentence itself: `0 <= i < len`, `0 <= a <= b <= cap`. The texts are Go's.
//!
//! Go: runtime/panic.go: panicIndex, panicSliceAcap, panicSliceB; runtime/error.go: boundsError.

use bumpalo::Bump;
use proptest::strategy::Strategy;

use super::AREA;
use super::numbered::{Numbered, same_list};
use super::program::program;
use crate::{Law, Text, dials, recover, same, search};

const CHAPTER: &str = "arguments";

/// What `recover()` prints after a call that may panic.
fn recovered<R>(f: impl FnOnce() -> R) -> String {
    match recover(f) {
        Ok(_) => "nil".to_string(),
        Err(text) => text,
    }
}

pub(crate) const INDEX_CHANGES_NOTHING: Law = Law {
    name: "an-index-out-of-range-changes-nothing",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "An index outside 0 to len-1 panics before anything is written, spare capacity or not; \
             the text names the index and, unless it is negative, the length.",
        zh: "下标不在 0 到 len-1 之间就 panic，什么都不会写入，有没有备用空间都一样；\
             报错里有下标，下标不是负数时还有长度。",
    },
    go: "runtime/panic.go: panicIndex",
    search: |run| {
        let outside = dials([0..=6, 0..=6, 0..=1, 0..=9]).prop_map(|[len, spare, side, far]| {
            let cap = len + spare;
            let s = Numbered { len, cap };
            let beyond = i64::try_from(len + far).expect("small");
            let i = if side == 0 { beyond } else { beyond - 20 };
            program((s, i), format!("i := {i}; s := {s}; s[i] = 91"))
        });
        search(run, &outside, |program| {
            let (numbered, i) = program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let mut text = format!("runtime error: index out of range [{i}]");
            if i >= 0 {
                text += &format!(" with length {}", numbered.len);
            }
            same("recover()", recovered(|| s.set(i, 91)), text.clone())?;
            same("recover()", recovered(|| s.at(i)), text)?;
            same_list("s[:cap(s)]", s.slice(..s.cap()), &numbered.array())
        })
    },
};

/// What `s[a:b]` ends in where it panics, `None` where it does not.
fn slice_panic(a: i64, b: i64, cap: i64) -> Option<String> {
    let what = match (a, b) {
        _ if b < 0 => format!("[:{b}]"),
        _ if b > cap => format!("[:{b}] with capacity {cap}"),
        _ if a < 0 => format!("[{a}:]"),
        _ if a > b => format!("[{a}:{b}]"),
        _ => return None,
    };
    Some(format!("runtime error: slice bounds out of range {what}"))
}

pub(crate) const UP_TO_CAP: Law = Law {
    name: "a-slice-expression-may-go-up-to-cap",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "s[a:b] is allowed exactly when 0 <= a <= b <= cap(s); the length does not matter.",
        zh: "s[a:b] 合法，当且仅当 0 <= a <= b <= cap(s)；与长度无关。",
    },
    go: "runtime/panic.go: panicSliceAcap",
    search: |run| {
        let bounds = dials([0..=6, 0..=6, 0..=14, 0..=14]).prop_map(|[len, spare, a, b]| {
            let cap = len + spare;
            let s = Numbered { len, cap };
            let [a, b] = [a, b].map(|index| i64::try_from(index).expect("small") - 2);
            program(
                (s, a, b),
                format!("a, b := {a}, {b}; s := {s}; t := s[a:b]"),
            )
        });
        search(run, &bounds, |program| {
            let (numbered, a, b) = program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let cap = i64::try_from(numbered.cap).expect("small");
            if let Some(text) = slice_panic(a, b, cap) {
                return same("recover()", recovered(|| s.slice(a..b)), text);
            }
            let [low, high] = [a, b].map(|index| usize::try_from(index).expect("allowed"));
            same_list("t", s.slice(a..b), &numbered.array()[low..high])
        })
    },
};
