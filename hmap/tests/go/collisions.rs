//! How many hashes may be equal, and how keys spread over buckets.
//!
//! From src/runtime/hash_test.go: HashSet, TestArrayHash, TestStructHash, TestCollisions.

use ahash::RandomState;
use hmap::{Key, Map, fastrand, key};

/// The hashers that the tests try: the quality must not hang on the choice.
pub(crate) fn hashers() -> [RandomState; 3] {
    [
        RandomState::with_seeds(0, 0, 0, 0),
        RandomState::with_seeds(1, 2, 3, 4),
        RandomState::with_seeds(u64::MAX, 1 << 63, 0x0123_4567_89ab_cdef, 5),
    ]
}

/// The hashes of a family of distinct keys.
pub(crate) struct Hashes {
    build: RandomState,
    hashes: Vec<u64>,
}

impl Hashes {
    pub(crate) fn new(build: RandomState) -> Self {
        let hashes = Vec::new();
        Self { build, hashes }
    }

    pub(crate) fn add<K: Key + ?Sized>(&mut self, key: &K) {
        self.add_with_seed(key, 0);
    }

    pub(crate) fn add_with_seed<K: Key + ?Sized>(&mut self, key: &K, seed: u32) {
        self.push(key.hash(&self.build, seed));
    }

    pub(crate) fn push(&mut self, hash: u64) {
        self.hashes.push(hash);
    }

    /// Panics if more of them are equal than Go allows: as many as chance makes equal of random
    /// numbers, and 50 times three standard deviations and one more.
    pub(crate) fn check(mut self, family: &str) {
        let n = self.hashes.len();
        self.hashes.sort_unstable();
        self.hashes.dedup();
        let n_equal = (n - self.hashes.len()) as f64;
        let pairs = n as f64 * (n as f64 - 1.0) / 2.0;
        let expected = pairs / 2_f64.powi(64);
        let allowed = expected + 50.0 * (3.0 * expected.sqrt() + 1.0);
        assert!(
            n_equal <= allowed,
            "{family}: {n_equal} of {n} hashes are equal"
        );
    }
}

/// Maps of all keys that have "foo" in four of eight places, and how many overflow buckets ten
/// of them got, on average. Without mixing all 70 keys would be in one chain.
fn mean_overflow<K: Key>(key_of: impl Fn([&'static str; 8]) -> K) -> u64 {
    let mut n_overflow = 0;
    for seed in 0..10 {
        fastrand::seed(seed);
        let mut m = Map::with_capacity_and_hasher(70, RandomState::with_seeds(seed, 2, 3, 4));
        for bits in 0..256_u32 {
            if bits.count_ones() == 4 {
                let places = std::array::from_fn(|j| if bits >> j & 1 == 1 { "foo" } else { "" });
                m.insert(key_of(places), true);
            }
        }
        assert_eq!((m.len(), m.hmap().b()), (70, 4));
        n_overflow += u64::from(m.hmap().noverflow());
    }
    n_overflow / 10
}

/// The most overflow buckets that a map of those 70 keys may need: Go allows six allocations.
const OVERFLOW_MAX: u64 = 6;

/// runtime/hash_test.go: TestArrayHash. Arrays that have the same texts in other places spread.
#[test]
fn test_array_hash() {
    assert!(mean_overflow(|places| places) <= OVERFLOW_MAX);
}

/// A field's type.
type Text = &'static str;

/// Eight fields.
struct Fields {
    a: Text,
    b: Text,
    c: Text,
    d: Text,
    e: Text,
    f: Text,
    g: Text,
    h: Text,
}

key! {
    impl Key for Fields { a: Text, b: Text, c: Text, d: Text, e: Text, f: Text, g: Text, h: Text }
}

/// runtime/hash_test.go: TestStructHash. Structs that have the same texts in other fields spread.
#[test]
fn test_struct_hash() {
    let mean = mean_overflow(|[a, b, c, d, e, f, g, h]| Fields {
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
    });
    assert!(mean <= OVERFLOW_MAX, "{mean}");
}

/// runtime/hash_test.go: TestCollisions. When two of sixteen bytes take all values, the low 16 bits
/// of the hash take more than half of theirs.
#[test]
fn test_collisions() {
    let [_, build, _] = hashers();
    for i in 0..16 {
        for j in (0..16).filter(|j| *j != i) {
            let mut bytes = [0_u8; 16];
            let mut hit = vec![false; 1 << 16];
            for n in 0..=u16::MAX {
                [bytes[i], bytes[j]] = n.to_le_bytes();
                hit[Key::hash(&bytes[..], &build, 0) as u16 as usize] = true;
            }
            let n_hit = hit.into_iter().filter(|hit| *hit).count();
            assert!(n_hit > 1 << 15, "bytes {i} and {j}: {n_hit} of 65536");
        }
    }
}
