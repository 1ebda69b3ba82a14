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
mod shape;
mod tables;

use bytes::{Body, anything, expect, flag, integer, items, next_item, skip_blanks, string};
use shape::{Attribute, Rule, Shape};

/// Whether a text is a day written `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    grammar::is_day(text.as_bytes())
}

/// Whether a text is a time written `YYYY-MM-DD HH:MM:SS`.
pub(super) fn is_time(text: &str) -> bool {
    grammar::is_time(text.as_bytes())
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

fn object<'t>(shape: &Shape, rest: &'t [u8]) -> Option<&'t [u8]> {
    let mut rest = expect(rest, b'{')?;
    let (mut seen, mut expected) = (0u32, 0);
    if let Some(rest) = expect(skip_blanks(rest), b'}') {
        return shape.complete(seen).then_some(rest);
    }
    loop {
        let (index, field, value_at) = shape.field(expected, rest)?;
        let bit = 1 << index;
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
        expected = index + 1;
        let more;
        (more, rest) = next_item(value(&field.rule, skip_blanks(value_at))?, b'}')?;
        if !more {
            return shape.complete(seen).then_some(rest);
        }
    }
}

#[inline(always)]
fn value<'t>(rule: &Rule, rest: &'t [u8]) -> Option<&'t [u8]> {
    match rule {
        Rule::Integer { least, most } => {
            let (number, rest) = integer(rest)?;
            (*least <= number && number <= *most).then_some(rest)
        }
        Rule::Small(numbers) => {
            let (number, rest) = integer(rest)?;
            (number < 64 && numbers >> number & 1 == 1).then_some(rest)
        }
        Rule::OneOf(numbers) => {
            let (number, rest) = integer(rest)?;
            numbers.binary_search(&number).is_ok().then_some(rest)
        }
        Rule::Flag => flag(rest),
        Rule::Text { least, most, markup } => {
            let (body, rest) = string(rest)?;
            let filled = *least == 0 || !body.starts_blank();
            (filled && grammar::fits(body, *most) && (*markup || !body.has_markup())).then_some(rest)
        }
        Rule::Letters => grammar::letters(rest),
        Rule::Telephone => grammar::telephone(rest),
        Rule::Name { least } => grammar::name(rest, *least),
        Rule::Email => email::email(rest),
        Rule::Date { before } => grammar::date(rest, before),
        Rule::DateTime => grammar::date_time(rest),
        Rule::Timestamp => grammar::timestamp(rest),
        Rule::Country(allowed) => country(allowed, rest),
        Rule::Lines { most } => street(rest, *most),
        Rule::Digits => grammar::digits(rest),
        Rule::Any => anything(rest, 0),
        Rule::Object(shape) => object(shape, rest),
        Rule::Attributes(known) => attributes(known, rest),
        Rule::Choice(choices) => choices.iter().find_map(|choice| rest.strip_prefix(choice.as_bytes())),
        Rule::Password { least, classes } => grammar::password(rest, *least, *classes),
        Rule::Never => None,
        Rule::FirstAndOthers(shapes) => {
            expect(rest, b'[')?;
            let (first, others) = &**shapes;
            let mut shape = first;
            items(rest, b']', |rest| object(std::mem::replace(&mut shape, others), rest))
        }
        Rule::List(shape) => {
            expect(rest, b'[')?;
            items(rest, b']', |rest| object(shape, rest))
        }
    }
}

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

/// One to `most` lines, none of them blank at an end or with a line break inside.
fn street(rest: &[u8], most: usize) -> Option<&[u8]> {
    expect(rest, b'[')?;
    let mut count = 0;
    let rest = items(rest, b']', |rest| {
        count += 1;
        let (body, rest) = string(rest)?;
        let line_break = matches!(body, Body::Escaped(_)) && body.chars().any(|c| c < ' ');
        (!body.starts_blank() && !body.ends_blank() && !line_break).then_some(rest)
    })?;
    (1..=most).contains(&count).then_some(rest)
}
