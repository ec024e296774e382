//! A picture for the terminal: headers as tables, arrays as rows of cells with the reach of each
//! header drawn below.
//!
//! ```text
//!   ┌─ s ─ []int ─ 24 bytes ────────────────────────┐
//!   │ array   0  address                  → a1[0]   │     name, offset, bytes, meaning
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

use core::ops::Range;

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::UnicodeWidthStr;

use crate::diff::Delta;
use crate::picture::{Arrow, Block, Bytes, Field, Picture};

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
}

impl Default for Style {
    /// 80 columns, no colours, no bytes of array elements, 24 blocks, 48 cells.
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            bytes: false,
            blocks_max: 24,
            cells_max: 48,
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
        style,
    };
    let (drawn, left_out) = page.choose_blocks();
    let mut text = String::new();
    for row in page.pack(drawn.iter().map(|block| page.block(block)).collect()) {
        for line in row {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    if !left_out.is_empty() {
        text.push_str(&page.paint(FAINT, &blocks_left_out(&left_out, style.width)));
        text.push('\n');
    }
    text
}

/// The display width of `text`, which must be unpainted.
fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` cut to `width` columns, with `…` where something was cut.
fn fit(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let mut fitted = String::new();
    for c in text.chars() {
        if columns(&fitted) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        fitted.push(c);
    }
    fitted + "…"
}

fn pad_right(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// One line that says what the picture does not show.
fn blocks_left_out(blocks: &[&Block], width: usize) -> String {
    let mut kinds: Vec<(&str, usize, usize)> = Vec::new();
    for block in blocks {
        match kinds.iter_mut().find(|(name, ..)| *name == block.type_name) {
            Some((_, count, bytes)) => (*count, *bytes) = (*count + 1, *bytes + block.size),
            None => kinds.push((&block.type_name, 1, block.size)),
        }
    }
    let (first, last) = (&blocks[0].label, &blocks[blocks.len() - 1].label);
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(name, n, bytes)| format!("{n} × {name} ({bytes} bytes)"))
        .collect();
    fit(
        &format!(
            "… {} blocks left out, {first} to {last}: {}",
            blocks.len(),
            kinds.join(", ")
        ),
        width,
    )
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

    /// The blocks to draw, and those to leave out, both in order.
    fn choose_blocks(&self) -> (Vec<&'a Block>, Vec<&'a Block>) {
        let touched = |block: &Block| {
            self.delta.adds(&block.label)
                || block
                    .fields
                    .iter()
                    .any(|field| self.delta.changes(&block.label, &field.name))
        };
        let (mut drawn, mut left_out) = (Vec::new(), Vec::new());
        for block in &self.picture.blocks {
            let room = drawn.len() < self.style.blocks_max;
            if room || touched(block) {
                drawn.push(block);
            } else {
                left_out.push(block);
            }
        }
        (drawn, left_out)
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
        if block.is_strip() && !self.style.bytes {
            self.strip(block)
        } else {
            self.table(block)
        }
    }

    /// `label ─ type ─ n bytes`, painted, and its display width.
    fn title(&self, block: &Block) -> (String, usize) {
        let mark = if self.delta.adds(&block.label) {
            "*"
        } else {
            ""
        };
        let rest = format!("{mark} ─ {} ─ {} bytes", block.type_name, block.size);
        let rest = fit(
            &rest,
            self.style.width.saturating_sub(columns(&block.label) + 6),
        );
        let width = columns(&block.label) + columns(&rest);
        (self.paint(LABEL, &block.label) + &rest, width)
    }

    fn table(&self, block: &Block) -> Drawing {
        let (rows, left_out) = self.choose_rows(block);
        let width_of = |text: fn(&Field) -> String| {
            rows.iter()
                .map(|field| columns(&text(field)))
                .max()
                .unwrap_or(0)
        };
        let (name_w, at_w) = (
            width_of(|f| f.name.clone()),
            width_of(|f| f.offset.to_string()),
        );
        let meanings: Vec<String> = rows
            .iter()
            .map(|field| self.meaning(block, field))
            .collect();
        let meaning_w = meanings
            .iter()
            .map(|meaning| columns(meaning))
            .max()
            .unwrap_or(0);
        let room = self
            .style
            .width
            .saturating_sub(4 + name_w + at_w + meaning_w.min(24) + 6)
            .max(8);
        let bytes_w = rows
            .iter()
            .map(|field| columns(&hex(&field.bytes, room)))
            .max()
            .unwrap_or(0);
        let (title, title_w) = self.title(block);
        let meaning_w = meaning_w
            .min(
                self.style
                    .width
                    .saturating_sub(10 + name_w + at_w + bytes_w),
            )
            .max(1);
        let inner = (name_w + at_w + bytes_w + meaning_w + 6).max(title_w + 2);
        let meaning_w = inner - name_w - at_w - bytes_w - 6;
        let mut lines = vec![format!("┌─ {title} {}┐", "─".repeat(inner - title_w - 1))];
        for (field, meaning) in rows.iter().zip(&meanings) {
            let meaning = pad_right(&fit(meaning, meaning_w), meaning_w);
            lines.push(format!(
                "│ {}  {}  {}  {} │",
                pad_right(&field.name, name_w),
                self.paint(FAINT, &pad_left(&field.offset.to_string(), at_w)),
                pad_right(&hex(&field.bytes, room), bytes_w),
                self.paint(self.ink(block, field), &meaning),
            ));
        }
        if left_out > 0 {
            let note = format!("… {left_out} more fields left out");
            lines.push(format!("│ {} │", pad_right(&fit(&note, inner), inner)));
        }
        lines.push(format!("└{}┘", "─".repeat(inner + 2)));
        Drawing {
            lines,
            width: inner + 4,
            narrow: true,
        }
    }

    fn choose_rows<'b>(&self, block: &'b Block) -> (&'b [Field], usize) {
        let n = block.fields.len().min(self.style.cells_max);
        (&block.fields[..n], block.fields.len() - n)
    }

    fn meaning(&self, block: &Block, field: &Field) -> String {
        let arrow = if self.picture.arrow(&block.label, &field.name).is_some() {
            "→ "
        } else {
            ""
        };
        let mark = if self.delta.changes(&block.label, &field.name) {
            "*"
        } else {
            ""
        };
        format!("{arrow}{}{mark}", field.meaning)
    }

    fn ink(&self, block: &Block, field: &Field) -> Ansi {
        if self.delta.changes(&block.label, &field.name) {
            CHANGED
        } else if self.picture.arrow(&block.label, &field.name).is_some() {
            ARROW
        } else {
            Ansi::new()
        }
    }

    fn strip(&self, block: &Block) -> Drawing {
        let reaches: Vec<&Arrow> = self
            .picture
            .arrows
            .iter()
            .filter(|arrow| arrow.to == block.label)
            .collect();
        let names: Vec<String> = reaches
            .iter()
            .map(|arrow| fit(&self.picture.holder(arrow), 16))
            .collect();
        let margin = names
            .iter()
            .map(|name| columns(name))
            .max()
            .unwrap_or(0)
            .clamp(2, 16);
        let texts: Vec<String> = block
            .fields
            .iter()
            .map(|field| self.meaning(block, field))
            .collect();
        let index_w = block.fields.len().saturating_sub(1).to_string().len();
        let cell_w = texts
            .iter()
            .map(|text| columns(text))
            .max()
            .unwrap_or(1)
            .clamp(index_w, 24);
        let per_row = (self.style.width.saturating_sub(margin + 2) / (cell_w + 3)).max(1);
        let (title, _) = self.title(block);
        let mut lines = vec![title];
        for part in self.choose_cells(block, per_row) {
            match part {
                Part::Cells(cells) => {
                    let grid = Grid {
                        block,
                        texts: &texts,
                        cells: cells.clone(),
                        cell_w,
                        margin,
                    };
                    lines.extend(self.row_of_cells(&grid));
                    for (arrow, name) in reaches.iter().zip(&names) {
                        lines.extend(self.reach(&grid, arrow, name));
                    }
                }
                Part::LeftOut(cells) => {
                    lines.push(self.paint(FAINT, &cells_left_out(block, &cells)));
                }
            }
        }
        Drawing {
            lines,
            width: self.style.width,
            narrow: false,
        }
    }

    /// Cuts an array into rows, with the middle left out when it is long.
    fn choose_cells(&self, block: &Block, per_row: usize) -> Vec<Part> {
        let n = block.fields.len();
        let rows = |cells: Range<usize>| {
            let end = cells.end;
            cells
                .step_by(per_row)
                .map(move |start| Part::Cells(start..end.min(start + per_row)))
        };
        if n <= self.style.cells_max.max(2 * per_row) {
            return rows(0..n).collect();
        }
        let head = (self.style.cells_max / per_row).max(2).saturating_sub(1) * per_row;
        let tail = n - per_row.min(n - head);
        rows(0..head)
            .chain([Part::LeftOut(head..tail)])
            .chain(rows(tail..n))
            .collect()
    }

    fn row_of_cells(&self, grid: &Grid<'_>) -> [String; 4] {
        let Grid {
            block,
            texts,
            cells,
            cell_w,
            margin,
        } = grid;
        let indent = " ".repeat(margin + 1);
        let edge = |left, middle, right| {
            let bars = vec!["─".repeat(cell_w + 2); cells.len()].join(middle);
            format!("{indent}{left}{bars}{right}")
        };
        let indexes: Vec<_> = cells
            .clone()
            .map(|i| pad_left(&i.to_string(), *cell_w))
            .collect();
        let values: Vec<_> = cells
            .clone()
            .map(|i| {
                let text = pad_left(&fit(&texts[i], *cell_w), *cell_w);
                self.paint(self.ink(block, &block.fields[i]), &text)
            })
            .collect();
        [
            self.paint(FAINT, &format!("{indent}  {}", indexes.join("   "))),
            edge("┌", "┬", "┐"),
            format!("{indent}│ {} │", values.join(" │ ")),
            edge("└", "┴", "┘"),
        ]
    }

    /// The line that shows how much of a row a header sees; none where it sees nothing of it.
    fn reach(&self, grid: &Grid<'_>, arrow: &Arrow, name: &str) -> Option<String> {
        let extent = arrow.extent?;
        let mut line = String::new();
        for i in grid.cells.clone() {
            let at = grid.block.fields[i].offset;
            let inside = |bytes: usize| (arrow.offset..arrow.offset + bytes).contains(&at);
            let (ink, gap) = match (inside(extent.len), inside(extent.cap)) {
                (true, _) => ("━", "━"),
                (false, true) => ("┄", "┄"),
                (false, false) => (" ", " "),
            };
            let joined = arrow.offset < at && i > grid.cells.start;
            line.push_str(if joined { gap } else { " " });
            line.push_str(&ink.repeat(grid.cell_w + 2));
        }
        let line = line.trim_end();
        (!line.is_empty()).then(|| {
            format!(
                "{} {}",
                self.paint(LABEL, &pad_right(name, grid.margin)),
                line
            )
        })
    }
}

/// A row of an array, or a run of cells that is left out.
enum Part {
    Cells(Range<usize>),
    LeftOut(Range<usize>),
}

/// One row of cells of a strip and its measures in columns.
struct Grid<'a> {
    block: &'a Block,
    texts: &'a [String],
    cells: Range<usize>,
    cell_w: usize,
    margin: usize,
}

fn cells_left_out(block: &Block, cells: &Range<usize>) -> String {
    let fields = &block.fields[cells.clone()];
    let first = &fields[0];
    let contents = match fields.iter().all(|field| field.meaning == first.meaning) {
        true => format!("all {}", first.meaning),
        false => "of different values".to_string(),
    };
    let last = &fields[fields.len() - 1].name;
    format!(
        "   … {} cells left out, {} to {last}: {contents}",
        fields.len(),
        first.name
    )
}

/// Bytes in memory order, at most `room` columns of them.
fn hex(bytes: &Bytes, room: usize) -> String {
    match bytes {
        Bytes::Known(bytes) => {
            let pairs: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let all = pairs.join(" ");
            if all.len() <= room {
                return all;
            }
            let shown = room.saturating_sub(1) / 3;
            format!("{} …", pairs[..shown].join(" "))
        }
        Bytes::Address => fit("an address", room),
        Bytes::Padding => fit("padding", room),
    }
}
