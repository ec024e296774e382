//! The script language is written and read alike, and a wrong line is refused with its reason.

use super::{Kind, Op};

fn floats() -> Kind {
    Kind::parse("f64/v8").expect("a kind")
}

#[test]
fn a_line_read_and_written_again_is_the_same_line() {
    let lines = [
        "rand 18446744073709551615",
        "make 0",
        "set 7 -1",
        "set nan 3",
        "set -0 3",
        "get -9223372036854775808",
        "del nan",
        "clear",
        "iter i0",
        "step i3 100",
        "stop i1",
        "crowd 1000000 31 5",
        "drop 4 17",
    ];
    for line in lines {
        let op = Op::parse(line, floats()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(op.to_string(), line);
    }
    let names: Vec<_> = lines.iter().map(|line| line.split(' ').next()).collect();
    assert!(
        Op::NAMES.iter().all(|name| names.contains(&Some(name))),
        "a name without a line"
    );
}

#[test]
fn a_kind_read_and_written_again_is_the_same_kind_and_there_are_24() {
    let mut kinds: Vec<Kind> = Kind::all().collect();
    for kind in &kinds {
        assert_eq!(Kind::parse(&kind.to_string()), Some(*kind));
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), 24);
    assert_eq!(Kind::parse("u64"), None);
    assert_eq!(Kind::parse("u64/v9"), None);
}

#[test]
fn a_wrong_line_is_refused_with_the_word_at_fault() {
    let said = |line, kind: &str| {
        let kind = Kind::parse(kind).expect("a kind");
        match Op::parse(line, kind) {
            Ok(op) => panic!("`{line}` was read as {op:?}"),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(
        said("set x 1", "u8/v0"),
        "`x` in `set x 1` is not a 64-bit integer, nan or -0"
    );
    assert_eq!(
        said("iter i4", "u8/v0"),
        "`i4` in `iter i4` is not an iterator i0..i3"
    );
    assert_eq!(
        said("clear i0", "u8/v0"),
        "`clear i0` has words left over, from `i0` on"
    );
    assert_eq!(
        said("get nan", "u8/v0"),
        "`get nan` is not for scripts over u8/v0: see the table in oracle/README.md"
    );
}
