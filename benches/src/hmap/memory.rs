//! Bytes held for each entry, where the figures differ most.
//!
//! ```text
//!   851,968     as full as Go lets 131,072 buckets be      917,504   as full as hashbrown lets
//!   851,969     just grown: two arrays, the old one to     917,505   1,048,576 places be; just
//!               be given back bit by bit                             grown
//! ```
//!
//! Counted is what was asked for from the allocator or mapped, touched or not: ours adds up its
//! arrays and slabs, hashbrown's table tells its size, the red-black tree has a box a node, and Go
//! reports by how much its heap grew. What the allocator itself adds is left out. std's `HashMap`
//! has hashbrown's table; std's `BTreeMap` tells nothing.

use super::GROUP;
use super::keys::stored;
use super::table::{Hashbrown, Ours, Table};
use super::tree::NODE_BYTES;
use crate::board::MemoryRow;
use crate::contest::Contest;

/// Entries, rising.
const SIZES: [usize; 5] = [851_968, 851_969, 917_504, 917_505, 1_000_000];

const WORK: &str = "bytes_held";

/// What maps of `u64` to `u64` hold that grew to these sizes.
#[must_use]
pub fn memory() -> Vec<MemoryRow> {
    let keys = stored::<u64>(SIZES[SIZES.len() - 1]);
    let (mut ours, mut hashbrown) = (Ours::make(), Hashbrown::make());
    let mut rows = Vec::new();
    let mut filled = 0;
    for n in SIZES {
        for (i, key) in keys.iter().enumerate().take(n).skip(filled) {
            ours.put(*key, i as u64);
            hashbrown.put(*key, i as u64);
        }
        filled = n;
        rows.extend([
            MemoryRow::new(GROUP, WORK, n, "ours", ours.bytes()),
            MemoryRow::new(GROUP, WORK, n, "hashbrown", hashbrown.allocation_size()),
            MemoryRow::new(GROUP, WORK, n, "RBTree", n * NODE_BYTES),
        ]);
    }
    rows
}

/// The Go benchmarks that report `bytes` for these rows; nothing is timed.
#[must_use]
pub fn memory_twins() -> Vec<Contest> {
    SIZES
        .map(|n| Contest::new(GROUP, WORK, n).go(format!("BytesHeld/{n}")))
        .into()
}
