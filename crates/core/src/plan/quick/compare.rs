//! What a patch changes of what is stored, by the texts of both.

use crate::validate::accept::stored::{Members, places, same_lines, same_words};

/// Whether two ids are the same: a few digits, for which the library's comparison is a long way.
#[inline(always)]
pub(super) fn same_id(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
}

/// The fields that a patch changes, one bit each, of those in a mask; `None` where that cannot be told.
#[inline(always)]
pub(super) fn changed(among: u32, stored: &Members<'_>, patch: &Members<'_>) -> Option<u32> {
    places(patch.present() & among).try_fold(0, |changed, at| {
        Some(changed | u32::from(changes_member(stored.at(at), patch.at(at))?) << at)
    })
}

/// Whether a patch changes any field of those in a mask; `None` where that cannot be told.
#[inline(always)]
pub(super) fn changes(among: u32, stored: &Members<'_>, patch: &Members<'_>) -> Option<bool> {
    for at in places(patch.present() & among) {
        if changes_member(stored.at(at), patch.at(at))? {
            return Some(true);
        }
    }
    Some(false)
}

/// Whether what a patch sets, or takes away by `null`, changes a member; an empty text stands for
/// one that is not there.
fn changes_member(stored: &[u8], patch: &[u8]) -> Option<bool> {
    if patch == b"null" { Some(!stored.is_empty()) } else { differs(stored, patch) }
}

/// Whether two scalars or lists of lines differ; `None` where escapes leave it open.
pub(super) fn differs(stored: &[u8], set: &[u8]) -> Option<bool> {
    match (stored, set) {
        _ if stored == set => Some(false),
        ([], _) => Some(true),
        ([b'[', ..], [b'[', ..]) => same_lines(stored, set).map(|same| !same),
        _ if differ_before_escapes(stored, set) => Some(true),
        _ => same_words(stored, set).map(|same| !same),
    }
}

/// Whether two texts differ in a byte before which, and in which, none has an escape: then what they
/// stand for differs. Of two values that are read none is the start of the other, but of two numbers.
fn differ_before_escapes(a: &[u8], b: &[u8]) -> bool {
    let found = a.iter().zip(b).find(|(a, b)| a != b || **a == b'\\');
    found.is_none_or(|(a, b)| *a != b'\\' && *b != b'\\')
}

/// Whether extension attributes that were read subscribe to the newsletter; `None` when they say nothing of it.
pub(super) fn subscribes(extension: &[u8]) -> Option<bool> {
    const KEY: &[u8] = b"\"is_subscribed\"";
    let at = extension.windows(KEY.len()).position(|word| word == KEY)? + KEY.len();
    let value = extension.get(at..)?.trim_ascii_start().strip_prefix(b":")?;
    Some(value.trim_ascii_start().starts_with(b"true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_otherwise_and_means_the_same_does_not_differ() {
        for (stored, set, answer) in [
            ("1", "1", Some(false)),
            ("", "\"\"", Some(true)),
            ("\"a\"", "\"b\"", Some(true)),
            (r#""Zo\u00eb""#, "\"Zoë\"", Some(false)),
            (r#""a\/b""#, "\"a\"", Some(true)),
            (r#""a\/b""#, "\"c\"", Some(true)),
            (r#""a\/b""#, r#""a/b""#, Some(false)),
            (r#""\u00e9""#, r#""\u00E9""#, Some(false)),
            ("1", "12", Some(true)),
            (r#"["a", "b"]"#, r#"["a","b"]"#, Some(false)),
            (r#"["\u0061"]"#, r#"["a"]"#, None),
            (r#"["\u0061"]"#, "\"a\"", Some(true)),
        ] {
            assert_eq!(differs(stored.as_bytes(), set.as_bytes()), answer, "{stored} {set}");
        }
        assert_eq!((changes_member(b"", b"null"), changes_member(b"1", b"null")), (Some(false), Some(true)));
    }

    #[test]
    fn ids_are_compared_by_their_digits() {
        assert!(same_id(b"12", b"12") && same_id(b"", b""));
        assert!(!same_id(b"12", b"13") && !same_id(b"12", b"123") && !same_id(b"", b"1"));
    }

    #[test]
    fn the_newsletter_is_found_among_other_members() {
        for (extension, answer) in [
            (r#"{"is_subscribed":true}"#, Some(true)),
            (r#"{"own":{"n":1}, "is_subscribed" : false}"#, Some(false)),
            (r#"{"own":1}"#, None),
            ("", None),
        ] {
            assert_eq!(subscribes(extension.as_bytes()), answer, "{extension}");
        }
    }
}
