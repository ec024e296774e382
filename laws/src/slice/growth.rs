//! How capacity grows: the rule of Go 1.18, then the size class, and what that costs in copies.
//!
//! ```text
//!   []int   0 1 2 4 8 16 32 64 128 256 512 │ 848 1280 1792 2560 …
//!           doubles                        │ adds (cap + 768) / 4, then fills the size class
//! ```
//!
//! The oracle is the rule as a teacher would write it down, and a linear scan of the size classes.
//!
//! Go: runtime/slice.go: growslice; runtime/msize.go: roundupsize.

use bumpalo::Bump;
use proptest::strategy::Strategy;
use slice::Slice;
use slice::growslice::nextcap;
use slice::sizeclasses::CLASS_TO_SIZE;

use super::AREA;
use super::elem::Elem;
use super::numbered::{Numbered, added, commas, same_list};
use super::program::program;
use crate::{Law, Text, dials, hold, same, search};

const CHAPTER: &str = "growth";

/// The elements that Go 1.18 and later ask for: the rule without the rounding.
fn asked_for(old_cap: usize, need: usize) -> usize {
    if need > 2 * old_cap {
        return need;
    }
    if old_cap < 256 {
        return 2 * old_cap;
    }
    let mut cap = old_cap;
    while cap < need {
        cap += (cap + 3 * 256) / 4;
    }
    cap
}

/// The smallest block that holds `bytes`, found by looking at one size class after the other.
fn block_for(bytes: usize) -> usize {
    let small = CLASS_TO_SIZE.iter().map(|size| usize::from(*size));
    small
        .into_iter()
        .find(|size| *size >= bytes)
        .unwrap_or_else(|| {
            let pages = bytes.div_ceil(8192);
            pages * 8192
        })
}

pub(crate) const FOLLOWS_THE_RULE: Law = Law {
    name: "growth-follows-the-rule-of-go-1-18",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A full slice asks for what it needs if that is more than double, for double below 256 \
             elements, and else adds (cap + 768) / 4 until it is enough; the allocator's size \
             class rounds that up.",
        zh: "切片满了以后：所需容量超过原来的两倍，就按所需容量申请；不足 256 个元素就翻倍；\
             否则反复加 (cap + 768) / 4 直到够用；最后按内存分配的规格（size class）向上取整。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let full = dials([0..=6, 0..=3000, 1..=4000]).prop_map(|[elem, n, more]| {
            let elem = Elem::ALL[elem];
            program((elem, n, more), elem.grown_text(n, more))
        });
        search(run, &full, |program| {
            let (elem, n, more) = program.parts;
            let bytes = asked_for(n, n + more) * elem.bytes();
            same(
                "cap(s)",
                elem.grown_cap(n, more),
                block_for(bytes) / elem.bytes(),
            )
        })
    },
};

pub(crate) const FILLS_ITS_CLASS: Law = Law {
    name: "a-grown-array-fills-its-size-class",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A grown array fills its block: one element more would not fit, and what the rule \
             asked for would not fit into the next smaller size class.",
        zh: "扩容后的数组会占满它的内存块：再多一个元素就放不下，\
             而规则要求的大小也放不进小一级的规格。",
    },
    go: "runtime/msize.go: roundupsize",
    search: |run| {
        // Just below the end of a class, where rounding goes wrong first; nil needs no doubling.
        let full = dials([0..=6, 1..=67, 0..=9, 0..=60]).prop_map(|[elem, class, below, n]| {
            let elem = Elem::ALL[elem];
            let end = usize::from(CLASS_TO_SIZE[class]);
            let need = (end.saturating_sub(below) / elem.bytes()).max(n + 1);
            program((elem, n, need - n), elem.grown_text(n, need - n))
        });
        search(run, &full, |program| {
            let (elem, n, more) = program.parts;
            let cap = elem.grown_cap(n, more);
            let asked = asked_for(n, n + more) * elem.bytes();
            let block = block_for(cap * elem.bytes());
            hold(
                (cap + 1) * elem.bytes() > block,
                format!(
                    "{} elements would fit into the block of {block} bytes",
                    cap + 1
                ),
                format!("{block} 字节的内存块放得下 {} 个元素", cap + 1),
            )?;
            hold(
                asked <= block && block_for(asked) == block,
                format!("{asked} bytes were asked for, the block has {block}"),
                format!("要求 {asked} 字节，内存块却是 {block} 字节"),
            )
        })
    },
};

pub(crate) const SPARE_IS_ZERO: Law = Law {
    name: "spare-cells-of-a-grown-slice-are-zero",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The spare cells of a slice that has just grown are zero, whatever the old array held.",
        zh: "刚扩容的切片，备用空间里全是零值，不管旧数组里有过什么。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        let grown = dials([0..=12, 0..=12, 1..=12]).prop_map(|[len, spare, over]| {
            let (cap, more) = (len + spare, spare + over);
            let s = Numbered { len, cap };
            let text = format!("s := {s}; t := append(s, {})", commas(&added(more)));
            program((s, more), text)
        });
        search(run, &grown, |program| {
            let (numbered, more) = program.parts;
            let heap = Bump::new();
            let t = numbered.make(&heap).append_all(&heap, &added(more));
            let spare = t.slice(t.len()..t.cap());
            same_list("t[len(t):cap(t)]", spare, &vec![0; t.cap() - t.len()])
        })
    },
};

/// Up to here the law below appends for real; above, it goes from capacity to capacity.
const REAL_APPENDS: usize = 2000;

/// The elements copied while `n` elements are appended one by one to nil.
fn copies_of_growing_to(n: usize, elem_bytes: usize) -> Option<usize> {
    let (mut cap, mut copies) = (0, 0);
    while cap < n {
        copies += cap;
        cap = nextcap(cap, cap + 1, elem_bytes)?;
    }
    Some(copies)
}

/// The same for `[]int`, counted by appending.
fn copies_seen(n: usize) -> usize {
    let heap = Bump::new();
    let mut s: Slice<'_, i64> = Slice::nil();
    let mut copies = 0;
    for _ in 0..n {
        let t = s.append(&heap, 0);
        if t.as_ptr() != s.as_ptr() {
            copies += s.len();
        }
        s = t;
    }
    copies
}

pub(crate) const FEWER_THAN_FIVE_COPIES: Law = Law {
    name: "growing-one-by-one-copies-fewer-than-five-times-n",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Growing to n elements by appending one at a time copies fewer than 5n elements in \
             all, because every growth adds at least a quarter.",
        zh: "逐个 append 到 n 个元素，总共复制不到 5n 个元素，因为每次扩容至少增加四分之一。",
    },
    go: "runtime/slice.go: growslice",
    search: |run| {
        // A power of two and something on top: small and huge lengths are equally likely.
        let lengths = dials([0..=6, 0..=40, 1..=1000]).prop_map(|[elem, power, thousandths]| {
            let elem = Elem::ALL[elem];
            let n = (1_usize << power) + (1 << power) * thousandths / 1000;
            let name = elem.name();
            program(
                (elem, n),
                format!("var s []{name}; for i := 0; i < {n}; i++ {{ s = append(s, x) }}"),
            )
        });
        search(run, &lengths, |program| {
            let (elem, n) = program.parts;
            let Some(copies) = copies_of_growing_to(n, elem.bytes()) else {
                return hold(false, "an append panics", "append 发生 panic");
            };
            if elem == Elem::Int && n <= REAL_APPENDS {
                let seen = copies_seen(n);
                hold(
                    seen == copies,
                    format!("{seen} elements are copied, the capacities say {copies}"),
                    format!("复制了 {seen} 个元素，按容量推算是 {copies} 个"),
                )?;
            }
            hold(
                copies < 5 * n,
                format!("{copies} elements are copied for {n}"),
                format!("{n} 个元素复制了 {copies} 次"),
            )
        })
    },
};
