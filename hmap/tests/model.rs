//! Random programs over a map, run twice: on the real one and on a list that is obviously right.
//!
//! ```text
//!   model   entries   serial 0, key 7, value 0      real   Map<K, V, S>
//!                     serial 3, key 1, value 9
//!           walks     there from the start: 0, 3           Hiter, stepped between the other
//!                     met so far: 3                        operations
//! ```
//!
//! Keys that are not `Copy` are walked over in variables.rs, where the map is a Go variable.
//!
//! After each operation the lengths are compared and the map checks itself; now and then every
//! entry is compared. A walk is an iteration Go's way: what was there from its start and was not
//! deleted has to be met; nothing is met that is not there, and nothing twice.
//!
//! M1  Each entry has a serial number: who deletes a key and stores it again makes a new entry.
//! M2  Each value of a program is made from another number, so that a value tells its entry, NaN
//!     or not; where values have no bytes the key does.
//!
//! Go: the language specification on range; runtime/map.go: mapassign, mapdelete, mapiternext.

#[path = "model/kinds.rs"]
mod kinds;
#[path = "model/variables.rs"]
mod variables;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Debug;

use ahash::RandomState;
use hmap::{F64, Hiter, Map, fastrand};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use kinds::{Few, ModelHasher, ModelKey, ModelValue, Runs};

/// One line of a program. Keys are numbers, taken modulo the number of keys there are; between many
/// keys the walks are stepped in turn.
#[derive(Clone, Copy, Debug)]
enum Op {
    Insert {
        key: u64,
    },
    InsertMany {
        key: u64,
        n: u64,
    },
    Remove {
        key: u64,
    },
    RemoveMany {
        key: u64,
        n: u64,
    },
    /// Slides a window of keys on, inserting before it and removing behind it.
    Slide {
        n: u64,
    },
    /// Changes the value in place, or inserts.
    Entry {
        key: u64,
    },
    /// Keeps what is not one of every `n`.
    Retain {
        n: u64,
    },
    ExtractIf {
        n: u64,
        take: usize,
    },
    Drain {
        take: usize,
    },
    Clear,
    Reserve {
        n: usize,
    },
    Shrink {
        n: usize,
    },
    /// Goes on with a clone; walks end, for they belong to the one before.
    Clone,
    StartWalk,
    Step {
        walk: usize,
        n: usize,
    },
}

fn programs(bad: bool) -> impl Strategy<Value = Vec<Op>> {
    let key = any::<u16>().prop_map(u64::from);
    let many = if bad { 1..25_u64 } else { 1..120_u64 };
    let key_and_many = (key.clone(), many);
    let op = prop_oneof![
        12 => key.clone().prop_map(|key| Op::Insert { key }),
        9 => key_and_many.clone().prop_map(|(key, n)| Op::InsertMany { key, n }),
        8 => key.clone().prop_map(|key| Op::Remove { key }),
        3 => key_and_many.prop_map(|(key, n)| Op::RemoveMany { key, n }),
         6 => (1..100_u64).prop_map(|n| Op::Slide { n }),
        6 => key.prop_map(|key| Op::Entry { key }),
        1 => (2..5_u64).prop_map(|n| Op::Retain { n }),
        1 => (1..4_u64, 0..40_usize).prop_map(|(n, take)| Op::ExtractIf { n, take }),
        1 => (0..20_usize).prop_map(|take| Op::Drain { take }),
        1 => Just(Op::Clear),
        1 => (0..200_usize).prop_map(|n| Op::Reserve { n }),
        1 => (0..100_usize).prop_map(|n| Op::Shrink { n }),
        1 => Just(Op::Clone),
        5 => Just(Op::StartWalk),
        14 => (any::<usize>(), 1..60_usize).prop_map(|(walk, n)| Op::Step { walk, n }),
    ];
    vec(op, 1..80)
}

/// Programs that do little else than slide the window.
fn slides() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        8 => (1..60_u64).prop_map(|n| Op::Slide { n }),
        1 => any::<u16>().prop_map(|key| Op::Entry { key: key.into() }),
        1 => (20..60_usize).prop_map(|n| Op::Shrink { n }),
        1 => Just(Op::Clone),
        4 => Just(Op::StartWalk),
        6 => (any::<usize>(), 1..20_usize).prop_map(|(walk, n)| Op::Step { walk, n }),
    ];
    vec(op, 1..80)
}

#[derive(Clone, Debug)]
struct Entry<K> {
    serial: u64,
    key: K,
    /// The number that the value was made from.
    value: u64,
}

/// What an iteration under way must and must not meet.
struct Walk {
    it: Hiter,
    /// There from the start, and not deleted since.
    must: BTreeSet<u64>,
    met: BTreeSet<u64>,
}

struct Both<K, V, S> {
    entries: Vec<Entry<K>>,
    n_numbers: u64,
    walks: Vec<Walk>,
    real: Map<K, V, S>,
    /// The first key of the window.
    window: u64,
    seen: Seen,
}

/// How often a map was growing under a walk, to twice the size and to the same.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    doubling: usize,
    repacking: usize,
    /// How many programs ran.
    programs: usize,
}

/// Keys of a sliding window: with them 8 buckets are nearly full.
const WINDOW: u64 = 45;

impl<K: ModelKey, V: ModelValue, S: ModelHasher> Both<K, V, S> {
    fn new() -> Self {
        Self {
            entries: Vec::new(),
            n_numbers: 0,
            walks: Vec::new(),
            real: Map::with_hasher(S::new()),
            window: 0,
            seen: Seen::default(),
        }
    }

    fn number(&mut self) -> u64 {
        self.n_numbers += 1;
        self.n_numbers
    }

    /// Where the entry of this key is.
    fn find(&self, key: &K) -> Option<usize> {
        let id = key.id()?;
        self.entries
            .iter()
            .position(|entry| entry.key.id() == Some(id))
    }

    /// The entry that a pair is.
    fn entry_of(&self, key: &K, value: &V) -> Option<&Entry<K>> {
        let same = |entry: &&Entry<K>| entry.key.id() == key.id() && V::of(entry.value) == *value;
        self.entries.iter().find(same)
    }

    fn insert(&mut self, number: u64) {
        let (key, value) = (K::of(number % K::N), self.number());
        let found = self.real.insert(key.clone(), V::of(value));
        match self.find(&key) {
            Some(at) => {
                let entry = &mut self.entries[at];
                assert_eq!(found, Some(V::of(entry.value)), "insert {key:?}");
                (entry.key, entry.value) = (key, value);
            }
            None => {
                assert_eq!(found, None, "insert {key:?}");
                let serial = value;
                self.entries.push(Entry { serial, key, value });
            }
        }
    }

    fn entry(&mut self, number: u64) {
        let (key, value) = (K::of(number % K::N), self.number());
        let found = self.real.entry(key.clone());
        let found = found
            .and_modify(|v| *v = V::of(value))
            .or_insert_with(|| V::of(value));
        assert_eq!(*found, V::of(value));
        match self.find(&key) {
            // As Go's `m[k] op= v`, this stores the key too, where keys that are equal can differ.
            Some(at) => (self.entries[at].key, self.entries[at].value) = (key, value),
            None => self.entries.push(Entry {
                serial: value,
                key,
                value,
            }),
        }
    }

    fn remove(&mut self, number: u64) {
        let key = K::of(number % K::N);
        let found = self.real.remove_entry(&key);
        let at = self.find(&key);
        assert_eq!(found.is_some(), at.is_some(), "remove {key:?}");
        if let (Some((key, value)), Some(at)) = (found, at) {
            let entry = self.entries.swap_remove(at);
            assert_eq!((key.bits(), value), (entry.key.bits(), V::of(entry.value)));
            self.deleted(entry.serial);
        }
    }

    fn slide(&mut self) {
        let number = self.window;
        self.window += 1;
        self.insert(number + WINDOW);
        self.remove(number);
        self.step_one(number);
    }

    /// Steps one of the walks.
    fn step_one(&mut self, number: u64) {
        self.note_growth();
        let n_walks = self.walks.len() as u64;
        if let Some(walk) = number.checked_rem(n_walks) {
            let walk = walk as usize;
            if !self.step(walk) {
                self.walks.swap_remove(walk);
            }
        }
    }

    /// Counts what a walk may be confused by.
    fn note_growth(&mut self) {
        let hmap = self.real.hmap();
        if hmap.growing() && !self.walks.is_empty() {
            let repacking = usize::from(hmap.same_size_grow());
            self.seen.repacking += repacking;
            self.seen.doubling += 1 - repacking;
        }
    }

    /// Walks need not meet this entry any more.
    fn deleted(&mut self, serial: u64) {
        for walk in &mut self.walks {
            walk.must.remove(&serial);
        }
    }

    /// The real map gave this entry away.
    fn taken(&mut self, key: &K, value: &V) {
        let serial = self.entry_of(key, value).expect("it was in the map").serial;
        self.entries.retain(|entry| entry.serial != serial);
        self.deleted(serial);
    }

    fn clear(&mut self) {
        for entry in std::mem::take(&mut self.entries) {
            self.deleted(entry.serial);
        }
    }

    fn run(&mut self, op: Op) {
        // What a function of the entry's key alone chooses.
        let chosen = |key: &K, n: u64| key.id().is_some_and(|id| id % n == 0);
        match op {
            Op::Insert { key } => self.insert(key),
            Op::InsertMany { key, n } => {
                for number in key..key + n {
                    self.insert(number);
                    self.step_one(number);
                }
            }
            Op::Remove { key } => self.remove(key),
            Op::RemoveMany { key, n } => {
                for number in key..key + n {
                    self.remove(number);
                    self.step_one(number);
                }
            }
            Op::Slide { n } => (0..n).for_each(|_| self.slide()),
            Op::Entry { key } => self.entry(key),
            Op::Retain { n } => {
                let mut gone = Vec::new();
                self.real.retain(|key, value| {
                    let goes = chosen(key, n);
                    if goes {
                        gone.push((key.clone(), value.clone()));
                    }
                    !goes
                });
                gone.iter().for_each(|(key, value)| self.taken(key, value));
                assert!(!self.entries.iter().any(|entry| chosen(&entry.key, n)));
            }
            Op::ExtractIf { n, take } => {
                let gone = self.real.extract_if(|key, _| chosen(key, n)).take(take);
                let gone: Vec<_> = gone.collect();
                gone.iter().for_each(|(key, value)| self.taken(key, value));
                let left = self.entries.iter().any(|entry| chosen(&entry.key, n));
                assert!(gone.len() == take || !left);
            }
            Op::Drain { take } => {
                let gone: Vec<_> = self.real.drain().take(take).collect();
                assert_eq!(gone.len(), take.min(self.entries.len()));
                gone.iter().for_each(|(key, value)| self.taken(key, value));
                self.clear();
            }
            Op::Clear => {
                self.real.clear();
                self.clear();
            }
            Op::Reserve { n } => self.real.reserve(n),
            Op::Shrink { n } => self.real.shrink_to(n),
            Op::Clone => {
                self.walks.clear();
                self.real = self.real.clone();
            }
            Op::StartWalk => {
                let must = self.entries.iter().map(|entry| entry.serial).collect();
                let met = BTreeSet::new();
                let it = K::walk(&mut self.real);
                self.walks.extend(it.map(|it| Walk { it, must, met }));
            }
            Op::Step { walk, n } => {
                if !self.walks.is_empty() {
                    let walk = walk % self.walks.len();
                    let ended = (0..n).any(|_| !self.step(walk));
                    if ended {
                        self.walks.swap_remove(walk);
                    }
                }
            }
        }
    }

    /// Takes a step of a walk; whether there was one.
    fn step(&mut self, walk: usize) -> bool {
        let Some((key, value)) = self.walks[walk].it.next(&self.real) else {
            let Walk { must, met, .. } = &self.walks[walk];
            assert!(must.is_subset(met), "not met: {:?}", must - met);
            return false;
        };
        let entry = self.entry_of(key, value);
        let entry = entry.unwrap_or_else(|| panic!("{key:?}: {value:?} is not there"));
        assert_eq!(entry.key.bits(), key.bits(), "{key:?} was overwritten");
        let serial = entry.serial;
        assert!(self.walks[walk].met.insert(serial), "{key:?} is met twice");
        true
    }

    /// Compares every entry.
    fn compare(&self) {
        let mut serials = BTreeSet::new();
        for (key, value) in self.real.iter() {
            let entry = self.entry_of(key, value);
            let entry = entry.unwrap_or_else(|| panic!("{key:?}: {value:?} is not there"));
            assert_eq!(entry.key.bits(), key.bits());
            assert!(serials.insert(entry.serial), "{key:?} twice");
        }
        assert_eq!(serials.len(), self.entries.len());
        for entry in &self.entries {
            let expected = entry.key.id().map(|_| V::of(entry.value));
            assert_eq!(self.real.get(&entry.key), expected.as_ref());
        }
    }
}

/// Runs a program on both.
fn run<K: ModelKey, V: ModelValue, S: ModelHasher>(program: &[Op]) -> Seen {
    fastrand::seed(program.len() as u64);
    let mut both = Both::<K, V, S>::new();
    for (i, op) in program.iter().enumerate() {
        both.run(*op);
        assert_eq!(both.real.len(), both.entries.len(), "{op:?}");
        both.real.check();
        both.note_growth();
        if i % 16 == 15 {
            both.compare();
        }
    }
    both.compare();
    while let Some(walk) = both.walks.len().checked_sub(1) {
        while both.step(walk) {}
        both.walks.pop();
    }
    both.seen
}

/// Runs many programs, the same ones each time.
fn check_programs<O: Debug>(
    seed: u64,
    programs: &impl Strategy<Value = Vec<O>>,
    run: impl Fn(&[O]),
) {
    let config = Config {
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..Config::default()
    };
    println!("{} programs, seed {seed}", config.cases);
    let outcome = TestRunner::new(config).run(programs, |program| {
        run(&program);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn run_programs<K: ModelKey, V: ModelValue, S: ModelHasher>(seed: u64) -> Seen {
    check_runs::<K, V, S>(seed, &programs(S::BAD))
}

fn check_runs<K: ModelKey, V: ModelValue, S: ModelHasher>(
    seed: u64,
    programs: &impl Strategy<Value = Vec<Op>>,
) -> Seen {
    let seen = Cell::new(Seen::default());
    check_programs(seed, programs, |program| {
        let (now, before) = (run::<K, V, S>(program), seen.get());
        seen.set(Seen {
            doubling: before.doubling + now.doubling,
            repacking: before.repacking + now.repacking,
            programs: before.programs + 1,
        });
    });
    println!("{:?}", seen.get());
    seen.get()
}

#[test]
fn words_to_words_do_what_the_model_does() {
    let seen = run_programs::<u64, u64, RandomState>(1);
    assert!(seen.doubling > seen.programs);
}

#[test]
fn words_to_nothing_do_what_the_model_does() {
    run_programs::<u64, (), RandomState>(2);
}

#[test]
fn bytes_to_words_do_what_the_model_does() {
    run_programs::<u8, u64, RandomState>(3);
}

#[test]
fn strings_to_strings_do_what_the_model_does() {
    run_programs::<String, String, RandomState>(4);
}

#[test]
fn large_keys_to_large_values_do_what_the_model_does() {
    run_programs::<[u64; 17], [u64; 25], RandomState>(5);
}

#[test]
fn floats_to_words_do_what_the_model_does() {
    let seen = run_programs::<F64, u64, RandomState>(6);
    assert!(seen.doubling > seen.programs);
}

#[test]
fn floats_to_strings_do_what_the_model_does() {
    run_programs::<F64, String, RandomState>(7);
}

#[test]
fn nothing_to_words_and_to_nothing_do_what_the_model_does() {
    run_programs::<(), u64, RandomState>(8);
    run_programs::<(), (), RandomState>(9);
}

#[test]
fn one_hash_for_all_keys_does_what_the_model_does() {
    run_programs::<u64, u64, Few<1>>(10);
    run_programs::<String, [u64; 25], Few<1>>(11);
    run_programs::<F64, u64, Few<1>>(12);
}

#[test]
fn three_hashes_for_all_keys_do_what_the_model_does() {
    run_programs::<u64, u64, Few<3>>(13);
    run_programs::<String, (), Few<3>>(14);
    run_programs::<F64, String, Few<3>>(15);
}

#[test]
fn runs_of_keys_that_come_and_go_do_what_the_model_does() {
    let seen = check_runs::<u64, u64, Runs>(16, &slides());
    assert!(seen.repacking > 2 * seen.programs);
    let seen = check_runs::<u64, String, Runs>(17, &slides());
    assert!(seen.repacking > 2 * seen.programs);
    check_runs::<F64, u64, Runs>(18, &slides());
}
