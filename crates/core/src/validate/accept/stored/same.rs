//! Whether JSON texts that were read stand for the same.

use super::super::text::characters;

/// Whether two texts stand for the same words; `None` when one is no text.
pub(crate) fn same_words(a: &[u8], b: &[u8]) -> Option<bool> {
    let words = |text: &[u8]| {
        let mut words = String::new();
        characters(text.strip_prefix(b"\"")?, |char| {
            words.push(char);
            true
        })?;
        Some(words)
    };
    Some(words(a)? == words(b)?)
}

/// Whether two lists of texts are the same; `None` when escapes leave it open.
pub(crate) fn same_lines(a: &[u8], b: &[u8]) -> Option<bool> {
    let escaped = |text: &[u8]| text.contains(&b'\\');
    (!escaped(a) && !escaped(b)).then(|| lines(a).eq(lines(b)))
}

/// The texts of a list without escapes, by the quotes between which they stand.
fn lines(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == b'"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_their_words() {
        assert_eq!(same_words(br#""Zo\u00eb""#, "\"Zoë\"".as_bytes()), Some(true));
        assert_eq!(same_words(br#""a\/b""#, br#""ab""#), Some(false));
        assert_eq!(same_words(b"1", b"\"1\""), None);
    }

    #[test]
    fn lists_are_compared_by_their_lines() {
        assert_eq!(same_lines(br#"["a", "b"]"#, br#"["a","b"]"#), Some(true));
        assert_eq!(same_lines(br#"["a"]"#, br#"["a","b"]"#), Some(false));
        assert_eq!(same_lines(br#"["a"]"#, br#"["\u0061"]"#), None);
    }
}
