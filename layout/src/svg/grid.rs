//! Parallel arrays as a table of cells, in the column of arrays.
//!
//! ```text
//!   buckets[2]  bmap · 144 bytes          buckets[2]+1  bmap · 144 bytes
//!       tophash     keys    elems             tophash     keys    elems
//!      ┌──────────┬───────┬───────┐          ┌──────────┬───────┬───────┐
//!   0  │ 0x3f     │ "go"  │ 2009  │      0–7 │ emptyRest│       │       │
//!      ├──────────┴───────┴───────┤    ▲     ├──────────┴───────┴───────┤
//!      │ overflow  → buckets[2]+1 │────┘     │ overflow  nil            │
//!      └──────────────────────────┘          └──────────────────────────┘
//! ```
//!
//! A table that the one drawn before points to stands beside it, so that a chain reads from left
//! to right.

use super::{ARRAYS, COLUMN, Drawing, LINE, Scene, Spot};
use crate::columns::{columns, fit};
use crate::picture::{Block, Field, Grid};

/// Pixels for the indexes.
const INDEX: usize = 34;
/// Pixels between two tables beside each other.
const APART: usize = 60;
/// Columns of text that a cell may take.
const CELL_MAX: usize = 20;

/// A table just drawn: beside it the next may stand.
pub(super) struct Beside<'f> {
    label: &'f str,
    right: usize,
    top: usize,
}

impl Drawing {
    /// Draws a table, at `top` or beside the one before; returns where the next may begin.
    pub(super) fn grid<'f>(
        &mut self,
        scene: &mut Scene<'f>,
        (block, grid): (&'f Block, &Grid<'f>),
        top: usize,
        beside: &mut Option<Beside<'f>>,
    ) -> usize {
        let leads_here = |before: &Beside<'f>| {
            let mut arrows = scene.frame.picture.arrows.iter();
            arrows.any(|arrow| arrow.from == before.label && arrow.to == block.label)
        };
        let (x, top) = match beside.take().filter(leads_here) {
            Some(before) => (before.right + APART, before.top),
            None => (ARRAYS, top),
        };
        self.title(scene, block, x, top + 16);
        let rows = grid.runs(|field| {
            (
                self.meaning(scene, block, field),
                class(scene, block, field),
            )
        });
        let width = |(column, name): (usize, &&str)| {
            let texts = rows.iter().map(|row| columns(&row.cells[column].0));
            let widest = texts.max().unwrap_or(0).max(columns(name));
            widest.min(CELL_MAX) * COLUMN + 14
        };
        let mut widths: Vec<usize> = grid.names.iter().enumerate().map(width).collect();
        self.widen(&mut widths, scene, block, grid);
        let (left, right) = (x + INDEX, x + INDEX + widths.iter().sum::<usize>());
        let mut y = top + 2 * LINE;
        let mut at = left;
        for (name, width) in grid.names.iter().zip(&widths) {
            self.text(at + 6, y - 6, "faint", &fit(name, CELL_MAX));
            at += width;
        }
        scene.ends.push(Spot {
            block: &block.label,
            field: None,
            x,
            y: y + 11,
        });
        for row in &rows {
            self.text(x + 4, y + 16, "faint", &row.index());
            scene
                .starts
                .extend(grid.rows[*row.rows.start()].iter().map(|field| Spot {
                    block: &block.label,
                    field: Some(&field.name),
                    x: right,
                    y: y + 11,
                }));
            let mut at = left;
            for ((text, class), width) in row.cells.iter().zip(&widths) {
                self.rect(at, y, *width, LINE, class);
                self.text(at + 6, y + 16, class, &fit(text, CELL_MAX));
                at += width;
            }
            y += LINE;
        }
        for field in &grid.others {
            y = self.other(scene, block, field, (left, right - left, y));
        }
        self.width = self.width.max(right);
        *beside = Some(Beside {
            label: &block.label,
            right,
            top,
        });
        y + 14
    }

    /// Widens the last column until what stands below the table has room.
    fn widen(&self, widths: &mut [usize], scene: &Scene<'_>, block: &Block, grid: &Grid<'_>) {
        let others = grid.others.iter().map(|field| {
            let text = columns(&field.name) + 2 + columns(&self.meaning(scene, block, field));
            (text + 1) * COLUMN
        });
        let missing = others.max().unwrap_or(0);
        let missing = missing.saturating_sub(widths.iter().sum());
        if let Some(last) = widths.last_mut() {
            *last += missing;
        }
    }

    /// Draws a field that belongs to no array, if it means something; returns where the next line
    /// may begin.
    fn other<'f>(
        &mut self,
        scene: &mut Scene<'f>,
        block: &'f Block,
        field: &'f Field,
        (x, width, y): (usize, usize, usize),
    ) -> usize {
        let (meaning, class) = (
            self.meaning(scene, block, field),
            class(scene, block, field),
        );
        if meaning.is_empty() {
            return y;
        }
        self.rect(x, y, width, LINE, class);
        let text = format!("{}  {meaning}", field.name);
        self.text(x + 6, y + 16, class, &fit(&text, width / COLUMN - 1));
        scene.starts.push(Spot {
            block: &block.label,
            field: Some(&field.name),
            x: x + width,
            y: y + 11,
        });
        y + LINE
    }
}

fn class(scene: &Scene<'_>, block: &Block, field: &Field) -> &'static str {
    if scene.is_changed(block, field) {
        "change"
    } else {
        ""
    }
}
