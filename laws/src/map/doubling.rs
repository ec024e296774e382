//! When a map grows, and to what size: by the count, or by the overflow buckets.
//!
//! ```text
//!   a new key, and no growth under way:
//!     more than 8 entries and more than 6.5 a bucket   ─▶ twice as many buckets
//!     else as many overflow buckets as buckets         ─▶ the same number, repacked
//! ```
//!
//! The keys at which a map grows, and the sizes that `make` chooses, are what Go 1.19.8 printed.
//! Overflow buckets are counted by walking.
//!
//! Go: runtime/map.go: mapassign, hashGrow, overLoadFactor, tooManyOverflowBuckets, makemap.

use hmap::fastrand;
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::history::{History, IntMap, Statement, Window, made};
use super::look::{
    Snapshot, array_address, keys, overflows, overflows_needed, same_number, settle,
};
use crate::slice::program::program;
use crate::{Because, Law, Text, dials, hold, same, search};

const CHAPTER: &str = "doubling";

/// The numbers of the keys with which B rises to 1, 2, …, as Go 1.19.8 has them.
const RISES_AT: [usize; 9] = [9, 14, 27, 53, 105, 209, 417, 833, 1665];

/// B of a map of `n` entries from which nothing was deleted.
fn b_of(n: usize) -> usize {
    RISES_AT.iter().filter(|at| **at <= n).count()
}

/// `for i := 0; i < n; i++ { m[i] = 1 }` into an empty map.
fn filled([low_bits, hint, n, seed]: [usize; 4]) -> History {
    History {
        hint,
        alg: Alg::keeping(low_bits as u32, 8),
        seed: seed as u64,
        statements: vec![Statement::set(0, n)],
    }
}

pub(crate) const DOUBLES: Law = Law {
    name: "growth-doubles-above-six-and-a-half",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The buckets double with the new key that makes more than eight entries and more than \
             6.5 a bucket: with the 9th, 14th, 27th, 53rd, 105th, 209th.",
        zh: "存入新 key 后，若总数超过 8 个、且平均每个桶超过 6.5 个，桶数就翻倍：\
             发生在第 9、14、27、53、105、209 个 key。",
    },
    go: "runtime/map.go: overLoadFactor",
    search: |run| {
        // With fewer than four low bits, chains of hundreds would be walked again and again.
        let fills = dials([4..=56, 0..=0, 0..=2000, 0..=999]).prop_map(filled);
        search(run, &fills, |history| {
            let mut m = history.make();
            for (n, write) in (1..).zip(history.writes()) {
                write.apply(&mut m);
                hold(
                    usize::from(m.hmap().b()) == b_of(n),
                    format!("after {n} keys B is {}, not {}", m.hmap().b(), b_of(n)),
                    format!(
                        "存入 {n} 个 key 之后 B 是 {}，不是 {}",
                        m.hmap().b(),
                        b_of(n)
                    ),
                )?;
            }
            Ok(())
        })
    },
};

pub(crate) const HINT: Law = Law {
    name: "a-hint-buys-the-final-array-at-once",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "make(map[K]V, n) has at once the buckets that n entries would have grown it to, and \
             storing n keys never makes it grow.",
        zh: "make(map[K]V, n) 一开始就有存满 n 个 key 所需的桶数，之后存入 n 个 key 也不会扩容。",
    },
    go: "runtime/map.go: makemap",
    search: |run| {
        let hints = dials([0..=1800, 0..=999]).prop_map(|[n, seed]| filled([56, n, n, seed]));
        search(run, &hints, |history| {
            let mut m = history.make();
            let (b, array) = (usize::from(m.hmap().b()), array_address(&m));
            same("h.B", b, b_of(history.hint))?;
            history.writes().for_each(|write| write.apply(&mut m));
            same("len(m)", m.len(), history.hint)?;
            hold(
                array_address(&m) == array,
                "the map has grown",
                "map 扩容了",
            )
        })
    },
};

pub(crate) const EXISTING_KEY: Law = Law {
    name: "storing-under-an-existing-key-never-grows",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Storing under a key that the map has never starts a growth, however full the map is; \
             with none under way it changes that value and nothing else.",
        zh: "给已有的 key 赋值永远不会触发扩容，map 再满也一样；\
             不在扩容途中时，只改那个值，其他都不变。",
    },
    go: "runtime/map.go: mapassign",
    search: |run| {
        // Just below, at and above where the next new key makes the map grow.
        let full = dials([0..=5, 0..=2, 0..=56, 0..=999, 0..=208]).prop_map(|parts| {
            let [rise, above, low_bits, seed, key] = parts;
            let n = RISES_AT[rise] - 2 + above;
            let history = filled([low_bits, 0, n, seed]);
            let key = (key % n) as i64;
            program((history.clone(), key), format!("{history}; m[{key}] = 2"))
        });
        search(run, &full, |program| {
            let (history, key) = &program.parts;
            let mut m = history.made();
            settle(&mut m);
            let before = (Snapshot::of(&m), array_address(&m));
            let (one, two) = (m.insert(*key, 2), m.insert(*key, 1));
            hold(
                (one, two) == (Some(1), Some(2)),
                "a value is lost",
                "值丢了",
            )?;
            let after = (Snapshot::of(&m), array_address(&m));
            hold(
                before == after,
                "something else has changed",
                "别的东西也变了",
            )
        })
    },
};

/// Whether a write starts a growth, found by where the array lies before and after.
fn starts_growth(m: &mut IntMap, write: impl FnOnce(&mut IntMap)) -> bool {
    let before = array_address(m);
    write(m);
    before.is_some() && array_address(m) != before
}

/// Whether a map that was repacked has chains as short as its entries allow.
fn is_packed(m: &IntMap) -> Result<(), Because> {
    let mut m = m.clone();
    settle(&mut m);
    let needed = m
        .chains()
        .map(|chain| overflows_needed(keys(chain).len()))
        .sum();
    same_number("overflow buckets", "溢出桶", overflows(&m), needed)
}

/// Windows about as wide as the load factor allows, where overflow buckets gather soonest.
fn wide_windows() -> impl Strategy<Value = Window> {
    dials([0..=2, 0..=4, 0..=1200, 0..=999]).prop_map(|[b, below, rounds, seed]| Window {
        width: RISES_AT[b + 1] - 1 - below,
        rounds,
        seed: seed as u64,
    })
}

pub(crate) const REPACKS: Law = Law {
    name: "too-many-overflows-repack-at-the-same-size",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "If a new key finds as many overflow buckets as buckets, and 6.5 entries a bucket or \
             fewer, the map grows to the same size: B stays, and the chains get as short as they \
             can.",
        zh: "存入新 key 时，若溢出桶已和桶一样多，而平均负载没超过 6.5，就等量扩容：\
             B 不变，只是重新排紧，链缩到最短。",
    },
    go: "runtime/map.go: tooManyOverflowBuckets",
    search: |run| {
        search(run, &wide_windows(), |window| {
            let mut m = window.make();
            for write in window.writes() {
                let h = m.hmap();
                let (b, buckets, count) = (h.b(), h.n_buckets(), h.count() + 1);
                let may_grow = write.is_new_in(&m) && !h.growing();
                let too_many = overflows(&m) >= buckets;
                let overload = count > 8 && 2 * count > 13 * buckets;
                let started = starts_growth(&mut m, |m| write.apply(m));
                hold(
                    started == (may_grow && (too_many || overload)),
                    format!("at {write} a growth starts: {started}"),
                    format!("在 {write} 处扩容：{started}"),
                )?;
                if started {
                    same("h.B", m.hmap().b(), b + u8::from(overload))?;
                    is_packed(&m)?;
                }
            }
            Ok(())
        })
    },
};

pub(crate) const BOUNDED_WINDOW: Law = Law {
    name: "a-sliding-window-stays-small",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A map in which as much is deleted as stored keeps its B for ever, and never has more \
             overflow buckets than buckets: repacking sees to that.",
        zh: "存多少删多少的 map，B 永远不变，溢出桶也不会多过桶：靠的就是等量扩容。",
    },
    go: "runtime/map.go: tooManyOverflowBuckets",
    search: |run| {
        let windows =
            dials([1..=104, 0..=1500, 0..=999]).prop_map(|[width, rounds, seed]| Window {
                width,
                rounds,
                seed: seed as u64,
            });
        search(run, &windows, |window| {
            let mut m = window.make();
            for write in window.writes() {
                write.apply(&mut m);
            }
            let buckets = m.hmap().n_buckets();
            same("h.B", usize::from(m.hmap().b()), b_of(window.width))?;
            same("len(m)", m.len(), window.width.min(window.rounds))?;
            let overflows = overflows(&m);
            hold(
                overflows <= buckets,
                format!("there are {overflows} overflow buckets behind {buckets} buckets"),
                format!("{buckets} 个桶后面有 {overflows} 个溢出桶"),
            )
        })
    },
};

pub(crate) const NEVER_REPACKS: Law = Law {
    name: "without-deletes-a-map-never-repacks",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A map from which nothing is deleted only ever doubles, even if all its keys are in \
             one chain: it is deletes that leave overflow buckets half empty.",
        zh: "从不删除的 map 只会翻倍扩容，哪怕所有 key 都挤在一条链上：让溢出桶变空的是删除操作。",
    },
    go: "runtime/map.go: tooManyOverflowBuckets",
    search: |run| {
        let fills = dials([0..=8, 0..=200, 0..=500, 0..=999]).prop_map(filled);
        search(run, &fills, |history| {
            fastrand::seed(history.seed);
            let mut m = made(history.hint, history.alg);
            for write in history.writes() {
                let b = m.hmap().b();
                if starts_growth(&mut m, |m| write.apply(m)) {
                    same("h.B", m.hmap().b(), b + 1)?;
                }
            }
            Ok(())
        })
    },
};
