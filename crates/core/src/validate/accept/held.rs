//! The tables of the quick way for who holds a payload as objects of a host language.
//!
//! Whoever has the objects walks them beside these tables. A rule tells what it is ([`Held`]), and
//! for the usual ones a look at the value itself is enough. For all others a small value is written as
//! JSON into a few bytes on the stack and read there by the rule that reads texts. The law: a value
//! that is taken here is taken by the rule as JSON text.

use std::io::Write;

use super::block::{HIGH, ONES, not_digit, not_letter};
use super::moment::{is_day, is_time};
use super::rule::Rule;
use super::shape::{Field, Shape};

/// What a rule is.
pub(in crate::validate) enum Held<'r> {
    /// An object.
    Object(&'r Shape),
    /// A list of objects.
    Objects(&'r Shape),
    /// A list of one to so many lines.
    Lines(usize),
    /// A value that may be judged by a look at it.
    Value(Look),
    /// Anything else.
    Other,
}

/// What to look at.
#[derive(Debug, Clone, Copy)]
pub(in crate::validate) enum Look {
    /// A text of `least` (0 or 1) to `most` characters, filled from 1 on, without markup if it is harmless.
    Text { least: usize, most: usize, harmless: bool },
    /// ASCII letters, from so many on.
    Letters(usize),
    /// Up to ten digits.
    Digits,
    /// A day before that year.
    Day([u8; 4]),
    /// A time.
    Time,
    /// A whole number in a range.
    Number(u32, u32),
    /// One of some numbers below 64, one bit for each.
    Among(u64),
}

/// The members of an object, in the order in which a store writes them.
#[derive(Debug, Clone, Copy)]
pub struct Members<'v>(&'v Shape);

/// What the quick way knows of one member.
#[derive(Debug, Clone, Copy)]
pub struct Member<'v>(&'v Field);

/// What stands in a member's place.
#[derive(Debug, Clone, Copy)]
pub enum Place<'v> {
    /// An object with these members.
    Object(Members<'v>),
    /// A list of objects with these members each.
    Objects(Members<'v>),
    /// A list of one to so many texts, each of which is a [line](is_line).
    Lines(usize),
    /// A value that may be judged by a glance.
    Value(Glance),
    /// Anything else: the member is asked.
    Other,
}

/// A judgement of a member's value by a look at it. `false` says that the member is to be asked.
#[derive(Debug, Clone, Copy)]
pub struct Glance(Look);

impl<'v> Members<'v> {
    pub(in crate::validate) fn of(shape: &'v Shape) -> Self {
        Members(shape)
    }

    /// The members in order, at most 32.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Member<'v>> {
        self.0.fields().iter().map(Member)
    }

    /// The member in that place of the order, counted from 0.
    #[must_use]
    #[inline]
    pub fn get(self, at: usize) -> Option<Member<'v>> {
        self.0.fields().get(at).map(Member)
    }

    /// Whether an object may end that has had these members: a bit for each, by its place in the order.
    #[must_use]
    #[inline]
    pub fn are_complete(self, seen: u32) -> bool {
        self.0.complete(seen)
    }
}

impl<'v> Member<'v> {
    /// Its key.
    #[must_use]
    pub fn name(self) -> &'v str {
        self.0.name()
    }

    /// What stands there.
    #[must_use]
    pub fn place(self) -> Place<'v> {
        match self.0.rule.held() {
            Held::Object(shape) => Place::Object(Members(shape)),
            Held::Objects(shape) => Place::Objects(Members(shape)),
            Held::Lines(most) => Place::Lines(most),
            Held::Value(look) => Place::Value(Glance(look)),
            Held::Other => Place::Other,
        }
    }

    /// Whether a text is certainly right there. `false` says no more than "look closer", as
    /// everywhere here: of texts that need escapes, and of those beyond 62 bytes.
    #[must_use]
    pub fn takes_text(self, text: &str) -> bool {
        let (mut room, end) = ([b','; ROOM], text.len() + 1);
        // A quote or a control character inside ends the rule's reading before the end; a backslash need not.
        if end > LONGEST + 1 || text.as_bytes().contains(&b'\\') {
            return false;
        }
        if let Some([first, inside @ .., last]) = room.get_mut(..=end) {
            inside.copy_from_slice(text.as_bytes());
            (*first, *last) = (b'"', b'"');
        }
        reads(&*self.0.rule, &room, end + 1)
    }

    /// Whether a whole number is certainly right there.
    #[must_use]
    pub fn takes_number(self, number: i64) -> bool {
        let mut room = [b','; ROOM];
        let mut left = &mut room[..];
        let written = write!(left, "{number}").map(|()| ROOM - left.len());
        written.is_ok_and(|length| reads(&*self.0.rule, &room, length))
    }

    /// Whether a truth value is certainly right there.
    #[must_use]
    pub fn takes_flag(self, flag: bool) -> bool {
        self.takes_json(if flag { b"true" } else { b"false" })
    }

    /// Whether the value with this JSON text is certainly right there.
    #[must_use]
    pub fn takes_json(self, text: &[u8]) -> bool {
        reads(&*self.0.rule, text, text.len())
    }
}

/// The longest text that is written on the stack.
const LONGEST: usize = ROOM - WIDEST - 2;

/// Room for a text and, behind it, for as many bytes as a rule looks at together.
const ROOM: usize = 96;
const WIDEST: usize = 32;

/// Whether a rule takes the first bytes for one value, and no others.
fn reads(rule: &dyn Rule, text: &[u8], length: usize) -> bool {
    rule.read(text).is_some_and(|rest| text.len() - rest.len() == length)
}

impl Glance {
    /// Whether a text is certainly right there.
    #[must_use]
    #[inline]
    pub fn takes_text(self, text: &str) -> bool {
        let text = text.as_bytes();
        match self.0 {
            Look::Text { least, most, harmless } => {
                let fits = (least..=most).contains(&text.len()) && text.first() != Some(&b' ');
                fits && is_sound(text) && !(harmless && text.contains(&b'<'))
            }
            Look::Letters(least) => (least..=255).contains(&text.len()) && none(text, not_letter),
            Look::Digits => text.len() <= 10 && none(text, not_digit),
            Look::Day(before) => is_day(text) && text.first_chunk().is_some_and(|year| *year < before),
            Look::Time => is_time(text),
            Look::Number(..) | Look::Among(_) => false,
        }
    }

    /// Whether a whole number is certainly right there.
    #[must_use]
    #[inline]
    pub fn takes_number(self, number: i64) -> bool {
        let Ok(number) = u32::try_from(number) else { return false };
        match self.0 {
            Look::Number(least, most) => (least..=most).contains(&number),
            Look::Among(bits) => number < 64 && bits >> number & 1 == 1,
            _ => false,
        }
    }
}

/// Whether a text is certainly right as a line of a street.
///
/// ```
/// use magewright::validate::is_line;
/// assert!(is_line("1 Main St") && !is_line("") && !is_line(" 1 Main St"));
/// ```
#[must_use]
#[inline]
pub fn is_line(text: &str) -> bool {
    let text = text.as_bytes();
    !matches!(text, [] | [b' ', ..] | [.., b' ']) && is_sound(text)
}

/// Whether a text has neither control characters nor characters beyond the 65,536 that a store keeps.
#[inline]
fn is_sound(text: &[u8]) -> bool {
    none(text, |bytes| {
        let control = bytes.wrapping_sub(ONES * 0x20) & !bytes;
        let beyond = bytes & bytes << 1 & bytes << 2 & bytes << 3;
        (control | beyond) & HIGH
    })
}

/// Whether no byte is marked, eight looked at together: the last eight twice where they are no whole eight.
#[inline]
fn none(text: &[u8], marks: impl Fn(u64) -> u64) -> bool {
    if let Some(last) = text.last_chunk() {
        let (eights, _) = text.as_chunks();
        let marked = |found, eight: &[u8; 8]| found | marks(u64::from_le_bytes(*eight));
        return eights.iter().fold(marked(0, last), marked) == 0;
    }
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => {
            let [first, last] = [first, last].map(|four: &[u8; 4]| u64::from(u32::from_le_bytes(*four)));
            marks(first | last << 32) == 0
        }
        _ => text.iter().all(|byte| marks(ONES * u64::from(*byte)) == 0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::Value;
    use crate::validate::{Operation, Validator};

    /// Asks about each member of a customer, and of what is in it.
    fn each(members: Members<'_>, ask: &mut impl FnMut(Member<'_>)) {
        for member in members.iter() {
            match member.place() {
                Place::Object(inside) | Place::Objects(inside) => each(inside, ask),
                _ => ask(member),
            }
        }
    }

    fn named(validator: &Validator<'static>, name: &str) -> Vec<Look> {
        let mut found = Vec::new();
        each(validator.members(), &mut |member| {
            if let (true, Place::Value(Glance(look))) = (member.name() == name, member.place()) {
                found.push(look);
            }
        });
        found
    }

    #[test]
    fn the_usual_rules_are_judged_at_a_glance() {
        let validator = Validator::stock(Operation::Record);
        assert!(matches!(named(&validator, "dob")[..], [Look::Day(_)]));
        assert!(matches!(named(&validator, "firstname")[..], [Look::Letters(1), ..]));
        assert!(matches!(named(&validator, "default_billing")[..], [Look::Digits, ..]));
        assert!(named(&validator, "email").is_empty());
    }

    #[test]
    fn texts_with_a_backslash_or_beyond_the_room_are_looked_at_closer() {
        let validator = Validator::stock(Operation::Record);
        let members = validator.members();
        let email = members.iter().find(|member| member.name() == "email").unwrap();
        let long = format!("{}@example.com", "a".repeat(LONGEST - 11));
        assert!(email.takes_text("ada@example.com") && !email.takes_text(&long));
        assert!(!email.takes_text(r"ada\u0040example.com") && email.takes_json(br#""ada@example.com""#));
        let flag = |name| members.iter().find(|member| member.name() == name).unwrap().takes_flag(true);
        assert!(!flag("email") && !flag("id"));
        assert!(members.are_complete(u32::MAX) && !members.are_complete(0));
    }

    #[test]
    fn bytes_are_looked_at_wherever_they_stand() {
        for length in 1..40 {
            for place in 0..length {
                let mut text = vec![b'a'; length];
                text[place] = 0x1F;
                assert!(!is_sound(&text) && !none(&text, not_letter), "{place} of {length}");
            }
        }
        assert!(is_sound("aé€\"\\\u{7F}".as_bytes()) && !is_sound("a😀".as_bytes()) && is_sound(b""));
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]{0,40}",
            "[a-zA-Z]{0,70}",
            "[0-9]{0,12}",
            "[0-9]{4}-[01][0-9]-[0-3][0-9]( [0-2][0-9]:[0-5][0-9]:[0-5][0-9])?",
            "[a-z.+-]{0,9}@[a-z-]{0,9}\\.(com|de|x)",
            "(DE|US|FR|xx|é|<| |\\PC){0,20}",
            any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn what_is_taken_is_taken_as_json(text in text(), number: i64, small in -2..70_000i64) {
            let json = Value::from(text.as_str()).to_string();
            for validator in [Operation::Record, Operation::Create { caller: crate::store::Caller::Admin }].map(Validator::stock) {
                let mut wrong = None;
                each(validator.members(), &mut |member| {
                    let glance = |take: fn(Glance, &str) -> bool| matches!(member.place(), Place::Value(glance) if take(glance, &text));
                    let taken = glance(Glance::takes_text) || member.takes_text(&text);
                    let number_taken = [number, small].iter().any(|&number| {
                        let taken = matches!(member.place(), Place::Value(glance) if glance.takes_number(number));
                        (taken || member.takes_number(number)) && !member.takes_json(number.to_string().as_bytes())
                    });
                    if taken && !member.takes_json(json.as_bytes()) || number_taken {
                        wrong = Some(member.name().to_owned());
                    }
                });
                prop_assert_eq!(wrong, None);
            }
        }

        #[test]
        fn lines_are_lines_as_json(text in text()) {
            let json = format!("[{}]", Value::from(text.as_str()));
            let validator = Validator::stock(Operation::Record);
            each(validator.members(), &mut |member| {
                if matches!(member.place(), Place::Lines(_)) && is_line(&text) {
                    assert!(member.takes_json(json.as_bytes()), "{json}");
                }
            });
        }
    }
}
