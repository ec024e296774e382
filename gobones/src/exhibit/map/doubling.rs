//! The two ways to grow: doubled when full, repacked when overflow buckets pile up.
//!
//! ```text
//!   9 keys in 1 bucket        ──▶  2 buckets                      doubled
//!   12 keys, 2 of 2 buckets   ──▶  2 buckets, nothing behind      repacked
//!   with an overflow each
//! ```
//!
//! In the second half the keys 0 to 8, 16 to 18 and 21 hash to bucket 0 ([`LEFT`]), all others to
//! bucket 1, so that first the one bucket overflows and then the other.
//!
//! Go: runtime/map.go: overLoadFactor, tooManyOverflowBuckets, hashGrow.

use hmap::Map;
use layout::Picture;

use super::{ByHand, Int, make, picture, program, seeded};
use crate::trace::{Recorder, Trace};

/// The keys below 32 that go to bucket 0 in the second half, a bit each.
const LEFT: u64 = 0b10_0111_0000_0001_1111_1111;

/// Growth by load, then by overflow buckets.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("doubling"));
    let mut m = make::<Int, Int>(0);
    run.step(
        "m := make(map[int]int)",
        "No hint: the first bucket is allocated by the first store.",
        "没有给容量提示：第一个桶要等第一次赋值才分配。",
        picture("m", &m, addresses),
    );
    let mut b = m.hmap().b();
    for k in 1..=1000 {
        m.insert(k, k);
        if m.hmap().b() != b {
            b = m.hmap().b();
            run.print("fmt.Print(k, \":\", B, \" \")", &format!("{k}:{b} "));
        }
        if let Some((en, zh)) = at_key(k) {
            run.step("m[k] = k", en, zh, picture("m", &m, addresses));
        }
    }
    run.print("fmt.Println()", "\n");
    repack(&mut run, addresses);
    run.finish()
}

/// What is to be said after the store of key `k`; most keys pass in silence.
fn at_key(k: Int) -> Option<(&'static str, &'static str)> {
    match k {
        8 => Some((
            "Eight keys fill the one bucket. B is 0: 2^0 buckets.",
            "8 个 key 装满唯一的桶。B 是 0：2^0 个桶。",
        )),
        9 => Some((
            "Key 9 is more than a bucket holds: an array of two is made, and this store moves the \
             one old bucket at once, even keys to bucket 0, odd ones to bucket 1.",
            "第 9 个 key 一个桶放不下了：分配两个桶的新数组，这次赋值顺手就把唯一的旧桶搬完：\
             偶数 key 到 0 号桶，奇数 key 到 1 号桶。",
        )),
        _ => None,
    }
}

/// A window of twelve keys moves on until the map is repacked.
fn repack(run: &mut Recorder, addresses: bool) {
    let low: fn(u64) -> u64 = |key| 1 - (LEFT >> key & 1);
    let mut w: Map<Int, bool, ByHand> = Map::with_capacity_and_hasher(12, ByHand { low });
    let shown = |w: &Map<Int, bool, ByHand>| -> Picture { picture("w", w, addresses) };
    for k in 0..12 {
        w.insert(k, true);
    }
    run.step(
        "for k := 0; k < 12; k++ {",
        "1000 keys later B is 8; and now another map, of 12 keys. Bucket 0 got nine of them, so it \
         has an overflow bucket.",
        "1000 个 key 之后，B 是 8；再看另一个 map，12 个 key。0 号桶分到 9 个，于是挂了一个溢出桶。",
        shown(&w),
    );
    let mut noverflow = 0;
    for k in 12..=21 {
        noverflow = w.hmap().noverflow();
        w.remove(&(k - 12));
        w.insert(k, true);
        if k == 20 {
            run.step(
                "delete(w, k-12)",
                "Each round deletes the oldest key and adds one. Bucket 0 is mostly holes by now, \
                 but keeps its overflow bucket; and with key 20 bucket 1 needs one too.",
                "每一轮删掉最旧的 key，再加一个新的。0 号桶已经大半是空洞，溢出桶却还挂着；\
                 到 key 20，1 号桶也要挂一个。",
                shown(&w),
            );
        }
    }
    let hmap = w.hmap();
    run.print(
        "fmt.Println(\"repacked: len\", len(w), \"B\", h.B, \"overflow buckets before\", \
         noverflow)",
        &format!(
            "repacked: len {} B {} overflow buckets before {noverflow}\n",
            w.len(),
            hmap.b()
        ),
    );
    run.step(
        "for k := 12; h.buckets == buckets; k++ {",
        "Two overflow buckets for two buckets: key 21 sets off a growth of the same size. All \
         entries stand together at the front of two new buckets; B is as before.",
        "两个桶，两个溢出桶：key 21 触发等量扩容。元素重新排到两个新桶的前面，不留空洞；B 不变。",
        shown(&w),
    );
}
