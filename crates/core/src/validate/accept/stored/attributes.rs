//! Custom attributes whose values a store certainly keeps.

use super::super::bytes::{anything, expect, integer, skip_blanks};
use super::super::moment::{DateTime, is_time};
use super::super::rule::{Choice, Rule};
use super::super::text::{Harmless, Text, ascii};
use super::{Pairs, list};
use crate::profile::{Attribute, Profile};
use crate::store::shape::Entity;

/// A custom attribute as it stands in a text: its code and its value, quotes included.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pair<'t> {
    pub(crate) code: &'t [u8],
    pub(crate) value: &'t [u8],
    /// Whether it is, or may be, a date.
    pub(crate) is_date: bool,
}

/// The custom attributes of customers or of addresses.
#[derive(Debug)]
pub(super) enum Attributes {
    /// Those the store told.
    Known(Box<[Known]>),
    /// Any but these, with any text: nobody told which there are.
    Unknown(Box<Taken>),
}

/// An attribute the store told.
#[derive(Debug)]
pub(super) struct Known {
    code: Box<[u8]>,
    stored: Form,
    /// What a patch may set.
    sent: Option<Box<dyn Rule>>,
}

/// How a store writes the value of an attribute.
#[derive(Debug)]
enum Form {
    Plain(Box<dyn Rule>),
    Date,
    /// A number with four places.
    Decimal,
    /// Some of these, between commas.
    Several(Box<[Box<[u8]>]>),
}

/// The most characters that are looked at.
pub(super) const LONGEST: usize = 10_000;

impl Attributes {
    pub(super) fn of(entity: Entity, profile: &Profile) -> Self {
        if entity.is_known(profile) {
            return Attributes::Known(entity.custom(profile).filter_map(Known::of).collect());
        }
        let attributes = match entity {
            Entity::Customer => &profile.customer_attributes,
            Entity::Address => &profile.address_attributes,
        };
        Attributes::Unknown(Box::new(Taken::of(attributes)))
    }

    /// The attributes of a stored customer or address.
    pub(super) fn stored<'t>(&self, rest: &'t [u8], pairs: &mut Pairs<'t>) -> Option<&'t [u8]> {
        self.read(rest, pairs, |form, rest| match form {
            Some(known) => known.stored.strip(rest),
            None => kept(rest),
        })
    }

    /// The attributes that a patch sets, or takes away by `null`.
    pub(super) fn sent<'t>(&self, rest: &'t [u8], pairs: &mut Pairs<'t>) -> Option<&'t [u8]> {
        self.read(rest, pairs, |form, rest| match (rest.strip_prefix(b"null"), form) {
            (Some(rest), _) => Some(rest),
            (None, Some(known)) => known.sent.as_ref()?.read(rest),
            (None, None) => text(rest),
        })
    }

    /// A list of `{"attribute_code":…,"value":…}`, no code twice.
    fn read<'t>(
        &self,
        rest: &'t [u8],
        pairs: &mut Pairs<'t>,
        strip: impl Fn(Option<&Known>, &'t [u8]) -> Option<&'t [u8]>,
    ) -> Option<&'t [u8]> {
        list(rest, |rest| {
            let from = skip_blanks(skip_blanks(expect(rest, b'{')?).strip_prefix(b"\"attribute_code\":")?);
            let (_, rest) = ascii(from)?;
            let code = from.get(..from.len() - rest.len())?;
            if pairs.iter().any(|pair| pair.code == code) {
                return None;
            }
            let known = self.known(code)?;
            let rest = skip_blanks(expect(skip_blanks(rest), b',')?).strip_prefix(b"\"value\":")?;
            let from = skip_blanks(rest);
            let rest = strip(known, from)?;
            let value = from.get(..from.len() - rest.len())?;
            let is_date =
                known.map_or_else(|| may_be_date(value), |known| matches!(known.stored, Form::Date));
            *pairs.add()? = Pair { code, value, is_date };
            expect(skip_blanks(rest), b'}')
        })
    }

    /// What is known of a code; `None` for one that has to be looked at closer.
    fn known(&self, code: &[u8]) -> Option<Option<&Known>> {
        match self {
            Attributes::Known(known) => known.iter().find(|known| *known.code == *code).map(Some),
            Attributes::Unknown(taken) => (!taken.may_have(code)).then_some(None),
        }
    }
}

/// Codes that are taken, found by their first letters: for each a bit for each length.
#[derive(Debug)]
pub(super) struct Taken {
    lengths: [u64; 26],
    codes: Box<[Box<[u8]>]>,
}

impl Taken {
    fn of(attributes: &[Attribute]) -> Self {
        let codes: Box<[Box<[u8]>]> = attributes.iter().map(|attribute| quoted(&attribute.code)).collect();
        let mut lengths = [0; 26];
        for code in &codes {
            if let Some(lengths) = Self::letter(code).and_then(|letter| lengths.get_mut(letter)) {
                *lengths |= Self::length(code);
            }
        }
        Taken { lengths, codes }
    }

    /// Whether a code is taken; `true` too for one that no lower-case letter begins.
    fn may_have(&self, code: &[u8]) -> bool {
        let lengths = Self::letter(code).and_then(|letter| self.lengths.get(letter));
        lengths.is_none_or(|lengths| {
            lengths & Self::length(code) != 0 && self.codes.iter().any(|taken| **taken == *code)
        })
    }

    fn letter(code: &[u8]) -> Option<usize> {
        code.get(1).filter(|first| first.is_ascii_lowercase()).map(|first| usize::from(first - b'a'))
    }

    fn length(code: &[u8]) -> u64 {
        1 << (code.len() % 64)
    }
}

fn quoted(code: &str) -> Box<[u8]> {
    format!("\"{code}\"").into_bytes().into()
}

impl Known {
    /// `None` for an attribute left to the model of the save.
    fn of(declared: &Attribute) -> Option<Self> {
        let options = || declared.options.iter().filter(|option| option.value.parse::<u32>().is_ok());
        let plain = |most| Form::Plain(Box::new(Text::new(true, most)));
        let strict = |most| -> Option<Box<dyn Rule>> { Some(Box::new(Harmless(Text::new(true, most)))) };
        let choice = || Box::new(Choice(options().map(|option| format!("\"{}\"", option.value)).collect()));
        let validated = declared.rule("input_validation").is_some();
        let (stored, sent) = match (declared.input.as_str(), declared.backend.as_str()) {
            _ if validated && declared.backend != "datetime" => return None,
            ("select" | "boolean", "int") => (Form::Plain(choice()), Some(choice() as Box<dyn Rule>)),
            ("multiselect", "varchar" | "text") => {
                let options = options().map(|option| option.value.clone().into_bytes().into());
                (Form::Several(options.collect()), None)
            }
            ("select" | "boolean" | "multiselect" | "multiline", _) => return None,
            (_, "varchar") => (plain(255), strict(255)),
            (_, "text") => (plain(LONGEST), strict(LONGEST)),
            (_, "datetime") => (Form::Date, None),
            (_, "decimal") => (Form::Decimal, None),
            _ => return None,
        };
        Some(Known { code: quoted(&declared.code), stored, sent })
    }
}

impl Form {
    fn strip<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        match self {
            Form::Plain(rule) => rule.read(rest),
            Form::Date => DateTime.read(rest),
            Form::Decimal => decimal(rest),
            Form::Several(options) => {
                let (chosen, rest) = ascii(rest)?;
                let known = |choice: &[u8]| options.iter().any(|option| **option == *choice);
                chosen.split(|byte| *byte == b',').all(known).then_some(rest)
            }
        }
    }
}

/// A value of an attribute nobody described: a text, a number, or whatever has members.
fn kept(rest: &[u8]) -> Option<&[u8]> {
    match rest.first()? {
        b'"' => text(rest),
        b'0'..=b'9' => integer(rest).map(|(_, rest)| rest),
        b'[' | b'{' => anything(rest, 0),
        _ => None,
    }
}

/// A text that is not empty.
fn text(rest: &[u8]) -> Option<&[u8]> {
    Harmless(Text::new(true, LONGEST)).read(rest)
}

/// A number of one to eight digits and four places.
fn decimal(rest: &[u8]) -> Option<&[u8]> {
    let (number, rest) = ascii(rest)?;
    let (whole, places) = number.split_at_checked(number.len().checked_sub(5)?)?;
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    let plain = (1..=8).contains(&whole.len()) && (whole.len() == 1 || whole.first() != Some(&b'0'));
    (plain && digits(whole) && digits(places.strip_prefix(b".")?)).then_some(rest)
}

/// Whether a value has the form in which a store shows a date.
fn may_be_date(value: &[u8]) -> bool {
    matches!(value, [b'"', date @ .., b'"'] if is_time(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn described() -> Profile {
        let attribute = |code: &str, input: &str, backend: &str| {
            format!(
                r#"{{"attribute_code":"{code}","frontend_input":"{input}","backend_type":"{backend}","visible":true,
                "user_defined":true,"options":[{{"value":"4","label":"a"}},{{"value":"5","label":"b"}}]}}"#
            )
        };
        let own = [
            attribute("tier", "select", "int"),
            attribute("code", "text", "varchar"),
            attribute("since", "date", "datetime"),
            attribute("limit", "text", "decimal"),
            attribute("several", "multiselect", "varchar"),
        ];
        let document = format!(r#"{{"version":1,"customer_attributes":[{}]}}"#, own.join(","));
        Profile::from_document(&json::parse(document.as_bytes()).unwrap()).unwrap()
    }

    fn taken(profile: &Profile, code: &str, value: &str) -> (bool, bool) {
        let attributes = Attributes::of(Entity::Customer, profile);
        let text = format!(r#"[{{"attribute_code":"{code}","value":{value}}}]"#);
        let (mut stored, mut sent) = (Pairs::default(), Pairs::default());
        let taken =
            (attributes.stored(text.as_bytes(), &mut stored), attributes.sent(text.as_bytes(), &mut sent));
        (taken.0.is_some(), taken.1.is_some())
    }

    #[test]
    fn values_of_attributes_the_store_told_have_their_form() {
        let profile = described();
        for (code, value) in [("tier", "\"4\""), ("code", "\"L-1\"")] {
            assert_eq!(taken(&profile, code, value), (true, true), "{code} {value}");
        }
        for (code, value) in
            [("since", "\"2024-02-29 00:00:00\""), ("limit", "\"12.5000\""), ("several", "\"4,5\"")]
        {
            assert_eq!(taken(&profile, code, value), (true, false), "{code} {value}");
        }
        for (code, value) in [
            ("tier", "\"9\""),
            ("tier", "4"),
            ("code", "\"\""),
            ("since", "\"2024-02-29\""),
            ("limit", "\"12.5\""),
            ("limit", "\"012.5000\""),
            ("several", "\"4,9\""),
            ("other", "\"x\""),
        ] {
            assert_eq!(taken(&profile, code, value), (false, false), "{code} {value}");
        }
        assert_eq!(taken(&profile, "since", "null"), (false, true));
    }

    #[test]
    fn of_a_store_nobody_described_any_attribute_may_exist() {
        let stock = Profile::stock();
        assert_eq!(taken(&stock, "other", "\"x\""), (true, true));
        assert_eq!(taken(&stock, "other", "[1,{}]"), (true, false));
        assert_eq!(taken(&stock, "gender", "\"1\""), (false, false));
        assert_eq!(taken(&stock, "0", "\"1\""), (false, false));
        let mut pairs = Pairs::default();
        let twice =
            br#"[{"attribute_code":"a","value":"2024-01-01 00:00:00"},{"attribute_code":"a","value":"y"}]"#;
        assert!(Attributes::of(Entity::Customer, &stock).stored(twice, &mut pairs).is_none());
        assert!(pairs.iter().all(|pair| pair.is_date));
    }
}
