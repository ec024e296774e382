//! How fast ours is beside std, the best crates and real Go.
//!
//! ```text
//!   slice.rs, hmap  contests: the same work, ours and each peer      ──▶ criterion (benches/*.rs)
//!   calibration.rs what the machine can do                          └─▶ measure.rs: rounds
//!   targets.rs     what a ratio has to be, and why                          │
//!   stats.rs       median and interval of paired ratios                     ▼
//!   board.rs       the result as data   ──▶ table.rs, html.rs, JSON
//! ```

pub mod board;
pub mod calibration;
pub mod contest;
pub mod groups;
pub mod hmap;
pub mod html;
pub mod latency;
pub mod machine;
pub mod measure;
pub mod scoreboard;
pub mod slice;
pub mod state;
pub mod stats;
pub mod table;
pub mod targets;
pub mod twins;
mod written;
