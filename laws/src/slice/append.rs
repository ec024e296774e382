//! Does `append` change the original? Its header never, its array while there is room.
//!
//! ```text
//!   fits           ■ ■ ■ ▣ □     ▣ is written where it is, whoever reaches that cell can see it
//!   does not fit   ■ ■ ■         the old array stays as it is
//!                  ■ ■ ■ ▣ ▣ □   and a new one takes over, shared with nobody
//! ```
//!
//! The oracle is a `Vec` that stands for the whole array, spare cells included.
//!
//! Go: runtime/slice.go: growslice; cmd/compile/internal/ssagen/ssa.go: append.

use bumpalo::Bump;
use proptest::strategy::Strategy;
use slice::Slice;

use super::AREA;
use super::numbered::{Numbered, added, commas, literal, same_list};
use super::program::program;
use crate::{Law, Text, dials, hold, same, search};

const CHAPTER: &str = "append";

/// The three ways to append the same values.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// `t := append(s, 91, 92)`
    AllAtOnce,
    /// `t := append(s, []int{91, 92}...)`
    Spread,
    /// `t := append(s, 91); t = append(t, 92)`
    OneByOne,
}

impl Way {
    const ALL: [Way; 3] = [Way::AllAtOnce, Way::Spread, Way::OneByOne];

    /// Appends `values` to `s`.
    fn append<'h>(self, heap: &'h Bump, s: Slice<'h, i64>, values: &[i64]) -> Slice<'h, i64> {
        match self {
            Way::AllAtOnce => s.append_all(heap, values),
            Way::Spread => s.append_slice(heap, Slice::literal(heap, values)),
            Way::OneByOne => values.iter().fold(s, |t, v| t.append(heap, *v)),
        }
    }

    /// The same as text, from `t := …` on.
    fn text(self, values: &[i64]) -> String {
        match self {
            Way::AllAtOnce => format!("t := append(s, {})", commas(values)),
            Way::Spread => format!("t := append(s, {}...)", literal(values)),
            Way::OneByOne => values.iter().fold("t := s".to_string(), |text, v| {
                format!("{text}; t = append(t, {v})")
            }),
        }
    }
}

pub(crate) const SHARES_UNTIL_SPENT: Law = Law {
    name: "append-shares-until-capacity-is-spent",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "As long as the capacity suffices, append writes into the array that it was given; \
             whoever reaches that cell can see it.",
        zh: "只要容量够用，append 就直接写进原来的底层数组；\
             凡是容量范围覆盖到那个位置的切片，都能看到这次写入。",
    },
    go: "cmd/compile/internal/ssagen/ssa.go: append",
    search: |run| {
        // u is another header over the array: it may end before the written cells, among them or
        // behind them, or begin behind them, and is checked at every cell that it reaches.
        let sizes = dials([0..=2, 0..=8, 1..=6, 0..=6, 0..=9, 0..=14]);
        let fits = sizes.prop_map(|[way, len, more, left, a, width]| {
            let cap = len + more + left;
            let (a, c) = (a.min(cap), (a + width).min(cap));
            let (way, s) = (Way::ALL[way], Numbered { len, cap });
            let append = way.text(&added(more));
            let text = format!("s := {s}; u := s[{a}:{a}:{c}]; {append}; u = u[:cap(u)]");
            program((way, s, more, a..c), text)
        });
        search(run, &fits, |program| {
            let (way, numbered, more, reach) = program.parts.clone();
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let u = s.slice3(reach.start, reach.start, reach.end);
            let t = way.append(&heap, s, &added(more));
            let mut array = numbered.array();
            let end = numbered.len + more;
            array[numbered.len..end].copy_from_slice(&added(more));
            hold(t.as_ptr() == s.as_ptr(), "t has moved", "t 搬走了")?;
            same("cap(t)", t.cap(), s.cap())?;
            same_list("s[:cap(s)]", s.slice(..s.cap()), &array)?;
            same_list("u", u.slice(..u.cap()), &array[reach])?;
            same_list("t", t, &array[..end])
        })
    },
};

pub(crate) const MOVES_FOR_GOOD: Law = Law {
    name: "append-past-capacity-moves-for-good",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "An append that does not fit moves to a new array; the old array stays as it was, and \
             from then on the two slices share no cell.",
        zh: "容量不够时，append 会搬到新数组：旧数组原样不动，从此两个切片不再共用任何格子。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let too_many = dials([0..=1, 0..=8, 0..=6, 1..=6]).prop_map(|[way, len, spare, over]| {
            let (cap, more) = (len + spare, spare + over);
            let (way, s) = (Way::ALL[way], Numbered { len, cap });
            let text = format!("s := {s}; {}", way.text(&added(more)));
            program((way, s, more), text)
        });
        search(run, &too_many, |program| {
            let (way, numbered, more) = program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let t = way.append(&heap, s, &added(more));
            let (all_of_s, was) = (s.slice(..s.cap()), numbered.array());
            same_list("s[:cap(s)]", all_of_s, &was)?;
            same_list("t", t, &[numbered.visible(), added(more)].concat())?;
            t.all_cells().iter().for_each(|cell| cell.set(-1));
            same_list("s[:cap(s)]", all_of_s, &was)?;
            s.all_cells().iter().for_each(|cell| cell.set(-2));
            let untouched = t.iter().all(|element| element == -1);
            hold(untouched, "writing s changes t", "写 s 改变了 t")
        })
    },
};

pub(crate) const THIRD_INDEX_COPIES: Law = Law {
    name: "a-third-index-forces-the-copy",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A sub-slice s[a:b:b] has no spare room, so appending even one element to it copies \
             and leaves s alone.",
        zh: "s[a:b:b] 没有备用空间，对它 append 哪怕一个元素也一定会复制，不会碰到 s。",
    },
    go: "cmd/compile/internal/ssagen/ssa.go: slice",
    search: |run| {
        let sub_slice = dials([0..=6, 0..=6, 0..=6, 1..=6]).prop_map(|[a, width, behind, more]| {
            let (b, n) = (a + width, a + width + behind);
            let s = Numbered { len: n, cap: n };
            let values = commas(&added(more));
            let text = format!("s := {s}; t := append(s[{a}:{b}:{b}], {values})");
            program((s, a, b, more), text)
        });
        search(run, &sub_slice, |program| {
            let (numbered, a, b, more) = program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let t = s.slice3(a, b, b).append_all(&heap, &added(more));
            let was = numbered.array();
            same_list("s", s, &was)?;
            same_list("t", t, &[&was[a..b], &added(more)].concat())
        })
    },
};

pub(crate) const NEVER_SHRINKS: Law = Law {
    name: "append-never-shrinks-capacity",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The capacity after an append is at least the capacity before it.",
        zh: "append 之后的容量不会比之前小。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let rounds = dials([0..=40, 0..=40, 0..=90, 0..=900]).prop_map(|[len, spare, x, y]| {
            let cap = len + spare;
            let text = format!(
                "s := make([]int, {len}, {cap}); \
                 t := append(s, make([]int, {x})...); u := append(t, make([]int, {y})...)"
            );
            program((len, cap, x, y), text)
        });
        search(run, &rounds, |program| {
            let (len, cap, x, y) = program.parts;
            let heap = Bump::new();
            let s: Slice<'_, i64> = Slice::make(&heap, len, cap);
            let t = s.append_slice(&heap, Slice::zeroed(&heap, x));
            let u = t.append_slice(&heap, Slice::zeroed(&heap, y));
            same("len(u)", u.len(), len + x + y)?;
            let caps = [s.cap(), t.cap(), u.cap()];
            hold(
                caps.is_sorted(),
                format!("the capacities of s, t and u are {caps:?}"),
                format!("s、t、u 的容量依次是 {caps:?}"),
            )
        })
    },
};

pub(crate) const READS_TAIL_AS_IT_WAS: Law = Law {
    name: "append-reads-its-tail-as-it-was",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "append(s[a:b], s[c:d]...) appends what s[c:d] held before the append, however the two \
             overlap; append(s[1:], s...) too.",
        zh: "append(s[a:b], s[c:d]...) 追加的是 append 之前 s[c:d] 里的值，两段怎样重叠都一样，\
             append(s[1:], s...) 也不例外。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let overlap = dials([0..=8, 0..=8, 0..=8, 0..=8, 0..=8]).prop_map(|[n, a, w, c, v]| {
            let (a, b) = (a.min(n), (a + w).min(n));
            let (c, d) = (c.min(n), (c + v).min(n));
            let s = Numbered { len: n, cap: n };
            let text = format!("s := {s}; t := append(s[{a}:{b}], s[{c}:{d}]...)");
            program((s, a..b, c..d), text)
        });
        search(run, &overlap, |program| {
            let (numbered, front, tail) = program.parts.clone();
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let t = s
                .slice(front.clone())
                .append_slice(&heap, s.slice(tail.clone()));
            let was = numbered.array();
            same_list("t", t, &[&was[front], &was[tail]].concat())
        })
    },
};

pub(crate) const NIL_AND_EMPTY_ALIKE: Law = Law {
    name: "nil-and-empty-append-alike",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Appending to a nil slice and appending to an empty one of capacity 0 give the same \
             elements, length and capacity.",
        zh: "对 nil 切片和对容量为 0 的空切片 append，得到的元素、长度、容量都相同。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let some = dials([0..=2, 1..=20]).prop_map(|[way, more]| {
            let way = Way::ALL[way];
            let text = way.text(&added(more));
            program(
                (way, more),
                format!("for _, s := range [][]int{{nil, {{}}}} {{ {text} }}"),
            )
        });
        search(run, &some, |program| {
            let (way, more) = program.parts;
            let heap = Bump::new();
            let values = added(more);
            let from_nil = way.append(&heap, Slice::nil(), &values);
            let from_empty = way.append(&heap, Slice::literal(&heap, &[]), &values);
            same_list("t", from_nil, &values)?;
            same_list("t", from_empty, &values)?;
            same("cap(t)", from_empty.cap(), from_nil.cap())
        })
    },
};

pub(crate) const NOTHING_CHANGES_NOTHING: Law = Law {
    name: "appending-nothing-changes-nothing",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Appending no elements gives back the same slice: same array, length and capacity; \
             nil stays nil.",
        zh: "append 零个元素，得到的还是原来的切片：数组、长度、容量都不变，nil 仍是 nil。",
    },
    go: "cmd/compile/internal/ssagen/ssa.go: append",
    search: |run| {
        let any = dials([0..=1, 0..=8, 0..=6]).prop_map(|[nil, len, spare]| {
            let cap = len + spare;
            let s = (nil == 1).then_some(Numbered { len, cap });
            let made = s.map_or("var s []int".to_string(), |s| format!("s := {s}"));
            program(s, format!("{made}; t := append(s, []int{{}}...)"))
        });
        search(run, &any, |program| {
            let heap = Bump::new();
            let s = program
                .parts
                .map_or(Slice::nil(), |numbered| numbered.make(&heap));
            for t in [
                s.append_all(&heap, &[]),
                s.append_slice(&heap, Slice::nil()),
                s.append_slice(&heap, Slice::literal(&heap, &[])),
            ] {
                hold(t.as_ptr() == s.as_ptr(), "t has moved", "t 搬走了")?;
                same("t == nil", t.is_nil(), s.is_nil())?;
                same("len(t)", t.len(), s.len())?;
                same("cap(t)", t.cap(), s.cap())?;
            }
            Ok(())
        })
    },
};
