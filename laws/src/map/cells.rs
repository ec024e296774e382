//! Where the bytes of an entry lie: keys together, elems together, large ones behind a pointer.
//!
//! ```text
//!   map[[K]byte][E]byte
//!   ┌─────────────┬──────────────┬──────────────┬──────────┐
//!   │ tophash 8   │ keys 8 × K   │ elems 8 × E  │ overflow │     a K or E above 128 counts as 8:
//!   └─────────────┴──────────────┴──────────────┴──────────┘     the cell holds a pointer
//!   0             8              8 + 8K         8 + 8K + 8E
//! ```
//!
//! Addresses are measured in a real map, and compared with the sum as one would write it down;
//! 144 bytes for `map[uint64]uint64` is what Go prints.
//!
//! Go: cmd/compile/internal/reflectdata/reflect.go: MapBucketType.

use hmap::{Chain, Map, fastrand};
use proptest::strategy::Strategy;

use super::AREA;
use super::alg::Alg;
use super::buckets::CHAPTER;
use crate::slice::program::{Program, program};
use crate::{Because, Law, Text, dials, hold, same, search};

/// Sizes of keys, in bytes.
const KEYS: [usize; 6] = [1, 8, 24, 128, 129, 200];
/// Sizes of elems, in bytes.
const ELEMS: [usize; 6] = [0, 1, 8, 24, 128, 129];

/// What was measured of the entry in one cell, in bytes from the beginning of its bucket.
struct Place {
    cell: usize,
    key: isize,
    elem: isize,
}

/// What was measured of a map.
struct Measured {
    /// From the beginning of one bucket to that of the next.
    bucket: usize,
    places: Vec<Place>,
}

/// Measures a `map[[K]byte][E]byte` of `n` entries in two buckets or more.
fn measure<const K: usize, const E: usize>(n: u8) -> Measured {
    fastrand::seed(n.into());
    let mut m: Map<[u8; K], [u8; E], Alg> = Map::with_capacity_and_hasher(9, Alg::default());
    for i in 0..n {
        let mut key = [0; K];
        key[K - 1] = i;
        m.insert(key, [i; E]);
    }
    let heads: Vec<_> = m
        .chains()
        .filter_map(|chain| chain.buckets().next())
        .collect();
    let mut places = Vec::new();
    for bucket in m.chains().flat_map(Chain::buckets) {
        let from_bucket = |at: usize| at.wrapping_sub(bucket.address()).cast_signed();
        for cell in 0..8 {
            if let Some((key, elem)) = bucket.cell(cell) {
                places.push(Place {
                    cell,
                    key: from_bucket(key.as_ptr().addr()),
                    elem: from_bucket(elem.as_ptr().addr()),
                });
            }
        }
    }
    Measured {
        bucket: heads[1].address() - heads[0].address(),
        places,
    }
}

/// [`measure`] for a size of key and a size of elem.
type Measure = fn(u8) -> Measured;

macro_rules! row {
    ($key:literal) => {
        [
            measure::<$key, 0>,
            measure::<$key, 1>,
            measure::<$key, 8>,
            measure::<$key, 24>,
            measure::<$key, 128>,
            measure::<$key, 129>,
        ]
    };
}

/// [`measure`] for each of [`KEYS`] and [`ELEMS`].
const MEASURE: [[Measure; 6]; 6] = [row!(1), row!(8), row!(24), row!(128), row!(129), row!(200)];

/// Maps by key size, elem size and number of entries.
fn maps() -> impl Strategy<Value = Program<(usize, usize, u8)>> {
    dials([0..=5, 0..=5, 1..=60]).prop_map(|[key, elem, n]| {
        let (k, e) = (KEYS[key], ELEMS[elem]);
        let text = format!("m := make(map[[{k}]byte][{e}]byte, 9); {n} keys are stored");
        program((key, elem, n as u8), text)
    })
}

/// Bytes of a key or an elem in its cell.
fn in_cell(size: usize) -> usize {
    if size > 128 {
        size_of::<*const u8>()
    } else {
        size
    }
}

pub(crate) const KEYS_THEN_ELEMS: Law = Law {
    name: "keys-stand-together-and-elems-behind-them",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A bucket is 8 tophash bytes, then 8 keys, then 8 elems, then one pointer, with no gap \
             between key and elem: map[int64]int8 wastes nothing on padding.",
        zh: "桶里依次是 8 个 tophash、8 个 key、8 个 value、1 个指针；\
             key 和 key 放一起，value 和 value 放一起，\
             所以 map[int64]int8 不会因对齐浪费空间。",
    },
    go: "cmd/compile/internal/reflectdata/reflect.go: MapBucketType",
    search: |run| {
        search(run, &maps(), |program| {
            let (key, elem, n) = program.parts;
            let measured = MEASURE[key][elem](n);
            let (key, elem) = (KEYS[key], ELEMS[elem]);
            let elems_at = 8 + 8 * in_cell(key);
            same(
                "unsafe.Sizeof(bucket)",
                measured.bucket,
                elems_at + 8 * in_cell(elem) + 8,
            )?;
            for place in measured.places {
                let i = place.cell;
                if key <= 128 {
                    let at = (8 + i * key).cast_signed();
                    same("&b.keys[i] - &b", place.key, at)?;
                }
                // An elem of no bytes lies nowhere.
                if (1..=128).contains(&elem) {
                    let at = (elems_at + i * elem).cast_signed();
                    same("&b.elems[i] - &b", place.elem, at)?;
                }
            }
            Ok(())
        })
    },
};

/// Whether what is so large lies outside of its bucket when it should, and inside else.
fn lies(what: &str, size: usize, at: isize, bucket: usize) -> Result<(), Because> {
    let inside = usize::try_from(at).is_ok_and(|at| at + size <= bucket);
    let large = size > 128;
    hold(
        inside != large,
        format!("{what} of {size} bytes is at {at} in a bucket of {bucket}"),
        format!("{size} 字节的 {what} 在 {bucket} 字节的桶里偏移 {at} 处"),
    )
}

pub(crate) const POINTER_ABOVE_128: Law = Law {
    name: "above-128-bytes-a-cell-holds-a-pointer",
    area: AREA,
    chapter: CHAPTER,
    claim: Text {
        en: "A key or elem of up to 128 bytes lies in its cell; a larger one lies elsewhere and \
             the cell holds 8 bytes, so a bucket never exceeds 2064 bytes.",
        zh: "不超过 128 字节的 key 或 value 直接放在槽位里；更大的另外分配，槽位里只放 8 字节的指针，\
             所以一个桶最多 2064 字节。",
    },
    go: "cmd/compile/internal/reflectdata/reflect.go: MapBucketType",
    search: |run| {
        search(run, &maps(), |program| {
            let (key, elem, n) = program.parts;
            let measured = MEASURE[key][elem](n);
            let (key, elem, bucket) = (KEYS[key], ELEMS[elem], measured.bucket);
            hold(
                bucket <= 2064,
                format!("a bucket has {bucket} bytes"),
                format!("桶有 {bucket} 字节"),
            )?;
            for place in measured.places {
                lies("key", key, place.key, bucket)?;
                if elem > 0 {
                    lies("elem", elem, place.elem, bucket)?;
                }
            }
            Ok(())
        })
    },
};
