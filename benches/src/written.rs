//! How numbers are written, in the table and in the report alike.
//!
//! ```text
//!   4.9 ns   999.6 ns   7200 s          times: three digits in the unit in which they read best
//!   1,234,567                           counts
//!   1.002 … 1.030   against a mark of 1 ratios: two decimals, or as many as show on which side
//! ```

use crate::board::Row;

/// The decimals that show `digits` significant digits of `value`, which is above 0.
fn decimals(value: f64, digits: i32) -> usize {
    let after = |v: f64| {
        (digits - 1)
            .saturating_sub(v.log10().floor() as i32)
            .clamp(0, 12)
    };
    let power = 10_f64.powi(after(value));
    after((value * power).round() / power) as usize
}

/// Three significant digits, or all digits before the point.
pub(crate) fn three_digits(value: f64) -> String {
    if !value.is_finite() {
        return "—".to_string();
    }
    if value <= 0.0 {
        return "0".to_string();
    }
    format!("{value:.*}", decimals(value, 3))
}

/// A time in the unit in which it reads best; 999.6 ns are 1.00 µs.
fn in_unit(ns: f64) -> (f64, &'static str) {
    let (mut value, mut units) = (ns, ["ns", "µs", "ms", "s"].iter());
    let mut unit = units.next().expect("four units");
    while value >= 999.5 && value.is_finite() {
        let Some(larger) = units.next() else { break };
        (value, unit) = (value / 1000.0, larger);
    }
    (value, unit)
}

/// A time with three significant digits and its unit.
pub(crate) fn time(ns: f64) -> String {
    let (value, unit) = in_unit(ns);
    format!("{}\u{a0}{unit}", three_digits(value))
}

/// A whole number with a comma between thousands.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(crate) fn elements(n: u64) -> String {
    let noun = if n == 1 { "element" } else { "elements" };
    format!("{} {noun}", count(n))
}

/// A value on a tick: no more digits than it needs.
pub(crate) fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

pub(crate) fn tick_time(ns: f64) -> String {
    let (value, unit) = in_unit(ns);
    format!("{}\u{a0}{unit}", plain(value))
}

/// Median, low and high end of a row's ratio, with as many decimals as show on which side of its
/// mark each end lies: two, or more where two would hide it.
pub(crate) fn ratio(row: &Row) -> [String; 3] {
    let mark = row.target.as_ref().map_or(1.0, |target| target.at_most);
    let values = [row.ratio.median, row.ratio.low, row.ratio.high];
    let smallest = values.into_iter().fold(f64::INFINITY, f64::min);
    let least = if smallest > 0.0 && smallest < 0.1 {
        decimals(smallest, 2)
    } else {
        2
    };
    let hidden = |places: usize| {
        let round = |value: f64| (value * 10_f64.powi(places as i32)).round();
        let differs = |value: &f64| *value != mark && round(*value) == round(mark);
        values[1..].iter().any(differs)
    };
    let places = (least..6).find(|&places| !hidden(places)).unwrap_or(6);
    values.map(|value| {
        if value.is_finite() {
            format!("{value:.places$}")
        } else {
            "—".to_string()
        }
    })
}

pub(crate) fn tick_count(n: f64) -> String {
    let scaled = [(1e9, "G"), (1e6, "M"), (1e3, "k")];
    let found = scaled.iter().find(|(unit, _)| n >= *unit);
    found.map_or_else(|| plain(n), |(unit, sign)| plain(n / unit) + sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Target, Verdict};
    use crate::stats::Estimate;

    #[test]
    fn a_time_has_three_digits_in_the_unit_in_which_it_reads_best() {
        for (ns, text) in [
            (0.0, "0 ns"),
            (0.0874, "0.0874 ns"),
            (0.9996, "1.00 ns"),
            (4.9, "4.90 ns"),
            (9.996, "10.0 ns"),
            (21.0, "21.0 ns"),
            (999.4, "999 ns"),
            (999.6, "1.00 µs"),
            (41_260.0, "41.3 µs"),
            (38_300_000.0, "38.3 ms"),
            (7.2e12, "7200 s"),
            (f64::NAN, "— ns"),
        ] {
            assert_eq!(time(ns).replace('\u{a0}', " "), text);
        }
    }

    #[test]
    fn a_whole_number_has_a_comma_between_thousands() {
        let texts = [0, 999, 1_000, 1_234_567].map(count);
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_ratio_shows_on_which_side_of_its_mark_its_ends_lie() {
        let shown = |median, low, high, target: Option<f64>| {
            let why = String::new();
            ratio(&Row {
                group: String::new(),
                work: String::new(),
                size: 1,
                peer: String::new(),
                ours_ns: 1.0,
                peer_ns: 1.0,
                ratio: Estimate { median, low, high },
                target: target.map(|at_most| Target { at_most, why }),
                verdict: Verdict::Level,
            })
        };
        assert_eq!(shown(0.873, 0.851, 0.902, None), ["0.87", "0.85", "0.90"]);
        assert_eq!(shown(1.01, 1.002, 1.03, None), ["1.010", "1.002", "1.030"]);
        let target = Some(1.5);
        assert_eq!(
            shown(1.4, 1.3, 1.4996, target),
            ["1.4000", "1.3000", "1.4996"]
        );
        assert_eq!(
            shown(0.0123, 0.012, 0.013, None),
            ["0.012", "0.012", "0.013"]
        );
    }
}
