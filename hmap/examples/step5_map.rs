//! Step 5: the real thing. Go's buckets, any key, and the names of std's `HashMap`.
//!
//! ```text
//! grows at entry 8 13 26 52 104 208 416 832 1664 3328 6656 13312 26624 53248
//! 16384 buckets of 144 bytes
//! all 100000 entries are found
//! ```

use hmap::Map;

fn main() {
    let mut map = Map::new();
    let (mut growths, mut n_steps) = (Vec::new(), 0);
    for key in 0..100_000_u64 {
        let b = map.hmap().b();
        map.insert(key, key + 1);
        if map.hmap().b() != b {
            growths.push(key.to_string());
        }
        n_steps += usize::from(map.hmap().growing());
    }
    println!("grows at entry {}", growths.join(" "));
    println!(
        "{} buckets of {} bytes",
        map.hmap().n_buckets(),
        hmap::Bmap::<u64, u64>::LAYOUT.size
    );
    assert!(n_steps > 1000, "many insertions find a growth under way");
    assert!((0..100_000).all(|key| map[&key] == key + 1));
    println!("all {} entries are found", map.len());
}
