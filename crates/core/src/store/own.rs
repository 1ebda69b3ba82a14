//! Members that a shop's modules add, as its own schema declares them.
//!
//! They are cast as every declared type is. What a module then makes of a value is its own
//! affair; it is taken to keep it.

use super::coerce::Coercion;
use super::php;
use super::shape::Shape;
use crate::contract::{Field, Kind, TypeId};
use crate::json::{self, Object, Path, Value};
use crate::store::Store;

/// What a shop's own schema says of a member.
pub(super) enum Own<'a> {
    /// Nothing: there is no such schema, or modules do not add to this object.
    Unasked,
    /// That the object has no such member.
    Absent,
    /// How it is declared.
    Field(&'a Field),
}

impl<'a> Coercion<'a> {
    /// What the shop's schema says of a key. That of the SaaS edition is published, and no shop adds to it.
    pub(super) fn own_field(&self, shape: &Shape, key: &str) -> Own<'a> {
        let Store { profile, release, .. } = self.store;
        let told = profile.schema.is_some() || release.is_saas();
        let Some(id) = shape.open.filter(|_| told) else { return Own::Unasked };
        let declared = self.declared(id, key);
        match declared.filter(|field| profile.schema.is_some() || field.rules.band.holds(*release)) {
            Some(field) => Own::Field(field),
            None => Own::Absent,
        }
    }

    /// The field of a type that a sent key means: `card_no`, `cardNo` and `CardNo` are one.
    fn declared(&self, id: TypeId, key: &str) -> Option<&'a Field> {
        let store = self.store;
        let contract = store.profile.contract();
        let camel = || {
            let mut fields = contract.fields(id).iter();
            fields.find(|field| php::is_upper_camel_of(&php::upper_camel(&field.name), key))
        };
        contract.field(id, 0, key).map(|(_, field)| field).or_else(camel)
    }

    /// Casts a member and puts it in under the name it is declared with.
    pub(super) fn own_member(
        &mut self,
        field: &Field,
        object: &mut Object,
        key: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        let mark = self.findings.mark();
        let cast = self.own_value(field.kind, value, path);
        self.findings.wrap_since(mark, key);
        if let Some(cast) = cast {
            self.refuse_script(key, &cast, path);
            object.remove(&field.name);
            object.insert(&*field.name, cast);
        }
    }

    fn own_value(&mut self, kind: Kind, value: &Value, path: &Path<'_>) -> Option<Value> {
        match kind {
            Kind::String => self.scalar(value, "string", path),
            Kind::Integer => self.scalar(value, "int", path),
            Kind::Number => self.number(value, path),
            Kind::Boolean => self.scalar(value, "bool", path),
            Kind::Object(_) | Kind::Objects(_) if value.is_null() => Some(Value::Null),
            Kind::Object(id) => Some(self.own_object(id, value, path).into()),
            Kind::Objects(id) => {
                self.own_list(value, path, &|this, item, path| Some(this.own_object(id, item, path).into()))
            }
            Kind::Strings => {
                self.own_list(value, path, &|this, item, path| this.scalar(item, "string", path))
            }
            Kind::Integers => self.own_list(value, path, &|this, item, path| this.scalar(item, "int", path)),
            Kind::Numbers => self.own_list(value, path, &Self::number),
            Kind::Booleans => self.own_list(value, path, &|this, item, path| this.scalar(item, "bool", path)),
            Kind::Mixed | Kind::List => Some(value.clone()),
        }
    }

    fn number(&mut self, value: &Value, path: &Path<'_>) -> Option<Value> {
        match value {
            Value::Null | Value::Number(_) => Some(value.clone()),
            _ if php::is_array(value) => {
                self.refuse_type("array", "float", path);
                None
            }
            _ => json::parse(php::double_text(php::double(value)).as_bytes()).ok(),
        }
    }

    fn own_object(&mut self, id: TypeId, value: &Value, path: &Path<'_>) -> Object {
        let mut object = Object::new();
        for (key, value) in value.as_object().into_iter().flat_map(Object::iter) {
            let path = path.key(key);
            match self.declared(id, key) {
                Some(field) => self.own_member(field, &mut object, key, value, &path),
                None => self.refuse_unknown(key, &path),
            }
        }
        object
    }

    /// A list; what is none is refused as PHP's cast to one does.
    fn own_list(
        &mut self,
        value: &Value,
        path: &Path<'_>,
        each: &dyn Fn(&mut Self, &Value, &Path<'_>) -> Option<Value>,
    ) -> Option<Value> {
        let items: Vec<&Value> = match value {
            Value::Null => return Some(Value::Null),
            Value::Array(items) => items.iter().collect(),
            Value::Object(members) => members.iter().map(|(_, item)| item).collect(),
            _ => {
                self.refuse_type(php::type_name(value), "array", path);
                return None;
            }
        };
        let mut cast = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            cast.push(each(self, item, &path.index(at))?);
        }
        Some(Value::Array(cast))
    }
}
