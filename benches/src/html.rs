//! The scoreboard as one HTML file that stands alone.
//!
//! ```text
//!   header         when, on what machine, with what versions, seed, rounds; remarks
//!   summary        ahead, level, behind, too noisy; every row behind, and why its target is so
//!   how to read    one paragraph
//!   calibration    what the machine can do
//!   each group     table and figure of ratios, the reasons of the targets,
//!                  scaling, latency, memory
//! ```
//!
//! Nothing is fetched and nothing runs: the file has no script, no font and no address, and tells
//! the browser so. It follows the reader's choice of light or dark, and prints in light.
//!
//! H1  All text from the board is escaped where it is put between tags.
//! H2  Every figure has a table beside it, or says its numbers itself.
//! H3  A loss is shown before anything that explains it.

mod figures;
mod plot;

use crate::board::{Board, LatencyRow, MemoryRow, Reading, Row, Verdict};
use figures::{Sides, Work, flags};
use plot::{Axis, Figure, MARKS, escape};

use crate::written::{count, elements, ratio, three_digits, tick_time, time};

/// How everything looks, in light, in dark and on paper.
const STYLE: &str = include_str!("html/style.css");

// What stands above the figures of each kind.
const RATIOS: &str = "Mark: median. Line: 95 % interval. Upright stroke: target.";
const SCALING: &str = "The time of a whole run; both scales are logarithmic. The exponent is that \
     of the power of n that fits best: n^1.00 costs the same for each element at any size.";
const LATENCY: &str = "Each operation timed alone; both scales are logarithmic. In the shaded part \
     times are shorter than what the clock costs and say little. The worst is the median, over \
     the runs, of the worst operation of a run; the other marks stand at the upper end of their \
     bucket, at most a fifth too far right.";
const MEMORY: &str = "Bytes held after the work for each element.";

/// Writes the report.
#[must_use]
pub fn html(board: &Board) -> String {
    let groups = groups(board);
    let sides = Sides::of(board);
    let date = escape(&board.date);
    let marks: String = (MARKS.iter().enumerate())
        .map(|(i, path)| format!("<path id=\"m{i}\" d=\"{path}\"/>"))
        .collect();
    let rooms: String = (groups.iter().enumerate())
        .map(|(i, group)| room(board, &sides, i, group))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <title>gobones scoreboard, {date}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <svg width=\"0\" height=\"0\" style=\"position: absolute\" aria-hidden=\"true\">\
         <title>Marks</title><desc>The marks of the sides</desc><defs>{marks}</defs></svg>\n\
         {}<main>\n<div class=\"halves\">\n{}{}</div>\n{}{rooms}</main>\n</body>\n</html>\n",
        header(board, &groups),
        summary(board, &groups),
        reading_help(board),
        calibration(&board.calibration),
    )
}

/// The groups in the order in which they first appear.
fn groups(board: &Board) -> Vec<&str> {
    let rows = board.rows.iter().map(|row| &row.group);
    let timed = board.latencies.iter().map(|row| &row.group);
    let held = board.memory.iter().map(|row| &row.group);
    let mut groups: Vec<&str> = Vec::new();
    for group in rows.chain(timed).chain(held) {
        if !groups.contains(&group.as_str()) {
            groups.push(group);
        }
    }
    groups
}

fn header(board: &Board, groups: &[&str]) -> String {
    let facts: String = (facts(board).iter())
        .map(|(name, value)| {
            let (name, value) = (escape(name), escape(value));
            format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n")
        })
        .collect();
    let remarks: String = (board.remarks.iter())
        .map(|remark| format!("<li>{}</li>\n", escape(remark)))
        .collect();
    let remarks = if remarks.is_empty() {
        remarks
    } else {
        format!("<h2 class=\"remarks\">Remarks</h2>\n<ul>\n{remarks}</ul>\n")
    };
    let links: String = (groups.iter().enumerate())
        .map(|(i, group)| format!("<li><a href=\"#group-{i}\">{}</a></li>\n", escape(group)))
        .collect();
    format!(
        "<header>\n<h1>gobones scoreboard</h1>\n<dl class=\"facts\">\n{facts}</dl>\n{remarks}\
         <nav aria-label=\"Contents\">\n<ul>\n<li><a href=\"#summary\">Summary</a></li>\n\
         <li><a href=\"#reading\">How to read it</a></li>\n\
         <li><a href=\"#calibration\">Calibration</a></li>\n{links}</ul>\n</nav>\n</header>\n"
    )
}

fn facts(board: &Board) -> Vec<(&str, String)> {
    let machine = &board.machine;
    let known = |text: &str| {
        let text = if text.is_empty() { "not known" } else { text };
        text.to_string()
    };
    let memory = machine.memory_bytes.map_or("not known".to_string(), |n| {
        let gib = n as f64 / f64::from(1 << 30);
        format!("{} GiB", three_digits(gib))
    });
    let pinned = machine
        .pinned_to
        .map_or(", not pinned".to_string(), |core| {
            format!(", pinned to core {core}")
        });
    let kind = if board.quick {
        "quick, cut short to end within three minutes"
    } else {
        "full"
    };
    let mut facts = vec![
        ("date, UTC", known(&board.date)),
        ("run", kind.to_string()),
        ("rounds per row", board.rounds.to_string()),
        ("seed", board.seed.to_string()),
        ("processor", known(&machine.cpu)),
        ("cores", format!("{}{pinned}", machine.cores)),
        ("main memory", memory),
        ("system", known(&machine.os)),
    ];
    let versions = board.versions.iter();
    facts.extend(versions.map(|(name, version)| (name.as_str(), version.clone())));
    facts
}

fn summary(board: &Board, groups: &[&str]) -> String {
    let counts: String = [
        Verdict::Ahead,
        Verdict::Level,
        Verdict::Behind,
        Verdict::TooNoisy,
    ]
    .map(|verdict| {
        let n = board
            .rows
            .iter()
            .filter(|row| row.verdict == verdict)
            .count();
        let sign = verdict.sign();
        format!("<li><span aria-hidden=\"true\">{sign}</span> <b>{n}</b> {verdict}</li>\n")
    })
    .concat();
    let without = board.rows.iter().filter(|row| row.target.is_none()).count();
    let text = if board.rows.is_empty() {
        "<p>No row was measured.</p>\n".to_string()
    } else {
        let n = board.rows.len();
        format!(
            "<ul class=\"counts\">\n{counts}</ul>\n<p>{n} rows; {without} of them have no target, \
             are held against 1 and shown for information.</p>\n{}",
            losses(board, groups)
        )
    };
    format!("<section id=\"summary\">\n<h2>Summary</h2>\n{text}</section>\n")
}

/// Every row behind, rows of one work, peer and target together: first those that miss a target,
/// the furthest from it first.
fn losses(board: &Board, groups: &[&str]) -> String {
    let mut behind: Vec<&Row> = (board.rows.iter())
        .filter(|row| row.verdict == Verdict::Behind)
        .collect();
    if behind.is_empty() {
        return "<p>No row is behind.</p>\n".to_string();
    }
    let miss = |row: &Row| row.ratio.median / row.target.as_ref().map_or(1.0, |t| t.at_most);
    behind.sort_by(|a, b| {
        let targets = a.target.is_none().cmp(&b.target.is_none());
        targets.then(miss(b).total_cmp(&miss(a)))
    });
    let mut together: Vec<Vec<&Row>> = Vec::new();
    for row in behind {
        let kind = |row: &Row| (row.group.clone(), row.work.clone(), row.peer.clone());
        let same =
            |rows: &&mut Vec<&Row>| kind(rows[0]) == kind(row) && rows[0].target == row.target;
        match together.iter_mut().find(same) {
            Some(rows) => rows.push(row),
            None => together.push(vec![row]),
        }
    }
    let items: String = together.iter().map(|rows| loss(rows, groups)).collect();
    format!("<h3>Behind</h3>\n<ol>\n{items}</ol>\n")
}

fn loss(rows: &[&Row], groups: &[&str]) -> String {
    let Row {
        group, work, peer, ..
    } = rows[0];
    let place = groups.iter().position(|known| known == group);
    let place = place.expect("every row's group is among the groups");
    let (group, work, peer) = (escape(group), escape(work), escape(peer));
    let target = rows[0].target.as_ref().map_or(
        "no target, against 1 for information".to_string(),
        |target| {
            let (at_most, why) = (mark(target.at_most), escape(&target.why));
            format!("target ≤\u{a0}{at_most}: <span class=\"faint\">{why}</span>")
        },
    );
    let ratios: String = (rows.iter())
        .map(|row| {
            let ([median, low, high], size) = (ratio(row), elements(row.size as u64));
            format!("<li><b>{median}</b> <span class=\"faint\">{low}–{high}</span>, {size}</li>\n")
        })
        .collect();
    format!(
        "<li><a href=\"#group-{place}\">{group} {work}</a> against {peer}, {target}\n\
         <ul class=\"ratios\">\n{ratios}</ul>\n</li>\n"
    )
}

/// A target: two decimals, or as many as it has.
fn mark(at_most: f64) -> String {
    let exact = at_most.to_string();
    let two = format!("{at_most:.2}");
    if exact.len() > two.len() { exact } else { two }
}

fn reading_help(board: &Board) -> String {
    let ends = if board.rounds < 6 {
        "in fewer than six rounds no such interval exists, and its ends are the smallest and the \
         largest ratio"
    } else {
        "it holds the true median in at least 95 of 100 cases"
    };
    format!(
        "<section id=\"reading\">\n<h2>How to read it</h2>\n<p>A ratio is ours through theirs: \
         below 1 ours is faster. In each round both sides do the same work one right after the \
         other (real Go in a process of its own); the ratio is the median of the ratios of single \
         rounds, so that what slows a whole round down falls out, and it need not be the quotient \
         of the two times beside it. The interval comes from ranks and assumes nothing about how \
         noise is distributed: {ends}. A row is {}\u{a0}ahead if its whole interval lies below the \
         target, {}\u{a0}behind if it lies above, {}\u{a0}level if the interval holds the target \
         and is narrow or lies within 2 % of it, and {}\u{a0}too noisy to tell if it is wide. \
         A row for information has no target and is held against 1.</p>\n</section>\n",
        Verdict::Ahead.sign(),
        Verdict::Behind.sign(),
        Verdict::Level.sign(),
        Verdict::TooNoisy.sign(),
    )
}

fn calibration(readings: &[Reading]) -> String {
    let head = "<section id=\"calibration\">\n<h2>Calibration</h2>\n";
    if readings.is_empty() {
        return format!("{head}<p>The machine was not calibrated.</p>\n</section>\n");
    }
    let axis = Axis::log(readings.iter().map(|reading| reading.ns), (2.0, 98.0));
    let mut scale = Figure::new("scale");
    for tick in axis.ticks(3) {
        scale.text("faint mid", (axis.at(tick), 13.0), &tick_time(tick));
    }
    let scale = scale.finish(18.0, "Log scale", "The scale of the bars below.");
    let rows: String = (readings.iter().enumerate())
        .map(|(i, reading)| {
            let (name, words) = (escape(&reading.name), escape(&reading.words));
            let mut bar = Figure::new(&format!("bar-{i}"));
            bar.grid(&axis, 8, (0.0, 22.0));
            bar.bar("fill s6", (2.0, 6.0), axis.at(reading.ns) - 2.0, 10.0);
            let bar = bar.finish(22.0, &reading.name, &time(reading.ns));
            let ns = time(reading.ns);
            format!(
                "<tr><th scope=\"row\">{name}<span class=\"words\">{words}</span></th>\
                 <td class=\"n\">{ns}</td><td class=\"scale\">{bar}</td></tr>\n"
            )
        })
        .collect();
    format!(
        "{head}<table class=\"calibration\">\n<caption>What this machine can do, to relate the \
         figures below</caption>\n<thead><tr><th scope=\"col\">what</th>\
         <th scope=\"col\" class=\"n\">time</th><th scope=\"col\" class=\"scale\">{scale}</th>\
         </tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )
}

/// The section of a group.
fn room(board: &Board, sides: &Sides<'_>, i: usize, group: &str) -> String {
    let rows: Vec<&Row> = board.rows.iter().filter(|row| row.group == group).collect();
    let works = figures::by_work(&rows, |row| &row.work);
    let timed = board.latencies.iter().filter(|row| row.group == group);
    let held: Vec<_> = board
        .memory
        .iter()
        .filter(|row| row.group == group)
        .collect();
    let scaling = works.iter().enumerate().filter_map(|(k, work)| {
        let drawn = figures::scaling(&format!("scaling-{i}-{k}"), work, sides)?;
        Some(figure(work.0, "", &drawn))
    });
    let latencies = timed.enumerate().map(|(k, row)| {
        let drawn = figures::latency(&format!("latency-{i}-{k}"), row, sides);
        let words = format!("{} operations in a run", count(row.size as u64));
        figure(&row.work, &words, &drawn) + &latency_table(row, sides)
    });
    let latencies = latencies.map(|both| format!("<div>\n{both}</div>\n"));
    let memory = figures::by_work(&held, |row| &row.work);
    let memory = memory.iter().enumerate().map(|(k, (work, rows))| {
        let drawn = figures::memory(&format!("memory-{i}-{k}"), work, rows, sides);
        figure(work, &held_words(board, rows), &drawn)
    });
    let name = escape(group);
    format!(
        "<section id=\"group-{i}\">\n<h2>{name}</h2>\n{}<div class=\"parts\">\n{}{}{}</div>\n\
         </section>\n",
        ratios(i, &works, sides),
        part("Scaling", SCALING, "panels", scaling.collect()),
        part("Latency", LATENCY, "panels wide", latencies.collect()),
        part("Memory", MEMORY, "panels", memory.collect()),
    )
}

/// What the rows of a memory figure that have a target come to.
fn held_words(board: &Board, rows: &[&MemoryRow]) -> String {
    let with_target = rows.iter().filter_map(|row| {
        let (target, (ratio, verdict)) = (row.target.as_ref()?, board.held_ratio(row)?);
        let (elements, side) = (elements(row.size as u64), escape(&row.side));
        let (at_most, sign) = (mark(target.at_most), verdict.sign());
        Some(format!(
            "{elements} against {side}: {ratio:.2}, target ≤\u{a0}{at_most}, {sign} {verdict}"
        ))
    });
    with_target.collect::<Vec<_>>().join("; ")
}

/// A heading, an explanation and figures; nothing where there are none.
fn part(heading: &str, words: &str, class: &str, figures: Vec<String>) -> String {
    if figures.is_empty() {
        return String::new();
    }
    let width = if figures.len() == 1 { "half" } else { "whole" };
    let figures = figures.concat();
    format!(
        "<div class=\"{width}\">\n<h3>{heading}</h3>\n<p>{words}</p>\n\
         <div class=\"{class}\">\n{figures}</div>\n</div>\n"
    )
}

fn figure(caption: &str, words: &str, drawn: &str) -> String {
    let caption = escape(caption);
    format!(
        "<figure>\n<figcaption>{caption} <span class=\"words\">{words}</span></figcaption>\n\
         {drawn}</figure>\n"
    )
}

/// Table and figure of the ratios of a group, and the reasons of its targets.
fn ratios(i: usize, works: &[Work<'_>], sides: &Sides<'_>) -> String {
    if works.is_empty() {
        return String::new();
    }
    let bodies: String = works.iter().map(|work| ratio_rows(work, sides)).collect();
    let drawn = figures::ratios(&format!("ratios-{i}"), works, sides);
    let drawn = figure("Ratios", RATIOS, &drawn);
    format!(
        "<div class=\"pair\">\n<div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" \
         aria-labelledby=\"table-{i}\">\n<table>\n<caption id=\"table-{i}\">Ours beside each peer, \
         time per operation</caption>\n<thead><tr><th scope=\"col\" class=\"n\">elements</th>\
         <th scope=\"col\">peer</th><th scope=\"col\" class=\"n\">ratio, 95 %</th>\
         <th scope=\"col\">target</th><th scope=\"col\">verdict</th>\
         <th scope=\"col\" class=\"n\">ours</th><th scope=\"col\" class=\"n\">theirs</th>\
         </tr></thead>\n\
         {bodies}</table>\n</div>\n{}</div>\n{drawn}</div>\n",
        reasons(works)
    )
}

fn ratio_rows((work, rows): &Work<'_>, sides: &Sides<'_>) -> String {
    let mut size = rows[0].size;
    let mut body = String::new();
    for row in rows {
        let class = if row.size == size { "" } else { "next" };
        size = row.size;
        body.push_str(&format!(
            "<tr class=\"{class}\">{}</tr>\n",
            cells(row, sides)
        ));
    }
    let work = escape(work);
    format!(
        "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"7\" class=\"work\">{work}</th></tr>\n\
         {body}</tbody>\n"
    )
}

fn cells(row: &Row, sides: &Sides<'_>) -> String {
    let [median, low, high] = ratio(row);
    let (size, peer, colour) = (
        count(row.size as u64),
        escape(&row.peer),
        sides.colour(&row.peer),
    );
    let (ours, theirs) = (time(row.ours_ns), time(row.peer_ns));
    let target = row
        .target
        .as_ref()
        .map_or("for information".to_string(), |target| {
            format!("≤\u{a0}{}", mark(target.at_most))
        });
    let (verdict, sign) = (row.verdict, row.verdict.sign());
    let class = if verdict == Verdict::Behind {
        "behind"
    } else {
        ""
    };
    format!(
        "<th scope=\"row\" class=\"n\">{size}</th>\
         <th scope=\"row\"><span class=\"side s{colour}\">{peer}</span></th>\
         <td class=\"n\">{median} <span class=\"interval faint\">{low}–{high}</span></td>\
         <td>{target}</td>\
         <td class=\"{class}\"><span aria-hidden=\"true\">{sign}</span> {verdict}</td>\
         <td class=\"n\">{ours}</td><td class=\"n\">{theirs}</td>"
    )
}

/// Why the targets of a group are what they are, each once.
fn reasons(works: &[Work<'_>]) -> String {
    let mut reasons: Vec<String> = Vec::new();
    for row in works.iter().flat_map(|(_, rows)| rows) {
        let Some(target) = &row.target else { continue };
        let (work, peer, why) = (escape(&row.work), escape(&row.peer), escape(&target.why));
        let at_most = mark(target.at_most);
        let reason = format!(
            "<li>{work} against {peer} ≤\u{a0}{at_most}: <span class=\"faint\">{why}</span></li>\n"
        );
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        return String::new();
    }
    format!(
        "<h3>Why these targets</h3>\n<ul>\n{}</ul>\n",
        reasons.concat()
    )
}

fn latency_table(row: &LatencyRow, sides: &Sides<'_>) -> String {
    let rows: String = (row.sides.iter())
        .map(|side| {
            let (name, colour) = (escape(&side.name), sides.colour(&side.name));
            let mut cells: Vec<String> = flags(side).map(|(_, ns)| time(ns)).to_vec();
            cells.push(time(side.histogram.max_ns as f64));
            cells.push(tick_time(side.clock_ns as f64));
            cells.push(count(side.histogram.counts.iter().sum()));
            let cells = cells.join("</td><td class=\"n\">");
            format!(
                "<tr><th scope=\"row\"><span class=\"side s{colour}\">{name}</span></th>\
                 <td class=\"n\">{cells}</td></tr>\n"
            )
        })
        .collect();
    let heads = "p50 p99 p99.9 worst longest clock operations".split(' ');
    let heads: String = heads
        .map(|head| format!("<th scope=\"col\" class=\"n\">{head}</th>"))
        .collect();
    let work = escape(&row.work);
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Latency of {work}\">\n\
         <table>\n<caption>{work}, all runs together</caption>\n\
         <thead><tr><th scope=\"col\">side</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table>\n</div>\n"
    )
}
