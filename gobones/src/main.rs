//! The `gobones` program: parse, dispatch, print, exit.
//!
//! ```text
//!   arguments ──▶ Cli::try_parse ──▶ Cli::run ──▶ Report ──▶ stdout, status 0 or 1
//!                      │                │
//!                      └─────▶ Error ◀──┘                ──▶ "gobones: …" on stderr, status 2
//! ```
//!
//! Exit status: 0 when all went well, 1 when a law failed or a myth stood, 2 when the command line
//! was wrong or a file could not be read or written. A reader who has seen enough closes the pipe;
//! that is no failure.

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
    let mut stdout = io::stdout();
    let report = match cli.run(&mut stdout) {
        Ok(report) => report,
        Err(Error::Print(error)) if is_closed(&error) => return ExitCode::SUCCESS,
        Err(error) => return refuse(&error),
    };
    match print(&report, &mut stdout) {
        Err(error) if !is_closed(&error) => refuse(&Error::Print(error)),
        Ok(()) | Err(_) => ExitCode::from(u8::from(!report.holds)),
    }
}

fn is_closed(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

fn refuse(error: &Error) -> ExitCode {
    eprintln!("gobones: {error}");
    ExitCode::from(2)
}

fn print(report: &Report, stdout: &mut impl Write) -> io::Result<()> {
    stdout.write_all(report.text.as_bytes())?;
    stdout.flush()
}
