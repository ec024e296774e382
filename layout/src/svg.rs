//! A picture as SVG: one file that stands alone, legible in light and in dark.
//!
//! ```text
//!   caption of the step
//!   ┌ s ───────────────┐            a1  [10]int
//!   │ array   → a1[0]  │───────▶   ┌──┬──┬──┬──┐
//!   │ len      1       │           └──┴──┴──┴──┘
//!   └──────────────────┘           ━━ s  ┄┄┄┄┄┄┄
//! ```
//!
//! Headers stand on the left, arrays on the right, one column each; several steps follow one
//! another from top to bottom. Colours come from a style sheet inside the file that follows
//! `prefers-color-scheme`; what changed is marked by an outline and a star, not by colour alone.
//! A title and a description in words come first, for readers who cannot see the drawing.

use unicode_width::UnicodeWidthStr;

use crate::diff::Delta;
use crate::picture::{Arrow, Block, Bytes, Field, Picture};

/// One step of a film strip.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The sentence above the drawing.
    pub caption: String,
    /// What memory looks like.
    pub picture: &'a Picture,
    /// What the step changed; the default marks nothing.
    pub delta: Delta,
}

/// Columns of monospaced text are this wide, in pixels.
const COLUMN: usize = 8;
/// A line of text or a row of a table, in pixels.
const LINE: usize = 22;
/// Width of the column of headers, in pixels.
const HEADERS: usize = 480;
/// Where the column of arrays begins, in pixels from the left.
const ARRAYS: usize = HEADERS + 90;
/// Cells of an array in one row.
const PER_ROW: usize = 16;
/// Cells of an array that are drawn; the rest is named in a line.
const CELLS_MAX: usize = 64;
/// Blocks of a picture that are drawn; the rest is named in a line.
const BLOCKS_MAX: usize = 40;

const STYLE: &str = "
svg { color-scheme: light dark; background: var(--paper);
  --paper: #ffffff; --ink: #1b1f24; --faint: #57606a; --line: #8c959f; --box: #f6f8fa;
  --label: #0550ae; --arrow: #116329; --change: #9a6700; }
@media (prefers-color-scheme: dark) { svg {
  --paper: #0d1117; --ink: #e6edf3; --faint: #9ea7b3; --line: #6e7681; --box: #161b22;
  --label: #79c0ff; --arrow: #7ee787; --change: #e3b341; } }
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: var(--ink); }
text.caption { font-size: 15px; font-weight: 600; }
text.label { fill: var(--label); font-weight: 700; } text.faint { fill: var(--faint); }
rect { fill: var(--box); stroke: var(--line); }
rect.change { stroke: var(--change); stroke-width: 2.5; }
text.change { fill: var(--change); font-weight: 700; }
path { fill: none; stroke: var(--arrow); stroke-width: 1.5; }
path.tip { fill: var(--arrow); stroke: none; }
line.len { stroke: var(--label); stroke-width: 4; }
line.cap { stroke: var(--label); stroke-width: 2; stroke-dasharray: 2 4; }
";

/// Draws one picture.
#[must_use]
pub fn render(title: &str, picture: &Picture) -> String {
    strip(
        title,
        &[Frame {
            caption: title.to_string(),
            picture,
            delta: Delta::default(),
        }],
    )
}

/// Draws steps one below the other.
#[must_use]
pub fn strip(title: &str, frames: &[Frame<'_>]) -> String {
    let mut drawing = Drawing::default();
    for frame in frames {
        drawing.frame(frame);
    }
    let description: Vec<String> = frames
        .iter()
        .map(|frame| format!("{}: {}", frame.caption, in_words(frame.picture)))
        .collect();
    let (width, height) = (drawing.width + 20, drawing.y + 20);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n\
         <style>{STYLE}</style>\n<rect width=\"100%\" height=\"100%\" \
         style=\"fill: var(--paper); stroke: none\"/>\n{}</svg>\n",
        escape(title),
        escape(&description.join("\n")),
        drawing.body
    )
}

/// The picture as sentences.
fn in_words(picture: &Picture) -> String {
    let mut words = String::new();
    for block in &picture.blocks {
        words.push_str(&format!(
            "{} is {}, {} bytes",
            block.label, block.type_name, block.size
        ));
        let fields = block
            .fields
            .iter()
            .filter(|field| field.bytes != Bytes::Padding);
        for (i, field) in fields.take(CELLS_MAX).enumerate() {
            let arrow = picture
                .arrow(&block.label, &field.name)
                .map_or("", |_| "points to ");
            let gap = if i == 0 { ": " } else { ", " };
            words.push_str(&format!("{gap}{} {arrow}{}", field.name, field.meaning));
        }
        words.push_str(". ");
    }
    words
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn text_width(text: &str) -> usize {
    UnicodeWidthStr::width(text) * COLUMN
}

/// Cuts `text` to `columns` columns, with `…` where something was cut.
fn fit(text: &str, columns: usize) -> String {
    if UnicodeWidthStr::width(text) <= columns {
        return text.to_string();
    }
    text.chars()
        .take(columns.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// A place that an arrow can lead from or to.
struct Spot {
    block: String,
    field: String,
    x: usize,
    y: usize,
}

/// The body of the file so far.
#[derive(Default)]
struct Drawing {
    body: String,
    y: usize,
    width: usize,
}

impl Drawing {
    fn frame(&mut self, frame: &Frame<'_>) {
        self.y += 34;
        self.text(10, self.y, "caption", &frame.caption);
        self.width = self.width.max(20 + text_width(&frame.caption) * 5 / 4);
        let top = self.y + 14;
        let (mut left, mut right) = (top, top);
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for block in frame.picture.blocks.iter().take(BLOCKS_MAX) {
            if block.is_strip() {
                right = self.array(frame, block, right, &mut ends);
            } else {
                left = self.table(frame, block, left, &mut starts, &mut ends);
            }
        }
        for arrow in &frame.picture.arrows {
            self.arrow(arrow, &starts, &ends, frame.picture);
        }
        self.y = left.max(right);
        if frame.picture.blocks.len() > BLOCKS_MAX {
            let n = frame.picture.blocks.len() - BLOCKS_MAX;
            self.y += LINE;
            self.text(
                10,
                self.y,
                "faint",
                &format!("… {n} more blocks are not drawn"),
            );
        }
    }

    fn text(&mut self, x: usize, y: usize, class: &str, text: &str) {
        let text = escape(text);
        self.body.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{text}</text>\n"
        ));
    }

    fn rect(&mut self, x: usize, y: usize, width: usize, height: usize, class: &str) {
        self.body.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"/>\n"
        ));
    }

    fn title(&mut self, frame: &Frame<'_>, block: &Block, x: usize, y: usize) {
        let mark = if frame.delta.adds(&block.label) {
            "*"
        } else {
            ""
        };
        let label = format!("{}{mark}", block.label);
        self.text(x, y, "label", &label);
        let kind = format!("{} · {} bytes", block.type_name, block.size);
        self.text(x + text_width(&label) + 12, y, "faint", &kind);
        self.width = self
            .width
            .max(x + text_width(&label) + 12 + text_width(&kind));
    }

    /// Draws a header or another structure; returns where the next may begin.
    fn table(
        &mut self,
        frame: &Frame<'_>,
        block: &Block,
        top: usize,
        starts: &mut Vec<Spot>,
        ends: &mut Vec<Spot>,
    ) -> usize {
        self.title(frame, block, 10, top + 16);
        let mut y = top + LINE;
        for field in block.fields.iter().take(CELLS_MAX) {
            let changed = frame.delta.changes(&block.label, &field.name);
            self.rect(10, y, HEADERS, LINE, if changed { "change" } else { "" });
            self.text(18, y + 16, "", &fit(&field.name, 14));
            self.text(140, y + 16, "faint", &field.offset.to_string());
            self.text(170, y + 16, "faint", &fit(&hex(field), 24));
            let mark = if changed { "*" } else { "" };
            let meaning = fit(&format!("{}{mark}", field.meaning), 13);
            self.text(380, y + 16, if changed { "change" } else { "" }, &meaning);
            let spot = |x| Spot {
                block: block.label.clone(),
                field: field.name.clone(),
                x,
                y: y + 11,
            };
            starts.push(spot(10 + HEADERS));
            ends.push(spot(10 + HEADERS));
            y += LINE;
        }
        self.width = self.width.max(10 + HEADERS);
        y + 14
    }

    /// Draws a row of cells; returns where the next may begin.
    fn array(
        &mut self,
        frame: &Frame<'_>,
        block: &Block,
        top: usize,
        ends: &mut Vec<Spot>,
    ) -> usize {
        self.title(frame, block, ARRAYS, top + 16);
        let shown = &block.fields[..block.fields.len().min(CELLS_MAX)];
        let columns = shown
            .iter()
            .map(|f| UnicodeWidthStr::width(&*f.meaning))
            .max()
            .unwrap_or(1);
        let cell = columns.clamp(3, 12) * COLUMN + 14;
        let mut y = top + LINE;
        for (row, cells) in shown.chunks(PER_ROW).enumerate() {
            for (column, field) in cells.iter().enumerate() {
                let x = ARRAYS + column * cell;
                self.text(
                    x + 4,
                    y + 12,
                    "faint",
                    &(row * PER_ROW + column).to_string(),
                );
                self.cell(frame, block, field, (x, y + 16), cell);
                let (block, field) = (block.label.clone(), field.name.clone());
                ends.push(Spot {
                    block,
                    field,
                    x,
                    y: y + 27,
                });
            }
            self.width = self.width.max(ARRAYS + cells.len() * cell);
            y += 16 + LINE + 8;
            for arrow in frame
                .picture
                .arrows
                .iter()
                .filter(|arrow| arrow.to == block.label)
            {
                if let Some(x) = self.reach(arrow, cells, y, cell) {
                    let holder = frame.picture.holder(arrow);
                    self.text(x, y + 4, "label", &holder);
                    self.width = self.width.max(x + text_width(&holder));
                    y += 16;
                }
            }
        }
        if block.fields.len() > CELLS_MAX {
            y += LINE;
            let n = block.fields.len() - CELLS_MAX;
            self.text(
                ARRAYS,
                y - 6,
                "faint",
                &format!("… {n} more cells are not drawn"),
            );
        }
        y + 10
    }

    fn cell(
        &mut self,
        frame: &Frame<'_>,
        block: &Block,
        field: &Field,
        at: (usize, usize),
        width: usize,
    ) {
        let changed = frame.delta.changes(&block.label, &field.name);
        let (class, mark) = if changed { ("change", "*") } else { ("", "") };
        self.rect(at.0, at.1, width, LINE, class);
        let text = fit(&format!("{}{mark}", field.meaning), 13);
        self.text(at.0 + 6, at.1 + 16, class, &text);
    }

    /// Draws what a header sees of a row of cells; returns where its name belongs, if it sees any.
    fn reach(&mut self, arrow: &Arrow, cells: &[Field], y: usize, cell: usize) -> Option<usize> {
        let extent = arrow.extent?;
        let span = |bytes: usize| {
            let seen = arrow.offset..arrow.offset + bytes;
            let inside = |field: &Field| seen.contains(&field.offset);
            let first = cells.iter().position(inside)?;
            Some((first, cells.iter().rposition(inside)? + 1))
        };
        let (first, cap) = span(extent.cap)?;
        let len = span(extent.len).map_or(first, |(_, len)| len);
        let x = |column: usize| ARRAYS + column * cell;
        for (class, from, to) in [("len", first, len), ("cap", len, cap)] {
            if from < to {
                let (x1, x2) = (x(from) + 3, x(to) - 3);
                let line = format!(
                    "<line x1=\"{x1}\" y1=\"{y}\" x2=\"{x2}\" y2=\"{y}\" class=\"{class}\"/>\n"
                );
                self.body.push_str(&line);
            }
        }
        Some(x(cap) + 6)
    }

    fn arrow(&mut self, arrow: &Arrow, starts: &[Spot], ends: &[Spot], picture: &Picture) {
        let start = starts
            .iter()
            .find(|spot| spot.block == arrow.from && spot.field == arrow.field);
        let target = picture.block(&arrow.to).and_then(|block| {
            let field = block
                .fields
                .iter()
                .rfind(|field| field.offset <= arrow.offset)?;
            ends.iter()
                .find(|spot| spot.block == block.label && spot.field == field.name)
        });
        let (Some(start), Some(end)) = (start, target) else {
            return;
        };
        let (x1, y1, x2, y2) = (start.x, start.y, end.x, end.y);
        // A block below in the same column is entered from the right, an array from the left.
        let (bend, before, tip) = if x2 > x1 {
            (x2.saturating_sub(40), x2 - 8, "l -9 -4 l 0 8 z")
        } else {
            (x1 + 60, x2 + 8, "l 9 -4 l 0 8 z")
        };
        self.body.push_str(&format!(
            "<path d=\"M {x1} {y1} C {} {y1}, {bend} {y2}, {before} {y2}\"/>\
             <path class=\"tip\" d=\"M {x2} {y2} {tip}\"/>\n",
            x1 + 60
        ));
    }
}

fn hex(field: &Field) -> String {
    match &field.bytes {
        Bytes::Known(bytes) => bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .join(" "),
        Bytes::Address => "an address".to_string(),
        Bytes::Padding => "padding".to_string(),
    }
}
