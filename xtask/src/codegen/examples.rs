//! Example requests: one for every endpoint, ready to paste.
//!
//! What people should see is written by hand in `schema/examples.json`; an endpoint that it
//! does not name gets its body from what the contract says is needed.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::form::{Endpoint, Field, Form, Kind};
use super::traffic::Direction;
use crate::schema::node::{At, Node};
use crate::schema::overlay::{Format, Values};

/// `schema/examples.json`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Examples {
    /// By the name of a parameter or of a body's member.
    values: Vec<(String, Node)>,
    /// By `METHOD /path`.
    queries: Vec<(String, Node)>,
    bodies: Vec<(String, Node)>,
}

/// A request that a store understands.
pub(crate) struct Example {
    /// With the values in it, percent-encoded.
    pub(crate) path: String,
    /// Without `?`; empty for none.
    pub(crate) query: String,
    pub(crate) body: Option<Node>,
}

impl Examples {
    pub(crate) fn load(path: &Path) -> Result<Examples> {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        Examples::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    pub(crate) fn parse(text: &str) -> Result<Examples> {
        let node: Node = serde_json::from_str(text)?;
        let mut examples = Examples::default();
        for (name, at) in At::root(&node).members()? {
            let members = || {
                Ok::<_, anyhow::Error>(
                    at.members()?.into_iter().map(|(n, v)| (n.to_owned(), v.node.clone())).collect(),
                )
            };
            match name {
                "$comment" => {}
                "values" => examples.values = members()?,
                "queries" => examples.queries = members()?,
                "bodies" => examples.bodies = members()?,
                _ => bail!("at /{name}: no such part; write values, queries or bodies"),
            }
        }
        Ok(examples)
    }

    /// Takes out the entries that are about no endpoint there is, or do not fit it, and says which: a
    /// mistake, or what a contract that came in anew has otherwise.
    pub(crate) fn drop_strays(&mut self, form: &Form) -> Vec<String> {
        let mut strays = Vec::new();
        let found = |name: &str| form.endpoints.iter().find(|one| one.name() == name);
        let unknown = |name: &str| format!("in schema/examples.json: no contract has the endpoint {name}");
        self.queries.retain(|(name, _)| {
            let known = found(name).is_some();
            strays.extend((!known).then(|| unknown(name)));
            known
        });
        self.bodies.retain(|(name, body)| {
            let Some(endpoint) = found(name) else {
                strays.push(unknown(name));
                return false;
            };
            let met = fits(form, &endpoint.body, &At::root(body)).and_then(|()| refuse_unmet(endpoint, body));
            let Err(error) = met else { return true };
            strays.push(format!("in the example of {name}: {error:#}"));
            false
        });
        strays
    }
}

/// The example of an endpoint.
pub(crate) fn of(endpoint: &Endpoint, form: &Form) -> Example {
    let examples = &form.examples;
    let name = endpoint.name();
    let find =
        |list: &[(String, Node)]| list.iter().find(|(known, _)| *known == name).map(|(_, node)| node.clone());
    let body =
        find(&examples.bodies).or_else(|| (!endpoint.body.is_empty()).then(|| needed_body(endpoint, form)));
    let query = match find(&examples.queries) {
        Some(Node::Text(query)) => query,
        _ => query(endpoint, examples),
    };
    Example { path: path(endpoint, examples), query, body }
}

fn path(endpoint: &Endpoint, examples: &Examples) -> String {
    let mut path = endpoint.path.clone();
    for parameter in endpoint.parameters.iter().filter(|parameter| parameter.in_path) {
        let value = value(&parameter.name, &parameter.kind, None, examples);
        path = path.replace(&format!("{{{}}}", parameter.name), &plain(&value));
    }
    path
}

/// Only what a request cannot do without.
fn query(endpoint: &Endpoint, examples: &Examples) -> String {
    let required = endpoint.parameters.iter().filter(|one| !one.in_path && one.required);
    let pairs = required.map(|one| match &one.kind {
        Kind::Object(_) => format!("{0}[pageSize]=20&{0}[currentPage]=1", one.name),
        kind => format!("{}={}", one.name, plain(&value(&one.name, kind, None, examples))),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn needed_body(endpoint: &Endpoint, form: &Form) -> Node {
    let member = |field: &Field| {
        let below = format!("/{}/", field.name);
        let needs: Vec<&str> = endpoint.needs.iter().filter_map(|of| of.strip_prefix(&below)).collect();
        let node = match &field.kind {
            Kind::Object(name) => object(form, name, &needs, DEEPEST),
            kind => value(&field.name, kind, Some(field), &form.examples),
        };
        (field.name.clone(), node)
    };
    Node::Map(endpoint.body.iter().filter(|field| field.required).map(member).collect())
}

/// Objects that need objects of their own kind end somewhere.
const DEEPEST: usize = 4;

fn object(form: &Form, name: &str, needs: &[&str], deepest: usize) -> Node {
    let fields = form.types.get(name).map_or(&[][..], |of| &of.fields);
    let wanted = |field: &&Field| {
        Direction::Sent.carries(field)
            && (field.required || needs.contains(&field.name.as_str()))
            && deepest > 0
    };
    let member = |field: &Field| {
        let node = match &field.kind {
            Kind::Object(inner) => object(form, inner, &[], deepest - 1),
            Kind::List(item) => match &**item {
                Kind::Object(inner) => Node::List(vec![object(form, inner, &[], deepest - 1)]),
                kind => Node::List(vec![value(&field.name, kind, Some(field), &form.examples)]),
            },
            kind => value(&field.name, kind, Some(field), &form.examples),
        };
        (field.name.clone(), node)
    };
    Node::Map(fields.iter().filter(wanted).map(member).collect())
}

/// The value that stands under this name, else one of the kind.
fn value(name: &str, kind: &Kind, field: Option<&Field>, examples: &Examples) -> Node {
    if let Some((_, node)) = examples.values.iter().find(|(known, _)| known == name) {
        return match (kind, node) {
            (Kind::String, Node::Number(number)) => Node::text(number),
            _ => node.clone(),
        };
    }
    let notes = field.map(|field| &field.notes);
    match (notes.and_then(|notes| notes.values.as_ref()), notes.and_then(|notes| notes.format)) {
        (Some(Values::Integers(list)), _) => Node::Number(list.first().copied().unwrap_or(1).to_string()),
        (Some(Values::Strings(list)), _) => Node::text(list.first().cloned().unwrap_or_default()),
        (None, Some(format)) => Node::text(formatted(format)),
        (None, None) => of_kind(kind),
    }
}

fn of_kind(kind: &Kind) -> Node {
    match kind {
        Kind::String | Kind::Mixed => Node::text("text"),
        Kind::Integer => Node::Number("1".to_owned()),
        Kind::Number => Node::Number("1.5".to_owned()),
        Kind::Boolean => Node::Bool(true),
        Kind::Object(_) => Node::Map(Vec::new()),
        Kind::List(_) => Node::List(Vec::new()),
    }
}

fn formatted(format: Format) -> &'static str {
    match format {
        Format::Email => "ada@example.com",
        Format::Date => "1990-12-10",
        Format::DateTime => "2024-01-01 00:00:00",
        Format::Country => "US",
        Format::Digits => "1",
        Format::Uuid => "b5a1f1c6-3f4d-4f6e-9f1a-1d2c3b4a5e6f",
        Format::Json => "{}",
        Format::Url => "https://shop.example/",
    }
}

/// As it stands in a path or query: `%2B` for `+`, which a store reads as a space.
fn plain(node: &Node) -> String {
    let text = match node {
        Node::Text(text) | Node::Number(text) => text.clone(),
        Node::Bool(value) => value.to_string(),
        _ => String::new(),
    };
    let byte = |byte: u8| match byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Whether an example has only members that the contract has, of its kinds.
fn fits(form: &Form, fields: &[Field], at: &At<'_>) -> Result<()> {
    for (name, inner) in at.members()? {
        let field = fields.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| inner.refuse("the contract has no such field"))?;
        if !Direction::Sent.carries(field) {
            return Err(inner.refuse("the store does not take this field"));
        }
        fits_kind(form, &field.kind, &inner)?;
    }
    Ok(())
}

fn fits_kind(form: &Form, kind: &Kind, at: &At<'_>) -> Result<()> {
    match (kind, at.node) {
        (Kind::Mixed, _)
        | (Kind::String, Node::Text(_))
        | (Kind::Integer | Kind::Number, Node::Number(_))
        | (Kind::Boolean, Node::Bool(_)) => Ok(()),
        (Kind::Object(name), Node::Map(_)) => {
            fits(form, form.types.get(name).map_or(&[][..], |of| &of.fields), at)
        }
        (Kind::List(item), Node::List(_)) => at.list()?.iter().try_for_each(|one| fits_kind(form, item, one)),
        _ => Err(at.refuse(&format!("the contract says {kind:?}, this is {}", at.node.kind()))),
    }
}

fn refuse_unmet(endpoint: &Endpoint, body: &Node) -> Result<()> {
    let required =
        endpoint.body.iter().filter(|field| field.required).map(|field| format!("/{}", field.name));
    for pointer in required.chain(endpoint.needs.iter().cloned()) {
        let mut at = Some(At::root(body));
        for step in pointer.split('/').skip(1) {
            at = at.and_then(|at| at.get(step));
        }
        at.with_context(|| format!("{pointer} is needed and missing"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
