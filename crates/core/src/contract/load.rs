//! A contract read at run time: a release that came later, or a shop with modules of its own.

use std::borrow::Cow;
use std::fmt;

use super::source::Source;
use super::{
    Access, Contract, Endpoint, Field, Kind, Method, Parameter, Rules, SEARCH_CRITERIA, Type, TypeId,
};
use crate::generated::tables;
use crate::json::{self, Object, Path, Value};
use crate::release::Band;

/// A document that is no contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAContract(Box<Wrong>);

/// What is wrong, behind a pointer: every reader of a part may return it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    pointer: String,
    why: String,
}

impl NotAContract {
    pub(super) fn new(path: &Path<'_>, why: &str) -> Self {
        NotAContract(Box::new(Wrong { pointer: path.to_string(), why: why.to_owned() }))
    }

    pub(crate) fn why(&self) -> &str {
        &self.0.why
    }

    /// The place in the document, as a JSON Pointer.
    ///
    /// ```
    /// use magewright::contract::Contract;
    /// let error = Contract::from_json(br#"{"$defs":[]}"#).unwrap_err();
    /// assert_eq!(error.pointer(), "/$defs");
    /// ```
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }
}

impl fmt::Display for NotAContract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.0.pointer.is_empty() { "the document" } else { &self.0.pointer };
        write!(
            f,
            "{place}: {}; give a contract document, or a store's own schema as it serves it at /rest/all/schema",
            self.0.why
        )
    }
}

impl std::error::Error for NotAContract {}

impl Contract {
    /// Reads a contract document, as `cargo xtask schema import` writes it, or a store's own
    /// schema, the Swagger 2.0 that it serves at `/rest/all/schema?services=…`.
    ///
    /// The types it shares with the built-in contract keep their ids and what
    /// the overlay says of their fields; what it has beyond them becomes known.
    /// A field that it has counts as there, whatever its module and releases.
    /// Types and endpoints that it lacks stay those of the built-in contract. Of a store's
    /// own schema only the customer and what it holds are read.
    ///
    /// # Errors
    ///
    /// For text that is not JSON, and for a type, reference or method that is not understood.
    ///
    /// ```
    /// use magewright::contract::{CUSTOMER_EXTENSION, Contract, Kind};
    ///
    /// let document = br##"{"release": "our shop", "endpoints": [], "$defs": {
    ///   "CustomerExtension": {"x-definition": "customer-data-customer-extension-interface",
    ///     "type": "object", "properties": {"card": {"$ref": "#/$defs/LoyaltyCard"}}},
    ///   "LoyaltyCard": {"x-definition": "acme-loyalty-data-card-interface",
    ///     "type": "object", "properties": {"points": {"type": "integer"}}}}}"##;
    /// let contract = Contract::from_json(document)?;
    /// let (_, card) = contract.field(CUSTOMER_EXTENSION, 0, "card").unwrap();
    /// assert_eq!(card.kind, Kind::Object(contract.find("LoyaltyCard").unwrap()));
    /// # Ok::<(), magewright::contract::NotAContract>(())
    /// ```
    pub fn from_json(bytes: &[u8]) -> Result<Contract, NotAContract> {
        let document =
            json::parse(bytes).map_err(|error| NotAContract::new(&Path::root(), &error.to_string()))?;
        Contract::from_document(&document)
    }

    /// The same for a document that is read already.
    ///
    /// # Errors
    ///
    /// For a type, reference or method that is not understood.
    ///
    /// ```
    /// use magewright::contract::{CUSTOMER_EXTENSION, Contract, Kind};
    /// let schema = magewright::json::parse(br##"{"swagger": "2.0", "definitions": {
    ///   "customer-data-customer-interface": {"type": "object", "properties": {
    ///     "extension_attributes": {"$ref": "#/definitions/customer-data-customer-extension-interface"}}},
    ///   "customer-data-customer-extension-interface": {"type": "object",
    ///     "properties": {"points": {"type": "integer"}}}}}"##)?;
    /// let contract = Contract::from_document(&schema)?;
    /// assert_eq!(contract.field(CUSTOMER_EXTENSION, 0, "points").unwrap().1.kind, Kind::Integer);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_document(document: &Value) -> Result<Contract, NotAContract> {
        let source = Source::of(document)?;
        let names = Names::of(&source)?;
        let types = names.types(&source)?;
        let endpoints = match source.is_swagger {
            true => Cow::Borrowed(&tables::ENDPOINTS[..]),
            false => names.endpoints(document.get("endpoints"), &Path::root().key("endpoints"))?.into(),
        };
        Ok(Contract { types: types.into(), endpoints })
    }

    /// The types of a document, with the built-in endpoints.
    pub(crate) fn types_of(document: &Value) -> Result<Contract, NotAContract> {
        let source = Source::of(document)?;
        let types = Names::of(&source)?.types(&source)?;
        Ok(Contract { types: types.into(), endpoints: Cow::Borrowed(&tables::ENDPOINTS[..]) })
    }
}

/// The place of every type: the built-in ones first, then the document's own.
struct Names<'a> {
    /// In the order of their names.
    ids: Vec<(&'a str, TypeId)>,
    prefix: &'static str,
}

impl<'a> Names<'a> {
    fn of(source: &Source<'a>) -> Result<Self, NotAContract> {
        let built_in = Contract::built_in().types.iter().map(|of| source.name_of(of));
        let own = source.definitions.iter().map(|(name, _)| *name);
        let own = own.filter(|name| Contract::built_in().types.iter().all(|of| source.name_of(of) != *name));
        let names: Vec<_> = built_in.chain(own).collect();
        if names.len() > usize::from(u16::MAX) {
            return Err(NotAContract::new(&Path::root().key(source.member), "more than 65535 types"));
        }
        let mut ids: Vec<_> = names.into_iter().zip((0..).map(TypeId)).collect();
        ids.sort_unstable();
        Ok(Names { ids, prefix: source.prefix })
    }

    fn id(&self, name: &str) -> Option<TypeId> {
        let at = self.ids.binary_search_by_key(&name, |(known, _)| known).ok()?;
        self.ids.get(at).map(|(_, id)| *id)
    }

    fn types(&self, source: &Source<'a>) -> Result<Vec<Type>, NotAContract> {
        let root = Path::root();
        let mut types = Contract::built_in().types.to_vec();
        for (name, definition) in &source.definitions {
            let known = self.id(name).and_then(|id| types.get_mut(usize::from(id.0)));
            let path = root.key(source.member);
            let path = path.key(name);
            let fields = known.as_ref().map_or(&[][..], |of| &of.fields);
            let fields = self.fields(definition, fields, &path)?.into();
            match known {
                Some(known) => known.fields = fields,
                None => {
                    let magento = definition.get("x-definition").and_then(Value::as_str);
                    let magento = magento.unwrap_or(if source.is_swagger { name } else { "" }).to_owned();
                    types.push(Type {
                        name: Cow::Owned((*name).to_owned()),
                        definition: magento.into(),
                        fields,
                    });
                }
            }
        }
        Ok(types)
    }

    fn fields(&self, of: &Value, known: &[Field], path: &Path<'_>) -> Result<Vec<Field>, NotAContract> {
        // To PHP an object without members is `[]`.
        let written = |properties: &&Value| properties.as_array().is_none_or(|list| !list.is_empty());
        let Some(properties) = of.get("properties").filter(written) else { return Ok(Vec::new()) };
        let path = path.key("properties");
        let required = of.get("required").and_then(Value::as_array).unwrap_or_default();
        let mut fields = Vec::new();
        for (name, schema) in object(Some(properties), &path)?.iter() {
            let known = known.iter().find(|field| field.name == name);
            let kind = self.kind(schema, &path.key(name))?;
            fields.push(Field {
                name: Cow::Owned(name.to_owned()),
                // The schema calls a value of any type a string; the overlay knows better.
                kind: if known.is_some_and(|field| field.kind == Kind::Mixed) { Kind::Mixed } else { kind },
                required: required.iter().any(|one| one.as_str() == Some(name)),
                rules: known.map_or(&Rules::NONE, |field| field.rules.when_present()),
            });
        }
        Ok(fields)
    }

    fn kind(&self, schema: &Value, path: &Path<'_>) -> Result<Kind, NotAContract> {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let name = target.strip_prefix(self.prefix).and_then(|name| self.id(name));
            return name
                .map(Kind::Object)
                .ok_or_else(|| NotAContract::new(path, "a reference to no type of the document"));
        }
        Ok(match schema.get("type").and_then(Value::as_str) {
            Some("string") => Kind::String,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("object") => Kind::Mixed,
            Some("array") => {
                let items =
                    schema.get("items").ok_or_else(|| NotAContract::new(path, "a list without `items`"))?;
                self.kind(items, &path.key("items"))?.listed()
            }
            _ => return Err(NotAContract::new(path, "neither a known `type` nor a `$ref`")),
        })
    }

    /// The document's endpoints, then the built-in ones that it lacks.
    fn endpoints(&self, list: Option<&Value>, path: &Path<'_>) -> Result<Vec<Endpoint>, NotAContract> {
        let list =
            list.and_then(Value::as_array).ok_or_else(|| NotAContract::new(path, "no list of endpoints"))?;
        let mut endpoints = Vec::with_capacity(list.len());
        for (at, one) in list.iter().enumerate() {
            endpoints.push(self.endpoint(one, &path.index(at))?);
        }
        for built_in in Contract::built_in().endpoints() {
            let same = |one: &Endpoint| one.method == built_in.method && one.path == built_in.path;
            if !endpoints.iter().any(same) {
                endpoints.push(built_in.clone());
            }
        }
        Ok(endpoints)
    }

    fn endpoint(&self, one: &Value, path: &Path<'_>) -> Result<Endpoint, NotAContract> {
        let text = |key| {
            one.get(key).and_then(Value::as_str).ok_or_else(|| NotAContract::new(&path.key(key), "no text"))
        };
        let method = Method::from_name(text("method")?);
        let method = method
            .ok_or_else(|| NotAContract::new(&path.key("method"), "a method that Magento does not route"))?;
        let known = Contract::built_in().endpoint(method, text("path")?);
        let body_path = path.key("body");
        let body = one
            .get("body")
            .map(|body| self.fields(body, known.map_or(&[][..], |endpoint| &endpoint.body), &body_path));
        Ok(Endpoint {
            method,
            path: Cow::Owned(text("path")?.to_owned()),
            operation: Cow::Owned(text("operation")?.to_owned()),
            parameters: self.parameters(one.get("parameters"), &path.key("parameters"))?.into(),
            body: body.transpose()?.unwrap_or_default().into(),
            reply: one.get("reply").map(|reply| self.kind(reply, &path.key("reply"))).transpose()?,
            access: known.map_or(Access::Unknown, |endpoint| endpoint.access),
            service: known.map_or("", |endpoint| endpoint.service),
            needs: known.map_or(&[], |endpoint| endpoint.needs),
            forced: known.map_or(&[], |endpoint| endpoint.forced),
            core: known.is_some_and(|endpoint| endpoint.core),
            instead: known.map_or("", |endpoint| endpoint.instead),
            band: Band::ALL,
        })
    }

    /// A search that the schema flattens into `searchCriteria[...]` is one parameter.
    fn parameters(&self, list: Option<&Value>, path: &Path<'_>) -> Result<Vec<Parameter>, NotAContract> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (at, one) in list.and_then(Value::as_array).unwrap_or_default().iter().enumerate() {
            let path = path.index(at);
            let name = one
                .get("name")
                .and_then(Value::as_str)
                .ok_or_else(|| NotAContract::new(&path, "no `name`"))?;
            let (name, flattened) = name.split_once('[').map_or((name, false), |(name, _)| (name, true));
            if parameters.iter().any(|seen| seen.name == name) {
                continue;
            }
            let schema = one.get("schema").ok_or_else(|| NotAContract::new(&path, "no `schema`"))?;
            parameters.push(Parameter {
                name: Cow::Owned(name.to_owned()),
                kind: if flattened { Kind::Object(SEARCH_CRITERIA) } else { self.kind(schema, &path)? },
                in_path: one.get("in").and_then(Value::as_str) == Some("path"),
                required: flattened || one.get("required").and_then(Value::as_bool) == Some(true),
            });
        }
        Ok(parameters)
    }
}

pub(super) fn object<'a>(value: Option<&'a Value>, path: &Path<'_>) -> Result<&'a Object, NotAContract> {
    value.and_then(Value::as_object).ok_or_else(|| NotAContract::new(path, "no object"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{CUSTOMER, CUSTOMER_EXTENSION};

    fn load(definitions: &str, endpoints: &str) -> Result<Contract, NotAContract> {
        Contract::from_json(format!(r#"{{"$defs":{{{definitions}}},"endpoints":[{endpoints}]}}"#).as_bytes())
    }

    #[test]
    fn what_a_shop_lacks_stays_built_in() {
        let contract = load("", "").unwrap();
        assert_eq!(contract.types(), Contract::built_in().types());
        assert_eq!(contract.endpoints(), Contract::built_in().endpoints());
    }

    #[test]
    fn a_field_that_is_there_needs_no_module() {
        let own =
            r#""CustomerExtension":{"type":"object","properties":{"assistance_allowed":{"type":"integer"}}}"#;
        let contract = load(own, "").unwrap();
        let (_, field) = contract.field(CUSTOMER_EXTENSION, 0, "assistance_allowed").unwrap();
        assert_eq!(field.rules.module, None);
        assert!(field.rules.band == Band::ALL && field.rules.values != Rules::NONE.values);
        assert!(contract.field(CUSTOMER_EXTENSION, 0, "is_subscribed").is_none());
    }

    #[test]
    fn a_shops_own_route_is_known_without_its_permission() {
        let route = r##"{"method":"GET","path":"/V1/customers/{id}/cards","operation":"Get",
            "reply":{"type":"array","items":{"$ref":"#/$defs/Customer"}},
            "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}},
              {"name":"searchCriteria[pageSize]","in":"query","required":false,"schema":{"type":"integer"}},
              {"name":"searchCriteria[currentPage]","in":"query","required":false,"schema":{"type":"integer"}}]}"##;
        let contract = load("", route).unwrap();
        let endpoint = contract.endpoint(Method::Get, "/V1/customers/{id}/cards").unwrap();
        assert_eq!((endpoint.access, endpoint.core), (Access::Unknown, false));
        assert_eq!(endpoint.reply, Some(Kind::Objects(CUSTOMER)));
        assert_eq!(endpoint.parameters.len(), 2);
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_place() {
        let field = |schema: &str| format!(r#""Own":{{"type":"object","properties":{{"a/b":{schema}}}}}"#);
        for (definitions, endpoints, said) in [
            (
                field(r#"{"type":"date"}"#),
                "",
                "/$defs/Own/properties/a~1b: neither a known `type` nor a `$ref`",
            ),
            (field(r##"{"$ref":"#/$defs/Gone"}"##), "", "a reference to no type of the document"),
            (field(r#"{"type":"array"}"#), "", "a list without `items`"),
            (
                String::new(),
                r#"{"method":"PATCH"}"#,
                "/endpoints/0/method: a method that Magento does not route",
            ),
            (String::new(), r#"{"method":"GET"}"#, "/endpoints/0/path: no text"),
        ] {
            let message = load(&definitions, endpoints).unwrap_err().to_string();
            assert!(message.contains(said), "{message}");
        }
        for text in ["", "[]", "{}", r#"{"$defs":[]}"#, r#"{"$defs":{}}"#, r#"{"swagger":"2.0"}"#] {
            let message = Contract::from_json(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains("give a contract document"), "{message}");
        }
    }
}
