//! Slices as arguments and sub-slices: the header is a copy, the array is shared.
//!
//! ```text
//!   s        ┌ array ┬ len 5 ┬ cap 5 ┐      t := s[1:3]   ┌ array ┬ len 2 ┬ cap 4 ┐
//!            └───┼───┴───────┴───────┘                    └───┼───┴───────┴───────┘
//!                ▼     ┌──────────────────────────────────────┘
//!              ┌───┬───▼───┬───┬───┐
//!              │ 1 │ 2 │ 3 │ 4 │ 5 │        t[i] is s[1+i]; t's room ends where s's room ends
//!              └───┴───┴───┴───┴───┘
//! ```
//!
//! Go: runtime/slice.go: slicecopy; cmd/compile/internal/ssagen/ssa.go: slice.

use bumpalo::Bump;
use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::Strategy;
use slice::Slice;

use super::AREA;
use super::numbered::{Numbered, literal, same_list};
use super::program::program;
use crate::{Law, Text, dials, hold, same, search};

const CHAPTER: &str = "arguments";

/// What a function may do with its argument `s`; each can be written whatever `s` is.
const STEPS: [&str; 6] = [
    "s = append(s, 91)",
    "s = append(s, s...)",
    "s = s[:cap(s)]",
    "s = s[len(s)/2:]",
    "s = s[:len(s)/2]",
    "s = nil",
];

/// Does what a line of [`STEPS`] says.
fn step<'h>(line: &str, heap: &'h Bump, s: Slice<'h, i64>) -> Slice<'h, i64> {
    match STEPS.iter().position(|step| *step == line) {
        Some(0) => s.append(heap, 91),
        Some(1) => s.append_slice(heap, s),
        Some(2) => s.slice(..s.cap()),
        Some(3) => s.slice(s.len() / 2..),
        Some(4) => s.slice(..s.len() / 2),
        Some(5) => Slice::nil(),
        Some(_) | None => unreachable!("`{line}` is not in the list"),
    }
}

pub(crate) const HEADER_IS_COPIED: Law = Law {
    name: "a-header-passed-by-value-never-changes",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Whatever a function does with its slice argument, the caller's slice keeps its \
             length, its capacity and its array.",
        zh: "函数无论怎样处理切片参数，调用者手里的切片，长度、容量和底层数组都不会变。",
    },
    go: "runtime/slice.go: slice",
    search: |run| {
        let sizes = dials([0..=6, 0..=6]);
        let body = vec(select(STEPS.to_vec()), 1..=6);
        let calls = (sizes, body).prop_map(|([len, spare], body)| {
            let cap = len + spare;
            let s = Numbered { len, cap };
            let text = format!("func f(s []int) {{ {} }}; s := {s}; f(s)", body.join("; "));
            program((s, body), text)
        });
        search(run, &calls, |program| {
            let (numbered, body) = &program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let array = s.as_ptr();
            body.iter()
                .fold(s, |argument, line| step(line, &heap, argument));
            hold(s.as_ptr() == array, "s has another array", "s 换了底层数组")?;
            same("len(s)", s.len(), numbered.len)?;
            same("cap(s)", s.cap(), numbered.cap)
        })
    },
};

pub(crate) const RESLICE_SHARES: Law = Law {
    name: "a-reslice-shares-the-array",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "After t := s[a:b], t[i] and s[a+i] are the same cell, and the capacity of t runs to \
             where s's own capacity ends.",
        zh: "t := s[a:b] 之后，t[i] 和 s[a+i] 就是同一个格子，t 的容量一直延伸到 s 的容量末尾。",
    },
    go: "cmd/compile/internal/ssagen/ssa.go: slice",
    search: |run| {
        // The array x may go on behind s: what ends the capacity of t is s, not x.
        let sizes = dials([0..=5, 0..=5, 1..=5, 0..=5, 0..=5]);
        let parts = sizes.prop_map(|[a, i, rest, spare, behind]| {
            let b = a + i + rest;
            let (cap, n) = (b + spare, b + spare + behind);
            let x = Numbered { len: n, cap: n };
            let text =
                format!("x := {x}; s := x[:{b}:{cap}]; t := s[{a}:{b}]; t[{i}] = 91; s[{a}] = 92");
            program((x, a, b, cap, i), text)
        });
        search(run, &parts, |program| {
            let (numbered, a, b, cap, i) = program.parts;
            let heap = Bump::new();
            let x = numbered.make(&heap);
            let s = x.slice3(0, b, cap);
            let t = s.slice(a..b);
            same("cap(t)", t.cap(), cap - a)?;
            let mut array = numbered.array();
            t.set(i, 91);
            array[a + i] = 91;
            same_list("s[:cap(s)]", s.slice(..s.cap()), &array[..cap])?;
            s.set(a, 92);
            array[a] = 92;
            same_list("t[:cap(t)]", t.slice(..t.cap()), &array[a..cap])?;
            same_list("x", x, &array)
        })
    },
};

pub(crate) const HIDDEN_ELEMENTS_COME_BACK: Law = Law {
    name: "reslicing-up-to-cap-brings-hidden-elements-back",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Elements cut off at the end are hidden, not gone: s[:k][:cap(s)] shows them again.",
        zh: "从末尾切掉的元素只是看不见，并没有消失：s[:k][:cap(s)] 又能看到它们。",
    },
    go: "cmd/compile/internal/ssagen/ssa.go: slice",
    search: |run| {
        let cuts = dials([0..=10, 0..=10, 0..=10]).prop_map(|[k, more, len]| {
            let cap = k + more;
            let s = Numbered {
                len: len.min(cap),
                cap,
            };
            program((s, k), format!("s := {s}; t := s[:{k}]; t = t[:cap(t)]"))
        });
        search(run, &cuts, |program| {
            let (numbered, k) = program.parts;
            let heap = Bump::new();
            let t = numbered.make(&heap).slice(..k);
            same_list("t", t.slice(..t.cap()), &numbered.array())
        })
    },
};

pub(crate) const COPY_THROUGH_A_TEMPORARY: Law = Law {
    name: "copy-works-as-if-through-a-temporary",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "copy moves the elements as if through a temporary array, even when source and \
             destination overlap.",
        zh: "copy 的效果如同先抄到临时数组再写过去，源和目标重叠时也一样。",
    },
    go: "runtime/memmove_amd64.s: memmove",
    search: |run| {
        let overlap = dials([0..=8, 0..=8, 0..=8, 0..=8, 0..=8]).prop_map(|[n, a, w, c, v]| {
            let (a, b) = (a.min(n), (a + w).min(n));
            let (c, d) = (c.min(n), (c + v).min(n));
            let s = Numbered { len: n, cap: n };
            let text = format!("s := {s}; copy(s[{a}:{b}], s[{c}:{d}])");
            program((s, a..b, c..d), text)
        });
        search(run, &overlap, |program| {
            let (numbered, to, from) = program.parts.clone();
            let heap = Bump::new();
            let s = numbered.make(&heap);
            s.slice(to.clone()).copy_from(s.slice(from.clone()));
            let mut array = numbered.array();
            let temporary = array[from].to_vec();
            for (element, value) in array[to].iter_mut().zip(temporary) {
                *element = value;
            }
            same_list("s", s, &array)
        })
    },
};

pub(crate) const COPY_MOVES_THE_SHORTER: Law = Law {
    name: "copy-moves-the-shorter-length",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "copy moves as many elements as the shorter of the two slices has, says how many, and \
             changes neither length nor capacity.",
        zh: "copy 复制的个数取两个切片中较短的长度，并返回这个数；长度和容量都不改变。",
    },
    go: "runtime/slice.go: slicecopy",
    search: |run| {
        let pairs = dials([0..=8, 0..=8, 0..=8]).prop_map(|[len, spare, n]| {
            let cap = len + spare;
            let dst = Numbered { len, cap };
            let src: Vec<i64> = (91..).take(n).collect();
            let text = format!("dst := {dst}; n := copy(dst, {})", literal(&src));
            program((dst, src), text)
        });
        search(run, &pairs, |program| {
            let (numbered, src) = &program.parts;
            let heap = Bump::new();
            let dst = numbered.make(&heap);
            let n = dst.copy_from(Slice::literal(&heap, src));
            let shorter = numbered.len.min(src.len());
            same("n", n, shorter)?;
            same("len(dst)", dst.len(), numbered.len)?;
            same("cap(dst)", dst.cap(), numbered.cap)?;
            let array = [&src[..shorter], &numbered.array()[shorter..]].concat();
            same_list("dst[:cap(dst)]", dst.slice(..dst.cap()), &array)
        })
    },
};
