//! A bucket: eight tophash bytes, eight keys, eight elems, one overflow pointer.
//!
//! ```text
//!   map[uint64]uint64, 144 bytes
//!   ┌────────────────┬────────────────────────┬────────────────────────┬──────────┐
//!   │ tophash 8 × 1  │ keys 8 × 8             │ elems 8 × 8            │ overflow │
//!   └────────────────┴────────────────────────┴────────────────────────┴──────────┘
//!   0                8                        72                       136
//! ```
//!
//! Keys stand together and elems stand together, so that `map[int64]int8` wastes no padding. A
//! key or elem of more than 128 bytes lies in an allocation of its own, and the cell holds the
//! pointer to it. All zeros is an empty bucket without overflow, so fresh memory from the system
//! needs no preparation.
//!
//! *Cell*: one of the eight places of a bucket. *Chain*: a bucket of the array and the overflow
//! buckets behind it.
//!
//! B1  A `Bucket` points to `Bmap::LAYOUT.size` bytes that were zeroed when they were allocated,
//!     aligned as the layout says, and live as long as somebody uses the `Bucket`. Who makes one
//!     promises this; the arrays and slabs that they lie in are freed by buckets.rs only. (The last
//!     free bucket of a prealloc holds its array's address for overflow, until it is given out.)
//! B2  The key and the elem of a full cell (T1) are initialised; in a cell that is stored
//!     indirectly, its pointer came from `Box::into_raw`.
//! B3  Nobody but the holder of the map's `&mut` writes to a bucket, and nobody reads while it
//!     does: a `Bucket` made from `&Map` is only read.
//!
//! Go: runtime/map.go (1.19): bmap; cmd/compile/internal/reflectdata/reflect.go: MapBucketType.
//! Differs: Go's types have alignments up to 8; ours may need gaps before keys and elems for 16,
//! and an alignment above 16 is stored indirectly.

use core::marker::PhantomData;
use core::mem::{align_of, size_of};
use core::ptr::NonNull;

use crate::tophash::{MIN_TOP_HASH, Tags};

/// Cells of a bucket.
#[doc(alias = "bucketCnt")]
pub const BUCKET_CNT: usize = 8;
/// A key or an elem of more bytes is stored indirectly.
#[doc(alias = "maxKeySize")]
#[doc(alias = "maxElemSize")]
pub const MAX_INLINE_BYTES: usize = 128;
/// Buckets of at most this size are fetched as a whole. With 16-byte strings as keys (five lines) a
/// lookup in 100,000 entries took 1.24 times hashbrown's time without and 1.39 times with it (EPYC,
/// Zen 4, November 2026).
const PREFETCH_MAX_BYTES: usize = 192;
/// Above this alignment a key or elem is stored indirectly, so that arrays need no more.
const MAX_INLINE_ALIGN: usize = 16;

/// A bucket's bytes, for keys `K` and elems `V`; there are no values of this type, since its
/// field list depends on the sizes of both.
#[derive(Debug)]
pub struct Bmap<K, V>(PhantomData<(K, V)>);

/// Where the parts of a bucket lie, in bytes; the tophash bytes lie at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BmapLayout {
    /// Offset of the first key.
    pub keys: usize,
    /// Offset of the first elem.
    pub elems: usize,
    /// Offset of the overflow pointer.
    pub overflow: usize,
    /// Bytes of a bucket.
    pub size: usize,
    /// Alignment of a bucket: 8, or 16 where a key or an elem needs it.
    pub align: usize,
    /// Bytes of a key in its cell: 8 if it is indirect.
    pub key_size: usize,
    /// Bytes of an elem in its cell: 8 if it is indirect.
    pub elem_size: usize,
    /// Whether a cell holds a pointer to its key.
    pub indirect_key: bool,
    /// Whether a cell holds a pointer to its elem.
    pub indirect_elem: bool,
}

impl<K, V> Bmap<K, V> {
    /// The layout of a bucket.
    ///
    /// **Go** cmd/compile/internal/reflectdata/reflect.go: MapBucketType.
    pub const LAYOUT: BmapLayout = {
        let (indirect_key, key_size, key_align) = stored::<K>();
        let (indirect_elem, elem_size, elem_align) = stored::<V>();
        let align = max(8, max(key_align, elem_align));
        let keys = BUCKET_CNT.next_multiple_of(key_align);
        let elems = (keys + BUCKET_CNT * key_size).next_multiple_of(elem_align);
        let overflow = (elems + BUCKET_CNT * elem_size).next_multiple_of(8);
        BmapLayout {
            keys,
            elems,
            overflow,
            size: (overflow + size_of::<usize>()).next_multiple_of(align),
            align,
            key_size,
            elem_size,
            indirect_key,
            indirect_elem,
        }
    };

    /// Whether a table of such buckets has something to drop but its buckets.
    pub(crate) const fn needs_drop() -> bool {
        let indirect = Self::LAYOUT.indirect_key || Self::LAYOUT.indirect_elem;
        indirect || core::mem::needs_drop::<K>() || core::mem::needs_drop::<V>()
    }
}

/// Whether a `T` is stored indirectly, and the size and alignment of what its cell holds.
const fn stored<T>() -> (bool, usize, usize) {
    if size_of::<T>() > MAX_INLINE_BYTES || align_of::<T>() > MAX_INLINE_ALIGN {
        (true, size_of::<usize>(), align_of::<usize>())
    } else {
        (false, size_of::<T>(), align_of::<T>())
    }
}

const fn max(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

/// A bucket of a live array or slab (B1).
pub(crate) struct Bucket<K, V> {
    at: NonNull<u8>,
    marker: PhantomData<(K, V)>,
}

/// A cell of a bucket.
pub(crate) struct CellRef<K, V> {
    pub(crate) bucket: Bucket<K, V>,
    /// Which of the eight.
    pub(crate) i: usize,
}

impl<K, V> Clone for Bucket<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K, V> Copy for Bucket<K, V> {}

impl<K, V> PartialEq for Bucket<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl<K, V> Clone for CellRef<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K, V> Copy for CellRef<K, V> {}

impl<K, V> Bucket<K, V> {
    /// The bucket at `at`.
    ///
    /// # Safety
    ///
    /// 1. B1 holds for `at`, as long as this value and its copies are used.
    #[inline(always)]
    pub(crate) unsafe fn new(at: NonNull<u8>) -> Self {
        let marker = PhantomData;
        Self { at, marker }
    }

    /// Bucket `index` of the array at `array`.
    ///
    /// # Safety
    ///
    /// 1. `array` has more than `index` buckets, and B1 holds for that one.
    #[inline(always)]
    pub(crate) unsafe fn of_array(array: NonNull<u8>, index: usize) -> Self {
        // SAFETY: duty 1: the bucket lies within the array, which is one allocation.
        let at = unsafe { array.add(index * Bmap::<K, V>::LAYOUT.size) };
        // SAFETY: duty 1.
        unsafe { Self::new(at) }
    }

    #[inline(always)]
    pub(crate) fn as_ptr(self) -> NonNull<u8> {
        self.at
    }

    /// The eight tophash bytes.
    #[inline(always)]
    pub(crate) fn tags(self) -> Tags {
        // SAFETY: B1: eight bytes at an address that is a multiple of 8.
        Tags(u64::from_le(unsafe { self.at.cast::<u64>().read() }))
    }

    #[inline(always)]
    pub(crate) fn set_tags(self, tags: Tags) {
        // SAFETY: B1 as in `tags`, B3.
        unsafe { self.at.cast::<u64>().write(tags.0.to_le()) };
    }

    #[inline(always)]
    pub(crate) fn tophash(self, i: usize) -> u8 {
        debug_assert!(i < BUCKET_CNT);
        // SAFETY: B1, and i < 8 in every cell and mask.
        let byte = unsafe { self.at.add(i) };
        // SAFETY: as above: a tophash byte.
        unsafe { byte.read() }
    }

    #[inline(always)]
    pub(crate) fn set_tophash(self, i: usize, top: u8) {
        debug_assert!(i < BUCKET_CNT);
        // SAFETY: B1, and i < 8 in every cell and mask.
        let byte = unsafe { self.at.add(i) };
        // SAFETY: as above: a tophash byte; B3.
        unsafe { byte.write(top) };
    }

    /// The next bucket of the chain.
    #[inline(always)]
    pub(crate) fn overflow(self) -> Option<Self> {
        // SAFETY: B1: the word lies within the bucket, and holds null or an overflow bucket of the
        // same array, for which B1 holds as long as for this one.
        let next = unsafe { self.overflow_at().read() };
        next.map(|at| Self {
            at,
            marker: PhantomData,
        })
    }

    /// Puts `next` behind this bucket.
    #[inline]
    pub(crate) fn set_overflow(self, next: Option<NonNull<u8>>) {
        // SAFETY: B1: the word lies within the bucket; B3.
        unsafe { self.overflow_at().write(next) };
    }

    #[inline(always)]
    fn overflow_at(self) -> NonNull<Option<NonNull<u8>>> {
        // SAFETY: B1: the offset lies within the bucket, and is a multiple of 8.
        unsafe { self.at.add(Bmap::<K, V>::LAYOUT.overflow) }.cast()
    }

    /// The buckets of the chain from this one on.
    pub(crate) fn chain(self) -> impl Iterator<Item = Self> {
        core::iter::successors(Some(self), |bucket| bucket.overflow())
    }

    #[inline(always)]
    pub(crate) fn cell(self, i: usize) -> CellRef<K, V> {
        CellRef { bucket: self, i }
    }

    /// Asks the processor for the lines of the keys and elems before they are needed, if the bucket
    /// has three lines at most: of a larger one the tags tell which are needed.
    #[inline(always)]
    pub(crate) fn prefetch(self) {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        {
            use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            let size = Bmap::<K, V>::LAYOUT.size;
            let mut line = if size <= PREFETCH_MAX_BYTES { 64 } else { size };
            while line < size {
                let at = self.at.as_ptr().wrapping_add(line).cast();
                // SAFETY: a prefetch reads nothing that the program could see, at any address.
                unsafe { _mm_prefetch::<_MM_HINT_T0>(at) };
                line += 64;
            }
        }
    }
}

impl<K, V> CellRef<K, V> {
    /// The cell of the key itself: the key, or the pointer to it.
    #[inline(always)]
    fn key_cell(self) -> NonNull<u8> {
        let layout = Bmap::<K, V>::LAYOUT;
        // SAFETY: B1, i < 8: within the keys of the bucket.
        unsafe { self.bucket.at.add(layout.keys + self.i * layout.key_size) }
    }

    /// The cell of the elem itself: the elem, or the pointer to it.
    #[inline(always)]
    fn elem_cell(self) -> NonNull<u8> {
        let layout = Bmap::<K, V>::LAYOUT;
        // SAFETY: B1, i < 8: within the elems of the bucket.
        unsafe { self.bucket.at.add(layout.elems + self.i * layout.elem_size) }
    }

    /// Where the key lies.
    ///
    /// # Safety
    ///
    /// 1. The cell is full.
    #[inline(always)]
    pub(crate) unsafe fn key_ptr(self) -> NonNull<K> {
        // SAFETY: duty 1 with B2.
        unsafe { resolve(Bmap::<K, V>::LAYOUT.indirect_key, self.key_cell()) }
    }

    /// Where the elem lies.
    ///
    /// # Safety
    ///
    /// 1. The cell is full.
    #[inline(always)]
    pub(crate) unsafe fn elem_ptr(self) -> NonNull<V> {
        // SAFETY: duty 1 with B2.
        unsafe { resolve(Bmap::<K, V>::LAYOUT.indirect_elem, self.elem_cell()) }
    }

    /// The key.
    ///
    /// # Safety
    ///
    /// 1. The cell is full, and stays as it is during `'a`.
    #[inline(always)]
    pub(crate) unsafe fn key<'a>(self) -> &'a K {
        // SAFETY: duty 1.
        let key = unsafe { self.key_ptr() };
        // SAFETY: duty 1 with B2 and B3.
        unsafe { key.as_ref() }
    }

    /// The elem.
    ///
    /// # Safety
    ///
    /// 1. The cell is full, and stays as it is during `'a`.
    #[inline(always)]
    pub(crate) unsafe fn elem<'a>(self) -> &'a V {
        // SAFETY: duty 1.
        let elem = unsafe { self.elem_ptr() };
        // SAFETY: duty 1 with B2 and B3.
        unsafe { elem.as_ref() }
    }

    /// The key, to change into one that equals it.
    ///
    /// # Safety
    ///
    /// 1. The cell is full, the map is borrowed mutably for `'a`, and no other reference to this
    ///    key is made during `'a`.
    #[inline(always)]
    pub(crate) unsafe fn key_mut<'a>(self) -> &'a mut K {
        // SAFETY: duty 1.
        let mut key = unsafe { self.key_ptr() };
        // SAFETY: duty 1 with B2 and B3.
        unsafe { key.as_mut() }
    }

    /// The elem, to change.
    ///
    /// # Safety
    ///
    /// 1. The cell is full, the map is borrowed mutably for `'a`, and no other reference to this
    ///    elem is made during `'a`.
    #[inline(always)]
    pub(crate) unsafe fn elem_mut<'a>(self) -> &'a mut V {
        // SAFETY: duty 1.
        let mut elem = unsafe { self.elem_ptr() };
        // SAFETY: duty 1 with B2 and B3.
        unsafe { elem.as_mut() }
    }

    /// Fills the cell, which must be empty, and marks it with `top`.
    #[inline(always)]
    pub(crate) fn fill(self, top: u8, key: K, elem: V) {
        debug_assert!(self.bucket.tophash(self.i) < MIN_TOP_HASH && top >= MIN_TOP_HASH);
        // SAFETY: B3, and the place fits what `store` writes, by the layout.
        unsafe { store(Bmap::<K, V>::LAYOUT.indirect_key, self.key_cell(), key) };
        // SAFETY: as above.
        unsafe { store(Bmap::<K, V>::LAYOUT.indirect_elem, self.elem_cell(), elem) };
        self.bucket.set_tophash(self.i, top);
    }

    /// Moves key and elem out; the caller marks the cell empty before anything can panic.
    ///
    /// # Safety
    ///
    /// 1. The cell is full, and is not read again before it is filled.
    #[inline(always)]
    pub(crate) unsafe fn take(self) -> (K, V) {
        // SAFETY: duty 1 with B2.
        let key = unsafe { load(Bmap::<K, V>::LAYOUT.indirect_key, self.key_cell()) };
        // SAFETY: duty 1 with B2.
        let elem = unsafe { load(Bmap::<K, V>::LAYOUT.indirect_elem, self.elem_cell()) };
        (key, elem)
    }

    /// Moves what this cell holds to the empty cell `to`; the caller marks both.
    ///
    /// # Safety
    ///
    /// 1. This cell is full, and is not read again before it is filled.
    /// 2. `to` lies in another bucket.
    #[inline(always)]
    pub(crate) unsafe fn move_to(self, to: Self) {
        let layout = Bmap::<K, V>::LAYOUT;
        let (key, elem) = (self.key_cell(), self.elem_cell());
        // SAFETY: duty 2, B1, B3: the bytes of two keys' cells.
        unsafe { key.copy_to_nonoverlapping(to.key_cell(), layout.key_size) };
        // SAFETY: duty 2, B1, B3: the bytes of two elems' cells.
        unsafe { elem.copy_to_nonoverlapping(to.elem_cell(), layout.elem_size) };
    }
}

/// Where the value of a full cell lies: in it, or where its pointer leads.
///
/// # Safety
///
/// 1. `cell` belongs to a full cell whose `T` is stored as `indirect` says.
#[inline(always)]
unsafe fn resolve<T>(indirect: bool, cell: NonNull<u8>) -> NonNull<T> {
    if indirect {
        // SAFETY: duty 1 with B2: a pointer from `Box::into_raw`.
        unsafe { cell.cast::<NonNull<T>>().read() }
    } else {
        cell.cast()
    }
}

/// Writes `value` into a cell, or a pointer to a box of its own.
///
/// # Safety
///
/// 1. `cell` is the place of an empty cell whose `T` is stored as `indirect` says.
#[inline(always)]
unsafe fn store<T>(indirect: bool, cell: NonNull<u8>, value: T) {
    if indirect {
        let boxed = NonNull::from(Box::leak(Box::new(value)));
        // SAFETY: duty 1: a word, aligned.
        unsafe { cell.cast::<NonNull<T>>().write(boxed) };
    } else {
        // SAFETY: duty 1: size and alignment of a `T`.
        unsafe { cell.cast::<T>().write(value) };
    }
}

/// Moves the value out of a cell.
///
/// # Safety
///
/// 1. `cell` belongs to a full cell whose `T` is stored as `indirect` says, and is not read again.
#[inline(always)]
unsafe fn load<T>(indirect: bool, cell: NonNull<u8>) -> T {
    if indirect {
        // SAFETY: duty 1 with B2.
        let boxed = unsafe { cell.cast::<NonNull<T>>().read() };
        // SAFETY: B2: the pointer came from a box, and duty 1: nobody uses it again.
        *unsafe { Box::from_raw(boxed.as_ptr()) }
    } else {
        // SAFETY: duty 1 with B2.
        unsafe { cell.cast::<T>().read() }
    }
}
