//! What the figures of the report are drawn with: axes, lines and texts as inline SVG.
//!
//! ```text
//!    0 %         40 %              81 %   100 %     x in percent: a figure fills its column,
//!    ┌────────────┬─────────────────┬──────┐        and text keeps its size on every screen
//!    │  1,000 Vec │    ├──■──┤   ╷  │ 0.87 │
//!    └────────────┴─────────────────┴──────┘        y in pixels
//! ```
//!
//! A class says what a line or a text is for; style.css says how it looks.
//!
//! P1  A figure begins with a title and with what it shows in words.
//! P2  What has no place on an axis (no number, nothing that a logarithm takes) is drawn at the
//!     nearer end; no coordinate is ever not a number.
//! P3  All text from outside is escaped here or in html.rs, nowhere else and never twice.

use std::fmt::{Arguments, Write as _};

/// Sides that have a colour and a mark of their own; all further ones share the last.
pub(crate) const COLOURS: usize = 7;

/// The marks of the sides, drawn around (0, 0).
pub(crate) const MARKS: [&str; COLOURS] = [
    "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1-4 0Z",
    "M-3.5-3.5H3.5V3.5H-3.5Z",
    "M0-5L5 0L0 5L-5 0Z",
    "M-4-4L4 4M-4 4L4-4",
    "M-5 0H5M0-5V5",
    "M-4-4H4L-4 4H4Z",
    "M-5 0H5M-2.5-4L2.5 4M-2.5 4L2.5-4",
];

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

enum Scale {
    Linear,
    Log,
}

/// Where a value lies: `low..high` is drawn from `start` to `end`.
pub(crate) struct Axis {
    scale: Scale,
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Axis {
    /// A logarithmic axis that holds all of `values`, with a little room at both ends.
    pub(crate) fn log(values: impl IntoIterator<Item = f64>, span: (f64, f64)) -> Self {
        let drawn = values.into_iter().filter(|v| v.is_finite() && *v > 0.0);
        let ends = drawn.map(f64::log10).fold(None, |ends, value| {
            let (low, high) = ends.unwrap_or((value, value));
            Some((value.min(low), value.max(high)))
        });
        let (low, high) = ends.unwrap_or((0.0, 1.0));
        let room = ((high - low) * 0.04).max(0.05);
        Self {
            scale: Scale::Log,
            low: low - room,
            high: high + room,
            start: span.0,
            end: span.1,
        }
    }

    /// A linear axis from 0 to `high`.
    pub(crate) fn linear(high: f64, span: (f64, f64)) -> Self {
        Self {
            scale: Scale::Linear,
            low: 0.0,
            high: if high > 0.0 { high } else { 1.0 },
            start: span.0,
            end: span.1,
        }
    }

    /// Where `value` lies; what is outside lies at the nearer end.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let place = match self.scale {
            Scale::Linear => value,
            Scale::Log => value.max(f64::MIN_POSITIVE).log10(),
        };
        let share = (place - self.low) / (self.high - self.low);
        self.start + share.clamp(0.0, 1.0) * (self.end - self.start)
    }

    /// Round values to label, at most `most`: 1, 2 and 5 of each power of ten, or fewer.
    pub(crate) fn ticks(&self, most: usize) -> Vec<f64> {
        let powers = self.low.floor() as i32..=self.high.ceil() as i32;
        let inside = |digits: &[f64], stride: i32| -> Vec<f64> {
            let powers = powers.clone().filter(|power| power % stride == 0);
            let all = powers.flat_map(|power| digits.iter().map(move |d| d * 10_f64.powi(power)));
            all.filter(|v| (self.low..=self.high).contains(&v.log10()))
                .collect()
        };
        match self.scale {
            Scale::Linear => {
                let exact = 10_f64.powf((self.high / most as f64).log10().floor());
                let steps = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * exact);
                let step = steps.into_iter().find(|s| self.high / s <= most as f64);
                let step = step.unwrap_or(self.high);
                let n = (self.high / step + 1e-9) as usize;
                (0..=n).map(|i| i as f64 * step).collect()
            }
            Scale::Log => {
                let fine = inside(&[1.0, 2.0, 5.0], 1);
                let coarser = (1..).map(|stride| inside(&[1.0], stride));
                let mut choices = std::iter::once(fine).chain(coarser);
                choices.find(|t| t.len() <= most).unwrap_or_default()
            }
        }
    }
}

/// A figure as it is drawn: x in percent, y in pixels.
pub(crate) struct Figure {
    id: String,
    body: String,
}

impl Figure {
    /// An empty figure; `id` is unique in the report.
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.to_string(),
            body: String::new(),
        }
    }

    fn draw(&mut self, element: Arguments<'_>) {
        self.body
            .write_fmt(element)
            .expect("a string takes all text");
        self.body.push('\n');
    }

    pub(crate) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.draw(format_args!(
            "<line class=\"{class}\" x1=\"{x1:.2}%\" y1=\"{y1:.1}\" x2=\"{x2:.2}%\" \
             y2=\"{y2:.1}\"/>"
        ));
    }

    pub(crate) fn text(&mut self, class: &str, (x, y): (f64, f64), text: &str) {
        let text = escape(text);
        self.draw(format_args!(
            "<text class=\"{class}\" x=\"{x:.2}%\" y=\"{y:.1}\">{text}</text>"
        ));
    }

    /// A bar; `width` in percent, `height` in pixels.
    pub(crate) fn bar(&mut self, class: &str, (x, y): (f64, f64), width: f64, height: f64) {
        self.draw(format_args!(
            "<rect class=\"{class}\" x=\"{x:.2}%\" y=\"{y:.1}\" width=\"{width:.2}%\" \
             height=\"{height:.1}\"/>"
        ));
    }

    /// The mark of a side; `words` appear under the pointer.
    pub(crate) fn mark(&mut self, colour: usize, (x, y): (f64, f64), words: &str) {
        let words = escape(words);
        self.draw(format_args!(
            "<use class=\"mark s{colour}\" href=\"#m{colour}\" x=\"{x:.2}%\" y=\"{y:.1}\">\
             <title>{words}</title></use>"
        ));
    }

    /// A size and the name of a side, ending at `x`.
    pub(crate) fn label(&mut self, (x, y): (f64, f64), size: &str, colour: usize, name: &str) {
        let (size, name) = (escape(size), escape(name));
        self.draw(format_args!(
            "<text class=\"end\" x=\"{x:.2}%\" y=\"{y:.1}\"><tspan class=\"faint\">{size}</tspan> \
             <tspan class=\"side s{colour}\">{name}</tspan></text>"
        ));
    }

    /// Lines across the figure at the ticks of `axis`, from `top` to `bottom`.
    pub(crate) fn grid(&mut self, axis: &Axis, ticks: usize, (top, bottom): (f64, f64)) {
        for tick in axis.ticks(ticks) {
            let x = axis.at(tick);
            self.line("grid", (x, top), (x, bottom));
        }
    }

    pub(crate) fn finish(self, height: f64, title: &str, words: &str) -> String {
        let Self { id, body } = self;
        let (title, words) = (escape(title), escape(words));
        format!(
            "<svg role=\"img\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\" \
             width=\"100%\" height=\"{height:.0}\">\n<title id=\"{id}-t\">{title}</title>\n\
             <desc id=\"{id}-d\">{words}</desc>\n{body}</svg>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_one_two_and_five_and_never_too_many() {
        let axis = |low, high| Axis::log([low, high], (0.0, 100.0));
        assert_eq!(axis(0.4, 2.5).ticks(5), [0.5, 1.0, 2.0]);
        assert_eq!(axis(1.0, 1e4).ticks(6), [1.0, 10.0, 100.0, 1e3, 1e4]);
        assert_eq!(axis(1.0, 1e6).ticks(4), [1.0, 100.0, 1e4, 1e6]);
        assert_eq!(Axis::linear(13.1, (0.0, 1.0)).ticks(5), [0.0, 5.0, 10.0]);
        assert_eq!(
            Axis::linear(24.0, (0.0, 1.0)).ticks(5),
            [0.0, 5.0, 10.0, 15.0, 20.0]
        );
        for high in 2..2_000 {
            let high = f64::from(high);
            assert!((1..=5).contains(&axis(1.0, high).ticks(5).len()), "{high}");
            let linear = Axis::linear(high, (0.0, 1.0)).ticks(5);
            assert!((2..=6).contains(&linear.len()), "{high}");
        }
    }
}
