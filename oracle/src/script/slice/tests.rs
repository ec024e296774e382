//! The script language is written and read alike, and a wrong line is refused with its reason.

use super::{Kind, Op};
use crate::script::ScriptError;

#[test]
fn a_line_read_and_written_again_is_the_same_line() {
    let lines = [
        "make v0 2 4",
        "zeroed v5 -1",
        "lit v1",
        "lit v1 0 -3 9223372036854775807",
        "nil v2",
        "append v0 v1 7",
        "appendn v0 v0 0 5",
        "appends v3 v4 v4",
        "slice v0 v1 _ _",
        "slice v0 v1 1 _",
        "slice v0 v1 _ -2",
        "slice3 v0 v1 _ 2 3",
        "slice3 v0 v1 1 2 3",
        "copy v0 v1",
        "set v0 4611686018427387904 1",
        "get v0 0",
        "bytes v0 t3",
        "str t0 v1",
        "lits t0",
        "lits t1 00ff",
        "substr t0 t1 1 _",
        "concat t0 t1 t2",
        "charat t0 -1",
        "runes t2",
        "appendstr v0 v1 t0",
        "copystr v0 t0",
    ];
    for line in lines {
        let op = Op::parse(line, Kind::U8).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(op.to_string(), line);
    }
    let names: Vec<_> = lines.iter().map(|line| line.split(' ').next()).collect();
    assert!(
        Op::NAMES.iter().all(|name| names.contains(&Some(name))),
        "a name without a line"
    );
}

#[test]
fn a_wrong_line_is_refused_with_the_word_at_fault() {
    let said = |line, kind| match Op::parse(line, kind) {
        Ok(op) => panic!("`{line}` was read as {op:?}"),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        said("make v0 2", Kind::U8),
        "`make v0 2` ends too early: expected a 64-bit integer"
    );
    assert_eq!(
        said("nil v6", Kind::U8),
        "`v6` in `nil v6` is not a slice variable v0..v5"
    );
    assert_eq!(
        said("nil v00", Kind::U8),
        "`v00` in `nil v00` is not a slice variable v0..v5"
    );
    assert_eq!(
        said("nil v0 v1", Kind::U8),
        "`nil v0 v1` has words left over, from `v1` on"
    );
    assert_eq!(
        said("push v0 1", Kind::U8),
        "`push` in `push v0 1` is not an operation"
    );
    assert_eq!(
        said("lits t0 f", Kind::U8),
        "`f` in `lits t0 f` is not bytes in hex, two digits each"
    );
    let refused = Op::parse("copystr v0 t0", Kind::Rune);
    assert!(
        matches!(
            refused,
            Err(ScriptError::Kind { ref kind, .. }) if kind == "rune"
        ),
        "{refused:?}"
    );
}
