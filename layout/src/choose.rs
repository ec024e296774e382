//! What is drawn where there is not room for all: which blocks of a picture, which rows of a block.
//!
//! ```text
//!   blocks   changed ones │ added ones, each with what it points to │ the rest, likewise
//!            always       │ while there is room                     │
//!
//!   rows     ┌ head ─────┐  … left out …  ┌ changed ┐  … left out …  ┌ tail ┐
//! ```
//!
//! H1  A block that the step changed is drawn.
//! H2  The parts of a block cover its fields in order, without gap or overlap.

use core::ops::Range;
use std::collections::HashSet;

use crate::diff::{BlockChange, Delta};
use crate::picture::{Block, Picture};

/// Rows with changed fields that are drawn although they lie in the part that is left out.
const CHANGED_ROWS_MAX: usize = 4;

/// The blocks that are drawn and those that are left out, both in drawing order.
///
/// About `max` are drawn: more where the step changed more (H1). A block takes along the blocks it
/// points to while there is room, so that a header stands beside its array.
pub(crate) fn blocks<'p>(
    picture: &'p Picture,
    delta: &Delta,
    max: usize,
) -> (Vec<&'p Block>, Vec<&'p Block>) {
    if picture.blocks.len() <= max {
        return (picture.blocks.iter().collect(), Vec::new());
    }
    let (mut changed, mut added) = (HashSet::new(), HashSet::new());
    for change in &delta.blocks {
        match change {
            BlockChange::Fields(label, _) => changed.insert(label.as_str()),
            BlockChange::Added(_, block) => added.insert(block.label.as_str()),
            BlockChange::Removed(..) => false,
        };
    }
    let mut by_rank: Vec<&str> = picture.blocks.iter().map(|b| b.label.as_str()).collect();
    by_rank.sort_by_key(|label| (!changed.contains(label), !added.contains(label)));
    let mut chosen = changed;
    for label in by_rank {
        let room = chosen.len() < max;
        if !room {
            break;
        }
        chosen.insert(label);
        for arrow in picture.arrows.iter().filter(|arrow| arrow.from == label) {
            if chosen.len() < max {
                chosen.insert(&arrow.to);
            }
        }
    }
    let blocks = picture.blocks.iter();
    blocks.partition(|block| chosen.contains(block.label.as_str()))
}

/// A row that is drawn, or a run of fields that is left out, by their places in the block.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    Row(Range<usize>),
    LeftOut(Range<usize>),
}

/// What is always drawn of a block: the rows of `per_row` fields before `head`, those from `tail`
/// on.
pub(crate) struct Ends {
    pub(crate) per_row: usize,
    pub(crate) head: usize,
    pub(crate) tail: usize,
}

/// Cuts `n` fields into parts (H2). The first few rows with a field that `changed` are drawn too.
pub(crate) fn rows(n: usize, ends: &Ends, changed: impl Fn(usize) -> bool) -> Vec<Part> {
    let Ends {
        per_row,
        head,
        tail,
    } = *ends;
    let cut = |fields: Range<usize>| {
        let end = fields.end;
        let starts = fields.step_by(per_row);
        starts.map(move |start| start..end.min(start + per_row))
    };
    let mut parts: Vec<Part> = cut(0..head).map(Part::Row).collect();
    let mut done = head;
    let touched = cut(head..tail).filter(|row| row.clone().any(&changed));
    for row in touched.take(CHANGED_ROWS_MAX) {
        if done < row.start {
            parts.push(Part::LeftOut(done..row.start));
        }
        done = row.end;
        parts.push(Part::Row(row));
    }
    if done < tail {
        parts.push(Part::LeftOut(done..tail));
    }
    parts.extend(cut(tail..n).map(Part::Row));
    parts
}
