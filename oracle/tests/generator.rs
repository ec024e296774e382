//! Random scripts are the same for the same seed, and reach what they are made to reach.
//!
//! What "every panic" means is read off Go's own list of texts (runtime/error.go: boundsErrorFmts,
//! boundsNegErrorFmts; runtime/slice.go), with every number written as N.

use std::collections::{BTreeMap, BTreeSet};

use bumpalo::Bump;
use oracle::generate::map;
use oracle::generate::slice::{LARGEST_BYTES, OPS_PER_SCRIPT, script};
use oracle::machine::slice::machine;
use oracle::script::map as maps;
use oracle::script::slice::{Kind, Op};

/// The sample: 1,000 scripts, 60,000 operations.
const SEED: u64 = 11;
const SCRIPTS: u64 = 1_000;

/// Every text that Go has for indexing and slicing slices and strings, and for make and append.
const PANICS: [&str; 16] = [
    "index out of range [N] with length N",
    "index out of range [-N]",
    "slice bounds out of range [:N] with length N",
    "slice bounds out of range [:N] with capacity N",
    "slice bounds out of range [N:N]",
    "slice bounds out of range [:-N]",
    "slice bounds out of range [-N:]",
    "slice bounds out of range [::N] with capacity N",
    "slice bounds out of range [:N:N]",
    "slice bounds out of range [N:N:]",
    "slice bounds out of range [::-N]",
    "slice bounds out of range [:-N:]",
    "slice bounds out of range [-N::]",
    "makeslice: len out of range",
    "makeslice: cap out of range",
    "growslice: cap out of range",
];

#[test]
fn the_same_seed_and_number_give_the_same_script() {
    for id in 0..100 {
        assert_eq!(script(SEED, id), script(SEED, id), "script {id}");
        assert_ne!(
            script(SEED, id).ops,
            script(SEED + 1, id).ops,
            "script {id}"
        );
        assert_eq!(script(SEED, id).ops.len(), OPS_PER_SCRIPT);
    }
}

#[test]
fn the_same_seed_and_number_give_the_same_map_script() {
    for id in 0..100 {
        let script = map::script(SEED, id);
        assert_eq!(script, map::script(SEED, id), "script {id}");
        assert_ne!(script.ops, map::script(SEED + 1, id).ops, "script {id}");
        assert_eq!(script.ops.len(), map::OPS_PER_SCRIPT);
    }
}

#[test]
fn map_scripts_reach_every_operation_on_every_kind() {
    let mut reached: BTreeSet<(maps::Kind, &str)> = BTreeSet::new();
    let mut odd_keys = BTreeSet::new();
    for id in 0..SCRIPTS {
        let script = map::script(SEED, id);
        for op in &script.ops {
            assert!(op.suits(script.kind), "{op} over {}", script.kind);
            reached.insert((script.kind, op.name()));
            if let maps::Op::Set { key, .. } = op {
                odd_keys.insert(key.to_string());
            }
        }
    }
    assert_eq!(reached.len(), 24 * maps::Op::NAMES.len());
    for key in ["0", "-0", "nan"] {
        assert!(odd_keys.contains(key), "no key {key} is ever stored");
    }
}

#[test]
fn scripts_reach_every_operation_on_every_kind_that_allows_it() {
    let mut reached: BTreeSet<(&str, &str)> = BTreeSet::new();
    for id in 0..SCRIPTS {
        let script = script(SEED, id);
        for op in &script.ops {
            assert!(op.suits(script.kind), "{op} over {}", script.kind);
            reached.insert((script.kind.name(), op.name()));
        }
    }
    // 12 operations for all 10 kinds, 5 on strings for 3 of them, 2 conversions for 2, 2 for bytes.
    assert_eq!(reached.len(), 12 * 10 + 5 * 3 + 2 * 2 + 2);
    for name in Op::NAMES {
        assert!(
            reached.iter().any(|&(_, reached)| reached == name),
            "{name} is never drawn"
        );
    }
}

#[test]
fn scripts_reach_every_panic_of_gos_and_most_operations_are_right() {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut heap = Bump::new();
    for id in 0..SCRIPTS {
        heap.reset();
        let script = script(SEED, id);
        let mut twin = machine(script.kind, &heap);
        for op in &script.ops {
            if let Some(panic) = twin.act(op).strip_prefix("! runtime error: ") {
                *counts.entry(with_n_for_numbers(panic)).or_default() += 1;
            }
        }
    }
    for text in PANICS {
        let count = counts.get(text).copied().unwrap_or(0);
        assert!(
            count >= 8,
            "`{text}` is reached {count} times; all: {counts:#?}"
        );
    }
    assert_eq!(counts.len(), PANICS.len(), "{counts:#?}");
    let panics: u32 = counts.values().sum();
    assert!(
        (5_000..10_000).contains(&panics),
        "{panics} of 60,000 operations panic"
    );
}

fn with_n_for_numbers(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if shape.ends_with('N') => {}
            '0'..='9' => shape.push('N'),
            _ => shape.push(c),
        }
    }
    shape
}

#[test]
fn no_operation_allocates_much_and_what_go_refuses_is_far_above() {
    for id in 0..SCRIPTS {
        let script = script(SEED, id);
        let bytes = |elems: i64| script.kind.elem_bytes().checked_mul(elems);
        for op in &script.ops {
            let asked = if let Op::Make { len, cap, .. } = *op {
                len.max(cap)
            } else if let Op::Zeroed { len, .. } = *op {
                len
            } else if let Op::AppendN { n, .. } = *op {
                n.into()
            } else {
                continue;
            };
            let small = bytes(asked).is_some_and(|bytes| bytes <= 2 * LARGEST_BYTES);
            let refused = bytes(asked).is_none_or(|bytes| bytes > 1 << 48);
            assert!(small || refused, "{op} over {}", script.kind);
        }
    }
}

#[test]
fn scripts_reach_growth_by_quarters_and_past_the_largest_size_class() {
    let (mut by_quarters, mut past_classes) = (BTreeSet::new(), BTreeSet::new());
    let mut heap = Bump::new();
    for id in 0..SCRIPTS {
        heap.reset();
        let script = script(SEED, id);
        let mut twin = machine(script.kind, &heap);
        for op in &script.ops {
            let (Op::Append { dst, src, .. }
            | Op::AppendN { dst, src, .. }
            | Op::Appends { dst, head: src, .. }
            | Op::AppendStr { dst, src, .. }) = *op
            else {
                twin.act(op);
                continue;
            };
            let before = twin.cap(src).cast_signed() as i64;
            twin.act(op);
            let after = twin.cap(dst).cast_signed() as i64;
            if after > before && before > 256 && after < 2 * before {
                by_quarters.insert(script.kind.name());
            }
            if after > before && after.saturating_mul(script.kind.elem_bytes()) > 32 << 10 {
                past_classes.insert(script.kind.name());
            }
        }
    }
    let with_bytes: BTreeSet<_> = Kind::ALL
        .iter()
        .filter(|kind| kind.elem_bytes() > 0)
        .map(|kind| kind.name())
        .collect();
    assert_eq!(past_classes, with_bytes);
    assert!(by_quarters.is_superset(&with_bytes), "{by_quarters:?}");
}
