//! The two headers and the array behind them: the only `unsafe` of the crate.
//!
//! ```text
//!   Slice  ┌────────────┬──────────┬──────────┐      Str  ┌──────────┬──────────┐
//!          │ array    8 │ len    8 │ cap    8 │           │ data   8 │ len    8 │
//!          └─────┼──────┴──────────┴──────────┘           └────┼─────┴──────────┘
//!                ▼                                             ▼
//!          ┌────┬────┬────┬┄┄┄┄┬┄┄┄┄┐                    ┌───┬───┬───┐
//!          │  0 │  1 │  2 │  3 │  4 │  cap cells         │ h │ e │ y │  len bytes
//!          └────┴────┴────┴┄┄┄┄┴┄┄┄┄┘                    └───┴───┴───┘
//!            visible: len    spare
//! ```
//!
//! *Header*: the words themselves. *Array*: the cells in the heap. *Visible* cells are those below
//! `len`, *spare* cells those from `len` to `cap`; a reslice can make spare cells visible, so they
//! too hold values at all times (the zero value, `T::default()`, until somebody writes).
//!
//! B1  A non-nil `array` points to at least `cap` initialised `Cell<T>` in a row, alive for `'h`.
//! B2  `len <= cap`.
//! B3  A nil `array` has `len == cap == 0`.
//! B4  A non-nil `data` points to at least `len` initialised bytes that nobody writes, alive for
//!     `'h`; a nil `data` has `len == 0`.
//!
//! The fields are private to this file: every header is made by [`Slice::from_cells`] or
//! [`Str::from_bytes`], as nil, or from another header by `narrow` and `with_len`; these keep B1 to
//! B4.
//!
//! Go: runtime/slice.go: slice; runtime/string.go: stringStruct; runtime/malloc.go: zerobase.
//! Differs: an array of no bytes lies at a well-aligned address of its own kind, not at `zerobase`.

use core::cell::Cell;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

use bumpalo::Bump;

use crate::slicecopy::peek;

/// A slice header: 24 bytes that say where an array is, how much of it is visible, how much there
/// is.
///
/// Copying the header shares the array. `T` needs no bound to be looked at or written; what makes
/// new cells needs `T: Default` (Go's zero value) and what duplicates values needs `T: Clone` (Go
/// copies bits).
///
/// # Values with destructors
///
/// A cell owns its value. Overwriting a cell ([`Slice::set`], [`Slice::copy_from`], an append into
/// spare room, [`Slice::clear`]) drops the value that was there; growing clones the visible values
/// into the new array and leaves the old ones where they are, since other headers may still show
/// them. What an array holds when the arena goes is forgotten, not dropped, as `Bump` does with
/// everything (Go has no destructors either); call [`Slice::clear`] where that matters. While
/// `Clone` or a closure of yours looks at an element, the cell holds the zero value for that
/// moment, so code that reaches the same cell from inside sees zero, and never a half-read value.
///
/// # What does not compile
///
/// A header that outlives its heap, a heap that is reset while a header lives, and a header that
/// goes to another thread:
///
/// ```compile_fail,E0597
/// let s = {
///     let heap = bumpalo::Bump::new();
///     slice::Slice::<i32>::zeroed(&heap, 3)
/// };
/// println!("{s}");
/// ```
///
/// ```compile_fail,E0502
/// let mut heap = bumpalo::Bump::new();
/// let s = slice::Slice::<i32>::zeroed(&heap, 3);
/// heap.reset();
/// println!("{s}");
/// ```
///
/// ```compile_fail,E0277
/// let heap = bumpalo::Bump::new();
/// let s = slice::Slice::<i32>::zeroed(&heap, 3);
/// std::thread::scope(|scope| {
///     scope.spawn(move || s.set(0, 1));
/// });
/// ```
///
/// **Go** runtime/slice.go: slice.
#[repr(C)]
pub struct Slice<'h, T> {
    array: Option<NonNull<Cell<T>>>,
    len: usize,
    cap: usize,
    heap: PhantomData<&'h [Cell<T>]>,
}

const _: () = assert!(size_of::<Slice<'_, u8>>() == 24);

impl<T> Clone for Slice<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slice<'_, T> {}

impl<T> Default for Slice<'_, T> {
    /// Go's zero value: nil.
    fn default() -> Self {
        Self::nil()
    }
}

impl<'h, T> Slice<'h, T> {
    /// The nil slice: three zero words, no array. Appending to it allocates.
    #[must_use]
    pub const fn nil() -> Self {
        Self {
            array: None,
            len: 0,
            cap: 0,
            heap: PhantomData,
        }
    }

    /// The header over `cells` that shows the first `len` of them; `cap` is their number.
    ///
    /// The cells may live anywhere that outlives the header: this is how `arr[:]` is written for an
    /// array on the stack (`Cell::from_mut(&mut arr[..]).as_slice_of_cells()`).
    ///
    /// # Panics
    ///
    /// When `len` is larger than the number of cells.
    #[must_use]
    #[track_caller]
    pub const fn from_cells(cells: &'h [Cell<T>], len: usize) -> Self {
        assert!(
            len <= cells.len(),
            "a slice of len above the cells it is made over"
        );
        // The slice keeps B1 by its own type: `cells.len()` initialised cells for 'h.
        Self {
            array: NonNull::new(cells.as_ptr().cast_mut()),
            len,
            cap: cells.len(),
            heap: PhantomData,
        }
    }

    /// Number of visible elements.
    #[must_use]
    pub const fn len(self) -> usize {
        self.len
    }

    /// Number of elements that fit before an append has to move.
    #[must_use]
    pub const fn cap(self) -> usize {
        self.cap
    }

    /// Whether the array word is zero: `s == nil`. An empty slice need not be nil.
    #[must_use]
    pub const fn is_nil(self) -> bool {
        self.array.is_none()
    }

    /// Whether no element is visible; true of nil and of empty slices alike.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The array word as a pointer: what `%p` prints. Null when nil.
    #[must_use]
    pub const fn as_ptr(self) -> *const T {
        match self.array {
            Some(array) => array.as_ptr().cast_const().cast(),
            None => core::ptr::null(),
        }
    }

    /// All `cap` cells, spare ones included: what `s[:cap(s)]` shows.
    #[must_use]
    pub const fn all_cells(self) -> &'h [Cell<T>] {
        match self.array {
            // SAFETY: B1, established by `from_cells` and kept by `narrow`.
            Some(array) => unsafe { core::slice::from_raw_parts(array.as_ptr(), self.cap) },
            None => &[],
        }
    }

    /// The same header with `len` visible elements.
    #[inline]
    #[track_caller]
    pub(crate) fn with_len(self, len: usize) -> Self {
        assert!(len <= self.cap, "a slice shows no more than its array has");
        Self { len, ..self }
    }

    /// The first spare cell, if there is one.
    ///
    /// This is the hot path of every append, so it goes to the cell directly: through `all_cells` a
    /// second bounds check stays in the loop (0.70 ns an append against 0.55 ns, Zen 4, November
    /// 2026).
    #[inline]
    pub(crate) fn spare_cell(self) -> Option<&'h Cell<T>> {
        if self.len >= self.cap {
            return None;
        }
        // SAFETY: `len < cap`, so the array is not nil (B3).
        let array = unsafe { self.array.unwrap_unchecked() };
        // SAFETY: `len < cap`, so the place is one of the `cap` cells (B1).
        let spare = unsafe { array.add(self.len) };
        // SAFETY: that cell is initialised and alive for 'h (B1).
        Some(unsafe { spare.as_ref() })
    }

    /// The header over `all_cells()[low..max]` that shows `high - low` of them.
    ///
    /// With nothing left (`low == max`) the array word stays where it was and does not move past
    /// the end, where it would keep a stranger's memory alive; nil stays nil.
    ///
    /// **Go** cmd/compile/internal/ssagen/ssa.go: slice (the mask on the offset).
    #[track_caller]
    pub(crate) fn narrow(self, low: usize, high: usize, max: usize) -> Self {
        assert!(
            low <= high && high <= max && max <= self.cap,
            "bounds are checked by the callers"
        );
        if self.is_nil() {
            return self;
        }
        let cap = max - low;
        let offset = if cap == 0 { 0 } else { low };
        Self::from_cells(&self.all_cells()[offset..offset + cap], high - low)
    }
}

layout::describe! {
    impl['h, T: layout::Describe] Slice<'h, T> => format!("[]{}", T::type_name()) => {
        array, len: "int", cap: "int"; heap
    }
    reach array: |s| {
        let bytes = |n: usize| n * size_of::<T>();
        layout::Extent { len: bytes(s.len), cap: bytes(s.cap) }
    }
}

/// A string header: 16 bytes that say where bytes are and how many.
///
/// The bytes are never written, so sharing them is safe and substrings cost nothing. They need not
/// be valid UTF-8.
///
/// **Go** runtime/string.go: stringStruct.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str<'h> {
    data: Option<NonNull<u8>>,
    len: usize,
    heap: PhantomData<&'h [u8]>,
}

const _: () = assert!(size_of::<Str<'_>>() == 16);

// SAFETY: a Str is a shared reference to bytes that nobody writes (B4), and `&[u8]` is Send.
unsafe impl Send for Str<'_> {}
// SAFETY: as above; `&[u8]` is Sync.
unsafe impl Sync for Str<'_> {}

impl<'h> Str<'h> {
    /// The empty string: two zero words.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            data: None,
            len: 0,
            heap: PhantomData,
        }
    }

    /// The string header over `bytes`, without copying them.
    #[must_use]
    pub const fn from_bytes(bytes: &'h [u8]) -> Self {
        // The reference keeps B4 by its own type.
        Self {
            data: NonNull::new(bytes.as_ptr().cast_mut()),
            len: bytes.len(),
            heap: PhantomData,
        }
    }

    /// Number of bytes (not of runes).
    #[must_use]
    pub const fn len(self) -> usize {
        self.len
    }

    /// Whether there are no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The data word as a pointer; null where Go's would be nil.
    #[must_use]
    pub const fn as_ptr(self) -> *const u8 {
        match self.data {
            Some(data) => data.as_ptr(),
            None => core::ptr::null(),
        }
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(self) -> &'h [u8] {
        match self.data {
            // SAFETY: B4, established by `from_bytes`, the only maker of a non-nil data word.
            Some(data) => unsafe { core::slice::from_raw_parts(data.as_ptr(), self.len) },
            None => &[],
        }
    }
}

layout::describe! {
    impl['h] Str<'h> => "string" => { data, len: "int"; heap }
    reach data: |s| layout::Extent { len: s.len, cap: s.len }
}

/// An array under construction: cells are filled from the front and cannot be seen before all are.
pub(crate) struct NewArray<'h, T> {
    slots: &'h mut [MaybeUninit<Cell<T>>],
    filled: usize,
}

impl<'h, T> NewArray<'h, T> {
    /// Takes room for `cap` cells from the heap; room of no bytes is free.
    pub(crate) fn new(heap: &'h Bump, cap: usize) -> Self {
        let slots = if size_of::<T>() == 0 {
            // SAFETY: a slice of zero-size elements needs an aligned non-null address and no
            // memory.
            unsafe { core::slice::from_raw_parts_mut(NonNull::dangling().as_ptr(), cap) }
        } else {
            heap.alloc_slice_fill_with(cap, |_| MaybeUninit::uninit())
        };
        Self { slots, filled: 0 }
    }

    /// Fills the next cell with `value`.
    pub(crate) fn push(&mut self, value: T) {
        self.slots[self.filled].write(Cell::new(value));
        self.filled += 1;
    }

    /// Fills the next cells with clones of what `cells` hold.
    pub(crate) fn push_cells(&mut self, cells: &[Cell<T>])
    where
        T: Clone + Default,
    {
        let slots = &mut self.slots[self.filled..][..cells.len()];
        // Cells of no bytes need not move: an array of them grows where it is, and its cells are
        // filled already.
        let in_place = size_of::<T>() == 0 && cells.as_ptr().cast() == slots.as_ptr();
        if !in_place {
            clone_into(slots, cells);
        }
        self.filled += cells.len();
    }

    /// Fills the next cells with clones of `values`.
    pub(crate) fn push_values(&mut self, values: &[T])
    where
        T: Clone,
    {
        for (slot, value) in self.slots[self.filled..][..values.len()]
            .iter_mut()
            .zip(values)
        {
            slot.write(Cell::new(value.clone()));
        }
        self.filled += values.len();
    }

    /// Fills what is left with zero values and gives out the array.
    pub(crate) fn finish(self) -> &'h [Cell<T>]
    where
        T: Default,
    {
        for slot in &mut self.slots[self.filled..] {
            slot.write(Cell::new(T::default()));
        }
        let array: *const [MaybeUninit<Cell<T>>] = self.slots;
        // SAFETY: every slot is initialised: those below `filled` by the push methods, which count
        // what they write after writing it (or find there, for cells of no bytes: these are the
        // initialised cells of another slice, B1), the rest by the loop above. The slots are
        // borrowed for 'h, and MaybeUninit<C> lies in memory as C does.
        unsafe { &*(array as *const [Cell<T>]) }
    }
}

/// Fills `slots` with clones of what `cells` hold.
///
/// A function of its own, so that the compiler is told that the two do not overlap: for plain types
/// it then copies with one memcpy.
fn clone_into<T: Clone + Default>(slots: &mut [MaybeUninit<Cell<T>>], cells: &[Cell<T>]) {
    for (slot, cell) in slots.iter_mut().zip(cells) {
        slot.write(Cell::new(peek(cell, T::clone)));
    }
}
