//! A picture for the terminal: headers as tables, arrays as rows of cells with the reach of each
//! header drawn below.
//!
//! ```text
//!   ┌─ s ─ []int ─ 24 bytes ────────────────────────┐
//!   │ array   0  an address               → a1[0]   │     name, offset, bytes, meaning
//!   │ len     8  01 00 00 00 00 00 00 00  1         │
//!   └───────────────────────────────────────────────┘
//!   a1 ─ [4]int ─ 32 bytes
//!         0    1    2    3
//!      ┌────┬────┬────┬────┐
//!      │ 12 │ 1* │  0 │  0 │                               * changed by this step
//!      └────┴────┴────┴────┘
//!   s   ━━━━ ┄┄┄┄┄┄┄┄┄┄┄┄┄┄                                ━ visible (len)   ┄ spare (cap)
//! ```
//!
//! What does not fit is left out, and a line says what: cells in the middle of a long array, blocks
//! behind the first few dozen, the ends of over-wide lines.
//!
//! X1  No line is wider than `Style::width` (or 40, if that is less).
//! X2  What the step changed is drawn, or a line of what is left out counts it.
//!
//! Arrays are drawn in text/strip.rs, parallel arrays in text/grid.rs, everything else in
//! text/table.rs; text/words.rs holds the words of each language.

mod grid;
mod strip;
mod table;
mod words;

use std::collections::HashSet;

use anstyle::{AnsiColor, Style as Ansi};

use crate::choose;
use crate::columns::{columns, fit};
use crate::diff::Delta;
use crate::picture::{Block, Field, Picture};

pub use words::Words;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal; nothing is drawn beyond, down to a least width of 40.
    pub width: usize,
    /// Whether to use colours (ANSI escape sequences).
    pub color: bool,
    /// Whether to show arrays as tables with the bytes of each element.
    pub bytes: bool,
    /// Blocks drawn before the rest is left out; changed ones are always drawn.
    pub blocks_max: usize,
    /// Cells of one array drawn before its middle is left out.
    pub cells_max: usize,
    /// The language.
    pub words: &'static Words,
}

impl Default for Style {
    /// 80 columns, no colours, no bytes of array elements, 24 blocks, 48 cells,
    /// English.
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            bytes: false,
            blocks_max: 24,
            cells_max: 48,
            words: &Words::EN,
        }
    }
}

const LABEL: Ansi = AnsiColor::Cyan.on_default().bold();
const FAINT: Ansi = Ansi::new().dimmed();
const CHANGED: Ansi = AnsiColor::Yellow.on_default().bold();
const ARROW: Ansi = AnsiColor::Green.on_default();

/// Draws a picture.
#[must_use]
pub fn render(picture: &Picture, style: &Style) -> String {
    render_step(picture, &Delta::default(), style)
}

/// Draws a picture and marks with `*` what `delta`, the step that led to it, changed.
#[must_use]
pub fn render_step(picture: &Picture, delta: &Delta, style: &Style) -> String {
    let style = &Style {
        width: style.width.max(40),
        ..*style
    };
    let page = Page {
        picture,
        delta,
        changed: delta.changed_fields(),
        style,
    };
    let (drawn, left_out) = choose::blocks(picture, delta, style.blocks_max);
    let mut text = String::new();
    for row in page.pack(drawn.iter().map(|block| page.block(block)).collect()) {
        for line in row {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    if !left_out.is_empty() {
        let note = style
            .words
            .blocks_left_out(&left_out, page.in_a_row(&left_out));
        text.push_str(&page.paint(FAINT, &fit(&note, style.width)));
        text.push('\n');
    }
    text
}

/// A drawn block: its lines and their common display width.
struct Drawing {
    lines: Vec<String>,
    width: usize,
    /// Whether another drawing may stand beside it.
    narrow: bool,
}

struct Page<'a> {
    picture: &'a Picture,
    delta: &'a Delta,
    changed: HashSet<(&'a str, &'a str)>,
    style: &'a Style,
}

impl<'a> Page<'a> {
    fn paint(&self, ansi: Ansi, text: &str) -> String {
        if self.style.color {
            format!("{ansi}{text}{ansi:#}")
        } else {
            text.to_string()
        }
    }

    /// Whether nothing else lies between these blocks of the picture.
    fn in_a_row(&self, blocks: &[&Block]) -> bool {
        let first = self.picture.blocks.iter().position(|b| b == blocks[0]);
        let all = self.picture.blocks.iter().skip(first.unwrap_or(0));
        all.zip(blocks).all(|(block, left_out)| block == *left_out)
    }

    /// Puts narrow drawings side by side as long as they fit.
    fn pack(&self, drawings: Vec<Drawing>) -> Vec<Vec<String>> {
        let mut rows: Vec<(Vec<String>, usize, bool)> = Vec::new();
        for drawing in drawings {
            match rows.last_mut() {
                Some((lines, width, true))
                    if drawing.narrow && *width + 2 + drawing.width <= self.style.width =>
                {
                    let height = lines.len().max(drawing.lines.len());
                    lines.resize(height, " ".repeat(*width));
                    for (line, right) in lines.iter_mut().zip(&drawing.lines) {
                        line.push_str("  ");
                        line.push_str(right);
                    }
                    for line in lines.iter_mut().skip(drawing.lines.len()) {
                        line.push_str(&" ".repeat(drawing.width + 2));
                    }
                    *width += 2 + drawing.width;
                }
                _ => rows.push((drawing.lines, drawing.width, drawing.narrow)),
            }
        }
        rows.into_iter().map(|(lines, ..)| lines).collect()
    }

    fn block(&self, block: &Block) -> Drawing {
        if self.style.bytes {
            return self.table(block);
        }
        match block.grid() {
            Some(grid) if grid.rows.len() <= self.style.cells_max => self.grid(block, &grid),
            Some(_) | None if block.is_strip() => self.strip(block),
            Some(_) | None => self.table(block),
        }
    }

    /// `label ─ type ─ n bytes`, painted, and its display width, which is at most `width`.
    fn title(&self, block: &Block, width: usize) -> (String, usize) {
        let mark = if self.delta.adds(&block.label) {
            "*"
        } else {
            ""
        };
        let size = self.style.words.bytes(block.size);
        let rest = format!("{mark} ─ {} ─ {size}", block.type_name);
        // A long label leaves at least half of the line to the rest, a long rest to the label.
        let label = fit(&block.label, width - columns(&rest).min(width / 2));
        let rest = fit(&rest, width - columns(&label));
        let title_w = columns(&label) + columns(&rest);
        (self.paint(LABEL, &label) + &rest, title_w)
    }

    fn is_changed(&self, block: &Block, field: &Field) -> bool {
        self.changed.contains(&(&*block.label, &*field.name))
    }

    /// Names of those among `fields` that the step changed.
    fn changed<'b>(&self, block: &Block, fields: &'b [Field]) -> Vec<&'b str> {
        let changed = fields.iter().filter(|field| self.is_changed(block, field));
        changed.map(|field| field.name.as_str()).collect()
    }

    /// A sentence about `fields` that are left out, with what is changed among them: one line, or
    /// two where the width demands it.
    fn note(&self, block: &Block, fields: &[Field], sentence: String, width: usize) -> Vec<String> {
        let changed = self.changed(block, fields);
        if changed.is_empty() {
            return vec![fit(&sentence, width)];
        }
        let changed = self.style.words.changed(&changed);
        let whole = format!("{sentence}{}{changed}", self.style.words.comma);
        if columns(&whole) <= width {
            return vec![whole];
        }
        vec![fit(&sentence, width), fit(&format!("  {changed}"), width)]
    }

    fn meaning(&self, block: &Block, field: &Field) -> String {
        let arrow = if self.picture.arrow(&block.label, &field.name).is_some() {
            "→ "
        } else {
            ""
        };
        let mark = if self.is_changed(block, field) {
            "*"
        } else {
            ""
        };
        format!("{arrow}{}{mark}", self.style.words.meaning(field))
    }

    fn ink(&self, block: &Block, field: &Field) -> Ansi {
        if self.is_changed(block, field) {
            CHANGED
        } else if self.picture.arrow(&block.label, &field.name).is_some() {
            ARROW
        } else {
            Ansi::new()
        }
    }
}
