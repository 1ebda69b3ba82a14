//! The tables that the quick way walks.

use super::block::Block;
use super::text::Limits;
use super::word::{Index, Word};

/// An object as the quick way knows it: its fields in the order a store writes them.
#[derive(Debug)]
pub(super) struct Shape {
    fields: Box<[Field]>,
    required: u32,
    index: Index,
}

/// A member: how its key is written, and what its value may be.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) word: Word,
    /// The place of the next field whose key starts alike.
    alike: u8,
    /// One bit, another for each field of a shape.
    pub(super) bit: u32,
    pub(super) rule: Rule,
}

/// What is certainly right in a place. Whatever else stands there may be right too.
#[derive(Debug)]
pub(super) enum Rule {
    /// Text within limits.
    Text(Limits),
    /// Text within limits, without `<`.
    Harmless(Limits),
    /// A person's name of 1 to 255 characters, or of none when it is not required.
    Name { least: usize },
    /// A whole number of up to nine digits, from 0 or 1.
    Count { least: u32 },
    /// A whole number up to a greatest.
    UpTo(u32),
    /// One of these numbers below 64, one bit for each.
    Small(u64),
    /// One of these numbers, in ascending order.
    OneOf(Box<[u32]>),
    /// `true` or `false`.
    Flag,
    /// A country the store sells to: for each first letter a bit for each second.
    Country(Box<[u32; 26]>),
    /// One to so many lines that neither start nor end with a blank.
    Lines { most: usize },
    /// `YYYY-MM-DD HH:MM:SS`.
    DateTime,
    /// `YYYY-MM-DD` before a year.
    Date { before: [u8; 4] },
    /// An object.
    Object(Box<Shape>),
    /// A list of objects.
    List(Box<Shape>),
    /// An e-mail address.
    Email,
    /// Up to ten digits, or none.
    Digits,
    /// Any JSON.
    Any,
    /// ASCII letters.
    Letters,
    /// Up to 20 digits, spaces and `+-()`.
    Telephone,
    /// A time of the years that a column of times keeps.
    Timestamp,
    /// A list of objects of which the first is of one shape and all others of another.
    FirstAndOthers(Box<(Shape, Shape)>),
    /// A list of custom attributes, each of them once.
    Attributes(Box<[Attribute]>),
    /// One of these strings, quotes included.
    Choice(Box<[Box<str>]>),
    /// A password of so many characters and classes of them.
    Password { least: usize, classes: u32 },
    /// Nothing is certainly right.
    Never,
}

/// A custom attribute that a store keeps.
#[derive(Debug)]
pub(super) struct Attribute {
    /// The code with its quotes.
    pub(super) code: Box<str>,
    pub(super) rule: Rule,
}

/// A member to make a shape of.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) rule: Rule,
}

impl Rule {
    /// One of these numbers, in any order.
    pub(super) fn one_of(numbers: impl Iterator<Item = u32>) -> Self {
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        match numbers.last() {
            Some(..64) => Rule::Small(numbers.iter().fold(0, |bits, number| bits | 1 << number)),
            _ => Rule::OneOf(numbers.into()),
        }
    }
}

impl Shape {
    /// A shape of the first 32 members given; keys beyond go the slow way.
    pub(super) fn new(members: impl Iterator<Item = Member>) -> Self {
        let members: Vec<(Word, Member)> =
            members.take(32).map(|member| (Word::new(&member.name), member)).collect();
        let (index, alike) = Index::new(&members.iter().map(|(word, _)| word).collect::<Vec<_>>());
        let required = members.iter().enumerate().map(|(at, (_, member))| u32::from(member.required) << at);
        let required = required.sum();
        let fields = members.into_iter().zip(alike).enumerate();
        let fields = fields.map(|(at, ((word, member), alike))| Field {
            word,
            alike,
            bit: 1 << at,
            rule: member.rule,
        });
        Shape { fields: fields.collect(), required, index }
    }

    /// Whether the fields seen, one bit each, include all that must be there.
    #[inline(always)]
    pub(super) const fn complete(&self, seen: u32) -> bool {
        seen & self.required == self.required
    }

    /// The fields in order.
    #[inline(always)]
    pub(super) const fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The fields from that on whose key is in a block, after a comma.
    ///
    /// Of keys alike in their first 14 bytes the first is found, and the others go the slow way.
    #[inline(always)]
    pub(super) fn find(&self, first: Block) -> Option<&[Field]> {
        let mut place = self.index.find(first);
        loop {
            let found = self.fields.get(usize::from(place)..)?;
            let field = found.first()?;
            if field.word.starts(first) {
                return Some(found);
            }
            place = field.alike;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::accept::block::block;

    const NAMES: [&str; 6] =
        ["id", "region", "region_id", "default_billing", "default_shipping", "disable_auto_group_change"];

    fn shape(names: &[&str]) -> Shape {
        let member =
            |name: &&str| Member { name: (*name).to_owned(), required: *name == "id", rule: Rule::Flag };
        Shape::new(names.iter().map(member))
    }

    fn find<'t>(shape: &Shape, text: &'t str) -> Option<(usize, &'t [u8])> {
        let found = shape.find(block(text.as_bytes()))?;
        Some((shape.fields.len() - found.len(), found[0].word.strip(text.as_bytes())?))
    }

    #[test]
    fn every_key_is_found() {
        let shape = shape(&NAMES);
        for (at, name) in NAMES.iter().enumerate() {
            for value in ["1", "\"long enough to fill a second block of bytes\""] {
                let text = format!(",\"{name}\":{value}");
                assert_eq!(find(&shape, &text), Some((at, value.as_bytes())), "{text}");
            }
        }
    }

    #[test]
    fn other_keys_are_not_found() {
        let shape = shape(&NAMES);
        for text in [
            "",
            ",",
            ",\"",
            ",  ",
            ",\"id",
            ",\"id\"",
            ",\"i\":1",
            ",\"idx\":1",
            ",\"default_billin\":1",
            ",\"default_billingx\":1",
            ",1",
        ] {
            assert_eq!(find(&shape, text), None, "{text}");
        }
    }

    #[test]
    fn a_shape_is_complete_with_its_required_fields() {
        let shape = shape(&NAMES);
        assert!(shape.complete(0b1) && shape.complete(0b101) && !shape.complete(0b100));
    }

    #[test]
    fn a_shape_may_have_32_fields_and_no_more() {
        let names: Vec<String> = (10..50).map(|number| format!("field_{number}")).collect();
        let shape = shape(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(find(&shape, ",\"field_41\":1").map(|(place, _)| place), Some(31));
        assert_eq!(find(&shape, ",\"field_42\":1"), None);
    }
}
