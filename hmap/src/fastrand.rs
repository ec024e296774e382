//! The random numbers of the runtime: one generator a thread.
//!
//! ```text
//!   state ── + 0xa0761d6478bd642f ──▶ state'
//!   state' × (state' ^ 0xe7037ed1a0b428db)  =  hi · lo  (128 bits)
//!   answer: the low half of hi ^ lo
//! ```
//!
//! A map draws from it its hash seed, the start of an iteration, the hash of a NaN, and, above
//! 2^15 buckets, whether an overflow bucket is counted. Nothing here is secret or strong; it has
//! to be cheap. With [`seed`] a program makes all of that repeatable: the same seed gives the same
//! seeds, starts and hashes, as it would in Go.
//!
//! Go: runtime/stubs.go: fastrand, fastrand64 (wyrand).
//! Differs: Go keeps the state with each M, we with each thread; Go has no way to set it.

use core::cell::Cell;
use core::hash::{BuildHasher, Hasher};

/// What the state moves by with each number drawn.
const STEP: u64 = 0xa076_1d64_78bd_642f;
/// What the state is multiplied with, after mixing.
const MIX: u64 = 0xe703_7ed1_a0b4_28db;

thread_local! {
    static STATE: Cell<u64> = Cell::new(unpredictable());
}

/// Draws 32 bits.
///
/// **Go** runtime/stubs.go: fastrand.
#[must_use]
pub fn fastrand() -> u32 {
    fastrand64() as u32
}

/// Draws 64 bits.
///
/// **Go** runtime/stubs.go: fastrand64.
#[doc(alias = "wyrand")]
#[must_use]
pub fn fastrand64() -> u64 {
    let next = state().wrapping_add(STEP);
    seed(next);
    let product = u128::from(next) * u128::from(next ^ MIX);
    (product >> 64) as u64 ^ product as u64
}

/// Sets this thread's generator, so that what follows can be repeated.
pub fn seed(state: u64) {
    STATE.set(state);
}

/// The state of this thread's generator.
#[must_use]
pub fn state() -> u64 {
    STATE.get()
}

/// A first state that differs from run to run and from thread to thread.
fn unpredictable() -> u64 {
    std::hash::RandomState::new().build_hasher().finish()
}
