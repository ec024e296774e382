//! Programs that must not compile, each with what the compiler says.
//!
//! An entry that is looked at keeps the map from being changed, an iteration Go's way only between
//! its steps; a map is as private to its thread as its keys and values, and outlives nothing that
//! it refers to; a key has to be a key.
//!
//! The texts are those of one compiler version, so they are compared with that version only;
//! `TRYBUILD=overwrite` writes them anew.

use std::process::Command;

/// The compiler that the texts are from.
const TEXTS_FROM: &str = "rustc 1.95.";

#[test]
fn what_go_or_rust_forbids_does_not_compile() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("rustc answers")
        .stdout;
    let version = String::from_utf8_lossy(&version);
    if version.starts_with(TEXTS_FROM) {
        trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
    } else {
        println!("the texts are from {TEXTS_FROM}x and are not compared with {version}");
    }
}
