//! The keys of the map contests, numbered, the same in Rust and in Go.
//!
//! ```text
//!   number      0        1        2    …  n-1  │  n  …  2n-1
//!   key       k(0)     k(1)     k(2)   …       │  k(n) …            no two are the same
//!             └───────── in the map ─────────┘ └── never in it ──┘
//!
//!   asked       a round through a permutation of the map's numbers, CHUNK at a time
//! ```
//!
//! Key number i is what splitmix64 gives in its i-th step, as a `u64` or as its 16 hexadecimal
//! digits; a step is a bijection, so keys differ. Only half of what a lookup does would be timed if
//! the same few keys came in the same order: a processor learns the way through a thousand
//! branches. So a map below [`CHUNK`] entries is asked for [`CHUNK`] numbers drawn at random, a
//! larger one for all of its keys in random order.
//!
//! Strings are `&'static str`, as Go's are a pointer and a length and own nothing. The asked ones
//! are copies with a text of their own, in the order in which they are asked for; equal pointers
//! would spare some peers the comparison. The text lives as long as the program.

use std::cell::LazyCell;
use std::hash::Hash;
use std::rc::Rc;

use crate::measure::Dice;

/// Lookups in one repetition; every size is a divisor or a multiple of it.
pub(crate) const CHUNK: usize = 100_000;

/// Where the keys come from.
const KEYS: u64 = 5;

/// Where the order comes from in which they are asked for.
const ORDER: u64 = 7;

/// Something that is made at its first use and shared by the sides of a contest, so that a contest
/// costs nothing before its turn.
pub(crate) type Lazy<T> = Rc<LazyCell<T, Box<dyn FnOnce() -> T>>>;

/// Makes a [`Lazy`].
pub(crate) fn lazy<T>(make: impl FnOnce() -> T + 'static) -> Lazy<T> {
    Rc::new(LazyCell::new(Box::new(make)))
}

/// A kind of key.
pub(crate) trait Key: Copy + Ord + Hash + 'static {
    /// The keys of these numbers.
    fn keys(numbers: &[usize]) -> Vec<Self>;

    /// A number that takes reading the key to know.
    fn weight(self) -> u64;
}

/// Key number `i` as a number.
fn key(i: usize) -> u64 {
    Dice::after(KEYS, i as u64).draw()
}

impl Key for u64 {
    fn keys(numbers: &[usize]) -> Vec<Self> {
        numbers.iter().map(|&i| key(i)).collect()
    }

    fn weight(self) -> u64 {
        self
    }
}

impl Key for &'static str {
    fn keys(numbers: &[usize]) -> Vec<Self> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(16 * numbers.len());
        for &i in numbers {
            let key = key(i);
            let digit = |place: u32| DIGITS[(key >> (4 * place)) as usize % 16];
            text.extend((0..16).rev().map(|place| char::from(digit(place))));
        }
        let text: &'static str = text.leak();
        (0..numbers.len())
            .map(|at| &text[16 * at..16 * (at + 1)])
            .collect()
    }

    fn weight(self) -> u64 {
        self.len() as u64
    }
}

/// The keys that are put into a map of `n`, and beyond that as many as fill a chunk.
pub(crate) fn stored<K: Key>(n: usize) -> Vec<K> {
    K::keys(&(0..n.max(CHUNK)).collect::<Vec<_>>())
}

/// The keys that a map of `n` is asked for, a whole number of chunks, all of them in it.
pub(crate) fn present<K: Key>(n: usize) -> Vec<K> {
    K::keys(&asked(n))
}

/// The keys that a map of `n` is asked for, a whole number of chunks, none of them in it.
pub(crate) fn absent<K: Key>(n: usize) -> Vec<K> {
    let numbers: Vec<_> = asked(n).into_iter().map(|i| i + n).collect();
    K::keys(&numbers)
}

fn asked(n: usize) -> Vec<usize> {
    let mut dice = Dice::new(ORDER);
    if n < CHUNK {
        (0..CHUNK).map(|_| dice.below(n)).collect()
    } else {
        dice.order(n)
    }
}

/// A walk through keys, `step` at a time, that begins anew at the end.
#[derive(Debug, Default)]
pub(crate) struct Walk(usize);

impl Walk {
    /// The next `step` keys; their number divides that of all.
    pub(crate) fn next<'a, K>(&mut self, keys: &'a [K], step: usize) -> &'a [K] {
        let begin = self.0;
        self.0 = (begin + step) % keys.len();
        &keys[begin..begin + step]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_keys_are_the_same_and_the_absent_ones_are_not_stored() {
        let mut keys = stored::<u64>(CHUNK);
        keys.extend(absent::<u64>(CHUNK));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 2 * CHUNK);
    }

    #[test]
    fn a_map_that_fills_a_chunk_is_asked_for_each_of_its_keys_once() {
        let mut asked = present::<u64>(2 * CHUNK);
        let mut all = stored::<u64>(2 * CHUNK);
        assert_ne!(asked, all);
        asked.sort_unstable();
        all.sort_unstable();
        assert_eq!(asked, all);
    }

    #[test]
    fn a_text_is_its_number_in_hexadecimal() {
        let numbers = [0, 1, 999_999];
        let (texts, keys) = (<&str>::keys(&numbers), u64::keys(&numbers));
        for (text, key) in texts.iter().zip(keys) {
            assert_eq!(*text, format!("{key:016x}"));
        }
    }
}
