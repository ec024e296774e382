//! The slice chapters: slices, append, growth, arguments and strings.
//!
//! ```text
//!   notes ─▶ append ─▶ growth ─▶ arguments ─▶ strings
//!   whose array?       how far?  who sees?    and without writing?
//! ```
//!
//! Their programs run in exhibit/slice.rs.
//!
//! Go: runtime/slice.go: growslice; runtime/string.go: stringtoslicebyte.

use laws::Text;

use super::Chapter;
use crate::exhibit;

/// The append program at the end of the notes.
pub(super) const NOTES: Chapter = Chapter {
    name: "notes",
    area: "slice",
    question: Text {
        en: "The notes' append program: is a slice passed by pointer?",
        zh: "笔记里的 append 程序：slice 传参是传指针吗？",
    },
    answer: Text {
        en: "No: the call copies the header, 24 bytes of array, len and cap, and the copy \
             still names the same array. So both print one address, and yet the caller's len \
             stays 1: the four new elements lie in the shared array, behind the end of what s \
             shows.",
        zh: "不是：传参复制的是 24 字节的 header（array、len、cap），副本里的 array 仍指向同一个数组。所以两边打印的地址相同，而调用者的 len \
             仍是 1：四个新元素就在共享数组里，只是在 s 可见范围之外。",
    },
    program: program!("notes"),
    output: output!("notes"),
    run: exhibit::slice::notes,
    remark: Text {
        en: "As written in the notes the program does not compile: ChangeSliceValue prints s, \
             which it does not have; here it prints ss. %p of a slice prints the address of \
             its first element, not of the header, so equal addresses prove a shared array and \
             no more.",
        zh: "笔记里的原程序无法编译：ChangeSliceValue 里打印的 s 并不存在，这里改为 ss。对 slice 用 %p 打印的是首元素的地址，而不是 \
             header 的地址，因此地址相同只能说明两者共用一个数组。",
    },
    law: "append-shares-until-capacity-is-spent",
    go: &[
        ("runtime/slice.go", "growslice"),
        ("cmd/compile/internal/ssagen/ssa.go", "append"),
    ],
};

/// Two appends to one base.
pub(super) const APPEND: Chapter = Chapter {
    name: "append",
    area: "slice",
    question: Text {
        en: "Does append change the original?",
        zh: "append 之后原切片变不变？",
    },
    answer: Text {
        en: "The original header never changes, neither its length nor its capacity. Its array \
             does while there is spare room, so two appends to one base write the same cell; \
             base[:3:3] has no spare room, and each append has to move.",
        zh: "原来的 header（长度和容量）永远不变。只要还有备用空间，被改写的就是同一个数组，所以对同一个 base 做两次 append 会写同一个格子；\
             base[:3:3] 没有备用空间，每次 append 都只能换新数组。",
    },
    program: program!("append"),
    output: output!("append"),
    run: exhibit::slice::append,
    remark: Text {
        en: "This is reported as a bug of Go again and again; it is the reason why append's \
             result must be assigned, and why a slice that is handed out should be cut to \
             s[:n:n].",
        zh: "这一点一再被当成 Go 的 bug 上报；正因如此，append 的结果必须赋值，交给别人的切片最好写成 s[:n:n]。",
    },
    law: "a-third-index-forces-the-copy",
    go: &[
        ("runtime/slice.go", "growslice"),
        ("cmd/compile/internal/ssagen/ssa.go", "append"),
    ],
};

/// The capacities that appending goes through.
pub(super) const GROWTH: Chapter = Chapter {
    name: "growth",
    area: "slice",
    question: Text {
        en: "How does capacity grow?",
        zh: "切片的扩容规则是什么？",
    },
    answer: Text {
        en: "Since Go 1.18: what is needed if that is above double, else double below 256, \
             else add (cap + 768) / 4 until it is enough. Then the allocator rounds up to a \
             size class and the slice gets the gain: 5 bytes become 8, 5 ints become 6, 512 \
             ints become 848.",
        zh: "从 Go 1.18 起：所需容量超过原容量两倍时，直接取所需容量；\
             否则原容量小于 256 就翻倍，不小于 256 则反复加 (cap + 768) / 4 直到够用。\
             随后分配器向上取整到 size class，多出来的归切片：5 字节变 8，5 个 int 变 6，\
             512 个 int 变 848。",
    },
    program: program!("growth"),
    output: output!("growth"),
    run: exhibit::slice::growth,
    remark: Text {
        en: "Before 1.18 the threshold was 1024 and growth from there 1.25; many pages still \
             say so. Since 1.22 element types with pointers round differently above 512 bytes.",
        zh: "1.18 之前阈值是 1024，之后按 1.25 倍增长，很多文章仍这么写。1.22 起，含指针的元素类型在 512 字节以上取整方式不同。",
    },
    law: "growth-follows-the-rule-of-go-1-18",
    go: &[
        ("runtime/slice.go", "growslice"),
        ("runtime/msize.go", "roundupsize"),
    ],
};

/// What a callee and a sub-slice share.
pub(super) const ARGUMENTS: Chapter = Chapter {
    name: "arguments",
    area: "slice",
    question: Text {
        en: "Slices as arguments and sub-slices: what is shared?",
        zh: "切片传参与子切片：哪些是共享的？",
    },
    answer: Text {
        en: "Writes to elements are seen by everyone over the array, a longer length by nobody \
             but the callee. A sub-slice has capacity up to where the capacity of the slice it \
             was cut from ends, and keeps the whole array alive; copying it out (append to \
             nil) ends both.",
        zh: "对元素的写入，所有指向该数组的切片都看得到；增大后的 len 只有被调函数自己看得到。\
             子切片的容量一直延伸到原切片的容量末尾，而且会让整个数组无法回收；\
             拷贝一份（append 到 nil）就互不相干了。",
    },
    program: program!("arguments"),
    output: output!("arguments"),
    run: exhibit::slice::arguments,
    remark: Text {
        en: "grow(mid) looks harmless and overwrites week[4]: append found spare room, the \
             rest of week. Return the slice, or pass mid[:2:2].",
        zh: "grow(mid) 看似无害，却改写了 week[4]：append 找到的备用空间正是 week 的剩余部分。应返回切片，或者传 mid[:2:2]。",
    },
    law: "a-reslice-shares-the-array",
    go: &[
        ("runtime/slice.go", "growslice"),
        ("cmd/compile/internal/ssagen/ssa.go", "slice"),
    ],
};

/// Strings and what conversions cost.
pub(super) const STRINGS: Chapter = Chapter {
    name: "strings",
    area: "slice",
    question: Text {
        en: "What is a string, and what do conversions cost?",
        zh: "string 的底层结构是什么，转换的代价是什么？",
    },
    answer: Text {
        en: "Two words, data and len, over bytes that nobody writes: a substring shares them, \
             and len counts bytes, not characters. []byte(s) copies, so a later write does not \
             reach the string; range decodes UTF-8 on the way.",
        zh: "两个机器字：data 和 len，指向没有人会改写的字节：子串共享这些字节，len 数的是字节而不是字符。\
             []byte(s) 会拷贝，所以之后的写入不会影响原字符串；range 在遍历时解码 UTF-8。",
    },
    program: program!("strings"),
    output: output!("strings"),
    run: exhibit::slice::strings,
    remark: Text {
        en: "b is handed to Printf, so it escapes to the heap, and its capacity is rounded to \
             a size class: 6 bytes become 8. A copy that stays in its function may lie in a \
             buffer of 32 bytes on the stack, and then cap(b) is 32.",
        zh: "b 传给了 Printf，因此逃逸到堆上，容量取整到 size class：6 字节变 8。\
             不逃逸的拷贝可能放在栈上的 32 字节缓冲里，那时 cap(b) 是 32。",
    },
    law: "conversions-between-string-and-bytes-copy",
    go: &[
        ("runtime/string.go", "stringtoslicebyte"),
        ("runtime/utf8.go", "decoderune"),
    ],
};
