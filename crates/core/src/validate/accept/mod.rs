//! The quick way: one pass over the bytes that says "certainly valid" or "look closer".
//!
//! It builds nothing and reports nothing. What it cannot be sure of, however
//! harmless, goes to the walk that explains. The law that keeps it honest:
//! what it accepts, the explaining walk finds nothing in.

mod bytes;
mod grammar;
mod shape;
mod tables;

use bytes::{Body, anything, expect, flag, integer, items, skip_blanks, string};
use shape::{Rule, Shape};

/// Whether a text is a day written `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    grammar::date(Body::Ascii(text.as_bytes()))
}

/// Whether a text is a time written `YYYY-MM-DD HH:MM:SS`.
pub(super) fn is_date_time(text: &str) -> bool {
    grammar::date_time(Body::Ascii(text.as_bytes()))
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
    let mut rest = skip_blanks(expect(rest, b'{')?);
    let (mut seen, mut expected) = (0u32, 0);
    if let Some(rest) = expect(rest, b'}') {
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
        rest = skip_blanks(value(&field.rule, skip_blanks(value_at))?);
        match rest {
            [b',', tail @ ..] => rest = skip_blanks(tail),
            [b'}', tail @ ..] => return shape.complete(seen).then_some(tail),
            _ => return None,
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
        Rule::OneOf(ids) => {
            let (number, rest) = integer(rest)?;
            ids.binary_search(&number).is_ok().then_some(rest)
        }
        Rule::Flag => flag(rest),
        Rule::Text { least, most } => {
            let (body, rest) = string(rest)?;
            (body.at_most() >= *least && grammar::fits(body, *most)).then_some(rest)
        }
        Rule::Name { least } => {
            let (body, rest) = string(rest)?;
            grammar::name(body, *least).then_some(rest)
        }
        Rule::Email => {
            let (body, rest) = string(rest)?;
            grammar::email(body).then_some(rest)
        }
        Rule::Date => {
            let (body, rest) = string(rest)?;
            grammar::date(body).then_some(rest)
        }
        Rule::DateTime => {
            let (body, rest) = string(rest)?;
            grammar::date_time(body).then_some(rest)
        }
        Rule::Country(allowed) => country(allowed, rest),
        Rule::Lines { most } => street(rest, *most),
        Rule::Digits => {
            let (body, rest) = string(rest)?;
            grammar::digits(body).then_some(rest)
        }
        Rule::Any => anything(rest, 0),
        Rule::Object(shape) => object(shape, rest),
        Rule::List(shape) => {
            expect(rest, b'[')?;
            items(rest, b']', |rest| object(shape, rest))
        }
    }
}

fn country<'t>(allowed: &[[u8; 2]], rest: &'t [u8]) -> Option<&'t [u8]> {
    match rest {
        [b'"', first, second, b'"', rest @ ..] => {
            allowed.binary_search(&[*first, *second]).is_ok().then_some(rest)
        }
        _ => None,
    }
}

/// One to `most` lines, none of them empty or with a line break inside.
fn street(rest: &[u8], most: usize) -> Option<&[u8]> {
    expect(rest, b'[')?;
    let mut count = 0;
    let rest = items(rest, b']', |rest| {
        count += 1;
        let (body, rest) = string(rest)?;
        let line_break = matches!(body, Body::Escaped(_)) && body.chars().any(|c| c < ' ');
        (body.at_most() > 0 && !line_break).then_some(rest)
    })?;
    (1..=most).contains(&count).then_some(rest)
}
