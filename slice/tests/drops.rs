//! Values with destructors: who drops what, when, and what a panic or a call from inside leaves.
//!
//! ```text
//!   set, copy, append into spare room, clear    the value that was in the cell is dropped, once
//!   at, iter, ==                                a clone is made; the cell keeps its value
//!   growth                                      clones move, the old array keeps its own
//!   the arena goes                              what the arrays hold is forgotten
//! ```
//!
//! A *value* has a name, is counted when it is made and when it is dropped, and lies in a box, so
//! that a memory checker sees a second drop too. The zero value, which has no box, is not counted.

#[path = "go/caught.rs"]
mod caught;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use bumpalo::Bump;
use slice::{Slice, check};

use caught::panic_text;

/// What happened to the values of a test.
#[derive(Default)]
struct Log {
    n_made: Cell<usize>,
    dropped: RefCell<HashSet<usize>>,
    dropped_twice: Cell<bool>,
    /// Names of the values dropped since they were last asked for.
    names_dropped: RefCell<Vec<i64>>,
    /// How many clones may be made before one panics.
    clones_left: Cell<Option<usize>>,
}

impl Log {
    fn value(&self, name: i64) -> Value<'_> {
        let serial = self.n_made.get();
        self.n_made.set(serial + 1);
        Value(Some(Box::new(Owned {
            name,
            serial,
            log: self,
        })))
    }

    /// Values called 1 to `n` in an array of `cap` cells.
    fn slice<'h, 'l: 'h>(&'l self, heap: &'h Bump, n: i64, cap: i64) -> Slice<'h, Value<'l>> {
        let s = Slice::make(heap, n, cap);
        (0..n).for_each(|i| s.set(i, self.value(i + 1)));
        s
    }

    /// How many values are alive.
    fn n_alive(&self) -> usize {
        assert!(!self.dropped_twice.get(), "a value was dropped twice");
        self.n_made.get() - self.dropped.borrow().len()
    }

    /// The names of the values dropped since the last call, in order.
    fn take_dropped(&self) -> Vec<i64> {
        self.names_dropped.take()
    }
}

/// A value, or the zero value.
#[derive(Default)]
struct Value<'l>(Option<Box<Owned<'l>>>);

struct Owned<'l> {
    name: i64,
    serial: usize,
    log: &'l Log,
}

impl Value<'_> {
    /// Its name, 0 of the zero value.
    fn name(&self) -> i64 {
        self.0.as_ref().map_or(0, |owned| owned.name)
    }
}

impl Clone for Value<'_> {
    fn clone(&self) -> Self {
        let Some(owned) = &self.0 else {
            return Self(None);
        };
        if let Some(left) = owned.log.clones_left.get() {
            assert!(left > 0, "no more clones");
            owned.log.clones_left.set(Some(left - 1));
        }
        owned.log.value(owned.name)
    }
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Drop for Owned<'_> {
    fn drop(&mut self) {
        if !self.log.dropped.borrow_mut().insert(self.serial) {
            self.log.dropped_twice.set(true);
        }
        self.log.names_dropped.borrow_mut().push(self.name);
    }
}

/// The names in all cells, spare ones too, without making a clone.
fn names(s: Slice<'_, Value<'_>>) -> Vec<i64> {
    let look = |cell: &Cell<Value<'_>>| {
        let value = cell.take();
        let name = value.name();
        cell.set(value);
        name
    };
    s.all_cells().iter().map(look).collect()
}

#[test]
fn set_drops_the_value_that_was_there() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 2, 2);
    s.set(0, log.value(9));
    assert_eq!(log.take_dropped(), [1]);
    assert_eq!(names(s), [9, 2]);
    assert_eq!(log.n_alive(), 2);
}

#[test]
fn a_value_that_cannot_be_set_is_dropped_and_nothing_else() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 2, 2);
    let text = panic_text(|| s.set(2, log.value(9)));
    assert_eq!(text, "runtime error: index out of range [2] with length 2");
    assert_eq!(log.take_dropped(), [9]);
    assert_eq!(names(s), [1, 2]);
}

#[test]
fn reading_makes_clones_and_leaves_the_values() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 3, 4);
    assert_eq!(s.at(1).name(), 2);
    assert_eq!(log.take_dropped(), [2]);
    assert_eq!(s.get(2).map(|value| value.name()), Some(3));
    assert_eq!(log.take_dropped(), [3]);
    assert!(s.iter().map(|value| value.name()).eq(1..4));
    assert_eq!(log.take_dropped(), [1, 2, 3]);
    assert!(s == s);
    assert_eq!(log.take_dropped().len(), 6);
    drop(s.to_vec());
    assert_eq!(log.take_dropped(), [1, 2, 3]);
    assert_eq!((names(s), log.n_alive()), (vec![1, 2, 3, 0], 3));
}

#[test]
fn an_append_into_spare_room_drops_what_was_there() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 4, 4);
    let t = s.slice(..1).append(&heap, log.value(9));
    assert_eq!(log.take_dropped(), [2]);
    let u = t.append_slice(&heap, t);
    assert_eq!(log.take_dropped(), [4, 3], "copied from the back");
    assert_eq!((names(u), u.len()), (vec![1, 9, 1, 9], 4));
    assert_eq!((names(s), log.n_alive()), (vec![1, 9, 1, 9], 4));

    let more = [log.value(7), log.value(8)];
    let v = s.slice(..1).append_all(&heap, &more);
    assert_eq!(log.take_dropped(), [9, 1]);
    assert_eq!((names(v), v.len()), (vec![1, 7, 8, 9], 3));
    assert_eq!(log.n_alive(), 4 + more.len());
}

#[test]
fn growth_clones_the_visible_values_and_drops_none() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 3, 3);
    let t = s.append(&heap, log.value(4));
    assert!(log.take_dropped().is_empty());
    assert_eq!(names(s), [1, 2, 3]);
    assert_eq!(names(t), [1, 2, 3, 4, 0, 0]);
    assert_eq!(log.n_alive(), 3 + 4);

    // A header that hides the last value takes only the visible ones along.
    let u = s.slice3(0, 2, 2).append(&heap, log.value(5));
    assert!(log.take_dropped().is_empty());
    assert_eq!(names(u), [1, 2, 5, 0]);
    assert_eq!(log.n_alive(), 3 + 4 + 3);

    t.set(0, Value::default());
    assert_eq!(log.take_dropped(), [1]);
    assert_eq!(names(s), [1, 2, 3], "the old array has values of its own");
}

#[test]
fn copy_drops_each_overwritten_value_once() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 5, 5);
    assert_eq!(s.copy_from(s.slice(2..)), 3);
    assert_eq!(log.take_dropped(), [1, 2, 3]);
    assert_eq!(names(s), [3, 4, 5, 4, 5]);
    assert_eq!(s.slice(1..).copy_from(s), 4);
    assert_eq!(log.take_dropped(), [5, 4, 5, 4]);
    assert_eq!(names(s), [3, 3, 4, 5, 4]);
    assert_eq!(s.copy_from(s), 5);
    assert_eq!(log.take_dropped(), [3, 3, 4, 5, 4]);
    assert_eq!((names(s), log.n_alive()), (vec![3, 3, 4, 5, 4], 5));
}

#[test]
fn clear_drops_the_visible_values_and_keeps_the_spare_ones() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 4, 4);
    s.slice(1..3).clear();
    assert_eq!(log.take_dropped(), [2, 3]);
    assert_eq!(names(s), [1, 0, 0, 4]);
    s.clear();
    assert_eq!(log.take_dropped(), [1, 4]);
    assert_eq!(log.n_alive(), 0);
}

#[test]
fn the_arena_forgets_what_its_arrays_hold() {
    let log = Log::default();
    let heap = Bump::new();
    let s = log.slice(&heap, 3, 3);
    let t = s.append(&heap, log.value(4));
    t.clear();
    assert_eq!(log.take_dropped(), [1, 2, 3, 4]);
    drop(heap);
    assert!(log.take_dropped().is_empty());
    assert_eq!(log.n_alive(), 3);
}

#[test]
fn zero_size_values_are_dropped_too() {
    thread_local! {
        static N_DROPPED: Cell<usize> = const { Cell::new(0) };
    }
    #[derive(Clone, Default)]
    struct Unit;
    impl Drop for Unit {
        fn drop(&mut self) {
            N_DROPPED.set(N_DROPPED.get() + 1);
        }
    }
    let heap = Bump::new();
    let s: Slice<'_, Unit> = Slice::zeroed(&heap, 3);
    assert_eq!(N_DROPPED.get(), 0);
    s.set(1, Unit);
    assert_eq!(N_DROPPED.get(), 1);
    s.clear();
    assert_eq!(N_DROPPED.get(), 4);
}

/// Lets clone number `n` (from 0) panic during `f`.
fn with_panic_in_clone<R>(log: &Log, n: usize, f: impl FnOnce() -> R) {
    log.clones_left.set(Some(n));
    assert_eq!(panic_text(f), "no more clones");
    log.clones_left.set(None);
}

#[test]
fn a_clone_that_panics_while_the_array_grows_leaves_the_old_slice() {
    for n in 0..3 {
        let (log, heap) = (Log::default(), Bump::new());
        let s = log.slice(&heap, 3, 3);

        with_panic_in_clone(&log, n, || s.append(&heap, log.value(9)));
        assert_eq!(log.take_dropped(), [9], "the value that was to be appended");
        with_panic_in_clone(&log, n, || s.append_slice(&heap, s));
        with_panic_in_clone(&log, 3 + n, || s.append_slice(&heap, s));
        let more = [log.value(6), log.value(7), log.value(8)];
        with_panic_in_clone(&log, n, || s.append_all(&heap, &more));
        with_panic_in_clone(&log, 3 + n, || s.append_all(&heap, &more));
        assert!(log.take_dropped().is_empty());

        check(s);
        assert_eq!((names(s), s.len()), (vec![1, 2, 3], 3));
        let n_forgotten = n + n + (3 + n) + n + (3 + n);
        assert_eq!(log.n_alive(), 3 + more.len() + n_forgotten);
        let t = s.append_all(&heap, &more);
        assert_eq!(names(t), [1, 2, 3, 6, 7, 8]);
    }
}

#[test]
fn a_clone_that_panics_in_a_literal_leaves_the_list() {
    let (log, heap) = (Log::default(), Bump::new());
    let list = [log.value(1), log.value(2), log.value(3)];
    with_panic_in_clone(&log, 2, || Slice::literal(&heap, &list));
    assert_eq!(log.n_alive(), list.len() + 2);
    drop(list);
    assert_eq!(log.take_dropped(), [1, 2, 3]);
}

#[test]
fn a_clone_that_panics_in_an_append_with_room_leaves_the_length() {
    for n in 0..2 {
        let (log, heap) = (Log::default(), Bump::new());
        let s = log.slice(&heap, 4, 4);
        let short = s.slice(..2);
        let more = [log.value(8), log.value(9)];
        with_panic_in_clone(&log, n, || short.append_all(&heap, &more));
        check(short);
        assert_eq!(short.len(), 2);
        assert_eq!(names(s), [[1, 2, 3, 4], [1, 2, 8, 4]][n]);

        let s = log.slice(&heap, 4, 4);
        let short = s.slice(..2);
        with_panic_in_clone(&log, n, || short.append_slice(&heap, short));
        check(short);
        assert_eq!(short.len(), 2);
        assert_eq!(names(s), [[1, 2, 3, 4], [1, 2, 3, 2]][n]);
        assert_eq!(log.n_alive(), 4 + 4 + more.len());
    }
}

#[test]
fn a_clone_that_panics_in_a_copy_leaves_every_cell_with_a_value() {
    // Four elements move down from the front, then up from the back; `n` of them arrive.
    let down = [
        [1, 2, 3, 4, 5],
        [2, 2, 3, 4, 5],
        [2, 3, 3, 4, 5],
        [2, 3, 4, 4, 5],
    ];
    let up = [
        [1, 2, 3, 4, 5],
        [1, 2, 3, 4, 4],
        [1, 2, 3, 3, 4],
        [1, 2, 2, 3, 4],
    ];
    for n in 0..4 {
        let (log, heap) = (Log::default(), Bump::new());
        let s = log.slice(&heap, 5, 5);
        with_panic_in_clone(&log, n, || s.copy_from(s.slice(1..)));
        assert_eq!((log.n_alive(), log.take_dropped().len()), (5, n));
        check(s);
        assert_eq!(names(s), down[n]);

        let (log, heap) = (Log::default(), Bump::new());
        let s = log.slice(&heap, 5, 5);
        with_panic_in_clone(&log, n, || s.slice(1..).copy_from(s));
        assert_eq!((log.n_alive(), log.take_dropped().len()), (5, n));
        check(s);
        assert_eq!(names(s), up[n]);
    }
}

#[test]
fn a_clone_that_panics_while_it_is_read_is_put_back() {
    let (log, heap) = (Log::default(), Bump::new());
    let s = log.slice(&heap, 3, 3);
    with_panic_in_clone(&log, 0, || s.at(1));
    with_panic_in_clone(&log, 0, || s.get(1));
    with_panic_in_clone(&log, 1, || s.iter().count());
    with_panic_in_clone(&log, 1, || s.to_vec());
    with_panic_in_clone(&log, 3, || s == s);
    with_panic_in_clone(&log, 2, || check(s));
    assert_eq!((names(s), log.n_alive()), (vec![1, 2, 3], 3));
}

#[test]
fn a_zero_value_that_cannot_be_made_leaves_the_rest() {
    thread_local! {
        static ZEROS_LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    }
    #[derive(Clone)]
    struct Counted(String);
    impl Default for Counted {
        fn default() -> Self {
            ZEROS_LEFT.set(ZEROS_LEFT.get().checked_sub(1).expect("no more zeros"));
            Self(String::new())
        }
    }
    let heap = Bump::new();
    let s = Slice::literal(
        &heap,
        &["a", "b", "c"].map(|text| Counted(text.to_string())),
    );
    let texts = || {
        ZEROS_LEFT.set(usize::MAX);
        s.iter().map(|value| value.0).collect::<Vec<_>>()
    };
    for n in 0..3 {
        ZEROS_LEFT.set(n);
        assert_eq!(
            panic_text(|| Slice::<Counted>::zeroed(&heap, 3)),
            "no more zeros"
        );
    }
    ZEROS_LEFT.set(0);
    assert_eq!(panic_text(|| s.at(0)), "no more zeros");
    assert_eq!(texts(), ["a", "b", "c"]);
    // One zero value to lend the element for, none to put it back with: none is needed.
    ZEROS_LEFT.set(1);
    assert_eq!(s.at(0).0, "a");
    assert_eq!(texts(), ["a", "b", "c"]);
    ZEROS_LEFT.set(2);
    assert_eq!(panic_text(|| s.clear()), "no more zeros");
    assert_eq!(texts(), ["", "", "c"]);
}

/// A value that calls back when it is cloned and when it is dropped; clones do not.
#[derive(Default)]
struct Caller<'h> {
    name: i64,
    on_clone: Option<&'h dyn Fn()>,
    on_drop: Option<&'h dyn Fn()>,
}

impl Caller<'_> {
    fn named(name: i64) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }
}

impl Clone for Caller<'_> {
    fn clone(&self) -> Self {
        if let Some(call) = self.on_clone {
            call();
        }
        Self::named(self.name)
    }
}

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        if let Some(call) = self.on_drop {
            call();
        }
    }
}

/// The names of the visible elements, read as anyone would.
fn read(s: Slice<'_, Caller<'_>>) -> Vec<i64> {
    s.iter().map(|value| value.name).collect()
}

/// Elements called 1 to 3, of which the second calls `on_clone` with the slice when it is cloned.
fn calling<'h>(
    heap: &'h Bump,
    on_clone: impl Fn(Slice<'h, Caller<'h>>) + 'h,
) -> Slice<'h, Caller<'h>> {
    let s = Slice::zeroed(heap, 3);
    for i in 0..3 {
        s.set(i, Caller::named(i + 1));
    }
    let on_clone: &dyn Fn() = heap.alloc(move || on_clone(s));
    s.set(
        1,
        Caller {
            name: 2,
            on_clone: Some(on_clone),
            on_drop: None,
        },
    );
    s
}

#[test]
fn a_clone_that_reads_the_slice_sees_zero_in_its_own_place() {
    let heap = Bump::new();
    let seen = RefCell::new(Vec::new());
    let seen = &*heap.alloc(seen);
    let s = calling(&heap, |s| seen.borrow_mut().push(read(s)));
    let while_cloned = || seen.take();

    assert_eq!(s.at(1).name, 2);
    assert_eq!(while_cloned(), [[1, 0, 3]]);
    assert_eq!(read(s), [1, 2, 3]);
    assert_eq!(while_cloned(), [[1, 0, 3]]);

    let grown = s.append(&heap, Caller::named(4));
    assert_eq!(while_cloned(), [[1, 0, 3]]);
    assert_eq!(read(grown), [1, 2, 3, 4]);

    // Copied down, the first cell has its new value already; copied up, the last one.
    let other = Slice::zeroed(&heap, 3);
    assert_eq!(other.copy_from(s), 3);
    assert_eq!(while_cloned(), [[1, 0, 3]]);
    assert_eq!(s.slice(1..).copy_from(s), 2);
    assert_eq!(while_cloned(), [[1, 0, 3]]);
    assert_eq!(read(s), [1, 1, 2]);
}

#[test]
fn a_clone_that_writes_its_own_place_loses_the_write() {
    let heap = Bump::new();
    let s = calling(&heap, |s| s.set(1, Caller::named(9)));
    assert_eq!(s.at(1).name, 2);
    assert_eq!(read(s), [1, 2, 3]);
}

#[test]
fn a_clone_that_writes_another_place_is_seen_there() {
    let heap = Bump::new();
    let s = calling(&heap, |s| s.set(2, Caller::named(9)));
    assert_eq!(
        read(s),
        [1, 2, 9],
        "the third element is read after the second"
    );
    let s = calling(&heap, |s| s.set(0, Caller::named(9)));
    let grown = s.append(&heap, Caller::named(4));
    assert_eq!(
        read(grown),
        [1, 2, 3, 4],
        "the first was cloned before it was written"
    );
    assert_eq!(read(s), [9, 2, 3]);
}

#[test]
fn a_clone_that_clears_copies_or_appends_does_no_harm() {
    let heap = Bump::new();
    let s = calling(&heap, |s| s.clear());
    assert_eq!(read(s.append(&heap, Caller::named(4))), [1, 2, 0, 4]);
    assert_eq!(read(s), [0, 2, 0]);

    let s = calling(&heap, |s| assert_eq!(s.copy_from(s.slice(1..)), 2));
    assert_eq!(read(s.append(&heap, Caller::named(4))), [1, 2, 3, 4]);
    assert_eq!(read(s), [0, 2, 3]);

    let inner = &*heap.alloc(Cell::new(Slice::nil()));
    let s = calling(&heap, |s| inner.set(s.append_slice(&heap, s)));
    assert_eq!(read(s.append(&heap, Caller::named(4))), [1, 2, 3, 4]);
    assert_eq!(read(inner.get()), [1, 0, 3, 1, 0, 3]);
}

#[test]
fn a_destructor_that_reads_or_writes_the_slice_finds_the_new_value_there() {
    let heap = Bump::new();
    let s = Slice::zeroed(&heap, 2);
    let seen = &*heap.alloc(RefCell::new(Vec::new()));
    let on_drop: &dyn Fn() = heap.alloc(move || {
        seen.borrow_mut().push(read(s));
        s.set(1, Caller::named(7));
    });
    let calls = || Caller {
        name: 5,
        on_clone: None,
        on_drop: Some(on_drop),
    };
    s.set(0, calls());
    s.set(0, Caller::named(6));
    assert_eq!(seen.take(), [[6, 0]]);
    assert_eq!(read(s), [6, 7]);

    s.set(0, calls());
    let grown = s.slice(..0).append(&heap, Caller::named(8));
    assert_eq!(seen.take(), [[8, 7]]);
    assert_eq!(read(grown), [8]);

    s.set(0, calls());
    s.clear();
    assert_eq!(seen.take(), [[0, 7]]);
    assert_eq!(read(s), [0, 0], "cleared after the destructor wrote");
}

#[test]
fn growing_cells_of_no_bytes_makes_only_the_new_values() {
    thread_local! {
        static MADE: Cell<usize> = const { Cell::new(0) };
    }
    struct Token;
    impl Default for Token {
        fn default() -> Self {
            MADE.set(MADE.get() + 1);
            Self
        }
    }
    impl Clone for Token {
        fn clone(&self) -> Self {
            Default::default()
        }
    }
    let heap = Bump::new();
    let mut s = Slice::<Token>::zeroed(&heap, 1000);
    let before = MADE.get();
    for _ in 0..1000 {
        s = s.append(&heap, Token);
    }
    assert_eq!((s.len(), MADE.get()), (2000, before), "nothing was cloned");
}
