//! Every contest that names a Go twin has it, no twin is left over, and where Go is installed a
//! twin runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use benches::slice;
use benches::twins::{Twins, TwinsError};
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
}

#[test]
fn a_twin_runs_where_go_is_installed_and_is_skipped_elsewhere() {
    let gos = match Go::all() {
        Ok(gos) => gos,
        Err(GoError::NotFound) => return println!("skipped: {}", GoError::NotFound),
        Err(error) => panic!("{error}"),
    };
    for go in gos {
        let scratch = Scratch::new().expect("a temporary directory");
        let twins = Twins::build(&go, &scratch).expect("the twins build");
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
