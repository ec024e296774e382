//! Walks: the rotations of one bucket, and a walk through a map that is in the middle of growing.
//!
//! ```text
//!   one bucket      1 2 3 4 5 6 7 8          start at cell 3:   4 5 6 7 8 1 2 3
//!   three keys      1 2 3 · · · · ·          start at cells 3 to 7, or 0:   1 2 3
//! ```
//!
//! The twenty thousand walks that are counted start where the map's random numbers say; those that
//! are shown in pictures start at a place that shows something.
//!
//! Go: runtime/map.go: mapiterinit, mapiternext.

use std::collections::BTreeMap;

use hmap::Map;

use super::{ByHand, make, picture, program, seeded};
use crate::trace::{Recorder, Trace};

/// The map of the program.
type Bools = Map<u8, bool, ByHand>;

/// Orders counted, and writes under way.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("order"));
    let mut m: Bools = make(0);
    for k in 1..=8 {
        m.insert(k, true);
    }
    run.step(
        "for k := uint8(1); k <= 8; k++ {",
        "Eight keys fill one bucket, cells 0 to 7 in the order of insertion.",
        "8 个 key 正好装满一个桶，按插入顺序占 0 到 7 号槽位。",
        picture("m", &m, addresses),
    );
    let seen = walks(&mut m);
    let orders: Vec<_> = seen.keys().map(String::as_str).collect();
    run.print(
        "fmt.Println(len(orders), \"orders of 40320:\", orders)",
        &format!("{} orders of 40320: [{}]\n", orders.len(), orders.join(" ")),
    );
    run.step(
        "seen[walk(m)]++",
        "10000 walks. With one bucket only the cell to begin with is left to chance: 8 rotations.",
        "遍历 10000 次。只有一个桶，随机的就只剩起始槽位：8 种轮转。",
        picture("m", &m, addresses),
    );
    for k in 4..=8 {
        m.remove(&k);
    }
    let seen = walks(&mut m);
    for order in ["123", "231", "312"] {
        let eighths = (seen.get(order).copied().unwrap_or(0) * 8 + 5000) / 10000;
        run.print(
            "fmt.Println(order, \"in\", (seen[order]*8+5000)/10000, \"of 8 walks\")",
            &format!("{order} in {eighths} of 8 walks\n"),
        );
    }
    run.step(
        "for k := uint8(4); k <= 8; k++ {",
        "Three keys are left in cells 0, 1, 2. A walk from one of the cells 3 to 7, which are \
         empty, comes to key 1 first, and so does one from cell 0: 6 of 8.",
        "剩下三个 key，在 0、1、2 号槽位。从空着的 3 到 7 号开始，先遇到的是 key 1，\
         从 0 号开始也是：8 种起点里占 6 种。",
        picture("m", &m, addresses),
    );
    for k in 4..=27 {
        m.insert(k, true);
    }
    run.step(
        "for k := uint8(4); k <= 27; k++ {",
        "Key 27 made the map grow: 8 new buckets, and two of the 4 old ones are not moved yet \
         (empty new ones are not drawn).",
        "第 27 个 key 触发了扩容：8 个新桶（空的没画出来）；4 个旧桶里还有两个没搬。",
        picture("m", &m, addresses),
    );
    walk_and_write(&mut run, &mut m, addresses);
    walk_and_delete(&mut run, &mut m, addresses);
    run.finish()
}

/// How often each order comes in 10000 walks.
fn walks(m: &mut Bools) -> BTreeMap<String, u32> {
    let mut seen = BTreeMap::new();
    for _ in 0..10000 {
        let (mut walk, mut order) = (m.hiter(), String::new());
        while let Some((k, _)) = walk.next(m) {
            order.push_str(&k.to_string());
        }
        *seen.entry(order).or_insert(0) += 1;
    }
    seen
}

/// The loop that stores under each key that it meets.
fn walk_and_write(run: &mut Recorder, m: &mut Bools, addresses: bool) {
    let mut walk = m.iter_from(5, 2);
    let mut met: Vec<u8> = Vec::new();
    while let Some((&k, _)) = walk.next(m) {
        met.push(k);
        if met.len() == 1 {
            run.step(
                "steps++",
                &format!(
                    "A walk from bucket 5, cell 2. Bucket 5 is empty, since old bucket 1 is not \
                     moved: the walk looks there, and takes the keys that will come to bucket 5. \
                     It meets key {k} first."
                ),
                &format!(
                    "从 5 号桶、2 号槽位开始遍历。5 号桶还是空的，因为旧的 1 号桶没搬：\
                     遍历就到旧桶里看，只取将来会搬到 5 号桶的 key。最先遇到 key {k}。"
                ),
                picture("m", m, addresses),
            );
        }
        m.insert(k, false);
        if met.len() == 1 {
            run.step(
                "m[k] = false",
                "The store moves the old bucket that it needs, and one more: the growth is over \
                 in the middle of the walk. Storing under a key that is there neither hides a key \
                 from the walk nor shows one twice.",
                "这次赋值搬走了它要用的旧桶，再多搬一个：遍历才走一步，扩容就结束了。\
                 给已有的 key 赋值，不会让遍历漏掉或重复。",
                picture("m", m, addresses),
            );
        }
    }
    let steps = met.len();
    let order = met.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
    met.sort_unstable();
    met.dedup();
    run.print(
        "fmt.Println(len(m), \"keys,\", steps, \"steps,\", len(met), \"met\")",
        &format!("{} keys, {steps} steps, {} met\n", m.len(), met.len()),
    );
    run.step(
        "met[k] = true",
        &format!("The walk went on over buckets 6, 7, 0 to 4 and met each key once: {order}."),
        &format!("遍历接着走 6、7、0 到 4 号桶，每个 key 恰好遇到一次：{order}。"),
        picture("m", m, addresses),
    );
}

/// The loop that deletes all other keys at its first step.
fn walk_and_delete(run: &mut Recorder, m: &mut Bools, addresses: bool) {
    let (mut walk, mut steps) = (m.iter_from(5, 2), 0);
    while let Some((&k, _)) = walk.next(m) {
        steps += 1;
        for other in (1..=27).filter(|other| *other != k) {
            m.remove(&other);
        }
    }
    run.print(
        "fmt.Println(\"others deleted at the first step:\", steps, \"step\")",
        &format!("others deleted at the first step: {steps} step\n"),
    );
    run.step(
        "if other != k {",
        "The walk looks into the cells when it comes to them, so what was deleted is not met.",
        "遍历走到槽位时才去看里面有什么，所以已删除的不会再遇到。",
        picture("m", m, addresses),
    );
}
