//! Programs that write to a `map[int]int`: random ones, and windows that slide.
//!
//! ```text
//!   History   m := make(map[int]int, 9)
//!             for i := 0; i < 27; i++ { m[i] = 1 }           a statement: a range of keys, stored
//!             for i := 3; i < 9; i++ { delete(m, i) }        or deleted
//!             m[40] = 3                                      the 3rd statement stores 3s
//!
//!   Window    m := make(map[int]int, 13)
//!             for i := 0; i < 500; i++ { delete(m, i-13); m[i] = i }
//! ```
//!
//! A program is a list of single writes. The oracle, an ordered tree, takes the same writes.
//!
//! Go: the language's assignments to map elements, and `delete`.

use core::fmt;
use std::collections::BTreeMap;

use hmap::{Map, fastrand};
use proptest::collection::vec;
use proptest::strategy::Strategy;

use super::alg::Alg;
use crate::dials;

/// The map under test.
pub(crate) type IntMap = Map<i64, i64, Alg>;

/// What it should hold.
pub(crate) type Model = BTreeMap<i64, i64>;

/// One write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Write {
    /// `m[key] = value`
    Set(i64, i64),
    /// `delete(m, key)`
    Delete(i64),
}

impl Write {
    /// The key that is written under.
    pub(crate) fn key(self) -> i64 {
        match self {
            Write::Set(key, _) | Write::Delete(key) => key,
        }
    }

    /// Writes to the map.
    pub(crate) fn apply(self, m: &mut IntMap) {
        match self {
            Write::Set(key, value) => m.insert(key, value),
            Write::Delete(key) => m.remove(&key),
        };
    }

    /// Writes to the oracle.
    pub(crate) fn apply_to_model(self, model: &mut Model) {
        match self {
            Write::Set(key, value) => model.insert(key, value),
            Write::Delete(key) => model.remove(&key),
        };
    }

    /// Whether it stores under a key that `m` does not have.
    pub(crate) fn is_new_in(self, m: &IntMap) -> bool {
        match self {
            Write::Set(key, _) => !m.contains_key(&key),
            Write::Delete(_) => false,
        }
    }
}

impl fmt::Display for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Write::Set(key, value) => write!(f, "m[{key}] = {value}"),
            Write::Delete(key) => write!(f, "delete(m, {key})"),
        }
    }
}

/// The same write to the keys `from`, `from + 1`, ….
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    deletes: bool,
    from: i64,
    count: i64,
}

impl Statement {
    /// `for i := from; i < from+count; i++ { m[i] = value }`
    pub(crate) fn set(from: i64, count: usize) -> Self {
        Self {
            deletes: false,
            from,
            count: count as i64,
        }
    }

    /// `for i := from; i < from+count; i++ { delete(m, i) }`
    pub(crate) fn delete(from: i64, count: usize) -> Self {
        Self {
            deletes: true,
            ..Self::set(from, count)
        }
    }

    /// Its writes; what is stored is `value`.
    pub(crate) fn writes(self, value: i64) -> impl Iterator<Item = Write> + Clone {
        (self.from..self.from + self.count).map(move |key| self.write(key, value))
    }

    fn write(self, key: i64, value: i64) -> Write {
        if self.deletes {
            Write::Delete(key)
        } else {
            Write::Set(key, value)
        }
    }

    /// The statement in Go.
    pub(crate) fn text(self, value: i64) -> String {
        let (from, end) = (self.from, self.from + self.count);
        match (self.count, self.deletes) {
            (1, _) => self.write(from, value).to_string(),
            (_, false) => format!("for i := {from}; i < {end}; i++ {{ m[i] = {value} }}"),
            (_, true) => format!("for i := {from}; i < {end}; i++ {{ delete(m, i) }}"),
        }
    }
}

/// Statements over at most `count` keys from below `keys`; two of three store.
pub(crate) fn statements(keys: i64, count: usize) -> impl Strategy<Value = Statement> {
    (0..3, 0..keys, 1..=count).prop_map(|(verb, from, count)| match verb {
        2 => Statement::delete(from, count),
        _ => Statement::set(from, count),
    })
}

/// A program that makes a map and writes to it.
#[derive(Clone, Debug)]
pub(crate) struct History {
    /// The hint of `make`.
    pub(crate) hint: usize,
    /// What hashes the keys.
    pub(crate) alg: Alg,
    /// Where the map's random numbers come from.
    pub(crate) seed: u64,
    /// What is done to it.
    pub(crate) statements: Vec<Statement>,
}

impl History {
    /// The map before the first write.
    pub(crate) fn make(&self) -> IntMap {
        fastrand::seed(self.seed);
        made(self.hint, self.alg)
    }

    /// All writes, one after the other.
    pub(crate) fn writes(&self) -> impl Iterator<Item = Write> + Clone {
        let numbered = (1..).zip(&self.statements);
        numbered.flat_map(|(n, statement)| statement.writes(n))
    }

    /// The map after the last write.
    pub(crate) fn made(&self) -> IntMap {
        let mut m = self.make();
        self.writes().for_each(|write| write.apply(&mut m));
        m
    }

    /// What the map should hold after the last write.
    pub(crate) fn model(&self) -> Model {
        let mut model = Model::new();
        self.writes()
            .for_each(|write| write.apply_to_model(&mut model));
        model
    }
}

/// `make(map[int]int, hint)`
pub(crate) fn made(hint: usize, alg: Alg) -> IntMap {
    match hint {
        0 => Map::with_hasher(alg),
        hint => Map::with_capacity_and_hasher(hint, alg),
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hint {
            0 => f.write_str("m := map[int]int{}")?,
            hint => write!(f, "m := make(map[int]int, {hint})")?,
        }
        for (n, statement) in (1..).zip(&self.statements) {
            write!(f, "; {}", statement.text(n))?;
        }
        write!(f, "{}", self.alg)
    }
}

/// Programs of up to six statements over 160 keys, with good and poor hashes: up to 32 buckets,
/// often in the middle of a growth.
pub(crate) fn histories() -> impl Strategy<Value = History> {
    let first = dials([0..=3, 0..=60, 0..=999]);
    (first, vec(statements(100, 60), 1..=6)).prop_map(|([alg, hint, seed], statements)| History {
        hint,
        alg: Alg::keeping([56, 3, 1, 0][alg], 8),
        seed: seed as u64,
        statements,
    })
}

/// A window of keys that slides: the oldest is deleted, then the next is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Keys that live at a time.
    pub(crate) width: usize,
    /// How often it slides, the filling included.
    pub(crate) rounds: usize,
    /// Where the map's random numbers come from.
    pub(crate) seed: u64,
}

impl Window {
    /// The map before the first write, with room for the window.
    pub(crate) fn make(self) -> IntMap {
        fastrand::seed(self.seed);
        made(self.width, Alg::default())
    }

    /// All writes, one after the other.
    pub(crate) fn writes(self) -> impl Iterator<Item = Write> {
        (0..self.rounds as i64)
            .flat_map(move |i| [Write::Delete(i - self.width as i64), Write::Set(i, i)])
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { width, rounds, .. } = self;
        write!(
            f,
            "m := make(map[int]int, {width}); \
             for i := 0; i < {rounds}; i++ {{ delete(m, i-{width}); m[i] = i }}"
        )
    }
}
