//! Renderers: what fits, what is left out, and that both say so.

use layout::text::{Style, Words, render, render_step};
use layout::{
    Arrow, Block, Bytes, Canvas, Delta, Describe, Extent, Field, Leaves, Picture, Shape, svg,
};
use unicode_width::UnicodeWidthStr;

/// `n` arrays of different lengths and one header-like block that points at the first.
fn picture(n: usize) -> Picture {
    let mut canvas = Canvas::new();
    for i in 0..n {
        canvas.array(
            &format!("a{i}"),
            4096 * (i + 1),
            (0..i % 40).map(|k| k as u32),
        );
    }
    canvas.finish()
}

fn widest(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

fn field(name: &str, offset: usize, bytes: Bytes, meaning: &str) -> Field {
    Field {
        name: name.to_string(),
        type_name: "int".to_string(),
        offset,
        size: 8,
        bytes,
        meaning: meaning.to_string(),
    }
}

/// An array of `n` words that all mean `meaning`.
fn array(label: &str, n: usize, meaning: &str) -> Block {
    let cell = |i| {
        let bytes = Bytes::Known(vec![0; 8]);
        field(&format!("[{i}]"), 8 * i, bytes, meaning)
    };
    Block {
        label: label.to_string(),
        type_name: format!("[{n}]int"),
        size: 8 * n,
        shape: Shape::Array,
        fields: (0..n).map(cell).collect(),
    }
}

/// A header with one pointer.
fn header(label: &str) -> Block {
    Block {
        label: label.to_string(),
        type_name: "header".to_string(),
        size: 8,
        shape: Shape::Struct,
        fields: vec![field("array", 0, Bytes::Address, "somewhere")],
    }
}

fn arrow(from: &str, field: &str, to: &str, offset: usize) -> Arrow {
    Arrow {
        from: from.to_string(),
        field: field.to_string(),
        to: to.to_string(),
        offset,
        extent: Some(Extent { len: 16, cap: 64 }),
    }
}

/// Everything that could be too wide, with a picture of a moment before.
fn wide_picture() -> (Picture, Picture) {
    let long = "a_name_that_is_longer_than_any_terminal_is_wide_".repeat(6);
    let mut after = Picture::default();
    for i in 0..6 {
        let (from, to) = (format!("{long}{i}"), format!("{long}数组{i}"));
        after.blocks.push(header(&from));
        after.blocks[2 * i].fields[0].name.clone_from(&long);
        after.blocks[2 * i].fields[0].meaning.clone_from(&long);
        after.blocks.push(array(&to, 200 + 40 * i, &long));
        after.arrows.push(arrow(&from, &long, &to, 8 * i));
        after
            .arrows
            .push(arrow(&from, &long, &format!("{long}数组0"), 8));
    }
    after.blocks.push(array("short", 1_000, "0"));
    let mut table = array("table", 300, &long);
    table.shape = Shape::Struct;
    after.blocks.push(table);
    after.blocks.extend(picture(60).blocks);
    let mut before = after.clone();
    for block in &mut before.blocks {
        for field in block.fields.iter_mut().skip(100).step_by(3) {
            field.meaning = "before".to_string();
        }
    }
    (before, after)
}

#[test]
fn nothing_is_drawn_beyond_the_width_of_the_terminal() {
    let (before, after) = wide_picture();
    let delta = before.diff(&after);
    for width in (40..=130).chain([200]) {
        for words in [&Words::EN, &Words::ZH] {
            for bytes in [false, true] {
                let style = Style {
                    width,
                    words,
                    bytes,
                    ..Style::default()
                };
                for delta in [&Delta::default(), &delta] {
                    let text = render_step(&after, delta, &style);
                    assert!(
                        widest(&text) <= width,
                        "{} columns at {style:?}",
                        widest(&text)
                    );
                }
            }
        }
    }
}

#[test]
fn a_first_step_with_300_blocks_is_cut_short_too() {
    let after = picture(300);
    let delta = Picture::default().diff(&after);
    let text = render_step(&after, &delta, &Style::default());
    assert!(text.lines().count() < 200, "{} lines", text.lines().count());
    assert!(text.contains("a3* ─ [3]uint32") && text.contains("… 276 blocks left out"));
}

#[test]
fn an_added_block_is_drawn_before_those_that_stayed() {
    let after = picture(300);
    let mut before = after.clone();
    before.blocks.remove(250);
    let text = render_step(&after, &before.diff(&after), &Style::default());
    assert!(text.contains("a250* ─ "), "{text}");
    let last = text.lines().last().expect("a last line");
    assert!(last.starts_with("… 276 blocks left out: "), "{last}");
}

#[test]
fn a_header_is_drawn_together_with_its_array() {
    let mut picture = Picture::default();
    for i in 0..100 {
        picture.blocks.push(header(&format!("s{i}")));
    }
    for i in 0..100 {
        picture.blocks.push(array(&format!("a{i}"), 2, "0"));
        picture
            .arrows
            .push(arrow(&format!("s{i}"), "array", &format!("a{i}"), 0));
    }
    let text = render(&picture, &Style::default());
    assert!(text.contains("s11 ─") && text.contains("a11 ─") && !text.contains("s12 ─"));
    let drawing = svg::render("t", &picture, &Words::EN);
    assert!(drawing.contains(">s19</text>") && drawing.contains(">a19</text>"));
    assert!(!drawing.contains(">s20</text>"));
    assert_eq!(drawing.matches("class=\"tip\"").count(), 20);
}

#[test]
fn a_changed_cell_is_drawn_or_counted_wherever_it_is() {
    let mut before = Picture::default();
    before.blocks.push(array("a", 1000, "0"));
    let mut after = before.clone();
    after.blocks[0].fields[500].meaning = "77".to_string();
    let text = render_step(&after, &before.diff(&after), &Style::default());
    assert!(text.contains("77*"), "{text}");
    assert_eq!(text.matches("cells left out").count(), 2, "{text}");
    for i in (100..900).step_by(50) {
        after.blocks[0].fields[i].meaning = "77".to_string();
    }
    let text = render_step(&after, &before.diff(&after), &Style::default());
    assert_eq!(text.matches("77*").count(), 4, "{text}");
    let note = "12 of them changed: [300] [350] [400] [450] …";
    assert!(text.contains(note), "{text}");
    let drawing = svg::strip("t", &[frame(&before, &after)], &Words::EN);
    let note = "… 936 more cells are not drawn, 16 of them changed: [100] [150] [200] [250] …";
    assert!(drawing.contains(note), "{drawing}");
}

fn frame<'a>(before: &Picture, after: &'a Picture) -> svg::Frame<'a> {
    svg::Frame {
        caption: "a caption".to_string(),
        picture: after,
        delta: before.diff(after),
    }
}

#[test]
fn a_changed_row_of_a_table_is_drawn_or_counted_wherever_it_is() {
    let mut before = Picture::default();
    before.blocks.push(array("a", 1000, "0"));
    before.blocks[0].shape = Shape::Struct;
    let mut after = before.clone();
    for i in (100..900).step_by(50) {
        after.blocks[0].fields[i].meaning = "77".to_string();
    }
    let text = render_step(&after, &before.diff(&after), &Style::default());
    assert_eq!(text.matches("77*").count(), 4, "{text}");
    let note = "12 of them changed: [300] [350] [400] [450] …";
    assert!(text.contains(note), "{text}");
    let drawing = svg::strip("t", &[frame(&before, &after)], &Words::EN);
    let note = "… 936 more fields left out, 16 of them changed: ";
    assert!(drawing.contains(note), "{drawing}");
}

#[test]
fn svg_draws_an_arrow_into_cells_left_out_to_the_line_that_counts_them() {
    let mut picture = Picture::default();
    picture.blocks.push(header("s"));
    picture.blocks.push(array("a1", 200, "0"));
    picture.arrows.push(arrow("s", "array", "a1", 8 * 100));
    let drawing = svg::render("t", &picture, &Words::EN);
    assert!(drawing.contains("… 136 more cells are not drawn"));
    assert_eq!(drawing.matches("class=\"tip\"").count(), 1, "{drawing}");
}

#[test]
fn svg_says_where_a_pointer_leads_when_the_block_is_left_out() {
    let mut picture = Picture::default();
    picture.blocks.push(header("s"));
    picture.blocks[0].fields[0].meaning = "z[1]".to_string();
    picture.blocks[0]
        .fields
        .push(field("next", 8, Bytes::Address, "a0"));
    // 60 arrays, all pointed to, are too many; `pointers` is an array whose cells point out too.
    picture.blocks.push(array("pointers", 60, "p"));
    for i in 0..60 {
        let label = format!("a{i}");
        picture.blocks.push(array(&label, 1, "0"));
        picture
            .arrows
            .push(arrow("pointers", &format!("[{i}]"), &label, 0));
    }
    picture.blocks.push(array("z", 2, "0"));
    picture.blocks.insert(0, array("first", 60, "p"));
    for i in 0..60 {
        let (cell, to) = (format!("[{i}]"), format!("a{i}"));
        picture.arrows.push(arrow("first", &cell, &to, 0));
    }
    picture.arrows.push(arrow("s", "array", "z", 8));
    // `first` fills the room with what it points to, so a header that changed stands without.
    let mut before = picture.clone();
    before.blocks[1].fields[0].meaning = "nil".to_string();
    for i in 0..40 {
        before.blocks[i + 3].fields[0].meaning = "1".to_string();
    }
    let drawing = svg::strip("t", &[frame(&before, &picture)], &Words::EN);
    assert!(drawing.contains("→ z[1]* (not drawn)"), "{drawing}");
    let drawing = svg::strip("t", &[frame(&before, &picture)], &Words::ZH);
    assert!(drawing.contains("→ z[1]*（未画出）"), "{drawing}");
    let drawing = svg::render("t", &picture, &Words::EN);
    assert!(drawing.contains("→ a39, a40, a41"), "{drawing}");
    assert_eq!(drawing.matches("class=\"tip\"").count(), 39, "{drawing}");
}

#[test]
fn svg_shows_the_title_below_the_steps() {
    let picture = picture(2);
    let frame = frame(&picture, &picture);
    let drawing = svg::strip("appending · Go 1.19", &[frame], &Words::EN);
    let line = "class=\"title\">appending · Go 1.19</text>";
    assert_eq!(drawing.matches(line).count(), 1);
    assert!(!svg::render("t", &picture, &Words::EN).contains("class=\"title\""));
}

#[test]
fn svg_is_legal_xml_whatever_the_values_hold() {
    let mut picture = Picture::default();
    picture.blocks.push(header("s"));
    picture.blocks[0].fields[0].meaning = "\0\u{1b}[1m\u{b}<\r\u{ffff}".to_string();
    let drawing = svg::render("t\u{8}", &picture, &Words::EN);
    let legal = |c: char| matches!(c, '\n' | '\t' | ' '..) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(drawing.chars().all(legal), "{drawing:?}");
    assert!(drawing.contains("��[1m�&lt;��"), "{drawing}");
}

#[test]
fn svg_cuts_wide_characters_by_columns() {
    let mut picture = Picture::default();
    picture.blocks.push(array("a", 1, &"宽".repeat(30)));
    let drawing = svg::render("t", &picture, &Words::EN);
    assert!(drawing.contains(">宽宽宽宽宽宽…</text>"), "{drawing}");
}

#[test]
fn a_drawing_speaks_the_language_it_is_asked_for() {
    let (before, mut after) = (picture(40), picture(40));
    after.blocks.push(array("long", 1000, "0"));
    after.blocks.push(array("mixed", 1000, "0"));
    after.blocks[41].fields[500].meaning = "1".to_string();
    after.blocks.push(header("s"));
    after.blocks[42]
        .fields
        .push(field("_", 8, Bytes::Padding, ""));
    let mut table = array("table", 60, "0");
    table.shape = Shape::Struct;
    after.blocks.push(table);
    let style = Style {
        words: &Words::ZH,
        ..Style::default()
    };
    let text = render_step(&after, &before.diff(&after), &style);
    for chinese in [
        "… 省略 952 个格子：[36] 到 [987]，全是 0",
        "值各不相同",
        "s* ─ header ─ 8 字节",
        "│ array  0  地址",
        "填充",
        "… 另有 12 个字段未画出",
        "… 省略 20 个块，a20 到 a39：1 × [20]uint32（80 字节）",
    ] {
        assert!(text.contains(chinese), "{chinese}\n{text}");
    }
    let drawing = svg::render("题", &after, &Words::ZH);
    for chinese in ["a1 是 [1]uint32，4 字节：[0] 0。", "… 另有 4 个块未画出"] {
        assert!(drawing.contains(chinese), "{chinese}\n{drawing}");
    }
    let english = [
        " bytes",
        "address",
        "padding",
        "left out",
        "not drawn",
        " is ",
    ];
    for word in english {
        assert!(!text.contains(word), "{word}\n{text}");
        assert!(!drawing.contains(word), "{word}\n{drawing}");
    }
}

#[test]
fn a_picture_of_300_blocks_is_cut_short_and_says_what_it_left_out() {
    let text = render(&picture(300), &Style::default());
    assert!(text.lines().count() < 200, "{} lines", text.lines().count());
    let last = text.lines().last().expect("a last line");
    assert!(
        last.starts_with("… 276 blocks left out, a24 to a299: "),
        "{last}"
    );
    let drawing = svg::render("many", &picture(300), &Words::EN);
    assert!(drawing.contains("… 260 more blocks are not drawn"));
}

#[test]
fn a_changed_block_is_drawn_even_when_its_neighbours_are_left_out() {
    let before = picture(300);
    let mut after = before.clone();
    after.blocks[250].fields[3].meaning = "77".to_string();
    let text = render_step(&after, &before.diff(&after), &Style::default());
    assert!(
        text.contains("a250 ─ [10]uint32") && text.contains("77*"),
        "{text}"
    );
}

#[test]
fn the_middle_of_a_long_array_is_left_out_and_counted() {
    let mut canvas = Canvas::new();
    canvas.array("a", 4096, (0..1000_u32).map(|i| i / 999));
    let text = render(&canvas.finish(), &Style::default());
    let shown = 1000 - text.matches("│   0").count().min(1000);
    let note = text
        .lines()
        .find(|line| line.contains("left out"))
        .expect("a note");
    assert!(
        note.contains("cells left out, [") && note.ends_with("]: all 0"),
        "{note}"
    );
    assert!(shown < 1000);
    assert!(text.contains("999"), "the last cell is always drawn");
}

#[test]
fn colours_are_written_only_when_asked_for() {
    let plain = render(&picture(5), &Style::default());
    assert!(!plain.contains('\u{1b}'));
    let colored = render(
        &picture(5),
        &Style {
            color: true,
            ..Style::default()
        },
    );
    assert!(colored.contains('\u{1b}'));
    let stripped: String = strip_ansi(&colored);
    assert_eq!(stripped, plain, "colour changes nothing else");
}

fn strip_ansi(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

/// A value whose meaning is wide and contains what XML must escape.
struct Wide(u8);

impl Describe for Wide {
    fn type_name() -> String {
        "map<string,\"宽\">&".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        leaves.plain(
            "宽".to_string(),
            &[self.0],
            "字<&>\"字字字字字字字字字字字字字字字字".to_string(),
        );
    }
}

#[test]
fn wide_characters_count_as_two_columns() {
    let mut canvas = Canvas::new();
    canvas.value("值", &Wide(1));
    let text = render(&canvas.finish(), &Style::default());
    let widths: Vec<_> = text.lines().map(UnicodeWidthStr::width).collect();
    assert!(
        widths.iter().all(|width| *width == widths[0]),
        "a straight right edge: {widths:?}\n{text}"
    );
}

/// Checks that tags nest and that no markup character is left bare; enough for what we write.
fn assert_well_formed(xml: &str) {
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("a tag ends");
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().unwrap_or_default();
            assert!(
                ["amp", "lt", "gt", "quot"].contains(&name),
                "bare & before {name}"
            );
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "tags nest");
        } else if !tag.ends_with('/') {
            open.push(
                tag.split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_string(),
            );
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

#[test]
fn svg_is_well_formed_stands_alone_and_speaks_to_those_who_cannot_see_it() {
    let mut canvas = Canvas::new();
    canvas.value("a<b", &Wide(1));
    let drawing = svg::render("wide & narrow", &canvas.finish(), &Words::EN);
    assert_well_formed(&drawing);
    assert!(drawing.contains("<title id=\"t\">wide &amp; narrow</title>"));
    assert!(drawing.contains("<desc id=\"d\">wide &amp; narrow: a&lt;b is map"));
    assert!(drawing.contains("prefers-color-scheme: dark"));
    for outside in ["href", "url(", "<script", "<image", "@import"] {
        assert!(
            !drawing.contains(outside),
            "{outside} would need another file"
        );
    }
}

/// WCAG's contrast ratio of two `#rrggbb` colours.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |color: &str| {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&color[at..at + 2], 16).expect("a hex colour");
            let c = f64::from(value) / 255.0;
            if c <= 0.03928 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn svg_text_has_enough_contrast_in_light_and_in_dark() {
    let drawing = svg::render("t", &picture(1), &Words::EN);
    let schemes: Vec<&str> = drawing.split("--paper: ").skip(1).collect();
    assert_eq!(schemes.len(), 2, "light and dark");
    for scheme in schemes {
        let color = |name: &str| {
            let at = scheme.find(name).map_or(0, |at| at + name.len());
            scheme[at..].trim_start_matches([':', ' '])[..7].to_string()
        };
        let (paper, box_color) = (scheme[..7].to_string(), color("--box"));
        for ink in ["--ink", "--faint", "--label", "--change"] {
            for ground in [&paper, &box_color] {
                let ratio = contrast(&color(ink), ground);
                assert!(ratio >= 4.5, "{ink} on {ground}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn all_languages_have_as_many_places_in_each_template() {
    let (english, chinese) = (format!("{:#?}", Words::EN), format!("{:#?}", Words::ZH));
    assert_eq!(english.lines().count(), chinese.lines().count());
    for (english, chinese) in english.lines().zip(chinese.lines()) {
        let places = |line: &str| line.matches("{}").count();
        assert_eq!(places(english), places(chinese), "{english} {chinese}");
    }
}
