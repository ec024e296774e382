//! The 68 sizes that Go's allocator hands out below 32 KiB, and what each of them wastes.
//!
//! ```text
//!   class 5: 48 bytes      one page of 8192 bytes holds 170 objects
//!   ┌────┬────┬────┬──┄──┬────┬────┬──────────┐
//!   │ 48 │ 48 │ 48 │     │ 48 │ 48 │  32 left │  tail waste
//!   └────┴────┴────┴──┄──┴────┴────┴──────────┘
//! ```
//!
//! Class 0 stands for "no small class". A span is a whole number of pages, chosen so that little is
//! left at its end.
//!
//! Go: runtime/sizeclasses.go: class_to_size, class_to_allocnpages, _MaxSmallSize, _PageShift.

/// Requests from this size in bytes on are served in whole pages.
#[doc(alias = "_MaxSmallSize")]
pub const MAX_SMALL_SIZE: usize = 32768;

/// Step of the first size-to-class table, in bytes.
#[doc(alias = "smallSizeDiv")]
pub const SMALL_SIZE_DIV: usize = 8;

/// Where the second table takes over, in bytes.
#[doc(alias = "smallSizeMax")]
pub const SMALL_SIZE_MAX: usize = 1024;

/// Step of the second table, in bytes.
#[doc(alias = "largeSizeDiv")]
pub const LARGE_SIZE_DIV: usize = 128;

/// A page of Go's heap, in bytes.
#[doc(alias = "_PageShift")]
pub const PAGE_SIZE: usize = 1 << 13;

/// The size of an object of each class, in bytes.
#[doc(alias = "class_to_size")]
#[rustfmt::skip]
pub const CLASS_TO_SIZE: [u16; 68] = [
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176,
    192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576,
    640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072,
    3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880,
    12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
];

/// The pages of a span of each class.
#[doc(alias = "class_to_allocnpages")]
#[rustfmt::skip]
pub const CLASS_TO_ALLOCNPAGES: [u8; 68] = [
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 2, 1, 3,
    2, 3, 1, 3, 2, 3, 4, 5, 6, 1, 7, 6, 5, 4,
    3, 5, 7, 2, 9, 7, 5, 8, 3, 10, 7, 4,
];

/// One row of the class table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizeClass {
    /// Number of the class, 1 to 67.
    pub class: usize,
    /// Bytes of an object.
    pub object_bytes: usize,
    /// Bytes of a span.
    pub span_bytes: usize,
    /// Objects in a span.
    pub objects: usize,
    /// Bytes left at the end of a span.
    pub tail_waste_bytes: usize,
    /// Share of a span that is wasted when every request is the smallest that lands in the class.
    pub max_waste: f64,
}

/// The classes in ascending order, with their waste.
///
/// ```
/// let class5 = slice::sizeclasses::size_classes().nth(4).unwrap();
/// assert_eq!((class5.object_bytes, class5.objects, class5.tail_waste_bytes), (48, 170, 32));
/// assert_eq!(format!("{:.2} %", class5.max_waste * 100.0), "31.52 %");
/// ```
pub fn size_classes() -> impl Iterator<Item = SizeClass> {
    (1..CLASS_TO_SIZE.len()).map(|class| {
        let object_bytes = usize::from(CLASS_TO_SIZE[class]);
        let span_bytes = usize::from(CLASS_TO_ALLOCNPAGES[class]) * PAGE_SIZE;
        let objects = span_bytes / object_bytes;
        let tail_waste_bytes = span_bytes % object_bytes;
        let smallest_request = usize::from(CLASS_TO_SIZE[class - 1]) + 1;
        let wasted = tail_waste_bytes + objects * (object_bytes - smallest_request);
        let max_waste = wasted as f64 / span_bytes as f64;
        SizeClass {
            class,
            object_bytes,
            span_bytes,
            objects,
            tail_waste_bytes,
            max_waste,
        }
    })
}
