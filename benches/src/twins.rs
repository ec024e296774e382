//! The Go twins: benches/go built by one version of Go, each benchmark in a process of its own.
//!
//! ```text
//!   benches/go/*_test.go ──go test -c──▶ program ──▶ BenchmarkIndexedLoop/13000  14835  8189 ns/op
//!                                           ▲                                           ────
//!         -test.bench='^BenchmarkIndexedLoop$/^13000$'                              the result
//! ```
//!
//! A *twin* is the Go benchmark that does the work of a contest; the contest names it. One
//! iteration of it is one repetition of the contest, so its result is divided by the contest's
//! operations as ours is. A twin looks at what it made and fails if that is wrong. Beside the time
//! it may report other measures: bytes held, or how long single operations took, see [`Measures`].
//!
//! Go runs with its defaults but for one: a single processor (GOMAXPROCS=1), so that collecting
//! garbage is paid for within the time measured, as freeing is by the Rust sides. A process that
//! is started by a pinned thread is bound to the same core.

use std::collections::BTreeMap;
use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use oracle::go::{Go, GoError, Scratch};

use crate::latency::Histogram;

/// Variables that would change how Go collects, prints or schedules.
const TUNING: [&str; 3] = ["GOGC", "GOMEMLIMIT", "GODEBUG"];

/// Why a twin has no result.
#[derive(Debug, thiserror::Error)]
pub enum TwinsError {
    /// The twins do not build.
    #[error(transparent)]
    Build(#[from] GoError),
    /// The program did not start.
    #[error("{twins}: starting Benchmark{benchmark} failed: {source}")]
    Start {
        /// The version of Go.
        twins: String,
        /// The benchmark.
        benchmark: String,
        /// The reason.
        source: io::Error,
    },
    /// The benchmark failed: what it made is not what Go should make.
    #[error("{twins}: Benchmark{benchmark} failed ({status}):\n{said}")]
    Failed {
        /// The version of Go.
        twins: String,
        /// The benchmark.
        benchmark: String,
        /// How the program ended.
        status: String,
        /// Its words.
        said: String,
    },
    /// The program ended well, and told no time of this benchmark.
    #[error("{twins}: Benchmark{benchmark} told no ns/op:\n{said}")]
    NoResult {
        /// The version of Go.
        twins: String,
        /// The benchmark.
        benchmark: String,
        /// The program's words.
        said: String,
    },
}

/// All twins, built by one version of Go.
#[derive(Clone, Debug)]
pub struct Twins {
    name: String,
    program: PathBuf,
}

/// What a benchmark reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Nanoseconds of one iteration.
    pub ns: f64,
    /// Numbers by their unit: `bytes`.
    pub other: BTreeMap<String, f64>,
}

impl Measures {
    /// How long single operations took, if the benchmark reported it: `worst-ns`, and the
    /// operations of bucket 17 as `in-17`, with the buckets of [`Histogram`].
    #[must_use]
    pub fn histogram(&self) -> Option<Histogram> {
        let mut histogram = Histogram::new();
        histogram.max_ns = *self.other.get("worst-ns")? as u64;
        for (unit, count) in &self.other {
            if let Some(bucket) = unit.strip_prefix("in-") {
                *histogram.counts.get_mut(bucket.parse::<usize>().ok()?)? = *count as u64;
            }
        }
        Some(histogram)
    }
}

impl Twins {
    /// Builds them into `scratch`, which has to live as long as they are run.
    ///
    /// # Errors
    /// [`TwinsError::Build`] with the compiler's words.
    pub fn build(go: &Go, scratch: &Scratch) -> Result<Self, TwinsError> {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("go");
        let release = go.release().unwrap_or("devel");
        let program = scratch.file(&format!("twins-{release}{}", env::consts::EXE_SUFFIX));
        go.test_binary(&sources, &program)?;
        Ok(Self {
            name: format!("Go {}", release.trim_start_matches("go")),
            program,
        })
    }

    /// The name of the column: `Go 1.19.8`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs `benchmark`, such as `IndexedLoop/13000`, for about `ms` milliseconds, and returns the
    /// nanoseconds of one iteration.
    ///
    /// # Errors
    /// [`TwinsError`] with the program's words.
    ///
    /// **Cost** a process; about twice `ms`, since Go approaches the number of iterations.
    pub fn run(&self, benchmark: &str, ms: u64) -> Result<f64, TwinsError> {
        Ok(self.measure(benchmark, &format!("{ms}ms"))?.ns)
    }

    /// Runs a single iteration of `benchmark`, and returns all that it reports.
    ///
    /// # Errors
    /// [`TwinsError`] with the program's words.
    pub fn once(&self, benchmark: &str) -> Result<Measures, TwinsError> {
        self.measure(benchmark, "1x")
    }

    fn measure(&self, benchmark: &str, time: &str) -> Result<Measures, TwinsError> {
        let (twins, benchmark) = (self.name.clone(), benchmark.to_owned());
        let mut command = self.command(&benchmark, time);
        let output = match command.output() {
            Ok(output) => output,
            Err(source) => {
                return Err(TwinsError::Start {
                    twins,
                    benchmark,
                    source,
                });
            }
        };
        let stdout = String::from_utf8_lossy(&output.stdout);
        let said = format!("{stdout}{}", String::from_utf8_lossy(&output.stderr));
        if !output.status.success() {
            return Err(TwinsError::Failed {
                twins,
                benchmark,
                status: output.status.to_string(),
                said,
            });
        }
        match measures(&stdout, &benchmark) {
            Some(measures) => Ok(measures),
            None => Err(TwinsError::NoResult {
                twins,
                benchmark,
                said,
            }),
        }
    }

    fn command(&self, benchmark: &str, time: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["-test.run=^$", "-test.count=1", "-test.cpu=1"])
            .arg(format!("-test.bench={}", pattern(benchmark)))
            .arg(format!("-test.benchtime={time}"))
            .env("GOMAXPROCS", "1");
        for variable in TUNING {
            command.env_remove(variable);
        }
        command
    }
}

/// The pattern that matches `benchmark` and nothing else: Go matches each part between slashes on
/// its own, and anywhere in a name unless told otherwise.
fn pattern(benchmark: &str) -> String {
    let parts: Vec<_> = format!("Benchmark{benchmark}")
        .split('/')
        .map(|part| format!("^{part}$"))
        .collect();
    parts.join("/")
}

/// Finds the line of `benchmark` in what `go test -bench` printed, and what it measured.
///
/// A line is `name iterations (number unit)…`; the name ends with the number of processors if that
/// is not 1. `None` also if there is no ns/op, or it is no time.
fn measures(printed: &str, benchmark: &str) -> Option<Measures> {
    let of_line = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next()?.strip_prefix("Benchmark")?;
        if !is_named(name, benchmark) {
            return None;
        }
        words.next()?.parse::<u64>().ok()?;
        let words: Vec<_> = words.collect();
        let pairs = words.chunks_exact(2);
        let pairs = pairs.map(|pair| Some((pair[1].to_owned(), pair[0].parse().ok()?)));
        let mut all = pairs.collect::<Option<BTreeMap<String, f64>>>()?;
        let ns = all.remove("ns/op")?;
        Some(Measures { ns, other: all })
    };
    let measures = printed.lines().find_map(of_line)?;
    (measures.ns.is_finite() && measures.ns > 0.0).then_some(measures)
}

/// Whether `name` is `benchmark`, with or without `-8` for eight processors.
fn is_named(name: &str, benchmark: &str) -> bool {
    let Some(rest) = name.strip_prefix(benchmark) else {
        return false;
    };
    let processors = rest.strip_prefix('-').unwrap_or_default();
    rest.is_empty() || processors.parse::<u32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Go 1.19.8 printed for these twins, with `-test.cpu=1,8 -test.benchmem`.
    const PRINTED: &str = "\
goos: linux
goarch: amd64
pkg: gobones/benches
cpu: AMD EPYC
BenchmarkAppendFromNothing/1   \t 1267722\t        17.05 ns/op\t       8 B/op\t\
       1 allocs/op
BenchmarkAppendFromNothing/1000           \t   10250\t      2394 ns/op\t   25208 B/op\t\
      12 allocs/op
BenchmarkAppendFromNothing/10000-8        \t     100\t    210982 ns/op\t  357626 B/op\t\
      19 allocs/op
BenchmarkManySmall/100000                 \t       1\t  35657081 ns/op\t18700368 B/op\t\
  406252 allocs/op
PASS
";

    fn ns(printed: &str, benchmark: &str) -> Option<f64> {
        measures(printed, benchmark).map(|measures| measures.ns)
    }

    #[test]
    fn a_histogram_is_read_from_what_a_benchmark_reports() {
        let line = "BenchmarkFill/9 1 152.5 ns/op 30.00 clock-ns 7.000 in-0 1229970 in-29 \
                    15658420 worst-ns\n";
        let measures = measures(line, "Fill/9").expect("a time");
        let histogram = measures.histogram().expect("a histogram");
        assert_eq!(measures.other["clock-ns"], 30.0);
        assert_eq!((histogram.counts[0], histogram.counts[29]), (7, 1_229_970));
        assert_eq!(histogram.counts.iter().sum::<u64>(), 1_229_977);
        assert_eq!(histogram.max_ns, 15_658_420);
        let bare = super::measures("BenchmarkFill/9 1 152.5 ns/op\n", "Fill/9");
        assert_eq!(bare.expect("a time").histogram(), None);
    }

    #[test]
    fn the_time_of_a_benchmark_is_read_from_its_own_line() {
        let of = |benchmark| ns(PRINTED, benchmark);
        assert_eq!(of("AppendFromNothing/1"), Some(17.05));
        assert_eq!(of("AppendFromNothing/1000"), Some(2394.0));
        assert_eq!(of("ManySmall/100000"), Some(35_657_081.0));
    }

    #[test]
    fn the_number_of_processors_is_no_part_of_the_name() {
        assert_eq!(ns(PRINTED, "AppendFromNothing/10000"), Some(210_982.0));
        assert!(!is_named("IndexedLoop/13000-fast", "IndexedLoop/13000"));
        assert!(!is_named("IndexedLoop/13000", "IndexedLoop/1300"));
    }

    #[test]
    fn a_time_may_have_an_exponent_and_stand_behind_another_measure() {
        let of = |line: &str| ns(line, "Grow/7");
        assert_eq!(of("BenchmarkGrow/7 1 1.5e+09 ns/op"), Some(1.5e9));
        assert_eq!(of("BenchmarkGrow/7-16 20 12.5 MB/s 0.25 ns/op"), Some(0.25));
    }

    #[test]
    fn what_is_no_time_is_not_taken_for_one() {
        for printed in [
            "PASS\n",
            "BenchmarkGrow/7\n",
            "BenchmarkGrow/7 100\n",
            "BenchmarkGrow/7 100 12 B/op\n",
            "BenchmarkGrow/7 100 NaN ns/op\n",
            "BenchmarkGrow/7 100 0.0000 ns/op\n",
            "BenchmarkGrow/70 100 12.5 ns/op\n",
        ] {
            assert_eq!(ns(printed, "Grow/7"), None, "{printed}");
        }
    }

    #[test]
    fn a_pattern_binds_each_part_of_a_name_at_both_ends() {
        assert_eq!(
            pattern("IndexedLoop/13000"),
            "^BenchmarkIndexedLoop$/^13000$"
        );
    }
}
