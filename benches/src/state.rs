//! What an interrupted run had measured, so that the next one can go on.
//!
//! ```text
//!   begin ──▶ contest done, saved ──▶ contest done, saved ──▶ … ──▶ board printed, state removed
//!                      └── interrupted: the same command goes on behind the last saved contest
//! ```
//!
//! A state belongs to one program, one set of options and one seed; another's is not taken up.
//!
//! R1  A contest is in the state with all its rows or not at all.
//! R2  The file is replaced in one step, so an interruption leaves the old one or the new one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::board::{LatencyRow, Row};

/// What is measured so far.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// What the figures belong to: program, options, seed.
    pub key: String,
    /// When the run began.
    pub date: String,
    /// Contests that are done, by name, with their rows.
    pub contests: Vec<(String, Vec<Row>)>,
    /// Latency contests that are done, by name, with the rows of their worst operations.
    pub latencies: Vec<(String, (LatencyRow, Vec<Row>))>,
}

/// A state and the file it is kept in.
#[derive(Debug)]
pub struct Kept {
    path: PathBuf,
    /// What is measured so far.
    pub state: State,
}

/// The key of a run: this very program (its size and age) and what it was asked.
#[must_use]
pub fn key(options: &str) -> String {
    let program = std::env::current_exe().and_then(fs::metadata);
    let program = program.and_then(|meta| Ok((meta.len(), meta.modified()?)));
    format!("{program:?} {options}")
}

impl Kept {
    /// Takes up the state in `path` if it has this key, else begins anew.
    #[must_use]
    pub fn load(path: &Path, key: &str, date: &str) -> Self {
        let kept = fs::read_to_string(path).ok();
        let kept = kept.and_then(|text| serde_json::from_str::<State>(&text).ok());
        let fresh = || State {
            key: key.to_string(),
            date: date.to_string(),
            ..State::default()
        };
        let state = kept.filter(|state| state.key == key).unwrap_or_else(fresh);
        Self {
            path: path.to_path_buf(),
            state,
        }
    }

    /// How many contests were taken up.
    #[must_use]
    pub fn taken_up(&self) -> usize {
        self.state.contests.len() + self.state.latencies.len()
    }

    /// The rows of a contest that is done.
    #[must_use]
    pub fn rows(&self, name: &str) -> Option<&Vec<Row>> {
        self.state
            .contests
            .iter()
            .find(|(done, _)| done == name)
            .map(|(_, rows)| rows)
    }

    /// The row of a latency contest that is done, and the rows of its worst operations.
    #[must_use]
    pub fn latency(&self, name: &str) -> Option<&(LatencyRow, Vec<Row>)> {
        self.state
            .latencies
            .iter()
            .find(|(done, _)| done == name)
            .map(|(_, row)| row)
    }

    /// Writes the state down.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = self.path.with_extension("new");
        fs::write(&beside, serde_json::to_string(&self.state)?)?;
        fs::rename(beside, &self.path)
    }

    /// Removes the file: the run is complete.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be removed.
    pub fn done(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_taken_up_by_its_own_key_only_and_gone_when_done() {
        let folder = std::env::temp_dir().join(format!("gobones-state-{}", std::process::id()));
        let path = folder.join("state.json");
        let mut kept = Kept::load(&path, "a", "today");
        assert_eq!(kept.taken_up(), 0);
        kept.state
            .contests
            .push(("slice/x/1".to_string(), Vec::new()));
        kept.save().expect("the temporary directory can be written");

        assert_eq!(Kept::load(&path, "a", "tomorrow").state.date, "today");
        assert!(
            Kept::load(&path, "a", "tomorrow")
                .rows("slice/x/1")
                .is_some()
        );
        assert_eq!(Kept::load(&path, "b", "tomorrow").taken_up(), 0);
        kept.done().expect("the file can be removed");
        assert_eq!(Kept::load(&path, "a", "tomorrow").taken_up(), 0);
        fs::remove_dir_all(folder).expect("the folder can be removed");
    }
}
