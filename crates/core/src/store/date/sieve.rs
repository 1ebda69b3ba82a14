//! The forms a text may hold, told by its bytes alone: most cannot be there, and need not be tried.

use std::sync::LazyLock;

use super::forms::{FORMS, Form};
use super::grammar::Part;

/// ASCII characters, a bit for each.
type Bytes = u128;

/// A form with what tells at a glance that a text does not hold it.
struct Candidate {
    form: Form,
    pattern: &'static [Part],
    /// It starts with one of these.
    first: Bytes,
    /// Of each of these sets it has a byte.
    needs: Vec<Bytes>,
}

/// The forms that a text may start with, in their order.
pub(super) fn candidates(text: &[u8]) -> impl Iterator<Item = (Form, &'static [Part])> {
    static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| FORMS.iter().map(Candidate::of).collect());
    let (first, all) = (set(text.get(..1).unwrap_or_default()), set(text));
    let may_be =
        move |form: &&Candidate| form.first & first != 0 && form.needs.iter().all(|needed| needed & all != 0);
    CANDIDATES.iter().filter(may_be).map(|form| (form.form, form.pattern))
}

impl Candidate {
    fn of((form, pattern): &(Form, &'static [Part])) -> Self {
        Candidate { form: *form, pattern, first: first(pattern), needs: needs(pattern).collect() }
    }
}

/// The ASCII among some bytes.
fn set(bytes: &[u8]) -> Bytes {
    bytes.iter().fold(0, |set, byte| set | 1_u128.checked_shl(u32::from(*byte)).unwrap_or(0))
}

/// What a pattern may start with.
fn first(pattern: &[Part]) -> Bytes {
    let optional = pattern.iter().take_while(|part| may_be_empty(part)).count();
    pattern.iter().take(optional + 1).fold(0, |bytes, part| bytes | first_of(part))
}

fn first_of(part: &Part) -> Bytes {
    let initials = |words: &[&str]| {
        let first: Vec<u8> = words.iter().filter_map(|word| word.bytes().next()).collect();
        set(&first) | set(&first.to_ascii_uppercase())
    };
    match part {
        Part::Number(..) | Part::Digits => set(b"0123456789"),
        Part::One(bytes) | Part::Many(bytes) => set(bytes.as_bytes()),
        Part::Word(words) | Part::Exact(words) => initials(words),
        Part::Either(patterns) => patterns.iter().fold(0, |bytes, pattern| bytes | first(pattern)),
        Part::Maybe(pattern) => first(pattern),
    }
}

fn may_be_empty(part: &Part) -> bool {
    match part {
        Part::Many(_) | Part::Maybe(_) => true,
        Part::Either(patterns) => patterns.iter().any(|pattern| pattern.iter().all(may_be_empty)),
        _ => false,
    }
}

/// Sets of bytes of each of which a pattern has one.
fn needs(pattern: &'static [Part]) -> Box<dyn Iterator<Item = Bytes>> {
    Box::new(pattern.iter().filter(|part| !may_be_empty(part)).flat_map(|part| match part {
        Part::Either([only]) => needs(only),
        part => Box::new(std::iter::once(first_of(part))),
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grammar::longest;
    use super::*;

    #[test]
    fn few_forms_are_tried() {
        let count = |text: &str| candidates(text.as_bytes()).count();
        assert!(count("1990-13-45\0") < 15 && count("13/05/1990\0") < 15 && count("yesterday\0") < 12);
        assert_eq!((count("é\0"), count("")), (0, 0));
    }

    proptest! {
        #[test]
        fn no_form_that_is_there_is_left_out(
            text in "([0-9]{1,4}|[-+/:., TtWw@\t()_]|st|am|p\\.m|[jJ]an(uary)?|XI|mon|day|next|first|of|week|s|ago|GMT|[a-z]|é){1,8}\0?",
        ) {
            let tried: Vec<Form> = candidates(text.as_bytes()).map(|(form, _)| form).collect();
            for (form, pattern) in FORMS {
                prop_assert!(longest(pattern, text.as_bytes()).is_none() || tried.contains(form), "{form:?}");
            }
        }
    }
}
