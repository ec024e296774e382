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
];

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
