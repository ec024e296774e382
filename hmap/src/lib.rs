//! Go's map: an array of buckets of eight cells, grown a little with each write.
//!
//! ```text
//!   map[uint64]uint64, growing from 4 to 8 buckets
//!
//!   Hmap 48 bytes         buckets                             one bucket, 144 bytes
//!   ┌────────────┐     ┌──▶ 0 ▓▓▓▓▓▓                          ┌──────────────────┐
//!   │ count   27 │     │    1 ▓▓▓▓                            │ tophash  8 × 1   │
//!   │ flags B 3  │     │    2                                 │ keys     8 × 8   │
//!   │ noverflow  │     │    3          oldbuckets             │ elems    8 × 8   │
//!   │ hash0      │     │    4 ▓▓▓  ┌──▶ 0 ░ evacuated: to 0   │ overflow ────────┼──▶ next
//!   │ buckets ───┼─────┘    5 ▓▓   │    1 ░      and 4, 1, 5  └──────────────────┘
//!   │ oldbuckets ┼────────────── … ┘    2 ▓▓▓▓▓▓ ◀ nevacuate
//!   │ nevacuate  │                      3 ▓▓▓▓▓▓▓▓ ─▶ ▓
//!   │ extra      │
//!   └────────────┘
//! ```
//!
//! [`Map`] goes through the very states of memory that a Go 1.19 map goes through, given the same
//! hashes; `oracle` compares them with real Go after every operation. And it is a map to use: the
//! API of [`std::collections::HashMap`] and `HashSet`, and no insertion that stops the world, since
//! each write moves at most two buckets of an array that is being left.
//!
//! ```
//! use hmap::Map;
//!
//! let mut m: Map<u64, u64> = Map::new();
//! for k in 0..27 {
//!     m.insert(k, k * k);
//! }
//! // The 27th key was too many for 4 buckets: 6.5 each. Two old ones were moved so far, at most.
//! assert_eq!((m.hmap().b(), m.hmap().growing()), (3, true));
//! assert_eq!(m.get(&26), Some(&676));
//! ```
//!
//! Go's way to iterate survives changes, because it borrows the map only for a step:
//!
//! ```
//! let mut m: hmap::Map<i32, bool> = (0..50).map(|i| (i, true)).collect();
//! let mut range = m.hiter(); // for k := range m
//! while let Some((&k, _)) = range.next(&m) {
//!     if k < 50 {
//!         m.insert(k + 1000, false); // grows under the iteration
//!     }
//! }
//! assert_eq!(m.len(), 100);
//! ```
//!
//! [`GoMap`] is a map *variable*: one word, nil at first, shared by assignment. [`RacyMap`] shows
//! what `fatal error: concurrent map writes` is made of.
//!
//! Read the files in this order: hmap.rs (the header), tophash.rs, bmap.rs (a bucket), alg.rs
//! (keys), mapaccess.rs, mapassign.rs, evacuate.rs, mapdelete.rs, mapiter.rs (Go's iteration);
//! then buckets.rs (memory), rebuild.rs, rawiter.rs; the API in map.rs, entry.rs, iter.rs,
//! drain.rs, convenience.rs, set.rs with setops.rs, gomap.rs; fastrand.rs, racy.rs; to look
//! inside: inspect.rs, view.rs, invariants.rs.
//!
//! Go: runtime/map.go (1.19). Since Go 1.24 maps are Swiss tables, another design.
//! Differs: Go's map_fast32.go, map_fast64.go, map_faststr.go have no counterpart, since the
//! compiler makes such copies of generic code by itself; race, msan and asan hooks have none.

mod alg;
mod bmap;
mod buckets;
mod convenience;
mod drain;
mod entry;
mod evacuate;
pub mod fastrand;
mod gomap;
mod hmap;
mod inspect;
mod invariants;
mod iter;
mod map;
mod mapaccess;
mod mapassign;
mod mapdelete;
mod mapiter;
mod racy;
mod rawiter;
mod rebuild;
mod set;
mod setops;
pub mod tophash;
mod view;

pub use alg::{F32, F64, Key};
pub use bmap::{BUCKET_CNT, Bmap, BmapLayout, MAX_INLINE_BYTES};
pub use buckets::TryReserveError;
pub use gomap::{GoMap, Range};
pub use hmap::{Hmap, Mapextra, flags, over_load_factor, too_many_overflow_buckets};
pub use inspect::{BucketRef, Chain};
pub use map::Map;
pub use mapiter::Hiter;
pub use racy::{Fatal, RacyMap, RacyRange};
pub use set::Set;
pub use view::View;

/// The steps of a write to a [`RacyMap`], in this order.
pub mod racy_write {
    pub use crate::racy::{Checked, Found, Loaded, Marked, Placed, Rechecked, Returned};
}

/// The iterators and entries of a [`Map`], where std has those of its own.
pub mod hash_map {
    pub use ahash::RandomState;

    pub use crate::drain::{Drain, ExtractIf};
    pub use crate::entry::{Entry, OccupiedEntry, VacantEntry};
    pub use crate::iter::{IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};
}

/// The iterators of a [`Set`], where std has those of its own.
pub mod hash_set {
    pub use crate::set::{Drain, ExtractIf, IntoIter, Iter};
    pub use crate::setops::{Difference, Intersection, SymmetricDifference, Union};
}

// Go 1.19 on amd64: the layouts are those of a 64-bit machine.
const _: () = assert!(usize::BITS == 64, "hmap rebuilds the 64-bit runtime");
