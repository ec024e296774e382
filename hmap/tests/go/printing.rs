//! src/internal/fmtsort/sort_test.go: in which order the entries of a map are printed.
//!
//! Go's fmt sorts by the keys; so does a `GoMap`'s Display, by the `Ord` of the key type.
//!
//! Differs: Go's order puts NaN below all other floats; `F64` has no `Ord`, so that a map of floats
//! cannot be printed in an order that is not one. Pointers and channels are left out: their order
//! is that of addresses.

use std::fmt::{Debug, Display, Formatter, Result};

use hmap::{GoMap, Key};

/// A key whose text is its Debug text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Shown<T>(T);

impl<T: Debug> Display for Shown<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Debug::fmt(&self.0, f)
    }
}

/// Of each two of these keys, which ascend, the lower one is printed first, whichever was stored
/// first.
fn check_ascending<K: Key + Clone + Ord + Display>(keys: &[K]) {
    for (i, low) in keys.iter().enumerate() {
        for high in &keys[i + 1..] {
            for order in [[low, high], [high, low]] {
                let m: GoMap<K, i64> = GoMap::make(0);
                order.into_iter().for_each(|key| m.set(key.clone(), 1));
                assert_eq!(m.to_string(), format!("map[{low}:1 {high}:1]"));
            }
        }
    }
}

/// fmtsort/sort_test.go: TestCompare. Numbers by value, texts by bytes, false before true, structs
/// and arrays element by element, nil first.
#[test]
fn test_compare() {
    check_ascending(&[-1_isize, 0, 1]);
    check_ascending(&[-1_i8, 0, 1]);
    check_ascending(&[-1_i16, 0, 1]);
    check_ascending(&[-1_i32, 0, 1]);
    check_ascending(&[-1_i64, 0, 1]);
    check_ascending(&[0_usize, 1, 5]);
    check_ascending(&[0_u8, 1, 5]);
    check_ascending(&[0_u16, 1, 5]);
    check_ascending(&[0_u32, 1, 5]);
    check_ascending(&[0_u64, 1, 5]);
    check_ascending(&["", "a", "ab"]);
    check_ascending(&[false, true]);
    check_ascending(&[(0, 1), (0, 2), (1, -1), (1, 1)].map(Shown));
    check_ascending(&[[1, 1], [1, 2], [2, 0]].map(Shown));
    check_ascending(&[None, Some(1), Some(2), Some(3)].map(Shown));
}

fn print<K: Key + Ord + Display, const N: usize>(entries: [(K, &str); N]) -> String {
    GoMap::<K, &str>::from(entries).to_string()
}

/// A struct as Go prints it.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Toy(i64, i64);

impl Display for Toy {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{{{} {}}}", self.0, self.1)
    }
}

/// fmtsort/sort_test.go: TestOrder. Maps of many key types print in the order of their keys.
#[test]
fn test_order() {
    assert_eq!(print([(7, "bar"), (-3, "foo")]), "map[-3:foo 7:bar]");
    assert_eq!(print([(7_u8, "bar"), (3, "foo")]), "map[3:foo 7:bar]");
    assert_eq!(print([("7", "bar"), ("3", "foo")]), "map[3:foo 7:bar]");
    assert_eq!(
        print([(true, "true"), (false, "false")]),
        "map[false:false true:true]"
    );
    let toys = [(Toy(7, 2), "72"), (Toy(7, 1), "71"), (Toy(3, 4), "34")];
    assert_eq!(print(toys), "map[{3 4}:34 {7 1}:71 {7 2}:72]");
}

/// Keys of several types.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Mixed {
    Bool(bool),
    Int(i64),
    Text(&'static str),
    Array([i64; 2]),
    Struct(Toy),
}

impl Display for Mixed {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Bool(v) => Display::fmt(v, f),
            Self::Int(v) => Display::fmt(v, f),
            Self::Text(v) => Display::fmt(v, f),
            Self::Array([a, b]) => write!(f, "[{a} {b}]"),
            Self::Struct(v) => Display::fmt(v, f),
        }
    }
}

/// fmtsort/sort_test.go: TestInterface. Keys of several types come type by type, and in order
/// within each.
#[test]
fn test_interface() {
    let got = print([
        (Mixed::Array([1, 0]), ""),
        (Mixed::Text("c"), ""),
        (Mixed::Int(3), ""),
        (Mixed::Bool(true), ""),
        (Mixed::Struct(Toy(1, 0)), ""),
        (Mixed::Array([0, 1]), ""),
        (Mixed::Bool(false), ""),
        (Mixed::Int(2), ""),
        (Mixed::Text("b"), ""),
        (Mixed::Int(1), ""),
        (Mixed::Struct(Toy(0, 1)), ""),
        (Mixed::Text("a"), ""),
    ]);
    for group in [
        "false: true:",
        "1: 2: 3:",
        "a: b: c:",
        "[0 1]: [1 0]:",
        "{0 1}: {1 0}:",
    ] {
        assert!(got.contains(group), "{group} in {got}");
    }
}
