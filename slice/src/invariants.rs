//! `check`: what must hold of a slice whatever has been done to it.
//!
//! B1 to B4 are defined in backing.rs. Reading every cell, spare ones too, is the check of B1 that
//! a memory checker can see.

use crate::backing::Slice;
use crate::slicecopy::peek;

/// Walks the whole structure.
///
/// # Panics
///
/// When an invariant of backing.rs does not hold; the text names it.
pub fn check<T: Clone + Default>(s: Slice<'_, T>) {
    assert!(
        s.len() <= s.cap(),
        "B2: len {} above cap {}",
        s.len(),
        s.cap()
    );
    assert!(
        !s.is_nil() || s.cap() == 0,
        "B3: a nil slice of capacity {}",
        s.cap()
    );
    if size_of::<T>() > 0 {
        s.all_cells()
            .iter()
            .for_each(|cell| drop(peek(cell, T::clone)));
    }
}
