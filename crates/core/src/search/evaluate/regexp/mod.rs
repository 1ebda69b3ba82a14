//! A bounded matcher for the regular expressions people filter by.
//!
//! The store hands a pattern to its database (MariaDB: PCRE2). Understood here:
//! literals, `.`, `^`, `$`, `\\b`, `|`, groups (also `(?:…)`), classes with ranges,
//! negation, `\\d \\w \\s` and `[:name:]`, escapes, and the repetitions `* + ?
//! {m} {m,} {m,n}`, greedy or lazy. Everything else — looking around, references,
//! properties, possessive repetition, flags — is refused, not guessed. Case is
//! ignored, accents are not; letters and white space are Unicode's.

mod parse;
mod run;

use super::EvaluateError;
use crate::unicode::{is_letter_or_number, lower, upper};

/// A parsed pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    root: Node,
}

#[derive(Debug)]
enum Node {
    Any,
    Start,
    End,
    /// Between a character of a word and one that is none, or (false) anywhere else.
    Boundary(bool),
    Literal(char),
    Class(Class),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    },
}

#[derive(Debug, Default)]
struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
    named: Vec<Named>,
}

/// Characters by a property, or (true) all but those.
type Named = (fn(char) -> bool, bool);

impl Class {
    fn contains(&self, c: char) -> bool {
        let spelled = [c, lower(c), upper(c)];
        let in_range = |&(from, to): &(char, char)| spelled.iter().any(|c| (from..=to).contains(c));
        let in_name = |&(test, negated): &Named| test(c) != negated;
        (self.ranges.iter().any(in_range) || self.named.iter().any(in_name)) != self.negated
    }
}

fn is_word(c: char) -> bool {
    is_letter_or_number(c) || c == '_'
}

const fn unsupported(what: &'static str) -> EvaluateError {
    EvaluateError::Unsupported(what)
}

impl Pattern {
    /// Reads a pattern.
    pub(super) fn new(text: &str) -> Result<Self, EvaluateError> {
        parse::pattern(text)
    }

    /// Whether the pattern is found anywhere in the text.
    pub(super) fn matches(&self, text: &str) -> Result<bool, EvaluateError> {
        run::found(&self.root, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap().matches(text).unwrap()
    }

    #[test]
    fn what_people_write_is_understood() {
        for (pattern, text) in [
            ("", "x"),
            ("^a.c$", "ABC"),
            ("^[a-c]+@(example|test)\\.com$", "Abc@test.com"),
            ("[[:digit:]]{2,3}-\\d+", "x 12-3"),
            ("^(ab)*c", "ababc"),
            ("a{2}", "baa"),
            ("x{a", "x{a"),
            ("^[^0-9]+$", "abc"),
            ("[]x-]", "]"),
            ("^.*?b$", "aab"),
            ("(a|b)*$", "abx"),
            ("Ö", "ö"),
            ("^\\S+\\s\\w$", "ab c"),
            ("^\\w+$", "Анна"),
            ("^[[:alpha:]]+\\b,", "محمد, x"),
            ("\\bann\\b", "x-Ann"),
            ("n\\Bn", "ann"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("^b", "ab"),
            ("a{3}", "aa"),
            ("^[a-z]+$", "a1"),
            ("é", "e"),
            ("^a.c$", "a\nc"),
            ("\\bnn", "ann"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn what_the_database_cannot_compile_fails_the_request() {
        for pattern in ["(", "a)", "[a", "*", "a{3,2}", "\\", "[z-a]", "^*", "a$+", "|{2}"] {
            assert!(matches!(Pattern::new(pattern), Err(EvaluateError::Refused(_))), "{pattern}");
        }
    }

    #[test]
    fn what_is_not_understood_says_so() {
        for pattern in ["(?=a)", "(?i)a", "\\1", "\\pL", "a++", "[[:graph:]]", "\\Ax"] {
            assert!(matches!(Pattern::new(pattern), Err(EvaluateError::Unsupported(_))), "{pattern}");
        }
    }

    #[test]
    fn no_pattern_runs_away() {
        let text = "a".repeat(5000);
        assert!(Pattern::new("(a*)*b").unwrap().matches(&text).is_err());
        assert!(Pattern::new("(a|aa)+$").unwrap().matches(&text).is_err());
        assert!(matches("^.*a$", &text));
    }
}
