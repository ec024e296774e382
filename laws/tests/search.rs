//! The search itself: it finds what is planted, walks down to the bottom, and tells the truth.
//!
//! The planted laws are false in known places, so the smallest counterexample is known too.

use core::fmt;

use laws::{Because, DEFAULT_CASES, Outcome, Run, dials, hold, recover, same, search};
use proptest::strategy::Strategy;
use std::cell::RefCell;

/// An input that prints as its numbers.
#[derive(Clone, Debug, PartialEq)]
struct Numbers(Vec<usize>);

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// Two numbers from 0 to 100.
fn pairs() -> impl Strategy<Value = Numbers> {
    dials([0..=100, 0..=100]).prop_map(|pair| Numbers(pair.to_vec()))
}

fn run(seed: u64) -> Run {
    let cases = DEFAULT_CASES;
    Run { cases, seed }
}

/// The property that is false of the inputs that `fails` picks.
fn planted(fails: impl Fn(&[usize]) -> bool) -> impl Fn(&Numbers) -> Result<(), Because> {
    move |input| hold(!fails(&input.0), "planted", "埋下的")
}

/// The trail of inputs of a search that must find something.
fn trail(outcome: Outcome) -> Vec<String> {
    let refutation = outcome.refutation.expect("planted, so found");
    assert_eq!(refutation.found_at, outcome.cases);
    refutation
        .trail
        .into_iter()
        .map(|candidate| candidate.input)
        .collect()
}

#[test]
fn a_planted_falsehood_is_found_and_shrunk_to_its_corner() {
    for seed in 0..50 {
        let found = search(&run(seed), &pairs(), planted(|n| n[0] >= 17 && n[1] >= 3));
        assert_eq!(trail(found).last().unwrap(), "[17, 3]", "seed {seed}");
    }
}

#[test]
fn shrinking_crosses_a_gap_in_which_the_law_holds() {
    for seed in 0..50 {
        let found = search(&run(seed), &pairs(), planted(|n| n[1] == 5 || n[1] >= 40));
        assert_eq!(trail(found).last().unwrap(), "[0, 5]", "seed {seed}");
    }
}

#[test]
fn every_candidate_of_a_trail_fails_and_is_smaller_than_the_one_before() {
    let fails = |n: &[usize]| n[0] + n[1] > 30;
    for seed in 0..50 {
        let seen = RefCell::new(Vec::new());
        let outcome = search(&run(seed), &pairs(), |input: &Numbers| {
            if fails(&input.0) {
                seen.borrow_mut().push(input.clone());
            }
            planted(fails)(input)
        });
        let failing = seen.into_inner();
        let printed: Vec<String> = failing.iter().map(Numbers::to_string).collect();
        assert_eq!(trail(outcome), printed, "seed {seed}");
        let smaller = |pair: &[Numbers]| pair[1].0 < pair[0].0;
        assert!(failing.windows(2).all(smaller), "seed {seed}: {printed:?}");
    }
}

#[test]
fn the_strategies_of_proptest_shrink_too() {
    let lists = proptest::collection::vec(0_usize..50, 0..=6).prop_map(Numbers);
    for seed in 0..20 {
        let found = search(
            &run(seed),
            &lists,
            planted(|n| n.iter().any(|each| *each >= 7)),
        );
        assert_eq!(trail(found).last().unwrap(), "[7]", "seed {seed}");
    }
}

#[test]
fn a_true_law_is_tried_as_often_as_asked() {
    for cases in [0, 1, 300] {
        let outcome = search(&Run { cases, seed: 0 }, &pairs(), planted(|_| false));
        assert_eq!((outcome.cases, outcome.refutation), (cases, None));
    }
}

#[test]
fn the_first_failing_case_is_counted_from_one() {
    let tried = RefCell::new(0);
    let outcome = search(&run(0), &pairs(), |_: &Numbers| {
        *tried.borrow_mut() += 1;
        hold(*tried.borrow() != 4, "the fourth", "第四个")
    });
    assert_eq!(outcome.refutation.unwrap().found_at, 4);
}

#[test]
fn a_panic_of_the_property_is_a_failure_with_its_text() {
    let outcome = search(&run(0), &pairs(), |input: &Numbers| {
        let list = [0; 10];
        same("list[i]", list[input.0[0]], 0)
    });
    let refutation = outcome.refutation.unwrap();
    let smallest = refutation.smallest();
    let text = "index out of bounds: the len is 10 but the index is 10";
    assert_eq!(smallest.input, "[10, 0]");
    assert_eq!(smallest.because_en, format!("it panics: {text}"));
    assert_eq!(smallest.because_zh, format!("程序 panic：{text}"));
}

#[test]
fn what_reads_the_same_is_told_once() {
    let blind = dials([0..=100, 0..=100]).prop_map(|[shown, _hidden]| Numbers(vec![shown]));
    for seed in 0..20 {
        let inputs = trail(search(&run(seed), &blind, planted(|n| n[0] >= 9)));
        assert!(
            inputs.windows(2).all(|pair| pair[0] != pair[1]),
            "seed {seed}: {inputs:?}"
        );
        assert_eq!(inputs.last().unwrap(), "[9]");
    }
}

#[test]
fn the_seed_and_nothing_else_chooses_the_inputs() {
    let inputs = |seed| {
        let seen = RefCell::new(Vec::new());
        search(&run(seed), &pairs(), |input: &Numbers| {
            seen.borrow_mut().push(input.clone());
            Ok(())
        });
        seen.into_inner()
    };
    assert_eq!(inputs(5), inputs(5));
    assert_ne!(inputs(5), inputs(6));
}

#[test]
fn same_names_both_values_in_both_languages() {
    let because = same("len(s)", 3, 4).unwrap_err();
    assert_eq!(
        (because.en.as_str(), because.zh.as_str()),
        ("len(s) is 3, not 4", "len(s) 是 3，不是 4")
    );
}

#[test]
fn recover_returns_the_value_or_the_text_of_the_panic() {
    assert_eq!(recover(|| 3), Ok(3));
    assert_eq!(
        recover(|| panic!("send on {} channel", "closed")),
        Err::<(), _>("send on closed channel".into())
    );
    assert_eq!(
        recover(|| panic!("all asleep")),
        Err::<(), _>("all asleep".into())
    );
    assert_eq!(
        recover(|| std::panic::panic_any(7)),
        Err::<(), _>("a panic without a text".into())
    );
    assert_eq!(
        recover(|| recover(|| panic!("inner")).unwrap_err()),
        Ok("inner".to_string()) as Result<String, String>
    );
}

#[test]
#[should_panic(expected = "a dial needs a range")]
#[expect(clippy::reversed_empty_ranges, reason = "an empty range is the point")]
fn an_empty_range_is_refused() {
    drop(dials([3..=2]));
}
