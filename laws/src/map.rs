//! The laws of maps, a file a chapter.
//!
//! ```text
//!   buckets.rs     what is inside a map; cells.rs: where the bytes of an entry lie
//!   order.rs       the order of a range, and changes on the way
//!   doubling.rs    when a map grows, and to what size
//!   evacuation.rs  growth a little at a time
//!   delete.rs      what a delete does not do
//!   concurrent.rs  the write flag, and the variable of one word
//!   odd.rs         NaN, the zeros, nil, keys without a hash (chapter "odd-keys")
//!   tree.rs        beside an ordered tree
//!
//!   alg.rs         the hash function, as poor as a law wants it
//!   history.rs     programs that write to a map[int]int
//!   look.rs        what a law sees of a map
//! ```
//!
//! Every program begins by setting the runtime's random numbers, so that seeds of hashes, starts
//! of ranges and hashes of NaN are the same on each run.
//!
//! Go: runtime/map.go, runtime/alg.go (1.19).

pub(crate) mod alg;
pub(crate) mod buckets;
pub(crate) mod cells;
pub(crate) mod concurrent;
pub(crate) mod delete;
pub(crate) mod doubling;
pub(crate) mod evacuation;
pub(crate) mod history;
pub(crate) mod look;
pub(crate) mod odd;
pub(crate) mod order;
pub(crate) mod tree;

use crate::Law;

/// The area that these laws belong to.
pub(crate) const AREA: &str = "map";

/// The laws of maps, in chapter order.
pub(crate) static LAWS: [Law; 37] = [
    buckets::EIGHT_AND_TOP_BYTE,
    buckets::LOW_BITS,
    buckets::NINTH_OVERFLOWS,
    buckets::SAME_SEED,
    cells::KEYS_THEN_ELEMS,
    cells::POINTER_ABOVE_128,
    order::ROTATION,
    order::STAYS_MET_ONCE,
    order::DELETED_NEVER_MET,
    order::NEW_MET_AT_MOST_ONCE,
    order::VALUE_OF_THE_MOMENT,
    doubling::DOUBLES,
    doubling::HINT,
    doubling::EXISTING_KEY,
    doubling::REPACKS,
    doubling::BOUNDED_WINDOW,
    doubling::NEVER_REPACKS,
    evacuation::AT_MOST_TWO,
    evacuation::READS_MOVE_NOTHING,
    evacuation::SPLITS_IN_TWO,
    evacuation::ENDS_IN_TIME,
    evacuation::DICTIONARY,
    delete::NEVER_SHRINKS,
    delete::RESEEDS,
    delete::FREED_CELL,
    delete::EMPTY_REST_MARCHES,
    delete::CLEAR_KEEPS,
    concurrent::CHECKED_NOT_LOCKED,
    concurrent::READS_CHECK_TOO,
    concurrent::ONE_WORD,
    concurrent::ASSIGNING_SHARES,
    odd::NAN,
    odd::ZEROS,
    odd::NIL_READS,
    odd::UNHASHABLE,
    tree::KEEPS_ORDER,
    tree::NEIGHBOURS,
];
