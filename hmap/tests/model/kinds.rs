//! The keys, values and hashers of the random programs.

use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher};

use ahash::RandomState;
use hmap::{F64, Hiter, Key, Map};

/// A key, made from a number.
pub(crate) trait ModelKey: Key + Clone + Debug {
    /// How many numbers make different keys, about.
    const N: u64;

    fn of(number: u64) -> Self;

    /// What says whether two keys are one; `None` if this one is not even one with itself.
    fn id(&self) -> Option<u64>;

    /// Its bits, where equal keys may have different ones.
    fn bits(&self) -> u64 {
        0
    }

    /// Starts an iteration Go's way, which a `Map` has for keys that are `Copy`.
    fn walk<V, S: BuildHasher>(m: &mut Map<Self, V, S>) -> Option<Hiter>;
}

impl ModelKey for u64 {
    const N: u64 = 700;

    fn of(number: u64) -> Self {
        number * 0x1_0001
    }

    fn id(&self) -> Option<u64> {
        Some(*self)
    }

    fn walk<V, S: BuildHasher>(m: &mut Map<Self, V, S>) -> Option<Hiter> {
        Some(m.hiter())
    }
}

impl ModelKey for u8 {
    const N: u64 = 256;

    fn of(number: u64) -> Self {
        number as Self
    }

    fn id(&self) -> Option<u64> {
        Some((*self).into())
    }

    fn walk<V, S: BuildHasher>(m: &mut Map<Self, V, S>) -> Option<Hiter> {
        Some(m.hiter())
    }
}

impl ModelKey for String {
    const N: u64 = 300;

    fn of(number: u64) -> Self {
        number.to_string()
    }

    fn id(&self) -> Option<u64> {
        self.parse().ok()
    }

    fn walk<V, S: BuildHasher>(_: &mut Map<Self, V, S>) -> Option<Hiter> {
        None
    }
}

/// Above 128 bytes: stored behind a pointer.
impl ModelKey for [u64; 17] {
    const N: u64 = 300;

    fn of(number: u64) -> Self {
        std::array::from_fn(|i| number + i as u64)
    }

    fn id(&self) -> Option<u64> {
        Some(self[16] - 16)
    }

    fn walk<V, S: BuildHasher>(m: &mut Map<Self, V, S>) -> Option<Hiter> {
        Some(m.hiter())
    }
}

/// Every fifth is NaN, and both zeros are among them.
impl ModelKey for F64 {
    const N: u64 = 400;

    fn of(number: u64) -> Self {
        Self(match number {
            n if n % 5 == 4 => f64::NAN,
            0..5 => 0.0,
            5..10 => -0.0,
            n => n as f64,
        })
    }

    fn id(&self) -> Option<u64> {
        let zero_is_positive = self.0 + 0.0;
        (!self.0.is_nan()).then_some(zero_is_positive.to_bits())
    }

    fn bits(&self) -> u64 {
        self.0.to_bits()
    }

    fn walk<V, S: BuildHasher>(m: &mut Map<Self, V, S>) -> Option<Hiter> {
        Some(m.hiter())
    }
}

/// One key at most.
impl ModelKey for () {
    const N: u64 = 1;

    fn of(_: u64) -> Self {}

    fn id(&self) -> Option<u64> {
        Some(0)
    }

    fn walk<V, S: BuildHasher>(m: &mut Map<Self, V, S>) -> Option<Hiter> {
        Some(m.hiter())
    }
}

/// A value, made from a number that no other value of the program is made from.
pub(crate) trait ModelValue: Clone + Debug + PartialEq {
    fn of(number: u64) -> Self;
}

impl ModelValue for u64 {
    fn of(number: u64) -> Self {
        number
    }
}

impl ModelValue for String {
    fn of(number: u64) -> Self {
        number.to_string()
    }
}

/// Above 128 bytes: stored behind a pointer.
impl ModelValue for [u64; 25] {
    fn of(number: u64) -> Self {
        [number; 25]
    }
}

/// All of these are equal.
impl ModelValue for () {
    fn of(_: u64) -> Self {}
}

/// A hasher of which a program makes one.
pub(crate) trait ModelHasher: BuildHasher + Clone {
    /// Whether chains get so long that programs have to be small.
    const BAD: bool;

    fn new() -> Self;
}

impl ModelHasher for RandomState {
    const BAD: bool = false;

    fn new() -> Self {
        Self::with_seeds(1, 2, 3, 4)
    }
}

/// Knows `N` hashes only; they differ at the top and at the bottom.
#[derive(Clone, Debug)]
pub(crate) struct Few<const N: u64>(u64);

impl<const N: u64> ModelHasher for Few<N> {
    const BAD: bool = true;

    fn new() -> Self {
        Self(0)
    }
}

impl<const N: u64> BuildHasher for Few<N> {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl<const N: u64> Hasher for Few<N> {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(31).wrapping_add(u64::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        (self.0 % N).wrapping_mul(0x1300_0000_0000_0001)
    }
}

/// Puts forty keys in a row into one bucket of sixteen: whoever inserts and removes runs of keys
/// leaves long empty chains behind, and the map repacks.
#[derive(Clone, Debug)]
pub(crate) struct Runs(u64);

impl ModelHasher for Runs {
    const BAD: bool = true;

    fn new() -> Self {
        Self(0)
    }
}

impl BuildHasher for Runs {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl Hasher for Runs {
    fn write(&mut self, _: &[u8]) {}

    fn write_u32(&mut self, _: u32) {}

    fn write_u64(&mut self, key: u64) {
        let number = key / 0x1_0001;
        self.0 = (number << 57) | (number / 40 % 16);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
