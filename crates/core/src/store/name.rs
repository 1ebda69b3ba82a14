//! Names, cities and telephone numbers: patterns that check less than they seem to.
//!
//! The store takes the first run of allowed characters, at most so long, and
//! asks whether that run is the whole value. A value without a single allowed
//! character has no run, and passes.

use crate::release::{Band, Release};
use crate::unicode::{is_digit, is_letter_mark_or_digit, is_letter_or_mark};

/// The characters a run is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// `[\p{L}\p{M},\-_.'’`&\s\d]`, less in older releases.
    Name(Release),
    /// `[\p{L}\p{M}\s\-']`
    City,
    /// `[\d\s+\-()]`
    Telephone,
}

/// Releases whose names may hold ’ and `.
const TYPOGRAPHIC: Band = Band::since(&[(5, 0)]);

/// Releases whose names may hold &.
const AMPERSAND: Band = Band::since(&[(7, 0)]);

/// Whether the first run of the class, at most `longest` characters, is the whole value, or there is none:
/// so whether all of it is of the class and no longer, or none of it.
///
/// Source: `module-customer/Model/Validator/{Name,City,Telephone}.php`, recorded.
pub(crate) fn passes(value: &str, class: Class, longest: usize) -> bool {
    let has = |c| class.has(c);
    value.chars().count() <= longest && value.chars().all(has) || !value.chars().any(has)
}

impl Class {
    fn has(self, c: char) -> bool {
        match self {
            Class::Name(release) => match c {
                ',' | '-' | '_' | '.' | '\'' => true,
                '’' | '`' => TYPOGRAPHIC.holds(release),
                '&' => AMPERSAND.holds(release),
                c => is_space(c) || is_letter_mark_or_digit(c),
            },
            Class::City => matches!(c, '-' | '\'') || is_space(c) || is_letter_or_mark(c),
            Class::Telephone => matches!(c, '+' | '-' | '(' | ')') || is_space(c) || is_digit(c),
        }
    }
}

/// `\s` of a Unicode pattern: Unicode's white space, and the Mongolian vowel separator.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{180e}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(value: &str) -> bool {
        passes(value, Class::Name(Release::DEFAULT), 255)
    }

    #[test]
    fn recorded_names() {
        for yes in
            ["Zoë", "O'Brien", "D’Arcy", "李雷", "a\nb", "A&B", "٣", "A,B", "", "   ", "@@@", "😀", "%", "<>"]
        {
            assert!(name(yes), "{yes}");
        }
        for no in ["A!B", "<b>", "@a", "www.x/y", "A;B", "№1", "½a", "A–B"] {
            assert!(!name(no), "{no}");
        }
    }

    #[test]
    fn a_name_has_255_characters_at_most() {
        assert!(name(&"é".repeat(255)));
        assert!(!name(&"é".repeat(256)));
    }

    #[test]
    fn the_alphabet_grew_with_the_releases() {
        let allows = |release: &str, text: &str| passes(text, Class::Name(release.parse().unwrap()), 255);
        assert!(!allows("2.4.4-p13", "D’Arcy") && allows("2.4.5", "D’Arcy"));
        assert!(!allows("2.4.6-p11", "A&B") && allows("2.4.7", "A&B"));
    }

    #[test]
    fn cities_and_telephones() {
        assert!(passes("L'Aquila", Class::City, 100) && passes("123", Class::City, 100));
        assert!(!passes("Paris 12", Class::City, 100));
        assert!(passes("+1 (555) 010-0199", Class::Telephone, 20) && passes("abc", Class::Telephone, 20));
        assert!(
            !passes("555x", Class::Telephone, 20) && !passes("1".repeat(21).as_str(), Class::Telephone, 20)
        );
    }
}
