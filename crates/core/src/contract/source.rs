//! Where a contract is read from: a contract document, or the Swagger 2.0 that a store serves.

use std::collections::BTreeSet;

use super::load::{NotAContract, object};
use super::{Contract, Type};
use crate::json::{Object, Path, Value};

/// The definitions of a document and how they are named there.
pub(super) struct Source<'a> {
    pub(super) is_swagger: bool,
    /// The member of the document that holds the definitions.
    pub(super) member: &'static str,
    /// What stands before a name in a reference.
    pub(super) prefix: &'static str,
    pub(super) definitions: Vec<(&'a str, &'a Value)>,
}

/// The customer, from which everything else in a store's schema is reached.
const CUSTOMER: &str = "customer-data-customer-interface";

impl<'a> Source<'a> {
    pub(super) fn of(document: &'a Value) -> Result<Self, NotAContract> {
        match document.get("swagger") {
            None => Self::contract(document),
            Some(version) if version.as_str() == Some("2.0") => Self::swagger(document),
            Some(_) => Err(NotAContract::new(&Path::root().key("swagger"), "only Swagger 2.0 is known")),
        }
    }

    fn contract(document: &'a Value) -> Result<Self, NotAContract> {
        let member = "$defs";
        let definitions = object(document.get(member), &Path::root().key(member))?.iter().collect();
        Ok(Source { is_swagger: false, member, prefix: "#/$defs/", definitions })
    }

    fn swagger(document: &'a Value) -> Result<Self, NotAContract> {
        let (member, prefix) = ("definitions", "#/definitions/");
        let all = object(document.get(member), &Path::root().key(member))?;
        if all.get(CUSTOMER).is_none() {
            let why =
                "no customers in it: ask the store for services=all, with a token that may see customers";
            return Err(NotAContract::new(&Path::root().key(member), why));
        }
        let definitions = reached(all, prefix);
        // They keep Magento's names, which are never those that this library gives.
        let clash = |(name, _): &&(&str, &Value)| Contract::built_in().find(name).is_some();
        match definitions.iter().find(clash) {
            Some((name, _)) => {
                let path = Path::root();
                let path = path.key(member);
                Err(NotAContract::new(&path.key(name), "not named as a store names its definitions"))
            }
            None => Ok(Source { is_swagger: true, member, prefix, definitions }),
        }
    }

    /// What the document calls a built-in type.
    pub(super) fn name_of(&self, of: &'static Type) -> &'static str {
        if self.is_swagger { &of.definition } else { &of.name }
    }
}

/// The customer's definition and all that it holds, in the document's order.
fn reached<'a>(all: &'a Object, prefix: &str) -> Vec<(&'a str, &'a Value)> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![CUSTOMER];
    while let Some(name) = waiting.pop() {
        if found.insert(name) {
            let properties = all.get(name).and_then(|of| of.get("properties")).and_then(Value::as_object);
            waiting.extend(
                properties.into_iter().flat_map(Object::iter).filter_map(|(_, of)| target(of, prefix)),
            );
        }
    }
    all.iter().filter(|(name, _)| found.contains(name)).collect()
}

/// The definition that a property refers to, itself or for its items.
fn target<'a>(property: &'a Value, prefix: &str) -> Option<&'a str> {
    let mut schema = property;
    while let Some(items) = schema.get("items") {
        schema = items;
    }
    schema.get("$ref")?.as_str()?.strip_prefix(prefix)
}
