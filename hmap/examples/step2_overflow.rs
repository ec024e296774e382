//! Step 2: a full bucket gets another one behind it; a long chain is slow.
//!
//! ```text
//! 8 entries: the last is in bucket 1, on average 1.0 are looked at
//! 9 entries: the last is in bucket 2, on average 1.1 are looked at
//! 1000 entries: the last is in bucket 125, on average 63.0 are looked at
//! a key that is not there costs the whole chain: 125 buckets
//! ```

/// Eight cells, and the next bucket of the chain.
#[derive(Default)]
struct Bucket {
    /// 0: the cell is empty.
    tophash: [u8; 8],
    keys: [u64; 8],
    elems: [u64; 8],
    overflow: Option<Box<Bucket>>,
}

fn hash(key: u64) -> u64 {
    (key + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn tophash(key: u64) -> u8 {
    ((hash(key) >> 56) as u8).max(1)
}

impl Bucket {
    /// The elem of `key`, and how many buckets were looked at.
    fn get(&self, key: u64) -> (Option<u64>, usize) {
        let (mut bucket, mut looked_at) = (self, 1);
        loop {
            for i in 0..8 {
                if bucket.tophash[i] == tophash(key) && bucket.keys[i] == key {
                    return (Some(bucket.elems[i]), looked_at);
                }
            }
            match &bucket.overflow {
                Some(next) => (bucket, looked_at) = (next, looked_at + 1),
                None => return (None, looked_at),
            }
        }
    }

    /// Stores an entry in the cell of its key, or in the first empty cell of the chain.
    fn set(&mut self, key: u64, elem: u64) {
        let is_key =
            |bucket: &Bucket, i| bucket.tophash[i] == tophash(key) && bucket.keys[i] == key;
        let is_new = self.get(key).0.is_none();
        let mut bucket = self;
        loop {
            for i in 0..8 {
                if is_key(bucket, i) || is_new && bucket.tophash[i] == 0 {
                    bucket.tophash[i] = tophash(key);
                    (bucket.keys[i], bucket.elems[i]) = (key, elem);
                    return;
                }
            }
            bucket = bucket.overflow.get_or_insert_default();
        }
    }
}

fn main() {
    let mut chain = Bucket::default();
    for n in [8, 9, 1000] {
        for key in 0..n {
            chain.set(key, key * key);
        }
        let (found, looked_at) = chain.get(n - 1);
        assert_eq!(found, Some((n - 1) * (n - 1)));
        let total: usize = (0..n).map(|key| chain.get(key).1).sum();
        println!(
            "{n} entries: the last is in bucket {looked_at}, on average {:.1} are looked at",
            total as f64 / n as f64
        );
    }
    assert_eq!(chain.get(1000), (None, 125));
    println!("a key that is not there costs the whole chain: 125 buckets");
}
