//! How wide text is on a screen, in columns: what a monospaced letter takes.
//!
//! ```text
//!   "a1"  2 columns       "值"  2 columns       fit("a long label", 7)  "a long…"
//! ```
//!
//! *Column*: the width of a Latin letter; most Chinese characters take two, accents that combine
//! with the letter before take none.
//!
//! C1  What [`fit`] gives back is never wider than it was allowed to be.

use unicode_width::UnicodeWidthStr;

/// The display width of `text`, which must be unpainted.
pub(crate) fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` cut to `width` columns, with `…` where something was cut.
pub(crate) fn fit(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    if width == 0 {
        return String::new();
    }
    let mut fitted = String::new();
    for c in text.chars() {
        // Measured as a whole: a sequence may be wider than the sum of its characters.
        fitted.push(c);
        if columns(&fitted) + 1 > width {
            fitted.pop();
            break;
        }
    }
    fitted + "…"
}

/// `text` with blanks behind it up to `width` columns.
pub(crate) fn pad_right(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// `text` with blanks before it up to `width` columns.
pub(crate) fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}
