//! Reading forward over bytes: each function takes what is left and gives what
//! is left after it, or `None` for "look closer".
//!
//! `None` is never an error: it says that the quick way ends here.

use std::hint::select_unpredictable;

use super::block::digits;
use super::pair::{self, Pair};
use super::text;

/// Nesting beyond this goes the slow way, which knows the store's limit.
const MAX_DEPTH: u8 = 32;

/// The next byte, when it is the one asked for.
#[inline(always)]
pub(super) const fn expect(rest: &[u8], byte: u8) -> Option<&[u8]> {
    match rest {
        [first, rest @ ..] if *first == byte => Some(rest),
        _ => None,
    }
}

/// What stands after blanks. A line end is none: it ends a record.
#[inline(always)]
pub(super) fn skip_blanks(rest: &[u8]) -> &[u8] {
    match rest {
        [first, ..] if *first <= b' ' => after_blanks(rest),
        _ => rest,
    }
}

#[cold]
#[inline(never)]
fn after_blanks(rest: &[u8]) -> &[u8] {
    let blanks = rest.iter().take_while(|&&b| matches!(b, b' ' | b'\t')).count();
    rest.get(blanks..).unwrap_or_default()
}

/// Whether another item follows, or the container ends; and what comes then.
#[inline(always)]
pub(super) fn next_item(rest: &[u8], close: u8) -> Option<(bool, &[u8])> {
    let (first, after) = rest.split_first()?;
    match *first {
        b',' => Some((true, after)),
        byte if byte == close => Some((false, after)),
        _ => next_item_after_blanks(rest, close),
    }
}

#[cold]
#[inline(never)]
fn next_item_after_blanks(rest: &[u8], close: u8) -> Option<(bool, &[u8])> {
    match after_blanks(rest) {
        [b',', rest @ ..] => Some((true, rest)),
        [byte, rest @ ..] if *byte == close => Some((false, rest)),
        _ => None,
    }
}

/// Reads a whole number of up to nine digits, with its value. What follows is the caller's to check.
#[inline(always)]
pub(super) fn integer(rest: &[u8]) -> Option<(u32, &[u8])> {
    match rest {
        [digit @ b'0'..=b'9', after @ ..] if !matches!(after, [b'0'..=b'9', ..]) => {
            Some((u32::from(digit - b'0'), after))
        }
        _ => long_integer(rest),
    }
}

#[inline(never)]
fn long_integer(rest: &[u8]) -> Option<(u32, &[u8])> {
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (number, after) = rest.split_at_checked(digits)?;
    let sound = matches!(number, [b'0'] | [b'1'..=b'9', ..]) && digits < 10;
    let value =
        number.iter().fold(0u32, |value, digit| value.wrapping_mul(10).wrapping_add(u32::from(digit - b'0')));
    sound.then_some((value, after))
}

/// Reads a whole number from `least`, which is 0 or 1, of up to nine digits, whatever its value.
#[inline(never)]
pub(super) fn count(least: u32, rest: &[u8]) -> Option<&[u8]> {
    match rest.first_chunk::<8>() {
        Some(start @ [b'1'..=b'9', ..]) if let digits @ ..8 = digits(*start) => rest.get(digits..),
        _ => integer(rest).filter(|(number, _)| *number >= least).map(|(_, rest)| rest),
    }
}

/// Reads `true` or `false`.
#[inline(always)]
pub(super) fn flag(rest: &[u8]) -> Option<&[u8]> {
    let (start, after) = rest.split_first_chunk::<4>()?;
    // Which of them it is no branch could guess.
    let (is_true, is_false) = (start == b"true", (start == b"fals") & (after.first() == Some(&b'e')));
    let length = select_unpredictable(is_true, 0, 1);
    after.get(length..).filter(|_| is_true | is_false)
}

/// Reads any value, whatever it is, that is shallow and plainly written.
#[inline(never)]
pub(super) fn anything(rest: &[u8], depth: u8) -> Option<&[u8]> {
    match rest.first()? {
        b'"' => text::skip(rest),
        b'{' if depth < MAX_DEPTH => items(rest, b'}', |rest| member(rest, depth + 1)),
        b'[' if depth < MAX_DEPTH => items(rest, b']', |rest| anything(rest, depth + 1)),
        b'0'..=b'9' => count(0, rest),
        b't' | b'f' => flag(rest),
        b'n' => rest.strip_prefix(b"null"),
        _ => None,
    }
}

fn member(rest: &[u8], depth: u8) -> Option<&[u8]> {
    match pair::at_a_glance(rest) {
        Some(Pair::Whole(after)) => Some(after),
        Some(Pair::Value(value)) => anything(value, depth),
        None => anything(skip_blanks(expect(skip_blanks(text::skip(rest)?), b':')?), depth),
    }
}

/// Reads what stands between brackets, one item after another.
#[inline(always)]
pub(super) fn items<'t>(
    rest: &'t [u8],
    close: u8,
    mut item: impl FnMut(&'t [u8]) -> Option<&'t [u8]>,
) -> Option<&'t [u8]> {
    let mut rest = skip_blanks(rest.get(1..)?);
    if let Some(rest) = expect(rest, close) {
        return Some(rest);
    }
    loop {
        let more;
        (more, rest) = next_item(item(skip_blanks(rest))?, close)?;
        if !more {
            return Some(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json;

    #[test]
    fn integers_are_read_with_their_value() {
        for (rest, value) in
            [("0,", 0), ("7}", 7), ("42", 42), ("90210]", 90210), ("123456789,", 123_456_789)]
        {
            assert_eq!(integer(rest.as_bytes()).map(|(n, _)| n), Some(value), "{rest}");
            assert_eq!(count(0, rest.as_bytes()), integer(rest.as_bytes()).map(|(_, after)| after), "{rest}");
        }
        for rest in ["", "x", "-1", "01", "00", "\"1\"", "1234567890"] {
            assert!(integer(rest.as_bytes()).is_none() && count(0, rest.as_bytes()).is_none(), "{rest}");
        }
        assert!(count(1, b"0,").is_none() && count(1, b"1,").is_some());
    }

    proptest! {
        #[test]
        fn what_anything_reads_is_json(bytes in "[\\[\\]{}:,\"\\\\u0-9a-fntrlse .é\u{1F600}-]{0,24}") {
            if let Some(after) = anything(bytes.as_bytes(), 0) {
                let read = &bytes.as_bytes()[..bytes.len() - after.len()];
                let number_goes_on = after.first().is_some_and(|b| b"0123456789.eE".contains(b));
                prop_assert!(number_goes_on || json::parse(read).is_ok(), "{bytes}");
            }
        }

        #[test]
        fn every_integer_of_nine_digits_is_read(value in 0..1_000_000_000u32) {
            let text = format!("{value},");
            prop_assert_eq!(integer(text.as_bytes()), Some((value, &b","[..])));
            prop_assert_eq!(count(0, text.as_bytes()), Some(&b","[..]));
        }

        #[test]
        fn nothing_panics(bytes: Vec<u8>) {
            let _ = (integer(&bytes), count(1, &bytes), anything(&bytes, 0));
        }
    }
}
