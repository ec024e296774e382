//! What map scripts have passed: the states for whose sake they are drawn.
//!
//! A comparison that never sees a growth proves nothing about growth. So the twin counts what it
//! comes by, and the counts are printed beside the number of identical scripts.

use hmap::Hmap;

use super::state::Head;
use crate::script::map::{ITERS, Iter, KeyName, Op};

/// The counts of one script.
#[derive(Debug, Default)]
pub(super) struct Sights {
    doublings: u64,
    doublings_to_many: u64,
    repackings: u64,
    growing: u64,
    growing_iterated: u64,
    begun: u64,
    begun_growing: u64,
    yielded: u64,
    yielded_far: u64,
    nans: u64,
    nans_growing_iterated: u64,
    overflows: u64,
    reseedings: u64,
    clears: u64,
    /// Growths so far, and how many there were when each iteration began.
    growths: u64,
    growths_at: [u64; ITERS as usize],
}

/// A doubling to 2^6 buckets or more counts as one to many.
const MANY_B: u8 = 6;

impl Sights {
    /// An iteration begins in this map.
    pub(super) fn begins(&mut self, iter: Iter, hmap: &Hmap) {
        self.growths_at[iter.index()] = self.growths;
        self.begun += 1;
        self.begun_growing += u64::from(hmap.growing());
    }

    /// An iteration has yielded an entry.
    pub(super) fn yields(&mut self, iter: Iter) {
        let grown = self.growths - self.growths_at[iter.index()];
        self.yielded += 1;
        self.yielded_far += u64::from(grown >= 2);
    }

    /// An operation has led from one head to another, with so many iterations open.
    pub(super) fn passes(
        &mut self,
        op: &Op,
        before: Head,
        after: Head,
        open: usize,
        reseeded: bool,
    ) {
        let inserts = matches!(op, Op::Set { .. } | Op::Crowd { .. });
        let count = |sight: &mut u64, seen: bool| *sight += u64::from(seen);
        let doubled = inserts && after.b > before.b;
        count(&mut self.doublings, doubled);
        count(&mut self.doublings_to_many, doubled && after.b >= MANY_B);
        // Whatever its size, a growth begins by counting overflow buckets from 0 again.
        let recounted = after.noverflow < before.noverflow;
        let repacked = inserts && after.b == before.b && recounted;
        count(&mut self.repackings, repacked);
        count(&mut self.growths, doubled || repacked);
        count(&mut self.growing, after.growing);
        count(&mut self.growing_iterated, after.growing && open > 0);
        let is_nan = matches!(
            op,
            Op::Set {
                key: KeyName::Nan,
                ..
            }
        );
        count(&mut self.nans, is_nan);
        let growing_iterated = (before.growing || after.growing) && open > 0;
        count(&mut self.nans_growing_iterated, is_nan && growing_iterated);
        count(&mut self.overflows, after.noverflow > before.noverflow);
        let deletes = matches!(op, Op::Del { .. } | Op::Drop { .. });
        count(&mut self.reseedings, deletes && reseeded);
        count(&mut self.clears, *op == Op::Clear);
    }

    /// The counts with their names.
    pub(super) fn all(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("growths to twice the size", self.doublings),
            ("growths to 64 buckets or more", self.doublings_to_many),
            ("growths to the same size", self.repackings),
            ("steps in the middle of a growth", self.growing),
            (
                "steps in the middle of a growth with an iteration open",
                self.growing_iterated,
            ),
            ("steps that append overflow buckets", self.overflows),
            ("iterations begun", self.begun),
            (
                "iterations begun in the middle of a growth",
                self.begun_growing,
            ),
            ("entries yielded", self.yielded),
            (
                "entries yielded two or more growths after the iteration began",
                self.yielded_far,
            ),
            ("NaNs inserted", self.nans),
            (
                "NaNs inserted in a growth with an iteration open",
                self.nans_growing_iterated,
            ),
            (
                "hash seeds drawn anew as the last entry went",
                self.reseedings,
            ),
            ("clears", self.clears),
        ]
    }
}
