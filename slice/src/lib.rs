//! Go's slices and strings: three words over one shared array.
//!
//! ```text
//!   s   ┌───────┬─────┬─────┐        ss  ┌───────┬─────┬─────┐      24 bytes each,
//!       │ array │ len │ cap │            │ array │ len │ cap │      copied by assignment
//!       └───┼───┴──1──┴──10─┘            └───┼───┴──5──┴──10─┘
//!           └────────────┬───────────────────┘
//!                        ▼
//!            ┌────┬────┬────┬────┬────┬────┬────┬────┬────┬────┐
//!            │ 12 │  1 │  2 │  3 │  4 │  0 │  0 │  0 │  0 │  0 │    one array in the heap
//!            └────┴────┴────┴────┴────┴────┴────┴────┴────┴────┘
//! ```
//!
//! A [`Slice`] is a header; assigning it or passing it copies 24 bytes and shares the array. That
//! one sentence explains the trap that every Go programmer meets:
//!
//! ```
//! use bumpalo::Bump;
//! use slice::Slice;
//!
//! let heap = Bump::new();
//! let base: Slice<i64> = Slice::make(&heap, 3, 4); // base := make([]int, 3, 4)
//! let x = base.append(&heap, 10); // x := append(base, 10)
//! let y = base.append(&heap, 20); // y := append(base, 20)
//! assert_eq!((x.at(3), y.at(3)), (20, 20)); // one spare cell, written twice
//!
//! let full = base.slice3(0, 3, 3); // full := base[:3:3]: no spare cell
//! let p = full.append(&heap, 10);
//! let q = full.append(&heap, 20);
//! assert_eq!((p.at(3), q.at(3)), (10, 20)); // each append had to move
//! ```
//!
//! The heap is a [`bumpalo::Bump`]: an array lives as long as the arena, whoever still looks at it,
//! which is what the garbage collector promises in Go. Elements are reached as
//! [`core::cell::Cell`]s, so that any number of headers may write the same array, and no header can
//! be sent to another thread. Values that own something (`String`, `Rc`) are welcome: see
//! [`Slice`], "Values with destructors".
//!
//! Read the files in this order: backing.rs (the words and the array), slice.rs (index and
//! reslice), makeslice.rs, growslice.rs with msize.rs and sizeclasses.rs, slicecopy.rs, string.rs,
//! panics.rs (Go's texts), convenience.rs (what `Vec` offers), invariants.rs, view.rs (the
//! picture).
//!
//! Go: runtime/slice.go, runtime/msize.go, runtime/sizeclasses.go, runtime/string.go (1.19).
//! Differs: Go's race, msan and asan hooks and its write barriers have no counterpart.

mod backing;
mod convenience;
pub mod growslice;
mod invariants;
mod makeslice;
pub mod msize;
mod panics;
pub mod sizeclasses;
mod slice;
mod slicecopy;
mod string;
mod view;

pub use backing::{Slice, Str};
pub use convenience::{SliceSeed, StrSeed};
pub use invariants::check;
pub use panics::{BoundsError, Int};
pub use slice::{Bounds, Iter};
pub use string::{Rune, Runes};
pub use view::View;

// Go 1.19 on amd64: the sizes below and the size classes are those of a 64-bit machine.
const _: () = assert!(usize::BITS == 64, "slice rebuilds the 64-bit runtime");
