//! What deleting leaves: marks in cells, all the buckets, and a new seed.
//!
//! ```text
//!   14 keys in 4 buckets ──13 deletes──▶ 1 key in 4 buckets ──copy──▶ 1 key in 1 bucket
//! ```
//!
//! Go: runtime/map.go: mapdelete.

use hmap::{Bmap, Map, View};

use super::{ByHand, Int, make, picture, program, seeded};
use crate::trace::{Recorder, Trace};

/// A map emptied, and one copied.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("delete"));
    let mut m = make::<Int, Int>(0);
    for k in 0..100_000 {
        m.insert(k, k);
    }
    run.print(
        "fmt.Println(\"full: len\", len(m), \"KiB of buckets\", 1<<h.B*144/1024)",
        &format!("full: len {} KiB of buckets {}\n", m.len(), kib(&m)),
    );
    for k in 0..100_000 {
        m.remove(&k);
    }
    run.print(
        "fmt.Println(\"emptied: len\", len(m), \"KiB of buckets\", 1<<h.B*144/1024)",
        &format!("emptied: len {} KiB of buckets {}\n", m.len(), kib(&m)),
    );
    drop(m);
    let mut s = make::<u8, bool>(0);
    for k in 0..14 {
        s.insert(k, true);
    }
    run.step(
        "s[k] = true",
        "The big map kept all its 2^14 buckets. A small one shows how: 14 keys in four buckets.",
        "大的 map 把 2^14 个桶全留着。换个小的来看：14 个 key，4 个桶。",
        picture("s", &s, addresses),
    );
    one_left(&mut run, &mut s, addresses);
    run.finish()
}

/// KiB of the bucket array, as the Go program counts them.
fn kib(m: &Map<Int, Int, ByHand>) -> usize {
    (Bmap::<Int, Int>::LAYOUT.size << m.hmap().b()) / 1024
}

/// Deletes all keys but one, copies it, and deletes it too.
fn one_left(run: &mut Recorder, s: &mut Map<u8, bool, ByHand>, addresses: bool) {
    let hash0 = s.hmap().hash0();
    let seed = |s: &Map<u8, bool, ByHand>| s.hmap().hash0() == hash0;
    s.remove(&0);
    run.step(
        "delete(s, k)",
        "Key 0 goes: its cell is marked emptyOne, and the elem is cleared. Nothing moves up.",
        "删掉 key 0：槽位标成 emptyOne，value 清零。后面的元素不会往前挪。",
        picture("s", s, addresses),
    );
    for k in (1..14).filter(|k| *k != 5) {
        s.remove(&k);
    }
    run.print(
        "fmt.Println(\"one left: len\", len(s), \"B\", h.B, \"same seed\", h.hash0 == hash0)",
        &format!(
            "one left: len {} B {} same seed {}\n",
            s.len(),
            s.hmap().b(),
            seed(s)
        ),
    );
    run.step(
        "if k != 5 {",
        "One key is left. Four buckets are there as before, with nearly nothing in them.",
        "只剩一个 key。4 个桶一个不少，里面几乎什么都没有。",
        picture("s", s, addresses),
    );
    let mut small = make::<u8, bool>(s.len());
    let mut walk = s.hiter();
    while let Some((k, v)) = walk.next(s) {
        small.insert(*k, *v);
    }
    run.step(
        "small[k] = v",
        "This is the way to give memory back: a new map of the size that is needed.",
        "要还内存，就这样做：按现在的大小新建一个 map，拷贝过去。",
        View::new()
            .with_addresses(addresses)
            .map("s", s)
            .map("small", &small)
            .picture(),
    );
    s.remove(&5);
    run.print(
        "fmt.Println(\"none left: len\", len(s), \"B\", h.B, \"same seed\", h.hash0 == hash0)",
        &format!(
            "none left: len {} B {} same seed {}\n",
            s.len(),
            s.hmap().b(),
            seed(s)
        ),
    );
    run.print(
        "fmt.Println(\"copy: len\", len(small), \"B\", h.B)",
        &format!("copy: len {} B {}\n", small.len(), small.hmap().b()),
    );
    run.step(
        "delete(s, 5)",
        "The last key goes, and hash0 changes: whatever collided under the old seed need not under \
         the new one. The buckets stay.",
        "最后一个 key 也删掉了，hash0 随之更换：旧种子下的碰撞，在新种子下未必还会碰撞。桶还是留着。",
        picture("s", s, addresses),
    );
}
