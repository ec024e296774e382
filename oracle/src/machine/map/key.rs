//! The key and value types of map scripts: their text, and hashes that Go has told.
//!
//! ```text
//!   Go's answer:  - | h 1 0 0 0 0 | … # 7=c4e980      the hash of key 7 under the seed that the
//!                                           │         map has then: top byte, low 16 bits
//!                                           ▼
//!   Told<u64>(7).hash(seed) ──▶ HASHES: 7 ─▶ (seed, c40000000000e980)
//! ```
//!
//! Go's hash functions are written in assembly and keyed at random; what they make of a key is
//! told in the answers, once for each key and seed: of its 64 bits those that a map of at most 2^16
//! buckets looks at. Only the hash of a NaN is not told, because it
//! is drawn: we draw it as Go does.
//!
//! A script names keys by an integer k, as it does values. Integer 0 is the zero value. For a type
//! of several words word 0 is k and word j a fixed mix of k and j; a string is the decimal text of
//! k, a float the number k. A key or value whose words do not belong together shows as `?` and its
//! words in hex.
//!
//! H1  A key is never hashed under a seed for which nothing is told, unless the hash is of no use:
//!     where the map is empty, and for a lookup in a single bucket, where Go only compares keys.
//!     What breaks this is noted, and shows in the answer.
//! H2  These types have the sizes of Go's, so that the same ones are stored by pointer.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;

use hmap::fastrand::fastrand;

use crate::machine::elem::{put, put_words};
use crate::machine::{fnv1a, mix};
use crate::script::map::KeyName;

/// What Go has told about hashes.
#[derive(Debug, Default)]
pub(super) struct Hashes {
    told: HashMap<u64, (u32, u64)>,
    /// The first key that was hashed against H1.
    untold: Option<String>,
}

thread_local! {
    /// Those of the twin that is at work on this thread.
    static HASHES: RefCell<Hashes> = RefCell::default();
}

impl Hashes {
    /// Notes the hashes at the end of Go's answer, `7=c4e980 8=…`, told under `seed`.
    pub(super) fn learn<T: Words>(&mut self, told: &str, seed: u32) {
        for pair in told.split(' ') {
            let known = pair.split_once('=').and_then(|(key, hash)| {
                let hash = u64::from_str_radix(hash, 16).ok()?;
                Some((
                    T::of(KeyName::parse(key)?),
                    hash >> 16 << 56 | hash & 0xFFFF,
                ))
            });
            if let Some((key, hash)) = known {
                self.told.insert(key.id(), (seed, hash));
            }
        }
    }

    /// Lends the hashes to the keys on this thread while `operation` runs.
    pub(super) fn lent<R>(&mut self, operation: impl FnOnce() -> R) -> R {
        swap(self);
        let result = operation();
        swap(self);
        result
    }

    /// The first key hashed against H1 since the last call.
    pub(super) fn take_untold(&mut self) -> Option<String> {
        self.untold.take()
    }
}

/// A thread's hashes and a twin's change places.
fn swap(hashes: &mut Hashes) {
    HASHES.with_borrow_mut(|lent| std::mem::swap(lent, hashes));
}

/// What a key is made of.
pub(super) trait Words: Copy + 'static {
    /// Equal keys may differ.
    const NEEDS_KEY_UPDATE: bool = false;
    /// Every key equals itself.
    const REFLEXIVE: bool = true;

    /// The key of this name.
    fn of(name: KeyName) -> Self;
    /// Appends the key's text.
    fn show(&self, out: &mut String);
    /// Go's `==`.
    fn equal(&self, other: &Self) -> bool;
    /// A number that differs where the memory does.
    fn bits(&self) -> u64;
    /// A number that is the same for equal keys.
    fn id(&self) -> u64 {
        self.bits()
    }
}

/// A key whose hash Go tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<T>(pub(super) T);

impl<T: Words> hmap::Key for Told<T> {
    const REFLEXIVE: bool = T::REFLEXIVE;
    const NEEDS_KEY_UPDATE: bool = T::NEEDS_KEY_UPDATE;

    fn equal(&self, other: &Self) -> bool {
        self.0.equal(&other.0)
    }

    fn hash<S: BuildHasher>(&self, _build: &S, seed: u32) -> u64 {
        if !self.0.equal(&self.0) {
            return nan_hash(seed);
        }
        HASHES.with_borrow_mut(|hashes| match hashes.told.get(&self.0.id()) {
            Some(&(under, hash)) if under == seed => hash,
            Some(_) | None => {
                let mut key = String::new();
                self.0.show(&mut key);
                hashes.untold.get_or_insert(key);
                0
            }
        })
    }
}

/// The hash of a NaN, drawn anew each time.
///
/// **Go** runtime/alg.go: f64hash, c0, c1.
fn nan_hash(seed: u32) -> u64 {
    const C0: u64 = 33_054_211_828_000_289;
    const C1: u64 = 23_344_194_077_549_503;
    (C0 ^ u64::from(seed) ^ u64::from(fastrand())).wrapping_mul(C1)
}

/// The integer of a name that is not of a float.
fn integer(name: KeyName) -> i64 {
    match name {
        KeyName::K(k) => k,
        KeyName::Nan | KeyName::NegativeZero => panic!("`{name}` names a float (S1 of script.rs)"),
    }
}

macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Words for $type {
            fn of(name: KeyName) -> Self {
                integer(name) as $type
            }

            fn show(&self, out: &mut String) {
                put(out, self.bits().cast_signed());
            }

            fn equal(&self, other: &Self) -> bool {
                self == other
            }

            fn bits(&self) -> u64 {
                u64::from(*self)
            }
        }
    )*};
}

unsigned!(u64, u32, u8);

thread_local! {
    /// A key has to be `Copy` for an iteration that is open while the map grows, so its text is
    /// never freed; therefore each text is made only once.
    static TEXTS: RefCell<HashMap<i64, &'static str>> = RefCell::default();
}

/// The decimal text of k, empty for 0.
impl Words for &'static str {
    const NEEDS_KEY_UPDATE: bool = true;

    fn of(name: KeyName) -> Self {
        let k = integer(name);
        if k == 0 {
            return "";
        }
        let text = || -> &'static str { k.to_string().leak() };
        TEXTS.with_borrow_mut(|texts| *texts.entry(k).or_insert_with(text))
    }

    fn show(&self, out: &mut String) {
        let shown = if self.is_empty() { "0" } else { *self };
        out.push_str(shown);
    }

    fn equal(&self, other: &Self) -> bool {
        self == other
    }

    fn bits(&self) -> u64 {
        fnv1a(self.as_bytes())
    }
}

impl Words for [u64; 17] {
    fn of(name: KeyName) -> Self {
        Value::of(integer(name))
    }

    fn show(&self, out: &mut String) {
        Value::show(self, out);
    }

    fn equal(&self, other: &Self) -> bool {
        self == other
    }

    fn bits(&self) -> u64 {
        self.iter().fold(0, |sum, word| sum.rotate_left(7) ^ word)
    }
}

impl Words for f64 {
    const NEEDS_KEY_UPDATE: bool = true;
    const REFLEXIVE: bool = false;

    fn of(name: KeyName) -> Self {
        match name {
            KeyName::K(k) => k as f64,
            KeyName::Nan => f64::NAN,
            KeyName::NegativeZero => -0.0,
        }
    }

    fn show(&self, out: &mut String) {
        if self.is_nan() {
            out.push_str("nan");
        } else if *self == 0.0 && self.is_sign_negative() {
            out.push_str("-0");
        } else {
            put(out, *self as i64);
        }
    }

    fn equal(&self, other: &Self) -> bool {
        self == other
    }

    fn bits(&self) -> u64 {
        self.to_bits()
    }

    fn id(&self) -> u64 {
        if *self == 0.0 { 0 } else { self.to_bits() }
    }
}

/// What a value is made of.
pub(super) trait Value: Clone + 'static {
    /// The value that integer `k` stands for.
    fn of(k: i64) -> Self;
    /// Appends the value's text.
    fn show(&self, out: &mut String);
}

impl Value for () {
    fn of(_k: i64) {}

    fn show(&self, out: &mut String) {
        out.push('0');
    }
}

impl Value for u64 {
    fn of(k: i64) -> u64 {
        k.cast_unsigned()
    }

    fn show(&self, out: &mut String) {
        put(out, self.cast_signed());
    }
}

impl<const N: usize> Value for [u64; N] {
    fn of(k: i64) -> [u64; N] {
        let k = k.cast_unsigned();
        if k == 0 {
            return [0; N];
        }
        std::array::from_fn(|j| mix(k, j as u64))
    }

    fn show(&self, out: &mut String) {
        if *self == Self::of(self[0].cast_signed()) {
            put(out, self[0].cast_signed());
        } else {
            put_words(out, self);
        }
    }
}
