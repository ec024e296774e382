//! Strings: bytes that nobody writes, runes that are decoded on the way, conversions that copy.
//!
//! ```text
//!   t := s[1:4]          shares the bytes of s
//!   []byte(s)            copies; capacity rounded up to a size class
//!   string(b)            copies; one byte comes from a table, none has a zero data word
//!   for i, r := range s  decodes UTF-8; each bad byte is U+FFFD of width 1
//! ```
//!
//! Go: runtime/string.go: concatstrings, slicebytetostring, stringtoslicebyte, stringtoslicerune,
//! slicerunetostring, rawbyteslice, rawruneslice; runtime/utf8.go: decoderune, encoderune;
//! runtime/iface.go: staticuint64s.
//! Differs: the 32-byte buffers on the stack, which a string that does not escape may use in Go
//! (and which show in the capacity of `[]byte(s)`), do not exist here: everything escapes.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;

use bumpalo::Bump;

use crate::backing::{NewArray, Slice, Str};
use crate::msize::roundupsize;
use crate::slicecopy::peek;

/// A code point as Go counts it: an `int32`, which need not be a valid `char`.
pub type Rune = i32;

/// What a bad byte decodes to, U+FFFD.
#[doc(alias = "runeError")]
const RUNE_ERROR: Rune = char::REPLACEMENT_CHARACTER as Rune;

/// The eight bytes of each number below 256: one-byte strings share them, as small boxes do.
#[doc(alias = "staticuint64s")]
static STATICUINT64S: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = (i as u64).to_le_bytes();
        i += 1;
    }
    table
};

/// Reads the first rune of `bytes` and how many bytes it took; `None` at the end.
///
/// **Go** runtime/utf8.go: decoderune.
fn decoderune(bytes: &[u8]) -> Option<(Rune, usize)> {
    let first = *bytes.first()?;
    if first.is_ascii() {
        return Some((Rune::from(first), 1));
    }
    // No rune is longer than four bytes, so what is invalid behind them does not matter.
    let head = &bytes[..bytes.len().min(4)];
    let valid = match str::from_utf8(head) {
        Ok(valid) => valid,
        Err(error) => str::from_utf8(&head[..error.valid_up_to()]).expect("valid up to here"),
    };
    Some(
        valid
            .chars()
            .next()
            .map_or((RUNE_ERROR, 1), |c| (c as Rune, c.len_utf8())),
    )
}

/// The `char` that stands for `rune` in a string: itself, or U+FFFD for surrogates and the like.
///
/// **Go** runtime/utf8.go: encoderune.
fn encodable(rune: Rune) -> char {
    u32::try_from(rune)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl<'h> Str<'h> {
    /// `a + b + …`: copies, unless at most one part has bytes: that one is returned as it is.
    ///
    /// **Go** runtime/string.go: concatstrings.
    #[must_use]
    #[doc(alias = "concatstrings")]
    pub fn concat(heap: &'h Bump, parts: &[Str<'h>]) -> Str<'h> {
        let mut filled = parts.iter().filter(|part| !part.is_empty());
        match (filled.next(), filled.next()) {
            (None, _) => Str::empty(),
            (Some(only), None) => *only,
            (Some(_), Some(_)) => {
                let mut text = bumpalo::collections::Vec::new_in(heap);
                parts
                    .iter()
                    .for_each(|part| text.extend_from_slice(part.as_bytes()));
                Str::from_bytes(text.into_bump_slice())
            }
        }
    }

    /// `[]byte(s)`: a copy with capacity rounded up to a size class, the spare bytes zero.
    ///
    /// **Go** runtime/string.go: stringtoslicebyte, rawbyteslice.
    #[must_use]
    #[doc(alias = "stringtoslicebyte")]
    pub fn to_bytes(self, heap: &'h Bump) -> Slice<'h, u8> {
        let mut array = NewArray::new(heap, roundupsize(self.len()));
        array.push_values(self.as_bytes());
        Slice::from_cells(array.finish(), self.len())
    }

    /// `[]rune(s)`: the runes of `s`, capacity rounded up to a size class, the spare ones zero.
    ///
    /// **Go** runtime/string.go: stringtoslicerune, rawruneslice.
    #[must_use]
    #[doc(alias = "stringtoslicerune")]
    pub fn to_runes(self, heap: &'h Bump) -> Slice<'h, Rune> {
        let len = self.runes().count();
        let mut array = NewArray::new(
            heap,
            roundupsize(len * size_of::<Rune>()) / size_of::<Rune>(),
        );
        for (_, rune) in self.runes() {
            array.push(rune);
        }
        Slice::from_cells(array.finish(), len)
    }

    /// `for i, r := range s`: each rune with the index of its first byte.
    #[must_use]
    pub const fn runes(self) -> Runes<'h> {
        Runes { text: self, at: 0 }
    }
}

/// The runes of a string, decoded one by one.
#[derive(Clone, Debug)]
pub struct Runes<'h> {
    text: Str<'h>,
    at: usize,
}

impl Iterator for Runes<'_> {
    type Item = (usize, Rune);

    fn next(&mut self) -> Option<(usize, Rune)> {
        let (rune, width) = decoderune(&self.text.as_bytes()[self.at..])?;
        let index = self.at;
        self.at += width;
        Some((index, rune))
    }
}

impl FusedIterator for Runes<'_> {}

impl<'h> Slice<'h, u8> {
    /// `string(b)`: a copy of the visible bytes.
    ///
    /// **Go** runtime/string.go: slicebytetostring.
    #[must_use]
    #[doc(alias = "slicebytetostring")]
    pub fn to_str(self, heap: &'h Bump) -> Str<'h> {
        match self.cells() {
            [] => Str::empty(),
            [byte] => Str::from_bytes(&STATICUINT64S[usize::from(byte.get())][..1]),
            bytes => Str::from_bytes(heap.alloc_slice_fill_with(bytes.len(), |i| bytes[i].get())),
        }
    }

    /// `append(b, s...)` with a string.
    ///
    /// # Panics
    ///
    /// As [`Slice::append`].
    #[must_use = "append returns the new header; the old one keeps its length"]
    #[track_caller]
    pub fn append_str(self, heap: &'h Bump, s: Str<'_>) -> Self {
        self.append_all(heap, s.as_bytes())
    }

    /// `copy(b, s)` with a string: overwrites the first bytes and says how many.
    ///
    /// **Go** runtime/slice.go: slicecopy.
    pub fn copy_from_str(self, s: Str<'_>) -> usize {
        let pairs = self.cells().iter().zip(s.as_bytes());
        let n = pairs.len();
        pairs.for_each(|(cell, byte)| cell.set(*byte));
        n
    }
}

impl<'h> Slice<'h, Rune> {
    /// `string(runes)`: UTF-8, with U+FFFD for what is no valid rune.
    ///
    /// **Go** runtime/string.go: slicerunetostring.
    #[must_use]
    #[doc(alias = "slicerunetostring")]
    pub fn to_str(self, heap: &'h Bump) -> Str<'h> {
        let mut text = bumpalo::collections::String::new_in(heap);
        text.extend(self.iter().map(encodable));
        Str::from_bytes(text.into_bump_str().as_bytes())
    }
}

impl Default for Str<'_> {
    /// Go's zero value: the empty string.
    fn default() -> Self {
        Self::empty()
    }
}

impl<'h> From<&'h str> for Str<'h> {
    /// A string literal; the empty one has a zero data word, as Go's has.
    fn from(text: &'h str) -> Self {
        if text.is_empty() {
            Self::empty()
        } else {
            Self::from_bytes(text.as_bytes())
        }
    }
}

impl PartialEq for Str<'_> {
    /// Go's `==`: the same bytes, wherever they lie.
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Str<'_> {}

impl PartialEq<str> for Str<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Str<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialOrd for Str<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str<'_> {
    /// Go's `<`: byte by byte.
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for Str<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Display for Str<'_> {
    /// The text; bad bytes show as U+FFFD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(self.as_bytes()))
    }
}

impl fmt::Debug for Str<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.as_bytes().escape_ascii())
    }
}

impl<T: fmt::Display + Default> fmt::Display for Slice<'_, T> {
    /// As Go's `fmt.Println` shows a slice of integers, strings or bools: `[12 1 2 3 4]`, nil as
    /// `[]`. Floats are written as Rust writes them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (i, cell) in self.cells().iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            peek(cell, |value| write!(f, "{gap}{value}"))?;
        }
        f.write_str("]")
    }
}
