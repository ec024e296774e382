//! A made-up board: two groups, a column of real Go, latencies, memory and every verdict.

use benches::board::{
    Board, FORM, LatencyRow, LatencySide, Machine, MemoryRow, Reading, Row, Target, Verdict,
};
use benches::latency::Histogram;
use benches::stats::Estimate;

/// Our time, theirs, half the width of the interval, as in [`ROWS`].
type Times = (f64, f64, f64);

pub(crate) fn row(
    group: &str,
    work: &str,
    size: usize,
    peer: &str,
    times: Times,
    target: Option<f64>,
) -> Row {
    let (ours_ns, peer_ns, spread) = times;
    let median = ours_ns / peer_ns;
    let (low, high) = (median * (1.0 - spread), median * (1.0 + spread));
    let ratio = Estimate { median, low, high };
    Row {
        group: group.to_string(),
        work: work.to_string(),
        size,
        peer: peer.to_string(),
        ours_ns,
        peer_ns,
        ratio,
        verdict: Verdict::of(&ratio, target.unwrap_or(1.0)),
        target: target.map(|at_most| Target {
            at_most,
            why: match peer {
                "Vec" => {
                    "Go's growth copies about twice as much as doubling and may never grow in place"
                }
                "Go 1.19.8" => {
                    "the same copies without a collector's allocator and its bookkeeping"
                }
                _ => "one more comparison than the peer, and no more",
            }
            .to_string(),
        }),
    }
}

/// Group, work, size, peer, our time and theirs in nanoseconds, half the width of the interval as a
/// share of the ratio, target; two spaces between.
const ROWS: &str = "\
slice  append_from_nothing        1  Vec           11.2   15.9   0.02  1.5
slice  append_from_nothing        1  bumpalo Vec   11.2   9.81   0.03  -
slice  append_from_nothing        1  Go 1.19.8     11.2   28.4   0.06  0.5
slice  append_from_nothing        7  Vec           3.41   5.02   0.02  1.5
slice  append_from_nothing        7  bumpalo Vec   3.41    3.3   0.03  -
slice  append_from_nothing        7  Go 1.19.8     3.41   12.6   0.06  0.5
slice  append_from_nothing       30  Vec           2.08   2.31   0.02  1.5
slice  append_from_nothing       30  bumpalo Vec   2.08   1.98   0.03  -
slice  append_from_nothing       30  Go 1.19.8     2.08   6.44   0.06  0.5
slice  append_from_nothing      200  Vec           1.36  0.981   0.02  1.5
slice  append_from_nothing      200  bumpalo Vec   1.36   1.02   0.03  -
slice  append_from_nothing      200  Go 1.19.8     1.36   3.87   0.06  0.5
slice  append_from_nothing     1000  Vec           1.19  0.744   0.02  1.5
slice  append_from_nothing     1000  bumpalo Vec   1.19  0.802   0.03  -
slice  append_from_nothing     1000  Go 1.19.8     1.19   3.12   0.06  0.5
slice  append_from_nothing     3300  Vec           1.22  0.701   0.02  1.5
slice  append_from_nothing     3300  bumpalo Vec   1.22  0.774   0.03  -
slice  append_from_nothing     3300  Go 1.19.8     1.22   4.05   0.06  0.5
slice  append_from_nothing    10000  Vec           1.31  0.715   0.02  1.5
slice  append_from_nothing    10000  bumpalo Vec   1.31   0.79   0.03  -
slice  append_from_nothing    10000  Go 1.19.8     1.31   4.43   0.06  0.5
slice  append_into_room       13000  Vec           0.62  0.624  0.012  1.0
slice  append_into_room       13000  Go 1.19.8     0.62   1.31   0.03  -
slice  many_small            100000  Vec           88.0  171.0   0.05  0.7
slice  many_small            100000  Go 1.19.8     88.0  246.0   0.22  0.5
slice  indexed_loop           13000  &[Cell]      0.712  0.698  0.015  1.1
slice  indexed_loop           13000  Vec          0.712   0.54   0.35  -
hmap   hit                       13  hashbrown      7.1    5.9   0.04  1.6
hmap   hit                       13  Go 1.19.8      7.1    9.2   0.08  -
hmap   hit                      450  hashbrown      8.2    6.4   0.04  1.6
hmap   hit                      450  Go 1.19.8      8.2   12.8   0.08  -
hmap   hit                    14000  hashbrown     14.9   10.2   0.04  1.6
hmap   hit                    14000  Go 1.19.8     14.9   24.3   0.08  -
hmap   hit                  3300000  hashbrown     61.0   38.5   0.04  1.6
hmap   hit                  3300000  Go 1.19.8     61.0   88.0   0.08  -
";

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for line in ROWS.lines() {
        let fields = line
            .split("  ")
            .map(str::trim)
            .filter(|field| !field.is_empty());
        let fields: Vec<&str> = fields.collect();
        let [group, work, size, peer, ours, theirs, spread, target] = fields[..] else {
            panic!("eight fields: {line}");
        };
        let number = |text: &str| text.parse::<f64>().expect("a number");
        let times = (number(ours), number(theirs), number(spread));
        let size = size.parse().expect("a size");
        rows.push(row(group, work, size, peer, times, target.parse().ok()));
    }
    rows
}

/// 200,000 operations of about `usual` ns, of which one in `every` costs `rare` ns and more.
fn side(name: &str, usual: f64, every: u64, rare: f64, worst: u64) -> LatencySide {
    let mut histogram = Histogram::new();
    for i in 0..200_000_u64 {
        // Multiplying by an odd constant walks over all residues in a scattered order.
        let share = (i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as f64 / (1 << 24) as f64;
        let tail = 1.0 / (1.0 - share).max(1e-5);
        let ns = if i % every == 0 { rare } else { usual } * tail.powf(0.35);
        histogram.note(ns as u64);
    }
    histogram.note(worst);
    LatencySide {
        name: name.to_string(),
        histogram,
        worst_ns: worst as f64 * 0.83,
        clock_ns: 21,
    }
}

fn memory(group: &str, work: &str, size: usize, side: &str, bytes: usize) -> MemoryRow {
    MemoryRow {
        group: group.to_string(),
        work: work.to_string(),
        size,
        side: side.to_string(),
        bytes,
        target: None,
    }
}

fn reading(name: &str, ns: f64, words: &str) -> Reading {
    Reading {
        name: name.to_string(),
        ns,
        words: words.to_string(),
    }
}

fn latencies() -> Vec<LatencyRow> {
    let timed = |group: &str, work: &str, sides| LatencyRow {
        group: group.to_string(),
        work: work.to_string(),
        size: 200_000,
        sides,
    };
    let slice = vec![
        side("ours", 6.0, 1_900, 800.0, 412_000),
        side("Vec", 5.0, 20_000, 90_000.0, 1_930_000),
    ];
    let hmap = vec![
        side("ours", 31.0, 40, 210.0, 48_000),
        side("hashbrown", 24.0, 60_000, 400_000.0, 38_300_000),
        side("Go 1.19.8", 45.0, 40, 300.0, 96_000),
    ];
    vec![
        timed("slice", "append_each_timed", slice),
        timed("hmap", "insert_each_timed", hmap),
    ]
}

pub(crate) fn board() -> Board {
    let memory = [
        (30, 256, 504, 256),
        (1_000, 8_192, 19_128, 8_192),
        (10_000, 98_304, 371_384, 131_072),
    ]
    .into_iter()
    .flat_map(|(size, ours, arena, vec)| {
        [("ours", ours), ("ours, arena", arena), ("Vec", vec)]
            .map(|(side, bytes)| memory("slice", "append_from_nothing", size, side, bytes))
    });
    Board {
        form: FORM,
        date: "2026-11-25 14:20".to_string(),
        seed: 8_391_027_755_018,
        quick: false,
        rounds: 25,
        machine: Machine {
            cpu: "AMD EPYC 9354 32-Core Processor".to_string(),
            cores: 2,
            memory_bytes: Some(8_217_530_368),
            os: "Linux 6.1.0".to_string(),
            pinned_to: Some(1),
        },
        versions: [
            ("gobones", "0.1.0"),
            ("rustc", "1.95.0"),
            ("bumpalo", "3.20.4"),
            ("go", "go1.19.8"),
        ]
        .map(|(name, version)| (name.to_string(), version.to_string()))
        .to_vec(),
        calibration: vec![
            reading("dependent add", 0.272, "One cycle of the clock."),
            reading(
                "load, 24 KiB",
                1.09,
                "A load that depends on the one before, from L1.",
            ),
            reading("load, 512 KiB", 4.9, "The same from L2."),
            reading(
                "lock-prefixed pair",
                9.8,
                "Two compare-and-swaps on a line of one's own.",
            ),
            reading(
                "load, 256 MiB",
                104.0,
                "The same from main memory, a new page each time.",
            ),
            reading(
                "core to core",
                131.0,
                "Half of a round trip of a line between two cores.",
            ),
            reading(
                "page touch",
                1_520.0,
                "The first write to a fresh page of 4 KiB.",
            ),
        ],
        rows: rows(),
        latencies: latencies(),
        memory: memory.collect(),
        remarks: vec!["Go 1.27 is not on the path; its column is left out.".to_string()],
    }
}

/// A board of a run that measured nothing.
pub(crate) fn empty() -> Board {
    Board {
        rounds: 0,
        date: String::new(),
        machine: Machine::default(),
        versions: Vec::new(),
        calibration: Vec::new(),
        rows: Vec::new(),
        latencies: Vec::new(),
        memory: Vec::new(),
        remarks: Vec::new(),
        ..board()
    }
}
