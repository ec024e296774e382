//! Odd keys and odd maps: NaN, the two zeros, nil, and keys that have no hash.
//!
//! ```text
//!   NaN != NaN         stored again each time, never found, never deleted
//!   +0 == -0           one key; the zero stored last is the one that is kept
//!   var m map[K]V      reads like an empty map; a store panics
//!   []int as a key     panics at every use, even where nothing could be found
//! ```
//!
//! The oracle for floats is a list that is searched from the front with `==`.
//!
//! Go: runtime/alg.go: f64hash, typehash; runtime/map.go: mapassign, mapaccess1.

use core::hash::BuildHasher;

use hmap::{F64, GoMap, Key, Map, fastrand};
use proptest::collection::vec;
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use crate::slice::program::{Program, program};
use crate::{Because, Law, Text, dials, hold, recover, same, search};

pub(crate) const CHAPTER: &str = "odd-keys";

/// The floats of the programs, in Go and here.
pub(crate) const FLOATS: [(&str, f64); 6] = [
    ("0.0", 0.0),
    ("1.5", 1.5),
    ("-2.0", -2.0),
    ("math.Inf(1)", f64::INFINITY),
    ("math.Copysign(0, -1)", -0.0),
    ("math.NaN()", f64::NAN),
];

/// What a program does with a float, and how often.
#[derive(Clone, Copy, Debug)]
struct Use {
    deletes: bool,
    float: usize,
    times: usize,
}

impl Use {
    fn text(self, value: usize) -> String {
        let (float, _) = FLOATS[self.float];
        let statement = match self.deletes {
            true => format!("delete(m, {float})"),
            false => format!("m[{float}] = {value}"),
        };
        match self.times {
            1 => statement,
            times => format!("for i := 0; i < {times}; i++ {{ {statement} }}"),
        }
    }
}

/// Programs that store and delete the floats of `from`, each up to 20 times in a row.
fn float_programs(from: &'static [usize]) -> impl Strategy<Value = Program<Vec<Use>>> {
    let one = (0..3, proptest::sample::select(from), 1..=20_usize);
    let one = one.prop_map(|(verb, float, times)| Use {
        deletes: verb == 2,
        float,
        times,
    });
    vec(one, 1..=10).prop_map(|uses| {
        let texts: Vec<String> = (1..).zip(&uses).map(|(i, each)| each.text(i)).collect();
        let text = format!("m := map[float64]int{{}}; {}", texts.join("; "));
        program(uses, text)
    })
}

/// The map after a program, and the list that it should be: bits of the key, and the value.
fn played(uses: &[Use]) -> (Map<F64, usize, Alg>, Vec<(f64, usize)>) {
    fastrand::seed(uses.len() as u64);
    let mut m = Map::with_hasher(Alg::default());
    let mut list: Vec<(f64, usize)> = Vec::new();
    for (value, each) in (1..).zip(uses) {
        let (_, key) = FLOATS[each.float];
        for _ in 0..each.times {
            let at = list.iter().position(|(other, _)| *other == key);
            match (each.deletes, at) {
                (false, Some(at)) => list[at] = (key, value),
                (false, None) => list.push((key, value)),
                (true, Some(at)) => drop(list.remove(at)),
                (true, None) => {}
            }
            if each.deletes {
                m.remove(&F64(key));
            } else {
                m.insert(F64(key), value);
            }
        }
    }
    (m, list)
}

/// Whether a range over `m` meets what is in the list.
fn same_entries(m: &mut Map<F64, usize, Alg>, list: &[(f64, usize)]) -> Result<(), Because> {
    let mut met = Vec::new();
    let mut range = m.hiter();
    while let Some((key, value)) = range.next(m) {
        met.push((key.0.to_bits(), *value));
    }
    let mut expected: Vec<_> = list
        .iter()
        .map(|(key, value)| (key.to_bits(), *value))
        .collect();
    met.sort_unstable();
    expected.sort_unstable();
    let shown = |entries: &[(u64, usize)]| {
        let entry = |(bits, value): &(u64, usize)| format!("{:?}:{value}", f64::from_bits(*bits));
        entries.iter().map(entry).collect::<Vec<_>>().join(" ")
    };
    same("range m", shown(&met), shown(&expected))
}

pub(crate) const NAN: Law = Law {
    name: "nan-is-inserted-again-and-never-found",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "NaN is not equal to itself, so every store under NaN makes a new entry, under a \
             random hash, that no lookup finds and no delete removes; a range meets them all.",
        zh: "NaN 不等于自己，所以每次以 NaN 为 key 存入都多出一个元素，哈希值随机：\
             查不到，也删不掉，只有 range 能遍历到。",
    },
    go: "runtime/alg.go: f64hash",
    search: |run| {
        search(run, &float_programs(&[5, 1, 5, 3, 5]), |program| {
            let (mut m, list) = played(&program.parts);
            same("len(m)", m.len(), list.len())?;
            let found = m.get(&F64(f64::NAN)).is_some();
            same("ok of m[math.NaN()]", found, false)?;
            same_entries(&mut m, &list)?;
            // Under one hash all would be in one chain, and every store would walk it.
            let longest = m.chains().map(|chain| chain.entries().count()).max();
            hold(
                list.len() < 64 || longest < Some(list.len() / 2),
                format!("one chain holds {longest:?} of {} entries", list.len()),
                format!("{} 个元素里有 {longest:?} 个挤在一条链上", list.len()),
            )
        })
    },
};

pub(crate) const ZEROS: Law = Law {
    name: "the-two-zeros-are-one-key-and-the-last-sign-stays",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "+0 and -0 are equal, so they are one key; and because they can be told apart, a store \
             rewrites the key too: the map shows the zero that was stored last.",
        zh: "+0 和 -0 相等，所以是同一个 key；又因为两者毕竟有区别，赋值时连 key 也一起改写：\
             map 里留下的是最后存入的那个零。",
    },
    go: "runtime/map.go: mapassign",
    search: |run| {
        search(run, &float_programs(&[0, 4, 2]), |program| {
            let (mut m, list) = played(&program.parts);
            same("len(m)", m.len(), list.len())?;
            for (text, key) in FLOATS {
                let found = m.get(&F64(key)).copied();
                let expected = list.iter().find(|(other, _)| *other == key);
                let expected = expected.map(|(_, value)| *value);
                hold(
                    found == expected,
                    format!("m[{text}] is {found:?}, not {expected:?}"),
                    format!("m[{text}] 是 {found:?}，不是 {expected:?}"),
                )?;
            }
            same_entries(&mut m, &list)
        })
    },
};

/// A variable of type `map[int]int`.
type IntVariable = GoMap<i64, i64, Alg>;

/// What a statement finds: a number, and whether it was there.
type Answer = (i64, bool);

pub(crate) const NIL_READS: Law = Law {
    name: "a-nil-map-reads-but-does-not-write",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A nil map answers like an empty one: zero values, length 0, nothing to range over, \
             deletes that do nothing; only a store panics, and leaves it nil.",
        zh: "nil map 读起来就像空 map：查到零值，长度为 0，range 一次也不执行，delete 什么也不做；\
             只有赋值会 panic，之后仍是 nil。",
    },
    go: "runtime/map.go: mapassign",
    search: |run| {
        const LINES: [&str; 6] = [
            "v, ok := m[KEY]",
            "n := len(m)",
            "for range m { n++ }",
            "delete(m, KEY)",
            "m[KEY] = 1",
            "m[KEY]++",
        ];
        let programs = vec((0..6_usize, 0..100_i64), 0..=10).prop_map(|lines| {
            let text = |(line, key): &(usize, i64)| LINES[*line].replace("KEY", &key.to_string());
            let texts: Vec<String> = lines.iter().map(text).collect();
            let text = ["var m map[int]int".to_string()];
            program(lines, [&text[..], &texts[..]].concat().join("; "))
        });
        search(run, &programs, |program| {
            let m: IntVariable = GoMap::nil();
            let empty: IntVariable = GoMap::make(0);
            for (line, key) in &program.parts {
                let both = |ask: &dyn Fn(&IntVariable) -> Answer| {
                    same(
                        "v, ok",
                        format!("{:?}", ask(&m)),
                        format!("{:?}", ask(&empty)),
                    )
                };
                let panics = |store: &dyn Fn()| {
                    let text = recover(store).err().unwrap_or_default();
                    same("panic", text, "assignment to entry in nil map".to_string())
                };
                match line {
                    0 => both(&|m| m.at_ok(key))?,
                    1 => both(&|m| (m.len() as i64, true))?,
                    2 => both(&|m| (m.range().count() as i64, true))?,
                    3 => both(&|m| {
                        m.delete(key);
                        (0, m.is_empty())
                    })?,
                    4 => panics(&|| m.set(*key, 1))?,
                    _ => panics(&|| m.update(*key, |v| *v += 1))?,
                }
                same("m == nil", m.is_nil(), true)?;
            }
            Ok(())
        })
    },
};

/// A key of an interface type: an int, or a slice, which has no hash.
#[derive(Clone, Debug)]
enum Any {
    Int(i64),
    IntSlice,
}

impl Key for Any {
    const HASH_MIGHT_PANIC: bool = true;

    fn equal(&self, other: &Self) -> bool {
        matches!((self, other), (Any::Int(a), Any::Int(b)) if a == b)
    }

    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        match self {
            Any::Int(int) => Key::hash(int, build, seed),
            Any::IntSlice => panic!("runtime error: hash of unhashable type []int"),
        }
    }
}

pub(crate) const UNHASHABLE: Law = Law {
    name: "a-key-without-a-hash-panics-wherever-it-is-used",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "If an interface key holds a slice, a map or a function, every store, lookup and \
             delete panics, in an empty map too, and a lookup or delete in a nil one; the map \
             stays as it was.",
        zh: "interface 类型的 key 里若装着 slice、map 或函数，赋值、查找、删除都会 panic；\
             空 map 也一样，nil map 的查找和删除也会；而 map 本身不受影响。",
    },
    go: "runtime/alg.go: typehash",
    search: |run| {
        let uses = dials([0..=2, 0..=1, 0..=9]).prop_map(|[verb, is_nil, n]| {
            let made = match is_nil {
                1 => "var m map[any]int".to_string(),
                _ => format!("m := map[any]int{{}}; for i := 0; i < {n}; i++ {{ m[i] = 1 }}"),
            };
            let verb_text = ["_ = m[[]int{1}]", "delete(m, []int{1})", "m[[]int{1}] = 1"][verb];
            program((verb, is_nil == 1, n), format!("{made}; {verb_text}"))
        });
        search(run, &uses, |program| {
            let (verb, is_nil, n) = program.parts;
            let n = if is_nil { 0 } else { n };
            let m: GoMap<Any, i64, Alg> = match is_nil {
                true => GoMap::nil(),
                false => (0..n as i64).map(|i| (Any::Int(i), 1)).collect(),
            };
            let text = match verb {
                0 => recover(|| m.at(&Any::IntSlice)).err(),
                1 => recover(|| m.delete(&Any::IntSlice)).err(),
                _ => recover(|| m.set(Any::IntSlice, 1)).err(),
            };
            // A nil map is told of before its key.
            let expected = match (verb, is_nil) {
                (2, true) => "assignment to entry in nil map",
                _ => "runtime error: hash of unhashable type []int",
            };
            same("panic", text.unwrap_or_default(), expected.to_string())?;
            same("len(m)", m.len(), n)?;
            let kept = (0..n as i64).all(|i| m.at(&Any::Int(i)) == 1);
            hold(kept, "an entry is lost", "有元素丢了")
        })
    },
};
