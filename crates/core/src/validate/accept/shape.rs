//! Objects: their members in any order, the usual one first.

use super::block::{Block, block};
use super::bytes::{expect, skip_blanks};
use super::rule::Rule;
use super::word::{Index, Word, after_comma};

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

/// A member to make a shape of.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) rule: Box<dyn Rule>,
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
    const fn complete(&self, seen: u32) -> bool {
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
        let Progress { mut rest, opening, mut seen } = *at;
        let mut first = if opening { after_comma(block(rest)) } else { block(rest) };
        let mut expected = self.fields();
        loop {
            let as_expected = expected.first().is_some_and(|field| field.word.starts(first));
            let opening = opening && seen == 0;
            let next = if as_expected { Turn::Member(rest) } else { turn(rest, opening)? };
            // Only now it is sure that the member before has ended.
            *at = Progress { rest, opening, seen };
            let member = match next {
                Turn::End(after) => return self.complete(seen).then_some(after),
                Turn::Member(member) => member,
            };
            if !as_expected {
                expected = self.find(after_comma(block(member)))?;
            }
            let [field, others @ ..] = expected else { return None };
            if (seen | look_at) & field.bit != 0 {
                return None;
            }
            seen |= field.bit;
            expected = others;
            rest = field.rule.read(skip_blanks(field.word.strip(member)?))?;
            first = block(rest);
        }
    }
}

impl Rule for Shape {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        expect(rest, b'{')?;
        self.read_on(&mut Progress { rest, opening: true, seen: 0 }, 0)
    }

    fn shape(&self) -> Option<&Shape> {
        Some(self)
    }
}

/// What comes after an opening brace or a member.
pub(super) enum Turn<'t> {
    /// A member, from the byte before its key on.
    Member(&'t [u8]),
    /// The end of the object, and what follows.
    End(&'t [u8]),
}

/// What comes next; `opening` says that nothing has been read of the object.
#[inline(always)]
pub(super) fn turn(rest: &[u8], opening: bool) -> Option<Turn<'_>> {
    match rest {
        [b',', b'"', ..] if !opening => Some(Turn::Member(rest)),
        [b'{', b'"', ..] if opening => Some(Turn::Member(rest)),
        [b'}', after @ ..] if !opening => Some(Turn::End(after)),
        _ => turn_among_blanks(rest, opening),
    }
}

#[cold]
#[inline(never)]
fn turn_among_blanks(rest: &[u8], opening: bool) -> Option<Turn<'_>> {
    let rest = if opening { rest } else { skip_blanks(rest) };
    match (rest, opening) {
        ([b'}', after @ ..], false) => Some(Turn::End(after)),
        ([b'{', inside @ ..], true) if let [b'}', after @ ..] = skip_blanks(inside) => Some(Turn::End(after)),
        ([b'{', after @ ..], true) | ([b',', after @ ..], false) => {
            rest.get(after.len() - skip_blanks(after).len()..).map(Turn::Member)
        }
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
