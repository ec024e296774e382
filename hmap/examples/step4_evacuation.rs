//! Step 4: the same, but no insertion moves more than two chains: the old ones wait.
//!
//! ```text
//! entry 52: 13 moved, 6 old chains left
//! entry 53: 7 moved, 5 old chains left
//! entry 54: 6 moved, 4 old chains left
//! entry 55: 14 moved, 2 old chains left
//! entry 56: 6 moved, 1 old chains left
//! 100000 entries: 16384 chains
//! the worst insertion moved 29 entries
//! ```

type Chain = Vec<(u64, u64)>;

struct Map {
    count: usize,
    b: u32,
    chains: Vec<Chain>,
    /// The chains before the last doubling, while there are any; `None` is evacuated.
    old: Vec<Option<Chain>>,
    /// All old chains below this one are evacuated.
    nevacuate: usize,
    /// Entries that the last insertion moved.
    moved: usize,
}

fn hash(key: u64) -> u64 {
    let hash = (key + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 32
}

impl Map {
    fn index(&self, key: u64) -> usize {
        hash(key) as usize & (self.chains.len() - 1)
    }

    fn old_index(&self, key: u64) -> usize {
        hash(key) as usize & (self.old.len() - 1)
    }

    /// A read asks the old chain as long as it is there, and moves nothing.
    fn get(&self, key: u64) -> Option<u64> {
        let new = &self.chains[self.index(key)];
        let old = if self.old.is_empty() {
            None
        } else {
            self.old[self.old_index(key)].as_ref()
        };
        let chain = old.unwrap_or(new);
        chain
            .iter()
            .find(|entry| entry.0 == key)
            .map(|entry| entry.1)
    }

    fn set(&mut self, key: u64, elem: u64) {
        self.moved = 0;
        self.grow_work(key);
        let i = self.index(key);
        if let Some(entry) = self.chains[i].iter_mut().find(|entry| entry.0 == key) {
            entry.1 = elem;
            return;
        }
        let is_full = self.count + 1 > 8 && self.count + 1 > 13 * (1 << self.b) / 2;
        if is_full && self.old.is_empty() {
            self.b += 1;
            let new = vec![Chain::new(); 1 << self.b];
            self.old = std::mem::replace(&mut self.chains, new)
                .into_iter()
                .map(Some)
                .collect();
            self.nevacuate = 0;
            self.grow_work(key);
        }
        let i = self.index(key);
        self.chains[i].push((key, elem));
        self.count += 1;
    }

    /// Evacuates the chain that is about to be written to, and the one at the mark.
    fn grow_work(&mut self, key: u64) {
        if self.old.is_empty() {
            return;
        }
        self.evacuate(self.old_index(key));
        if !self.old.is_empty() {
            self.evacuate(self.nevacuate);
        }
    }

    /// Old chain i goes to i (X) and i + old.len() (Y): one more bit of the hash decides.
    fn evacuate(&mut self, i: usize) {
        for (key, elem) in self.old[i].take().into_iter().flatten() {
            let to = self.index(key);
            assert!(to == i || to == i + self.old.len());
            self.chains[to].push((key, elem));
            self.moved += 1;
        }
        while self.nevacuate < self.old.len() && self.old[self.nevacuate].is_none() {
            self.nevacuate += 1;
        }
        if self.nevacuate == self.old.len() {
            self.old.clear();
        }
    }
}

fn main() {
    let mut map = Map {
        count: 0,
        b: 0,
        chains: vec![Chain::new()],
        old: Vec::new(),
        nevacuate: 0,
        moved: 0,
    };
    let mut worst = 0;
    for key in 0..100_000 {
        map.set(key, key + 1);
        if (52..=56).contains(&key) {
            let left = map.old.iter().flatten().count();
            println!("entry {key}: {} moved, {left} old chains left", map.moved);
        }
        worst = worst.max(map.moved);
        assert_eq!(map.get(key / 2), Some(key / 2 + 1));
    }
    println!("100000 entries: {} chains", map.chains.len());
    println!("the worst insertion moved {worst} entries");
}
