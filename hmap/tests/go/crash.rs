//! src/runtime/crash_test.go: programs that use a map from two goroutines without a lock.
//!
//! Go's programs race and hope; whether the runtime notices is luck, and Go's own test run skips
//! the first. Here each program stages the race: one thread stops in the middle of a write until
//! the other has done its part. The test starts itself once more as the program, since what is
//! asked is how a process ends.
//!
//! What the runtime notices of a race, and what not, is asked in racy.rs.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Barrier;
use std::thread;

use hmap::{Fatal, RacyMap};

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

/// runtime/crash_test.go: TestConcurrentMapReadWrite. A reader that meets a writer ends the
/// process.
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
