//! What a delete does: it empties a cell, and that is all.
//!
//! ```text
//!   full        51 1f 8c 2e  0  0  0  0
//!   delete      51 1f  1 2e  0  0  0  0     emptyOne: something follows
//!   delete      51  0  0  0  0  0  0  0     emptyRest: nothing follows, lookups may stop here
//! ```
//!
//! Go: runtime/map.go: mapdelete, mapclear.

use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::history::{History, IntMap, Model, Statement, Write, histories};
use super::look::{Bucket, Cells, array_address, cells, overflows, same_number, settle};
use crate::slice::program::program;
use crate::{Because, Law, Text, dials, hold, same, search};

const CHAPTER: &str = "delete";

pub(crate) const NEVER_SHRINKS: Law = Law {
    name: "delete-never-shrinks",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "Deleting frees no bucket: B, the array and the overflow buckets stay, even when the \
             last entry is gone.",
        zh: "delete 不会释放任何桶：B、桶数组、溢出桶都留着，删到一个不剩也一样。",
    },
    go: "runtime/map.go: mapdelete",
    search: |run| {
        let drains = dials([0..=300, 0..=300, 0..=300, 0..=56, 0..=999]).prop_map(
            |[n, from, count, low_bits, seed]| History {
                hint: 0,
                alg: Alg::keeping(low_bits as u32, 8),
                seed: seed as u64,
                statements: vec![Statement::set(0, n), Statement::delete(from as i64, count)],
            },
        );
        search(run, &drains, |history| {
            let mut m = history.make();
            let n_stores = history
                .writes()
                .filter(|w| matches!(w, Write::Set(..)))
                .count();
            history
                .writes()
                .take(n_stores)
                .for_each(|write| write.apply(&mut m));
            settle(&mut m);
            let kept = |m: &IntMap| (m.hmap().b(), array_address(m), overflows(m), m.bytes());
            let before = kept(&m);
            history
                .writes()
                .skip(n_stores)
                .for_each(|write| write.apply(&mut m));
            let after = kept(&m);
            same("len(m)", m.len(), history.model().len())?;
            hold(
                before == after,
                format!("B, array, overflow buckets, bytes: {before:?} became {after:?}"),
                format!("B、数组、溢出桶、字节数：{before:?} 变成 {after:?}"),
            )
        })
    },
};

pub(crate) const RESEEDS: Law = Law {
    name: "the-last-delete-changes-the-seed",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The hash seed of a map changes when its last entry is deleted, and at no other \
             assignment or delete, growth included.",
        zh: "删掉最后一个元素时，map 会换哈希种子；其他任何赋值和删除，连扩容在内，都不会换。",
    },
    go: "runtime/map.go: mapdelete",
    search: |run| {
        // The end of each program deletes what is left, so that every program has a last entry.
        let drained = histories().prop_map(|history| {
            let all = Statement::delete(0, 160);
            let statements = [history.statements, vec![all]].concat();
            History {
                statements,
                ..history
            }
        });
        search(run, &drained, |history| {
            let (mut m, mut model) = (history.make(), Model::new());
            for write in history.writes() {
                let (seed, count) = (m.hmap().hash0(), model.len());
                write.apply(&mut m);
                write.apply_to_model(&mut model);
                let changed = m.hmap().hash0() != seed;
                hold(
                    changed == (count == 1 && model.is_empty()),
                    format!("{write}: the seed changes: {changed}"),
                    format!("{write}：种子变了：{changed}"),
                )?;
            }
            Ok(())
        })
    },
};

pub(crate) const FREED_CELL: Law = Law {
    name: "a-new-key-takes-the-first-empty-cell",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A new key goes into the first empty cell of its chain, so the cells that deletes have \
             left are filled before the chain gets longer.",
        zh: "新 key 放进它那条链的第一个空槽位：删除留下的空位先填满，链才会变长。",
    },
    go: "runtime/map.go: mapassign",
    search: |run| {
        // The hint has room for all, so that no growth repacks the chains.
        let holes = dials([0..=60, 0..=60, 0..=60, 1..=30, 0..=3, 0..=999]).prop_map(
            |[n, from, count, new, low_bits, seed]| History {
                hint: 400,
                alg: Alg::keeping(low_bits as u32, 8),
                seed: seed as u64,
                statements: vec![
                    Statement::set(0, n),
                    Statement::delete(from as i64, count),
                    Statement::set(100, new),
                ],
            },
        );
        search(run, &holes, |history| {
            let mut m = history.make();
            for write in history.writes() {
                let hash = m.hasher().hash(write.key(), m.hmap().hash0());
                let index = hash as usize % m.hmap().n_buckets();
                let is_new = write.is_new_in(&m);
                let chain = |m: &IntMap| m.chains().nth(index).map(cells).unwrap_or_default();
                let place = |wanted: &dyn Fn(Option<i64>) -> bool, m: &IntMap| {
                    let chain = chain(m);
                    let mut all = chain.iter().flat_map(|(_, cells)| cells);
                    let at = all.position(|cell| wanted(cell.map(|(key, _)| key)));
                    at.unwrap_or(8 * chain.len())
                };
                let first_empty = place(&|key| key.is_none(), &m);
                write.apply(&mut m);
                if is_new {
                    let cell = place(&|key| key == Some(write.key()), &m);
                    same_number("cell", "槽位", cell, first_empty)?;
                }
            }
            Ok(())
        })
    },
};

/// Whether `emptyRest` stands in every cell behind the last entry of a chain, and nowhere else.
fn marks_are_right(chain: &Cells) -> Result<(), Because> {
    let bytes: Vec<u8> = chain.iter().flat_map(|(bytes, _)| *bytes).collect();
    let full = |(_, cells): &Bucket| cells.map(|cell| cell.is_some());
    let full: Vec<bool> = chain.iter().flat_map(full).collect();
    let last = full.iter().rposition(|full| *full);
    let behind = last.map_or(0, |last| last + 1);
    let right = (0..bytes.len()).all(|cell| (bytes[cell] == 0) == (cell >= behind));
    hold(
        right,
        format!("the tophash bytes of a chain are {bytes:?}, its last entry is in {last:?}"),
        format!("一条链的 tophash 是 {bytes:?}，最后一个元素在 {last:?}"),
    )
}

pub(crate) const EMPTY_REST_MARCHES: Law = Law {
    name: "empty-rest-stands-wherever-nothing-follows",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A delete marks its cell empty, and if nothing follows in the chain, marks that too, \
             and all empty cells before it: so a lookup ends at the last entry.",
        zh: "delete 把槽位标成空；如果链上后面再没有元素，就标成“其后全空”，\
             并一路往前改到上一个元素，查找走到那里就能停。",
    },
    go: "runtime/map.go: mapdelete",
    search: |run| {
        search(run, &histories(), |history| {
            let mut m = history.make();
            for write in history.writes() {
                write.apply(&mut m);
                if !m.hmap().growing() {
                    let hash = m.hasher().hash(write.key(), m.hmap().hash0());
                    let mut chains = m.chains();
                    if let Some(chain) = chains.nth(hash as usize % m.hmap().n_buckets()) {
                        marks_are_right(&cells(chain))?;
                    }
                }
            }
            settle(&mut m);
            m.chains()
                .try_for_each(|chain| marks_are_right(&cells(chain)))
        })
    },
};

pub(crate) const CLEAR_KEEPS: Law = Law {
    name: "clearing-keeps-the-buckets",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A loop that deletes every key is one runtime call (for keys that equal themselves): \
             the map keeps its B, gets a new seed, ends its growth, and can be filled as far as \
             before without growing.",
        zh: "用 range 删光所有 key，会被编译成一次 mapclear\
             （key 类型须自反，不能含浮点、复数或 interface）：B 不变，换新种子，扩容当场结束，\
             之后再存入一样多的 key 也不用扩容。",
    },
    go: "runtime/map.go: mapclear",
    search: |run| {
        let cleared = histories().prop_map(|history| {
            let text = format!("{history}; for k := range m {{ delete(m, k) }}");
            program(history, text)
        });
        search(run, &cleared, |program| {
            let mut m = program.parts.made();
            if m.is_empty() {
                return Ok(());
            }
            let (b, seed, n) = (m.hmap().b(), m.hmap().hash0(), m.len());
            m.clear();
            let h = m.hmap();
            same("h.B", h.b(), b)?;
            same("h.count", h.count(), 0)?;
            same("h.noverflow", h.noverflow(), 0)?;
            same("h.oldbuckets != nil", h.growing(), false)?;
            hold(h.hash0() != seed, "the seed stays", "种子没换")?;
            let found = (0..160).filter(|key| m.contains_key(key)).count();
            same_number("keys found", "查到的 key", found, 0)?;
            let array = array_address(&m);
            Statement::set(1000, n)
                .writes(0)
                .for_each(|write| write.apply(&mut m));
            same("h.B", m.hmap().b(), b)?;
            let same_array = array_address(&m) == array;
            hold(same_array, "the map has grown", "map 扩容了")
        })
    },
};
