//! Parallel arrays as one table: a row for each index, a column for each array.
//!
//! ```text
//!   ┌─ buckets[2] ─ bmap ────────┐
//!   │      tophash    keys elems │
//!   │ 0    0x3f       "go"    14 │     one row a cell, whatever lies between its parts in memory
//!   │ 1    emptyOne              │
//!   │ 2–7  emptyRest             │     rows that hold nothing and say the same are drawn as one
//!   │ overflow  → buckets[2]+1   │     what belongs to no array; nothing where it means nothing
//!   └────────────────────────────┘
//! ```
//!
//! Size, offsets and bytes are in the table that is drawn instead when bytes are asked for.

use anstyle::Style as Ansi;

use super::{Drawing, FAINT, LABEL, Page};
use crate::columns::{columns, fit, pad_left, pad_right};
use crate::picture::{Block, Field, Grid, Run};

/// Columns that the text of one cell may take.
const CELL_MAX: usize = 24;
/// What frame and gaps take: `│ ` before, ` │` behind, two blanks before each column.
const FRAME: usize = 4;
const GAP: usize = 2;

/// A text and its colour.
type Said = (String, Ansi);

impl Page<'_> {
    pub(super) fn grid(&self, block: &Block, grid: &Grid<'_>) -> Drawing {
        let say = |field: &Field| (self.meaning(block, field), self.ink(block, field));
        let rows = grid.runs(say);
        let inside = self.style.width - FRAME;
        let index_w = rows
            .iter()
            .map(|row| columns(&row.index()))
            .max()
            .unwrap_or(1);
        let widths = measure(grid, &rows, inside - index_w);
        let others = self.others(block, grid, inside);
        let others_w = others
            .iter()
            .map(|(text, _)| columns(text))
            .max()
            .unwrap_or(0);
        let table_w = index_w + widths.iter().map(|w| w + GAP).sum::<usize>();
        let (title, title_w) = self.grid_title(block, inside - 2);
        let inner = table_w.max(others_w).max(title_w + 2);
        let line = |index: &str, cells: Vec<String>| {
            let blank = " ".repeat(inner - table_w);
            let index = pad_right(index, index_w);
            format!(
                "│ {}  {}{blank} │",
                self.paint(FAINT, &index),
                cells.join("  ")
            )
        };
        let mut lines = vec![format!("┌─ {title} {}┐", "─".repeat(inner - title_w - 1))];
        let names = grid.names.iter().zip(&widths);
        let names = names.map(|(name, w)| self.paint(FAINT, &pad_right(&fit(name, *w), *w)));
        lines.push(line("", names.collect()));
        for row in &rows {
            let cells = row.cells.iter().zip(&widths);
            let cells = cells.map(|((text, ink), w)| self.paint(*ink, &pad(&fit(text, *w), *w)));
            lines.push(line(&row.index(), cells.collect()));
        }
        for (text, ink) in others {
            lines.push(format!("│ {} │", self.paint(ink, &pad_right(&text, inner))));
        }
        lines.push(format!("└{}┘", "─".repeat(inner + 2)));
        Drawing {
            lines,
            width: inner + FRAME,
            narrow: true,
        }
    }

    /// The lines of the fields that belong to no array.
    fn others(&self, block: &Block, grid: &Grid<'_>, inside: usize) -> Vec<Said> {
        let fields = grid.others.iter().map(|field| {
            let meaning = self.meaning(block, field);
            (field, meaning)
        });
        let told = fields.filter(|(_, meaning)| !meaning.is_empty());
        told.map(|(field, meaning)| {
            let text = format!("{}  {meaning}", field.name);
            (fit(&text, inside), self.ink(block, field))
        })
        .collect()
    }

    /// `label ─ type`: such blocks come in numbers, all of one size.
    fn grid_title(&self, block: &Block, width: usize) -> (String, usize) {
        let added = self.delta.adds(&block.label);
        let mark = if added { "*" } else { "" };
        let rest = fit(&format!("{mark} ─ {}", block.type_name), width / 2);
        let label = fit(&block.label, width - columns(&rest));
        let title_w = columns(&label) + columns(&rest);
        (self.paint(LABEL, &label) + &rest, title_w)
    }
}

/// Numbers to the right, other texts to the left.
fn pad(text: &str, width: usize) -> String {
    let is_number = |c: char| c.is_ascii_digit() || "-+.*".contains(c);
    if !text.is_empty() && text.chars().all(is_number) {
        pad_left(text, width)
    } else {
        pad_right(text, width)
    }
}

/// The widths of the columns: as wide as their texts, cut from the widest until all have room.
fn measure(grid: &Grid<'_>, rows: &[Run<Said>], room: usize) -> Vec<usize> {
    let widest = |(column, name): (usize, &&str)| {
        let texts = rows.iter().map(|row| columns(&row.cells[column].0));
        texts
            .max()
            .unwrap_or(0)
            .clamp(columns(name), CELL_MAX.max(columns(name)))
    };
    let mut widths: Vec<usize> = grid.names.iter().enumerate().map(widest).collect();
    while widths.iter().map(|w| w + GAP).sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 1 => *widest -= 1,
            _ => break,
        }
    }
    widths
}
