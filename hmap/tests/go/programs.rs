//! Programs of Go's test folder, each a test as a whole or in its part about maps.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use ahash::RandomState;
use hmap::{F32, F64, GoMap, Key, Map, fastrand, key};

use crate::caught::panic_text;
use crate::dynamic::Dyn;

/// cmd/compile/internal/test/testdata/map_test.go: TestMap. The length of a filled and of a nil
/// map.
#[test]
fn test_map() {
    let v: GoMap<_, _> = GoMap::make(0);
    (0..3).for_each(|key| v.set(key, 0));
    assert_eq!(v.len(), 3);
    assert_eq!(GoMap::<i64, i64>::nil().len(), 0);
}

/// test/nil.go: maptest. A nil map is empty, may be deleted from and not stored into.
#[test]
fn maptest() {
    let m: GoMap<i64, i64> = GoMap::nil();
    assert_eq!(m.len(), 0);
    assert_eq!(m.at(&1), 0);
    assert_eq!(m.at_ok(&1), (0, false));
    assert_eq!(m.range().next(), None);
    m.delete(&2);
    assert_eq!(panic_text(|| m.set(2, 3)), "assignment to entry in nil map");
    assert_eq!(
        panic_text(|| m.update(2, |v| *v += 1)),
        "assignment to entry in nil map"
    );
    assert!(m.is_nil());
}

/// test/range.go: makemap. Five letters, and how often it was called.
fn makemap(n_made: &mut usize) -> GoMap<u32, u32> {
    *n_made += 1;
    let m: GoMap<_, _> = GoMap::make(0);
    for (key, letter) in (0..).zip("abcd☺".chars()) {
        m.set(key, u32::from(letter));
    }
    m
}

/// test/range.go: testmap. Every value is seen once, and the map is made once.
#[test]
fn testmap() {
    let (mut n_made, mut sum) = (0, 0);
    for (_, v) in makemap(&mut n_made).range() {
        sum += v;
    }
    assert_eq!((n_made, sum), (1, "abcd☺".chars().map(u32::from).sum()));
}

/// test/range.go: testmap1. Every key is seen once.
#[test]
fn testmap1() {
    let (mut n_made, mut sum) = (0, 0);
    for (i, _) in makemap(&mut n_made).range() {
        sum += i;
    }
    assert_eq!((n_made, sum), (1, 10));
}

/// test/range.go: testmap2. The body runs once for each of the five entries.
#[test]
fn testmap2() {
    let mut n_made = 0;
    assert_eq!(makemap(&mut n_made).range().count(), 5);
    assert_eq!(n_made, 1);
}

/// test/mapclear.go: main. A loop that deletes what it ranges over empties the map, leaves the last
/// key in its variable, and computes each key that it deletes.
#[test]
fn mapclear() {
    let m: GoMap<u8, i64> = GoMap::make(0);
    m.set(1, 1);
    m.set(2, 2);
    m.range().for_each(|(key, _)| m.delete(&key));
    assert_eq!(m.len(), 0);
    m.set(0, 0);
    assert_eq!(m.range().count(), 1);

    let m: GoMap<_, _> = GoMap::make(0);
    m.set(42, 0);
    let mut k = 0;
    for (key, _) in m.range() {
        k = key;
        m.delete(&k);
    }
    assert_eq!(k, 42);

    let two = || {
        let m: GoMap<_, _> = GoMap::make(0);
        m.set(0, 0);
        m.set(1, 1);
        m
    };
    let mut n_calls = 0;
    let mut zero = || {
        n_calls += 1;
        0
    };
    let m = two();
    m.range().for_each(|(key, _)| m.delete(&(key + zero())));
    assert_eq!((n_calls, m.len()), (2, 0));
    let m = two();
    let n = m.range().inspect(|(key, _)| m.delete(key)).count();
    assert_eq!((n, m.len()), (2, 0));
}

thread_local! {
    /// Calls of a [`Counted`] key's hash and equality.
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

/// A key that counts what is asked of it.
struct Counted<K>(K);

impl<K: Key> Key for Counted<K> {
    const REFLEXIVE: bool = K::REFLEXIVE;
    const NEEDS_KEY_UPDATE: bool = K::NEEDS_KEY_UPDATE;
    const HASH_MIGHT_PANIC: bool = K::HASH_MIGHT_PANIC;

    fn equal(&self, other: &Self) -> bool {
        CALLS.set(CALLS.get() + 1);
        self.0.equal(&other.0)
    }

    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        CALLS.set(CALLS.get() + 1);
        self.0.hash(build, seed)
    }
}

/// Panics if twice as many take three times the work or more. Go takes the time, and tries again;
/// here the work is counted, so that once is enough.
fn check_linear(name: &str, n: usize, work: impl Fn(usize) -> usize) {
    let (once, twice) = (work(n), work(2 * n));
    assert!(
        once >= n && twice < 3 * once,
        "{name}: {n} take {once}, twice as many {twice}"
    );
}

/// Go's `complex64`.
struct Complex64 {
    re: F32,
    im: F32,
}

key! { impl Key for Complex64 { re: F32, im: F32 } }

/// Go's `complex128`.
struct Complex128 {
    re: F64,
    im: F64,
}

key! { impl Key for Complex128 { re: F64, im: F64 } }

/// Inserts the `n` first keys; the work is what the keys are asked.
fn fill<K: Key>(key: impl Fn(usize) -> K) -> impl Fn(usize) -> usize {
    move |n| {
        CALLS.set(0);
        let mut m = Map::with_hasher(RandomState::with_seeds(1, 2, 3, 4));
        for i in 0..n {
            m.insert(Counted(key(i)), 1);
        }
        assert_eq!(m.len(), n);
        CALLS.get()
    }
}

/// Inserts `n` keys and deletes the first that a range yields until none is left: how many buckets
/// the ranges pass, and how many there are.
fn iterate_and_delete(n: usize) -> (usize, usize) {
    let mut m = Map::with_capacity_and_hasher(n, RandomState::with_seeds(1, 2, 3, 4));
    m.extend((0..n).map(|i| (i, i)));
    let n_buckets = m.hmap().n_buckets();
    let mut bucket_of = vec![0; n];
    for (bucket, chain) in m.chains().enumerate() {
        chain
            .entries()
            .for_each(|(key, _)| bucket_of[*key] = bucket);
    }
    assert!(!m.hmap().growing(), "the buckets are the same to the end");
    let mut n_passed = 0;
    for _ in 0..n {
        let mut range = m.hiter();
        let (&first, _) = range.next(&m).expect("some are left");
        n_passed += 1 + (n_buckets + bucket_of[first] - range.start_bucket()) % n_buckets;
        m.remove(&first);
    }
    (n_passed, n_buckets)
}

/// test/maplinear.go: main. Inserting takes work in proportion, for every kind of key, NaN too, and
/// deleting the first key of a range again and again does not search from the start each time.
#[test]
fn maplinear() {
    fastrand::seed(19);
    check_linear("NaN", 30_000, fill(|_| F64(f64::NAN)));
    check_linear("eface", 10_000, fill(|i| Dyn::Int(i as i64)));
    check_linear("iface", 10_000, fill(|i| Dyn::Named("main.C", i as i64)));
    check_linear("int", 10_000, fill(|i| i));
    check_linear("string", 10_000, fill(|i| i.to_string()));
    check_linear("float32", 10_000, fill(|i| F32(i as f32)));
    check_linear("float64", 10_000, fill(|i| F64(i as f64)));
    let complex64 = |re, im| Complex64 { re, im };
    let complex128 = |re, im| Complex128 { re, im };
    check_linear(
        "complex64",
        10_000,
        fill(|i| complex64(F32(i as f32), F32(i as f32))),
    );
    check_linear(
        "complex128",
        10_000,
        fill(|i| complex128(F64(i as f64), F64(i as f64))),
    );
    // Ranges that all began at bucket 0 would pass half of the buckets each time.
    let n = 5_000;
    let (n_passed, n_buckets) = iterate_and_delete(n);
    assert!(
        n_passed < n * n_buckets / 2 / 10,
        "{n_passed} of {n_buckets} passed"
    );
}

/// A thousand bytes that count from `x` in steps of `y`.
fn seq(x: usize, y: usize) -> [u8; 1000] {
    std::array::from_fn(|i| (x + i * y) as u8)
}

/// Two keys of `K` bytes that differ in the first byte, with values of `V` bytes.
fn check_sizes<const K: usize, const V: usize>() {
    let key = |first| {
        let mut key = [0_u8; K];
        key[0] = first;
        key
    };
    let value = |first| {
        let mut value = [0_u8; V];
        value[0] = first;
        value
    };
    let m = Map::from([(key(0), value(1)), (key(1), value(2))]);
    m.check();
    let found = [0, 1].map(|first| m.get(&key(first)).map(|value| value[0]));
    assert_eq!(found, [Some(1), Some(2)], "{K} and {V} bytes");
}

/// test/bigmap.go: main. Keys and values of up to a thousand bytes, in line and behind pointers, in
/// every combination.
#[test]
fn bigmap() {
    let m = Map::from([(1, seq(11, 13)), (2, seq(2, 9)), (3, seq(3, 17))]);
    assert_eq!(m[&1], seq(11, 13));
    assert_eq!(m[&2], seq(2, 9));
    assert_eq!(m[&3], seq(3, 17));

    check_sizes::<1, 1>();
    check_sizes::<100, 1>();
    check_sizes::<1, 100>();
    check_sizes::<1000, 1>();
    check_sizes::<1, 1000>();
    check_sizes::<1000, 1000>();
    check_sizes::<200, 1>();
    check_sizes::<1, 200>();
    check_sizes::<200, 200>();
}

/// test/bigalg.go: maptest. A struct of several words, and a list, are in the map what they were
/// outside.
#[test]
fn bigalg() {
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    struct T {
        a: f64,
        b: i64,
        c: &'static str,
        d: u8,
    }
    let t = T {
        a: 1.5,
        b: 123,
        c: "hello",
        d: 255,
    };
    let mt: GoMap<_, _> = GoMap::make(0);
    mt.set(0, t);
    assert_eq!(mt.at(&0), t);

    let a = vec![1, 2, 3];
    let (elements, len, cap) = (a.as_ptr(), a.len(), a.capacity());
    let ma = Map::from([(1, a)]);
    let a1 = &ma[&1];
    assert_eq!((a1.as_ptr(), a1.len(), a1.capacity()), (elements, len, cap));
}

/// test/stress/maps.go: stressMaps. After each insert and delete ten threads look up and range at
/// the same time; some of them write into the values that they find.
#[test]
fn stress_maps() {
    let mut m: Map<u32, Vec<AtomicU8>> = Map::new();
    let mut rng = 19_u32;
    let mut below = move |n: u32| {
        rng ^= rng << 13;
        rng ^= rng >> 17;
        rng ^= rng << 5;
        rng % n
    };
    while m.len() < 300 {
        for _ in 0..2 {
            let n = m.len();
            while m.len() == n {
                let value = (0..below(1 << 6)).map(|_| AtomicU8::new(0)).collect();
                m.insert(below(n as u32 + 1), value);
            }
        }
        remove_first(&mut m);
        let keys: Vec<u32> = (0..10).map(|_| below(m.len() as u32)).collect();
        thread::scope(|scope| {
            for (i, key) in keys.into_iter().enumerate() {
                let m = &m;
                scope.spawn(move || {
                    if i % 2 == 1 {
                        assert_eq!(m.iter().count(), m.len());
                    } else if let Some(value) = m.get(&key) {
                        let marks = [0xde, 0xad, 0xca, 0xfe];
                        value
                            .iter()
                            .zip(marks)
                            .for_each(|(b, mark)| b.store(mark, Ordering::Relaxed));
                    }
                });
            }
        });
    }
    m.check();
    while !m.is_empty() {
        remove_first(&mut m);
    }
    m.check();
}

/// Removes the entry that Go's range comes to first.
fn remove_first(m: &mut Map<u32, Vec<AtomicU8>>) {
    let mut it = m.hiter();
    let first = *it.next(m).expect("an entry").0;
    assert!(m.remove(&first).is_some());
}

/// test/recover2.go: test6. A struct that holds a slice has no hash, and the panic says its type.
#[test]
fn test6() {
    let m: GoMap<Dyn, i64> = GoMap::make(0);
    let text = panic_text(|| m.set(Dyn::Unhashable("main.T"), 1));
    assert_eq!(text, "runtime error: hash of unhashable type main.T");
    assert_eq!(m.len(), 0);
}

/// test/cmp.go: main, the map of interfaces. Two texts in two places with the same letters are one
/// key.
#[test]
fn cmp() {
    let (c, mut d) = ("hello".to_string(), "hel".to_string());
    d.push_str("lo");
    assert_ne!(c.as_ptr(), d.as_ptr());
    let m: GoMap<_, _> = GoMap::make(0);
    m.set(Dyn::Text(c.clone()), 1);
    m.set(Dyn::Text(d), 2);
    assert_eq!((m.at(&Dyn::Text(c)), m.len()), (2, 1));
}

/// Counts values of a type, behind a lock.
struct Metric<T>(Mutex<Map<T, usize>>);

impl<T: Key + Clone> Metric<T> {
    fn new() -> Self {
        Self(Mutex::new(Map::new()))
    }

    fn add(&self, v: T) {
        *self.0.lock().expect("nobody panics").entry(v).or_insert(0) += 1;
    }

    fn count(&self, v: &T) -> usize {
        self.0
            .lock()
            .expect("nobody panics")
            .get(v)
            .copied()
            .unwrap_or(0)
    }

    fn metrics(&self) -> Vec<T> {
        self.0
            .lock()
            .expect("nobody panics")
            .keys()
            .cloned()
            .collect()
    }
}

/// Two values.
#[derive(Clone)]
struct Key2 {
    f1: i64,
    f2: F64,
}

key! { impl Key for Key2 { f1: i64, f2: F64 } }

/// test/typeparam/metrics.go: TestMetrics. Counts under one, two and three fields.
#[test]
fn metrics() {
    let m1 = Metric::new();
    assert_eq!(m1.count(&"a"), 0);
    m1.add("a");
    m1.add("a");
    assert_eq!((m1.count(&"a"), m1.metrics()), (2, vec!["a"]));

    let m2 = Metric::new();
    for n in [1, 2, 3, 3] {
        let (f1, f2) = (n, F64(n as f64));
        m2.add(Key2 { f1, f2 });
    }
    let (mut k1, mut k2): (Vec<i64>, Vec<f64>) = m2
        .metrics()
        .into_iter()
        .map(|key| (key.f1, key.f2.0))
        .unzip();
    k1.sort_unstable();
    k2.sort_by(f64::total_cmp);
    assert_eq!((k1, k2), (vec![1, 2, 3], vec![1.0, 2.0, 3.0]));

    let m3 = Metric::new();
    let key = |first| (first, ["d", "e", "f"], ["g", "h", "i"]);
    for first in ["a", "a", "a", "b"] {
        m3.add(key(first));
    }
    assert_eq!(m3.count(&key("a")), 3);
    assert_eq!(m3.metrics().into_iter().collect::<BTreeSet<_>>().len(), 2);
    black_box(m3);
}
