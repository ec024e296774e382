//! Through JSON and back.

use hmap::{Map, Set};

#[test]
fn a_map_is_an_object_and_comes_back() {
    let one = Map::from([("a", 1)]);
    assert_eq!(serde_json::to_string(&one).expect("numbers"), r#"{"a":1}"#);
    let m: Map<String, Vec<i64>> = (0..100).map(|i| (i.to_string(), vec![i, -i])).collect();
    let json = serde_json::to_string(&m).expect("numbers");
    let back: Map<String, Vec<i64>> = serde_json::from_str(&json).expect("what was written");
    assert_eq!(back, m);
    back.check();
    let std: std::collections::HashMap<String, Vec<i64>> =
        serde_json::from_str(&json).expect("what was written");
    assert!(std.len() == 100 && std.iter().all(|(k, v)| m.get(k) == Some(v)));
}

#[test]
fn a_set_is_a_list_and_comes_back() {
    assert_eq!(
        serde_json::to_string(&Set::from([7])).expect("numbers"),
        "[7]"
    );
    let s: Set<i64> = (0..100).collect();
    let json = serde_json::to_string(&s).expect("numbers");
    assert_eq!(
        serde_json::from_str::<Set<i64>>(&json).expect("what was written"),
        s
    );
}

#[test]
fn of_a_key_that_comes_twice_the_last_value_counts() {
    let m: Map<String, i64> = serde_json::from_str(r#"{"a":1,"b":2,"a":3}"#).expect("an object");
    assert_eq!((m.len(), m["a"]), (2, 3));
    let s: Set<i64> = serde_json::from_str("[1,2,1]").expect("a list");
    assert_eq!(s.len(), 2);
}

#[test]
fn what_is_no_map_is_refused() {
    for json in ["3", "[1]", "{\"a\":\"b\"}", "{\"a\":1", "null"] {
        assert!(
            serde_json::from_str::<Map<String, i64>>(json).is_err(),
            "{json}"
        );
    }
    assert!(serde_json::from_str::<Set<i64>>("{}").is_err());
}

#[test]
fn a_length_that_somebody_claims_reserves_no_room_for_it() {
    use serde::Deserialize;
    use serde::de::value::MapDeserializer;
    /// Says that it will yield 2^40 pairs, and yields one.
    struct Liar(Option<(u64, u64)>);
    impl Iterator for Liar {
        type Item = (u64, u64);
        fn next(&mut self) -> Option<Self::Item> {
            self.0.take()
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            (1 << 40, Some(1 << 40))
        }
    }
    let pairs = MapDeserializer::<_, serde::de::value::Error>::new(Liar(Some((1, 2))));
    let m: Map<u64, u64> = Map::deserialize(pairs).expect("one pair");
    assert_eq!((m.len(), m[&1]), (1, 2));
    assert!(m.capacity() < 1 << 24);
}
