//! The union of the fields that a type or body has in several releases.

use anyhow::{Context, Result};

use super::{Band, Field, Kind, kind, newest_first};
use crate::schema::contract;
use crate::schema::overlay;

/// A version of the fields; `None` where a release lacks their owner.
type Version<'a> = Option<&'a [contract::Field]>;

/// The union, in the order of the oldest release: a document may be sorted otherwise than replies are.
pub(super) fn merged(
    owner: &str,
    versions: &[Version<'_>],
    releases: &[&str],
    notes: impl Fn(&str) -> Option<overlay::Field>,
) -> Result<Vec<Field>> {
    let merge = |name: &str| one((owner, name), notes(name).unwrap_or_default(), versions, releases);
    ordered(versions)
        .into_iter()
        .map(|name| merge(name).with_context(|| format!("in the field {name}")))
        .collect()
}

/// The names of all fields; one that only newer versions have stands behind the one that it follows there.
fn ordered<'a>(versions: &[Version<'a>]) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for fields in versions.iter().flatten() {
        let mut next = 0;
        for field in *fields {
            let seen = names.iter().position(|name| *name == field.name);
            if seen.is_none() {
                names.insert(next, &field.name);
            }
            next = seen.unwrap_or(next) + 1;
        }
    }
    names
}

fn one(
    (owner, name): (&str, &str),
    mut notes: overlay::Field,
    versions: &[Version<'_>],
    releases: &[&str],
) -> Result<Field> {
    let named = |fields: &[contract::Field]| fields.iter().position(|field| field.name == name);
    let found: Vec<Option<&contract::Field>> =
        versions.iter().map(|version| version.and_then(|fields| fields.get(named(fields)?))).collect();
    let newest = newest_first(&found, releases).next().context("no version has it")?;
    // A release without the owner says nothing of the field.
    let present: Vec<bool> = versions.iter().map(|one| one.is_none_or(|of| named(of).is_some())).collect();
    let band = Band::of(&notes.since, &notes.until, &present, releases)?;
    let kind = match &notes.kind {
        Some(stated) => stated.clone(),
        None => settled(&format!("{owner}.{name}"), &found, releases),
    };
    // Items that may be anything have no key.
    if kind == Kind::Mixed {
        notes.list_key = None;
    }
    Ok(Field { name: name.to_owned(), kind, required: newest.required, notes, band })
}

/// The kind that holds in every release: the one they agree on, else what takes them all.
fn settled(place: &str, found: &[Option<&contract::Field>], releases: &[&str]) -> Kind {
    let mut kinds: Vec<(Kind, Vec<&str>)> = Vec::new();
    for (release, field) in releases.iter().zip(found) {
        let Some(kind) = field.map(|field| kind(&field.kind)) else { continue };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, of)) => of.push(release),
            None => kinds.push((kind, vec![release])),
        }
    }
    match kinds.as_slice() {
        [(only, _)] => only.clone(),
        [(Kind::Integer, _), (Kind::Number, _)] | [(Kind::Number, _), (Kind::Integer, _)] => Kind::Number,
        _ => {
            let each = kinds.iter().map(|(kind, of)| format!("{} in {}", shown(kind), of.join(", ")));
            eprintln!(
                "warning: {place} is {}: any value is taken until schema/overlay.json states its kind",
                each.collect::<Vec<_>>().join("; ")
            );
            Kind::Mixed
        }
    }
}

fn shown(kind: &Kind) -> String {
    match kind {
        Kind::String => "string".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Mixed => "any value".to_owned(),
        Kind::Object(name) => name.clone(),
        Kind::List(item) => format!("[{}]", shown(item)),
    }
}
