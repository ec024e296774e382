//! The plots of map scripts: short rows of operations that drive a map somewhere.
//!
//! ```text
//!   plot     where it leads
//!   fill     through one growth after another
//!   churn    the window of live keys slides: deletions before, insertions behind
//!   drain    down to empty, where the hash seed is drawn anew
//!   pile     one chain after another gets overflow buckets and is thinned out, until Go repacks
//!   vigil    to the edge of a growth, and step by step through it with iterations open
//!   weed     deletions at chosen cells of a chain: the march of emptyRest backwards
//!   nans     floats that nobody finds again
//!   rewrite  stores under keys that are there, and under the other zero
//!   clear, make
//! ```

use super::{Draft, OPS_PER_SCRIPT};
use crate::script::map::{KeyKind, KeyName, Op};

/// How often each plot is drawn, and the method that writes it.
type Weighted = (u16, fn(&mut Draft));

const PLOTS: &[Weighted] = &[
    (16, Draft::fill),
    (12, Draft::churn),
    (6, Draft::drain),
    (14, Draft::pile),
    (20, Draft::vigil),
    (8, Draft::weed),
    (6, Draft::rewrite),
    (2, Draft::clear),
    (4, Draft::make),
];

const FLOATS_ONLY: &[Weighted] = &[(16, Draft::nans)];

/// A pile takes so many operations that only small maps are piled up: 2^4 chains at most.
const PILED_B: i64 = 4;

impl Draft {
    /// Writes one plot.
    pub(super) fn plot(&mut self) {
        let floats = if self.kind.key == KeyKind::F64 {
            FLOATS_ONLY
        } else {
            &[]
        };
        let weights = || PLOTS.iter().chain(floats);
        let total: i64 = weights().map(|&(weight, _)| i64::from(weight)).sum();
        let mut ticket = self.rng.within(1, total);
        for &(weight, write) in weights() {
            ticket -= i64::from(weight);
            if ticket <= 0 {
                return write(self);
            }
        }
    }

    fn fill(&mut self) {
        let n = match self.rng.within(1, 10) {
            1..=4 => self.rng.within(3, 15),
            5..=7 => self.rng.within(15, 60),
            _ => self.rng.within(100, 450),
        };
        for _ in 0..n {
            let k = self.fresh();
            self.set(k);
        }
    }

    fn churn(&mut self) {
        let window = self.rng.pick(&[2, 7, 12, 25, 50, 100]);
        while self.live.len() < window && self.ops.len() < OPS_PER_SCRIPT {
            let k = self.fresh();
            self.set(k);
        }
        for _ in 0..self.rng.within(10, 80) {
            let oldest = self.rng.chance(80);
            let random = self.live_index();
            if let Some(index) = random {
                self.del(if oldest { 0 } else { index });
            }
            let k = self.fresh();
            self.set(k);
        }
    }

    /// Also the keys that only Go knows, if there are any: cell by cell.
    fn drain(&mut self) {
        while let Some(index) = self.live_index() {
            self.del(index);
        }
        for bucket in 0..1 << self.b {
            for _ in 0..3 {
                if self.nameless > 0 {
                    self.drop_nth(bucket, 0);
                }
            }
        }
    }

    /// Nine keys in each bucket, one after another, each time thinned out again.
    fn pile(&mut self) {
        let b = self.rng.within(1, PILED_B).min(self.rng.within(1, PILED_B));
        // A hint between the limits of two sizes gives the larger.
        self.remake(if b == 1 { 10 } else { 13 << b >> 1 });
        for bucket in 0..1 << b {
            for _ in 0..self.rng.pick(&[9, 9, 9, 10, 17]) {
                self.crowd(bucket);
            }
            while self.nameless > 2 * (1 + bucket as usize) || self.count() + 9 > self.limit() {
                if self.nameless == 0 {
                    break;
                }
                let n = self.rng.within(0, 16) as u32;
                self.drop_nth(bucket, n);
            }
        }
        for _ in 0..self.rng.within(1, 12) {
            let k = self.fresh();
            self.set(k);
        }
    }

    fn vigil(&mut self) {
        if self.limit() > 210 || self.limit() < self.count() {
            self.remake(0);
        }
        while self.count() < self.limit() && self.ops.len() < OPS_PER_SCRIPT {
            let k = self.fresh();
            self.set(k);
            if self.kind.key == KeyKind::F64 && self.rng.chance(25) {
                self.set_nan();
            }
        }
        // From here on, as long as it takes to evacuate the old buckets, and a few more.
        let writes = (1 << self.b) + self.rng.within(1, 8);
        for i in 0..writes {
            if i < 2 || self.rng.chance(30) {
                let iter = self.iter();
                self.ops.push(Op::Iter { iter });
            }
            match self.rng.within(1, 10) {
                1 | 2 => self.rewrite_one(),
                3 if !self.live.is_empty() => self.del(0),
                4 if self.kind.key == KeyKind::F64 => self.set_nan(),
                // Deleting what is not there evacuates too, and leaves the count alone.
                5 | 6 => {
                    let k = self.fresh();
                    let key = KeyName::K(self.stored(k));
                    self.ops.push(Op::Del { key });
                }
                _ => {
                    let k = self.fresh();
                    self.set(k);
                }
            }
            let aside = self.aside();
            self.ops.push(aside);
        }
    }

    fn weed(&mut self) {
        let bucket = self.bucket();
        for _ in 0..self.rng.pick(&[8, 9, 17, 20]) {
            self.crowd(bucket);
        }
        let order = self.rng.within(1, 3);
        for _ in 0..self.rng.within(6, 20) {
            let n = match order {
                // From the front, from the back, anywhere.
                1 => 0,
                2 => self.rng.within(6, 8) as u32,
                _ => self.rng.within(0, 30) as u32,
            };
            self.drop_nth(bucket, n);
            if self.rng.chance(15) {
                self.crowd(bucket);
            }
        }
    }

    fn nans(&mut self) {
        for _ in 0..self.rng.within(5, 60) {
            self.set_nan();
            if self.rng.chance(10) {
                self.write(Op::Del { key: KeyName::Nan });
            }
        }
    }

    fn rewrite(&mut self) {
        for _ in 0..self.rng.within(3, 15) {
            self.rewrite_one();
        }
    }

    fn rewrite_one(&mut self) {
        let Some(index) = self.live_index() else {
            return;
        };
        let k = self.live[index];
        let key = if k == 0 { self.zero() } else { KeyName::K(k) };
        let k = self.value();
        self.write(Op::Set { key, k });
    }

    fn clear(&mut self) {
        self.forget_all();
        self.write(Op::Clear);
    }

    fn make(&mut self) {
        let hint = match self.rng.within(1, 6) {
            1 => 0,
            // Both sides of every limit.
            2 | 3 => self.rng.pick(&[8, 9, 13, 14, 26, 27, 52, 53, 104, 105]),
            _ => self.rng.within(1, 230),
        };
        self.remake(hint as u32);
    }

    fn remake(&mut self, hint: u32) {
        self.forget_all();
        self.b = 0;
        while self.limit() < hint as usize {
            self.b += 1;
        }
        self.write(Op::Make { hint });
    }

    fn forget_all(&mut self) {
        self.gone.append(&mut self.live);
        self.known.clear();
        self.nameless = 0;
    }
}
