//! Go's growth rule, naively: it walks the list of sizes until one fits.
//!
//! The model grows its arrays by it; here it is compared with the crate's own rule directly.
//!
//! Go: runtime/slice.go: growslice; runtime/sizeclasses.go: class_to_size; runtime/malloc.go:
//! maxAlloc.

use bumpalo::Bump;
use slice::Slice;
use slice::growslice::nextcap;

use crate::caught::panic_text;

/// The sizes of Go's small blocks, in bytes.
#[rustfmt::skip]
const SIZES: [usize; 67] = [
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
    384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048,
    2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
    10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
];

/// The capacity of a full slice of `cap` elements that has to hold `need`.
pub(crate) fn grown(cap: usize, need: usize, elem_bytes: usize) -> usize {
    let mut wanted = cap;
    if need > 2 * cap {
        wanted = need;
    } else if cap < 256 {
        wanted = 2 * cap;
    }
    while wanted < need {
        wanted += (wanted + 3 * 256) / 4;
    }
    let bytes = wanted * elem_bytes;
    let in_pages = bytes.div_ceil(8192) * 8192;
    let block = SIZES.into_iter().find(|size| *size >= bytes);
    block.unwrap_or(in_pages) / elem_bytes
}

#[test]
fn every_growth_leads_to_the_capacity_of_the_model() {
    for elem_bytes in [1, 8, 24] {
        let same = |cap: usize, need: usize| {
            let want = Some(grown(cap, need, elem_bytes));
            assert_eq!(nextcap(cap, need, elem_bytes), want, "{cap} to {need}");
        };
        for cap in 0..600 {
            (cap.max(1)..2 * cap + 4).for_each(|need| same(cap, need));
        }
        for cap in (600..20_000).step_by(997) {
            (cap..2 * cap + 4)
                .step_by(7)
                .for_each(|need| same(cap, need));
            same(cap, cap + cap.div_ceil(4) + 192);
        }
    }
}

#[test]
fn the_capacity_that_a_step_of_growth_reaches_exactly_is_enough() {
    assert_eq!(nextcap(512, 832, 8), Some(848));
    assert_eq!(nextcap(512, 833, 8), Some(1280));
    assert_eq!(nextcap(5, 4, 8), None, "less than there is");
}

/// The texts are those of Go 1.19.8.
#[test]
fn no_array_is_larger_than_2_to_the_48_bytes() {
    let heap = Bump::new();
    assert_eq!(nextcap(0, 1 << 48, 1), Some(1 << 48));
    assert_eq!(nextcap(0, (1 << 48) + 1, 1), None);
    assert_eq!(nextcap(0, (1 << 45) + 1, 8), None);

    let len_text = "runtime error: makeslice: len out of range";
    let cap_text = "runtime error: makeslice: cap out of range";
    let (bytes, words) = ((1i64 << 48) + 1, (1i64 << 45) + 1);
    assert_eq!(panic_text(|| Slice::<u8>::zeroed(&heap, bytes)), len_text);
    assert_eq!(panic_text(|| Slice::<u8>::make(&heap, 0, bytes)), cap_text);
    assert_eq!(panic_text(|| Slice::<i64>::zeroed(&heap, words)), len_text);

    // Elements of no bytes have no such limit, but lengths are still not negative.
    assert_eq!(Slice::<()>::zeroed(&heap, bytes).len(), (1 << 48) + 1);
    assert_eq!(panic_text(|| Slice::<()>::zeroed(&heap, -1)), len_text);
    assert_eq!(panic_text(|| Slice::<()>::make(&heap, 0, -1)), cap_text);
    assert_eq!(
        panic_text(|| Slice::<()>::make(&heap, bytes, words)),
        cap_text
    );
}
