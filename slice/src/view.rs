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
//! Two arrays that a third header turns out to connect become one, under the older label.
//!
//! V1  The ranges of two known arrays do not overlap.
//! V2  Every cell of a known array can be read through one of the headers kept with it.
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
    shown: Vec<Box<dyn Shown + 'h>>,
    addresses: bool,
}

/// An array that headers have shown.
struct SeenArray<'h> {
    label: String,
    at: Range<usize>,
    /// Headers that between them reach every cell (V2).
    through: Vec<Box<dyn Reader + 'h>>,
}

/// Reads the cells of an array through one header.
trait Reader {
    /// The addresses that this header reaches.
    fn at(&self) -> Range<usize>;

    /// Bytes from one cell to the next.
    fn cell_bytes(&self) -> usize;

    /// The element type in Go's words.
    fn element_name(&self) -> String;

    /// Adds what the cell at `address`, within [`Reader::at`], holds now.
    fn describe_cell(&self, address: usize, leaves: &mut Leaves);
}

/// Draws a header under its name.
trait Shown {
    fn draw<'a>(&'a self, canvas: &mut Canvas<'a>);
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
        self.add("a", name, s)
    }

    /// Adds the header of `s` under `name` to the next picture, and its bytes if they are new.
    pub fn str(&mut self, name: &str, s: Str<'h>) -> &mut Self {
        self.add("b", name, s)
    }

    fn add<H: Reader + Copy + 'h>(&mut self, kind: &str, name: &str, header: H) -> &mut Self
    where
        Named<H>: Shown,
    {
        self.see(kind, Box::new(header));
        let name = name.to_string();
        self.shown.push(Box::new(Named { name, header }));
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
        let shown = core::mem::take(&mut self.shown);
        let mut canvas = Canvas::new().with_addresses(self.addresses);
        for header in &shown {
            header.draw(&mut canvas);
        }
        // An array of headers reaches further arrays, so go on until a round finds no new one.
        let mut waiting: Vec<_> = self.arrays.iter().collect();
        loop {
            let reached = |array: &&SeenArray<'_>| canvas.points_into(&array.at);
            let (found, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(reached);
            for array in &found {
                array.draw(&mut canvas);
            }
            if found.is_empty() {
                return canvas.finish();
            }
            waiting = rest;
        }
    }

    /// Notes the array that `reader` reaches, joined with the known ones that it overlaps.
    fn see(&mut self, kind: &str, reader: Box<dyn Reader + 'h>) {
        let at = reader.at();
        if at.is_empty() {
            return;
        }
        let overlaps = |array: &SeenArray<'_>| array.at.start < at.end && at.start < array.at.end;
        let Some(oldest) = self.arrays.iter().position(overlaps) else {
            let count = if kind == "b" {
                &mut self.strings
            } else {
                &mut self.slices
            };
            *count += 1;
            let label = format!("{kind}{count}");
            self.arrays.push(SeenArray {
                label,
                at,
                through: vec![reader],
            });
            return;
        };
        let mut others = self.arrays.split_off(oldest + 1);
        let joined = &mut self.arrays[oldest];
        if joined.at.start <= at.start && at.end <= joined.at.end {
            self.arrays.append(&mut others);
            return;
        }
        joined.widen(at.clone(), vec![reader]);
        for other in others {
            if overlaps(&other) {
                self.arrays[oldest].widen(other.at, other.through);
            } else {
                self.arrays.push(other);
            }
        }
    }
}

impl<'h> SeenArray<'h> {
    fn widen(&mut self, at: Range<usize>, through: Vec<Box<dyn Reader + 'h>>) {
        self.at = self.at.start.min(at.start)..self.at.end.max(at.end);
        self.through.extend(through);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let first = &self.through[0];
        let cells = self.at.len() / first.cell_bytes();
        canvas.cells(
            &self.label,
            &first.element_name(),
            self.at.start,
            (first.cell_bytes(), cells),
            |i, leaves| {
                let address = self.at.start + i * first.cell_bytes();
                let reader = self
                    .through
                    .iter()
                    .find(|reader| reader.at().contains(&address));
                reader
                    .expect("V2: a header for every cell")
                    .describe_cell(address, leaves);
            },
        );
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

impl<T: Describe> Shown for Named<Slice<'_, T>> {
    fn draw<'a>(&'a self, canvas: &mut Canvas<'a>) {
        let s = self.header;
        canvas.value(&self.name, &self.header);
        if is_zerobase(s) {
            canvas.landmark(s.as_ptr().addr(), "zerobase");
        }
    }
}

impl Shown for Named<Str<'_>> {
    fn draw<'a>(&'a self, canvas: &mut Canvas<'a>) {
        canvas.value(&self.name, &self.header);
    }
}

impl<T: Describe + Clone + Default> Reader for Slice<'_, T> {
    fn at(&self) -> Range<usize> {
        let start = self.as_ptr().addr();
        start..start + self.cap() * size_of::<T>()
    }

    fn cell_bytes(&self) -> usize {
        size_of::<T>()
    }

    fn element_name(&self) -> String {
        T::type_name()
    }

    fn describe_cell(&self, address: usize, leaves: &mut Leaves) {
        let i = (address - self.at().start) / size_of::<T>();
        peek(&self.all_cells()[i], T::clone).describe(leaves);
    }
}

impl Reader for Str<'_> {
    fn at(&self) -> Range<usize> {
        let start = self.as_ptr().addr();
        start..start + self.len()
    }

    fn cell_bytes(&self) -> usize {
        1
    }

    fn element_name(&self) -> String {
        Letter::type_name()
    }

    fn describe_cell(&self, address: usize, leaves: &mut Leaves) {
        Letter(self.as_bytes()[address - self.at().start]).describe(leaves);
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
