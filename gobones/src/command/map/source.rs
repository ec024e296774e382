//! Where the keys come from: a file or standard input, line by line.
//!
//! ```text
//!   alpha⏎          "alpha"
//!   ⏎               ""           an empty line is a key too
//!   b\r⏎            "b"          one \r before the line's end belongs to the end
//!   last            "last"       the last line needs no end
//! ```
//!
//! These are the lines that Go's `bufio.Scanner` gives. They are bytes and need not be UTF-8. Only
//! the line at hand is kept; a bar on a terminal's standard error shows how far a long input is
//! read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::Error;

/// Bytes of a line above which the input is taken for something else than keys.
const LINE_MAX_BYTES: usize = 16 << 20;
/// Lines between two looks at the bar, and before its first.
const BAR_LINES: u64 = 1 << 16;

/// A file, or standard input.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    File(PathBuf),
    Stdin,
}

/// The lines of an input.
pub(super) struct Lines {
    input: Box<dyn BufRead>,
    origin: Origin,
    /// The line at hand, with its end.
    line: Vec<u8>,
    lines: u64,
    bytes: u64,
    /// Bytes of a file.
    bytes_total: Option<u64>,
    bar: Option<ProgressBar>,
}

impl Lines {
    /// Opens the file that `--keys` names; `-`, or nothing where something is piped in, means
    /// standard input.
    pub(super) fn open(keys: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = keys.filter(|path| *path != Path::new("-")) else {
            let stdin = io::stdin();
            if stdin.is_terminal() {
                if keys.is_none() {
                    return Err(Error::NoKeys);
                }
                eprintln!("gobones: type keys, one a line, and Ctrl-D behind the last");
            }
            return Ok(Self::of(Box::new(stdin.lock()), Origin::Stdin, None));
        };
        let origin = Origin::File(path.to_path_buf());
        let file = File::open(path).map_err(|error| unreadable(&origin, 0, error))?;
        let bytes = file.metadata().ok().filter(std::fs::Metadata::is_file);
        let bytes = bytes.map(|metadata| metadata.len());
        let input = BufReader::with_capacity(64 << 10, file);
        Ok(Self::of(Box::new(input), origin, bytes))
    }

    fn of(input: Box<dyn BufRead>, origin: Origin, bytes_total: Option<u64>) -> Self {
        Self {
            input,
            origin,
            line: Vec::new(),
            lines: 0,
            bytes: 0,
            bytes_total,
            bar: None,
        }
    }

    /// What is read.
    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The next line without its end.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Error> {
        self.line.clear();
        let at_most = LINE_MAX_BYTES as u64 + 2;
        let read = self
            .input
            .by_ref()
            .take(at_most)
            .read_until(b'\n', &mut self.line);
        let read = read.map_err(|error| unreadable(&self.origin, self.lines, error))?;
        if read == 0 {
            return Ok(None);
        }
        self.lines += 1;
        self.bytes += read as u64;
        if self.lines.is_multiple_of(BAR_LINES) {
            self.move_bar();
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > LINE_MAX_BYTES {
            return Err(Error::LongKey {
                from: self.origin.to_string(),
                line: self.lines,
                bytes_max: LINE_MAX_BYTES,
            });
        }
        Ok(Some(line))
    }

    /// Takes the bar away while something else is written.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away for good.
    pub(super) fn close(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    #[cold]
    fn move_bar(&mut self) {
        let bar = self.bar.get_or_insert_with(|| bar(self.bytes_total));
        bar.set_position(self.bytes);
        bar.set_message(self.lines.to_string());
    }
}

/// A bar for so many bytes, or a count where nobody knows how many; nothing off a terminal.
fn bar(bytes_total: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match bytes_total {
        Some(bytes) => (
            ProgressBar::new(bytes),
            "{bar:30} {percent:>3} %  {msg}  {eta}",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {msg}  {bytes}  {elapsed}",
        ),
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn unreadable(origin: &Origin, lines: u64, error: io::Error) -> Error {
    Error::Keys {
        from: origin.to_string(),
        lines,
        error,
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Stdin => f.write_str("standard input"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: impl Read + 'static) -> Lines {
        Lines::of(Box::new(BufReader::new(text)), Origin::Stdin, None)
    }

    /// Gives a few lines, then fails.
    struct Broken(&'static [u8]);

    impl Read for Broken {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("the disk is gone"));
            }
            self.0.read(to)
        }
    }

    #[test]
    fn lines_are_those_of_gos_scanner() {
        // What a bufio.Scanner of Go 1.19.8 gives for the same bytes.
        let cases: [(&[u8], &[&[u8]]); 7] = [
            (b"", &[]),
            (b"\n", &[b""]),
            (b"a\n\nb", &[b"a", b"", b"b"]),
            (b"a\r\nb\r", &[b"a", b"b"]),
            (b"a\r\r\n", &[b"a\r"]),
            (b"a\rb\n", &[b"a\rb"]),
            (b"\xff\x00\n \n", &[b"\xff\x00", b" "]),
        ];
        for (text, wanted) in cases {
            let (mut lines, mut given) = (lines(text), Vec::new());
            while let Some(line) = lines.next().expect("it can be read") {
                given.push(line.to_vec());
            }
            assert_eq!(given, wanted, "{text:?}");
        }
    }

    #[test]
    fn an_error_in_the_middle_says_behind_which_line() {
        let mut lines = lines(Broken(b"a\nb\nc"));
        assert_eq!(lines.next().expect("line 1"), Some(&b"a"[..]));
        assert_eq!(lines.next().expect("line 2"), Some(&b"b"[..]));
        let error = lines.next().expect_err("no line 3").to_string();
        let told = "cannot read keys from standard input behind line 2: the disk is gone";
        assert!(error.starts_with(told), "{error}");
    }

    #[test]
    fn what_has_no_line_ends_is_refused_before_it_fills_the_memory() {
        let longest = io::repeat(b'a')
            .take(LINE_MAX_BYTES as u64)
            .chain(&b"\r\nb"[..]);
        let mut lines_ = lines(longest);
        let line = lines_.next().expect("it can be read");
        assert_eq!(line.map(<[u8]>::len), Some(LINE_MAX_BYTES));
        assert_eq!(lines_.next().expect("line 2"), Some(&b"b"[..]));
        let error = lines(io::repeat(0)).next().expect_err("no key").to_string();
        assert!(error.starts_with("line 1 of standard input has more than 16777216 bytes"));
    }
}
