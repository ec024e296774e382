//! `roundupsize`: how many bytes the allocator really hands out for a request.
//!
//! ```text
//!   bytes ≤ 1016      ask the table with a step of 8      1 … 8 -> 8, 9 … 16 -> 16, 33 -> 48
//!   bytes < 32768     ask the table with a step of 128    1025 … 1152 -> 1152
//!   else              whole pages of 8192
//! ```
//!
//! This is why capacities after an append look odd: the rounding gain is given to the slice.
//!
//! Go: runtime/msize.go: roundupsize; runtime/sizeclasses.go: size_to_class8, size_to_class128.

use crate::sizeclasses::{
    CLASS_TO_SIZE, LARGE_SIZE_DIV, MAX_SMALL_SIZE, PAGE_SIZE, SMALL_SIZE_DIV, SMALL_SIZE_MAX,
};

/// For each multiple of `div` bytes from `base` to `top`, the smallest class that holds it.
const fn size_to_class<const N: usize>(base: usize, div: usize) -> [u8; N] {
    let mut table = [0; N];
    let (mut i, mut class) = (0, 0);
    while i < N {
        while (CLASS_TO_SIZE[class] as usize) < base + i * div {
            class += 1;
        }
        table[i] = class as u8;
        i += 1;
    }
    table
}

const SIZE_TO_CLASS8: [u8; SMALL_SIZE_MAX / SMALL_SIZE_DIV + 1] = size_to_class(0, SMALL_SIZE_DIV);

const SIZE_TO_CLASS128: [u8; (MAX_SMALL_SIZE - SMALL_SIZE_MAX) / LARGE_SIZE_DIV + 1] =
    size_to_class(SMALL_SIZE_MAX, LARGE_SIZE_DIV);

/// The size in bytes of the block that Go's allocator gives for a request of `bytes`.
///
/// ```
/// use slice::msize::roundupsize;
/// assert_eq!([1, 33, 1017, 1025].map(roundupsize), [8, 48, 1024, 1152]);
/// assert_eq!([32767, 32769].map(roundupsize), [32768, 40960]);
/// ```
///
/// **Cost** one division by a constant and two look-ups.
/// **Go** runtime/msize.go: roundupsize.
#[must_use]
pub fn roundupsize(bytes: usize) -> usize {
    if bytes < MAX_SMALL_SIZE {
        let class = if bytes <= SMALL_SIZE_MAX - 8 {
            SIZE_TO_CLASS8[bytes.div_ceil(SMALL_SIZE_DIV)]
        } else {
            // 1017 to 1023 are below the second table's start and belong to its first class; Go
            // gets there by letting an unsigned difference wrap.
            SIZE_TO_CLASS128[bytes
                .saturating_sub(SMALL_SIZE_MAX)
                .div_ceil(LARGE_SIZE_DIV)]
        };
        return usize::from(CLASS_TO_SIZE[usize::from(class)]);
    }
    // A request so large that rounding would overflow stays as it is and fails later.
    bytes.checked_next_multiple_of(PAGE_SIZE).unwrap_or(bytes)
}
