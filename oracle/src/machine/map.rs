//! The twin of oracle/go/map: replays map scripts on [`hmap::Map`].
//!
//! ```text
//!   op ──▶ act ──▶ own result   `-`   `= 70`   `= 3+5 7:70`
//!           │
//!           ▼
//!   header, seed, generator, chains ──▶ changes ──▶ ` | h 3 0 1 0 0 | b1 c4:7 01 9a:5 > .`
//!                                                       │ │ │ │ │      │    │        └ overflow
//!                                 count flags B noverflow nevacuate   full  deleted
//! ```
//!
//! Everything shown is read from the map after the operation: the header, and of each chain of the
//! current and the old array the tophash bytes and the keys in full cells. What differs from what
//! was shown before is rendered (state.rs says what a part is). The hashes of keys are Go's
//! (key.rs says how they get here).
//!
//! T1  The thread's random generator is at the twin's own state while an operation runs.
//! T2  A key for `crowd` is taken from Go's answer, and refused unless it is new and its hash
//!     belongs to the bucket asked for.
//!
//! Twin: go/map/machine.go and show.go, function by function.
//! Differs: Go takes the first step of an iteration while it begins one; here `iter` takes it.

mod abridge;
mod key;
mod sights;
mod state;

use std::hash::{BuildHasherDefault, DefaultHasher};

use hmap::{BucketRef, Chain, Hiter, Key, Map, fastrand};

use crate::language;
use crate::machine::elem::put;
use crate::script::map::{ElemKind, ITERS, Iter, KeyKind, KeyName, Kind, Op};
pub use abridge::Abridger;
use key::{Hashes, Told, Value, Words};
use sights::Sights;
pub use state::State;
use state::{Head, NO_CHAIN};

/// Stands where a hasher has to stand; no key asks it ([`Told`]).
type NoHasher = BuildHasherDefault<DefaultHasher>;

/// Returns a twin for maps of `kind`.
#[must_use]
pub fn twin(kind: Kind) -> Box<dyn language::Twin<Op>> {
    match kind.key {
        KeyKind::U64 => with_key::<u64>(kind.elem),
        KeyKind::U32 => with_key::<u32>(kind.elem),
        KeyKind::U8 => with_key::<u8>(kind.elem),
        KeyKind::String => with_key::<&'static str>(kind.elem),
        KeyKind::S136 => with_key::<[u64; 17]>(kind.elem),
        KeyKind::F64 => with_key::<f64>(kind.elem),
    }
}

fn with_key<K: Words>(elem: ElemKind) -> Box<dyn language::Twin<Op>> {
    match elem {
        ElemKind::V0 => Twin::<K, ()>::boxed(),
        ElemKind::V8 => Twin::<K, u64>::boxed(),
        ElemKind::V24 => Twin::<K, [u64; 3]>::boxed(),
        ElemKind::V200 => Twin::<K, [u64; 25]>::boxed(),
    }
}

/// Go's answer without the hashes at its end, and these.
#[must_use]
pub fn split_hashes(go: &str) -> (&str, &str) {
    go.split_once(" # ").unwrap_or((go, ""))
}

struct Twin<K, V> {
    map: Map<Told<K>, V, NoHasher>,
    iters: [Option<Hiter>; ITERS as usize],
    /// The state of the generator that only this map draws from (T1).
    random: u64,
    hashes: Hashes,
    shown: State,
    /// Of each current chain, the memory that its text came from.
    memory: Vec<Vec<u64>>,
    sights: Sights,
}

impl<K: Words, V: Value> Twin<K, V> {
    fn boxed() -> Box<dyn language::Twin<Op>> {
        fastrand::seed(0);
        let map = Map::with_hasher(NoHasher::default());
        Box::new(Self {
            map,
            iters: Default::default(),
            random: fastrand::state(),
            hashes: Hashes::default(),
            shown: State::default(),
            memory: Vec::new(),
            sights: Sights::default(),
        })
    }

    fn head(&self) -> Head {
        let hmap = self.map.hmap();
        Head {
            count: hmap.count(),
            flags: hmap.flags(),
            b: hmap.b(),
            noverflow: hmap.noverflow(),
            nevacuate: hmap.nevacuate(),
            growing: hmap.growing(),
        }
    }

    /// Runs the operation; returns its own result.
    fn act(&mut self, op: &Op, go: Option<&str>) -> String {
        let mut hashes = std::mem::take(&mut self.hashes);
        fastrand::seed(self.random);
        let answer = hashes.lent(|| self.perform(op, go));
        self.random = fastrand::state();
        self.hashes = hashes;
        answer
    }

    fn perform(&mut self, op: &Op, go: Option<&str>) -> String {
        match *op {
            Op::Rand { state } => fastrand::seed(state),
            Op::Make { hint } => {
                self.iters = Default::default();
                let hasher = NoHasher::default();
                self.map = Map::with_capacity_and_hasher(hint as usize, hasher);
            }
            Op::Set { key, k } => self.set(key, k),
            Op::Get { key } => return self.get(key),
            Op::Del { key } => self.delete(key),
            Op::Clear => {
                self.iters = Default::default();
                self.map.clear();
            }
            Op::Iter { iter } => return self.iterate(iter),
            Op::Step { iter, n } => return self.advance(iter, n),
            Op::Stop { iter } => self.iters[iter.index()] = None,
            Op::Crowd { bucket, k, .. } => return self.crowd(go, bucket, k),
            Op::Drop { bucket, n } => return self.drop_nth(bucket, n),
        }
        "-".to_owned()
    }

    fn set(&mut self, key: KeyName, k: i64) {
        // What was there before is no part of Go's answer.
        drop(self.map.insert(Told(K::of(key)), V::of(k)));
    }

    fn get(&self, key: KeyName) -> String {
        let mut out = "= ".to_owned();
        match self.map.get(&Told(K::of(key))) {
            Some(value) => value.show(&mut out),
            None => out.push_str("none"),
        }
        out
    }

    fn delete(&mut self, key: KeyName) {
        drop(self.map.remove(&Told(K::of(key))));
    }

    fn iterate(&mut self, iter: Iter) -> String {
        let mut it = self.map.hiter();
        let (start_bucket, offset) = (it.start_bucket(), it.offset());
        let mut out = format!("= {start_bucket}+{offset}");
        self.sights.begins(iter, self.map.hmap());
        if yielded(&mut it, &self.map, &mut out) {
            self.sights.yields(iter);
            self.iters[iter.index()] = Some(it);
        } else {
            self.iters[iter.index()] = None;
        }
        out
    }

    fn advance(&mut self, iter: Iter, n: u32) -> String {
        let mut out = "=".to_owned();
        let place = &mut self.iters[iter.index()];
        for _ in 0..n {
            let Some(it) = place else { break };
            if yielded(it, &self.map, &mut out) {
                self.sights.yields(iter);
            } else {
                *place = None;
            }
        }
        out
    }

    /// T2.
    fn crowd(&mut self, go: Option<&str>, bucket: u32, k: i64) -> String {
        let word = go.and_then(|go| go.strip_prefix("= ")?.split(' ').next());
        if word == Some("none") {
            return "= none".to_owned();
        }
        let Some(name) = word.and_then(KeyName::parse) else {
            return "= ?".to_owned();
        };
        let key = Told(K::of(name));
        let hash = key.hash(self.map.hasher(), self.map.hmap().hash0());
        let mask = self.map.hmap().n_buckets() as u64 - 1;
        if (hash ^ u64::from(bucket)) & mask != 0 || self.map.contains_key(&key) {
            return format!("= ? {name}");
        }
        self.set(name, k);
        format!("= {name}")
    }

    fn drop_nth(&mut self, bucket: u32, n: u32) -> String {
        let index = bucket as usize & (self.map.hmap().n_buckets() - 1);
        let chain = self.map.chains().nth(index);
        let keys: Vec<_> = chain
            .into_iter()
            .flat_map(Chain::entries)
            .map(|(key, _)| *key)
            .collect();
        if keys.is_empty() {
            return "= none".to_owned();
        }
        let key = &keys[n as usize % keys.len()];
        drop(self.map.remove(key));
        let mut out = "= ".to_owned();
        key.0.show(&mut out);
        out
    }

    /// Returns every part that shows differently than after the last call.
    fn changes(&mut self) -> String {
        let (mut out, head) = (String::new(), self.head());
        if self.shown.head != Some(head) {
            put(&mut out, format_args!(" | h {head}"));
        }
        if self.shown.follow(head) {
            self.memory.clear();
        }
        self.memory.resize_with(self.shown.chains.len(), Vec::new);
        let seed = format!("{:08x}", self.map.hmap().hash0());
        replace(&mut out, &mut self.shown.seed, "s", seed);
        let random = format!("{:016x}", self.random);
        replace(&mut out, &mut self.shown.random, "r", random);
        self.changed_chains(&mut out);
        self.changed_old_chains(&mut out);
        out
    }

    fn changed_chains(&mut self, out: &mut String) {
        let mut memory = Vec::new();
        let mut chains = self.map.chains();
        for (i, shown) in self.shown.chains.iter_mut().enumerate() {
            let chain = chains.next();
            memory.clear();
            chain.iter().for_each(|chain| remember(&mut memory, *chain));
            if memory == self.memory[i] && !memory.is_empty() {
                continue;
            }
            std::mem::swap(&mut self.memory[i], &mut memory);
            let text = chain.map_or_else(|| NO_CHAIN.to_owned(), render);
            if text != *shown {
                replace(out, shown, &format!("b{i}"), text);
            }
        }
    }

    fn changed_old_chains(&mut self, out: &mut String) {
        for (i, chain) in self.map.old_chains() {
            let text = render(chain);
            if text != self.shown.old[i] {
                replace(out, &mut self.shown.old[i], &format!("o{i}"), text);
            }
        }
    }
}

impl<K: Words, V: Value> language::Twin<Op> for Twin<K, V> {
    fn step(&mut self, op: &Op, go: Option<&str>) -> String {
        let (before, seed) = (self.head(), self.map.hmap().hash0());
        let (answer, told) = go.map_or(("", ""), split_hashes);
        self.hashes.learn::<K>(told, seed);
        let mut ours = self.act(op, go.map(|_| answer));
        let of_no_use = before.count == 0 || matches!(op, Op::Get { .. });
        if let Some(key) = self.hashes.take_untold().filter(|_| !of_no_use) {
            put(
                &mut ours,
                format_args!(" (a hash of {key} that Go never asked for)"),
            );
        }
        let open = self.iters.iter().flatten().count();
        let reseeded = seed != self.map.hmap().hash0();
        self.sights.passes(op, before, self.head(), open, reseeded);
        ours.push_str(&self.changes());
        ours
    }

    fn sights(&self) -> Vec<(&'static str, u64)> {
        self.sights.all()
    }
}

/// Takes a step and appends the entry, or ` .` if there is none; says whether there was one.
fn yielded<K: Words, V: Value>(
    it: &mut Hiter,
    map: &Map<Told<K>, V, NoHasher>,
    out: &mut String,
) -> bool {
    let Some((key, value)) = it.next(map) else {
        out.push_str(" .");
        return false;
    };
    out.push(' ');
    key.0.show(out);
    out.push(':');
    value.show(out);
    true
}

/// Stores `text` and appends it as the part of this name, if it is not what stood there.
fn replace(out: &mut String, shown: &mut String, name: &str, text: String) {
    if *shown != text {
        put(out, format_args!(" | {name} {text}"));
        *shown = text;
    }
}

/// Appends the tophash bytes and the keys of a chain.
fn remember<K: Words, V>(memory: &mut Vec<u64>, chain: Chain<'_, Told<K>, V>) {
    for bucket in chain.buckets() {
        memory.push(u64::from_le_bytes(bucket.tophash()));
        let full = (0..8).filter_map(|i| bucket.cell(i));
        memory.extend(full.map(|(key, _)| key.0.bits()));
    }
}

/// The buckets of a chain with ` > ` between them, or `gone` for an evacuated one.
fn render<K: Words, V>(chain: Chain<'_, Told<K>, V>) -> String {
    if chain.evacuated() {
        return "gone".to_owned();
    }
    let mut out = String::new();
    for (i, bucket) in chain.buckets().enumerate() {
        if i > 0 {
            out.push_str(" > ");
        }
        render_bucket(&mut out, bucket);
    }
    out
}

/// Each cell is its tophash in hex, with `:` and the key if it is full; without the zeros at the
/// end.
fn render_bucket<K: Words, V>(out: &mut String, bucket: BucketRef<'_, Told<K>, V>) {
    let tophash = bucket.tophash();
    let Some(last) = tophash.iter().rposition(|&top| top != 0) else {
        out.push_str(NO_CHAIN);
        return;
    };
    for (i, top) in tophash.into_iter().enumerate().take(last + 1) {
        if i > 0 {
            out.push(' ');
        }
        put(out, format_args!("{top:02x}"));
        if let Some((key, _)) = bucket.cell(i) {
            out.push(':');
            key.0.show(out);
        }
    }
}
