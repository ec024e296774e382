//! Random programs over slices, run twice: on the real ones and on a model that is obviously right.
//!
//! ```text
//!   model   arrays    0: 7 7 7 0 0 0    1: 1 2      real   the same arrays in a bump heap,
//!           headers   nil                                  the same headers
//!                     array 0, offset 2, len 1, cap 4
//!                     array 1, offset 0, len 2, cap 2
//! ```
//!
//! After each step everything is compared: what the step returned, or the text it panicked with;
//! the words of every header, where the array word has to be the base of the model's array plus the
//! offset; every cell, spare ones too; and no two arrays may overlap.
//!
//! M1  A header of the model is nil, or `offset + cap` is at most the length of its array.
//! M2  The model has a growth rule of its own (model/growth.rs).
//!
//! Go: runtime/slice.go: growslice, makeslice, slicecopy.

#[path = "go/caught.rs"]
mod caught;
#[path = "model/growth.rs"]
mod growth;

use std::cell::Cell;
use std::fmt::Debug;
use std::ops::Range;

use bumpalo::Bump;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use slice::{Slice, check};

use caught::panic_text;
use growth::grown;

/// An element of the programs, made from a number.
trait Element: Clone + Default + Debug + PartialEq {
    fn of(number: i64) -> Self;
}

impl Element for u8 {
    fn of(number: i64) -> Self {
        number as u8
    }
}

impl Element for i64 {
    fn of(number: i64) -> Self {
        number
    }
}

/// 24 bytes that own memory.
impl Element for String {
    fn of(number: i64) -> Self {
        number.to_string()
    }
}

/// The elements made from `n` numbers in a row.
fn elements<T: Element>(n: i64, first: i64) -> Vec<T> {
    (first..first + n).map(T::of).collect()
}

/// One line of a program. `s`, `tail`, `dst` and `src` are the numbers of headers.
#[derive(Clone, Copy, Debug)]
enum Op {
    Make {
        len: i64,
        cap: i64,
    },
    Literal {
        n: i64,
        first: i64,
    },
    Append {
        s: usize,
        v: i64,
    },
    AppendAll {
        s: usize,
        n: i64,
        first: i64,
    },
    AppendSlice {
        s: usize,
        tail: usize,
    },
    Slice {
        s: usize,
        low: Option<i64>,
        high: Option<i64>,
    },
    Slice3 {
        s: usize,
        low: i64,
        high: i64,
        max: i64,
    },
    Copy {
        dst: usize,
        src: usize,
    },
    Set {
        s: usize,
        i: i64,
        v: i64,
    },
    At {
        s: usize,
        i: i64,
    },
    Clear {
        s: usize,
    },
}

/// A number of elements: a few as a rule, now and then hundreds, rarely thousands.
fn counts() -> impl Strategy<Value = i64> {
    prop_oneof![30 => 0..7i64, 5 => 0..600i64, 1 => 0..5000i64]
}

/// Programs whose headers and indexes are any numbers; `Model::resolve` makes them fit.
fn programs() -> impl Strategy<Value = Vec<Op>> {
    let s = any::<usize>;
    let i = || any::<u32>().prop_map(i64::from);
    let v = || 1..100i64;
    let open = move || prop::option::weighted(0.8, i());
    let make = (-1..6i64, prop_oneof![9 => -1..12i64, 1 => 0..600i64]);
    let op = prop_oneof![
        2 => make.prop_map(|(len, cap)| Op::Make { len, cap }),
        1 => (counts(), v()).prop_map(|(n, first)| Op::Literal { n, first }),
        4 => (s(), v()).prop_map(|(s, v)| Op::Append { s, v }),
        3 => (s(), counts(), v()).prop_map(|(s, n, first)| Op::AppendAll { s, n, first }),
        3 => (s(), s()).prop_map(|(s, tail)| Op::AppendSlice { s, tail }),
        5 => (s(), open(), open()).prop_map(|(s, low, high)| Op::Slice { s, low, high }),
        3 => (s(), i(), i(), i()).prop_map(|(s, low, high, max)| Op::Slice3 { s, low, high, max }),
        3 => (s(), s()).prop_map(|(dst, src)| Op::Copy { dst, src }),
        2 => (s(), i(), v()).prop_map(|(s, i, v)| Op::Set { s, i, v }),
        1 => (s(), i()).prop_map(|(s, i)| Op::At { s, i }),
        1 => s().prop_map(|s| Op::Clear { s }),
    ];
    vec(op, 1..40)
}

/// What a step that does not panic leads to.
#[derive(Debug, PartialEq)]
enum Outcome<T> {
    /// One more header, the last of the list.
    NewHeader,
    Count(usize),
    Element(T),
    Nothing,
}

/// A header of the model; nil without an array.
#[derive(Clone, Copy, Debug, Default)]
struct Header {
    array: Option<usize>,
    offset: usize,
    len: usize,
    cap: usize,
}

/// All memory there is, and all variables.
struct Model<T> {
    arrays: Vec<Vec<T>>,
    headers: Vec<Header>,
}

impl<T: Element> Model<T> {
    fn new() -> Self {
        Self {
            arrays: Vec::new(),
            headers: vec![Header::default()],
        }
    }

    /// The operation with headers that exist and indexes at most one off what is allowed.
    fn resolve(&self, op: Op) -> Op {
        let known = |s: usize| s % self.headers.len();
        let near = |i: i64, limit: usize| i % (limit as i64 + 3) - 1;
        let cap = |s| self.headers[known(s)].cap;
        let len = |s| self.headers[known(s)].len;
        match op {
            Op::Make { .. } | Op::Literal { .. } => op,
            Op::Append { s, v } => Op::Append { s: known(s), v },
            Op::AppendAll { s, n, first } => Op::AppendAll {
                s: known(s),
                n,
                first,
            },
            Op::AppendSlice { s, tail } => Op::AppendSlice {
                s: known(s),
                tail: known(tail),
            },
            Op::Slice { s, low, high } => Op::Slice {
                s: known(s),
                low: low.map(|i| near(i, cap(s))),
                high: high.map(|i| near(i, cap(s))),
            },
            Op::Slice3 { s, low, high, max } => Op::Slice3 {
                s: known(s),
                low: near(low, cap(s)),
                high: near(high, cap(s)),
                max: near(max, cap(s)),
            },
            Op::Copy { dst, src } => Op::Copy {
                dst: known(dst),
                src: known(src),
            },
            Op::Set { s, i, v } => Op::Set {
                s: known(s),
                i: near(i, len(s)),
                v,
            },
            Op::At { s, i } => Op::At {
                s: known(s),
                i: near(i, len(s)),
            },
            Op::Clear { s } => Op::Clear { s: known(s) },
        }
    }

    /// The cells of a header from `from` to `to`.
    fn cells(&mut self, s: usize, from: usize, to: usize) -> &mut [T] {
        let header = self.headers[s];
        match header.array {
            Some(array) => &mut self.arrays[array][header.offset..][from..to],
            None => &mut [],
        }
    }

    /// The visible elements of a header.
    fn visible(&mut self, s: usize) -> Vec<T> {
        let len = self.headers[s].len;
        self.cells(s, 0, len).to_vec()
    }

    fn new_array(&mut self, array: Vec<T>, len: usize) -> Outcome<T> {
        self.headers.push(Header {
            array: Some(self.arrays.len()),
            offset: 0,
            len,
            cap: array.len(),
        });
        self.arrays.push(array);
        Outcome::NewHeader
    }

    fn append(&mut self, s: usize, values: &[T]) -> Outcome<T> {
        let header = self.headers[s];
        let need = header.len + values.len();
        if need <= header.cap {
            self.cells(s, header.len, need).clone_from_slice(values);
            self.headers.push(Header {
                len: need,
                ..header
            });
            return Outcome::NewHeader;
        }
        let mut array = self.visible(s);
        array.extend_from_slice(values);
        array.resize(grown(header.cap, need, size_of::<T>()), T::default());
        self.new_array(array, need)
    }

    /// The header of `s[low:high]` with capacity up to `max`, all of which are good.
    fn narrow(&mut self, s: usize, low: i64, high: i64, max: i64) -> Outcome<T> {
        let header = self.headers[s];
        let (len, cap) = ((high - low) as usize, (max - low) as usize);
        // With nothing left the base stays where it was.
        let step = if cap == 0 { 0 } else { low as usize };
        self.headers.push(Header {
            offset: header.offset + step,
            len,
            cap,
            ..header
        });
        Outcome::NewHeader
    }

    fn slice(
        &mut self,
        s: usize,
        low: Option<i64>,
        high: Option<i64>,
    ) -> Result<Outcome<T>, String> {
        let (len, cap) = (self.headers[s].len as i64, self.headers[s].cap as i64);
        let (low, high) = (low.unwrap_or(0), high.unwrap_or(len));
        let bad = match (low, high) {
            (_, high) if high < 0 => format!("[:{high}]"),
            (_, high) if high > cap => format!("[:{high}] with capacity {cap}"),
            (low, _) if low < 0 => format!("[{low}:]"),
            (low, high) if low > high => format!("[{low}:{high}]"),
            _ => return Ok(self.narrow(s, low, high, cap)),
        };
        Err(format!("slice bounds out of range {bad}"))
    }

    fn slice3(&mut self, s: usize, low: i64, high: i64, max: i64) -> Result<Outcome<T>, String> {
        let cap = self.headers[s].cap as i64;
        let bad = match (low, high, max) {
            (_, _, max) if max < 0 => format!("[::{max}]"),
            (_, _, max) if max > cap => format!("[::{max}] with capacity {cap}"),
            (_, high, _) if high < 0 => format!("[:{high}:]"),
            (_, high, max) if high > max => format!("[:{high}:{max}]"),
            (low, _, _) if low < 0 => format!("[{low}::]"),
            (low, high, _) if low > high => format!("[{low}:{high}:]"),
            _ => return Ok(self.narrow(s, low, high, max)),
        };
        Err(format!("slice bounds out of range {bad}"))
    }

    /// The element at `i`, or Go's words for why there is none.
    fn element(&mut self, s: usize, i: i64) -> Result<&mut T, String> {
        let len = self.headers[s].len;
        if i < 0 {
            return Err(format!("index out of range [{i}]"));
        }
        if i >= len as i64 {
            return Err(format!("index out of range [{i}] with length {len}"));
        }
        Ok(&mut self.cells(s, 0, len)[i as usize])
    }

    fn step(&mut self, op: Op) -> Result<Outcome<T>, String> {
        match op {
            Op::Make { len, cap } => {
                if len < 0 {
                    return Err("makeslice: len out of range".to_string());
                }
                if cap < len {
                    return Err("makeslice: cap out of range".to_string());
                }
                Ok(self.new_array(vec![T::default(); cap as usize], len as usize))
            }
            Op::Literal { n, first } => Ok(self.new_array(elements(n, first), n as usize)),
            Op::Append { s, v } => Ok(self.append(s, &[T::of(v)])),
            Op::AppendAll { s, n, first } => Ok(self.append(s, &elements(n, first))),
            Op::AppendSlice { s, tail } => {
                let tail = self.visible(tail);
                Ok(self.append(s, &tail))
            }
            Op::Slice { s, low, high } => self.slice(s, low, high),
            Op::Slice3 { s, low, high, max } => self.slice3(s, low, high, max),
            Op::Copy { dst, src } => {
                let from = self.visible(src);
                let n = from.len().min(self.headers[dst].len);
                self.cells(dst, 0, n).clone_from_slice(&from[..n]);
                Ok(Outcome::Count(n))
            }
            Op::Set { s, i, v } => {
                *self.element(s, i)? = T::of(v);
                Ok(Outcome::Nothing)
            }
            Op::At { s, i } => self.element(s, i).cloned().map(Outcome::Element),
            Op::Clear { s } => {
                let len = self.headers[s].len;
                self.cells(s, 0, len).fill(T::default());
                Ok(Outcome::Nothing)
            }
        }
    }
}

/// The real thing: the headers, and where the arrays of the model lie.
struct Real<'h, T> {
    heap: &'h Bump,
    headers: Vec<Slice<'h, T>>,
    arrays: Vec<Range<usize>>,
}

impl<'h, T: Element> Real<'h, T> {
    fn new(heap: &'h Bump) -> Self {
        Self {
            heap,
            headers: vec![Slice::nil()],
            arrays: Vec::new(),
        }
    }

    fn push(&mut self, s: Slice<'h, T>) -> Outcome<T> {
        self.headers.push(s);
        Outcome::NewHeader
    }

    fn step(&mut self, op: Op) -> Outcome<T> {
        let (heap, at) = (self.heap, |s: usize| self.headers[s]);
        let made = match op {
            Op::Make { len, cap } => Slice::make(heap, len, cap),
            Op::Literal { n, first } => Slice::literal(heap, &elements(n, first)),
            Op::Append { s, v } => at(s).append(heap, T::of(v)),
            Op::AppendAll { s, n, first } => at(s).append_all(heap, &elements(n, first)),
            Op::AppendSlice { s, tail } => at(s).append_slice(heap, at(tail)),
            Op::Slice { s, low, high } => match (low, high) {
                (Some(low), Some(high)) => at(s).slice(low..high),
                (Some(low), None) => at(s).slice(low..),
                (None, Some(high)) => at(s).slice(..high),
                (None, None) => at(s).slice(..),
            },
            Op::Slice3 { s, low, high, max } => at(s).slice3(low, high, max),
            Op::Copy { dst, src } => return Outcome::Count(at(dst).copy_from(at(src))),
            Op::At { s, i } => return Outcome::Element(at(s).at(i)),
            Op::Set { s, i, v } => {
                at(s).set(i, T::of(v));
                return Outcome::Nothing;
            }
            Op::Clear { s } => {
                at(s).clear();
                return Outcome::Nothing;
            }
        };
        self.push(made)
    }

    /// Notes where an array lies that the last step made.
    fn note_array(&mut self) {
        let s = self.headers[self.headers.len() - 1];
        let start = s.as_ptr().addr();
        let new = start..start + s.cap() * size_of::<T>();
        let overlaps = |old: &Range<usize>| old.start < new.end && new.start < old.end;
        assert!(!self.arrays.iter().any(overlaps), "two arrays overlap");
        self.arrays.push(new);
    }

    /// Compares headers and cells with those of the model.
    fn compare(&self, model: &mut Model<T>) {
        assert_eq!(self.headers.len(), model.headers.len());
        for (i, s) in self.headers.iter().enumerate() {
            check(*s);
            let want = model.headers[i];
            assert_eq!((s.len(), s.cap()), (want.len, want.cap), "header {i}");
            let base = want.array.map(|array| self.arrays[array].start);
            let address = base.map_or(0, |base| base + want.offset * size_of::<T>());
            assert_eq!(s.as_ptr().addr(), address, "array word of header {i}");
            assert_eq!(s.is_nil(), want.array.is_none(), "header {i}");
            assert_eq!(
                cells(*s),
                model.cells(i, 0, want.cap),
                "cells of header {i}"
            );
        }
    }
}

/// What all cells hold, read one by one past the crate's own way of reading.
fn cells<T: Element>(s: Slice<'_, T>) -> Vec<T> {
    let read = |cell: &Cell<T>| {
        let value = cell.take();
        cell.set(value.clone());
        value
    };
    s.all_cells().iter().map(read).collect()
}

/// Runs a program on both.
fn run<T: Element>(program: &[Op]) {
    let heap = Bump::new();
    let (mut model, mut real) = (Model::<T>::new(), Real::new(&heap));
    for op in program {
        let op = model.resolve(*op);
        let want = model.step(op);
        let mut found = None;
        let text = panic_text(|| found = Some(real.step(op)));
        let found = found.ok_or(text);
        assert_eq!(
            found,
            want.map_err(|text| format!("runtime error: {text}")),
            "{op:?}"
        );
        if real.arrays.len() < model.arrays.len() {
            real.note_array();
        }
        real.compare(&mut model);
    }
}

/// Runs as many programs as proptest is told to, the same ones each time.
fn run_programs<T: Element>(seed: u64) {
    let config = Config {
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..Config::default()
    };
    println!("{} programs, seed {seed}", config.cases);
    let outcome = TestRunner::new(config).run(&programs(), |program| {
        run::<T>(&program);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn slices_of_bytes_do_what_the_model_does() {
    run_programs::<u8>(1);
}

#[test]
fn slices_of_words_do_what_the_model_does() {
    run_programs::<i64>(2);
}

#[test]
fn slices_of_owned_strings_do_what_the_model_does() {
    run_programs::<String>(3);
}

#[test]
fn a_slice_equals_an_array_of_the_same_length_only() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &[1, 2]);
    assert!(s == [1, 2]);
    assert!(s != [1, 3]);
    assert!(s != [1]);
    assert!(s != [1, 2, 0]);
    assert!(s.append(&heap, 3) != [1, 2]);
    assert!(Slice::<i64>::nil() == [0; 0]);
}
