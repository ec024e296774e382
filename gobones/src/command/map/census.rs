//! Counting a map: how full its buckets are, and how that compares with chance.
//!
//! ```text
//!   entries    buckets       expected          Poisson: n buckets, λ entries in each on average
//!      0          5755         5791.2          n · e^-λ
//!      1         22213        22081.5          n · e^-λ · λ
//!      k             …            …            n · e^-λ · λ^k / k!
//! ```
//!
//! A hash that spreads keys well fills buckets as chance would. *Histogram*: buckets by how many
//! entries they have. While the map grows, an entry of an old bucket is counted in the bucket of
//! the new array that it will move to.
//!
//! C1  The histogram's buckets are those of the current array, and its entries are all entries.
//! C2  A chain is counted if it holds the entries of its bucket: those of old buckets that are not
//!     evacuated, and those of new buckets whose old one is.

use std::collections::BTreeMap;

use hmap::{BUCKET_CNT, Bmap, Key};
use serde::Serialize;

use super::feed::{Feed, Growth, still_pending};
use super::memhash::GoString;

/// Rows of the histogram for which less than this many buckets are expected are left out at its
/// end, unless there are such buckets.
const EXPECTED_MIN: f64 = 0.5;

/// All numbers of a map.
#[derive(Debug, Serialize)]
pub(super) struct Census {
    pub(super) lines: u64,
    pub(super) entries: usize,
    /// Lines whose key was there already.
    pub(super) duplicates: u64,
    pub(super) hash_seed: u64,
    pub(super) hash0: u32,
    pub(super) b: u8,
    /// Buckets of the current array.
    pub(super) buckets: usize,
    /// Entries a bucket of the current array.
    pub(super) load: f64,
    /// The part of all cells that is full, those of overflow buckets and old buckets included.
    pub(super) fill: f64,
    /// Overflow buckets in the chains.
    pub(super) overflow_buckets: usize,
    /// Overflow buckets as the header counts them: an estimate from B = 16 on.
    pub(super) noverflow: u16,
    /// Buckets of the longest chain.
    pub(super) longest_chain: usize,
    pub(super) chains: Vec<Chains>,
    pub(super) histogram: Vec<Bar>,
    /// The growth under way.
    pub(super) growing: Option<Growing>,
    pub(super) growths: Vec<Growth>,
    /// Bytes of header, arrays and overflow buckets.
    pub(super) map_bytes: usize,
    pub(super) bucket_bytes: usize,
    /// Bytes of the keys' texts.
    pub(super) key_bytes: u64,
}

/// How many chains have so many buckets.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Chains {
    pub(super) buckets: usize,
    pub(super) chains: usize,
}

/// How many buckets have so many entries.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Bar {
    pub(super) entries: usize,
    pub(super) buckets: usize,
    /// How many would by chance.
    pub(super) expected: f64,
}

/// What is left of the old array.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Growing {
    pub(super) from_b: u8,
    pub(super) old_buckets: usize,
    /// Old buckets that are not evacuated.
    pub(super) pending: usize,
    /// Entries in them.
    pub(super) entries: usize,
}

/// Chains and entries, counted.
struct Tally {
    /// Entries by bucket of the current array.
    entries: Vec<usize>,
    /// Chains by their number of buckets.
    chains: BTreeMap<usize, usize>,
    pending: usize,
    entries_pending: usize,
}

impl Census {
    pub(super) fn of(feed: &Feed) -> Self {
        let (map, hmap) = (feed.map(), feed.map().hmap());
        let tally = Tally::of(feed);
        let (entries, buckets) = (map.len(), tally.entries.len());
        let load = entries as f64 / buckets.max(1) as f64;
        let overflow_buckets: usize = tally
            .chains
            .iter()
            .map(|(length, n)| (length - 1) * n)
            .sum();
        let all = buckets + tally.pending + overflow_buckets;
        let chains = tally.chains.iter();
        let growing = hmap.growing().then(|| Growing {
            from_b: hmap.b() - 1,
            old_buckets: hmap.noldbuckets(),
            pending: tally.pending,
            entries: tally.entries_pending,
        });
        Self {
            lines: feed.lines(),
            entries,
            duplicates: feed.lines() - entries as u64,
            hash_seed: feed.hash_seed(),
            hash0: hmap.hash0(),
            b: hmap.b(),
            buckets,
            load: rounded(load),
            fill: rounded(entries as f64 / (all * BUCKET_CNT).max(1) as f64),
            overflow_buckets,
            noverflow: hmap.noverflow(),
            longest_chain: tally.chains.keys().last().copied().unwrap_or(0),
            chains: chains
                .map(|(&buckets, &chains)| Chains { buckets, chains })
                .collect(),
            histogram: histogram(&tally.entries, load),
            growing,
            growths: feed.growths().to_vec(),
            map_bytes: map.bytes(),
            bucket_bytes: Bmap::<GoString, isize>::LAYOUT.size,
            key_bytes: feed.key_bytes(),
        }
    }
}

impl Tally {
    fn of(feed: &Feed) -> Self {
        let (map, hmap) = (feed.map(), feed.map().hmap());
        let mut tally = Self {
            entries: Vec::with_capacity(map.chains().len()),
            chains: BTreeMap::new(),
            pending: 0,
            entries_pending: 0,
        };
        let mut is_pending = vec![
            false;
            if hmap.growing() {
                hmap.noldbuckets()
            } else {
                0
            }
        ];
        for (bucket, chain) in still_pending(map) {
            is_pending[bucket] = true;
            tally.pending += 1;
            *tally.chains.entry(chain.buckets().count()).or_default() += 1;
        }
        for (bucket, chain) in map.chains().enumerate() {
            let (mut buckets, mut entries) = (0, 0);
            for bmap in chain.buckets() {
                buckets += 1;
                entries += bmap.tophash().iter().filter(|top| is_full(**top)).count();
            }
            tally.entries.push(entries);
            let old = is_pending.get(bucket % is_pending.len().max(1));
            if old != Some(&true) {
                *tally.chains.entry(buckets).or_default() += 1;
            }
        }
        for (key, _) in still_pending(map).flat_map(|(_, chain)| chain.entries()) {
            let hash = Key::hash(key, map.hasher(), hmap.hash0());
            tally.entries[hash as usize & (hmap.n_buckets() - 1)] += 1;
            tally.entries_pending += 1;
        }
        tally
    }
}

fn is_full(top: u8) -> bool {
    top >= hmap::tophash::MIN_TOP_HASH
}

/// Buckets by their number of entries (C1), with what chance would give for `load` entries each.
fn histogram(entries: &[usize], load: f64) -> Vec<Bar> {
    let Some(most) = entries.iter().copied().max() else {
        return Vec::new();
    };
    let mut bars = Vec::new();
    let mut expected = entries.len() as f64 * (-load).exp();
    // Below the average the expected numbers rise, however small the first ones are.
    while bars.len() <= most || expected >= EXPECTED_MIN || bars.len() as f64 <= load {
        let buckets = 0;
        bars.push(Bar {
            entries: bars.len(),
            buckets,
            expected: rounded(expected),
        });
        expected *= load / bars.len() as f64;
    }
    for n in entries {
        bars[*n].buckets += 1;
    }
    bars
}

/// Three decimals: the last digits of `exp` differ from machine to machine.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
