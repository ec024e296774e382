//! The bytes of our maps lie where those of Go's maps lie.
//!
//! `facts/map_layout.txt` is what real Go told of its own: the header from the debug data of a
//! compiled program, the buckets from the compiler's type descriptors, for 24 pairs of key and
//! value types.
//!
//! ```text
//!   runtime.hmap count 0 8                                               offset, bytes
//!   bucket u64/v8 tophash 0 keys 8 elems 72 overflow 136 size 144        offsets, bytes in all
//!   maptype u64/v8 keysize 8 elemsize 8 bucketsize 144 flags 4           as stored in a cell
//! ```

use std::collections::BTreeMap;

use hmap::{Bmap, BmapLayout, F64, Key, Map};
use oracle::facts::map_layout;

/// Bits of Go's maptype.flags (runtime/type.go).
const INDIRECT_KEY: usize = 1;
const INDIRECT_ELEM: usize = 2;
const REFLEXIVE_KEY: usize = 4;
const NEED_KEY_UPDATE: usize = 8;

/// The numbers of a line, by the words in front of them.
type Numbers = BTreeMap<String, usize>;

fn facts() -> String {
    std::fs::read_to_string(map_layout()).expect("facts/map_layout.txt")
}

/// The numbers of the line that begins with these two words.
fn line(first: &str, second: &str) -> Numbers {
    let facts = facts();
    let head = format!("{first} {second} ");
    let rest = facts.lines().find_map(|line| line.strip_prefix(&head));
    let words: Vec<_> = rest.expect("the line is there").split(' ').collect();
    let pair = |pair: &[&str]| (pair[0].to_owned(), pair[1].parse().expect("a number"));
    words.chunks(2).map(pair).collect()
}

#[test]
fn the_facts_are_from_go_1_19_and_hold_24_pairs_of_types() {
    let facts = facts();
    assert!(facts.starts_with("# go version go1.19"), "{facts}");
    let buckets = facts.lines().filter(|line| line.starts_with("bucket "));
    assert_eq!(buckets.count(), 24);
}

#[test]
fn every_field_of_the_header_is_where_gos_is() {
    let picture = Map::<u64, u64>::new().inspect("m");
    let header = picture.block("m").expect("the header is drawn");
    let facts = facts();
    let mut fields = 0;
    for line in facts.lines() {
        let words: Vec<_> = line.split(' ').collect();
        if let ["runtime.hmap", name, offset, size] = words[..] {
            let field = header.field(name).expect("a field of Go's name");
            let ours = (field.offset.to_string(), field.size.to_string());
            assert_eq!(ours, (offset.to_owned(), size.to_owned()), "{name}");
            fields += 1;
        } else if let ["runtime.hmap", "size", size] = words[..] {
            assert_eq!(header.size.to_string(), size);
        }
    }
    assert_eq!(fields, header.fields.len(), "{header:?}");
    assert_eq!(fields, 9);
}

fn check_pair<K: Key, V>(kind: &str) {
    let (bucket, maptype) = (line("bucket", kind), line("maptype", kind));
    let flags = maptype["flags"];
    let go = BmapLayout {
        keys: bucket["keys"],
        elems: bucket["elems"],
        overflow: bucket["overflow"],
        size: bucket["size"],
        // All of Go's buckets end with a pointer, and hold nothing that needs more.
        align: 8,
        key_size: maptype["keysize"],
        elem_size: maptype["elemsize"],
        indirect_key: flags & INDIRECT_KEY != 0,
        indirect_elem: flags & INDIRECT_ELEM != 0,
    };
    assert_eq!(Bmap::<K, V>::LAYOUT, go, "{kind}");
    assert_eq!(maptype["bucketsize"], go.size, "{kind}");
    assert_eq!(K::REFLEXIVE, flags & REFLEXIVE_KEY != 0, "{kind}");
    let needs_key_update = flags & NEED_KEY_UPDATE != 0;
    // Ours keeps the key of an equal string, as std's map does.
    let expected = needs_key_update && !kind.starts_with("string");
    assert_eq!(K::NEEDS_KEY_UPDATE, expected, "{kind}");
}

fn check_key<K: Key>(key: &str) {
    check_pair::<K, ()>(&format!("{key}/v0"));
    check_pair::<K, u64>(&format!("{key}/v8"));
    check_pair::<K, [u64; 3]>(&format!("{key}/v24"));
    check_pair::<K, [u64; 25]>(&format!("{key}/v200"));
}

#[test]
fn every_bucket_is_laid_out_as_gos_is() {
    check_key::<u64>("u64");
    check_key::<u32>("u32");
    check_key::<u8>("u8");
    check_key::<&'static str>("string");
    check_key::<[u64; 17]>("s136");
    check_key::<F64>("f64");
}
