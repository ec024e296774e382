//! What a panic says.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Runs `f` and gives the text it panicked with, or `no panic` (as Go's golden files put it).
///
/// The headers and cells that `f` works on stay as the panic left them; looking at them afterwards
/// is what the tests are after, hence the assertion of unwind safety.
pub(crate) fn panic_text<R>(f: impl FnOnce() -> R) -> String {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(_) => "no panic".to_string(),
        Err(payload) => match payload.downcast::<String>() {
            Ok(text) => *text,
            Err(payload) => match payload.downcast::<&str>() {
                Ok(text) => (*text).to_string(),
                Err(payload) => resume_unwind(payload),
            },
        },
    }
}
