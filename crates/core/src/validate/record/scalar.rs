//! Values without members: texts, numbers, truth values, and lists of texts.

use super::super::accept::{is_date, is_time};
use super::super::finding::{self, Finding};
use super::{Country, Walk};
use crate::contract::{ADDRESS, CUSTOMER, Field, Format, Kind, REGION, TypeId, Values};
use crate::double;
use crate::json::scan::Piece;
use crate::json::{Path, SyntaxError};
use crate::profile::Section;
use crate::store::name::{self, Class};
use crate::store::{Store, coerce, customer, date, email};

/// The width of the columns of an address and its region, in characters.
pub(in crate::validate) const COLUMN: usize = 255;

impl<'t> Walk<'t, '_> {
    /// Checks a scalar; `false` when it counts as absent.
    pub(super) fn scalar(&mut self, of: TypeId, field: &Field, piece: Piece<'t>, path: &Path<'_>) -> bool {
        match (field.kind, piece) {
            (Kind::String, Piece::Text(text)) => {
                let text = text.unescape();
                self.text(of, field, &text, path);
                return !is_blank(of, &text) || !super::required(of).contains(&&*field.name);
            }
            (Kind::Integer, Piece::Number(number)) => self.number(field, number, path),
            (Kind::Integer, Piece::Text(text)) => self.numeric_text(field, &text.unescape(), path),
            (Kind::Integer, _) => self.found(&finding::TYPE, path, &field.name),
            (Kind::Boolean, Piece::Bool(_)) | (Kind::Number, Piece::Number(_)) => {}
            (Kind::String | Kind::Boolean | Kind::Number, _) => {
                self.found(&finding::COERCED, path, &field.name)
            }
            _ => self.found(&finding::TYPE, path, &field.name),
        }
        true
    }

    fn text(&mut self, of: TypeId, field: &Field, text: &str, path: &Path<'_>) {
        self.kept(text, path, &field.name);
        self.length(of, field, text, path);
        self.pattern(of, field, text, path);
        if finding::SCRIPT.rule.releases.holds(self.store.release) && coerce::has_script(text) {
            self.found(&finding::SCRIPT, path, &field.name);
        }
        let release = self.store.release;
        let finding = match field.rules.format {
            Some(Format::Country) if of == ADDRESS => return self.country(text),
            _ if text.is_empty() => return,
            Some(Format::Email) if !email::faults(text, "Email", release).is_empty() => &finding::EMAIL,
            Some(Format::Date) => match self.date(text) {
                Some(finding) => finding,
                None => return,
            },
            Some(Format::DateTime) if is_time(text) => return,
            Some(Format::DateTime) if customer::column_time(text).is_err() => &finding::TIMESTAMP,
            Some(Format::DateTime) => &finding::TIME_FORMAT,
            Some(Format::Digits) if !text.bytes().all(|b| b.is_ascii_digit()) => &finding::CHANGED,
            _ => return,
        };
        self.found(finding, path, &field.name);
    }

    /// What is wrong with a date: the store cannot read it, has to guess, or refuses days to come.
    fn date(&self, text: &str) -> Option<&'static Finding> {
        let must_be_past = finding::DOB.rule.releases.holds(self.store.release);
        if is_date(text) && !must_be_past {
            return None;
        }
        let Ok(read) = date::normalized(text, self.store.now) else { return Some(&finding::DATE) };
        let midnight = read.as_deref().and_then(date::midnight);
        let future = midnight.zip(self.store.now).is_some_and(|(dob, now)| dob > now);
        if future && must_be_past {
            return Some(&finding::DOB);
        }
        (!is_date(text)).then_some(&finding::DATE_FORMAT)
    }

    /// The patterns a release holds a text against.
    fn pattern(&mut self, of: TypeId, field: &Field, text: &str, path: &Path<'_>) {
        let name = Class::Name(self.store.release);
        let (finding, class, longest) = match &*field.name {
            "firstname" | "lastname" | "middlename" if of == CUSTOMER => (&finding::NAME, name, 255),
            "firstname" | "lastname" | "middlename" if of == ADDRESS => (&finding::ADDRESS_NAME, name, 255),
            "city" if of == ADDRESS => (&finding::CITY, Class::City, 100),
            "telephone" if of == ADDRESS => (&finding::TELEPHONE, Class::Telephone, 20),
            _ => return,
        };
        if finding.rule.releases.holds(self.store.release) && !name::passes(text, class, longest) {
            self.found(finding, path, &field.name);
        }
    }

    fn country(&mut self, text: &str) {
        let profile = self.store.profile;
        self.country = match profile.allowed_country(text) {
            Some(country) => {
                let postcode_optional = profile.settings.optional_postcode.contains(&country.id);
                Country::Usable { postcode_optional }
            }
            None => Country::Unusable,
        };
    }

    fn length(&mut self, of: TypeId, field: &Field, text: &str, path: &Path<'_>) {
        let most = longest(of, field);
        let named = of == CUSTOMER && NAMES.contains(&&*field.name);
        let pattern_counts = named && finding::NAME.rule.releases.holds(self.store.release);
        if !pattern_counts && text.len() > most && text.chars().count() > most {
            self.found(&finding::CUT, path, &field.name);
        }
    }

    /// Checks that the database keeps every character.
    pub(super) fn kept(&mut self, text: &str, path: &Path<'_>, name: &str) {
        if text.bytes().any(|b| b >= 0xF0) {
            self.found(&finding::CHARACTERS, path, name);
        }
    }

    pub(super) fn number(&mut self, field: &Field, spelled: &str, path: &Path<'_>) {
        let whole = |double: &f64| double.fract() == 0.0 && double.abs() < 1e15;
        let integer = || double::parse(spelled).filter(whole).map(|double| double as i64);
        match spelled.parse::<i64>().ok().or_else(integer) {
            Some(number) => self.integer(field, number, path),
            None => self.found(&finding::COERCED, path, &field.name),
        }
    }

    /// A text for a number: what PHP calls numeric is read as one.
    pub(super) fn numeric_text(&mut self, field: &Field, text: &str, path: &Path<'_>) {
        let trimmed = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
        let plain = trimmed.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
            && trimmed.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        match double::parse(trimmed) {
            Some(number) if plain && number.is_finite() => {
                self.found(&finding::COERCED, path, &field.name);
                self.integer(field, number as i64, path);
            }
            _ => self.found(&finding::TYPE, path, &field.name),
        }
    }

    fn integer(&mut self, field: &Field, number: i64, path: &Path<'_>) {
        let profile = self.store.profile;
        let name = &*field.name;
        let listed = |section, listed: bool, unlisted: &'static Finding| match profile.knows(section) {
            true => (listed, unlisted),
            false => ((0..=0xFFFF).contains(&number), &finding::CHANGED),
        };
        let (right, finding) = match (field.rules.values, name) {
            (Values::Integers(values), "gender") => (values.contains(&number), &finding::OPTION),
            (Values::Integers(values), _) => (values.contains(&number), &finding::CHANGED),
            (_, "group_id") => {
                let known = profile.customer_group(number).is_some();
                listed(Section::CustomerGroups, known, &finding::GROUP)
            }
            (_, "website_id") => {
                listed(Section::Websites, profile.website(number).is_some(), &finding::WEBSITE)
            }
            (_, "store_id") => {
                listed(Section::Websites, profile.store_view(number).is_some(), &finding::STORE_VIEW)
            }
            (_, "id" | "customer_id") => ((1..=0xFFFF_FFFF).contains(&number), &finding::CHANGED),
            _ => ((0..=0xFFFF_FFFF).contains(&number), &finding::CHANGED),
        };
        if !right {
            self.found(finding, path, name);
        }
    }

    /// Reads the lines of a street.
    pub(super) fn lines(&mut self, field: &Field, path: &Path<'_>) -> Result<(), SyntaxError> {
        let (mut first, mut count, mut filled) = (true, 0, false);
        while self.scan.item(&mut first)? {
            let here = path.index(count);
            match self.scan.value()? {
                Piece::Text(text) => {
                    let text = text.unescape();
                    filled |= count == 0 && !is_blank(ADDRESS, &text);
                    self.line(&text, &here, field);
                }
                piece @ (Piece::Array | Piece::Object) => {
                    filled |= count == 0;
                    self.scan.skip(piece)?;
                    self.found(&finding::NESTED_TEXT, &here, &field.name);
                }
                _ => {
                    filled |= count == 0;
                    self.found(&finding::COERCED, &here, &field.name);
                }
            }
            count += 1;
        }
        self.line_count(count, filled, field, path);
        Ok(())
    }

    fn line(&mut self, text: &str, path: &Path<'_>, field: &Field) {
        self.kept(text, path, &field.name);
        if text.contains('\n') {
            self.found(&finding::STREET_CHANGED, path, &field.name);
        }
    }

    fn line_count(&mut self, count: usize, filled: bool, field: &Field, path: &Path<'_>) {
        let most = street_lines(self.store);
        if !filled {
            self.found(&finding::ADDRESS_REQUIRED, path, &field.name);
        }
        if count > most {
            self.found(&finding::STREET_LINES, path, &field.name);
        }
    }
}

/// Whether a text counts as none: in an address blanks do not fill a field, in a name they do.
fn is_blank(of: TypeId, text: &str) -> bool {
    text.is_empty() || of == ADDRESS && text.bytes().all(|b| b.is_ascii_whitespace() || b == 0xb)
}

/// The fields of a customer that take a name's characters only.
pub(in crate::validate) const NAMES: [&str; 3] = ["firstname", "lastname", "middlename"];

/// The most lines of a street.
pub(in crate::validate) fn street_lines(store: &Store<'_>) -> usize {
    let lines = store.profile.address_attribute("street").map(|street| store.street_lines(street));
    usize::try_from(lines.unwrap_or(store.profile.settings.street_lines)).unwrap_or(0)
}

/// The most characters that a text's column keeps.
pub(in crate::validate) fn longest(of: TypeId, field: &Field) -> usize {
    match field.rules.limit {
        Some(limit) => usize::try_from(limit.size).unwrap_or(usize::MAX),
        None if of == ADDRESS || of == REGION => COLUMN,
        None => usize::MAX,
    }
}
