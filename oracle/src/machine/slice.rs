//! The twin of oracle/go/slice: replays slice scripts on [`slice::Slice`] and [`slice::Str`].
//!
//! ```text
//!   op ──▶ act ──▶ own result   `-`   `= n`   `! panic text`
//!           │
//!           ▼
//!   v0..v5, t0..t3 ──▶ changes ──▶ ` | v1 2 3 a0+1 [7 0|0]` for each that shows differently
//!                                        │ │ └┬─┘  └─┬─┘ └ hidden cells, up to cap
//!                                      len cap where visible cells
//! ```
//!
//! Everything shown is read from the headers and cells after the operation, hidden cells too: a
//! write through one variable shows in all that share its array, because they are all looked at.
//! A state of more than 24 cells shows its first four and a checksum over the text of all.
//!
//! T1  An operation assigns its variable last, so one that panics changes nothing.
//! T2  The heap outlives the machine and gives no memory out twice (M1 of machine.rs).
//!
//! Twin: go/slice/machine.go and show.go, function by function.
//! Differs: a script is parsed before it gets here, so no operation can be malformed.

use bumpalo::Bump;
use slice::{Rune, Slice, Str};

use super::elem::{Elem, put_checksum, put_hex};
use super::{Ranges, Where, recovered};
use crate::language;
use crate::script::slice::{Bound, Kind, Op, SLICE_VARS, TEXT_VARS, Text, Var};

/// A state of more cells (bytes, for strings) than this is shown by its beginning and a checksum.
const SHOWN_WHOLE: usize = 24;
/// So many cells are shown of a long state.
const SHOWN_FIRST: usize = 4;

/// The script machine for one element type, with its variables.
pub trait SliceMachine: language::Twin<Op> {
    /// Runs one operation; returns its own result, or `! ` and the text of its panic.
    ///
    /// # Panics
    /// When the operation does not suit the machine's kind (S1 of script.rs).
    fn act(&mut self, op: &Op) -> String;

    /// Returns every variable that shows differently than after the last call.
    fn changes(&mut self) -> String;

    /// `len(v)`.
    fn len(&self, v: Var) -> usize;

    /// `cap(v)`.
    fn cap(&self, v: Var) -> usize;

    /// `len(t)`, in bytes.
    fn text_len(&self, t: Text) -> usize;
}

/// Returns a machine for elements of `kind` whose arrays live on `heap` (T2).
#[must_use]
pub fn machine<'h>(kind: Kind, heap: &'h Bump) -> Box<dyn SliceMachine + 'h> {
    match kind {
        Kind::U8 => Twin::<u8>::boxed(kind, heap),
        Kind::U16 => Twin::<u16>::boxed(kind, heap),
        Kind::Rune => Twin::<Rune>::boxed(kind, heap),
        Kind::U64 => Twin::<u64>::boxed(kind, heap),
        Kind::A12 => Twin::<[u32; 3]>::boxed(kind, heap),
        Kind::A16 => Twin::<[u64; 2]>::boxed(kind, heap),
        Kind::A24 => Twin::<[u64; 3]>::boxed(kind, heap),
        Kind::A40 => Twin::<[u64; 5]>::boxed(kind, heap),
        Kind::String => Twin::<Str<'h>>::boxed(kind, heap),
        Kind::Zero => Twin::<()>::boxed(kind, heap),
    }
}

struct Twin<'h, T> {
    kind: Kind,
    panics: u64,
    heap: &'h Bump,
    v: [Slice<'h, T>; SLICE_VARS as usize],
    t: [Str<'h>; TEXT_VARS as usize],
    arrays: Ranges,
    texts: Ranges,
    shown_slices: [Shown<T>; SLICE_VARS as usize],
    shown_texts: [ShownText; TEXT_VARS as usize],
}

/// What was last shown of a slice variable, and the words and cells it came from.
struct Shown<T> {
    words: (usize, usize, usize),
    cells: Vec<T>,
    text: String,
}

struct ShownText {
    words: (usize, usize),
    text: String,
}

impl<'h, T: Elem<'h>> Twin<'h, T> {
    fn boxed(kind: Kind, heap: &'h Bump) -> Box<dyn SliceMachine + 'h> {
        Box::new(Twin::<T> {
            kind,
            panics: 0,
            heap,
            v: Default::default(),
            t: Default::default(),
            arrays: Ranges::default(),
            texts: Ranges::default(),
            shown_slices: std::array::from_fn(|_| Shown {
                words: (0, 0, 0),
                cells: Vec::new(),
                text: "0 0 nil".to_owned(),
            }),
            shown_texts: std::array::from_fn(|_| ShownText {
                words: (0, 0),
                text: "0 nil".to_owned(),
            }),
        })
    }

    /// Does the operation; `None` stands for the answer `-`.
    fn perform(&mut self, op: &Op) -> Option<String> {
        const SUITS: &str = "an operation that suits the kind";
        let heap = self.heap;
        match *op {
            Op::Make { dst, len, cap } => self.put(dst, Slice::make(heap, len, cap)),
            Op::Zeroed { dst, len } => self.put(dst, Slice::zeroed(heap, len)),
            Op::Lit { dst, ref ks } => self.put(dst, Slice::literal(heap, &self.elems(ks))),
            Op::Nil { dst } => self.put(dst, Slice::nil()),
            Op::Append { dst, src, k } => {
                self.put(dst, self.slice(src).append(heap, T::of(k, heap)))
            }
            Op::AppendN { dst, src, n, k } => {
                let ks: Vec<i64> = (0..i64::from(n)).map(|i| k.wrapping_add(i)).collect();
                self.put(dst, self.slice(src).append_all(heap, &self.elems(&ks)))
            }
            Op::Appends { dst, head, tail } => {
                self.put(dst, self.slice(head).append_slice(heap, self.slice(tail)))
            }
            Op::Slice {
                dst,
                src,
                low,
                high,
            } => self.put(dst, subslice(self.slice(src), low, high)),
            Op::Slice3 {
                dst,
                src,
                low,
                high,
                max,
            } => self.put(dst, self.slice(src).slice3(low.unwrap_or(0), high, max)),
            Op::Copy { dst, src } => Some(count(self.slice(dst).copy_from(self.slice(src)))),
            Op::Set { dst, i, k } => {
                self.slice(dst).set(i, T::of(k, heap));
                None
            }
            Op::Get { src, i } => Some(element(self.slice(src).at(i))),
            Op::Bytes { dst, text } => {
                self.put(dst, T::from_text(self.text(text), heap).expect(SUITS))
            }
            Op::Str { dst, src } => {
                self.put_text(dst, T::to_text(self.slice(src), heap).expect(SUITS))
            }
            Op::Lits { dst, ref bytes } => {
                self.put_text(dst, Slice::literal(heap, bytes).to_str(heap))
            }
            Op::Substr {
                dst,
                src,
                low,
                high,
            } => self.put_text(dst, substring(self.text(src), low, high)),
            Op::Concat { dst, left, right } => {
                self.put_text(dst, Str::concat(heap, &[self.text(left), self.text(right)]))
            }
            Op::CharAt { text, i } => Some(count(self.text(text).at(i).into())),
            Op::Runes { text } => Some(runes(self.text(text))),
            Op::AppendStr { dst, src, text } => {
                let appended = T::append_text(self.slice(src), self.text(text), heap);
                self.put(dst, appended.expect(SUITS))
            }
            Op::CopyStr { dst, text } => Some(count(
                T::copy_text(self.slice(dst), self.text(text)).expect(SUITS),
            )),
        }
    }

    fn elems(&self, ks: &[i64]) -> Vec<T> {
        ks.iter().map(|&k| T::of(k, self.heap)).collect()
    }

    fn slice(&self, v: Var) -> Slice<'h, T> {
        self.v[v.index()]
    }

    fn text(&self, t: Text) -> Str<'h> {
        self.t[t.index()]
    }

    fn put(&mut self, v: Var, value: Slice<'h, T>) -> Option<String> {
        self.v[v.index()] = value;
        None
    }

    fn put_text(&mut self, t: Text, value: Str<'h>) -> Option<String> {
        self.t[t.index()] = value;
        None
    }

    /// Returns the text of variable `i` if it shows differently than before.
    fn changed(&mut self, i: usize) -> Option<&str> {
        let v = self.v[i];
        let words = (v.as_ptr().addr(), v.len(), v.cap());
        let all = v.slice(..v.cap());
        if words == self.shown_slices[i].words && same_cells(all, &self.shown_slices[i].cells) {
            return None;
        }
        let text = render(v, &mut self.arrays);
        let shown = &mut self.shown_slices[i];
        shown.words = words;
        if size_of::<T>() > 0 {
            shown.cells.clear();
            shown
                .cells
                .extend(all.cells().iter().map(std::cell::Cell::get));
        }
        replace(&mut shown.text, text)
    }

    /// Nothing writes to a string, so the same words mean the same bytes.
    fn changed_text(&mut self, i: usize) -> Option<&str> {
        let t = self.t[i];
        let words = (t.as_ptr().addr(), t.len());
        if words == self.shown_texts[i].words {
            return None;
        }
        let text = render_text(t, &mut self.texts);
        let shown = &mut self.shown_texts[i];
        shown.words = words;
        replace(&mut shown.text, text)
    }
}

impl<'h, T: Elem<'h>> SliceMachine for Twin<'h, T> {
    fn act(&mut self, op: &Op) -> String {
        assert!(op.suits(self.kind), "`{op}` in a script over {}", self.kind);
        match recovered(|| self.perform(op)) {
            Ok(result) => result.unwrap_or_else(|| "-".to_owned()),
            Err(panic) => {
                self.panics += 1;
                format!("! {panic}")
            }
        }
    }

    fn changes(&mut self) -> String {
        let mut out = String::new();
        for i in 0..self.v.len() {
            if let Some(text) = self.changed(i) {
                out.push_str(&format!(" | v{i} {text}"));
            }
        }
        for i in 0..self.t.len() {
            if let Some(text) = self.changed_text(i) {
                out.push_str(&format!(" | t{i} {text}"));
            }
        }
        out
    }

    fn len(&self, v: Var) -> usize {
        self.slice(v).len()
    }

    fn cap(&self, v: Var) -> usize {
        self.slice(v).cap()
    }

    fn text_len(&self, t: Text) -> usize {
        self.text(t).len()
    }
}

impl<'h, T: Elem<'h>> language::Twin<Op> for Twin<'h, T> {
    fn step(&mut self, op: &Op, _go: Option<&str>) -> String {
        let mut answer = self.act(op);
        answer.push_str(&self.changes());
        answer
    }

    fn sights(&self) -> Vec<(&'static str, u64)> {
        vec![("operations that panic", self.panics)]
    }
}

fn subslice<'h, T>(s: Slice<'h, T>, low: Bound, high: Bound) -> Slice<'h, T> {
    match (low, high) {
        (None, None) => s.slice(..),
        (None, Some(high)) => s.slice(..high),
        (Some(low), None) => s.slice(low..),
        (Some(low), Some(high)) => s.slice(low..high),
    }
}

fn substring(s: Str<'_>, low: Bound, high: Bound) -> Str<'_> {
    match (low, high) {
        (None, None) => s.slice(..),
        (None, Some(high)) => s.slice(..high),
        (Some(low), None) => s.slice(low..),
        (Some(low), Some(high)) => s.slice(low..high),
    }
}

fn count(n: usize) -> String {
    format!("= {n}")
}

fn element<'h, T: Elem<'h>>(e: T) -> String {
    let mut out = "= ".to_owned();
    e.show(&mut out);
    out
}

/// The pairs that `for i, r := range text` yields, with their number in front.
fn runes(text: Str<'_>) -> String {
    let mut pairs = String::new();
    let mut n = 0;
    for (i, r) in text.runes() {
        pairs.push_str(&format!(" {i}:{r}"));
        n += 1;
    }
    let mut out = count(n);
    if n <= SHOWN_WHOLE {
        out.push_str(&pairs);
    } else {
        out.push(' ');
        put_checksum(&mut out, pairs.as_bytes());
    }
    out
}

fn same_cells<'h, T: Elem<'h>>(all: Slice<'h, T>, before: &[T]) -> bool {
    // Elements without bytes cannot differ, and there may be 2^62 of them.
    size_of::<T>() == 0
        || all.len() == before.len()
            && all
                .cells()
                .iter()
                .zip(before)
                .all(|(cell, old)| cell.get() == *old)
}

/// Stores `text` and returns it, or returns nothing if it is what stood there.
fn replace(shown: &mut String, text: String) -> Option<&str> {
    if *shown == text {
        return None;
    }
    *shown = text;
    Some(shown)
}

/// `len cap where [visible|hidden]`.
fn render<'h, T: Elem<'h>>(v: Slice<'h, T>, arrays: &mut Ranges) -> String {
    let mut out = format!("{} {} ", v.len(), v.cap());
    let bytes = v.cap() * size_of::<T>();
    put_where(
        &mut out,
        'a',
        arrays.locate(v.as_ptr().addr(), bytes),
        size_of::<T>(),
    );
    if v.is_nil() {
        return out;
    }
    out.push_str(" [");
    if v.cap() <= SHOWN_WHOLE {
        put_cells(&mut out, v);
        if v.cap() > v.len() {
            out.push('|');
            put_cells(&mut out, v.slice(v.len()..v.cap()));
        }
    } else {
        put_cells(&mut out, v.slice(..v.len().min(SHOWN_FIRST)));
        if size_of::<T>() > 0 {
            let mut all = String::new();
            put_cells(&mut all, v.slice(..v.cap()));
            put_checksum(&mut out, all.as_bytes());
        } else {
            out.push('~');
        }
    }
    out.push(']');
    out
}

/// `len where bytes`.
fn render_text(t: Str<'_>, texts: &mut Ranges) -> String {
    let mut out = format!("{} ", t.len());
    put_where(&mut out, 's', texts.locate(t.as_ptr().addr(), t.len()), 1);
    match t.len() {
        0 => {}
        1..=SHOWN_WHOLE => {
            out.push(' ');
            put_hex(&mut out, t.as_bytes());
        }
        _ => {
            out.push(' ');
            put_checksum(&mut out, t.as_bytes());
        }
    }
    out
}

/// `nil`, `zero`, or letter and number of the range and the offset in elements.
fn put_where(out: &mut String, letter: char, place: Where, elem_bytes: usize) {
    match place {
        Where::Nil => out.push_str("nil"),
        Where::Zero => out.push_str("zero"),
        Where::In { number, offset } => {
            out.push_str(&format!("{letter}{number}+{}", offset / elem_bytes));
        }
    }
}

fn put_cells<'h, T: Elem<'h>>(out: &mut String, s: Slice<'h, T>) {
    for (i, cell) in s.cells().iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        cell.get().show(out);
    }
}
