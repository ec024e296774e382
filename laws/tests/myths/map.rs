//! The myths of maps: what refutes each, found by trying all smaller programs.
//!
//! ```text
//!   hint_with_overflow   1, 2, 3, … keys with that hint, until a chain is longer than its bucket
//!   windows_that_repack  windows of 1, 2, 3, … keys, until the array moves and B does not
//! ```
//!
//! Two of the programs depend on the hash, which is told here once more.
//!
//! Go: runtime/map.go (1.19).

use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashSet;

use hmap::{F64, GoMap, Map, RacyMap, fastrand};

use super::Expected;

/// The hash function of the programs.
#[derive(Default)]
struct Hash(u64);

impl Hasher for Hash {
    fn write(&mut self, bytes: &[u8]) {
        panic!("ints only, and not these {} bytes", bytes.len());
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(word.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.0 ^= word;
        for (by, turned) in [
            (0x6a09_e667_f3bc_c909_u64, 0xf3bc_c909_6a09_e667_u128),
            (0xbb67_ae85_84ca_a73b, 0x84ca_a73b_bb67_ae85),
        ] {
            let product = u128::from(self.0 ^ by) * turned;
            self.0 = (product ^ product >> 64) as u64;
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type Ints = Map<i64, i64, BuildHasherDefault<Hash>>;

/// A map that is made with a hint, under the seed of the programs.
fn made(hint: usize) -> Ints {
    fastrand::seed(0);
    Map::with_capacity_and_hasher(hint, BuildHasherDefault::default())
}

/// A map that grew from nothing.
fn grown(n: i64) -> Ints {
    let mut m = made(0);
    for key in 0..n {
        m.insert(key, 0);
    }
    m
}

pub(crate) const MAP: [Expected; 13] = [
    Expected {
        myth: "a-hint-rules-out-overflow-buckets",
        input: "m := make(map[int]int, 25); for i := 0; i < 25; i++ { m[i] = 0 }",
        because_en: "h.noverflow is 1, not 0",
        because_zh: "h.noverflow 是 1，不是 0",
        first_failing: hint_with_overflow,
    },
    Expected {
        myth: "range-shuffles-the-keys",
        input: "m := map[int]int{0: 0, 1: 0, 2: 0}; for k := range m { fmt.Print(k) }",
        because_en: "3 of 6 orders can come up",
        because_zh: "6 种排列里只会出现 3 种",
        first_failing: keys_with_fewer_orders,
    },
    Expected {
        myth: "every-key-comes-first-equally-often",
        input: "m := map[int]int{0: 0, 1: 0}; for k := range m { fmt.Println(k); break }",
        because_en: "of 8 starting cells, the keys come first at [7, 1]",
        because_zh: "8 个起始槽位里，各个 key 排第一的次数是 [7, 1]",
        first_failing: keys_with_a_favourite,
    },
    Expected {
        myth: "the-order-is-stable-while-nothing-changes",
        input: "m := map[int]int{0: 0, 1: 0}; \
                for i := 0; i < 100; i++ { for k := range m { fmt.Print(k) } }",
        because_en: "100 ranges yield 2 orders",
        because_zh: "100 次 range 出现了 2 种顺序",
        first_failing: ranges_that_differ,
    },
    Expected {
        myth: "range-works-on-a-snapshot",
        input: "m := map[int]int{0: 0, 1: 0}; for k := range m \
                { for i := 0; i < 2; i++ { if i != k { delete(m, i) } }; passes++ }",
        because_en: "passes is 1, not 2",
        because_zh: "passes 是 1，不是 2",
        first_failing: loops_cut_short,
    },
    Expected {
        myth: "every-growth-doubles-the-buckets",
        input: "m := make(map[int]int, 10); \
                for i := 0; i < 1000; i++ { delete(m, i-10); m[i] = i }",
        because_en: "h.B is 1, not 2",
        because_zh: "h.B 是 1，不是 2",
        first_failing: windows_that_repack,
    },
    Expected {
        myth: "growth-copies-everything-at-once",
        input: "m := map[int]int{}; for i := 0; i < 27; i++ { m[i] = 0 }",
        because_en: "2 of 4 old buckets are not moved yet",
        because_zh: "4 个旧桶里还有 2 个没搬",
        first_failing: maps_in_two_arrays,
    },
    Expected {
        myth: "reads-help-to-move-buckets",
        input: "m := map[int]int{}; for i := 0; i < 27; i++ { m[i] = 0 }; \
                for i := 0; i < 27; i++ { _ = m[i] }",
        because_en: "2 of 4 old buckets are not moved yet",
        because_zh: "4 个旧桶里还有 2 个没搬",
        first_failing: maps_in_two_arrays_though_read,
    },
    Expected {
        myth: "deleting-all-keys-frees-the-map",
        input: "m := map[int]int{}; for i := 0; i < 9; i++ { m[i] = 0 }; \
                for i := 0; i < 9; i++ { delete(m, i) }",
        because_en: "1<<h.B is 2, not 1",
        because_zh: "1<<h.B 是 2，不是 1",
        first_failing: empty_maps_of_several_buckets,
    },
    Expected {
        myth: "assigning-a-map-copies-it",
        input: "a := map[int]int{}; b := a; b[100] = 0",
        because_en: "len(a) is 1, not 0",
        because_zh: "len(a) 是 1，不是 0",
        first_failing: stores_through_another_name,
    },
    Expected {
        myth: "no-report-means-no-race",
        input: "m := map[int]int{}; go func() { m[7] = 1 }(); v, ok := m[7] // after 7 of 8 steps",
        because_en: "ok is true and v is 0, not 1",
        because_zh: "ok 是 true，v 却是 0，不是 1",
        first_failing: races_without_a_report,
    },
    Expected {
        myth: "what-was-stored-is-found",
        input: "m := map[float64]int{}; m[math.NaN()] = 1; v, ok := m[math.NaN()]",
        because_en: "ok is false, not true",
        because_zh: "ok 是 false，不是 true",
        first_failing: floats_that_are_lost,
    },
    Expected {
        myth: "a-nil-map-is-an-empty-map",
        input: "var m map[int]int; m[0] = 1",
        because_en: "it panics: assignment to entry in nil map",
        because_zh: "程序 panic：assignment to entry in nil map",
        first_failing: uses_of_a_nil_map_that_panic,
    },
];

fn hint_with_overflow() -> Option<String> {
    for n in 1..=400 {
        let mut m = made(n);
        for key in 0..n as i64 {
            m.insert(key, 0);
        }
        if m.chains().any(|chain| chain.buckets().count() > 1) {
            return Some(format!(
                "m := make(map[int]int, {n}); for i := 0; i < {n}; i++ {{ m[i] = 0 }}"
            ));
        }
    }
    None
}

/// `m := map[int]int{0: 0, …}`
fn literal(n: i64) -> String {
    let entries: Vec<String> = (0..n).map(|key| format!("{key}: 0")).collect();
    format!("m := map[int]int{{{}}}", entries.join(", "))
}

/// The order of a range from cell `offset` of a map with one bucket.
fn order(m: &mut Ints, offset: u8) -> Vec<i64> {
    let mut range = m.iter_from(0, offset);
    let mut order = Vec::new();
    while let Some((key, _)) = range.next(m) {
        order.push(*key);
    }
    order
}

fn keys_with_fewer_orders() -> Option<String> {
    for n in 1..=8 {
        let mut m = grown(n);
        let orders: HashSet<_> = (0..8).map(|offset| order(&mut m, offset)).collect();
        if orders.len() as i64 != (1..=n).product::<i64>() {
            return Some(format!(
                "{}; for k := range m {{ fmt.Print(k) }}",
                literal(n)
            ));
        }
    }
    None
}

fn keys_with_a_favourite() -> Option<String> {
    for n in 1..=8 {
        let mut m = grown(n);
        let firsts: Vec<i64> = (0..8).map(|offset| order(&mut m, offset)[0]).collect();
        let times = |key| firsts.iter().filter(|first| **first == key).count();
        if (0..n).any(|key| times(key) != times(0)) {
            let text = "for k := range m { fmt.Println(k); break }";
            return Some(format!("{}; {text}", literal(n)));
        }
    }
    None
}

fn ranges_that_differ() -> Option<String> {
    for n in 0..=40 {
        let mut m = grown(n);
        let mut orders = HashSet::new();
        for _ in 0..100 {
            let mut range = m.hiter();
            let mut order = Vec::new();
            while let Some((key, _)) = range.next(&m) {
                order.push(*key);
            }
            orders.insert(order);
        }
        if orders.len() > 1 {
            let text = "for i := 0; i < 100; i++ { for k := range m { fmt.Print(k) } }";
            return Some(format!("{}; {text}", literal(n)));
        }
    }
    None
}

fn loops_cut_short() -> Option<String> {
    for n in 0..=40 {
        let m: GoMap<i64, i64> = (0..n).map(|key| (key, 0)).collect();
        let mut passes = 0;
        for (key, _) in m.range() {
            for i in (0..n).filter(|i| *i != key) {
                m.delete(&i);
            }
            passes += 1;
        }
        if passes != n {
            let others = format!("for i := 0; i < {n}; i++ {{ if i != k {{ delete(m, i) }} }}");
            let text = literal(n);
            return Some(format!("{text}; for k := range m {{ {others}; passes++ }}"));
        }
    }
    None
}

fn windows_that_repack() -> Option<String> {
    for width in 1..=60 {
        let mut m = made(width);
        for i in 0..1000 {
            let (was_growing, b) = (m.hmap().growing(), m.hmap().b());
            let before = m.hmap().noverflow();
            m.remove(&(i - width as i64));
            m.insert(i, i);
            // Overflow buckets go away by a growth only.
            let grew = m.hmap().noverflow() < before || (m.hmap().growing() && !was_growing);
            if grew && m.hmap().b() == b {
                return Some(format!(
                    "m := make(map[int]int, {width}); \
                     for i := 0; i < 1000; i++ {{ delete(m, i-{width}); m[i] = i }}"
                ));
            }
        }
    }
    None
}

/// Whether some entries lie in the old array.
fn in_two_arrays(m: &Ints) -> bool {
    let current: usize = m.chains().map(|chain| chain.entries().count()).sum();
    current < m.len()
}

fn maps_in_two_arrays() -> Option<String> {
    let fill = |n| format!("m := map[int]int{{}}; for i := 0; i < {n}; i++ {{ m[i] = 0 }}");
    (0..=500).find(|n| in_two_arrays(&grown(*n))).map(fill)
}

fn maps_in_two_arrays_though_read() -> Option<String> {
    for n in 0..=500 {
        let m = grown(n);
        for more in 0..=100 {
            let found = (0..n + more).filter(|key| m.get(key).is_some()).count();
            assert_eq!(found, m.len());
            if in_two_arrays(&m) {
                return Some(format!(
                    "m := map[int]int{{}}; for i := 0; i < {n}; i++ {{ m[i] = 0 }}; \
                     for i := 0; i < {}; i++ {{ _ = m[i] }}",
                    n + more
                ));
            }
        }
    }
    None
}

fn empty_maps_of_several_buckets() -> Option<String> {
    for n in 0..=500 {
        let mut m = grown(n);
        for key in 0..n {
            m.remove(&key);
        }
        if m.chains().len() > 1 {
            return Some(format!(
                "m := map[int]int{{}}; for i := 0; i < {n}; i++ {{ m[i] = 0 }}; \
                 for i := 0; i < {n}; i++ {{ delete(m, i) }}"
            ));
        }
    }
    None
}

fn stores_through_another_name() -> Option<String> {
    // Without a key the maps cannot differ, so the first that can is one key through b.
    let a = GoMap::<i64, i64>::make(0);
    let b = a.clone();
    assert_eq!(a.len(), b.len());
    b.set(100, 0);
    (a.len() == 1).then(|| "a := map[int]int{}; b := a; b[100] = 0".to_string())
}

fn races_without_a_report() -> Option<String> {
    // The write stops after each of its steps in turn, and a read looks at what there is.
    let wrong = |m: &RacyMap| matches!(m.get(7), Ok(Some(v)) if v != 1);
    let m = RacyMap::new();
    let mut seen = vec![wrong(&m)];
    let checked = m.check_write(7).expect("nobody else writes");
    seen.push(wrong(&m));
    let loaded = checked.load_flags();
    seen.push(wrong(&m));
    let marked = loaded.store_flags();
    seen.push(wrong(&m));
    let found = marked.find();
    seen.push(wrong(&m));
    let placed = found.write_key();
    seen.push(wrong(&m));
    let rechecked = placed.recheck().expect("nobody else writes");
    seen.push(wrong(&m));
    let returned = rechecked.clear_flag();
    seen.push(wrong(&m));
    returned.store(1);
    seen.push(wrong(&m));
    let steps = seen.iter().position(|wrong| *wrong)?;
    Some(format!(
        "m := map[int]int{{}}; go func() {{ m[7] = 1 }}(); \
         v, ok := m[7] // after {steps} of 8 steps"
    ))
}

fn floats_that_are_lost() -> Option<String> {
    let floats = [
        ("0.0", 0.0),
        ("1.5", 1.5),
        ("-2.0", -2.0),
        ("math.Inf(1)", f64::INFINITY),
        ("math.Copysign(0, -1)", -0.0),
        ("math.NaN()", f64::NAN),
    ];
    // One store is enough, so nobody needs to look at more.
    for (text, float) in floats {
        let mut m: Map<F64, i64> = Map::new();
        m.insert(F64(float), 1);
        if m.get(&F64(float)).is_none() {
            return Some(format!(
                "m := map[float64]int{{}}; m[{text}] = 1; v, ok := m[{text}]"
            ));
        }
    }
    None
}

fn uses_of_a_nil_map_that_panic() -> Option<String> {
    let m = GoMap::<i64, i64>::nil();
    // Reads first: no number of them panics.
    for key in 0..20 {
        assert_eq!(m.at(&key), 0);
    }
    let store = laws::recover(|| m.set(0, 1));
    store
        .err()
        .map(|_| "var m map[int]int; m[0] = 1".to_string())
}
