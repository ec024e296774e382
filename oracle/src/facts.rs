//! Recorded answers of real Go, as a compressed text beside this crate.
//!
//! ```text
//!   # go version go1.19.8 linux/amd64      remarks: where the answers come from
//!   # seed 1, 2000 scripts
//!   script 0 u8                            a script's head,
//!   make v0 2 4                            its operations, each followed by
//!   > - | v0 2 4 a0+0 [0 0|0 0]            Go's answer
//! ```
//!
//! The scripts are stored with their answers, so the facts stay true when the generator changes,
//! and a machine without Go can check all of them.
//!
//! F1  Every operation is followed by its answer: a file in which one is missing is not read.
//! F2  The same scripts and answers give the same bytes: no time stamp, fixed compression.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};

use crate::language::Language;
use crate::script::{Script, ScriptError, parse_head};

/// A script and what Go answered to each of its operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded<L: Language> {
    /// The script.
    pub script: Script<L>,
    /// One line for each operation (F1).
    pub answers: Vec<String>,
}

/// All facts of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts<L: Language> {
    /// Remarks at the top: Go's version, the seed.
    pub about: Vec<String>,
    /// The scripts with their answers, in order.
    pub recorded: Vec<Recorded<L>>,
}

/// Why facts cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    /// The file cannot be opened, unpacked or written.
    #[error("the facts in {} cannot be {what}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// The reason.
        source: std::io::Error,
    },
    /// A line is no operation of a script.
    #[error("line {line} of the facts in {}: {source}", path.display())]
    Script {
        /// The file.
        path: PathBuf,
        /// Line of the unpacked text, from 1.
        line: usize,
        /// The reason.
        source: ScriptError,
    },
    /// An operation and an answer do not alternate.
    #[error("line {line} of the facts in {} is {found}, expected {expected}", path.display())]
    Order {
        /// The file.
        path: PathBuf,
        /// Line of the unpacked text, from 1.
        line: usize,
        /// What stands there.
        found: &'static str,
        /// What has to stand there.
        expected: &'static str,
    },
}

/// Where the facts about a language are kept.
#[must_use]
pub fn path<L: Language>() -> PathBuf {
    directory().join(format!("{}.txt.gz", L::NAME))
}

/// Where all facts are kept.
#[must_use]
pub fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("facts")
}

/// Where the layout of Go's maps is kept, as `map-machine layout` of oracle/go/map tells it.
#[must_use]
pub fn map_layout() -> PathBuf {
    directory().join("map_layout.txt")
}

/// Writes the layout of Go's maps.
///
/// # Errors
/// [`FactsError::Io`] when the file cannot be written.
pub fn write_map_layout(layout: &str) -> Result<(), FactsError> {
    let path = map_layout();
    std::fs::write(&path, layout).map_err(|source| FactsError::Io {
        path,
        what: "written",
        source,
    })
}

impl<L: Language> Facts<L> {
    /// Reads the facts in the file at `path`.
    ///
    /// # Errors
    /// [`FactsError`] names the file, the line and what is wrong with it.
    pub fn read(path: &Path) -> Result<Facts<L>, FactsError> {
        let failed = |source| FactsError::Io {
            path: path.to_owned(),
            what: "read",
            source,
        };
        let file = std::fs::File::open(path).map_err(failed)?;
        let mut text = String::new();
        GzDecoder::new(file)
            .read_to_string(&mut text)
            .map_err(failed)?;
        Facts::parse(&text, path)
    }

    /// Writes the facts to the file at `path`, and returns the bytes written (F2).
    ///
    /// # Errors
    /// [`FactsError::Io`] when the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<usize, FactsError> {
        let failed = |source| FactsError::Io {
            path: path.to_owned(),
            what: "written",
            source,
        };
        let mut packer = GzBuilder::new()
            .mtime(0)
            .write(Vec::new(), Compression::best());
        packer.write_all(self.text().as_bytes()).map_err(failed)?;
        let packed = packer.finish().map_err(failed)?;
        std::fs::write(path, &packed).map_err(failed)?;
        Ok(packed.len())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for remark in &self.about {
            writeln!(text, "# {remark}").expect("a String takes any text");
        }
        for Recorded { script, answers } in &self.recorded {
            writeln!(text, "{}", script.head()).expect("a String takes any text");
            for (op, answer) in script.ops.iter().zip(answers) {
                writeln!(text, "{op}\n> {answer}").expect("a String takes any text");
            }
        }
        text
    }

    fn parse(text: &str, path: &Path) -> Result<Facts<L>, FactsError> {
        let mut reader = Reader {
            facts: Facts {
                about: Vec::new(),
                recorded: Vec::new(),
            },
            path,
            line: 0,
        };
        for line in text.lines() {
            reader.line += 1;
            reader.take(line)?;
        }
        reader.line += 1;
        reader.expect_no_open_operation("the end")?;
        Ok(reader.facts)
    }
}

/// The facts read so far. An operation is *open* until its answer has been read.
struct Reader<'a, L: Language> {
    facts: Facts<L>,
    path: &'a Path,
    line: usize,
}

impl<L: Language> Reader<'_, L> {
    fn take(&mut self, line: &str) -> Result<(), FactsError> {
        if let Some(remark) = line.strip_prefix("# ") {
            self.facts.about.push(remark.to_owned());
            return Ok(());
        }
        if let Some(answer) = line.strip_prefix("> ") {
            return self.take_answer(answer);
        }
        if line.starts_with("script ") {
            self.expect_no_open_operation("a script's head")?;
            let (id, kind) = parse_head::<L>(line).map_err(|source| self.script_error(source))?;
            let script = Script {
                id,
                kind,
                ops: Vec::new(),
            };
            self.facts.recorded.push(Recorded {
                script,
                answers: Vec::new(),
            });
            return Ok(());
        }
        self.expect_no_open_operation("an operation")?;
        let Some(kind) = self
            .facts
            .recorded
            .last()
            .map(|recorded| recorded.script.kind)
        else {
            return Err(self.order("an operation", "a script's head"));
        };
        let op = L::op(line, kind).map_err(|source| self.script_error(source))?;
        if let Some(recorded) = self.facts.recorded.last_mut() {
            recorded.script.ops.push(op);
        }
        Ok(())
    }

    fn take_answer(&mut self, answer: &str) -> Result<(), FactsError> {
        match self.facts.recorded.last_mut() {
            Some(recorded) if recorded.answers.len() < recorded.script.ops.len() => {
                recorded.answers.push(answer.to_owned());
                Ok(())
            }
            Some(_) | None => Err(self.order("an answer", "an operation or a script's head")),
        }
    }

    /// F1.
    fn expect_no_open_operation(&self, found: &'static str) -> Result<(), FactsError> {
        match self.facts.recorded.last() {
            Some(recorded) if recorded.answers.len() < recorded.script.ops.len() => {
                Err(self.order(found, "the answer to the operation above"))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn order(&self, found: &'static str, expected: &'static str) -> FactsError {
        FactsError::Order {
            path: self.path.to_owned(),
            line: self.line,
            found,
            expected,
        }
    }

    fn script_error(&self, source: ScriptError) -> FactsError {
        FactsError::Script {
            path: self.path.to_owned(),
            line: self.line,
            source,
        }
    }
}
