//! Drafting the operations that can panic: make, slicing, indexing.
//!
//! ```text
//!   s[low:high:max]    right:   0 ≤ low ≤ high ≤ max ≤ cap
//!                      wrong:   one of the three negative, past its neighbour, or past the end,
//!                               by one, by a few, or by nearly 2^63
//!
//!   make([]T, len, cap)   right:  0 ≤ len ≤ cap, small
//!                         wrong:  negative, len above cap, or more than 2^48 bytes
//! ```
//!
//! An operation is wrong in [`WRONG_PERCENT`] of the cases, and where an empty slice leaves no
//! right choice. Each wrong draft violates one condition; which of Go's texts that gives is Go's
//! business.
//!
//! B1  A length that is refused for its size is above 2^48 bytes, so that neither Go nor we ever
//!     try to allocate it (G2). Elements without bytes may have any length (G3).

use super::draft::Draft;
use crate::script::slice::{Bound, Kind, Op};

/// How often an operation that can panic is made to, in percent.
const WRONG_PERCENT: u64 = 22;

/// Where the class tables change: from steps of 8 to steps of 128 bytes, and from classes to pages.
const EDGE_BYTES: [i64; 3] = [1016, 1024, 32_768];

/// 2^48, the most bytes that Go allocates on a 64-bit machine.
const MAX_ALLOC: i64 = 1 << 48;

impl Draft<'_, '_> {
    pub(super) fn make(&mut self) -> Op {
        let dst = self.var();
        let len = self.small_len();
        let cap = len
            + if self.rng.chance(30) {
                0
            } else {
                self.small_len()
            };
        if self.kind == Kind::Zero && self.rng.chance(35) {
            return Op::Make {
                dst,
                len: self.huge_len(),
                cap: i64::MAX,
            };
        }
        if !self.rng.chance(WRONG_PERCENT) {
            return Op::Make { dst, len, cap };
        }
        let (len, cap) = match self.rng.within(1, 5) {
            1 => (self.negative(), cap),
            2 => (len, self.negative()),
            3 => (cap + 1 + self.small_len(), cap),
            4 => (len, self.refused_len()),
            _ => (self.refused_len(), self.refused_len()),
        };
        Op::Make { dst, len, cap }
    }

    pub(super) fn zeroed(&mut self) -> Op {
        let dst = self.var();
        let len = match self.rng.chance(WRONG_PERCENT) {
            false => self.small_len(),
            true if self.rng.chance(50) => self.negative(),
            true => self.refused_len(),
        };
        Op::Zeroed { dst, len }
    }

    /// A length that leaves the script room to grow.
    fn small_len(&mut self) -> i64 {
        if self.rng.chance(10) {
            return self.edge().min(self.size.elems);
        }
        let most = if self.rng.chance(25) {
            self.size.elems / 2
        } else {
            self.size.burst
        };
        self.rng.within(0, most)
    }

    /// A number of elements at an edge of the growth rule or of the size classes, or beside it.
    pub(super) fn edge(&mut self) -> i64 {
        let bytes = self.rng.pick(&EDGE_BYTES) / self.kind.elem_bytes().max(1);
        let elems = if self.rng.chance(50) { 256 } else { bytes };
        elems + self.rng.within(-1, 1)
    }

    /// B1: more bytes than Go allocates; some of these products do not fit 64 bits.
    fn refused_len(&mut self) -> i64 {
        let bytes = self.kind.elem_bytes();
        if bytes == 0 {
            return self.negative();
        }
        let first_refused = MAX_ALLOC / bytes + 1;
        // The product passes 2^64 and leaves a small remainder: only a check for overflow sees it.
        let wrapping = (u64::MAX / bytes.unsigned_abs()).saturating_add(1);
        match self.rng.within(1, 5) {
            1 => first_refused,
            2 => i64::try_from(wrapping).unwrap_or(i64::MAX),
            3 => i64::MAX,
            _ => 1 << self.rng.within(49, 62),
        }
    }

    /// G3: for elements without bytes.
    fn huge_len(&mut self) -> i64 {
        // Twice 2^62 is more than an int: half of these can overflow by being appended to
        // themselves.
        let bits = if self.rng.chance(50) {
            62
        } else {
            self.rng.within(49, 61)
        };
        (1 << bits) + self.rng.within(-1, 1)
    }

    fn negative(&mut self) -> i64 {
        self.rng.pick(&[-1, -2, -7, -1 << 62, i64::MIN])
    }

    /// Past `end`: by one, by a few, or by far.
    fn above(&mut self, end: i64) -> i64 {
        let far = self.rng.pick(&[1 << 32, 1 << 62, i64::MAX]);
        let few = end.saturating_add(self.rng.within(2, 20));
        match self.rng.within(1, 5) {
            1 | 2 => end.saturating_add(1),
            3 | 4 => few,
            _ => far.max(few),
        }
    }

    /// Two numbers in 0..=end, the smaller first; often at the ends.
    fn ordered(&mut self, end: i64) -> (i64, i64) {
        let (a, b) = (self.point(end), self.point(end));
        (a.min(b), a.max(b))
    }

    fn point(&mut self, end: i64) -> i64 {
        match self.rng.within(1, 8) {
            1 => 0,
            2 => end,
            3 => self.rng.within(0, end.min(3)),
            _ => self.rng.within(0, end),
        }
    }

    pub(super) fn slice(&mut self) -> Op {
        let src = self.filled_var();
        let dst = if self.rng.chance(25) { src } else { self.var() };
        let (low, high) = if self.rng.chance(WRONG_PERCENT) {
            self.wrong_bounds(self.len(src), self.cap(src))
        } else {
            self.right_bounds(self.len(src), self.cap(src))
        };
        Op::Slice {
            dst,
            src,
            low,
            high,
        }
    }

    pub(super) fn substr(&mut self) -> Op {
        let (dst, src) = (self.text(), self.filled_text());
        let len = self.text_len(src);
        let (low, high) = if self.rng.chance(WRONG_PERCENT) {
            self.wrong_bounds(len, len)
        } else {
            self.right_bounds(len, len)
        };
        Op::Substr {
            dst,
            src,
            low,
            high,
        }
    }

    /// Right bounds of `s[low:high]`: to the capacity if `high` is given, else to the length.
    fn right_bounds(&mut self, len: i64, cap: i64) -> (Bound, Bound) {
        match self.rng.within(1, 10) {
            1 => (None, None),
            2 | 3 => (None, Some(self.point(cap))),
            4 | 5 => (Some(self.point(len)), None),
            _ => {
                let end = if self.rng.chance(50) { len } else { cap };
                let (low, high) = self.ordered(end);
                (Some(low), Some(high))
            }
        }
    }

    fn wrong_bounds(&mut self, len: i64, cap: i64) -> (Bound, Bound) {
        let (low, high) = self.ordered(cap);
        match self.rng.within(1, 8) {
            1 => (None, Some(self.above(cap))),
            2 => (Some(low), Some(self.above(cap))),
            3 => (None, Some(self.negative())),
            4 => (Some(low), Some(self.negative())),
            5 => (Some(self.above(len)), None),
            6 => (Some(self.negative()), None),
            7 => (Some(self.negative()), Some(high)),
            _ => (Some(self.above(high)), Some(high)),
        }
    }

    pub(super) fn slice3(&mut self) -> Op {
        let src = self.filled_var();
        let dst = if self.rng.chance(25) { src } else { self.var() };
        let cap = self.cap(src);
        let (high, max) = self.ordered(cap);
        let low = if self.rng.chance(25) {
            None
        } else {
            Some(self.point(high))
        };
        if !self.rng.chance(WRONG_PERCENT) {
            return Op::Slice3 {
                dst,
                src,
                low,
                high,
                max,
            };
        }
        match self.rng.within(1, 6) {
            1 => Op::Slice3 {
                dst,
                src,
                low,
                high,
                max: self.above(cap),
            },
            2 => Op::Slice3 {
                dst,
                src,
                low,
                high,
                max: self.negative(),
            },
            3 => Op::Slice3 {
                dst,
                src,
                low,
                high: self.above(max),
                max,
            },
            4 => Op::Slice3 {
                dst,
                src,
                low,
                high: self.negative(),
                max,
            },
            5 => Op::Slice3 {
                dst,
                src,
                low: Some(self.above(high)),
                high,
                max,
            },
            _ => Op::Slice3 {
                dst,
                src,
                low: Some(self.negative()),
                high,
                max,
            },
        }
    }

    pub(super) fn set(&mut self) -> Op {
        let dst = self.filled_var();
        Op::Set {
            dst,
            i: self.index(self.len(dst)),
            k: self.k(),
        }
    }

    pub(super) fn get(&mut self) -> Op {
        let src = self.filled_var();
        Op::Get {
            src,
            i: self.index(self.len(src)),
        }
    }

    pub(super) fn char_at(&mut self) -> Op {
        let text = self.filled_text();
        Op::CharAt {
            text,
            i: self.index(self.text_len(text)),
        }
    }

    fn index(&mut self, len: i64) -> i64 {
        if len > 0 && !self.rng.chance(WRONG_PERCENT) {
            return self.point(len - 1);
        }
        if self.rng.chance(40) {
            self.negative()
        } else {
            self.above(len - 1)
        }
    }
}
