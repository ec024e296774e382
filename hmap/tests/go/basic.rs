//! test/map.go: maps of many key and value types.

use std::cell::RefCell;
use std::fmt::Debug;
use std::ptr;
use std::rc::Rc;

use hmap::{F32, F64, GoMap, Key, Map, key};

/// How many keys each map gets.
const COUNT: i64 = 100;

/// Stores a value under each of the first hundred keys; then those are found, and the next hundred
/// are not, by value, by the comma-ok form and by a range.
fn check<K: Key + Clone, V: Clone + Default + PartialEq + Debug>(
    key: impl Fn(i64) -> K,
    value: impl Fn(i64) -> V,
) -> GoMap<K, V> {
    let m: GoMap<_, _> = GoMap::make(0);
    (0..COUNT).for_each(|i| m.set(key(i), value(i)));
    assert_eq!(m.len(), COUNT as usize);
    for i in 0..COUNT {
        assert_eq!(m.at(&key(i)), value(i));
        assert_eq!(m.at_ok(&key(i)), (value(i), true));
        assert!(!m.at_ok(&key(i + COUNT)).1);
    }
    assert!(m.range().all(|(k, v)| m.at(&k) == v));
    m.with(Map::check);
    m
}

/// A struct with an integer and a float.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct T {
    i: i64,
    f: f32,
}

/// A pointer as a key: which one it is counts, not what it points to.
#[derive(Clone)]
struct Pointer(Rc<RefCell<T>>);

impl Key for Pointer {
    fn equal(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    fn hash<S: std::hash::BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        Key::hash(&ptr::from_ref(&*self.0), build, seed)
    }
}

/// test/map.go: testbasic. Maps with keys and values of type bool, int, float and string, lists,
/// pointers, structs and maps: lookups hit and miss, and what is in a value can be changed.
#[test]
fn testbasic() {
    let digits =
        Map::from(["0", "1", "2", "3", "4"].map(|s| (s, s.parse::<i64>().expect("a digit"))));
    assert!((0..5).all(|i: i64| digits[i.to_string().as_str()] == i));

    let text = |i: i64| i.to_string();
    let t = |i: i64| T { i, f: i as f32 };
    check(|i| i, |i| i != 0);
    check(|i| i, |i| 10 * i);
    check(|i| F32(i as f32), |i| 10 * i);
    check(|i| i, |i| 10.0 * i as f32);
    check(|i| i, text);
    check(text, |i| i);
    check(text, |i| text(10 * i));
    check(|i| i, t);

    let lists = check(text, |i| vec![text(10 * i); 2]);
    let pointers: Vec<_> = (0..2 * COUNT)
        .map(|i| Pointer(Rc::new(RefCell::new(t(i)))))
        .collect();
    check(|i| pointers[i as usize].clone(), |i| i);
    let structs = check(|i| i, |i| Some(pointers[i as usize].0.clone()));
    let maps: GoMap<i64, GoMap<i64, i64>> = GoMap::make(0);
    for i in 0..COUNT {
        let inner: GoMap<_, _> = GoMap::make(0);
        inner.set(i, i + 1);
        maps.set(i, inner);
    }
    for i in 0..COUNT {
        assert_eq!(maps.at(&i).at(&i), i + 1);
        assert!(!maps.at_ok(&(i + COUNT)).1);

        lists.update(text(i), |list| list[i as usize % 2] = "deleted".to_string());
        assert_eq!(lists.at(&text(i))[i as usize % 2], "deleted");
        let pointed = structs.at(&i).expect("a pointer");
        pointed.borrow_mut().i += 1;
        pointed.borrow_mut().f += 1.0;
        assert_eq!(*pointers[i as usize].0.borrow(), t(i + 1));
        maps.at(&i).update(i, |v| *v += 1);
        assert_eq!(maps.at(&i).at(&i), i + 2);
    }
    assert_eq!(GoMap::<String, i64>::nil().range().next(), None);
}

/// The zero and its negative, and two NaNs with different bits, as keys of one type.
fn check_floats<K: Key + Clone>(zero: K, negative_zero: K, nans: [K; 2]) {
    let m: GoMap<_, _> = GoMap::make(0);
    let store_nans = || {
        nans.iter()
            .for_each(|nan| m.set(nan.clone(), "NaN".to_string()));
    };
    m.set(zero.clone(), "+0".to_string());
    store_nans();
    assert_eq!(m.at(&zero), "+0");
    assert_eq!(m.at(&negative_zero), "+0");
    m.set(negative_zero.clone(), "-0".to_string());
    assert_eq!(m.at(&zero), "-0");
    assert!(nans.iter().all(|nan| !m.at_ok(nan).1));
    assert_eq!(m.len(), 3);
    store_nans();
    assert_eq!(m.len(), 5);
    m.with(Map::check);
}

/// Go's `complex64`, which is also an array of two floats.
#[derive(Clone)]
struct Complex64 {
    re: F32,
    im: F32,
}

key! { impl Key for Complex64 { re: F32, im: F32 } }

/// Go's `complex128`, which is also a struct of two floats.
#[derive(Clone)]
struct Complex128 {
    re: F64,
    im: F64,
}

key! { impl Key for Complex128 { re: F64, im: F64 } }

/// test/map.go: testfloat. For floats and complex numbers the two zeros are one key, and a NaN is
/// not found, whatever its bits.
#[test]
fn testfloat() {
    let nans = [0, 2].map(|bits| F32(f32::from_bits(f32::NAN.to_bits() ^ bits)));
    check_floats(F32(0.0), F32(-0.0), nans);
    let complex64 = |re, im| Complex64 { re: F32(re), im };
    check_floats(
        complex64(0.0, F32(0.0)),
        complex64(0.0, F32(-0.0)),
        nans.map(|nan| complex64(5.0, nan)),
    );

    let nans = [0, 2].map(|bits| F64(f64::from_bits(f64::NAN.to_bits() ^ bits)));
    check_floats(F64(0.0), F64(-0.0), nans);
    let complex128 = |re, im| Complex128 { re: F64(re), im };
    check_floats(
        complex128(0.0, F64(0.0)),
        complex128(0.0, F64(-0.0)),
        nans.map(|nan| complex128(5.0, nan)),
    );
}

/// test/map.go: testnan. Five hundred stores under NaN are five hundred entries in a range.
#[test]
fn testnan() {
    let m: GoMap<_, _> = GoMap::make(0);
    (0..500).for_each(|_| m.set(F64(f64::NAN), 1));
    assert_eq!(m.len(), 500);
    let mut n = 0;
    for (k, v) in m.range() {
        assert!(k.0.is_nan() && v == 1);
        n += 1;
    }
    assert_eq!(n, 500);
    m.with(Map::check);
}
