//! Moving buckets while the map grows.
//!
//! A growing map keeps two bucket arrays. Each write empties ("evacuates") the old bucket it is
//! about to use and one more, so that no single insert pays for the whole copy.
//!
//! ```text
//!   old bucket i ──┬──▶ new bucket i                  X half: the next bit of the hash is 0
//!                  └──▶ new bucket i + noldbuckets    Y half: it is 1
//!
//!   old array   ░░░░░░░░░▓▓▓▓░▓▓▓░▓▓▓▓▓▓▓▓      ░ evacuated: all below the mark, and those that
//!                        ↑ nevacuate              were about to be written to
//! ```
//!
//! | growth | when, at the insertion of a new key | the new array |
//! |---|---|---|
//! | double | more than 8 entries and more than 6.5 a bucket with it | twice as large |
//! | same size | as many overflow buckets as 2^min(B, 15) | as large; chains get short again |
//!
//! | entries a bucket | bucket has overflow | entries in overflow | buckets a miss looks at |
//! |---|---|---|---|
//! | 3.25 | 0.6 % | 0.3 % | 1.01 |
//! | 5.5 | 10.6 % | 3.7 % | 1.11 |
//! | 6.5 | 20.8 % | 7.1 % | 1.21 |
//!
//! E1  Outside `evacuate` a chain is moved as a whole or not at all; its first tophash says which.
//! E2  Every old bucket below `nevacuate` is evacuated.
//! E3  No second growth starts while an old array is left.
//! E4  `evacuate` calls the key's code (hash, equality, clone) before it moves anything, so a panic
//!     there leaves the chain as it was.
//!
//! Go: runtime/map.go (1.19): hashGrow, growWork, evacuate, advanceEvacuationMark.
//! Differs: all hashes of a chain are computed before the first entry moves, so above 2^15 buckets
//! random NaN hashes and counted overflow buckets are drawn in another order than Go's.
//! The old array is given back as the mark goes on, and what is left of it after that;
//! Go leaves that to the collector. Iterators that still want an evacuated bucket find its ghost
//! (mapiter.rs), not its memory.

use core::hash::BuildHasher;

use crate::alg::{Key, is_itself};
use crate::bmap::{BUCKET_CNT, Bmap, Bucket};
use crate::buckets::{make_bucket_array, release_behind_mark};
use crate::hmap::{Table, flags, over_load_factor};
use crate::mapiter::GhostCell;
use crate::tophash::{EVACUATED_EMPTY, EVACUATED_X, EVACUATED_Y, Tags, tophash};

/// What is to become of the cells of one old bucket.
struct Plan {
    /// Bit i: cell i goes to the Y half.
    y: u8,
    /// The tophash bytes that the cells will have.
    tops: [u8; BUCKET_CNT],
}

/// Where the next entry of a half goes.
struct EvacDst<K, V> {
    bucket: Bucket<K, V>,
    /// The next cell.
    i: usize,
    /// The tags of the cells filled so far. They are written as one word: the bucket's next reader
    /// is close behind, and a word read right after its bytes were written one by one has to wait.
    tags: u64,
    /// How many buckets of the chain are full.
    depth: usize,
}

impl<K, V> Table<K, V> {
    /// Starts a growth: the array becomes the old one, and nothing is moved yet.
    ///
    /// **Go** runtime/map.go: hashGrow.
    #[doc(alias = "hashGrow")]
    pub(crate) fn hash_grow(&mut self) {
        self.drop_idle_ghosts();
        let hmap = self.hmap();
        debug_assert!(!hmap.growing(), "E3");
        let bigger = over_load_factor(hmap.count + 1, hmap.b);
        let (old_b, b) = (hmap.b, hmap.b + u8::from(bigger));
        let bucket = Bmap::<K, V>::LAYOUT;
        let (array, next_overflow) =
            make_bucket_array(&bucket, b).unwrap_or_else(|error| error.raise());

        let old_used = self.hmap().used_buckets(&bucket);
        let hmap = self.hmap_mut();
        let had_iterator = hmap.flags & flags::ITERATOR != 0;
        hmap.flags = if had_iterator { flags::OLD_ITERATOR } else { 0 };
        if !bigger {
            hmap.flags |= flags::SAME_SIZE_GROW;
        }
        hmap.b = b;
        hmap.oldbuckets = hmap.buckets.replace(array);
        hmap.nevacuate = 0;
        hmap.noverflow = 0;
        let extra = hmap.extra_mut();
        extra.oldoverflow = extra.overflow.take();
        extra.next_overflow = next_overflow;
        extra.old_used = old_used;
        debug_assert_eq!(self.hmap().old_b(), old_b);
        if let Some(ghosts) = self.ghosts_mut() {
            ghosts.next_generation();
        }
    }
}

impl<K: Key, V> Table<K, V> {
    /// Evacuates the old bucket that belongs to the one about to be used, and one more.
    ///
    /// **Go** runtime/map.go: growWork.
    #[doc(alias = "growWork")]
    #[cold]
    #[inline(never)]
    pub(crate) fn grow_work<S: BuildHasher>(&mut self, bucket: usize, build: &S) {
        self.evacuate(bucket & self.hmap().oldbucketmask(), build);
        if self.hmap().growing() {
            self.evacuate(self.hmap().nevacuate, build);
        }
    }

    /// Moves the whole chain of an old bucket into the new array, if that was not done yet.
    ///
    /// **Cost** a hash and a copy of key and elem for each entry; rarely an overflow bucket.
    /// **Go** runtime/map.go: evacuate.
    pub(crate) fn evacuate<S: BuildHasher>(&mut self, index: usize, build: &S) {
        if let Some(head) = self.not_evacuated(index) {
            let first = self.plan(head, build);
            let rest: Vec<Plan> = head.chain().skip(1).map(|b| self.plan(b, build)).collect();
            let ghosts = self.ghost_chain(head);
            self.move_chain(index, head, first, rest, ghosts);
        }
        if index == self.hmap().nevacuate {
            self.advance_evacuation_mark();
        }
    }

    /// Decides for each cell of an old bucket where it goes; this is all that asks the keys (E4).
    fn plan<S: BuildHasher>(&self, bucket: Bucket<K, V>, build: &S) -> Plan {
        let (hmap, mut y) = (self.hmap(), 0);
        let mut tops = bucket.tags().bytes();
        if hmap.same_size_grow() {
            return Plan { y, tops };
        }
        let (newbit, seed) = (hmap.noldbuckets() as u64, hmap.hash0);
        let has_iterator = hmap.flags & flags::ITERATOR != 0;
        let mut full = bucket.tags().full();
        while let Some(i) = full.pop() {
            // SAFETY: full (T1, `tags().full()`); `&self` keeps it so.
            let key = unsafe { bucket.cell(i).key() };
            let hash = key.hash(build, seed);
            if has_iterator && !is_itself(key) {
                // The hash of a key that is not itself (NaN) cannot be had again, and the iterator
                // must come to the same decision: so the low bit of the old tophash decides, and
                // a new one is drawn for the next growth.
                y |= (tops[i] & 1) << i;
                tops[i] = tophash(hash);
            } else {
                y |= u8::from(hash & newbit != 0) << i;
            }
        }
        Plan { y, tops }
    }

    /// Moves the entries of a chain as planned, and marks its cells.
    fn move_chain(
        &mut self,
        index: usize,
        head: Bucket<K, V>,
        first: Plan,
        rest: Vec<Plan>,
        mut ghosts: Option<Vec<[GhostCell<K>; BUCKET_CNT]>>,
    ) {
        let noldbuckets = self.hmap().noldbuckets();
        let same_size = self.hmap().same_size_grow();
        let y_index = if same_size {
            index
        } else {
            index + noldbuckets
        };
        let mut xy = [index, y_index].map(|index| EvacDst::new(self.bucket(index)));
        let plans = core::iter::once(first).chain(rest);
        for (n, (bucket, plan)) in head.chain().zip(plans).enumerate() {
            let mut marks = Tags::ALL_EVACUATED_EMPTY.0;
            let mut full = bucket.tags().full();
            while let Some(i) = full.pop() {
                let y = plan.y >> i & 1;
                marks ^= u64::from((EVACUATED_X | y) ^ EVACUATED_EMPTY) << (8 * i);
                let dst = &mut xy[usize::from(y)];
                if dst.i == BUCKET_CNT {
                    dst.finish_bucket();
                    *dst = EvacDst {
                        depth: dst.depth + 1,
                        ..EvacDst::new(self.newoverflow(dst.bucket))
                    };
                }
                // SAFETY: full (T1), and marked evacuated below; in between a slab may be asked
                // for, and a failed allocation aborts. Another array's bucket.
                unsafe { bucket.cell(i).move_to(dst.bucket.cell(dst.i)) };
                dst.tags |= u64::from(plan.tops[i]) << (8 * dst.i);
                if let Some(ghosts) = &mut ghosts {
                    let index = if y == 0 { index } else { y_index };
                    ghosts[n][i].moved(EVACUATED_X | y, (index, dst.depth, dst.i));
                }
                dst.i += 1;
            }
            bucket.set_tags(Tags(marks));
        }
        let [x, y] = xy;
        if !same_size {
            y.finish_bucket();
        }
        x.finish_bucket();
        if let Some(chain) = ghosts {
            self.ghosts_mut()
                .expect("the chain is theirs")
                .keep(index, chain);
        }
    }
}

impl<K, V> EvacDst<K, V> {
    fn new(bucket: Bucket<K, V>) -> Self {
        Self {
            bucket,
            i: 0,
            tags: 0,
            depth: 0,
        }
    }

    /// Marks the cells that were filled.
    fn finish_bucket(&self) {
        self.bucket.set_tags(Tags(self.tags));
    }
}

const _: () = assert!(EVACUATED_X & 1 == 0 && EVACUATED_X | 1 == EVACUATED_Y);

impl<K, V> Table<K, V> {
    /// Moves the mark over the evacuated buckets, and ends the growth behind the last.
    ///
    /// **Go** runtime/map.go: advanceEvacuationMark.
    #[doc(alias = "advanceEvacuationMark")]
    fn advance_evacuation_mark(&mut self) {
        let (bucket, from) = (Bmap::<K, V>::LAYOUT, self.hmap().nevacuate);
        let noldbuckets = self.hmap().noldbuckets();
        let mut mark = from + 1;
        // Far more than it ever needs, but it keeps a write's cost bounded.
        let stop = (mark + 1024).min(noldbuckets);
        while mark != stop && self.not_evacuated(mark).is_none() {
            mark += 1;
        }
        self.hmap_mut().nevacuate = mark;
        if mark == noldbuckets {
            self.end_growth(from);
        } else if let Some(array) = self.hmap().oldbuckets {
            let old_b = self.hmap().old_b();
            // SAFETY: E2: all below the mark is evacuated, and nobody looks there again; A2 held
            // for `from`.
            unsafe { release_behind_mark(&bucket, array, old_b, from, mark) };
        }
    }

    /// Lets go of the old array, all of which is evacuated; it was released behind `released`.
    fn end_growth(&mut self, released: usize) {
        let (bucket, hmap) = (Bmap::<K, V>::LAYOUT, self.hmap_mut());
        let old_b = hmap.old_b();
        let array = hmap.oldbuckets.take();
        hmap.flags &= !flags::SAME_SIZE_GROW;
        let oldoverflow = hmap.extra_mut().oldoverflow.take();
        let Some(array) = array else { return };
        let mut retired = self.retired_mut().take().unwrap_or_default();
        // SAFETY: H2, E2: the old array, evacuated as a whole and forgotten above; A2 holds for
        // where the mark stood when it was last released.
        unsafe { retired.retire(&bucket, (array, old_b), released, oldoverflow) };
        if !retired.is_empty() {
            *self.retired_mut() = Some(retired);
        }
    }
}
