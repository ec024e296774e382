//! src/runtime/hash_test.go: families of keys whose hashes must not collide more than chance.
//!
//! Go runs the larger families only without `-short`; here each family is there, with fewer members
//! where it has tens of millions, and for three hashers. What is allowed is computed from how many
//! there are, as Go does it.
//!
//! Differs: Go's hash of a text is the hash of its bytes; here a text is hashed as `str`, bytes as
//! `[u8]`, whose `Hash` also hashes where they end.

use ahash::RandomState;
use hmap::Key;

use crate::collisions::{Hashes, hashers};
use crate::dynamic::Dyn;

/// Numbers that look random, the same ones each time (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| (self.next() >> 56) as u8);
    }
}

/// The hash of bytes, with seed 0.
fn hash_bytes(bytes: &[u8], build: &RandomState) -> u64 {
    Key::hash(bytes, build, 0)
}

/// A number in a type of its own, as `type ID uint32` in Go.
#[derive(PartialEq, Eq, Hash)]
struct Id<T>(T);

/// runtime/hash_test.go: TestMemHash32Equality. The ways to hash the same four bytes agree: by
/// value, behind a pointer, in a type of its own, and bytes borrowed or owned.
///
/// Go compares its hash for four bytes with the general one, which it has only without AES; here
/// the ways that a lookup and an insert may take must agree.
#[test]
fn test_mem_hash32_equality() {
    let mut numbers = Numbers(1234);
    let (seed, [_, build, _]) = (numbers.next() as u32, hashers());
    for _ in 0..100 {
        let x = numbers.next() as u32;
        let want = x.hash(&build, seed);
        assert_eq!(Key::hash(&&x, &build, seed), want);
        assert_eq!(Key::hash(&Box::new(x), &build, seed), want);
        assert_eq!(Key::hash(&Id(x), &build, seed), want);
        let bytes = x.to_le_bytes();
        assert_eq!(
            Key::hash(&bytes.to_vec(), &build, seed),
            Key::hash(&bytes[..], &build, seed)
        );
    }
}

/// runtime/hash_test.go: TestMemHash64Equality. The same of eight bytes.
#[test]
fn test_mem_hash64_equality() {
    let mut numbers = Numbers(1234);
    let (seed, [_, build, _]) = (numbers.next() as u32, hashers());
    for _ in 0..100 {
        let x = numbers.next();
        let want = x.hash(&build, seed);
        assert_eq!(Key::hash(&&x, &build, seed), want);
        assert_eq!(Key::hash(&Box::new(x), &build, seed), want);
        assert_eq!(Key::hash(&Id(x), &build, seed), want);
        let bytes = x.to_le_bytes();
        assert_eq!(
            Key::hash(&bytes.to_vec(), &build, seed),
            Key::hash(&bytes[..], &build, seed)
        );
    }
}

/// runtime/hash_test.go: TestSmhasherSanity. The hash depends neither on the bytes around the key
/// nor on where it lies.
#[test]
fn test_smhasher_sanity() {
    const LEN_MAX: usize = 128;
    const OFFSETS: usize = 16;
    const PAD: usize = 16;
    let mut numbers = Numbers(1234);
    let [_, build, _] = hashers();
    for len in 0..LEN_MAX {
        for offset in 0..OFFSETS {
            let mut here = [0; LEN_MAX + OFFSETS + 2 * PAD];
            let mut there = here;
            numbers.fill(&mut here);
            numbers.fill(&mut there);
            let key = &here[PAD..PAD + len];
            let copy = &mut there[PAD + offset..][..len];
            copy.copy_from_slice(key);
            assert_eq!(hash_bytes(key, &build), hash_bytes(copy, &build));
        }
    }
}

/// runtime/hash_test.go: TestSmhasherAppendedZeros. A text and zeros after it: each length has its
/// own hash.
#[test]
fn test_smhasher_appended_zeros() {
    let text = format!("hello{}", "\0".repeat(256));
    for build in hashers() {
        let mut hashes = Hashes::new(build);
        (0..=text.len()).for_each(|len| hashes.add(&text[..len]));
        hashes.check("appended zeros");
    }
}

/// runtime/hash_test.go: TestSmhasherSmallKeys. All keys of one or two bytes, and those of three
/// whose last is one of sixteen.
#[test]
fn test_smhasher_small_keys() {
    for build in hashers() {
        let mut hashes = Hashes::new(build);
        for i in 0..=255 {
            hashes.add(&[i][..]);
            for j in 0..=255 {
                hashes.add(&[i, j][..]);
                (0..=255)
                    .step_by(17)
                    .for_each(|k| hashes.add(&[i, j, k][..]));
            }
        }
        hashes.check("small keys");
    }
}

/// runtime/hash_test.go: TestSmhasherZeros. Nothing but zeros, in each length up to 4096, and in
/// some that are longer.
#[test]
fn test_smhasher_zeros() {
    const LEN_MAX: usize = 256 * 1024;
    let zeros = vec![0; LEN_MAX];
    for build in hashers() {
        let mut hashes = Hashes::new(build);
        (0..4096).for_each(|len| hashes.add(&zeros[..len]));
        (4096..=LEN_MAX)
            .step_by(4093)
            .for_each(|len| hashes.add(&zeros[..len]));
        hashes.check("zeros");
    }
}

/// runtime/hash_test.go: TestSmhasherTwoNonzero. Zeros but for one or two bytes.
#[test]
fn test_smhasher_two_nonzero() {
    for build in hashers() {
        let mut hashes = Hashes::new(build);
        for len in [2, 3, 4, 9, 16] {
            let mut key = vec![0_u8; len];
            hashes.add(&key[..]);
            for i in 0..len {
                for x in 1..=255 {
                    key[i] = x;
                    hashes.add(&key[..]);
                    for j in i + 1..len {
                        for y in (1..=255).step_by(8) {
                            key[j] = y;
                            hashes.add(&key[..]);
                        }
                        key[j] = 0;
                    }
                }
                key[i] = 0;
            }
        }
        hashes.check("two bytes that are not zero");
    }
}

/// runtime/hash_test.go: TestSmhasherCyclic. A pattern of 4 to 12 bytes, eight times.
#[test]
fn test_smhasher_cyclic() {
    let mut numbers = Numbers(1234);
    let [build, ..] = hashers();
    for len in 4..=12 {
        let mut hashes = Hashes::new(build.clone());
        for i in 0..100_000 {
            let mut pattern = vec![0; len];
            let first = [i * 79 % 97, i * 43 % 137, i * 151 % 197, i * 199 % 251];
            pattern[..4].copy_from_slice(&first.map(|byte| byte as u8));
            numbers.fill(&mut pattern[4..]);
            hashes.add(&pattern.repeat(8)[..]);
        }
        hashes.check("repeated patterns");
    }
}

/// Adds `key` with up to `n` more bits set, from bit `first` on.
fn add_with_bits(hashes: &mut Hashes, key: &mut [u8], first: usize, n: usize) {
    hashes.add(&*key);
    if n > 0 {
        for bit in first..8 * key.len() {
            key[bit / 8] |= 1 << (bit % 8);
            add_with_bits(hashes, key, bit + 1, n - 1);
            key[bit / 8] &= !(1 << (bit % 8));
        }
    }
}

/// runtime/hash_test.go: TestSmhasherSparse. Keys with only a few bits set.
#[test]
fn test_smhasher_sparse() {
    for build in hashers() {
        for (n_bits, n_set) in [
            (32, 5),
            (40, 4),
            (48, 4),
            (64, 4),
            (96, 3),
            (256, 2),
            (2048, 2),
        ] {
            let mut hashes = Hashes::new(build.clone());
            add_with_bits(&mut hashes, &mut vec![0; n_bits / 8], 0, n_set);
            hashes.check("few bits");
        }
    }
}

/// Adds all keys that begin with `key` and go on with up to `n` of the blocks.
fn add_with_blocks(hashes: &mut Hashes, key: &mut Vec<u8>, blocks: &[u32], n: usize) {
    hashes.add(&key[..]);
    if n > 0 {
        let len = key.len();
        for block in blocks {
            key.extend(block.to_le_bytes());
            add_with_blocks(hashes, key, blocks, n - 1);
            key.truncate(len);
        }
    }
}

/// runtime/hash_test.go: TestSmhasherPermutation. Blocks of four bytes in every order.
#[test]
fn test_smhasher_permutation() {
    let low: Vec<u32> = (0..8).collect();
    let high: Vec<u32> = (0..8).map(|block| block << 29).collect();
    let both = [&low[..], &high[1..]].concat();
    let families = [
        (&low[..], 6),
        (&high, 6),
        (&[0, 1], 16),
        (&[0, 1 << 31], 16),
        (&both, 5),
    ];
    for build in hashers() {
        for (blocks, n) in families {
            let mut hashes = Hashes::new(build.clone());
            add_with_blocks(&mut hashes, &mut Vec::new(), blocks, n);
            hashes.check("blocks");
        }
    }
}

/// A key of a kind, made from bits.
trait Bits {
    const N: usize;
    /// The hash of the key with these bits, of which only the first `N` count.
    fn hash_of(bits: &[u8; 200], build: &RandomState) -> u64;
}

/// The first `LEN` bytes.
struct Bytes<const LEN: usize>;

impl<const LEN: usize> Bits for Bytes<LEN> {
    const N: usize = 8 * LEN;
    fn hash_of(bits: &[u8; 200], build: &RandomState) -> u64 {
        hash_bytes(&bits[..LEN], build)
    }
}

fn low_u64(bits: &[u8; 200]) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&bits[..8]);
    u64::from_le_bytes(bytes)
}

impl Bits for u32 {
    const N: usize = 32;
    fn hash_of(bits: &[u8; 200], build: &RandomState) -> u64 {
        (low_u64(bits) as u32).hash(build, 0)
    }
}

impl Bits for u64 {
    const N: usize = 64;
    fn hash_of(bits: &[u8; 200], build: &RandomState) -> u64 {
        low_u64(bits).hash(build, 0)
    }
}

/// An integer as an `interface{}`.
struct Eface;

impl Bits for Eface {
    const N: usize = 64;
    fn hash_of(bits: &[u8; 200], build: &RandomState) -> u64 {
        Dyn::Uint64(low_u64(bits)).hash(build, 0)
    }
}

/// A named integer as an interface with a method.
struct Iface;

impl Bits for Iface {
    const N: usize = 64;
    fn hash_of(bits: &[u8; 200], build: &RandomState) -> u64 {
        Dyn::Named("runtime_test.fInter", low_u64(bits) as i64).hash(build, 0)
    }
}

/// 64 counters, one for each bit of a hash; the bits of a count stand one below the other.
#[derive(Clone, Default)]
struct Counters([u64; 20]);

impl Counters {
    fn add(&mut self, bits: u64) {
        let mut carry = bits;
        for digit in &mut self.0 {
            (*digit, carry) = (*digit ^ carry, *digit & carry);
            if carry == 0 {
                return;
            }
        }
        assert_eq!(carry, 0, "counted too far");
    }

    fn count(&self, bit: u32) -> u64 {
        let digits = self.0.iter().enumerate();
        digits.map(|(i, digit)| (digit >> bit & 1) << i).sum()
    }
}

/// How many standard deviations off one of `n` fair counts may be, so that in 9999 of 10000 cases
/// all are within: found as Go finds it, in steps of a tenth.
fn deviations(n: usize) -> f64 {
    let steps = (0..200).map(|step| f64::from(step) / 10.0);
    let mut enough = steps.filter(|c| (1.0 - tail(*c)).powf(n as f64) >= 0.9999);
    enough.next().expect("some are enough")
}

/// The chance to be `c` standard deviations off or more: the normal density, summed up.
fn tail(c: f64) -> f64 {
    const STEP: f64 = 1e-3;
    let density = |x: f64| (-x * x / 2.0).exp() * (2.0 / std::f64::consts::PI).sqrt();
    let middles = (0..10_000).map(|i| c + (f64::from(i) + 0.5) * STEP);
    middles.map(|x| density(x) * STEP).sum()
}

/// Flips each bit of random keys and counts how often each bit of the hash flips.
fn check_avalanche<K: Bits>(n_keys: usize) {
    let [_, build, _] = hashers();
    let mut numbers = Numbers(1234);
    let mut counters = vec![Counters::default(); K::N];
    for _ in 0..n_keys {
        let mut bits = [0; 200];
        numbers.fill(&mut bits[..K::N / 8]);
        let hash = K::hash_of(&bits, &build);
        for (i, counters) in counters.iter_mut().enumerate() {
            bits[i / 8] ^= 1 << (i % 8);
            counters.add(hash ^ K::hash_of(&bits, &build));
            bits[i / 8] ^= 1 << (i % 8);
        }
    }
    let mean = n_keys as f64 / 2.0;
    let slack = 4.0 * deviations(64 * K::N) * (n_keys as f64).sqrt() / 2.0;
    for (i, counters) in counters.iter().enumerate() {
        for bit in 0..64 {
            let off = counters.count(bit) as f64 - mean;
            assert!(
                off.abs() <= slack,
                "bit {i} of {} to bit {bit}: {off}",
                K::N
            );
        }
    }
}

/// runtime/hash_test.go: TestSmhasherAvalanche. Flipping a bit of the key flips each bit of the
/// hash in half of the cases, for bytes, integers and what is hashed by its dynamic type.
#[test]
fn test_smhasher_avalanche() {
    check_avalanche::<Bytes<2>>(20_000);
    check_avalanche::<Bytes<4>>(20_000);
    check_avalanche::<Bytes<8>>(20_000);
    check_avalanche::<Bytes<16>>(20_000);
    check_avalanche::<Bytes<32>>(10_000);
    check_avalanche::<Bytes<200>>(2_000);
    check_avalanche::<u32>(20_000);
    check_avalanche::<u64>(20_000);
    check_avalanche::<Eface>(10_000);
    check_avalanche::<Iface>(10_000);
}

/// All keys that have bits set in one window of sixteen only, for every `step`th window.
fn check_windows<K: Bits>(step: usize) {
    let [build, ..] = hashers();
    for rotation in (0..K::N).step_by(step) {
        let mut hashes = Hashes::new(build.clone());
        for window in 0..=u16::MAX {
            let mut bits = [0_u8; 200];
            for j in (0..16).filter(|j| window >> j & 1 == 1) {
                let bit = (j + rotation) % K::N;
                bits[bit / 8] |= 1 << (bit % 8);
            }
            hashes.push(K::hash_of(&bits, &build));
        }
        hashes.check("windows");
    }
}

/// runtime/hash_test.go: TestSmhasherWindowed. Sixteen bits take all values, wherever in the key
/// they stand.
#[test]
fn test_smhasher_windowed() {
    check_windows::<u32>(1);
    check_windows::<u64>(2);
    check_windows::<Bytes<128>>(67);
}

/// runtime/hash_test.go: TestSmhasherText. Three letters or digits between a fixed beginning and a
/// fixed end.
#[test]
fn test_smhasher_text() {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTabcdefghijklmnopqrst0123456789";
    for build in hashers() {
        for (prefix, suffix) in [("Foo", "Bar"), ("FooBar", ""), ("", "FooBar")] {
            let mut hashes = Hashes::new(build.clone());
            let at = prefix.len();
            let mut text = format!("{prefix}...{suffix}").into_bytes();
            for a in LETTERS {
                for b in LETTERS {
                    for c in LETTERS {
                        text[at..at + 3].copy_from_slice(&[*a, *b, *c]);
                        hashes.add(&text[..]);
                    }
                }
            }
            hashes.check("texts");
        }
    }
}

/// runtime/hash_test.go: TestSmhasherSeed. Each seed gives the same text another hash.
#[test]
fn test_smhasher_seed() {
    for build in hashers() {
        let mut hashes = Hashes::new(build);
        (0..100_000).for_each(|seed| hashes.add_with_seed("hello", seed));
        hashes.check("seeds");
    }
}
