//! The quick way: one pass over the bytes that says "certainly valid" or "look closer".
//!
//! It builds nothing and reports nothing. What it cannot be sure of, however
//! harmless, goes to the walk that explains. The law that keeps it honest:
//! what it accepts, the explaining walk finds nothing in.

mod block;
mod bytes;
mod create;
mod email;
mod grammar;
mod moment;
mod shape;
pub(crate) mod stored;
mod tables;
mod text;
mod word;

use block::block;
use bytes::{anything, expect, flag, integer, items, skip_blanks};
use shape::{Attribute, Rule, Shape};
use word::after_comma;

/// Whether a text is a day written `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    moment::is_day(text.as_bytes())
}

/// Whether a text is a time written `YYYY-MM-DD HH:MM:SS`.
pub(crate) fn is_time(text: &str) -> bool {
    moment::is_time(text.as_bytes())
}

/// A table-driven acceptor of documents of one kind.
#[derive(Debug)]
pub(crate) struct Gate {
    root: Shape,
}

impl Gate {
    /// What follows the document at the start of `text`, when the document is certainly valid.
    #[inline]
    pub(crate) fn pass<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        object(&self.root, text)
    }
}

#[inline(never)]
fn object<'t>(shape: &Shape, rest: &'t [u8]) -> Option<&'t [u8]> {
    expect(rest, b'{')?;
    let (mut rest, mut first) = (rest, after_comma(block(rest)));
    let (mut seen, mut expected) = (0, shape.fields());
    loop {
        let as_expected = expected.first().is_some_and(|field| field.word.starts(first));
        if !as_expected {
            match turn(rest, seen == 0)? {
                Turn::End(after) => return shape.complete(seen).then_some(after),
                Turn::Member(member) => rest = member,
            }
            expected = shape.find(after_comma(block(rest)))?;
        }
        let [field, others @ ..] = expected else { return None };
        if seen & field.bit != 0 {
            return None;
        }
        seen |= field.bit;
        expected = others;
        rest = value(&field.rule, skip_blanks(field.word.strip(rest)?))?;
        first = block(rest);
    }
}

/// What comes after an opening brace or a member.
enum Turn<'t> {
    /// A member, from the byte before its key on.
    Member(&'t [u8]),
    /// The end of the object, and what follows.
    End(&'t [u8]),
}

/// What comes next; `opening` says that nothing has been read of the object.
#[inline(always)]
fn turn(rest: &[u8], opening: bool) -> Option<Turn<'_>> {
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

/// Reads a value. The readers stay functions of their own, so that none of them
/// takes registers from another.
#[inline(always)]
fn value<'t>(rule: &Rule, rest: &'t [u8]) -> Option<&'t [u8]> {
    match rule {
        Rule::Text(limits) => text::text(limits, rest),
        Rule::Name { least } => grammar::name(*least, rest),
        Rule::Count { least } => bytes::count(*least, rest),
        Rule::UpTo(most) => up_to(*most, rest),
        Rule::Small(numbers) => small(*numbers, rest),
        Rule::Flag => flag(rest),
        Rule::Country(allowed) => country(allowed, rest),
        Rule::Lines { most } => street(*most, rest),
        Rule::DateTime => moment::date_time(rest),
        Rule::Date { before } => moment::date(before, rest),
        Rule::Object(shape) => object(shape, rest),
        Rule::List(shape) => list(shape, rest),
        Rule::Digits => grammar::digits(rest),
        Rule::Email => email::email(rest),
        Rule::Any => anything(rest, 0),
        Rule::Harmless(limits) => text::harmless(limits, rest),
        Rule::Letters => grammar::letters(rest),
        Rule::Telephone => grammar::telephone(rest),
        Rule::Timestamp => moment::timestamp(rest),
        Rule::FirstAndOthers(shapes) => first_and_others(&shapes.0, &shapes.1, rest),
        Rule::Attributes(known) => attributes(known, rest),
        Rule::Choice(choices) => choice(choices, rest),
        Rule::Password { least, classes } => grammar::password(*least, *classes, rest),
        Rule::OneOf(numbers) => one_of(numbers, rest),
        Rule::Never => None,
    }
}

#[inline(never)]
fn up_to(most: u32, rest: &[u8]) -> Option<&[u8]> {
    integer(rest).filter(|(number, _)| *number <= most).map(|(_, rest)| rest)
}

#[inline(never)]
fn small(numbers: u64, rest: &[u8]) -> Option<&[u8]> {
    integer(rest).filter(|(number, _)| *number < 64 && numbers >> number & 1 == 1).map(|(_, rest)| rest)
}

#[inline(never)]
fn choice<'t>(choices: &[Box<str>], rest: &'t [u8]) -> Option<&'t [u8]> {
    choices.iter().find_map(|choice| rest.strip_prefix(choice.as_bytes()))
}

#[inline(never)]
fn one_of<'t>(numbers: &[u32], rest: &'t [u8]) -> Option<&'t [u8]> {
    let (number, rest) = integer(rest)?;
    numbers.binary_search(&number).is_ok().then_some(rest)
}

#[inline(never)]
fn list<'t>(shape: &Shape, rest: &'t [u8]) -> Option<&'t [u8]> {
    expect(rest, b'[')?;
    items(rest, b']', |rest| object(shape, rest))
}

#[inline(never)]
fn first_and_others<'t>(first: &Shape, others: &Shape, rest: &'t [u8]) -> Option<&'t [u8]> {
    expect(rest, b'[')?;
    let mut shape = first;
    items(rest, b']', |rest| object(std::mem::replace(&mut shape, others), rest))
}

#[inline(never)]
fn country<'t>(allowed: &[u32; 26], rest: &'t [u8]) -> Option<&'t [u8]> {
    let [b'"', first, second @ b'A'..=b'Z', b'"', rest @ ..] = rest else { return None };
    let seconds = allowed.get(usize::from(first.wrapping_sub(b'A')))?;
    (seconds >> (second - b'A') & 1 == 1).then_some(rest)
}

/// Custom attributes as `{"attribute_code":…,"value":…}`, in this order, no code twice.
#[inline(never)]
fn attributes<'t>(known: &[Attribute], rest: &'t [u8]) -> Option<&'t [u8]> {
    expect(rest, b'[')?;
    let mut seen = 0u64;
    items(rest, b']', |rest| {
        let rest = skip_blanks(skip_blanks(expect(rest, b'{')?).strip_prefix(b"\"attribute_code\":")?);
        let of_code = |attribute: &Attribute| rest.strip_prefix(attribute.code.as_bytes());
        let (index, attribute, rest) =
            known.iter().enumerate().find_map(|(i, known)| Some((i, known, of_code(known)?)))?;
        let bit = 1 << index;
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
        let rest = skip_blanks(expect(skip_blanks(rest), b',')?).strip_prefix(b"\"value\":")?;
        expect(skip_blanks(value(&attribute.rule, skip_blanks(rest))?), b'}')
    })
}

/// One to `most` lines.
#[inline(never)]
fn street(most: usize, rest: &[u8]) -> Option<&[u8]> {
    expect(rest, b'[')?;
    let mut count = 0;
    let rest = items(rest, b']', |rest| {
        count += 1;
        text::line(rest)
    })?;
    (1..=most).contains(&count).then_some(rest)
}
