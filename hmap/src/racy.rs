//! `RacyMap`: what two goroutines do to one map, and what the runtime notices of it.
//!
//! ```text
//!   check       flags & hashWriting != 0 ?  ─▶ fatal error: concurrent map writes
//!   (hash)      may panic, so the flag is not set before
//!   load        seen = flags                       ┐ flags ^= hashWriting: a load and a store,
//!   store       flags = seen ^ hashWriting         ┘ not one step
//!   find        the key's cell, or the first empty one
//!   write key   key, tophash, count + 1
//!   recheck     flags & hashWriting == 0 ?  ─▶ fatal error: concurrent map writes
//!   clear       flags &= ^hashWriting
//!   store elem  by the caller, when mapassign has returned
//! ```
//!
//! Go's map is not safe for goroutines, and its check is no lock: the flag is a plain bit, read and
//! written like any other. A [`Map`](crate::Map) cannot be raced on in safe Rust, so the race is
//! staged here: the same words in the same order, each a relaxed atomic, in a map of one chain that
//! does not grow. Nothing is undefined, and each step can be taken by itself ([`Checked`] to
//! [`Returned`]), so that two writers interleave as the program says, without threads or luck.
//!
//! *Fatal*: ends the process; `recover` does not see it.
//!
//! | two writers | the runtime |
//! |---|---|
//! | one checks while the other is between store and clear | notices |
//! | both check, then both flip the flag, in turn | notices: it is clear at the recheck |
//! | both load, then both store | notices, unless both recheck before either clears |
//! | one after the other | nothing to notice |
//!
//! So an error proves that there was a race, and none proves nothing. The elem is outside of all
//! checks: a read between *clear* and *store elem* finds the key with a zero value.
//!
//! R1  Every word is an atomic of its own, read and written with `Relaxed`: no operation orders
//!     another, on purpose.
//!
//! Go: runtime/map.go (1.19): hashWriting in mapaccess1, mapassign, mapdelete, mapclear,
//! mapiternext; runtime/panic.go: fatal.
//! Differs: one chain of cells without growth; a full map panics. The hash is fixed, so that runs
//! can be repeated. Deleting leaves the elem and marks the cell emptyOne, no more.

use core::fmt;
use core::sync::atomic::Ordering::Relaxed;
use core::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize};

use crate::hmap::flags::HASH_WRITING;
use crate::tophash::{EMPTY_ONE, EMPTY_REST, is_empty, tophash};

/// Cells of a [`RacyMap`]; enough for a demonstration.
const CELLS: usize = 64;

/// A map from `u64` to `u64` that threads may share without a lock, as goroutines share Go's.
///
/// ```
/// use hmap::{Fatal, RacyMap};
///
/// let m = RacyMap::new();
/// m.set(1, 10)?;
/// let first = m.begin_write(2)?; // the flag is set
/// assert_eq!(m.set(3, 30), Err(Fatal::ConcurrentMapWrites));
/// assert_eq!(m.get(1), Err(Fatal::ConcurrentMapReadAndMapWrite));
/// first.finish(20)?;
/// assert_eq!(m.get(2)?, Some(20));
/// # Ok::<(), Fatal>(())
/// ```
pub struct RacyMap {
    count: AtomicUsize,
    flags: AtomicU8,
    cells: [Cell; CELLS],
}

struct Cell {
    tophash: AtomicU8,
    key: AtomicU64,
    elem: AtomicU64,
}

/// The ends of a process that races on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fatal {
    /// A write met another write.
    ConcurrentMapWrites,
    /// A read met a write.
    ConcurrentMapReadAndMapWrite,
    /// A step of a `range` met a write.
    ConcurrentMapIterationAndMapWrite,
}

impl fmt::Display for Fatal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ConcurrentMapWrites => "fatal error: concurrent map writes",
            Self::ConcurrentMapReadAndMapWrite => "fatal error: concurrent map read and map write",
            Self::ConcurrentMapIterationAndMapWrite => {
                "fatal error: concurrent map iteration and map write"
            }
        })
    }
}

impl core::error::Error for Fatal {}

impl Fatal {
    /// Ends the process as Go does: the text goes to standard error, the exit status is 2. This is
    /// no panic, so nothing catches it and no destructor runs. Go prints its goroutines too.
    ///
    /// **Go** runtime/panic.go: fatal.
    pub fn throw(self) -> ! {
        eprintln!("{self}");
        std::process::exit(2);
    }
}

impl Default for RacyMap {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RacyMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RacyMap")
            .field("count", &self.len())
            .field("flags", &self.flags())
            .finish_non_exhaustive()
    }
}

impl RacyMap {
    /// An empty map of 64 cells.
    #[must_use]
    pub fn new() -> Self {
        let cell = |_| Cell {
            tophash: AtomicU8::new(EMPTY_REST),
            key: AtomicU64::new(0),
            elem: AtomicU64::new(0),
        };
        Self {
            count: AtomicUsize::new(0),
            flags: AtomicU8::new(0),
            cells: core::array::from_fn(cell),
        }
    }

    /// What `count` says; after a race it need not be the number of full cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count.load(Relaxed)
    }

    /// Whether `count` is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bits of [`flags`](crate::flags); only `HASH_WRITING` is used here.
    #[must_use]
    pub fn flags(&self) -> u8 {
        self.flags.load(Relaxed)
    }

    /// `v, ok := m[k]`. An empty map is not checked, and nothing is checked at the end.
    ///
    /// # Errors
    ///
    /// When a write is seen under way.
    ///
    /// **Go** runtime/map.go: mapaccess2.
    pub fn get(&self, key: u64) -> Result<Option<u64>, Fatal> {
        if self.is_empty() {
            return Ok(None);
        }
        self.check(Fatal::ConcurrentMapReadAndMapWrite)?;
        let found = self.find(key, tophash(hash(key)));
        Ok(found.full().map(|i| self.cells[i].elem.load(Relaxed)))
    }

    /// `m[k] = v`.
    ///
    /// # Errors
    ///
    /// When another write is noticed. The map is then as the two left it; Go's process is gone.
    ///
    /// # Panics
    ///
    /// When there is no cell left for a new key.
    ///
    /// **Go** runtime/map.go: mapassign (and the store that the compiler puts behind it).
    pub fn set(&self, key: u64, value: u64) -> Result<(), Fatal> {
        self.begin_write(key)?.finish(value)
    }

    /// `delete(m, k)`.
    ///
    /// # Errors
    ///
    /// When another write is noticed.
    ///
    /// **Go** runtime/map.go: mapdelete.
    pub fn delete(&self, key: u64) -> Result<(), Fatal> {
        if self.is_empty() {
            return Ok(());
        }
        let marked = self.begin_write(key)?;
        if let Place::Full(i) = self.find(key, marked.checked.top) {
            self.cells[i].tophash.store(EMPTY_ONE, Relaxed);
            self.count.store(self.len().wrapping_sub(1), Relaxed);
        }
        self.end_write()
    }

    /// Removes all entries.
    ///
    /// # Errors
    ///
    /// When another write is noticed.
    ///
    /// **Go** runtime/map.go: mapclear.
    pub fn clear(&self) -> Result<(), Fatal> {
        if self.is_empty() {
            return Ok(());
        }
        self.check(Fatal::ConcurrentMapWrites)?;
        self.flip_flag(self.flags());
        self.count.store(0, Relaxed);
        for cell in &self.cells {
            cell.tophash.store(EMPTY_REST, Relaxed);
        }
        self.end_write()
    }

    /// `for k, v := range m`, from the first cell on; each step checks.
    #[must_use]
    pub fn range(&self) -> RacyRange<'_> {
        RacyRange {
            map: self,
            i: 0,
            is_over: false,
        }
    }

    /// Starts to write under `key`, and stops before the flag is touched.
    ///
    /// # Errors
    ///
    /// When another write is seen under way.
    pub fn check_write(&self, key: u64) -> Result<Checked<'_>, Fatal> {
        self.check(Fatal::ConcurrentMapWrites)?;
        let top = tophash(hash(key));
        Ok(Checked {
            map: self,
            key,
            top,
        })
    }

    /// Starts to write under `key`, and stops when the flag is set.
    ///
    /// # Errors
    ///
    /// When another write is seen under way.
    pub fn begin_write(&self, key: u64) -> Result<Marked<'_>, Fatal> {
        Ok(self.check_write(key)?.load_flags().store_flags())
    }

    fn check(&self, fatal: Fatal) -> Result<(), Fatal> {
        if self.flags() & HASH_WRITING == 0 {
            Ok(())
        } else {
            Err(fatal)
        }
    }

    fn flip_flag(&self, seen: u8) {
        self.flags.store(seen ^ HASH_WRITING, Relaxed);
    }

    fn recheck(&self) -> Result<(), Fatal> {
        if self.flags() & HASH_WRITING == 0 {
            return Err(Fatal::ConcurrentMapWrites);
        }
        Ok(())
    }

    fn clear_flag(&self) {
        let seen = self.flags();
        self.flags.store(seen & !HASH_WRITING, Relaxed);
    }

    fn end_write(&self) -> Result<(), Fatal> {
        self.recheck()?;
        self.clear_flag();
        Ok(())
    }

    fn find(&self, key: u64, top: u8) -> Place {
        let mut empty = None;
        for (i, cell) in self.cells.iter().enumerate() {
            let here = cell.tophash.load(Relaxed);
            if here == top && cell.key.load(Relaxed) == key {
                return Place::Full(i);
            }
            if is_empty(here) {
                empty = empty.or(Some(i));
            }
            if here == EMPTY_REST {
                break;
            }
        }
        Place::Vacant(empty)
    }
}

/// Where a key is, or could go.
#[derive(Clone, Copy, Debug)]
enum Place {
    Full(usize),
    /// The first empty cell, if there is one.
    Vacant(Option<usize>),
}

impl Place {
    fn full(self) -> Option<usize> {
        match self {
            Self::Full(i) => Some(i),
            Self::Vacant(_) => None,
        }
    }
}

/// A fixed hash: what matters here is the order of the steps.
fn hash(key: u64) -> u64 {
    key.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A write whose first check has passed.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Checked<'m> {
    map: &'m RacyMap,
    key: u64,
    top: u8,
}

/// A write that has read the flags, and will store them flipped.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Loaded<'m> {
    checked: Checked<'m>,
    seen: u8,
}

/// A write that has flipped the flag: set it, unless another had.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Marked<'m> {
    checked: Checked<'m>,
}

/// A write that knows its cell.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Found<'m> {
    checked: Checked<'m>,
    cell: usize,
    is_new: bool,
}

/// A write whose key is in its cell.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Placed<'m> {
    map: &'m RacyMap,
    cell: usize,
}

/// A write whose last check has passed.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Rechecked<'m> {
    map: &'m RacyMap,
    cell: usize,
}

/// A write that has returned from `mapassign` and has the elem still to store.
#[must_use = "a write goes on with its next step"]
#[derive(Debug)]
pub struct Returned<'m> {
    map: &'m RacyMap,
    cell: usize,
}

impl<'m> Checked<'m> {
    /// Reads the flags.
    pub fn load_flags(self) -> Loaded<'m> {
        let seen = self.map.flags();
        Loaded {
            checked: self,
            seen,
        }
    }
}

impl<'m> Loaded<'m> {
    /// Stores the flags as read, with `HASH_WRITING` flipped.
    pub fn store_flags(self) -> Marked<'m> {
        self.checked.map.flip_flag(self.seen);
        Marked {
            checked: self.checked,
        }
    }
}

impl<'m> Marked<'m> {
    /// Looks for the key, or for the first empty cell.
    ///
    /// # Panics
    ///
    /// When the map is full.
    pub fn find(self) -> Found<'m> {
        let (cell, is_new) = match self.checked.map.find(self.checked.key, self.checked.top) {
            Place::Full(cell) => (cell, false),
            Place::Vacant(Some(cell)) => (cell, true),
            Place::Vacant(None) => panic!("this map has {CELLS} cells, and all are full"),
        };
        Found {
            checked: self.checked,
            cell,
            is_new,
        }
    }

    /// Takes all steps that are left.
    ///
    /// # Errors
    ///
    /// When the flag is not set any more: there was another write.
    ///
    /// # Panics
    ///
    /// When the map is full.
    pub fn finish(self, value: u64) -> Result<(), Fatal> {
        self.find().write_key().recheck()?.clear_flag().store(value);
        Ok(())
    }
}

impl<'m> Found<'m> {
    /// Puts a new key into its cell, with a zero elem, and counts it.
    pub fn write_key(self) -> Placed<'m> {
        let (map, cell) = (self.checked.map, self.cell);
        if self.is_new {
            map.cells[cell].elem.store(0, Relaxed);
            map.cells[cell].key.store(self.checked.key, Relaxed);
            map.cells[cell].tophash.store(self.checked.top, Relaxed);
            map.count.store(map.len().wrapping_add(1), Relaxed);
        }
        Placed { map, cell }
    }
}

impl<'m> Placed<'m> {
    /// Checks that the flag is still set.
    ///
    /// # Errors
    ///
    /// When it is not: there was another write.
    pub fn recheck(self) -> Result<Rechecked<'m>, Fatal> {
        self.map.recheck()?;
        Ok(Rechecked {
            map: self.map,
            cell: self.cell,
        })
    }
}

impl<'m> Rechecked<'m> {
    /// Clears the flag; `mapassign` returns the address of the elem.
    pub fn clear_flag(self) -> Returned<'m> {
        self.map.clear_flag();
        Returned {
            map: self.map,
            cell: self.cell,
        }
    }
}

impl Returned<'_> {
    /// Stores the elem, which no check guards.
    pub fn store(self, value: u64) {
        self.map.cells[self.cell].elem.store(value, Relaxed);
    }
}

/// A `range` over a [`RacyMap`] under way.
#[derive(Debug)]
pub struct RacyRange<'m> {
    map: &'m RacyMap,
    i: usize,
    is_over: bool,
}

impl Iterator for RacyRange<'_> {
    type Item = Result<(u64, u64), Fatal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over || (self.i == 0 && self.map.is_empty()) {
            return None;
        }
        if let Err(fatal) = self.map.check(Fatal::ConcurrentMapIterationAndMapWrite) {
            // In Go the process would be.
            self.is_over = true;
            return Some(Err(fatal));
        }
        while let Some(cell) = self.map.cells.get(self.i) {
            self.i += 1;
            if !is_empty(cell.tophash.load(Relaxed)) {
                return Some(Ok((cell.key.load(Relaxed), cell.elem.load(Relaxed))));
            }
        }
        self.is_over = true;
        None
    }
}
