//! Programs that must not compile, each with what the compiler says.
//!
//! A slice is as safe as a shared reference to cells: it dies before its heap, stays in its thread
//! and does not stretch the lifetimes of what it holds. A slice expression takes Go's ranges only.
//!
//! That the dangerous programs fail to compile with every version is checked by the
//! `compile_fail` examples in the documentation of `Slice`.

#[path = "compiler/texts.rs"]
mod texts;

#[test]
fn what_go_or_rust_forbids_does_not_compile() {
    texts::compare();
}
