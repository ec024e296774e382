//! The order of a `range`: round and round from a random place, and what may happen on the way.
//!
//! ```text
//!   start bucket 2, start cell 5
//!   buckets    2 ─▶ 3 ─▶ 0 ─▶ 1          around the array
//!   cells      5 6 7 0 1 2 3 4           around each bucket, overflow buckets too
//! ```
//!
//! The programs of the other laws change the map while they loop over it, and grow it several
//! times. The oracle gives each entry a number when it is stored, so that one that was deleted and
//! stored again is another one.
//!
//! Go: runtime/map.go: mapiterinit, mapiternext; the Go Programming Language Specification, "For
//! statements with range clause".

use core::fmt;
use std::collections::BTreeMap;

use hmap::{Hiter, fastrand};
use proptest::collection::vec;
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::history::{History, IntMap, Statement, Write, made, statements};
use super::look::cells;
use crate::slice::program::program;
use crate::{Law, Text, dials, hold, same, search};

const CHAPTER: &str = "order";

/// The keys in the order of a range that begins at bucket `start` and cell `offset`.
fn rotation(m: &IntMap, start: usize, offset: u8) -> Vec<i64> {
    let n = m.chains().len();
    let chains: Vec<_> = m.chains().map(cells).collect();
    let mut keys = Vec::new();
    for step in 0..n {
        for (_, bucket) in &chains[(start + step) % n] {
            for i in 0..8 {
                keys.extend(bucket[(i + usize::from(offset)) % 8].map(|(key, _)| key));
            }
        }
    }
    keys
}

/// Ranges in a row: so many do not all begin at one place by chance.
const STARTS: usize = 100;

pub(crate) const ROTATION: Law = Law {
    name: "range-is-a-rotation-not-a-shuffle",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A range begins at a random bucket and a random cell, and from there goes around: the \
             buckets in order, and in each bucket the cells in order.",
        zh: "range 从随机的桶、随机的槽位开始，然后转一圈：桶按顺序走，\
             每个桶里的槽位也按顺序走；这是轮转，不是洗牌。",
    },
    go: "runtime/map.go: mapiterinit",
    search: |run| {
        // The hint has room for all, so that nothing grows and nothing is left in an old array.
        let maps = dials([0..=60, 0..=60, 0..=59, 0..=56, 0..=63, 0..=7, 0..=999]);
        let ranges = maps.prop_map(|[n, holes, from, low_bits, start, offset, seed]| {
            let history = History {
                hint: n,
                alg: Alg::keeping(low_bits as u32, 8),
                seed: seed as u64,
                statements: vec![Statement::set(0, n), Statement::delete(from as i64, holes)],
            };
            let text = format!("{history}; for k := range m // from bucket {start}, cell {offset}");
            program((history, start, offset as u8), text)
        });
        search(run, &ranges, |program| {
            let (history, start, offset) = &program.parts;
            let mut m = history.made();
            if m.is_empty() {
                return Ok(());
            }
            let starts: Vec<_> = (0..STARTS).map(|_| m.hiter()).collect();
            let differ = |pair: &[Hiter]| pair[0].offset() != pair[1].offset();
            let random_cell = starts.windows(2).any(differ);
            let differ = |pair: &[Hiter]| pair[0].start_bucket() != pair[1].start_bucket();
            let random_bucket = m.chains().len() == 1 || starts.windows(2).any(differ);
            hold(
                random_cell && random_bucket,
                format!("{STARTS} ranges begin at one place"),
                format!("{STARTS} 次 range 都从同一处开始"),
            )?;
            let chosen = m.iter_from(start % m.hmap().n_buckets(), *offset);
            let random = m.hiter();
            for mut range in [chosen, random] {
                let expected = rotation(&m, range.start_bucket(), range.offset());
                let mut seen = Vec::new();
                while let Some((key, _)) = range.next(&m) {
                    seen.push(*key);
                }
                hold(
                    seen == expected,
                    format!("the keys come as {seen:?}, not {expected:?}"),
                    format!("key 的顺序是 {seen:?}，不是 {expected:?}"),
                )?;
            }
            Ok(())
        })
    },
};

/// A program that changes a map while it loops over it.
#[derive(Clone, Debug)]
struct Loop {
    /// Keys that are there before the loop: 0, 1, ….
    n: usize,
    /// The hint of `make`.
    hint: usize,
    /// Where the map's random numbers come from.
    seed: u64,
    /// What the first, second, … pass through the body does.
    passes: Vec<Vec<Statement>>,
}

impl fmt::Display for Loop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fill = Statement::set(0, self.n).text(0);
        write!(f, "m := make(map[int]int, {}); {fill}; ", self.hint)?;
        f.write_str("i := 0; for k, v := range m { switch i++; i {")?;
        for (i, statements) in (1_i64..).zip(&self.passes) {
            let texts: Vec<String> = statements.iter().map(|s| s.text(i)).collect();
            if !texts.is_empty() {
                write!(f, " case {i}: {}", texts.join("; "))?;
            }
        }
        f.write_str(" } }")
    }
}

/// Loops over up to 60 entries; bodies that insert and delete among 120 keys in the first passes.
fn loops() -> impl Strategy<Value = Loop> {
    let body = vec(vec(statements(90, 30), 0..=2), 0..=10);
    (dials([0..=60, 0..=60, 0..=999]), body).prop_map(|([n, hint, seed], passes)| Loop {
        n,
        hint,
        seed: seed as u64,
        passes,
    })
}

/// An entry as it was stored: its number, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stored {
    number: usize,
    value: i64,
}

/// What a loop met, and what the oracle says of it.
struct Story {
    /// Entries of the map when the loop began have the numbers below this one.
    before: usize,
    /// Entries stored altogether.
    stored: usize,
    /// Whether the entry with this number was deleted at some time.
    deleted: Vec<bool>,
    /// Key and value of each pass, and the entry under that key at that moment.
    met: Vec<(i64, i64, Option<Stored>)>,
}

impl Story {
    /// How often the entry with this number was met.
    fn times_met(&self, number: usize) -> usize {
        let met = self.met.iter().filter_map(|(_, _, entry)| *entry);
        met.filter(|entry| entry.number == number).count()
    }
}

/// The oracle of a loop: the entries, numbered.
#[derive(Default)]
struct Ledger {
    entries: BTreeMap<i64, Stored>,
    deleted: Vec<bool>,
}

impl Ledger {
    fn enter(&mut self, write: Write) {
        match write {
            Write::Set(key, value) => {
                let number = self.deleted.len();
                let entry = self.entries.entry(key).or_insert(Stored { number, value });
                entry.value = value;
                if entry.number == number {
                    self.deleted.push(false);
                }
            }
            Write::Delete(key) => {
                if let Some(entry) = self.entries.remove(&key) {
                    self.deleted[entry.number] = true;
                }
            }
        }
    }
}

/// Runs a loop.
fn told(program: &Loop) -> Story {
    fastrand::seed(program.seed);
    let mut m = made(program.hint, Alg::default());
    let mut ledger = Ledger::default();
    for write in Statement::set(0, program.n).writes(0) {
        write.apply(&mut m);
        ledger.enter(write);
    }
    let before = ledger.deleted.len();
    let mut met = Vec::new();
    let mut range = m.hiter();
    while let Some((key, value)) = range.next(&m).map(|(key, value)| (*key, *value)) {
        met.push((key, value, ledger.entries.get(&key).copied()));
        let pass = met.len();
        for statement in program.passes.get(pass - 1).into_iter().flatten() {
            for write in statement.writes(pass as i64) {
                write.apply(&mut m);
                ledger.enter(write);
            }
        }
    }
    Story {
        before,
        stored: ledger.deleted.len(),
        deleted: ledger.deleted,
        met,
    }
}

pub(crate) const STAYS_MET_ONCE: Law = Law {
    name: "what-stays-is-met-exactly-once",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "An entry that is there when a range begins, and still when it ends, is met exactly \
             once, even if the map grows several times in between.",
        zh: "从 range 开始到结束一直都在的元素，恰好遍历到一次，哪怕中途 map 扩容了好几回。",
    },
    go: "runtime/map.go: mapiternext",
    search: |run| {
        search(run, &loops(), |program| {
            let story = told(program);
            for number in (0..story.before).filter(|number| !story.deleted[*number]) {
                let times = story.times_met(number);
                hold(
                    times == 1,
                    format!("key {number} is met {times} times"),
                    format!("key {number} 遍历到 {times} 次"),
                )?;
            }
            Ok(())
        })
    },
};

pub(crate) const DELETED_NEVER_MET: Law = Law {
    name: "what-is-deleted-before-its-turn-is-not-met",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "An entry deleted before its turn is not met, so it is safe to delete in the body of a \
             range over the same map.",
        zh: "还没轮到就被删掉的元素不会再遍历到，所以在 range 循环里删除同一个 map 的 key 是安全的。",
    },
    go: "runtime/map.go: mapiternext",
    search: |run| {
        search(run, &loops(), |program| {
            for (key, _, entry) in told(program).met {
                hold(
                    entry.is_some(),
                    format!("key {key} is met after it was deleted"),
                    format!("key {key} 已被删除，却还是遍历到了"),
                )?;
            }
            Ok(())
        })
    },
};

pub(crate) const NEW_MET_AT_MOST_ONCE: Law = Law {
    name: "what-is-new-is-met-at-most-once",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "An entry stored while the range is under way may be met or missed, but no entry is \
             ever met twice, and so the loop ends.",
        zh: "遍历途中新存入的元素，可能遍历到，也可能遍历不到；但谁也不会遍历到两次，\
             所以循环一定会结束。",
    },
    go: "runtime/map.go: mapiternext",
    search: |run| {
        search(run, &loops(), |program| {
            let story = told(program);
            for number in 0..story.stored {
                let times = story.times_met(number);
                hold(
                    times <= 1,
                    format!("the entry stored as number {number} is met {times} times"),
                    format!("第 {number} 个存入的元素遍历到 {times} 次"),
                )?;
            }
            Ok(())
        })
    },
};

pub(crate) const VALUE_OF_THE_MOMENT: Law = Law {
    name: "range-shows-the-value-of-the-moment",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A range yields the value that the map holds at that moment, not the one it held when \
             the loop began; a range over a map is no snapshot.",
        zh: "range 给出的是那一刻 map 里的值，不是循环开始时的值：遍历 map 并不会先拍快照。",
    },
    go: "runtime/map.go: mapiternext",
    search: |run| {
        search(run, &loops(), |program| {
            for (key, value, entry) in told(program).met {
                if let Some(entry) = entry {
                    same(&format!("v, k == {key}"), value, entry.value)?;
                }
            }
            Ok(())
        })
    },
};
