//! Values with destructors: who drops what, how often, and what a panic leaves.
//!
//! ```text
//!   insert over an old value, remove, clear, retain …    what goes is dropped, once
//!   growth, repacking, reserve, shrink                   entries move; nothing is dropped or made
//!   range while the map grows                            clones of keys; dropped with the map
//!   a panic in hash, ==, clone or drop                   leaks at most; the map goes on (panics)
//! ```

#[path = "drops/panics.rs"]
mod panics;
#[path = "drops/world.rs"]
mod world;

use std::collections::BTreeSet;

use hmap::{GoMap, Map};

use world::{SHAPES, Thing, Things, World, things};

/// Runs an operation on a map in every state, and then checks that what is alive is in the map, and
/// that nothing is alive after it.
fn in_every_state(operation: impl for<'w> Fn(&'w World, &mut Things<'w>)) {
    for (shape, make) in SHAPES {
        let world = World::default();
        let mut m = make(&world);
        assert_eq!(world.n_alive(), 2 * m.len(), "{shape}");
        operation(&world, &mut m);
        m.check();
        assert_eq!(world.n_alive(), 2 * m.len(), "{shape}");
        let in_map: BTreeSet<u64> = m
            .iter()
            .flat_map(|(k, v)| [k.serial(), v.serial()])
            .collect();
        assert_eq!(
            in_map.len(),
            2 * m.len(),
            "{shape}: something is in two places"
        );
        drop(m);
        assert_eq!(world.n_alive(), 0, "{shape}");
    }
}

#[test]
fn a_map_drops_each_key_and_value_once() {
    in_every_state(|_, _| {});
}

#[test]
fn inserting_over_an_entry_drops_the_new_key_and_gives_the_old_value() {
    in_every_state(|world, m| {
        let entries: Vec<_> = m
            .iter()
            .map(|(k, v)| (k.name(), k.serial(), v.serial()))
            .collect();
        for (name, key, value) in entries {
            let old = m.insert(world.thing(name), world.thing(name));
            assert_eq!(old.map(|old| old.serial()), Some(value));
            let (kept, _) = m.get_key_value(&world.thing(name)).expect("it is there");
            assert_eq!(kept.serial(), key);
        }
    });
}

#[test]
fn growing_moves_and_drops_nothing() {
    in_every_state(|world, m| {
        let before: BTreeSet<u64> = m
            .iter()
            .flat_map(|(k, v)| [k.serial(), v.serial()])
            .collect();
        for i in 2000..2300 {
            m.insert(world.thing(i), world.thing(i));
        }
        let after: BTreeSet<u64> = m
            .iter()
            .flat_map(|(k, v)| [k.serial(), v.serial()])
            .collect();
        assert!(before.is_subset(&after));
    });
}

#[test]
fn removing_gives_key_and_value_to_the_caller() {
    in_every_state(|world, m| {
        let names: Vec<u64> = m.keys().map(Thing::name).collect();
        for (i, name) in names.into_iter().enumerate() {
            if i % 3 == 0 {
                let entry = m.remove_entry(&world.thing(name)).expect("it is there");
                assert_eq!(entry.0.name(), name);
            } else if i % 3 == 1 {
                assert!(m.remove(&world.thing(name)).is_some());
            }
        }
        assert!(m.remove(&world.thing(4000)).is_none());
    });
}

#[test]
fn clear_drops_everything() {
    in_every_state(|world, m| {
        m.clear();
        assert_eq!(world.n_alive(), 0);
        m.insert(world.thing(1), world.thing(2));
    });
}

#[test]
fn retain_drops_what_it_does_not_keep() {
    in_every_state(|world, m| {
        m.retain(|k, v| {
            *v = world.thing(0);
            k.name() % 3 == 0
        });
    });
}

#[test]
fn what_is_extracted_belongs_to_the_caller() {
    for n_taken in [0, 1, 5, 1000] {
        in_every_state(|world, m| {
            let before = world.n_alive();
            let taken: Vec<_> = m
                .extract_if(|k, _| k.name() % 2 == 0)
                .take(n_taken)
                .collect();
            assert_eq!(world.n_alive(), before);
            drop(taken);
        });
    }
}

#[test]
fn a_drain_gives_what_is_taken_and_drops_the_rest() {
    for n_taken in [0, 1, 5, 1000] {
        in_every_state(|world, m| {
            let before = world.n_alive();
            let taken: Vec<_> = m.drain().take(n_taken).collect();
            assert_eq!(world.n_alive(), 2 * taken.len());
            assert!(2 * taken.len() <= before && m.is_empty());
        });
    }
}

#[test]
fn a_forgotten_drain_leaks_and_drops_nothing_twice() {
    for (_, make) in SHAPES {
        let world = World::default();
        let mut m = make(&world);
        let before = world.n_alive();
        let mut drain = m.drain();
        let taken = 2 * drain.by_ref().take(3).count();
        std::mem::forget(drain);
        assert_eq!(world.n_alive(), before - taken);
        m.check();
        let leaked = world.n_alive() - 2 * m.len();
        world::check_usable(&world, &mut m);
        drop(m);
        assert_eq!(world.n_alive(), leaked);
    }
}

#[test]
fn an_iterator_by_value_drops_what_was_not_taken() {
    for n_taken in [0, 1, 5, 1000] {
        in_every_state(|world, m| {
            let owned = std::mem::take(m);
            let before = world.n_alive();
            let mut it = owned.into_iter();
            let taken: Vec<_> = it.by_ref().take(n_taken).collect();
            assert_eq!(world.n_alive(), before);
            drop(it);
            assert_eq!(world.n_alive(), 2 * taken.len());
        });
    }
    in_every_state(|world, m| {
        let keys: Vec<_> = m.clone().into_keys().collect();
        let values: Vec<_> = m.clone().into_values().collect();
        assert_eq!(world.n_alive(), 3 * keys.len() + values.len());
    });
}

#[test]
fn a_clone_owns_its_own() {
    in_every_state(|world, m| {
        let n = m.len();
        let mut copy = m.clone();
        copy.check();
        assert_eq!(world.n_alive(), 4 * n);
        for i in 0..100 {
            copy.insert(world.thing(i), world.thing(i));
        }
        copy.retain(|k, _| k.name() % 2 == 0);
        copy.clone_from(m);
        copy.check();
        assert_eq!(world.n_alive(), 4 * n);
    });
}

#[test]
fn reserving_and_shrinking_move_and_drop_nothing() {
    in_every_state(|_, m| {
        m.reserve(500);
        m.check();
        m.shrink_to(100);
        m.check();
        m.shrink_to_fit();
    });
}

#[test]
fn entries_drop_the_key_that_is_not_needed() {
    in_every_state(|world, m| {
        for name in 0..60 {
            let before = world.n_alive();
            let was_there = m.contains_key(&world.thing(name));
            m.entry(world.thing(name))
                .or_insert_with(|| world.thing(name));
            assert_eq!(world.n_alive(), before + if was_there { 0 } else { 2 });
        }
    });
}

#[test]
fn the_clones_that_a_range_needs_go_with_the_map_at_the_latest() {
    for n_steps in [0, 1, 7, 1000] {
        for (shape, make) in SHAPES {
            let world = World::default();
            let m = GoMap::from(make(&world));
            let mut range = m.range();
            range.by_ref().take(n_steps).for_each(drop);
            (2000..2300).for_each(|i| m.set(world.thing(i), world.thing(i)));
            m.with(Map::check);
            range.for_each(drop);
            m.delete(&world.thing(2000));
            let mut second = m.range();
            second.by_ref().take(n_steps).for_each(drop);
            (3000..3600).for_each(|i| m.set(world.thing(i), world.thing(i)));
            m.with(Map::check);
            assert!(world.n_alive() >= 2 * m.len(), "{shape}");
            drop(m);
            assert!(world.n_alive() > 0, "{shape}: the loop holds the map too");
            drop(second);
            assert_eq!(world.n_alive(), 0, "{shape}");
        }
    }
}

#[test]
fn when_no_range_is_left_its_clones_go_with_the_next_growth() {
    let world = World::default();
    let m = GoMap::from(things(&world, 0..30));
    let mut range = m.range();
    assert!(range.next().is_some());
    (30..53).for_each(|i| m.set(world.thing(i), world.thing(i)));
    while m.with(|m| m.hmap().growing()) {
        m.delete(&world.thing(999));
    }
    assert!(world.n_alive() > 2 * m.len());
    drop(range);
    (53..105).for_each(|i| m.set(world.thing(i), world.thing(i)));
    assert_eq!((m.len(), world.n_alive()), (105, 210));
}

#[test]
fn values_of_every_size_are_dropped() {
    struct Large<'w>([u64; 40], Thing<'w>);
    let world = World::default();
    let mut m: Map<u64, Large<'_>> = Map::new();
    for i in 0..200 {
        m.insert(i, Large([i; 40], world.thing(i)));
    }
    assert!(
        m.iter()
            .all(|(i, large)| large.0 == [*i; 40] && large.1.name() == *i)
    );
    for i in 0..100 {
        m.remove(&i);
    }
    assert_eq!(world.n_alive(), 100);
    m.insert(150, Large([0; 40], world.thing(0)));
    assert_eq!(world.n_alive(), 100);
    m.clear();
    assert_eq!(world.n_alive(), 0);
    for i in 0..14 {
        m.insert(i, Large([i; 40], world.thing(i)));
    }
    drop(m.into_iter().take(3).collect::<Vec<_>>());
    assert_eq!(world.n_alive(), 0);
}

/// A destructor with a count and no bytes.
struct Mark;

thread_local! {
    static N_MARKS: std::cell::Cell<i64> = const { std::cell::Cell::new(0) };
}

impl Drop for Mark {
    fn drop(&mut self) {
        N_MARKS.set(N_MARKS.get() - 1);
    }
}

#[test]
fn values_of_no_bytes_are_dropped_too() {
    let mark = || {
        N_MARKS.set(N_MARKS.get() + 1);
        Mark
    };
    let mut m: Map<u64, Mark> = (0..100).map(|i| (i, mark())).collect();
    drop(m.insert(5, mark()));
    assert_eq!(N_MARKS.get(), 100);
    drop(m.remove(&5));
    assert_eq!(N_MARKS.get(), 99);
    m.retain(|i, _| i % 2 == 0);
    assert_eq!(N_MARKS.get(), 50);
    drop(m.drain().take(10).collect::<Vec<_>>());
    assert_eq!(N_MARKS.get(), 0);
    m.insert(1, mark());
    drop(m);
    assert_eq!(N_MARKS.get(), 0);
}

#[test]
fn a_go_map_drops_its_entries_with_its_last_name() {
    let world = World::default();
    let m: GoMap<u64, std::rc::Rc<Thing<'_>>> = GoMap::make(0);
    (0..20).for_each(|i| m.set(i, std::rc::Rc::new(world.thing(i))));
    let n = m.clone();
    drop(m);
    assert_eq!(world.n_alive(), 20);
    n.delete(&3);
    n.set(4, std::rc::Rc::new(world.thing(4)));
    assert_eq!(world.n_alive(), 19);
    drop(n);
    assert_eq!(world.n_alive(), 0);
}
