//! Beliefs about how a map grows, and about what makes it smaller.
//!
//! ```text
//!   growth copies everything at once     27 keys: 2 of 4 old buckets are not moved yet
//!   reads help                           27 keys, read all day: still 2
//!   growth doubles                       a window of 10 keys: repacked at the same size
//!   delete frees                         9 keys, all deleted: 2 buckets
//! ```
//!
//! Go: runtime/map.go: hashGrow, growWork, makemap, mapdelete.

use hmap::fastrand;
use proptest::strategy::Strategy;

use crate::map::AREA;
use crate::map::alg::Alg;
use crate::map::history::{IntMap, Statement, Window, made};
use crate::map::look::{array_address, overflows, unmoved};
use crate::slice::program::program;
use crate::{Because, Myth, Text, dials, hold, same, search};

/// A map that was made with `hint`, and filled with the keys 0 to `n` - 1.
fn filled(hint: usize, n: usize) -> IntMap {
    fastrand::seed(0);
    let mut m = made(hint, Alg::default());
    Statement::set(0, n)
        .writes(0)
        .for_each(|write| write.apply(&mut m));
    m
}

/// Whether a believer finds the old array empty.
fn all_moved(m: &IntMap) -> Result<(), Because> {
    let (old, waiting) = (m.hmap().n_buckets() / 2, unmoved(m));
    hold(
        waiting == 0,
        format!("{waiting} of {old} old buckets are not moved yet"),
        format!("{old} 个旧桶里还有 {waiting} 个没搬"),
    )
}

/// `for i := 0; i < n; i++ { statement }`
fn for_each(n: usize, statement: &str) -> String {
    format!("for i := 0; i < {n}; i++ {{ {statement} }}")
}

pub(super) const HINT_RULES_OUT_OVERFLOW: Myth = Myth {
    name: "a-hint-rules-out-overflow-buckets",
    area: AREA,
    chapter: "buckets",
    belief: Text {
        en: "make(map[K]V, n) reserves a cell for each of n keys, so storing n keys needs no \
             overflow bucket.",
        zh: "make(map[K]V, n) 给 n 个 key 各留了位置，存满 n 个也用不到溢出桶。",
    },
    truth: Text {
        en: "The hint buys 2^B buckets for an average of at most 6.5 entries. The hash decides \
             where keys go, and as soon as one bucket gets a ninth, it needs an overflow bucket.",
        zh: "hint 换来的是 2^B 个桶，平均每个不超过 6.5 个 key。key 落在哪里由哈希决定，\
             只要有一个桶分到第 9 个 key，就要挂溢出桶。",
    },
    seen: None,
    go: "runtime/map.go: makemap",
    search: |run| {
        let hints = dials([1..=400]).prop_map(|[n]| {
            let fill = for_each(n, "m[i] = 0");
            program(n, format!("m := make(map[int]int, {n}); {fill}"))
        });
        search(run, &hints, |program| {
            let m = filled(program.parts, program.parts);
            same("h.noverflow", overflows(&m), 0)
        })
    },
};

/// How often a window slides before a believer gives up.
const ROUNDS: usize = 1000;

pub(super) const ALWAYS_DOUBLES: Myth = Myth {
    name: "every-growth-doubles-the-buckets",
    area: AREA,
    chapter: "doubling",
    belief: Text {
        en: "A map moves to a new bucket array only when it is too full, and the new array has \
             twice as many buckets.",
        zh: "map 只有太满时才会搬到新的桶数组，而且新数组总是大一倍。",
    },
    truth: Text {
        en: "Deletes leave overflow buckets nearly empty. With as many of them as buckets, the \
             next new key makes the map move to an array of the same size, and B stays.",
        zh: "删除会让溢出桶变得稀稀拉拉。等它们和桶一样多时，下一个新 key 就触发等量扩容：\
             搬到同样大的数组，B 不变。",
    },
    seen: Some("https://datasea.cn/go0128442618.html"),
    go: "runtime/map.go: hashGrow",
    search: |run| {
        let windows = dials([1..=60]).prop_map(|[width]| Window {
            width,
            rounds: ROUNDS,
            seed: 0,
        });
        search(run, &windows, |window| {
            let mut m = window.make();
            for write in window.writes() {
                let (array, b) = (array_address(&m), m.hmap().b());
                write.apply(&mut m);
                if array_address(&m) != array {
                    same("h.B", m.hmap().b(), b + 1)?;
                }
            }
            Ok(())
        })
    },
};

pub(super) const ALL_AT_ONCE: Myth = Myth {
    name: "growth-copies-everything-at-once",
    area: AREA,
    chapter: "evacuation",
    belief: Text {
        en: "The store that makes a map grow copies all entries to the new array before it \
             returns.",
        zh: "触发扩容的那次赋值，会先把所有元素复制到新数组，然后才返回。",
    },
    truth: Text {
        en: "It moves two old buckets at most; each later store or delete moves two more at most. \
             Until then both arrays are in use.",
        zh: "它最多搬两个旧桶；之后每次赋值或删除再搬最多两个。搬完之前，新旧两个数组同时在用。",
    },
    seen: None,
    go: "runtime/map.go: growWork",
    search: |run| {
        let fills = dials([0..=500]).prop_map(|[n]| {
            program(
                n,
                format!("m := map[int]int{{}}; {}", for_each(n, "m[i] = 0")),
            )
        });
        search(run, &fills, |program| {
            let m = filled(0, program.parts);
            all_moved(&m)
        })
    },
};

pub(super) const READS_HELP: Myth = Myth {
    name: "reads-help-to-move-buckets",
    area: AREA,
    chapter: "evacuation",
    belief: Text {
        en: "While a map grows, every access moves some buckets, lookups too; read often enough, \
             and the growth is over.",
        zh: "扩容期间每次访问都会顺便搬桶，查找也会；只要读得够多，扩容就完成了。",
    },
    truth: Text {
        en: "Only stores and deletes move buckets. A lookup goes to the old bucket if its entries \
             are still there, and changes nothing.",
        zh: "只有赋值和删除才会搬。查找时，如果旧桶还没搬，就到旧桶里找，什么也不改。",
    },
    seen: Some("https://datasea.cn/go0128442618.html"),
    go: "runtime/map.go: mapaccess1",
    search: |run| {
        let reads = dials([0..=500, 0..=100]).prop_map(|[n, more]| {
            let (fill, lookups) = (for_each(n, "m[i] = 0"), for_each(n + more, "_ = m[i]"));
            program(
                (n, more),
                format!("m := map[int]int{{}}; {fill}; {lookups}"),
            )
        });
        search(run, &reads, |program| {
            let (n, more) = program.parts;
            let m = filled(0, n);
            let found = (0..(n + more) as i64)
                .filter(|key| m.contains_key(key))
                .count();
            hold(found == n, "a key is missing", "少了 key")?;
            all_moved(&m)
        })
    },
};

pub(super) const DELETE_FREES: Myth = Myth {
    name: "deleting-all-keys-frees-the-map",
    area: AREA,
    chapter: "delete",
    belief: Text {
        en: "When all keys are deleted, a map gives its buckets back and is as small as a new one.",
        zh: "把 key 全删光，map 就会释放桶，变得和新建的一样小。",
    },
    truth: Text {
        en: "Deleting empties cells. The buckets stay until the whole map is garbage: only copying \
             what is left into a new map gives memory back.",
        zh: "delete 只是清空槽位。桶要等整个 map 不再使用才会回收：想省内存，\
             只能把剩下的元素复制到新 map。",
    },
    seen: Some("https://github.com/golang/go/issues/20135"),
    go: "runtime/map.go: mapdelete",
    search: |run| {
        let drains = dials([0..=500]).prop_map(|[n]| {
            let (fill, drain) = (for_each(n, "m[i] = 0"), for_each(n, "delete(m, i)"));
            program(n, format!("m := map[int]int{{}}; {fill}; {drain}"))
        });
        search(run, &drains, |program| {
            let mut m = filled(0, program.parts);
            let drain = Statement::delete(0, program.parts);
            drain.writes(0).for_each(|write| write.apply(&mut m));
            hold(m.is_empty(), "a key is left", "还有 key 没删掉")?;
            same("1<<h.B", m.hmap().n_buckets(), 1)
        })
    },
};
