//! The command line: flags, their help with examples, and the way from a command to its report.
//!
//! ```text
//!   arguments ──clap──▶ Cli { command, common } ──run──▶ command/*.rs ──▶ Report ──▶ stdout
//!                 │                                │
//!                 └─────────── Error ◀─────────────┘        one sentence ──▶ stderr
//! ```
//!
//! A [`Report`] is what a command has to say, and whether all claims held. [`Common`] are the flags
//! that every command takes: language, colours, JSON, width, addresses. Nothing here prints; a
//! command whose input may never end writes to `stdout` while it runs.
//!
//! F1  Without `--addresses` a command line prints the same text on every run of the same width.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use layout::text::Style;

use crate::command;
use crate::error::Error;
use crate::lang::Lang;

/// What a command has to say.
#[derive(Debug)]
pub struct Report {
    /// The text for standard output.
    pub text: String,
    /// Whether every claim that was checked held.
    pub holds: bool,
}

const EXAMPLES: &str = "Examples:
  gobones                        the append program of the notes, step by step
  gobones tour slice --lang zh   all slice chapters, in Chinese
  gobones tour append --svg a.svg
  gobones layout slice --json    a slice header, field by field
  gobones laws slice --cases 10000
  gobones myths append-always-doubles
  gobones map --keys words.txt --watch";

/// Go's runtime with the flesh taken off: slices and maps (and soon interfaces, channels,
/// goroutines) of Go 1.19, rebuilt in Rust and made visible.
#[derive(Debug, Parser)]
#[command(name = "gobones", version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    common: Common,
}

/// Flags that every command takes.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Language of the texts
    #[arg(long, global = true, value_enum, default_value_t)]
    pub lang: Lang,
    /// When to use colours; `auto` means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Print JSON for programs instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Columns to draw in [default: the terminal's, or 80]
    #[arg(long, global = true, value_name = "COLUMNS")]
    pub width: Option<usize>,
    /// Show addresses and the bytes of array elements too; addresses differ from run to run
    #[arg(long, global = true)]
    pub addresses: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands; without one, the tour begins.
#[derive(Debug, Subcommand)]
enum Command {
    /// Walk through a chapter: question, answer, program, output, memory step by step
    #[command(after_help = "Examples:\n  gobones tour\n  gobones tour growth\n  \
                            gobones tour slice --lang zh\n  \
                            gobones tour notes --step 4 --svg notes.svg")]
    Tour {
        /// A chapter, an area (`slice`, `map`) or `all`; without it the first chapter
        chapter: Option<String>,
        /// Show only this step of the chapter, counted from 1
        #[arg(long, value_name = "N")]
        step: Option<usize>,
        /// Also write the pictures of the chapter to this file
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// List the chapters
    Chapters,
    /// Show how a type lies in memory, field by field
    #[command(after_help = "Examples:\n  gobones layout\n  gobones layout slice\n  \
                            gobones layout string --svg string.svg")]
    Layout {
        /// The type; without it, the list of types
        #[arg(value_name = "TYPE")]
        type_name: Option<String>,
        /// Also write the picture to this file
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// Check the laws: what holds for every program of its kind
    #[command(
        after_help = "Examples:\n  gobones laws\n  gobones laws slice --cases 10000\n  \
                            gobones laws append\n  \
                            gobones laws copy-moves-the-shorter-length --seed 7"
    )]
    Laws {
        /// One law, a chapter's (`append`) or an area's (`slice`, `map`); without it, all
        name: Option<String>,
        #[command(flatten)]
        search: Search,
    },
    /// Refute the myths: each false belief with its smallest counterexample
    #[command(after_help = "Examples:\n  gobones myths\n  gobones myths slice\n  \
                            gobones myths append-always-doubles")]
    Myths {
        /// One myth, a chapter's (`append`) or an area's (`slice`, `map`); without it, all
        name: Option<String>,
        #[command(flatten)]
        search: Search,
    },
    /// Feed your own keys to a map: buckets, overflow chains, fill, and each growth as it happens
    ///
    /// Every line is a key, and its number the value. Lines are bytes, in any encoding; a \r before
    /// the line's end belongs to the end, and an empty line is the empty key. A map of at most 8
    /// buckets is drawn; of a larger one you get the numbers and how many entries its buckets have.
    #[command(after_help = "Examples:\n  gobones map --keys words.txt\n  \
                            seq 40 | gobones map --keys - --watch\n  \
                            seq 1000000 | gobones map --keys -\n  \
                            gobones map --keys words.txt --hash-seed 7 --json")]
    Map {
        /// A file with a key on each line, or - for standard input; may be left out where the keys
        /// are piped in
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// What the hashes follow from; the same seed puts the same keys into the same cells
        #[arg(long, value_name = "S", default_value_t = laws::DEFAULT_SEED)]
        hash_seed: u64,
        /// Show the first 64 lines step by step, and each growth of the others as it happens
        #[arg(long)]
        watch: bool,
    },
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  gobones completions bash > /etc/bash_completion.d/gobones")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How long and where to search for counterexamples.
#[derive(Args, Clone, Copy, Debug)]
pub struct Search {
    /// Random cases for each claim
    #[arg(long, default_value_t = laws::DEFAULT_CASES)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub cases: u32,
    /// Where the random numbers begin; the same seed tells the same story
    #[arg(long, default_value_t = laws::DEFAULT_SEED)]
    pub seed: u64,
}

impl Common {
    /// How pictures are drawn.
    #[must_use]
    pub fn style(&self) -> Style {
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = self.width.or_else(terminal).unwrap_or(80);
        Style {
            width,
            color: self.color(),
            bytes: self.addresses,
            words: self.lang.pictures(),
            ..Style::default()
        }
    }

    /// Whether to use colours.
    #[must_use]
    pub fn color(&self) -> bool {
        let stdout = std::io::stdout();
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                stdout.is_terminal()
                    && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never
            }
        }
    }
}

impl Cli {
    /// Carries the command out; what cannot wait for the report is written to `stdout`.
    ///
    /// # Errors
    ///
    /// A name that nothing has, or a file that cannot be read or written.
    pub fn run(self, stdout: &mut dyn Write) -> Result<Report, Error> {
        let common = &self.common;
        let first = Command::Tour {
            chapter: None,
            step: None,
            svg: None,
        };
        match self.command.unwrap_or(first) {
            Command::Tour { chapter, step, svg } => {
                command::tour::run(chapter.as_deref(), step, svg.as_deref(), common)
            }
            Command::Chapters => Ok(command::tour::chapters(common)),
            Command::Layout { type_name, svg } => {
                command::layout::run(type_name.as_deref(), svg.as_deref(), common)
            }
            Command::Laws { name, search } => {
                command::claims::laws(name.as_deref(), search, common)
            }
            Command::Myths { name, search } => {
                command::claims::myths(name.as_deref(), search, common)
            }
            Command::Map {
                keys,
                hash_seed,
                watch,
            } => command::map::run(keys.as_deref(), hash_seed, watch, common, stdout),
            Command::Completions { .. } if common.json => Err(Error::CompletionsAreNoJson),
            Command::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Self::command(), "gobones", &mut script);
                Ok(Report::of(String::from_utf8_lossy(&script).into_owned()))
            }
        }
    }
}

impl Report {
    /// A report in which nothing could fail.
    #[must_use]
    pub fn of(text: String) -> Self {
        Self { text, holds: true }
    }

    /// A report as indented JSON under the name of its kind, with the version of its form.
    ///
    /// # Panics
    ///
    /// Never: our values have string keys only.
    #[must_use]
    pub fn json(kind: &str, value: impl serde::Serialize, holds: bool) -> Self {
        let json = serde_json::json!({ "gobones": 1, kind: value });
        let text = serde_json::to_string_pretty(&json).expect("our values are always JSON");
        Self {
            text: text + "\n",
            holds,
        }
    }
}
