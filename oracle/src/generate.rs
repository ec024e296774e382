//! Random scripts, the same for the same seed.
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

use crate::machine::slice::machine;
use crate::script::{Kind, Script};
use draft::Draft;

/// Operations in a generated script.
pub const OPS_PER_SCRIPT: usize = 60;

/// No generated slice gets a longer length, in bytes; the largest size class is 32 KiB.
pub const LARGEST_BYTES: i64 = 80 << 10;

/// Nor in elements: every step looks at every cell of every variable.
const LARGEST_ELEMS: i64 = 50_000;

/// Steele, Lea and Flood's generator: one 64-bit state, any state is a good one.
#[derive(Clone, Debug)]
pub(crate) struct SplitMix64(u64);

impl SplitMix64 {
    /// Distinct pairs start at unrelated places of the sequence.
    pub(crate) fn new(seed: u64, id: u64) -> SplitMix64 {
        let start = SplitMix64(seed).next();
        SplitMix64(SplitMix64(start ^ id).next())
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number from `low` to `high`, both included.
    ///
    /// # Panics
    /// When `low` is above `high`.
    pub(crate) fn within(&mut self, low: i64, high: i64) -> i64 {
        assert!(low <= high, "no number lies between {low} and {high}");
        let span = high.abs_diff(low).saturating_add(1);
        low.wrapping_add((self.next() % span).cast_signed())
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of the values.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[(self.next() % values.len() as u64) as usize]
    }
}

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
pub fn script(seed: u64, id: u64) -> Script {
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
