//! The book itself: every law holds, and every entry can be read in both languages.
//!
//! A law that fails prints its seed, the program that breaks it and the reason, which is all that
//! is needed to see the failure again.

use std::collections::BTreeSet;

use laws::{DEFAULT_CASES, DEFAULT_SEED, Run, Text, laws, myths};

/// The areas that exist and the chapters of each, in the order of the book.
const CHAPTERS: [(&str, &str); 13] = [
    ("slice", "append"),
    ("slice", "growth"),
    ("slice", "arguments"),
    ("slice", "strings"),
    ("slice", "notes"),
    ("map", "buckets"),
    ("map", "order"),
    ("map", "doubling"),
    ("map", "evacuation"),
    ("map", "delete"),
    ("map", "concurrent"),
    ("map", "odd-keys"),
    ("map", "tree"),
];

#[test]
fn every_law_holds() {
    for seed in DEFAULT_SEED..DEFAULT_SEED + 3 {
        println!("seed {seed}, {DEFAULT_CASES} cases a law");
        let cases = DEFAULT_CASES;
        for law in laws() {
            let outcome = (law.search)(&Run { cases, seed });
            if let Some(refutation) = &outcome.refutation {
                let broken = refutation.smallest();
                panic!(
                    "{} is broken at seed {seed}\n  {}\n  {}",
                    law.name, broken.input, broken.because_en
                );
            }
            assert_eq!(outcome.cases, cases, "{} stopped early", law.name);
        }
    }
}

#[test]
fn every_law_can_be_asked_for_no_cases_at_all() {
    for law in laws() {
        let outcome = (law.search)(&Run { cases: 0, seed: 0 });
        assert_eq!(
            (outcome.cases, outcome.refutation),
            (0, None),
            "{}",
            law.name
        );
    }
}

/// Every name of the book.
fn names() -> Vec<&'static str> {
    let laws = laws().iter().map(|law| law.name);
    laws.chain(myths().iter().map(|myth| myth.name)).collect()
}

/// Every text of the book with the name that it stands under.
fn texts() -> Vec<(&'static str, Text)> {
    let claims = laws().iter().map(|law| (law.name, law.claim));
    let beliefs = myths().iter().map(|myth| (myth.name, myth.belief));
    let truths = myths().iter().map(|myth| (myth.name, myth.truth));
    claims.chain(beliefs).chain(truths).collect()
}

#[test]
fn names_are_unique_and_texts_exist_in_both_languages() {
    let unique: BTreeSet<&str> = names().into_iter().collect();
    assert_eq!(unique.len(), names().len(), "a name is used twice");
    for name in unique {
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(kebab), "{name} is not kebab-case");
    }
    for (name, Text { en, zh }) in texts() {
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(en.is_ascii() && en.ends_with('.'), "{name}: {en}");
        assert!(
            zh.chars().any(chinese) && zh.ends_with('。'),
            "{name}: {zh}"
        );
        assert!(
            !en.contains("  ") && !zh.contains("  "),
            "{name}: two blanks in a row"
        );
    }
}

#[test]
fn entries_stand_in_chapter_order_and_say_where_go_does_it() {
    let laws = laws()
        .iter()
        .map(|law| (law.name, law.area, law.chapter, law.go));
    let myths = myths()
        .iter()
        .map(|myth| (myth.name, myth.area, myth.chapter, myth.go));
    for entries in [laws.collect::<Vec<_>>(), myths.collect()] {
        let place = |chapter| CHAPTERS.iter().position(|known| *known == chapter);
        assert!(entries.is_sorted_by_key(|entry| place((entry.1, entry.2))));
        for (name, area, chapter, go) in entries {
            assert!(
                place((area, chapter)).is_some(),
                "{name}: no chapter {chapter} of {area}"
            );
            let (file, function) = go.split_once(": ").expect("file: function");
            assert!(
                file.ends_with(".go") || file.ends_with(".s"),
                "{name}: {file}"
            );
            assert!(!function.is_empty(), "{name}");
        }
    }
    assert!(CHAPTERS.iter().all(|chapter| {
        self::laws()
            .iter()
            .any(|law| (law.area, law.chapter) == *chapter)
    }));
}

#[test]
fn pages_where_a_myth_was_seen_are_addresses() {
    let pages = myths().iter().filter_map(|myth| myth.seen);
    assert!(pages.clone().count() > 0);
    for page in pages {
        assert!(
            page.starts_with("https://") || page.starts_with("http://"),
            "{page}"
        );
    }
}
