//! Members of objects that are read at a glance, whatever their names.

use super::lanes::{Window, plain_ends};

/// A member as far as a glance tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pair<'t> {
    /// Key and value are plain strings; this follows them.
    Whole(&'t [u8]),
    /// The key is a plain string; this is the value, with what follows.
    Value(&'t [u8]),
}

/// The member at the start of `rest`, when its key is short and plain and nothing stands around the colon.
///
/// One look finds the ends of both strings, so that the place of the second need not be known before it is looked for.
#[inline(always)]
pub(super) fn at_a_glance(rest: &[u8]) -> Option<Pair<'_>> {
    let window: &Window = rest.first_chunk()?;
    let ends = u64::from(plain_ends(window));
    let key = (ends & !1).trailing_zeros() as usize;
    let [b'"', b':', first, ..] = *window.get(key..)? else { return None };
    if window.first() != Some(&b'"') {
        return None;
    }
    let value = key + 2;
    let end = value + 1 + (ends >> (value + 1)).trailing_zeros() as usize;
    if first == b'"' && window.get(end) == Some(&b'"') {
        return rest.get(end + 1..).map(Pair::Whole);
    }
    rest.get(value..).map(Pair::Value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::validate::accept::bytes::{anything, expect};
    use crate::validate::accept::text;

    const BEHIND: &str = ",                                ";

    fn read(text: &str) -> Option<(bool, usize)> {
        let text = [text, BEHIND].concat();
        at_a_glance(text.as_bytes()).map(|pair| match pair {
            Pair::Whole(after) => (true, text.len() - after.len()),
            Pair::Value(value) => (false, text.len() - value.len()),
        })
    }

    #[test]
    fn a_text_is_read_with_its_key_and_other_values_are_shown() {
        assert_eq!(read(r#""city":"Ulm""#), Some((true, 12)));
        assert_eq!(read(r#""":"""#), Some((true, 5)));
        for value in ["1", "null", "[]", "\"a text that is longer than it\"", "\"Zoë\"", "\"\\t\"", " 1"] {
            assert_eq!(read(&format!("\"key\":{value}")), Some((false, 6)), "{value}");
        }
    }

    #[test]
    fn what_is_no_plain_key_is_left_to_others() {
        for text in [
            "",
            "key\":1",
            "x\"key\":1",
            r#""key" :1"#,
            r#""key","a""#,
            r#""kéy":1"#,
            r#""k\u0065y":1"#,
            r#""key"#,
            r#""a key of more than thirty-two bytes":1"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(at_a_glance(br#""city":"Ulm","#), None, "nothing may be looked at behind the end");
    }

    proptest! {
        #[test]
        fn a_glance_sees_what_a_walk_sees(text in "\"[a-z\"\\\\é ]{0,30}\":(\"[a-z\"\\\\é ]{0,20}\"|[0-9]{1,9}|null)") {
            let text = [&text, BEHIND].concat();
            let text = text.as_bytes();
            let value = text::skip(text).and_then(|rest| expect(rest, b':'));
            match at_a_glance(text) {
                Some(Pair::Whole(after)) => prop_assert_eq!(value.and_then(|value| anything(value, 0)), Some(after)),
                Some(Pair::Value(seen)) => prop_assert_eq!(value, Some(seen)),
                None => {}
            }
        }

        #[test]
        fn nothing_panics(bytes: Vec<u8>) {
            let _ = at_a_glance(&bytes);
        }
    }
}
