//! What every twin needs: panics turned into text, addresses turned into numbers, a checksum.
//!
//! A *twin* is the Rust half of a script machine. It replays the script that real Go replays, on
//! the crate under test, and answers each operation in the same words; the comparison is then a
//! comparison of lines. Two things must not reach those lines: addresses, which differ from run to
//! run, and our own panic machinery.
//!
//! ```text
//!   address 0x7f20_4410 ──Ranges──▶ range 2, byte 16 ──▶ `a2+2`   (8-byte elements)
//! ```
//!
//! M1  Ranges are numbered by first appearance and never overlap: neither heap gives memory out
//!     again while a script runs.
//! M2  Silence is per thread: a panic elsewhere in the process is reported as ever.

pub(crate) mod elem;
pub mod map;
pub mod slice;

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, panics on this thread are not reported on stderr (M2).
struct Silence {
    before: bool,
}

impl Silence {
    /// The process's hook is wrapped once and for all: taking it out and putting it back around
    /// each replay would swallow the report of a test that fails meanwhile on another thread.
    fn begin() -> Silence {
        static WRAP: Once = Once::new();
        WRAP.call_once(|| {
            let previous = take_hook();
            set_hook(Box::new(move |info| {
                if !SILENT.get() {
                    previous(info);
                }
            }));
        });
        Silence {
            before: SILENT.replace(true),
        }
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        SILENT.set(self.before);
    }
}

/// Runs one operation and returns its value, or the text of its panic.
///
/// The operation must store its effects last, so that what it leaves behind after a panic is what
/// was there before: then it is as unwind safe as Go's `recover` makes it there.
///
/// # Panics
/// Passes on a panic whose payload is no text; Go's panics, and ours that stand for them, have one.
pub(crate) fn recovered<R>(operation: impl FnOnce() -> R) -> Result<R, String> {
    let silence = Silence::begin();
    let outcome = catch_unwind(AssertUnwindSafe(operation));
    drop(silence);
    outcome.map_err(text_of)
}

fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => match payload.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(other) => resume_unwind(other),
        },
    }
}

/// Memory seen so far: entry `i` is the range numbered `i`, from its base to its end in bytes.
#[derive(Debug, Default)]
pub(crate) struct Ranges(Vec<std::ops::Range<usize>>);

/// What the data word of a header points at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// The word is zero.
    Nil,
    /// The word is not zero, and owns no byte of any range.
    Zero,
    /// Range `number`, `offset` bytes from its base.
    In {
        /// The range's number.
        number: usize,
        /// Bytes from its base.
        offset: usize,
    },
}

impl Ranges {
    /// Finds `address`; an address in no range begins one of `bytes` bytes, if it owns any (M1).
    pub(crate) fn locate(&mut self, address: usize, bytes: usize) -> Where {
        if address == 0 {
            return Where::Nil;
        }
        if let Some(number) = self.0.iter().position(|range| range.contains(&address)) {
            return Where::In {
                number,
                offset: address - self.0[number].start,
            };
        }
        if bytes == 0 {
            return Where::Zero;
        }
        self.0.push(address..address + bytes);
        Where::In {
            number: self.0.len() - 1,
            offset: 0,
        }
    }
}

/// The FNV-1a checksum of nothing.
pub(crate) const FNV1A_START: u64 = 0xcbf2_9ce4_8422_2325;

/// The FNV-1a checksum, 64 bits.
pub(crate) fn fnv1a(data: &[u8]) -> u64 {
    fnv1a_from(FNV1A_START, data)
}

/// The FNV-1a checksum of what led to `hash`, and of `data` behind it.
pub(crate) fn fnv1a_from(mut hash: u64, data: &[u8]) -> u64 {
    for &byte in data {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// k itself for word 0, and a fixed scramble of k and j for any other word j.
pub(crate) fn mix(k: u64, j: u64) -> u64 {
    if j == 0 {
        return k;
    }
    let x = k.wrapping_add(j).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^ x >> 29
}
