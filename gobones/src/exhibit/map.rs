//! The map chapters' programs, over our own maps; a file each, called after the chapter.
//!
//! ```text
//!   key 13   hash  0x13_0000_0000_00000d     top byte 0x13: it reads like the key
//!                    ▲▲               ▲      low bits ..1101: bucket 1 of 2 or of 4,
//!                    tophash     the bucket  bucket 5 of 8
//! ```
//!
//! Go's hash of a key differs from map to map. Here it is one that a reader can do in the head
//! (`ByHand`), and the seeds that a map draws are fixed, so the pictures are the same on every
//! run. What the programs print does not depend on either.
//!
//! H1  A program draws random numbers only after `seeded`, so its trace is the same on every run.
//!
//! Go: runtime/map.go: tophash, bucketMask; runtime/alg.go: typehash.

pub(crate) mod buckets;
pub(crate) mod concurrent;
pub(crate) mod delete;
pub(crate) mod doubling;
pub(crate) mod evacuation;
pub(crate) mod odd_keys;
pub(crate) mod order;
pub(crate) mod tree;

use std::hash::{BuildHasher, Hasher};

use hmap::{Key, Map, View};
use layout::{Block, Describe, Picture};

use crate::trace::Recorder;

/// Go's `int` on a 64-bit machine.
type Int = isize;

/// Hashes such that a reader can do it too: the low bits are the key's, and the top byte has the
/// key's last two decimal digits as its hexadecimal ones, 0x13 for 13 and 0xa5 for 5.
///
/// The map's seed plays no part in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ByHand {
    /// The low bits for a key; the key itself, but for a program that wants collisions.
    low: fn(key: u64) -> u64,
}

impl Default for ByHand {
    fn default() -> Self {
        Self { low: |key| key }
    }
}

/// One hash on its way.
#[derive(Debug)]
pub(crate) struct ByHandHasher {
    low: fn(key: u64) -> u64,
    key: u64,
}

impl BuildHasher for ByHand {
    type Hasher = ByHandHasher;

    fn build_hasher(&self) -> ByHandHasher {
        ByHandHasher {
            low: self.low,
            key: 0,
        }
    }
}

impl Hasher for ByHandHasher {
    fn write(&mut self, bytes: &[u8]) {
        for (i, byte) in bytes.iter().enumerate() {
            self.key ^= u64::from(*byte) << (i % 8 * 8);
        }
    }

    /// Lets the seed pass by: it is what a map hashes before the key.
    fn write_u32(&mut self, _: u32) {}

    fn finish(&self) -> u64 {
        let (tens, ones) = (self.key % 100 / 10, self.key % 10);
        let top = if tens == 0 { 0xa0 } else { tens << 4 } + ones;
        top << 56 | (self.low)(self.key) & (u64::MAX >> 8)
    }
}

/// A recorder for a program, with the random numbers of this thread at their beginning (H1).
fn seeded(program: &'static str) -> Recorder {
    hmap::fastrand::seed(1);
    Recorder::new(program)
}

/// A map that hashes by hand, as `make(map[K]V, hint)` makes it.
fn make<K: Key, V>(hint: usize) -> Map<K, V, ByHand> {
    Map::with_capacity_and_hasher(hint, ByHand::default())
}

/// The picture of one map. While it grows, empty buckets of the new array are left out, but for
/// the first, so that old and new stand on one page.
fn picture<K, V>(name: &str, m: &Map<K, V, ByHand>, addresses: bool) -> Picture
where
    K: Key + Describe,
    V: Describe,
{
    let mut view = View::new().with_addresses(addresses);
    let mut picture = view.map(name, m).picture();
    if m.hmap().growing() {
        leave_out_empty_buckets(&mut picture);
    }
    picture
}

/// Takes the empty buckets of the new array out of a picture, but for the first.
fn leave_out_empty_buckets(picture: &mut Picture) {
    let is_new = |label: &str| label.starts_with("buckets[") && label.ends_with(']');
    let is_empty = |block: &Block| {
        let mut tops = block
            .fields
            .iter()
            .filter(|f| f.name.starts_with("tophash"));
        tops.all(|top| top.meaning == "emptyRest")
    };
    picture
        .blocks
        .retain(|block| block.label == "buckets[0]" || !is_new(&block.label) || !is_empty(block));
    let drawn: Vec<_> = picture
        .blocks
        .iter()
        .map(|block| block.label.as_str())
        .collect();
    let arrows = &mut picture.arrows;
    arrows.retain(|arrow| {
        [&arrow.from, &arrow.to]
            .iter()
            .all(|end| drawn.contains(&end.as_str()))
    });
}

macro_rules! program {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/chapters/",
            $name,
            ".go"
        ))
    };
}
use program;
