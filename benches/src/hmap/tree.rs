//! An ordered tree beside the map: what order costs, and what it gives.
//!
//! ```text
//!   map      k(7) k(2) k(9) …      no order: the least key, or those in a range, are found by
//!                                  looking at all
//!   tree     ┌─ 41 ─┐              the least is leftmost, a range is a walk from its first key
//!           17      77
//! ```
//!
//! The red-black tree is that of intrusive-collections: each entry is an object of the program that
//! carries its own links, here in a `Box` of its own, as the nodes of C++'s `map` are. An arena
//! would spare it the allocator, and would never free.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::rc::Rc;

use intrusive_collections::rbtree::Entry;
use intrusive_collections::{Bound, KeyAdapter, RBTree, RBTreeLink, intrusive_adapter};

use super::keys::{CHUNK, Lazy, lazy, stored};
use super::table::{Ours, Table, filled};
use crate::contest::Contest;

/// A group of its own: its ratios go into the thousands, and would leave those of hmap no room on
/// their axis.
const GROUP: &str = "order";

/// Entries of the ordered contests.
const N: usize = CHUNK;

/// Width of the ranges that are asked for: 100 of the [`N`] keys lie in one on average.
const RANGE: u64 = u64::MAX / N as u64 * 100;

/// Ranges asked for in a repetition: a map goes through all entries for each.
const RANGES: usize = 8;

/// An entry of the red-black tree.
#[derive(Debug)]
pub(crate) struct Node {
    link: RBTreeLink,
    key: u64,
    value: Cell<u64>,
}

/// What an entry takes, without what the allocator adds.
pub(crate) const NODE_BYTES: usize = size_of::<Node>();

intrusive_adapter!(ByKey = Box<Node>: Node { link => RBTreeLink });

impl<'a> KeyAdapter<'a> for ByKey {
    type Key = u64;

    fn get_key(&self, node: &'a Node) -> u64 {
        node.key
    }
}

/// A red-black tree that owns its nodes.
#[derive(Debug)]
pub(crate) struct RbTree {
    tree: RBTree<ByKey>,
    count: usize,
}

impl RbTree {
    fn node(key: u64, value: u64) -> Box<Node> {
        Box::new(Node {
            link: RBTreeLink::new(),
            key,
            value: Cell::new(value),
        })
    }
}

impl Table<u64> for RbTree {
    fn make() -> Self {
        Self {
            tree: RBTree::new(ByKey::new()),
            count: 0,
        }
    }

    fn count(&self) -> usize {
        self.count
    }

    fn put(&mut self, key: u64, value: u64) {
        match self.tree.entry(&key) {
            Entry::Occupied(node) => node.get().expect("occupied").value.set(value),
            Entry::Vacant(place) => {
                place.insert(Self::node(key, value));
                self.count += 1;
            }
        }
    }

    fn find(&self, key: &u64) -> Option<u64> {
        self.tree.find(key).get().map(|node| node.value.get())
    }

    fn take(&mut self, key: &u64) -> Option<u64> {
        let node = self.tree.find_mut(key).remove()?;
        self.count -= 1;
        Some(node.value.get())
    }

    fn add(&mut self, key: u64, more: u64) -> u64 {
        let value = self.find(&key).unwrap_or(0) + more;
        self.put(key, value);
        value
    }

    fn sum(&self) -> u64 {
        let add = |sum: u64, node: &Node| sum.wrapping_add(node.key).wrapping_add(node.value.get());
        self.tree.iter().fold(0, add)
    }
}

/// What order is asked for.
trait Ordered: Table<u64> {
    /// The least key.
    fn least(&self) -> Option<u64>;
    /// The sum of the values of the keys from `low` on, below `high`.
    fn range_sum(&self, low: u64, high: u64) -> u64;
    /// A number that depends on the entries in the order of their keys.
    fn in_order(&self) -> u64;
}

fn mix(sum: u64, value: u64) -> u64 {
    sum.rotate_left(1) ^ value
}

impl Ordered for Ours<u64> {
    fn least(&self) -> Option<u64> {
        self.keys().min().copied()
    }

    fn range_sum(&self, low: u64, high: u64) -> u64 {
        let within = self.iter().filter(|(key, _)| (low..high).contains(*key));
        within.map(|(_, value)| value).sum()
    }

    fn in_order(&self) -> u64 {
        let mut entries: Vec<_> = self.iter().collect();
        entries.sort_unstable();
        entries.iter().fold(0, |sum, (_, value)| mix(sum, **value))
    }
}

impl Ordered for BTreeMap<u64, u64> {
    fn least(&self) -> Option<u64> {
        self.first_key_value().map(|(key, _)| *key)
    }

    fn range_sum(&self, low: u64, high: u64) -> u64 {
        self.range(low..high).map(|(_, value)| value).sum()
    }

    fn in_order(&self) -> u64 {
        self.values().fold(0, |sum, value| mix(sum, *value))
    }
}

impl Ordered for RbTree {
    fn least(&self) -> Option<u64> {
        self.tree.front().get().map(|node| node.key)
    }

    fn range_sum(&self, low: u64, high: u64) -> u64 {
        let range = self
            .tree
            .range(Bound::Included(&low), Bound::Excluded(&high));
        range.map(|node| node.value.get()).sum()
    }

    fn in_order(&self) -> u64 {
        let values = self.tree.iter().map(|node| node.value.get());
        values.fold(0, mix)
    }
}

/// The contests that ask for an order, which ours has to make first.
#[must_use]
pub fn order_contests() -> Vec<Contest> {
    vec![least(), range(), in_order()]
}

/// The least key of all.
fn least() -> Contest {
    let keys = lazy(|| stored::<u64>(N));
    Contest::new(GROUP, "least_key", N)
        .ops(RANGES)
        .side("ours", finding_least::<Ours<u64>>(&keys))
        .side("BTreeMap", finding_least::<BTreeMap<u64, u64>>(&keys))
        .side("RBTree", finding_least::<RbTree>(&keys))
}

fn finding_least<T: Ordered>(keys: &Lazy<Vec<u64>>) -> impl FnMut(usize) -> u64 + 'static {
    let keys = Rc::clone(keys);
    let mut map = None::<T>;
    move |reps| {
        let map = map.get_or_insert_with(|| filled(&keys));
        let mut sum = 0_u64;
        for _ in 0..reps * RANGES {
            sum = sum.wrapping_add(black_box(&*map).least().unwrap_or(0));
        }
        sum
    }
}

/// The sum over a range of about 100 keys.
fn range() -> Contest {
    let keys = lazy(|| stored::<u64>(N));
    Contest::new(GROUP, "range_of_100", N)
        .ops(RANGES)
        .side("ours", summing_ranges::<Ours<u64>>(&keys))
        .side("BTreeMap", summing_ranges::<BTreeMap<u64, u64>>(&keys))
        .side("RBTree", summing_ranges::<RbTree>(&keys))
}

fn summing_ranges<T: Ordered>(keys: &Lazy<Vec<u64>>) -> impl FnMut(usize) -> u64 + 'static {
    let keys = Rc::clone(keys);
    let (mut map, mut at) = (None::<T>, 0);
    move |reps| {
        let map = map.get_or_insert_with(|| filled(&keys));
        let mut sum = 0_u64;
        for _ in 0..reps * RANGES {
            let low = keys[at].min(u64::MAX - RANGE);
            sum = sum.wrapping_add(map.range_sum(low, low + RANGE));
            at = (at + 1) % N;
        }
        sum
    }
}

/// All entries in the order of their keys: the map has to sort them first.
fn in_order() -> Contest {
    let keys = lazy(|| stored::<u64>(N));
    Contest::new(GROUP, "in_order", N)
        .side("ours", going_in_order::<Ours<u64>>(&keys))
        .side("BTreeMap", going_in_order::<BTreeMap<u64, u64>>(&keys))
        .side("RBTree", going_in_order::<RbTree>(&keys))
}

fn going_in_order<T: Ordered>(keys: &Lazy<Vec<u64>>) -> impl FnMut(usize) -> u64 + 'static {
    let keys = Rc::clone(keys);
    let mut map = None::<T>;
    move |reps| {
        let map = map.get_or_insert_with(|| filled(&keys));
        (0..reps)
            .map(|_| black_box(&*map).in_order())
            .fold(0, u64::wrapping_add)
    }
}
