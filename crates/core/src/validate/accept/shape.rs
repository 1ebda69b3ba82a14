//! Objects: their members in any order, the usual one first.

use super::bytes::skip_blanks;
use super::held::Held;
use super::lanes::{Window, window};
use super::rule::Rule;
use super::word::{Index, Word};

/// An object as the quick way knows it: its fields in the order a store writes them.
#[derive(Debug)]
pub(in crate::validate) struct Shape {
    fields: Box<[Field]>,
    required: u32,
    index: Index,
}

/// A member: how its key is written, and what its value may be.
#[derive(Debug)]
pub(super) struct Field {
    name: Box<str>,
    pub(super) word: Word,
    /// The place of the next field whose key starts alike.
    alike: u8,
    /// One bit, another for each field of a shape.
    pub(super) bit: u32,
    pub(super) rule: Box<dyn Rule>,
}

impl Field {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// A member to make a shape of.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) rule: Box<dyn Rule>,
}

impl Shape {
    /// A shape of the first 32 members given with names that are not too long; keys beyond go the slow way.
    pub(super) fn new(mut members: impl Iterator<Item = Member>) -> Self {
        Self::of(&mut members)
    }

    /// One function for all the ways there are to list members.
    fn of(members: &mut dyn Iterator<Item = Member>) -> Self {
        let members = members.filter_map(|member| Some((Word::new(&member.name)?, member)));
        let members: Vec<(Word, Member)> = members.take(32).collect();
        let (index, alike) = Index::new(&members.iter().map(|(_, member)| &*member.name).collect::<Vec<_>>());
        let required = members.iter().enumerate().map(|(at, (_, member))| u32::from(member.required) << at);
        let required = required.sum();
        let fields = members.into_iter().zip(alike).enumerate();
        let fields = fields.map(|(at, ((word, member), alike))| Field {
            name: member.name.into(),
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

    /// The rule for the member of that name.
    pub(in crate::validate) fn rule(&self, name: &str) -> Option<&dyn Rule> {
        self.fields.iter().find(|field| *field.name == *name).map(|field| &*field.rule)
    }

    /// The bit of the member of that name; 0 when there is none.
    pub(in crate::validate) fn bit(&self, name: &str) -> u32 {
        self.fields.iter().find(|field| *field.name == *name).map_or(0, |field| field.bit)
    }

    /// The fields in order.
    #[inline(always)]
    pub(super) const fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field whose key comes next, what is expected after it, and its value with what follows.
    #[inline(always)]
    pub(super) fn member<'k, 't>(
        &'k self,
        expected: &'k [Field],
        keys: &'t [u8],
    ) -> Option<(&'k Field, &'k [Field], &'t [u8])> {
        let Some(next) = keys.first_chunk() else { return self.other_member(keys) };
        let found = match expected {
            [field, ..] if field.word.starts(next) => expected,
            _ => self.find(next),
        };
        let [field, others @ ..] = found else { return self.other_member(keys) };
        Some((field, others, skip_blanks(field.word.strip(keys)?)))
    }

    /// The same behind blanks, or near the end of the text.
    #[cold]
    #[inline(never)]
    fn other_member<'k, 't>(&'k self, keys: &'t [u8]) -> Option<(&'k Field, &'k [Field], &'t [u8])> {
        let keys = skip_blanks(keys);
        let [field, others @ ..] = self.find(window(keys, &mut Window::default())) else { return None };
        Some((field, others, skip_blanks(field.word.strip(keys)?)))
    }

    /// The fields from that on whose key is next, or none.
    ///
    /// A function of its own, since what it needs would take registers of every member's reading.
    #[inline(never)]
    fn find(&self, next: &Window) -> &[Field] {
        let mut place = self.index.find(next);
        loop {
            match self.fields.get(usize::from(place)..) {
                Some(found @ [field, ..]) if field.word.starts(next) => return found,
                Some([field, ..]) => place = field.alike,
                _ => return &[],
            }
        }
    }
}

/// How far an object has been read, certainly right.
#[derive(Debug, Clone, Copy)]
pub(in crate::validate) struct Progress<'t> {
    /// What is left: from the opening brace, or from what follows a member on.
    pub(in crate::validate) rest: &'t [u8],
    /// Whether that is the opening brace.
    pub(in crate::validate) opening: bool,
    /// The fields that have been read, one bit each.
    pub(in crate::validate) seen: u32,
}

impl Shape {
    /// Reads members as long as they are certainly right and not to be looked at, and gives what
    /// follows the object, if it comes so far. Else `at` tells the place of the member in doubt.
    #[inline(always)]
    pub(in crate::validate) fn read_on<'t>(&self, at: &mut Progress<'t>, look_at: u32) -> Option<&'t [u8]> {
        let (mut seen, mut expected) = (at.seen, self.fields());
        let mut next = if at.opening { first_turn(at.rest)? } else { turn(at.rest)? };
        loop {
            let keys = match next {
                Turn::End(after) => return self.complete(seen).then_some(after),
                Turn::Member(keys) => keys,
            };
            let (field, value);
            (field, expected, value) = self.member(expected, keys)?;
            if (seen | look_at) & field.bit != 0 {
                return None;
            }
            seen |= field.bit;
            let rest = field.rule.read(value)?;
            next = turn(rest)?;
            // Only now it is sure that the member has ended.
            *at = Progress { rest, opening: false, seen };
        }
    }
}

impl Rule for Shape {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        self.read_on(&mut Progress { rest, opening: true, seen: 0 }, 0)
    }

    fn shape(&self) -> Option<&Shape> {
        Some(self)
    }

    fn held(&self) -> Held<'_> {
        Held::Object(self)
    }
}

/// What comes after an opening brace or a member.
pub(super) enum Turn<'t> {
    /// A member, from its key or from blanks before it on.
    Member(&'t [u8]),
    /// The end of the object, and what follows.
    End(&'t [u8]),
}

/// What comes first in the object that starts here.
#[inline(always)]
pub(super) fn first_turn(rest: &[u8]) -> Option<Turn<'_>> {
    let [b'{', inside @ ..] = rest else { return None };
    match skip_blanks(inside) {
        [b'}', after @ ..] => Some(Turn::End(after)),
        keys => Some(Turn::Member(keys)),
    }
}

/// What comes after a member.
#[inline(always)]
pub(super) fn turn(rest: &[u8]) -> Option<Turn<'_>> {
    match rest {
        [b',', keys @ ..] => Some(Turn::Member(keys)),
        [b'}', after @ ..] => Some(Turn::End(after)),
        _ => turn_behind_blanks(rest),
    }
}

#[cold]
#[inline(never)]
fn turn_behind_blanks(rest: &[u8]) -> Option<Turn<'_>> {
    match skip_blanks(rest) {
        [b',', keys @ ..] => Some(Turn::Member(keys)),
        [b'}', after @ ..] => Some(Turn::End(after)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::accept::rule::Flag;

    const NAMES: [&str; 6] =
        ["id", "region", "region_id", "default_billing", "default_shipping", "disable_auto_group_change"];

    fn shape(names: &[&str]) -> Shape {
        let member =
            |name: &&str| Member { name: (*name).to_owned(), required: *name == "id", rule: Box::new(Flag) };
        Shape::new(names.iter().map(member))
    }

    fn find<'t>(shape: &Shape, text: &'t str) -> Option<(usize, &'t [u8])> {
        let (_, others, value) = shape.member(shape.fields(), text.as_bytes())?;
        Some((shape.fields.len() - others.len() - 1, value))
    }

    #[test]
    fn every_key_is_found() {
        let shape = shape(&NAMES);
        for (at, name) in NAMES.iter().enumerate() {
            for value in ["1", "\"long enough to fill a second block of bytes\""] {
                for text in [format!("\"{name}\":{value}"), format!("  \"{name}\": {value}")] {
                    assert_eq!(find(&shape, &text), Some((at, value.as_bytes())), "{text}");
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
            "  ",
            "\"id",
            "\"id\"",
            "\"i\":1",
            "\"idx\":1",
            ",\"id\":1",
            "\"default_billin\":1",
            "\"default_billingx\":1",
            "1",
        ] {
            assert_eq!(find(&shape, text), None, "{text}");
        }
    }

    #[test]
    fn blanks_may_stand_between_all_things() {
        let shape = shape(&NAMES);
        for text in [r#"{"id":true,"region":false}"#, "{ \"id\"\t: true }", r#"{"region":true , "id":true }"#]
        {
            let colon_alone = !text.contains('\t');
            assert_eq!(shape.read(format!("{text};").as_bytes()) == Some(b";"), colon_alone, "{text}");
        }
        let nothing = Shape::new(std::iter::empty());
        assert!(["{}", "{ }"].iter().all(|text| nothing.read(text.as_bytes()) == Some(b"")));
        for text in ["", "{", "{,}", "{\"id\":true", "{\"id\":true,}", "{\"id\":true;}", "{{\"id\":true}"] {
            assert_eq!(shape.read(text.as_bytes()), None, "{text}");
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
        assert_eq!(find(&shape, "\"field_41\":1").map(|(place, _)| place), Some(31));
        assert_eq!(find(&shape, "\"field_42\":1"), None);
    }
}
