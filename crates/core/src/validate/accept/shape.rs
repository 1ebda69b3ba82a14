//! The tables that the quick way walks.

use std::collections::BTreeSet;

use super::block::block;
use super::bytes::skip_blanks;

/// An object as the quick way knows it: its fields in the order a store writes them.
#[derive(Debug)]
pub(super) struct Shape {
    fields: Box<[Field]>,
    required: u32,
    seed: u64,
    slots: Box<[u8; SLOTS]>,
}

/// A member: how its key is written, and what its value may be.
#[derive(Debug)]
pub(super) struct Field {
    word: Word,
    pub(super) rule: Rule,
}

/// What is certainly right in a place. Whatever else stands there may be right too.
#[derive(Debug)]
pub(super) enum Rule {
    /// A whole number in a range.
    Integer { least: u32, most: u32 },
    /// One of these numbers below 64, one bit for each.
    Small(u64),
    /// One of these numbers, in ascending order.
    OneOf(Box<[u32]>),
    /// `true` or `false`.
    Flag,
    /// Text of so many characters that does not start with a blank unless it may be
    /// empty; `markup` says whether `<` may stand in it.
    Text { least: usize, most: usize, markup: bool },
    /// ASCII letters.
    Letters,
    /// Up to 20 digits, spaces and `+-()`.
    Telephone,
    /// A person's name of 1 to 255 characters, or of none when it is not required.
    Name { least: usize },
    /// An e-mail address.
    Email,
    /// `YYYY-MM-DD` before a year.
    Date { before: [u8; 4] },
    /// `YYYY-MM-DD HH:MM:SS`.
    DateTime,
    /// The same, of the years that a column of times keeps.
    Timestamp,
    /// A country the store sells to: for each first letter a bit for each second.
    Country(Box<[u32; 26]>),
    /// One to so many lines that do not start with a blank.
    Lines { most: usize },
    /// Up to ten digits, or none.
    Digits,
    /// Any JSON.
    Any,
    /// An object.
    Object(Shape),
    /// A list of objects.
    List(Shape),
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

/// A key with its quotes and colon, ready to be compared 16 bytes at a time.
#[derive(Debug)]
struct Word {
    blocks: [(u128, u128); 2],
    length: usize,
}

const SLOTS: usize = 128;
const EMPTY: u8 = u8::MAX;

/// How many fields after the expected one are tried before the slots are asked.
const AHEAD: usize = 3;

impl Word {
    fn new(name: &str) -> Self {
        let text = format!("\"{name}\":");
        let mask = [0xFF; 32].get(..text.len()).unwrap_or_default().to_vec();
        let halves = |bytes: &[u8]| (block(bytes), block(bytes.get(16..).unwrap_or_default()));
        let ((low, high), (low_mask, high_mask)) = (halves(text.as_bytes()), halves(&mask));
        // A word that does not fit must match nothing.
        let length = if text.len() <= 32 { text.len() } else { usize::MAX };
        Word { blocks: [(low, low_mask), (high, high_mask)], length }
    }

    /// What follows the word, when the text starts with it. `first` is the text's first block.
    #[inline(always)]
    fn strip<'t>(&self, rest: &'t [u8], first: u128) -> Option<&'t [u8]> {
        let [(low, low_mask), (high, high_mask)] = self.blocks;
        if (first ^ low) & low_mask != 0 {
            return None;
        }
        if self.length > 16 && (block(rest.get(16..)?) ^ high) & high_mask != 0 {
            return None;
        }
        rest.get(self.length..)
    }
}

impl Shape {
    /// A shape of the first 32 members given; keys beyond go the slow way.
    pub(super) fn new(members: impl Iterator<Item = Member>) -> Self {
        let members: Vec<Member> = members.take(32).collect();
        let required = members.iter().enumerate().map(|(i, member)| u32::from(member.required) << i).sum();
        let fields: Box<[Field]> = members
            .into_iter()
            .map(|member| Field { word: Word::new(&member.name), rule: member.rule })
            .collect();
        let (seed, slots) = place(&fields);
        Shape { fields, required, seed, slots: Box::new(slots) }
    }

    /// Whether the fields seen, one bit each, include all that must be there.
    #[inline(always)]
    pub(super) const fn complete(&self, seen: u32) -> bool {
        seen & self.required == self.required
    }

    /// The field whose key stands here, with its number and what follows its colon.
    #[inline(always)]
    pub(super) fn field<'s, 't>(
        &'s self,
        expected: usize,
        rest: &'t [u8],
    ) -> Option<(usize, &'s Field, &'t [u8])> {
        let first = block(rest);
        let ahead = self.fields.get(expected..).unwrap_or_default();
        for (i, field) in ahead.iter().take(AHEAD).enumerate() {
            if let Some(rest) = field.word.strip(rest, first) {
                return Some((expected + i, field, rest));
            }
        }
        self.any_field(rest, first)
    }

    #[inline(never)]
    fn any_field<'s, 't>(&'s self, rest: &'t [u8], first: u128) -> Option<(usize, &'s Field, &'t [u8])> {
        if matches!(rest, [b' ' | b'\t', ..]) {
            return self.field_after_blanks(rest);
        }
        let index = usize::from(*self.slots.get(slot(key_of(first), self.seed))?);
        let field = self.fields.get(index)?;
        field.word.strip(rest, first).map(|rest| (index, field, rest))
    }

    #[cold]
    fn field_after_blanks<'s, 't>(&'s self, rest: &'t [u8]) -> Option<(usize, &'s Field, &'t [u8])> {
        match skip_blanks(rest) {
            [b' ' | b'\t', ..] => None,
            rest => self.any_field(rest, block(rest)),
        }
    }
}

/// The first bytes of a key up to its closing quote, the opening quote taken off.
#[inline(always)]
const fn key_of(first: u128) -> u128 {
    const ONES: u128 = u128::from_le_bytes([1; 16]);
    let key = first >> 8;
    let quotes = key ^ (ONES * b'"' as u128);
    let closing = quotes.wrapping_sub(ONES) & !quotes & (ONES << 7);
    key & (closing & closing.wrapping_neg()).wrapping_sub(1)
}

#[inline(always)]
const fn slot(key: u128, seed: u64) -> usize {
    let folded = (key as u64).wrapping_mul(seed) ^ ((key >> 64) as u64).wrapping_mul(seed.rotate_left(32));
    (folded.wrapping_mul(seed) >> 57) as usize
}

/// A seed for which no two keys share a slot, and the slots filled so. Of keys
/// alike in their first 15 bytes the first is found, the others go the slow way.
fn place(fields: &[Field]) -> (u64, [u8; SLOTS]) {
    let keys: Vec<u128> = fields.iter().map(|field| key_of(field.word.blocks[0].0)).collect();
    let different = keys.iter().collect::<BTreeSet<_>>().len();
    let seeds = std::iter::successors(Some(0x9E37_79B9_7F4A_7C15u64), |seed| {
        Some(seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1)
    });
    let mut best = (0, [EMPTY; SLOTS]);
    for seed in seeds.take(10_000) {
        let mut slots = [EMPTY; SLOTS];
        for (i, key) in (0u8..).zip(&keys) {
            if let Some(place) = slots.get_mut(slot(*key, seed)).filter(|place| **place == EMPTY) {
                *place = i;
            }
        }
        best = (seed, slots);
        if slots.iter().filter(|place| **place != EMPTY).count() == different {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] =
        ["id", "region", "region_id", "default_billing", "default_shipping", "disable_auto_group_change"];

    fn shape(names: &[&str]) -> Shape {
        let member =
            |name: &&str| Member { name: (*name).to_owned(), required: *name == "id", rule: Rule::Flag };
        Shape::new(names.iter().map(member))
    }

    #[test]
    fn every_key_is_found_from_wherever_it_is_expected() {
        let shape = shape(&NAMES);
        for (at, name) in NAMES.iter().enumerate() {
            for expected in 0..=NAMES.len() {
                for value in ["1", "\"long enough to fill a second block of bytes\""] {
                    let text = format!("\"{name}\":{value}");
                    let found = shape.field(expected, text.as_bytes());
                    let found = found.map(|(at, _, rest)| (at, rest));
                    assert_eq!(found, Some((at, value.as_bytes())), "{name} expecting {expected}");
                }
            }
        }
    }

    #[test]
    fn other_keys_are_not_found() {
        let shape = shape(&NAMES);
        for text in [
            "",
            "\"",
            "\"id",
            "\"id\"",
            "\"i\":1",
            "\"idx\":1",
            "\"default_billin\":1",
            "\"default_billingx\":1",
            "1",
        ] {
            assert!(shape.field(0, text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn keys_beyond_what_a_word_holds_match_nothing() {
        let long = "a_key_of_more_than_thirty_two_bytes";
        let shape = shape(&[long]);
        assert!(shape.field(0, format!("\"{long}\":1").as_bytes()).is_none());
    }

    #[test]
    fn a_shape_is_complete_with_its_required_fields() {
        let shape = shape(&NAMES);
        assert!(shape.complete(0b1) && shape.complete(0b101) && !shape.complete(0b100));
    }
}
