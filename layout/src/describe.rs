//! How a value says what it is made of.
//!
//! ```text
//!   struct Slice { array, len, cap }     describe! walks the fields and asks each one in turn
//!        │
//!        ├── array   offset  0   pointer   address 0x7f…        leaves: what cannot be
//!        ├── len     offset  8   word      01 00 00 00 …        taken apart any further
//!        └── cap     offset 16   word      0a 00 00 00 …
//! ```
//!
//! *Leaf*: a number, a pointer, a flag: a run of bytes with one meaning. *Address*: the value of a
//! pointer, which differs from run to run; the canvas turns it into a label.
//!
//! D1  The leaves of a value do not overlap and lie within its size; what they leave out is
//!     padding.

use core::cell::Cell;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::ptr::NonNull;

use crate::picture::{Bytes, Extent};

/// What a pointer means that leads to no block of the picture.
pub(crate) const ELSEWHERE: &str = "elsewhere";
/// Leaves of a part drawn as a whole that are named before the rest is cut off.
const WHOLE_MAX: usize = 8;

/// A type whose values can be drawn.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what it is made of, so it cannot be drawn",
    label = "cannot be drawn",
    note = "write `layout::describe! {{ … }}` for it"
)]
pub trait Describe {
    /// The type's name in Go's words: `int`, `[]uint8`, `string`.
    fn type_name() -> String;

    /// Adds the leaves of this value to `leaves`.
    fn describe(&self, leaves: &mut Leaves);
}

/// A leaf as the value gave it.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) offset: usize,
    pub(crate) size: usize,
    pub(crate) bytes: Bytes,
    pub(crate) meaning: String,
    /// The address that a pointer leaf holds; `None` in a leaf that is no pointer, or in nil.
    pub(crate) address: Option<usize>,
    /// How far the holder of a pointer looks, where it says so.
    pub(crate) extent: Option<Extent>,
}

/// The leaves collected so far, and where in the whole the next value lies.
#[derive(Debug, Default)]
pub struct Leaves {
    path: String,
    offset: usize,
    pub(crate) list: Vec<Leaf>,
}

impl Leaves {
    /// Adds a leaf of plain bytes at the current place.
    pub fn plain(&mut self, type_name: String, bytes: &[u8], meaning: String) {
        let known = Bytes::Known(bytes.to_vec());
        self.push(type_name, bytes.len(), known, meaning, None);
    }

    /// Adds a pointer that holds `address`; 0 is nil.
    pub fn pointer(&mut self, type_name: String, address: usize) {
        let (meaning, target) = match address {
            0 => ("nil".to_string(), None),
            _ => (ELSEWHERE.to_string(), Some(address)),
        };
        let bytes = address.to_ne_bytes();
        let known = Bytes::Known(bytes.to_vec());
        self.push(type_name, bytes.len(), known, meaning, target);
    }

    /// Adds the leaves of `part`, a field called `name` that lies `offset` bytes into the value.
    ///
    /// `type_name` replaces the part's own name where Go has another word for it.
    pub fn part<T: Describe>(
        &mut self,
        name: &str,
        offset: usize,
        type_name: Option<&str>,
        part: &T,
    ) {
        let first = self.list.len();
        self.within(name, offset, |leaves| part.describe(leaves));
        if let (Some(type_name), [leaf]) = (type_name, &mut self.list[first..]) {
            leaf.type_name = type_name.to_string();
        }
    }

    /// Lets `describe` add leaves of a part called `name` that lies `offset` bytes into the value.
    pub fn within(&mut self, name: &str, offset: usize, describe: impl FnOnce(&mut Self)) {
        let path_bytes = self.path.len();
        let needs_dot = !self.path.is_empty() && !name.starts_with('[');
        self.path.push_str(if needs_dot { "." } else { "" });
        self.path.push_str(name);
        self.offset += offset;
        describe(self);
        self.offset -= offset;
        self.path.truncate(path_bytes);
    }

    /// Adds `part` as one leaf, whatever it is made of: what its leaves mean stands in braces, as
    /// Go prints a struct. Padding inside it is left out of the bytes.
    ///
    /// For the cells of a table, which have one name each. An arrow leads out of it only if `part`
    /// is a pointer and nothing else.
    pub fn whole<T: Describe>(&mut self, name: &str, offset: usize, part: &T) {
        let mut parts = Self::default();
        part.describe(&mut parts);
        let meaning = parts.summary();
        let (bytes, address) = match parts.list.as_slice() {
            [only] => (only.bytes.clone(), only.address),
            many => (joined(many), None),
        };
        self.within(name, offset, |leaves| {
            leaves.push(T::type_name(), size_of::<T>(), bytes, meaning, address);
        });
    }

    /// Adds a pointer to `part` that says what it points to, as [`Leaves::whole`] would.
    pub fn boxed<T: Describe>(&mut self, name: &str, offset: usize, part: &T) {
        let mut parts = Self::default();
        part.describe(&mut parts);
        let address = core::ptr::from_ref(part).addr();
        let (type_name, bytes) = (format!("*{}", T::type_name()), address.to_ne_bytes());
        let known = Bytes::Known(bytes.to_vec());
        self.within(name, offset, |leaves| {
            leaves.push(
                type_name,
                bytes.len(),
                known,
                parts.summary(),
                Some(address),
            );
        });
    }

    /// What all leaves mean, in one text; of many, the first few.
    fn summary(&self) -> String {
        let mut meanings: Vec<&str> = self.list.iter().map(|leaf| leaf.meaning.as_str()).collect();
        if meanings.len() > WHOLE_MAX {
            meanings.truncate(WHOLE_MAX);
            meanings.push("…");
        }
        let first = self.list.first().map_or("", |leaf| leaf.name.as_str());
        match meanings.as_slice() {
            [one] if first.is_empty() => (*one).to_string(),
            many if first.starts_with('[') => format!("[{}]", many.join(" ")),
            many => format!("{{{}}}", many.join(" ")),
        }
    }

    /// Adds the place of a part that is not there: its bytes have no meaning, or cannot be read.
    pub fn vacant(&mut self, name: &str, offset: usize, kind: (String, usize), meaning: &str) {
        let (type_name, size) = kind;
        self.within(name, offset, |leaves| {
            leaves.push(type_name, size, Bytes::Padding, meaning.to_string(), None);
        });
    }

    fn push(
        &mut self,
        type_name: String,
        size: usize,
        bytes: Bytes,
        meaning: String,
        address: Option<usize>,
    ) {
        self.list.push(Leaf {
            name: self.path.clone(),
            type_name,
            offset: self.offset,
            size,
            bytes,
            meaning,
            address,
            extent: None,
        });
    }

    /// Says how far the pointer in the field `name`, added before, lets its holder look.
    ///
    /// # Panics
    ///
    /// When no leaf of that name was added.
    #[track_caller]
    pub fn reach(&mut self, name: &str, extent: Extent) {
        let dot = if self.path.is_empty() { "" } else { "." };
        let name = format!("{}{dot}{name}", self.path);
        match self.list.iter_mut().rfind(|leaf| leaf.name == name) {
            Some(leaf) => leaf.extent = Some(extent),
            None => panic!("reach of {name}: no leaf of that name was added"),
        }
    }
}

/// The bytes of all these leaves; an address if there is one among them.
fn joined(leaves: &[Leaf]) -> Bytes {
    let mut all = Vec::new();
    for leaf in leaves {
        match (&leaf.bytes, leaf.address) {
            (Bytes::Known(bytes), None) => all.extend(bytes),
            (Bytes::Known(_) | Bytes::Address | Bytes::Padding, _) => return Bytes::Address,
        }
    }
    Bytes::Known(all)
}

/// Makes a `#[repr(C)]` type describe itself: its generics in brackets, the type, its name in Go's
/// words, its fields in order.
///
/// A type whose pointer sees only so much says how much behind `reach`: the field, and a closure
/// that gives the [`Extent`] for a value. A field that does not exist is a compile error:
///
/// ```compile_fail,E0609
/// #[repr(C)]
/// struct View {
///     data: *const u8,
///     len: usize,
/// }
/// layout::describe! {
///     impl[] View => "view" => { data, len }
///     reach date: |v| layout::Extent { len: v.len, cap: v.len }
/// }
/// ```
///
/// A field may carry Go's name for its type (`len: "int"`). Fields of no bytes (`PhantomData`)
/// stand behind a semicolon. Leaving a field out is a compile error.
///
/// ```
/// #[repr(C)]
/// struct Pair<T> {
///     first: T,
///     second: usize,
/// }
/// layout::describe! {
///     impl[T: layout::Describe] Pair<T> => "pair" => { first, second: "int" }
/// }
/// ```
#[macro_export]
macro_rules! describe {
    (
        impl[$($generics:tt)*] $type:ty => $name:expr => {
            $($field:ident $(: $field_type:literal)?),* $(,)? $(; $($empty:ident),*)?
        }
        $(reach $pointer:ident: $extent:expr)?
    ) => {
        impl<$($generics)*> $crate::Describe for $type {
            fn type_name() -> ::std::string::String {
                ::std::string::String::from($name)
            }

            fn describe(&self, leaves: &mut $crate::Leaves) {
                let Self { $($field,)* $($($empty: _,)*)? } = self;
                $(
                    let span = $crate::span_of!(Self, $field);
                    let type_name = [$($field_type)?].first().copied();
                    leaves.part(stringify!($field), span.start, type_name, $field);
                )*
                $(
                    let _ = &self.$pointer;
                    let extent: fn(&Self) -> $crate::Extent = $extent;
                    leaves.reach(stringify!($pointer), extent(self));
                )?
            }
        }
    };
}

macro_rules! number {
    ($($rust:ty => $go:literal)*) => {$(
        impl Describe for $rust {
            fn type_name() -> String {
                $go.to_string()
            }

            fn describe(&self, leaves: &mut Leaves) {
                leaves.plain($go.to_string(), &self.to_ne_bytes(), self.to_string());
            }
        }
    )*};
}
number! {
    i8 => "int8" i16 => "int16" i32 => "int32" i64 => "int64" isize => "int"
    u8 => "uint8" u16 => "uint16" u32 => "uint32" u64 => "uint64" usize => "uint"
    f32 => "float32" f64 => "float64"
}

impl Describe for bool {
    fn type_name() -> String {
        "bool".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        leaves.plain(Self::type_name(), &[u8::from(*self)], self.to_string());
    }
}

impl Describe for () {
    fn type_name() -> String {
        "struct{}".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        leaves.plain(Self::type_name(), &[], "{}".to_string());
    }
}

impl<T: Describe, const N: usize> Describe for [T; N] {
    fn type_name() -> String {
        format!("[{N}]{}", T::type_name())
    }

    fn describe(&self, leaves: &mut Leaves) {
        for (i, element) in self.iter().enumerate() {
            leaves.part(&format!("[{i}]"), i * size_of::<T>(), None, element);
        }
    }
}

impl<T: Describe + Copy> Describe for Cell<T> {
    fn type_name() -> String {
        T::type_name()
    }

    fn describe(&self, leaves: &mut Leaves) {
        self.get().describe(leaves);
    }
}

/// Nothing is drawn of it: it has no bytes.
impl<T: ?Sized> Describe for PhantomData<T> {
    fn type_name() -> String {
        <()>::type_name()
    }

    fn describe(&self, _: &mut Leaves) {}
}

impl Describe for char {
    fn type_name() -> String {
        "rune".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        let bytes = u32::from(*self).to_ne_bytes();
        leaves.plain(Self::type_name(), &bytes, format!("{self:?}"));
    }
}

/// One leaf with an arrow to the text. Rust does not say in what order a `String` keeps its three
/// words, so they cannot be told apart, and their bytes are never shown.
impl Describe for String {
    fn type_name() -> String {
        "String".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        let address = (self.capacity() > 0).then(|| self.as_ptr().addr());
        let (size, text) = (size_of::<Self>(), format!("{self:?}"));
        leaves.push(Self::type_name(), size, Bytes::Address, text, address);
        let (len, cap) = (self.len(), self.capacity());
        if let Some(leaf) = leaves.list.last_mut() {
            leaf.extent = Some(Extent { len, cap });
        }
    }
}

/// One leaf with an arrow to the text, as for `String`: 16 bytes, as Go's `string` has.
impl Describe for &str {
    fn type_name() -> String {
        "string".to_string()
    }

    fn describe(&self, leaves: &mut Leaves) {
        let address = (!self.is_empty()).then(|| self.as_ptr().addr());
        let (size, text) = (size_of::<Self>(), format!("{self:?}"));
        leaves.push(Self::type_name(), size, Bytes::Address, text, address);
        if let Some(leaf) = leaves.list.last_mut() {
            let len = self.len();
            leaf.extent = Some(Extent { len, cap: len });
        }
    }
}

macro_rules! tuple {
    ($($part:ident $index:tt),*) => {
        /// The parts lie where the compiler put them, which need not be their order.
        impl<$($part: Describe),*> Describe for ($($part,)*) {
            fn type_name() -> String {
                format!("({})", [$($part::type_name()),*].join(", "))
            }

            fn describe(&self, leaves: &mut Leaves) {
                $(
                    let name = stringify!($index);
                    leaves.part(name, offset_of!(Self, $index), None, &self.$index);
                )*
            }
        }
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);

macro_rules! pointer {
    ($($pointer:ty: |$held:ident| $address:expr;)*) => {$(
        impl<T> Describe for $pointer {
            fn type_name() -> String {
                "pointer".to_string()
            }

            fn describe(&self, leaves: &mut Leaves) {
                let $held = self;
                leaves.pointer(Self::type_name(), $address);
            }
        }
    )*};
}
pointer! {
    *const T: |held| held.addr();
    *mut T: |held| held.addr();
    NonNull<T>: |held| held.addr().get();
    &T: |held| core::ptr::from_ref::<T>(held).addr();
    Option<NonNull<T>>: |held| held.map_or(0, |pointer| pointer.addr().get());
    Option<&T>: |held| held.map_or(0, |target| core::ptr::from_ref::<T>(target).addr());
}
