//! The ledger of Go's own tests: which of them a test of ours shows, which not, and why not.
//!
//! ```text
//!   [[test]]                                        passed    shown_by names a test of ours
//!   crate = "slice"                                 excluded  with the reason
//!   file = "src/runtime/slice_test.go"              open      neither
//!   name = "TestAppendOverlap"
//!   pins = "append of an overlapping tail ..."
//!   shown_by = "slice/tests/go.rs::append_overlap"
//! ```
//!
//! The ledger claims; `oracle/tests/ledger.rs` checks: it runs the named tests and compares. So
//! *passed* here means: a test of ours is named, and our own test suite is red if it does not pass.
//!
//! L1  An entry is passed, open or excluded, never two of them.
//! L2  (crate, file, name) names one entry.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::Spanned;

/// Why the ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be read.
    #[error("the ledger {} cannot be read: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The file is no ledger.
    #[error("the ledger {} is not well formed: {source}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// The reason, with the place.
        source: Box<toml::de::Error>,
    },
    /// An entry contradicts itself or another.
    #[error("line {line} of the ledger, {name}: {wrong}")]
    Entry {
        /// Line of the entry, from 1.
        line: usize,
        /// The entry's name.
        name: String,
        /// What is wrong, and what would be right.
        wrong: &'static str,
    },
    /// A crate was asked for that has no entry.
    #[error("the ledger has no crate `{asked}`; it has {known}")]
    NoSuchCrate {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
}

/// A test of ours, as the ledger names it: `slice/tests/go.rs::append_overlap`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OurTest {
    /// The crate it stands in.
    pub package: String,
    /// The test target: the file's name without `.rs`.
    pub target: String,
    /// The test's name as `cargo test` prints it.
    pub name: String,
}

impl fmt::Display for OurTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/tests/{}.rs::{}",
            self.package, self.target, self.name
        )
    }
}

impl OurTest {
    fn parse(text: &str) -> Option<OurTest> {
        let (file, name) = text.split_once(".rs::")?;
        let (package, target) = file.split_once("/tests/")?;
        let is_word = |word: &str| !word.is_empty() && !word.contains('/');
        (is_word(package) && is_word(target) && !name.is_empty()).then(|| OurTest {
            package: package.to_owned(),
            target: target.to_owned(),
            name: name.to_owned(),
        })
    }
}

/// How an entry stands (L1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// A test of ours shows it.
    Passed(OurTest),
    /// Nothing shows it so far.
    Open,
    /// Nothing will show it, for this reason.
    Excluded(String),
}

/// One test of Go's.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The crate that has to show the behaviour.
    #[serde(rename = "crate")]
    pub package: String,
    /// Go's file, relative to the root of its source tree.
    pub file: String,
    /// The test's name in Go.
    pub name: String,
    /// What it pins down, in our words.
    pub pins: String,
    /// Whether a test of ours shows it.
    pub standing: Standing,
    /// Line of the entry in the ledger, from 1.
    pub line: usize,
}

/// All entries, in the order of the file.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// The numbers of one crate, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The crate's name, or `all`.
    #[serde(rename = "crate")]
    pub package: String,
    /// Entries that a test of ours shows.
    pub passed: usize,
    /// Entries that nothing shows so far.
    pub open: usize,
    /// Entries that nothing will show.
    pub excluded: usize,
    /// The sum of the three.
    pub total: usize,
}

impl Totals {
    fn count<'a>(package: &str, entries: impl Iterator<Item = &'a Entry>) -> Totals {
        let mut totals = Totals {
            package: package.to_owned(),
            ..Totals::default()
        };
        for entry in entries {
            match entry.standing {
                Standing::Passed(_) => totals.passed += 1,
                Standing::Open => totals.open += 1,
                Standing::Excluded(_) => totals.excluded += 1,
            }
            totals.total += 1;
        }
        totals
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    test: Vec<Spanned<WrittenEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    #[serde(rename = "crate")]
    package: String,
    file: String,
    name: String,
    pins: String,
    shown_by: Option<String>,
    excluded: Option<String>,
}

/// Where the ledger is kept.
#[must_use]
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger.toml")
}

impl Ledger {
    /// Reads the ledger at `path`.
    ///
    /// # Errors
    /// [`LedgerError`] names the line and the entry at fault.
    pub fn read(path: &Path) -> Result<Ledger, LedgerError> {
        let text = std::fs::read_to_string(path).map_err(|source| LedgerError::Io {
            path: path.to_owned(),
            source,
        })?;
        Ledger::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Ledger, LedgerError> {
        let written: Written = toml::from_str(text).map_err(|source| LedgerError::Toml {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        let mut entries = Vec::with_capacity(written.test.len());
        let mut seen = HashSet::new();
        let (mut line, mut counted_to) = (1, 0);
        for spanned in written.test {
            let start = spanned.span().start;
            line += text[counted_to..start].matches('\n').count();
            counted_to = start;
            let entry = entry(spanned.into_inner(), line)?;
            let key = (
                entry.package.clone(),
                entry.file.clone(),
                entry.name.clone(),
            );
            if !seen.insert(key) {
                let wrong = "this crate, file and name stand above already; keep one entry";
                return Err(LedgerError::Entry {
                    line,
                    name: entry.name,
                    wrong,
                });
            }
            entries.push(entry);
        }
        Ok(Ledger { entries })
    }

    /// The crates, in order of first appearance.
    #[must_use]
    pub fn crates(&self) -> Vec<&str> {
        let mut crates: Vec<&str> = Vec::new();
        for entry in &self.entries {
            if !crates.contains(&entry.package.as_str()) {
                crates.push(&entry.package);
            }
        }
        crates
    }

    /// The numbers of each crate, and of all as the last row.
    #[must_use]
    pub fn totals(&self) -> Vec<Totals> {
        let mut rows: Vec<Totals> = self
            .crates()
            .into_iter()
            .map(|package| {
                Totals::count(
                    package,
                    self.entries.iter().filter(|e| e.package == package),
                )
            })
            .collect();
        rows.push(Totals::count("all", self.entries.iter()));
        rows
    }

    /// The open entries, of one crate or of all.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchCrate`] when no entry belongs to `package`.
    pub fn open(&self, package: Option<&str>) -> Result<Vec<&Entry>, LedgerError> {
        let crates = self.crates();
        if let Some(asked) = package.filter(|asked| !crates.contains(asked)) {
            let (asked, known) = (asked.to_owned(), crates.join(", "));
            return Err(LedgerError::NoSuchCrate { asked, known });
        }
        let wanted = |e: &&Entry| package.is_none_or(|package| e.package == package);
        let open = |e: &&Entry| e.standing == Standing::Open;
        Ok(self.entries.iter().filter(wanted).filter(open).collect())
    }
}

fn entry(written: WrittenEntry, line: usize) -> Result<Entry, LedgerError> {
    let WrittenEntry {
        package,
        file,
        name,
        pins,
        shown_by,
        excluded,
    } = written;
    let standing = match (shown_by, excluded) {
        (None, None) => Ok(Standing::Open),
        (None, Some(reason)) if reason.trim().is_empty() => Err("excluded needs a reason"),
        (None, Some(reason)) => Ok(Standing::Excluded(reason)),
        (Some(test), None) => OurTest::parse(&test)
            .map(Standing::Passed)
            .ok_or("shown_by has the form \"crate/tests/file.rs::test_name\""),
        (Some(_), Some(_)) => Err("it has shown_by and excluded; keep one of them"),
    };
    match standing {
        Ok(standing) => Ok(Entry {
            package,
            file,
            name,
            pins,
            standing,
            line,
        }),
        Err(wrong) => Err(LedgerError::Entry { line, name, wrong }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, Standing};
    use std::path::Path;

    fn read(more: &str) -> Result<Ledger, String> {
        let text = format!(
            "# remark\n[[test]]\ncrate = \"slice\"\nfile = \"f.go\"\nname = \"TestA\"\n\
             pins = \"a\"\n{more}"
        );
        Ledger::parse(&text, Path::new("ledger.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn an_entry_is_open_until_a_test_or_a_reason_stands_in_it() {
        let standing = |more| read(more).map(|ledger| ledger.entries[0].standing.clone());
        assert_eq!(standing(""), Ok(Standing::Open));
        assert_eq!(
            standing("excluded = \"why\""),
            Ok(Standing::Excluded("why".to_owned()))
        );
        let shown = read("shown_by = \"slice/tests/go.rs::a::b\"").expect("a good entry");
        let Standing::Passed(test) = &shown.entries[0].standing else {
            panic!("{shown:?}")
        };
        assert_eq!(
            (&*test.package, &*test.target, &*test.name),
            ("slice", "go", "a::b")
        );
        assert_eq!(test.to_string(), "slice/tests/go.rs::a::b");
    }

    #[test]
    fn a_contradictory_entry_is_refused_with_its_line() {
        let said = |more| read(more).map(|_| ()).expect_err("a bad entry");
        let both = "shown_by = \"slice/tests/go.rs::a\"\nexcluded = \"why\"";
        assert!(said(both).starts_with("line 2 of the ledger, TestA: it has shown_by and"));
        assert!(said("shown_by = \"go.rs::a\"").contains("has the form"));
        let twice = "[[test]]\ncrate = \"slice\"\nfile = \"f.go\"\nname = \"TestA\"\npins = \"b\"";
        assert!(said(twice).starts_with("line 7 of the ledger, TestA: this crate, file and"));
    }
}
