//! test/fixedbugs: programs that once went wrong.

use std::cell::RefCell;
use std::rc::Rc;

use hmap::{F64, GoMap, Key, Map, key};

use crate::caught::panic_text;
use crate::dynamic::Dyn;
use crate::runtime::DeferDelete;

/// What every operation on a slice as a key says.
const NO_HASH: &str = "runtime error: hash of unhashable type []int";

fn slice_key() -> Dyn {
    Dyn::Unhashable("[]int")
}

/// fixedbugs/bug059.go: main. A list taken out of a map shares its elements with the one in there.
#[test]
fn bug059() {
    let as_ = Rc::new(RefCell::new(["0", "1"]));
    let m: GoMap<&str, Rc<RefCell<[&str; 2]>>> = GoMap::make(0);
    m.set("0", as_);
    let a = m.at(&"0");
    a.borrow_mut()[0] = "x";
    assert_eq!(m.at(&"0").borrow()[0], "x");
    m.at(&"0").borrow_mut()[0] = "deleted";
    assert_eq!(m.at(&"0").borrow()[0], "deleted");
    assert_eq!(a.borrow()[0], "deleted");
}

/// fixedbugs/bug060.go: main. `m[0]++` on 0 gives 1.
#[test]
fn bug060() {
    let m: GoMap<_, _> = GoMap::make(0);
    m.set(0, 0);
    m.update(0, |v: &mut i64| *v += 1);
    assert_eq!(m.at(&0), 1);
}

/// fixedbugs/bug263.go: main. `+=` on a text appends to it.
#[test]
fn bug263() {
    let data: GoMap<_, _> = GoMap::make(1);
    data.set(0, "hello, ".to_string());
    data.update(0, |text| text.push_str("world!"));
    assert_eq!(data.at(&0), "hello, world!");
}

/// fixedbugs/bug311.go: main. A range yields the thousand bytes that a lookup yields.
#[test]
fn bug311() {
    let mut value = [0_u8; 1000];
    value[0] = 1;
    let mut m = Map::from([("hi", value)]);
    assert_eq!(m.get("hi"), Some(&value));
    let mut it = m.hiter();
    assert_eq!(it.next(&m), Some((&"hi", &value)));
    assert_eq!(it.next(&m), None);
    assert_eq!(m.iter().next(), Some((&"hi", &value)));
}

/// A struct with two fields that Go would call `_`.
#[expect(dead_code, reason = "the blanks are there to be skipped")]
struct Blanks {
    blank1: i64,
    x: Dyn,
    blank2: String,
    y: F64,
}

key! { impl Key for Blanks { x: Dyn, y: F64 } }

/// fixedbugs/bug442.go: main. Blank fields count neither for the hash nor for equality.
#[test]
fn bug442() {
    let key = |blank1, x, y| Blanks {
        blank1,
        x: Dyn::Int(x),
        blank2: format!("blank {blank1}"),
        y: F64(y),
    };
    let mut m = Map::new();
    m.insert(key(1, 1, 2.0), 1);
    m.insert(key(2, 2, 3.0), 2);
    assert_eq!(m.insert(key(3, 1, 2.0), 3), Some(1));
    assert_eq!(m.len(), 2);
    assert_eq!(m.get(&key(4, 1, 2.0)), Some(&3));
}

/// fixedbugs/gcc61258.go: main. A key of no bytes can be deleted from an empty map.
#[test]
fn gcc61258() {
    let m: GoMap<[bool; 0], i64> = GoMap::make(0);
    m.delete(&[]);
    assert_eq!(m.len(), 0);
    m.set([], 7);
    m.delete(&[]);
    assert_eq!(m.len(), 0);
}

/// fixedbugs/issue19359.go: main. Store, delete and update under a key without a hash panic,
/// whatever the values are; the map is as before and goes on working.
#[test]
fn issue19359() {
    fn check<V: Clone + Default>(change: impl Fn(&mut V)) {
        let m: GoMap<Dyn, V> = GoMap::make(0);
        let abc = Dyn::text("abc");
        for round in 0..2 {
            assert_eq!(panic_text(|| m.set(slice_key(), V::default())), NO_HASH);
            assert_eq!(panic_text(|| m.update(slice_key(), &change)), NO_HASH);
            assert_eq!(panic_text(|| m.delete(&slice_key())), NO_HASH);
            assert_eq!(m.len(), round);
            m.with(|m| assert_eq!(m.hmap().flags() & hmap::flags::HASH_WRITING, 0));
            m.set(abc.clone(), V::default());
            m.update(abc.clone(), &change);
            assert!(m.at_ok(&abc).1);
            m.with(Map::check);
        }
        m.delete(&abc);
        assert_eq!(m.len(), 0);
    }
    check(|value: &mut Option<String>| *value = None);
    check(|value: &mut i64| *value += 2018);
    check(|value: &mut String| value.push_str("hello, go"));
    check(|value: &mut Vec<i64>| value.push(2018));
    check(|value: &mut Vec<String>| value.push("hello, go".to_string()));
}

/// fixedbugs/issue19710.go: main. Deletes that wait for the end of a function, each with the key
/// that it was given, leave nothing of the map that the function returns.
#[test]
fn issue19710() {
    fn f() -> GoMap<i64, bool> {
        let m: GoMap<_, _> = GoMap::make(0);
        let mut deferred = Vec::new();
        for i in 0..3 {
            m.set(i, true);
            deferred.push(DeferDelete(m.clone(), i));
        }
        assert_eq!(m.len(), deferred.len());
        m
    }
    assert_eq!(f().len(), 0);
}

/// fixedbugs/issue23734.go: main. Looking up and deleting a key without a hash panics in an empty
/// map too, and in a nil one.
#[test]
fn issue23734() {
    for m in [GoMap::make(0), GoMap::nil()] {
        let m: GoMap<Dyn, i64> = m;
        assert_eq!(panic_text(|| m.at(&slice_key())), NO_HASH);
        assert_eq!(panic_text(|| m.at_ok(&slice_key())), NO_HASH);
        assert_eq!(panic_text(|| m.delete(&slice_key())), NO_HASH);
    }
    let mut m: Map<Dyn, i64> = Map::new();
    assert_eq!(panic_text(|| m.get(&slice_key()).is_some()), NO_HASH);
    assert_eq!(panic_text(|| m.contains_key(&slice_key())), NO_HASH);
    assert_eq!(panic_text(|| m.remove(&slice_key())), NO_HASH);
    assert_eq!(panic_text(|| m.get_mut(&slice_key()).is_some()), NO_HASH);
}

/// A struct with holes between its fields, and one field that is skipped.
#[derive(Clone, Copy)]
#[repr(C)]
struct Holes {
    a: i16,
    b: i64,
    c: i16,
    d: i64,
    blank: i64,
    dummy: [u8; 64],
}

key! { impl Key for Holes { a: i16, b: i64, c: i16, d: i64, dummy: [u8; 64] } }

/// fixedbugs/issue4585.go: main. Hash and equality of large structs skip what lies between the
/// fields, and blank fields.
#[test]
fn issue4585() {
    assert_eq!(size_of::<Holes>(), 104); // 6 bytes after `a`, 6 after `c`
    let filled_with = |blank: i64| {
        let mut place = [blank; 13]; // what was in memory before
        place[0] = blank;
        Holes {
            a: 1,
            b: 2,
            c: 3,
            d: 4,
            blank: place[0],
            dummy: [0; 64],
        }
    };
    let (a, b) = (filled_with(0x6f6c_6c65_6820_6f67), filled_with(0));
    assert!(Key::equal(&a, &b));
    let mut m = Map::new();
    assert_eq!(m.insert(a, 1), None);
    assert_eq!(m.insert(b, 2), Some(1));
    assert_eq!((m.len(), m.get(&a)), (1, Some(&2)));
}
