//! From described values to a picture: gaps become padding, addresses become arrows.
//!
//! ```text
//!   value("s", header)      s.array holds 0x7f10          block a1 lies at 0x7f10..0x7f60
//!   array("a1", 0x7f10, …)        │                              ▲
//!   finish()                      └── is it in a block's range? ─┘   yes: arrow s.array ──▶ a1
//! ```
//!
//! K1  Every value shown lives until the picture is made, so no two of them lie at one address.
//!
//! P1 to P3 (picture.rs) are established here.

use core::marker::PhantomData;
use core::ops::Range;

use crate::describe::{Describe, Leaf, Leaves};
use crate::picture::{Arrow, Block, Bytes, Extent, Field, Picture, Shape};

/// Collects the values of a picture, which must live as long (K1).
///
/// A value that dies before leaves its place to the next, and arrows to the one would be drawn to
/// the other; so this does not compile:
///
/// ```compile_fail,E0597
/// let mut canvas = layout::Canvas::new();
/// for i in 0..2_u32 {
///     let value = i * 10;
///     canvas.value(&format!("v{i}"), &value);
/// }
/// println!("{:?}", canvas.finish());
/// ```
#[derive(Debug, Default)]
pub struct Canvas<'a> {
    placed: Vec<Placed>,
    landmarks: Vec<(usize, String)>,
    addresses: bool,
    /// The borrow of the values.
    values: PhantomData<&'a ()>,
}

/// A block and where it lies.
#[derive(Debug)]
struct Placed {
    block: Block,
    at: Range<usize>,
    pointers: Vec<Pointer>,
}

/// A pointer field that is not nil: its place among the fields of its block, what it holds, and how
/// far it looks.
#[derive(Debug)]
struct Pointer {
    field: usize,
    address: usize,
    extent: Option<Extent>,
}

impl<'a> Canvas<'a> {
    /// An empty canvas.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows the bytes of pointers too. They differ from run to run, so nothing that is recorded
    /// may ask for this.
    #[must_use]
    pub fn with_addresses(mut self, addresses: bool) -> Self {
        self.addresses = addresses;
        self
    }

    /// Adds a block that shows `value`, placed where `value` lies.
    ///
    /// # Panics
    ///
    /// When `label` is taken.
    pub fn value<T: Describe>(&mut self, label: &str, value: &'a T) {
        let mut leaves = Leaves::default();
        value.describe(&mut leaves);
        let start = core::ptr::from_ref(value).addr();
        self.place(
            label,
            T::type_name(),
            Shape::Struct,
            start,
            size_of::<T>(),
            leaves,
        );
    }

    /// Adds a block that shows an array of `elements`, placed at the address `start`.
    ///
    /// The elements may be copies of those that lie there. References are drawn as pointers, so an
    /// iterator over `&T` needs `copied` or `cloned`. That the array outlives the canvas (K1) is
    /// the caller's business.
    ///
    /// # Panics
    ///
    /// When `label` is taken.
    pub fn array<T: Describe>(
        &mut self,
        label: &str,
        start: usize,
        elements: impl IntoIterator<Item = T>,
    ) {
        let elements: Vec<T> = elements.into_iter().collect();
        let shape = (size_of::<T>(), elements.len());
        self.cells(label, &T::type_name(), start, shape, |i, leaves| {
            elements[i].describe(leaves);
        });
    }

    /// Adds a block that shows `n` cells of `cell_bytes` each, placed at the address `start`, with
    /// the elements described one by one: for arrays whose element type is not known here.
    ///
    /// # Panics
    ///
    /// When `label` is taken.
    pub fn cells(
        &mut self,
        label: &str,
        element_name: &str,
        start: usize,
        (cell_bytes, n): (usize, usize),
        mut describe: impl FnMut(usize, &mut Leaves),
    ) {
        let mut leaves = Leaves::default();
        for i in 0..n {
            leaves.within(&format!("[{i}]"), i * cell_bytes, |leaves| {
                describe(i, leaves);
            });
        }
        let type_name = format!("[{n}]{element_name}");
        self.place(
            label,
            type_name,
            Shape::Array,
            start,
            n * cell_bytes,
            leaves,
        );
    }

    /// Adds a block of `size` bytes at the address `start`, described leaf by leaf: for what is no
    /// value of a Rust type. That it outlives the canvas (K1) is the caller's business.
    ///
    /// # Panics
    ///
    /// When `label` is taken, or the leaves do not fit into `size` bytes.
    pub fn block(
        &mut self,
        label: &str,
        (type_name, shape): (&str, Shape),
        (start, size): (usize, usize),
        describe: impl FnOnce(&mut Leaves),
    ) {
        let mut leaves = Leaves::default();
        describe(&mut leaves);
        self.place(label, type_name.to_string(), shape, start, size, leaves);
    }

    /// Names an address that belongs to no block, for pointers that hold it.
    pub fn landmark(&mut self, address: usize, name: &str) {
        self.landmarks.push((address, name.to_string()));
    }

    /// Whether a pointer added so far holds an address in `range`.
    #[must_use]
    pub fn points_into(&self, range: &Range<usize>) -> bool {
        self.placed
            .iter()
            .flat_map(|placed| &placed.pointers)
            .any(|pointer| range.contains(&pointer.address))
    }

    /// The picture of everything added.
    #[must_use]
    pub fn finish(mut self) -> Picture {
        let mut arrows = Vec::new();
        for holder in 0..self.placed.len() {
            for pointer in std::mem::take(&mut self.placed[holder].pointers) {
                if let Some(target) = self.placed.iter().find(|p| p.at.contains(&pointer.address)) {
                    let meaning = target.block.place(pointer.address - target.at.start);
                    arrows.push(arrow(&self.placed[holder], &pointer, target));
                    self.placed[holder].block.fields[pointer.field].meaning = meaning;
                } else if let Some(name) = self.landmark_at(pointer.address) {
                    self.placed[holder].block.fields[pointer.field].meaning = name;
                }
            }
        }
        Picture {
            blocks: self.placed.into_iter().map(|placed| placed.block).collect(),
            arrows,
        }
    }

    fn landmark_at(&self, address: usize) -> Option<String> {
        let found = self.landmarks.iter().find(|(at, _)| *at == address);
        found.map(|(_, name)| name.clone())
    }

    fn place(
        &mut self,
        label: &str,
        type_name: String,
        shape: Shape,
        start: usize,
        size: usize,
        leaves: Leaves,
    ) {
        assert!(
            self.placed.iter().all(|placed| placed.block.label != label),
            "two blocks of one picture are called {label}"
        );
        let mut leaves = leaves.list;
        // The compiler may put a part without bytes where another begins.
        leaves.sort_by_key(|leaf| (leaf.offset, leaf.size));
        let (mut fields, mut pointers, mut covered) = (Vec::new(), Vec::new(), 0);
        for leaf in leaves {
            assert!(
                leaf.offset >= covered,
                "D1: {}.{} overlaps its neighbour",
                label,
                leaf.name
            );
            fields.extend(padding(covered..leaf.offset));
            covered = leaf.offset + leaf.size;
            let (field, extent) = (fields.len(), leaf.extent);
            pointers.extend(leaf.address.map(|address| Pointer {
                field,
                address,
                extent,
            }));
            fields.push(self.field(leaf));
        }
        assert!(
            covered <= size,
            "D1: a leaf of {label} reaches past its end"
        );
        fields.extend(padding(covered..size));
        let block = Block {
            label: label.to_string(),
            type_name,
            size,
            shape,
            fields,
        };
        self.placed.push(Placed {
            block,
            at: start..start + size,
            pointers,
        });
    }

    fn field(&self, leaf: Leaf) -> Field {
        let hidden = leaf.address.is_some() && !self.addresses;
        Field {
            name: leaf.name,
            type_name: leaf.type_name,
            offset: leaf.offset,
            size: leaf.size,
            bytes: if hidden { Bytes::Address } else { leaf.bytes },
            meaning: leaf.meaning,
        }
    }
}

/// The arrow from a pointer of `holder` into `target`.
fn arrow(holder: &Placed, pointer: &Pointer, target: &Placed) -> Arrow {
    Arrow {
        from: holder.block.label.clone(),
        field: holder.block.fields[pointer.field].name.clone(),
        to: target.block.label.clone(),
        offset: pointer.address - target.at.start,
        extent: pointer.extent,
    }
}

/// The field that stands for bytes which no leaf claims; none for an empty range.
fn padding(gap: Range<usize>) -> Option<Field> {
    (!gap.is_empty()).then(|| Field {
        name: "_".to_string(),
        type_name: "padding".to_string(),
        offset: gap.start,
        size: gap.len(),
        bytes: Bytes::Padding,
        meaning: String::new(),
    })
}
