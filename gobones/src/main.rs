//! The `gobones` program: parse, dispatch, print, exit.
//!
//! Exit status: 0 when all went well, 1 when a law failed or a myth stood, 2 when the command line
//! was wrong or a file could not be written.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use gobones::cli::{Cli, Report};

fn main() -> ExitCode {
    let outcome = Cli::parse().run();
    let report = match outcome {
        Ok(report) => report,
        Err(error) => {
            eprintln!("gobones: {error}");
            return ExitCode::from(2);
        }
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

fn print(report: &Report) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(report.text.as_bytes())?;
    stdout.flush()
}
