//! test/fixedbugs/issue30116.go, issue30116u.go: the exact text of every index and slice
//! expression.
//!
//! The golden files of Go, 558 and 340 lines, are kept as tables, issue30116.txt and
//! issue30116u.txt: an expression with `?` for its last index, then the text for each value of it.
//!
//! ```text
//!   slice[3:?]   :M :m 3:0 . :4c :Bc
//!                 │         │  └── slice[3:4] … slice bounds out of range [:4] with capacity 3
//!                 │         └── slice[3:3] no panic
//!                 └── slice[3:-9876543210] … slice bounds out of range [:-9876543210]
//! ```

use core::cell::Cell;
use core::fmt::Display;

use slice::{Int, Slice, Str};

use crate::caught::panic_text;

/// The values that have a letter in the tables.
const LETTERS: [(&str, &str); 5] = [
    ("M", "-9876543210"),
    ("m", "-1"),
    ("B", "9876543210"),
    ("U", "4294967295"),
    ("W", "18446744073709551615"),
];

/// The values in the place of their letters.
fn spell(word: &str) -> String {
    LETTERS
        .iter()
        .fold(word.to_string(), |word, (letter, value)| {
            word.replace(letter, value)
        })
}

/// What a word of the table stands for.
fn expand(word: &str, what: &str) -> String {
    let (indexes, limit) = match word.strip_suffix(['l', 'c']) {
        _ if word == "." => return "no panic".to_string(),
        Some(indexes) if word.ends_with('c') => (indexes, " with capacity 3"),
        Some(indexes) => (indexes, " with length 3"),
        None => (word, ""),
    };
    format!(
        "runtime error: {what} out of range [{}]{limit}",
        spell(indexes)
    )
}

/// The table in the order of Go's golden file: how each expression begins, and its text.
fn expected(table: &str) -> Vec<(String, String)> {
    let mut expected = Vec::new();
    for row in table.lines() {
        let (expression, words) = row.split_once("?]").expect("an expression in front");
        let is_index = expression.ends_with('[');
        let what = if is_index { "index" } else { "slice bounds" };
        let texts = words.split_whitespace().map(|word| expand(word, what));
        expected.extend(texts.map(|text| (spell(expression), text)));
    }
    expected
}

/// Go's loops: each expression over a slice, an array and a string of length 3, and what it says.
fn run<I: Int + Display>(indexes: &[I], bounds: &[I]) -> Vec<(String, String)> {
    let array = [Cell::new(1), Cell::new(2), Cell::new(3)];
    let (a, b, c) = (Slice::of_array(&array, ..), &array, Str::from("123"));
    let mut said = Vec::new();
    for base in ["slice", "array", "string"] {
        for &i in indexes {
            let text = panic_text(|| match base {
                "slice" => a.at(i),
                "array" => Slice::of_array(b, ..).at(i),
                _ => i32::from(c.at(i)),
            });
            said.push((format!("{base}[{i}]"), text));
        }
    }
    for base in ["slice", "array", "string"] {
        for (&i, &j) in bounds
            .iter()
            .flat_map(|i| bounds.iter().map(move |j| (i, j)))
        {
            let text = panic_text(|| match base {
                "slice" => a.slice(i..j).len(),
                "array" => Slice::of_array(b, i..j).len(),
                _ => c.slice(i..j).len(),
            });
            said.push((format!("{base}[{i}:{j}]"), text));
        }
    }
    for base in ["slice", "array"] {
        for (&i, &j) in bounds
            .iter()
            .flat_map(|i| bounds.iter().map(move |j| (i, j)))
        {
            for &k in bounds {
                let text = panic_text(|| match base {
                    "slice" => a.slice3(i, j, k),
                    _ => Slice::of_array3(b, i, j, k),
                });
                said.push((format!("{base}[{i}:{j}:{k}]"), text));
            }
        }
    }
    said
}

/// Compares what was said with the table, expression by expression.
fn compare(said: &[(String, String)], table: &str) {
    let expected = expected(table);
    assert_eq!(said.len(), expected.len());
    for ((expression, text), (beginning, want)) in said.iter().zip(&expected) {
        assert!(
            expression.starts_with(beginning),
            "{expression} {beginning}"
        );
        assert_eq!(text, want, "{expression}");
    }
}

/// test/fixedbugs/issue30116.go: main. The 558 texts for signed values, negative and huge ones
/// among them.
#[test]
fn issue30116_main() {
    let indexes = [-9876543210, -1, 0, 2, 3, 9876543210];
    let bounds = [-9876543210, -1, 0, 3, 4, 9876543210];
    let said = run::<i64>(&indexes, &bounds);
    assert_eq!(said.len(), 558);
    compare(&said, include_str!("issue30116.txt"));
}

/// test/fixedbugs/issue30116u.go: main. The 340 texts for unsigned values up to 1<<64-1, which are
/// never printed as negative.
#[test]
fn issue30116u_main() {
    let indexes = [0, 2, 3, (1 << 32) - 1, u64::MAX];
    let bounds = [0, 3, 4, (1 << 32) - 1, u64::MAX];
    let said = run::<u64>(&indexes, &bounds);
    assert_eq!(said.len(), 340);
    compare(&said, include_str!("issue30116u.txt"));
}
