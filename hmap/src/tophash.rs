//! The byte in front of each cell: eight bits of the hash, or a mark.
//!
//! ```text
//!   0 EMPTY_REST        empty, and so is every later cell of the chain
//!   1 EMPTY_ONE         empty
//!   2 EVACUATED_X       the entry moved to the first half of the new array    ┐ only in an
//!   3 EVACUATED_Y       the entry moved to the second half                    │ array that
//!   4 EVACUATED_EMPTY   empty, and the bucket was evacuated                   ┘ is left behind
//!   5 … 255             the top byte of the key's hash; 0 to 4 count as 5 to 9
//! ```
//!
//! *Tags*: the eight tophash bytes of a bucket, looked at as one word. Comparing all eight with
//! the byte looked for takes a handful of instructions and no branch; Go looks at them one by one,
//! and its branches are guessed wrongly as soon as the map outgrows the predictor.
//!
//! T1  A full cell's byte is at least `MIN_TOP_HASH`, and no other cell's is.
//! T2  From the first `EMPTY_REST` of a chain to the chain's end every byte is `EMPTY_REST`.
//!
//! Go: runtime/map.go (1.19): tophash, isEmpty, evacuated, emptyRest, minTopHash.

/// The cell is empty, and there are no more full cells behind it in its chain.
#[doc(alias = "emptyRest")]
pub const EMPTY_REST: u8 = 0;
/// The cell is empty.
#[doc(alias = "emptyOne")]
pub const EMPTY_ONE: u8 = 1;
/// The entry was moved to the first half of the larger array.
#[doc(alias = "evacuatedX")]
pub const EVACUATED_X: u8 = 2;
/// The entry was moved to the second half of the larger array.
#[doc(alias = "evacuatedY")]
pub const EVACUATED_Y: u8 = 3;
/// The cell was empty when its bucket was evacuated.
#[doc(alias = "evacuatedEmpty")]
pub const EVACUATED_EMPTY: u8 = 4;
/// The smallest byte that stands for a hash.
#[doc(alias = "minTopHash")]
pub const MIN_TOP_HASH: u8 = 5;

/// The byte that stands for `hash` in a bucket.
///
/// **Go** runtime/map.go: tophash.
#[inline]
#[must_use]
pub const fn tophash(hash: u64) -> u8 {
    let top = (hash >> 56) as u8;
    if top < MIN_TOP_HASH {
        top + MIN_TOP_HASH
    } else {
        top
    }
}

/// Whether a cell with this byte is empty, in a bucket that was not evacuated.
///
/// **Go** runtime/map.go: isEmpty.
#[doc(alias = "isEmpty")]
#[inline]
#[must_use]
pub const fn is_empty(top: u8) -> bool {
    top <= EMPTY_ONE
}

/// Whether a bucket whose first cell has this byte was evacuated.
///
/// **Go** runtime/map.go: evacuated.
#[inline]
#[must_use]
pub const fn evacuated(top: u8) -> bool {
    top > EMPTY_ONE && top < MIN_TOP_HASH
}

/// The eight tophash bytes of a bucket; the first is the lowest byte of the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tags(pub(crate) u64);

/// A set of a bucket's cells: [`word::BITS`] bits for each, of which the highest says whether the
/// cell belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cells(u64);

impl Tags {
    /// The tags of a bucket that was evacuated and held nothing.
    pub(crate) const ALL_EVACUATED_EMPTY: Self = Self(u64::from_ne_bytes([EVACUATED_EMPTY; 8]));

    /// The cells whose byte is `top`, which must not be 0.
    #[inline(always)]
    pub(crate) fn matching(self, top: u8) -> Cells {
        Cells(word::equal(self.0, top))
    }

    /// The empty cells of a bucket that was not evacuated.
    #[inline(always)]
    pub(crate) fn empty(self) -> Cells {
        Cells(word::at_most_one(self.0))
    }

    /// The cells that hold an entry: those with a hash's byte (T1).
    #[inline(always)]
    pub(crate) fn full(self) -> Cells {
        Cells(word::at_least_five(self.0))
    }

    /// Whether nothing follows in the chain behind this bucket (T2).
    #[inline(always)]
    pub(crate) const fn ends_chain(self) -> bool {
        self.0 >> 56 == EMPTY_REST as u64
    }

    /// Whether the bucket with these tags was evacuated.
    #[inline(always)]
    pub(crate) const fn evacuated(self) -> bool {
        evacuated(self.0 as u8)
    }

    /// The bytes, cell by cell.
    #[inline]
    pub(crate) const fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }
}

impl Cells {
    #[inline(always)]
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub(crate) const fn contains(self, i: usize) -> bool {
        self.0 >> (word::BITS * i + word::BITS - 1) & 1 == 1
    }

    /// The lowest cell of a set that is not empty.
    #[inline(always)]
    pub(crate) const fn first(self) -> usize {
        self.0.trailing_zeros() as usize / word::BITS
    }

    /// The set without its lowest cell; it must not be empty.
    #[inline(always)]
    pub(crate) const fn without_first(self) -> Self {
        Self(self.0 & (self.0 - 1))
    }

    /// Takes the lowest cell out.
    #[inline(always)]
    pub(crate) const fn pop(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let first = self.first();
        *self = self.without_first();
        Some(first)
    }
}

/// The three comparisons, with SSE2: one bit a cell.
#[cfg(all(target_arch = "x86_64", not(miri)))]
mod word {
    use core::arch::x86_64::{
        __m128i, _mm_cmpeq_epi8, _mm_cvtsi64_si128, _mm_max_epu8, _mm_min_epu8, _mm_movemask_epi8,
        _mm_set1_epi8,
    };

    /// Bits of a cell in a set.
    pub(super) const BITS: usize = 1;

    /// The lower eight bits of the answer are the cells; the upper eight tell whether the unused
    /// half of the register, which is zero, equals that of the other.
    #[inline(always)]
    fn compare(tags: u64, other: impl FnOnce(__m128i) -> __m128i) -> u64 {
        // SAFETY: SSE2 is part of x86-64.
        let tags = unsafe { _mm_cvtsi64_si128(tags.cast_signed()) };
        let other = other(tags);
        // SAFETY: SSE2 is part of x86-64.
        let equal = unsafe { _mm_cmpeq_epi8(tags, other) };
        // SAFETY: SSE2 is part of x86-64.
        unsafe { _mm_movemask_epi8(equal) as u64 }
    }

    #[inline(always)]
    fn all(byte: u8) -> __m128i {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { _mm_set1_epi8(byte.cast_signed()) }
    }

    #[inline(always)]
    pub(super) fn equal(tags: u64, top: u8) -> u64 {
        // No `& 0xFF`: `top` is not zero, so the unused half is never equal.
        compare(tags, |_| all(top))
    }

    #[inline(always)]
    pub(super) fn at_most_one(tags: u64) -> u64 {
        // SAFETY: SSE2 is part of x86-64.
        compare(tags, |tags| unsafe { _mm_min_epu8(tags, all(1)) }) & 0xFF
    }

    #[inline(always)]
    pub(super) fn at_least_five(tags: u64) -> u64 {
        // SAFETY: SSE2 is part of x86-64. No `& 0xFF`: zero is less than five.
        compare(tags, |tags| unsafe { _mm_max_epu8(tags, all(5)) })
    }
}

/// The three comparisons, in one general register: eight bits a cell.
#[cfg(not(all(target_arch = "x86_64", not(miri))))]
mod word {
    /// Bits of a cell in a set.
    pub(super) const BITS: usize = 8;
    /// One in the lowest bit of each byte.
    const LOW: u64 = 0x0101_0101_0101_0101;
    /// One in the highest bit of each byte.
    const HIGH: u64 = 0x8080_8080_8080_8080;

    #[inline(always)]
    pub(super) fn equal(tags: u64, top: u8) -> u64 {
        zero_bytes(tags ^ (LOW * u64::from(top)))
    }

    #[inline(always)]
    pub(super) fn at_most_one(tags: u64) -> u64 {
        zero_bytes(tags & !LOW)
    }

    #[inline(always)]
    pub(super) fn at_least_five(tags: u64) -> u64 {
        (((tags & !HIGH) + LOW * (0x80 - 5)) | tags) & HIGH
    }

    /// The highest bit of each byte that is zero.
    ///
    /// The shorter `(x - LOW) & !x & HIGH` also reports a 1 above a zero byte: harmless where a
    /// key compare follows, but that cell could be an empty one, whose key must not be read.
    #[inline(always)]
    fn zero_bytes(x: u64) -> u64 {
        !(((x & !HIGH) + !HIGH) | x | !HIGH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a set, one by one.
    fn list(mut cells: Cells) -> Vec<usize> {
        core::iter::from_fn(|| cells.pop()).collect()
    }

    #[test]
    fn the_word_tests_agree_with_looking_at_each_byte() {
        let mut x = 1_u64;
        for round in 0..200_000_u64 {
            x = x
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(round);
            // Small bytes and neighbours of the byte looked for are the cases that go wrong.
            let bytes = x.to_le_bytes().map(|b| if b & 1 == 0 { b % 8 } else { b });
            let tags = Tags(u64::from_le_bytes(bytes));
            let top = bytes[(x >> 32) as usize % 8].max(1);
            let wanted = |test: &dyn Fn(u8) -> bool| -> Vec<usize> {
                (0..8).filter(|&i| test(bytes[i])).collect()
            };
            assert_eq!(
                list(tags.matching(top)),
                wanted(&|b| b == top),
                "{bytes:?} {top}"
            );
            assert_eq!(list(tags.empty()), wanted(&is_empty), "{bytes:?}");
            assert_eq!(
                list(tags.full()),
                wanted(&|b| b >= MIN_TOP_HASH),
                "{bytes:?}"
            );
            assert_eq!(tags.evacuated(), evacuated(bytes[0]));
            assert_eq!(tags.ends_chain(), bytes[7] == EMPTY_REST);
        }
    }

    #[test]
    fn the_lowest_five_top_bytes_make_room_for_the_marks() {
        let bytes: Vec<u8> = (0..=6).map(|top| tophash(top << 56 | 0xFF)).collect();
        assert_eq!(bytes, [5, 6, 7, 8, 9, 5, 6]);
    }
}
