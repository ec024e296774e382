//! `laws` and `myths`: claims are searched for counterexamples in front of the reader.

use laws::{Candidate, Law, Myth, Outcome, Refutation, Run};
use serde_json::{Value, json};

use crate::cli::{Common, Report, Search};
use crate::command::{BAD, FAINT, GOOD, HEADING, STRONG, paint, wrap};
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

/// Checks the laws of an area, one law by its name, or all.
pub(crate) fn laws(name: Option<&str>, search: Search, common: &Common) -> Result<Report, Error> {
    let all = laws::laws();
    let meant = |law: &&Law| name.is_none_or(|name| law.area == name || law.name == name);
    let chosen: Vec<_> = all.iter().filter(meant).collect();
    if let (true, Some(name)) = (chosen.is_empty(), name) {
        let mut known: Vec<_> = all.iter().map(|law| law.name).collect();
        known.extend(all.iter().map(|law| law.area));
        known.dedup();
        return Err(Error::unknown("law or area", name, &known));
    }
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
    let color = common.color();
    let mut text: String = checked
        .iter()
        .map(|(law, outcome)| show_law(law, outcome, common))
        .collect();
    let words = common.lang.words();
    let broken = checked
        .iter()
        .filter(|(_, outcome)| outcome.refutation.is_some())
        .count();
    let held = checked.len() - broken;
    let cases: u64 = checked
        .iter()
        .map(|(_, outcome)| u64::from(outcome.cases))
        .sum();
    let sum = format!("{held} {}, {broken} {}", words.holds, words.broken);
    text.push_str(&format!(
        "{}, {cases} {}, {} {}\n",
        paint(color, if holds { GOOD } else { BAD }, &sum),
        words.cases,
        words.seed,
        search.seed
    ));
    Ok(Report { text, holds })
}

/// Refutes one myth by its name, or all.
pub(crate) fn myths(name: Option<&str>, search: Search, common: &Common) -> Result<Report, Error> {
    let all = laws::myths();
    let meant = |myth: &&Myth| name.is_none_or(|name| myth.name == name || myth.area == name);
    let chosen: Vec<_> = all.iter().filter(meant).collect();
    if let (true, Some(name)) = (chosen.is_empty(), name) {
        let known: Vec<_> = all.iter().map(|myth| myth.name).collect();
        return Err(Error::unknown("myth", name, &known));
    }
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
    let mut text: String = checked
        .iter()
        .map(|(myth, outcome)| show_myth(myth, outcome, common))
        .collect();
    text.push_str(&format!("{} {}\n", common.lang.words().seed, search.seed));
    Ok(Report { text, holds })
}

fn because(lang: Lang, candidate: &Candidate) -> &str {
    match lang {
        Lang::En => &candidate.because_en,
        Lang::Zh => &candidate.because_zh,
    }
}

fn show_law(law: &Law, outcome: &Outcome, common: &Common) -> String {
    let (color, words) = (common.color(), common.lang.words());
    let verdict = match outcome.refutation {
        None => paint(color, GOOD, words.holds),
        Some(_) => paint(color, BAD, words.broken),
    };
    let name = paint(color, STRONG, law.name);
    let mut text = format!("{name}  {verdict}  {} {}\n", outcome.cases, words.cases);
    text.push_str(&wrap(
        common.lang.pick(&law.claim),
        common.style().width.min(100),
        "  ",
    ));
    text.push_str(&format!(
        "  {}\n",
        paint(color, FAINT, &format!("Go: {}", law.go))
    ));
    if let Some(refutation) = &outcome.refutation {
        text.push_str(&show_refutation(refutation, common));
    }
    text + "\n"
}

fn show_myth(myth: &Myth, outcome: &Outcome, common: &Common) -> String {
    let (color, words, lang) = (common.color(), common.lang.words(), common.lang);
    let width = common.style().width.min(100);
    let mut text = paint(color, HEADING, myth.name) + "\n";
    text.push_str(&wrap(
        &format!("{}: {}", words.belief, lang.pick(&myth.belief)),
        width,
        "  ",
    ));
    match &outcome.refutation {
        Some(refutation) => text.push_str(&show_refutation(refutation, common)),
        None => text.push_str(&format!("  {}\n", paint(color, BAD, words.not_refuted))),
    }
    text.push_str(&wrap(
        &format!("{}: {}", words.truth, lang.pick(&myth.truth)),
        width,
        "  ",
    ));
    text.push_str(&format!(
        "  {}\n",
        paint(color, FAINT, &format!("Go: {}", myth.go))
    ));
    if let Some(seen) = myth.seen {
        text.push_str(&format!(
            "  {}\n",
            paint(color, FAINT, &format!("{} {seen}", words.seen))
        ));
    }
    text + "\n"
}

/// The way down from the first counterexample to the smallest; its middle is left out when long.
fn show_refutation(refutation: &Refutation, common: &Common) -> String {
    const SHOWN: usize = 6;
    let (color, words) = (common.color(), common.lang.words());
    let width = common.style().width.min(100);
    let last = refutation.trail.len() - 1;
    let mut text = String::new();
    for (i, candidate) in refutation.trail.iter().enumerate() {
        let label = match i {
            _ if i == last => words.smallest.to_string(),
            0 => {
                let (before, after) = words.case;
                format!("{} ({before}{}{after})", words.first, refutation.found_at)
            }
            _ if i + 2 < SHOWN || i + 1 == last => words.smaller.to_string(),
            _ if i + 2 == SHOWN => {
                text.push_str(&format!("    … {}\n", last - SHOWN + 1));
                continue;
            }
            _ => continue,
        };
        let ansi = if i == last { STRONG } else { FAINT };
        text.push_str(&format!(
            "  {}\n",
            paint(color, ansi, &format!("▸ {label}: {}", candidate.input))
        ));
        if i == 0 || i == last {
            text.push_str(&wrap(because(common.lang, candidate), width, "      "));
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
