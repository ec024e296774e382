//! The generic functions of test/typeparam/slices.go, written over `Slice`.
//!
//! They are what the tests of that file call, and, as functions of another module, what the tests
//! of test/typeparam/sliceimp.dir import.

use bumpalo::Bump;
use slice::Slice;

/// Whether two slices have the same length and equal elements; all NaNs are equal.
pub(crate) fn equal<E: PartialEq + Clone + Default>(s1: Slice<'_, E>, s2: Slice<'_, E>) -> bool {
    #[expect(clippy::eq_op, reason = "a NaN is what differs from itself")]
    let is_nan = |v: &E| v != v;
    equal_fn(s1, s2, |v1, v2| v1 == v2 || (is_nan(&v1) && is_nan(&v2)))
}

/// Whether two slices have the same length and `eq` holds for each pair of elements.
pub(crate) fn equal_fn<E: Clone + Default>(
    s1: Slice<'_, E>,
    s2: Slice<'_, E>,
    eq: impl Fn(E, E) -> bool,
) -> bool {
    s1.len() == s2.len() && s1.iter().enumerate().all(|(i, v1)| eq(v1, s2.at(i)))
}

/// A slice of what `f` makes of each element.
pub(crate) fn map<'h, E1: Clone + Default, E2: Clone + Default>(
    heap: &'h Bump,
    s: Slice<'_, E1>,
    f: impl Fn(E1) -> E2,
) -> Slice<'h, E2> {
    let r = Slice::zeroed(heap, s.len());
    for (i, v) in s.iter().enumerate() {
        r.set(i, f(v));
    }
    r
}

/// Folds the elements from the left.
pub(crate) fn reduce<E1: Clone + Default, E2>(
    s: Slice<'_, E1>,
    initializer: E2,
    f: impl Fn(E2, E1) -> E2,
) -> E2 {
    let mut r = initializer;
    for v in s {
        r = f(r, v);
    }
    r
}

/// A slice of the elements that `f` accepts.
pub(crate) fn filter<'h, E: Clone + Default>(
    heap: &'h Bump,
    s: Slice<'_, E>,
    f: impl Fn(&E) -> bool,
) -> Slice<'h, E> {
    let mut r = Slice::nil();
    for v in s {
        if f(&v) {
            r = r.append(heap, v);
        }
    }
    r
}

/// The largest element, the zero value of none.
pub(crate) fn slice_max<E: PartialOrd + Clone + Default>(s: Slice<'_, E>) -> E {
    if s.is_empty() {
        return E::default();
    }
    reduce(s.slice(1..), s.at(0), |a, b| if a > b { a } else { b })
}

/// The smallest element, the zero value of none.
pub(crate) fn slice_min<E: PartialOrd + Clone + Default>(s: Slice<'_, E>) -> E {
    if s.is_empty() {
        return E::default();
    }
    reduce(s.slice(1..), s.at(0), |a, b| if a < b { a } else { b })
}

/// What one had to write before Go had `append`: `make` and `copy`.
pub(crate) fn append<'h, E: Clone + Default>(
    heap: &'h Bump,
    s: Slice<'h, E>,
    t: Slice<'_, E>,
) -> Slice<'h, E> {
    let (lens, tot) = (s.len(), s.len() + t.len());
    let s = if tot <= s.cap() {
        s.slice(..tot)
    } else {
        let news = Slice::make(heap, tot, tot + tot / 2);
        copy(news, s);
        news
    };
    copy(s.slice(lens..tot), t);
    s
}

/// What one had to write before Go had `copy`: a loop.
pub(crate) fn copy<E: Clone + Default>(s: Slice<'_, E>, t: Slice<'_, E>) -> usize {
    let mut i = 0;
    while i < s.len() && i < t.len() {
        s.set(i, t.at(i));
        i += 1;
    }
    i
}
