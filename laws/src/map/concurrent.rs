//! Two goroutines and one map: the flag that is checked, and the variable that is one word.
//!
//! ```text
//!   check ─ load flag ─ store flag ─ find ─ write key ─ recheck ─ clear flag ─ store elem
//!   └───────┬────────┘ └───────────────────┬───────────────────┘ └────────┬──────────┘
//!     nobody can tell              another check dies here         nobody can tell
//! ```
//!
//! The steps are taken in an order that the search chooses, so there are no threads and no luck.
//! A *schedule* is a list of names: `[A A B A …]`, each takes its next step.
//!
//! Go: runtime/map.go: hashWriting in mapassign; the Go memory model, "Implementation
//! Restrictions": a word is read and written as a whole.

use core::fmt;
use std::collections::BTreeMap;

use hmap::racy_write::{Checked, Found, Loaded, Marked, Placed, Rechecked, Returned};
use hmap::{Fatal, GoMap, RacyMap, flags};
use proptest::collection::vec;
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use crate::slice::program::program;
use crate::{Law, Text, dials, hold, same, search};

pub(crate) const CHAPTER: &str = "concurrent";

/// Steps of a write, from the check to the store of the elem.
pub(crate) const STEPS: usize = 8;

/// A write, and how far it has come.
pub(crate) enum Writer<'m> {
    Start(&'m RacyMap),
    Checked(Checked<'m>),
    Loaded(Loaded<'m>),
    Marked(Marked<'m>),
    Found(Found<'m>),
    Placed(Placed<'m>),
    Rechecked(Rechecked<'m>),
    Returned(Returned<'m>),
    Done,
    Dead(Fatal),
}

impl Writer<'_> {
    /// Takes the next step of `m[key] = value`.
    pub(crate) fn step(self, key: u64, value: u64) -> Self {
        match self {
            Writer::Start(m) => m
                .check_write(key)
                .map_or_else(Writer::Dead, Writer::Checked),
            Writer::Checked(write) => Writer::Loaded(write.load_flags()),
            Writer::Loaded(write) => Writer::Marked(write.store_flags()),
            Writer::Marked(write) => Writer::Found(write.find()),
            Writer::Found(write) => Writer::Placed(write.write_key()),
            Writer::Placed(write) => write.recheck().map_or_else(Writer::Dead, Writer::Rechecked),
            Writer::Rechecked(write) => Writer::Returned(write.clear_flag()),
            Writer::Returned(write) => {
                write.store(value);
                Writer::Done
            }
            Writer::Done => Writer::Done,
            Writer::Dead(fatal) => Writer::Dead(fatal),
        }
    }

    /// The last words, if it died.
    fn fatal(&self) -> Option<String> {
        if let Writer::Dead(fatal) = self {
            return Some(fatal.to_string());
        }
        None
    }
}

/// In what order the goroutines A, B, … take their steps.
#[derive(Clone, Debug)]
struct Schedule(Vec<usize>);

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|who| ["A", "B", "C"][*who]).collect();
        write!(f, "[{}]", names.join(" "))
    }
}

impl Schedule {
    /// The schedule that takes `steps` of each of `who` goroutines, and in the end all the rest.
    fn new(start: Vec<usize>, who: usize, steps: usize) -> Self {
        let mut taken = vec![0; who];
        let mut order = start;
        order.retain(|next| {
            taken[*next] += 1;
            taken[*next] <= steps
        });
        for (next, taken) in taken.into_iter().enumerate() {
            order.extend(vec![next; steps.saturating_sub(taken)]);
        }
        Self(order)
    }

    /// When a goroutine takes its step number `step`.
    fn time(&self, who: usize, step: usize) -> usize {
        let mut times = (0..self.0.len()).filter(|time| self.0[*time] == who);
        times
            .nth(step)
            .expect("every goroutine takes all its steps")
    }
}

pub(crate) const CHECKED_NOT_LOCKED: Law = Law {
    name: "the-write-flag-is-checked-not-locked",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "The write flag is only looked at: a write that begins while another has it set ends \
             the process, nobody waits for it, and writes that do not overlap never end it.",
        zh: "写标志只是检查，不是锁：别的 goroutine 置位期间再来写，进程直接终止，不会等待；\
             前后错开的写不会触发它。",
    },
    go: "runtime/map.go: mapassign",
    search: |run| {
        let schedules =
            (vec(0_usize..2, 0..=16), dials([0..=1])).prop_map(|(order, [same_key])| {
                let schedule = Schedule::new(order, 2, STEPS);
                let keys = [1, if same_key == 1 { 1 } else { 2 }];
                let text = format!(
                    "go func() {{ m[1] = 10 }}(); go func() {{ m[{}] = 20 }}() // steps {schedule}",
                    keys[1]
                );
                program((schedule, keys), text)
            });
        search(run, &schedules, |program| {
            let (schedule, keys) = &program.parts;
            let m = RacyMap::new();
            let mut writers = [Writer::Start(&m), Writer::Start(&m)];
            for who in &schedule.0 {
                let writer = core::mem::replace(&mut writers[*who], Writer::Done);
                writers[*who] = writer.step(keys[*who], [10, 20][*who]);
            }
            let died = writers.map(|writer| writer.fatal().unwrap_or_default());
            let apart = |a, b| schedule.time(a, STEPS - 1) < schedule.time(b, 0);
            if apart(0, 1) || apart(1, 0) {
                let alive = died.iter().all(String::is_empty);
                hold(alive, format!("{died:?}"), format!("{died:?}"))?;
                let last = if apart(0, 1) { 20 } else { 10 };
                let first = if keys[0] == keys[1] { last } else { 10 };
                hold(m.get(1) == Ok(Some(first)), "a write is lost", "写丢了")?;
                return same("h.flags", m.flags(), 0);
            }
            for (who, other) in [(0, 1), (1, 0)] {
                let check = schedule.time(who, 0);
                let set = schedule.time(other, 2)..schedule.time(other, 6);
                if set.contains(&check) {
                    let text = "fatal error: concurrent map writes".to_string();
                    same(["A", "B"][who], died[who].clone(), text)?;
                }
            }
            Ok(())
        })
    },
};

pub(crate) const READS_CHECK_TOO: Law = Law {
    name: "a-read-checks-once-and-promises-nothing",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A lookup ends the process exactly if the flag is set at its one check; a range checks \
             at every step; neither sets the write flag, so reads never disturb each other.",
        zh: "查找只在开头检查一次写标志，置位就终止进程；range 每走一步都检查；\
             两者都不置写标志，所以多个读之间互不干扰。",
    },
    go: "runtime/map.go: mapaccess1, mapiternext",
    search: |run| {
        let reads = dials([0..=8, 1..=5, 1..=6, 0..=5]).prop_map(|[steps, n, key, at]| {
            // A range of n entries takes n + 1 steps; after its end it checks no more.
            let at = at.min(n);
            let fill = format!("for i := 1; i <= {n}; i++ {{ m[i] = i }}");
            let text = format!(
                "{fill}; after {steps} of 8 steps of m[{key}] = 0: v, ok := m[{n}], \
                 and step {at} of a range"
            );
            program((steps, n as u64, key as u64, at), text)
        });
        search(run, &reads, |program| {
            let (steps, n, key, at) = program.parts;
            let m = RacyMap::new();
            for i in 1..=n {
                hold(
                    m.set(i, i).is_ok(),
                    "an undisturbed write dies",
                    "无人打扰的写出错了",
                )?;
            }
            let mut range = m.range();
            for _ in 0..at {
                let alive = !matches!(range.next(), Some(Err(_)));
                hold(
                    alive,
                    "an undisturbed range dies",
                    "无人打扰的 range 出错了",
                )?;
            }
            let start = Writer::Start(&m);
            let writer = (0..steps).fold(start, |writer, _| writer.step(key, 0));
            // The third step sets the flag, the seventh clears it.
            let is_set = (3..7).contains(&steps);
            same(
                "h.flags&hashWriting",
                m.flags() & flags::HASH_WRITING != 0,
                is_set,
            )?;
            let read = m
                .get(n)
                .err()
                .map_or(String::new(), |fatal| fatal.to_string());
            let text = |text: &str| {
                if is_set {
                    text.to_string()
                } else {
                    String::new()
                }
            };
            same(
                "m[k]",
                read,
                text("fatal error: concurrent map read and map write"),
            )?;
            let step = match range.next() {
                Some(Err(fatal)) => fatal.to_string(),
                Some(Ok(_)) | None => String::new(),
            };
            same(
                "range",
                step,
                text("fatal error: concurrent map iteration and map write"),
            )?;
            // Neither reader has touched the flag, so the write ends in peace.
            let rest = (steps..STEPS).fold(writer, |writer, _| writer.step(key, 0));
            let ended = matches!(rest, Writer::Done);
            hold(ended, "a read disturbs the write", "读打扰了写")
        })
    },
};

/// A Go map variable.
type Variable = GoMap<i64, i64, Alg>;

/// Machine words of a map variable.
const WORDS: usize = size_of::<Variable>() / size_of::<usize>();

pub(crate) const ONE_WORD: Law = Law {
    name: "a-map-variable-is-one-word",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A map variable is one machine word, so whoever reads it while others assign to it \
             gets nil or one of the assigned maps as a whole, never a mixture.",
        zh: "map 变量只有一个机器字：别的 goroutine 正在给它赋值时去读，得到的要么是 nil，\
             要么是某一个完整的 map，绝不会是两个的混合。",
    },
    go: "runtime/map.go: makemap",
    search: |run| {
        // A and B assign word by word, C reads word by word.
        let races =
            (vec(0_usize..3, 0..=9), dials([0..=30, 0..=30])).prop_map(|(order, [a, b])| {
                let schedule = Schedule::new(order, 3, WORDS);
                let text = format!(
                    "var m map[int]int; a, b := of({a}), of({b}); \
                 go func() {{ m = a }}(); go func() {{ m = b }}(); v := m // words {schedule}"
                );
                program((schedule, a, b), text)
            });
        search(run, &races, |program| {
            let (schedule, a, b) = &program.parts;
            let of = |n: &usize| -> Variable { (0..*n as i64).map(|i| (i, i)).collect() };
            let values = [Variable::nil(), of(a), of(b)];
            // Which value each word of m was stored from, and which ones C has read.
            let (mut words, mut read) = ([0; WORDS], Vec::new());
            let mut taken = [0; 3];
            for who in &schedule.0 {
                match who {
                    2 => read.push(words[taken[2]]),
                    writer => words[taken[*writer]] = writer + 1,
                }
                taken[*who] += 1;
            }
            let whole = read.iter().all(|word| *word == read[0]);
            hold(
                whole,
                format!("v is torn: {read:?}"),
                format!("v 撕裂了：{read:?}"),
            )?;
            let v = values[read[0]].clone();
            let sizes = [0, *a, *b];
            same("len(v)", v.len(), sizes[read[0]])?;
            same("v == nil", v.is_nil(), read[0] == 0)?;
            let before = |writer| schedule.time(writer, 0) < schedule.time(2, 0);
            let possible = match read[0] {
                0 => !before(0) && !before(1),
                value => before(value - 1),
            };
            hold(possible, "v was not assigned yet", "v 还没有赋值")
        })
    },
};

/// A statement about the variables a, b and c.
#[derive(Clone, Copy, Debug)]
enum Line {
    Make(usize),
    Assign(usize, usize),
    Store(usize, i64),
    Delete(usize, i64),
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |variable: &usize| ["a", "b", "c"][*variable];
        match self {
            Line::Make(to) => write!(f, "{} = map[int]int{{}}", name(to)),
            Line::Assign(to, from) => write!(f, "{} = {}", name(to), name(from)),
            Line::Store(to, key) => write!(f, "{}[{key}] = 1", name(to)),
            Line::Delete(to, key) => write!(f, "delete({}, {key})", name(to)),
        }
    }
}

/// Statements about three variables; most store or delete.
fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line =
        (0..8, 0..3_usize, 0..3_usize, 0..12_i64).prop_map(|(verb, to, from, key)| match verb {
            0 => Line::Make(to),
            1 | 2 => Line::Assign(to, from),
            3 | 4 => Line::Delete(to, key),
            _ => Line::Store(to, key),
        });
    vec(line, 0..=24)
}

pub(crate) const ASSIGNING_SHARES: Law = Law {
    name: "assigning-a-map-shares-it",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "b := a copies one word, not the entries: from then on what is stored or deleted \
             through either is seen through both, until one is assigned anew.",
        zh: "b := a 只复制一个指针，不复制元素：此后无论通过谁存取删除，两边看到的都一样，\
             直到其中一个重新赋值。",
    },
    go: "runtime/map.go: makemap",
    search: |run| {
        let programs = lines().prop_map(|lines| {
            let texts: Vec<String> = lines.iter().map(Line::to_string).collect();
            let made = "a, b, c := map[int]int{}, map[int]int{}, map[int]int{}";
            program(lines, [&[made.to_string()], &texts[..]].concat().join("; "))
        });
        search(run, &programs, |program| {
            let make = || Variable::make(0);
            let mut variables = [make(), make(), make()];
            // The oracle: maps side by side, and the number of the one that each variable means.
            let (mut maps, mut means) = (vec![BTreeMap::new(); 3], [0, 1, 2]);
            for line in &program.parts {
                match *line {
                    Line::Make(to) => {
                        variables[to] = make();
                        means[to] = maps.len();
                        maps.push(BTreeMap::new());
                    }
                    Line::Assign(to, from) => {
                        variables[to] = variables[from].clone();
                        means[to] = means[from];
                    }
                    Line::Store(to, key) => {
                        variables[to].set(key, 1);
                        maps[means[to]].insert(key, 1);
                    }
                    Line::Delete(to, key) => {
                        variables[to].delete(&key);
                        maps[means[to]].remove(&key);
                    }
                }
            }
            for (variable, map) in variables.iter().zip(means) {
                let mut entries: Vec<_> = variable.range().collect();
                entries.sort_unstable();
                let expected: Vec<_> = maps[map].iter().map(|(k, v)| (*k, *v)).collect();
                let (en, zh) = ("holds", "内容是");
                hold(
                    entries == expected,
                    format!("a variable {en} {entries:?}, not {expected:?}"),
                    format!("变量的{zh} {entries:?}，不是 {expected:?}"),
                )?;
            }
            Ok(())
        })
    },
};
