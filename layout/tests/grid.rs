//! Parallel arrays: what belongs together stands in one row, in the terminal and on the page.

use layout::text::{Style, Words, render, render_step};
use layout::{Bytes, Canvas, Describe, Field, Leaves, Picture, Shape, svg};
use unicode_width::UnicodeWidthStr;

/// Bytes of a table: four marks, four words, a pointer; four bytes of padding.
const BYTES: usize = 4 + 4 + 32 + 8;

/// Tables of four rows, of which `full` hold something; each points to the next.
fn tables(contents: &[&[(u64, &str)]]) -> Picture {
    let mut canvas = Canvas::new();
    let at = |i: usize| 4096 * (i + 1);
    for (i, full) in contents.iter().enumerate() {
        let next = if i + 1 < contents.len() { at(i + 1) } else { 0 };
        let label = format!("t{i}");
        canvas.block(
            &label,
            ("table", Shape::Parallel),
            (at(i), BYTES),
            |leaves| {
                table(leaves, full, next);
            },
        );
    }
    canvas.finish()
}

fn table(leaves: &mut Leaves, full: &[(u64, &str)], next: usize) {
    for i in 0..4 {
        let mark = full.get(i).map_or("free", |(_, mark)| mark);
        leaves.within(&format!("mark[{i}]"), i, |leaves| {
            leaves.plain("uint8".to_string(), &[1], mark.to_string());
        });
        let (name, at) = (format!("words[{i}]"), 8 + 8 * i);
        match full.get(i) {
            Some((word, _)) => leaves.whole(&name, at, word),
            None => leaves.vacant(&name, at, ("uint64".to_string(), 8), ""),
        }
    }
    leaves.within("next", 40, |leaves| {
        leaves.pointer("*table".to_string(), next);
    });
}

fn widest(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

#[test]
fn a_row_shows_what_belongs_together_and_empty_rows_are_one() {
    let picture = tables(&[&[(7, "a"), (1024, "b")], &[]]);
    let text = render(&picture, &Style::default());
    let drawn = "\
┌─ t0 ─ table ──────┐  ┌─ t1 ─ table ──────┐
│      mark  words  │  │      mark  words  │
│ 0    a         7  │  │ 0–3  free         │
│ 1    b      1024  │  │ next  nil         │
│ 2–3  free         │  └───────────────────┘
│ next  → t1        │
└───────────────────┘
";
    let squeezed = |text: &str| {
        let lines = text.lines().map(|line| line.replace([' ', '─'], ""));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(squeezed(&text), squeezed(drawn), "{text}");
}

#[test]
fn a_change_is_marked_in_its_cell_even_where_the_cell_is_empty_now() {
    let before = tables(&[&[(7, "a"), (8, "b"), (9, "c")]]);
    let after = tables(&[&[(7, "a"), (6, "b")]]);
    let delta = before.diff(&after);
    assert!(delta.changes("t0", "words[1]") && delta.changes("t0", "words[2]"));
    assert!(
        !delta.changes("t0", "words[0]") && !delta.adds("t0"),
        "same cells, same names"
    );
    let text = render_step(&after, &delta, &Style::default());
    assert!(
        text.contains(" 6* │") && text.contains("free*      * │"),
        "{text}"
    );
    let mut undone = after.clone();
    undone.revert(&delta);
    assert_eq!(undone, before);
}

#[test]
fn with_bytes_it_is_the_table_of_all_fields_and_vacant_ones_are_blank() {
    let style = Style {
        bytes: true,
        ..Style::default()
    };
    let text = render(&tables(&[&[(7, "a")]]), &style);
    assert!(
        text.contains("│ words[0]   8  07 00 00 00 00 00 00 00  7"),
        "{text}"
    );
    assert_eq!(
        text.matches("padding").count(),
        1,
        "between marks and words\n{text}"
    );
    let vacant = text
        .lines()
        .find(|line| line.contains("words[1]"))
        .expect("a line");
    assert_eq!(vacant.trim_matches(['│', ' ']), "words[1]  16");
}

#[test]
fn parallel_arrays_of_different_lengths_are_drawn_as_fields() {
    let mut picture = tables(&[&[(7, "a")]]);
    picture.blocks[0]
        .fields
        .retain(|field| field.name != "words[3]");
    let text = render(&picture, &Style::default());
    assert!(text.contains("│ words[0]   8 "), "{text}");
}

#[test]
fn a_table_is_cut_to_the_width_and_to_the_number_of_cells() {
    let long = "an endless mark ".repeat(20);
    let mut picture = tables(&[&[(7, &long), (u64::MAX, &long)], &[(1, &long)]]);
    picture.blocks[0].label = "宽".repeat(90);
    picture.blocks[1].fields[0].name = format!("{long}[0]");
    for width in 40..=130 {
        for words in [&Words::EN, &Words::ZH] {
            let style = Style {
                width,
                words,
                ..Style::default()
            };
            let text = render(&picture, &style);
            assert!(
                widest(&text) <= width,
                "{} columns of {width}\n{text}",
                widest(&text)
            );
        }
    }
    let few = Style {
        cells_max: 3,
        ..Style::default()
    };
    let text = render(&tables(&[&[(7, "a")]]), &few);
    assert!(text.contains("more fields left out"), "{text}");
}

#[test]
fn svg_puts_a_table_beside_the_one_that_points_to_it() {
    let (before, after) = (tables(&[&[], &[]]), tables(&[&[(7, "a")], &[(8, "b")]]));
    let frame = svg::Frame {
        caption: "a step".to_string(),
        picture: &after,
        delta: before.diff(&after),
    };
    let drawing = svg::strip("t", &[frame], &Words::EN);
    assert_eq!(drawing.matches("class=\"tip\"").count(), 1, "{drawing}");
    let place = |label: &str| {
        let at = drawing
            .find(&format!("class=\"label\">{label}</text>"))
            .expect("drawn");
        let start = drawing[..at].rfind("<text").expect("its start");
        let numbers: Vec<usize> = drawing[start..at]
            .split('"')
            .filter_map(|part| part.parse().ok())
            .collect();
        (numbers[0], numbers[1])
    };
    let (first, second) = (place("t0"), place("t1"));
    assert!(
        first.0 < second.0 && first.1 == second.1,
        "{first:?} {second:?}"
    );
    assert!(
        drawing.contains(">7*</text>") && drawing.contains(">1–3</text>"),
        "{drawing}"
    );
}

#[test]
fn a_part_as_a_whole_has_one_name_and_says_all_its_leaves() {
    let whole = |describe: &dyn Fn(&mut Leaves)| -> Field {
        let mut canvas = Canvas::new();
        canvas.block("b", ("block", Shape::Struct), (4096, 64), describe);
        canvas.finish().blocks[0].fields[0].clone()
    };
    let field = whole(&|leaves| leaves.whole("x", 0, &[1_u16, 2]));
    let known = Bytes::Known([1_u16.to_ne_bytes(), 2_u16.to_ne_bytes()].concat());
    assert_eq!((field.name.as_str(), field.size), ("x", 4));
    assert_eq!((field.meaning.as_str(), &field.bytes), ("[1 2]", &known));
    let field = whole(&|leaves| leaves.whole("x", 0, &(1_u8, 2_u32)));
    assert_eq!((field.meaning.as_str(), field.size), ("{1 2}", 8));
    let field = whole(&|leaves| leaves.whole("x", 0, &"text"));
    let (meaning, kind) = (field.meaning.as_str(), field.type_name.as_str());
    assert_eq!(
        (meaning, kind, field.size, field.bytes),
        ("\"text\"", "string", 16, Bytes::Address)
    );
    let field = whole(&|leaves| leaves.whole("x", 0, &[7_u8; 20]));
    assert_eq!(field.meaning, "[7 7 7 7 7 7 7 7 …]");
    let field = whole(&|leaves| leaves.boxed("x", 0, &[3_u64; 2]));
    assert_eq!((field.meaning.as_str(), field.size), ("[3 3]", 8));
    assert_eq!(
        (field.type_name, field.bytes),
        ("*[2]uint64".to_string(), Bytes::Address)
    );
}

#[test]
fn a_pointer_in_a_cell_is_an_arrow() {
    let target = 5_u32;
    let mut canvas = Canvas::new();
    canvas.value("v", &target);
    let pointer = &raw const target;
    canvas.block("b", ("block", Shape::Parallel), (4096, 8), |leaves| {
        leaves.whole("p[0]", 0, &pointer);
    });
    let picture = canvas.finish();
    assert_eq!(picture.arrow("b", "p[0]").expect("an arrow").to, "v");
    assert_eq!(<*const u32>::type_name(), "pointer");
    let drawing = svg::render("t", &picture, &Words::EN);
    assert_eq!(drawing.matches("class=\"tip\"").count(), 1, "{drawing}");
}
