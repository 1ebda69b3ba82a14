//! The order of PHP's `strnatcmp`.

use std::cmp::Ordering;

/// Compares two texts as PHP's `strnatcmp` does: runs of digits by their number,
/// unless one begins with a zero, which makes them fractions.
///
/// ```
/// use magewright::oauth::natural_order;
/// use std::cmp::Ordering;
/// assert_eq!(natural_order("filters%5D%5B2", "filters%5D%5B10"), Ordering::Less);
/// assert_eq!(natural_order("a01", "a1"), Ordering::Less);
/// assert_eq!(natural_order("0010", "10"), Ordering::Equal);
/// ```
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    if a.is_empty() || b.is_empty() {
        return a.len().cmp(&b.len());
    }
    let (mut a, mut b) = (without_leading_zeros(a.as_bytes()), without_leading_zeros(b.as_bytes()));
    loop {
        (a, b) = (without_space(a), without_space(b));
        let (x, y) = match (a.split_first(), b.split_first()) {
            (Some(x), Some(y)) => (x, y),
            (x, y) => return x.is_some().cmp(&y.is_some()),
        };
        let order = if x.0.is_ascii_digit() && y.0.is_ascii_digit() {
            let ((run_a, rest_a), (run_b, rest_b)) = (digits(a), digits(b));
            (a, b) = (rest_a, rest_b);
            compare_runs(run_a, run_b)
        } else {
            (a, b) = (x.1, y.1);
            x.0.cmp(y.0)
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn compare_runs(a: &[u8], b: &[u8]) -> Ordering {
    if a.starts_with(b"0") || b.starts_with(b"0") { a.cmp(b) } else { a.len().cmp(&b.len()).then(a.cmp(b)) }
}

/// Zeros at the very start of a text do not count while a digit follows.
fn without_leading_zeros(mut bytes: &[u8]) -> &[u8] {
    while let [b'0', b'0'..=b'9', ..] = bytes {
        bytes = bytes.get(1..).unwrap_or_default();
    }
    bytes
}

fn without_space(bytes: &[u8]) -> &[u8] {
    let is_space = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x0b;
    let start = bytes.iter().position(|byte| !is_space(byte)).unwrap_or(bytes.len());
    bytes.get(start..).unwrap_or_default()
}

fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    bytes.split_at_checked(end).unwrap_or((bytes, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn php_agrees() {
        // What `strnatcmp` of PHP 8.2 gives.
        let table = [
            ("a10", "a9", Ordering::Greater),
            ("a001", "a01", Ordering::Less),
            ("a01", "a1", Ordering::Less),
            ("x1.10", "x1.25", Ordering::Less),
            ("x1.5", "x1.25", Ordering::Less),
            ("img", "img1", Ordering::Less),
            ("B", "a", Ordering::Less),
            ("0", "00", Ordering::Equal),
            ("", "a", Ordering::Less),
            ("1a", "1", Ordering::Greater),
        ];
        for (a, b, expected) in table {
            assert_eq!(natural_order(a, b), expected, "{a} {b}");
            assert_eq!(natural_order(b, a), expected.reverse(), "{b} {a}");
        }
    }

    proptest! {
        #[test]
        fn it_is_an_order(texts in prop::collection::vec("[a0-3%.]{0,6}", 3)) {
            let [a, b, c] = &texts[..] else { return Ok(()) };
            prop_assert_eq!(natural_order(a, b), natural_order(b, a).reverse());
            if natural_order(a, b).is_le() && natural_order(b, c).is_le() {
                prop_assert!(natural_order(a, c).is_le(), "{a} {b} {c}");
            }
        }
    }
}
