//! The bytes of header and bucket, as Go's compiler lays them out.
//!
//! ```text
//! Hmap  0 ┌───────┬───────┬───┬───────────┬───────┬─────────┬────────────┬───────────┬───────┐ 48
//!         │ count │ flags │ B │ noverflow │ hash0 │ buckets │ oldbuckets │ nevacuate │ extra │
//!         └───0───┴───8───┴─9─┴────10─────┴──12───┴───16────┴─────24─────┴────32─────┴──40───┘
//! Bmap  0 ┌─────────┬──────────┬───────────┬──────────┐
//!         │ tophash │ 8 × key  │ 8 × elem  │ overflow │
//!         └────0────┴────8─────┴───────────┴──────────┘
//! ```
//!
//! Go: runtime/map.go: hmap, bmap; cmd/compile/internal/reflectdata/reflect.go: MapBucketType
//! (1.19).

use hmap::{Bmap, BmapLayout, Hmap, Map};

/// Go's bucket, by the rules for a struct of four arrays: each field at the next multiple of its
/// alignment. `(size, align)` of key and elem; above 128 bytes a pointer stands for it.
fn go_layout(key: (usize, usize), elem: (usize, usize)) -> BmapLayout {
    let pointer = |(size, align)| if size > 128 { (8, 8) } else { (size, align) };
    let ((key_size, key_align), (elem_size, elem_align)) = (pointer(key), pointer(elem));
    let keys = 8_usize.next_multiple_of(key_align);
    let elems = (keys + 8 * key_size).next_multiple_of(elem_align);
    let overflow = (elems + 8 * elem_size).next_multiple_of(8);
    BmapLayout {
        keys,
        elems,
        overflow,
        size: overflow + 8,
        align: 8,
        key_size,
        elem_size,
        indirect_key: key.0 > 128,
        indirect_elem: elem.0 > 128,
    }
}

/// Compares ours with the rules, and its size with the one that Go's reflection shows.
#[track_caller]
fn check<K, V>(size: usize) {
    let layout = Bmap::<K, V>::LAYOUT;
    let go = go_layout(
        (size_of::<K>(), align_of::<K>()),
        (size_of::<V>(), align_of::<V>()),
    );
    assert_eq!(layout, go);
    assert_eq!(layout.size, size);
    assert_eq!(layout.overflow, size - 8, "the overflow pointer comes last");
}

#[test]
fn a_bucket_has_the_size_that_go_gives_it() {
    // The sizes were printed by Go 1.19.8: bucketsize, read off the type of such a map.
    check::<u64, u64>(144);
    check::<u32, u32>(80);
    check::<u8, u8>(32);
    check::<u8, u64>(88);
    check::<u64, u8>(88);
    check::<i64, bool>(88);
    check::<u16, [u8; 3]>(56);
    check::<[u8; 3], u32>(72);
    check::<u64, ()>(80);
    check::<(), u64>(80);
    check::<(), ()>(16);
    check::<[u64; 2], [u64; 3]>(336);
    check::<[u64; 16], u64>(1104);
    check::<[u64; 17], u64>(144);
    check::<u64, [u64; 16]>(1104);
    check::<u64, [u64; 25]>(144);
    check::<[u8; 128], [u8; 128]>(2064);
    check::<[u8; 129], [u8; 129]>(144);
    check::<f64, [u8; 200]>(144);
}

#[test]
fn the_parts_of_a_bucket_of_words_lie_at_8_72_and_136() {
    let layout = Bmap::<u64, u64>::LAYOUT;
    assert_eq!((layout.keys, layout.elems, layout.overflow), (8, 72, 136));
    let layout = Bmap::<u8, u64>::LAYOUT;
    assert_eq!((layout.keys, layout.elems, layout.overflow), (8, 16, 80));
    let layout = Bmap::<[u8; 3], u32>::LAYOUT;
    assert_eq!((layout.keys, layout.elems, layout.overflow), (8, 32, 64));
}

#[test]
fn more_than_128_bytes_lie_behind_a_pointer() {
    let indirect = |layout: BmapLayout| (layout.indirect_key, layout.indirect_elem);
    assert_eq!(indirect(Bmap::<[u8; 128], u8>::LAYOUT), (false, false));
    assert_eq!(indirect(Bmap::<[u8; 129], u8>::LAYOUT), (true, false));
    assert_eq!(indirect(Bmap::<u8, [u8; 128]>::LAYOUT), (false, false));
    assert_eq!(indirect(Bmap::<u8, [u8; 129]>::LAYOUT), (false, true));
}

#[test]
fn an_alignment_that_go_does_not_know_moves_keys_or_goes_behind_a_pointer() {
    let layout = Bmap::<u8, u128>::LAYOUT;
    assert_eq!((layout.keys, layout.elems % 16, layout.align), (8, 0, 16));
    assert_eq!(layout.size % 16, 0);
    #[expect(dead_code, reason = "only its alignment counts")]
    #[repr(align(64))]
    struct Line(u64);
    let layout = Bmap::<Line, u64>::LAYOUT;
    assert!(layout.indirect_key && layout.size == 144);
}

#[test]
fn the_header_has_48_bytes() {
    assert_eq!((size_of::<Hmap>(), align_of::<Hmap>()), (48, 8));
}

#[test]
fn the_fields_of_the_header_lie_where_go_has_them() {
    let mut m: Map<u64, u64> = Map::new();
    for i in 0..53 {
        m.insert(i, i);
    }
    let picture = m.inspect("m");
    let header = picture.block("m").expect("the header");
    let fields: Vec<_> = header
        .fields
        .iter()
        .map(|field| (field.name.as_str(), field.offset, field.size))
        .collect();
    let go = [
        ("count", 0, 8),
        ("flags", 8, 1),
        ("B", 9, 1),
        ("noverflow", 10, 2),
        ("hash0", 12, 4),
        ("buckets", 16, 8),
        ("oldbuckets", 24, 8),
        ("nevacuate", 32, 8),
        ("extra", 40, 8),
    ];
    assert_eq!((header.size, fields.as_slice()), (48, go.as_slice()));
}
