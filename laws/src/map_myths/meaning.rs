//! Beliefs about what a map means: its order, its name, its keys, its races.
//!
//! ```text
//!   a range is a shuffle              3 keys in a bucket: 3 of 6 orders
//!   all keys are first equally often  2 keys in a bucket: 7 to 1
//!   a range sees a snapshot           2 keys, the other one deleted: 1 pass
//!   b := a copies                     1 key stored in b: a has it
//! ```
//!
//! Go: runtime/map.go: mapiterinit, mapiternext, mapassign; runtime/alg.go: f64hash.

use std::collections::BTreeSet;

use hmap::{F64, GoMap, Map, RacyMap, fastrand};
use proptest::strategy::Strategy;

use crate::map::AREA;
use crate::map::alg::Alg;
use crate::map::concurrent::{STEPS, Writer};
use crate::map::history::{IntMap, Statement, made};
use crate::map::odd::FLOATS;
use crate::slice::program::program;
use crate::{Myth, Text, dials, hold, same, search};

/// A map of the keys 0 to `n` - 1.
fn of(n: usize) -> IntMap {
    fastrand::seed(0);
    let mut m = made(0, Alg::default());
    Statement::set(0, n)
        .writes(0)
        .for_each(|write| write.apply(&mut m));
    m
}

/// `m := map[int]int{0: 0, 1: 0}`
fn literal(n: usize) -> String {
    let entries: Vec<String> = (0..n).map(|key| format!("{key}: 0")).collect();
    format!("m := map[int]int{{{}}}", entries.join(", "))
}

/// The order of a range from each cell of a map with one bucket.
fn orders(m: &mut IntMap) -> Vec<Vec<i64>> {
    let order = |offset| {
        let mut range = m.iter_from(0, offset);
        core::iter::from_fn(|| range.next(m).map(|(key, _)| *key)).collect()
    };
    (0..8).map(order).collect()
}

pub(super) const SHUFFLE: Myth = Myth {
    name: "range-shuffles-the-keys",
    area: AREA,
    chapter: "order",
    belief: Text {
        en: "A range shuffles the keys, so every order of them can come up.",
        zh: "range 会把 key 打乱，所以任何一种排列都可能出现。",
    },
    truth: Text {
        en: "Only the start is random. From there the cells come one after the other: keys in one \
             bucket have as many orders as there are keys, not n! of them.",
        zh: "随机的只是起点，之后按槽位顺序走：同一个桶里的 n 个 key 只有 n 种顺序，而不是 n! 种。",
    },
    seen: None,
    go: "runtime/map.go: mapiterinit",
    search: |run| {
        let maps = dials([1..=8]).prop_map(|[n]| {
            let text = format!("{}; for k := range m {{ fmt.Print(k) }}", literal(n));
            program(n, text)
        });
        search(run, &maps, |program| {
            let n = program.parts;
            let different: BTreeSet<_> = orders(&mut of(n)).into_iter().collect();
            let (found, all) = (different.len(), (1..=n).product::<usize>());
            hold(
                found == all,
                format!("{found} of {all} orders can come up"),
                format!("{all} 种排列里只会出现 {found} 种"),
            )
        })
    },
};

pub(super) const FIRST_EQUALLY_OFTEN: Myth = Myth {
    name: "every-key-comes-first-equally-often",
    area: AREA,
    chapter: "order",
    belief: Text {
        en: "A range begins with a random key, so taking the first one is a fair choice.",
        zh: "range 从随机的 key 开始，所以取第一个 key 就等于公平抽签。",
    },
    truth: Text {
        en: "It begins with a random cell, and empty cells are skipped: the key behind them is \
             first for all of them. Of five keys in a bucket one is first in half of all runs.",
        zh: "随机的是槽位，空槽位会跳过去，于是后面那个 key 把空槽位的机会全占了：\
             一个桶里有 5 个 key 时，其中一个有一半的机会排第一。",
    },
    seen: None,
    go: "runtime/map.go: mapiternext",
    search: |run| {
        let maps = dials([1..=8]).prop_map(|[n]| {
            let text = format!(
                "{}; for k := range m {{ fmt.Println(k); break }}",
                literal(n)
            );
            program(n, text)
        });
        search(run, &maps, |program| {
            let orders = orders(&mut of(program.parts));
            let first = |key| orders.iter().filter(|order| order[0] == key).count();
            let times: Vec<usize> = (0..program.parts as i64).map(first).collect();
            hold(
                times.iter().all(|each| *each == times[0]),
                format!("of 8 starting cells, the keys come first at {times:?}"),
                format!("8 个起始槽位里，各个 key 排第一的次数是 {times:?}"),
            )
        })
    },
};

/// Ranges in a row, enough that two will differ if they can.
const RANGES: usize = 100;

pub(super) const STABLE_ORDER: Myth = Myth {
    name: "the-order-is-stable-while-nothing-changes",
    area: AREA,
    chapter: "order",
    belief: Text {
        en: "The order of a map is unknown but fixed: as long as nobody writes to it, every range \
             yields the same order.",
        zh: "map 的顺序虽然不可预知，但是固定的：只要没人写，每次 range 的顺序都一样。",
    },
    truth: Text {
        en: "Each range draws a new start, on purpose, so that no program comes to rely on an \
             order.",
        zh: "每次 range 都重新抽取起点，这是故意的，免得有程序依赖某种顺序。",
    },
    seen: None,
    go: "runtime/map.go: mapiterinit",
    search: |run| {
        let maps = dials([0..=40]).prop_map(|[n]| {
            let text = format!(
                "{}; for i := 0; i < {RANGES}; i++ {{ for k := range m {{ fmt.Print(k) }} }}",
                literal(n)
            );
            program(n, text)
        });
        search(run, &maps, |program| {
            let mut m = of(program.parts);
            let mut orders = BTreeSet::new();
            for _ in 0..RANGES {
                let mut range = m.hiter();
                let order = core::iter::from_fn(|| range.next(&m).map(|(key, _)| *key));
                orders.insert(order.collect::<Vec<_>>());
            }
            let found = orders.len();
            hold(
                found == 1,
                format!("{RANGES} ranges yield {found} orders"),
                format!("{RANGES} 次 range 出现了 {found} 种顺序"),
            )
        })
    },
};

pub(super) const SNAPSHOT: Myth = Myth {
    name: "range-works-on-a-snapshot",
    area: AREA,
    chapter: "order",
    belief: Text {
        en: "A range over a map runs over the keys that it had at the beginning, whatever the body \
             deletes.",
        zh: "range 遍历的是循环开始时的那些 key，循环体里删什么都不影响。",
    },
    truth: Text {
        en: "A range looks at the map itself. What the body deletes before its turn is not met: if \
             it deletes all others, there is one pass.",
        zh: "range 看的就是 map 本身。还没轮到就被删掉的 key 不会再出现：把其他 key 全删掉，循环只跑一次。",
    },
    seen: None,
    go: "runtime/map.go: mapiternext",
    search: |run| {
        let loops = dials([0..=40]).prop_map(|[n]| {
            let others = format!("for i := 0; i < {n}; i++ {{ if i != k {{ delete(m, i) }} }}");
            let text = format!("{}; for k := range m {{ {others}; passes++ }}", literal(n));
            program(n, text)
        });
        search(run, &loops, |program| {
            let n = program.parts;
            let mut m = of(n);
            let (mut range, mut passes) = (m.hiter(), 0);
            while let Some(key) = range.next(&m).map(|(key, _)| *key) {
                for other in (0..n as i64).filter(|other| *other != key) {
                    m.remove(&other);
                }
                passes += 1;
            }
            same("passes", passes, n)
        })
    },
};

pub(super) const ASSIGNING_COPIES: Myth = Myth {
    name: "assigning-a-map-copies-it",
    area: AREA,
    chapter: "concurrent",
    belief: Text {
        en: "Go assigns by value, so after b := a the two maps are independent.",
        zh: "Go 的赋值都是值拷贝，所以 b := a 之后，两个 map 互不相干。",
    },
    truth: Text {
        en: "The value of a map variable is one pointer. Both variables mean the same map, and so \
             does the parameter of a function.",
        zh: "map 变量的值只是一个指针，两个变量指向同一个 map；传给函数的参数也一样。",
    },
    seen: None,
    go: "runtime/map.go: makemap",
    search: |run| {
        let copies = dials([0..=40, 0..=40]).prop_map(|[n, more]| {
            let line = |name, from, count| match count {
                0 => String::new(),
                count => {
                    let text = Statement::set(from, count).text(0);
                    format!("; {}", text.replace("m[", name))
                }
            };
            let (fill, more_text) = (line("a[", 0, n), line("b[", 100, more));
            let text = format!("a := map[int]int{{}}{fill}; b := a{more_text}");
            program((n, more), text)
        });
        search(run, &copies, |program| {
            let (n, more) = program.parts;
            let a: GoMap<i64, i64, Alg> = (0..n as i64).map(|key| (key, 0)).collect();
            let b = a.clone();
            (0..more as i64).for_each(|i| b.set(i + 100, 0));
            same("len(a)", a.len(), n)
        })
    },
};

pub(super) const NO_REPORT_NO_RACE: Myth = Myth {
    name: "no-report-means-no-race",
    area: AREA,
    chapter: "concurrent",
    belief: Text {
        en: "The runtime reports concurrent use of a map, so a read that is not reported saw the \
             map as it was before the write or after it.",
        zh: "map 并发读写，运行时会报错；没报错，就说明读到的是写之前或写之后的样子。",
    },
    truth: Text {
        en: "The flag is checked at a few points only. The elem is stored after the flag has been \
             cleared: a read in between finds the new key with a zero value, and nothing is \
             reported.",
        zh: "写标志只在几个点上检查。值是在标志清除之后才存进去的：恰好这时来读，\
             会读到新 key 配零值，而且不报错。",
    },
    seen: None,
    go: "runtime/map.go: mapassign",
    search: |run| {
        let reads = dials([0..=STEPS, 0..=5, 1..=9]).prop_map(|[steps, n, value]| {
            let fill = match n {
                0 => String::new(),
                n => format!("; {}", Statement::set(10, n).text(1)),
            };
            let text = format!(
                "m := map[int]int{{}}{fill}; go func() {{ m[7] = {value} }}(); \
                 v, ok := m[7] // after {steps} of 8 steps"
            );
            program((steps, n as u64, value as u64), text)
        });
        search(run, &reads, |program| {
            let (steps, n, value) = program.parts;
            let m = RacyMap::new();
            for key in 10..10 + n {
                hold(
                    m.set(key, 1).is_ok(),
                    "an undisturbed write dies",
                    "无人打扰的写出错了",
                )?;
            }
            let start = Writer::Start(&m);
            let _stopped = (0..steps).fold(start, |writer, _| writer.step(7, value));
            let read = m.get(7);
            match read {
                // Reported, or the key is not there.
                Err(_) | Ok(None) => Ok(()),
                Ok(Some(v)) => hold(
                    v == value,
                    format!("ok is true and v is {v}, not {value}"),
                    format!("ok 是 true，v 却是 {v}，不是 {value}"),
                ),
            }
        })
    },
};

pub(super) const NAN_FINDS_ITSELF: Myth = Myth {
    name: "what-was-stored-is-found",
    area: AREA,
    chapter: "odd-keys",
    belief: Text {
        en: "After m[k] = v, looking up k finds v.",
        zh: "执行 m[k] = v 之后，查 k 一定能查到 v。",
    },
    truth: Text {
        en: "Unless k is not equal to itself: NaN is stored under a random hash, and no lookup can \
             find it. Test with math.IsNaN before using floats as keys.",
        zh: "除非 k 不等于自己：NaN 按随机哈希存放，谁也查不到。\
             用浮点数作 key，先用 math.IsNaN 检查。",
    },
    seen: Some("https://github.com/golang/go/issues/20660"),
    go: "runtime/alg.go: f64hash",
    search: |run| {
        let stores = dials([1..=20, 0..=5]).prop_map(|[times, float]| {
            let (text, _) = FLOATS[float];
            let store = match times {
                1 => format!("m[{text}] = 1"),
                times => format!("for i := 0; i < {times}; i++ {{ m[{text}] = 1 }}"),
            };
            let text = format!("m := map[float64]int{{}}; {store}; v, ok := m[{text}]");
            program((times, float), text)
        });
        search(run, &stores, |program| {
            let (times, float) = program.parts;
            let (_, key) = FLOATS[float];
            fastrand::seed(0);
            let mut m: Map<F64, i64, Alg> = Map::default();
            for _ in 0..times {
                m.insert(F64(key), 1);
            }
            same("ok", m.contains_key(&F64(key)), true)
        })
    },
};

pub(super) const NIL_IS_EMPTY: Myth = Myth {
    name: "a-nil-map-is-an-empty-map",
    area: AREA,
    chapter: "odd-keys",
    belief: Text {
        en: "var m map[int]int declares an empty map that is ready for use, as var s []int \
             declares an empty slice.",
        zh: "var m map[int]int 声明的就是可以直接用的空 map，和 var s []int 一样。",
    },
    truth: Text {
        en: "It reads like an empty map, but there is nothing to store in: a store panics. make or \
             a literal creates a map; append creates an array, which is why slices differ.",
        zh: "读起来像空 map，却没有地方可存：赋值会 panic。要用 make 或字面量创建；\
             slice 不同，是因为 append 会替它分配数组。",
    },
    seen: None,
    go: "runtime/map.go: mapassign",
    search: |run| {
        let uses = dials([0..=20, 0..=20]).prop_map(|[stores, reads]| {
            let body = |n: usize, text: &str| match n {
                0 => String::new(),
                1 => format!("; {}", text.replace('i', "0")),
                n => format!("; for i := 0; i < {n}; i++ {{ {text} }}"),
            };
            let text = [
                "var m map[int]int",
                &body(reads, "_ = m[i]"),
                &body(stores, "m[i] = 1"),
            ];
            program((stores, reads), text.concat())
        });
        search(run, &uses, |program| {
            let (stores, reads) = program.parts;
            let m: GoMap<i64, i64, Alg> = GoMap::nil();
            let zeros = (0..reads as i64).filter(|key| m.at(key) == 0).count();
            hold(
                zeros == reads,
                "a read yields more than zero",
                "读到的不是零值",
            )?;
            (0..stores as i64).for_each(|key| m.set(key, 1));
            same("len(m)", m.len(), stores)
        })
    },
};
