//! Comparing texts as the columns of a Magento store do (`utf8_general_ci`).
//!
//! Character by character, without regard to case and accents, and with
//! trailing spaces ignored. There are no expansions: `ß` equals `s`, not `ss`,
//! and a letter followed by a combining accent differs from the precomposed
//! one. This is what a store on MySQL or MariaDB with Magento's default tables
//! was recorded doing; a shop whose tables use another collation differs.

mod weights;

use std::cmp::Ordering;

use weights::{PAIR, RUNS, STEP};

/// What a character counts for when texts are compared.
///
/// ```
/// use magewright::search::collation::weight;
/// assert_eq!(weight('é'), weight('E'));
/// assert_eq!(weight('ß'), weight('s'));
/// assert_ne!(weight('ø'), weight('o'));
/// ```
#[must_use]
pub fn weight(c: char) -> u16 {
    // Characters beyond the first plane cannot be stored and never get here; see `storable`.
    let Ok(code) = u16::try_from(u32::from(c)) else { return 0xFFFD };
    match code {
        0x61..=0x7A => return code - 0x20,
        0..0xB5 => return code,
        _ => {}
    }
    let at = RUNS.partition_point(|&(_, last, _, _)| last < code);
    match RUNS.get(at) {
        Some(&(first, _, kind, weight)) if first <= code => match kind {
            STEP => weight + (code - first),
            PAIR => weight + ((code - first) & !1),
            _ => weight,
        },
        _ => code,
    }
}

/// Compares as ORDER BY and the comparison signs do: the shorter text is padded with spaces.
///
/// ```
/// use std::cmp::Ordering;
/// use magewright::search::collation::compare;
/// assert_eq!(compare("Zoë ", "ZOE"), Ordering::Equal);
/// assert_eq!(compare("Straße", "Strasse"), Ordering::Less);
/// ```
#[must_use]
pub fn compare(a: &str, b: &str) -> Ordering {
    let pad = std::iter::repeat(weight(' '));
    let length = a.chars().count().max(b.chars().count());
    let left = a.chars().map(weight).chain(pad.clone()).take(length);
    left.cmp(b.chars().map(weight).chain(pad).take(length))
}

/// Whether two texts have the same characters but for case and accents, trailing spaces included.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.chars().map(weight).eq(b.chars().map(weight))
}

/// Matches LIKE's pattern: `%` any text, `_` one character, `\` takes the next one literally.
///
/// ```
/// use magewright::search::collation::like;
/// assert!(like("Zoë", "zo_"));
/// assert!(like("50%", r"50\%"));
/// assert!(!like("50%", "50"));
/// ```
#[must_use]
pub fn like(text: &str, pattern: &str) -> bool {
    Pattern::new(pattern).matches(text)
}

/// LIKE's pattern, read once to be held against many texts.
///
/// ```
/// use magewright::search::collation::Pattern;
/// let pattern = Pattern::new("%@EXAMPLE.test");
/// assert!(pattern.matches("zoe@example.test"));
/// assert!(!pattern.matches("zoe@example.test.org"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Any,
    One,
    Exactly(u16),
}

impl Pattern {
    /// Reads a pattern; a `\` at its end stands for itself.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        let mut pieces = Vec::with_capacity(pattern.len());
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Exactly(weight(chars.next().unwrap_or('\\'))),
                other => Piece::Exactly(weight(other)),
            });
        }
        Pattern { pieces }
    }

    /// Whether the whole text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<u16> = text.chars().map(weight).collect();
        // Where to take up again after the last `%`: its place in the pattern, and how much text it has eaten.
        let (mut t, mut p, mut retry) = (0, 0, None);
        loop {
            match (self.pieces.get(p), text.get(t)) {
                (Some(Piece::Any), _) => {
                    p += 1;
                    retry = Some((p, t));
                    continue;
                }
                (Some(Piece::One), Some(_)) => {}
                (Some(Piece::Exactly(expected)), Some(found)) if expected == found => {}
                (None, None) => return true,
                _ => match retry {
                    Some((from, eaten)) if eaten < text.len() => {
                        (p, t) = (from, eaten + 1);
                        retry = Some((from, t));
                        continue;
                    }
                    _ => return false,
                },
            }
            p += 1;
            t += 1;
        }
    }
}

/// A text as it reaches the database: characters beyond the first plane, such
/// as emoji, become four question marks.
#[must_use]
pub fn storable(text: &str) -> std::borrow::Cow<'_, str> {
    if text.chars().all(|c| c.len_utf8() < 4) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.len_utf8() < 4 { out.push(c) } else { out.push_str("????") }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runs_are_in_order() {
        assert!(RUNS.iter().all(|(first, last, _, _)| first <= last));
        assert!(RUNS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn letters_of_many_scripts_are_folded() {
        for (a, b) in [
            ("ÀéÎõÜ", "AEIOU"),
            ("Łódź", "łODZ"),
            ("ΓΙΏΡΓΟΣ", "γιωργος"),
            ("анна", "АННА"),
            ("Ǆ", "ǆ"),
            ("ｆｕ", "ＦＵ"),
            ("ⅷ", "Ⅷ"),
        ] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in
            [("ł", "l"), ("æ", "ae"), ("ø", "o"), ("й", "и"), ("が", "か"), ("e\u{301}", "é"), ("’", "'")]
        {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn only_trailing_spaces_are_ignored() {
        assert_eq!(compare("a", "a  "), Ordering::Equal);
        assert_eq!(compare(" a", "a"), Ordering::Less);
        assert_eq!(compare("a\t", "a"), Ordering::Less);
        assert!(!same("a", "a "));
    }

    #[test]
    fn like_takes_its_signs_and_escapes() {
        for (text, pattern) in [
            ("", ""),
            ("", "%%"),
            ("abcabd", "%ab_"),
            ("a\\b", r"a\\b"),
            ("ab", r"a\b"),
            ("a\\", r"a\"),
            ("a_b", r"a\_b"),
        ] {
            assert!(like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("a", ""), ("", "_"), ("axb", r"a\_b"), ("a ", "a"), ("ab", "%a")] {
            assert!(!like(text, pattern), "{text} {pattern}");
        }
    }

    #[test]
    fn emoji_are_lost() {
        assert_eq!(storable("a😀é"), "a????é");
    }
}
