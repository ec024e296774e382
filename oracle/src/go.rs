//! The real Go: where it is, which version it is, and building our programs with it.
//!
//! ```text
//!   GOBONES_GO, if set ──▶ go on the PATH ──▶ /usr/lib/go-1.19/bin/go      the first that answers
//!                                                                          `go version`
//! ```
//!
//! A Go that is named by GOBONES_GO must work: falling back to another one would compare with
//! something the user did not ask for. It may name several, `path,path`: who needs one takes the
//! first ([`Go::find`]), who compares versions takes them all ([`Go::all`]). Another version than
//! 1.19 is used, with a warning: growth, size classes and panic texts have changed since.
//!
//! G1  What is built goes to a directory of its own under the system's temporary directory, which
//!     disappears with its [`Scratch`]. Nothing is written to the source tree.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// Names the go command to use, or several with commas between.
pub const GO_VARIABLE: &str = "GOBONES_GO";

/// Where Debian's golang-1.19-go puts it, away from the PATH.
const DEBIAN_GO: &str = "/usr/lib/go-1.19/bin/go";

/// The line of versions that this workspace rebuilds.
const REFERENCE: &str = "go1.19";

/// Why there is no answer from Go.
#[derive(Debug, thiserror::Error)]
pub enum GoError {
    /// No go command was found.
    #[error(
        "no Go found: {GO_VARIABLE} is not set, there is no `go` on the PATH and no {DEBIAN_GO}; \
         install Go 1.19 (Debian: golang-1.19-go) or set {GO_VARIABLE} to its go command"
    )]
    NotFound,
    /// A go command is there, and does not tell its version.
    #[error(
        "`{} version` failed: {why}; set {GO_VARIABLE} to a go command that works",
        path.display()
    )]
    Broken {
        /// The command.
        path: PathBuf,
        /// What it said instead.
        why: String,
    },
    /// A program of ours does not build.
    #[error("Go cannot build {}:\n{said}", source_path.display())]
    Build {
        /// The package or file.
        source_path: PathBuf,
        /// The compiler's words.
        said: String,
    },
    /// Starting a program, or a file or pipe of it, failed.
    #[error("{what} failed: {source}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// The reason.
        source: io::Error,
    },
    /// Go's machine stopped before the last answer.
    #[error("Go's machine stopped in script {script}: {why}")]
    Stopped {
        /// The script it was working on.
        script: u64,
        /// Its exit status, or what it answered instead of the script's head.
        why: String,
    },
}

/// A go command that works.
#[derive(Clone, Debug)]
pub struct Go {
    path: PathBuf,
    version: String,
}

/// What GOBONES_GO says; set to nothing it says nothing.
fn named_by_variable() -> Option<OsString> {
    std::env::var_os(GO_VARIABLE).filter(|value| !value.is_empty())
}

impl Go {
    /// Finds the go command; of several that are named, the first.
    ///
    /// # Errors
    /// [`GoError::NotFound`], or [`GoError::Broken`] if the one found does not work.
    pub fn find() -> Result<Go, GoError> {
        match named_by_variable() {
            Some(value) => Go::named(paths(&value).swap_remove(0)),
            None => Go::unnamed(),
        }
    }

    /// Finds every go command that is named, in that order; the one of [`Go::find`] if none is.
    ///
    /// # Errors
    /// [`GoError::NotFound`], or [`GoError::Broken`] if one of them does not work.
    pub fn all() -> Result<Vec<Go>, GoError> {
        match named_by_variable() {
            Some(value) => paths(&value).into_iter().map(Go::named).collect(),
            None => Ok(vec![Go::unnamed()?]),
        }
    }

    fn named(path: OsString) -> Result<Go, GoError> {
        let why = "there is no such command".to_owned();
        let broken = GoError::Broken {
            path: PathBuf::from(&path),
            why,
        };
        Go::try_path(path)?.ok_or(broken)
    }

    fn unnamed() -> Result<Go, GoError> {
        for path in ["go", DEBIAN_GO] {
            if let Some(go) = Go::try_path(path.into())? {
                return Ok(go);
            }
        }
        Err(GoError::NotFound)
    }

    /// `None` if there is no such command.
    fn try_path(path: OsString) -> Result<Option<Go>, GoError> {
        let path = PathBuf::from(path);
        let broken = |why: String| {
            Err(GoError::Broken {
                path: path.clone(),
                why,
            })
        };
        match Command::new(&path).arg("version").output() {
            Ok(Output { status, stdout, .. }) if status.success() => {
                let version = String::from_utf8_lossy(&stdout).trim().to_owned();
                Ok(Some(Go { path, version }))
            }
            Ok(output) => broken(said(&output)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => broken(error.to_string()),
        }
    }

    /// What `go version` says.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The release within [`version`](Go::version), such as `go1.19.8`; `None` if it names none.
    #[must_use]
    pub fn release(&self) -> Option<&str> {
        self.version.split(' ').find(|word| word.starts_with("go1"))
    }

    /// A sentence of warning if this is not the Go that is rebuilt here.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let release = self.release()?;
        let rest = release.strip_prefix(REFERENCE);
        let is_reference = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        (!is_reference).then(|| {
            format!(
                "warning: this is {release}, and the reference is {REFERENCE}.8; rows may differ"
            )
        })
    }

    /// Builds the package or file at `source` into `target`.
    ///
    /// # Errors
    /// [`GoError::Build`] with the compiler's words.
    pub fn build(&self, source: &Path, target: &Path) -> Result<(), GoError> {
        let (directory, what) = if source.is_dir() {
            (source, OsString::from("."))
        } else {
            let directory = source.parent().unwrap_or(Path::new("."));
            (directory, source.file_name().unwrap_or_default().to_owned())
        };
        self.compile(&["build"], directory, &what, target)
    }

    /// Builds the tests and benchmarks of the package in `directory` into the program `target`.
    ///
    /// # Errors
    /// [`GoError::Build`] with the compiler's words.
    pub fn test_binary(&self, directory: &Path, target: &Path) -> Result<(), GoError> {
        self.compile(&["test", "-c"], directory, OsStr::new("."), target)
    }

    fn compile(
        &self,
        command: &[&str],
        directory: &Path,
        what: &OsStr,
        target: &Path,
    ) -> Result<(), GoError> {
        let output = Command::new(&self.path)
            .current_dir(directory)
            .args(command)
            .arg("-o")
            .args([target.as_os_str(), what])
            .env("GOWORK", "off")
            .env("GO111MODULE", "on")
            .output()
            .map_err(|source| GoError::Io {
                what: "starting the go command",
                source,
            })?;
        if output.status.success() {
            return Ok(());
        }
        Err(GoError::Build {
            // Without the dot that stands for the directory itself.
            source_path: directory.join(what).components().collect(),
            said: said(&output),
        })
    }
}

/// The paths in the value of GOBONES_GO, at least one; a path that is not Unicode stands alone.
fn paths(value: &OsStr) -> Vec<OsString> {
    match value.to_str() {
        Some(text) => text.split(',').map(OsString::from).collect(),
        None => vec![value.to_owned()],
    }
}

/// What a failed command said: its stderr, or its status if that is empty.
fn said(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if words.is_empty() {
        output.status.to_string()
    } else {
        words
    }
}

/// A directory for what is built, removed at the end (G1).
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes a directory of its own.
    ///
    /// # Errors
    /// [`GoError::Io`] when the temporary directory cannot be written.
    pub fn new() -> Result<Scratch, GoError> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        // Relaxed: the counter orders nothing, it only has to give each caller another number.
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("gobones-oracle-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        match std::fs::create_dir_all(&path) {
            Ok(()) => Ok(Scratch(path)),
            Err(source) => Err(GoError::Io {
                what: "making a temporary directory",
                source,
            }),
        }
    }

    /// The path of a file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("warning: {} is left behind: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_between_commas_names_a_go() {
        let named = |value| paths(OsStr::new(value));
        assert_eq!(named("/opt/go/bin/go"), ["/opt/go/bin/go"]);
        assert_eq!(named("/a/go,/b/go"), ["/a/go", "/b/go"]);
        assert_eq!(
            named(""),
            [""],
            "a variable that is set and empty names no Go that works"
        );
    }

    #[test]
    fn the_release_is_found_in_what_go_says() {
        let release = |version: &str| {
            let go = Go {
                path: PathBuf::new(),
                version: version.to_owned(),
            };
            go.release().map(str::to_owned)
        };
        assert_eq!(
            release("go version go1.19.8 linux/amd64").as_deref(),
            Some("go1.19.8")
        );
        assert_eq!(release("go version devel +ae7d5f84f8 linux/amd64"), None);
    }
}
