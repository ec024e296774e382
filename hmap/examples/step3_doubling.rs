//! Step 3: 2^B chains, picked by the low bits of the hash; when they get full, twice as many.
//!
//! ```text
//! entry   8:   2 chains,   8 entries moved
//! entry  13:   4 chains,  13 entries moved
//! entry  26:   8 chains,  26 entries moved
//! entry  52:  16 chains,  52 entries moved
//! entry 104:  32 chains, 104 entries moved
//! entry 208:  64 chains, 208 entries moved
//! entry 416: 128 chains, 416 entries moved
//! 100000 entries: 16384 chains, the longest has 3 buckets
//! the worst insertion moved 53248 entries
//! ```

/// A chain of buckets; here only how many it would need matters, so a `Vec` stands for it.
type Chain = Vec<(u64, u64)>;

struct Map {
    count: usize,
    /// The number of chains is 2^b.
    b: u32,
    chains: Vec<Chain>,
    /// Entries that the last insertion had to move.
    moved: usize,
}

fn hash(key: u64) -> u64 {
    let hash = (key + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 32
}

impl Map {
    fn new() -> Self {
        Self {
            count: 0,
            b: 0,
            chains: vec![Chain::new()],
            moved: 0,
        }
    }

    /// The low `b` bits of the hash.
    fn index(&self, key: u64) -> usize {
        hash(key) as usize & ((1 << self.b) - 1)
    }

    fn get(&self, key: u64) -> Option<u64> {
        let chain = &self.chains[self.index(key)];
        chain
            .iter()
            .find(|entry| entry.0 == key)
            .map(|entry| entry.1)
    }

    fn set(&mut self, key: u64, elem: u64) {
        self.moved = 0;
        let i = self.index(key);
        if let Some(entry) = self.chains[i].iter_mut().find(|entry| entry.0 == key) {
            entry.1 = elem;
            return;
        }
        // Go's load factor: more than 8 entries, and more than 6.5 a chain.
        if self.count + 1 > 8 && self.count + 1 > 13 * (1 << self.b) / 2 {
            self.double();
        }
        let i = self.index(key);
        self.chains[i].push((key, elem));
        self.count += 1;
    }

    /// Twice as many chains; every entry is moved, all at once.
    fn double(&mut self) {
        self.b += 1;
        let old = std::mem::replace(&mut self.chains, vec![Chain::new(); 1 << self.b]);
        for (key, elem) in old.into_iter().flatten() {
            let i = self.index(key);
            self.chains[i].push((key, elem));
            self.moved += 1;
        }
    }
}

fn main() {
    let mut map = Map::new();
    let mut worst = 0;
    for key in 0..100_000 {
        map.set(key, key + 1);
        if map.moved > 0 && key < 500 {
            println!(
                "entry {key:3}: {:3} chains, {:3} entries moved",
                1 << map.b,
                map.moved
            );
        }
        worst = worst.max(map.moved);
    }
    assert!((0..100_000).all(|key| map.get(key) == Some(key + 1)));
    let buckets = map
        .chains
        .iter()
        .map(|chain| chain.len().div_ceil(8).max(1));
    println!(
        "100000 entries: {} chains, the longest has {} buckets",
        1 << map.b,
        buckets.max().unwrap_or(0)
    );
    println!("the worst insertion moved {worst} entries");
}
