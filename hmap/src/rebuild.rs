//! Making a whole array at once: reserve, shrink, clone.
//!
//! ```text
//!   grow step by step     what inserting does: Go's way                          (evacuate.rs)
//!   rebuild               all entries into an array of another size, now: reserve, shrink_to
//!   clone                 the same arrays, chains and marks again, in whatever state of growth
//! ```
//!
//! Go has neither reserve nor shrink: its maps never get smaller, and who wants that copies into a
//! new one. That is what `rebuild` does, inside the map, with all hashes computed before the first
//! entry moves (E4).
//!
//! Go: nothing in 1.19 (`maps.Clone` came with 1.21).

use core::alloc::Layout;
use core::hash::BuildHasher;

use crate::alg::Key;
use crate::bmap::{BUCKET_CNT, Bmap, Bucket};
use crate::buckets::{Overflow, TryReserveError, make_bucket_array, release_behind_mark};
use crate::hmap::{Table, b_for, flags};
use crate::mapiter::GhostCell;
use crate::rawiter::Chains;
use crate::tophash::{EVACUATED_X, Tags, tophash};

impl<K: Key, V> Table<K, V> {
    /// Makes room for `additional` more entries below the load factor.
    ///
    /// # Errors
    ///
    /// When there is no memory for that many; the table is as it was.
    pub(crate) fn reserve<S: BuildHasher>(
        &mut self,
        additional: usize,
        build: &S,
    ) -> Result<(), TryReserveError> {
        let wanted = self.hmap().count.checked_add(additional);
        let wanted = wanted.ok_or(TryReserveError::CapacityOverflow)?;
        let b = b_for(wanted).ok_or(TryReserveError::CapacityOverflow)?;
        if self.hmap().buckets.is_none() {
            return if additional == 0 {
                Ok(())
            } else {
                self.set_array(b)
            };
        }
        if b > self.hmap().b {
            self.rebuild(b, build)?;
        }
        Ok(())
    }

    /// Makes the array as small as `min_capacity` and the entries allow.
    pub(crate) fn shrink<S: BuildHasher>(&mut self, min_capacity: usize, build: &S) {
        let wanted = self.hmap().count.max(min_capacity);
        let Some(b) = b_for(wanted).filter(|_| self.hmap().buckets.is_some()) else {
            return;
        };
        if wanted == 0 {
            drop(self.take_entries());
        } else if (b < self.hmap().b || self.hmap().growing()) && b <= self.hmap().b {
            // No memory for a smaller array is no reason to fail: the larger one is still there.
            self.rebuild(b, build).ok();
        }
    }

    /// Moves all entries into a new array for `b`, and finishes a growth under way before.
    fn rebuild<S: BuildHasher>(&mut self, b: u8, build: &S) -> Result<(), TryReserveError> {
        let mut fresh = Self::new();
        fresh.set_array(b)?;
        fresh.hmap_mut().hash0 = self.hmap().hash0;
        while self.hmap().growing() {
            self.evacuate(self.hmap().nevacuate, build);
        }
        self.drop_idle_ghosts();
        let n_buckets = self.hmap().n_buckets();
        // None at all, rather than many times None, where there is no iterator.
        let ghosts: Vec<_> = (0..n_buckets)
            .map_while(|index| self.ghost_chain(self.bucket(index)))
            .collect();
        let mut ghosts = ghosts.into_iter();
        let mut hashes = self.all_hashes(build)?.into_iter();

        let count = self.hmap().count;
        self.hmap_mut().count = 0;
        if let Some(ghosts) = self.ghosts_mut() {
            ghosts.begin_row();
        }
        for index in 0..n_buckets {
            let mut ghost = ghosts.next();
            for (n, bucket) in self.bucket(index).chain().enumerate() {
                let cells = ghost.as_mut().map(|chain| &mut chain[n]);
                fresh.take_over(bucket, &mut hashes, cells);
            }
            if let (Some(chain), Some(ghosts)) = (ghost, self.ghosts_mut()) {
                ghosts.keep(index, chain);
            }
        }
        fresh.hmap_mut().count = count;
        core::mem::swap(self, &mut fresh);
        *self.retired_mut() = fresh.retired_mut().take();
        if let Some(ghosts) = fresh.take_ghosts() {
            self.set_ghosts(*ghosts);
        }
        Ok(())
    }

    /// The hashes of all keys of the current array, chain by chain.
    ///
    /// # Errors
    ///
    /// When there is no memory for them.
    fn all_hashes<S: BuildHasher>(&self, build: &S) -> Result<Vec<u64>, TryReserveError> {
        let (mut hashes, count) = (Vec::new(), self.hmap().count);
        if hashes.try_reserve_exact(count).is_err() {
            let layout = Layout::array::<u64>(count);
            let layout = layout.map_err(|_| TryReserveError::CapacityOverflow)?;
            return Err(TryReserveError::AllocError { layout });
        }
        let mut chains = Chains::new();
        while let Some((_, cell)) = chains.next(self) {
            // SAFETY: full (T1, `Chains`); `&self` keeps it so.
            let key = unsafe { cell.key() };
            hashes.push(key.hash(build, self.hmap().hash0));
        }
        Ok(hashes)
    }

    /// Moves the entries of another table's bucket here, and marks it as evacuated.
    fn take_over(
        &mut self,
        bucket: Bucket<K, V>,
        hashes: &mut impl Iterator<Item = u64>,
        mut ghosts: Option<&mut [GhostCell<K>; BUCKET_CNT]>,
    ) {
        let mut full = bucket.tags().full();
        while let Some(i) = full.pop() {
            let hash = hashes.next().expect("one for each entry");
            let (index, depth, to, dst) = self.place(hash);
            // SAFETY: full (T1), and marked below; in between a slab may be asked for, and a failed
            // allocation aborts. Another table's bucket.
            unsafe { bucket.cell(i).move_to(dst.cell(to)) };
            dst.set_tophash(to, tophash(hash));
            if let Some(cells) = &mut ghosts {
                cells[i].moved(EVACUATED_X, (index, depth, to));
            }
        }
        bucket.set_tags(Tags::ALL_EVACUATED_EMPTY);
    }

    /// The first empty cell for a hash in an array without gaps: its bucket's number, how deep it
    /// lies in the chain, which cell it is, and the bucket.
    fn place(&mut self, hash: u64) -> (usize, usize, usize, Bucket<K, V>) {
        let index = hash as usize & self.hmap().bucketmask();
        let (mut bucket, mut depth) = (self.bucket(index), 0);
        loop {
            let empty = bucket.tags().empty();
            if !empty.is_empty() {
                return (index, depth, empty.first(), bucket);
            }
            bucket = match bucket.overflow() {
                Some(next) => next,
                None => self.newoverflow(bucket),
            };
            depth += 1;
        }
    }
}

impl<K: Clone, V: Clone> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        let (mut new, bucket) = (Self::new(), Bmap::<K, V>::LAYOUT);
        let from = self.hmap();
        if from.buckets.is_none() {
            return new;
        }
        if let Err(error) = new.set_array(from.b) {
            error.raise();
        }
        new.hmap_mut().hash0 = from.hash0;
        for index in 0..from.n_buckets() {
            let mut last = new.bucket(index);
            for (n, source) in self.bucket(index).chain().enumerate() {
                if n > 0 {
                    last = new.newoverflow(last);
                }
                clone_cells(source, last);
            }
        }
        new.hmap_mut().nevacuate = from.nevacuate;
        if from.growing() {
            let array = make_bucket_array(&bucket, from.old_b());
            let (array, _) = array.unwrap_or_else(|error| error.raise());
            let hmap = new.hmap_mut();
            hmap.flags = from.flags & flags::SAME_SIZE_GROW;
            hmap.oldbuckets = Some(array);
            hmap.extra_mut().old_used = from.noldbuckets();
            // SAFETY: a fresh old array, whose buckets below the mark nobody looks at; nothing of
            // it was released before.
            unsafe { release_behind_mark(&bucket, array, from.old_b(), 0, from.nevacuate) };
            for index in from.nevacuate..from.noldbuckets() {
                self.clone_old_chain(index, &mut new);
            }
        }
        new.hmap_mut().noverflow = from.noverflow;
        new.hmap_mut().count = from.count;
        new
    }
}

impl<K: Clone, V: Clone> Table<K, V> {
    /// Clones chain `index` of the old array into that of `new`; of an evacuated one only the mark.
    fn clone_old_chain(&self, index: usize, new: &mut Self) {
        let (Some(source), Some(mut last)) = (self.oldbucket(index), new.oldbucket(index)) else {
            return;
        };
        if source.tags().evacuated() {
            last.set_tags(source.tags());
            return;
        }
        for (n, source) in source.chain().enumerate() {
            if n > 0 {
                let oldoverflow = &mut new.hmap_mut().extra_mut().oldoverflow;
                let oldoverflow: &mut Overflow = oldoverflow.get_or_insert_default();
                let at = oldoverflow.alloc(&Bmap::<K, V>::LAYOUT);
                last.set_overflow(Some(at));
                // SAFETY: a zeroed bucket that lives as long as the old array (H3).
                last = unsafe { Bucket::new(at) };
            }
            clone_cells(source, last);
        }
    }
}

/// Clones each entry into the same cell of an empty bucket, and copies the other cells' marks.
fn clone_cells<K: Clone, V: Clone>(source: Bucket<K, V>, into: Bucket<K, V>) {
    let tags = source.tags();
    let mut full = tags.full();
    while let Some(i) = full.pop() {
        let cell = source.cell(i);
        // SAFETY: full; the source table is borrowed.
        let key = unsafe { cell.key() }.clone();
        // SAFETY: full; the source table is borrowed.
        let elem = unsafe { cell.elem() }.clone();
        into.cell(i).fill(source.tophash(i), key, elem);
    }
    into.set_tags(tags);
}
