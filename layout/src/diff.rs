//! What changed between two pictures: a step that can be played forwards and back.
//!
//! ```text
//!   before ──diff──▶ Delta          before.apply(delta)  = after
//!   after  ──┘                      after.revert(delta)  = before
//! ```
//!
//! F1  `apply` of `before.diff(after)` makes `after` out of `before`; `revert` undoes it.
//! F2  The delta of a picture and itself is empty.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::picture::{Arrow, Block, Bytes, Picture};

/// The difference of two pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// What happened to blocks: removals, then additions, then changed fields.
    pub blocks: Vec<BlockChange>,
    /// All arrows before and after, where they differ.
    pub arrows: Option<(Vec<Arrow>, Vec<Arrow>)>,
}

/// What happened to one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockChange {
    /// The block at this index of the earlier picture is gone.
    Removed(usize, Block),
    /// The block at this index of the later picture is new.
    Added(usize, Block),
    /// Fields of the block with this label changed.
    Fields(String, Vec<FieldChange>),
}

/// The contents of one field before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's place in the block.
    pub index: usize,
    /// The field's name.
    pub field: String,
    /// Bytes and meaning before.
    pub before: (Bytes, String),
    /// Bytes and meaning after.
    pub after: (Bytes, String),
}

impl Picture {
    /// What has to happen to this picture to make `later` of it.
    #[must_use]
    pub fn diff(&self, later: &Picture) -> Delta {
        let mut delta = Delta::default();
        let kept = common_blocks(self, later);
        for (index, block) in self.blocks.iter().enumerate() {
            if !kept.contains(&block.label.as_str()) {
                delta
                    .blocks
                    .push(BlockChange::Removed(index, block.clone()));
            }
        }
        for (index, block) in later.blocks.iter().enumerate() {
            if !kept.contains(&block.label.as_str()) {
                delta.blocks.push(BlockChange::Added(index, block.clone()));
            }
        }
        for (before, after) in kept
            .iter()
            .filter_map(|label| self.block(label).zip(later.block(label)))
        {
            let changes = field_changes(before, after);
            if !changes.is_empty() {
                delta
                    .blocks
                    .push(BlockChange::Fields(before.label.clone(), changes));
            }
        }
        if self.arrows != later.arrows {
            delta.arrows = Some((self.arrows.clone(), later.arrows.clone()));
        }
        delta
    }

    /// Plays a step forwards.
    ///
    /// # Panics
    ///
    /// When the delta was not taken from this picture.
    pub fn apply(&mut self, delta: &Delta) {
        self.play(&delta.blocks, |change| (&change.before, &change.after));
        if let Some((_, after)) = &delta.arrows {
            self.arrows.clone_from(after);
        }
    }

    /// Plays a step back.
    ///
    /// # Panics
    ///
    /// When the delta does not lead to this picture.
    pub fn revert(&mut self, delta: &Delta) {
        let reversed: Vec<_> = delta.blocks.iter().map(BlockChange::reversed).collect();
        self.play(&reversed, |change| (&change.after, &change.before));
        if let Some((before, _)) = &delta.arrows {
            self.arrows.clone_from(before);
        }
    }

    fn play(
        &mut self,
        changes: &[BlockChange],
        from_to: impl Fn(&FieldChange) -> (&(Bytes, String), &(Bytes, String)),
    ) {
        // Indexes of removals count in the picture before, those of additions in the one after: so
        // remove from the back, add from the front.
        for change in changes.iter().rev() {
            if let BlockChange::Removed(index, block) = change {
                assert_eq!(
                    self.blocks.remove(*index),
                    *block,
                    "this delta is of another picture"
                );
            }
        }
        for change in changes {
            match change {
                BlockChange::Removed(..) => {}
                BlockChange::Added(index, block) => self.blocks.insert(*index, block.clone()),
                BlockChange::Fields(label, changes) => {
                    let block = self.blocks.iter_mut().find(|block| block.label == *label);
                    let block = block.expect("this delta is of another picture");
                    for change in changes {
                        let field = &mut block.fields[change.index];
                        let (from, to) = from_to(change);
                        assert_eq!(
                            (&field.bytes, &field.meaning),
                            (&from.0, &from.1),
                            "F1: {label}"
                        );
                        (field.bytes, field.meaning) = to.clone();
                    }
                }
            }
        }
    }
}

impl BlockChange {
    fn reversed(&self) -> Self {
        match self {
            Self::Removed(index, block) => Self::Added(*index, block.clone()),
            Self::Added(index, block) => Self::Removed(*index, block.clone()),
            Self::Fields(label, changes) => Self::Fields(label.clone(), changes.clone()),
        }
    }
}

impl Delta {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.arrows.is_none()
    }

    /// Whether the step made this block.
    #[must_use]
    pub fn adds(&self, label: &str) -> bool {
        self.blocks
            .iter()
            .any(|change| matches!(change, BlockChange::Added(_, b) if b.label == label))
    }

    /// Whether the step changed this field of a block that was there before.
    #[must_use]
    pub fn changes(&self, label: &str, field: &str) -> bool {
        self.blocks.iter().any(|change| match change {
            BlockChange::Fields(block, fields) => {
                block == label && fields.iter().any(|change| change.field == field)
            }
            BlockChange::Removed(..) | BlockChange::Added(..) => false,
        })
    }

    /// All fields that [`Delta::changes`] is true of, as block and field, for many questions.
    pub(crate) fn changed_fields(&self) -> HashSet<(&str, &str)> {
        let mut changed = HashSet::new();
        for change in &self.blocks {
            if let BlockChange::Fields(label, fields) = change {
                changed.extend(fields.iter().map(|f| (label.as_str(), f.field.as_str())));
            }
        }
        changed
    }
}

/// Labels of the blocks that both pictures have in the same form, if also in the same order.
fn common_blocks<'a>(before: &'a Picture, after: &'a Picture) -> Vec<&'a str> {
    let same_form = |a: &Block, b: &Block| {
        let names = |block: &Block| {
            block
                .fields
                .iter()
                .map(|f| (f.name.clone(), f.type_name.clone(), f.offset, f.size))
                .collect::<Vec<_>>()
        };
        a.type_name == b.type_name && a.size == b.size && a.shape == b.shape && names(a) == names(b)
    };
    let in_both = |from: &'a Picture, other: &'a Picture| -> Vec<&'a str> {
        let found = from
            .blocks
            .iter()
            .filter(|a| other.block(&a.label).is_some_and(|b| same_form(a, b)));
        found.map(|block| block.label.as_str()).collect()
    };
    let (ours, theirs) = (in_both(before, after), in_both(after, before));
    if ours == theirs { ours } else { Vec::new() }
}

fn field_changes(before: &Block, after: &Block) -> Vec<FieldChange> {
    let pairs = before.fields.iter().zip(&after.fields).enumerate();
    pairs
        .filter(|(_, (before, after))| before != after)
        .map(|(index, (before, after))| FieldChange {
            index,
            field: before.name.clone(),
            before: (before.bytes.clone(), before.meaning.clone()),
            after: (after.bytes.clone(), after.meaning.clone()),
        })
        .collect()
}
