//! The command line: `oracle record`, `oracle compare`, `oracle ledger`.
//!
//! ```text
//!   record slice|map   Go's answers to random scripts ──▶ facts/…
//!   compare slice|map  Go's answers to random scripts ──▶ equal to ours?
//!   compare chapters   Go's output of the chapters    ──▶ equal to what is kept?
//!   ledger             how many of Go's own tests are retold
//! ```
//!
//! Each command is one function that asks the library and prints; nothing is computed here.
//!
//! X0  Exit status 0: all is the same.
//! X1  Exit status 1: a difference was found, and printed on stdout.
//! X2  Exit status 2: no answer was possible; one sentence on stderr says what, where, and what
//!     would be right. What clap refuses ends so too.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use oracle::chapters::{self, ChaptersError, Verdict};
use oracle::facts::{self, FactsError};
use oracle::go::{Go, GoError};
use oracle::language::Language;
use oracle::ledger::{self, Entry, Ledger, LedgerError, Totals};
use oracle::live;
use oracle::script::map::Maps;
use oracle::script::slice::Slices;

/// What real Go 1.19.8 answers, and whether ours is the same.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Record what real Go answers (needs Go)
    #[command(subcommand)]
    Record(Record),
    /// Compare real Go with what is here (needs Go)
    #[command(subcommand)]
    Compare(Compare),
    /// Show how many of Go's own tests are retold here
    Ledger {
        /// List the open entries, of one crate or of all
        #[arg(long, value_name = "CRATE", num_args = 0..=1)]
        open: Option<Option<String>>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Record {
    /// Write oracle/facts/slice.txt.gz anew
    Slice(#[command(flatten)] Scripts),
    /// Write oracle/facts/map.txt.gz and map_layout.txt anew
    Map(#[command(flatten)] Scripts),
}

#[derive(Subcommand)]
enum Compare {
    /// Run fresh random scripts on Go's slices and on ours
    Slice(#[command(flatten)] Scripts),
    /// Run fresh random scripts on Go's maps and on ours
    Map(#[command(flatten)] Scripts),
    /// Run the Go programs of the chapters and compare with the output kept beside them
    Chapters {
        /// Where the .go and .out files are
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Scripts {
    /// How many scripts [default: 2000 of slices or 500 of maps to record, 20000 or 2000 to
    /// compare]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    scripts: Option<u64>,
    /// Which scripts: the same seed gives the same ones
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// Why there is no answer: exit status 2.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Go(#[from] GoError),
    #[error(transparent)]
    Facts(#[from] FactsError),
    #[error(transparent)]
    Chapters(#[from] ChaptersError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("the ledger cannot be printed as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What a command found, and the text that says it.
struct Found {
    text: String,
    difference: bool,
}

impl Found {
    fn no_difference(text: String) -> Self {
        Self {
            text,
            difference: false,
        }
    }
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Record(Record::Slice(asked)) => record::<Slices>(&asked),
        Command::Record(Record::Map(asked)) => record_map(&asked),
        Command::Compare(Compare::Slice(asked)) => compare::<Slices>(&asked),
        Command::Compare(Compare::Map(asked)) => compare::<Maps>(&asked),
        Command::Compare(Compare::Chapters { directory }) => compare_chapters(directory),
        Command::Ledger { open, json } => show_ledger(open, json),
    };
    match outcome {
        Ok(found) => print(&found),
        Err(failure) => {
            eprintln!("oracle: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Prints what was found. A reader who has seen enough closes the pipe; that is no failure.
fn print(found: &Found) -> ExitCode {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(found.text.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("oracle: cannot write to standard output: {error}");
            ExitCode::from(2)
        }
        Ok(()) | Err(_) => ExitCode::from(u8::from(found.difference)),
    }
}

/// Finds Go and warns if it is another one than the reference.
fn reference_go() -> Result<Go, Failure> {
    let go = Go::find()?;
    if let Some(warning) = go.warning() {
        eprintln!("oracle: {warning}");
    }
    Ok(go)
}

fn record<L: Language>(asked: &Scripts) -> Result<Found, Failure> {
    let (scripts, seed) = (asked.scripts.unwrap_or(L::SCRIPTS_RECORDED), asked.seed);
    let go = reference_go()?;
    let facts = live::record::<L>(&go, scripts, seed)?;
    let path = facts::path::<L>();
    let bytes = facts.write(&path)?;
    let steps: usize = facts
        .recorded
        .iter()
        .map(|recorded| recorded.answers.len())
        .sum();
    Ok(Found::no_difference(format!(
        "{}\nseed {seed}: {scripts} scripts, {steps} steps recorded\n{}: {bytes} bytes\n",
        go.version(),
        path.display()
    )))
}

fn record_map(asked: &Scripts) -> Result<Found, Failure> {
    let layout = live::map_layout(&reference_go()?)?;
    facts::write_map_layout(&layout)?;
    record::<Maps>(asked)
}

fn compare<L: Language>(asked: &Scripts) -> Result<Found, Failure> {
    let (scripts, seed) = (asked.scripts.unwrap_or(L::SCRIPTS_COMPARED), asked.seed);
    let go = reference_go()?;
    let outcome = live::compare::<L>(&go, scripts, seed)?;
    let tally = outcome.tally;
    let mut text = format!(
        "{}\nseed {seed}: {} of {scripts} scripts identical, {} steps\n",
        go.version(),
        tally.scripts,
        tally.steps,
    );
    for (name, count) in &tally.sights {
        text.push_str(&format!("{count:>9} {name}\n"));
    }
    let difference = outcome.difference;
    if let Some(difference) = &difference {
        text.push_str(&format!("{difference}\n"));
    }
    Ok(Found {
        text,
        difference: difference.is_some(),
    })
}

fn compare_chapters(directory: Option<PathBuf>) -> Result<Found, Failure> {
    let go = reference_go()?;
    let verdicts = chapters::compare(&go, &directory.unwrap_or_else(chapters::default_directory))?;
    let mut text = String::new();
    for (program, verdict) in &verdicts {
        let name = program.file_name().unwrap_or(program.as_os_str());
        text.push_str(&format!("{}: {verdict}\n", name.display()));
    }
    let is_same = |(_, verdict): &&(PathBuf, Verdict)| *verdict == Verdict::Same;
    let (same, all) = (verdicts.iter().filter(is_same).count(), verdicts.len());
    text.push_str(&format!(
        "{}: {same} of {all} programs the same\n",
        go.version()
    ));
    Ok(Found {
        text,
        difference: same < all,
    })
}

fn show_ledger(open: Option<Option<String>>, json: bool) -> Result<Found, Failure> {
    let ledger = Ledger::read(&ledger::path())?;
    let listed = match &open {
        None => None,
        Some(package) => Some(ledger.open(package.as_deref())?),
    };
    let text = if json {
        let entries = listed.unwrap_or_else(|| ledger.entries.iter().collect());
        let shown = serde_json::json!({ "totals": ledger.totals(), "tests": entries });
        serde_json::to_string_pretty(&shown)? + "\n"
    } else if let Some(entries) = listed {
        let line = |entry: &&Entry| {
            let Entry {
                package,
                file,
                name,
                pins,
                ..
            } = entry;
            format!("{package} {file} {name}: {pins}\n")
        };
        let lines: String = entries.iter().map(line).collect();
        format!("{lines}{} open\n", entries.len())
    } else {
        table(&ledger)
    };
    Ok(Found::no_difference(text))
}

fn table(ledger: &Ledger) -> String {
    let head = format!(
        "{:<10} {:>6} {:>6} {:>8} {:>6}\n",
        "crate", "passed", "open", "excluded", "total"
    );
    let line = |row: Totals| {
        format!(
            "{:<10} {:>6} {:>6} {:>8} {:>6}\n",
            row.package, row.passed, row.open, row.excluded, row.total
        )
    };
    head + &ledger.totals().into_iter().map(line).collect::<String>()
}
