//! What the write flag does to whoever finds it set, and what a map variable is.
//!
//! ```text
//!   child process      count 1   flags hashWriting     write, delete, read, range: fatal error
//!   m, n               m ──┐
//!                      n ──┴──▶ one hmap
//! ```
//!
//! Two writers at once are not possible in safe Rust, so the first half runs on a `RacyMap`, where
//! another write is really under way, halted in the middle. Where Go's child process would end, a
//! `Fatal` comes back.
//!
//! Go: runtime/map.go: mapaccess1, mapassign, mapdelete, mapiternext; runtime/panic.go: fatal.

use hmap::flags::HASH_WRITING;
use hmap::{Fatal, GoMap, RacyMap, View};
use layout::{Canvas, Picture, Shape};

use super::{ByHand, Int, program, seeded};
use crate::trace::{Recorder, Trace};

/// What becomes of one operation: its line, and one sentence.
struct Operation {
    what: &'static str,
    run: fn(&RacyMap) -> Result<(), Fatal>,
    line: &'static str,
    en: &'static str,
    zh: &'static str,
}

const OPERATIONS: [Operation; 4] = [
    Operation {
        what: "write",
        run: |m| m.set(2, 2),
        line: "m[2] = 2",
        en: "A write finds the bit set before it has changed anything. This is no panic: no \
             deferred function runs, and the process ends with status 2.",
        zh: "写操作还没改任何东西就看到这一位已置上。这不是 panic：defer 不会执行，进程以退出码 2 结束。",
    },
    Operation {
        what: "delete",
        run: |m| m.delete(1),
        line: "delete(m, 1)",
        en: "A delete is a write too.",
        zh: "delete 也是写。",
    },
    Operation {
        what: "read",
        run: |m| m.get(1).map(|_| ()),
        line: "_ = m[1]",
        en: "A lookup only looks at the bit, it sets none: two readers never notice each other.",
        zh: "查找只看这一位，自己不置位：两个读操作互不察觉。",
    },
    Operation {
        what: "range",
        run: |m| m.range().try_for_each(|entry| entry.map(|_| ())),
        line: "for range m {",
        en: "A walk looks at the bit at each of its steps.",
        zh: "遍历每走一步都看这一位。",
    },
];

/// Four deaths, and two names for one map.
///
/// # Panics
///
/// When the race that is staged does not come about.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("concurrent"));
    let m = one_entry();
    run.step(
        "m := map[int]int{1: 1}",
        "In each child process: a map with one entry, and nobody writing to it.",
        "每个子进程里：一个只有一个元素的 map，没有 goroutine 在写。",
        words(&m),
    );
    for (i, operation) in OPERATIONS.iter().enumerate() {
        let m = one_entry();
        let other = m.begin_write(3).expect("nobody else writes");
        if i == 0 {
            run.step(
                "*flags |= 4 // hashWriting: what m holds while another goroutine writes",
                "Another goroutine is in the middle of a write: it has checked the bit and set it, \
                 and has yet to store its key.",
                "另一个 goroutine 正写到一半：它检查过这一位、置上了，key 还没写进去。",
                words(&m),
            );
        }
        let fatal = (operation.run)(&m).expect_err("a write is under way");
        run.print(
            "fmt.Println(what+\":\", line, \"·\", err)",
            &format!("{}: {fatal} · exit status 2\n", operation.what),
        );
        run.step(operation.line, operation.en, operation.zh, words(&m));
        other.finish(3).expect("the other write was not disturbed");
    }
    two_names(&mut run, addresses);
    run.finish()
}

/// `map[int]int{1: 1}`, to be raced on.
fn one_entry() -> RacyMap {
    let m = RacyMap::new();
    m.set(1, 1).expect("nobody else writes");
    m
}

/// The picture of the two fields that matter, count and flags, where a header has them.
fn words(m: &RacyMap) -> Picture {
    let (count, flags) = (m.len(), m.flags());
    let is_writing = flags & HASH_WRITING != 0;
    let meaning = if is_writing { "hashWriting" } else { "0" };
    let at = (
        core::ptr::from_ref(m).addr(),
        size_of_val(&count) + size_of_val(&flags),
    );
    let mut canvas = Canvas::new();
    canvas.block("m", ("hmap: count, flags", Shape::Struct), at, |leaves| {
        leaves.within("count", 0, |leaves| {
            leaves.plain("int".to_string(), &count.to_ne_bytes(), count.to_string());
        });
        leaves.within("flags", 8, |leaves| {
            leaves.plain("uint8".to_string(), &[flags], meaning.to_string());
        });
    });
    canvas.finish()
}

/// A map variable is assigned.
fn two_names(run: &mut Recorder, addresses: bool) {
    let mut view = View::new().with_addresses(addresses);
    let m: GoMap<Int, Int, ByHand> = GoMap::make(0);
    m.set(1, 1);
    let n = m.clone();
    run.step(
        "n := m",
        "Another map, and its variable is assigned: one word is copied. A word is stored whole or \
         not at all, so nobody can see half of it, unlike the three words of a slice, which may \
         be seen half old and half new.",
        "另一个 map，把变量赋给 n：只复制一个机器字。一个机器字要么写完要么没写，\
         不会像 slice 的三个机器字那样被人看到一半新、一半旧。",
        view.go_map("m", &m).go_map("n", &n).picture(),
    );
    n.set(2, 2);
    run.print(
        "fmt.Println(\"variable:\", unsafe.Sizeof(m), \"bytes; len through the other name:\", \
         len(m))",
        &format!(
            "variable: {} bytes; len through the other name: {}\n",
            size_of_val(&m),
            m.len()
        ),
    );
    run.step(
        "n[2] = 2",
        "What is written through n is seen through m: there is one header, and its count is 2.",
        "通过 n 写，通过 m 也看得到：hmap 只有一个，它的 count 是 2。",
        view.go_map("m", &m).go_map("n", &n).picture(),
    );
}
