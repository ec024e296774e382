//! Renderers: what fits, what is left out, and that both say so.

use layout::text::{Style, render, render_step};
use layout::{Canvas, Describe, Leaves, Picture, svg};
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

#[test]
fn nothing_is_drawn_beyond_the_width_of_the_terminal() {
    for width in [40, 60, 80, 120, 200] {
        let text = render(
            &picture(60),
            &Style {
                width,
                ..Style::default()
            },
        );
        assert!(
            widest(&text) <= width,
            "{} columns at width {width}",
            widest(&text)
        );
        let bytes = render(
            &picture(60),
            &Style {
                width,
                bytes: true,
                ..Style::default()
            },
        );
        assert!(
            widest(&bytes) <= width,
            "{} columns of bytes at width {width}",
            widest(&bytes)
        );
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
    let drawing = svg::render("many", &picture(300));
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
    let drawing = svg::render("wide & narrow", &canvas.finish());
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
    let drawing = svg::render("t", &picture(1));
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
