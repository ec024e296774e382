//! The groups of the scoreboard, by name: which room has which contests.

use crate::board::MemoryRow;
use crate::contest::Contest;
use crate::latency::LatencyContest;
use crate::{hmap, slice};

/// The name of the group that measures the machine; it is on every report.
pub const CALIBRATION: &str = "calibration";

/// All groups in the order of the report.
pub const GROUPS: &[&str] = &[CALIBRATION, "slice", "hmap", "order"];

/// What a group has to give, each made when it is asked for.
struct Room {
    name: &'static str,
    contests: fn() -> Vec<Contest>,
    latency_contests: fn() -> Vec<LatencyContest>,
    memory: fn() -> Vec<MemoryRow>,
    memory_twins: fn() -> Vec<Contest>,
}

const ROOMS: [Room; 3] = [
    Room {
        name: "slice",
        contests: slice::contests,
        latency_contests: slice::latency_contests,
        memory: slice::memory,
        memory_twins: Vec::new,
    },
    Room {
        name: "hmap",
        contests: hmap::contests,
        latency_contests: hmap::latency_contests,
        memory: hmap::memory,
        memory_twins: hmap::memory_twins,
    },
    Room {
        name: "order",
        contests: hmap::order_contests,
        latency_contests: Vec::new,
        memory: Vec::new,
        memory_twins: Vec::new,
    },
];

/// The rooms that are asked for; nothing asked for means all.
fn rooms(wanted: &[String]) -> impl Iterator<Item = &'static Room> {
    ROOMS
        .iter()
        .filter(|room| wanted.is_empty() || wanted.iter().any(|name| name == room.name))
}

/// The contests of the wanted groups; of all when none is named.
#[must_use]
pub fn contests(wanted: &[String]) -> Vec<Contest> {
    rooms(wanted).flat_map(|room| (room.contests)()).collect()
}

/// The contests with each operation timed alone.
#[must_use]
pub fn latency_contests(wanted: &[String]) -> Vec<LatencyContest> {
    let rooms = rooms(wanted);
    rooms.flat_map(|room| (room.latency_contests)()).collect()
}

/// Bytes held after the work; not timed.
#[must_use]
pub fn memory(wanted: &[String]) -> Vec<MemoryRow> {
    rooms(wanted).flat_map(|room| (room.memory)()).collect()
}

/// Contests without sides, of which real Go reports the bytes held.
#[must_use]
pub fn memory_twins(wanted: &[String]) -> Vec<Contest> {
    let rooms = rooms(wanted);
    rooms.flat_map(|room| (room.memory_twins)()).collect()
}
