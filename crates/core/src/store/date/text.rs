//! Taking a text apart from its start.

/// Between `least` and `most` digits from the start; more than `most` are left for what follows.
pub(super) fn digits(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(count).filter(|_| count >= least)?;
    Some((number.parse().ok()?, rest))
}

pub(super) fn letters(text: &str) -> (&str, &str) {
    let count = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    text.split_at_checked(count).unwrap_or((text, ""))
}

pub(super) fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn not_digit(text: &str) -> bool {
    !starts_with_digit(text)
}

pub(super) fn ends(text: &str) -> bool {
    text.is_empty() || text.starts_with([' ', '\t', ',', ')'])
}
