//! Go's bucket map, bucket for bucket.

mod alg;
mod bmap;
mod buckets;
mod evacuate;
pub mod fastrand;
mod hmap;
mod inspect;
mod invariants;
mod map;
mod mapaccess;
mod mapassign;
mod mapdelete;
mod mapiter;
mod rawiter;
mod rebuild;
pub mod tophash;

pub use alg::{F32, F64, Key};
pub use bmap::{BUCKET_CNT, Bmap, BmapLayout, MAX_INLINE_BYTES};
pub use buckets::TryReserveError;
pub use hmap::{Hmap, Mapextra, flags, over_load_factor, too_many_overflow_buckets};
pub use inspect::{BucketRef, Chain};
pub use map::Map;
pub use mapiter::Hiter;

// Go 1.19 on amd64: the layouts are those of a 64-bit machine.
const _: () = assert!(usize::BITS == 64, "hmap rebuilds the 64-bit runtime");
