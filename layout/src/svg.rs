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
//! Headers stand on the left, arrays on the right, one column each; of parallel arrays
//! (svg/grid.rs) each stands beside the one that points to it. Several steps follow one another
//! from top to bottom. Colours come from a style sheet inside the file that follows
//! `prefers-color-scheme`; what changed is marked by an outline and a star, not by colour alone.
//! A title and a description in words come first, for readers who cannot see the drawing; the title
//! stands below the last step too.
//!
//! V1  An arrow whose start is drawn is drawn too: to its cell, to the line that counts the cells
//!     left out, or as `→ a30[0] (not drawn)` where the whole block is left out.
//! V2  The text is legal XML whatever the values hold.

mod grid;

use std::collections::HashSet;

use crate::choose;
use crate::columns::{columns, fit};
use crate::diff::Delta;
use crate::picture::{Arrow, Block, Bytes, Field, Picture};
use crate::text::Words;

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
const HEADERS: usize = 560;
/// Where the column of arrays begins, in pixels from the left.
const ARRAYS: usize = HEADERS + 90;
/// Columns of the meaning of a field.
const MEANING: usize = 22;
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
text.title { font-size: 11px; fill: var(--faint); }
text.label { fill: var(--label); font-weight: 700; } text.faint { fill: var(--faint); }
rect { fill: var(--box); stroke: var(--line); }
rect.change { stroke: var(--change); stroke-width: 2.5; }
text.change { fill: var(--change); font-weight: 700; }
path { fill: none; stroke: var(--arrow); stroke-width: 1.5; }
path.tip { fill: var(--arrow); stroke: none; }
line.len { stroke: var(--label); stroke-width: 4; }
line.cap { stroke: var(--label); stroke-width: 2; stroke-dasharray: 2 4; }
";

/// Draws one picture under its title.
#[must_use]
pub fn render(title: &str, picture: &Picture, words: &'static Words) -> String {
    let frame = Frame {
        caption: title.to_string(),
        picture,
        delta: Delta::default(),
    };
    strip(title, &[frame], words)
}

/// Draws steps one below the other, and the title below them unless a caption says the same.
#[must_use]
pub fn strip(title: &str, frames: &[Frame<'_>], words: &'static Words) -> String {
    let mut drawing = Drawing {
        body: String::new(),
        y: 0,
        width: 0,
        words,
    };
    for frame in frames {
        drawing.frame(frame);
    }
    if frames.iter().all(|frame| frame.caption != title) {
        drawing.y += LINE;
        drawing.text(10, drawing.y, "title", title);
        drawing.width = drawing.width.max(10 + text_width(title));
    }
    let description: Vec<String> = frames
        .iter()
        .map(|frame| frame.caption.clone() + words.colon + &in_words(frame.picture, words))
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
fn in_words(picture: &Picture, words: &Words) -> String {
    let mut text = String::new();
    for block in &picture.blocks {
        text.push_str(&words.is(block));
        let fields = block.fields.iter();
        let told: Vec<_> = fields
            .filter(|field| field.bytes != Bytes::Padding)
            .collect();
        for (i, field) in told.iter().take(CELLS_MAX).enumerate() {
            let meaning = words.meaning(field);
            let said = match picture.arrow(&block.label, &field.name) {
                Some(_) => words.points_to(meaning),
                None => meaning.to_string(),
            };
            text.push_str(if i == 0 { words.colon } else { words.comma });
            text.push_str(&format!("{} {said}", field.name));
        }
        if told.len() > CELLS_MAX {
            text.push_str(words.comma);
            text.push_str(&words.fields_left_out(told.len() - CELLS_MAX));
        }
        text.push_str(words.stop);
    }
    text
}

/// Text as XML writes it (V2); XML 1.0 cannot say control characters at all.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn text_width(text: &str) -> usize {
    columns(text) * COLUMN
}

/// A place that an arrow can lead from or to: a field, or the line of those that are not drawn.
struct Spot<'f> {
    block: &'f str,
    field: Option<&'f str>,
    x: usize,
    y: usize,
}

/// A frame while it is drawn.
struct Scene<'f> {
    frame: &'f Frame<'f>,
    changed: HashSet<(&'f str, &'f str)>,
    drawn: Vec<&'f Block>,
    starts: Vec<Spot<'f>>,
    ends: Vec<Spot<'f>>,
}

impl<'f> Scene<'f> {
    /// The arrow from this field, if its target is not drawn.
    fn leads_out(&self, block: &Block, field: &Field) -> Option<&'f Arrow> {
        let arrow = self.frame.picture.arrow(&block.label, &field.name)?;
        let target = self.drawn.iter().find(|drawn| drawn.label == arrow.to);
        let drawn = target.is_some_and(|target| !target.fields.is_empty());
        (!drawn).then_some(arrow)
    }

    /// Where an arrow ends, if its block is drawn.
    fn end(&self, arrow: &Arrow) -> Option<&Spot<'f>> {
        let block = self.frame.picture.block(&arrow.to)?;
        let mut fields = block.fields.iter();
        let field = fields.rfind(|field| field.offset <= arrow.offset)?;
        let spot = |name: Option<&str>| {
            let mut ends = self.ends.iter();
            ends.find(|spot| spot.block == block.label && spot.field == name)
        };
        spot(Some(&field.name)).or_else(|| spot(None))
    }

    fn is_changed(&self, block: &Block, field: &Field) -> bool {
        self.changed.contains(&(&*block.label, &*field.name))
    }
}

/// The body of the file so far.
struct Drawing {
    body: String,
    y: usize,
    width: usize,
    words: &'static Words,
}

impl Drawing {
    fn frame(&mut self, frame: &Frame<'_>) {
        self.y += 34;
        self.text(10, self.y, "caption", &frame.caption);
        self.width = self.width.max(20 + text_width(&frame.caption) * 5 / 4);
        let (mut left, mut right) = (self.y + 14, self.y + 14);
        let (drawn, left_out) = choose::blocks(frame.picture, &frame.delta, BLOCKS_MAX);
        let mut scene = Scene {
            frame,
            changed: frame.delta.changed_fields(),
            drawn: drawn.clone(),
            starts: Vec::new(),
            ends: Vec::new(),
        };
        let mut beside = None;
        for block in drawn {
            if let Some(grid) = block.grid().filter(|grid| grid.rows.len() <= CELLS_MAX) {
                right = right.max(self.grid(&mut scene, (block, &grid), right, &mut beside));
            } else if block.is_strip() {
                right = self.array(&mut scene, block, right);
            } else {
                left = self.table(&mut scene, block, left);
            }
        }
        for arrow in &frame.picture.arrows {
            self.arrow(arrow, &scene);
        }
        self.y = left.max(right);
        if !left_out.is_empty() {
            self.y += LINE;
            let note = self.words.blocks_not_drawn(left_out.len());
            self.text(10, self.y, "faint", &note);
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

    fn title(&mut self, scene: &Scene<'_>, block: &Block, x: usize, y: usize) {
        let added = scene.frame.delta.adds(&block.label);
        let label = format!("{}{}", block.label, if added { "*" } else { "" });
        self.text(x, y, "label", &label);
        let kind = format!("{} · {}", block.type_name, self.words.bytes(block.size));
        let kind_x = x + text_width(&label) + 12;
        self.text(kind_x, y, "faint", &kind);
        self.width = self.width.max(kind_x + text_width(&kind));
    }

    /// Draws a header or another structure; returns where the next may begin.
    fn table<'f>(&mut self, scene: &mut Scene<'f>, block: &'f Block, top: usize) -> usize {
        self.title(scene, block, 10, top + 16);
        let mut y = top + LINE;
        let spot = |field, y| Spot {
            block: &block.label,
            field,
            x: 10 + HEADERS,
            y: y + 11,
        };
        let (shown, left_out) = block.fields.split_at(block.fields.len().min(CELLS_MAX));
        for field in shown {
            let changed = scene.is_changed(block, field);
            let class = if changed { "change" } else { "" };
            self.rect(10, y, HEADERS, LINE, class);
            self.text(18, y + 16, "", &fit(&field.name, 14));
            self.text(140, y + 16, "faint", &field.offset.to_string());
            let bytes = self.words.contents(field);
            self.text(170, y + 16, "faint", &fit(&bytes, 24));
            let meaning = self.meaning(scene, block, field);
            self.text(380, y + 16, class, &meaning);
            scene.starts.push(spot(Some(&field.name), y));
            scene.ends.push(spot(Some(&field.name), y));
            y += LINE;
        }
        if !left_out.is_empty() {
            let sentence = self.words.fields_left_out(left_out.len());
            self.left_out(scene, block, left_out, (18, y + 16), sentence);
            scene.ends.push(spot(None, y));
            y += LINE;
        }
        self.width = self.width.max(10 + HEADERS);
        y + 14
    }

    /// What a field means, with the place it points to where no arrow can be drawn (V1).
    fn meaning(&self, scene: &Scene<'_>, block: &Block, field: &Field) -> String {
        let changed = scene.is_changed(block, field);
        let mark = if changed { "*" } else { "" };
        let meaning = self.words.meaning(field);
        if scene.leads_out(block, field).is_none() {
            return fit(&format!("{meaning}{mark}"), MEANING);
        }
        let room = MEANING.saturating_sub(columns(&self.words.not_drawn(mark)));
        let place = fit(&format!("→ {meaning}"), room);
        self.words.not_drawn(&(place + mark))
    }

    /// Says what is not drawn of a block, and what is changed there.
    fn left_out(
        &mut self,
        scene: &Scene<'_>,
        block: &Block,
        fields: &[Field],
        (x, y): (usize, usize),
        mut sentence: String,
    ) {
        let changed = fields.iter().filter(|field| scene.is_changed(block, field));
        let changed: Vec<&str> = changed.map(|field| field.name.as_str()).collect();
        if !changed.is_empty() {
            sentence += self.words.comma;
            sentence += &self.words.changed(&changed);
        }
        let class = if changed.is_empty() {
            "faint"
        } else {
            "change"
        };
        self.text(x, y, class, &sentence);
        self.width = self.width.max(x + text_width(&sentence));
    }

    /// Draws rows of cells; returns where the next may begin.
    fn array<'f>(&mut self, scene: &mut Scene<'f>, block: &'f Block, top: usize) -> usize {
        self.title(scene, block, ARRAYS, top + 16);
        let (shown, left_out) = block.fields.split_at(block.fields.len().min(CELLS_MAX));
        let widest = shown
            .iter()
            .map(|field| columns(self.words.meaning(field)))
            .max()
            .unwrap_or(1);
        let cell = widest.clamp(3, 12) * COLUMN + 14;
        let mut y = top + LINE;
        for (row, cells) in shown.chunks(PER_ROW).enumerate() {
            for (column, field) in cells.iter().enumerate() {
                let x = ARRAYS + column * cell;
                let index = row * PER_ROW + column;
                self.text(x + 4, y + 12, "faint", &index.to_string());
                self.cell(scene, block, field, (x, y + 16), cell);
            }
            self.width = self.width.max(ARRAYS + cells.len() * cell);
            y = self.reaches(scene, block, cells, y + 16 + LINE + 8, cell);
        }
        let arrows = shown.iter().filter_map(|f| scene.leads_out(block, f));
        let out: Vec<&str> = arrows.map(|arrow| arrow.to.as_str()).collect();
        if !out.is_empty() {
            y += LINE;
            let places = fit(&format!("→ {}", out.join(", ")), 60);
            let note = self.words.not_drawn(&places);
            self.text(ARRAYS, y - 6, "faint", &note);
            self.width = self.width.max(ARRAYS + text_width(&note));
        }
        if !left_out.is_empty() {
            y += LINE;
            let sentence = self.words.cells_not_drawn(left_out.len());
            self.left_out(scene, block, left_out, (ARRAYS, y - 6), sentence);
            scene.ends.push(Spot {
                block: &block.label,
                field: None,
                x: ARRAYS,
                y: y - 10,
            });
        }
        y + 10
    }

    fn cell<'f>(
        &mut self,
        scene: &mut Scene<'f>,
        block: &'f Block,
        field: &'f Field,
        (x, y): (usize, usize),
        width: usize,
    ) {
        let changed = scene.is_changed(block, field);
        let (class, mark) = if changed { ("change", "*") } else { ("", "") };
        self.rect(x, y, width, LINE, class);
        let text = fit(&format!("{}{mark}", self.words.meaning(field)), 13);
        self.text(x + 6, y + 16, class, &text);
        let spot = |x, y| Spot {
            block: &block.label,
            field: Some(&field.name),
            x,
            y,
        };
        scene.starts.push(spot(x + width / 2, y + LINE));
        scene.ends.push(spot(x, y + 11));
    }

    /// Draws what each header sees of a row of cells; returns where the next row may begin.
    fn reaches(
        &mut self,
        scene: &Scene<'_>,
        block: &Block,
        cells: &[Field],
        mut y: usize,
        cell: usize,
    ) -> usize {
        let picture = scene.frame.picture;
        for arrow in picture.arrows.iter().filter(|a| a.to == block.label) {
            if let Some(x) = self.reach(arrow, cells, y, cell) {
                let holder = picture.holder(arrow);
                self.text(x, y + 4, "label", &holder);
                self.width = self.width.max(x + text_width(&holder));
                y += 16;
            }
        }
        y
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

    fn arrow(&mut self, arrow: &Arrow, scene: &Scene<'_>) {
        let mut starts = scene.starts.iter();
        let start =
            starts.find(|spot| spot.block == arrow.from && spot.field == Some(&*arrow.field));
        // Without a start the field is among those that a line counts as left out; without an end
        // the field itself says where it points (V1).
        let (Some(start), Some(end)) = (start, scene.end(arrow)) else {
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
