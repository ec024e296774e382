//! Random scripts over maps.
//!
//! ```text
//!   seed, id ──▶ SplitMix64 ──▶ a plot ──▶ its operations, with asides between them
//!                                 ▲                     │
//!                                 └─────────────────────┘   until there are 500
//! ```
//!
//! Operations drawn one by one would hardly ever fill a map, pile up a chain or empty it again. So
//! a script is a row of *plots* (generate/map/plot.rs), each of which drives the map somewhere:
//! fill, churn, drain, pile, watch a growth. Between their operations come *asides*: lookups, and
//! above all iterations that begin, take steps and are left, in whatever state the map is then.
//!
//! The generator knows which keys it has named, not what became of them: where Go's hash decides
//! (`crowd`, `drop`, NaN) it goes on without knowing. A plot that misses its mark is still a
//! script; how often the marks are hit is counted by the twin (machine/map/sights.rs).
//!
//! G1  Script `id` of a seed depends on nothing but the two numbers.
//! G2  A script begins with `rand` and `make`, so that its map's hash seed is its own.

mod plot;

use std::collections::HashSet;

use super::SplitMix64;
use crate::script::Script;
use crate::script::map::{ITERS, Iter, KeyKind, KeyName, Kind, Maps, Op};

/// Operations in a generated script.
pub const OPS_PER_SCRIPT: usize = 500;

/// Where the search for keys of a crowd begins: above all keys that are counted up.
const CROWDED_FROM: i64 = 5000;

/// Returns script number `id` of the sequence that `seed` names (G1).
///
/// Ids cycle through the types, so 24 in a row have one of each.
///
/// # Panics
/// Never: there is a kind for each id.
#[must_use]
pub fn script(seed: u64, id: u64) -> Script<Maps> {
    let kind = Kind::all().cycle().nth((id % 24) as usize);
    let kind = kind.expect("a cycle has no end");
    let mut draft = Draft::new(SplitMix64::new(seed, id), kind);
    while draft.ops.len() < OPS_PER_SCRIPT {
        draft.plot();
    }
    draft.ops.truncate(OPS_PER_SCRIPT);
    Script {
        id,
        kind,
        ops: draft.ops,
    }
}

/// A script being written, and what is known of its map.
struct Draft {
    rng: SplitMix64,
    kind: Kind,
    ops: Vec<Op>,
    /// Keys that were set and not deleted, oldest first; and the same as a set.
    live: Vec<i64>,
    known: HashSet<i64>,
    /// Keys that were deleted; many come back.
    gone: Vec<i64>,
    /// Entries that are not in `live`: NaNs, and keys that Go chose.
    nameless: usize,
    /// The logarithm of the number of buckets, if all went as planned.
    b: u8,
    /// The next key in sequence.
    next: i64,
    /// How often an aside comes between two operations, in percent.
    asides: u64,
}

impl Draft {
    fn new(mut rng: SplitMix64, kind: Kind) -> Draft {
        let state = rng.next();
        let next = rng.within(0, 1000);
        let asides = rng.pick(&[0, 5, 15, 40, 60]);
        let ops = vec![Op::Rand { state }, Op::Make { hint: 0 }];
        Draft {
            rng,
            kind,
            ops,
            live: Vec::new(),
            known: HashSet::new(),
            gone: Vec::new(),
            nameless: 0,
            b: 0,
            next,
            asides,
        }
    }

    /// Writes an operation, and perhaps an aside behind it.
    fn write(&mut self, op: Op) {
        self.ops.push(op);
        if self.rng.chance(self.asides) {
            let aside = self.aside();
            self.ops.push(aside);
        }
    }

    fn count(&self) -> usize {
        self.live.len() + self.nameless
    }

    /// How many entries fit before the map grows, by Go's rule: 8, or 6.5 for each bucket.
    fn limit(&self) -> usize {
        if self.b == 0 { 8 } else { 13 << self.b >> 1 }
    }

    /// Notes an insertion, and the growth that it may bring.
    fn grown(&mut self) {
        // The map grows before it takes the entry in, by a single doubling.
        if self.count() > self.limit() {
            self.b += 1;
        }
    }

    fn set(&mut self, k: i64) {
        let k = self.stored(k);
        let value = self.value();
        if self.known.insert(k) {
            self.live.push(k);
            self.grown();
        }
        self.write(Op::Set {
            key: KeyName::K(k),
            k: value,
        });
    }

    /// The integer that the key really stands for.
    fn stored(&self, k: i64) -> i64 {
        match self.kind.key {
            KeyKind::U8 => k & 0xFF,
            KeyKind::U32 => k & 0xFFFF_FFFF,
            // Beyond 2^53 a float is no longer exact.
            KeyKind::F64 => k % (1 << 53),
            KeyKind::U64 | KeyKind::String | KeyKind::S136 => k,
        }
    }

    fn set_nan(&mut self) {
        let k = self.value();
        self.nameless += 1;
        self.grown();
        let key = KeyName::Nan;
        self.write(Op::Set { key, k });
    }

    fn crowd(&mut self, bucket: u32) {
        let from = if self.kind.key == KeyKind::U8 {
            self.rng.within(0, 255)
        } else {
            CROWDED_FROM
        };
        let k = self.value();
        self.nameless += 1;
        self.grown();
        self.write(Op::Crowd { from, bucket, k });
    }

    fn drop_nth(&mut self, bucket: u32, n: u32) {
        self.nameless = self.nameless.saturating_sub(1);
        self.write(Op::Drop { bucket, n });
    }

    /// Deletes the live key at `index`.
    fn del(&mut self, index: usize) {
        let k = self.live.remove(index);
        self.known.remove(&k);
        self.gone.push(k);
        let key = if k == 0 { self.zero() } else { KeyName::K(k) };
        self.write(Op::Del { key });
    }

    /// One of the names of zero.
    fn zero(&mut self) -> KeyName {
        if self.kind.key == KeyKind::F64 && self.rng.chance(50) {
            KeyName::NegativeZero
        } else {
            KeyName::K(0)
        }
    }

    /// A key that is not there, if eight tries find one; often one that was.
    fn fresh(&mut self) -> i64 {
        for _ in 0..8 {
            let k = match self.rng.within(1, 40) {
                1 => 0,
                2 => self.rng.next().cast_signed(),
                3 if self.kind.key == KeyKind::U8 => self.rng.within(0, 255),
                4..=22 if !self.gone.is_empty() => self.rng.pick(&self.gone),
                _ => {
                    self.next += 1;
                    self.next
                }
            };
            if !self.known.contains(&self.stored(k)) {
                return k;
            }
        }
        self.next
    }

    fn live_index(&mut self) -> Option<usize> {
        let last = self.live.len().checked_sub(1)?;
        Some(self.rng.within(0, last as i64) as usize)
    }

    fn bucket(&mut self) -> u32 {
        self.rng.within(0, (1 << self.b) - 1) as u32
    }

    fn value(&mut self) -> i64 {
        self.rng.within(0, 9)
    }

    fn iter(&mut self) -> Iter {
        let number = self.rng.next() % u64::from(ITERS);
        Iter::new(number as u8).expect("a number below ITERS")
    }

    /// An operation that leads nowhere: mostly an iteration that begins or goes on.
    fn aside(&mut self) -> Op {
        let iter = self.iter();
        match self.rng.within(1, 20) {
            1..=4 => Op::Iter { iter },
            5..=14 => Op::Step {
                iter,
                n: self.steps(),
            },
            15 => Op::Stop { iter },
            16 | 17 => Op::Get {
                key: KeyName::K(self.rng.within(0, 1000)),
            },
            18 if self.kind.key == KeyKind::F64 => Op::Get { key: KeyName::Nan },
            _ => match self.live_index() {
                Some(index) => Op::Get {
                    key: KeyName::K(self.live[index]),
                },
                None => Op::Get { key: self.zero() },
            },
        }
    }

    /// Mostly a few, sometimes to the end.
    fn steps(&mut self) -> u32 {
        match self.rng.within(1, 12) {
            1 => 1000,
            2 | 3 => self.rng.within(5, 30) as u32,
            _ => self.rng.within(1, 4) as u32,
        }
    }
}
