//! Keys that do not equal themselves, keys that are one though they differ, and no map at all.
//!
//! ```text
//!   m[NaN] = 1; m[NaN] = 2; m[NaN] = 3      NaN NaN NaN · · · · ·      three cells, three entries
//!   z[0] = …; z[-0] = …                     -0 · · · · · · ·           one entry, the newer sign
//! ```
//!
//! An interface key is an `enum` here; its bytes are not Go's, so they are not shown.
//!
//! Go: runtime/alg.go: f64hash, nilinterhash; runtime/map.go: mapassign, mapdelete.

use std::hash::BuildHasher;

use hmap::{F64, GoMap, Key, View};
use laws::recover;
use layout::{Describe, Leaves};

use super::{ByHand, Int, make, picture, program, seeded};
use crate::trace::{Recorder, Trace};

/// An interface value that holds an int or a slice.
#[derive(Clone, Debug, PartialEq)]
enum Any {
    Int(Int),
    Ints(Vec<Int>),
}

impl Key for Any {
    const NEEDS_KEY_UPDATE: bool = true;
    const HASH_MIGHT_PANIC: bool = true;

    fn equal(&self, other: &Self) -> bool {
        self == other
    }

    /// # Panics
    ///
    /// With Go's text, when the value is a slice.
    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        match self {
            Self::Int(i) => Key::hash(i, build, seed),
            Self::Ints(_) => panic!("runtime error: hash of unhashable type []int"),
        }
    }
}

impl Describe for Any {
    fn type_name() -> String {
        "interface {}".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        let text = match self {
            Self::Int(i) => i.to_string(),
            Self::Ints(list) => format!("{list:?}"),
        };
        leaves.vacant("", 0, (Self::type_name(), size_of::<Self>()), &text);
    }
}

/// NaN, the two zeros, a nil map, an interface key.
#[must_use]
pub(crate) fn run(addresses: bool) -> Trace {
    let mut run = seeded(program!("odd-keys"));
    nan(&mut run, addresses);
    zeros(&mut run, addresses);
    nil(&mut run, addresses);
    unhashable(&mut run, addresses);
    run.finish()
}

/// Three entries under NaN.
fn nan(run: &mut Recorder, addresses: bool) {
    let nan = F64(f64::NAN);
    let mut m = make::<F64, Int>(0);
    m.insert(nan, 1);
    run.step(
        "m[nan] = 1",
        "The hash of a NaN is drawn at random; apart from that, an entry like any other.",
        "NaN 的哈希值是随机抽的；除此之外，和别的元素没有两样。",
        picture("m", &m, addresses),
    );
    m.insert(nan, 2);
    m.insert(nan, 3);
    run.step(
        "m[nan] = 3",
        "No NaN equals the one that is there, so each store takes a cell of its own, with another \
         tophash.",
        "已有的 NaN 与任何 NaN 都不相等，所以每次赋值都占一个新槽位，tophash 也各不相同。",
        picture("m", &m, addresses),
    );
    let found = m.contains_key(&nan);
    m.remove(&nan);
    run.print(
        "fmt.Println(\"NaN: len\", len(m), \"found\", ok)",
        &format!("NaN: len {} found {found}\n", m.len()),
    );
    run.step(
        "delete(m, nan)",
        "Neither the lookup nor the delete finds any of them.",
        "查找和 delete 都找不到它们。",
        picture("m", &m, addresses),
    );
    let mut walk = m.hiter();
    while let Some((&k, _)) = walk.next(&m) {
        m.remove(&k);
    }
    run.print(
        "fmt.Println(\"after deleting every key: len\", len(m))",
        &format!("after deleting every key: len {}\n", m.len()),
    );
    run.step(
        "delete(m, k)",
        "Range hands out each of the three keys, and deleting it does nothing. For such key types \
         the compiler does not turn this loop into a sweep.",
        "range 能遇到这三个 key，但删不掉。key 可能不等于自身时，编译器不会把这个循环优化成整体清空。",
        picture("m", &m, addresses),
    );
}

/// One entry under the two zeros.
fn zeros(run: &mut Recorder, addresses: bool) {
    let mut z = make::<F64, &'static str>(0);
    z.insert(F64(0.0), "plus");
    run.step(
        "z[0] = \"plus\"",
        "An entry under 0.",
        "以 0 为 key 的元素。",
        picture("z", &z, addresses),
    );
    z.insert(F64(-0.0), "minus");
    let mut walk = z.hiter();
    while let Some((k, v)) = walk.next(&z) {
        run.print(
            "fmt.Println(\"zero: len\", len(z), k, v)",
            &format!("zero: len {} {k} {v}\n", z.len()),
        );
    }
    run.step(
        "z[math.Copysign(0, -1)] = \"minus\"",
        "-0 equals 0 and has the same hash: the entry is found, and its key is written again.",
        "-0 等于 0，哈希也相同：找到的是同一个元素，key 也重写了一遍。",
        picture("z", &z, addresses),
    );
}

/// A variable that leads to no map.
fn nil(run: &mut Recorder, addresses: bool) {
    let mut view = View::new().with_addresses(addresses);
    let n: GoMap<&'static str, Int, ByHand> = GoMap::nil();
    n.delete("x");
    run.print(
        "fmt.Println(\"nil: len\", len(n), \"n[x]\", n[\"x\"])",
        &format!("nil: len {} n[x] {}\n", n.len(), n.at("x")),
    );
    run.step(
        "var n map[string]int",
        "One word, and it is zero: no header, no buckets. Reading it is like reading an empty map, \
         and deleting from it does nothing.",
        "一个机器字，值为零：没有 hmap，也没有桶。读它就像读空 map，对它 delete 什么也不会发生。",
        view.go_map("n", &n).picture(),
    );
    let said = recover(|| n.set("x", 1)).expect_err("there is no map to write to");
    run.print("fmt.Println(recover())", &format!("{said}\n"));
    run.step(
        "try(func() { n[\"x\"] = 1 })",
        "A write has nowhere to go. append returns a new header for you to assign; m[k] = v \
         returns nothing and has only a copy of the nil word, so it cannot make the map for you.",
        "写操作没有地方可写。append 会返回新的 header 让你赋回去；m[k] = v 没有返回值，\
         拿到的又只是 nil 的副本，没法替你新建 map。",
        view.go_map("n", &n).picture(),
    );
}

/// An interface key that cannot be hashed.
fn unhashable(run: &mut Recorder, addresses: bool) {
    let mut i = make::<Any, Int>(0);
    i.insert(Any::Int(1), 1);
    run.step(
        "i := map[any]int{1: 1}",
        "An interface key holds a type and a value; an int can be hashed.",
        "interface 类型的 key 里装着类型和值；int 可以算哈希。",
        picture("i", &i, addresses),
    );
    let said = recover(|| i.insert(Any::Ints(vec![1]), 2)).expect_err("a slice has no hash");
    run.print("fmt.Println(recover())", &format!("{said}\n"));
    run.print(
        "fmt.Println(\"any: len\", len(i))",
        &format!("any: len {}\n", i.len()),
    );
    run.step(
        "try(func() { i[[]int{1}] = 2 })",
        "The compiler lets it pass, since the key's type is an interface; hashing it panics, \
         before anything has changed.",
        "key 的类型是 interface，编译器不会拦；算哈希时才 panic，此时什么都还没改动。",
        picture("i", &i, addresses),
    );
}
