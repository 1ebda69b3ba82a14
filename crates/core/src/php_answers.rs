//! What PHP answered, for tests: `schema/php`, recorded by `record.php` there.

use crate::json::{Value, parse};

/// The lines of a file: what was asked, and the answers.
pub(crate) fn lines(file: &str) -> Vec<Vec<Value>> {
    let path = format!("{}/../../schema/php/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let read = |line: &str| parse(line.as_bytes()).unwrap().as_array().unwrap().to_vec();
    text.lines().map(read).collect()
}
