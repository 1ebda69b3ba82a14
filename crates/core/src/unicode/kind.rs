use std::sync::LazyLock;

use super::{numbers, tables};

/// First and last code point of runs of characters of a kind.
pub(super) type Runs = LazyLock<Vec<(u32, u32)>>;

static LETTERS_MARKS_DIGITS: Runs = LazyLock::new(|| runs(&tables::LETTERS_MARKS_DIGITS));
static MARKS: Runs = LazyLock::new(|| runs(&tables::MARKS));
static DIGITS: Runs = LazyLock::new(|| runs(&tables::DIGITS));
static OTHER_NUMBERS: Runs = LazyLock::new(|| runs(&tables::OTHER_NUMBERS));

/// `\p{L}`, `\p{M}` or `\p{Nd}`
pub(crate) fn is_letter_mark_or_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { among(&LETTERS_MARKS_DIGITS, c) }
}

/// `\p{L}` or `\p{M}`
pub(crate) fn is_letter_or_mark(c: char) -> bool {
    is_letter_mark_or_digit(c) && !is_digit(c)
}

/// `\p{L}`
pub(crate) fn is_letter(c: char) -> bool {
    is_letter_or_mark(c) && !among(&MARKS, c)
}

/// `\p{Nd}`
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { among(&DIGITS, c) }
}

/// `\p{L}` or `\p{N}`
pub(crate) fn is_letter_or_number(c: char) -> bool {
    is_letter(c) || is_digit(c) || among(&OTHER_NUMBERS, c)
}

/// The runs of a table, in which steps from one code point to the next alternate between being outside
/// and inside.
pub(super) fn runs(table: &[u8]) -> Vec<(u32, u32)> {
    let (mut runs, mut first, mut code) = (Vec::new(), None, 0);
    for step in numbers(table) {
        code += step;
        match first.take() {
            None => first = Some(code),
            Some(first) => runs.push((first, code - 1)),
        }
    }
    runs
}

pub(super) fn among(runs: &[(u32, u32)], c: char) -> bool {
    let code = u32::from(c);
    let before = runs.partition_point(|(first, _)| *first <= code);
    before.checked_sub(1).and_then(|at| runs.get(at)).is_some_and(|(_, last)| code <= *last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, is: fn(char) -> bool) -> bool {
        text.chars().all(is)
    }

    fn none(text: &str, is: fn(char) -> bool) -> bool {
        !text.chars().any(is)
    }

    #[test]
    fn characters_are_of_their_kinds() {
        assert!(all("azAZéß李ªʰ", is_letter) && none("09٣_ ½Ⅷ\u{301}😀", is_letter));
        assert!(all("aé\u{301}\u{93e}", is_letter_or_mark) && none("7٣½_", is_letter_or_mark));
        assert!(all("a7٣\u{301}", is_letter_mark_or_digit) && none("½Ⅷ_-", is_letter_mark_or_digit));
        assert!(all("07٣", is_digit) && none("a½Ⅷ²", is_digit));
        assert!(all("aé7٣½Ⅷ²", is_letter_or_number) && none("\u{301}_ ", is_letter_or_number));
    }

    #[test]
    fn what_the_library_calls_a_letter_is_one_or_a_mark_or_a_number_that_is_a_letter() {
        let letters = ('\u{80}'..='\u{2ff}').filter(|c| c.is_alphabetic());
        assert_eq!(letters.filter(|c| !is_letter(*c)).collect::<Vec<_>>(), []);
    }
}
