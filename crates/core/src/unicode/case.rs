use std::sync::LazyLock;

use super::kind::{Runs, among, runs};
use super::{numbers, tables};

/// Characters, each so many code points from the first to the last, that have another case so far away.
struct Change {
    first: i32,
    last: i32,
    step: i32,
    far: i32,
}

type Changes = LazyLock<Vec<Change>>;

/// Upper case whose lower case has it for its upper case.
static PAIRS: Changes = LazyLock::new(|| changes(&tables::PAIRS));
static LOWERED: Changes = LazyLock::new(|| changes(&tables::LOWERED));
static RAISED: Changes = LazyLock::new(|| changes(&tables::RAISED));
static UNPAIRED: Runs = LazyLock::new(|| runs(&tables::UNPAIRED));

/// The character in lower case, where that is one character.
pub(crate) fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = code(c);
    let change = PAIRS.iter().chain(&*LOWERED).find(|change| change.has(code));
    moved(c, change.map_or(0, |change| change.far))
}

/// The character in upper case, where that is one character.
pub(crate) fn upper(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let code = code(c);
    let pair = PAIRS.iter().find(|change| change.has(code - change.far)).map(|change| -change.far);
    let raised = || RAISED.iter().find(|change| change.has(code)).map_or(0, |change| change.far);
    moved(c, pair.unwrap_or_else(raised))
}

/// Whether a character is lower case; letters without another case nearly always are.
pub(crate) fn is_lowercase(c: char) -> bool {
    upper(c) != c || among(&UNPAIRED, c)
}

/// Whether a character is upper case.
pub(crate) fn is_uppercase(c: char) -> bool {
    lower(c) != c
}

/// A text in lower case, in which `İ`, as the only letter, becomes two.
pub(crate) fn lowered(text: &str) -> String {
    let mut lowered = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'İ' => lowered.push_str("i\u{307}"),
            c => lowered.push(lower(c)),
        }
    }
    lowered
}

impl Change {
    fn has(&self, code: i32) -> bool {
        (self.first..=self.last).contains(&code) && (code - self.first) % self.step == 0
    }
}

/// The changes of a table, of three numbers each: how far the first is behind the last one before, twice how
/// far it is to the last and whether every other is left out, and twice how far the other case is, odd when
/// that is back.
fn changes(table: &[u8]) -> Vec<Change> {
    let (mut changes, mut before) = (Vec::new(), 0x80);
    let signed = |number: u32| i32::try_from(number).unwrap_or_default();
    for run in numbers(table).chunks_exact(3) {
        let &[gap, span, far] = run else { continue };
        let first = before + signed(gap);
        let last = first + signed(span / 2);
        let far = if far % 2 == 0 { signed(far / 2) } else { -signed(far / 2 + 1) };
        changes.push(Change { first, last, step: 1 + signed(span % 2), far });
        before = last;
    }
    changes
}

/// The number of a character, which has 21 bits.
fn code(c: char) -> i32 {
    i32::try_from(u32::from(c)).unwrap_or_default()
}

fn moved(c: char, far: i32) -> char {
    char::from_u32(u32::from(c).wrapping_add_signed(far)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::super::is_letter;
    use super::*;

    /// What the library says, where it is one character.
    fn one(mut said: impl ExactSizeIterator<Item = char>, c: char) -> char {
        if said.len() == 1 { said.next().unwrap() } else { c }
    }

    /// The library's Unicode is newer, and has letters and cases of letters that ours lacks.
    #[test]
    fn every_letter_has_the_case_that_the_library_gives_it_unless_one_of_the_two_is_new() {
        let is_new = |c: char| !c.is_ascii() && c.is_alphabetic() && !is_letter(c);
        for c in '\0'..='\u{1ffff}' {
            for (ours, theirs) in [(lower(c), one(c.to_lowercase(), c)), (upper(c), one(c.to_uppercase(), c))]
            {
                assert!(ours == theirs || ours == c && (is_new(c) || is_new(theirs)), "{c:?}");
            }
        }
    }

    #[test]
    fn letters_without_another_case_are_lower_case() {
        for c in "aéßĸŉﬁſ".chars() {
            assert!(is_lowercase(c), "{c}");
        }
        assert!("AÉẞΩЖ".chars().all(is_uppercase));
        assert!(!"7 _李😀".chars().any(|c| is_lowercase(c) || is_uppercase(c)));
    }

    #[test]
    fn texts_are_lowered_as_the_library_does_but_for_the_last_sigma() {
        for text in ["", "ABC", "ÀÉß", "ΩΣΑ", "İstanbul", "李😀", "Ǆǅ"] {
            assert_eq!(lowered(text), text.to_lowercase());
        }
        assert_eq!(lowered("ΟΔΟΣ"), "οδοσ");
    }
}
