//! Two sets together: what is in both, in one of them, in one but not the other.
//!
//! ```text
//!                          a = {1 2 3}   b = {2 3 4}
//!   a | b   union                  {1 2 3 4}      the larger, then what it lacks
//!   a & b   intersection             {2 3}        the smaller one, as far as the larger has it
//!   a - b   difference             {1}            a, as far as b does not have it
//!   a ^ b   symmetric_difference   {1     4}      a - b, then b - a
//! ```
//!
//! The methods borrow both sets and yield references; the operators clone into a set of their own.
//!
//! Go: nothing.

use core::fmt;
use core::hash::BuildHasher;
use core::iter::{Chain, FusedIterator};
use core::ops::{BitAnd, BitOr, BitXor, Sub};

use crate::alg::Key;
use crate::set::{Iter, Set};

/// The values of two sets that are in one of them or in both.
#[must_use = "iterators do nothing until they are walked"]
pub struct Union<'a, T, S> {
    inner: Chain<Iter<'a, T>, Difference<'a, T, S>>,
}

/// The values that are in both of two sets.
#[must_use = "iterators do nothing until they are walked"]
pub struct Intersection<'a, T, S> {
    values: Iter<'a, T>,
    other: &'a Set<T, S>,
}

/// The values of one set that are not in another.
#[must_use = "iterators do nothing until they are walked"]
pub struct Difference<'a, T, S> {
    values: Iter<'a, T>,
    other: &'a Set<T, S>,
}

/// The values of two sets that are in exactly one of them.
#[must_use = "iterators do nothing until they are walked"]
pub struct SymmetricDifference<'a, T, S> {
    inner: Chain<Difference<'a, T, S>, Difference<'a, T, S>>,
}

impl<T: Key, S: BuildHasher> Set<T, S> {
    /// The values that are in one of the sets or in both.
    pub fn union<'a>(&'a self, other: &'a Self) -> Union<'a, T, S> {
        let (larger, smaller) = larger_first(self, other);
        let inner = larger.iter().chain(smaller.difference(larger));
        Union { inner }
    }

    /// The values that are in both sets.
    pub fn intersection<'a>(&'a self, other: &'a Self) -> Intersection<'a, T, S> {
        let (larger, smaller) = larger_first(self, other);
        Intersection {
            values: smaller.iter(),
            other: larger,
        }
    }

    /// The values of this set that are not in `other`.
    pub fn difference<'a>(&'a self, other: &'a Self) -> Difference<'a, T, S> {
        Difference {
            values: self.iter(),
            other,
        }
    }

    /// The values that are in exactly one of the sets.
    pub fn symmetric_difference<'a>(&'a self, other: &'a Self) -> SymmetricDifference<'a, T, S> {
        let inner = self.difference(other).chain(other.difference(self));
        SymmetricDifference { inner }
    }

    /// Whether no value is in both sets.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).next().is_none()
    }

    /// Whether every value of this set is in `other`.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.len() <= other.len() && self.iter().all(|value| other.contains(value))
    }

    /// Whether every value of `other` is in this set.
    #[must_use]
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }
}

fn larger_first<'a, T, S>(a: &'a Set<T, S>, b: &'a Set<T, S>) -> (&'a Set<T, S>, &'a Set<T, S>) {
    if a.len() >= b.len() { (a, b) } else { (b, a) }
}

impl<'a, T: Key, S: BuildHasher> Iterator for Intersection<'a, T, S> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.values.find(|value| self.other.contains(*value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.values.len()))
    }

    fn fold<B, F: FnMut(B, &'a T) -> B>(self, init: B, f: F) -> B {
        let Self { values, other } = self;
        values.filter(|value| other.contains(*value)).fold(init, f)
    }
}

impl<'a, T: Key, S: BuildHasher> Iterator for Difference<'a, T, S> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.values.find(|value| !self.other.contains(*value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.values.len();
        (left.saturating_sub(self.other.len()), Some(left))
    }

    fn fold<B, F: FnMut(B, &'a T) -> B>(self, init: B, f: F) -> B {
        let Self { values, other } = self;
        values.filter(|value| !other.contains(*value)).fold(init, f)
    }
}

/// What the four iterators share; two of them forward to what they are made of.
macro_rules! set_iterator {
    ($name:ident { $($field:ident),+ }) => {
        impl<T: Key, S: BuildHasher> FusedIterator for $name<'_, T, S> {}

        impl<T, S> Clone for $name<'_, T, S> {
            fn clone(&self) -> Self {
                Self { $($field: self.$field.clone()),+ }
            }
        }

        impl<T: fmt::Debug + Key, S: BuildHasher> fmt::Debug for $name<'_, T, S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    };
    ($name:ident) => {
        impl<'a, T: Key, S: BuildHasher> Iterator for $name<'a, T, S> {
            type Item = &'a T;

            fn next(&mut self) -> Option<&'a T> {
                self.inner.next()
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }

            fn fold<B, F: FnMut(B, &'a T) -> B>(self, init: B, f: F) -> B {
                self.inner.fold(init, f)
            }
        }

        set_iterator!($name { inner });
    };
}

set_iterator!(Intersection { values, other });
set_iterator!(Difference { values, other });
set_iterator!(Union);
set_iterator!(SymmetricDifference);

macro_rules! set_operator {
    ($trait:ident, $operator:ident, $method:ident, $what:literal) => {
        impl<T: Key + Clone, S: BuildHasher + Default> $trait<&Set<T, S>> for &Set<T, S> {
            type Output = Set<T, S>;

            #[doc = $what]
            fn $operator(self, other: &Set<T, S>) -> Set<T, S> {
                self.$method(other).cloned().collect()
            }
        }
    };
}

set_operator!(
    BitOr,
    bitor,
    union,
    "A set of clones of what is in one of the sets or in both."
);
set_operator!(
    BitAnd,
    bitand,
    intersection,
    "A set of clones of what is in both sets."
);
set_operator!(
    Sub,
    sub,
    difference,
    "A set of clones of what is in the first set only."
);
set_operator!(
    BitXor,
    bitxor,
    symmetric_difference,
    "A set of clones of what is in just one set."
);
