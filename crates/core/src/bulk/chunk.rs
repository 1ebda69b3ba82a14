//! Cutting a list of items into submissions.

use std::fmt::{self, Write};
use std::ops::Range;

use crate::json::Value;

/// How large one submission may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most items.
    pub items: usize,
    /// The most bytes of its JSON text.
    pub bytes: usize,
}

impl Default for Limits {
    /// 500 items and 2 MiB: a store was seen to take 500 items, and PHP's own limit of a body is 8 MiB.
    fn default() -> Self {
        Limits { items: 500, bytes: 2 * 1024 * 1024 }
    }
}

/// Cuts a list into submissions, in order, as ranges of its indexes.
///
/// An item that alone is larger than the limit stands alone: whether the store
/// takes it only the store can say.
///
/// ```
/// use magewright::bulk::{Limits, chunks};
/// use magewright::json::Value;
/// let items = vec![Value::from("12345678"); 5];
/// assert_eq!(chunks(&items, Limits { items: 2, bytes: 1000 }), [0..2, 2..4, 4..5]);
/// assert_eq!(chunks(&items, Limits { items: 9, bytes: 40 }), [0..3, 3..5]);
/// assert_eq!(chunks(&[], Limits::default()), []);
/// ```
#[must_use]
pub fn chunks(items: &[Value], limits: Limits) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut start, mut bytes) = (0, BRACKETS);
    for (at, item) in items.iter().enumerate() {
        let length = text_length(item) + COMMA;
        let full = at - start >= limits.items || bytes + length > limits.bytes;
        if full && at > start {
            chunks.push(start..at);
            (start, bytes) = (at, BRACKETS);
        }
        bytes += length;
    }
    if start < items.len() {
        chunks.push(start..items.len());
    }
    chunks
}

const BRACKETS: usize = 2;
const COMMA: usize = 1;

/// The bytes of a value's text, without writing it.
fn text_length(value: &Value) -> usize {
    struct Counter(usize);
    impl Write for Counter {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut counter = Counter(0);
    // Counting does not fail.
    let _ = write!(counter, "{value}");
    counter.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn chunks_cover_everything_in_order(
            sizes in prop::collection::vec(0usize..60, 0..60), items in 0usize..9, bytes in 0usize..200,
        ) {
            let list: Vec<Value> = sizes.iter().map(|size| Value::from("x".repeat(*size))).collect();
            let found = chunks(&list, Limits { items, bytes });
            let covered: Vec<usize> = found.iter().cloned().flatten().collect();
            prop_assert_eq!(covered, (0..list.len()).collect::<Vec<_>>());
            for range in found {
                let text = Value::Array(list[range.clone()].to_vec()).to_string();
                prop_assert!(range.len() == 1 || (range.len() <= items && text.len() <= bytes), "{range:?}");
            }
        }
    }
}
