//! What each command prints; one file a command, and what they share: ink, wrapping, writing files.

pub(crate) mod claims;
pub(crate) mod layout;
pub(crate) mod tour;

use std::fs;
use std::path::Path;

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::UnicodeWidthChar;

use crate::error::Error;

/// Headings.
const HEADING: Ansi = AnsiColor::Cyan.on_default().bold();
/// What matters in a line.
const STRONG: Ansi = Ansi::new().bold();
/// What may be skipped.
const FAINT: Ansi = Ansi::new().dimmed();
/// A claim that held.
const GOOD: Ansi = AnsiColor::Green.on_default().bold();
/// A claim that fell.
const BAD: Ansi = AnsiColor::Red.on_default().bold();

/// Puts `text` into colour, if there is colour.
fn paint(color: bool, ansi: Ansi, text: &str) -> String {
    if color {
        format!("{ansi}{text}{ansi:#}")
    } else {
        text.to_string()
    }
}

/// Breaks `text` into lines of at most `width` columns, each after `indent`.
///
/// Breaks at blanks and between wide characters, which need none.
fn wrap(text: &str, width: usize, indent: &str) -> String {
    let room = width.saturating_sub(indent.len()).max(20);
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for piece in pieces(text) {
        let columns: usize = piece.chars().filter_map(UnicodeWidthChar::width).sum();
        if used + columns > room && used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 || piece != " " {
            line.push_str(&piece);
            used += columns;
        }
    }
    lines.push(line);
    lines
        .iter()
        .map(|line| format!("{indent}{}\n", line.trim_end()))
        .collect()
}

/// Cuts `text` into words, blanks and wide characters; full stops and commas stay with what is
/// before.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0) > 1;
        let closing = "，。；：、）！？”》".contains(c);
        match pieces.last_mut() {
            Some(last) if (closing && last != " ") || (in_word && !wide && c != ' ') => {
                last.push(c);
            }
            _ => pieces.push(c.to_string()),
        }
        in_word = !wide && c != ' ';
    }
    pieces
}

/// Writes an SVG file.
fn write(path: &Path, svg: &str) -> Result<(), Error> {
    fs::write(path, svg).map_err(|error| Error::Write {
        path: path.to_path_buf(),
        error,
    })
}
