//! How fast ours is beside std, the best crates and real Go.
//!
//! ```text
//!   slice.rs …     contests: the same work, ours and each peer      ──▶ criterion (benches/*.rs)
//!   calibration.rs what the machine can do                          └─▶ measure.rs: rounds
//!   targets.rs     what a ratio has to be, and why                          │
//!   stats.rs       median and interval of paired ratios                     ▼
//!   board.rs       the result as data   ──▶ table.rs, html.rs, JSON
//! ```

pub mod board;
pub mod contest;
pub mod latency;
pub mod slice;
pub mod stats;
