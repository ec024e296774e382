//! What a `Vec` offers, for headers: iteration, collecting into a heap, equality, printing, serde.
//!
//! Go compares slices with nil only; here `==` compares elements, as everywhere in Rust. Printing
//! with `{}` is Go's (`[1 2 3]`), with `{:?}` Rust's (`[1, 2, 3]`).
//!
//! Go: encoding/json: a nil slice is `null`, an empty one `[]`; both come back as they were.
//! Differs: bytes of a string that are no UTF-8 are written as U+FFFD, as Go writes them too. A
//! `Str` can be read without a heap only where it can borrow (no escapes, no reader); with one,
//! [`Str::seed`] copies.

use core::fmt;
use core::marker::PhantomData;

use bumpalo::Bump;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::backing::{Slice, Str};
use crate::slice::Iter;
use crate::slicecopy::peek;

impl<'h, T: Clone + Default> Slice<'h, T> {
    /// Sets every visible element to the zero value and drops what was there; Go 1.21's `clear(s)`.
    pub fn clear(self) {
        self.cells().iter().for_each(|cell| cell.set(T::default()));
    }

    /// The visible elements as a `Vec` of their own.
    #[must_use]
    pub fn to_vec(self) -> Vec<T> {
        self.iter().collect()
    }

    /// Collects `values` by appending them one by one to nil.
    #[must_use]
    pub fn from_iter_in(heap: &'h Bump, values: impl IntoIterator<Item = T>) -> Self {
        let mut s = Self::nil();
        s.extend(heap, values);
        s
    }

    /// Appends each of `values`: `s = append(s, v)`.
    pub fn extend(&mut self, heap: &'h Bump, values: impl IntoIterator<Item = T>) {
        for value in values {
            *self = self.append(heap, value);
        }
    }

    /// A deserialiser's seed that puts the elements into `heap`.
    #[must_use]
    pub const fn seed(heap: &'h Bump) -> SliceSeed<'h, T> {
        SliceSeed {
            heap,
            elements: PhantomData,
        }
    }
}

impl<'h, T: Clone + Default> IntoIterator for Slice<'h, T> {
    type Item = T;
    type IntoIter = Iter<'h, T>;

    fn into_iter(self) -> Iter<'h, T> {
        self.iter()
    }
}

impl<T: fmt::Debug + Default> fmt::Debug for Slice<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for cell in self.cells() {
            peek(cell, |value| list.entry(value));
        }
        list.finish()
    }
}

impl<T: PartialEq + Clone + Default> PartialEq for Slice<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Eq + Clone + Default> Eq for Slice<'_, T> {}

impl<T: PartialEq + Clone + Default, const N: usize> PartialEq<[T; N]> for Slice<'_, T> {
    fn eq(&self, other: &[T; N]) -> bool {
        self.len() == N && self.iter().zip(other).all(|(ours, theirs)| ours == *theirs)
    }
}

impl<T: Serialize + Default> Serialize for Slice<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_nil() {
            return serializer.serialize_none();
        }
        let mut seq = serializer.serialize_seq(Some(self.len()))?;
        for cell in self.cells() {
            peek(cell, |value| seq.serialize_element(value))?;
        }
        seq.end()
    }
}

/// Reads a slice from a deserialiser into a heap; made by [`Slice::seed`].
pub struct SliceSeed<'h, T> {
    heap: &'h Bump,
    elements: PhantomData<T>,
}

impl<T> fmt::Debug for SliceSeed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SliceSeed")
    }
}

impl<'de, 'h, T: Deserialize<'de> + Clone + Default + 'h> DeserializeSeed<'de>
    for SliceSeed<'h, T>
{
    type Value = Slice<'h, T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, 'h, T: Deserialize<'de> + Clone + Default + 'h> Visitor<'de> for SliceSeed<'h, T> {
    type Value = Slice<'h, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of elements, or null for a nil slice")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Slice::nil())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut s = Slice::literal(self.heap, &[]);
        while let Some(value) = seq.next_element()? {
            s = s.append(self.heap, value);
        }
        Ok(s)
    }
}

impl Serialize for Str<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'h> Str<'h> {
    /// A deserialiser's seed that copies the text into `heap`.
    #[must_use]
    pub const fn seed(heap: &'h Bump) -> StrSeed<'h> {
        StrSeed { heap }
    }
}

/// Reads a string from a deserialiser into a heap; made by [`Str::seed`].
#[derive(Debug)]
pub struct StrSeed<'h> {
    heap: &'h Bump,
}

impl<'de, 'h> DeserializeSeed<'de> for StrSeed<'h> {
    type Value = Str<'h>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'h> Visitor<'_> for StrSeed<'h> {
    type Value = Str<'h>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Str::from(&*self.heap.alloc_str(text)))
    }
}

impl<'de: 'h, 'h> Deserialize<'de> for Str<'h> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Str::from)
    }
}
