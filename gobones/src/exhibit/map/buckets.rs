//! A header and two buckets: where keys lie, how one is found, what a delete leaves.
//!
//! ```text
//!   m ──▶ hmap ──▶ bucket 0: keys 2, 4
//!                  bucket 1: keys 1, 3, 5
//! ```
//!
//! The lookup by hand reads tophash bytes and cells, as the Go program does with unsafe; it never
//! asks the map.
//!
//! Go: runtime/map.go: makemap, mapaccess1, mapassign, mapdelete.

use hmap::{Bmap, GoMap, Hmap, Key, Map};

use super::{ByHand, make, picture, program, seeded};
use crate::trace::{Recorder, Trace};

/// Five keys in two buckets.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("buckets"));
    let mut m = make::<u8, u8>(9);
    run.print(
        "fmt.Println(\"bytes:\", unsafe.Sizeof(m), unsafe.Sizeof(*h), unsafe.Sizeof(bmap{}))",
        &format!(
            "bytes: {} {} {}\n",
            size_of::<GoMap<u8, u8>>(),
            size_of::<Hmap>(),
            Bmap::<u8, u8>::LAYOUT.size
        ),
    );
    run.step(
        "m := make(map[uint8]uint8, 9)",
        "A hint of 9 is more than one bucket holds, so B is 1: two buckets. hash0 is the seed that \
         this map drew for its hashes.",
        "提示 9 个元素，一个桶装不下，所以 B 是 1：两个桶。hash0 是这个 map 抽到的哈希种子。",
        picture("m", &m, addresses),
    );
    m.insert(1, 10);
    run.step(
        "m[k] = 10 * k",
        "Key 1: the low bit of its hash is 1, so bucket 1; there the first free cell takes the \
         top byte of the hash (0xa1), the key and the elem.",
        "key 1：哈希最低位是 1，进 1 号桶；第一个空槽位写入哈希最高字节（0xa1）、key 和 value。",
        picture("m", &m, addresses),
    );
    for k in 2..=5 {
        m.insert(k, 10 * k);
    }
    run.print(
        "fmt.Println(\"count:\", h.count, \"B:\", h.B)",
        &format!("count: {} B: {}\n", m.hmap().count(), m.hmap().b()),
    );
    run.step(
        "for k := uint8(1); k <= 5; k++ {",
        "Even keys went to bucket 0, odd ones to bucket 1, each into the next free cell.",
        "偶数 key 进 0 号桶，奇数 key 进 1 号桶，依次占用下一个空槽位。",
        picture("m", &m, addresses),
    );
    let found: usize = (1..=5).map(|k| found_by_hand(&m, k)).sum();
    run.print(
        "fmt.Println(\"found by hand:\", found)",
        &format!("found by hand: {found}\n"),
    );
    run.step(
        "if b.tophash[c] == top && b.keys[c] == k {",
        "A lookup in four lines: the low bit chooses the bucket, eight bytes are compared with the \
         top byte, and only where they are equal a key is looked at.",
        "几行代码就是一次查找：最低位选桶，8 个 tophash 字节与最高字节比较，相等的槽位才去看 key。",
        picture("m", &m, addresses),
    );
    marks(&mut run, &mut m, addresses);
    run.finish()
}

/// What two deletes leave in the cells.
fn marks(run: &mut Recorder, m: &mut Map<u8, u8, ByHand>, addresses: bool) {
    m.remove(&3);
    run.step(
        "delete(m, 3)",
        "The cell of key 3 is marked emptyOne (1): empty, but a search must go on, for key 5 lies \
         behind.",
        "key 3 的 tophash 变成 emptyOne（1）：这里空了，但查找还得往后走，key 5 就在后面。",
        picture("m", m, addresses),
    );
    m.remove(&5);
    run.print(
        "fmt.Println(\"after delete:\", h.count, \"B:\", h.B)",
        &format!("after delete: {} B: {}\n", m.hmap().count(), m.hmap().b()),
    );
    run.step(
        "delete(m, 5)",
        "Nothing lies behind key 5, so its cell becomes emptyRest (0), empty from here on; and, \
         going back, that of key 3 too. A search ends at the first emptyRest.",
        "key 5 后面再没有元素，它的 tophash 变成 emptyRest（0），表示从这里起全空；\
         再往回走，key 3 的槽位也改成 emptyRest。查找遇到第一个 emptyRest 就结束。",
        picture("m", m, addresses),
    );
}

/// How many cells of its bucket hold `k`: the Go program's loop.
fn found_by_hand(m: &Map<u8, u8, ByHand>, k: u8) -> usize {
    let hash = Key::hash(&k, m.hasher(), m.hmap().hash0());
    let chain = m.chains().nth((hash & 1) as usize);
    let bucket = chain.and_then(|chain| chain.buckets().next());
    let bucket = bucket.expect("two buckets, from the hint");
    let tops = bucket.tophash().into_iter().enumerate();
    tops.filter(|(_, top)| *top == hmap::tophash::tophash(hash))
        .filter(|(c, _)| bucket.cell(*c).is_some_and(|(key, _)| *key == k))
        .count()
}
