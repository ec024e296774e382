//! Drafting one operation: which, on which variables, with which values.
//!
//! ```text
//!   WEIGHTS ──▶ append ──▶ source: not empty, if there is one
//!                          target: often the source, else another, which then aliases it
//! ```
//!
//! The weights favour what makes headers share arrays (slicing) and part again (append). Values
//! are small numbers, so that a line stays readable, with a few that matter: zero, the largest,
//! for runes the edges of UTF-8, for strings bytes that are no UTF-8 at all.
//!
//! D1  An operation that would pass the size of the script is replaced by one that shrinks.

use super::Size;
use crate::generate::SplitMix64;
use crate::machine::slice::SliceMachine;
use crate::script::slice::{Kind, Op, SLICE_VARS, TEXT_VARS, Text, Var};

/// What is needed to draft an operation: chance, the state before it, and the limits.
pub(crate) struct Draft<'m, 'h> {
    pub(crate) rng: &'m mut SplitMix64,
    pub(crate) machine: &'m (dyn SliceMachine + 'h),
    pub(crate) kind: Kind,
    pub(crate) size: Size,
}

/// How often each operation is drawn, and the method that drafts it.
type Weighted = (u16, fn(&mut Draft<'_, '_>) -> Op);

const FOR_ALL: &[Weighted] = &[
    (5, |draft| draft.make()),
    (3, |draft| draft.zeroed()),
    (4, |draft| draft.lit()),
    (1, |draft| draft.nil()),
    (18, |draft| draft.append()),
    (10, |draft| draft.append_n()),
    (9, |draft| draft.appends()),
    (17, |draft| draft.slice()),
    (9, |draft| draft.slice3()),
    (8, |draft| draft.copy()),
    (11, |draft| draft.set()),
    (4, |draft| draft.get()),
];

/// Strings alone: with the kinds that convert, and with string elements.
const WITH_TEXT: &[Weighted] = &[
    (7, |draft| draft.lits()),
    (7, |draft| draft.substr()),
    (4, |draft| draft.concat()),
    (4, |draft| draft.char_at()),
    (4, |draft| draft.runes()),
];

const CONVERSIONS: &[Weighted] = &[(8, |draft| draft.bytes()), (7, |draft| draft.str())];

const BYTES_ONLY: &[Weighted] = &[
    (5, |draft| draft.append_str()),
    (5, |draft| draft.copy_str()),
];

/// Runes on both sides of every edge of UTF-8, and what is no rune at all.
const RUNES: [i64; 16] = [
    1, 0x41, 0x7F, 0x80, 0x7FF, 0x800, 0x4E2D, 0xD7FF, 0xD800, 0xDFFF, 0xFFFD, 0xFFFF, 0x1_0000,
    0x10_FFFF, 0x11_0000, -1,
];

/// Pieces of strings; the second half is no UTF-8.
const PIECES: [&[u8]; 16] = [
    b"a",
    b"Go",
    b"\0",
    "é".as_bytes(),
    "中".as_bytes(),
    "骨頭".as_bytes(),
    "😀".as_bytes(),
    "\u{FFFD}".as_bytes(),
    b"\xff",
    b"\x80",
    b"\xc0\x80",
    b"\xe4\xb8",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xc3",
];

impl Draft<'_, '_> {
    /// Drafts an operation that suits the kind.
    pub(crate) fn op(mut self) -> Op {
        let tables = match self.kind {
            Kind::U8 => &[FOR_ALL, WITH_TEXT, CONVERSIONS, BYTES_ONLY][..],
            Kind::Rune => &[FOR_ALL, WITH_TEXT, CONVERSIONS],
            Kind::String => &[FOR_ALL, WITH_TEXT],
            Kind::U16 | Kind::U64 | Kind::A12 | Kind::A16 | Kind::A24 | Kind::A40 | Kind::Zero => {
                &[FOR_ALL]
            }
        };
        let weights = tables.iter().flat_map(|table| table.iter());
        let total: i64 = weights.clone().map(|&(weight, _)| i64::from(weight)).sum();
        let mut ticket = self.rng.within(1, total);
        for &(weight, draft) in weights {
            ticket -= i64::from(weight);
            if ticket <= 0 {
                return draft(&mut self);
            }
        }
        unreachable!("a ticket is never above the sum of the weights")
    }

    fn lit(&mut self) -> Op {
        let most = if self.rng.chance(10) {
            self.size.elems.min(40)
        } else {
            6
        };
        let n = self.rng.within(0, most);
        Op::Lit {
            dst: self.var(),
            ks: (0..n).map(|_| self.k()).collect(),
        }
    }

    fn nil(&mut self) -> Op {
        Op::Nil { dst: self.var() }
    }

    fn append(&mut self) -> Op {
        let src = self.var();
        if self.len(src) >= self.size.elems && !self.is_huge(src) {
            return self.shrink(src);
        }
        Op::Append {
            dst: self.target(src),
            src,
            k: self.k(),
        }
    }

    /// Often just what fits, or one more: the two sides of the edge where the array moves.
    fn append_n(&mut self) -> Op {
        let src = self.var();
        let room = self.cap(src) - self.len(src);
        let n = match self.rng.within(1, 6) {
            1 => room,
            2 => room.saturating_add(1),
            3 => self.cap(src).saturating_add(room).saturating_add(1),
            4 if self.size.elems > 40 => (self.edge() - self.len(src)).max(0),
            _ => self.rng.within(0, self.size.burst),
        };
        if self.len(src).saturating_add(n) > self.size.elems {
            return self.shrink(src);
        }
        let n = u32::try_from(n).expect("a count within the size of the script");
        Op::AppendN {
            dst: self.target(src),
            src,
            n,
            k: self.k(),
        }
    }

    fn appends(&mut self) -> Op {
        let huge = if self.rng.chance(50) {
            self.overflowing_var()
        } else {
            None
        };
        let head = huge.unwrap_or_else(|| self.var());
        let to_itself = huge.is_some() || self.rng.chance(35);
        let tail = if to_itself { head } else { self.filled_var() };
        let sum = self.len(head).checked_add(self.len(tail));
        // A sum above an int is what `growslice: cap out of range` is for (G3: no cell is copied).
        if sum.is_some_and(|sum| sum > self.size.elems) {
            return self.shrink(tail);
        }
        Op::Appends {
            dst: self.target(head),
            head,
            tail,
        }
    }

    fn copy(&mut self) -> Op {
        let (dst, src) = (self.filled_var(), self.filled_var());
        if self.is_huge(dst) && self.is_huge(src) {
            return self.shrink(src);
        }
        Op::Copy { dst, src }
    }

    /// D1: a slice of the first few, at most an eighth of what the script allows.
    fn shrink(&mut self, src: Var) -> Op {
        let most = self.len(src).min(self.size.elems / 8 + 1);
        let high = self.rng.within(0, most);
        if self.rng.chance(50) {
            return Op::Slice3 {
                dst: src,
                src,
                low: None,
                high,
                max: high,
            };
        }
        Op::Slice {
            dst: src,
            src,
            low: None,
            high: Some(high),
        }
    }

    fn lits(&mut self) -> Op {
        let dst = self.text();
        let n = match self.rng.within(1, 20) {
            1 => 0,
            2..=16 => self.rng.within(1, 5),
            _ => self.size.text_bytes / 8,
        };
        let mut bytes = Vec::new();
        for _ in 0..n {
            bytes.extend_from_slice(self.rng.pick(&PIECES));
        }
        Op::Lits { dst, bytes }
    }

    fn concat(&mut self) -> Op {
        let (dst, left, right) = (self.text(), self.text(), self.filled_text());
        if self.text_len(left) + self.text_len(right) > self.size.text_bytes {
            let high = Some(self.text_len(left) / 8);
            return Op::Substr {
                dst: left,
                src: left,
                low: None,
                high,
            };
        }
        Op::Concat { dst, left, right }
    }

    fn runes(&mut self) -> Op {
        Op::Runes {
            text: self.filled_text(),
        }
    }

    fn bytes(&mut self) -> Op {
        Op::Bytes {
            dst: self.var(),
            text: self.filled_text(),
        }
    }

    fn str(&mut self) -> Op {
        Op::Str {
            dst: self.text(),
            src: self.filled_var(),
        }
    }

    fn append_str(&mut self) -> Op {
        let (src, text) = (self.var(), self.filled_text());
        if self.len(src) + self.text_len(text) > self.size.elems {
            return self.shrink(src);
        }
        Op::AppendStr {
            dst: self.target(src),
            src,
            text,
        }
    }

    fn copy_str(&mut self) -> Op {
        Op::CopyStr {
            dst: self.filled_var(),
            text: self.filled_text(),
        }
    }

    pub(super) fn var(&mut self) -> Var {
        let number = self.rng.next() % u64::from(SLICE_VARS);
        Var::new(number as u8).expect("a number below SLICE_VARS")
    }

    pub(super) fn text(&mut self) -> Text {
        let number = self.rng.next() % u64::from(TEXT_VARS);
        Text::new(number as u8).expect("a number below TEXT_VARS")
    }

    /// A slice that is not empty, if three tries find one.
    pub(super) fn filled_var(&mut self) -> Var {
        let mut v = self.var();
        for _ in 0..2 {
            if self.len(v) == 0 {
                v = self.var();
            }
        }
        v
    }

    /// A string that is not empty, if three tries find one.
    pub(super) fn filled_text(&mut self) -> Text {
        let mut t = self.text();
        for _ in 0..2 {
            if self.text_len(t) == 0 {
                t = self.text();
            }
        }
        t
    }

    /// A slice whose length, doubled, is no int any more (G3).
    fn overflowing_var(&self) -> Option<Var> {
        (0..SLICE_VARS)
            .filter_map(Var::new)
            .find(|&v| self.len(v) >= 1 << 62)
    }

    /// Where a result goes: half the time back to where it came from, `s = append(s, …)`.
    pub(super) fn target(&mut self, src: Var) -> Var {
        if self.rng.chance(50) { src } else { self.var() }
    }

    pub(super) fn k(&mut self) -> i64 {
        match self.rng.within(1, 20) {
            1 => 0,
            2 => self.rng.next().cast_signed(),
            3..=8 if self.kind == Kind::Rune => self.rng.pick(&RUNES),
            3..=6 if self.kind == Kind::U8 => self.rng.within(0x80, 0xFF),
            _ => self.rng.within(1, 99),
        }
    }

    pub(super) fn len(&self, v: Var) -> i64 {
        self.machine.len(v).cast_signed() as i64
    }

    pub(super) fn cap(&self, v: Var) -> i64 {
        self.machine.cap(v).cast_signed() as i64
    }

    pub(super) fn text_len(&self, t: Text) -> i64 {
        self.machine.text_len(t).cast_signed() as i64
    }

    /// G3: more elements than any array with bytes could have.
    pub(super) fn is_huge(&self, v: Var) -> bool {
        self.cap(v) > 1 << 48
    }
}
