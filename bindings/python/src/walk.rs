//! Dicts judged as they are, beside the tables of the quick way: nothing is written, nothing is built.
//!
//! It says "certainly valid" or "look closer", as the quick way over texts does, whose rules it asks.
//! What is looked at closer is written as JSON and judged as text.

use magewright::validate::{Glance, Member, Members, Place, is_line};
use pyo3::PyTypeInfo;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString};

use crate::write::Writing;

/// More is looked at closer, so that no dict is accepted whose text would be too long for a store.
const MOST: usize = 8 << 20;

/// What a member or an item costs of that, beside a long value: more than a short key and a short value
/// take as text, however they are escaped.
const MEMBER: usize = 1024;

/// The most bytes of a short key or value.
const SHORT: usize = 128;

/// Of so many keys met as other objects one is kept: where keys are made anew for each dict, that is in vain.
const EVERY: u32 = 8;

/// What is kept from dict to dict of one validator.
pub(crate) struct Walk {
    known: Known,
    pen: Pen,
}

/// What is needed on the way.
struct Pen {
    writing: Writing,
    /// What may still come of [`MOST`].
    left: usize,
    /// Keys met as other objects.
    others: u32,
}

/// The keys of an object as they were met, in the order of its [`Members`].
///
/// Names in source are interned, and parsers keep the keys they have met, so nearly every key is
/// known by being the same object.
struct Known(Vec<Key>);

struct Key {
    object: Py<PyAny>,
    name: Box<str>,
    inside: Inside,
}

enum Inside {
    Object(Known),
    Objects(Known),
    /// A list of one to so many lines.
    Lines(usize),
    Value(Glance),
    Other,
}

impl Walk {
    pub(crate) fn new(py: Python<'_>, members: Members<'_>) -> Self {
        Walk { known: Known::of(py, members), pen: Pen { writing: Writing::default(), left: 0, others: 0 } }
    }

    /// Whether a dict is certainly valid.
    pub(crate) fn accepts(&mut self, members: Members<'_>, dict: &Bound<'_, PyDict>) -> bool {
        self.pen.left = MOST;
        self.known.take(members, dict, &mut self.pen)
    }
}

impl Known {
    fn of(py: Python<'_>, members: Members<'_>) -> Self {
        let inside = |member: Member<'_>| match member.place() {
            Place::Value(glance) => Inside::Value(glance),
            Place::Lines(most) => Inside::Lines(most),
            Place::Other => Inside::Other,
            Place::Object(members) => Inside::Object(Known::of(py, members)),
            Place::Objects(members) => Inside::Objects(Known::of(py, members)),
        };
        let key = |member: Member<'_>| Key {
            object: PyString::intern(py, member.name()).into_any().unbind(),
            name: member.name().into(),
            inside: inside(member),
        };
        Known(members.iter().map(key).collect())
    }

    fn take(&mut self, members: Members<'_>, dict: &Bound<'_, PyDict>, pen: &mut Pen) -> bool {
        // A dict has no two equal keys, so a bit is set once.
        let (mut seen, mut expected) = (0, 0);
        for (key, value) in dict.iter() {
            let Some((at, known)) = self.find(expected, &key, pen) else { return false };
            let Some(member) = members.get(at) else { return false };
            if !pen.pay(MEMBER) || !known.inside.take(member, &value, pen) {
                return false;
            }
            seen |= 1 << at;
            expected = at + 1;
        }
        pen.pay(MEMBER) && members.are_complete(seen)
    }

    /// The known key that this one is, and its place.
    fn find(&mut self, expected: usize, key: &Bound<'_, PyAny>, pen: &mut Pen) -> Option<(usize, &mut Key)> {
        let at = match self.place(expected, |known| known.object.is(key)) {
            Some(at) => at,
            None => self.find_by_name(expected, key, pen)?,
        };
        Some((at, self.0.get_mut(at)?))
    }

    /// The place of the first such key, looked for from the expected place on: who leaves members out rarely mixes them.
    fn place(&self, expected: usize, is_it: impl Fn(&Key) -> bool) -> Option<usize> {
        let (before, after) = self.0.split_at_checked(expected)?;
        let ahead = after.iter().position(&is_it).map(|steps| expected + steps);
        ahead.or_else(|| before.iter().position(is_it))
    }

    /// The place of the key with that text. Now and then the object is kept.
    fn find_by_name(&mut self, expected: usize, key: &Bound<'_, PyAny>, pen: &mut Pen) -> Option<usize> {
        let text = short(key)?;
        let at = self.place(expected, |known| *known.name == *text)?;
        pen.others = pen.others.wrapping_add(1);
        if pen.others.is_multiple_of(EVERY) {
            self.0.get_mut(at)?.object = key.clone().unbind();
        }
        Some(at)
    }
}

impl Inside {
    fn take(&mut self, member: Member<'_>, value: &Bound<'_, PyAny>, pen: &mut Pen) -> bool {
        match self {
            Inside::Value(glance) => at_a_glance(*glance, value) || pen.takes(member, value),
            Inside::Other => pen.takes(member, value),
            Inside::Lines(most) => are_lines(*most, value, pen) || pen.takes(member, value),
            Inside::Object(known) => match (member.place(), exact::<PyDict>(value)) {
                (Place::Object(members), Some(dict)) => known.take(members, dict, pen),
                _ => false,
            },
            Inside::Objects(known) => match (member.place(), exact::<PyList>(value)) {
                (Place::Objects(members), Some(list)) => list
                    .iter()
                    .all(|item| exact::<PyDict>(&item).is_some_and(|dict| known.take(members, dict, pen))),
                _ => false,
            },
        }
    }
}

fn at_a_glance(glance: Glance, value: &Bound<'_, PyAny>) -> bool {
    if let Some(text) = short(value) {
        glance.takes_text(text)
    } else if let Some(number) = exact::<PyInt>(value) {
        number.extract::<i64>().is_ok_and(|number| glance.takes_number(number))
    } else {
        false
    }
}

fn are_lines(most: usize, value: &Bound<'_, PyAny>, pen: &mut Pen) -> bool {
    let Some(lines) = exact::<PyList>(value) else { return false };
    let few = (1..=most).contains(&lines.len());
    few && lines.iter().all(|line| pen.pay(MEMBER) && short(&line).is_some_and(is_line))
}

/// A value of just that type.
///
/// Asked first, since a cast that fails takes a reference to the type and gives it back: two calls for each number.
fn exact<'a, 'py, T: PyTypeInfo>(value: &'a Bound<'py, PyAny>) -> Option<&'a Bound<'py, T>> {
    if value.is_exact_instance_of::<T>() { value.cast_exact().ok() } else { None }
}

/// A text that is not long.
fn short<'a>(value: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    exact::<PyString>(value)?.to_str().ok().filter(|text| text.len() <= SHORT)
}

impl Pen {
    /// Whether so much may still come.
    fn pay(&mut self, price: usize) -> bool {
        let left = self.left.checked_sub(price);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether a value is certainly right.
    fn takes(&mut self, member: Member<'_>, value: &Bound<'_, PyAny>) -> bool {
        if let Some(text) = exact::<PyString>(value) {
            text.to_str().is_ok_and(|text| member.takes_text(text)) || self.takes_written(member, value)
        } else if let Some(number) = exact::<PyInt>(value) {
            number.extract::<i64>().is_ok_and(|number| member.takes_number(number))
        } else if let Some(truth) = exact::<PyBool>(value) {
            member.takes_flag(truth.is_true())
        } else {
            self.takes_written(member, value)
        }
    }

    /// The same of a value of any form, written as JSON.
    fn takes_written(&mut self, member: Member<'_>, value: &Bound<'_, PyAny>) -> bool {
        let Ok(json) = self.writing.of(value) else { return false };
        let (length, taken) = (json.len(), member.takes_json(json));
        taken && self.pay(length)
    }
}
