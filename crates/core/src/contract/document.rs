//! What one release has, as a document for people and programs.

use super::{Beyond, Contract, Endpoint, Field, Parameter, Values, Way};
use crate::json::{Object, Value};
use crate::release::Release;

impl Contract {
    /// Types and endpoints of one release, with what Magento's own schema leaves out.
    ///
    /// `$defs` hold JSON Schema's words where it has any (`readOnly`, `writeOnly`, `enum`); `x-secret` marks
    /// what must not be shown, `x-cut` and `x-refused` the length beyond which a store cuts or refuses. An
    /// endpoint has `method`, `path`, `access`, `parameters`, `body`, `reply`, `needs` and `core`. The document
    /// can be read back by [`Contract::from_document`].
    ///
    /// ```
    /// use magewright::contract::Contract;
    /// let contract = Contract::built_in().of_release("2.4.7".parse()?);
    /// let prefix = contract.pointer("/$defs/Customer/properties/prefix").unwrap();
    /// assert_eq!(prefix.to_string(), r#"{"type":"string","x-cut":40}"#);
    /// assert!(Contract::from_document(&contract).is_ok());
    /// # Ok::<(), magewright::release::UnknownRelease>(())
    /// ```
    #[must_use]
    pub fn of_release(&self, release: Release) -> Value {
        let types = self.types.iter().map(|of| {
            let there = of.fields.iter().filter(|field| field.rules.band.holds(release));
            (of.name.to_string(), self.object(there, &of.definition))
        });
        let endpoints = self.endpoints.iter().filter(|endpoint| endpoint.band.holds(release));
        let mut out = Object::new();
        out.insert("release", release.to_string());
        out.insert("$defs", types.collect::<Object>());
        out.insert("endpoints", endpoints.map(|one| self.endpoint_value(one)).collect::<Vec<_>>());
        out.into()
    }

    pub(super) fn object<'f>(&self, fields: impl Iterator<Item = &'f Field>, definition: &str) -> Value {
        let (mut properties, mut required) = (Object::new(), Vec::new());
        for field in fields {
            properties.insert(&*field.name, annotated(self.schema(field.kind), field));
            required.extend(field.required.then(|| Value::from(&*field.name)));
        }
        let mut out = Object::new();
        if !definition.is_empty() {
            out.insert("x-definition", definition);
        }
        out.insert("type", "object");
        out.insert("properties", properties);
        out.insert("required", required);
        out.into()
    }

    fn endpoint_value(&self, of: &Endpoint) -> Value {
        let mut out = Object::new();
        out.insert("method", of.method.as_str());
        out.insert("path", &*of.path);
        out.insert("operation", &*of.operation);
        out.insert("access", of.access.resource());
        let parameters = of.parameters.iter().map(|one| self.parameter(one));
        out.insert("parameters", parameters.collect::<Vec<_>>());
        if !of.body.is_empty() {
            out.insert("body", self.object(of.body.iter(), ""));
        }
        if let Some(kind) = of.reply {
            out.insert("reply", self.schema(kind));
        }
        let needs = of.needs.iter().map(|pointer| Value::from(*pointer));
        out.insert("needs", needs.collect::<Vec<_>>());
        out.insert("core", of.core);
        out.into()
    }

    fn parameter(&self, of: &Parameter) -> Value {
        let mut out = Object::new();
        out.insert("name", &*of.name);
        out.insert("in", if of.in_path { "path" } else { "query" });
        out.insert("required", of.required);
        out.insert("schema", self.schema(of.kind));
        out.into()
    }
}

/// A schema with what the store does beyond it.
fn annotated(mut schema: Value, field: &Field) -> Value {
    let Value::Object(out) = &mut schema else { return schema };
    let rules = field.rules;
    match rules.way {
        Way::Both => {}
        Way::ReadOnly => out.insert("readOnly", true),
        Way::WriteOnly => out.insert("writeOnly", true),
    }
    match rules.values {
        Values::Any => {}
        Values::Integers(list) => {
            out.insert("enum", list.iter().map(|one| Value::from(*one)).collect::<Vec<_>>())
        }
        Values::Strings(list) => {
            out.insert("enum", list.iter().map(|one| Value::from(*one)).collect::<Vec<_>>())
        }
    }
    if let Some(limit) = rules.limit {
        out.insert(if limit.beyond == Beyond::Cut { "x-cut" } else { "x-refused" }, u64::from(limit.size));
    }
    if rules.secret {
        out.insert("x-secret", true);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(release: &str) -> Value {
        Contract::built_in().of_release(release.parse().unwrap())
    }

    #[test]
    fn a_release_has_its_own_fields_and_endpoints_only() {
        let field = "/$defs/CustomerExtension/properties/all_company_attributes";
        assert!(document("2.4.9").pointer(field).is_some());
        assert!(document("2.4.7").pointer(field).is_none());
        let paths = |release: &str| {
            let document = document(release);
            let endpoints = document.get("endpoints").and_then(Value::as_array).unwrap();
            endpoints.len()
        };
        assert!(paths("2.4.4") <= paths("2.4.9") && paths("2.4.4") > 40);
    }

    #[test]
    fn what_the_schema_leaves_out_is_told() {
        let document = document("2.4.7-p3");
        let told = |pointer: &str| document.pointer(pointer).map(ToString::to_string);
        assert_eq!(told("/$defs/Customer/properties/gender/enum").as_deref(), Some("[0,1,2,3]"));
        assert_eq!(told("/$defs/Customer/properties/updated_at/readOnly").as_deref(), Some("true"));
        assert!(told("/$defs/Customer/properties/addresses").unwrap().contains("#/$defs/Address"));
    }

    #[test]
    fn it_reads_back_as_the_same_types() {
        let newest = format!("2.4.{}", crate::generated::tables::NEWEST_LINE);
        let read = Contract::from_document(&document(&newest)).unwrap();
        assert_eq!(
            read.fields(super::super::CUSTOMER).len(),
            Contract::built_in().fields(super::super::CUSTOMER).len()
        );
    }
}
