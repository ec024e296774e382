//! Tells `machine.rs` which compiler builds this package, and for what: a rustc that is found when
//! the benchmarks run need not be the one that compiled them.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=BENCHES_RUSTC={}", rustc_version());
    let target = env::var("TARGET").expect("cargo tells a build script the target");
    println!("cargo::rustc-env=BENCHES_TARGET={target}");
}

/// `1.95.0 (59807616e 2026-04-14)`.
fn rustc_version() -> String {
    let rustc = env::var_os("RUSTC").expect("cargo tells a build script the compiler");
    let output = Command::new(rustc).arg("--version").output();
    let said = output.expect("rustc starts").stdout;
    let said = String::from_utf8_lossy(&said);
    said.trim().trim_start_matches("rustc ").to_owned()
}
