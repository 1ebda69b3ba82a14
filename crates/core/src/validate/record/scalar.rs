//! Values without members: texts, numbers, truth values, and lists of texts.

use super::super::finding;
use super::{Country, Walk};
use crate::contract::{ADDRESS, Beyond, CUSTOMER, Field, Format, Kind, REGION, TypeId, Values};
use crate::json::scan::Piece;
use crate::json::{Path, SyntaxError};
use crate::profile::Section;

/// The width of the columns of an address and its region, in characters.
pub(in crate::validate) const COLUMN: usize = 255;

impl<'t> Walk<'t, '_> {
    /// Checks a scalar; `false` when it counts as absent.
    pub(super) fn scalar(&mut self, of: TypeId, field: &Field, piece: Piece<'t>, path: &Path<'_>) -> bool {
        match (field.kind, piece) {
            (Kind::String, Piece::Text(text)) => {
                let text = text.unescape();
                self.text(of, field, &text, path);
                return !text.is_empty() || !super::required(of).contains(&&*field.name);
            }
            (Kind::Integer, Piece::Number(number)) => self.number(field, number, path),
            (Kind::Integer, Piece::Text(text)) => self.numeric_text(field, &text.unescape(), path),
            (Kind::Integer, _) => self.found(&finding::NOT_A_NUMBER, path, &field.name),
            (Kind::Boolean, Piece::Bool(_)) => {}
            (Kind::String | Kind::Boolean, _) => self.found(&finding::COERCED, path, &field.name),
            _ => self.found(&finding::TYPE, path, &field.name),
        }
        true
    }

    fn text(&mut self, of: TypeId, field: &Field, text: &str, path: &Path<'_>) {
        self.kept(text, path, &field.name);
        self.length(of, field, text, path);
        match field.rules.format {
            _ if text.is_empty() => {}
            Some(Format::Email) if !email(text) => self.found(&finding::EMAIL, path, &field.name),
            Some(Format::Date) if !date(text) => self.found(&finding::DATE, path, &field.name),
            Some(Format::DateTime) if !date_time(text) => self.found(&finding::DATE_TIME, path, &field.name),
            Some(Format::Digits) if !text.bytes().all(|b| b.is_ascii_digit()) => {
                self.found(&finding::OUT_OF_RANGE, path, &field.name);
            }
            _ => {}
        }
        if of == ADDRESS && field.rules.format == Some(Format::Country) {
            self.country(text, path);
        }
        if of == CUSTOMER && NAMES.contains(&&*field.name) && !name(text) {
            self.found(&finding::NAME, path, &field.name);
        }
    }

    fn country(&mut self, text: &str, path: &Path<'_>) {
        let profile = self.store.profile;
        self.country = match profile.allowed_country(text) {
            Some(country) => {
                let postcode_optional = profile.settings.optional_postcode.contains(&country.id);
                Country::Usable { postcode_optional }
            }
            None => Country::Unusable,
        };
        if self.country == Country::Unusable {
            self.found(&finding::NO_COUNTRY, path, "country_id");
        }
    }

    fn length(&mut self, of: TypeId, field: &Field, text: &str, path: &Path<'_>) {
        let (most, beyond) = longest(of, field);
        if text.len() > most && text.chars().count() > most {
            let finding = if beyond == Beyond::Cut { &finding::CUT } else { &finding::TOO_LONG };
            self.found(finding, path, &field.name);
        }
    }

    /// Checks that the database keeps every character.
    pub(super) fn kept(&mut self, text: &str, path: &Path<'_>, name: &str) {
        if text.bytes().any(|b| b >= 0xF0) {
            self.found(&finding::NOT_KEPT, path, name);
        }
    }

    fn number(&mut self, field: &Field, spelled: &str, path: &Path<'_>) {
        let whole = |double: &f64| double.fract() == 0.0 && double.abs() < 1e15;
        let integer = || spelled.parse::<f64>().ok().filter(whole).map(|double| double as i64);
        match spelled.parse::<i64>().ok().or_else(integer) {
            Some(number) => self.integer(field, number, path),
            None => self.found(&finding::COERCED, path, &field.name),
        }
    }

    /// A text for a number: what PHP calls numeric is read as one.
    fn numeric_text(&mut self, field: &Field, text: &str, path: &Path<'_>) {
        let trimmed = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
        let plain = trimmed.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
            && trimmed.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        match trimmed.parse::<f64>() {
            Ok(number) if plain && number.is_finite() => {
                self.found(&finding::COERCED, path, &field.name);
                self.integer(field, number as i64, path);
            }
            _ => self.found(&finding::NOT_A_NUMBER, path, &field.name),
        }
    }

    fn integer(&mut self, field: &Field, number: i64, path: &Path<'_>) {
        let profile = self.store.profile;
        let unlisted = |section, listed: bool| profile.knows(section) && !listed;
        let name = &*field.name;
        let finding = match (field.rules.values, name) {
            (Values::Integers(values), "gender") if !values.contains(&number) => &finding::NOT_AN_OPTION,
            (Values::Integers(values), _) if !values.contains(&number) => &finding::NOT_ZERO_OR_ONE,
            (_, "group_id" | "store_id" | "website_id") if !(0..=0xFFFF).contains(&number) => {
                &finding::UNKNOWN_ID
            }
            (_, "group_id")
                if unlisted(Section::CustomerGroups, profile.customer_group(number).is_some()) =>
            {
                &finding::UNKNOWN_ID
            }
            (_, "website_id") if unlisted(Section::Websites, profile.website(number).is_some()) => {
                &finding::UNKNOWN_ID
            }
            (_, "store_id") if unlisted(Section::Websites, profile.store_view(number).is_some()) => {
                &finding::UNKNOWN_ID
            }
            (_, "id" | "customer_id") if !(1..=0xFFFF_FFFF).contains(&number) => &finding::OUT_OF_RANGE,
            (_, "region_id") if !(0..=0xFFFF_FFFF).contains(&number) => &finding::OUT_OF_RANGE,
            _ => return,
        };
        self.found(finding, path, name);
    }

    /// Reads the lines of a street.
    pub(super) fn lines(&mut self, field: &Field, path: &Path<'_>) -> Result<(), SyntaxError> {
        let (mut first, mut count, mut filled) = (true, 0, false);
        while self.scan.item(&mut first)? {
            let here = path.index(count);
            match self.scan.value()? {
                Piece::Text(text) => {
                    let text = text.unescape();
                    filled |= count == 0 && !text.is_empty();
                    self.line(&text, &here, field);
                }
                piece @ (Piece::Array | Piece::Object) => {
                    filled |= count == 0;
                    self.scan.skip(piece)?;
                    self.found(&finding::MALFORMED_LINE, &here, &field.name);
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
            self.found(&finding::LINE_BREAK, path, &field.name);
        }
    }

    fn line_count(&mut self, count: usize, filled: bool, field: &Field, path: &Path<'_>) {
        let most = usize::try_from(self.store.profile.settings.street_lines).unwrap_or(usize::MAX);
        if !filled {
            self.found(&finding::NO_LINES, path, &field.name);
        }
        if count > most {
            self.found(&finding::TOO_MANY_LINES, path, &field.name);
        }
    }
}

/// The fields of a customer that take a name's characters only.
pub(in crate::validate) const NAMES: [&str; 3] = ["firstname", "lastname", "middlename"];

/// The most characters of a text, and what becomes of more.
pub(in crate::validate) fn longest(of: TypeId, field: &Field) -> (usize, Beyond) {
    match field.rules.limit {
        Some(limit) => (usize::try_from(limit.size).unwrap_or(usize::MAX), limit.beyond),
        None if of == ADDRESS || of == REGION => (COLUMN, Beyond::Cut),
        None => (usize::MAX, Beyond::Cut),
    }
}

fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty() && !local.contains(['@', ' ']) && domain.contains('.') && text.chars().count() <= 255
}

fn name(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || " \n\t,-_.'`&".contains(c))
}

fn date(text: &str) -> bool {
    super::super::accept::is_date(text)
}

fn date_time(text: &str) -> bool {
    super::super::accept::is_date_time(text)
}
