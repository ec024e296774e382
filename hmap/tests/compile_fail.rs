//! Programs that must not compile, each with what the compiler says.
//!
//! An entry that is looked at keeps the map from being changed, an iteration Go's way only between
//! its steps; a map is as private to its thread as its keys and values, and outlives nothing that
//! it refers to; a key has to be a key.

#[path = "../../slice/tests/compiler/texts.rs"]
mod texts;

#[test]
fn what_go_or_rust_forbids_does_not_compile() {
    texts::compare();
}
