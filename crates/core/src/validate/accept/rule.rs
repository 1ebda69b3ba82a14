//! What is certainly right in a place, and the rules for numbers and choices.

use std::fmt::Debug;

use super::bytes::{self, integer};
use super::held::{Held, Look};
use super::shape::Shape;

/// What is certainly right in a place. Whatever else stands there may be right too.
pub(in crate::validate) trait Rule: Debug + Send + Sync {
    /// What follows the value at the start of `rest`, when it is certainly right.
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]>;

    /// The shape of the object or of the objects in that place, for who looks closer at their members.
    fn shape(&self) -> Option<&Shape> {
        None
    }

    /// What the rule is, for who holds values and not their text.
    fn held(&self) -> Held<'_> {
        Held::Other
    }
}

/// `true` or `false`.
#[derive(Debug)]
pub(super) struct Flag;

/// `true`.
#[derive(Debug)]
pub(super) struct True;

/// Any JSON.
#[derive(Debug)]
pub(super) struct Any;

/// Nothing.
#[derive(Debug)]
pub(super) struct Never;

/// A whole number of up to nine digits, from 0 or 1.
#[derive(Debug)]
pub(super) struct Count {
    pub(super) least: u32,
}

/// A whole number up to a greatest.
#[derive(Debug)]
pub(super) struct UpTo(pub(super) u32);

/// One of some numbers below 64, one bit for each.
#[derive(Debug)]
struct Small(u64);

/// One of some numbers, in ascending order.
#[derive(Debug)]
struct OneOf(Vec<u32>);

/// One of some strings, quotes included.
#[derive(Debug)]
pub(super) struct Choice(pub(super) Vec<String>);

/// A country the store sells to: for each first letter a bit for each second.
#[derive(Debug)]
pub(super) struct Country([u32; 26]);

/// One of these numbers, in any order.
pub(super) fn one_of(numbers: impl Iterator<Item = u32>) -> Box<dyn Rule> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    match numbers.last() {
        Some(..64) => Box::new(Small(numbers.iter().fold(0, |bits, number| bits | 1 << number))),
        _ => Box::new(OneOf(numbers)),
    }
}

impl Country {
    /// One of these countries, named by two capital letters.
    pub(super) fn one_of<'c>(codes: impl Iterator<Item = &'c str>) -> Self {
        let mut table = [0; 26];
        for code in codes {
            if let [first, second @ b'A'..=b'Z'] = code.as_bytes()
                && let Some(seconds) = table.get_mut(usize::from(first.wrapping_sub(b'A')))
            {
                *seconds |= 1 << (second - b'A');
            }
        }
        Country(table)
    }
}

impl Rule for Flag {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        bytes::flag(rest)
    }
}

impl Rule for True {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        rest.strip_prefix(b"true")
    }
}

impl Rule for Any {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        bytes::anything(rest, 0)
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Text { least: 0, most: usize::MAX, harmless: false })
    }
}

impl Rule for Never {
    fn read<'t>(&self, _: &'t [u8]) -> Option<&'t [u8]> {
        None
    }
}

impl Rule for Count {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        bytes::count(self.least, rest)
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Number(self.least, 999_999_999))
    }
}

impl Rule for UpTo {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (number, rest) = integer(rest)?;
        (number <= self.0).then_some(rest)
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Number(0, self.0.min(999_999_999)))
    }
}

impl Rule for Small {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (number, rest) = integer(rest)?;
        (number < 64 && self.0 >> number & 1 == 1).then_some(rest)
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Among(self.0))
    }
}

impl Rule for OneOf {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (number, rest) = integer(rest)?;
        self.0.binary_search(&number).is_ok().then_some(rest)
    }
}

impl Rule for Choice {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        self.0.iter().find_map(|choice| rest.strip_prefix(choice.as_bytes()))
    }
}

impl Rule for Country {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let [b'"', first, second @ b'A'..=b'Z', b'"', rest @ ..] = rest else { return None };
        let seconds = self.0.get(usize::from(first.wrapping_sub(b'A')))?;
        (seconds >> (second - b'A') & 1 == 1).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(rule: &dyn Rule, text: &str) -> bool {
        rule.read(format!("{text},").as_bytes()) == Some(b",")
    }

    #[test]
    fn numbers_are_in_their_range_or_list() {
        assert!(reads(&UpTo(65_535), "65535") && !reads(&UpTo(65_535), "65536"));
        assert!(reads(&Count { least: 1 }, "999999999") && !reads(&Count { least: 1 }, "0"));
        for (numbers, other) in [(vec![3, 0, 63], "1"), (vec![1, 500, 64], "63"), (vec![], "0")] {
            let rule = one_of(numbers.clone().into_iter());
            assert!(numbers.iter().all(|number| reads(&*rule, &number.to_string())), "{numbers:?}");
            assert!(!reads(&*rule, other) && !reads(&*rule, "64.0") && !reads(&*rule, "-1"), "{numbers:?}");
        }
    }

    #[test]
    fn choices_countries_and_flags() {
        let choice = Choice(vec!["\"4\"".to_owned(), "\"5\"".to_owned()]);
        assert!(reads(&choice, "\"5\"") && !reads(&choice, "\"6\"") && !reads(&choice, "5"));
        let country = Country::one_of(["DE", "US", "usa", "é"].into_iter());
        assert!(reads(&country, "\"DE\"") && reads(&country, "\"US\""));
        assert!(["\"UD\"", "\"de\"", "\"D\"", "\"DEU\"", "DE"].iter().all(|text| !reads(&country, text)));
        assert!(reads(&Flag, "true") && reads(&Flag, "false") && !reads(&Flag, "tru"));
        assert!(reads(&True, "true") && !reads(&True, "false") && !reads(&True, "1"));
        assert!(reads(&Any, "[1,null]") && !reads(&Any, "[1") && !reads(&Never, "1"));
    }
}
