//! What is said of a type or field to people, the same in every language.

use super::band::Band;
use super::form::{Endpoint, Field, Type};
use super::traffic::Direction;
use crate::schema::overlay::{Beyond, Format, Limit, OnNull, Unit};

/// What a type is.
pub(crate) fn of_type(name: &str, of: &Type) -> Vec<String> {
    let mut said = vec![of.about.clone().unwrap_or_else(|| format!("`{name}`, as Magento's schema has it."))];
    if !of.definition.is_empty() {
        said.push(format!("Magento calls it `{}`.", of.definition));
    }
    said
}

/// What a field means, and what the store makes of it.
pub(crate) fn of_field(field: &Field, direction: Direction) -> Vec<String> {
    let notes = &field.notes;
    let about = match notes.about.as_str() {
        "" => format!("`{}`, as Magento's schema has it.", field.name),
        about => about.to_owned(),
    };
    let mut said = vec![about];
    said.extend(notes.format.map(|format| format!("Format: {}.", self::format(format))));
    said.extend(notes.limit.map(limit));
    if direction == Direction::Sent {
        said.extend(notes.on_null.map(|effect| on_null(effect).to_owned()));
    }
    said.extend(notes.secret.then(|| "A secret: never log it.".to_owned()));
    said.extend(notes.module.as_ref().map(|module| format!("Only in stores with {module}.")));
    said.extend(of_band(&field.band));
    said
}

/// What an endpoint is for, and who may call it.
pub(crate) fn of_endpoint(endpoint: &Endpoint) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    said.extend((!endpoint.about.is_empty()).then(|| endpoint.about.clone()));
    said.push(match endpoint.access.as_str() {
        "anonymous" => "Open to everybody.".to_owned(),
        "customer" => "For a customer's own token.".to_owned(),
        "unknown" => "Who may call it is not published.".to_owned(),
        resource => format!("Needs the permission `{resource}`."),
    });
    if !endpoint.core {
        said.push("Not part of Magento: only stores with a module for it answer.".to_owned());
    }
    said.extend(of_band(&endpoint.band));
    said.extend(
        (!endpoint.instead.is_empty()).then(|| format!("Where it is missing: {}.", endpoint.instead)),
    );
    said
}

/// The releases that have something, when not all do.
pub(crate) fn of_band(band: &Band) -> Option<String> {
    let list = |firsts: &[(u8, u8)]| firsts.iter().map(release).collect::<Vec<_>>().join(", ");
    if *band == Band::only_saas() {
        return Some("Only in the SaaS edition.".to_owned());
    }
    let numbered = match (band.since.is_empty(), band.until.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("Since {}.", list(&band.since))),
        (true, false) => Some(format!("Gone since {}.", list(&band.until))),
        (false, false) => Some(format!("Since {}; gone since {}.", list(&band.since), list(&band.until))),
    };
    let saas = band.saas.map(|has| match has {
        true => "Still in the SaaS edition.".to_owned(),
        false => "Not in the SaaS edition.".to_owned(),
    });
    let said: Vec<String> = numbered.into_iter().chain(saas).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn release((line, patch): &(u8, u8)) -> String {
    match patch {
        0 => format!("2.4.{line}"),
        _ => format!("2.4.{line}-p{patch}"),
    }
}

fn limit(limit: Limit) -> String {
    let unit = match limit.unit {
        Unit::Characters => "characters",
        Unit::Bytes => "bytes",
    };
    let beyond = match limit.beyond {
        Beyond::Cut => "the store cuts off what is more",
        Beyond::Refused => "the store refuses more",
    };
    format!("At most {} {unit}; {beyond}.", limit.size)
}

fn on_null(effect: OnNull) -> &'static str {
    match effect {
        OnNull::Kept => "`null` in an update keeps what is stored.",
        OnNull::Cleared => "`null` in an update clears it.",
        OnNull::Zero => "`null` in an update makes it 0.",
        OnNull::Emptied => "`null` in an update empties it.",
        OnNull::Refused => "`null` is refused.",
    }
}

fn format(format: Format) -> &'static str {
    match format {
        Format::Email => "an e-mail address",
        Format::Date => "a date, `YYYY-MM-DD`",
        Format::DateTime => "a time in UTC, `YYYY-MM-DD hh:mm:ss`",
        Format::Country => "a country's two letters",
        Format::Digits => "digits",
        Format::Uuid => "a UUID",
        Format::Json => "JSON as a text",
        Format::Url => "a URL",
    }
}
