//! `layout`: a type, how it lies in memory, with a live value.
//!
//! ```text
//!   type slice struct { array unsafe.Pointer; len int; cap int }      go
//!     runtime/slice.go: slice                                         source
//!
//!     Three words. Assigning a slice copies …                         words
//!
//!     s := make([]int, 3, 5)                                          example
//!   ┌─ s ─ []int ─ 24 bytes ──────────────────────┐
//!   │ array   0  an address               → a1[0] │                   picture, of a value that
//!   …                                                                 was really made
//! ```
//!
//! An [`Exhibit`] is a type on show. Its picture is drawn from memory, not from a description: the
//! offsets and sizes are those of our own types, and the room of each type checks at compile time
//! that they are Go's.
//!
//! `--json` prints the picture alone, in the form that `layout::json` reads.

use std::path::Path;

use bumpalo::Bump;
use laws::Text;
use layout::Picture;
use slice::{Slice, Str, View};

use crate::cli::{Common, Report};
use crate::command::{PLAIN, Page, STRONG, write};
use crate::error::Error;
use crate::exhibit::map::ByHand;

/// A type on show.
struct Exhibit {
    name: &'static str,
    /// How Go declares it.
    go: &'static str,
    /// Where.
    source: &'static str,
    /// The Go statement that makes the value shown.
    example: &'static str,
    words: Text,
    picture: fn(addresses: bool) -> Picture,
}

const EXHIBITS: &[Exhibit] = &[
    Exhibit {
        name: "slice",
        go: "type slice struct { array unsafe.Pointer; len int; cap int }",
        source: "runtime/slice.go: slice",
        example: "s := make([]int, 3, 5)",
        words: Text {
            en: "Three words. Assigning a slice copies these 24 bytes, one word after the other, \
                 so another goroutine may see some of them old and some new.",
            zh: "三个机器字。给 slice 赋值时，这 24 个字节按机器字分次复制，因此另一个 goroutine 可能看到一部分旧、一部分新。",
        },
        picture: |addresses| {
            let heap = Bump::new();
            let s = Slice::<isize>::make(&heap, 3, 5);
            View::new()
                .with_addresses(addresses)
                .slice("s", s)
                .picture()
        },
    },
    Exhibit {
        name: "string",
        go: "type stringStruct struct { str unsafe.Pointer; len int }",
        source: "runtime/string.go: stringStruct",
        example: "s := \"héllo\"; t := s[1:3]",
        words: Text {
            en: "Two words over bytes that nobody writes; a substring is a second header over the \
                 same bytes.",
            zh: "两个机器字，指向没有人会改写的字节；子串是指向同一段字节的另一个 header。",
        },
        picture: |addresses| {
            let s = Str::from("héllo");
            let mut view = View::new().with_addresses(addresses);
            view.str("s", s).str("t", s.slice(1..3)).picture()
        },
    },
    Exhibit {
        name: "rows",
        go: "[][]byte",
        source: "runtime/slice.go: slice",
        example: "flat := make([]byte, 6); rows := [][]byte{flat[0:2], flat[2:4], flat[4:6]}",
        words: Text {
            en: "A slice of slices is an array of headers; rows cut from one buffer run into each \
                 other as soon as one is appended to.",
            zh: "slice 的 slice 是 header 的数组；从同一缓冲切出的行，只要对其中一行 append 就会盖住下一行。",
        },
        picture: |addresses| {
            let heap = Bump::new();
            let flat = Slice::<u8>::make(&heap, 6, 6);
            let rows = [flat.slice(0..2), flat.slice(2..4), flat.slice(4..6)];
            let rows = Slice::literal(&heap, &rows);
            View::new()
                .with_addresses(addresses)
                .slice("flat", flat)
                .slice("rows", rows)
                .picture()
        },
    },
    Exhibit {
        name: "hmap",
        go: "type hmap struct { count int; flags, B uint8; noverflow uint16; hash0 uint32; \
             buckets, oldbuckets unsafe.Pointer; nevacuate uintptr; extra *mapextra }",
        source: "runtime/map.go: hmap",
        example: "m := make(map[uint8]uint8, 9); m[1] = 10; m[2] = 20; m[3] = 30",
        words: Text {
            en: "A map variable is one word, the address of this header; assigning it copies \
                 nothing else. The header leads to 2^B buckets of eight cells, and to the array \
                 that is being left while the map grows.",
            zh: "map 变量只有一个机器字，就是这个 hmap 的地址；赋值时只复制这个字。\
                 hmap 指向 2^B 个桶，每桶 8 个槽位；扩容期间还指向正在搬空的旧数组。",
        },
        picture: |addresses| {
            let m = three_entries();
            let mut view = hmap::View::new().with_addresses(addresses);
            view.map("m", &m).picture()
        },
    },
    Exhibit {
        name: "bmap",
        go: "type bmap struct { tophash [8]uint8; /* keys [8]K; elems [8]V; overflow *bmap */ }",
        source: "runtime/map.go: bmap",
        example: "m := map[int64]int8{1: 10, 2: 20}",
        words: Text {
            en: "Go declares the tophash bytes only; the rest is laid out by the compiler for \
                 each pair of types, keys together and elems together: 9 bytes for each pair of \
                 this map, where padding would make it 16. With --addresses offsets and bytes are \
                 shown.",
            zh: "Go 源码里只声明了 tophash，其余由编译器按 key 和 value 的类型排布：\
                 key 放在一起、value 放在一起，这里每对只占 9 字节，成对存放则因填充要占 16。\
                 加 --addresses 可以看到偏移和字节。",
        },
        picture: |addresses| {
            let mut m = hmap::Map::<i64, i8, _>::with_hasher(ByHand::default());
            m.extend([(1, 10), (2, 20)]);
            let mut view = hmap::View::new().with_addresses(addresses);
            let mut picture = view.map("m", &m).picture();
            picture.blocks.retain(|block| block.label != "m");
            picture.arrows.retain(|arrow| arrow.from != "m");
            picture
        },
    },
];

/// The map that is on show, the same on every run.
fn three_entries() -> hmap::Map<u8, u8, ByHand> {
    hmap::fastrand::seed(1);
    let mut m = hmap::Map::with_capacity_and_hasher(9, ByHand::default());
    m.extend([(1, 10), (2, 20), (3, 30)]);
    m
}

/// Shows one type, or lists them.
pub(crate) fn run(
    name: Option<&str>,
    svg: Option<&Path>,
    common: &Common,
) -> Result<Report, Error> {
    let Some(name) = name else {
        return if svg.is_some() {
            Err(Error::SvgOfWhat("layout", "slice"))
        } else {
            Ok(list(common))
        };
    };
    let names: Vec<_> = EXHIBITS.iter().map(|exhibit| exhibit.name).collect();
    let exhibit = EXHIBITS.iter().find(|exhibit| exhibit.name == name);
    let exhibit = exhibit.ok_or_else(|| Error::unknown("type", name, &names))?;
    let picture = (exhibit.picture)(common.addresses);
    if let Some(path) = svg {
        write(
            path,
            &layout::svg::render(
                &format!("{} · Go 1.19", exhibit.example),
                &picture,
                common.lang.pictures(),
            ),
        )?;
    }
    if common.json {
        return Ok(Report::of(layout::json::to_json(&picture) + "\n"));
    }
    let page = Page::of(common);
    let mut text = page.heading(exhibit.go);
    text.push_str(&format!("  {}\n\n", exhibit.source));
    text.push_str(&page.paragraph(common.lang.pick(&exhibit.words)));
    text.push('\n');
    text.push_str(&page.wrap(STRONG, exhibit.example, "  ", "    "));
    text.push_str(&layout::text::render(&picture, &common.style()));
    Ok(Report::of(text))
}

fn list(common: &Common) -> Report {
    if common.json {
        let rows: Vec<_> = EXHIBITS
            .iter()
            .map(|e| serde_json::json!({ "name": e.name, "go": e.go, "source": e.source }))
            .collect();
        return Report::json("types", rows, true);
    }
    let page = Page::of(common);
    let mut text = page.heading(common.lang.words().types);
    for exhibit in EXHIBITS {
        let name = page.paint(STRONG, &format!("{:<8}", exhibit.name));
        let rest = " ".repeat(11);
        let go = page.wrap(PLAIN, exhibit.go, &rest, &rest);
        text.push_str(&format!("  {name} {}", go.trim_start()));
    }
    Report::of(text)
}
