//! The element types of slice scripts, and the text of an element.
//!
//! ```text
//!   k = 7, [3]uint64:   word 0      word 1      word 2
//!                      ┌───────────┬───────────┬───────────┐
//!                      │     7     │ mix(7, 1) │ mix(7, 2) │     shows as `7`
//!                      └───────────┴───────────┴───────────┘
//! ```
//!
//! A script names elements by an integer *k*. Integer 0 is the zero value; for any other k, word 0
//! is k cut to the word's width, and word j is a fixed mix of that and j. An element whose words
//! do not belong together, because somebody copied half of it, shows as `?` and its words in hex.
//! A string element is the decimal text of k.
//!
//! E1  `show(of(k))` is k, cut to the first word's width, for every k.
//! E2  These rules are those of oracle/go/slice/elem.go, to the bit.

use std::fmt::Write;

use bumpalo::Bump;
use slice::{Rune, Slice, Str};

use super::mix;

/// A slice's element type, as the script machine sees it.
pub(crate) trait Elem<'h>: Copy + Default + PartialEq + 'h {
    /// The element that integer `k` stands for.
    fn of(k: i64, heap: &'h Bump) -> Self;

    /// Appends the element's text.
    fn show(self, out: &mut String);

    /// `[]T(text)`, where Go has it.
    fn from_text(_text: Str<'h>, _heap: &'h Bump) -> Option<Slice<'h, Self>> {
        None
    }

    /// `string(v)`, where Go has it.
    fn to_text(_v: Slice<'h, Self>, _heap: &'h Bump) -> Option<Str<'h>> {
        None
    }

    /// `append(v, text...)`, where Go has it.
    fn append_text(_v: Slice<'h, Self>, _t: Str<'h>, _heap: &'h Bump) -> Option<Slice<'h, Self>> {
        None
    }

    /// `copy(v, text)`, where Go has it.
    fn copy_text(_v: Slice<'h, Self>, _text: Str<'h>) -> Option<usize> {
        None
    }
}

impl<'h> Elem<'h> for u8 {
    fn of(k: i64, _heap: &'h Bump) -> u8 {
        k as u8
    }

    fn show(self, out: &mut String) {
        put(out, self);
    }

    fn from_text(text: Str<'h>, heap: &'h Bump) -> Option<Slice<'h, u8>> {
        Some(text.to_bytes(heap))
    }

    fn to_text(v: Slice<'h, u8>, heap: &'h Bump) -> Option<Str<'h>> {
        Some(v.to_str(heap))
    }

    fn append_text(v: Slice<'h, u8>, text: Str<'h>, heap: &'h Bump) -> Option<Slice<'h, u8>> {
        Some(v.append_str(heap, text))
    }

    fn copy_text(v: Slice<'h, u8>, text: Str<'h>) -> Option<usize> {
        Some(v.copy_from_str(text))
    }
}

impl<'h> Elem<'h> for u16 {
    fn of(k: i64, _heap: &'h Bump) -> u16 {
        k as u16
    }

    fn show(self, out: &mut String) {
        put(out, self);
    }
}

impl<'h> Elem<'h> for u64 {
    fn of(k: i64, _heap: &'h Bump) -> u64 {
        k.cast_unsigned()
    }

    fn show(self, out: &mut String) {
        put(out, self);
    }
}

impl<'h> Elem<'h> for Rune {
    fn of(k: i64, _heap: &'h Bump) -> Rune {
        k as Rune
    }

    fn show(self, out: &mut String) {
        put(out, self);
    }

    fn from_text(text: Str<'h>, heap: &'h Bump) -> Option<Slice<'h, Rune>> {
        Some(text.to_runes(heap))
    }

    fn to_text(v: Slice<'h, Rune>, heap: &'h Bump) -> Option<Str<'h>> {
        Some(v.to_str(heap))
    }
}

impl<'h> Elem<'h> for () {
    fn of(_k: i64, _heap: &'h Bump) {}

    fn show(self, out: &mut String) {
        out.push('0');
    }
}

impl<'h> Elem<'h> for Str<'h> {
    fn of(k: i64, heap: &'h Bump) -> Str<'h> {
        if k == 0 {
            return Str::default();
        }
        let text: &'h str = heap.alloc_str(&k.to_string());
        Str::from(text)
    }

    fn show(self, out: &mut String) {
        let bytes = self.as_bytes();
        match std::str::from_utf8(bytes) {
            Ok("") => out.push('0'),
            Ok(text) if is_decimal_of_some_k(text) => out.push_str(text),
            Ok(_) | Err(_) => {
                out.push('?');
                put_hex(out, bytes);
            }
        }
    }
}

fn is_decimal_of_some_k(text: &str) -> bool {
    text.parse()
        .is_ok_and(|k: i64| k != 0 && k.to_string() == text)
}

/// A machine word of an array element.
pub(crate) trait Word: Copy + Default + Eq + Into<u64> + 'static {
    /// The low bits of `x`.
    fn low_bits(x: u64) -> Self;
}

impl Word for u32 {
    fn low_bits(x: u64) -> u32 {
        x as u32
    }
}

impl Word for u64 {
    fn low_bits(x: u64) -> u64 {
        x
    }
}

impl<'h, W: Word, const N: usize> Elem<'h> for [W; N]
where
    [W; N]: Default,
{
    fn of(k: i64, _heap: &'h Bump) -> [W; N] {
        filled(W::low_bits(k.cast_unsigned()))
    }

    fn show(self, out: &mut String) {
        if self == filled(self[0]) {
            put(out, self[0].into());
            return;
        }
        put_words(out, &self.map(Into::into));
    }
}

fn filled<W: Word, const N: usize>(k: W) -> [W; N] {
    if k == W::default() {
        return [k; N];
    }
    std::array::from_fn(|j| W::low_bits(mix(k.into(), j as u64)))
}

/// Appends a number in decimal.
pub(crate) fn put(out: &mut String, number: impl std::fmt::Display) {
    write!(out, "{number}").expect("a String takes any text");
}

/// Appends words that do not belong together: `?` and each in hex.
pub(crate) fn put_words(out: &mut String, words: &[u64]) {
    for (j, word) in words.iter().enumerate() {
        let mark = if j == 0 { '?' } else { '.' };
        write!(out, "{mark}{word:x}").expect("a String takes any text");
    }
}

/// Appends bytes as two hex digits each.
pub(crate) fn put_hex(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        write!(out, "{byte:02x}").expect("a String takes any text");
    }
}

/// Appends a checksum: a tilde and 16 hex digits.
pub(crate) fn put_checksum(out: &mut String, data: &[u8]) {
    write!(out, "~{:016x}", super::fnv1a(data)).expect("a String takes any text");
}
