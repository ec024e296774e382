//! The `gobones` program: parse, dispatch, print, exit.
//!
//! ```text
//!   arguments ──▶ Cli::try_parse ──▶ Cli::run ──▶ Report ──▶ stdout, status 0 or 1
//!                      │                │
//!                      └─────▶ Error ◀──┘                ──▶ "gobones: …" on stderr, status 2
//! ```
//!
//! Exit status: 0 when all went well, 1 when a law failed or a myth stood, 2 when the command line
//! was wrong or a file could not be written.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use gobones::cli::{Cli, Report};
use gobones::error::Error;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // `--help` and `--version` are errors to clap, but not to the reader.
        Err(asked_for) if !asked_for.use_stderr() => asked_for.exit(),
        Err(error) => return refuse(&error.into()),
    };
    let report = match cli.run() {
        Ok(report) => report,
        Err(error) => return refuse(&error),
    };
    match print(&report) {
        // A reader who has seen enough closes the pipe; that is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("gobones: cannot write to standard output: {error}");
            ExitCode::from(2)
        }
        Ok(()) | Err(_) => ExitCode::from(u8::from(!report.holds)),
    }
}

fn refuse(error: &Error) -> ExitCode {
    eprintln!("gobones: {error}");
    ExitCode::from(2)
}

fn print(report: &Report) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(report.text.as_bytes())?;
    stdout.flush()
}
