//! Go's `interface{}` as a key: a value of any type, which it brings along.
//!
//! ```text
//!   Go                              here
//!   nil                             Dyn::Nil
//!   1, int8(1), int64(1), 1.0       Dyn::Int(1), Dyn::Int8(1), Dyn::Int64(1), Dyn::Float64(1.0)
//!   struct{ x, y interface{} }      Dyn::Struct("struct { … }", vec![x, y])
//!   [4]string                       Dyn::Array("[4]string", vec![…])
//!   []int{}                         Dyn::Unhashable("[]int")
//! ```
//!
//! Two are equal when type and value are. To hash one of a type without `==` is a panic with Go's
//! text, whatever the map holds.
//!
//! Go: runtime/alg.go: typehash, nilinterhash, efaceeq (1.19).

use std::hash::BuildHasher;

use hmap::{F32, F64, Key};

/// A value together with its dynamic type.
#[derive(Clone, Debug)]
pub(crate) enum Dyn {
    Nil,
    Int(i64),
    Int8(i8),
    Int64(i64),
    Uint64(u64),
    /// A named integer type with a method, for keys of a non-empty interface type.
    Named(&'static str, i64),
    Float32(f32),
    Float64(f64),
    Complex128(f64, f64),
    Text(String),
    /// A struct: its type and its fields.
    Struct(&'static str, Vec<Dyn>),
    /// An array: its type and its elements.
    Array(&'static str, Vec<Dyn>),
    /// A value of a type without `==`: slice, map, function, or a struct that has one in it.
    Unhashable(&'static str),
}

impl Dyn {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_string())
    }
}

impl Key for Dyn {
    const REFLEXIVE: bool = false;
    const NEEDS_KEY_UPDATE: bool = true;
    const HASH_MIGHT_PANIC: bool = true;

    fn equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nil, Self::Nil) => true,
            (Self::Int(a), Self::Int(b)) | (Self::Int64(a), Self::Int64(b)) => a == b,
            (Self::Int8(a), Self::Int8(b)) => a == b,
            (Self::Uint64(a), Self::Uint64(b)) => a == b,
            (Self::Named(s, a), Self::Named(t, b)) => s == t && a == b,
            (Self::Float32(a), Self::Float32(b)) => a == b,
            (Self::Float64(a), Self::Float64(b)) => a == b,
            (Self::Complex128(a, b), Self::Complex128(c, d)) => a == c && b == d,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Struct(s, a), Self::Struct(t, b)) | (Self::Array(s, a), Self::Array(t, b)) => {
                s == t && a.iter().zip(b).all(|(a, b)| a.equal(b))
            }
            (Self::Unhashable(s), Self::Unhashable(t)) if s == t => {
                panic!("runtime error: comparing uncomparable type {s}")
            }
            (_, _) => false,
        }
    }

    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        let with_type = |name: &str, hash: u64| Key::hash(&(name, hash), build, seed);
        match self {
            Self::Nil => u64::from(seed),
            Self::Int(v) => with_type("int", Key::hash(v, build, seed)),
            Self::Int8(v) => with_type("int8", Key::hash(v, build, seed)),
            Self::Int64(v) => with_type("int64", Key::hash(v, build, seed)),
            Self::Uint64(v) => with_type("uint64", Key::hash(v, build, seed)),
            Self::Named(name, v) => with_type(name, Key::hash(v, build, seed)),
            Self::Float32(v) => with_type("float32", F32(*v).hash(build, seed)),
            Self::Float64(v) => with_type("float64", F64(*v).hash(build, seed)),
            Self::Complex128(re, im) => {
                let parts = [F64(*re).hash(build, seed), F64(*im).hash(build, seed)];
                with_type("complex128", Key::hash(&parts, build, seed))
            }
            Self::Text(v) => with_type("string", Key::hash(v, build, seed)),
            Self::Struct(name, parts) | Self::Array(name, parts) => {
                let parts: Vec<u64> = parts.iter().map(|part| part.hash(build, seed)).collect();
                with_type(name, Key::hash(&parts, build, seed))
            }
            Self::Unhashable(name) => panic!("runtime error: hash of unhashable type {name}"),
        }
    }
}
