//! What people believe about slices and strings, each belief with the program that refutes it.
//!
//! ```text
//!   belief      "append doubles the capacity"
//!   property    what the program has == what a believer expects
//!   refuted by  s := make([]byte, 1); s = append(s, 0)       cap(s) is 8, not 2
//! ```
//!
//! A property is written from the believer's side and gives the belief every benefit: the myth of
//! the quarter gets its size classes. The dials are ordered so that what is small first is what a
//! reader would call the simpler program.
//!
//! Go: runtime/slice.go: growslice, slicecopy; runtime/string.go (1.19).

use bumpalo::Bump;
use proptest::strategy::Strategy;
use slice::msize::roundupsize;
use slice::{Slice, Str};

use crate::slice::AREA;
use crate::slice::elem::Elem;
use crate::slice::numbered::Numbered;
use crate::slice::program::program;
use crate::{Myth, Text, dials, hold, same, search};

/// The myths of slices and strings, in chapter order.
pub(crate) static MYTHS: [Myth; 9] = [
    ALWAYS_COPIES,
    ALWAYS_DOUBLES,
    GROWS_BY_A_QUARTER,
    CHANGES_THE_CALLERS_SLICE,
    SUBSLICE_IS_INDEPENDENT,
    CAPACITY_ENDS_WITH_SUBSLICE,
    COPY_GROWS,
    LEN_COUNTS_CHARACTERS,
    ONE_ADDRESS_ONE_SLICE,
];

const ALWAYS_COPIES: Myth = Myth {
    name: "append-always-copies",
    area: AREA,
    chapter: "append",
    belief: Text {
        en: "append returns a new slice, so two appends to the same base are independent.",
        zh: "append 返回的是新切片，所以对同一个切片 append 两次，结果互不影响。",
    },
    truth: Text {
        en: "With spare capacity both appends write the same cell of the same array; the second \
             overwrites the first. base[:n:n] forces the copy.",
        zh: "有备用空间时，两次 append 写的是同一个数组的同一个格子，后写的覆盖先写的；\
             base[:n:n] 才能强制复制。",
    },
    seen: Some("https://github.com/golang/go/issues/32296"),
    go: "cmd/compile/internal/ssagen/ssa.go: append",
    search: |run| {
        let bases = dials([0..=40, 0..=40]).prop_map(|[len, spare]| {
            let cap = len + spare;
            let text = format!(
                "base := make([]int, {len}, {cap}); x := append(base, 1); y := append(base, 2)"
            );
            program((len, cap), text)
        });
        search(run, &bases, |program| {
            let (len, cap) = program.parts;
            let heap = Bump::new();
            let base: Slice<'_, i64> = Slice::make(&heap, len, cap);
            let (x, _y) = (base.append(&heap, 1), base.append(&heap, 2));
            same(&format!("x[{len}]"), x.at(len), 1)
        })
    },
};

const ALWAYS_DOUBLES: Myth = Myth {
    name: "append-always-doubles",
    area: AREA,
    chapter: "growth",
    belief: Text {
        en: "When append runs out of room, the capacity doubles until everything fits.",
        zh: "容量不够时，append 把容量翻倍，一直翻到装得下为止。",
    },
    truth: Text {
        en: "Only below 256 elements, only if twice is enough, and then the block is filled up to \
             its size class: one byte grows to 8.",
        zh: "不足 256 个元素、而且两倍够用时才翻倍，之后还要填满所在规格的内存块：1 个字节会变成 8。",
    },
    seen: Some("https://koudai.work/qa/77"),
    go: "runtime/slice.go: growslice",
    search: |run| {
        let full = dials([0..=6, 1..=40, 1..=600]).prop_map(|[elem, more, n]| {
            let elem = Elem::ALL[elem];
            program((elem, more, n), elem.grown_text(n, more))
        });
        search(run, &full, |program| {
            let (elem, more, n) = program.parts;
            let mut doubled = n;
            while doubled < n + more {
                doubled *= 2;
            }
            same("cap(s)", elem.grown_cap(n, more), doubled)
        })
    },
};

/// The capacity after `n` appends to nil, if `next` says what a full slice grows to.
fn cap_by(n: usize, next: impl Fn(usize) -> usize) -> usize {
    let mut cap = 0;
    while cap < n {
        cap = next(cap);
    }
    cap
}

const GROWS_BY_A_QUARTER: Myth = Myth {
    name: "grows-by-a-quarter-from-1024",
    area: AREA,
    chapter: "growth",
    belief: Text {
        en: "Capacity doubles up to 1024 elements and grows by a quarter from then on.",
        zh: "容量在 1024 个元素以内翻倍，之后每次增加四分之一。",
    },
    truth: Text {
        en: "That was Go 1.17. Since 1.18 doubling ends at 256, and then (cap + 768) / 4 is added: \
             from double to a quarter without a jump.",
        zh: "那是 Go 1.17 的规则。从 1.18 起，256 以后每次增加 (cap + 768) / 4，\
             从翻倍平滑过渡到四分之一。",
    },
    seen: Some("http://1000bd.com/Article/Index/721424"),
    go: "runtime/slice.go: growslice",
    search: |run| {
        let lengths = dials([1..=4000]).prop_map(|[n]| {
            let text = format!("var s []int; for i := 0; i < {n}; i++ {{ s = append(s, i) }}");
            program(n, text)
        });
        search(run, &lengths, |program| {
            let n = program.parts;
            let heap = Bump::new();
            let s = Slice::from_iter_in(&heap, (0_i64..).take(n));
            let believed = cap_by(n, |cap| {
                let next = match cap {
                    0 => 1,
                    1..1024 => 2 * cap,
                    1024.. => cap + cap / 4,
                };
                roundupsize(next * size_of::<i64>()) / size_of::<i64>()
            });
            same("cap(s)", s.cap(), believed)
        })
    },
};

/// `func f(s []int) { s = append(s, make([]int, more)...) }`
fn f<'h>(heap: &'h Bump, mut s: Slice<'h, i64>, more: usize) {
    s.extend(heap, vec![0; more]);
}

const CHANGES_THE_CALLERS_SLICE: Myth = Myth {
    name: "append-changes-the-callers-slice",
    area: AREA,
    chapter: "arguments",
    belief: Text {
        en: "Slices are passed by reference: what a function appends to its argument, the caller \
             has too.",
        zh: "切片是引用传递：函数对参数 append 的元素，调用者也能看到。",
    },
    truth: Text {
        en: "The header is passed by value. The function's own header gets the new length; the \
             caller's keeps the old one, even where the array is shared.",
        zh: "传递的是 header 的副本。长度变的是函数自己的那份，调用者的长度不变，即使底层数组是共用的。",
    },
    seen: Some("https://github.com/golangbot/arraysandslices/issues/1"),
    go: "runtime/slice.go: slice",
    search: |run| {
        let calls = dials([0..=40, 0..=40, 1..=40]).prop_map(|[len, spare, more]| {
            let cap = len + spare;
            let text = format!(
                "func f(s []int) {{ s = append(s, make([]int, {more})...) }}; \
                 s := make([]int, {len}, {cap}); f(s)"
            );
            program((len, cap, more), text)
        });
        search(run, &calls, |program| {
            let (len, cap, more) = program.parts;
            let heap = Bump::new();
            let s = Slice::make(&heap, len, cap);
            f(&heap, s, more);
            same("len(s)", s.len(), len + more)
        })
    },
};

const SUBSLICE_IS_INDEPENDENT: Myth = Myth {
    name: "a-subslice-is-independent",
    area: AREA,
    chapter: "arguments",
    belief: Text {
        en: "s[a:b] is a slice of its own; writing to it leaves s alone.",
        zh: "s[a:b] 是独立的切片，改它不影响 s。",
    },
    truth: Text {
        en: "s[a:b] is another header over the same array; t[0] and s[a] are one cell.",
        zh: "s[a:b] 只是同一个数组上的另一个 header；t[0] 和 s[a] 就是同一个格子。",
    },
    seen: Some("https://github.com/golang/go/issues/68010"),
    go: "cmd/compile/internal/ssagen/ssa.go: slice",
    search: |run| {
        let parts = dials([0..=8, 1..=8, 0..=8]).prop_map(|[a, width, behind]| {
            let (b, n) = (a + width, a + width + behind);
            let s = Numbered { len: n, cap: n };
            program((s, a, b), format!("s := {s}; t := s[{a}:{b}]; t[0] = 91"))
        });
        search(run, &parts, |program| {
            let (numbered, a, b) = program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            s.slice(a..b).set(0, 91);
            same(&format!("s[{a}]"), s.at(a), numbered.array()[a])
        })
    },
};

const CAPACITY_ENDS_WITH_SUBSLICE: Myth = Myth {
    name: "a-subslices-capacity-ends-with-it",
    area: AREA,
    chapter: "arguments",
    belief: Text {
        en: "s[a:b] has room for b-a elements, so appending to it has to move and cannot touch s.",
        zh: "s[a:b] 只有 b-a 的容量，对它 append 必然搬家，碰不到 s。",
    },
    truth: Text {
        en: "The capacity runs to where s's own capacity ends: while there is room, the append \
             overwrites s[b]. s[a:b:b] takes that room away.",
        zh: "容量一直延伸到 s 的容量末尾，只要还有备用空间，append 就会覆盖 s[b]；\
             写成 s[a:b:b] 才会去掉这段容量。",
    },
    seen: Some("https://github.com/golang/go/issues/28780"),
    go: "cmd/compile/internal/ssagen/ssa.go: slice",
    search: |run| {
        let parts = dials([0..=8, 0..=8, 0..=8]).prop_map(|[a, width, behind]| {
            let (b, n) = (a + width, a + width + behind);
            let s = Numbered { len: n, cap: n };
            program((s, a, b), format!("s := {s}; t := append(s[{a}:{b}], 91)"))
        });
        search(run, &parts, |program| {
            let (numbered, a, b) = program.parts;
            let heap = Bump::new();
            let s = numbered.make(&heap);
            let _t = s.slice(a..b).append(&heap, 91);
            match numbered.array().get(b) {
                Some(was) => same(&format!("s[{b}]"), s.at(b), *was),
                None => Ok(()),
            }
        })
    },
};

const COPY_GROWS: Myth = Myth {
    name: "copy-grows-the-destination",
    area: AREA,
    chapter: "arguments",
    belief: Text {
        en: "After copy(dst, src), dst holds all of src; it grows where it is too short.",
        zh: "copy(dst, src) 之后，dst 里就有 src 的全部元素；不够长时会自动变长。",
    },
    truth: Text {
        en: "copy moves as many elements as the shorter length has, and capacity does not count: \
             into an empty slice it moves nothing.",
        zh: "copy 只复制较短长度那么多个元素，容量不算数：目标为空切片时一个也不复制。",
    },
    seen: Some("https://github.com/golang/go/issues/17316"),
    go: "runtime/slice.go: slicecopy",
    search: |run| {
        let pairs = dials([0..=12, 0..=12, 0..=12]).prop_map(|[n, len, spare]| {
            let (src, cap) = (Numbered { len: n, cap: n }, len + spare);
            let text =
                format!("src := {src}; dst := make([]int, {len}, {cap}); n := copy(dst, src)");
            program((src, len, cap), text)
        });
        search(run, &pairs, |program| {
            let (numbered, len, cap) = program.parts;
            let heap = Bump::new();
            let dst = Slice::make(&heap, len, cap);
            let n = dst.copy_from(numbered.make(&heap));
            same("n", n, numbered.len)
        })
    },
};

const LEN_COUNTS_CHARACTERS: Myth = Myth {
    name: "len-counts-characters",
    area: AREA,
    chapter: "strings",
    belief: Text {
        en: "len(s) is the number of characters of a string.",
        zh: "len(s) 就是字符串里的字符个数。",
    },
    truth: Text {
        en: "len counts bytes. len([]rune(s)) and utf8.RuneCountInString(s) count runes.",
        zh: "len 数的是字节；len([]rune(s)) 和 utf8.RuneCountInString(s) 数的是 rune（码点）。",
    },
    seen: Some("https://github.com/golang/go/issues/65920"),
    go: "runtime/string.go: stringStruct",
    search: |run| {
        const PIECES: [&str; 5] = ["", "a", "π", "中", "😀"];
        let texts = dials([const { 0..=4 }; 6]).prop_map(|pieces| {
            let s = pieces.map(|piece| PIECES[piece]).concat();
            let text = format!("s := \"{s}\"");
            program(s, text)
        });
        search(run, &texts, |program| {
            let s = Str::from(program.parts.as_str());
            same("len(s)", s.len(), program.parts.chars().count())
        })
    },
};

const ONE_ADDRESS_ONE_SLICE: Myth = Myth {
    name: "one-address-one-slice",
    area: AREA,
    chapter: "notes",
    belief: Text {
        en: "If %p prints the same address for two slices, they are the same slice.",
        zh: "两个切片用 %p 打印出的地址相同，就是同一个切片。",
    },
    truth: Text {
        en: "%p prints the array word only. Two headers may start at the same element and differ \
             in length and capacity.",
        zh: "%p 只打印指向底层数组的指针；两个 header 可以从同一个元素开始，长度和容量却不同。",
    },
    seen: None,
    go: "runtime/slice.go: slice",
    search: |run| {
        let appended = dials([0..=40, 0..=40]).prop_map(|[len, spare]| {
            let cap = len + spare;
            let text = format!("s := make([]int, {len}, {cap}); t := append(s, 1)");
            program((len, cap), text)
        });
        search(run, &appended, |program| {
            let (len, cap) = program.parts;
            let heap = Bump::new();
            let s: Slice<'_, i64> = Slice::make(&heap, len, cap);
            let t = s.append(&heap, 1);
            hold(
                s.as_ptr() != t.as_ptr() || s.len() == t.len(),
                format!(
                    "s and t are at one address, but len(s) is {len} and len(t) is {}",
                    t.len()
                ),
                format!("s 和 t 地址相同，但 len(s) 是 {len}，len(t) 是 {}", t.len()),
            )
        })
    },
};
