//! Step 1: one bucket of eight cells, and a byte of the hash in front of each.
//!
//! ```text
//! cell 0  0x12  "c" 1972
//! cell 1  0x66  "c++" 1983
//! cell 2  0xf0  "java" 1995
//! cell 3  0x82  "go" 2009
//! cell 4  0x00  "" 0
//! "go": cell Some(3), 1 of 4 keys compared
//! "rust": cell None, 0 of 4 keys compared
//! set "ada": stored
//! set "lua": stored
//! set "ml": stored
//! set "zig": stored
//! set "rust": no empty cell
//! a key that is there can be set still: go 2012
//! ```

/// Eight cells: all bytes together, all keys together, all elems together, as in Go.
#[derive(Default)]
struct Bucket {
    /// 0: the cell is empty.
    tophash: [u8; 8],
    keys: [&'static str; 8],
    elems: [i32; 8],
}

/// FNV-1a, and a multiplication that brings every bit to the top.
fn hash(key: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The top byte of the hash; never 0, which means empty.
fn tophash(key: &str) -> u8 {
    ((hash(key) >> 56) as u8).max(1)
}

impl Bucket {
    /// The cell of `key`, and how many keys were compared to find it.
    fn find(&self, key: &str) -> (Option<usize>, usize) {
        let (top, mut compared) = (tophash(key), 0);
        for i in 0..8 {
            if self.tophash[i] == top {
                compared += 1;
                if self.keys[i] == key {
                    return (Some(i), compared);
                }
            }
        }
        (None, compared)
    }

    /// Stores an entry, if there is a cell for it.
    fn set(&mut self, key: &'static str, elem: i32) -> bool {
        let cell = self.find(key).0;
        let cell = cell.or_else(|| self.tophash.iter().position(|&top| top == 0));
        let Some(i) = cell else { return false };
        self.tophash[i] = tophash(key);
        (self.keys[i], self.elems[i]) = (key, elem);
        true
    }
}

fn main() {
    let mut bucket = Bucket::default();
    for (key, year) in [("c", 1972), ("c++", 1983), ("java", 1995), ("go", 2009)] {
        assert!(bucket.set(key, year));
    }
    for i in 0..5 {
        let (top, key, elem) = (bucket.tophash[i], bucket.keys[i], bucket.elems[i]);
        println!("cell {i}  {top:#04x}  {key:?} {elem}");
    }
    for key in ["go", "rust"] {
        let (cell, compared) = bucket.find(key);
        println!("{key:?}: cell {cell:?}, {compared} of 4 keys compared");
    }
    for key in ["ada", "lua", "ml", "zig", "rust"] {
        let stored = bucket.set(key, 0);
        println!(
            "set {key:?}: {}",
            if stored { "stored" } else { "no empty cell" }
        );
    }
    bucket.set("go", 2012);
    println!(
        "a key that is there can be set still: go {}",
        bucket.elems[3]
    );
}
