//! One growth, write by write.
//!
//! ```text
//!   old   0  1  2  3            26 keys; key 26 is the 27th
//!         │╲ │╲ │╲ │╲
//!   new   0 4 1 5 2 6 3 7       X: the same number, Y: the number + 4, by bit 2 of the hash
//! ```
//!
//! Go: runtime/map.go: hashGrow, growWork, evacuate, advanceEvacuationMark.

use hmap::Map;

use super::{ByHand, make, picture, program, seeded};
use crate::trace::{Recorder, Trace};

/// The map of the program.
type Bools = Map<u8, bool, ByHand>;

/// From four buckets to eight.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("evacuation"));
    let mut m: Bools = make(0);
    for k in 0..26 {
        m.insert(k, true);
    }
    run.print(
        "fmt.Println(\"26 keys: B\", h.B, \"growing\", h.oldbuckets != nil)",
        &format!(
            "26 keys: B {} growing {}\n",
            m.hmap().b(),
            m.hmap().growing()
        ),
    );
    run.step(
        "for k := uint8(0); k < 26; k++ {",
        "26 keys in four buckets, exactly 6.5 for each: not more, so there is no growth yet.",
        "26 个 key，4 个桶，平均每桶正好 6.5 个：没有超过，还不扩容。",
        picture("m", &m, addresses),
    );
    m.insert(26, true);
    run.print(
        "fmt.Println(\"27 keys: B\", h.B, \"growing\", h.oldbuckets != nil, \"moved\", moved(h), \
         \"of 4\")",
        &format!(
            "27 keys: B {} growing {} moved {} of 4\n",
            m.hmap().b(),
            m.hmap().growing(),
            moved(&m)
        ),
    );
    run.step(
        "m[26] = true",
        "Above 6.5: eight new buckets (empty ones are not drawn). The store needs old bucket 2, \
         moves it (2, 10, 18 to bucket 2, 6, 14, 22 to bucket 6), and moves bucket 0, the first \
         in line; then it puts 26 into bucket 2. The mark nevacuate says that all before 1 are \
         moved. Old buckets before the mark are drawn as 'evacuated', without looking.",
        "超过 6.5：分配 8 个新桶（空的没画出来）。这次赋值要用旧的 2 号桶，就搬走它（2、10、18 到 2 号桶，\
         6、14、22 到 6 号桶），再按顺序搬走 0 号桶；然后把 26 放进 2 号桶。\
         nevacuate 表示 1 之前的旧桶都已搬走；之前的旧桶只画成 evacuated，不再细看。",
        picture("m", &m, addresses),
    );
    read(&mut run, &mut m, addresses);
    write_on(&mut run, &mut m, addresses);
    run.finish()
}

/// 54 reads.
fn read(run: &mut Recorder, m: &mut Bools, addresses: bool) {
    let stored = (0..27).filter(|k| m.get(k) == Some(&true)).count();
    let mut walk = m.hiter();
    let walked = std::iter::from_fn(|| walk.next(m).map(|_| ())).count();
    run.print(
        "fmt.Println(\"54 reads: found\", found, \"moved\", moved(h), \"of 4\")",
        &format!(
            "54 reads: found {} moved {} of 4\n",
            stored + walked,
            moved(m)
        ),
    );
    run.step(
        "for range m {",
        "27 lookups and a walk over 27 keys. Every key is found, some in the old array, and \
         nothing has moved; only the flags say that somebody walked.",
        "27 次查找，加一次遍历 27 个 key。每个 key 都找得到，有的是在旧数组里找到的；\
         什么都没搬，只有 flags 记下了有人在遍历。",
        picture("m", m, addresses),
    );
}

/// Two writes more.
fn write_on(run: &mut Recorder, m: &mut Bools, addresses: bool) {
    m.remove(&98);
    run.step(
        "delete(m, 98)",
        "Nothing is deleted, but it is a write: 98 belongs to old bucket 2, which has been moved \
         already; the next in line is bucket 1. Keys 1, 9, 17, 25 stay at 1 (X), 5, 13, 21 go to \
         5 (Y).",
        "什么也没删掉，但这也算写：98 属于旧的 2 号桶，已经搬过；按顺序轮到 1 号桶。\
         1、9、17、25 留在 1 号（X），5、13、21 到 5 号（Y）。",
        picture("m", m, addresses),
    );
    m.remove(&99);
    run.print(
        "fmt.Println(\"two writes later: B\", h.B, \"growing\", h.oldbuckets != nil)",
        &format!(
            "two writes later: B {} growing {}\n",
            m.hmap().b(),
            m.hmap().growing()
        ),
    );
    run.step(
        "delete(m, 99)",
        "99 needs old bucket 3, the last one. The mark reaches 4, the old array is let go, and \
         the growth is over.",
        "99 要用旧的 3 号桶，也是最后一个。nevacuate 到了 4，旧数组不再被引用，扩容结束。",
        picture("m", m, addresses),
    );
}

/// How many old buckets are moved.
fn moved(m: &Bools) -> usize {
    let before_the_mark = m.hmap().nevacuate();
    let behind = m.old_chains().filter(|(_, chain)| chain.evacuated());
    before_the_mark + behind.count()
}
