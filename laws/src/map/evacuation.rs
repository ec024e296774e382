//! Growth a little at a time: which writes move what, and that nobody notices.
//!
//! ```text
//!   a write        moves the old bucket of its key, and the one at the mark
//!   a read         moves nothing: it looks where the entry still is
//!   old bucket i   ──▶ i, or i + n where the next bit of the hash is 1; in the same order
//! ```
//!
//! Go: runtime/map.go: growWork, evacuate, mapaccess1.

use proptest::collection::vec;
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::history::{History, IntMap, Model, Statement, Write, histories, statements};
use super::look::{Snapshot, keys, same_number, unmoved};
use crate::slice::program::program;
use crate::{Because, Law, Text, dials, hold, same, search};

const CHAPTER: &str = "evacuation";

pub(crate) const AT_MOST_TWO: Law = Law {
    name: "a-write-moves-at-most-two-old-buckets",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "While the map grows, each store or delete moves one or two old buckets, its own among \
             them unless that was moved before; even deleting a key that is not there.",
        zh: "扩容途中，每次赋值或删除会搬一到两个旧桶，自己要用的那个若还没搬就先搬；\
             连删除不存在的 key 也会搬。",
    },
    go: "runtime/map.go: growWork",
    search: |run| {
        search(run, &histories(), |history| {
            let mut m = history.make();
            for write in history.writes() {
                let idle = m.is_empty() && matches!(write, Write::Delete(_));
                if idle || !m.hmap().growing() {
                    write.apply(&mut m);
                    continue;
                }
                let waiting = unmoved(&m);
                let hash = m.hasher().hash(write.key(), m.hmap().hash0());
                let own = hash as usize % m.hmap().noldbuckets();
                write.apply(&mut m);
                let moved = waiting - unmoved(&m);
                let mut old = m.old_chains();
                let own_waits = old.any(|(index, chain)| index == own && !chain.evacuated());
                hold(
                    (1..=2).contains(&moved) && !own_waits,
                    format!("{write} moves {moved} old buckets; its own waits: {own_waits}"),
                    format!("{write} 搬了 {moved} 个旧桶；自己的还没搬：{own_waits}"),
                )?;
            }
            Ok(())
        })
    },
};

pub(crate) const READS_MOVE_NOTHING: Law = Law {
    name: "reads-move-nothing",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A lookup, len and a whole range leave every bucket as it was, old ones too, however \
             often they run; a map that is only read never finishes its growth.",
        zh: "查找、len、完整的 range 都不会动任何桶，旧的也不动，读多少次都一样；\
             只读不写的 map，扩容永远停在半路。",
    },
    go: "runtime/map.go: mapaccess1",
    search: |run| {
        search(run, &histories(), |history| {
            let mut m = history.made();
            let before = Snapshot::of(&m);
            let found = (-10..170).filter(|key| m.contains_key(key)).count();
            let mut range = m.hiter();
            let mut met = 0;
            while range.next(&m).is_some() {
                met += 1;
            }
            same_number("keys found", "查到的 key", found, m.len())?;
            same_number("keys met", "遍历到的 key", met, m.len())?;
            hold(
                Snapshot::of(&m) == before,
                "reading has changed the map",
                "读操作改动了 map",
            )
        })
    },
};

/// The chains of a map that is not growing, as lists of keys.
fn chains(m: &IntMap) -> Vec<Vec<i64>> {
    m.chains().map(keys).collect()
}

pub(crate) const SPLITS_IN_TWO: Law = Law {
    name: "each-old-bucket-splits-in-two",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "When n buckets become 2n, what was in bucket i goes to bucket i or to bucket i+n, \
             as the next bit of its hash says, and keeps its order.",
        zh: "n 个桶变成 2n 个时，i 号里的元素要么还去 i 号，要么去 i+n 号，\
             由哈希值的下一位决定，先后顺序不变。",
    },
    go: "runtime/map.go: evacuate",
    search: |run| {
        // One key more than the last but one fits no longer: 8, 13, 26, 52, 104 are full.
        let full = dials([0..=4, 0..=56, 0..=999, 0..=104]).prop_map(|[b, low_bits, seed, key]| {
            let n = [8, 13, 26, 52, 104][b];
            let history = History {
                hint: n,
                alg: Alg::keeping(low_bits as u32, 8),
                seed: seed as u64,
                statements: vec![Statement::set(0, n), Statement::set(n as i64, 1)],
            };
            let again = (key % (n + 1)) as i64;
            let text = format!("{history}; for h.oldbuckets != nil {{ m[{again}] = 2 }}");
            program((history, n as i64, again), text)
        });
        search(run, &full, |program| {
            let (history, new, again) = &program.parts;
            let mut m = history.make();
            let writes = history.writes().take_while(|write| write.key() < *new);
            writes.for_each(|write| write.apply(&mut m));
            let old = chains(&m);
            m.insert(*new, 2);
            for _ in 0..old.len() {
                m.insert(*again, 2);
            }
            let bit = |key: &i64| {
                let hash = m.hasher().hash(*key, m.hmap().hash0());
                hash / old.len() as u64 % 2 == 1
            };
            let half = |y: bool| {
                let of_chain = move |chain: &Vec<i64>| -> Vec<i64> {
                    chain.iter().copied().filter(|key| bit(key) == y).collect()
                };
                old.iter().map(of_chain)
            };
            let expected: Vec<_> = half(false).chain(half(true)).collect();
            let mut split = chains(&m);
            split
                .iter_mut()
                .for_each(|chain| chain.retain(|key| key != new));
            hold(
                split == expected,
                format!("the chains are {split:?}, not {expected:?}"),
                format!("各条链是 {split:?}，不是 {expected:?}"),
            )
        })
    },
};

pub(crate) const ENDS_IN_TIME: Law = Law {
    name: "a-growth-ends-within-as-many-writes-as-old-buckets",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A growth from n buckets is over after at least n/2 and at most n writes, whichever \
             keys they are to, long before the next one is due.",
        zh: "从 n 个桶开始的扩容，最少 n/2 次、最多 n 次写就能完成，写哪些 key 都行，\
             远在下次扩容之前。",
    },
    go: "runtime/map.go: advanceEvacuationMark",
    search: |run| {
        let growing = (dials([1..=5, 0..=56, 0..=999]), vec(0_i64..200, 64));
        let programs = growing.prop_map(|([b, low_bits, seed], writes)| {
            let n = [9, 14, 27, 53, 105, 209][b];
            let history = History {
                hint: 0,
                alg: Alg::keeping(low_bits as u32, 8),
                seed: seed as u64,
                statements: vec![Statement::set(0, n)],
            };
            let keys: Vec<_> = writes.iter().map(i64::to_string).collect();
            let keys = keys.join(", ");
            let text =
                format!("{history}; for _, k := range []int{{{keys}}} {{ delete(m, k+300) }}");
            program((history, writes), text)
        });
        search(run, &programs, |program| {
            let (history, keys) = &program.parts;
            let mut m = history.made();
            let n = m.chains().len() / 2;
            // The write that started it was the first.
            let mut writes = 1;
            for key in keys {
                if !m.hmap().growing() {
                    break;
                }
                m.remove(&(key + 300));
                writes += 1;
            }
            hold(
                (n.div_ceil(2)..=n).contains(&writes) && !m.hmap().growing(),
                format!(
                    "after {writes} writes {} of {n} old buckets are left",
                    unmoved(&m)
                ),
                format!("写了 {writes} 次，{n} 个旧桶还剩 {} 个", unmoved(&m)),
            )
        })
    },
};

/// Whether `m` says what `model` says, by every way of asking.
fn agrees(m: &IntMap, model: &Model, keys: i64) -> Result<(), Because> {
    same("len(m)", m.len(), model.len())?;
    for key in 0..keys {
        let (got, want) = (m.get(&key), model.get(&key));
        hold(
            got == want,
            format!("m[{key}] is {got:?}, not {want:?}"),
            format!("m[{key}] 是 {got:?}，不是 {want:?}"),
        )?;
    }
    Ok(())
}

pub(crate) const DICTIONARY: Law = Law {
    name: "a-lookup-is-right-in-every-state-of-growth",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "After every single write, in the middle of a growth or not, each key is found with \
             the value stored last, and no other key is found.",
        zh: "每次写入之后，不管扩容进行到哪一步，每个 key 都能查到最后一次存入的值，没有的 key 也查不到。",
    },
    go: "runtime/map.go: mapaccess2",
    search: |run| {
        let first = dials([0..=3, 0..=16, 0..=999]);
        let few = (first, vec(statements(44, 16), 1..=6)).prop_map(|parts| {
            let ([alg, hint, seed], statements) = parts;
            History {
                hint,
                alg: Alg::keeping([56, 3, 1, 0][alg], 8),
                seed: seed as u64,
                statements,
            }
        });
        search(run, &few, |history| {
            let (mut m, mut model) = (history.make(), Model::new());
            for write in history.writes() {
                write.apply(&mut m);
                write.apply_to_model(&mut model);
                agrees(&m, &model, 60)?;
            }
            m.check();
            Ok(())
        })
    },
};
