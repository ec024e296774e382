//! Random scripts over slices.
//!
//! ```text
//!   seed, id ──▶ SplitMix64 ──▶ size ──▶ 60 times: draft an operation ──▶ script
//!                                              ▲                │
//!                                     len, cap │                ▼ act
//!                                              └──── our own slice machine
//! ```
//!
//! Operations are drawn by weight, their numbers from what makes sense at that moment: bounds lie
//! within the capacity, appends often just fill it or just exceed it. About one operation in eight
//! is wrong on purpose, in every way that Go has a panic for. To know lengths and capacities the
//! generator walks the script on our own slices. That cannot hide an error of theirs: a wrong
//! capacity is in the first line compared, and only the choice of later operations depends on it.
//!
//! Three sizes of script: *small* arrays (growth step by step, aliasing), *medium* ones (across
//! 256 elements and through the size classes), *large* ones (past the largest class, 32 KiB).
//!
//! G1  Script `id` of a seed depends on nothing but the two numbers (and the slices walked on).
//! G2  No operation asks for a length of more than [`LARGEST_BYTES`] unless Go refuses it: either
//!     it is small, or it is above 2^48 bytes and panics.
//! G3  Only elements without bytes come in huge numbers, and nothing then walks over them.

mod bounds;
mod draft;

use bumpalo::Bump;

use super::SplitMix64;
use crate::machine::slice::machine;
use crate::script::Script;
use crate::script::slice::{Kind, Slices};
use draft::Draft;

/// Operations in a generated script.
pub const OPS_PER_SCRIPT: usize = 60;

/// No generated slice gets a longer length, in bytes; the largest size class is 32 KiB.
pub const LARGEST_BYTES: i64 = 80 << 10;

/// Nor in elements: every step looks at every cell of every variable.
const LARGEST_ELEMS: i64 = 50_000;

/// How large a script's slices and strings may become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// No slice gets a longer length, apart from G3.
    pub(crate) elems: i64,
    /// No append adds more at once.
    pub(crate) burst: i64,
    /// No string gets longer, in bytes.
    pub(crate) text_bytes: i64,
}

impl Size {
    fn draw(rng: &mut SplitMix64, kind: Kind) -> Size {
        match rng.within(1, 20) {
            1..=11 => Size {
                elems: 40,
                burst: 6,
                text_bytes: 40,
            },
            12..=17 => Size {
                elems: 1000,
                burst: 130,
                text_bytes: 500,
            },
            _ => {
                let elems = (LARGEST_BYTES / kind.elem_bytes().max(1)).min(LARGEST_ELEMS);
                Size {
                    elems,
                    burst: elems / 2,
                    text_bytes: elems / 2,
                }
            }
        }
    }
}

/// Returns script number `id` of the sequence that `seed` names (G1).
///
/// Ids cycle through the element types, so ten in a row have one of each.
#[must_use]
pub fn script(seed: u64, id: u64) -> Script<Slices> {
    let mut rng = SplitMix64::new(seed, id);
    let kind = Kind::ALL[(id % Kind::ALL.len() as u64) as usize];
    let size = Size::draw(&mut rng, kind);
    let heap = Bump::new();
    let mut walked = machine(kind, &heap);
    let mut ops = Vec::with_capacity(OPS_PER_SCRIPT);
    for _ in 0..OPS_PER_SCRIPT {
        let op = Draft {
            rng: &mut rng,
            machine: walked.as_ref(),
            kind,
            size,
        }
        .op();
        walked.act(&op);
        ops.push(op);
    }
    Script { id, kind, ops }
}
