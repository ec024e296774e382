//! Panics as text, without noise on stderr.
//!
//! ```text
//!   recover(|| s.at(7))      Ok(value)
//!                            Err("runtime error: index out of range [7] with length 3")
//! ```
//!
//! A search runs a property some hundred times, and a property may look at panics that Go
//! promises. None of them is news, so the report of the panic hook is kept quiet meanwhile.
//!
//! R1  Quiet is a matter of one thread: a panic elsewhere in the process is reported as ever.
//! R2  The hook that was there is wrapped once and never taken out again.
//!
//! Go: runtime/panic.go: gorecover.
//! Differs: Go's `recover` is called in a deferred function; this one calls the function.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Wraps the process's hook: on a quiet thread it says nothing (R1, R2).
fn wrap_hook() {
    static WRAPPED: Once = Once::new();
    WRAPPED.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
}

/// What a panic said.
fn text_of(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<String>() {
        return text.clone();
    }
    match payload.downcast_ref::<&str>() {
        Some(text) => (*text).to_string(),
        None => "a panic without a text".to_string(),
    }
}

/// Calls `f` and returns its value, or the text of its panic.
///
/// What `f` reaches by reference is seen afterwards as the panic left it. That is the point: a law
/// about panics says what they leave behind.
///
/// # Errors
///
/// The text of the panic.
pub fn recover<R>(f: impl FnOnce() -> R) -> Result<R, String> {
    wrap_hook();
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(f));
    QUIET.set(before);
    result.map_err(|payload| text_of(payload.as_ref()))
}
