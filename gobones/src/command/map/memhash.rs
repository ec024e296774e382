//! Go's string as a key, and the hash that Go gives it where the processor has no AES.
//!
//! ```text
//!   "go"   16 bytes in the bucket: address and length      the text lies elsewhere, as in Go
//!
//!   hash0 ^ hashkey ^ M1 ──▶ seed        n ≤ 16:  a, b = first and last bytes, which may overlap
//!                                        n > 16:  seed takes in 48 or 16 bytes at a time,
//!                                                 a, b = the last 16 bytes
//!   hash = mix(M5 ^ n, mix(a ^ M2, b ^ seed))             mix: both halves of the 128-bit product
//! ```
//!
//! Go's other hash, of AES instructions, mixes as well, but not every machine has them, and the
//! same file is to fill the same buckets everywhere.
//!
//! Go: runtime/hash64.go: memhashFallback, mix; runtime/alg.go: strhashFallback, hashkey.
//! Differs: Go draws `hashkey` from the system when the program starts; here it is made from
//! `--hash-seed`.

use std::hash::{BuildHasher, Hasher};

use hmap::Key;
use layout::{Describe, Leaves};
use serde::{Serialize, Serializer};

/// Characters of a key that are shown; a line may have millions.
const SHOWN_MAX: usize = 48;

const M1: u64 = 0xa076_1d64_78bd_642f;
const M2: u64 = 0xe703_7ed1_a0b4_28db;
const M3: u64 = 0x8ebc_6af0_9c88_c6e3;
const M4: u64 = 0x5899_65cc_7537_4cc3;
const M5: u64 = 0x1d8e_4e27_c47d_124f;

/// A line of the input: any bytes, as in Go's `string`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GoString(Box<[u8]>);

const _: () = assert!(size_of::<GoString>() == 16, "Go's string has 16 bytes");

/// What all hashes of a program depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct HashKey(pub(super) u64);

/// A hash under way: first a seed is written, then the text.
#[derive(Debug)]
pub(super) struct MemHash {
    key: HashKey,
    hash: u64,
}

impl From<&[u8]> for GoString {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl GoString {
    /// Bytes of the text.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The text, with its end cut off if it is long; nothing if it is not UTF-8.
    fn shown(&self) -> Option<String> {
        let text = std::str::from_utf8(&self.0).ok()?;
        let mut shown: String = text.chars().take(SHOWN_MAX).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Some(shown)
    }

    /// The text in quotes, with escapes for what is not printable; its end is cut off if it is
    /// long.
    pub(super) fn quoted(&self) -> String {
        let (mut text, mut left) = (String::from("\""), SHOWN_MAX);
        for chunk in self.0.utf8_chunks() {
            for c in chunk.valid().chars() {
                if left == 0 {
                    return text + "…\"";
                }
                left -= 1;
                match c {
                    '\'' => text.push(c),
                    _ => text.extend(c.escape_debug()),
                }
            }
            for byte in chunk.invalid() {
                if left == 0 {
                    return text + "…\"";
                }
                left -= 1;
                text.push_str(&format!("\\x{byte:02x}"));
            }
        }
        text + "\""
    }
}

impl Key for GoString {
    fn equal(&self, other: &Self) -> bool {
        self == other
    }

    #[inline]
    fn hash<S: BuildHasher>(&self, build: &S, seed: u32) -> u64 {
        let mut hasher = build.build_hasher();
        hasher.write_u32(seed);
        hasher.write(&self.0);
        hasher.finish()
    }
}

impl Describe for GoString {
    fn type_name() -> String {
        "string".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        match self.shown() {
            Some(text) => text.as_str().describe(leaves),
            None => leaves.vacant(
                "",
                0,
                (Self::type_name(), size_of::<Self>()),
                &self.quoted(),
            ),
        }
    }
}

impl Serialize for GoString {
    /// A text where the bytes are UTF-8, otherwise a list of numbers: nothing is lost.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_seq(&self.0),
        }
    }
}

impl BuildHasher for HashKey {
    type Hasher = MemHash;

    fn build_hasher(&self) -> MemHash {
        MemHash {
            key: *self,
            hash: 0,
        }
    }
}

impl Hasher for MemHash {
    fn write_u32(&mut self, seed: u32) {
        self.hash = seed.into();
    }

    #[inline]
    fn write(&mut self, text: &[u8]) {
        self.hash = memhash(text, self.hash, self.key);
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}

/// The hash of `text` under `seed`.
///
/// **Go** runtime/hash64.go: memhashFallback.
fn memhash(text: &[u8], seed: u64, key: HashKey) -> u64 {
    let (n, seed) = (text.len(), seed ^ key.0 ^ M1);
    let byte = |at: usize| u64::from(text[at]);
    let (a, b, seed) = match n {
        0 => return seed,
        1..=3 => (byte(0) | byte(n / 2) << 8 | byte(n - 1) << 16, 0, seed),
        4..=7 => (read4(text, 0), read4(text, n - 4), seed),
        8..=16 => (read8(text, 0), read8(text, n - 8), seed),
        _ => (read8(text, n - 16), read8(text, n - 8), fold(text, seed)),
    };
    mix(M5 ^ n as u64, mix(a ^ M2, b ^ seed))
}

/// Takes all but the last one to sixteen bytes of a longer text into the seed.
fn fold(mut text: &[u8], mut seed: u64) -> u64 {
    if text.len() > 48 {
        let (mut seed1, mut seed2) = (seed, seed);
        while text.len() > 48 {
            seed = mix(read8(text, 0) ^ M2, read8(text, 8) ^ seed);
            seed1 = mix(read8(text, 16) ^ M3, read8(text, 24) ^ seed1);
            seed2 = mix(read8(text, 32) ^ M4, read8(text, 40) ^ seed2);
            text = &text[48..];
        }
        seed ^= seed1 ^ seed2;
    }
    while text.len() > 16 {
        seed = mix(read8(text, 0) ^ M2, read8(text, 8) ^ seed);
        text = &text[16..];
    }
    seed
}

fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product >> 64) as u64 ^ product as u64
}

fn read4(text: &[u8], at: usize) -> u64 {
    let bytes = text[at..at + 4].try_into().expect("four bytes");
    u32::from_le_bytes(bytes).into()
}

fn read8(text: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(text[at..at + 8].try_into().expect("eight bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Printed by a Go 1.19.8 program that calls its runtime's memhashFallback by linkname, with
    /// hashkey[0] set to this key, over the first bytes of the text below.
    const GO: [(usize, u64); 21] = [
        (0, 0x3e41_64dd_2ac2_95f6),
        (1, 0xe849_1934_25ea_b0c9),
        (2, 0x9aff_94de_c8b8_3aef),
        (3, 0x969c_fd22_1ec9_1468),
        (4, 0xab83_04bc_038f_850e),
        (5, 0x6ca7_269b_4e12_de95),
        (7, 0xf612_c060_842c_99a2),
        (8, 0xf84d_1217_15dc_2686),
        (9, 0x313b_2075_65dc_0a1d),
        (16, 0xe9c4_eca0_4cad_620e),
        (17, 0x6a84_766f_639c_fcee),
        (31, 0xebcc_9d63_b51f_5439),
        (32, 0xa0c9_5268_57c5_2f37),
        (33, 0x03a6_083e_a2ef_a8ee),
        (48, 0x1e7f_f357_df23_9f78),
        (49, 0x0947_f0f3_0730_ca81),
        (64, 0xa88d_0cf0_e96a_cf80),
        (96, 0x5897_2283_d36b_8e43),
        (97, 0x2662_9187_df8f_0ce2),
        (160, 0xf72a_8554_ef22_e07c),
        (200, 0x82a2_2415_927f_c9c1),
    ];

    #[test]
    fn a_string_has_the_hash_that_go_gives_it_without_aes() {
        let text: Vec<u8> = (0..200_u8)
            .map(|i| i.wrapping_mul(7).wrapping_add(3))
            .collect();
        for (n, hash) in GO {
            let key = GoString::from(&text[..n]);
            let ours = Key::hash(&key, &HashKey(0x9e37_79b9_7f4a_7c15), 0x2d35_8dcc);
            assert_eq!(ours, hash, "{n} bytes");
        }
    }

    #[test]
    fn a_key_is_shown_in_quotes_with_escapes_and_cut_when_long() {
        let quoted = |bytes: &[u8]| GoString::from(bytes).quoted();
        assert_eq!(quoted(b""), r#""""#);
        assert_eq!(quoted("it's 值".as_bytes()), r#""it's 值""#);
        assert_eq!(
            quoted(b"a\t\"\\\x1b[1m\xff\x80"),
            r#""a\t\"\\\u{1b}[1m\xff\x80""#
        );
        assert_eq!(quoted(&[b'a'; 48]), format!("\"{}\"", "a".repeat(48)));
        assert_eq!(quoted(&[b'a'; 49]), format!("\"{}…\"", "a".repeat(48)));
        assert_eq!(quoted(&[0xff; 49]), format!("\"{}…\"", "\\xff".repeat(48)));
    }

    #[test]
    fn no_byte_of_a_key_is_lost_in_json() {
        let json = |bytes: &[u8]| serde_json::to_string(&GoString::from(bytes)).expect("JSON");
        assert_eq!(json(b"a\r"), r#""a\r""#);
        assert_eq!(json(b"a\xff"), "[97,255]");
    }
}
