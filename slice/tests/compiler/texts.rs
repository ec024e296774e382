//! Comparing what the compiler says of programs that must not compile; of every room's own tests.
//!
//! The texts are those of one compiler version, so they are compared with that version only;
//! `TRYBUILD=overwrite` writes them anew.

use std::process::Command;

/// The compiler that the texts are from.
const TEXTS_FROM: &str = "rustc 1.95.";

/// Compiles the programs in `tests/compile_fail`, none of which may pass, and compares the texts.
pub(crate) fn compare() {
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
