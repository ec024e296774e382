//! Iterating Go's way: a random start, and the map may change between two steps.
//!
//! ```text
//!   B = 2, start bucket 2, offset 5     buckets 2 3 0 1, in each the cells 5 6 7 0 1 2 3 4
//! ```
//!
//! Each `range` draws a bucket to start at and a cell to start at in every bucket. It is a
//! rotation, not a shuffle. The iterator remembers the array it began with; the map may grow away
//! from it, several times. What Go then promises, and so do we:
//!
//! | an entry that … | is yielded |
//! |---|---|
//! | is there from start to end | exactly once |
//! | was deleted before it was reached | never |
//! | was inserted on the way | once or never |
//!
//! Go keeps the old array for the iterator, and looks each key that it finds there up in the
//! current one. A key in Rust may own memory that is freed when its entry is removed, so an old
//! array must not be read. Instead, while there is an iterator, evacuating a bucket leaves a
//! *ghost*: for each cell a copy of the key, or, where the key does not equal itself (NaN) and
//! cannot be looked up, the place it moved to. *Generation*: the arrays of a map, numbered while
//! there are iterators.
//!
//! G1  While an `Hiter` of a map lives, each chain evacuated has its ghost, until the entries are
//!     cleared.
//! G2  An `Hiter` holds no pointer, only numbers; each is checked against the arrays as they are.
//! G3  The function that copies keys was made for a `K` that may differ from the map's in its
//!     lifetimes by the time it is called, for a `Map` is covariant. So it is either a copy of
//!     bytes (`K: Copy`; such a `K` has no destructor and nothing behind `UnsafeCell`, whatever
//!     its lifetimes), or the map lies in a `GoMap`, which keeps `K` as it is and never gives the
//!     map out again.
//!
//! Go: runtime/map.go (1.19): hiter, mapiterinit, mapiternext.
//! Differs: the first step is taken by `next`, not when the iterator is made. After `clear`, an
//! iterator sees nothing of what was there before (golang/go#59411, mended in later Go).

use core::hash::BuildHasher;
use std::collections::HashMap;
use std::sync::Arc;

use crate::alg::{Key, is_itself};
use crate::bmap::{BUCKET_CNT, Bucket, CellRef};
use crate::fastrand::{fastrand, fastrand64};
use crate::hmap::{Table, flags};
use crate::tophash::{EVACUATED_EMPTY, evacuated, is_empty};

/// An iteration under way; it borrows the map only while it takes a step.
///
/// **Go** runtime/map.go: hiter.
#[derive(Clone, Debug)]
pub struct Hiter {
    /// Shared with the map's ghosts; `None` when the iteration is over.
    token: Option<Arc<()>>,
    generation: u64,
    b: u8,
    start_bucket: usize,
    offset: u8,
    wrapped: bool,
    /// The next bucket to enter.
    bucket: usize,
    /// The bucket being looked at.
    at: Option<At>,
    i: u8,
    /// While the bucket looked at is an old one: yield only what will move to this bucket.
    check_bucket: Option<usize>,
}

/// A bucket, by numbers.
#[derive(Clone, Copy, Debug)]
struct At {
    generation: u64,
    bucket: usize,
    depth: usize,
}

/// What iterators may want of chains that were evacuated.
pub(crate) struct Ghosts<K> {
    /// Held by each iterator too, so that the count tells whether there is one.
    token: Arc<()>,
    /// Copies a key (G3).
    copy: fn(&K) -> K,
    /// The number of the current array.
    generation: u64,
    /// The number of the first array of this row: each one after it grew out of the one before.
    first: u64,
    chains: HashMap<(u64, usize), Vec<[GhostCell<K>; BUCKET_CNT]>>,
}

/// What is left of a cell.
pub(crate) struct GhostCell<K> {
    /// Its tophash byte at the end: an evacuation mark.
    mark: u8,
    entry: GhostEntry<K>,
}

enum GhostEntry<K> {
    Empty,
    /// To be looked up.
    Key(K),
    /// Cannot be looked up; it moved to (bucket, depth, cell) of the next generation.
    Moved(usize, usize, usize),
}

/// A bucket as it is now.
enum BucketNow<'a, K, V> {
    Live(Bucket<K, V>),
    Ghost(&'a [GhostCell<K>; BUCKET_CNT]),
}

impl<K> GhostCell<K> {
    /// Notes where the entry moved, and with which mark.
    pub(crate) fn moved(&mut self, mark: u8, (bucket, depth, i): (usize, usize, usize)) {
        self.mark = mark;
        if let GhostEntry::Moved(..) = self.entry {
            self.entry = GhostEntry::Moved(bucket, depth, i);
        }
    }
}

impl<K> Ghosts<K> {
    /// Whether no iterator is left.
    fn idle(&self) -> bool {
        Arc::strong_count(&self.token) == 1
    }

    /// The current array has become the old one.
    pub(crate) fn next_generation(&mut self) {
        self.generation += 1;
    }

    /// The entries were moved at once into an array of another size: who began before finds them by
    /// their ghosts, and by nothing else.
    pub(crate) fn begin_row(&mut self) {
        self.generation += 1;
        self.first = self.generation;
    }

    /// Keeps the ghost of a chain of the old array.
    pub(crate) fn keep(&mut self, bucket: usize, chain: Vec<[GhostCell<K>; BUCKET_CNT]>) {
        self.chains.insert((self.generation - 1, bucket), chain);
    }

    /// The entries are gone, so who began before finds nothing more.
    pub(crate) fn forget_all(&mut self) {
        self.begin_row();
        self.chains.clear();
    }
}

impl<K, V> Table<K, V> {
    /// Lets go of all ghosts if no iterator is left.
    pub(crate) fn drop_idle_ghosts(&mut self) {
        if self.ghosts().is_some_and(Ghosts::idle) {
            drop(self.take_ghosts());
        }
    }
}

impl<K: Key, V> Table<K, V> {
    /// The ghost of a chain that is about to be evacuated, if there is an iterator.
    pub(crate) fn ghost_chain(
        &self,
        head: Bucket<K, V>,
    ) -> Option<Vec<[GhostCell<K>; BUCKET_CNT]>> {
        let ghosts = self.ghosts().filter(|ghosts| !ghosts.idle())?;
        let chain = head.chain().map(|bucket| {
            core::array::from_fn(|i| {
                let entry = if bucket.tags().full().contains(i) {
                    // SAFETY: full; `&self` keeps it so.
                    let key = unsafe { bucket.cell(i).key() };
                    if is_itself(key) {
                        GhostEntry::Key((ghosts.copy)(key))
                    } else {
                        GhostEntry::Moved(0, 0, 0)
                    }
                } else {
                    GhostEntry::Empty
                };
                let mark = EVACUATED_EMPTY;
                GhostCell { mark, entry }
            })
        });
        Some(chain.collect())
    }

    /// Starts an iteration, at a bucket and a cell or at random; `copy` has to keep G3.
    ///
    /// **Go** runtime/map.go: mapiterinit.
    pub(crate) fn mapiterinit(&mut self, copy: fn(&K) -> K, start: Option<(usize, u8)>) -> Hiter {
        let mut it = Hiter::over();
        if self.hmap().count == 0 {
            return it;
        }
        self.drop_idle_ghosts();
        if self.ghosts().is_none() {
            self.set_ghosts(Ghosts {
                token: Arc::new(()),
                copy,
                generation: 1,
                first: 1,
                chains: HashMap::new(),
            });
        }
        let ghosts = self.ghosts().expect("just made");
        it.token = Some(Arc::clone(&ghosts.token));
        it.generation = ghosts.generation;
        let hmap = self.hmap_mut();
        hmap.flags |= flags::ITERATOR | flags::OLD_ITERATOR;
        it.b = hmap.b;
        (it.start_bucket, it.offset) = start.unwrap_or_else(|| {
            let random = if hmap.b > 31 - 3 {
                fastrand64() as usize
            } else {
                fastrand() as usize
            };
            let offset = random >> hmap.b & (BUCKET_CNT - 1);
            (random & hmap.bucketmask(), offset as u8)
        });
        it.bucket = it.start_bucket;
        it
    }

    /// A bucket as it is now; `None` behind the end of its chain, or if its entries were cleared.
    fn bucket_at(&self, at: At) -> Option<BucketNow<'_, K, V>> {
        let (ghosts, hmap) = (self.ghosts()?, self.hmap());
        if let Some(chain) = ghosts.chains.get(&(at.generation, at.bucket)) {
            return chain.get(at.depth).map(BucketNow::Ghost);
        }
        let head = if at.generation == ghosts.generation {
            let exists = hmap.buckets.is_some() && at.bucket < hmap.n_buckets();
            exists.then(|| self.bucket(at.bucket))
        } else if at.generation + 1 == ghosts.generation && hmap.growing() {
            let exists = at.bucket < hmap.noldbuckets();
            exists.then(|| self.not_evacuated(at.bucket)).flatten()
        } else {
            None
        };
        head?.chain().nth(at.depth).map(BucketNow::Live)
    }

    /// The place that an entry which cannot be looked up has moved to in the end.
    fn follow(&self, mut at: At, mut i: usize) -> Option<CellRef<K, V>> {
        loop {
            match self.bucket_at(at)? {
                BucketNow::Live(bucket) => {
                    let cell = bucket.cell(i);
                    let full = bucket.tags().full().contains(i);
                    // SAFETY: full; `&self` keeps it so.
                    return (full && !is_itself(unsafe { cell.key() })).then_some(cell);
                }
                BucketNow::Ghost(cells) => match cells[i].entry {
                    GhostEntry::Moved(bucket, depth, cell) => {
                        let generation = at.generation + 1;
                        (at, i) = (
                            At {
                                generation,
                                bucket,
                                depth,
                            },
                            cell,
                        );
                    }
                    GhostEntry::Empty | GhostEntry::Key(_) => return None,
                },
            }
        }
    }
}

impl Hiter {
    /// An iteration that is over, as one over a nil or empty map is from the start.
    #[must_use]
    pub fn over() -> Self {
        Self {
            token: None,
            generation: 0,
            b: 0,
            start_bucket: 0,
            offset: 0,
            wrapped: false,
            bucket: 0,
            at: None,
            i: 0,
            check_bucket: None,
        }
    }

    /// The bucket at which it began.
    #[must_use]
    pub fn start_bucket(&self) -> usize {
        self.start_bucket
    }

    /// The cell at which it begins in each bucket.
    #[must_use]
    pub fn offset(&self) -> u8 {
        self.offset
    }

    /// Whether every further step yields nothing.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.token.is_none()
    }

    /// Takes a step in `table`.
    ///
    /// # Panics
    ///
    /// When the iteration belongs to another map.
    ///
    /// **Go** runtime/map.go: mapiternext.
    #[doc(alias = "mapiternext")]
    #[track_caller]
    pub(crate) fn step<K: Key, V, S: BuildHasher>(
        &mut self,
        table: &Table<K, V>,
        build: &S,
    ) -> Option<CellRef<K, V>> {
        let token = self.token.as_ref()?;
        let ours = |ghosts: &Ghosts<K>| Arc::ptr_eq(&ghosts.token, token);
        assert!(
            table.ghosts().is_some_and(ours),
            "this iteration belongs to another map; step it with the map that made it"
        );
        loop {
            let Some(at) = self.at else {
                if !self.enter_bucket(table) {
                    *self = Self::over();
                    return None;
                }
                continue;
            };
            if let Some(bucket) = table.bucket_at(at) {
                while usize::from(self.i) < BUCKET_CNT {
                    let i = usize::from((self.i + self.offset) & (BUCKET_CNT as u8 - 1));
                    self.i += 1;
                    if let Some(cell) = self.golden(table, build, &bucket, at, i) {
                        return Some(cell);
                    }
                }
                let depth = at.depth + 1;
                self.at = Some(At { depth, ..at });
            } else {
                self.at = None;
            }
            self.i = 0;
        }
    }

    /// Goes on to the next bucket; false behind the last.
    fn enter_bucket<K: Key, V>(&mut self, table: &Table<K, V>) -> bool {
        if self.wrapped && self.bucket == self.start_bucket {
            return false;
        }
        let (hmap, ghosts) = (table.hmap(), table.ghosts());
        let mut at = At {
            generation: self.generation,
            bucket: self.bucket,
            depth: 0,
        };
        self.check_bucket = None;
        let same_row = ghosts.filter(|ghosts| self.generation >= ghosts.first);
        if let Some(ghosts) = same_row
            && hmap.growing()
            && self.b == hmap.b
        {
            // The iteration began in the middle of this growth (or before one to the same size):
            // what is not evacuated has to be looked for in the old bucket.
            let old = self.bucket & hmap.oldbucketmask();
            if table.not_evacuated(old).is_some() {
                self.check_bucket = Some(self.bucket);
                at.bucket = old;
                at.generation = ghosts.generation - 1;
            }
        }
        self.at = Some(at);
        self.i = 0;
        self.bucket += 1;
        if self.bucket == 1 << self.b {
            (self.bucket, self.wrapped) = (0, true);
        }
        true
    }

    /// The cell of the current array for what cell `i` of `bucket` holds or held, if it is to be
    /// yielded.
    fn golden<K: Key, V, S: BuildHasher>(
        &self,
        table: &Table<K, V>,
        build: &S,
        bucket: &BucketNow<'_, K, V>,
        at: At,
        i: usize,
    ) -> Option<CellRef<K, V>> {
        match bucket {
            BucketNow::Live(bucket) => {
                let (top, cell) = (bucket.tophash(i), bucket.cell(i));
                if is_empty(top) || evacuated(top) {
                    return None;
                }
                // SAFETY: a hash's byte: full; the table is borrowed.
                let key = unsafe { cell.key() };
                self.belongs(table, build, Some(key), top).then_some(cell)
            }
            BucketNow::Ghost(cells) => match &cells[i].entry {
                GhostEntry::Empty => None,
                GhostEntry::Key(key) => {
                    if !self.belongs(table, build, Some(key), cells[i].mark) {
                        return None;
                    }
                    // It may have been deleted, updated, or deleted and inserted again.
                    let hash = key.hash(build, table.hmap().hash0);
                    table.mapaccess(hash, |other| key.equal(other))
                }
                GhostEntry::Moved(..) => {
                    if !self.belongs(table, build, None::<&K>, cells[i].mark) {
                        return None;
                    }
                    table.follow(at, i)
                }
            },
        }
    }

    /// Whether an entry of an old bucket will move to, or has moved to, the bucket this iteration
    /// is at. A key that does not equal itself is given as `None` or by reference, and goes where
    /// the low bit of its tophash says.
    fn belongs<K: Key, V, S: BuildHasher>(
        &self,
        table: &Table<K, V>,
        build: &S,
        key: Option<&K>,
        top: u8,
    ) -> bool {
        let Some(check) = self.check_bucket.filter(|_| !table.hmap().same_size_grow()) else {
            return true;
        };
        match key.filter(|key| is_itself(*key)) {
            Some(key) => {
                let hash = key.hash(build, table.hmap().hash0) as usize;
                hash & ((1 << self.b) - 1) == check
            }
            None => self.b > 0 && check >> (self.b - 1) == usize::from(top & 1),
        }
    }
}
