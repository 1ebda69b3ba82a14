//! Magento's Swagger 2.0, as far as its generator writes it and publishers rewrite it.
//!
//! Anything else is refused with its place: a keyword that would change the
//! meaning of a type must not be overlooked.

mod kinds;
mod remarks;

use std::collections::BTreeSet;

use anyhow::Result;

use super::contract::{Endpoint, Field, Kind, Parameter};
use super::names;
use super::node::{At, Node};
use remarks::Remarks;
pub(crate) use remarks::Unread;

/// A Swagger document whose paths and definitions can be asked for.
pub(crate) struct Swagger<'a> {
    pub(crate) version: Option<&'a str>,
    root: At<'a>,
    paths: At<'a>,
    definitions: At<'a>,
    remarks: Remarks,
}

/// All that Magento routes.
const METHODS: [&str; 4] = ["get", "post", "put", "delete"];
/// What may stand beside the methods of a path.
const BESIDE_METHODS: [&str; 4] = ["parameters", "summary", "description", "servers"];

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
            return Err(version.refuse("only Swagger 2.0 is known, which Magento writes, and OpenAPI 3"));
        }
        let info = root.get("info").and_then(|info| info.get("version"));
        Ok(Swagger {
            version: info.and_then(|at| at.text().ok()),
            paths: root.need("paths")?,
            definitions: root.need("definitions")?,
            root,
            remarks: Remarks::new(skip_broken),
        })
    }

    /// What a reader should be told of the document, each with its place; and what could not be read.
    pub(crate) fn remarks(&self) -> (Vec<String>, Vec<Unread>) {
        self.remarks.told()
    }

    /// The services that the document lists, as a store does and a published one does not.
    pub(crate) fn services(&self) -> BTreeSet<String> {
        let tags = self.root.get("tags").and_then(|tags| tags.list().ok()).unwrap_or_default();
        let names = tags.iter().filter_map(|tag| tag.get("name")?.text().ok());
        names.filter(|name| is_service(name)).map(str::to_owned).collect()
    }

    pub(crate) fn has(&self, definition: &str) -> bool {
        self.definitions.get(definition).is_some()
    }

    /// The fields of a definition that is an object.
    pub(crate) fn fields(&self, definition: &str) -> Result<Vec<Field>> {
        let of_module = names::is_of_module(definition).then_some(definition);
        let fields = self.definitions.need(definition).and_then(|at| self.object(&at, of_module));
        match of_module {
            Some(definition) => {
                self.remarks.or_skip(fields, Vec::new(), || Unread::Type(definition.to_owned()))
            }
            None => fields,
        }
    }

    /// The endpoints whose path is wanted, in document order.
    pub(crate) fn endpoints(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<Endpoint>> {
        let mut endpoints: Vec<Endpoint> = Vec::new();
        for (path, item) in self.paths.members()?.into_iter().filter(|(path, _)| wanted(path)) {
            let shared = item.get("parameters").map(|list| list.list()).transpose()?.unwrap_or_default();
            // A store routes `/V1/customers/` as it does `/V1/customers`.
            let path = path.strip_suffix('/').unwrap_or(path);
            for (method, operation) in item.members()? {
                if BESIDE_METHODS.contains(&method) || method.starts_with("x-") {
                    continue;
                }
                let name = method.to_ascii_uppercase();
                if endpoints.iter().any(|known| known.path == path && known.method == name) {
                    return Err(operation.refuse("the endpoint stands twice in the document"));
                }
                if !METHODS.contains(&method) {
                    match method {
                        "patch" | "head" | "options" | "trace" => {
                            self.remarks.note("a method that Magento does not route", &operation);
                            continue;
                        }
                        _ => return Err(operation.refuse("neither a known method nor an `x-` key")),
                    }
                }
                let unread = || Unread::Endpoint(name.clone(), path.to_owned());
                let endpoint = self.endpoint(path, &name, &operation, &shared).map(Some);
                endpoints.extend(self.remarks.or_skip(endpoint, None, unread)?);
            }
        }
        Ok(endpoints)
    }

    fn endpoint(&self, path: &str, method: &str, at: &At<'a>, shared: &[At<'a>]) -> Result<Endpoint> {
        let operation = at.get("operationId").map(|id| id.text()).transpose()?.unwrap_or_default();
        let mut endpoint = Endpoint {
            method: method.to_owned(),
            path: path.to_owned(),
            operation: operation.to_owned(),
            service: service(at)?,
            parameters: Vec::new(),
            body: Vec::new(),
            reply: self.reply(at)?,
        };
        let own = at.get("parameters").map(|list| list.list()).transpose()?.unwrap_or_default();
        for parameter in shared.iter().chain(&own) {
            let parameter = self.resolved(parameter)?;
            match parameter.need("in")?.text()? {
                "body" => endpoint.body = self.object(&parameter.need("schema")?, None)?,
                place @ ("path" | "query") => {
                    let parameter = self.parameter(&parameter, place)?;
                    endpoint.parameters.retain(|known| known.field.name != parameter.field.name);
                    endpoint.parameters.push(parameter);
                }
                "header" | "cookie" => {
                    self.remarks.note("a parameter in a header, which a contract does not hold", &parameter)
                }
                other => return Err(parameter.refuse(&format!("a parameter in `{other}`"))),
            }
        }
        Ok(endpoint)
    }

    /// A parameter, or the one of `/parameters` that it refers to.
    fn resolved(&self, parameter: &At<'a>) -> Result<At<'a>> {
        let Some(target) = parameter.get("$ref") else { return Ok(parameter.clone()) };
        let name = target.text()?.strip_prefix("#/parameters/");
        let found = name.and_then(|name| self.root.get("parameters")?.get(name));
        found.ok_or_else(|| target.refuse("there is no such parameter; the document is cut or edited"))
    }

    fn parameter(&self, at: &At<'a>, place: &str) -> Result<Parameter> {
        let required = at.get("required").map(|flag| flag.boolean()).transpose()?.unwrap_or(false);
        let name = at.need("name")?.text()?.to_owned();
        let kind = self.kind(at, &["name", "in", "required", "collectionFormat"], 0)?;
        Ok(Parameter { field: Field { name, kind, required }, place: place.to_owned() })
    }

    /// What a success answers with.
    fn reply(&self, operation: &At<'a>) -> Result<Option<Kind>> {
        let Some(responses) = operation.get("responses") else { return Ok(None) };
        let success = responses.members()?.into_iter().find(|(status, _)| status.starts_with('2'));
        let schema = success.and_then(|(_, reply)| reply.get("schema"));
        schema.map(|schema| self.kind(&schema, &[], 0)).transpose()
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
