//! Printing a map that was fed: steps, numbers, buckets or a histogram, growths.
//!
//! ```text
//!   3. "go": hash … ends in 10: buckets[2], …       a step, as it happens
//!      growth begins: …                              and what else it did
//!
//!   12 lines of words.txt: …                         heading
//!     entries    12; no line came twice              numbers, labels as wide as the widest
//!   ┌─ buckets[0] ─ bmap …                           up to 8 buckets: all of them
//!     0   5755    5791.2  ━━━━━━╋                    more: how many have how many entries
//!     line 9  B 0 → 1  1 → 2 buckets  …              growths
//! ```

use hmap::View;
use layout::text::Style;
use unicode_width::UnicodeWidthStr;

use super::census::Census;
use super::feed::{Event, Feed, Growth, Step};
use super::source::Origin;
use super::words::Words;
use crate::cli::Common;
use crate::command::{FAINT, GOOD, HEADING, PLAIN, Page, STRONG};

/// Buckets of a map that are all drawn.
pub(super) const DRAWN_MAX: usize = 8;

/// A page, and the words for it.
pub(super) struct Show<'a> {
    page: Page,
    words: &'static Words,
    common: &'a Common,
}

impl<'a> Show<'a> {
    pub(super) fn new(common: &'a Common) -> Self {
        Self {
            page: Page::of(common),
            words: Words::of(common.lang),
            common,
        }
    }

    /// The heading over the steps.
    pub(super) fn steps(&self) -> String {
        self.page.heading(self.words.steps)
    }

    /// A step, and what happened during it.
    pub(super) fn step(&self, step: &Step) -> String {
        let ansi = if step.events.is_empty() {
            PLAIN
        } else {
            STRONG
        };
        let mut text = self.page.wrap(ansi, &(self.words.step)(step), "", "   ");
        for event in &step.events {
            text.push_str(
                &self
                    .page
                    .wrap(PLAIN, &(self.words.event)(event), "   ", "     "),
            );
        }
        text
    }

    /// An event of which only the line is told.
    pub(super) fn event(&self, line: u64, event: &Event) -> String {
        let text = (self.words.at_line)(line, &(self.words.event)(event));
        self.page.wrap(STRONG, &text, "", "   ")
    }

    /// That no more steps are shown.
    pub(super) fn growths_only(&self, steps: u64) -> String {
        self.page
            .wrap(FAINT, &(self.words.growths_only)(steps), "… ", "  ")
    }

    /// All that there is to say about a map when the input has ended.
    pub(super) fn summary(&self, feed: &Feed, census: &Census, origin: &Origin) -> String {
        let (page, words) = (&self.page, self.words);
        let mut text = page.heading(&(words.title)(census, origin)) + "\n";
        let rows = (words.rows)(census);
        let label_w = rows
            .iter()
            .map(|(label, _)| label.width())
            .max()
            .unwrap_or(0);
        for (label, said) in rows {
            text.push_str(&self.labelled(label, label_w, &said));
        }
        if census.buckets <= DRAWN_MAX {
            text.push_str(&self.heading(words.memory));
            text.push_str(&self.picture(feed));
        } else {
            text.push_str(&self.heading(words.histogram));
            text.push_str(&self.histogram(census));
        }
        text.push_str(&self.heading(words.growths));
        text.push_str(&self.growths(&census.growths));
        text
    }

    fn heading(&self, text: &str) -> String {
        "\n".to_string() + &self.page.wrap(HEADING, text, "", "  ")
    }

    fn labelled(&self, label: &str, label_w: usize, said: &str) -> String {
        let rest = " ".repeat(label_w + 4);
        let blank = " ".repeat(label_w - label.width());
        let said = self.page.wrap(PLAIN, said, &rest, &rest);
        let label = self.page.paint(STRONG, label);
        format!("  {label}{blank}  {}", said.trim_start_matches(' '))
    }

    /// All buckets.
    fn picture(&self, feed: &Feed) -> String {
        let mut view = View::new().with_addresses(self.common.addresses);
        let picture = view.map("m", feed.map()).picture();
        let style = Style {
            // Nobody who feeds a few keys wants to see half of them.
            blocks_max: usize::MAX,
            ..self.common.style()
        };
        layout::text::render(&picture, &style)
    }

    fn histogram(&self, census: &Census) -> String {
        let bars = &census.histogram;
        let most =
            |number: fn(&super::census::Bar) -> f64| bars.iter().map(number).fold(1.0, f64::max);
        let longest = most(|bar| bar.expected).max(most(|bar| bar.buckets as f64));
        let digits = format!("{longest:.1}").len();
        let [entries_w, buckets_w, expected_w] =
            self.words.columns.map(|name| name.width().max(digits));
        let entries_w = entries_w.min(self.words.columns[0].width().max(3));
        let used = 2 + entries_w + 2 + buckets_w + 2 + expected_w + 2;
        let room = self.page.width.saturating_sub(used).max(1);
        let columns = |cells: [&str; 3]| {
            let [entries, buckets, expected] = cells;
            let pad = |text: &str, width: usize| " ".repeat(width - text.width()) + text;
            let entries = pad(entries, entries_w);
            format!(
                "  {entries}  {}  {}",
                pad(buckets, buckets_w),
                pad(expected, expected_w)
            )
        };
        let head = columns(self.words.columns);
        let legend = self.page.paint(FAINT, self.words.legend);
        let mut text = match self.words.legend.width() <= room {
            true => format!("{}  {legend}\n", self.page.paint(FAINT, &head)),
            false => format!("{}\n", self.page.paint(FAINT, &head)),
        };
        let scale = |number: f64| (number / longest * (room - 1) as f64).round() as usize;
        for bar in bars {
            let expected = format!("{:.1}", bar.expected);
            let numbers = columns([
                &bar.entries.to_string(),
                &bar.buckets.to_string(),
                &expected,
            ]);
            let drawn = stroke(scale(bar.buckets as f64), scale(bar.expected));
            text.push_str(&format!("{numbers}  {}\n", self.page.paint(GOOD, &drawn)));
        }
        text
    }

    fn growths(&self, growths: &[Growth]) -> String {
        if growths.is_empty() {
            return self.page.paragraph(self.words.no_growth);
        }
        let rows: Vec<_> = growths.iter().map(self.words.growth).collect();
        let widths = [0, 1, 2].map(|i| rows.iter().map(|row| row[i].width()).max().unwrap_or(0));
        let last_w = rows.iter().map(|row| row[3].width()).max().unwrap_or(0);
        let whole = widths.iter().sum::<usize>() + 2 * 4 + last_w;
        // Where there is no room, the numbers of buckets go: B says them too.
        let shown = if whole <= self.page.width { 3 } else { 2 };
        let mut text = String::new();
        for row in &rows {
            let mut line = String::new();
            for (part, width) in row.iter().zip(widths).take(shown) {
                line.push_str(part);
                line.push_str(&" ".repeat(width - part.width() + 2));
            }
            line.push_str(&row[3]);
            text.push_str(&self.page.wrap(PLAIN, &line, "  ", "      "));
        }
        text + &self.page.wrap(FAINT, self.words.remark, "  ", "  ")
    }
}

/// A bar of `n`, with a mark at `expected`.
fn stroke(n: usize, expected: usize) -> String {
    let at = |i: usize| match (i < n, i == expected) {
        (true, false) => '━',
        (true, true) => '╋',
        (false, true) => '┃',
        (false, false) => ' ',
    };
    (0..n.max(expected + 1)).map(at).collect()
}
