//! Every contest that names a Go twin has it, no twin is left over, and where Go is installed a
//! twin runs and does the same work.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use benches::twins::{Twins, TwinsError};
use benches::{hmap, slice};
use oracle::go::{Go, GoError, Scratch};

/// The benchmarks of a Go file with their sizes, as the contests name them. In the file each
/// function `Benchmark…(b` is followed by the list of its sizes, `[]int{…}`.
fn twins_of(file: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("go").join(file);
    let text = fs::read_to_string(path).expect("the twins are beside the sources");
    let mut twins = BTreeSet::new();
    for function in text.split("\nfunc Benchmark").skip(1) {
        let (name, rest) = function.split_once('(').expect("a parameter");
        let (_, rest) = rest.split_once("[]int{").expect("a list of sizes");
        let (sizes, _) = rest.split_once('}').expect("the end of the list");
        twins.extend(sizes.split(", ").map(|size| format!("{name}/{size}")));
    }
    twins
}

#[test]
fn every_contest_names_a_twin_that_is_there_and_no_twin_is_left_over() {
    let named: BTreeSet<_> = slice::contests()
        .into_iter()
        .filter_map(|contest| contest.go)
        .collect();
    assert_eq!(named, twins_of("slice_test.go"));

    let contests = hmap::contests().into_iter().chain(hmap::memory_twins());
    let named = contests.filter_map(|contest| contest.go);
    let timed = hmap::latency_contests().into_iter();
    let named: BTreeSet<_> = named
        .chain(timed.filter_map(|contest| contest.go))
        .collect();
    assert_eq!(named, twins_of("hmap_test.go"));
}

/// The twins of each Go that is installed; none, with a word about it, where there is none.
fn all_twins(scratch: &Scratch) -> Vec<Twins> {
    let gos = match Go::all() {
        Ok(gos) => gos,
        Err(GoError::NotFound) => {
            println!("skipped: {}", GoError::NotFound);
            return Vec::new();
        }
        Err(error) => panic!("{error}"),
    };
    let twins = gos
        .iter()
        .map(|go| Twins::build(go, scratch).expect("the twins build"));
    twins.collect()
}

#[test]
fn a_twin_runs_where_go_is_installed_and_is_skipped_elsewhere() {
    let scratch = Scratch::new().expect("a temporary directory");
    for twins in all_twins(&scratch) {
        assert!(twins.name().starts_with("Go "), "{}", twins.name());
        for benchmark in twins_of("slice_test.go") {
            let ns = twins
                .run(&benchmark, 1)
                .expect("what a twin makes is right");
            assert!(ns > 0.0, "{benchmark}: {ns}");
            println!("{}: {benchmark}: {ns} ns", twins.name());
        }
        let error = twins
            .run("AppendFromNothing/31", 1)
            .expect_err("no such size");
        assert!(matches!(error, TwinsError::NoResult { .. }), "{error}");
    }
}

#[test]
fn a_map_twin_adds_up_to_the_same_as_ours_and_every_peer() {
    let scratch = Scratch::new().expect("a temporary directory");
    for twins in all_twins(&scratch) {
        let light = hmap::contests()
            .into_iter()
            .filter(|contest| !contest.heavy);
        for mut contest in light {
            let (name, Some(go)) = (contest.name(), &contest.go) else {
                continue;
            };
            let measures = twins.once(go).expect("what a twin makes is right");
            for runner in &mut contest.runners {
                // Go tells the low 32 bits.
                let sum = f64::from((runner.run)(1) as u32);
                assert_eq!(measures.other["sum"], sum, "{name}: {}", runner.name);
            }
        }
    }
}

#[test]
fn a_map_twin_tells_how_long_each_operation_took_and_what_it_holds() {
    let scratch = Scratch::new().expect("a temporary directory");
    for twins in all_twins(&scratch) {
        let timed = hmap::latency_contests();
        for contest in timed.iter().filter(|contest| !contest.heavy) {
            let go = contest.go.as_deref().expect("a twin");
            let measures = twins.once(go).expect("what a twin makes is right");
            let histogram = measures.histogram().expect("a histogram");
            let noted: u64 = histogram.counts.iter().sum();
            assert_eq!(noted, contest.size as u64, "{go}");
            assert!(histogram.max_ns > 0, "{go}");
        }
        for contest in hmap::memory_twins() {
            let go = contest.go.as_deref().expect("a twin");
            let measures = twins.once(go).expect("what a twin makes is right");
            let each = measures.other["bytes"] / contest.size as f64;
            assert!((16.0..200.0).contains(&each), "{go}: {each}");
        }
    }
}
