//! Which way a type travels, and what may stand in it on that way.

use std::collections::BTreeSet;

use super::form::{Field, Form, Kind, Type, mentions};
use crate::schema::overlay::{OnNull, Way};

/// The way that a document takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the store, in a reply.
    Received,
    /// To the store, in a request.
    Sent,
}

impl Direction {
    /// The name of a type on this way: what is sent is another type than what is received.
    pub(crate) fn name(self, of: &str) -> String {
        match self {
            Direction::Received => of.to_owned(),
            Direction::Sent => format!("{of}Input"),
        }
    }

    /// Whether a field travels this way at all.
    pub(crate) fn carries(self, field: &Field) -> bool {
        match self {
            Direction::Received => field.notes.way != Way::WriteOnly,
            Direction::Sent => field.notes.way != Way::ReadOnly,
        }
    }

    /// Whether `null` may stand there. What a store replies, it also takes back.
    pub(crate) fn nullable(self, field: &Field) -> bool {
        let taken = field.notes.on_null.is_some_and(|effect| effect != OnNull::Refused);
        field.notes.null_in_replies || (self == Direction::Sent && taken)
    }

    /// Whether it is always there. A request needs of a type only what tells one item of a
    /// list from another; what else it needs depends on the endpoint.
    pub(crate) fn requires(self, field: &Field, keys: &BTreeSet<(&str, &str)>, owner: &str) -> bool {
        match self {
            Direction::Received => field.required && field.band == super::band::Band::default(),
            Direction::Sent => keys.contains(&(owner, field.name.as_str())),
        }
    }
}

/// The types that requests carry, from bodies and queries.
pub(crate) fn sent(form: &Form) -> BTreeSet<&str> {
    let endpoints = || form.endpoints.iter();
    let bodies = endpoints().flat_map(|one| &one.body).map(|field| &field.kind);
    let queries = endpoints().flat_map(|one| &one.parameters).map(|parameter| &parameter.kind);
    reached(form, bodies.chain(queries), Direction::Sent)
}

/// The types that replies carry, errors among them.
pub(crate) fn received(form: &Form) -> BTreeSet<&str> {
    let roots = [Kind::Object("ErrorResponse".to_owned()), Kind::Object("AsyncResponse".to_owned())];
    let replies = form.endpoints.iter().filter_map(|one| one.reply.as_ref());
    let found = reached(form, replies.chain(&roots), Direction::Received);
    // What no request carries either is somebody's to read.
    let sent = sent(form);
    form.types
        .keys()
        .map(String::as_str)
        .filter(|name| found.contains(name) || !sent.contains(name))
        .collect()
}

fn reached<'a, 'k>(
    form: &'a Form,
    kinds: impl Iterator<Item = &'k Kind>,
    direction: Direction,
) -> BTreeSet<&'a str> {
    let mut waiting: Vec<String> = kinds.filter_map(mentions).map(str::to_owned).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some((name, of)) = form.types.get_key_value(&name) else { continue };
        if reached.insert(name.as_str()) {
            let fields = of.fields.iter().filter(|field| direction.carries(field));
            waiting.extend(fields.filter_map(|field| mentions(&field.kind)).map(str::to_owned));
        }
    }
    reached
}

/// The texts by which the items of a list are told apart, as (type, field). A number is none:
/// the store gives it, so that a new item has none yet.
pub(crate) fn list_keys(form: &Form) -> BTreeSet<(&str, &str)> {
    let fields = form.types.values().flat_map(|of| &of.fields);
    let named = fields.filter_map(|field| Some((mentions(&field.kind)?, field.notes.list_key.as_deref()?)));
    let is_text = |(name, key): &(&str, &str)| {
        let field = form.types.get(*name).and_then(|of| of.fields.iter().find(|field| field.name == *key));
        field.is_some_and(|field| field.kind == Kind::String)
    };
    named.filter(is_text).collect()
}

/// Whether PHP may write an object of this type as `[]`: when nothing need stand in it.
pub(crate) fn may_be_empty(of: &Type) -> bool {
    of.fields.iter().all(|field| !field.required)
}

/// Whether modules add members of their own to this type.
pub(crate) fn is_open(name: &str) -> bool {
    name.ends_with("Extension")
}
