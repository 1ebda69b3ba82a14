//! The types of the contract as Swagger's definitions.

use std::collections::BTreeSet;

use magewright::contract::{self, Contract, Endpoint, Field, Kind, TypeId};
use magewright::json::{Object, Value};
use magewright::profile::Section;

use crate::shop::Shop;

/// Every definition that the endpoints reach, and that of refusals.
pub(super) fn reached(shop: &Shop, shown: &[&Endpoint]) -> Value {
    let kinds = shown.iter().flat_map(|endpoint| {
        let body = endpoint.body.iter().filter(|field| has(shop, field)).map(|field| field.kind);
        body.chain(endpoint.reply)
    });
    let mut waiting: BTreeSet<TypeId> = kinds.filter_map(mentioned).collect();
    waiting.insert(contract::ERROR_RESPONSE);
    let mut done = BTreeSet::new();
    let mut out = Object::new();
    while let Some(id) = waiting.pop_first() {
        if !done.insert(id) {
            continue;
        }
        let fields = Contract::built_in().fields(id);
        let more = fields.iter().filter(|field| has(shop, field)).filter_map(|field| mentioned(field.kind));
        waiting.extend(more.filter(|id| !done.contains(id)));
        out.insert(name(id), self::fields(shop, fields));
    }
    describe_errors(&mut out);
    out.into()
}

/// What Magento publishes of the parameters of a refusal: in truth they are an object or a list of anything.
const ERROR_PARAMETER: &str = "error-parameters-item";

/// Refusals are described as Magento does in every document.
///
/// Source: module-webapi, `Model/Rest/Swagger/Generator.php`.
fn describe_errors(definitions: &mut Object) {
    let parameters = object([
        ("type", "array".into()),
        ("items", object([("$ref", format!("#/definitions/{ERROR_PARAMETER}").into())])),
    ]);
    for id in [contract::ERROR_RESPONSE, contract::ERROR_ITEM] {
        let of = definitions.get_mut(&name(id)).and_then(Value::as_object_mut);
        let properties = of.and_then(|of| of.get_mut("properties")).and_then(Value::as_object_mut);
        if let Some(properties) = properties {
            properties.insert("parameters", parameters.clone());
        }
    }
    let texts = ["resources", "fieldName", "fieldValue"].map(|name| (name, named("string")));
    let parameter = object([("type", "object".into()), ("properties", object(texts))]);
    definitions.insert(ERROR_PARAMETER, parameter);
}

/// The schema of an object with these fields.
pub(super) fn fields(shop: &Shop, fields: &[Field]) -> Value {
    let here = || fields.iter().filter(|field| has(shop, field));
    let required: Vec<&str> = here().filter(|field| field.required).map(|field| &*field.name).collect();
    let mut out = Object::new();
    out.insert("type", "object");
    if here().next().is_some() {
        let property = |field: &Field| (field.name.to_string(), schema(field.kind));
        out.insert("properties", here().map(property).collect::<Object>());
    }
    if !required.is_empty() {
        out.insert("required", required);
    }
    out.into()
}

/// Modules that add fields and are no part of Magento Open Source.
const BEYOND_OPEN_SOURCE: [&str; 1] = ["Magento_Company"];

/// Whether a module that adds fields is part of Magento Open Source.
pub(crate) fn is_open_source(module: &str) -> bool {
    !BEYOND_OPEN_SOURCE.contains(&module)
}

/// Whether the release and the store's modules have a field. A store that tells nothing of
/// its modules counts as Open Source.
fn has(shop: &Shop, field: &Field) -> bool {
    let profile = &shop.profile;
    let module = |name: &str| {
        if profile.knows(Section::Modules) {
            profile.modules.iter().any(|module| module == name)
        } else {
            is_open_source(name)
        }
    };
    field.rules.band.holds(shop.release) && field.rules.module.is_none_or(module)
}

/// The schema of a value. What may be anything, Magento publishes as a string.
pub(super) fn schema(kind: Kind) -> Value {
    let list = |items: Value| object([("type", "array".into()), ("items", items)]);
    match kind {
        Kind::String | Kind::Mixed => named("string"),
        Kind::Integer => named("integer"),
        Kind::Number => named("number"),
        Kind::Boolean => named("boolean"),
        Kind::Object(id) => reference(id),
        Kind::Objects(id) => list(reference(id)),
        Kind::Strings | Kind::List => list(named("string")),
        Kind::Integers => list(named("integer")),
        Kind::Numbers => list(named("number")),
        Kind::Booleans => list(named("boolean")),
    }
}

fn named(kind: &str) -> Value {
    object([("type", kind.into())])
}

pub(super) fn reference(id: TypeId) -> Value {
    object([("$ref", format!("#/definitions/{}", name(id)).into())])
}

fn mentioned(kind: Kind) -> Option<TypeId> {
    match kind {
        Kind::Object(id) | Kind::Objects(id) => Some(id),
        _ => None,
    }
}

/// Magento's name of a type; one that Magento does not publish is called as a module would.
fn name(id: TypeId) -> String {
    let Some(of) = Contract::built_in().get(id) else { return "unknown".to_owned() };
    if !of.definition.is_empty() {
        return of.definition.to_string();
    }
    let words = crate::ask::snake(&of.name).replace('_', "-");
    format!("{}-interface", words.trim_start_matches('-'))
}

pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Object::from_iter(members).into()
}

pub(super) fn list_of(items: impl Iterator<Item = Value>) -> Value {
    Value::Array(items.collect())
}
