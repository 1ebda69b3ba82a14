//! Magento's Swagger 2.0, as far as its generator writes it.
//!
//! Anything else is refused with its place: a keyword that would change the
//! meaning of a type must not be overlooked.

use std::cell::RefCell;

use anyhow::Result;

use super::contract::{Endpoint, Field, Kind, Parameter};
use super::names;
use super::node::{At, Node};

/// A Swagger document whose paths and definitions can be asked for.
pub(crate) struct Swagger<'a> {
    pub(crate) version: Option<&'a str>,
    paths: At<'a>,
    definitions: At<'a>,
    /// What modules have broken and was left out; `None` when that is refused.
    skipped: Option<RefCell<Vec<String>>>,
}

/// Keywords that say nothing of a value's type.
const REMARKS: [&str; 7] = ["description", "title", "example", "default", "xml", "format", "externalDocs"];
/// All that Magento routes.
const METHODS: [&str; 4] = ["get", "post", "put", "delete"];
/// Aliases of aliases deeper than this are a cycle.
const MAX_ALIASES: usize = 16;

impl<'a> Swagger<'a> {
    /// Reads a document; `skip_broken` leaves out what a module got wrong instead of refusing all.
    pub(crate) fn read(node: &'a Node, skip_broken: bool) -> Result<Swagger<'a>> {
        let root = At::root(node);
        let version = root.get("swagger").ok_or_else(|| {
            root.refuse(
                "`swagger` is missing; give a store's /rest/all/schema?services=all or a published document",
            )
        })?;
        if version.text()? != "2.0" {
            return Err(version.refuse("only Swagger 2.0 is known, which is what Magento writes"));
        }
        let info = root.get("info").and_then(|info| info.get("version"));
        Ok(Swagger {
            version: info.and_then(|at| at.text().ok()),
            paths: root.need("paths")?,
            definitions: root.need("definitions")?,
            skipped: skip_broken.then(RefCell::default),
        })
    }

    /// What was left out, each with its place.
    pub(crate) fn skipped(&self) -> Vec<String> {
        self.skipped.as_ref().map(|list| list.borrow().clone()).unwrap_or_default()
    }

    /// The result, or `instead` when it may be skipped.
    fn or_skip<T>(&self, result: Result<T>, instead: T) -> Result<T> {
        match (&self.skipped, result) {
            (Some(list), Err(error)) => {
                list.borrow_mut().push(error.to_string());
                Ok(instead)
            }
            (_, result) => result,
        }
    }

    pub(crate) fn has(&self, definition: &str) -> bool {
        self.definitions.get(definition).is_some()
    }

    /// The fields of a definition that is an object.
    pub(crate) fn fields(&self, definition: &str) -> Result<Vec<Field>> {
        let of_module = names::is_of_module(definition);
        let fields = self.definitions.need(definition).and_then(|at| self.object(&at, of_module));
        if of_module { self.or_skip(fields, Vec::new()) } else { fields }
    }

    /// The endpoints whose path is wanted, in document order.
    pub(crate) fn endpoints(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<Endpoint>> {
        let mut endpoints = Vec::new();
        for (path, item) in self.paths.members()?.into_iter().filter(|(path, _)| wanted(path)) {
            for (method, operation) in item.members()? {
                match method {
                    _ if METHODS.contains(&method) => {
                        let endpoint = self.endpoint(path, method, &operation).map(Some);
                        endpoints.extend(self.or_skip(endpoint, None)?);
                    }
                    _ if method.starts_with("x-") => {}
                    _ => return Err(operation.refuse("neither a known method nor an `x-` key")),
                }
            }
        }
        Ok(endpoints)
    }

    fn endpoint(&self, path: &str, method: &str, at: &At<'a>) -> Result<Endpoint> {
        let mut endpoint = Endpoint {
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            operation: at.need("operationId")?.text()?.to_owned(),
            service: service(at)?,
            parameters: Vec::new(),
            body: Vec::new(),
            reply: self.reply(at)?,
        };
        for parameter in at.get("parameters").map(|list| list.list()).transpose()?.unwrap_or_default() {
            match parameter.need("in")?.text()? {
                "body" => endpoint.body = self.object(&parameter.need("schema")?, false)?,
                place @ ("path" | "query") => endpoint.parameters.push(self.parameter(&parameter, place)?),
                other => return Err(parameter.refuse(&format!("a parameter in `{other}`"))),
            }
        }
        Ok(endpoint)
    }

    fn parameter(&self, at: &At<'a>, place: &str) -> Result<Parameter> {
        let required = at.get("required").map(|flag| flag.boolean()).transpose()?.unwrap_or(false);
        let name = at.need("name")?.text()?.to_owned();
        let kind = self.kind(at, &["name", "in", "required", "collectionFormat"], 0)?;
        Ok(Parameter { field: Field { name, kind, required }, place: place.to_owned() })
    }

    fn reply(&self, operation: &At<'a>) -> Result<Option<Kind>> {
        let success = operation.need("responses")?.get("200");
        let schema = success.and_then(|reply| reply.get("schema"));
        schema.map(|schema| self.kind(&schema, &[], 0)).transpose()
    }

    /// The fields of an object; in one of a module's, a broken field may be anything.
    fn object(&self, at: &At<'a>, of_module: bool) -> Result<Vec<Field>> {
        let kind = at.need("type")?;
        if kind.text()? != "object" {
            return Err(kind.refuse("expected the type `object`"));
        }
        refuse_unknown(at, &["type", "properties", "required"])?;
        let required = self.required(at)?;
        let properties = at.get("properties").map(|at| at.members()).transpose()?.unwrap_or_default();
        if let Some((name, place)) =
            required.iter().find(|(name, _)| properties.iter().all(|(p, _)| p != name))
        {
            return Err(place.refuse(&format!("`{name}` is required but not among the properties")));
        }
        let field = |(name, at): &(&str, At<'a>)| {
            let required = required.iter().any(|(required, _)| required == name);
            let kind = self.kind(at, &[], 0);
            let kind = if of_module { self.or_skip(kind, Kind::Anything)? } else { kind? };
            Ok(Field { name: (*name).to_owned(), kind, required })
        };
        properties.iter().map(field).collect()
    }

    fn required(&self, at: &At<'a>) -> Result<Vec<(&'a str, At<'a>)>> {
        let Some(list) = at.get("required") else { return Ok(Vec::new()) };
        list.list()?.into_iter().map(|at| Ok((at.text()?, at))).collect()
    }

    /// The kind a schema describes. Definitions stay as names (Magento's); a
    /// definition that is no object stands for its own kind.
    fn kind(&self, at: &At<'a>, beside: &[&str], aliases: usize) -> Result<Kind> {
        if let Some(target) = at.get("$ref") {
            return self.reference(&target, aliases);
        }
        let kind = at.need("type")?;
        let known: &[&str] = match kind.text()? {
            "array" => &["type", "items"],
            _ => &["type"],
        };
        refuse_unknown(at, &[known, beside].concat())?;
        Ok(match kind.text()? {
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            "object" => Kind::Anything,
            "array" => Kind::List(Box::new(self.kind(&at.need("items")?, &[], aliases)?)),
            other => {
                let known = "string, integer, number, boolean, array and object are known";
                return Err(kind.refuse(&format!("unknown type `{other}`; {known}")));
            }
        })
    }

    fn reference(&self, target: &At<'a>, aliases: usize) -> Result<Kind> {
        let name = target.text()?.strip_prefix("#/definitions/");
        let name = name.ok_or_else(|| target.refuse("only references to `#/definitions/` are known"))?;
        let Some(definition) = self.definitions.get(name) else {
            return Err(
                target.refuse(&format!("there is no definition `{name}`; the document is cut or edited"))
            );
        };
        if definition.need("type")?.text()? == "object" {
            return Ok(Kind::Object(name.to_owned()));
        }
        if aliases >= MAX_ALIASES {
            return Err(target.refuse(&format!("`{name}` refers to itself without an object between")));
        }
        self.kind(&definition, &[], aliases + 1)
    }
}

/// A live store tags an operation with its service (`customerCustomerRepositoryV1`),
/// a published document with its path.
fn service(operation: &At<'_>) -> Result<Option<String>> {
    let tags = operation.get("tags").map(|tags| tags.list()).transpose()?.unwrap_or_default();
    let names = tags.iter().map(At::text).collect::<Result<Vec<_>>>()?;
    Ok(names.into_iter().find(|name| is_service(name)).map(str::to_owned))
}

fn is_service(tag: &str) -> bool {
    let version = tag.trim_end_matches(|c: char| c.is_ascii_digit());
    version.len() < tag.len()
        && version.len() > 1
        && version.ends_with('V')
        && version.bytes().all(|b| b.is_ascii_alphanumeric())
        && tag.starts_with(|c: char| c.is_ascii_lowercase())
}

fn refuse_unknown(at: &At<'_>, known: &[&str]) -> Result<()> {
    for (keyword, place) in at.members()? {
        if !known.contains(&keyword) && !REMARKS.contains(&keyword) && !keyword.starts_with("x-") {
            return Err(place.refuse(&format!("the keyword `{keyword}` is not understood here")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_name_is_told_from_a_path() {
        for (tag, is) in [
            ("customerCustomerRepositoryV1", true),
            ("acmeCardV12", true),
            ("customers", false),
            ("customers/{customerId}", false),
            ("V1", false),
            ("directory/currencyV1", false),
        ] {
            assert_eq!(is_service(tag), is, "{tag}");
        }
    }
}
