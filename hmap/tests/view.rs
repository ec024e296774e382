//! The picture of a map: it shows what is there, in Go's fields, and two pictures compare well.
//!
//! Offsets and types of the header and the marks of the cells are those of runtime/map.go (1.19);
//! entries are compared with std's ordered map.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasherDefault, Hasher};

use hmap::{Bmap, GoMap, Map, View, fastrand};
use layout::text::{Style, render, render_step};
use layout::{Block, Bytes, Picture};

/// A hash that can be read: the low byte picks the bucket, the next byte is the tophash.
#[derive(Default)]
struct Readable(u64);

impl Hasher for Readable {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, key: u64) {
        self.0 = key & 0xff | key >> 8 << 56;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type Numbers = Map<u64, u64, BuildHasherDefault<Readable>>;

/// The key with this tophash byte for a bucket.
fn key(top: u64, bucket: u64) -> u64 {
    top << 8 | bucket
}

/// A map with a known seed and these keys, each with the value 1.
fn numbers(keys: impl IntoIterator<Item = u64>) -> Numbers {
    fastrand::seed(5);
    let mut map = Numbers::default();
    for key in keys {
        map.insert(key, 1);
    }
    map
}

/// Keys 0, 1, 2 … with different tophash bytes, spread over all buckets.
fn spread(n: u64) -> impl Iterator<Item = u64> {
    (0..n).map(|i| key(i % 200 + 20, i % 256))
}

fn meaning<'p>(picture: &'p Picture, block: &str, field: &str) -> &'p str {
    let block = picture
        .block(block)
        .unwrap_or_else(|| panic!("no block {block}"));
    let field = block
        .field(field)
        .unwrap_or_else(|| panic!("no field {field}"));
    &field.meaning
}

/// The full cells of a bucket, as its picture says.
fn entries(block: &Block) -> impl Iterator<Item = (u64, u64)> {
    (0..8).filter_map(|i| {
        let number = |name: &str| block.field(&format!("{name}[{i}]"))?.meaning.parse().ok();
        Some((number("keys")?, number("elems")?))
    })
}

/// P1 and P2 of layout: unique labels, no gaps, arrows between what exists.
fn check(picture: &Picture) {
    let labels: BTreeSet<_> = picture.blocks.iter().map(|block| &block.label).collect();
    assert_eq!(labels.len(), picture.blocks.len(), "labels are unique");
    for block in &picture.blocks {
        let mut covered = 0;
        for field in &block.fields {
            assert_eq!(field.offset, covered, "{}.{}", block.label, field.name);
            covered += field.size;
        }
        assert_eq!(covered, block.size, "{}", block.label);
    }
    for arrow in &picture.arrows {
        let from = picture
            .block(&arrow.from)
            .and_then(|block| block.field(&arrow.field));
        assert!(
            from.is_some() && picture.block(&arrow.to).is_some(),
            "{arrow:?}"
        );
    }
}

#[test]
fn the_header_has_gos_fields_at_gos_offsets() {
    let picture = numbers(spread(3)).inspect("m");
    let header = picture.block("m").expect("the header");
    let fields: Vec<_> = header
        .fields
        .iter()
        .map(|field| (field.offset, field.name.as_str(), field.type_name.as_str()))
        .collect();
    assert_eq!(
        fields,
        [
            (0, "count", "int"),
            (8, "flags", "uint8"),
            (9, "B", "uint8"),
            (10, "noverflow", "uint16"),
            (12, "hash0", "uint32"),
            (16, "buckets", "unsafe.Pointer"),
            (24, "oldbuckets", "unsafe.Pointer"),
            (32, "nevacuate", "uintptr"),
            (40, "extra", "*mapextra"),
        ]
    );
    assert_eq!(header.type_name, "hmap of map[uint64]uint64");
    assert_eq!(meaning(&picture, "m", "B"), "0 (2^0 = 1 bucket)");
    let bucket = picture.block("buckets[0]").expect("a bucket");
    let place = |name| bucket.field(name).map(|field| field.offset);
    assert_eq!((place("tophash[1]"), place("keys[1]")), (Some(1), Some(16)));
    assert_eq!(
        (place("elems[0]"), place("overflow")),
        (Some(72), Some(136))
    );
    assert_eq!(bucket.size, 144);
}

#[test]
fn a_picture_shows_every_entry_once_in_every_moment_of_growth() {
    let mut map = numbers([]);
    let mut model = BTreeMap::new();
    let (mut grew, mut n_evacuated) = (0, 0);
    for (i, key) in spread(200).enumerate() {
        map.insert(key, i as u64);
        model.insert(key, i as u64);
        if i % 7 == 3 {
            map.remove(&key);
            model.remove(&key);
        }
        let picture = map.inspect("m");
        check(&picture);
        let buckets = picture
            .blocks
            .iter()
            .filter(|block| block.type_name == "bmap");
        let mut shown: Vec<_> = buckets.flat_map(entries).collect();
        shown.sort_unstable();
        assert!(
            shown
                .iter()
                .copied()
                .eq(model.iter().map(|(k, v)| (*k, *v))),
            "step {i}"
        );
        grew += usize::from(map.hmap().growing());
        let marked = |label: &str| picture.block(label).and_then(|b| b.field("tophash[0]"));
        for old in 0..map.hmap().nevacuate() {
            if map.hmap().growing() {
                let first = marked(&format!("oldbuckets[{old}]")).expect("an old bucket");
                assert_eq!(
                    (first.meaning.as_str(), &first.bytes),
                    ("evacuated", &Bytes::Padding)
                );
                n_evacuated += 1;
            }
        }
    }
    assert!(grew > 10 && n_evacuated > 20, "{grew} {n_evacuated}");
}

#[test]
fn an_insertion_into_an_empty_cell_changes_four_fields() {
    let mut map = numbers(spread(3));
    let before = map.inspect("m");
    map.insert(key(99, 0), 7);
    let after = map.inspect("m");
    let delta = before.diff(&after);
    for (block, field) in [
        ("m", "count"),
        ("buckets[0]", "tophash[3]"),
        ("buckets[0]", "keys[3]"),
        ("buckets[0]", "elems[3]"),
    ] {
        assert!(delta.changes(block, field), "{block}.{field}");
    }
    assert_eq!((delta.blocks.len(), &delta.arrows), (2, &None), "{delta:?}");
    assert_eq!(meaning(&after, "buckets[0]", "tophash[3]"), "0x63");
    let mut played = before.clone();
    played.apply(&delta);
    assert_eq!(played, after);
}

#[test]
fn empty_cells_carry_the_names_of_gos_marks_and_no_contents() {
    let mut map = numbers((20..25).map(|top| key(top, 0)));
    map.remove(&key(22, 0));
    let picture = map.inspect("m");
    assert_eq!(meaning(&picture, "buckets[0]", "tophash[2]"), "emptyOne");
    assert_eq!(meaning(&picture, "buckets[0]", "tophash[5]"), "emptyRest");
    let vacant = picture
        .block("buckets[0]")
        .and_then(|block| block.field("keys[2]"));
    assert_eq!(vacant.map(|field| &field.bytes), Some(&Bytes::Padding));
}

#[test]
fn a_chain_is_labelled_by_its_bucket_and_linked_by_arrows() {
    // B is 1 above 8 entries; all of these fall into bucket 1.
    let map = numbers((0..13).map(|i| key(20 + i, 3)));
    let picture = map.inspect("m");
    let overflow = picture
        .arrow("buckets[1]", "overflow")
        .expect("a second bucket");
    assert_eq!(overflow.to, "buckets[1]+1");
    assert_eq!(meaning(&picture, "buckets[1]+1", "overflow"), "nil");
    assert_eq!(meaning(&picture, "buckets[0]", "tophash[0]"), "emptyRest");
    assert_eq!(picture.arrow("m", "extra").expect("an extra").to, "extra");
    assert_eq!(meaning(&picture, "extra", "overflow"), "[1]*bmap");
    assert_eq!(meaning(&picture, "m", "noverflow"), "1");
}

#[test]
fn a_bucket_evacuated_ahead_of_the_mark_shows_where_its_cells_went() {
    // 52 entries in 8 buckets are as many as there may be; the next one doubles the array.
    let mut map = numbers((0..52).map(|i| key(20 + i, i % 16)));
    assert!(!map.hmap().growing());
    map.insert(key(99, 5), 1);
    assert_eq!((map.hmap().growing(), map.hmap().nevacuate()), (true, 1));
    let picture = map.inspect("m");
    check(&picture);
    // Old bucket 5 was about to be written to: bit 3 of the hash sends keys to 5 or to 13.
    let marks: Vec<_> = (0..8)
        .map(|i| meaning(&picture, "oldbuckets[5]", &format!("tophash[{i}]")))
        .collect();
    let expected = ["evacuatedX", "evacuatedY"].into_iter().cycle().take(6);
    let empty = ["evacuatedEmpty"; 2];
    assert_eq!(marks, expected.chain(empty).collect::<Vec<_>>());
    assert_eq!(
        meaning(&picture, "buckets[13]", "keys[0]"),
        key(33, 13).to_string()
    );
    assert_eq!(
        meaning(&picture, "oldbuckets[0]", "tophash[0]"),
        "evacuated"
    );
    assert_eq!(
        picture.arrow("m", "oldbuckets").expect("an arrow").to,
        "oldbuckets[0]"
    );
    let rest = meaning(&picture, "extra", "nextOverflow");
    assert!(rest.starts_with("spare[0] of "), "{rest}");
}

#[test]
fn the_flags_are_told_in_gos_words() {
    let mut map = numbers((0..13).map(|i| key(20 + i, 1)));
    assert_eq!(meaning(&map.inspect("m"), "m", "flags"), "0");
    let iteration = map.hiter();
    assert_eq!(
        meaning(&map.inspect("m"), "m", "flags"),
        "iterator|oldIterator"
    );
    drop(iteration);
}

#[test]
fn the_same_seed_gives_the_same_picture_and_addresses_show_only_if_asked() {
    let picture = || numbers(spread(60)).inspect("m");
    assert_eq!(picture(), picture());
    let map = numbers(spread(9));
    let bytes = |view: &mut View<'_>| {
        let picture = view.picture();
        let field = picture.block("m").and_then(|block| block.field("buckets"));
        field.expect("a pointer").bytes.clone()
    };
    assert_eq!(bytes(View::new().map("m", &map)), Bytes::Address);
    let shown = bytes(View::new().with_addresses(true).map("m", &map));
    let first = map.chains().next().and_then(|chain| chain.buckets().next());
    let address = first.expect("a bucket").address();
    assert_eq!(shown, Bytes::Known(address.to_ne_bytes().to_vec()));
}

#[test]
fn an_empty_map_has_no_buckets_to_show() {
    let picture = numbers([]).inspect("m");
    check(&picture);
    assert_eq!((picture.blocks.len(), picture.arrows.len()), (1, 0));
    assert_eq!(meaning(&picture, "m", "buckets"), "nil");
    assert_eq!(meaning(&picture, "m", "extra"), "nil");
}

#[test]
fn of_a_large_map_the_first_buckets_are_drawn_and_the_rest_is_one_block() {
    let mut map: Map<u64, ()> = Map::new();
    map.extend((0..1_000).map(|i| (i, ())));
    let picture = map.inspect("m");
    check(&picture);
    assert_eq!(map.hmap().n_buckets(), 256);
    let rest = picture.block("buckets[64..256]").expect("the rest");
    assert_eq!(rest.type_name, "[192]bmap");
    assert_eq!(rest.size, 192 * Bmap::<u64, ()>::LAYOUT.size);
    assert!(picture.block("buckets[63]").is_some() && picture.block("buckets[64]").is_none());
    let picture = View::new().with_buckets_max(2).map("m", &map).picture();
    assert!(picture.block("buckets[2..256]").is_some());
    assert!(picture.block("buckets[2]").is_none());
}

#[test]
fn the_labels_of_a_second_map_begin_with_its_name() {
    let (m, n) = (numbers(spread(3)), numbers(spread(20)));
    let picture = View::new().map("m", &m).map("n", &n).picture();
    check(&picture);
    assert_eq!(
        picture.arrow("m", "buckets").expect("an arrow").to,
        "buckets[0]"
    );
    assert_eq!(
        picture.arrow("n", "buckets").expect("an arrow").to,
        "n.buckets[0]"
    );
}

#[test]
#[should_panic(expected = "two blocks of one picture are called m")]
fn two_maps_of_one_name_are_refused() {
    let (m, n) = (numbers([]), numbers([]));
    let _picture = View::new().map("m", &m).map("m", &n).picture();
}

#[test]
fn variables_lead_to_the_header_that_they_share() {
    let mut view = View::new();
    let a = GoMap::<u64, u64>::make(0);
    let b = a.clone();
    b.set(1, 10);
    let (c, nil) = (GoMap::<u64, u64>::make(0), GoMap::<u64, u64>::nil());
    let picture = view
        .go_map("a", &a)
        .go_map("b", &b)
        .go_map("n", &nil)
        .picture();
    check(&picture);
    assert_eq!(picture.arrow("a", "hmap").expect("an arrow").to, "h1");
    assert_eq!(picture.arrow("b", "hmap").expect("an arrow").to, "h1");
    assert_eq!(meaning(&picture, "n", "hmap"), "nil");
    assert_eq!(picture.block("a").map(|block| block.size), Some(8));
    assert_eq!(meaning(&picture, "buckets[0]", "elems[0]"), "10");
    // Labels stay: a header that is not shown in between keeps its number.
    let picture = view.go_map("c", &c).picture();
    assert_eq!(picture.arrow("c", "hmap").expect("an arrow").to, "h2");
    assert!(picture.block("h1").is_none());
    a.set(2, 20);
    let picture = view.go_map("a", &a).go_map("c", &c).picture();
    assert_eq!(picture.arrow("a", "hmap").expect("an arrow").to, "h1");
    assert_eq!(meaning(&picture, "buckets[0]", "elems[1]"), "20");
}

#[test]
fn what_is_stored_indirectly_is_a_pointer_that_says_its_value() {
    let mut map: Map<[u8; 136], [u64; 25]> = Map::new();
    map.insert([7; 136], [9; 25]);
    let picture = map.inspect("m");
    check(&picture);
    let bucket = picture.block("buckets[0]").expect("a bucket");
    assert_eq!(bucket.size, 144);
    let key = bucket.field("keys[0]").expect("a key");
    assert_eq!((key.size, key.type_name.as_str()), (8, "*[136]uint8"));
    assert_eq!(
        (&key.bytes, key.meaning.as_str()),
        (&Bytes::Address, "[7 7 7 7 7 7 7 7 …]")
    );
    let empty = bucket.field("elems[1]").expect("a place");
    assert_eq!((empty.size, empty.type_name.as_str()), (8, "*[25]uint64"));
}

#[test]
fn a_map_of_nothing_to_nothing_is_drawn_too() {
    let mut map: Map<(), ()> = Map::new();
    let before = map.inspect("m");
    map.insert((), ());
    let after = map.inspect("m");
    check(&after);
    assert!(before.block("buckets[0]").is_none());
    assert_eq!(meaning(&after, "buckets[0]", "keys[0]"), "{}");
}

#[test]
fn eighty_columns_are_enough_for_every_line() {
    let mut map = numbers(spread(52));
    let before = map.inspect("m");
    map.insert(key(99, 5), 1);
    let after = map.inspect("m");
    let style = Style {
        blocks_max: 100,
        ..Style::default()
    };
    for text in [
        render(&before, &style),
        render_step(&after, &before.diff(&after), &style),
    ] {
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        assert!(!text.contains('…'), "nothing is cut\n{text}");
    }
}
