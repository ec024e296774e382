//! The hash function of the programs: the same on every machine, and as poor as a law wants it.
//!
//! ```text
//!   keeping(56, 8)   ┌─ top byte ─┬────── … ──────┬─ low bits ─┐    all 64 bits: Go's case
//!   keeping(1, 8)    └─ 8 bits ───┴─ 0 … 0 ───────┴─ 1 bit ────┘    two buckets hold everything
//!   keeping(56, 0)   └─ 0 ────────┴─ 56 bits ──────────────────┘    the top byte tells nothing
//! ```
//!
//! Poor hashes bring the long chains and equal bytes that a good hash would need millions of keys
//! for. A law that holds for every hash is tried with good and poor ones.
//!
//! Go: runtime/alg.go: memhash64.
//! Differs: Go's functions use AES instructions where there are any; this one is a plain mix.

use core::fmt;
use core::hash::{BuildHasher, Hasher};

/// Two odd numbers without pattern: the fractions of the square roots of 2 and 3.
const MULTIPLIERS: [u64; 2] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b];

/// A hash function; the default keeps all bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alg {
    low_bits: u32,
    top_bits: u32,
}

impl Alg {
    /// The hash function that keeps so many of the low 56 bits and of the top byte.
    pub(crate) fn keeping(low_bits: u32, top_bits: u32) -> Self {
        assert!(low_bits <= 56 && top_bits <= 8, "56 bits and a byte");
        Self { low_bits, top_bits }
    }

    /// The hash of an int under a seed.
    pub(crate) fn hash(self, key: i64, seed: u32) -> u64 {
        self.kept(mix(mix(0, u64::from(seed)), key.cast_unsigned()))
    }

    fn kept(self, hash: u64) -> u64 {
        let (low, top) = ((1 << self.low_bits) - 1, (1 << self.top_bits) - 1);
        hash & (low | top << 56)
    }
}

impl Default for Alg {
    fn default() -> Self {
        Self::keeping(56, 8)
    }
}

/// What it keeps, as the end of a program text; nothing where it keeps all.
impl fmt::Display for Alg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return Ok(());
        }
        let Self { low_bits, top_bits } = self;
        write!(f, " // hash: {low_bits} low bits, {top_bits} top bits")
    }
}

/// A state with a word mixed in: both halves of a product, twice.
fn mix(state: u64, word: u64) -> u64 {
    MULTIPLIERS.into_iter().fold(state ^ word, |state, by| {
        let product = u128::from(state ^ by) * u128::from(by.rotate_left(32));
        product as u64 ^ (product >> 64) as u64
    })
}

/// A hash being computed.
#[derive(Debug)]
pub(crate) struct Mixer {
    alg: Alg,
    state: u64,
}

impl BuildHasher for Alg {
    type Hasher = Mixer;

    fn build_hasher(&self) -> Mixer {
        Mixer {
            alg: *self,
            state: 0,
        }
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.write_u64(word);
        }
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(word.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.state = mix(self.state, word);
    }

    fn finish(&self) -> u64 {
        self.alg.kept(self.state)
    }
}
