//! A contract as a document again.

use super::{Contract, Kind, TypeId};
use crate::json::{Object, Value};

impl Contract {
    /// The types that differ from the built-in ones, as a contract document without endpoints.
    ///
    /// ```
    /// use magewright::contract::Contract;
    /// let document = Contract::built_in().to_document();
    /// assert_eq!(document.to_string(), r#"{"$defs":{},"endpoints":[]}"#);
    /// assert_eq!(&Contract::from_document(&document)?, Contract::built_in());
    /// # Ok::<(), magewright::contract::NotAContract>(())
    /// ```
    #[must_use]
    pub fn to_document(&self) -> Value {
        let built_in = Contract::built_in().types();
        let own = self.types.iter().enumerate().filter(|(at, of)| built_in.get(*at) != Some(of));
        let definitions: Object =
            own.map(|(_, of)| (of.name.to_string(), self.object(of.fields.iter(), &of.definition))).collect();
        let mut document = Object::new();
        document.insert("$defs", definitions);
        document.insert("endpoints", Value::Array(Vec::new()));
        document.into()
    }

    pub(super) fn schema(&self, kind: Kind) -> Value {
        match kind {
            Kind::String => named("string"),
            Kind::Integer => named("integer"),
            Kind::Number => named("number"),
            Kind::Boolean => named("boolean"),
            Kind::Mixed => named("object"),
            Kind::Object(id) => self.reference(id),
            Kind::Objects(id) => list(self.reference(id)),
            Kind::Strings => list(named("string")),
            Kind::Integers => list(named("integer")),
            Kind::Numbers => list(named("number")),
            Kind::Booleans => list(named("boolean")),
            Kind::List => list(named("object")),
        }
    }

    fn reference(&self, id: TypeId) -> Value {
        let name = self.get(id).map_or("", |of| &of.name);
        [("$ref".to_owned(), Value::from(format!("#/$defs/{name}")))].into_iter().collect::<Object>().into()
    }
}

fn named(name: &str) -> Value {
    [("type".to_owned(), Value::from(name))].into_iter().collect::<Object>().into()
}

fn list(items: Value) -> Value {
    let mut out = Object::new();
    out.insert("type", "array");
    out.insert("items", items);
    out.into()
}
