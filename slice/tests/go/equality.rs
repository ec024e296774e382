//! test/fixedbugs/bug449.go, issue5162.go: arrays are equal when their elements are.

use core::fmt::Debug;

use bumpalo::Bump;
use slice::Slice;

/// A named type over an unnamed array type.
#[derive(PartialEq)]
struct Named<'h>(Slice<'h, u8>);

/// test/fixedbugs/bug449.go: main. Byte arrays of every length from 1 to 1024 are told apart by
/// their first element and found equal without a difference, with `==` and with `!=`.
#[test]
fn bug449_main() {
    let heap = Bump::new();
    let array = |n: usize, first: u8| {
        let array = Slice::zeroed(&heap, n);
        array.set(0, first);
        array
    };
    for n in 1..=1024 {
        let Named(v) = Named(array(n, 1));
        assert!(!(v == array(n, 2) || v != array(n, 1)), "length {n}");
        assert!(Named(v) == Named(array(n, 1)), "length {n}");
        for i in [0, n / 2, n - 1] {
            let w = array(n, 1);
            w.set(i, 3);
            assert!(v != w, "length {n}, element {i}");
        }
    }
}

/// Compares arrays of `n` ones and twos, several comparisons in one expression.
fn check_eq<T: Clone + Default + Debug + PartialEq>(n: usize, one: T, two: T) {
    let heap = Bump::new();
    let array = |value: &T| Slice::literal(&heap, &vec![value.clone(); n]);
    let (ones_a, ones_b, twos) = (array(&one), array(&one), array(&two));
    let ones_x = Slice::literal(&heap, &ones_a.to_vec());
    assert!(
        ones_a == ones_b && ones_a != twos && ones_b != twos,
        "{n} of {one:?}"
    );
    let results = (
        ones_a == ones_b,
        ones_a == twos,
        ones_b == twos,
        ones_b == ones_x,
    );
    assert_eq!(results, (true, false, false, true), "{n} of {one:?}");
}

/// test/fixedbugs/issue5162.go: main. Several comparisons of arrays in one expression each give
/// their own right result: 1 to 32 elements of twelve types.
#[test]
fn issue5162_main() {
    macro_rules! check_types {
        ($n:ident: $($number:ty)*) => { $(check_eq($n, 1 as $number, 2 as $number);)* };
    }
    for n in 1..=32 {
        check_types! { n: isize i8 i16 i32 i64 usize u8 u16 u32 u64 f32 f64 }
    }
}
