//! The picture of a map: header, buckets, overflow buckets, and the array that it grows away from.
//!
//! ```text
//!   ┌─ m ─ hmap ────┐   ┌─ buckets[0] ─ bmap ─┐   ┌─ buckets[0]+1 ─ bmap ─┐
//!   │ buckets     ──┼──▶│ 0  0x3f  "go"  2009 │   │ 0–7  emptyRest        │
//!   │ oldbuckets  nil   │ overflow          ──┼──▶└───────────────────────┘
//!   └───────────────┘   └─────────────────────┘
//! ```
//!
//! | label | block |
//! |---|---|
//! | `m` | the header of a `Map`, called as the program calls it |
//! | `h1`, `h2` | the headers behind `GoMap` variables, by first appearance |
//! | `extra` | Go's three fields of the header's extension, unless all are nil |
//! | `buckets[2]` | a bucket of the array |
//! | `buckets[2]+1` | the first overflow bucket of its chain |
//! | `oldbuckets[2]` | a bucket of the array being left |
//! | `buckets[64..1024]` | buckets that are not looked into, because there are too many |
//!
//! A second map's labels begin with its name: `n.buckets[0]`. A cell keeps its label and its name
//! as long as its array lives, so that pictures taken one after the other can be compared. What
//! lies in an empty cell is not shown, and cannot be: it is not initialised. An old bucket behind
//! the evacuation mark is shown as evacuated without being looked at, since its memory may be given
//! back. The bytes behind the array, from which overflow buckets are taken, are called `spare[0]`
//! and so on, and drawn when they are in a chain.
//!
//! Go: nothing; a debugger would have to do this.

use core::marker::PhantomData;
use core::mem::offset_of;

use layout::{Canvas, Describe, Leaves, Picture, Shape};

use crate::bmap::{BUCKET_CNT, Bmap};
use crate::buckets::nbuckets_with_prealloc;
use crate::gomap::GoMap;
use crate::hmap::{Hmap, Mapextra, flags};
use crate::inspect::{BucketRef, Chain};
use crate::map::Map;
use crate::tophash::{EMPTY_ONE, EMPTY_REST, EVACUATED_EMPTY, EVACUATED_X, EVACUATED_Y};

/// Buckets of an array that are looked into unless more are asked for.
const BUCKETS_MAX: usize = 64;
/// Bytes of Go's `mapextra`, the part of ours that is drawn.
const MAPEXTRA_BYTES: usize = 24;

/// Draws maps.
///
/// ```
/// use hmap::{Map, View};
///
/// let m: Map<u8, bool> = [(1, true)].into_iter().collect();
/// let picture = View::new().map("m", &m).picture();
/// assert_eq!(picture.block("m").unwrap().size, 48);
/// assert_eq!(picture.arrow("m", "buckets").unwrap().to, "buckets[0]");
/// ```
pub struct View<'m> {
    shown: Vec<Box<dyn Shown + 'm>>,
    /// The header behind each variable seen so far; kept, so that no other comes to its address.
    headers: Vec<Box<dyn Header + 'm>>,
    buckets_max: usize,
    addresses: bool,
    maps: PhantomData<&'m ()>,
}

/// Draws what was added to a view.
trait Shown {
    fn draw(&self, canvas: &mut Canvas<'_>);
}

/// A map that variables lead to.
trait Header {
    fn address(&self) -> usize;

    fn draw(&self, canvas: &mut Canvas<'_>, names: &Names);
}

/// What a map and its parts are called, and how much of them is drawn.
struct Names {
    header: String,
    /// Stands before `buckets[0]`: nothing for the first map.
    prefix: String,
    buckets_max: usize,
}

/// A map under the name of the variable that holds it.
struct Named<'m, K, V, S> {
    names: Names,
    map: &'m Map<K, V, S>,
}

/// A map variable under its name.
struct Variable<K, V, S> {
    name: String,
    map: GoMap<K, V, S>,
}

impl Default for View<'_> {
    fn default() -> Self {
        Self {
            shown: Vec::new(),
            headers: Vec::new(),
            buckets_max: BUCKETS_MAX,
            addresses: false,
            maps: PhantomData,
        }
    }
}

impl core::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (shown, headers) = (self.shown.len(), self.headers.len());
        write!(f, "View({shown} to show, {headers} headers known)")
    }
}

impl<K: Describe, V: Describe, S> Map<K, V, S> {
    /// The picture of this map, called `name`; a [`View`] draws several, or more buckets.
    ///
    /// ```
    /// use layout::text::{Style, render};
    ///
    /// let m = hmap::Map::from([(1_u8, true)]);
    /// let text = render(&m.inspect("m"), &Style::default());
    /// assert!(text.contains("hmap of map[uint8]bool"));
    /// ```
    #[must_use]
    pub fn inspect(&self, name: &str) -> Picture {
        View::new().map(name, self).picture()
    }
}

impl<'m> View<'m> {
    /// A view that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows the bytes of pointers too; they differ from run to run.
    #[must_use]
    pub fn with_addresses(mut self, addresses: bool) -> Self {
        self.addresses = addresses;
        self
    }

    /// Looks into the first `n` buckets of each array instead of the first 64.
    #[must_use]
    pub fn with_buckets_max(mut self, n: usize) -> Self {
        self.buckets_max = n;
        self
    }

    /// Adds `map` to the next picture: its header under `name`, and all that it leads to.
    pub fn map<K, V, S>(&mut self, name: &str, map: &'m Map<K, V, S>) -> &mut Self
    where
        K: Describe,
        V: Describe,
    {
        let is_first = self.shown.is_empty() && self.headers.is_empty();
        let names = self.names(name, is_first);
        self.shown.push(Box::new(Named { names, map }));
        self
    }

    /// Adds the variable `map` under `name` to the next picture, and what it leads to. Headers keep
    /// their labels for the life of the view.
    pub fn go_map<K, V, S>(&mut self, name: &str, map: &GoMap<K, V, S>) -> &mut Self
    where
        K: Describe + 'm,
        V: Describe + 'm,
        S: Default + 'm,
    {
        if let Some(address) = map.address() {
            let mut known = self.headers.iter().map(|header| header.address());
            if !known.any(|at| at == address) {
                self.headers.push(Box::new(map.clone()));
            }
        }
        self.shown.push(Box::new(Variable {
            name: name.to_string(),
            map: map.clone(),
        }));
        self
    }

    /// The picture of the maps and variables added since the last one.
    ///
    /// # Panics
    ///
    /// When two were added under one name, or when a map is being written to.
    pub fn picture(&mut self) -> Picture {
        let shown = core::mem::take(&mut self.shown);
        let mut canvas = Canvas::new().with_addresses(self.addresses);
        for one in &shown {
            one.draw(&mut canvas);
        }
        for (i, header) in self.headers.iter().enumerate() {
            let at = header.address();
            if canvas.points_into(&(at..at + 1)) {
                let names = self.names(&format!("h{}", i + 1), i == 0);
                header.draw(&mut canvas, &names);
            }
        }
        canvas.finish()
    }

    fn names(&self, header: &str, is_first: bool) -> Names {
        Names {
            header: header.to_string(),
            prefix: if is_first {
                String::new()
            } else {
                format!("{header}.")
            },
            buckets_max: self.buckets_max,
        }
    }
}

impl<K: Describe, V: Describe, S> Shown for Named<'_, K, V, S> {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        draw_map(canvas, &self.names, self.map);
    }
}

impl<K: Describe, V: Describe, S> Shown for Variable<K, V, S> {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        let type_name = map_type::<K, V>();
        let at = (
            core::ptr::from_ref(&self.map).addr(),
            size_of_val(&self.map),
        );
        canvas.block(&self.name, (&type_name, Shape::Struct), at, |leaves| {
            let address = self.map.address().unwrap_or(0);
            word(leaves, "hmap", 0, "*hmap", address);
        });
    }
}

impl<K: Describe, V: Describe, S: Default> Header for GoMap<K, V, S> {
    fn address(&self) -> usize {
        Self::address(self).unwrap_or(0)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, names: &Names) {
        self.with(|map| draw_map(canvas, names, map));
    }
}

impl<K, V, S> GoMap<K, V, S> {
    /// Where the header lies that the variable leads to.
    fn address(&self) -> Option<usize> {
        self.header(|map| core::ptr::from_ref(map.hmap()).addr())
    }
}

fn map_type<K: Describe, V: Describe>() -> String {
    format!("map[{}]{}", K::type_name(), V::type_name())
}

fn draw_map<K: Describe, V: Describe, S>(
    canvas: &mut Canvas<'_>,
    names: &Names,
    map: &Map<K, V, S>,
) {
    let hmap = map.hmap();
    let type_name = format!("hmap of {}", map_type::<K, V>());
    let at = (core::ptr::from_ref(hmap).addr(), size_of::<Hmap>());
    canvas.block(&names.header, (&type_name, Shape::Struct), at, |leaves| {
        describe_header(hmap, leaves);
    });
    draw_extra::<K, V>(canvas, names, hmap);
    let (shown, prefix) = (names.buckets_max, &names.prefix);
    for (index, chain) in map.chains().enumerate().take(shown) {
        draw_chain(canvas, &format!("{prefix}buckets[{index}]"), chain);
    }
    draw_rest::<K, V>(canvas, names, "buckets", (hmap.buckets, map.chains().len()));
    if !hmap.growing() {
        return;
    }
    for index in 0..hmap.nevacuate().min(shown) {
        draw_evacuated::<K, V>(canvas, names, index, hmap);
    }
    for (index, chain) in map.old_chains().take_while(|(index, _)| *index < shown) {
        draw_chain(canvas, &format!("{prefix}oldbuckets[{index}]"), chain);
    }
    draw_rest::<K, V>(
        canvas,
        names,
        "oldbuckets",
        (hmap.oldbuckets, hmap.noldbuckets()),
    );
}

/// The nine fields of the header.
fn describe_header(hmap: &Hmap, leaves: &mut Leaves) {
    let address = |word: Option<core::ptr::NonNull<u8>>| word.map_or(0, |at| at.addr().get());
    let n_buckets = hmap.n_buckets();
    let plural = if n_buckets == 1 { "" } else { "s" };
    let b = format!("{0} (2^{0} = {n_buckets} bucket{plural})", hmap.b);
    let hash0 = format!("{:#010x}", hmap.hash0);
    let mut number = |name, offset, type_name: &str, bytes: &[u8], meaning| {
        leaves.within(name, offset, |leaves| {
            leaves.plain(type_name.to_string(), bytes, meaning);
        });
    };
    let count = hmap.count;
    number(
        "count",
        offset_of!(Hmap, count),
        "int",
        &count.to_ne_bytes(),
        count.to_string(),
    );
    number(
        "flags",
        offset_of!(Hmap, flags),
        "uint8",
        &[hmap.flags],
        flag_words(hmap.flags),
    );
    number("B", offset_of!(Hmap, b), "uint8", &[hmap.b], b);
    let noverflow = hmap.noverflow;
    let bytes = noverflow.to_ne_bytes();
    number(
        "noverflow",
        offset_of!(Hmap, noverflow),
        "uint16",
        &bytes,
        noverflow.to_string(),
    );
    number(
        "hash0",
        offset_of!(Hmap, hash0),
        "uint32",
        &hmap.hash0.to_ne_bytes(),
        hash0,
    );
    let bytes = hmap.nevacuate.to_ne_bytes();
    let nevacuate = hmap.nevacuate.to_string();
    number(
        "nevacuate",
        offset_of!(Hmap, nevacuate),
        "uintptr",
        &bytes,
        nevacuate,
    );
    for (name, offset, array) in [
        ("buckets", offset_of!(Hmap, buckets), hmap.buckets),
        ("oldbuckets", offset_of!(Hmap, oldbuckets), hmap.oldbuckets),
    ] {
        word(leaves, name, offset, "unsafe.Pointer", address(array));
    }
    let extra = hmap
        .extra
        .as_deref()
        .map_or(0, |extra| core::ptr::from_ref(extra).addr());
    word(leaves, "extra", offset_of!(Hmap, extra), "*mapextra", extra);
}

/// The names of the bits that are set, as Go writes them.
fn flag_words(bits: u8) -> String {
    let names = [
        (flags::ITERATOR, "iterator"),
        (flags::OLD_ITERATOR, "oldIterator"),
        (flags::HASH_WRITING, "hashWriting"),
        (flags::SAME_SIZE_GROW, "sameSizeGrow"),
    ];
    let set = names.iter().filter(|(bit, _)| bits & bit != 0);
    let set: Vec<&str> = set.map(|(_, name)| *name).collect();
    if set.is_empty() {
        "0".to_string()
    } else {
        set.join("|")
    }
}

/// Adds a pointer.
fn word(leaves: &mut Leaves, name: &str, offset: usize, type_name: &str, address: usize) {
    leaves.within(name, offset, |leaves| {
        leaves.pointer(type_name.to_string(), address);
    });
}

/// The extension of the header, and names for what only it leads to.
fn draw_extra<K, V>(canvas: &mut Canvas<'_>, names: &Names, hmap: &Hmap) {
    let Some(extra) = hmap.extra.as_deref() else {
        return;
    };
    let lists = [
        ("overflow", offset_of!(Mapextra, overflow), &extra.overflow),
        (
            "oldoverflow",
            offset_of!(Mapextra, oldoverflow),
            &extra.oldoverflow,
        ),
    ];
    let next = extra.next_overflow.map_or(0, |next| next.addr().get());
    let label = format!("{}extra", names.prefix);
    let at = (core::ptr::from_ref(extra).addr(), MAPEXTRA_BYTES);
    if next == 0 && lists.iter().all(|(.., list)| list.is_none()) {
        canvas.landmark(at.0, "{nil nil nil}");
        return;
    }
    canvas.block(&label, ("mapextra", Shape::Struct), at, |leaves| {
        for (name, offset, list) in lists {
            let list = list
                .as_deref()
                .map_or(0, |list| core::ptr::from_ref(list).addr());
            word(leaves, name, offset, "*[]*bmap", list);
        }
        let offset = offset_of!(Mapextra, next_overflow);
        word(leaves, "nextOverflow", offset, "*bmap", next);
    });
    for (.., list) in lists {
        if let Some(list) = list.as_deref() {
            let used = (0..).map_while(|i| list.slab(i)).map(|(_, used)| used);
            let name = format!("[{}]*bmap", used.sum::<usize>());
            canvas.landmark(core::ptr::from_ref(list).addr(), &name);
        }
    }
    if next != 0 {
        let spare = hmap.used_buckets(&Bmap::<K, V>::LAYOUT) - hmap.n_buckets();
        let all = nbuckets_with_prealloc(&Bmap::<K, V>::LAYOUT, hmap.b).unwrap_or(0);
        let all = all - hmap.n_buckets();
        canvas.landmark(next, &format!("spare[{spare}] of {all}"));
    }
}

/// A bucket and its overflow buckets: `buckets[2]`, `buckets[2]+1` and so on.
fn draw_chain<K: Describe, V: Describe>(
    canvas: &mut Canvas<'_>,
    label: &str,
    chain: Chain<'_, K, V>,
) {
    for (depth, bucket) in chain.buckets().enumerate() {
        let label = if depth == 0 {
            label.to_string()
        } else {
            format!("{label}+{depth}")
        };
        let at = (bucket.address(), Bmap::<K, V>::LAYOUT.size);
        canvas.block(&label, ("bmap", Shape::Parallel), at, |leaves| {
            describe_bucket(bucket, leaves);
        });
    }
}

fn describe_bucket<K: Describe, V: Describe>(bucket: BucketRef<'_, K, V>, leaves: &mut Leaves) {
    let (bmap, kinds) = (Bmap::<K, V>::LAYOUT, Kinds::of::<K, V>());
    for (i, top) in bucket.tophash().into_iter().enumerate() {
        leaves.within(&format!("tophash[{i}]"), i, |leaves| {
            leaves.plain("uint8".to_string(), &[top], tophash_word(top));
        });
        let (key_name, key_at) = (format!("keys[{i}]"), bmap.keys + i * bmap.key_size);
        let (elem_name, elem_at) = (format!("elems[{i}]"), bmap.elems + i * bmap.elem_size);
        let Some((key, elem)) = bucket.cell(i) else {
            leaves.vacant(&key_name, key_at, kinds.key.clone(), "");
            leaves.vacant(&elem_name, elem_at, kinds.elem.clone(), "");
            continue;
        };
        if bmap.indirect_key {
            leaves.boxed(&key_name, key_at, key);
        } else {
            leaves.whole(&key_name, key_at, key);
        }
        if bmap.indirect_elem {
            leaves.boxed(&elem_name, elem_at, elem);
        } else {
            leaves.whole(&elem_name, elem_at, elem);
        }
    }
    word(
        leaves,
        "overflow",
        bmap.overflow,
        "*bmap",
        bucket.overflow(),
    );
}

/// Types and sizes of what the cells of a bucket hold.
struct Kinds {
    key: (String, usize),
    elem: (String, usize),
}

impl Kinds {
    fn of<K: Describe, V: Describe>() -> Self {
        let bmap = Bmap::<K, V>::LAYOUT;
        let kind = |name: String, indirect, size| match indirect {
            true => (format!("*{name}"), size),
            false => (name, size),
        };
        Self {
            key: kind(K::type_name(), bmap.indirect_key, bmap.key_size),
            elem: kind(V::type_name(), bmap.indirect_elem, bmap.elem_size),
        }
    }
}

/// The byte in hexadecimal digits, or the mark's name in Go.
fn tophash_word(top: u8) -> String {
    match top {
        EMPTY_REST => "emptyRest".to_string(),
        EMPTY_ONE => "emptyOne".to_string(),
        EVACUATED_X => "evacuatedX".to_string(),
        EVACUATED_Y => "evacuatedY".to_string(),
        EVACUATED_EMPTY => "evacuatedEmpty".to_string(),
        hash => format!("{hash:#04x}"),
    }
}

/// An old bucket behind the mark, at which nobody may look any more: fields as of every bucket,
/// without contents.
fn draw_evacuated<K: Describe, V: Describe>(
    canvas: &mut Canvas<'_>,
    names: &Names,
    index: usize,
    hmap: &Hmap,
) {
    let (bmap, kinds) = (Bmap::<K, V>::LAYOUT, Kinds::of::<K, V>());
    let label = format!("{}oldbuckets[{index}]", names.prefix);
    let array = hmap.oldbuckets.map_or(0, |array| array.addr().get());
    let at = (array + index * bmap.size, bmap.size);
    canvas.block(&label, ("bmap", Shape::Parallel), at, |leaves| {
        for i in 0..BUCKET_CNT {
            let uint8 = ("uint8".to_string(), 1);
            leaves.vacant(&format!("tophash[{i}]"), i, uint8, "evacuated");
            let at = bmap.keys + i * bmap.key_size;
            leaves.vacant(&format!("keys[{i}]"), at, kinds.key.clone(), "");
            let at = bmap.elems + i * bmap.elem_size;
            leaves.vacant(&format!("elems[{i}]"), at, kinds.elem.clone(), "");
        }
        leaves.vacant("overflow", bmap.overflow, ("*bmap".to_string(), 8), "");
    });
}

/// The buckets that are too many to look into, as one block.
fn draw_rest<K, V>(
    canvas: &mut Canvas<'_>,
    names: &Names,
    array_name: &str,
    (array, n): (Option<core::ptr::NonNull<u8>>, usize),
) {
    let (shown, bytes) = (names.buckets_max, Bmap::<K, V>::LAYOUT.size);
    let Some(array) = array.filter(|_| n > shown) else {
        return;
    };
    let label = format!("{}{array_name}[{shown}..{n}]", names.prefix);
    let type_name = format!("[{}]bmap", n - shown);
    let at = (array.addr().get() + shown * bytes, (n - shown) * bytes);
    canvas.block(&label, (&type_name, Shape::Struct), at, |leaves| {
        leaves.vacant("…", 0, (type_name.clone(), at.1), "");
    });
}
