//! src/runtime/map_test.go: a cell that is used again starts from zero.
//!
//! Each map has one bucket, so the second key gets the cell that the first one left.
//!
//! Go: runtime/map.go: mapdelete, mapclear (1.19).

use hmap::{GoMap, Key};

/// Stores `value` under the first key, deletes that and changes what the second key has.
fn change_after_delete<K: Key + Clone, V: Clone + Default>(
    [key1, key2]: [K; 2],
    value: V,
    change: impl Fn(&mut V),
) -> V {
    let m: GoMap<_, _> = GoMap::make(0);
    m.set(key1.clone(), value);
    m.delete(&key1);
    m.update(key2.clone(), change);
    assert_eq!((m.len(), m.with(|m| m.hmap().b())), (1, 0));
    m.at(&key2)
}

/// runtime/map_test.go: TestIncrementAfterDeleteValueInt. `m[13]++` after `delete(m, 12)` gives 1.
#[test]
fn test_increment_after_delete_value_int() {
    let got = change_after_delete([12_i64, 13], 99_isize, |v| *v += 1);
    assert_eq!(got, 1);
}

/// runtime/map_test.go: TestIncrementAfterDeleteValueInt32. The same with values of four bytes.
#[test]
fn test_increment_after_delete_value_int32() {
    let got = change_after_delete([12_i64, 13], 99_i32, |v| *v += 1);
    assert_eq!(got, 1);
}

/// runtime/map_test.go: TestIncrementAfterDeleteValueInt64. The same with values of eight bytes.
#[test]
fn test_increment_after_delete_value_int64() {
    let got = change_after_delete([12_i64, 13], 99_i64, |v| *v += 1);
    assert_eq!(got, 1);
}

/// runtime/map_test.go: TestIncrementAfterDeleteKeyStringValueInt. The same with text as keys.
#[test]
fn test_increment_after_delete_key_string_value_int() {
    let keys = ["", "x"].map(str::to_string);
    assert_eq!(change_after_delete(keys, 99, |v| *v += 1), 1);
}

/// runtime/map_test.go: TestIncrementAfterDeleteKeyValueString. What is appended to the value of a
/// reused cell is appended to the empty text.
#[test]
fn test_increment_after_delete_key_value_string() {
    let keys = ["", "x"].map(str::to_string);
    let got = change_after_delete(keys, "99".to_string(), |v| v.push('1'));
    assert_eq!(got, "1");
}

/// runtime/map_test.go: TestIncrementAfterBulkClearKeyStringValueInt. The same after a loop that
/// deletes all, which Go's compiler turns into a clear, and after a clear.
#[test]
fn test_increment_after_bulk_clear_key_string_value_int() {
    let delete_all = |m: &GoMap<String, i64>| m.range().for_each(|(key, _)| m.delete(&key));
    for empty in [&delete_all, &|m: &GoMap<String, i64>| m.clear()] as [&dyn Fn(&_); 2] {
        let m: GoMap<_, _> = GoMap::make(0);
        m.set(String::new(), 99);
        empty(&m);
        m.update("x".to_string(), |v| *v += 1);
        assert_eq!((m.len(), m.at(&"x".to_string())), (1, 1));
    }
}
