//! The program that made us ask: `append` in a function, `%p` inside and outside.
//!
//! ```text
//!   s := make([]int, 0, 10)            outer  [12]             len 1
//!   s = append(s, 12)                  inner  [12 1 2 3 4]     len 5
//!   ChangeSliceValue(s)                both at the same address: 5 elements fit into 10
//! ```
//!
//! A header is passed, not the address of one. That both headers show the same address follows
//! from the room in the array; with `make([]int, 0, 4)` the two part.
//!
//! Go: runtime/slice.go: growslice; fmt.Printf with `%p` prints the array word of a slice.

use bumpalo::Bump;
use proptest::strategy::Strategy;
use slice::Slice;

use super::AREA;
use super::numbered::same_list;
use super::program::program;
use crate::{Law, Text, dials, same, search};

const CHAPTER: &str = "notes";

/// `func ChangeSliceValue(ss []int)` of the notes, appending 1, 2, … `n`.
fn change_slice_value<'h>(heap: &'h Bump, mut ss: Slice<'h, i64>, n: usize) -> Slice<'h, i64> {
    for i in (1..).take(n) {
        ss = ss.append(heap, i);
    }
    ss
}

pub(crate) const SAME_ADDRESS_WHILE_IT_FITS: Law = Law {
    name: "outer-and-inner-share-an-address-while-it-fits",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "When a function appends to its argument, the caller still prints the old elements; \
             both print the same address exactly when the capacity holds what was appended.",
        zh: "函数对参数 append，调用者打印的仍是旧元素；\
             内外两个地址相同，当且仅当容量装得下追加的元素。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let programs = dials([1..=16, 0..=16]).prop_map(|[cap, n]| {
            let text = format!(
                "func ChangeSliceValue(ss []int) \
                 {{ for i := 1; i <= {n}; i++ {{ ss = append(ss, i) }} }}; \
                 s := make([]int, 0, {cap}); s = append(s, 12); ChangeSliceValue(s)"
            );
            program((cap, n), text)
        });
        search(run, &programs, |program| {
            let (cap, n) = program.parts;
            let heap = Bump::new();
            let s = Slice::make(&heap, 0, cap).append(&heap, 12);
            let ss = change_slice_value(&heap, s, n);
            let inner: Vec<i64> = [12].into_iter().chain((1..).take(n)).collect();
            same_list("s", s, &[12])?;
            same_list("ss", ss, &inner)?;
            // 12 takes one cell, so n more fit when n < cap.
            same("&s[0] == &ss[0]", s.as_ptr() == ss.as_ptr(), n < cap)
        })
    },
};
