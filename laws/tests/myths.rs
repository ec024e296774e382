//! The myths: each is refuted, and by the smallest program that refutes it.
//!
//! ```text
//!   expected literal  ==  first failing input when all are tried in order of size, by this file
//!                     ==  where the search ends, whatever the seed
//! ```
//!
//! Order of size is the order of the loops below: the outermost weighs most, as the first dial of
//! the myth does. The loops know nothing of the search and state the belief once more on their own,
//! so that the expected text does not come from the code under test. Each expected program was also
//! run by Go 1.19.8, with the result that the reason states; where that depends on the seed of a
//! hash, which Go draws anew, in half of the runs or more. The race alone was not run: nobody can
//! stop real Go after a step.

#[path = "myths/map.rs"]
mod map;

use bumpalo::Bump;
use laws::{DEFAULT_CASES, DEFAULT_SEED, Myth, Refutation, Run, myths};
use slice::{Slice, Str};

/// A myth's name, the smallest program that refutes it, the reason, and the loops that find it.
struct Expected {
    myth: &'static str,
    input: &'static str,
    because_en: &'static str,
    because_zh: &'static str,
    first_failing: fn() -> Option<String>,
}

const SLICE: [Expected; 9] = [
    Expected {
        myth: "append-always-copies",
        input: "base := make([]int, 0, 1); x := append(base, 1); y := append(base, 2)",
        because_en: "x[0] is 2, not 1",
        because_zh: "x[0] 是 2，不是 1",
        first_failing: two_appends_to_one_base,
    },
    Expected {
        myth: "append-always-doubles",
        input: "s := make([]byte, 1); s = append(s, make([]byte, 1)...)",
        because_en: "cap(s) is 8, not 2",
        because_zh: "cap(s) 是 8，不是 2",
        first_failing: bytes_that_do_not_double,
    },
    Expected {
        myth: "grows-by-a-quarter-from-1024",
        input: "var s []int; for i := 0; i < 513; i++ { s = append(s, i) }",
        because_en: "cap(s) is 848, not 1024",
        because_zh: "cap(s) 是 848，不是 1024",
        first_failing: ints_that_leave_the_rule_of_go_1_17,
    },
    Expected {
        myth: "append-changes-the-callers-slice",
        input: "func f(s []int) { s = append(s, make([]int, 1)...) }; \
                s := make([]int, 0, 0); f(s)",
        because_en: "len(s) is 0, not 1",
        because_zh: "len(s) 是 0，不是 1",
        first_failing: appends_that_the_caller_misses,
    },
    Expected {
        myth: "a-subslice-is-independent",
        input: "s := []int{1}; t := s[0:1]; t[0] = 91",
        because_en: "s[0] is 91, not 1",
        because_zh: "s[0] 是 91，不是 1",
        first_failing: writes_through_a_subslice,
    },
    Expected {
        myth: "a-subslices-capacity-ends-with-it",
        input: "s := []int{1}; t := append(s[0:0], 91)",
        because_en: "s[0] is 91, not 1",
        because_zh: "s[0] 是 91，不是 1",
        first_failing: appends_to_a_subslice,
    },
    Expected {
        myth: "copy-grows-the-destination",
        input: "src := []int{1}; dst := make([]int, 0, 0); n := copy(dst, src)",
        because_en: "n is 0, not 1",
        because_zh: "n 是 0，不是 1",
        first_failing: copies_that_move_too_little,
    },
    Expected {
        myth: "len-counts-characters",
        input: "s := \"π\"",
        because_en: "len(s) is 2, not 1",
        because_zh: "len(s) 是 2，不是 1",
        first_failing: strings_with_more_bytes_than_characters,
    },
    Expected {
        myth: "one-address-one-slice",
        input: "s := make([]int, 0, 1); t := append(s, 1)",
        because_en: "s and t are at one address, but len(s) is 0 and len(t) is 1",
        because_zh: "s 和 t 地址相同，但 len(s) 是 0，len(t) 是 1",
        first_failing: slices_at_one_address,
    },
];

fn two_appends_to_one_base() -> Option<String> {
    for len in 0..=40 {
        for cap in len..=len + 40 {
            let heap = Bump::new();
            let base: Slice<'_, i64> = Slice::make(&heap, len, cap);
            let x = base.append(&heap, 1);
            let _y = base.append(&heap, 2);
            if x.at(len) != 1 {
                return Some(format!(
                    "base := make([]int, {len}, {cap}); x := append(base, 1); y := append(base, 2)"
                ));
            }
        }
    }
    None
}

fn bytes_that_do_not_double() -> Option<String> {
    // Byte is the first element type in order of size, so the others need no look.
    for more in 1..=40 {
        for n in 1..=600 {
            let heap = Bump::new();
            let s: Slice<'_, u8> = Slice::zeroed(&heap, n);
            let cap = s.append_slice(&heap, Slice::zeroed(&heap, more)).cap();
            let powers = (0..).map(|times| n << times);
            if Some(cap) != powers.into_iter().find(|doubled| *doubled >= n + more) {
                return Some(format!(
                    "s := make([]byte, {n}); s = append(s, make([]byte, {more})...)"
                ));
            }
        }
    }
    None
}

fn ints_that_leave_the_rule_of_go_1_17() -> Option<String> {
    // Go 1.17: capacities of a []int that grows one by one, classes included.
    const BELIEVED: [usize; 14] = [
        1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1280, 1696, 2304,
    ];
    let heap = Bump::new();
    let mut s: Slice<'_, i64> = Slice::nil();
    for n in 1..=2304 {
        s = s.append(&heap, 0);
        if Some(&s.cap()) != BELIEVED.iter().find(|cap| **cap >= n) {
            return Some(format!(
                "var s []int; for i := 0; i < {n}; i++ {{ s = append(s, i) }}"
            ));
        }
    }
    None
}

fn appends_that_the_caller_misses() -> Option<String> {
    for len in 0..=40 {
        for cap in len..=len + 40 {
            for more in 1..=40 {
                let heap = Bump::new();
                let s: Slice<'_, i64> = Slice::make(&heap, len, cap);
                let _in_f = s.append_slice(&heap, Slice::zeroed(&heap, more));
                if s.len() != len + more {
                    return Some(format!(
                        "func f(s []int) {{ s = append(s, make([]int, {more})...) }}; \
                         s := make([]int, {len}, {cap}); f(s)"
                    ));
                }
            }
        }
    }
    None
}

/// `[]int{1, 2, …, n}` as text and as a slice.
fn numbered(heap: &Bump, n: usize) -> (String, Slice<'_, i64>) {
    let s = Slice::from_iter_in(heap, (1..).take(n)).slice3(0, n, n);
    let words: Vec<String> = s.iter().map(|element| element.to_string()).collect();
    (format!("[]int{{{}}}", words.join(", ")), s)
}

fn writes_through_a_subslice() -> Option<String> {
    for a in 0..=8 {
        for b in a + 1..=a + 8 {
            for n in b..=b + 8 {
                let heap = Bump::new();
                let (text, s) = numbered(&heap, n);
                let was = s.to_vec();
                s.slice(a..b).set(0, 91);
                if s.to_vec() != was {
                    return Some(format!("s := {text}; t := s[{a}:{b}]; t[0] = 91"));
                }
            }
        }
    }
    None
}

fn appends_to_a_subslice() -> Option<String> {
    for a in 0..=8 {
        for b in a..=a + 8 {
            for n in b..=b + 8 {
                let heap = Bump::new();
                let (text, s) = numbered(&heap, n);
                let was = s.to_vec();
                let _t = s.slice(a..b).append(&heap, 91);
                if s.to_vec() != was {
                    return Some(format!("s := {text}; t := append(s[{a}:{b}], 91)"));
                }
            }
        }
    }
    None
}

fn copies_that_move_too_little() -> Option<String> {
    for n in 0..=12 {
        for len in 0..=12 {
            for cap in len..=len + 12 {
                let heap = Bump::new();
                let (text, src) = numbered(&heap, n);
                let dst = Slice::make(&heap, len, cap);
                if dst.copy_from(src) != n {
                    return Some(format!(
                        "src := {text}; dst := make([]int, {len}, {cap}); n := copy(dst, src)"
                    ));
                }
            }
        }
    }
    None
}

fn strings_with_more_bytes_than_characters() -> Option<String> {
    // Shorter before longer, and within a length by the width of the characters.
    let mut strings = vec![String::new()];
    for _ in 0..6 {
        for s in &strings {
            if Str::from(s.as_str()).len() != s.chars().count() {
                return Some(format!("s := \"{s}\""));
            }
        }
        let longer = |s: &String| ["a", "π", "中", "😀"].map(|c| format!("{s}{c}"));
        strings = strings.iter().flat_map(longer).collect();
    }
    None
}

fn slices_at_one_address() -> Option<String> {
    for len in 0..=40 {
        for cap in len..=len + 40 {
            let heap = Bump::new();
            let s: Slice<'_, i64> = Slice::make(&heap, len, cap);
            let t = s.append(&heap, 1);
            if s.as_ptr() == t.as_ptr() && s.len() != t.len() {
                return Some(format!("s := make([]int, {len}, {cap}); t := append(s, 1)"));
            }
        }
    }
    None
}

/// What the search finds against `myth`.
fn refutation(myth: &Myth, seed: u64) -> Refutation {
    let cases = DEFAULT_CASES;
    let outcome = (myth.search)(&Run { cases, seed });
    match outcome.refutation {
        Some(refutation) => refutation,
        None => panic!("{} is not refuted at seed {seed}", myth.name),
    }
}

#[test]
fn every_myth_is_refuted_by_the_smallest_counterexample() {
    let expected: Vec<_> = SLICE.iter().chain(&map::MAP).collect();
    let names = myths().iter().map(|myth| myth.name);
    assert!(expected.iter().map(|expected| expected.myth).eq(names));
    for (expected, myth) in expected.into_iter().zip(myths()) {
        assert_eq!((expected.first_failing)().as_deref(), Some(expected.input));
        for seed in DEFAULT_SEED..DEFAULT_SEED + 50 {
            let found = refutation(myth, seed);
            let smallest = found.smallest();
            assert_eq!(smallest.input, expected.input, "seed {seed}");
            assert_eq!(smallest.because_en, expected.because_en, "seed {seed}");
            assert_eq!(smallest.because_zh, expected.because_zh, "seed {seed}");
        }
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    for myth in myths() {
        let story = refutation(myth, DEFAULT_SEED);
        assert_eq!(story, refutation(myth, DEFAULT_SEED), "{}", myth.name);
        let others = (1..10).map(|more| refutation(myth, DEFAULT_SEED + more));
        let differ = others
            .into_iter()
            .any(|other| other.trail[0] != story.trail[0]);
        assert!(differ, "{}: every seed finds the same program", myth.name);
    }
}

#[test]
fn a_story_can_be_told_in_a_few_lines() {
    for myth in myths() {
        let trail = refutation(myth, DEFAULT_SEED).trail;
        assert!(
            (2..=10).contains(&trail.len()),
            "{}: {} lines",
            myth.name,
            trail.len()
        );
    }
}

#[test]
fn the_readme_tells_the_story_as_the_search_does() {
    let readme = include_str!("../README.md");
    let myth = &myths()[1];
    assert!(readme.contains(myth.belief.en), "{}", myth.belief.en);
    let trail = refutation(myth, DEFAULT_SEED).trail;
    let lines = trail
        .iter()
        .map(|step| format!("{:<66}{}\n", step.input, step.because_en));
    let story: String = lines.collect();
    assert!(readme.contains(&story), "README.md should say:\n{story}");
}
