//! What real Go answered when the facts were recorded, our slices answer too.
//!
//! The recorded scripts are replayed from beginning to end; this needs no Go. The first difference
//! is shown with the whole way that leads to it. The second half shows that the comparison can
//! fail: an answer altered by one character is found in its script and at its step, and nowhere
//! else.

use bumpalo::Bump;
use oracle::compare::{Difference, Tally, check};
use oracle::facts::{Facts, Recorded, slice_facts};

fn recorded() -> Facts {
    Facts::read(&slice_facts()).unwrap_or_else(|error| panic!("{error}"))
}

/// Replays `recorded` and returns what is identical, and the first difference.
fn replay(recorded: &[Recorded]) -> (Tally, Option<Box<Difference>>) {
    let (mut heap, mut tally) = (Bump::new(), Tally::default());
    let difference = recorded
        .iter()
        .find_map(|r| check(&r.script, &r.answers, &mut heap, &mut tally).err());
    (tally, difference)
}

#[test]
fn our_slices_answer_every_recorded_operation_as_real_go_did() {
    let facts = recorded();
    let (tally, difference) = replay(&facts.recorded);
    if let Some(difference) = difference {
        panic!("{tally:?} identical, then\n{difference}");
    }
    println!("{}: {tally:?}", facts.about.join(", "));
    assert!(
        facts.about.iter().any(|line| line.contains("go1.19")),
        "{:?}",
        facts.about
    );
    assert!(tally.scripts >= 2_000, "{tally:?}");
    assert!(tally.steps >= 120_000, "{tally:?}");
}

#[test]
fn an_altered_answer_is_found_in_its_script_and_at_its_step() {
    let sound = recorded().recorded;
    for (number, step) in [(0, 0), (7, 59), (12, 31)] {
        let mut altered = sound[..=number].to_vec();
        let answer = &mut altered[number].answers[step];
        let last = answer.pop().expect("an answer is never empty");
        answer.push(if last == '1' { '2' } else { '1' });
        let (tally, difference) = replay(&altered);
        let difference = difference.expect("one answer was altered");
        assert_eq!(
            (difference.script.id, difference.step),
            (number as u64, step)
        );
        assert_eq!(difference.go.as_ref(), Some(&altered[number].answers[step]));
        assert_eq!(difference.ours, sound[number].answers[step]);
        assert_eq!(tally.steps, (number * 60 + step) as u64);
        assert_eq!(tally.scripts, number as u64);
    }
}

#[test]
fn a_missing_answer_is_a_difference() {
    let mut one = recorded().recorded[..1].to_vec();
    one[0].answers.truncate(59);
    let (tally, difference) = replay(&one);
    let difference = difference.expect("the last answer is missing");
    assert_eq!(
        (difference.step, difference.go.as_ref(), tally.scripts),
        (59, None, 0)
    );
}

#[test]
fn a_difference_shows_the_script_so_far_and_both_lines() {
    let mut one = recorded().recorded[..1].to_vec();
    one[0].answers[2] = "something else".to_owned();
    let (_, difference) = replay(&one);
    let text = difference.expect("the answer was altered").to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 8, "{text}");
    assert_eq!(
        lines[0],
        format!("script 0 over {} differs at step 2", one[0].script.kind)
    );
    assert_eq!(lines[2].trim(), one[0].script.head());
    assert_eq!(lines[5].trim(), one[0].script.ops[2].to_string());
    assert_eq!(lines[6], "Go:   something else");
    assert!(lines[7].starts_with("ours: "), "{text}");
}

#[test]
fn facts_written_and_read_again_are_the_same_facts() {
    let facts = recorded();
    let directory = std::env::temp_dir().join(format!("oracle-facts-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a temporary directory");
    let path = directory.join("copy.txt.gz");
    facts.write(&path).unwrap_or_else(|error| panic!("{error}"));
    let read_again = Facts::read(&path).unwrap_or_else(|error| panic!("{error}"));
    std::fs::remove_dir_all(&directory).expect("the directory can be removed");
    assert!(
        facts == read_again,
        "the facts changed on their way through the file"
    );
}
