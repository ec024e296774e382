//! Random scripts, the same for the same seed.
//!
//! ```text
//!   seed, id ──▶ SplitMix64 ──┬──▶ generate/slice.rs ──▶ 60 operations on slices and strings
//!                             └──▶ generate/map.rs   ──▶ 500 operations on one map
//! ```

pub mod map;
pub mod slice;

/// Steele, Lea and Flood's generator: one 64-bit state, any state is a good one.
#[derive(Clone, Debug)]
pub(crate) struct SplitMix64(u64);

impl SplitMix64 {
    /// Distinct pairs start at unrelated places of the sequence.
    pub(crate) fn new(seed: u64, id: u64) -> SplitMix64 {
        let start = SplitMix64(seed).next();
        SplitMix64(SplitMix64(start ^ id).next())
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    /// A number from `low` to `high`, both included.
    ///
    /// # Panics
    /// When `low` is above `high`.
    pub(crate) fn within(&mut self, low: i64, high: i64) -> i64 {
        assert!(low <= high, "no number lies between {low} and {high}");
        let span = high.abs_diff(low).saturating_add(1);
        low.wrapping_add((self.next() % span).cast_signed())
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of the values.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[(self.next() % values.len() as u64) as usize]
    }
}
