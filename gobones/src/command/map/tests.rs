//! A fed map against a model that is a list of lists: every step, every growth, every number.

use std::collections::BTreeMap;

use hmap::{Key, fastrand};

use super::census::{Bar, Census, Chains, Growing};
use super::feed::{Event, Feed, Growth, Place, Turns};
use super::memhash::{GoString, HashKey};

/// Keys in the order of their coming, each with its hash; nothing is ever deleted, so the cells of
/// a chain are filled in this order.
type Bucket = Vec<(Vec<u8>, u64)>;

/// The map as the text books of Go's runtime tell it.
#[derive(Default)]
struct Model {
    buckets: Vec<Bucket>,
    /// The old array while growing; `None` is an evacuated bucket.
    old: Vec<Option<Bucket>>,
    last_line: BTreeMap<Vec<u8>, isize>,
    lines: u64,
    growths: Vec<Growth>,
}

impl Model {
    fn home(&self, hash: u64) -> usize {
        (hash % self.buckets.len() as u64) as usize
    }

    fn b(&self) -> u8 {
        self.buckets.len().ilog2() as u8
    }

    fn evacuate(&mut self, bucket: usize, events: &mut Vec<Event>) {
        let Some(entries) = self.old[bucket].take() else {
            return;
        };
        let old_buckets = self.old.len();
        let (x, y): (Bucket, Bucket) = entries
            .into_iter()
            .partition(|(_, hash)| self.home(*hash) == bucket);
        events.push(Event::Evacuated {
            bucket,
            x: x.len(),
            y: y.len(),
            old_buckets,
        });
        self.buckets[bucket] = x;
        self.buckets[bucket + old_buckets] = y;
    }

    fn grow_work(&mut self, hash: u64, events: &mut Vec<Event>) {
        let bucket = (hash % self.old.len() as u64) as usize;
        self.evacuate(bucket, events);
        if let Some(first) = self.old.iter().position(Option::is_some) {
            self.evacuate(first, events);
        }
        let growth = self.growths.last_mut().expect("a growth is under way");
        growth.writes += 1;
        if self.old.iter().all(Option::is_none) {
            self.old.clear();
            growth.ended = true;
            events.push(Event::GrowthEnds {
                writes: growth.writes,
            });
        }
    }

    fn overflow(buckets: &[Bucket]) -> usize {
        let behind = |bucket: &Bucket| bucket.len().div_ceil(8).saturating_sub(1);
        buckets.iter().map(behind).sum()
    }

    fn assign(&mut self, key: &[u8], hash: u64) -> (Option<isize>, Place, Vec<Event>) {
        self.lines += 1;
        let mut events = Vec::new();
        if self.buckets.is_empty() {
            self.buckets.push(Bucket::new());
        }
        if !self.old.is_empty() {
            self.grow_work(hash, &mut events);
        }
        let entries = self.last_line.len();
        let before = self.last_line.insert(key.to_vec(), self.lines as isize);
        let is_full = entries + 1 > 8 && (entries + 1) as f64 > 6.5 * self.buckets.len() as f64;
        if before.is_none() && is_full && self.old.is_empty() {
            let (from_b, to_b) = (self.b(), self.b() + 1);
            let noverflow = Self::overflow(&self.buckets) as u16;
            let (line, writes, ended) = (self.lines, 0, false);
            self.growths.push(Growth {
                line,
                entries,
                from_b,
                to_b,
                noverflow,
                writes,
                ended,
            });
            events.push(Event::GrowthBegins {
                entries,
                from_b,
                to_b,
            });
            let old = std::mem::take(&mut self.buckets);
            self.buckets = vec![Bucket::new(); 2 * old.len()];
            self.old = old.into_iter().map(Some).collect();
            self.grow_work(hash, &mut events);
        }
        let bucket = self.home(hash);
        let chain = &mut self.buckets[bucket];
        if before.is_none() {
            if !chain.is_empty() && chain.len().is_multiple_of(8) {
                events.push(Event::OverflowBucket {
                    bucket,
                    overflow: chain.len() / 8,
                });
            }
            chain.push((key.to_vec(), hash));
        }
        let at = chain
            .iter()
            .position(|(other, _)| other == key)
            .expect("it is there");
        let place = Place {
            bucket,
            overflow: at / 8,
            cell: at % 8,
        };
        (before, place, events)
    }

    /// The entries of all buckets, those of the old array where they will go.
    fn filled(&self) -> Vec<usize> {
        let mut filled: Vec<usize> = self.buckets.iter().map(Vec::len).collect();
        for (_, hash) in self.old.iter().flatten().flatten() {
            filled[self.home(*hash)] += 1;
        }
        filled
    }

    /// The chains that hold the entries of their buckets.
    fn chains(&self) -> Vec<Bucket> {
        let in_use = |index: usize| match self.old.len() {
            0 => true,
            n => self.old[index % n].is_none(),
        };
        let new = self
            .buckets
            .iter()
            .enumerate()
            .filter(|(index, _)| in_use(*index));
        let new = new.map(|(_, bucket)| bucket.clone());
        new.chain(self.old.iter().flatten().cloned()).collect()
    }
}

/// Keys in no order, some of them again and again: short, empty, long, not UTF-8.
fn keys(n: usize, different: u64) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 7_u64;
    (0..n).map(move |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let number = (state >> 33) % different;
        match number % 5 {
            0 if number < 5 => Vec::new(),
            1 => vec![0xff, number as u8, (number >> 8) as u8],
            2 => number.to_string().repeat(30).into_bytes(),
            _ => number.to_string().into_bytes(),
        }
    })
}

fn model_hash(feed: &Feed, key: &GoString) -> u64 {
    Key::hash(key, feed.map().hasher(), feed.map().hmap().hash0())
}

fn assert_census_is_the_models(feed: &Feed, model: &Model) {
    let census = Census::of(feed);
    let (filled, chains) = (model.filled(), model.chains());
    assert_eq!(census.entries, model.last_line.len());
    assert_eq!(
        census.duplicates,
        model.lines - model.last_line.len() as u64
    );
    assert_eq!((census.b, census.buckets), (model.b(), model.buckets.len()));
    assert_eq!(census.growths, model.growths);
    let key_bytes: usize = model.last_line.keys().map(Vec::len).sum();
    assert_eq!(census.key_bytes, key_bytes as u64);
    assert_eq!(census.overflow_buckets, Model::overflow(&chains));
    assert_eq!(
        usize::from(census.noverflow),
        Model::overflow(&model.buckets)
    );
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for chain in &chains {
        *lengths.entry(chain.len().div_ceil(8).max(1)).or_default() += 1;
    }
    assert_eq!(Some(&census.longest_chain), lengths.keys().max());
    let lengths = lengths
        .into_iter()
        .map(|(buckets, chains)| Chains { buckets, chains });
    assert_eq!(census.chains, lengths.collect::<Vec<_>>());
    for bar in &census.histogram {
        let buckets = filled.iter().filter(|n| **n == bar.entries).count();
        assert_eq!(bar.buckets, buckets, "buckets with {} entries", bar.entries);
    }
    let counted: usize = census.histogram.iter().map(|bar| bar.buckets).sum();
    assert_eq!(counted, filled.len(), "no bucket lies behind the last bar");
    let load = census.entries as f64 / filled.len() as f64;
    assert!((census.load - load).abs() < 0.001);
    let growing = (!model.old.is_empty()).then(|| Growing {
        from_b: model.b() - 1,
        old_buckets: model.old.len(),
        pending: model.old.iter().flatten().count(),
        entries: model.old.iter().flatten().map(Vec::len).sum(),
    });
    assert_eq!(census.growing, growing);
}

#[test]
fn every_step_and_every_number_is_that_of_a_list_of_lists() {
    for (seed, n, different) in [(1, 700, 500), (2, 1500, 100_000), (11908, 3000, 40)] {
        let (mut feed, mut model) = (Feed::new(seed), Model::default());
        for (i, line) in keys(n, different).enumerate() {
            let key = GoString::from(&line[..]);
            let hash = model_hash(&feed, &key);
            let (before, place, events) = model.assign(&line, hash);
            let step = feed.step(key);
            let given = (step.line, step.before, step.hash, step.place);
            assert_eq!(given, (i as u64 + 1, before, hash, place), "seed {seed}");
            assert_eq!(step.events, events, "seed {seed}, line {}", step.line);
            assert_eq!(step.b, model.b());
            if i % 7 == 0 || !model.old.is_empty() {
                assert_census_is_the_models(&feed, &model);
            }
        }
    }
}

#[test]
fn lines_that_nobody_watches_do_the_same() {
    let (mut feed, mut model) = (Feed::new(3), Model::default());
    for line in keys(9000, 5000) {
        let key = GoString::from(&line[..]);
        let (.., events) = model.assign(&line, model_hash(&feed, &key));
        let turns = feed.assign(key);
        let any = |wanted: fn(&Event) -> bool| events.iter().any(wanted);
        let begins = any(|event| matches!(event, Event::GrowthBegins { .. }));
        let ends = any(|event| matches!(event, Event::GrowthEnds { .. }));
        assert_eq!(turns, Turns { begins, ends });
    }
    assert!(model.growths.len() > 8);
    assert_census_is_the_models(&feed, &model);
}

#[test]
fn keys_of_one_bucket_make_one_long_chain() {
    let mut feed = Feed::new(1);
    let probe = Feed::new(1);
    let mut fed = 0;
    // Sixty keys whose hashes end in six zeros come into bucket 0 of up to 64 buckets.
    for number in 0_u32.. {
        let key = GoString::from(number.to_string().as_bytes());
        if model_hash(&probe, &key).is_multiple_of(64) {
            feed.assign(key);
            fed += 1;
            if fed == 60 {
                break;
            }
        }
    }
    let census = Census::of(&feed);
    assert_eq!(
        (census.b, census.buckets),
        (4, 16),
        "60 entries are over 52, not over 104"
    );
    assert_eq!((census.longest_chain, census.overflow_buckets), (8, 7));
    assert_eq!(
        census.chains,
        [
            Chains {
                buckets: 1,
                chains: 15
            },
            Chains {
                buckets: 8,
                chains: 1
            }
        ]
    );
    let full = census.histogram.last().expect("a bar");
    assert_eq!((full.entries, full.buckets), (60, 1));
}

#[test]
fn what_chance_would_give_adds_up_to_all_buckets_and_follows_poisson() {
    let mut feed = Feed::new(5);
    for number in 0..4096_u32 {
        feed.assign(GoString::from(number.to_string().as_bytes()));
    }
    let census = Census::of(&feed);
    let expected: f64 = census.histogram.iter().map(|bar| bar.expected).sum();
    assert_eq!((census.buckets, census.load), (1024, 4.0));
    assert!((expected - 1024.0).abs() < 2.0, "{expected}");
    // From a table of the Poisson distribution with mean 4: 0.0183, 0.0733, 0.1465, 0.1954.
    for (entries, share) in [0.0183, 0.0733, 0.1465, 0.1954].into_iter().enumerate() {
        let Bar { expected, .. } = census.histogram[entries];
        assert!(
            (expected / 1024.0 - share).abs() < 0.0001,
            "{entries}: {expected}"
        );
    }
}

#[test]
fn a_map_that_got_nothing_has_no_bars_and_no_growth() {
    let census = Census::of(&Feed::new(1));
    assert_eq!(
        (census.entries, census.buckets, census.longest_chain),
        (0, 0, 0)
    );
    assert!(census.histogram.is_empty() && census.growths.is_empty() && census.chains.is_empty());
    assert_eq!(census.map_bytes, 48);
}

#[test]
fn the_hashes_follow_from_the_seed_alone() {
    let drawn = |seed: u64| {
        let feed = Feed::new(seed);
        let HashKey(key) = *feed.map().hasher();
        (key, feed.map().hmap().hash0())
    };
    assert_eq!(drawn(9), drawn(9));
    assert_ne!(drawn(9), drawn(10));
    assert_eq!(drawn(0).0 & 1, 1);
    fastrand::seed(9);
    let _drawn = fastrand::fastrand();
    assert_eq!(drawn(9), drawn(9), "whatever was drawn before");
}
