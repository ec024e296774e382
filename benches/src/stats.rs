//! The few statistics that a ratio needs, none of which assumes how noise is distributed.
//!
//! ```text
//!   ratios of 15 rounds, sorted   r1 r2 r3 r4 … r8 … r12 … r15
//!                                          └── 95 % ──┘
//!                                             median
//! ```
//!
//! The interval of a median comes from ranks: how many of n rounds lie below the true median is a
//! matter of n coin tosses, whatever the noise looks like. Nothing is averaged, so a round that the
//! machine spoiled moves no figure.

use serde::{Deserialize, Serialize};

/// A median with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The middle value.
    pub median: f64,
    /// Lower end of the interval that holds the true median in at least 95 of 100 cases.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// A value that has no noise.
    #[must_use]
    pub const fn exact(value: f64) -> Self {
        Self {
            median: value,
            low: value,
            high: value,
        }
    }
}

/// The median of `values`; the mean of the middle two when their number is even.
///
/// # Panics
///
/// When there are no values.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    assert!(!values.is_empty(), "no value has no median");
    let sorted = sorted(values);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

/// The median of `values` with its 95 % interval by ranks.
///
/// Below six values no such interval exists; the ends are then the smallest and the largest.
///
/// # Panics
///
/// When there are no values.
#[must_use]
pub fn estimate(values: &[f64]) -> Estimate {
    let sorted = sorted(values);
    let outside = ranks_outside(sorted.len());
    Estimate {
        median: median(values),
        low: sorted[outside],
        high: sorted[sorted.len() - 1 - outside],
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// How many of n sorted values may be cut off at either end so that what is left still covers the
/// median with 95 %: the largest k with P(at most k heads in n tosses) <= 2.5 %.
fn ranks_outside(n: usize) -> usize {
    let mut tail = 0.0;
    let mut ways = 0.5_f64.powi(i32::try_from(n).unwrap_or(i32::MAX));
    for k in 0..n {
        tail += ways;
        if tail > 0.025 {
            return k.saturating_sub(1);
        }
        ways *= (n - k) as f64 / (k + 1) as f64;
    }
    0
}

/// The exponent e of the power law `cost = c * size^e` that fits best: the slope of the least
/// squares line through the logarithms. `None` for fewer than two sizes.
#[must_use]
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logs: Vec<_> = points
        .iter()
        .map(|(size, cost)| (size.ln(), cost.ln()))
        .collect();
    let n = logs.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| logs.iter().map(pick).sum::<f64>() / n;
    let (mx, my) = (mean(|p| p.0), mean(|p| p.1));
    let spread: f64 = logs.iter().map(|(x, _)| (x - mx).powi(2)).sum();
    let shared: f64 = logs.iter().map(|(x, y)| (x - mx) * (y - my)).sum();
    (spread > 0.0).then(|| shared / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_of_odd_and_between_the_middles_of_even() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn the_ranks_are_those_of_the_tables_for_the_sign_test() {
        // From a table of 95 % intervals of a median (ranks counted from 1: outside + 1).
        for (n, rank) in [
            (6, 1),
            (8, 1),
            (9, 2),
            (12, 3),
            (15, 4),
            (17, 5),
            (20, 6),
            (25, 8),
            (30, 10),
        ] {
            assert_eq!(ranks_outside(n) + 1, rank, "n = {n}");
        }
        assert_eq!(ranks_outside(5), 0);
    }

    #[test]
    fn one_spoilt_round_moves_neither_end() {
        let calm: Vec<f64> = (0..15).map(|i| 1.0 + f64::from(i) / 100.0).collect();
        let mut spoilt = calm.clone();
        spoilt[14] = 1000.0;
        assert_eq!(estimate(&calm), estimate(&spoilt));
    }

    #[test]
    fn the_interval_covers_the_true_median_about_as_often_as_it_says() {
        // splitmix64, seed 7; skewed noise whose true median is 1.
        let mut state = 7_u64;
        let mut toss = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        let covered = (0..2000)
            .filter(|_| {
                let rounds: Vec<f64> = (0..15).map(|_| (toss() / 0.5).powi(3)).collect();
                let Estimate { low, high, .. } = estimate(&rounds);
                (low..=high).contains(&1.0)
            })
            .count();
        assert!(
            (1900..=1980).contains(&covered),
            "covered in {covered} of 2000 runs; 96.5 % is exact"
        );
    }

    #[test]
    fn the_exponent_of_a_power_law_is_found() {
        let points: Vec<_> = [1.0, 10.0, 100.0]
            .map(|n: f64| (n, 3.0 * n.powf(1.5)))
            .to_vec();
        assert!((exponent(&points).expect("three sizes") - 1.5).abs() < 1e-12);
        assert_eq!(exponent(&[(1.0, 1.0)]), None);
    }
}
