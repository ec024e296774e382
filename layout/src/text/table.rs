//! A block as a table: a line for each field with its offset, its bytes and its meaning.
//!
//! ```text
//!   ┌─ s ─ []int ─ 24 bytes ────────────────────────┐
//!   │ array   0  an address               → a1[0]   │
//!   │ len     8  01 00 00 00 00 00 00 00  1         │
//!   └───────────────────────────────────────────────┘
//!     └─name┘ └at┘ └─bytes──────────────┘  └meaning┘
//! ```
//!
//! The four columns share the width: a name gets at most a quarter, the meaning is asked for 24,
//! the bytes get what is left, at least 8.

use anstyle::Style as Ansi;

use super::{Drawing, FAINT, Page};
use crate::choose::{self, Ends, Part};
use crate::columns::{columns, fit, pad_left, pad_right};
use crate::picture::{Block, Field};

/// Columns that the offset may take; enough for 10 GB.
const AT_MAX: usize = 10;
/// What frame and gaps take: `│ ` before, ` │` behind, two blanks between the columns.
const FRAME: usize = 4;
const GAPS: usize = 6;

/// A line of the table: a field's four texts, or what is left out here.
enum Line {
    Field { cells: [String; 4], ink: Ansi },
    LeftOut(Vec<String>),
}

impl Page<'_> {
    pub(super) fn table(&self, block: &Block) -> Drawing {
        let inside = self.style.width - FRAME;
        let lines = self.lines(block, inside);
        let [name_w, at_w, bytes_w, meaning_w] = self.measure(&lines);
        let notes_w = lines.iter().map(|line| match line {
            Line::Field { .. } => 0,
            Line::LeftOut(notes) => notes.iter().map(|note| columns(note)).max().unwrap_or(0),
        });
        let notes_w = notes_w.max().unwrap_or(0);
        let (title, title_w) = self.title(block, inside - 2);
        let fields_w = name_w + at_w + bytes_w + meaning_w + GAPS;
        let inner = fields_w.max(title_w + 2).max(notes_w);
        let meaning_w = inner - name_w - at_w - bytes_w - GAPS;
        let mut drawn = vec![format!("┌─ {title} {}┐", "─".repeat(inner - title_w - 1))];
        for line in &lines {
            match line {
                Line::Field { cells, ink } => drawn.push(format!(
                    "│ {}  {}  {}  {} │",
                    pad_right(&fit(&cells[0], name_w), name_w),
                    self.paint(FAINT, &pad_left(&fit(&cells[1], at_w), at_w)),
                    pad_right(&fit(&cells[2], bytes_w), bytes_w),
                    self.paint(*ink, &pad_right(&fit(&cells[3], meaning_w), meaning_w)),
                )),
                Line::LeftOut(notes) => drawn.extend(
                    notes
                        .iter()
                        .map(|note| format!("│ {} │", pad_right(note, inner))),
                ),
            }
        }
        drawn.push(format!("└{}┘", "─".repeat(inner + 2)));
        Drawing {
            lines: drawn,
            width: inner + FRAME,
            narrow: true,
        }
    }

    fn lines(&self, block: &Block, inside: usize) -> Vec<Line> {
        let n = block.fields.len();
        let ends = Ends {
            per_row: 1,
            head: n.min(self.style.cells_max),
            tail: n,
        };
        let parts = choose::rows(n, &ends, |i| self.is_changed(block, &block.fields[i]));
        let line = |part| match part {
            Part::Row(row) => self.field_line(block, &block.fields[row.start]),
            Part::LeftOut(fields) => {
                let fields = &block.fields[fields];
                let sentence = self.style.words.fields_left_out(fields.len());
                Line::LeftOut(self.note(block, fields, sentence, inside))
            }
        };
        parts.into_iter().map(line).collect()
    }

    fn field_line(&self, block: &Block, field: &Field) -> Line {
        Line::Field {
            cells: [
                field.name.clone(),
                field.offset.to_string(),
                self.style.words.contents(field),
                self.meaning(block, field),
            ],
            ink: self.ink(block, field),
        }
    }

    /// The widths of the four columns.
    fn measure(&self, lines: &[Line]) -> [usize; 4] {
        let widest = |column: usize| {
            let widths = lines.iter().map(|line| match line {
                Line::Field { cells, .. } => columns(&cells[column]),
                Line::LeftOut(_) => 0,
            });
            widths.max().unwrap_or(0)
        };
        let width = self.style.width;
        let name_w = widest(0).min(width / 4);
        let at_w = widest(1).min(AT_MAX);
        let taken = FRAME + GAPS + name_w + at_w;
        let bytes_w = widest(2).min(width.saturating_sub(taken + widest(3).min(24)).max(8));
        let meaning_w = widest(3).min(width.saturating_sub(taken + bytes_w)).max(1);
        [name_w, at_w, bytes_w, meaning_w]
    }
}
