//! src/runtime/crash_test.go: programs that use a map from two goroutines without a lock.
//!
//! Go's programs race and hope; whether the runtime notices is luck, and Go's own test run skips
//! the first. Here each program stages the race: one thread stops in the middle of a write until
//! the other has done its part. The test starts itself once more as the program, since what is
//! asked is how a process ends.
//!
//! Go: runtime/crash_test.go: TestConcurrentMapWrites and its two sisters;
//! runtime/testdata/testprog/map.go (1.19).

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Barrier;
use std::thread;

use hmap::{Fatal, RacyMap, flags};

/// Set in the process that is to be the program.
const PROGRAM: &str = "GOBONES_TEST_RACE";

/// What a destructor of the program would print.
const DEFERRED: &str = "deferred";

/// A deferred function of Go's, which a fatal error does not run.
struct Deferred;

impl Drop for Deferred {
    fn drop(&mut self) {
        println!("{DEFERRED}");
    }
}

/// The program: a thread stops in the middle of `m[5] = 0`, and another one does something.
fn race(operation: impl Fn(&RacyMap) -> Result<(), Fatal> + Sync) {
    let m = RacyMap::new();
    m.set(5, 0).expect("nobody else is there");
    let in_the_middle = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            let write = m.begin_write(5).expect("nobody else writes");
            in_the_middle.wait();
            in_the_middle.wait(); // the other one never comes
            write.finish(0).expect("nobody else wrote");
        });
        scope.spawn(|| {
            let _deferred = Deferred;
            in_the_middle.wait();
            let recovered = catch_unwind(AssertUnwindSafe(|| {
                if let Err(fatal) = operation(&m) {
                    fatal.throw();
                }
            }));
            println!("recovered: {recovered:?}");
            in_the_middle.wait();
        });
    });
}

/// Runs the program in a process of its own, and checks how that ends.
fn check_race(test: &str, text: &str, operation: impl Fn(&RacyMap) -> Result<(), Fatal> + Sync) {
    if env::var_os(PROGRAM).is_some() {
        race(operation);
        return;
    }
    let program = env::current_exe().expect("the path of this test program");
    let output = Command::new(program)
        .args(["--exact", "--nocapture", &format!("crash::{test}")])
        .env(PROGRAM, "1")
        .output()
        .expect("this test program runs");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed.lines().next(), Some(text));
    assert_eq!(output.status.code(), Some(2));
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        !printed.contains(DEFERRED) && !printed.contains("recovered"),
        "{printed}"
    );
}

/// runtime/crash_test.go: TestConcurrentMapWrites. A second writer ends the process; nothing
/// recovers from it, and no deferred function runs.
#[test]
fn test_concurrent_map_writes() {
    let text = "fatal error: concurrent map writes";
    check_race("test_concurrent_map_writes", text, |m| m.set(6, 0));
}

/// runtime/crash_test.go: TestConcurrentMapReadWrite. A reader that meets a writer ends the process.
#[test]
fn test_concurrent_map_read_write() {
    let text = "fatal error: concurrent map read and map write";
    check_race("test_concurrent_map_read_write", text, |m| {
        m.get(6).map(|_| ())
    });
}

/// runtime/crash_test.go: TestConcurrentMapIterateWrite. A range that meets a writer ends the
/// process.
#[test]
fn test_concurrent_map_iterate_write() {
    let text = "fatal error: concurrent map iteration and map write";
    let range = |m: &RacyMap| m.range().try_for_each(|entry| entry.map(|_| ()));
    check_race("test_concurrent_map_iterate_write", text, range);
}

#[test]
fn a_delete_and_a_clear_are_writes_too() {
    let m = RacyMap::new();
    m.set(5, 0).expect("alone");
    let write = m.begin_write(5).expect("alone");
    assert_eq!(m.delete(5), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(m.clear(), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(m.flags(), flags::HASH_WRITING);
    assert_eq!(write.finish(7), Ok(()));
    assert_eq!((m.flags(), m.get(5)), (0, Ok(Some(7))));
}

/// Both load the flags as 0, both store them set, both find them set: the race goes unnoticed.
#[test]
fn two_writers_in_step_are_not_noticed_and_one_entry_may_get_lost() {
    let m = RacyMap::new();
    let (a, b) = (
        m.check_write(1).expect("alone"),
        m.check_write(2).expect("not yet"),
    );
    let (a, b) = (a.load_flags(), b.load_flags());
    let (a, b) = (a.store_flags().find(), b.store_flags().find());
    let (a, b) = (a.write_key().recheck(), b.write_key().recheck());
    a.expect("the flag is set").clear_flag().store(10);
    b.expect("the flag was set").clear_flag().store(20);
    // Both took the first empty cell.
    assert_eq!((m.get(1), m.get(2)), (Ok(None), Ok(Some(20))));
    assert_eq!(m.len(), 2);
}

/// The second one's check passes before the flag is set; its flip then takes the flag away.
#[test]
fn both_writers_are_told_when_the_second_flips_the_flag_back() {
    let m = RacyMap::new();
    let (a, b) = (
        m.check_write(1).expect("alone"),
        m.check_write(2).expect("not yet"),
    );
    let a = a.load_flags().store_flags();
    let b = b.load_flags().store_flags();
    assert_eq!(m.flags(), 0);
    assert_eq!(a.finish(10), Err(Fatal::ConcurrentMapWrites));
    assert_eq!(b.finish(20), Err(Fatal::ConcurrentMapWrites));
}

/// An empty map is not looked at, so it is not checked either.
#[test]
fn a_read_of_an_empty_map_notices_nothing() {
    let m = RacyMap::new();
    let write = m.begin_write(1).expect("alone");
    assert_eq!(m.get(1), Ok(None));
    assert_eq!(write.finish(1), Ok(()));
}
