//! What a law sees of a map: its chains cell by cell, both arrays while it grows.
//!
//! ```text
//!   Snapshot   header without the iterator bits, every tophash byte, every entry
//!   overflows  buckets behind the first of their chain, counted by walking
//!   unmoved    chains of the old array that still hold their entries
//! ```
//!
//! Nothing here is taken from the map's own counters where walking can tell.
//!
//! Go: nothing; a debugger would have to do this.

use hmap::{Chain, Map, flags};

use super::history::IntMap;
use crate::{Because, hold};

/// A bucket: tophash bytes, and the entries of the cells.
pub(crate) type Bucket = ([u8; 8], [Option<(i64, i64)>; 8]);

/// The buckets of a chain.
pub(crate) type Cells = Vec<Bucket>;

/// Everything that a write could change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    header: (usize, u8, u8, u16, u32, usize),
    chains: Vec<Cells>,
    old_chains: Vec<(usize, Cells)>,
}

impl Snapshot {
    /// What `m` looks like now.
    pub(crate) fn of(m: &IntMap) -> Self {
        let h = m.hmap();
        let flags = h.flags() & !(flags::ITERATOR | flags::OLD_ITERATOR);
        let (b, noverflow, seed) = (h.b(), h.noverflow(), h.hash0());
        let old = m.old_chains();
        Self {
            header: (h.count(), flags, b, noverflow, seed, h.nevacuate()),
            chains: m.chains().map(cells).collect(),
            old_chains: old.map(|(index, chain)| (index, cells(chain))).collect(),
        }
    }
}

/// The buckets of a chain.
pub(crate) fn cells(chain: Chain<'_, i64, i64>) -> Cells {
    let entry = |(key, value): (&i64, &i64)| (*key, *value);
    chain
        .buckets()
        .map(|bucket| {
            let cell = |i| bucket.cell(i).map(entry);
            (bucket.tophash(), core::array::from_fn(cell))
        })
        .collect()
}

/// The keys of a chain, in the order of its cells.
pub(crate) fn keys(chain: Chain<'_, i64, i64>) -> Vec<i64> {
    chain.entries().map(|(key, _)| *key).collect()
}

/// Overflow buckets of the current array.
pub(crate) fn overflows<K, V, S>(m: &Map<K, V, S>) -> usize {
    m.chains().map(|chain| chain.buckets().count() - 1).sum()
}

/// The fewest overflow buckets that so many entries in a chain can do with.
pub(crate) fn overflows_needed(entries: usize) -> usize {
    entries.div_ceil(8).saturating_sub(1)
}

/// Old buckets whose entries were not moved yet.
pub(crate) fn unmoved<K, V, S>(m: &Map<K, V, S>) -> usize {
    let waiting = |(_, chain): &(usize, Chain<'_, K, V>)| !chain.evacuated();
    m.old_chains().filter(waiting).count()
}

/// Where the current array begins; another array begins elsewhere, as long as both are alive.
pub(crate) fn array_address<K, V, S>(m: &Map<K, V, S>) -> Option<usize> {
    let head = m.chains().next()?.buckets().next()?;
    Some(head.address())
}

/// Whether a number that has no name in Go is what the sentence says.
pub(crate) fn same_number(en: &str, zh: &str, got: usize, want: usize) -> Result<(), Because> {
    hold(
        got == want,
        format!("{en}: {got}, not {want}"),
        format!("{zh}：{got}，不是 {want}"),
    )
}

/// Stores an entry of `m` again until the growth under way has ended; all values stay.
///
/// # Panics
///
/// When it does not end.
pub(crate) fn settle(m: &mut IntMap) {
    for _ in 0..m.hmap().n_buckets() {
        if !m.hmap().growing() {
            return;
        }
        let (key, value) = first_entry(m).expect("a map that grows is not empty");
        m.insert(key, value);
    }
    assert!(!m.hmap().growing(), "this growth does not end");
}

/// The first entry in the order of the memory.
fn first_entry(m: &IntMap) -> Option<(i64, i64)> {
    let old = m.old_chains().map(|(_, chain)| chain);
    let mut entries = m.chains().chain(old).flat_map(Chain::entries);
    entries.next().map(|(key, value)| (*key, *value))
}
