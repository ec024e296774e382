//! test/append.go: 82 cases in a table, then structs, interfaces and named slice types.

use core::cell::Cell;
use core::fmt::Debug;

use bumpalo::Bump;
use slice::{Slice, Str};

/// Checks a result that has to be an array, empty perhaps, and not nil.
fn verify<T>(name: &str, result: Slice<'_, T>, expected: &[T])
where
    T: Clone + Default + Debug + PartialEq,
{
    assert!(!result.is_nil(), "{name}");
    assert_eq!(result.to_vec(), expected, "{name}");
}

/// The values of the ten cases that the table has for each element type.
struct Row<T> {
    name: &'static str,
    /// The slice appended to, where it is not empty.
    orig: [T; 3],
    /// Values appended to an empty slice, and to `orig`.
    values: ([T; 4], [T; 3]),
    /// Elements of the slices appended to an empty slice, and to `orig`.
    slices: ([T; 4], [T; 3]),
}

impl<T: Clone + Default + Debug + PartialEq> Row<T> {
    /// Runs the ten cases, a to j, and says that they were ten.
    fn run(self) -> usize {
        let heap = Bump::new();
        let (empty, orig) = (
            Slice::literal(&heap, &[]),
            Slice::literal(&heap, &self.orig),
        );
        let verify = |case: &str, result, appended: &[T], to: Slice<'_, T>| {
            let expected = [&to.to_vec()[..], appended].concat();
            verify(&format!("{} {case}", self.name), result, &expected);
        };
        let (v, w) = (&self.values.0[..], &self.values.1[..]);
        verify("a", empty.append_all(&heap, &[]), &[], empty);
        verify("b", empty.append(&heap, v[0].clone()), &v[..1], empty);
        verify("c", empty.append_all(&heap, v), v, empty);
        verify("d", orig.append_all(&heap, &[]), &[], orig);
        verify("e", orig.append(&heap, w[0].clone()), &w[..1], orig);
        verify("f", orig.append_all(&heap, w), w, orig);

        let (v, w) = (&self.slices.0[..], &self.slices.1[..]);
        let slice = |elements| Slice::literal(&heap, elements);
        verify(
            "g",
            empty.append_slice(&heap, slice(&v[..1])),
            &v[..1],
            empty,
        );
        verify("h", empty.append_slice(&heap, slice(v)), v, empty);
        verify("i", orig.append_slice(&heap, slice(&w[..1])), &w[..1], orig);
        verify("j", orig.append_slice(&heap, slice(w)), w, orig);

        assert_eq!(orig, self.orig, "{} source modified", self.name);
        assert!(
            empty.is_empty() && !empty.is_nil(),
            "{} source modified",
            self.name
        );
        10
    }
}

/// The ten cases of a type whose values count from 0 to 5.
fn counting<T>(name: &'static str, of: impl Fn(u8) -> T) -> usize
where
    T: Clone + Default + Debug + PartialEq,
{
    let (orig, four, tail) = ([0, 1, 2], [0, 1, 2, 3], [3, 4, 5]);
    let values = || (four.map(&of), tail.map(&of));
    Row {
        name,
        orig: orig.map(&of),
        values: values(),
        slices: values(),
    }
    .run()
}

/// The ten cases of bool, with Go's values.
fn bools() -> usize {
    Row {
        name: "bool",
        orig: [true, false, true],
        values: ([true, false, true, true], [false; 3]),
        slices: ([true, false, true, false], [true; 3]),
    }
    .run()
}

/// The four cases of a string appended to bytes.
fn byte_strings() -> usize {
    let heap = Bump::new();
    let cases = [
        ("", "0", "0"),
        ("", "0123", "0123"),
        ("012", "3", "0123"),
        ("012", "345", "012345"),
    ];
    for (orig, text, expected) in cases {
        let result = Slice::literal(&heap, orig.as_bytes()).append_str(&heap, Str::from(text));
        verify("bytestr", result, expected.as_bytes());
    }
    cases.len()
}

/// The eight cases of a fresh slice appended, nil and zero-size elements among them.
fn makes() -> usize {
    let heap = Bump::new();
    let empty: Slice<'_, Str<'_>> = Slice::literal(&heap, &[]);
    verify(
        "make a",
        empty.append_slice(&heap, Slice::zeroed(&heap, 0)),
        &[],
    );
    let nil: Slice<'_, Str<'_>> = Slice::nil();
    assert!(
        nil.append_slice(&heap, Slice::zeroed(&heap, 0)).is_nil(),
        "make b"
    );

    let units: Slice<'_, ()> = Slice::literal(&heap, &[]);
    verify(
        "make c",
        units.append_slice(&heap, Slice::zeroed(&heap, 0)),
        &[],
    );
    verify(
        "make d",
        units.append_slice(&heap, Slice::zeroed(&heap, 2)),
        &[(); 2],
    );

    let ints = Slice::literal(&heap, &[0, 1]);
    verify(
        "make e",
        ints.append_slice(&heap, Slice::zeroed(&heap, 0)),
        &[0, 1],
    );
    verify(
        "make f",
        ints.append_slice(&heap, Slice::zeroed(&heap, 2)),
        &[0, 1, 0, 0],
    );

    let (zero, one) = (Cell::new(0), Cell::new(1));
    let pointers = [Some(&zero), Some(&one)];
    let result = Slice::literal(&heap, &pointers).append_slice(&heap, Slice::zeroed(&heap, 0));
    assert!(same_pointers(result, &pointers), "make g");
    let result = Slice::literal(&heap, &pointers).append_slice(&heap, Slice::zeroed(&heap, 2));
    assert!(
        same_pointers(result, &[Some(&zero), Some(&one), None, None]),
        "make h"
    );
    8
}

/// Whether the slice holds these pointers, and not just pointers to equal numbers.
fn same_pointers(result: Slice<'_, Option<&Cell<i32>>>, expected: &[Option<&Cell<i32>>]) -> bool {
    let address = |pointer: Option<&Cell<i32>>| pointer.map(core::ptr::from_ref);
    result
        .iter()
        .map(address)
        .eq(expected.iter().copied().map(address))
}

/// The cases `a` to `m` that the program has for structs and for interfaces alike, over one hundred
/// elements.
fn verify_hundred<T>(kind: &str, element: impl Fn(usize) -> T)
where
    T: Clone + Default + Debug + PartialEq,
{
    let heap = Bump::new();
    let v: Vec<T> = (0..100).map(element).collect();
    let e = Slice::literal(&heap, &v);
    let empty = || Slice::literal(&heap, &[]);
    let verify =
        |case: &str, result, expected: &[T]| verify(&format!("{kind} {case}"), result, expected);

    verify("a", empty().append_all(&heap, &[]), &[]);
    verify("b", empty().append(&heap, e.at(0)), &v[..1]);
    verify("c", empty().append_all(&heap, &v[..3]), &v[..3]);
    verify("d", e.slice(0..1).append_all(&heap, &[]), &v[..1]);
    verify("e", e.slice(0..1).append(&heap, e.at(1)), &v[..2]);
    verify(
        "f",
        e.slice(0..1)
            .append_all(&heap, &[e.at(1), e.at(2), e.at(3)]),
        &v[..4],
    );
    verify("g", e.slice(0..3).append_all(&heap, &[]), &v[..3]);
    verify("h", e.slice(0..3).append(&heap, e.at(3)), &v[..4]);
    let next = [e.at(3), e.at(4), e.at(5), e.at(6)];
    verify("i", e.slice(0..3).append_all(&heap, &next), &v[..7]);

    for i in 0..e.len() {
        verify("j", empty().append_slice(&heap, e.slice(0..i)), &v[..i]);
        let input = Slice::zeroed(&heap, i);
        assert_eq!(input.copy_from(e.slice(0..i)), i);
        verify("k", input.append_slice(&heap, e.slice(i..)), &v);
        verify("k - input modified", input, &v[..i]);
    }

    let s = Slice::make(&heap, 10, 20);
    let zeros = vec![T::default(); 10];
    verify("l", s.append_all(&heap, &[]), &zeros);
    verify("m", s.append_slice(&heap, e), &[zeros, v.clone()].concat());
}

/// A struct of three strings.
#[derive(Clone, Debug, Default, PartialEq)]
struct Strings {
    a: String,
    b: String,
    c: String,
}

fn verify_struct() {
    verify_hundred("struct", |i| Strings {
        a: "foo".to_string(),
        b: i.to_string(),
        c: "bar".to_string(),
    });
}

/// What the interface values of the program hold.
#[derive(Clone, Debug, Default, PartialEq)]
enum Any {
    #[default]
    Nil,
    Int(usize),
    String(String),
    Float64(f64),
}

fn verify_interface() {
    verify_hundred("interface", |i| match i % 4 {
        0 => Any::Int(i),
        1 => Any::String("foo".to_string()),
        2 => Any::String(i.to_string()),
        _ => Any::Float64(i as f64),
    });
}

/// Two named slice types over one element type.
struct T1<'h>(Slice<'h, i64>);
struct T2<'h>(Slice<'h, i64>);

fn verify_type() {
    let heap = Bump::new();
    let (t1, t2) = (
        T1(Slice::literal(&heap, &[1])),
        T2(Slice::literal(&heap, &[2])),
    );
    let T1(result) = T1(t1.0.append_slice(&heap, t2.0));
    verify("T1", result, &[1, 2]);
}

/// test/append.go: main. Appending nothing, one value, several and a whole slice gives the expected
/// elements for every kind of element type, and does not modify the source.
#[test]
fn main() {
    let n_cases = bools()
        + counting("byte", |i| i)
        + byte_strings()
        + counting("int16", i16::from)
        + counting("uint32", u32::from)
        + counting("float64", f64::from)
        + counting("complex128", |i| (f64::from(i), 0.0))
        + counting("string", |i| i.to_string())
        + makes();
    assert_eq!(n_cases, 82);
    verify_struct();
    verify_interface();
    verify_type();
}
