//! The workloads that the benchmarks time, one module a room.
//!
//! A workload is a plain function that does the work once and returns something that depends on all
//! of it, so that nothing can be left out by the compiler. Peers stand side by side in the same
//! file and do the same work on the same values.

pub mod slice;
