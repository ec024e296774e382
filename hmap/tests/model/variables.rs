//! Random programs over Go map variables: two names of one map, and loops that range over it while
//! others change it.
//!
//! The loops yield copies, so several can be under way, and keys may own memory.

use std::collections::BTreeSet;

use hmap::{F64, GoMap, Map, Range, fastrand};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::kinds::{ModelKey, ModelValue};
use crate::{Entry, check_programs};

/// One line of a program.
#[derive(Clone, Copy, Debug)]
enum Op {
    Set(u64),
    SetMany(u64, u64),
    /// `m[k] op= v`.
    Update(u64),
    Delete(u64),
    DeleteMany(u64, u64),
    Clear,
    StartRange,
    Step(usize, usize),
}

fn programs() -> impl Strategy<Value = Vec<Op>> {
    let key = any::<u16>().prop_map(u64::from);
    let many = (key.clone(), 1..120_u64);
    let op = prop_oneof![
        10 => key.clone().prop_map(Op::Set),
        5 => many.clone().prop_map(|(key, n)| Op::SetMany(key, n)),
        6 => key.clone().prop_map(Op::Update),
        8 => key.prop_map(Op::Delete),
        3 => many.prop_map(|(key, n)| Op::DeleteMany(key, n)),
        1 => Just(Op::Clear),
        4 => Just(Op::StartRange),
        14 => (any::<usize>(), 1..60_usize).prop_map(|(range, n)| Op::Step(range, n)),
    ];
    vec(op, 1..80)
}

/// A loop under way.
struct Loop<K, V> {
    range: Range<K, V>,
    /// Set by the first step: what was there then and was not deleted since.
    must: Option<BTreeSet<u64>>,
    met: BTreeSet<u64>,
}

struct Both<K, V> {
    entries: Vec<Entry<K>>,
    n_numbers: u64,
    loops: Vec<Loop<K, V>>,
    /// Two variables of one map; each operation uses the other one.
    names: [GoMap<K, V>; 2],
}

impl<K: ModelKey, V: ModelValue + Default> Both<K, V> {
    fn new() -> Self {
        let m = GoMap::make(0);
        Self {
            entries: Vec::new(),
            n_numbers: 0,
            loops: Vec::new(),
            names: [m.clone(), m],
        }
    }

    fn name(&mut self) -> GoMap<K, V> {
        self.names.swap(0, 1);
        self.names[0].clone()
    }

    /// `m[k] = v`, in either of the two ways.
    fn store(&mut self, number: u64, store: impl Fn(&GoMap<K, V>, K, V)) {
        self.n_numbers += 1;
        let (key, value) = (K::of(number % K::N), self.n_numbers);
        store(&self.name(), key.clone(), V::of(value));
        let id = key.id();
        let is_key = |entry: &&mut Entry<K>| id.is_some() && entry.key.id() == id;
        match self.entries.iter_mut().find(is_key) {
            Some(entry) => (entry.key, entry.value) = (key, value),
            None => self.entries.push(Entry {
                serial: value,
                key,
                value,
            }),
        }
    }

    fn set(&mut self, number: u64) {
        self.store(number, |m, key, value| m.set(key, value));
    }

    fn delete(&mut self, number: u64) {
        let key = K::of(number % K::N);
        self.name().delete(&key);
        let Some(id) = key.id() else { return };
        if let Some(at) = self
            .entries
            .iter()
            .position(|entry| entry.key.id() == Some(id))
        {
            let entry = self.entries.swap_remove(at);
            self.deleted(entry.serial);
        }
    }

    /// No loop has to meet this entry any more.
    fn deleted(&mut self, serial: u64) {
        for must in self.loops.iter_mut().filter_map(|l| l.must.as_mut()) {
            must.remove(&serial);
        }
    }

    fn run(&mut self, op: Op) {
        match op {
            Op::Set(key) => self.set(key),
            Op::SetMany(key, n) => {
                for number in key..key + n {
                    self.set(number);
                    self.step_one(number);
                }
            }
            Op::Update(key) => self.store(key, |m, key, value| {
                m.update(key, |v| *v = value.clone());
            }),
            Op::Delete(key) => self.delete(key),
            Op::DeleteMany(key, n) => {
                for number in key..key + n {
                    self.delete(number);
                    self.step_one(number);
                }
            }
            Op::Clear => {
                self.name().clear();
                for entry in std::mem::take(&mut self.entries) {
                    self.deleted(entry.serial);
                }
            }
            Op::StartRange => {
                let (range, must, met) = (self.name().range(), None, BTreeSet::new());
                self.loops.push(Loop { range, must, met });
            }
            Op::Step(at, n) => {
                if !self.loops.is_empty() {
                    let at = at % self.loops.len();
                    if (0..n).any(|_| !self.step(at)) {
                        self.loops.swap_remove(at);
                    }
                }
            }
        }
    }

    /// Steps one of the loops.
    fn step_one(&mut self, number: u64) {
        if let Some(at) = number.checked_rem(self.loops.len() as u64) {
            let at = at as usize;
            if !self.step(at) {
                self.loops.swap_remove(at);
            }
        }
    }

    /// Takes a step of a loop; whether there was one.
    fn step(&mut self, at: usize) -> bool {
        let Loop { range, must, met } = &mut self.loops[at];
        let all = || self.entries.iter().map(|entry| entry.serial).collect();
        let must = must.get_or_insert_with(all);
        let Some((key, value)) = range.next() else {
            assert!(must.is_subset(met), "not met: {:?}", &*must - &*met);
            return false;
        };
        let same = |entry: &&Entry<K>| entry.key.id() == key.id() && V::of(entry.value) == value;
        let entry = self.entries.iter().find(same);
        let entry = entry.unwrap_or_else(|| panic!("{key:?}: {value:?} is not there"));
        assert_eq!(entry.key.bits(), key.bits());
        assert!(met.insert(entry.serial), "{key:?} is met twice");
        true
    }

    fn compare(&self) {
        for m in &self.names {
            assert_eq!(m.len(), self.entries.len());
            m.with(Map::check);
        }
        for entry in &self.entries {
            let expected = match entry.key.id() {
                Some(_) => (V::of(entry.value), true),
                None => (V::default(), false),
            };
            assert_eq!(self.names[0].at_ok(&entry.key), expected);
        }
    }
}

/// Runs a program on both.
fn run<K: ModelKey, V: ModelValue + Default>(program: &[Op]) {
    fastrand::seed(program.len() as u64);
    let mut both = Both::<K, V>::new();
    for op in program {
        both.run(*op);
        both.names[0].with(Map::check);
    }
    both.compare();
    while let Some(last) = both.loops.len().checked_sub(1) {
        while both.step(last) {}
        both.loops.pop();
    }
}

#[test]
fn variables_of_strings_to_words_do_what_the_model_does() {
    check_programs(20, &programs(), run::<String, u64>);
}

#[test]
fn variables_of_floats_to_strings_do_what_the_model_does() {
    check_programs(21, &programs(), run::<F64, String>);
}

#[test]
fn variables_of_large_keys_to_words_do_what_the_model_does() {
    check_programs(22, &programs(), run::<[u64; 17], u64>);
}
