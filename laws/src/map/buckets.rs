//! What is inside a map: which bucket, which cell, and how many keys a lookup compares.
//!
//! ```text
//!   hash    ┌─ top byte ─┬────── … ──────┬─ low B bits ─┐
//!                │                              └─▶ the bucket
//!                └─▶ the tophash byte of the cell; 0 to 4 mean something else, so they become
//!                    5 to 9
//! ```
//!
//! Keys that count how often they are compared show what the byte saves. The oracle computes the
//! hash by itself, divides by the number of buckets, and walks.
//!
//! Go: runtime/map.go: bmap, tophash, mapaccess1, newoverflow.

use core::hash::{Hash, Hasher};
use std::cell::Cell;

use hmap::{Chain, Map, fastrand};
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::history::{History, IntMap, Statement, histories};
use super::look::{Snapshot, cells, keys, overflows, overflows_needed, same_number, settle};
use crate::slice::program::program;
use crate::{Because, Law, Text, dials, hold, same, search};

pub(crate) const CHAPTER: &str = "buckets";

thread_local! {
    static COMPARISONS: Cell<usize> = const { Cell::new(0) };
}

/// An int that counts how often it is compared.
#[derive(Clone, Debug)]
struct Counting(i64);

impl PartialEq for Counting {
    fn eq(&self, other: &Self) -> bool {
        COMPARISONS.set(COMPARISONS.get() + 1);
        self.0 == other.0
    }
}

impl Eq for Counting {}

impl Hash for Counting {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// The byte that stands for a hash in front of a cell.
fn byte_of(hash: u64) -> u64 {
    let top = hash / (1 << 56);
    if top < 5 { top + 5 } else { top }
}

/// The keys that a lookup of `key` has to compare: those of its chain with its byte, up to itself.
fn comparisons_needed(m: &Map<Counting, i64, Alg>, key: i64) -> usize {
    let hash = |key: i64| m.hasher().hash(key, m.hmap().hash0());
    let index = hash(key) % m.hmap().n_buckets() as u64;
    let chain = m.chains().nth(index as usize);
    let chain: Vec<i64> = chain
        .into_iter()
        .flat_map(Chain::entries)
        .map(|(key, _)| key.0)
        .collect();
    let up_to = chain
        .iter()
        .position(|other| *other == key)
        .map_or(chain.len(), |i| i + 1);
    let equal_byte = |other: &&i64| byte_of(hash(**other)) == byte_of(hash(key));
    chain[..up_to].iter().filter(equal_byte).count()
}

pub(crate) const EIGHT_AND_TOP_BYTE: Law = Law {
    name: "buckets-hold-eight-and-the-top-byte-filters",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A bucket holds eight entries, and in front of each stands the top byte of its hash; a \
             lookup compares only the keys whose byte is the one it looks for.",
        zh: "一个桶放 8 个元素，每个槽位配一个 tophash，也就是哈希值的最高字节；\
             查找时，只有 tophash 相同的 key 才会真正比较。",
    },
    go: "runtime/map.go: mapaccess1",
    search: |run| {
        let lookups = dials([0..=40, 0..=50, 0..=8, 0..=56, 0..=999]).prop_map(
            |[n, key, top_bits, low_bits, seed]| {
                let alg = Alg::keeping(low_bits as u32, top_bits as u32);
                let fill = Statement::set(0, n).text(1);
                let text = format!("m := make(map[int]int, {n}); {fill}; v, ok := m[{key}]{alg}");
                program((n, key as i64, alg, seed as u64), text)
            },
        );
        search(run, &lookups, |program| {
            let (n, key, alg, seed) = program.parts;
            fastrand::seed(seed);
            let mut m: Map<Counting, i64, Alg> = Map::with_capacity_and_hasher(n, alg);
            for key in 0..n as i64 {
                m.insert(Counting(key), 1);
            }
            for bucket in m.chains().flat_map(Chain::buckets) {
                for (i, byte) in bucket.tophash().into_iter().enumerate() {
                    let hash = bucket
                        .cell(i)
                        .map(|(key, _)| alg.hash(key.0, m.hmap().hash0()));
                    same("b.tophash[i]", u64::from(byte), hash.map_or(0, byte_of))?;
                }
            }
            COMPARISONS.set(0);
            let found = m.contains_key(&Counting(key));
            let compared = COMPARISONS.get();
            same("ok", found, key < n as i64)?;
            hold(
                compared == comparisons_needed(&m, key),
                format!("{compared} keys are compared"),
                format!("比较了 {compared} 个 key"),
            )
        })
    },
};

/// Whether every entry of `chain` has a hash that leaves `index` when divided by `n_buckets`.
fn all_belong(
    m: &IntMap,
    chain: Chain<'_, i64, i64>,
    index: usize,
    n_buckets: usize,
) -> Result<(), Because> {
    for key in keys(chain) {
        let hash = m.hasher().hash(key, m.hmap().hash0());
        let belongs = hash % n_buckets as u64;
        hold(
            belongs == index as u64,
            format!("key {key} is in bucket {index}, its hash says {belongs} of {n_buckets}"),
            format!("key {key} 在 {index} 号桶，按哈希应在 {n_buckets} 个里的 {belongs} 号"),
        )?;
    }
    Ok(())
}

pub(crate) const LOW_BITS: Law = Law {
    name: "low-bits-choose-the-bucket",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The low B bits of its hash say which of the 2^B buckets an entry is in; while it \
             doubles, one bit less does for what the old array still holds.",
        zh: "哈希值的低 B 位决定元素落在 2^B 个桶中的哪一个；\
             翻倍扩容途中，还留在旧数组里的那些则少看一位。",
    },
    go: "runtime/map.go: bucketMask",
    search: |run| {
        search(run, &histories(), |history| {
            let m = history.made();
            let mut found = 0;
            for (index, chain) in m.chains().enumerate() {
                all_belong(&m, chain, index, m.chains().len())?;
                found += keys(chain).len();
            }
            let halves = if m.hmap().same_size_grow() { 1 } else { 2 };
            for (index, chain) in m.old_chains() {
                all_belong(&m, chain, index, m.chains().len() / halves)?;
                found += keys(chain).len();
            }
            same_number("entries", "元素", found, history.model().len())
        })
    },
};

pub(crate) const NINTH_OVERFLOWS: Law = Law {
    name: "an-overflow-bucket-comes-with-the-ninth",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "As long as nothing is deleted, a chain is no longer than its entries need: the first \
             overflow bucket comes with the ninth, the next with the seventeenth.",
        zh: "只要没有删除过，链就不会比需要的更长：第 9 个元素才带来第一个溢出桶，\
             第 17 个才带来第二个。",
    },
    go: "runtime/map.go: newoverflow",
    search: |run| {
        let filled = dials([0..=56, 0..=300, 0..=300, 0..=999]).prop_map(|parts| {
            let [low_bits, hint, n, seed] = parts;
            History {
                hint,
                alg: Alg::keeping(low_bits as u32, 8),
                seed: seed as u64,
                statements: vec![Statement::set(0, n)],
            }
        });
        search(run, &filled, |history| {
            let mut m = history.made();
            settle(&mut m);
            for chain in m.chains() {
                let (longer, entries) = (chain.buckets().count() - 1, keys(chain).len());
                let needed = overflows_needed(entries);
                same_number("overflow buckets", "溢出桶", longer, needed)?;
            }
            let counted = usize::from(m.hmap().noverflow());
            same("h.noverflow", counted, overflows(&m))
        })
    },
};

pub(crate) const SAME_SEED: Law = Law {
    name: "the-seed-and-the-writes-decide-everything",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Two maps with the same seed and the same writes have the same entries in the same \
             cells; with another seed the entries are the same and lie elsewhere.",
        zh: "哈希种子相同、写入相同的两个 map，每个槽位里的内容都相同；\
             换一个种子，元素不变，位置则不同。",
    },
    go: "runtime/map.go: mapassign",
    search: |run| {
        search(run, &histories(), |history| {
            let (one, two) = (history.made(), history.made());
            let seed = history.seed + 1000;
            let other = History {
                seed,
                ..history.clone()
            }
            .made();
            let (first, second) = (Snapshot::of(&one), Snapshot::of(&two));
            hold(first == second, "the maps differ", "两个 map 不一样")?;
            same("m == other", one == other, true)?;
            // Twelve entries in one order by chance: one case in 479 million.
            let far_apart = one.len() < 12 || one.chains().len() < 2;
            let elsewhere = || !one.chains().map(cells).eq(other.chains().map(cells));
            hold(
                far_apart || elsewhere(),
                "another seed changes nothing",
                "换了种子，位置却没变",
            )
        })
    },
};
