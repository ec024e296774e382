//! A hash map beside an ordered tree: the same entries, in another order and at another price.
//!
//! ```text
//!   insert 5 1 3    tree   1 3 5                always
//!                   map    5 1 3, 1 3 5, 3 5 1  whatever the start of the range is
//! ```
//!
//! C++'s `map` is a red-black tree, Go's is a table of buckets. The tree here is std's B-tree,
//! which keeps the same promises.
//!
//! Go: runtime/map.go: mapiterinit.

use std::collections::{BTreeMap, BTreeSet};

use hmap::fastrand;
use proptest::collection::vec;
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::history::{IntMap, made};
use super::look::same_number;
use crate::slice::program::program;
use crate::{Law, Text, dials, hold, search};

const CHAPTER: &str = "tree";

/// A map and a tree with the same keys, stored in the same order.
fn both(keys: &[i64]) -> (IntMap, BTreeMap<i64, i64>) {
    fastrand::seed(keys.len() as u64);
    let mut m = made(0, Alg::default());
    for key in keys {
        m.insert(*key, *key);
    }
    (m, keys.iter().map(|key| (*key, *key)).collect())
}

/// The keys in the order of a range from this bucket and cell.
fn range_from(m: &mut IntMap, start: usize, offset: u8) -> Vec<i64> {
    let mut range = m.iter_from(start, offset);
    let mut keys = Vec::new();
    while let Some((key, _)) = range.next(m) {
        keys.push(*key);
    }
    keys
}

pub(crate) const KEEPS_ORDER: Law = Law {
    name: "a-tree-keeps-order-a-map-does-not",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A tree yields its keys in ascending order however they came; a map of two keys or \
             more has at least two orders, and all of them hold the same keys.",
        zh: "树总是按 key 从小到大给出，与存入的先后无关；map 只要有两个 key，就至少有两种遍历顺序，\
             但里面的 key 都一样。",
    },
    go: "runtime/map.go: mapiterinit",
    search: |run| {
        let lists = vec(0_i64..1000, 0..=40).prop_map(|keys| {
            let texts: Vec<String> = keys.iter().map(i64::to_string).collect();
            let text = format!(
                "for _, k := range []int{{{}}} {{ m[k] = k }}",
                texts.join(", ")
            );
            program(keys, text)
        });
        search(run, &lists, |program| {
            let keys = &program.parts;
            let (mut m, tree) = both(keys);
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            sorted.dedup();
            hold(
                tree.keys().copied().eq(sorted.iter().copied()),
                "the tree is out of order",
                "树的顺序不对",
            )?;
            let mut orders = BTreeSet::new();
            for start in 0..m.hmap().n_buckets() {
                for offset in 0..8 {
                    orders.insert(range_from(&mut m, start, offset));
                }
            }
            for order in &orders {
                let mut order = order.clone();
                order.sort_unstable();
                hold(order == sorted, "a key is missing", "少了 key")?;
            }
            let fewest = sorted.len().min(2);
            let found = orders.len();
            hold(
                found >= fewest,
                format!("there is {found} order of {} keys", sorted.len()),
                format!("{} 个 key 只有 {found} 种顺序", sorted.len()),
            )
        })
    },
};

pub(crate) const NEIGHBOURS: Law = Law {
    name: "a-tree-finds-neighbours-a-map-walks",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The keys from a to b are one stretch of a tree; in a map they may be anywhere, so a \
             program has to look at every entry, and sort what it finds.",
        zh: "从 a 到 b 的 key，在树里是连续的一段；在 map 里可能散在各处，\
             程序只能把元素全看一遍，再排序。",
    },
    go: "runtime/map.go: mapiternext",
    search: |run| {
        let stretches = (vec(0_i64..200, 0..=60), dials([0..=200, 0..=200]));
        let programs = stretches.prop_map(|(keys, [a, width])| {
            let (a, b) = (a as i64, (a + width) as i64);
            let texts: Vec<String> = keys.iter().map(i64::to_string).collect();
            let text = format!(
                "for _, k := range []int{{{}}} {{ m[k] = k }}; \
                 for k := range m {{ if {a} <= k && k < {b} {{ s = append(s, k) }} }}; \
                 sort.Ints(s)",
                texts.join(", ")
            );
            program((keys, a, b), text)
        });
        search(run, &programs, |program| {
            let (keys, a, b) = &program.parts;
            let (mut m, tree) = both(keys);
            let mut range = m.hiter();
            let (mut walked, mut s) = (0, Vec::new());
            while let Some((key, _)) = range.next(&m) {
                walked += 1;
                if (*a..*b).contains(key) {
                    s.push(*key);
                }
            }
            s.sort_unstable();
            let stretch: Vec<i64> = tree.range(*a..*b).map(|(key, _)| *key).collect();
            same_number("entries looked at", "看过的元素", walked, tree.len())?;
            hold(
                s == stretch,
                format!("the map has {s:?}, the tree {stretch:?}"),
                format!("map 里是 {s:?}，树里是 {stretch:?}"),
            )
        })
    },
};
