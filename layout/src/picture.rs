//! The picture: blocks of memory, their fields, and arrows between them; plain data.
//!
//! ```text
//!   Picture
//!    ├─ Block "s"   []int, 24 bytes            ├─ Arrow  s.array ──▶ a1 + 0
//!    │   ├─ Field array   0..8   an address    │          extent: 8 bytes of len, 80 of cap
//!    │   ├─ Field len     8..16  01 00 …  "1"
//!    │   └─ Field cap    16..24  0a 00 …  "10"
//!    └─ Block "a1"  [10]int, 80 bytes
//!        └─ Field [0] …
//! ```
//!
//! P1  Labels are unique within a picture; arrows name blocks and fields that exist.
//! P2  The fields of a block cover it from 0 to `size` without gap or overlap: what no value claims
//!     is a field of kind padding.
//! P3  No address stands in it unless asked for, so the same seed gives the same picture, byte for
//!     byte.

use core::fmt;
use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// A moment of memory: some blocks, and which field points where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The blocks, in drawing order.
    pub blocks: Vec<Block>,
    /// The arrows, ordered by where they start.
    pub arrows: Vec<Arrow>,
}

/// A run of bytes with one name: a header, an array, a bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The name that stands for the address, unique in the picture: `s`, `a1`.
    pub label: String,
    /// The type in Go's words.
    pub type_name: String,
    /// Size in bytes.
    pub size: usize,
    /// Whether it is drawn as a table of fields or as a row of cells.
    pub shape: Shape,
    /// The fields by ascending offset, padding included.
    pub fields: Vec<Field>,
}

/// How a block is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Fields of different kinds.
    Struct,
    /// Elements of one kind in a row.
    Array,
    /// Arrays of one length behind each other, whose cells belong together: `keys[3]` to
    /// `elems[3]`. What else there is stands below them.
    Parallel,
}

/// A part of a block with one meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name within the block, unique but for padding (`_`): `len`, `[3]`, `[3].len`.
    pub name: String,
    /// The type in Go's words, or `padding`.
    pub type_name: String,
    /// Distance from the start of the block in bytes.
    pub offset: usize,
    /// Size in bytes.
    pub size: usize,
    /// What the bytes are.
    pub bytes: Bytes,
    /// The value as a reader would say it: `10`, `nil`, `a1[0]`.
    pub meaning: String,
}

/// The raw contents of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bytes {
    /// The bytes in memory order.
    Known(Vec<u8>),
    /// An address: it differs from run to run, see the arrow instead.
    Address,
    /// Bytes that no value claims; what is in them has no meaning.
    Padding,
}

impl fmt::Display for Bytes {
    /// Hexadecimal pairs in memory order, or what the bytes are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(bytes) => {
                for (i, byte) in bytes.iter().enumerate() {
                    let gap = if i == 0 { "" } else { " " };
                    write!(f, "{gap}{byte:02x}")?;
                }
                Ok(())
            }
            Self::Address => f.write_str("an address"),
            Self::Padding => f.write_str("padding"),
        }
    }
}

/// A pointer field and the place that it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrow {
    /// Label of the block that holds the pointer.
    pub from: String,
    /// Name of the pointer field.
    pub field: String,
    /// Label of the block that it points into.
    pub to: String,
    /// Distance of the place from the start of that block, in bytes.
    pub offset: usize,
    /// How far the holder looks from there, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
}

/// The reach of a header: what it shows and what it could show, from the arrow's place on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Bytes that are visible (`len`).
    pub len: usize,
    /// Bytes that can be reached (`cap`), at least `len`.
    pub cap: usize,
}

impl Picture {
    /// The block called `label`.
    #[must_use]
    pub fn block(&self, label: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.label == label)
    }

    /// The arrow that starts at a field.
    #[must_use]
    pub fn arrow(&self, block: &str, field: &str) -> Option<&Arrow> {
        self.arrows
            .iter()
            .find(|arrow| arrow.from == block && arrow.field == field)
    }

    /// The name of the header that an arrow starts from: `s`; `a2[0]` for a header in an array;
    /// `list.first` for a block with several pointers.
    #[must_use]
    pub fn holder(&self, arrow: &Arrow) -> String {
        let pointers = self
            .arrows
            .iter()
            .filter(|other| other.from == arrow.from)
            .count();
        match arrow.field.rsplit_once('.') {
            Some((header, _)) if header.starts_with('[') => format!("{}{header}", arrow.from),
            _ if pointers > 1 => format!("{}.{}", arrow.from, arrow.field),
            _ => arrow.from.clone(),
        }
    }
}

impl Block {
    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether this is a row of cells, one leaf each, named `[0]`, `[1]` and so on: what can be
    /// drawn as a strip. An array of arrays (`[1][2]`) is none.
    #[must_use]
    pub(crate) fn is_strip(&self) -> bool {
        let is_cell = |(i, field): (usize, &Field)| {
            field.name == format!("[{i}]") && field.bytes != Bytes::Padding
        };
        self.shape == Shape::Array && self.fields.iter().enumerate().all(is_cell)
    }

    /// The cells of a block of parallel arrays, put together; `None` if it is none, or if an array
    /// lacks a cell.
    #[must_use]
    pub(crate) fn grid(&self) -> Option<Grid<'_>> {
        if self.shape != Shape::Parallel {
            return None;
        }
        let mut grid = Grid::default();
        for field in &self.fields {
            let Some((name, i)) = field.cell() else {
                grid.others.push(field);
                continue;
            };
            if !grid.names.contains(&name) {
                grid.names.push(name);
            }
            if i >= grid.rows.len() {
                grid.rows.resize(i + 1, Vec::new());
            }
            grid.rows[i].push(field);
        }
        let whole = |row: &Vec<&Field>| {
            let names = row.iter().map(|field| field.cell().map(|(name, _)| name));
            names.eq(grid.names.iter().copied().map(Some))
        };
        let is_grid = !grid.rows.is_empty() && grid.rows.iter().all(whole);
        is_grid.then_some(grid)
    }

    /// The name of the place `offset` bytes into the block: `a1[3]`, `s.len`, `a1+20`.
    #[must_use]
    pub fn place(&self, offset: usize) -> String {
        let label = &self.label;
        match self.fields.iter().find(|field| field.offset == offset) {
            Some(field) if field.name.starts_with('[') => match field.name.split_once(']') {
                Some((index, _)) => format!("{label}{index}]"),
                None => format!("{label}{}", field.name),
            },
            _ if offset == 0 => label.clone(),
            Some(field) => format!("{label}.{}", field.name),
            None => format!("{label}+{offset}"),
        }
    }
}

/// Parallel arrays as a table: a column for each array, a row for each index.
#[derive(Debug, Default)]
pub(crate) struct Grid<'b> {
    /// The arrays' names.
    pub(crate) names: Vec<&'b str>,
    pub(crate) rows: Vec<Vec<&'b Field>>,
    /// The fields that belong to no array.
    pub(crate) others: Vec<&'b Field>,
}

/// Rows of a grid that are drawn as one, and what to say of each array there.
#[derive(Debug)]
pub(crate) struct Run<T> {
    pub(crate) rows: RangeInclusive<usize>,
    pub(crate) cells: Vec<T>,
}

impl Grid<'_> {
    /// The rows by what there is to `say` of them; those that hold nothing, but for what their
    /// first array says, and say the same are one.
    pub(crate) fn runs<T: PartialEq>(&self, say: impl Fn(&Field) -> T) -> Vec<Run<T>> {
        let mut runs: Vec<Run<T>> = Vec::new();
        for (i, fields) in self.rows.iter().enumerate() {
            let cells: Vec<T> = fields.iter().map(|field| say(field)).collect();
            let mut others = fields.iter().skip(1);
            let is_vacant = others.all(|field| field.bytes == Bytes::Padding);
            match runs.last_mut() {
                Some(above) if is_vacant && above.cells == cells => {
                    above.rows = *above.rows.start()..=i;
                }
                Some(_) | None => runs.push(Run { rows: i..=i, cells }),
            }
        }
        runs
    }
}

impl<T> Run<T> {
    /// `3`, or `3–7`.
    pub(crate) fn index(&self) -> String {
        let (first, last) = (self.rows.start(), self.rows.end());
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    }
}

impl Field {
    /// The array and the index that a name like `keys[3]` names.
    fn cell(&self) -> Option<(&str, usize)> {
        let (name, index) = self.name.strip_suffix(']')?.split_once('[')?;
        Some((name, index.parse().ok()?))
    }
}
