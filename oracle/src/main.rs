//! The command line: `oracle record`, `oracle compare`, `oracle ledger`.
//!
//! ```text
//!   record slice       Go's answers to random scripts ──▶ facts/slice.txt.gz
//!   compare slice      Go's answers to random scripts ──▶ equal to ours?
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

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use oracle::chapters::{self, ChaptersError, Verdict};
use oracle::facts::{FactsError, slice_facts};
use oracle::go::{Go, GoError};
use oracle::ledger::{self, Ledger, LedgerError};
use oracle::live;

/// Scripts in the facts, unless told: 120,000 operations, less than 2 MiB packed.
const SCRIPTS_RECORDED: u64 = 2_000;
/// Scripts of a live comparison, unless told: well below two minutes.
const SCRIPTS_COMPARED: u64 = 20_000;

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
}

#[derive(Subcommand)]
enum Compare {
    /// Run fresh random scripts on Go's slices and on ours
    Slice(#[command(flatten)] Scripts),
    /// Run the Go programs of the chapters and compare with the output kept beside them
    Chapters {
        /// Where the .go and .out files are
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Scripts {
    /// How many scripts, of 60 operations each [default: 2000 to record, 20000 to compare]
    #[arg(long, value_name = "N")]
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

/// What a command found.
enum Found {
    NoDifference,
    Difference,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Record(Record::Slice(asked)) => {
            record_slice(asked.scripts.unwrap_or(SCRIPTS_RECORDED), asked.seed)
        }
        Command::Compare(Compare::Slice(asked)) => {
            compare_slice(asked.scripts.unwrap_or(SCRIPTS_COMPARED), asked.seed)
        }
        Command::Compare(Compare::Chapters { directory }) => compare_chapters(directory),
        Command::Ledger { open, json } => show_ledger(open, json),
    };
    match outcome {
        Ok(Found::NoDifference) => ExitCode::SUCCESS,
        Ok(Found::Difference) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("oracle: {failure}");
            ExitCode::from(2)
        }
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

fn record_slice(scripts: u64, seed: u64) -> Result<Found, Failure> {
    let go = reference_go()?;
    let facts = live::record_slice(&go, scripts, seed)?;
    let path = slice_facts();
    let bytes = facts.write(&path)?;
    let steps: usize = facts
        .recorded
        .iter()
        .map(|recorded| recorded.answers.len())
        .sum();
    println!("{}", go.version());
    println!("seed {seed}: {scripts} scripts, {steps} steps recorded");
    println!("{}: {bytes} bytes", path.display());
    Ok(Found::NoDifference)
}

fn compare_slice(scripts: u64, seed: u64) -> Result<Found, Failure> {
    let go = reference_go()?;
    let outcome = live::compare_slice(&go, scripts, seed)?;
    let tally = outcome.tally;
    println!("{}", go.version());
    println!(
        "seed {seed}: {} of {scripts} scripts identical, {} steps, {} of them panics",
        tally.scripts, tally.steps, tally.panics
    );
    Ok(match outcome.difference {
        None => Found::NoDifference,
        Some(difference) => {
            println!("{difference}");
            Found::Difference
        }
    })
}

fn compare_chapters(directory: Option<PathBuf>) -> Result<Found, Failure> {
    let go = reference_go()?;
    let verdicts = chapters::compare(&go, &directory.unwrap_or_else(chapters::default_directory))?;
    for (program, verdict) in &verdicts {
        let name = program.file_name().unwrap_or(program.as_os_str());
        println!("{}: {verdict}", name.display());
    }
    let same = verdicts
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Same)
        .count();
    println!(
        "{}: {same} of {} programs the same",
        go.version(),
        verdicts.len()
    );
    Ok(if same == verdicts.len() {
        Found::NoDifference
    } else {
        Found::Difference
    })
}

fn show_ledger(open: Option<Option<String>>, json: bool) -> Result<Found, Failure> {
    let ledger = Ledger::read(&ledger::path())?;
    let listed = match &open {
        None => None,
        Some(package) => Some(ledger.open(package.as_deref())?),
    };
    if json {
        let entries = listed.unwrap_or_else(|| ledger.entries.iter().collect());
        let shown = serde_json::json!({ "totals": ledger.totals(), "tests": entries });
        println!("{}", serde_json::to_string_pretty(&shown)?);
    } else if let Some(entries) = listed {
        for entry in &entries {
            println!(
                "{} {} {}: {}",
                entry.package, entry.file, entry.name, entry.pins
            );
        }
        println!("{} open", entries.len());
    } else {
        print!("{}", table(&ledger));
    }
    Ok(Found::NoDifference)
}

fn table(ledger: &Ledger) -> String {
    let mut out = format!(
        "{:<10} {:>6} {:>6} {:>8} {:>6}\n",
        "crate", "passed", "open", "excluded", "total"
    );
    for row in ledger.totals() {
        writeln!(
            out,
            "{:<10} {:>6} {:>6} {:>8} {:>6}",
            row.package, row.passed, row.open, row.excluded, row.total
        )
        .expect("a String takes any text");
    }
    out
}
