//! The slice chapters' programs, over our own slices.
//!
//! Each function follows the Go program of the same name line by line; where Go prints an address,
//! the trace says which place it names, unless addresses are asked for.

use bumpalo::Bump;
use slice::{Rune, Slice, Str, View};

use crate::trace::{Recorder, Trace};

/// Go's `int` on a 64-bit machine.
type Int = isize;

macro_rules! recorder {
    ($name:literal) => {
        Recorder::new(include_str!(concat!("../../chapters/", $name, ".go")))
    };
}

/// What `%p` prints for a slice: a place, or the address itself if asked.
fn pointer<'h, T>(view: &View<'h>, s: Slice<'h, T>, addresses: bool) -> String {
    if addresses {
        format!("{:p}", s.as_ptr())
    } else {
        view.place(s)
    }
}

/// The append program at the end of the notes.
#[must_use]
pub fn notes(addresses: bool) -> Trace {
    let heap = Bump::new();
    let mut view = View::new().with_addresses(addresses);
    let mut run = recorder!("notes");

    let s: Slice<Int> = Slice::make(&heap, 0, 10);
    run.step(
        "s := make([]int, 0, 10)",
        "A header of 24 bytes and an array of ten zeros; none of them is visible yet.",
        "一个 24 字节的 header 和一个长度为 10、全是零的数组；目前没有元素可见。",
        view.slice("s", s).picture(),
    );
    let s = s.append(&heap, 12);
    run.step(
        "s = append(s, 12)",
        "There is spare room: cell 0 is written and the new header, len 1, is assigned to s.",
        "还有备用空间：写入 0 号格，len 为 1 的新 header 赋给 s。",
        view.slice("s", s).picture(),
    );
    let mut ss = s;
    run.step(
        "ChangeSliceValue(s)",
        "The call copies three words. ss is a header of its own over the same array.",
        "调用复制了三个机器字。ss 是独立的 header，指向同一个数组。",
        view.slice("s", s).slice("ss", ss).picture(),
    );
    for i in 1..5 {
        ss = ss.append(&heap, i);
    }
    run.step(
        "ss = append(ss, i)",
        "Four appends fill cells 1 to 4 and make ss longer. No word of s has changed.",
        "四次 append 写入 1 到 4 号格，ss 变长了。s 的三个机器字都没变。",
        view.slice("s", s).slice("ss", ss).picture(),
    );
    run.print("fmt.Println(ss)", &format!("{ss}\n"));
    run.print(
        "fmt.Printf(\"inner s: %p\\n\", ss)",
        &format!("inner s: {}\n", pointer(&view, ss, addresses)),
    );
    run.step(
        "fmt.Printf(\"inner s: %p\\n\", ss)",
        "The callee sees five elements; %p prints where the first of them lies.",
        "被调函数看到五个元素；%p 打印的是首元素的位置。",
        view.slice("s", s).slice("ss", ss).picture(),
    );
    run.print("fmt.Println(s)", &format!("{s}\n"));
    run.print(
        "fmt.Printf(\"outer s: %p\\n\", s)",
        &format!("outer s: {}\n", pointer(&view, s, addresses)),
    );
    run.step(
        "fmt.Printf(\"outer s: %p\\n\", s)",
        "Back in main: the same place, but len 1. The elements are there; s does not show them \
         (s[:5] would).",
        "回到 main：位置相同，但 len 是 1。元素都在，只是 s 看不到（s[:5] 就能看到）。",
        view.slice("s", s).picture(),
    );
    run.finish()
}

/// Two appends to one base, with and without spare room.
#[must_use]
pub fn append(addresses: bool) -> Trace {
    let heap = Bump::new();
    let mut view = View::new().with_addresses(addresses);
    let mut run = recorder!("append");

    let base: Slice<Int> = Slice::make(&heap, 3, 4);
    run.step(
        "base := make([]int, 3, 4)",
        "Three visible elements and one spare cell.",
        "三个可见元素，一个备用格。",
        view.slice("base", base).picture(),
    );
    let x = base.append(&heap, 10);
    run.step(
        "x := append(base, 10)",
        "The spare cell takes the 10. x shows it, base does not.",
        "备用格写入 10。x 看得到它，base 看不到。",
        view.slice("base", base).slice("x", x).picture(),
    );
    let y = base.append(&heap, 20);
    run.print(
        "fmt.Println(\"spare:\", x[3], y[3], \"len(base):\", len(base))",
        &format!("spare: {} {} len(base): {}\n", x.at(3), y.at(3), base.len()),
    );
    run.step(
        "y := append(base, 20)",
        "base still ends before that cell, so the same cell is written again: x[3] is 20 now.",
        "base 的末尾仍在那一格之前，于是同一格又被写了一次：x[3] 变成了 20。",
        view.slice("base", base)
            .slice("x", x)
            .slice("y", y)
            .picture(),
    );
    let full = base.slice3(0, 3, 3);
    run.step(
        "full := base[:3:3]",
        "The third index takes the spare cell away: cap is 3.",
        "第三个下标拿走了备用格：cap 变成 3。",
        view.slice("base", base).slice("full", full).picture(),
    );
    let p = full.append(&heap, 10);
    run.step(
        "p := append(full, 10)",
        "No room: growslice makes an array of 6, the three elements are copied, then 10 is \
         written.",
        "没有空间了：growslice 新建长度 6 的数组，复制三个元素，再写入 10。",
        view.slice("full", full).slice("p", p).picture(),
    );
    let q = full.append(&heap, 20);
    run.print(
        "fmt.Println(\"full:\", p[3], q[3], \"cap(p):\", cap(p))",
        &format!("full: {} {} cap(p): {}\n", p.at(3), q.at(3), p.cap()),
    );
    run.step(
        "q := append(full, 20)",
        "And once more: q gets an array of its own, p keeps its 10.",
        "再来一次：q 得到自己的数组，p 的 10 不受影响。",
        view.slice("full", full)
            .slice("p", p)
            .slice("q", q)
            .picture(),
    );
    run.finish()
}

/// The capacities that appending one by one goes through.
#[must_use]
pub fn growth(addresses: bool) -> Trace {
    let heap = Bump::new();
    let mut view = View::new().with_addresses(addresses);
    let mut run = recorder!("growth");

    let mut s: Slice<Int> = Slice::nil();
    run.step(
        "var s []int",
        "nil: three zero words and no array.",
        "nil：三个机器字全为零，没有数组。",
        view.slice("s", s).picture(),
    );
    let steps = [
        (
            7,
            "s = append(s, 7)",
            "Need 1, above twice 0: an array of 1.",
            "需要 1，大于 0 的两倍：数组长度为 1。",
        ),
        (
            8,
            "s = append(s, 8)",
            "Full: doubled to 2, in a new array.",
            "满了：翻倍到 2，换新数组。",
        ),
        (
            9,
            "s = append(s, 9)",
            "Full again: doubled to 4; one cell is spare.",
            "又满了：翻倍到 4；剩一个备用格。",
        ),
    ];
    for (value, code, en, zh) in steps {
        s = s.append(&heap, value);
        run.step(code, en, zh, view.slice("s", s).picture());
    }
    let mut last = 0;
    for i in 0..3000 {
        if s.cap() != last {
            last = s.cap();
            run.print("fmt.Print(last, \" \")", &format!("{last} "));
        }
        s = s.append(&heap, i);
    }
    run.print("fmt.Println()", "\n");
    run.step(
        "s = append(s, i)",
        "Double up to 512; then 512 + (512 + 768) / 4 = 832, and the class of 6784 bytes makes it \
         848.",
        "到 512 为止都翻倍；之后 512 + (512 + 768) / 4 = 832，6784 字节的 size class 使它成为 848。",
        view.slice("s", s).picture(),
    );
    let b = Slice::<u8>::nil().append_str(&heap, Str::from("hello"));
    let n = Slice::<Int>::nil().append_all(&heap, &[1, 2, 3, 4, 5]);
    run.print(
        "fmt.Println(\"5 bytes:\", cap(b), \"5 ints:\", cap(n))",
        &format!("5 bytes: {} 5 ints: {}\n", b.cap(), n.cap()),
    );
    run.step(
        "n := append([]int(nil), 1, 2, 3, 4, 5)",
        "Five at once: need 5, above double, so 5; 5 bytes round up to 8, 40 bytes to 48.",
        "一次五个：需要 5，超过两倍，所以是 5；5 字节取整到 8，40 字节取整到 48。",
        view.slice("b", b).slice("n", n).picture(),
    );
    run.finish()
}

/// A sub-slice handed to two functions, and a copy that lets go.
#[must_use]
pub fn arguments(addresses: bool) -> Trace {
    let heap = Bump::new();
    let mut view = View::new().with_addresses(addresses);
    let mut run = recorder!("arguments");

    let week: Slice<Int> = Slice::literal(&heap, &[1, 2, 3, 4, 5, 6, 7]);
    run.step(
        "week := []int{1, 2, 3, 4, 5, 6, 7}",
        "A literal is exactly as long as its list: len 7, cap 7.",
        "字面量的长度正好等于元素个数：len 7，cap 7。",
        view.slice("week", week).picture(),
    );
    let mid = week.slice(2..4);
    run.step(
        "mid := week[2:4]",
        "Nothing is copied: mid starts at cell 2 and could grow to the end of the array, cap 5.",
        "什么都没复制：mid 从 2 号格开始，可以一直长到数组末尾，cap 是 5。",
        view.slice("week", week).slice("mid", mid).picture(),
    );
    for i in 0..mid.len() {
        mid.set(i, mid.at(i) * 2);
    }
    run.step(
        "double(mid)",
        "Writes through the copy of the header reach the shared cells: week[2] and week[3] change.",
        "通过 header 的副本写入，改的是共享的格子：week[2] 和 week[3] 变了。",
        view.slice("week", week).slice("mid", mid).picture(),
    );
    let grown = mid.append(&heap, 99);
    run.print(
        "fmt.Println(week, mid, len(mid), cap(mid))",
        &format!("{week} {mid} {} {}\n", mid.len(), mid.cap()),
    );
    run.step(
        "v = append(v, 99)",
        "v becomes longer and dies with the call; the 99 stays, in week[4].",
        "v 变长，随调用结束而消失；99 却留在了 week[4]。",
        view.slice("week", week)
            .slice("mid", mid)
            .slice("v", grown)
            .picture(),
    );
    let own = Slice::nil().append_slice(&heap, mid);
    run.step(
        "own := append([]int(nil), mid...)",
        "Appending to nil must allocate: two elements in an array of their own.",
        "append 到 nil 必须分配：两个元素放进自己的新数组。",
        view.slice("week", week).slice("own", own).picture(),
    );
    own.set(0, 0);
    run.print(
        "fmt.Println(week, own, len(own), cap(own))",
        &format!("{week} {own} {} {}\n", own.len(), own.cap()),
    );
    run.step(
        "own[0] = 0",
        "Now a write stays private, and week may be collected.",
        "现在写入只影响自己，week 也可以被回收了。",
        view.slice("week", week).slice("own", own).picture(),
    );
    run.finish()
}

/// A substring, a conversion and a walk over runes.
#[must_use]
pub fn strings(addresses: bool) -> Trace {
    let heap = Bump::new();
    let mut view = View::new().with_addresses(addresses);
    let mut run = recorder!("strings");

    let s = Str::from("héllo");
    run.step(
        "s := \"héllo\"",
        "Two words and six bytes: é takes two of them.",
        "header 是两个机器字，内容是六个字节：é 占其中两个。",
        view.str("s", s).picture(),
    );
    let t = s.slice(1..3);
    run.step(
        "t := s[1:3]",
        "A substring is a second header over the same bytes.",
        "子串是指向同一段字节的另一个 header。",
        view.str("s", s).str("t", t).picture(),
    );
    let b = s.to_bytes(&heap);
    run.step(
        "b := []byte(s)",
        "The conversion copies into a new array, rounded up to a size class.",
        "转换会拷贝到新数组，容量向上取整到 size class。",
        view.str("s", s).str("t", t).slice("b", b).picture(),
    );
    b.set(0, b'H');
    run.print(
        "fmt.Printf(\"%s %s %s %d %d\\n\", s, t, b, len(s), cap(b))",
        &format!("{s} {t} {} {} {}\n", b.to_str(&heap), s.len(), b.cap()),
    );
    run.step(
        "b[0] = 'H'",
        "The write stays in the copy; no string can change.",
        "写入只在副本里；字符串不会变。",
        view.str("s", s).str("t", t).slice("b", b).picture(),
    );
    for (i, r) in s.runes() {
        run.print(
            "fmt.Print(i, \":\", string(r), \" \")",
            &format!("{i}:{} ", string_of_rune(&heap, r)),
        );
    }
    run.print("fmt.Println()", "\n");
    run.step(
        "for i, r := range s {",
        "Five runes at byte indexes 0, 1, 3, 4, 5: range decodes as it goes.",
        "五个 rune，字节下标为 0、1、3、4、5：range 边走边解码。",
        view.str("s", s).picture(),
    );
    run.finish()
}

/// `string(r)` for a single rune.
fn string_of_rune(heap: &Bump, r: Rune) -> Str<'_> {
    Slice::literal(heap, &[r]).to_str(heap)
}
