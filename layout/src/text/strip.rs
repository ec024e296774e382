//! An array as rows of cells, with a line below each row for every header that sees some of it.
//!
//! ```text
//!   a1 ─ [4]int ─ 32 bytes
//!         0    1    2    3
//!      ┌────┬────┬────┬────┐
//!      │ 12 │ 1* │  0 │  0 │
//!      └────┴────┴────┴────┘
//!   s   ━━━━ ┄┄┄┄┄┄┄┄┄┄┄┄┄┄
//!   └┬┘ └┬─┘
//!  margin cell
//! ```

use core::ops::Range;

use super::{Drawing, FAINT, LABEL, Page};
use crate::choose::{self, Ends, Part};
use crate::columns::{columns, fit, pad_left, pad_right};
use crate::picture::{Arrow, Block};

/// Columns for the names of headers, and for a cell.
const MARGIN_MAX: usize = 16;
const CELL_MAX: usize = 24;

/// One row of cells and its measures in columns.
struct Grid<'a> {
    block: &'a Block,
    texts: &'a [String],
    cells: Range<usize>,
    cell_w: usize,
    margin: usize,
}

impl Page<'_> {
    pub(super) fn strip(&self, block: &Block) -> Drawing {
        let width = self.style.width;
        let arrows = self.picture.arrows.iter();
        let reaches: Vec<&Arrow> = arrows.filter(|arrow| arrow.to == block.label).collect();
        let names: Vec<String> = reaches
            .iter()
            .map(|arrow| fit(&self.picture.holder(arrow), MARGIN_MAX))
            .collect();
        let widest = |texts: &[String]| texts.iter().map(|text| columns(text)).max();
        let margin = widest(&names).unwrap_or(0).max(2);
        let fields = block.fields.iter();
        let texts: Vec<String> = fields.map(|field| self.meaning(block, field)).collect();
        let index_w = block.fields.len().saturating_sub(1).to_string().len();
        // Beside the margin there is room for the frame of one cell at least.
        let cell_max = CELL_MAX.min(width - margin - 5);
        let cell_w = widest(&texts).unwrap_or(1).max(index_w).min(cell_max);
        let per_row = (width.saturating_sub(margin + 2) / (cell_w + 3)).max(1);
        let mut lines = vec![self.title(block, width).0];
        for part in self.parts(block, per_row) {
            match part {
                Part::Row(cells) => {
                    let grid = Grid {
                        block,
                        texts: &texts,
                        cells,
                        cell_w,
                        margin,
                    };
                    lines.extend(self.row_of_cells(&grid));
                    for (arrow, name) in reaches.iter().zip(&names) {
                        lines.extend(self.reach(&grid, arrow, name));
                    }
                }
                Part::LeftOut(cells) => {
                    let cells = &block.fields[cells];
                    let sentence = self.style.words.cells_left_out(cells);
                    let notes = self.note(block, cells, sentence, width - 3);
                    lines.extend(notes.iter().map(|n| self.paint(FAINT, &format!("   {n}"))));
                }
            }
        }
        Drawing {
            lines,
            width,
            narrow: false,
        }
    }

    /// Cuts an array into rows, with the middle left out when it is long.
    fn parts(&self, block: &Block, per_row: usize) -> Vec<Part> {
        let n = block.fields.len();
        let (head, tail) = if n <= self.style.cells_max.max(2 * per_row) {
            (n, n)
        } else {
            let rows = (self.style.cells_max / per_row).max(2);
            let head = (rows - 1) * per_row;
            (head, n - per_row.min(n - head))
        };
        let ends = Ends {
            per_row,
            head,
            tail,
        };
        choose::rows(n, &ends, |i| self.is_changed(block, &block.fields[i]))
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
