//! Slices under criterion: the contests that the scoreboard runs too.
//!
//! `cargo bench -p benches -- slice`

use std::hint::black_box;

use benches::contest::Contest;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn run(c: &mut Criterion, contest: Contest) {
    let mut group = c.benchmark_group(format!("{}/{}", contest.group, contest.work));
    group.throughput(Throughput::Elements(contest.ops as u64));
    for mut runner in contest.runners {
        group.bench_function(BenchmarkId::new(runner.name, contest.size), |b| {
            b.iter_custom(|iterations| {
                let reps = usize::try_from(iterations).expect("as many repetitions as fit");
                let begin = std::time::Instant::now();
                black_box((runner.run)(reps));
                begin.elapsed()
            });
        });
    }
    group.finish();
}

fn slice(c: &mut Criterion) {
    benches::slice::contests()
        .into_iter()
        .for_each(|contest| run(c, contest));
}

criterion_group!(benches, slice);
criterion_main!(benches);
