//! Every iterator: what it yields, how long it says it is, and what it leaves.

use std::collections::BTreeSet;
use std::iter::FusedIterator;

use hmap::Map;

use crate::{sorted, tens};

/// Sizes at which a map has no bucket, one, several, and is in the middle of a growth.
const SIZES: [i64; 9] = [0, 1, 8, 9, 14, 53, 300, 833, 840];

/// Takes all items, checking the length at each step, and that the end is the end.
fn drain_exact<T>(mut it: impl ExactSizeIterator<Item = T> + FusedIterator, n: usize) -> Vec<T> {
    let mut items = Vec::new();
    for left in (0..=n).rev() {
        assert_eq!((it.len(), it.size_hint()), (left, (left, Some(left))));
        items.extend(it.next());
    }
    assert_eq!(items.len(), n);
    assert!(it.next().is_none() && it.next().is_none());
    items
}

/// The same set of numbers.
fn assert_same(items: impl IntoIterator<Item = i64>, want: impl IntoIterator<Item = i64>) {
    let mut items: Vec<i64> = items.into_iter().collect();
    items.sort_unstable();
    assert!(items.into_iter().eq(want));
}

#[test]
fn each_iterator_yields_everything_once_and_knows_how_much_is_left() {
    for n in SIZES {
        let (mut m, len) = (tens(n), n as usize);
        let values = || (0..n).map(|i| 10 * i);
        assert_same(
            drain_exact(m.iter(), len).into_iter().map(|(k, v)| k + v),
            (0..n).map(|i| 11 * i),
        );
        assert_same(drain_exact(m.keys(), len).into_iter().copied(), 0..n);
        assert_same(drain_exact(m.values(), len).into_iter().copied(), values());
        assert_same(
            drain_exact(m.iter_mut(), len).into_iter().map(|(_, v)| *v),
            values(),
        );
        assert_same(
            drain_exact(m.values_mut(), len).into_iter().map(|v| *v),
            values(),
        );
        assert_same(
            drain_exact(m.clone().into_iter(), len)
                .into_iter()
                .map(|(k, _)| k),
            0..n,
        );
        assert_same(drain_exact(m.clone().into_keys(), len), 0..n);
        assert_same(drain_exact(m.clone().into_values(), len), values());
        assert_same(
            drain_exact(m.drain(), len).into_iter().map(|(k, _)| k),
            0..n,
        );
        assert!(m.is_empty());
        m.check();
    }
}

#[test]
fn a_for_loop_takes_the_map_in_three_ways() {
    let mut m = tens(100);
    let mut sum = 0;
    for (k, v) in &m {
        sum += k + v;
    }
    for (_, v) in &mut m {
        *v += 1;
    }
    for (k, v) in m {
        sum += v - k;
    }
    assert_eq!(sum, 4950 * 11 + 4950 * 9 + 100);
}

#[test]
fn shared_iterators_can_be_cloned_on_the_way() {
    let m = tens(300);
    let mut it = m.iter();
    it.by_ref().take(100).for_each(drop);
    assert!(it.clone().eq(it.clone()) && it.clone().count() == 200);
    let mut keys = m.keys();
    keys.by_ref().take(100).for_each(drop);
    assert!(keys.clone().eq(keys));
    let mut values = m.values();
    values.by_ref().take(100).for_each(drop);
    assert!(values.clone().eq(values));
}

#[test]
fn two_iterators_over_an_unchanged_map_agree() {
    let m = tens(833);
    assert!(m.iter().map(|(k, _)| k).eq(m.keys()));
    assert!(m.iter().map(|(_, v)| v).eq(m.values()));
    assert!(m.iter().eq(&m));
}

#[test]
fn iterators_over_nothing_can_be_made_from_nothing() {
    assert_eq!(hmap::hash_map::Iter::<i64, i64>::default().next(), None);
    assert_eq!(hmap::hash_map::Keys::<i64, i64>::default().next(), None);
    assert_eq!(hmap::hash_map::Values::<i64, i64>::default().next(), None);
    assert_eq!(hmap::hash_map::IntoIter::<i64, i64>::default().next(), None);
}

#[test]
fn an_iterator_prints_what_is_left() {
    let m = Map::from([(1, 2)]);
    let mut it = m.clone().into_iter();
    assert_eq!(format!("{it:?}"), "[(1, 2)]");
    assert_eq!(it.next(), Some((1, 2)));
    assert_eq!(format!("{it:?}"), "[]");
    assert_eq!(format!("{:?}", m.clone().into_keys()), "[1]");
    assert_eq!(format!("{:?}", m.clone().into_values()), "[2]");
    assert_eq!(format!("{:?}", m.clone().drain()), "[(1, 2)]");
}

#[test]
fn a_drain_that_is_dropped_early_empties_all_the_same() {
    for n in SIZES {
        for n_taken in [0, 1, 5, n / 2] {
            let mut m = tens(n);
            let (b, taken) = (m.hmap().b(), m.drain().take(n_taken as usize).count());
            assert_eq!(taken, n_taken.min(n) as usize);
            assert!(m.is_empty());
            m.check();
            m.extend(tens(n));
            assert_eq!(m, tens(n));
            assert!(m.hmap().b() <= b.max(m.hmap().b()));
        }
    }
}

#[test]
fn a_drain_that_is_forgotten_leaves_a_map_that_works() {
    for n in SIZES {
        let mut m = tens(n);
        let mut drain = m.drain();
        drain.by_ref().take(3).for_each(drop);
        std::mem::forget(drain);
        m.check();
        m.insert(-1, -1);
        assert_eq!(m.get(&-1), Some(&-1));
        m.clear();
        assert!(m.is_empty());
        m.check();
    }
}

#[test]
fn extract_if_takes_out_what_is_asked_for() {
    for n in SIZES {
        let mut m = tens(n);
        let odd: BTreeSet<_> = m.extract_if(|k, _| k % 2 == 1).collect();
        assert!(
            odd.into_iter()
                .eq((0..n).filter(|i| i % 2 == 1).map(|i| (i, 10 * i)))
        );
        assert!(
            sorted(&m)
                .into_iter()
                .eq((0..n).filter(|i| i % 2 == 0).map(|i| (i, 10 * i)))
        );
        m.check();
    }
}

#[test]
fn extract_if_of_all_and_of_nothing() {
    let mut m = tens(840);
    assert_eq!(m.extract_if(|_, _| false).count(), 0);
    assert_eq!(m.len(), 840);
    assert_eq!(m.extract_if(|_, _| true).count(), 840);
    assert!(m.is_empty());
    m.check();
}

#[test]
fn extract_if_stops_where_it_is_dropped_and_may_change_what_stays() {
    let mut m = tens(840);
    let mut n_asked = 0;
    let taken: Vec<_> = m
        .extract_if(|_, v| {
            n_asked += 1;
            *v += 1;
            n_asked % 2 == 0
        })
        .take(10)
        .collect();
    assert_eq!((taken.len(), n_asked, m.len()), (10, 20, 830));
    assert_eq!(m.values().filter(|v| *v % 10 == 1).count(), 10);
    m.check();
    let size = m.extract_if(|_, _| true).size_hint();
    assert_eq!(size, (0, Some(830)));
}

#[test]
fn values_can_be_changed_while_the_map_is_growing() {
    let mut m = tens(833);
    assert!(m.hmap().growing());
    m.iter_mut().for_each(|(k, v)| *v = -k);
    m.values_mut().for_each(|v| *v -= 1);
    assert!(sorted(&m).into_iter().eq((0..833).map(|i| (i, -i - 1))));
    m.check();
}
