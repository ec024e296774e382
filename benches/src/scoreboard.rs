//! A run of the scoreboard, from the options to the board.

use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use oracle::go::{Go, GoError, Scratch};

use crate::board::{Board, FORM, LatencyRow, LatencySide, MemoryRow, Row};
use crate::contest::Contest;
use crate::groups;
use crate::latency::{Histogram, LatencyContest, Stopwatch};
use crate::measure::{Dice, Outside, Plan, Rounds, play};
use crate::state::{Kept, key};
use crate::stats::median;
use crate::twins::{Twins, TwinsError};
use crate::{calibration, machine};

/// The fewest rounds that an interval can stand on.
const FEWEST: usize = 15;

/// What to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The groups; none means all.
    pub groups: Vec<String>,
    /// End within three minutes.
    pub quick: bool,
    /// Rounds a row, at least 15.
    pub rounds: usize,
    /// Where the order within a round comes from.
    pub seed: u64,
    /// Begin anew even where an interrupted run could be taken up.
    pub fresh: bool,
    /// Where an interrupted run is kept.
    pub state: PathBuf,
}

/// Why there is no board.
#[derive(Debug, thiserror::Error)]
pub enum ScoreboardError {
    /// A group that does not exist.
    #[error("there is no group called '{0}'; there are: {list}", list = groups::GROUPS.join(", "))]
    NoSuchGroup(String),
    /// Fewer rounds than a figure can stand on.
    #[error("{0} rounds are too few for an interval; take at least {FEWEST}")]
    TooFewRounds(usize),
    /// Go is there and does not work.
    #[error(transparent)]
    Go(#[from] GoError),
    /// The Go twins do not build.
    #[error(transparent)]
    Twins(#[from] TwinsError),
    /// A side failed while it was measured.
    #[error("{contest}: {why}")]
    Side {
        /// The contest.
        contest: String,
        /// What the side said.
        why: String,
    },
    /// The state of the run cannot be kept.
    #[error("the state of the run cannot be kept in {}: {error}", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

impl Options {
    fn plan(&self, heavy: bool) -> Plan {
        let batch_ms = if self.quick { 5 } else { 15 };
        Plan {
            rounds: self.rounds(heavy),
            batch_ms,
            seed: self.seed,
        }
    }

    fn rounds(&self, heavy: bool) -> usize {
        if heavy { FEWEST } else { self.rounds }
    }

    /// What has to be played: in a quick run nothing heavy.
    fn todo(&self, remarks: &mut Vec<String>) -> (Vec<Contest>, Vec<LatencyContest>) {
        let mut todo = groups::contests(&self.groups);
        let mut timed = groups::latency_contests(&self.groups);
        let heavy = todo.iter().filter(|contest| contest.heavy).count();
        let heavy = heavy + timed.iter().filter(|contest| contest.heavy).count();
        if heavy > 0 && self.quick {
            todo.retain(|contest| !contest.heavy);
            timed.retain(|contest| !contest.heavy);
            remarks.push(format!(
                "{heavy} contests that take long are left out of a quick run"
            ));
        } else if heavy > 0 && self.rounds != FEWEST {
            remarks.push(format!(
                "{heavy} contests that take long were played in {FEWEST} rounds"
            ));
        }
        (todo, timed)
    }

    fn check(&self) -> Result<(), ScoreboardError> {
        let unknown = self
            .groups
            .iter()
            .find(|name| !groups::GROUPS.contains(&name.as_str()));
        if let Some(unknown) = unknown {
            return Err(ScoreboardError::NoSuchGroup(unknown.clone()));
        }
        if self.rounds < FEWEST {
            return Err(ScoreboardError::TooFewRounds(self.rounds));
        }
        Ok(())
    }
}

/// Measures everything that was asked for.
///
/// # Errors
///
/// [`ScoreboardError`]; what was measured before stays in the state and is taken up next time.
pub fn run(options: &Options) -> Result<Board, ScoreboardError> {
    options.check()?;
    let date = jiff::Timestamp::now()
        .strftime("%Y-%m-%d %H:%M")
        .to_string();
    let mut machine = machine::describe();
    let mut remarks = Vec::new();
    // Built before pinning, so that Go may use every core for it.
    let (twins, _scratch) = go_twins(&mut remarks)?;
    machine.pinned_to = machine::pin();
    let mut versions = machine::versions();
    let go_version = |twins: &Twins| twins.name().trim_start_matches("Go ").to_string();
    versions.extend(
        twins
            .iter()
            .map(|twins| ("Go".to_string(), go_version(twins))),
    );

    let columns: Vec<_> = twins.iter().map(Twins::name).collect();
    let (groups, rounds, quick) = (&options.groups, options.rounds, options.quick);
    let key = key(&format!(
        "{groups:?} {rounds} {quick} {} {columns:?}",
        options.seed
    ));
    let mut kept = Kept::load(&options.state, &key, &date);
    if options.fresh {
        kept.state.contests.clear();
        kept.state.latencies.clear();
    }
    if kept.taken_up() > 0 {
        let taken_up = kept.taken_up();
        eprintln!("going on with an interrupted run: {taken_up} contests are there (or --fresh)");
        remarks.push(format!("{taken_up} contests are from an interrupted run"));
    }
    let (todo, todo_timed) = options.todo(&mut remarks);
    let steps = todo.iter().map(|contest| contest.heavy);
    let steps = steps.chain(todo_timed.iter().map(|contest| contest.heavy));
    let progress = progress(steps.map(|heavy| options.rounds(heavy)).sum());
    progress.set_message("calibration");
    let calibration = calibration::read(quick);
    remarks.extend(calibration::remark());
    let mut rows = contests(todo, options, &twins, &mut kept, &progress)?;
    let timed = latencies(todo_timed, options, &twins, &mut kept, &progress)?;
    let (latencies, worst): (Vec<_>, Vec<_>) = timed.into_iter().unzip();
    rows.extend(worst.into_iter().flatten());
    progress.set_message("memory");
    let memory = memory(groups, &twins)?;
    progress.finish_and_clear();
    kept.done().map_err(|error| ScoreboardError::State {
        path: options.state.clone(),
        error,
    })?;
    Ok(Board {
        form: FORM,
        date: kept.state.date,
        seed: options.seed,
        quick,
        rounds,
        machine,
        versions,
        calibration,
        rows,
        latencies,
        memory,
        remarks,
    })
}

/// The Go columns. Without Go there are none, and a remark says so.
fn go_twins(remarks: &mut Vec<String>) -> Result<(Vec<Twins>, Option<Scratch>), ScoreboardError> {
    let mut gos = match Go::all() {
        Ok(gos) => gos,
        Err(GoError::NotFound) => {
            remarks.push(
                "the columns of real Go are left out: there is no Go (put one on the PATH, or set \
                 GOBONES_GO to one or more, separated by commas)"
                    .to_string(),
            );
            return Ok((Vec::new(), None));
        }
        Err(error) => return Err(error.into()),
    };
    // Two paths to one version would make two columns of one name.
    gos.sort_by(|a, b| a.version().cmp(b.version()));
    gos.dedup_by(|a, b| a.version() == b.version());
    let scratch = Scratch::new()?;
    let twins: Result<Vec<_>, _> = gos.iter().map(|go| Twins::build(go, &scratch)).collect();
    Ok((twins?, Some(scratch)))
}

/// A bar with the time left, on a terminal's standard error only.
fn progress(steps: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {eta} left  {msg}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(steps as u64).with_style(style)
}

fn contests(
    todo: Vec<Contest>,
    options: &Options,
    twins: &[Twins],
    kept: &mut Kept,
    progress: &ProgressBar,
) -> Result<Vec<Row>, ScoreboardError> {
    let mut rows = Vec::new();
    for mut contest in todo {
        let name = contest.name();
        let plan = options.plan(contest.heavy);
        progress.set_message(name.clone());
        if let Some(done) = kept.rows(&name) {
            rows.extend(done.iter().cloned());
            progress.inc(plan.rounds as u64);
            continue;
        }
        let mut outside = outside(&contest, twins, plan.batch_ms);
        let rounds =
            play(&mut contest, &mut outside, &plan, || progress.inc(1)).map_err(|why| {
                ScoreboardError::Side {
                    contest: name.clone(),
                    why,
                }
            })?;
        let measured = rounds.rows(&contest);
        kept.state.contests.push((name, measured.clone()));
        save(kept, options)?;
        rows.extend(measured);
    }
    Ok(rows)
}

/// The Go sides of a contest, each in its own process.
fn outside<'a>(contest: &Contest, twins: &'a [Twins], batch_ms: u64) -> Vec<Outside<'a>> {
    let Some(benchmark) = contest.go.clone() else {
        return Vec::new();
    };
    let side = |twins: &'a Twins| -> Outside<'a> {
        let benchmark = benchmark.clone();
        let run = move || {
            twins
                .run(&benchmark, batch_ms)
                .map_err(|error| error.to_string())
        };
        (twins.name().to_string(), Box::new(run))
    };
    twins.iter().map(side).collect()
}

fn latencies(
    todo: Vec<LatencyContest>,
    options: &Options,
    twins: &[Twins],
    kept: &mut Kept,
    progress: &ProgressBar,
) -> Result<Vec<(LatencyRow, Vec<Row>)>, ScoreboardError> {
    let mut rows = Vec::new();
    for mut contest in todo {
        let name = format!("{contest:?}");
        progress.set_message(name.clone());
        if let Some(done) = kept.latency(&name) {
            rows.push(done.clone());
            progress.inc(options.rounds(contest.heavy) as u64);
            continue;
        }
        let measured = time_each(&mut contest, options, twins, progress)?;
        kept.state.latencies.push((name, measured.clone()));
        save(kept, options)?;
        rows.push(measured);
    }
    Ok(rows)
}

fn save(kept: &Kept, options: &Options) -> Result<(), ScoreboardError> {
    kept.save().map_err(|error| ScoreboardError::State {
        path: options.state.clone(),
        error,
    })
}

/// Plays a latency contest: every side once a round, in a new order each time. Also gives a row for
/// each side whose worst operation has a target.
fn time_each(
    contest: &mut LatencyContest,
    options: &Options,
    twins: &[Twins],
    progress: &ProgressBar,
) -> Result<(LatencyRow, Vec<Row>), ScoreboardError> {
    let twins = contest.go.as_ref().map_or(&[][..], |_| twins);
    let names = contest.sides.iter().map(|(name, _)| (*name).to_string());
    let names = names.chain(twins.iter().map(|twins| twins.name().to_string()));
    let mut sides: Vec<_> = names.map(LatencySide::new).collect();
    let mut worst = Vec::new();
    let mut dice = Dice::new(options.seed);
    for _ in 0..options.rounds(contest.heavy) {
        let mut round = vec![0.0; sides.len()];
        for side in dice.order(sides.len()) {
            let inside = contest.sides.len();
            let (histogram, clock_ns) = if side < inside {
                let mut watch = Stopwatch::new();
                (contest.sides[side].1)(&mut watch);
                let clock_ns = watch.clock_ns();
                (watch.finish(), clock_ns)
            } else {
                time_twin(contest, &twins[side - inside])?
            };
            round[side] = histogram.max_ns as f64;
            sides[side].histogram.add(&histogram);
            sides[side].clock_ns = clock_ns;
        }
        worst.push(round);
        progress.inc(1);
    }
    let worst = Rounds {
        sides: sides.iter().map(|side| side.name.clone()).collect(),
        ns: worst,
    };
    for (i, side) in sides.iter_mut().enumerate() {
        side.worst_ns = median(&worst.column(i));
    }
    let row = LatencyRow {
        group: contest.group.to_string(),
        work: contest.work.to_string(),
        size: contest.size,
        sides,
    };
    Ok((row, worst.worst_rows(contest)))
}

/// What the Go twin of a latency contest noted in a run, and what its clock cost.
fn time_twin(contest: &LatencyContest, twins: &Twins) -> Result<(Histogram, u64), ScoreboardError> {
    let benchmark = contest.go.as_deref().unwrap_or_default();
    let measures = twins.once(benchmark)?;
    let clock_ns = measures.other.get("clock-ns").map_or(0, |ns| *ns as u64);
    let histogram = measures.histogram().ok_or_else(|| ScoreboardError::Side {
        contest: format!("{contest:?}"),
        why: format!("{} told no worst-ns", twins.name()),
    })?;
    Ok((histogram, clock_ns))
}

/// Bytes held: what the rooms tell, and real Go's behind each work and size.
fn memory(groups: &[String], twins: &[Twins]) -> Result<Vec<MemoryRow>, ScoreboardError> {
    let mut rows = groups::memory(groups);
    for contest in groups::memory_twins(groups) {
        let benchmark = contest.go.as_deref().unwrap_or_default();
        for twins in twins {
            let (group, work, size) = (contest.group, contest.work, contest.size);
            let measures = twins.once(benchmark)?;
            let bytes = measures.other.get("bytes");
            let bytes = bytes.ok_or_else(|| ScoreboardError::Side {
                contest: contest.name(),
                why: format!("{} told no bytes", twins.name()),
            })?;
            let row = MemoryRow::new(group, work, size, twins.name(), *bytes as usize);
            let last = rows.iter().rposition(|other| other.is_beside(&row));
            rows.insert(last.map_or(rows.len(), |last| last + 1), row);
        }
    }
    Ok(rows)
}
