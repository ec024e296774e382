//! The scoreboard as a table on the terminal; losses are shown as losses.

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use crate::board::{Board, Row, Target, Verdict};
use crate::stats::exponent;
use crate::written::{ratio, three_digits, time};

fn said(verdict: Verdict) -> String {
    format!("{} {verdict}", verdict.sign())
}

fn ink(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Ahead => AnsiColor::Green.on_default(),
        Verdict::Level => Style::new(),
        Verdict::Behind => AnsiColor::Red.on_default(),
        Verdict::TooNoisy => AnsiColor::Yellow.on_default(),
    }
}

/// The whole board as text.
#[must_use]
pub fn table(board: &Board, color: bool) -> String {
    let mut text = heading(board);
    text.push_str(&calibration(board));
    if !board.rows.is_empty() {
        text.push_str(&rows(board, color));
        text.push_str(&scaling(board));
    }
    text.push_str(&latencies(board));
    text.push_str(&memory(board, color));
    text.push_str(&summary(board));
    text
}

fn heading(board: &Board) -> String {
    let machine = &board.machine;
    let versions: Vec<_> = board
        .versions
        .iter()
        .map(|(name, v)| format!("{name} {v}"))
        .collect();
    let pinned = machine
        .pinned_to
        .map_or(String::new(), |core| format!(", pinned to core {core}"));
    format!(
        "{} UTC · {} × {}, {}{pinned}\n{}\n{} rounds a row{}, seed {}\n",
        board.date,
        machine.cores,
        machine.cpu,
        machine.os,
        versions.join(", "),
        board.rounds,
        if board.quick { " (quick)" } else { "" },
        board.seed,
    )
}

fn plain_table(header: &[&str], right: &[usize]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.to_vec());
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn calibration(board: &Board) -> String {
    if board.calibration.is_empty() {
        return String::new();
    }
    let mut table = plain_table(&["this machine", "takes"], &[1]);
    for reading in &board.calibration {
        table.add_row([reading.name.clone(), time(reading.ns)]);
    }
    format!("\n{table}\n")
}

fn target(target: Option<&Target>) -> String {
    target.map_or("for information".to_string(), |t| {
        format!("≤ {:.2}", t.at_most)
    })
}

/// A table with its verdicts in colour, painted behind the layout, which would count the escapes as
/// columns.
fn painted(table: &Table, color: bool) -> String {
    let mut table = table.to_string();
    for verdict in [
        Verdict::Ahead,
        Verdict::Level,
        Verdict::Behind,
        Verdict::TooNoisy,
    ] {
        let (said, ink) = (said(verdict), ink(verdict));
        if color {
            table = table.replace(&said, &format!("{ink}{said}{ink:#}"));
        }
    }
    table
}

fn rows(board: &Board, color: bool) -> String {
    let header = [
        "work", "size", "ours", "peer", "takes", "ratio", "95 %", "target", "verdict",
    ];
    let mut table = plain_table(&header, &[1, 2, 4, 5]);
    for row in &board.rows {
        let [median, low, high] = ratio(row);
        table.add_row([
            format!("{}/{}", row.group, row.work),
            row.size.to_string(),
            time(row.ours_ns),
            row.peer.clone(),
            time(row.peer_ns),
            median,
            format!("{low} … {high}"),
            target(row.target.as_ref()),
            said(row.verdict),
        ]);
    }
    let table = painted(&table, color);
    format!(
        "\n{table}\ntimes are per operation; \
         a ratio is ours through theirs, below 1 ours is faster\n"
    )
}

/// How the time of a whole run grows with size, for works measured at three sizes or more.
fn scaling(board: &Board) -> String {
    let mut seen: Vec<(&str, &str, &str)> = Vec::new();
    for row in &board.rows {
        let key = (row.group.as_str(), row.work.as_str(), row.peer.as_str());
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    let mut text = String::new();
    for (group, work, peer) in seen {
        let of = |r: &&Row| r.group == group && r.work == work && r.peer == peer;
        let rows: Vec<_> = board.rows.iter().filter(of).collect();
        let fit = |ns: fn(&Row) -> f64| {
            let points: Vec<_> = rows
                .iter()
                .map(|r| (r.size as f64, ns(r) * r.size as f64))
                .collect();
            exponent(&points)
        };
        if let (true, Some(ours), Some(theirs)) =
            (rows.len() >= 3, fit(|r| r.ours_ns), fit(|r| r.peer_ns))
        {
            text.push_str(&format!(
                "{group}/{work} grows as n^{ours:.2} (ours), n^{theirs:.2} ({peer})\n"
            ));
        }
    }
    text
}

fn latencies(board: &Board) -> String {
    if board.latencies.is_empty() {
        return String::new();
    }
    let header = [
        "each operation timed",
        "size",
        "side",
        "p50",
        "p99",
        "p99.9",
        "worst",
    ];
    let mut table = plain_table(&header, &[1, 3, 4, 5, 6]);
    for row in &board.latencies {
        for side in &row.sides {
            let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|q| time(side.histogram.quantile(q)));
            table.add_row([
                format!("{}/{}", row.group, row.work),
                row.size.to_string(),
                side.name.clone(),
                p50,
                p99,
                p999,
                time(side.worst_ns),
            ]);
        }
    }
    let clock = board.latencies[0]
        .sides
        .first()
        .map_or(0, |side| side.clock_ns);
    format!(
        "\n{table}\nthe clock's own {clock} ns are taken off; medians below that say little; the \
         worst is the median of the runs' worst\n"
    )
}

/// Bytes held for each element; ours beside each other side.
fn memory(board: &Board, color: bool) -> String {
    if board.memory.is_empty() {
        return String::new();
    }
    let header = [
        "held after",
        "size",
        "side",
        "bytes",
        "ratio",
        "target",
        "verdict",
    ];
    let mut table = plain_table(&header, &[1, 3, 4]);
    for row in &board.memory {
        let [ratio, mark, verdict] = board.held_ratio(row).map_or_else(Default::default, |held| {
            let mark = target(row.target.as_ref());
            [format!("{:.2}", held.0), mark, said(held.1)]
        });
        table.add_row([
            format!("{}/{}", row.group, row.work),
            row.size.to_string(),
            row.side.clone(),
            three_digits(row.bytes as f64 / row.size.max(1) as f64),
            ratio,
            mark,
            verdict,
        ]);
    }
    let table = painted(&table, color);
    format!("\n{table}\nbytes are for each element; a ratio is ours through theirs\n")
}

fn summary(board: &Board) -> String {
    let judged: Vec<_> = board.judged().collect();
    let count = |wanted| {
        judged
            .iter()
            .filter(|(verdict, _)| *verdict == wanted)
            .count()
    };
    let mut text = format!(
        "\nagainst targets: {} ahead, {} level, {} behind, {} too noisy to tell\n",
        count(Verdict::Ahead),
        count(Verdict::Level),
        count(Verdict::Behind),
        count(Verdict::TooNoisy)
    );
    for (verdict, words) in &judged {
        if *verdict == Verdict::Behind {
            text.push_str(&format!("  behind: {words}\n"));
        }
    }
    for remark in &board.remarks {
        text.push_str(&format!("  {remark}\n"));
    }
    text
}
