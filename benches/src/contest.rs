//! A contest: the same work done by ours and by each peer.
//!
//! ```text
//!   contest "slice/append_from_nothing", 10,000 elements
//!     ours   run(reps) ──┐
//!     Vec    run(reps) ──┼── all do the same work; time is per operation
//!     Go     a Go benchmark of this name in its own process
//! ```
//!
//! criterion and the scoreboard time the very same runners. A runner repeats the work `reps` times
//! inside one call, so that a call costs nothing beside it, and returns a number that depends on
//! all of it, so that nothing can be left out by the compiler.

use std::fmt;

/// The work of one side: does it `reps` times and returns something that depends on it. What a side
/// needs for that it makes in its first call, which may be one for no repetition.
pub type Run = Box<dyn FnMut(usize) -> u64>;

/// One side of a contest.
pub struct Runner {
    /// `ours`, or the peer's name.
    pub name: &'static str,
    /// Does the work.
    pub run: Run,
}

/// The same work for all sides.
pub struct Contest {
    /// The room: `slice`.
    pub group: &'static str,
    /// What is done: `append_from_nothing`.
    pub work: &'static str,
    /// How large it is, in elements.
    pub size: usize,
    /// Operations in one repetition; times are given per operation.
    pub ops: usize,
    /// The sides; the first is ours.
    pub runners: Vec<Runner>,
    /// The Go benchmark that does the same work, without the leading `Benchmark`.
    pub go: Option<String>,
    /// Takes long: played in the fewest rounds, and not at all in a quick run.
    pub heavy: bool,
}

impl fmt::Debug for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Contest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {:?}", self.name(), self.runners)
    }
}

impl Contest {
    /// A contest without sides.
    #[must_use]
    pub fn new(group: &'static str, work: &'static str, size: usize) -> Self {
        Self {
            group,
            work,
            size,
            ops: size.max(1),
            runners: Vec::new(),
            go: None,
            heavy: false,
        }
    }

    /// Adds a side.
    #[must_use]
    pub fn side(mut self, name: &'static str, run: impl FnMut(usize) -> u64 + 'static) -> Self {
        self.runners.push(Runner {
            name,
            run: Box::new(run),
        });
        self
    }

    /// Sets the operations in one repetition where they are not as many as elements.
    #[must_use]
    pub fn ops(mut self, ops: usize) -> Self {
        self.ops = ops;
        self
    }

    /// Marks a contest that takes long.
    #[must_use]
    pub fn heavy(mut self, heavy: bool) -> Self {
        self.heavy = heavy;
        self
    }

    /// Names the Go benchmark that does the same work.
    #[must_use]
    pub fn go(mut self, benchmark: impl Into<String>) -> Self {
        self.go = Some(benchmark.into());
        self
    }

    /// Group, work and size with slashes between: `slice/many_small/100000`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}/{}", self.group, self.work, self.size)
    }
}
