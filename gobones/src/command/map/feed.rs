//! Feeding a map with keys, and noting what each one did to it.
//!
//! ```text
//!   key ──assign──▶ m[key] = line ──▶ Turns     did a growth begin, did one end: all lines
//!       ──step────▶ m[key] = line ──▶ Step      hash, bucket, cell, and all that happened: the
//!                                               first lines only, since it looks at every bucket
//! ```
//!
//! *Write*: every assignment, also one under a key that is there. *Pending*: an old bucket that is
//! not evacuated.
//!
//! F1  Keys only come, so every growth doubles: 2^B overflow buckets, which start a growth to the
//!     same size, need more than 8 × 2^B entries, and above 6.5 × 2^B the array has doubled.
//! F2  `growths` holds every growth in order; only the last can be under way.
//! F3  A new bucket is empty until its old bucket is evacuated, so that what lies in it after that
//!     came from there.
//!
//! Go: runtime/map.go: mapassign, hashGrow, growWork.

use hmap::{BUCKET_CNT, Chain, Key, Map, fastrand, tophash};
use serde::{Serialize, Serializer};

use super::memhash::{GoString, HashKey};

/// Go's `map[string]int`.
pub(super) type Lines = Map<GoString, isize, HashKey>;

/// A map that is being filled, and its history.
pub(super) struct Feed {
    map: Lines,
    hash_seed: u64,
    lines: u64,
    key_bytes: u64,
    growths: Vec<Growth>,
}

/// A growth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Growth {
    /// The line whose key began it.
    pub(super) line: u64,
    /// Entries before that key.
    pub(super) entries: usize,
    pub(super) from_b: u8,
    pub(super) to_b: u8,
    /// Overflow buckets before, as the header counts them.
    pub(super) noverflow: u16,
    /// Writes from the one that began it to the one that evacuated the last old bucket, or so far.
    pub(super) writes: u64,
    pub(super) ended: bool,
}

/// What an assignment did to the growth of the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Turns {
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// An assignment, looked at closely.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Step {
    pub(super) line: u64,
    pub(super) key: GoString,
    #[serde(serialize_with = "hexadecimal")]
    pub(super) hash: u64,
    /// How many of its low bits choose the bucket.
    pub(super) b: u8,
    pub(super) tophash: u8,
    #[serde(flatten)]
    pub(super) place: Place,
    /// The line that was stored under the key before.
    pub(super) before: Option<isize>,
    pub(super) events: Vec<Event>,
}

/// A cell of the current array.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    pub(super) bucket: usize,
    /// Which bucket of the chain: 0 is the array's own.
    pub(super) overflow: usize,
    pub(super) cell: usize,
}

/// What happened during an assignment besides storing the entry, in the order of its happening.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum Event {
    /// So many entries were as many as the buckets take, and the array became the old one.
    GrowthBegins {
        entries: usize,
        from_b: u8,
        to_b: u8,
    },
    /// An old bucket's entries moved: `x` to the bucket of the same number, `y` to the one
    /// `old_buckets` further on.
    Evacuated {
        bucket: usize,
        x: usize,
        y: usize,
        old_buckets: usize,
    },
    /// The last old bucket was evacuated.
    GrowthEnds { writes: u64 },
    /// The bucket's chain was full, and the `overflow`-th overflow bucket was put behind it.
    OverflowBucket { bucket: usize, overflow: usize },
}

fn hexadecimal<S: Serializer>(hash: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format!("{hash:#018x}"))
}

impl Feed {
    /// An empty map whose hashes all follow from `hash_seed`.
    pub(super) fn new(hash_seed: u64) -> Self {
        fastrand::seed(hash_seed);
        // Go makes it odd too: the hash multiplies with it.
        let key = HashKey(fastrand::fastrand64() | 1);
        Self {
            map: Map::with_hasher(key),
            hash_seed,
            lines: 0,
            key_bytes: 0,
            growths: Vec::new(),
        }
    }

    pub(super) fn map(&self) -> &Lines {
        &self.map
    }

    pub(super) fn hash_seed(&self) -> u64 {
        self.hash_seed
    }

    /// Lines fed so far.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// Bytes of the keys' texts.
    pub(super) fn key_bytes(&self) -> u64 {
        self.key_bytes
    }

    pub(super) fn growths(&self) -> &[Growth] {
        &self.growths
    }

    /// Stores the number of the next line under its text.
    pub(super) fn assign(&mut self, key: GoString) -> Turns {
        self.store(key).1
    }

    /// Stores as [`Feed::assign`] does, and says all that happened.
    ///
    /// **Cost** a look at every bucket.
    pub(super) fn step(&mut self, key: GoString) -> Step {
        let was_pending = self.pending();
        let (before, turns) = self.store(key.clone());
        let hmap = self.map.hmap();
        let hash = Key::hash(&key, self.map.hasher(), hmap.hash0());
        let bucket = hash as usize & (hmap.n_buckets() - 1);
        let place = self.find(bucket, &key);
        let mut events = self.growth_events(&was_pending, turns, (place, before.is_none()));
        // Nothing is ever deleted, so cells are filled in their order.
        if before.is_none() && place.overflow > 0 && place.cell == 0 {
            let Place { overflow, .. } = place;
            events.push(Event::OverflowBucket { bucket, overflow });
        }
        Step {
            line: self.lines,
            hash,
            b: hmap.b(),
            tophash: tophash::tophash(hash),
            key,
            place,
            before,
            events,
        }
    }

    /// The number of the line that was there before, and how the growth went on (F2).
    fn store(&mut self, key: GoString) -> (Option<isize>, Turns) {
        self.lines += 1;
        let (entries, key_bytes) = (self.map.len(), key.len() as u64);
        let (b, noverflow) = (self.map.hmap().b(), self.map.hmap().noverflow());
        let was_growing = self.map.hmap().growing();
        let before = self.map.insert(key, self.lines as isize);
        if before.is_none() {
            self.key_bytes += key_bytes;
        }
        let hmap = self.map.hmap();
        let begins = hmap.b() != b;
        if begins {
            self.growths.push(Growth {
                line: self.lines,
                entries,
                from_b: b,
                to_b: hmap.b(),
                noverflow,
                writes: 0,
                ended: false,
            });
        }
        let ends = (was_growing || begins) && !hmap.growing();
        if was_growing || begins {
            let growth = self
                .growths
                .last_mut()
                .expect("F2: it was pushed when it began");
            growth.writes += 1;
            growth.ended = ends;
        }
        (before, Turns { begins, ends })
    }

    /// The old buckets that are not evacuated; without a growth, all buckets, since they are the
    /// old ones of the next.
    fn pending(&self) -> Vec<usize> {
        if self.map.hmap().growing() {
            still_pending(&self.map).map(|(bucket, _)| bucket).collect()
        } else {
            (0..self.map.chains().len()).collect()
        }
    }

    /// What a growth did during the assignment that stored at a place, a new entry or not.
    fn growth_events(
        &self,
        was_pending: &[usize],
        turns: Turns,
        (place, is_new): (Place, bool),
    ) -> Vec<Event> {
        let (mut events, hmap) = (Vec::new(), self.map.hmap());
        let Some(growth) = self.growths.last().filter(|g| turns.ends || !g.ended) else {
            return events;
        };
        if turns.begins {
            let Growth {
                entries,
                from_b,
                to_b,
                ..
            } = *growth;
            events.push(Event::GrowthBegins {
                entries,
                from_b,
                to_b,
            });
        }
        let old_buckets = 1 << growth.from_b;
        let pending: Vec<usize> = still_pending(&self.map).map(|(bucket, _)| bucket).collect();
        let evacuated = was_pending
            .iter()
            .filter(|bucket| !pending.contains(bucket));
        let mut evacuated: Vec<usize> = evacuated.copied().collect();
        // The bucket to be written to goes first, then the one at the mark.
        evacuated.sort_by_key(|bucket| *bucket != place.bucket % old_buckets);
        for bucket in evacuated {
            let entries = |bucket: usize| {
                let chain = self.map.chains().nth(bucket);
                let entries = chain.map_or(0, |chain| chain.entries().count());
                entries - usize::from(is_new && bucket == place.bucket)
            };
            // F3
            let (x, y) = (entries(bucket), entries(bucket + old_buckets));
            events.push(Event::Evacuated {
                bucket,
                x,
                y,
                old_buckets,
            });
        }
        if turns.ends {
            debug_assert!(!hmap.growing());
            let writes = growth.writes;
            events.push(Event::GrowthEnds { writes });
        }
        events
    }

    /// Where the entry of `key` is, which has just been written.
    fn find(&self, bucket: usize, key: &GoString) -> Place {
        let chain = self
            .map
            .chains()
            .nth(bucket)
            .expect("a bucket was written to");
        for (overflow, bmap) in chain.buckets().enumerate() {
            for cell in 0..BUCKET_CNT {
                if bmap.cell(cell).is_some_and(|(other, _)| other == key) {
                    return Place {
                        bucket,
                        overflow,
                        cell,
                    };
                }
            }
        }
        unreachable!("what was just stored is in the bucket that its hash says")
    }
}

/// The old buckets that are not evacuated.
pub(super) fn still_pending(
    map: &Lines,
) -> impl Iterator<Item = (usize, Chain<'_, GoString, isize>)> {
    map.old_chains().filter(|(_, chain)| !chain.evacuated())
}
