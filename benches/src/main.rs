//! `benches scoreboard`: honest ratios against std, the best crates and real Go.
//!
//! Exit status: 0 when everything was measured, whatever the verdicts; 2 when something could not
//! be, with one sentence that says what, where, and what would be right.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use benches::scoreboard::{Options, run};
use benches::{html, table};
use clap::{Parser, Subcommand};

const EXAMPLES: &str = "Examples:
  cargo run --release -p benches -- scoreboard --quick
  cargo run --release -p benches -- scoreboard slice --html report.html
  GOBONES_GO=/usr/lib/go-1.19/bin/go,go cargo run --release -p benches -- scoreboard";

/// How fast ours is beside std, the best crates and real Go.
#[derive(Parser)]
#[command(name = "benches", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure ours beside each peer in paired rounds and print the ratios
    #[command(after_help = EXAMPLES)]
    Scoreboard {
        /// The groups to run [default: all]
        #[arg(value_name = "GROUP")]
        groups: Vec<String>,
        /// Short batches: ends within three minutes
        #[arg(long)]
        quick: bool,
        /// Rounds a row, at least 15 [default: 31, with --quick 15]
        #[arg(long, value_name = "N")]
        rounds: Option<usize>,
        /// Where the order within a round comes from
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// Begin anew even where an interrupted run could be taken up
        #[arg(long)]
        fresh: bool,
        /// Also write the board as JSON to this file
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Also write a report that stands alone to this file
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let Command::Scoreboard {
        groups,
        quick,
        rounds,
        seed,
        fresh,
        json,
        html,
    } = Cli::parse().command;
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/scoreboard/state.json");
    let rounds = rounds.unwrap_or(if quick { 15 } else { 31 });
    let options = Options {
        groups,
        quick,
        rounds,
        seed,
        fresh,
        state,
    };
    match measure(&options, json.as_deref(), html.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("scoreboard: {why}");
            ExitCode::from(2)
        }
    }
}

fn measure(options: &Options, json: Option<&Path>, report: Option<&Path>) -> Result<(), String> {
    if cfg!(debug_assertions) {
        eprintln!("warning: this is no release build; its figures mean nothing (add --release)");
    }
    let board = run(options).map_err(|error| error.to_string())?;
    let stdout = std::io::stdout();
    let color = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    print!("{}", table::table(&board, color));
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&board).map_err(|error| error.to_string())?;
        write(path, &text)?;
    }
    report.map_or(Ok(()), |path| write(path, &html::html(&board)))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
