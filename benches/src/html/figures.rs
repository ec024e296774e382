//! The figures of the report: ratios, scaling, latency, memory.
//!
//! ```text
//!   ratios                      scaling                  latency              memory
//!   append                        │      ┌─ Vec            p50                30 elements
//!   30 Vec    ├─■─┤  ╷   0.87    │   ╱╱     n^1.03         │   p99 2 µs        ours ████ 12 B
//!   30 Go     ├◆┤    ╷   0.41    │ ╱╱                    ▂█▇▃▁▁┊▁  ▁           Vec  ███ 9 B
//! ```
//!
//! A *side* is ours or a peer; `ours, arena` is a part of ours.
//!
//! Q1  A side and its parts have the same colour and mark in every figure of a report.
//! Q2  Nothing hangs on colour alone: names stand beside what they name, verdicts have a sign.
//! Q3  What one figure compares lies on one axis: all rows of a group, all sides of a work.

use std::collections::BTreeSet;

use super::plot::{Axis, COLOURS, Figure};
use crate::board::{Board, LatencyRow, LatencySide, MemoryRow, Row, Verdict};
use crate::latency::Histogram;
use crate::stats::exponent;
use crate::written::{count, elements, plain, ratio, three_digits, tick_count, tick_time, time};

/// Characters of a side's name that fit beside a figure.
const NAME: usize = 15;
/// A row of the ratio figure, in pixels.
const RATIO_ROW: f64 = 20.0;
/// A bar of the memory figure with its gap, in pixels.
const BAR_ROW: f64 = 17.0;
/// A label of two lines at the end of a curve, in pixels.
const CURVE_LABEL: f64 = 29.0;
/// Where the curves of a scaling figure may lie, in pixels from its top.
const CURVES: (f64, f64) = (26.0, 216.0);
/// What one side of a latency figure consists of, in pixels.
const LATENCY_TITLE: f64 = 20.0;
const LATENCY_FLAG: f64 = 15.0;
const LATENCY_BARS: f64 = 80.0;
const LATENCY_GAP: f64 = 20.0;
const LATENCY_SIDE: f64 = LATENCY_TITLE + 4.0 * LATENCY_FLAG + LATENCY_BARS + LATENCY_GAP;

/// The names of all sides with their colours, ours first.
pub(crate) struct Sides<'a>(Vec<(&'a str, usize)>);

/// The rows of one work, in the order of the board.
pub(crate) type Work<'a> = (&'a str, Vec<&'a Row>);

/// A line of the ratio figure.
enum Line<'a> {
    Work(&'a str),
    Row(&'a Row),
}

/// How long one side takes for a whole run: sizes, rising, with nanoseconds.
struct Curve<'a> {
    side: &'a str,
    points: Vec<(f64, f64)>,
}

impl<'a> Sides<'a> {
    /// Each side has one colour in all groups. When there are more sides than colours, two sides
    /// share one if they never meet in a group.
    pub(crate) fn of(board: &'a Board) -> Self {
        let rows = board.rows.iter().map(|row| (&row.group, &row.peer));
        let timed = board.latencies.iter();
        let timed = timed.flat_map(|row| row.sides.iter().map(|side| (&row.group, &side.name)));
        let held = board.memory.iter().map(|row| (&row.group, &row.side));
        let all = rows.chain(timed).chain(held);
        let all: BTreeSet<_> = all.map(|(group, name)| (group, whole(name))).collect();
        let meet = |a: &str, b: &str| {
            let mut groups = all.iter().filter(|(_, name)| *name == a);
            groups.any(|(group, _)| all.contains(&(*group, b)))
        };
        let mut sides = vec![("ours", 0)];
        for name in Self::names(board) {
            if sides.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let unused = |colour: &usize| sides.iter().all(|(_, used)| used != colour);
            let alone = |colour: &usize| {
                let mut sharing = sides[1..].iter().filter(|(_, used)| used == colour);
                *colour > 0 && sharing.all(|(other, _)| !meet(name, other))
            };
            let colour = (0..COLOURS).find(unused).or((0..COLOURS).find(alone));
            sides.push((name, colour.unwrap_or(COLOURS - 1)));
        }
        Self(sides)
    }

    /// The names in the order in which they first appear, some more than once.
    fn names(board: &'a Board) -> impl Iterator<Item = &'a str> {
        let rows = board.rows.iter().map(|row| &row.peer);
        let timed = board.latencies.iter().flat_map(|row| &row.sides);
        let held = board.memory.iter().map(|row| &row.side);
        let all = rows.chain(timed.map(|side| &side.name)).chain(held);
        all.map(|name| whole(name))
    }

    /// Which colour and mark the side has, below [`COLOURS`].
    pub(crate) fn colour(&self, name: &str) -> usize {
        let known = self.0.iter().find(|(known, _)| *known == whole(name));
        known.map_or(COLOURS - 1, |(_, colour)| *colour)
    }
}

/// The side that a name speaks of: `ours, arena` is a part of `ours`.
fn whole(name: &str) -> &str {
    name.split_once(", ").map_or(name, |(whole, _)| whole)
}

/// Rows by their work, works in the order in which they first appear.
pub(crate) fn by_work<'a, R>(
    rows: &[&'a R],
    work: fn(&R) -> &String,
) -> Vec<(&'a str, Vec<&'a R>)> {
    let mut works: Vec<(&str, Vec<&R>)> = Vec::new();
    for &row in rows {
        match works.iter_mut().find(|(known, _)| known == work(row)) {
            Some((_, rows)) => rows.push(row),
            None => works.push((work(row), vec![row])),
        }
    }
    works
}

fn fit(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_string();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}

/// Draws a line for each row: its median, its interval, its target, on one axis around 1.
pub(crate) fn ratios(id: &str, works: &[Work<'_>], sides: &Sides<'_>) -> String {
    let rows = || works.iter().flat_map(|(_, rows)| rows);
    let ends = rows().flat_map(|row| [row.ratio.low, row.ratio.high]);
    let targets = rows().filter_map(|row| Some(row.target.as_ref()?.at_most));
    let axis = Axis::log(ends.chain(targets).chain([0.5, 2.0]), (40.0, 81.0));
    let top = 42.0;
    let (places, bottom) = ratio_places(works, top);
    let mut figure = Figure::new(id);
    ratio_axis(&mut figure, &axis, (top, bottom));
    for (y, line) in places {
        match line {
            Line::Work(work) => figure.text("work", (0.0, y), work),
            Line::Row(row) => ratio_row(&mut figure, &axis, row, y, sides.colour(&row.peer)),
        }
    }
    let words: Vec<_> = rows().map(|row| ratio_words(row)).collect();
    let title = "Ratio of each row with its interval";
    figure.finish(bottom + 38.0, title, &words.join("; "))
}

/// Where the lines go, and where the last ends; rows of one size stand a little closer.
fn ratio_places<'a>(works: &[Work<'a>], top: f64) -> (Vec<(f64, Line<'a>)>, f64) {
    let (mut places, mut y) = (Vec::new(), top);
    for (work, rows) in works {
        y += 1.3 * RATIO_ROW;
        places.push((y, Line::Work(work)));
        let mut size = rows[0].size;
        for &row in rows {
            y += RATIO_ROW;
            if row.size != size {
                y += 0.3 * RATIO_ROW;
                size = row.size;
            }
            places.push((y, Line::Row(row)));
        }
    }
    (places, y + 8.0)
}

fn ratio_axis(figure: &mut Figure, axis: &Axis, (top, bottom): (f64, f64)) {
    figure.grid(axis, 6, (top, bottom));
    let one = axis.at(1.0);
    figure.line("one", (one, top), (one, bottom));
    figure.text("faint end", (one - 1.0, 13.0), "◀ ours faster");
    figure.text("faint", (one + 1.0, 13.0), "ours slower ▶");
    for tick in axis.ticks(6) {
        figure.text("faint mid", (axis.at(tick), top - 8.0), &plain(tick));
        figure.text("faint mid", (axis.at(tick), bottom + 15.0), &plain(tick));
    }
    figure.text("faint mid", (60.5, bottom + 32.0), "ratio, log scale");
}

fn ratio_row(figure: &mut Figure, axis: &Axis, row: &Row, y: f64, colour: usize) {
    let middle = y - 4.0;
    figure.label((38.0, y), &count(row.size as u64), colour, &fit(&row.peer));
    if let Some(target) = &row.target {
        let x = axis.at(target.at_most);
        figure.line("target", (x, middle - 8.0), (x, middle + 8.0));
    }
    let (low, high) = (axis.at(row.ratio.low), axis.at(row.ratio.high));
    let whisker = format!("whisker s{colour}");
    figure.line(&whisker, (low, middle), (high, middle));
    let at = (axis.at(row.ratio.median), middle);
    figure.mark(colour, at, &ratio_words(row));
    let [median, ..] = ratio(row);
    let class = if row.verdict == Verdict::Behind {
        "behind"
    } else {
        ""
    };
    let text = format!("{median} {}", row.verdict.sign());
    figure.text(class, (83.0, y), &text);
}

fn ratio_words(row: &Row) -> String {
    let [median, low, high] = ratio(row);
    let (work, size, peer, verdict) = (&row.work, count(row.size as u64), &row.peer, row.verdict);
    let target = row.target.as_ref().map_or(String::new(), |target| {
        format!(", target {}", plain(target.at_most))
    });
    format!("{work}, {size}, against {peer}: {median} ({low} to {high}){target}, {verdict}")
}

/// The curves of a work over its sizes, ours first; none below three sizes.
fn curves<'a>(rows: &[&'a Row]) -> Vec<Curve<'a>> {
    let mut curves = vec![Curve {
        side: "ours",
        points: Vec::new(),
    }];
    for row in rows {
        let place = curves.iter().position(|curve| curve.side == row.peer);
        let place = place.unwrap_or_else(|| {
            let (side, points) = (row.peer.as_str(), Vec::new());
            curves.push(Curve { side, points });
            curves.len() - 1
        });
        let size = row.size as f64;
        for (place, ns) in [(0, row.ours_ns), (place, row.peer_ns)] {
            let points = &mut curves[place].points;
            let known = points.iter().any(|(known, _)| *known == size);
            if !known && row.size > 0 && ns.is_finite() && ns > 0.0 {
                points.push((size, ns * size));
            }
        }
    }
    for curve in &mut curves {
        curve.points.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    curves.retain(|curve| curve.points.len() >= 3);
    curves
}

/// Draws the time of a whole run over its size, where a work has three sizes or more.
pub(crate) fn scaling(id: &str, (work, rows): &Work<'_>, sides: &Sides<'_>) -> Option<String> {
    let curves = curves(rows);
    let points = || curves.iter().flat_map(|curve| &curve.points);
    points().next()?;
    let x = Axis::log(points().map(|point| point.0), (15.0, 70.0));
    let y = Axis::log(points().map(|point| point.1), (CURVES.1, CURVES.0));
    let mut figure = Figure::new(id);
    figure.grid(&x, 6, CURVES);
    for tick in x.ticks(6) {
        let at = (x.at(tick), CURVES.1 + 16.0);
        figure.text("faint mid", at, &tick_count(tick));
    }
    for tick in y.ticks(7) {
        let at = y.at(tick);
        figure.line("grid", (15.0, at), (70.0, at));
        figure.text("faint end", (14.0, at + 4.0), &tick_time(tick));
    }
    figure.text("faint", (0.0, 13.0), "time per run");
    figure.text("faint mid", (42.5, CURVES.1 + 33.0), "elements");
    let mut words = Vec::new();
    for (curve, label) in curves.iter().zip(label_heights(&curves, &y)) {
        let colour = sides.colour(curve.side);
        draw_curve(&mut figure, curve, colour, (&x, &y));
        let (_, last) = curve.points[curve.points.len() - 1];
        let grows = exponent(&curve.points).map_or(String::new(), |e| format!("n^{e:.2}"));
        figure.line("lead", (71.0, y.at(last)), (73.0, label));
        let name = format!("side s{colour}");
        figure.text(&name, (74.0, label), &fit(curve.side));
        figure.text("", (74.0, label + 13.0), &grows);
        let points = curve
            .points
            .iter()
            .map(|(n, ns)| format!("{n}: {}", time(*ns)));
        let points = points.collect::<Vec<_>>().join(", ");
        words.push(format!("{}: {points}, grows as {grows}", curve.side));
    }
    let title = format!("{work}: time per run over size");
    Some(figure.finish(CURVES.1 + 40.0, &title, &words.join("; ")))
}

fn draw_curve(figure: &mut Figure, curve: &Curve<'_>, colour: usize, (x, y): (&Axis, &Axis)) {
    let at = |point: &(f64, f64)| (x.at(point.0), y.at(point.1));
    let class = format!("curve s{colour}");
    for pair in curve.points.windows(2) {
        figure.line(&class, at(&pair[0]), at(&pair[1]));
    }
    for point in &curve.points {
        let words = format!("{}, {}: {}", curve.side, point.0, time(point.1));
        figure.mark(colour, at(point), &words);
    }
}

/// Where the labels of the curves go: beside their ends, but none on top of another.
fn label_heights(curves: &[Curve<'_>], y: &Axis) -> Vec<f64> {
    let end = |curve: &Curve<'_>| y.at(curve.points[curve.points.len() - 1].1);
    let mut order: Vec<usize> = (0..curves.len()).collect();
    order.sort_by(|a, b| end(&curves[*a]).total_cmp(&end(&curves[*b])));
    let pitch = CURVE_LABEL.min((CURVES.1 - CURVES.0) / curves.len() as f64);
    let mut heights = vec![0.0; curves.len()];
    let mut free = CURVES.0;
    for &i in &order {
        heights[i] = end(&curves[i]).max(free);
        free = heights[i] + pitch;
    }
    let mut free = CURVES.1 - 13.0;
    for &i in order.iter().rev() {
        heights[i] = heights[i].min(free);
        free = heights[i] - pitch;
    }
    heights
}

/// Draws one histogram a side, one below the other, on common axes.
pub(crate) fn latency(id: &str, row: &LatencyRow, sides: &Sides<'_>) -> String {
    let filled = |h: &Histogram| {
        let first = h.counts.iter().position(|count| *count > 0);
        first.map_or(1.0, Histogram::begins_at)
    };
    let begins = row.sides.iter().map(|side| filled(&side.histogram));
    let ends = row.sides.iter().map(|side| side.histogram.max_ns as f64);
    let x = Axis::log(begins.chain(ends).chain([10.0, 100.0]), (12.0, 98.0));
    let counts = row.sides.iter().flat_map(|side| &side.histogram.counts);
    let most = *counts.max().unwrap_or(&1) as f64;
    let mut figure = Figure::new(id);
    let mut top = 0.0;
    for side in &row.sides {
        let colour = sides.colour(&side.name);
        latency_side(&mut figure, side, colour, (&x, most), top);
        top += LATENCY_SIDE;
    }
    let bottom = (top - LATENCY_GAP).max(0.0);
    for tick in x.ticks(8) {
        let at = (x.at(tick), bottom + 16.0);
        figure.text("faint mid", at, &tick_time(tick));
    }
    figure.text(
        "faint mid",
        (55.0, bottom + 33.0),
        "time of one operation, log scale",
    );
    let words: Vec<_> = row.sides.iter().map(latency_words).collect();
    let title = format!("{}: how long single operations took", row.work);
    figure.finish(bottom + 40.0, &title, &words.join("; "))
}

/// The times that are marked and printed.
pub(crate) fn flags(side: &LatencySide) -> [(&'static str, f64); 4] {
    let quantile = |q| side.histogram.quantile(q);
    [
        ("p50", quantile(0.5)),
        ("p99", quantile(0.99)),
        ("p99.9", quantile(0.999)),
        ("worst", side.worst_ns),
    ]
}

fn latency_words(side: &LatencySide) -> String {
    let flags = flags(side).map(|(name, ns)| format!("{name} {}", time(ns)));
    format!("{}: {}", side.name, flags.join(", "))
}

fn latency_side(
    figure: &mut Figure,
    side: &LatencySide,
    colour: usize,
    (x, most): (&Axis, f64),
    top: f64,
) {
    let bars = top + LATENCY_TITLE + 4.0 * LATENCY_FLAG;
    let base = bars + LATENCY_BARS;
    let y = Axis::log([0.8, most], (base, bars));
    let clock = x.at(side.clock_ns as f64);
    figure.bar("clock", (12.0, bars), clock - 12.0, LATENCY_BARS);
    figure.grid(x, 8, (bars, base));
    for tick in y.ticks(4) {
        figure.line("grid", (12.0, y.at(tick)), (98.0, y.at(tick)));
        figure.text("faint end", (11.0, y.at(tick) + 4.0), &tick_count(tick));
    }
    for (b, n) in side
        .histogram
        .counts
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
    {
        let from = x.at(Histogram::begins_at(b));
        let width = x.at(Histogram::begins_at(b + 1)) - from;
        let height = y.at(*n as f64);
        figure.bar(
            &format!("fill s{colour}"),
            (from, height),
            width,
            base - height,
        );
    }
    figure.line("axis", (12.0, base), (98.0, base));
    let name = format!("side s{colour}");
    figure.text(&name, (0.0, top + 14.0), &side.name);
    let clock = format!("clock {}, taken off", tick_time(side.clock_ns as f64));
    figure.text("faint end", (98.0, top + 14.0), &clock);
    figure.text("faint", (0.0, bars - 8.0), "operations");
    draw_flags(figure, side, x, (top + LATENCY_TITLE, base));
}

/// Marks the times: those on the left are written to the right of their line and further down the
/// further right they are, those on the right the other way round, so that no text crosses a line.
fn draw_flags(figure: &mut Figure, side: &LatencySide, x: &Axis, (top, base): (f64, f64)) {
    let mut flags = flags(side);
    flags.sort_by(|a, b| a.1.total_cmp(&b.1));
    let left = flags.iter().filter(|(_, ns)| x.at(*ns) < 55.0).count();
    for (i, (name, ns)) in flags.into_iter().enumerate() {
        let at = x.at(ns);
        let level = if i < left { i } else { 3 + left - i };
        let y = top + LATENCY_FLAG * level as f64;
        figure.line("flag", (at, y + 2.0), (at, base));
        let text = format!("{name} {}", time(ns));
        if i < left {
            figure.text("halo", (at + 1.0, y + 11.0), &text);
        } else {
            figure.text("halo end", (at - 1.0, y + 11.0), &text);
        }
    }
}

/// Bytes for each element.
fn per_element(row: &MemoryRow) -> f64 {
    row.bytes as f64 / row.size.max(1) as f64
}

/// Draws a bar for each size and side of a work.
pub(crate) fn memory(id: &str, work: &str, rows: &[&MemoryRow], sides: &Sides<'_>) -> String {
    let most = rows.iter().map(|row| per_element(row)).fold(0.0, f64::max);
    let axis = Axis::linear(most, (32.0, 82.0));
    let mut sizes: Vec<usize> = rows.iter().map(|row| row.size).collect();
    sizes.dedup();
    let top = 4.0;
    let bottom = top + BAR_ROW * (rows.len() as f64 + 1.5 * sizes.len() as f64) + 6.0;
    let mut figure = Figure::new(id);
    figure.grid(&axis, 5, (top, bottom));
    let (mut y, mut words, mut size) = (top, Vec::new(), None);
    for row in rows {
        if size != Some(row.size) {
            size = Some(row.size);
            y += 1.5 * BAR_ROW;
            let elements = elements(row.size as u64);
            figure.text("halo", (0.0, y), &elements);
            words.push(elements);
        }
        y += BAR_ROW;
        let (colour, value) = (sides.colour(&row.side), per_element(row));
        let text = format!("{} B", three_digits(value));
        figure.label((31.0, y), "", colour, &fit(&row.side));
        let width = axis.at(value) - 32.0;
        figure.bar(&format!("fill s{colour}"), (32.0, y - 10.0), width, 12.0);
        figure.text("halo", (axis.at(value) + 1.0, y), &text);
        words.push(format!("{} {text}", row.side));
    }
    for tick in axis.ticks(5) {
        figure.text("faint mid", (axis.at(tick), bottom + 15.0), &plain(tick));
    }
    figure.line("axis", (32.0, top), (32.0, bottom));
    figure.text("faint mid", (57.0, bottom + 32.0), "bytes per element");
    let title = format!("{work}: bytes held for each element");
    figure.finish(bottom + 38.0, &title, &words.join("; "))
}
