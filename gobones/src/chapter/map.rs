//! The map chapters: what is in a map, in what order it is walked, how it grows, and its edges.
//!
//! ```text
//!   buckets ──▶ order ──▶ doubling ──▶ evacuation ──▶ delete      one goroutine, ordinary keys
//!                                                       │
//!   tree ◀── odd-keys ◀── concurrent ◀──────────────────┘          the edges, and the other way
//! ```
//!
//! Their programs run in exhibit/map/, a file each. They read the header with unsafe, so what they
//! print comes out of Go's own memory. The hash seed differs from run to run of a Go program, and
//! with it who lies in which bucket; the programs print what does not depend on it.
//!
//! *Cell* (槽位): one of the eight places of a bucket (桶).
//!
//! Go: runtime/map.go: hmap, bmap.

use laws::Text;

use super::Chapter;
use crate::exhibit;

/// Header, buckets, cells.
pub(super) const BUCKETS: Chapter = Chapter {
    name: "buckets",
    area: "map",
    question: Text {
        en: "What is inside a map?",
        zh: "map 的底层结构是什么？",
    },
    answer: Text {
        en: "The variable is one word that points to a header of 48 bytes, hmap, and the header \
             points to 2^B buckets. A bucket has eight tophash bytes, eight keys, eight elems and \
             one pointer to an overflow bucket: the low B bits of the hash choose the bucket, and \
             its top byte rules out cells that cannot match before any key is compared. Tophash \
             values below 5 are no hashes but give the state of a cell: empty, or moved away; \
             a hash whose top byte is below 5 gets 5 added.",
        zh: "map 变量就是一个指针（8 字节），指向 48 字节的 hmap；hmap 指向 2^B 个桶（bucket）。\
             每个桶有 8 个 tophash 字节、8 个 key、8 个 value（源码里叫 elem）和一个指向溢出桶的指针：\
             哈希值的低 B 位选桶，最高字节（tophash）先排除不可能匹配的槽位，然后才比较 key。\
             小于 5 的 tophash 不是哈希值，而是槽位的状态：空，或已搬走；\
             哈希的最高字节小于 5 时，就加上 5。",
    },
    program: program!("buckets"),
    output: output!("buckets"),
    run: exhibit::map::buckets::run,
    remark: Text {
        en: "In the pictures of the map chapters the hash of key k is one that you can compute: \
             the low bits are those of k, the top byte reads like k: 0x13 for 13, 0xa5 for 5 (a \
             single digit gets an a in front, so that no hash looks like a mark). In Go it \
             differs from map to map; and extra is kept a little differently here, for want of a \
             collector. Keys stand together and elems stand together so that no padding lies \
             between: a pair of int64 and int8 costs 9 bytes, not 16. Go 1.24 replaced buckets by \
             groups of a Swiss table: still eight cells and a byte of hash for each, but no \
             overflow buckets.",
        zh: "map 各章的图里，key k 的哈希值可以口算：低位就是 k 的低位，最高字节读起来就是 k：\
             13 是 0x13，5 是 0xa5（一位数前面补 a，免得与状态值混淆）。\
             真正的 Go 里每个 map 的哈希种子都不同；另外，这里没有垃圾回收，extra 的维护也略有不同。\
             key 和 key 放在一起、value 和 value 放在一起，是为了省掉填充：\
             int64 配 int8 的一对只占 9 字节，而不是 16。\
             Go 1.24 起 map 改用 Swiss table：仍是 8 个槽位一组、每个槽位一个哈希字节，\
             但没有溢出桶了。",
    },
    law: "buckets-hold-eight-and-the-top-byte-filters",
    go: &[
        ("runtime/map.go", "hmap"),
        ("runtime/map.go", "bmap"),
        ("runtime/map.go", "mapaccess1"),
    ],
};

/// The walk of a range.
pub(super) const ORDER: Chapter = Chapter {
    name: "order",
    area: "map",
    question: Text {
        en: "Why is iteration order random?",
        zh: "map 的遍历为什么是无序的？",
    },
    answer: Text {
        en: "Each range begins at a random bucket and reads every bucket from the same random cell \
             on, round to where it began. That is a rotation, not a shuffle: eight keys of one \
             bucket come in 8 orders of 40320, and of three keys the first leads in 6 walks of 8, \
             since the empty cells count too. The loop may write meanwhile, and the map may \
             grow: a key that stays is met exactly once, a deleted one no more, a new one \
             perhaps.",
        zh: "每次 range 都随机选一个起始桶和一个桶内偏移，绕一圈回到起点，每个桶都从同一偏移读起。\
             这是轮转，不是洗牌：一个桶里的 8 个 key，40320 种排列只会出现 8 种；\
             只有 3 个 key 时，第一个 key 打头的概率是 6/8，因为空槽位也可能被选为起点。\
             遍历途中可以写，map 也可以扩容：一直都在的 key 恰好遇到一次，已删除的不会再遇到，\
             新加的可能遇到也可能遇不到。",
    },
    program: program!("order"),
    output: output!("order"),
    run: exhibit::map::order::run,
    remark: Text {
        en: "Go draws a random start so that nobody comes to rely on an order; do not draw lots \
             with it, it is not fair. fmt prints maps sorted by key since Go 1.12, which hides the \
             order. Since Go 1.24 the walk is made in another way, with the same promises.",
        zh: "Go 特意随机选起点，就是不让人依赖遍历顺序；但别拿它来抽签，它并不均匀。\
             Go 1.12 起 fmt 按 key 排序后再打印 map，所以打印时看不出无序。\
             Go 1.24 起遍历的实现变了，承诺不变。",
    },
    law: "range-is-a-rotation-not-a-shuffle",
    go: &[
        ("runtime/map.go", "mapiterinit"),
        ("runtime/map.go", "mapiternext"),
    ],
};

/// When a map grows, and to what.
pub(super) const DOUBLING: Chapter = Chapter {
    name: "doubling",
    area: "map",
    question: Text {
        en: "Doubling or same-size growth?",
        zh: "翻倍扩容还是等量扩容？",
    },
    answer: Text {
        en: "Both are decided when a new key is inserted and no growth is under way. More than 8 \
             entries and more than 6.5 for each bucket: the array is doubled, at key 9, 14, 27, \
             53, 105 of a map that starts empty. Otherwise, as many overflow buckets as buckets: \
             the entries are packed anew into an array of the same size, so B stays, and the holes \
             that deletions left in long chains are gone.",
        zh: "两者都只在插入新 key、且没有正在扩容时判断。元素多于 8 个，且平均每桶超过 6.5 个：\
             翻倍扩容，从空 map 开始，就是在插入第 9、14、27、53、105 个 key 的时候。\
             否则，若溢出桶和桶一样多：等量扩容，把元素重新排进同样大小的新数组，B 不变，\
             删除在长链里留下的空洞就没了。",
    },
    program: program!("doubling"),
    output: output!("doubling"),
    run: exhibit::map::doubling::run,
    remark: Text {
        en: "Storing under a key that is there never grows a map, and one long chain is no reason \
             for same-size growth: overflow buckets are counted over the whole map (and above B = \
             15 estimated, against 2^15). make(map[K]V, n) chooses B for n entries beforehand. In \
             the second half the exhibit chooses the hash such that one bucket overflows after the \
             other; with Go's random hash the program has to wait for it.",
        zh: "给已有的 key 赋值永远不会触发扩容；只有一条链很长也不会触发等量扩容，\
             溢出桶数是按整个 map 统计的（B 大于 15 时用估算值与 2^15 比较）。\
             make(map[K]V, n) 会按 n 个元素预先选好 B。\
             后半段演示特意选了哈希值，让两个桶先后溢出；Go 的哈希是随机的，程序只能等它发生。",
    },
    law: "growth-doubles-above-six-and-a-half",
    go: &[
        ("runtime/map.go", "overLoadFactor"),
        ("runtime/map.go", "tooManyOverflowBuckets"),
        ("runtime/map.go", "hashGrow"),
    ],
};

/// Growth in small steps.
pub(super) const EVACUATION: Chapter = Chapter {
    name: "evacuation",
    area: "map",
    question: Text {
        en: "Does growth copy everything at once?",
        zh: "扩容会一次搬完吗？什么是渐进式扩容？",
    },
    answer: Text {
        en: "No: the insert that triggers growth allocates the new array and keeps the old one. \
             From this insert on, each assignment and each delete moves at most two old buckets, \
             the one that it needs and the next in line. The next bit of the hash parts a bucket \
             in two: the X half keeps its number, the Y half goes as many places up as there were \
             old buckets. Reads and range move nothing; they look into an old bucket until it is \
             moved.",
        zh: "不会：触发扩容的那次插入分配新数组，旧数组先留着；\
             从这次起，每次赋值或 delete 最多搬两个旧桶：自己要用的那个，再加按顺序的下一个。\
             哈希值多看一位，把旧桶一分为二：X 半留在原编号，Y 半搬到“原编号 + 旧桶数”。\
             读和 range 什么都不搬；哪个旧桶还没搬，就到哪个旧桶里找。",
    },
    program: program!("evacuation"),
    output: output!("evacuation"),
    run: exhibit::map::evacuation::run,
    remark: Text {
        en: "So no single insert pays for moving a big map; it still pays for clearing the new \
             array. A map that is only read after its last insert may stay half moved for ever, \
             with both arrays alive. Since Go 1.24 a map consists of tables of at most 1024 cells, \
             and one table at a time is rebuilt.",
        zh: "所以不会有哪一次插入独自承担整个大 map 的搬迁；不过新数组的分配和清零仍算在它头上。\
             如果最后一次插入之后只读不写，map 可能永远停在搬了一半的状态，新旧两个数组都在。\
             Go 1.24 起 map 由最多 1024 个槽位的小表组成，每次只重建一张。",
    },
    law: "a-write-moves-at-most-two-old-buckets",
    go: &[
        ("runtime/map.go", "growWork"),
        ("runtime/map.go", "evacuate"),
        ("runtime/map.go", "advanceEvacuationMark"),
    ],
};

/// What delete leaves behind.
pub(super) const DELETE: Chapter = Chapter {
    name: "delete",
    area: "map",
    question: Text {
        en: "Does delete shrink the map?",
        zh: "delete 之后内存会释放吗？",
    },
    answer: Text {
        en: "No: delete clears the elem and marks the cell empty, and all buckets stay. 100000 \
             entries hold 2304 KiB of buckets, overflow buckets not counted, before and after \
             every one of them is deleted; only what the entries pointed to can be collected. To \
             give the buckets back, copy what is left into a new map, or let go of the map.",
        zh: "不会：delete 只清掉 value、把槽位标成空，桶一个都不少。\
             10 万个元素的桶占 2304 KiB（不计溢出桶），全部删掉之后还是 2304 KiB；\
             能被回收的只有元素所指向的东西。要释放桶，就把剩下的元素拷贝到新 map，\
             或者干脆不再引用原来的 map。",
    },
    program: program!("delete"),
    output: output!("delete"),
    run: exhibit::map::delete::run,
    remark: Text {
        en: "The loop `for k := range m { delete(m, k) }` is compiled to one sweep that clears the \
             map (for keys that equal themselves), and clear(m) of Go 1.21 is that sweep; both \
             keep the buckets. When the last entry goes, the map draws a new seed for its hash, \
             so that collisions which somebody found are worth nothing any more. Shrinking has \
             been asked for since 2017 (golang/go#20135).",
        zh: "for k := range m { delete(m, k) } 会被编译成一次整体清空\
             （key 类型须自反，不能含浮点、复数或 interface），Go 1.21 的 clear(m) 则总是如此；\
             两者都保留桶。最后一个元素被删掉时，map 会换一个新的哈希种子，\
             别人找到的哈希碰撞就作废了。希望 map 能缩容的 issue 2017 年就有了（golang/go#20135）。",
    },
    law: "delete-never-shrinks",
    go: &[
        ("runtime/map.go", "mapdelete"),
        ("runtime/map.go", "mapclear"),
        ("cmd/compile/internal/walk/range.go", "isMapClear"),
    ],
};

/// The flag that a write sets.
pub(super) const CONCURRENT: Chapter = Chapter {
    name: "concurrent",
    area: "map",
    question: Text {
        en: "Concurrent access: panic or death?",
        zh: "并发读写 map：是能 recover 的 panic，还是 fatal error？",
    },
    answer: Text {
        en: "Death: a write sets the bit hashWriting in the header, and whoever finds it set ends \
             the process with a fatal error that no recover catches. The bit is read and written \
             without a lock, so it finds a race only by luck, and not crashing proves nothing. The \
             variable itself is one word: assigning it copies a pointer, in one piece, and both \
             names mean one map.",
        zh: "是 fatal error：写操作会在 hmap 的 flags 里置上 hashWriting，别的操作一旦看到它，\
             就直接终止整个进程，recover 也拦不住。\
             这一位的读写都不加锁，能不能发现竞争全凭运气，所以“没崩溃”什么也证明不了。\
             map 变量本身只有一个机器字：赋值只是复制一个指针，硬件上一次写完，\
             两个名字指向同一个 map。",
    },
    program: program!("concurrent"),
    output: output!("concurrent"),
    run: exhibit::map::concurrent::run,
    remark: Text {
        en: "The program sets the bit by hand, since a real race shows only now and then; go run \
             -race finds it from its reads and writes alone. Concurrent reads are allowed as long \
             as nobody writes; else use sync.RWMutex or sync.Map. That the pointer is stored in \
             one piece is the machine's doing: for Go, an unsynchronised assignment of a map \
             variable is a data race like any other.",
        zh: "程序里是手动置的位，因为真正的竞争只是偶尔现形；go run -race 只看读写本身就能发现它。\
             没有 goroutine 在写的时候，并发读是允许的；否则用 sync.RWMutex 或 sync.Map。\
             指针不会写一半，是硬件保证的；在 Go 看来，不加同步地给 map 变量赋值照样是 data race。",
    },
    law: "the-write-flag-is-checked-not-locked",
    go: &[
        ("runtime/map.go", "mapassign"),
        ("runtime/map.go", "mapaccess1"),
        ("runtime/panic.go", "fatal"),
    ],
};

/// Keys and maps at the edge.
pub(super) const ODD_KEYS: Chapter = Chapter {
    name: "odd-keys",
    area: "map",
    question: Text {
        en: "Odd keys: what about NaN, -0, a nil map, an interface?",
        zh: "特殊情况：NaN、-0、nil map、interface 作 key 会怎样？",
    },
    answer: Text {
        en: "NaN is not equal to itself, so every store under it adds an entry, which no lookup \
             and no delete finds; only range does. 0 and -0 are equal: one entry, and the newer \
             sign is kept, since for floats (also strings and interfaces) a store writes the key \
             again. A nil map reads as an empty one and panics on a write; an interface key with \
             a slice in it panics when it is hashed, even for a lookup.",
        zh: "NaN 不等于自身，所以每次以它为 key 赋值都新增一个元素，查不到也删不掉，只有 range 能遇到。\
             0 与 -0 相等：只有一个元素，符号以最后写入的为准，\
             因为浮点 key（还有 string、interface）赋值时会连 key 一起重写。\
             nil map 读起来像空 map，写则 panic；interface 类型的 key 里若装着 slice，\
             一算哈希就 panic，查找时也一样。",
    },
    program: program!("odd-keys"),
    output: output!("odd-keys"),
    run: exhibit::map::odd_keys::run,
    remark: Text {
        en: "The hash of a NaN is drawn at random each time, so that many of them do not fill one \
             chain; clear(m) of Go 1.21 removes them. And &m[k] does not compile \
             (gobones/chapters/element_address.go): growth moves elems, so they have no address \
             to keep. For the same reason m[k].f = 1 does not; take the elem out and store it \
             again, or store pointers.",
        zh: "NaN 的哈希值每次随机生成，免得许多 NaN 挤在一条链上；Go 1.21 的 clear(m) 能清掉它们。\
             另外，&m[k] 无法编译（见 gobones/chapters/element_address.go）：扩容会搬动 value，\
             地址留不住。m[k].f = 1 也是因此不行；要么取出来改完再存回去，要么让 value 存指针。",
    },
    law: "nan-is-inserted-again-and-never-found",
    go: &[
        ("runtime/alg.go", "f64hash"),
        ("runtime/alg.go", "nilinterhash"),
        ("runtime/map.go", "mapassign"),
    ],
};

/// The other way to build a map.
pub(super) const TREE: Chapter = Chapter {
    name: "tree",
    area: "map",
    question: Text {
        en: "Why a hash table and not a tree, as in C++?",
        zh: "为什么用哈希表，而不像 C++ 的 map 那样用红黑树？",
    },
    answer: Text {
        en: "A hash table finds a key in a few steps, however many there are; but it knows no \
             order, so the first key from 55 on is found by looking at all of them, and a sorted \
             walk has to sort. A red-black tree keeps the keys in order: about log2 n comparisons \
             for each lookup, insert and delete, ranges and neighbours for nothing extra, and a \
             worst case that no unlucky hash can spoil. Its price is a jump in memory for each \
             comparison; that of a sorted slice is moving half the elements, on average, on an \
             insert.",
        zh: "哈希表不管有多少 key，几步就能找到；但它不知道顺序，要找“不小于 55 的第一个 key”\
             就得把所有 key 看一遍，要有序遍历就得先排序。\
             红黑树让 key 始终有序：查找、插入、删除都约需 log2 n 次比较，\
             范围查询和前驱后继几乎白送，最坏情况也不会因哈希碰撞而变差。\
             代价是每比较一次就要在内存里跳一次；有序 slice 的代价则是每次插入平均要挪动一半元素。",
    },
    program: program!("tree"),
    output: output!("tree"),
    run: exhibit::map::tree::run,
    remark: Text {
        en: "std::map of C++ is such a tree; its std::unordered_map is a hash table too. Go's \
             library has no tree: sort the keys when order is wanted (since Go 1.23 \
             slices.Sorted(maps.Keys(m))), keep a sorted slice, or take a B-tree package, which \
             has the tree's order with fewer jumps. Here Rust's BTreeMap answers beside the map. \
             The worst case of a hash table is every key in one chain; the random seed keeps \
             anyone from arranging that.",
        zh: "C++ 的 std::map 是红黑树，std::unordered_map 才是哈希表。\
             Go 标准库里没有树：需要顺序时就给 key 排序（Go 1.23 起可写 slices.Sorted(maps.Keys(m))），\
             或维护一个有序 slice，或用 B 树的第三方包，它同样有序，内存跳转更少。\
             这里用 Rust 的 BTreeMap 与 map 对照。\
             哈希表的最坏情况是所有 key 落在一条链上；随机种子让人无法故意制造这种情况。",
    },
    law: "a-tree-keeps-order-a-map-does-not",
    go: &[
        ("runtime/map.go", "mapaccess1"),
        ("runtime/map.go", "mapiternext"),
    ],
};
