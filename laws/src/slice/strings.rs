//! Strings: bytes that nobody writes, read as runes on the way.
//!
//! ```text
//!   "a中\xff"      a  │ e4 b8 ad │ ff         len 5
//!   range          a  │    中    │ U+FFFD     indexes 0, 1, 4: every byte is in one step
//! ```
//!
//! The oracle for runes asks, for each width from 1 to 4, whether these bytes are one character.
//!
//! Go: runtime/string.go: stringtoslicebyte, slicebytetostring, stringtoslicerune;
//! runtime/utf8.go: decoderune.

use bumpalo::Bump;
use proptest::collection::vec;
use proptest::sample::select;
use proptest::strategy::Strategy;
use slice::{Rune, Str};

use super::AREA;
use super::program::program;
use crate::{Law, Text, dials, hold, same, search};

const CHAPTER: &str = "strings";

/// Pieces that strings are made of: whole characters of each width.
const CHARACTERS: [&[u8]; 5] = [b"a", b"Z", "π".as_bytes(), "中".as_bytes(), "😀".as_bytes()];

/// Pieces that are no characters: a lone continuation byte, bytes that never occur, a character cut
/// short, over-long forms, a surrogate, a rune above the last one.
const BAD: [&[u8]; 8] = [
    b"\x80",
    b"\xff",
    b"\xe4\xb8",
    b"\xf0\x9f\x98",
    b"\xc0\x80",
    b"\xe0\x80\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
];

/// The bytes as a Go string literal: characters as they are, other bytes as `\xff`.
fn quoted(bytes: &[u8]) -> String {
    let character = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte.escape_ascii().to_string(),
        Ok(_) | Err(_) => c.to_string(),
    };
    let inside: String = bytes
        .utf8_chunks()
        .map(|chunk| {
            let valid: String = chunk.valid().chars().map(character).collect();
            format!("{valid}{}", chunk.invalid().escape_ascii())
        })
        .collect();
    format!("\"{inside}\"")
}

/// Strings of up to eight pieces.
fn strings(pieces: Vec<&'static [u8]>) -> impl Strategy<Value = Vec<u8>> {
    vec(select(pieces), 0..=8).prop_map(|pieces| pieces.concat())
}

pub(crate) const CONVERSIONS_COPY: Law = Law {
    name: "conversions-between-string-and-bytes-copy",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "[]byte(s) and string(b) copy: writing the bytes afterwards never changes the string.",
        zh: "[]byte(s) 和 string(b) 都会复制：之后再写字节，字符串不会变。",
    },
    go: "runtime/string.go: stringtoslicebyte, slicebytetostring",
    search: |run| {
        let pieces = [CHARACTERS.as_slice(), &BAD].concat();
        let texts = (strings(pieces), dials([0..=31])).prop_map(|(bytes, [i])| {
            let i = i % bytes.len().max(1);
            let s = quoted(&bytes);
            let text =
                format!("s := {s}; b := []byte(s); b[{i}] = 'x'; t := string(b); b[{i}] = 'y'");
            program((bytes, i), text)
        });
        search(run, &texts, |program| {
            let (bytes, i) = &program.parts;
            let heap = Bump::new();
            let s = Str::from_bytes(heap.alloc_slice_copy(bytes));
            let b = s.to_bytes(&heap);
            if bytes.is_empty() {
                return hold(
                    b.is_empty() && b.to_str(&heap).is_empty(),
                    "b is not empty",
                    "b 不为空",
                );
            }
            b.set(*i, b'x');
            let t = b.to_str(&heap);
            b.set(*i, b'y');
            let mut changed = bytes.clone();
            changed[*i] = b'x';
            same("s", quoted(s.as_bytes()), quoted(bytes))?;
            same("t", quoted(t.as_bytes()), quoted(&changed))
        })
    },
};

pub(crate) const SUBSTRING_SHARES: Law = Law {
    name: "a-substring-shares-the-bytes",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "s[a:b] copies no byte: unless it is empty, it points into s, at index a.",
        zh: "s[a:b] 不复制任何字节：只要不为空，它就指向 s 里下标 a 的位置。",
    },
    go: "cmd/compile/internal/ssagen/ssa.go: slice",
    search: |run| {
        let cuts = dials([0..=9, 1..=9, 0..=9]).prop_map(|[a, width, behind]| {
            let (b, n) = (a + width, a + width + behind);
            let bytes: Vec<u8> = (b'a'..=b'z').cycle().take(n).collect();
            let text = format!("s := {}; t := s[{a}:{b}]", quoted(&bytes));
            program((bytes, a, b), text)
        });
        search(run, &cuts, |program| {
            let (bytes, a, b) = &program.parts;
            let s = Str::from_bytes(bytes);
            let t = s.slice(*a..*b);
            same("t", quoted(t.as_bytes()), quoted(&bytes[*a..*b]))?;
            let inside = t.as_ptr() == bytes[*a..].as_ptr();
            hold(inside, "t lies somewhere else", "t 在别处")
        })
    },
};

/// The runes of `bytes` with the index of their first byte, found by trying each width.
fn runes_by_trying(bytes: &[u8]) -> Vec<(usize, Rune)> {
    let mut runes = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let one_character = |width: usize| {
            let text = str::from_utf8(bytes.get(at..at + width)?).ok()?;
            let mut characters = text.chars();
            let rune = u32::from(characters.next()?).cast_signed();
            characters.next().is_none().then_some((rune, width))
        };
        let (rune, width) = (1..=4).find_map(one_character).unwrap_or((0xFFFD, 1));
        runes.push((at, rune));
        at += width;
    }
    runes
}

pub(crate) const RANGE_COVERS_EVERY_BYTE: Law = Law {
    name: "range-covers-every-byte-once",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "range over a string covers every byte exactly once; a byte that begins no code point \
             is U+FFFD and one byte wide.",
        zh: "range 遍历字符串时，每个字节恰好经过一次；不能构成码点的字节得到 U+FFFD，宽度为 1。",
    },
    go: "runtime/utf8.go: decoderune",
    search: |run| {
        let pieces = [CHARACTERS.as_slice(), &BAD].concat();
        let texts = strings(pieces).prop_map(|bytes| {
            let text = format!(
                "s := {}; for i, r := range s {{ fmt.Println(i, r) }}",
                quoted(&bytes)
            );
            program(bytes, text)
        });
        search(run, &texts, |program| {
            let bytes = &program.parts;
            let shown = |runes: Vec<(usize, Rune)>| {
                let words: Vec<String> = runes
                    .iter()
                    .map(|(i, rune)| format!("{i}:U+{rune:04X}"))
                    .collect();
                words.join(" ")
            };
            let ours = Str::from_bytes(bytes).runes().collect();
            same("range s", shown(ours), shown(runes_by_trying(bytes)))
        })
    },
};

pub(crate) const RUNES_AND_BACK: Law = Law {
    name: "valid-text-survives-the-way-through-runes",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "For valid UTF-8, []rune(s) has one element a code point, and string([]rune(s)) is s \
             again.",
        zh: "对合法的 UTF-8，[]rune(s) 每个码点一个元素，string([]rune(s)) 又变回 s。",
    },
    go: "runtime/string.go: stringtoslicerune, slicerunetostring",
    search: |run| {
        let texts = vec(select(CHARACTERS.to_vec()), 0..=8).prop_map(|pieces| {
            let bytes = pieces.concat();
            let text = format!("s := {}; r := []rune(s); t := string(r)", quoted(&bytes));
            program((bytes, pieces.len()), text)
        });
        search(run, &texts, |program| {
            let (bytes, characters) = &program.parts;
            let heap = Bump::new();
            let runes = Str::from_bytes(heap.alloc_slice_copy(bytes)).to_runes(&heap);
            same("len(r)", runes.len(), *characters)?;
            same("t", quoted(runes.to_str(&heap).as_bytes()), quoted(bytes))
        })
    },
};
