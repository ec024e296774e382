//! A panic in a key's or value's code, at each call that an operation makes.
//!
//! For each operation, each state of the map and each kind of call: the first call panics, in the
//! next round the second, and so on until the operation goes through. After each panic the map is
//! whole and goes on working, and nothing is ever dropped twice. What is leaked is counted as
//! leaked; where the panic was not in a destructor nothing may be.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hmap::{GoMap, Map};

use crate::world::{Call, Plain, SHAPES, Thing, Things, World, check_usable};

/// An operation on a map; it may panic.
type Operation = for<'w> fn(&'w World, &mut Things<'w>);

/// Runs an operation with a panic at each call of a kind; how many there were in all states.
fn panic_everywhere(name: &str, call: Call, operation: Operation) -> usize {
    let mut n_panics = 0;
    for (shape, make) in SHAPES {
        for n in 0.. {
            let world = World::default();
            let mut m = make(&world);
            world.arm(call, n);
            let result = catch_unwind(AssertUnwindSafe(|| operation(&world, &mut m)));
            let fired = world.disarm();
            assert_eq!(result.is_err(), fired, "{name}, {shape}, {call:?} {n}");
            m.check();
            if call != Call::Drop {
                let n_leaked = world.n_alive() - 2 * m.len();
                assert_eq!(n_leaked, 0, "{name}, {shape}, {call:?} {n}");
            }
            check_usable(&world, &mut m);
            drop(m);
            if call != Call::Drop {
                assert_eq!(world.n_alive(), 0, "{name}, {shape}, {call:?} {n}");
            }
            world.n_alive();
            if !fired {
                break;
            }
            n_panics += 1;
        }
    }
    n_panics
}

/// Each operation by name, with the kinds of calls that it makes in some state.
const OPERATIONS: [(&str, &[Call], Operation); 16] = [
    ("insert new", &[Call::Hash, Call::Eq], |world, m| {
        for i in 100..140 {
            m.insert(world.thing(i), world.thing(i));
        }
    }),
    (
        "insert over",
        &[Call::Hash, Call::Eq, Call::Drop],
        |world, m| {
            for i in 0..10 {
                m.insert(world.thing(i), world.thing(i));
            }
        },
    ),
    ("remove", &[Call::Hash, Call::Eq, Call::Drop], |world, m| {
        for i in 0..10 {
            m.remove(&world.thing(i));
        }
    }),
    ("get", &[Call::Hash, Call::Eq], |world, m| {
        for i in 0..10 {
            let key = world.thing(i);
            assert_eq!(m.get(&key).is_some(), m.get_mut(&key).is_some());
        }
    }),
    ("get_disjoint_mut", &[Call::Hash, Call::Eq], |world, m| {
        let (a, b) = (world.thing(3), world.thing(2));
        for v in m.get_disjoint_mut([&a, &b]).into_iter().flatten() {
            assert!(v.name() < 9000);
        }
    }),
    ("entry", &[Call::Hash, Call::Eq, Call::Drop], |world, m| {
        for i in 0..60 {
            m.entry(world.thing(i)).or_insert_with(|| world.thing(i));
        }
    }),
    ("retain", &[Call::Drop], |_, m| {
        m.retain(|k, _| k.name() % 2 == 0);
    }),
    ("extract_if", &[Call::Drop], |_, m| {
        m.extract_if(|k, _| k.name() % 2 == 0).for_each(drop);
    }),
    ("drain", &[Call::Drop], |_, m| {
        m.drain().take(2).for_each(drop);
    }),
    ("clear", &[Call::Drop], |_, m| m.clear()),
    ("clone", &[Call::Clone], |_, m| drop(m.clone())),
    ("clone_from", &[Call::Clone, Call::Drop], |world, m| {
        let mut copy = crate::world::things(world, 0..20);
        copy.clone_from(m);
        m.clone_from(&copy);
    }),
    ("reserve", &[Call::Hash], |_, m| m.reserve(200)),
    ("shrink", &[Call::Hash], |world, m| {
        m.retain(|k, _| k.name() < 5);
        m.insert(world.thing(900), world.thing(900));
        m.shrink_to_fit();
    }),
    ("extend", &[Call::Hash, Call::Eq, Call::Drop], |world, m| {
        m.extend((0..60).map(|i| (world.thing(i), world.thing(i))));
    }),
    ("==", &[Call::Hash, Call::Eq], |_, m| {
        let same = &*m;
        assert!(*m == *same);
    }),
];

#[test]
fn a_panic_in_any_call_leaks_at_most_and_the_map_goes_on() {
    for (name, calls, operation) in OPERATIONS {
        for call in [Call::Hash, Call::Eq, Call::Clone, Call::Drop] {
            let n = panic_everywhere(name, call, operation);
            assert!(
                n > 0 || !calls.contains(&call),
                "{name} makes no call of {call:?}"
            );
        }
    }
}

/// Ranges over a map and changes it in each step.
fn change_while_ranging<'w>(world: &'w World, m: &GoMap<Thing<'w>, Thing<'w>, Plain>) {
    for (i, (key, value)) in (100..180).zip(m.range()) {
        m.set(world.thing(i), world.thing(i));
        m.delete(&world.thing(i - 95));
        m.set(key, value);
    }
}

#[test]
fn a_panic_in_any_call_while_ranging_leaks_at_most_and_the_map_goes_on() {
    for (shape, make) in SHAPES {
        for call in [Call::Hash, Call::Eq, Call::Clone, Call::Drop] {
            for n in 0.. {
                let world = World::default();
                let m = GoMap::from(make(&world));
                world.arm(call, n);
                let range = || change_while_ranging(&world, &m);
                let result = catch_unwind(AssertUnwindSafe(range));
                let fired = world.disarm();
                assert_eq!(result.is_err(), fired, "{shape}, {call:?} {n}");
                m.with(Map::check);
                let names: Vec<u64> = m.range().map(|(key, _)| key.name()).collect();
                assert_eq!(names.len(), m.len());
                names.iter().for_each(|name| m.delete(&world.thing(*name)));
                assert!(m.is_empty());
                m.set(world.thing(1), world.thing(1));
                m.with(Map::check);
                drop(m);
                assert!(
                    world.n_alive() == 0 || call == Call::Drop,
                    "{shape}, {call:?} {n}"
                );
                if !fired {
                    break;
                }
            }
        }
    }
}

/// Drops a map whole, or an iterator by value, with a panic in each destructor.
fn consume_everywhere(consume: for<'w> fn(Things<'w>)) {
    for (shape, make) in SHAPES {
        for n in 0.. {
            let world = World::default();
            let m = make(&world);
            world.arm(Call::Drop, n);
            let result = catch_unwind(AssertUnwindSafe(|| consume(m)));
            let fired = world.disarm();
            assert_eq!(result.is_err(), fired, "{shape} {n}");
            world.n_alive();
            if !fired {
                assert_eq!(world.n_alive(), 0);
                break;
            }
        }
    }
}

#[test]
fn a_panic_in_a_destructor_while_the_map_goes_drops_nothing_twice() {
    consume_everywhere(|m| drop(m));
    consume_everywhere(|m| m.into_iter().take(3).for_each(drop));
    consume_everywhere(|m| m.into_keys().for_each(drop));
    consume_everywhere(|m| m.into_values().take(1).for_each(drop));
}

#[test]
fn a_panic_in_what_the_caller_passes_leaves_the_map_whole() {
    for (_, make) in SHAPES {
        let operations: [Operation; 4] = [
            |_, m| m.retain(|k, _| panic!("at {}", k.name())),
            |_, m| {
                m.extract_if(|k, _| panic!("at {}", k.name()))
                    .for_each(drop);
            },
            |world, m| {
                for (key, value) in m.iter_mut() {
                    *value = world.thing(1);
                    assert!(key.name() % 2 == 1, "at {}", value.name());
                }
            },
            |_, m| {
                let mut n = 0;
                m.retain(|_, _| {
                    n += 1;
                    assert!(n < 4, "enough");
                    n % 2 == 0
                });
            },
        ];
        for operation in operations {
            let world = World::default();
            let mut m = make(&world);
            let len = m.len();
            let result = catch_unwind(AssertUnwindSafe(|| operation(&world, &mut m)));
            assert!(result.is_err() || len < 4);
            assert_eq!(world.n_alive(), 2 * m.len());
            check_usable(&world, &mut m);
        }
    }
}

#[test]
fn a_panic_in_the_value_of_a_vacant_entry_inserts_nothing() {
    for (_, make) in SHAPES {
        let world = World::default();
        let mut m = make(&world);
        let len = m.len();
        let result = catch_unwind(AssertUnwindSafe(|| {
            m.entry(world.thing(999))
                .or_insert_with(|| panic!("no"))
                .name()
        }));
        assert!(result.is_err());
        assert_eq!((m.len(), world.n_alive()), (len, 2 * len));
        check_usable(&world, &mut m);
    }
}
