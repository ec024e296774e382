//! Slices: append from nothing, append into spare room, indexed loop; ours beside the peers.
//!
//! `cargo bench -p benches -- slice`

use std::cell::Cell;
use std::hint::black_box;

use benches::slice::{
    APPEND_LENGTHS, LOOP_LENGTH, append_ours, append_reserved_ours, append_reserved_vec,
    append_vec, indexed_cells, indexed_ours, indexed_vec,
};
use bumpalo::Bump;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use slice::Slice;

fn append(c: &mut Criterion) {
    let mut group = c.benchmark_group("slice/append_from_nothing");
    let mut heap = Bump::new();
    for n in APPEND_LENGTHS {
        group.throughput(Throughput::Elements(n as u64));
        group.bench_with_input(BenchmarkId::new("ours", n), &n, |b, n| {
            b.iter(|| append_ours(&mut heap, black_box(*n)));
        });
        group.bench_with_input(BenchmarkId::new("Vec", n), &n, |b, n| {
            b.iter(|| append_vec(black_box(*n)));
        });
    }
    group.finish();
}

fn append_reserved(c: &mut Criterion) {
    let mut group = c.benchmark_group("slice/append_into_spare_room");
    group.throughput(Throughput::Elements(LOOP_LENGTH as u64));
    let heap = Bump::new();
    let room = Slice::make(&heap, 0, LOOP_LENGTH);
    let mut vec = Vec::with_capacity(LOOP_LENGTH);
    group.bench_function("ours", |b| {
        b.iter(|| append_reserved_ours(&heap, black_box(room)));
    });
    group.bench_function("Vec", |b| {
        b.iter(|| append_reserved_vec(black_box(&mut vec)));
    });
    group.finish();
}

fn indexed(c: &mut Criterion) {
    let mut group = c.benchmark_group("slice/indexed_loop");
    group.throughput(Throughput::Elements(LOOP_LENGTH as u64));
    let heap = Bump::new();
    let ours = Slice::make(&heap, LOOP_LENGTH, LOOP_LENGTH);
    let cells = vec![Cell::new(0); LOOP_LENGTH];
    let mut plain = vec![0; LOOP_LENGTH];
    group.bench_function("ours", |b| {
        b.iter(|| indexed_ours(black_box(ours)));
    });
    group.bench_function("&[Cell]", |b| {
        b.iter(|| indexed_cells(black_box(&cells)));
    });
    group.bench_function("Vec", |b| {
        b.iter(|| indexed_vec(black_box(&mut plain)));
    });
    group.finish();
}

criterion_group!(benches, append, append_reserved, indexed);
criterion_main!(benches);
