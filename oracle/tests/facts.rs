//! What real Go answered when the facts were recorded, our slices and maps answer too.
//!
//! The recorded scripts are replayed from beginning to end; this needs no Go. The first difference
//! is shown with the whole way that leads to it. The second half shows that the comparison can
//! fail: an answer altered by one character is found in its script and at its step, and nowhere
//! else.

use oracle::compare::{Answers, Difference, Tally, check};
use oracle::facts::{self, Facts, Recorded};
use oracle::language::Language;
use oracle::script::map::{Maps, Op};
use oracle::script::slice::Slices;

fn recorded<L: Language>() -> Facts<L> {
    Facts::read(&facts::path::<L>()).unwrap_or_else(|error| panic!("{error}"))
}

/// The first scripts about slices.
fn few_of_slices(n: usize) -> Vec<Recorded<Slices>> {
    let mut all = recorded().recorded;
    all.truncate(n);
    all
}

/// Replays `recorded` and returns what is identical, and the first difference.
fn replay<L: Language>(recorded: &[Recorded<L>]) -> (Tally, Option<Box<Difference<L>>>) {
    let mut tally = Tally::default();
    let difference = recorded
        .iter()
        .find_map(|r| check(&r.script, (Answers::Abridged, &r.answers), &mut tally).err());
    (tally, difference)
}

/// Replays all facts of a language; each answer has to be ours.
fn replay_all<L: Language>() -> Tally {
    let facts = recorded::<L>();
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
    tally
}

#[test]
fn our_slices_answer_every_recorded_operation_as_real_go_did() {
    let tally = replay_all::<Slices>();
    assert!(tally.scripts >= 2_000, "{tally:?}");
    assert!(tally.steps >= 120_000, "{tally:?}");
}

#[test]
fn our_maps_are_after_every_recorded_operation_in_the_state_real_go_was_in() {
    let tally = replay_all::<Maps>();
    assert!(tally.scripts >= 500, "{tally:?}");
    assert!(tally.steps >= 250_000, "{tally:?}");
    // Identical states prove little if the interesting ones are not among them.
    assert!(tally.sights.len() >= 14, "{tally:?}");
    for (name, count) in &tally.sights {
        assert!(*count >= 50, "{name}: {count}");
    }
}

#[test]
fn an_altered_answer_is_found_in_its_script_and_at_its_step() {
    let sound = few_of_slices(13);
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
    let mut one = few_of_slices(1);
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
    let mut one = few_of_slices(1);
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
fn an_altered_hash_of_a_stored_key_is_a_difference_and_our_state_is_shown() {
    let sound = recorded::<Maps>().recorded;
    let is_told = |answer: &String| answer.contains(" # ");
    for number in [0, 5, 23] {
        let mut altered = sound[number..=number].to_vec();
        let inserts = |op: &Op| matches!(op, Op::Set { .. });
        let steps = altered[0].script.ops.iter().map(inserts);
        let told = altered[0].answers.iter().map(is_told);
        let step = steps.zip(told).position(|(inserts, told)| inserts && told);
        let step = step.expect("a key is inserted");
        // The hash's top byte is its first two digits; the bucket has it as tophash.
        let answer = &mut altered[0].answers[step];
        let digit = answer.rfind('=').expect("a hash") + 1;
        let other = if &answer[digit..=digit] == "7" {
            "8"
        } else {
            "7"
        };
        answer.replace_range(digit..=digit, other);
        let (_, difference) = replay(&altered);
        let difference = difference.expect("one hash was altered");
        assert_eq!(difference.step, step, "{difference}");
        let text = difference.to_string();
        assert!(text.contains("\nour state:\n  h "), "{text}");
    }
}

#[test]
fn facts_written_and_read_again_are_the_same_facts() {
    let facts = recorded::<Maps>();
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
