//! `laws` and `myths`: claims are searched for counterexamples in front of the reader.
//!
//! ```text
//!   laws      claim ──search──▶ nothing        holds       status 0
//!                          └──▶ a refutation   BROKEN      status 1
//!   myths     belief ─search──▶ a refutation   first ▸ smaller ▸ … ▸ smallest    status 0
//!                          └──▶ nothing        NOT REFUTED                       status 1
//! ```
//!
//! A *refutation* is a trail of Go programs, each smaller than the one before and each against the
//! claim; the last cannot be made smaller. A name on the command line means a claim, all claims of
//! a chapter, or all of an area.
//!
//! C1  The same seed and number of cases print the same text.

use laws::{Candidate, Law, Myth, Outcome, Refutation, Run};
use serde_json::{Value, json};

use crate::cli::{Common, Report, Search};
use crate::command::{BAD, FAINT, GOOD, PLAIN, Page, STRONG};
use crate::error::Error;
use crate::lang::Lang;

impl From<Search> for Run {
    fn from(search: Search) -> Self {
        Run {
            cases: search.cases,
            seed: search.seed,
        }
    }
}

/// Checks the laws of an area or a chapter, one law by its name, or all.
pub(crate) fn laws(name: Option<&str>, search: Search, common: &Common) -> Result<Report, Error> {
    let names = |law: &Law| [law.name, law.chapter, law.area];
    let chosen = choose(laws::laws(), name, "law, chapter or area", names)?;
    let checked: Vec<_> = chosen
        .iter()
        .map(|law| (*law, (law.search)(&search.into())))
        .collect();
    let holds = checked
        .iter()
        .all(|(_, outcome)| outcome.refutation.is_none());
    if common.json {
        let rows: Vec<_> = checked
            .iter()
            .map(|(law, outcome)| law_json(law, outcome, common))
            .collect();
        return Ok(Report::json(
            "laws",
            json!({ "seed": search.seed, "laws": rows }),
            holds,
        ));
    }
    let page = Page::of(common);
    let mut text: String = checked
        .iter()
        .map(|(law, outcome)| show_law(law, outcome, &page, common))
        .collect();
    let broken = checked
        .iter()
        .filter(|(_, outcome)| outcome.refutation.is_some())
        .count();
    let held = checked.len() - broken;
    let cases: u64 = checked
        .iter()
        .map(|(_, outcome)| u64::from(outcome.cases))
        .sum();
    let sum = (common.lang.words().sum)(held, broken, cases, search.seed);
    text.push_str(&page.wrap(if holds { GOOD } else { BAD }, &sum, "", "  "));
    Ok(Report { text, holds })
}

/// Refutes the myths of an area or a chapter, one myth by its name, or all.
pub(crate) fn myths(name: Option<&str>, search: Search, common: &Common) -> Result<Report, Error> {
    let names = |myth: &Myth| [myth.name, myth.chapter, myth.area];
    let chosen = choose(laws::myths(), name, "myth, chapter or area", names)?;
    let checked: Vec<_> = chosen
        .iter()
        .map(|myth| (*myth, (myth.search)(&search.into())))
        .collect();
    let holds = checked
        .iter()
        .all(|(_, outcome)| outcome.refutation.is_some());
    if common.json {
        let rows: Vec<_> = checked
            .iter()
            .map(|(myth, outcome)| myth_json(myth, outcome, common))
            .collect();
        return Ok(Report::json(
            "myths",
            json!({ "seed": search.seed, "myths": rows }),
            holds,
        ));
    }
    let page = Page::of(common);
    let mut text: String = checked
        .iter()
        .map(|(myth, outcome)| show_myth(myth, outcome, &page, common))
        .collect();
    text.push_str(&format!("{} {}\n", common.lang.words().seed, search.seed));
    Ok(Report { text, holds })
}

/// The claims that `name` means: one by its own name, those of a chapter or an area, or all.
fn choose<C>(
    all: &'static [C],
    name: Option<&str>,
    kind: &'static str,
    names: fn(&C) -> [&'static str; 3],
) -> Result<Vec<&'static C>, Error> {
    let Some(name) = name else {
        return Ok(all.iter().collect());
    };
    let meant = |claim: &&C| names(claim).contains(&name);
    let chosen: Vec<_> = all.iter().filter(meant).collect();
    if chosen.is_empty() {
        return Err(Error::unknown(kind, name, &known(all.iter().map(names))));
    }
    Ok(chosen)
}

/// What may be asked for, each once: the claims' own names first, then chapters, then areas.
fn known(names: impl Iterator<Item = [&'static str; 3]> + Clone) -> Vec<&'static str> {
    let mut known = Vec::new();
    for kind in 0..3 {
        for name in names.clone().map(|names| names[kind]) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }
    known
}

fn because(lang: Lang, candidate: &Candidate) -> &str {
    match lang {
        Lang::En => &candidate.because_en,
        Lang::Zh => &candidate.because_zh,
    }
}

fn show_law(law: &Law, outcome: &Outcome, page: &Page, common: &Common) -> String {
    let words = common.lang.words();
    let verdict = match outcome.refutation {
        None => (GOOD, words.holds),
        Some(_) => (BAD, words.broken),
    };
    let cases = format!("{} {}", outcome.cases, words.cases);
    let parts = [(STRONG, law.name), verdict, (PLAIN, cases.as_str())];
    let mut text = page.row(&parts, "  ", "", "  ");
    text.push_str(&page.paragraph(common.lang.pick(&law.claim)));
    text.push_str(&page.wrap(FAINT, &format!("Go: {}", law.go), "  ", "    "));
    if let Some(refutation) = &outcome.refutation {
        text.push_str(&show_refutation(refutation, page, common));
    }
    text + "\n"
}

fn show_myth(myth: &Myth, outcome: &Outcome, page: &Page, common: &Common) -> String {
    let (words, lang) = (common.lang.words(), common.lang);
    let labelled = |label, text| page.paragraph(&format!("{label}{}{text}", words.colon));
    let mut text = page.heading(myth.name);
    text.push_str(&labelled(words.belief, lang.pick(&myth.belief)));
    match &outcome.refutation {
        Some(refutation) => text.push_str(&show_refutation(refutation, page, common)),
        None => text.push_str(&page.wrap(BAD, words.not_refuted, "  ", "  ")),
    }
    text.push_str(&labelled(words.truth, lang.pick(&myth.truth)));
    text.push_str(&page.wrap(FAINT, &format!("Go: {}", myth.go), "  ", "    "));
    if let Some(seen) = myth.seen {
        text.push_str(&page.row(&[(FAINT, words.seen), (FAINT, seen)], " ", "  ", "    "));
    }
    text + "\n"
}

/// The way down from the first counterexample to the smallest; its middle is left out when long.
fn show_refutation(refutation: &Refutation, page: &Page, common: &Common) -> String {
    const SHOWN: usize = 6;
    let words = common.lang.words();
    let last = refutation.trail.len() - 1;
    let mut text = String::new();
    for (i, candidate) in refutation.trail.iter().enumerate() {
        let label = match i {
            _ if i == last => words.smallest.to_string(),
            0 => {
                let (before, after) = words.case;
                format!("{}{before}{}{after}", words.first, refutation.found_at)
            }
            _ if i + 2 < SHOWN || i + 1 == last => words.smaller.to_string(),
            _ if i + 2 == SHOWN => {
                let (before, after) = words.left_out;
                let left_out = format!("{before}{}{after}", last - SHOWN + 1);
                text.push_str(&page.wrap(PLAIN, &left_out, "    ", "    "));
                continue;
            }
            _ => continue,
        };
        let ansi = if i == last { STRONG } else { FAINT };
        let program = format!("▸ {label}{}{}", words.colon, candidate.input);
        text.push_str(&page.wrap(ansi, &program, "  ", "    "));
        if i == 0 || i == last {
            let because = because(common.lang, candidate);
            text.push_str(&page.wrap(PLAIN, because, "      ", "      "));
        }
    }
    text
}

fn law_json(law: &Law, outcome: &Outcome, common: &Common) -> Value {
    json!({
        "name": law.name,
        "area": law.area,
        "chapter": law.chapter,
        "claim": common.lang.pick(&law.claim),
        "go": law.go,
        "cases": outcome.cases,
        "holds": outcome.refutation.is_none(),
        "counterexample": outcome.refutation.as_ref().map(|r| refutation_json(r, common)),
    })
}

fn myth_json(myth: &Myth, outcome: &Outcome, common: &Common) -> Value {
    json!({
        "name": myth.name,
        "area": myth.area,
        "chapter": myth.chapter,
        "belief": common.lang.pick(&myth.belief),
        "truth": common.lang.pick(&myth.truth),
        "go": myth.go,
        "seen": myth.seen,
        "cases": outcome.cases,
        "counterexample": outcome.refutation.as_ref().map(|r| refutation_json(r, common)),
    })
}

fn refutation_json(refutation: &Refutation, common: &Common) -> Value {
    let show = |candidate: &Candidate| {
        let because = because(common.lang, candidate);
        json!({ "input": candidate.input, "because": because })
    };
    json!({
        "found_at_case": refutation.found_at,
        "trail": refutation.trail.iter().map(show).collect::<Vec<_>>(),
    })
}
