//! What the hashWriting check notices of two writers, and what it does not.
//!
//! The texts and the exit status are those of Go 1.19.8 (`fatal error: concurrent map writes`,
//! status 2). Interleavings are made by hand or all of them are tried; where threads run, nothing
//! is expected that chance could change.

use std::process::Command;
use std::sync::Barrier;
use std::thread;

use hmap::racy_write::{Checked, Found, Loaded, Marked, Placed, Rechecked, Returned};
use hmap::{Fatal, RacyMap, flags};

/// A writer between two of its steps.
enum Writer<'m> {
    Outside(&'m RacyMap),
    Checked(Checked<'m>),
    Loaded(Loaded<'m>),
    Marked(Marked<'m>),
    Found(Found<'m>),
    Placed(Placed<'m>),
    Rechecked(Rechecked<'m>),
    Returned(Returned<'m>),
    Done,
}

/// Steps from `Outside` to `Done`.
const STEPS: usize = 8;

impl<'m> Writer<'m> {
    /// Takes one step of `m[key] = value`.
    fn step(self, key: u64, value: u64) -> Result<Writer<'m>, Fatal> {
        Ok(match self {
            Self::Outside(map) => Writer::Checked(map.check_write(key)?),
            Self::Checked(write) => Writer::Loaded(write.load_flags()),
            Self::Loaded(write) => Writer::Marked(write.store_flags()),
            Self::Marked(write) => Writer::Found(write.find()),
            Self::Found(write) => Writer::Placed(write.write_key()),
            Self::Placed(write) => Writer::Rechecked(write.recheck()?),
            Self::Rechecked(write) => Writer::Returned(write.clear_flag()),
            Self::Returned(write) => {
                write.store(value);
                Writer::Done
            }
            Self::Done => Writer::Done,
        })
    }
}

/// Runs two writers, of keys 1 and 2, as `schedule` says: bit i is who takes step i. Ends with the
/// first fatal error, as a process does.
fn run(map: &RacyMap, schedule: u32) -> Result<(), Fatal> {
    let mut writers = [Some(Writer::Outside(map)), Some(Writer::Outside(map))];
    for i in 0..2 * STEPS {
        let who = (schedule >> i & 1) as usize;
        let writer = writers[who].take().expect("put back below");
        let key = who as u64 + 1;
        writers[who] = Some(writer.step(key, 10 * key)?);
    }
    Ok(())
}

/// All orders of two writers' steps: 16 over 8.
fn schedules() -> impl Iterator<Item = u32> {
    (0..1 << (2 * STEPS)).filter(|schedule: &u32| schedule.count_ones() as usize == STEPS)
}

/// The steps of a writer that have to do with the flag, by number.
const LOAD: usize = 1;
const STORE: usize = 2;
const RECHECK: usize = 5;
const CLEAR: usize = 6;

/// When each of the two writers takes each of its steps.
fn steps_of(schedule: u32) -> [Vec<usize>; 2] {
    [0, 1].map(|who| {
        (0..2 * STEPS)
            .filter(|i| schedule >> i & 1 == who)
            .collect()
    })
}

/// Whether one writer is done before the other begins.
fn is_sequential(schedule: u32) -> bool {
    schedule == 0x00ff || schedule == 0xff00
}

#[test]
fn operations_one_after_the_other_behave_as_a_map() {
    let map = RacyMap::new();
    let mut model = std::collections::BTreeMap::new();
    let mut x = 1_u64;
    for _ in 0..2_000 {
        x = x
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let (key, value) = (x >> 33 & 31, x >> 40);
        match x >> 60 {
            0..8 => {
                model.insert(key, value);
                map.set(key, value).expect("no other writer");
            }
            8..15 => {
                model.remove(&key);
                map.delete(key).expect("no other writer");
            }
            _ => {
                model.clear();
                map.clear().expect("no other writer");
            }
        }
        assert_eq!(map.len(), model.len());
        assert_eq!(map.get(key), Ok(model.get(&key).copied()));
        let mut entries: Vec<_> = map.range().map(|entry| entry.expect("no writer")).collect();
        entries.sort_unstable();
        assert!(
            entries
                .iter()
                .copied()
                .eq(model.iter().map(|(k, v)| (*k, *v)))
        );
        assert_eq!(map.flags(), 0);
    }
}

#[test]
fn a_write_under_way_is_seen_by_every_other_operation() {
    let map = RacyMap::new();
    map.set(1, 10).expect("alone");
    let write = map.begin_write(2).expect("alone");
    assert_eq!(map.flags(), flags::HASH_WRITING);
    assert_eq!(map.set(3, 30), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(map.delete(1), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(map.clear(), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(map.get(1), Err(Fatal::ConcurrentMapReadAndMapWrite));
    let step = map.range().next();
    assert_eq!(step, Some(Err(Fatal::ConcurrentMapIterationAndMapWrite)));
    assert_eq!(write.finish(20), Ok(()));
    assert_eq!(map.get(2), Ok(Some(20)));
}

/// mapaccess and mapdelete return from an empty map before they look at the flags.
#[test]
fn an_empty_map_is_read_without_a_check() {
    let map = RacyMap::new();
    let write = map.begin_write(1).expect("alone");
    assert_eq!(map.get(1), Ok(None));
    assert_eq!(map.delete(1), Ok(()));
    assert_eq!(map.clear(), Ok(()));
    assert_eq!(write.finish(10), Ok(()));
}

#[test]
fn two_writers_that_flip_the_flag_one_after_the_other_find_it_clear() {
    let map = RacyMap::new();
    let first = map.check_write(1).expect("alone");
    let second = map.check_write(2).expect("the flag is not set yet");
    let first = first.load_flags().store_flags();
    assert_eq!(map.flags(), flags::HASH_WRITING);
    let second = second.load_flags().store_flags();
    assert_eq!(map.flags(), 0, "flipped twice");
    assert_eq!(first.finish(10), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(second.finish(20), Err(Fatal::ConcurrentMapWrites));
}

#[test]
fn a_key_is_lost_and_nobody_notices() {
    let map = RacyMap::new();
    let first = map.check_write(1).expect("alone").load_flags();
    let second = map.check_write(2).expect("not set yet").load_flags();
    let (first, second) = (first.store_flags(), second.store_flags());
    // Both see the same first empty cell, and the later key overwrites the earlier.
    let (first, second) = (first.find(), second.find());
    let (first, second) = (first.write_key(), second.write_key());
    let first = first.recheck().expect("the flag is set");
    let second = second.recheck().expect("the flag is set, still");
    first.clear_flag().store(10);
    second.clear_flag().store(20);
    assert_eq!(map.len(), 2);
    assert_eq!(map.get(1), Ok(None));
    assert_eq!(map.get(2), Ok(Some(20)));
    assert_eq!(map.range().count(), 1, "one entry, and a count of 2");
}

#[test]
fn a_read_can_find_a_key_before_its_value() {
    let map = RacyMap::new();
    let write = map.begin_write(1).expect("alone").find().write_key();
    let write = write.recheck().expect("alone").clear_flag();
    assert_eq!(
        map.get(1),
        Ok(Some(0)),
        "the key is there, the value is not"
    );
    write.store(10);
    assert_eq!(map.get(1), Ok(Some(10)));
}

#[test]
fn of_all_orders_of_two_writers_only_the_sequential_are_sure_and_some_bad_ones_pass() {
    let (mut noticed, mut lost_unnoticed, mut n) = (0, 0, 0);
    for schedule in schedules() {
        let map = RacyMap::new();
        let result = run(&map, schedule);
        let both = map.get(1) == Ok(Some(10)) && map.get(2) == Ok(Some(20));
        if is_sequential(schedule) {
            assert_eq!(result, Ok(()));
            assert!(both, "{schedule:#06x}");
        }
        match result {
            Err(fatal) => {
                assert_eq!(fatal, Fatal::ConcurrentMapWrites);
                noticed += 1;
            }
            Ok(()) if !both => {
                // As the header of racy.rs says: loaded, and rechecked, side by side.
                let [first, second] = steps_of(schedule);
                let apart = |a: usize, b: usize| first[a].max(second[a]) < first[b].min(second[b]);
                assert!(
                    apart(LOAD, STORE) && apart(RECHECK, CLEAR),
                    "{schedule:#06x}"
                );
                lost_unnoticed += 1;
            }
            Ok(()) => {}
        }
        n += 1;
    }
    assert_eq!(n, 12_870, "16 over 8");
    assert!(noticed > n / 2, "most races are noticed: {noticed} of {n}");
    assert!(lost_unnoticed > 0, "not all are");
}

#[test]
fn threads_may_race_as_they_like_without_undefined_behaviour() {
    let (map, start) = (RacyMap::new(), Barrier::new(4));
    thread::scope(|scope| {
        for thread in 0..4_u64 {
            let (map, start) = (&map, &start);
            scope.spawn(move || {
                start.wait();
                for i in 0..1_000 {
                    // A flag that a fatal error left set is what ends a process in Go; here the
                    // loop goes on, and every answer is one of these.
                    let answers = [
                        map.set((thread + i) % 8, i).err(),
                        map.get(i % 8).err(),
                        map.delete((thread * i) % 8).err(),
                    ];
                    for fatal in answers.into_iter().flatten() {
                        assert!(
                            fatal
                                .to_string()
                                .starts_with("fatal error: concurrent map ")
                        );
                    }
                }
            });
        }
    });
    for entry in map.range().take(100) {
        assert!(entry.is_err() || entry.is_ok_and(|(key, _)| key < 8));
    }
}

#[test]
fn the_texts_are_those_of_go() {
    let texts = [
        (
            Fatal::ConcurrentMapWrites,
            "fatal error: concurrent map writes",
        ),
        (
            Fatal::ConcurrentMapReadAndMapWrite,
            "fatal error: concurrent map read and map write",
        ),
        (
            Fatal::ConcurrentMapIterationAndMapWrite,
            "fatal error: concurrent map iteration and map write",
        ),
    ];
    for (fatal, text) in texts {
        assert_eq!(fatal.to_string(), text);
    }
}

/// Starts this test program once more, to see it end.
#[test]
fn a_fatal_error_ends_the_process_with_status_2_and_cannot_be_caught() {
    const AGAIN: &str = "HMAP_TEST_THROW";
    if std::env::var_os(AGAIN).is_some() {
        let caught = std::panic::catch_unwind(|| Fatal::ConcurrentMapWrites.throw());
        unreachable!("Go's recover does not see it either: {}", caught.is_err());
    }
    let test = "a_fatal_error_ends_the_process_with_status_2_and_cannot_be_caught";
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--nocapture"])
        .env(AGAIN, "1")
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said, "fatal error: concurrent map writes\n");
}
