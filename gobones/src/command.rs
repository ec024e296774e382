//! What each command prints; one file a command, and what they share: a page to write on.
//!
//! ```text
//!   arguments ──▶ claims.rs   laws, myths          ┐
//!                 layout.rs   types                ├─▶ Report: text or JSON, and whether all held
//!                 map.rs      your own keys        │
//!                 tour.rs     chapters and steps   ┘
//!
//!   Page:   "  ▸ smallest: base := make([]int, 0, 1); x :=      ← first line, after `first`
//!            "    append(base, 1)"                              ← the others, after `rest`
//!            ╰────────────── width ──────────────╯
//! ```
//!
//! A *piece* is what a line may end with: a word, a blank, or a single wide character, which needs
//! no blank to break at. *Width* counts columns of a terminal; a Chinese character takes two.
//!
//! W1  No line that a [`Page`] wraps is wider than the page, down to a width of 40; a word that
//!     does not fit is cut. An address (`https://…`) is the exception: it must stay in one piece
//!     to be copied or clicked.
//! W2  Colours never change where a line breaks.

pub(crate) mod claims;
pub(crate) mod layout;
pub(crate) mod map;
pub(crate) mod tour;

use std::fs;
use std::path::Path;

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::Common;
use crate::error::Error;

/// Text without any colour of its own.
const PLAIN: Ansi = Ansi::new();
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

/// What text is written on: so many columns, in colour or not.
struct Page {
    width: usize,
    color: bool,
}

impl Page {
    /// The page of the terminal; lines of prose end at 100 columns at the latest.
    fn of(common: &Common) -> Self {
        let style = common.style();
        Self {
            width: style.width.clamp(40, 100),
            color: style.color,
        }
    }

    /// Puts `text` into colour, if there is colour.
    fn paint(&self, ansi: Ansi, text: &str) -> String {
        if self.color {
            format!("{ansi}{text}{ansi:#}")
        } else {
            text.to_string()
        }
    }

    /// A line of its own over a part of the text.
    fn heading(&self, text: &str) -> String {
        self.wrap(HEADING, text, "", "  ")
    }

    /// A paragraph, indented by two.
    fn paragraph(&self, text: &str) -> String {
        self.wrap(PLAIN, text, "  ", "  ")
    }

    /// Breaks `text` into lines: one after `first`, the others after `rest`.
    fn wrap(&self, ansi: Ansi, text: &str, first: &str, rest: &str) -> String {
        let longest = self.width - rest.width();
        let pieces = pieces(text)
            .into_iter()
            .flat_map(|piece| cut(piece, longest));
        let (mut done, mut line, mut before) = (String::new(), String::new(), first);
        for piece in pieces {
            let used = before.width() + line.width();
            if used + piece.trim_end().width() > self.width && !line.is_empty() {
                done.push_str(&self.line(ansi, before, &line));
                line.clear();
                before = rest;
            }
            if !line.is_empty() || piece != " " {
                line.push_str(&piece);
            }
        }
        done + &self.line(ansi, before, &line)
    }

    fn line(&self, ansi: Ansi, before: &str, text: &str) -> String {
        format!("{before}{}\n", self.paint(ansi, text.trim_end()))
    }

    /// Puts `parts` side by side with `gap` between them, and below one another where a line is
    /// full.
    fn row(&self, parts: &[(Ansi, &str)], gap: &str, first: &str, rest: &str) -> String {
        let (mut text, mut used) = (String::new(), 0);
        for (i, (ansi, part)) in parts.iter().enumerate() {
            if i > 0 && used + gap.width() + part.width() <= self.width {
                text.truncate(text.trim_end_matches('\n').len());
                text.push_str(&format!("{gap}{}\n", self.paint(*ansi, part)));
                used += gap.width() + part.width();
                continue;
            }
            let before = if i == 0 { first } else { rest };
            text.push_str(&self.wrap(*ansi, part, before, rest));
            used = before.width() + part.width();
        }
        text
    }
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

/// Cuts a word that no line of `longest` columns takes: after its hyphens, else anywhere.
fn cut(word: String, longest: usize) -> Vec<String> {
    if word.width() <= longest || word.contains("://") {
        return vec![word];
    }
    let parts = word.split_inclusive('-');
    if parts.clone().all(|part| part.width() <= longest) {
        parts.map(String::from).collect()
    } else {
        word.chars().map(String::from).collect()
    }
}

/// Writes an SVG file.
fn write(path: &Path, svg: &str) -> Result<(), Error> {
    fs::write(path, svg).map_err(|error| Error::Write {
        path: path.to_path_buf(),
        error,
    })
}
