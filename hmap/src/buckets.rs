//! The memory of buckets: arrays, slabs of overflow buckets, and giving an old array back slowly.
//!
//! ```text
//!   array for B = 5     32 buckets            + 5 overflow buckets made in advance
//!                       ┌──┬──┬── … ──┬──┐┌──┬──┬──┬──┬──┐
//!                       └──┴──┴── … ──┴──┘└──┴──┴──┴──┴──┘  the last one's overflow is not null
//!
//!   old array           ░░░░░░░░░░░▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
//!   behind the mark     given back ┘└ still there: from `nevacuate` on, in steps of 64 KiB
//! ```
//!
//! Memory is asked for as zeros: all zeros is a run of empty buckets, and pages of a large array
//! are not touched before their first entry comes. Freeing costs too: to unmap a page takes about
//! 0.27 µs (EPYC, Zen 4, November 2026), so the 80 MB that a map of four million entries leaves
//! behind would take 5 ms at once. Large arrays are therefore mapped, and unmapped behind the
//! evacuation mark; what is left when the growth ends is *retired*, and goes 64 KiB with each
//! insertion.
//!
//! *Prealloc*: the overflow buckets at the end of an array. *Slab*: a block of overflow buckets
//! for when those are used up.
//!
//! A1  An array is mapped if and only if it has at least `MAPPED_MIN_BYTES`, and not under Miri or
//!     where there is no mmap; its size is a function of B and the bucket's size.
//! A2  Of a mapped old array, the whole `RELEASE_BYTES` below bucket `nevacuate` are unmapped.
//! A3  Freed once: an array by `free_array`, or piece by piece by `release_behind_mark` and then
//!     `free_array_from` or `Retired`; a slab by its `Overflow` or `Retired`.
//!
//! Go: runtime/map.go (1.19): makeBucketArray, newoverflow; runtime/msize.go: roundupsize.
//! Differs: Go has a collector. Overflow buckets come in slabs rather than one by one.

use core::alloc::Layout;
use core::ptr::NonNull;
use std::alloc;

use slice::msize::roundupsize;

use crate::bmap::BmapLayout;

/// An array of at least this size is mapped. Below it the allocator may have memory in use before,
/// which costs no page faults; clearing and freeing it at once takes some 50 µs at this size.
const MAPPED_MIN_BYTES: usize = 1 << 20;
/// What is given back in one step: 16 pages of 4 KiB, about 5 µs.
const RELEASE_BYTES: usize = 64 << 10;
/// Bytes of the largest slab.
const SLAB_MAX_BYTES: usize = 16 << 10;

/// Why room for a number of entries could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TryReserveError {
    /// The array would have more than `isize::MAX` bytes.
    CapacityOverflow,
    /// The allocator has no memory of this layout.
    AllocError {
        /// What was asked for.
        layout: Layout,
    },
}

impl core::fmt::Display for TryReserveError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::CapacityOverflow => f.write_str(
                "the map would need more memory than an address can reach; ask for fewer entries",
            ),
            Self::AllocError { layout } => write!(
                f,
                "the allocator has no {} bytes for the map's buckets",
                layout.size()
            ),
        }
    }
}

impl core::error::Error for TryReserveError {}

impl TryReserveError {
    /// Ends as a failed allocation ends elsewhere.
    ///
    /// # Panics
    ///
    /// When the capacity overflowed.
    pub(crate) fn raise(self) -> ! {
        match self {
            Self::CapacityOverflow => panic!("Hash table capacity overflow"),
            Self::AllocError { layout } => alloc::handle_alloc_error(layout),
        }
    }
}

/// Buckets of an array for `b`, with those made in advance for overflow.
///
/// From 16 buckets on a sixteenth is added, and what rounding up to a size class leaves over.
///
/// **Go** runtime/map.go: makeBucketArray.
#[must_use]
pub(crate) fn nbuckets_with_prealloc(bucket: &BmapLayout, b: u8) -> Option<usize> {
    let base = 1_usize.checked_shl(b.into())?;
    if b < 4 {
        return Some(base);
    }
    let bytes = bucket.size.checked_mul(base + (base >> 4))?;
    isize::try_from(bytes).ok()?;
    let rounded = roundupsize(bytes);
    Some(rounded / bucket.size)
}

/// An array of empty buckets for `b`, and the first of the overflow buckets made in advance.
///
/// # Errors
///
/// When there is no memory, or no address space.
///
/// **Go** runtime/map.go: makeBucketArray.
#[doc(alias = "makeBucketArray")]
pub(crate) fn make_bucket_array(
    bucket: &BmapLayout,
    b: u8,
) -> Result<(NonNull<u8>, Option<NonNull<u8>>), TryReserveError> {
    let layout = array_layout(bucket, b).ok_or(TryReserveError::CapacityOverflow)?;
    let array = if is_mapped(layout) {
        map(layout.size())
    } else {
        // SAFETY: a bucket has at least its eight tophash bytes, so the size is not zero.
        NonNull::new(unsafe { alloc::alloc_zeroed(layout) })
    };
    let array = array.ok_or(TryReserveError::AllocError { layout })?;
    Ok((array, mark_prealloc(bucket, array, b)))
}

/// Marks the last bucket made in advance in an array of zeros, and returns the first.
fn mark_prealloc(bucket: &BmapLayout, array: NonNull<u8>, b: u8) -> Option<NonNull<u8>> {
    let (base, total) = (1_usize << b, nbuckets_with_prealloc(bucket, b)?);
    if base == total {
        return None;
    }
    // SAFETY: `total > base` buckets lie in the array.
    let first = unsafe { array.add(base * bucket.size) };
    // SAFETY: within the array, before the last bucket's overflow word.
    let last = unsafe { array.add((total - 1) * bucket.size + bucket.overflow) };
    // A safe pointer that is not null is enough; Go takes the array's own.
    // SAFETY: the overflow word of the last bucket.
    unsafe { last.cast::<NonNull<u8>>().write(array) };
    Some(first)
}

fn array_layout(bucket: &BmapLayout, b: u8) -> Option<Layout> {
    let bytes = nbuckets_with_prealloc(bucket, b)?.checked_mul(bucket.size)?;
    Layout::from_size_align(bytes, bucket.align).ok()
}

/// The bytes that an array for `b` takes.
pub(crate) fn array_bytes(bucket: &BmapLayout, b: u8) -> usize {
    array_layout(bucket, b).map_or(0, |layout| layout.size())
}

/// Makes an array that was used an array of empty buckets, and returns the first of its prealloc;
/// a mapped array is left alone: its pages are cheaper to get anew.
///
/// # Safety
///
/// 1. `array` came from `make_bucket_array` with the same arguments; what its buckets hold is not
///    used again.
///
/// **Go** runtime/map.go: makeBucketArray with dirtyalloc.
pub(crate) unsafe fn clean_array(
    bucket: &BmapLayout,
    array: NonNull<u8>,
    b: u8,
) -> Option<Option<NonNull<u8>>> {
    let layout = array_layout(bucket, b)?;
    if is_mapped(layout) {
        return None;
    }
    // SAFETY: duty 1: the whole allocation.
    unsafe { array.write_bytes(0, layout.size()) };
    Some(mark_prealloc(bucket, array, b))
}

/// Frees a whole array at once.
///
/// # Safety
///
/// 1. `array` came from `make_bucket_array` with the same arguments, and is not used again.
pub(crate) unsafe fn free_array(bucket: &BmapLayout, array: NonNull<u8>, b: u8) {
    // SAFETY: duty 1: nothing was released before.
    unsafe { free_array_from(bucket, array, b, 0) }
}

/// Frees what is left of an old array whose buckets below `nevacuate` were released as the mark
/// went on.
///
/// # Safety
///
/// 1. As for `free_array`, and A2 holds for `nevacuate`.
pub(crate) unsafe fn free_array_from(
    bucket: &BmapLayout,
    array: NonNull<u8>,
    b: u8,
    nevacuate: usize,
) {
    let layout = array_layout(bucket, b).expect("A1: the array was made with this layout");
    if is_mapped(layout) {
        let from = released(bucket, nevacuate);
        // SAFETY: A1: a mapping of this size, of which the part from `from` on is left (A2).
        unsafe { unmap(array, from, layout.size()) };
    } else {
        // SAFETY: A1: it was allocated with this layout.
        unsafe { alloc::dealloc(array.as_ptr(), layout) };
    }
}

/// Gives back what the evacuation mark has left behind by going from bucket `from` to `to`.
///
/// **Cost** nothing for most calls; one system call, about 5 µs, for each 64 KiB passed.
///
/// # Safety
///
/// 1. `array` is an old array for `b`, and its buckets below `to` are not used again.
/// 2. A2 holds for `from`.
#[inline]
pub(crate) unsafe fn release_behind_mark(
    bucket: &BmapLayout,
    array: NonNull<u8>,
    b: u8,
    from: usize,
    to: usize,
) {
    let (from, to) = (released(bucket, from), released(bucket, to));
    if from < to && array_layout(bucket, b).is_some_and(is_mapped) {
        // SAFETY: duties 1 and 2: this part is mapped, and dead.
        unsafe { unmap(array, from, to) };
    }
}

/// The bytes of an old array that are given back when the mark stands at `nevacuate` (A2).
fn released(bucket: &BmapLayout, nevacuate: usize) -> usize {
    nevacuate * bucket.size / RELEASE_BYTES * RELEASE_BYTES
}

/// Overflow buckets in slabs of doubling size, for one array.
#[derive(Debug, Default)]
pub(crate) struct Overflow {
    slabs: Vec<Slab>,
    /// Buckets given out of the last slab.
    used: usize,
}

#[derive(Debug)]
struct Slab {
    at: NonNull<u8>,
    buckets: usize,
    layout: Layout,
}

impl Overflow {
    /// A zeroed bucket that lives as long as this value.
    pub(crate) fn alloc(&mut self, bucket: &BmapLayout) -> NonNull<u8> {
        let last = match self.slabs.last() {
            Some(last) if self.used < last.buckets => last,
            last => {
                let buckets = last.map_or(1, |last| last.buckets * 2);
                let buckets = buckets.min((SLAB_MAX_BYTES / bucket.size).max(1));
                self.used = 0;
                self.slabs.push(Slab::new(bucket, buckets));
                self.slabs.last().expect("one was pushed")
            }
        };
        // SAFETY: `used < buckets` of this slab.
        let at = unsafe { last.at.add(self.used * bucket.size) };
        self.used += 1;
        at
    }

    /// Slab `index`: where it lies, and how many of its buckets are in use.
    pub(crate) fn slab(&self, index: usize) -> Option<(NonNull<u8>, usize)> {
        let slab = self.slabs.get(index)?;
        let is_last = index + 1 == self.slabs.len();
        Some((slab.at, if is_last { self.used } else { slab.buckets }))
    }

    /// Bytes of all slabs.
    pub(crate) fn bytes(&self) -> usize {
        self.slabs.iter().map(|slab| slab.layout.size()).sum()
    }
}

impl Slab {
    fn new(bucket: &BmapLayout, buckets: usize) -> Self {
        let layout = Layout::from_size_align(buckets * bucket.size, bucket.align)
            .expect("a slab is a few KiB, or one bucket that its array had room for");
        // SAFETY: a bucket has at least its eight tophash bytes, so the size is not zero.
        let at = NonNull::new(unsafe { alloc::alloc_zeroed(layout) });
        let at = at.unwrap_or_else(|| alloc::handle_alloc_error(layout));
        Self {
            at,
            buckets,
            layout,
        }
    }
}

impl Drop for Slab {
    fn drop(&mut self) {
        // SAFETY: A3: allocated in `new` with this layout.
        unsafe { alloc::dealloc(self.at.as_ptr(), self.layout) };
    }
}

/// Memory of finished growths that is given back bit by bit.
#[derive(Debug, Default)]
pub(crate) struct Retired {
    /// What is left of mapped arrays.
    mapped: Vec<Mapped>,
    slabs: Vec<Slab>,
}

#[derive(Debug)]
struct Mapped {
    at: NonNull<u8>,
    from: usize,
    to: usize,
}

impl Retired {
    /// Takes over an old array and its slabs; the memory goes at once where it was not mapped.
    ///
    /// # Safety
    ///
    /// 1. As for `free_array_from`.
    pub(crate) unsafe fn retire(
        &mut self,
        bucket: &BmapLayout,
        (array, b): (NonNull<u8>, u8),
        nevacuate: usize,
        overflow: Option<Box<Overflow>>,
    ) {
        match array_layout(bucket, b) {
            Some(layout) if is_mapped(layout) => self.mapped.push(Mapped {
                at: array,
                from: released(bucket, nevacuate),
                to: layout.size(),
            }),
            // SAFETY: duty 1.
            _ => unsafe { free_array_from(bucket, array, b, nevacuate) },
        }
        self.slabs
            .extend(overflow.into_iter().flat_map(|o| o.slabs));
    }

    /// Whether nothing is left to give back.
    pub(crate) fn is_empty(&self) -> bool {
        self.mapped.is_empty() && self.slabs.is_empty()
    }

    /// Gives back one slab or 64 KiB.
    pub(crate) fn release_some(&mut self) {
        if self.slabs.pop().is_some() {
            return;
        }
        let Some(mut mapped) = self.mapped.pop() else {
            return;
        };
        let next = (mapped.from + RELEASE_BYTES).min(mapped.to);
        // SAFETY: A3: this part of the mapping is ours alone, and dead.
        unsafe { unmap(mapped.at, mapped.from, next) };
        mapped.from = next;
        if mapped.from < mapped.to {
            self.mapped.push(mapped);
        }
    }

    /// Bytes not given back yet.
    pub(crate) fn bytes(&self) -> usize {
        let slabs: usize = self.slabs.iter().map(|slab| slab.layout.size()).sum();
        let mapped: usize = self.mapped.iter().map(|m| m.to - m.from).sum();
        slabs + mapped
    }
}

impl Drop for Retired {
    fn drop(&mut self) {
        for mapped in &self.mapped {
            // SAFETY: A3: this part of the mapping is ours alone, and dead.
            unsafe { unmap(mapped.at, mapped.from, mapped.to) };
        }
    }
}

#[cfg(all(unix, not(miri)))]
fn is_mapped(layout: Layout) -> bool {
    layout.size() >= MAPPED_MIN_BYTES
}

#[cfg(not(all(unix, not(miri))))]
fn is_mapped(_: Layout) -> bool {
    false
}

/// Fresh pages, all zero, not touched yet.
#[cfg(all(unix, not(miri)))]
fn map(bytes: usize) -> Option<NonNull<u8>> {
    use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous};
    let rights = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: a new mapping at an address of the system's choice touches no memory of others.
    let at = unsafe { mmap_anonymous(core::ptr::null_mut(), bytes, rights, MapFlags::PRIVATE) };
    at.ok().and_then(|at| NonNull::new(at.cast()))
}

/// Gives back the bytes `from..to` of a mapping; an empty range is nothing.
///
/// # Safety
///
/// 1. They belong to one mapping of `map`, are still mapped, and are not used again.
/// 2. `from` is a multiple of `RELEASE_BYTES`, and `to` is one or the mapping's end.
#[cfg(all(unix, not(miri)))]
unsafe fn unmap(at: NonNull<u8>, from: usize, to: usize) {
    if from == to {
        return;
    }
    // SAFETY: duty 1.
    let start = unsafe { at.add(from) };
    // SAFETY: duties 1 and 2.
    let result = unsafe { rustix::mm::munmap(start.as_ptr().cast(), to - from) };
    debug_assert!(result.is_ok(), "munmap of our own pages: {result:?}");
}

#[cfg(not(all(unix, not(miri))))]
fn map(_: usize) -> Option<NonNull<u8>> {
    unreachable!("A1: nothing is mapped here")
}

#[cfg(not(all(unix, not(miri))))]
unsafe fn unmap(_: NonNull<u8>, _: usize, _: usize) {
    unreachable!("A1: nothing is mapped here")
}
