//! A map beside what keeps order: a sorted slice, and a tree.
//!
//! ```text
//!   map      any order      find: a few steps     next key from 55 on: look at all
//!   slice    sorted         find: log2 n          next key from 55 on: log2 n, insert: move n/2
//!   tree     sorted         find: log2 n          next key from 55 on: log2 n, insert: log2 n
//! ```
//!
//! The Go program has a slice in the tree's part, since Go's library has no tree. Here the answers
//! about order come from std's `BTreeMap`; the counts are taken from the slice.
//!
//! Go: runtime/map.go: mapiternext.

use std::collections::BTreeMap;

use bumpalo::Bump;
use hmap::Map;
use layout::Picture;
use slice::Slice;

use super::{ByHand, Int, make, program, seeded};
use crate::trace::{Recorder, Trace};

/// The same keys, kept in three ways.
struct Kept<'h> {
    m: Map<Int, bool, ByHand>,
    s: Slice<'h, Int>,
    tree: BTreeMap<Int, bool>,
}

impl<'h> Kept<'h> {
    fn new() -> Self {
        Self {
            m: make(0),
            s: Slice::nil(),
            tree: BTreeMap::new(),
        }
    }

    /// Adds a key, and returns how many elements of the slice had to move.
    fn insert(&mut self, heap: &'h Bump, k: Int) -> usize {
        self.m.insert(k, true);
        self.tree.insert(k, true);
        let i = search(self.s, |at| at >= k).0;
        self.s = self.s.append(heap, 0);
        let moved = self.s.slice(i + 1..).copy_from(self.s.slice(i..));
        self.s.set(i, k);
        moved
    }

    /// The map and the slice; what std's tree looks like inside is its own business.
    fn picture(&self, addresses: bool) -> Picture {
        let mut picture = super::picture("m", &self.m, addresses);
        let mut view = slice::View::new().with_addresses(addresses);
        let sorted = view.slice("s", self.s).picture();
        picture.blocks.extend(sorted.blocks);
        picture.arrows.extend(sorted.arrows);
        picture
    }
}

/// Eight keys come, and are asked for in order.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("tree"));
    let heap = Bump::new();
    let mut kept = Kept::new();
    let keys = [50, 20, 80, 10, 30, 70, 90, 60];
    let moved: usize = keys.into_iter().map(|k| kept.insert(&heap, k)).sum();
    run.print(
        "fmt.Println(\"sorted slice:\", s, \"elements moved\", moved)",
        &format!("sorted slice: {} elements moved {moved}\n", kept.s),
    );
    run.step(
        "m[k] = true",
        "The bucket holds the keys as they came. The slice holds them in order, and had to move \
         ten elements for that; a red-black tree moves none, it turns pointers round.",
        "桶里的 key 按到来的先后放着。slice 让它们有序，为此挪动了 10 次元素；\
         红黑树不用挪元素，只改几个指针。",
        kept.picture(addresses),
    );
    let keys = sorted_keys(&mut kept.m);
    let agree = keys.iter().eq(kept.tree.keys());
    assert!(agree, "the tree and the sorted keys agree");
    let sorted: Vec<String> = keys.iter().map(Int::to_string).collect();
    run.print(
        "fmt.Println(\"map, sorted now:\", keys)",
        &format!("map, sorted now: [{}]\n", sorted.join(" ")),
    );
    run.step(
        "sort.Ints(keys)",
        "For an ordered walk over a map: take the keys out and sort them, each time anew. A tree \
         gives them in order as they stand.",
        "要有序遍历 map：取出所有 key 再排序，每次都得重来。树直接按顺序走一遍就行。",
        kept.picture(addresses),
    );
    from_55_on(&mut run, &mut kept, addresses);
    run.finish()
}

/// Asks each of the three for its first key from 55 on.
fn from_55_on(run: &mut Recorder, kept: &mut Kept<'_>, addresses: bool) {
    let (next, looked) = first_from_55(&mut kept.m);
    run.print(
        "fmt.Println(\"map: first from 55 on\", next, \"keys looked at\", looked)",
        &format!("map: first from 55 on {next} keys looked at {looked}\n"),
    );
    run.step(
        "if k >= 55 && (next < 0 || k < next) {",
        "A hash says nothing about neighbours, so the whole map is looked at: 8 keys, or a \
         million.",
        "哈希值不透露谁和谁相邻，只好把整个 map 看一遍：8 个 key 是如此，一百万个也是如此。",
        kept.picture(addresses),
    );
    let (i, looked) = search(kept.s, |at| at >= 55);
    let found = kept.s.at(i);
    let in_the_tree = kept.tree.range(55..).next().map(|(k, _)| *k);
    assert_eq!(in_the_tree, Some(found), "the tree and the slice agree");
    run.print(
        "fmt.Println(\"slice: first from 55 on\", s[i], \"keys looked at\", looked)",
        &format!("slice: first from 55 on {found} keys looked at {looked}\n"),
    );
    run.step(
        "i := sort.Search(len(s), func(i int) bool {",
        "In order, half of the keys drop out with each look: 3 looks for 8 keys, 20 for a million. \
         A tree does the same, from its root downwards.",
        "有了顺序，每看一个 key 就排除一半：8 个 key 看 3 个，一百万个也只看 20 个。\
         树从根往下走，也是一样。",
        kept.picture(addresses),
    );
}

/// The keys of the map, taken out and sorted.
fn sorted_keys(m: &mut Map<Int, bool, ByHand>) -> Vec<Int> {
    let (mut keys, mut walk) = (Vec::new(), m.hiter());
    while let Some((&k, _)) = walk.next(m) {
        keys.push(k);
    }
    keys.sort_unstable();
    keys
}

/// The least key from 55 on, and how many keys were looked at for it.
fn first_from_55(m: &mut Map<Int, bool, ByHand>) -> (Int, usize) {
    let (mut looked, mut next) = (0, -1);
    let mut walk = m.hiter();
    while let Some((&k, _)) = walk.next(m) {
        looked += 1;
        if k >= 55 && (next < 0 || k < next) {
            next = k;
        }
    }
    (next, looked)
}

/// The first index whose element is `wanted`, and how many were looked at: Go's `sort.Search`.
fn search(s: Slice<'_, Int>, wanted: impl Fn(Int) -> bool) -> (usize, usize) {
    let (mut low, mut high, mut looked) = (0, s.len(), 0);
    while low < high {
        let middle = usize::midpoint(low, high);
        looked += 1;
        if wanted(s.at(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    (low, looked)
}
