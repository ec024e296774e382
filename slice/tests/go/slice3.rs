//! test/slice3.go: every `x[i:j:k]` over a slice and an array.

use core::cell::Cell;

use slice::Slice;

use crate::caught::panic_text;

/// Capacity of the array and of the slice over it.
const CAP: i64 = 10;

/// An index as the program of Go writes it: a constant or a variable.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Index {
    Const(u8),
    Var(i64),
}
use Index::{Const, Var};

const INDEXES: [Index; 13] = [
    Const(0),
    Const(1),
    Const(2),
    Const(3),
    Const(10),
    Const(20),
    Var(-1),
    Var(0),
    Var(1),
    Var(2),
    Var(3),
    Var(10),
    Var(20),
];

impl Index {
    fn value(self) -> i64 {
        match self {
            Const(value) => i64::from(value),
            Var(value) => value,
        }
    }

    /// Whether Go's compiler refuses `self` and `above` as constants in the wrong order.
    fn refused_below(self, above: Self) -> bool {
        matches!((self, above), (Const(low), Const(high)) if low > high)
    }

    /// Whether Go's compiler refuses `self` as a constant beyond an array.
    fn refused_in_array(self) -> bool {
        matches!(self, Const(value) if i64::from(value) > CAP)
    }
}

/// What the expression is written over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Base {
    Array,
    Slice,
}

/// `base[i:j:k]`, constants passed as `u8` and variables as `i64`.
fn slice3(array: &[Cell<u8>; 10], base: Base, [i, j, k]: [Index; 3]) -> Slice<'_, u8> {
    macro_rules! expression {
        ($i:expr, $j:expr, $k:expr) => {
            match base {
                Base::Array => Slice::of_array3(array, $i, $j, $k),
                Base::Slice => Slice::of_array(array, ..).slice3($i, $j, $k),
            }
        };
    }
    match (i, j, k) {
        (Const(i), Const(j), Const(k)) => expression!(i, j, k),
        (Const(i), Const(j), Var(k)) => expression!(i, j, k),
        (Const(i), Var(j), Const(k)) => expression!(i, j, k),
        (Const(i), Var(j), Var(k)) => expression!(i, j, k),
        (Var(i), Const(j), Const(k)) => expression!(i, j, k),
        (Var(i), Const(j), Var(k)) => expression!(i, j, k),
        (Var(i), Var(j), Const(k)) => expression!(i, j, k),
        (Var(i), Var(j), Var(k)) => expression!(i, j, k),
    }
}

/// The expressions that Go's compiler accepts.
fn expressions() -> impl Iterator<Item = (Base, [Index; 3])> {
    let accepted = |(base, [i, j, k]): &(Base, [Index; 3])| {
        let ordered = !i.refused_below(*j) && !j.refused_below(*k) && !i.refused_below(*k);
        ordered && !(*base == Base::Array && [i, j, k].iter().any(|x| x.refused_in_array()))
    };
    [Base::Array, Base::Slice]
        .into_iter()
        .flat_map(|base| INDEXES.map(move |i| (base, i)))
        .flat_map(|(base, i)| INDEXES.map(move |j| (base, i, j)))
        .flat_map(|(base, i, j)| INDEXES.map(move |k| (base, [i, j, k])))
        .filter(accepted)
}

/// test/slice3.go: main. All combinations of constant and variable `i:j:k` over a slice and an
/// array of capacity 10 give length, capacity and base as computed, or a panic; a result without
/// capacity still has its base inside the array.
#[test]
fn main() {
    let array = [const { Cell::new(0) }; 10];
    let start = Slice::of_array(&array, ..).as_ptr().addr();
    let (mut n_expressions, mut n_good) = (0, 0);
    for (base, indexes) in expressions() {
        n_expressions += 1;
        let [i, j, k] = indexes.map(Index::value);
        let what = format!("{base:?} {indexes:?}");
        if !(0 <= i && i <= j && j <= k && k <= CAP) {
            let text = panic_text(|| slice3(&array, base, indexes));
            assert!(
                text.starts_with("runtime error: slice bounds out of range ["),
                "{what}: {text}"
            );
            continue;
        }
        n_good += 1;
        let x = slice3(&array, base, indexes);
        assert_eq!((x.len() as i64, x.cap() as i64), (j - i, k - i), "{what}");
        let offset = x.as_ptr().addr() - start;
        assert!(offset < array.len(), "{what}: base at {offset}");
        assert!(
            x.cap() == 0 || offset as i64 == i,
            "{what}: base at {offset}"
        );
    }
    assert_eq!((n_expressions, n_good), (3150, 560));
}
