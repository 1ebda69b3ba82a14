//! Reading forward over bytes: each function takes what is left and gives what
//! is left after it, or `None` for "look closer".
//!
//! `None` is never an error: it says that the quick way ends here.

use super::block::{block, number, plain};
use crate::json::scan::text;

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
fn after_blanks(rest: &[u8]) -> &[u8] {
    let blanks = rest.iter().take_while(|&&b| matches!(b, b' ' | b'\t')).count();
    rest.get(blanks..).unwrap_or_default()
}

/// Whether another item follows, or the container ends; and what comes then.
#[inline(always)]
pub(super) fn next_item(rest: &[u8], close: u8) -> Option<(bool, &[u8])> {
    match rest {
        [b',', rest @ ..] => Some((true, rest)),
        [byte, rest @ ..] if *byte == close => Some((false, rest)),
        _ => next_item_after_blanks(after_blanks(rest), close),
    }
}

#[cold]
fn next_item_after_blanks(rest: &[u8], close: u8) -> Option<(bool, &[u8])> {
    match rest {
        [b',', rest @ ..] => Some((true, rest)),
        [byte, rest @ ..] if *byte == close => Some((false, rest)),
        _ => None,
    }
}

/// The inside of a string that is sound JSON, without characters beyond U+FFFF
/// (a store's database may keep those as question marks).
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'t> {
    /// ASCII that stands for itself.
    Ascii(&'t [u8]),
    /// Text that stands for itself.
    Plain(&'t str),
    /// Text with escapes.
    Escaped(&'t str),
}

impl<'t> Body<'t> {
    /// The most characters there can be.
    #[inline(always)]
    pub(super) const fn at_most(self) -> usize {
        match self {
            Body::Ascii(bytes) => bytes.len(),
            Body::Plain(text) | Body::Escaped(text) => text.len(),
        }
    }

    /// Whether it is empty or starts with a blank.
    #[inline(always)]
    pub(super) fn starts_blank(self) -> bool {
        match self {
            Body::Ascii(bytes) => !matches!(bytes, [b'!'..=b'~', ..]),
            body => body.chars().next().is_none_or(|c| c <= ' '),
        }
    }

    /// Whether it ends with a blank; of text beyond ASCII nothing certain is said.
    pub(super) fn ends_blank(self) -> bool {
        match self {
            Body::Ascii(bytes) => !matches!(bytes, [.., b'!'..=b'~']),
            body => body.chars().last().is_none_or(|c| c <= ' '),
        }
    }

    /// Whether there is a `<`.
    pub(super) fn has_markup(self) -> bool {
        match self {
            Body::Ascii(bytes) => bytes.contains(&b'<'),
            Body::Plain(text) => text.contains('<'),
            body @ Body::Escaped(_) => body.chars().any(|c| c == '<'),
        }
    }

    /// The characters it stands for.
    pub(super) fn chars(self) -> impl Iterator<Item = char> {
        let (mut ascii, mut text) = match self {
            Body::Ascii(bytes) => (bytes, ""),
            Body::Plain(text) | Body::Escaped(text) => (&[][..], text),
        };
        let escaped = matches!(self, Body::Escaped(_));
        std::iter::from_fn(move || {
            if let [first, rest @ ..] = ascii {
                ascii = rest;
                return Some(char::from(*first));
            }
            let (char, length) = match text.chars().next()? {
                '\\' if escaped => text::escape(text.as_bytes()).ok()?,
                char => (char, char.len_utf8()),
            };
            text = text.get(length..)?;
            Some(char)
        })
    }
}

/// Reads a string.
#[inline(always)]
pub(super) fn string(rest: &[u8]) -> Option<(Body<'_>, &[u8])> {
    let inside = expect(rest, b'"')?;
    let mut length = plain(block(inside));
    if length == 16 {
        length += plain(block(inside.get(16..)?));
    }
    let (bytes, after) = inside.split_at_checked(length)?;
    match after {
        [b'"', after @ ..] => Some((Body::Ascii(bytes), after)),
        _ => long_string(inside),
    }
}

#[inline(never)]
fn long_string(inside: &[u8]) -> Option<(Body<'_>, &[u8])> {
    let (bytes, after) = inside.split_at_checked(text::plain_run(inside))?;
    match after {
        [b'"', after @ ..] if bytes.is_ascii() => Some((Body::Ascii(bytes), after)),
        [b'"', after @ ..] => Some((Body::Plain(sound(bytes)?), after)),
        [b'\\', ..] => escaped_string(inside, bytes.len()),
        _ => None,
    }
}

fn escaped_string(inside: &[u8], mut at: usize) -> Option<(Body<'_>, &[u8])> {
    loop {
        let rest = inside.get(at..)?;
        match rest.first()? {
            b'"' => {
                let (bytes, after) = inside.split_at_checked(at)?;
                return Some((Body::Escaped(sound(bytes)?), after.get(1..)?));
            }
            b'\\' => {
                let (char, length) = text::escape(rest).ok().filter(|(char, _)| *char <= '\u{FFFF}')?;
                at += if char == '\0' { return None } else { length };
            }
            _ => match text::plain_run(rest) {
                0 => return None,
                run => at += run,
            },
        }
    }
}

/// UTF-8 without characters of four bytes.
fn sound(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    bytes.iter().all(|&b| b < 0xF0).then_some(text)
}

/// Reads a whole number of one to eight digits. What follows is the caller's to check.
#[inline(always)]
pub(super) fn integer(rest: &[u8]) -> Option<(u32, &[u8])> {
    match rest {
        [digit @ b'0'..=b'9', b',' | b'}', ..] => Some((u32::from(digit - b'0'), rest.get(1..)?)),
        _ => long_integer(rest),
    }
}

#[inline(always)]
fn long_integer(rest: &[u8]) -> Option<(u32, &[u8])> {
    let (number, count) = number(block(rest));
    let leading_zero = count > 1 && rest.first() == Some(&b'0');
    if count == 0 || leading_zero { None } else { Some((number, rest.get(count..)?)) }
}

/// Reads `true` or `false`.
#[inline(always)]
pub(super) fn flag(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b't', b'r', b'u', b'e', rest @ ..] | [b'f', b'a', b'l', b's', b'e', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Reads any value, whatever it is, that is shallow and plainly written.
pub(super) fn anything(rest: &[u8], depth: u8) -> Option<&[u8]> {
    match rest.first()? {
        b'"' => string(rest).map(|(_, rest)| rest),
        b'{' if depth < MAX_DEPTH => items(rest, b'}', |rest| member(rest, depth + 1)),
        b'[' if depth < MAX_DEPTH => items(rest, b']', |rest| anything(rest, depth + 1)),
        b'0'..=b'9' => integer(rest).map(|(_, rest)| rest),
        b't' | b'f' => flag(rest),
        b'n' => rest.strip_prefix(b"null"),
        _ => None,
    }
}

fn member(rest: &[u8], depth: u8) -> Option<&[u8]> {
    let (_, rest) = string(rest)?;
    anything(skip_blanks(expect(skip_blanks(rest), b':')?), depth)
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

    fn text(rest: &str) -> Option<(String, &str)> {
        let (body, after) = string(rest.as_bytes())?;
        Some((body.chars().collect(), std::str::from_utf8(after).unwrap()))
    }

    #[test]
    fn strings_of_every_form_are_read() {
        assert_eq!(text(r#""ab",1"#), Some(("ab".into(), ",1")));
        assert_eq!(text(r#""a string of more than one block""#).unwrap().1, "");
        assert_eq!(text(r#""Müller"}"#), Some(("Müller".into(), "}")));
        assert_eq!(text(r#""M\u00fcller \/ \"x\"" "#), Some(("Müller / \"x\"".into(), " ")));
    }

    #[test]
    fn doubtful_strings_go_the_slow_way() {
        for rest in [
            "",
            "x",
            "\"",
            "\"abc",
            "\"a\nb\"",
            "\"a\0\"",
            "\"😀\"",
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\x""#,
            r#""\u0000""#,
        ] {
            assert_eq!(text(rest), None, "{rest:?}");
        }
        assert!(string(b"\"\xff\"").is_none());
        assert!(string(b"\"\\n\xff\"").is_none());
    }

    #[test]
    fn integers_are_read_with_their_value() {
        for (rest, value) in [("0,", 0), ("7}", 7), ("42", 42), ("90210]", 90210), ("12345678,", 12_345_678)]
        {
            assert_eq!(integer(rest.as_bytes()).map(|(n, _)| n), Some(value), "{rest}");
        }
        for rest in ["", "x", "-1", "01", "00", "\"1\""] {
            assert!(integer(rest.as_bytes()).is_none(), "{rest}");
        }
        assert_eq!(integer(b"123456789,").map(|(_, after)| after), Some(&b"9,"[..]));
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
        fn every_integer_of_eight_digits_is_read(value in 0..100_000_000u32) {
            let text = format!("{value},");
            prop_assert_eq!(integer(text.as_bytes()), Some((value, &b","[..])));
        }

        #[test]
        fn strings_agree_with_the_parser(value: String) {
            let written = json::Value::from(value.as_str()).to_string();
            if let Some((read, after)) = text(&written) {
                prop_assert_eq!((read, after), (value, ""));
            }
        }

        #[test]
        fn nothing_panics(bytes: Vec<u8>) {
            let _ = (string(&bytes), integer(&bytes), anything(&bytes, 0));
        }
    }
}
