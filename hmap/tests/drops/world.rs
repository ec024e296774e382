//! Keys and values that are counted, and that panic when they are told to.
//!
//! A *thing* has a name, which is what it is compared and hashed by, and a serial number that no
//! other thing has. It owns a box, so that a memory checker sees a second drop too. Its world knows
//! which serial numbers are alive, counts the calls into the things' code and can let the n-th call
//! of a kind panic, once.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};

use hmap::Map;

/// The kinds of calls that a map makes into the code of its keys and values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Call {
    Hash,
    Eq,
    Clone,
    Drop,
}

/// What happened to the things of a test.
#[derive(Default)]
pub(crate) struct World {
    n_made: Cell<u64>,
    alive: RefCell<BTreeSet<u64>>,
    dropped_twice: Cell<bool>,
    /// The kind of call that is to panic, and how many go well before.
    fuse: Cell<Option<(Call, usize)>>,
}

impl World {
    pub(crate) fn thing(&self, name: u64) -> Thing<'_> {
        let serial = self.n_made.get();
        self.n_made.set(serial + 1);
        self.alive.borrow_mut().insert(serial);
        Thing {
            name: Box::new(name),
            serial,
            world: self,
        }
    }

    /// How many things are alive.
    #[track_caller]
    pub(crate) fn n_alive(&self) -> usize {
        assert!(!self.dropped_twice.get(), "a thing was dropped twice");
        self.alive.borrow().len()
    }

    /// Lets the call of this kind panic that comes after `n` others.
    pub(crate) fn arm(&self, call: Call, n: usize) {
        self.fuse.set(Some((call, n)));
    }

    /// Lets nothing panic any more; whether something did since `arm`.
    pub(crate) fn disarm(&self) -> bool {
        self.fuse.take().is_none()
    }

    fn called(&self, call: Call) {
        let Some((armed, left)) = self.fuse.get() else {
            return;
        };
        if armed == call {
            self.fuse.set(left.checked_sub(1).map(|left| (call, left)));
            assert!(left > 0, "the fuse went off in {call:?}");
        }
    }
}

/// A key or a value.
pub(crate) struct Thing<'w> {
    name: Box<u64>,
    serial: u64,
    world: &'w World,
}

impl Thing<'_> {
    pub(crate) fn name(&self) -> u64 {
        *self.name
    }

    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }
}

impl PartialEq for Thing<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.world.called(Call::Eq);
        self.name == other.name
    }
}

impl Eq for Thing<'_> {}

impl Hash for Thing<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.world.called(Call::Hash);
        state.write_u64(*self.name);
    }
}

impl Clone for Thing<'_> {
    fn clone(&self) -> Self {
        self.world.called(Call::Clone);
        self.world.thing(*self.name)
    }
}

impl Drop for Thing<'_> {
    fn drop(&mut self) {
        if !self.world.alive.borrow_mut().remove(&self.serial) {
            self.world.dropped_twice.set(true);
        }
        self.world.called(Call::Drop);
    }
}

/// The hash of a name is the name, and its lowest byte once more at the top; a seed is ignored.
#[derive(Clone, Copy, Default)]
pub(crate) struct Plain(u64);

impl BuildHasher for Plain {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl Hasher for Plain {
    fn write(&mut self, _: &[u8]) {}

    fn write_u32(&mut self, _: u32) {}

    fn write_u64(&mut self, name: u64) {
        self.0 = name ^ name << 56;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map of things, placed by their names.
pub(crate) type Things<'w> = Map<Thing<'w>, Thing<'w>, Plain>;

/// A map with an entry for each name; the value is called 1000 and the name.
pub(crate) fn things(world: &World, names: impl IntoIterator<Item = u64>) -> Things<'_> {
    let mut m = Map::with_hasher(Plain::default());
    for name in names {
        m.insert(world.thing(name), world.thing(1000 + name));
    }
    m
}

/// A state that a map can be in.
pub(crate) type Shape = (&'static str, for<'w> fn(&'w World) -> Things<'w>);

/// Maps in every state of growth.
pub(crate) const SHAPES: [Shape; 7] = [
    ("empty", |world| things(world, [])),
    ("one entry", |world| things(world, [3])),
    ("one full bucket", |world| things(world, 0..8)),
    ("grown", |world| things(world, 0..30)),
    ("growing", growing),
    ("one long chain", |world| {
        things(world, (0..30).map(|i| 64 * i))
    }),
    ("repacking", repacking),
];

/// 53 entries: at the last one the map began to double, and 6 of 8 old buckets are as they were.
fn growing(world: &World) -> Things<'_> {
    let m = things(world, 0..53);
    assert!(m.hmap().growing() && !m.hmap().same_size_grow());
    m
}

/// Four buckets of which the first two had so many overflow buckets that a growth to the same size
/// began; the other two are as they were.
fn repacking(world: &World) -> Things<'_> {
    let mut m = things(world, [2, 6, 3, 7]);
    for i in 0..22 {
        m.insert(world.thing(4 * i), world.thing(4 * i));
    }
    for i in 0..22 {
        m.remove(&world.thing(4 * i));
    }
    let mut i = 0;
    while !m.hmap().growing() {
        m.insert(world.thing(4 * i + 1), world.thing(4 * i + 1));
        i += 1;
    }
    assert!(m.hmap().same_size_grow());
    m
}

/// Goes through everything a map can be asked, and panics if it is not what it should be after an
/// operation that may have failed half-way: entries may be missing, the rest is consistent.
pub(crate) fn check_usable<'w>(world: &'w World, m: &mut Things<'w>) {
    m.check();
    let names: BTreeSet<u64> = m.keys().map(Thing::name).collect();
    assert_eq!((m.len(), m.iter().count()), (names.len(), names.len()));
    for name in &names {
        let (key, _) = m
            .get_key_value(&world.thing(*name))
            .expect("it was in a key");
        assert_eq!(key.name(), *name);
    }
    for name in 5000..5100 {
        assert!(m.insert(world.thing(name), world.thing(name)).is_none());
    }
    m.check();
    for name in names.iter().copied().chain(5000..5100) {
        let value = m.remove(&world.thing(name));
        assert!(value.is_some(), "{name} was there");
    }
    assert!(m.is_empty());
    m.check();
}
