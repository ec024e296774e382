//! The picture of headers and of the arrays that they share.
//!
//! ```text
//!   view.slice("s", s)     s.array in a known array?  no: it is a1 from here on
//!   view.slice("t", t)     t.array in a known array?  yes: a1, 2 elements in
//!   view.picture()         blocks s, t, a1; arrows s.array ──▶ a1[0], t.array ──▶ a1[2]
//! ```
//!
//! Arrays are numbered by first appearance and keep their number for the life of the view, so that
//! pictures taken one after the other can be compared. What is known of an array is what the
//! headers shown so far could reach; show a slice when it is fresh and the whole array is known.
//!
//! V1  The ranges of two known arrays do not overlap.
//!
//! Go: nothing; a debugger would have to do this.

use core::ops::Range;

use layout::{Canvas, Describe, Leaves, Picture};

use crate::backing::{Slice, Str};
use crate::slicecopy::peek;

/// Draws headers; remembers which arrays it has seen.
#[derive(Default)]
pub struct View<'h> {
    arrays: Vec<SeenArray<'h>>,
    strings: usize,
    slices: usize,
    shown: Vec<Box<dyn Shown<'h> + 'h>>,
    addresses: bool,
}

/// An array that a header has shown.
struct SeenArray<'h> {
    label: String,
    at: Range<usize>,
    contents: Box<dyn Contents + 'h>,
}

/// Draws the cells of an array as they are now.
trait Contents {
    fn draw(&self, label: &str, start: usize, canvas: &mut Canvas);
}

/// Draws a header under its name.
trait Shown<'h> {
    fn draw(&self, canvas: &mut Canvas);
}

impl core::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list()
            .entries(self.arrays.iter().map(|array| &array.label))
            .finish()
    }
}

impl<'h, T: Describe + Clone + Default + 'h> Slice<'h, T> {
    /// The picture of this header, called `name`, and of its array; a [`View`] draws several.
    #[must_use]
    pub fn inspect(self, name: &str) -> Picture {
        View::new().slice(name, self).picture()
    }
}

impl Str<'_> {
    /// The picture of this header, called `name`, and of its bytes; a [`View`] draws several.
    #[must_use]
    pub fn inspect(self, name: &str) -> Picture {
        View::new().str(name, self).picture()
    }
}

impl<'h> View<'h> {
    /// A view that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows the bytes of array words too; they differ from run to run.
    #[must_use]
    pub fn with_addresses(mut self, addresses: bool) -> Self {
        self.addresses = addresses;
        self
    }

    /// Adds the header of `s` under `name` to the next picture, and its array if it is new.
    pub fn slice<T>(&mut self, name: &str, s: Slice<'h, T>) -> &mut Self
    where
        T: Describe + Clone + Default + 'h,
    {
        let start = s.as_ptr().addr();
        let at = start..start + s.cap() * size_of::<T>();
        if !at.is_empty() {
            self.see(at, "a", move || Box::new(s));
        }
        self.shown.push(Box::new(Named {
            name: name.to_string(),
            header: s,
        }));
        self
    }

    /// Adds the header of `s` under `name` to the next picture, and its bytes if they are new.
    pub fn str(&mut self, name: &str, s: Str<'h>) -> &mut Self {
        let start = s.as_ptr().addr();
        if !s.is_empty() {
            self.see(start..start + s.len(), "b", move || Box::new(s));
        }
        self.shown.push(Box::new(Named {
            name: name.to_string(),
            header: s,
        }));
        self
    }

    /// The name of the place an address lies at, as the pictures call it: `a1[0]`.
    ///
    /// This is what stands for `%p` in a text that must not change from run to run.
    #[must_use]
    pub fn place<T>(&self, s: Slice<'h, T>) -> String {
        let address = s.as_ptr().addr();
        let found = self.arrays.iter().find(|array| array.at.contains(&address));
        match found {
            Some(array) => {
                let element = (address - array.at.start) / size_of::<T>().max(1);
                format!("&{}[{element}]", array.label)
            }
            None if s.is_nil() => "nil".to_string(),
            None if is_zerobase(s) => "zerobase".to_string(),
            None => "elsewhere".to_string(),
        }
    }

    /// The picture of the headers added since the last one, with the arrays that they reach.
    ///
    /// # Panics
    ///
    /// When two headers were added under one name, or one under an array's label (`a1`, `b1`).
    pub fn picture(&mut self) -> Picture {
        let mut canvas = Canvas::new().with_addresses(self.addresses);
        let shown = core::mem::take(&mut self.shown);
        for header in &shown {
            header.draw(&mut canvas);
        }
        // An array of headers reaches further arrays, so go on until a round finds no new one.
        let mut waiting: Vec<_> = self.arrays.iter().collect();
        loop {
            let reached = |array: &&SeenArray<'_>| canvas.points_into(&array.at);
            let (found, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(reached);
            for array in &found {
                array
                    .contents
                    .draw(&array.label, array.at.start, &mut canvas);
            }
            if found.is_empty() {
                return canvas.finish();
            }
            waiting = rest;
        }
    }

    /// Notes an array unless a known one holds its first byte; a longer look widens a known one.
    fn see(
        &mut self,
        at: Range<usize>,
        kind: &str,
        contents: impl FnOnce() -> Box<dyn Contents + 'h>,
    ) {
        let overlaps =
            |array: &&mut SeenArray<'_>| array.at.start < at.end && at.start < array.at.end;
        if let Some(known) = self.arrays.iter_mut().find(overlaps) {
            if at.start <= known.at.start && known.at.end <= at.end && known.at != at {
                known.at = at;
                known.contents = contents();
            }
            return;
        }
        let count = if kind == "b" {
            &mut self.strings
        } else {
            &mut self.slices
        };
        *count += 1;
        self.arrays.push(SeenArray {
            label: format!("{kind}{count}"),
            at,
            contents: contents(),
        });
    }
}

/// Whether `s` lies over no bytes at the address that stands for all such arrays of its kind; a
/// slice with nothing left of a real array keeps that array's address.
fn is_zerobase<T>(s: Slice<'_, T>) -> bool {
    s.cap() * size_of::<T>() == 0 && s.as_ptr() == core::ptr::dangling()
}

/// A header and the variable's name.
struct Named<H> {
    name: String,
    header: H,
}

impl<'h, T: Describe> Shown<'h> for Named<Slice<'h, T>> {
    fn draw(&self, canvas: &mut Canvas) {
        let s = self.header;
        canvas.value(&self.name, &self.header);
        if is_zerobase(s) {
            canvas.landmark(s.as_ptr().addr(), "zerobase");
        }
    }
}

impl<'h> Shown<'h> for Named<Str<'h>> {
    fn draw(&self, canvas: &mut Canvas) {
        canvas.value(&self.name, &self.header);
    }
}

impl<T: Describe + Clone + Default> Contents for Slice<'_, T> {
    fn draw(&self, label: &str, start: usize, canvas: &mut Canvas) {
        canvas.array(
            label,
            start,
            self.all_cells().iter().map(|cell| peek(cell, T::clone)),
        );
    }
}

impl Contents for Str<'_> {
    fn draw(&self, label: &str, start: usize, canvas: &mut Canvas) {
        canvas.array(
            label,
            start,
            self.as_bytes().iter().map(|byte| Letter(*byte)),
        );
    }
}

/// A byte of a string, shown as the letter it is.
struct Letter(u8);

impl Describe for Letter {
    fn type_name() -> String {
        "uint8".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        let letter = self.0.escape_ascii().to_string();
        leaves.plain(Self::type_name(), &[self.0], letter);
    }
}
