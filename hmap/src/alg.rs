//! What a map asks of its keys: equality, a hash with a seed, and three odd questions.
//!
//! ```text
//!   kind of key              reflexive   needs key update   hash might panic
//!   integers, bool, char     yes         no                 no
//!   F32, F64                 no          yes                no       NaN != NaN; -0.0 == +0.0
//!   structs, arrays          as their fields together
//!   interfaces (dynamic)     no          yes                yes      an int or a []int inside
//! ```
//!
//! *Reflexive*: every key equals itself. *Needs key update*: equal keys can be told apart, so
//! that storing under a key rewrites the key too. *Hash might panic*: even a lookup in an empty
//! map calls the hash, so that a wrong key is told at once.
//!
//! Everything that is `Eq + Hash` is a key, by way of the map's `BuildHasher`. The floats are not
//! `Eq`, for good reason; [`F32`] and [`F64`] have Go's behaviour. A struct with such a field gets
//! its implementation from [`key!`](crate::key).
//!
//! L1  Equal keys have equal hashes under one seed, unless they do not equal themselves.
//!
//! Go: runtime/alg.go: f32hash, f64hash, typehash; reflect/type.go: needKeyUpdate, hashMightPanic;
//! cmd/compile/internal/types: IsReflexive.
//! Differs: Go's strings need a key update, so that a short-lived backing array is let go; here a
//! key that is `Eq` stays as it was, which is what std's map promises.

use core::hash::{BuildHasher, Hash, Hasher};

use crate::fastrand::fastrand;

/// A type that can be a map's key.
pub trait Key {
    /// Every key equals itself.
    const REFLEXIVE: bool = true;
    /// Equal keys can differ, so a store rewrites the key.
    const NEEDS_KEY_UPDATE: bool = false;
    /// [`Key::hash`] can panic, so it is called even where the map is empty.
    const HASH_MIGHT_PANIC: bool = false;

    /// Whether two keys are one.
    fn equal(&self, other: &Self) -> bool;

    /// The key's hash under `seed`, the map's `hash0`.
    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64;
}

impl<T: Eq + Hash + ?Sized> Key for T {
    #[inline]
    fn equal(&self, other: &Self) -> bool {
        self == other
    }

    #[inline]
    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        let mut hasher = build.build_hasher();
        hasher.write_u32(seed);
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

/// Whether a key equals itself; NaN does not.
#[inline]
pub(crate) fn is_itself<K: Key>(key: &K) -> bool {
    K::REFLEXIVE || key.equal(key)
}

macro_rules! float {
    ($name:ident, $float:ty, $go:literal) => {
        #[doc = concat!("Go's `", $go, "` as a key.")]
        ///
        /// NaN equals nothing, itself included: it can be inserted again and again, is never
        /// found, and goes only when the map is cleared. +0 and -0 are one key, and the one stored
        /// last is kept.
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        #[repr(transparent)]
        pub struct $name(pub $float);

        impl Key for $name {
            const REFLEXIVE: bool = false;
            const NEEDS_KEY_UPDATE: bool = true;

            #[inline]
            fn equal(&self, other: &Self) -> bool {
                self.0 == other.0
            }

            /// The hash of NaN is drawn anew each time, so that many NaNs do not share a bucket.
            ///
            /// **Go** runtime/alg.go: f32hash, f64hash.
            #[inline]
            fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
                let bits = if self.0 == 0.0 {
                    0
                } else if self.0.is_nan() {
                    fastrand().into()
                } else {
                    self.0.to_bits()
                };
                Key::hash(&bits, build, seed)
            }
        }

        impl From<$float> for $name {
            fn from(float: $float) -> Self {
                Self(float)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl layout::Describe for $name {
            fn type_name() -> String {
                $go.to_string()
            }

            fn describe(&self, leaves: &mut layout::Leaves) {
                self.0.describe(leaves);
            }
        }
    };
}

float!(F32, f32, "float32");
float!(F64, f64, "float64");

/// Makes a struct a key as Go does: equal if all fields are, hashed field by field.
///
/// For structs that are `Eq + Hash` this is not needed; it is for those that hold an
/// [`F64`] or another key that is not `Eq`.
///
/// ```
/// use hmap::{F64, Map};
///
/// #[derive(Clone)]
/// struct Point {
///     x: F64,
///     y: F64,
/// }
/// hmap::key! { impl Key for Point { x: F64, y: F64 } }
///
/// let mut m: Map<Point, i64> = Map::new();
/// m.insert(Point { x: F64(f64::NAN), y: F64(1.0) }, 1);
/// m.insert(Point { x: F64(f64::NAN), y: F64(1.0) }, 2);
/// assert_eq!(m.len(), 2);
/// ```
#[macro_export]
macro_rules! key {
    (impl Key for $type:ty { $($field:ident : $field_type:ty),* $(,)? }) => {
        impl $crate::Key for $type {
            const REFLEXIVE: bool = true $(&& <$field_type as $crate::Key>::REFLEXIVE)*;
            const NEEDS_KEY_UPDATE: bool =
                false $(|| <$field_type as $crate::Key>::NEEDS_KEY_UPDATE)*;
            const HASH_MIGHT_PANIC: bool =
                false $(|| <$field_type as $crate::Key>::HASH_MIGHT_PANIC)*;

            fn equal(&self, other: &Self) -> bool {
                true $(&& $crate::Key::equal(&self.$field, &other.$field))*
            }

            fn hash<S: ::core::hash::BuildHasher>(&self, build: &S, seed: u32) -> u64 {
                let hash = u64::from(seed);
                $(
                    // The hash so far is folded into the seed of the next field, as typehash does.
                    let hash = {
                        let seed = (hash ^ (hash >> 32)) as u32;
                        hash.rotate_left(29)
                            ^ $crate::Key::hash(&self.$field, build, seed)
                    };
                )*
                hash
            }
        }
    };
}
