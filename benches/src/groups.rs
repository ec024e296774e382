//! The groups of the scoreboard, by name: which room has which contests.

use crate::board::MemoryRow;
use crate::contest::Contest;
use crate::latency::LatencyContest;

/// The name of the group that measures the machine; it is on every report.
pub const CALIBRATION: &str = "calibration";

/// All groups in the order of the report.
pub const GROUPS: &[&str] = &[CALIBRATION, "slice"];

/// Whether `group` is asked for; nothing asked for means all.
fn asked(group: &str, wanted: &[String]) -> bool {
    wanted.is_empty() || wanted.iter().any(|name| name == group)
}

/// The contests of the wanted groups; of all when none is named.
#[must_use]
pub fn contests(wanted: &[String]) -> Vec<Contest> {
    if asked("slice", wanted) {
        crate::slice::contests()
    } else {
        Vec::new()
    }
}

/// The contests with each operation timed alone.
#[must_use]
pub fn latency_contests(wanted: &[String]) -> Vec<LatencyContest> {
    if asked("slice", wanted) {
        crate::slice::latency_contests()
    } else {
        Vec::new()
    }
}

/// Bytes held after the work; not timed.
#[must_use]
pub fn memory(wanted: &[String]) -> Vec<MemoryRow> {
    if asked("slice", wanted) {
        crate::slice::memory()
    } else {
        Vec::new()
    }
}
