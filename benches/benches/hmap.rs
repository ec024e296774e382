//! Maps under criterion: the contests that the scoreboard runs too, but for those of a million
//! entries and more.
//!
//! `cargo bench -p benches --bench hmap -- hit_u64`

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
                // What the side needs is made before the clock starts.
                black_box((runner.run)(0));
                let begin = std::time::Instant::now();
                black_box((runner.run)(reps));
                begin.elapsed()
            });
        });
    }
    group.finish();
}

fn hmap(c: &mut Criterion) {
    let order = benches::hmap::order_contests();
    let all = benches::hmap::contests().into_iter().chain(order);
    let light = all.filter(|contest| !contest.heavy);
    light.for_each(|contest| run(c, contest));
}

criterion_group!(benches, hmap);
criterion_main!(benches);
