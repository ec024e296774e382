//! Small Go programs that surprise people, retold; each prints what Go 1.19.8 prints.
//!
//! The Go line that a statement stands for is beside it where the two look different.

use std::cell::Cell;
use std::fmt::Write;

use bumpalo::Bump;
use slice::{Slice, Str};

/// Appends formatted text to a `String`.
macro_rules! print_to {
    ($out:ident, $($text:tt)*) => {
        write!($out, $($text)*).expect("a String takes any text")
    };
}

#[test]
fn two_appends_to_one_base_write_the_same_cell_while_it_has_room() {
    let heap = Bump::new();
    let mut out = String::new();
    let same =
        |x: Slice<'_, i64>, y: Slice<'_, i64>| x.slice(3..).as_ptr() == y.slice(3..).as_ptr();

    let base = Slice::make(&heap, 3, 4);
    let x = base.append(&heap, 10);
    let y = base.append(&heap, 20);
    print_to!(
        out,
        "spare: {} {} same slot: {}\n",
        x.at(3),
        y.at(3),
        same(x, y)
    );

    let full = base.slice3(0, 3, 3); // base[:3:3]: every append has to move
    let p = full.append(&heap, 10);
    let q = full.append(&heap, 20);
    print_to!(
        out,
        "full: {} {} same slot: {}\n",
        p.at(3),
        q.at(3),
        same(p, q)
    );

    // In a loop only the lengths that have room go wrong.
    let mut grow: Slice<'_, i64> = Slice::nil();
    for i in 0..6 {
        let a = grow.append(&heap, 0);
        let b = grow.append(&heap, 1);
        print_to!(out, "{i}:{} ", a.at(i) != b.at(i));
        grow = b;
    }
    out.push('\n');

    assert_eq!(
        out,
        "spare: 20 20 same slot: true\n\
         full: 10 20 same slot: false\n\
         0:true 1:true 2:true 3:false 4:true 5:false \n"
    );
}

/// The array under the name of the case, as Go prints it.
fn print_array(out: &mut String, name: &str, array: &[Cell<i64>; 3]) {
    print_to!(out, "{name}: {}\n", Slice::of_array(array, ..));
}

#[test]
fn range_evaluates_its_operand_once_and_reads_the_elements_late() {
    let heap = Bump::new();
    let mut out = String::new();

    let mut s = Slice::literal(&heap, &[0]);
    let mut n = 0;
    for (i, _) in s.iter().enumerate() {
        s = s.append(&heap, i + 1); // the length was fixed at the start
        n += 1;
    }
    print_to!(out, "slice: {n} iteration, {s}\n");

    let a = [2, 1, 0].map(Cell::new);
    for v in Slice::of_array(&a.clone(), ..) {
        Slice::of_array(&a, ..).set(v, v); // an array is copied first
    }
    print_array(&mut out, "array", &a);

    let b = [2, 1, 0].map(Cell::new);
    for v in Slice::of_array(&b, ..) {
        Slice::of_array(&b, ..).set(v, v); // through a pointer it is not
    }
    print_array(&mut out, "pointer", &b);

    let mut c = Slice::literal(&heap, &[1, 2, 3]);
    for (i, v) in c.iter().enumerate() {
        if i == 0 {
            c.set(1, 20); // the header was copied, the elements were not
            c = Slice::literal(&heap, &[7, 8, 9]);
        }
        print_to!(out, "{v} ");
    }
    print_to!(out, "{c}\n");

    assert_eq!(
        out,
        "slice: 1 iteration, [0 1]\n\
         array: [0 1 2]\n\
         pointer: [2 1 2]\n\
         1 20 3 [7 8 9]\n"
    );
}

#[test]
fn deleting_through_a_second_header_shifts_what_the_range_still_has_to_read() {
    let heap = Bump::new();
    let s = Slice::literal(&heap, &["a", "drop", "b", "drop", "c"].map(Str::from));
    let mut keep = s;
    let mut i = 0;
    let mut seen = Slice::nil();
    for v in s {
        seen = seen.append(&heap, v);
        if v == "drop" {
            keep = keep.slice(..i).append_slice(&heap, keep.slice(i + 1..));
            continue;
        }
        i += 1;
    }
    assert_eq!(
        format!("seen: {seen}\nkeep: {keep}\ns:    {s}\n"),
        "seen: [a drop drop c c]\n\
         keep: [a drop c]\n\
         s:    [a drop c c c]\n"
    );
}

#[test]
fn deleting_by_append_leaves_a_pointer_in_the_hidden_tail() {
    struct Node {
        name: &'static str,
    }
    let heap = Bump::new();
    let mut out = String::new();
    let nodes = ["a", "b", "c", "d"].map(|name| Node { name });
    let s = Slice::literal(&heap, &nodes.each_ref().map(Some));
    let s = s.slice(..1).append_slice(&heap, s.slice(2..)); // deletes "b"
    out.push_str("visible:");
    for n in s.iter().flatten() {
        print_to!(out, " {}", n.name);
    }
    let all = s.slice(..s.cap());
    let last: Option<&Node> = all.at(all.len() - 1);
    let name = last.map_or("nil", |node| node.name);
    let dup = last.map(std::ptr::from_ref) == s.at(s.len() - 1).map(std::ptr::from_ref);
    print_to!(out, "\nhidden tail still points at: {name} dup: {dup}\n");

    // Clearing the tail is the caller's job.
    all.set(all.len() - 1, None);
    let cleared = s.slice(..s.cap()).at(3).is_none();
    print_to!(out, "cleared: {cleared} len {} cap {}\n", s.len(), s.cap());

    assert_eq!(
        out,
        "visible: a c d\n\
         hidden tail still points at: d dup: true\n\
         cleared: true len 3 cap 4\n"
    );
}

#[test]
fn append_doubles_below_256_then_slides_to_a_quarter_and_rounds_up_to_a_size_class() {
    let heap = Bump::new();
    let mut out = String::new();
    let mut sink: Slice<'_, i64> = Slice::nil();
    let mut last = 0;
    for i in 0..5000 {
        sink = sink.append(&heap, i);
        if sink.cap() != last {
            last = sink.cap();
            print_to!(out, "{last} ");
        }
    }
    out.push('\n');
    for n in [897, 1024] {
        let s: Slice<'_, i64> = Slice::zeroed(&heap, n);
        let s = s.append_slice(&heap, Slice::zeroed(&heap, 100));
        print_to!(out, "{n} +100 -> {}\n", s.cap());
    }
    let sink_b = Slice::nil().append_slice(&heap, Slice::<u8>::zeroed(&heap, 5));
    print_to!(out, "5 bytes -> {}\n", sink_b.cap());
    let sink_b = sink_b
        .slice3(0, 5, 5)
        .append_all(&heap, &[1, 2, 3, 4, 5, 6]);
    print_to!(out, "5+6 bytes -> {}\n", sink_b.cap());
    let sink = Slice::nil().append_all(&heap, &[1i64, 2, 3]);
    print_to!(out, "3 ints -> {}\n", sink.cap());
    let sink = sink.slice3(0, 3, 3).append_all(&heap, &[4, 5, 6, 7]);
    print_to!(out, "3+4 ints -> {}\n", sink.cap());

    assert_eq!(
        out,
        "1 2 4 8 16 32 64 128 256 512 848 1280 1792 2560 3408 5120 \n\
         897 +100 -> 1360\n\
         1024 +100 -> 1536\n\
         5 bytes -> 8\n\
         5+6 bytes -> 16\n\
         3 ints -> 3\n\
         3+4 ints -> 8\n"
    );
}

/// Three rows as text, one line.
fn print_rows(out: &mut String, heap: &Bump, rows: Slice<'_, Slice<'_, u8>>) {
    let text = |i: usize| rows.at(i).to_str(heap).to_string();
    print_to!(out, "{} {} {}\n", text(0), text(1), text(2));
}

#[test]
fn rows_cut_from_one_buffer_overlap_as_soon_as_one_is_appended_to() {
    let heap = Bump::new();
    let mut out = String::new();
    let flat = Slice::from_iter_in(&heap, b'a'..=b'f');
    let rows = Slice::literal(
        &heap,
        &[flat.slice(0..2), flat.slice(2..4), flat.slice(4..6)],
    );
    rows.set(0, rows.at(0).append(&heap, b'X'));
    print_rows(&mut out, &heap, rows);

    // A scratch buffer stored without copying: every row is the last line.
    let mut scratch = Slice::make(&heap, 0, 8);
    let mut lines = Slice::nil();
    for w in ["one", "two", "six"] {
        scratch = scratch.slice(..0).append_str(&heap, Str::from(w));
        lines = lines.append(&heap, scratch);
    }
    print_rows(&mut out, &heap, lines);

    assert_eq!(out, "abX Xd ef\nsix six six\n");
}

/// In Go this one depends on escape analysis: `[]byte(text)` that stays in its function gets a
/// buffer of 32 bytes on the stack and shows capacity 32, and later versions of Go give an append
/// from nil such a buffer too. Here every array lies in the heap, as if everything escaped, so the
/// capacity is 8 in both places where Go 1.19.8 prints 32 and 8; the rest is the same.
#[test]
fn first_capacities_are_those_of_slices_that_escape() {
    let heap = Bump::new();
    let text = Str::from("abcd");
    let mut out = String::new();

    let mut s: Slice<'_, i64> = Slice::nil();
    let (mut last, mut caps) = (0, String::new());
    for i in 0..100 {
        s = s.append(&heap, i);
        if s.cap() != last {
            last = s.cap();
            print_to!(caps, "{last} ");
        }
    }
    print_to!(out, "append from nil: {caps}\n");

    let m = Slice::make(&heap, 0, 3).append_all(&heap, &[1, 2, 3]);
    print_to!(out, "make cap 3: {}\n", m.cap());
    let m = m.append(&heap, 4);
    print_to!(out, "grown: {} sum {}\n", m.cap(), s.at(99) + m.at(3));

    let b = Slice::literal(&heap, b"abcd"); // []byte("abcd"): exactly as long as the constant
    let c = text.to_bytes(&heap);
    let kept = text.to_bytes(&heap);
    print_to!(out, "[]byte caps: {} {} {}\n", b.cap(), c.cap(), kept.cap());

    let go = "append from nil: 1 2 4 8 16 32 64 128 \n\
              make cap 3: 3\n\
              grown: 6 sum 103\n\
              []byte caps: 4 32 8\n";
    assert_eq!(out, go.replace("4 32 8", "4 8 8"));
}
