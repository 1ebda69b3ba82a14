//! From a request body to the data objects the store works with.
//!
//! This is what `ServiceInputProcessor` does: every sent key is looked up as a
//! method of the declared interface, every value is cast to the declared type,
//! and what cannot be cast refuses the request with the enclosing fields named
//! from the inside out. Keys of the result are the contract's own
//! (`groupId` becomes `group_id`); a `null` stays, so that "sent as null" and
//! "not sent" remain two things.

use super::finding::{Findings, Phrase, Place};
use super::own::Own;
use super::rules;
use super::shape::{Field, Kind, Shape};
use super::{Store, custom, limits, php};
use crate::json::{Object, Path, Value};
use crate::release::{Band, Release};

/// Builds data objects and notes what the store refuses on the way.
pub(crate) struct Coercion<'a> {
    pub(crate) store: &'a Store<'a>,
    pub(crate) findings: &'a mut Findings,
    pub(crate) reading: Reading,
}

/// How a kind of request is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) spellings: Spellings,
    /// The most objects in a list; `None` where nothing limits them.
    list_items: Option<i64>,
    /// Whether a customer may be a scalar, which makes an empty one.
    pub(crate) takes_scalars: bool,
}

impl Reading {
    /// A synchronous POST.
    pub(crate) fn of_post(store: &Store<'_>) -> Self {
        Self::answered_at_once(Spellings::of_post(store.release), store)
    }

    /// A synchronous PUT.
    pub(crate) fn of_put(store: &Store<'_>) -> Self {
        Self::answered_at_once(Spellings::of_put(store.release), store)
    }

    /// An item of a bulk request, or the body of an asynchronous one.
    pub(crate) fn of_queued(store: &Store<'_>) -> Self {
        let list_items = limits::queued_list_items(store);
        Reading { list_items, takes_scalars: true, ..Reading::of_put(store) }
    }

    /// What drops keys by their letter case takes a list or an object only.
    fn answered_at_once(spellings: Spellings, store: &Store<'_>) -> Self {
        let takes_scalars = spellings != Spellings::FirstOfCase;
        Reading { spellings, list_items: limits::list_items(store), takes_scalars }
    }
}

/// What happens to a key that is another spelling of one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spellings {
    /// Both are read: the last value counts.
    All,
    /// The first counts among keys that differ in letter case only.
    FirstOfCase,
    /// The first counts among keys that differ in letter case and underscores.
    FirstOfLetters,
}

impl Spellings {
    /// What a synchronous POST of that release does.
    pub(crate) fn of_post(release: Release) -> Self {
        const CASE: Band = Band::since(&[(4, 2), (5, 1)]).until(&[(4, 9), (5, 8), (6, 6), (7, 1)]);
        if CASE.holds(release) { Spellings::FirstOfCase } else { Spellings::All }
    }

    /// What a synchronous PUT and every item of a bulk request of that release do.
    ///
    /// Source: `module-webapi/Controller/Rest/InputParamsResolver.php`.
    pub(crate) fn of_put(release: Release) -> Self {
        const LETTERS: Band = Band::since(&[(4, 9), (5, 8), (6, 6), (7, 1)]);
        if LETTERS.holds(release) { Spellings::FirstOfLetters } else { Self::of_post(release) }
    }

    /// A parameter of the call, as a body has it beside others: `null` counts as none.
    ///
    /// Of keys that differ in letter case only both are left here, whatever happens below.
    pub(crate) fn parameter<'v>(self, body: &'v Value, name: &str) -> Option<&'v Value> {
        let members = body.as_object()?;
        let dropped = || {
            let before = members.iter().map(|(key, _)| key).take_while(|key| *key != name);
            self == Spellings::FirstOfLetters && self.drops(name, before)
        };
        members.get(name).filter(|value| !value.is_null() && !dropped())
    }

    /// Whether the key is dropped because one of those before it is the same.
    fn drops<'k>(self, key: &str, mut before: impl Iterator<Item = &'k str>) -> bool {
        let letters = |key: &str| key.chars().filter(|c| *c != '_').collect::<String>();
        match self {
            Spellings::All => false,
            Spellings::FirstOfCase => before.any(|other| other.eq_ignore_ascii_case(key)),
            Spellings::FirstOfLetters => {
                let key = letters(key);
                before.any(|other| letters(other).eq_ignore_ascii_case(&key))
            }
        }
    }
}

impl Coercion<'_> {
    /// A text that is a parameter of the call, by the first of its names that is set.
    pub(crate) fn text_parameter(&mut self, body: &Value, names: &[&str]) -> Option<Value> {
        let spellings = self.reading.spellings;
        let (name, sent) = names.iter().find_map(|name| Some((name, spellings.parameter(body, name)?)))?;
        self.scalar(sent, "string", &Path::root().key(name))
    }

    /// A data object; anything but an array or object gives an empty one.
    pub(crate) fn object(&mut self, shape: &'static Shape, sent: &Value, path: &Path<'_>) -> Object {
        let mut object = Object::new();
        match sent {
            Value::Object(members) => {
                for (at, (key, value)) in members.iter().enumerate() {
                    let before = members.iter().take(at).map(|(key, _)| key);
                    if !self.reading.spellings.drops(key, before) {
                        self.member(shape, &mut object, key, value, path);
                    }
                }
            }
            Value::Array(items) => {
                for (i, value) in items.iter().enumerate() {
                    self.member(shape, &mut object, &i.to_string(), value, path);
                }
            }
            _ => {}
        }
        object
    }

    fn member(
        &mut self,
        shape: &'static Shape,
        object: &mut Object,
        key: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        let path = path.key(key);
        let own = self.own_field(shape, key);
        let Some(field) = shape.field(key).filter(|_| !matches!(own, Own::Absent)) else {
            return match own {
                Own::Field(field) => self.own_member(field, object, key, value, &path),
                Own::Absent | Own::Unasked => self.refuse_unknown(key, &path),
            };
        };
        let mark = self.findings.mark();
        let coerced = self.value(field, value, &path);
        self.findings.wrap_since(mark, key);
        if let Some(coerced) = coerced {
            self.refuse_script(key, &coerced, &path);
            object.remove(field.name);
            object.insert(field.name, coerced);
        }
    }

    /// The value as the declared type; `None` when it was refused.
    fn value(&mut self, field: &'static Field, value: &Value, path: &Path<'_>) -> Option<Value> {
        match field.kind {
            Kind::Text => self.scalar(value, "string", path),
            Kind::Integer => self.scalar(value, "int", path),
            Kind::LooseInteger => self.scalar(value, "integer", path),
            Kind::Boolean(name) => self.scalar(value, name, path),
            Kind::Texts => self.texts(value, path),
            Kind::Object(shape) => Some(self.object(shape, value, path).into()),
            Kind::Objects(shape) => Some(self.objects(shape, value, path)),
            Kind::Custom(entity) => custom::coerce(self, entity, value, path).map(Value::from),
        }
    }

    /// A scalar cast to the PHP type of that name; `null` passes as it is.
    pub(crate) fn scalar(&mut self, value: &Value, kind: &'static str, path: &Path<'_>) -> Option<Value> {
        if value.is_null() {
            return Some(Value::Null);
        }
        if php::is_array(value) {
            self.refuse_type("array", kind, path);
            return None;
        }
        match kind {
            "int" if !php::is_numeric(value) => {
                self.refuse_type(&php::text(value), kind, path);
                None
            }
            "int" | "integer" => Some(php::integer(value).into()),
            "bool" | "boolean" => Some(php::boolean(value).into()),
            "double" => Some(php::double_text(php::double(value)).into()),
            _ => Some(php::text(value).into()),
        }
    }

    /// A list of texts, as a street is.
    fn texts(&mut self, value: &Value, path: &Path<'_>) -> Option<Value> {
        let value = without_soap_item(value);
        let items: Vec<&Value> = match &value {
            Sent::As(Value::Null) => {
                self.findings.crash(&rules::NULL_LIST, Place::Pointer(path.to_string()));
                return None;
            }
            Sent::As(Value::Array(items)) => items.iter().collect(),
            Sent::As(Value::Object(members)) => members.iter().map(|(_, value)| value).collect(),
            Sent::Alone(item) => vec![*item],
            Sent::As(scalar) => {
                self.refuse_type(php::type_name(scalar), "string[]", path);
                return None;
            }
        };
        if items.iter().any(|item| php::is_array(item)) {
            self.findings.fail(&rules::NESTED_TEXT, Place::Pointer(path.to_string()));
            return None;
        }
        Some(items.into_iter().map(php::text).collect::<Vec<_>>().into())
    }

    /// A list of data objects; a scalar gives none, a single object counts as a map of them.
    fn objects(&mut self, shape: &'static Shape, value: &Value, path: &Path<'_>) -> Value {
        match without_soap_item(value) {
            Sent::As(Value::Array(items)) => {
                self.count(items.len(), shape, path);
                let each = items.iter().enumerate();
                each.map(|(i, item)| self.object(shape, item, &path.index(i))).collect::<Vec<_>>().into()
            }
            Sent::As(Value::Object(members)) => {
                self.count(members.len(), shape, path);
                let each = members.iter();
                each.map(|(key, item)| self.object(shape, item, &path.key(key))).collect::<Vec<_>>().into()
            }
            Sent::Alone(item) => vec![self.object(shape, item, path)].into(),
            Sent::As(_) => Value::Null,
        }
    }

    /// Refuses a list of more objects than a request may hold.
    fn count(&mut self, items: usize, shape: &Shape, path: &Path<'_>) {
        const WORDS: &str = "Maximum items of type \"%type\" is %max";
        let most = self.reading.list_items;
        if !limits::exceeds(items, most) {
            return;
        }
        let words = Phrase::named(WORDS, &[("type", shape.class.into()), ("max", most.into())]);
        self.findings.refuse(&rules::LIST_ITEMS, Place::Pointer(path.to_string()), words);
    }

    pub(super) fn refuse_unknown(&mut self, key: &str, path: &Path<'_>) {
        let place = Place::Pointer(path.to_string());
        if rules::UNKNOWN_FIELD.releases.holds(self.store.release) {
            const WORDS: &str = "\"%fieldName\" is not supported. Correct the field name and try again.";
            let words = Phrase::named(WORDS, &[("fieldName", php::upper_camel(key).into())]);
            self.findings.refuse(&rules::UNKNOWN_FIELD, place, words);
        } else {
            self.findings.fail(&rules::UNKNOWN_FIELD_FAILS, place);
        }
    }

    pub(super) fn refuse_type(&mut self, shown: &str, kind: &str, path: &Path<'_>) {
        let message = format!(
            "The \"{shown}\" value's type is invalid. The \"{kind}\" type was expected. Verify and try again."
        );
        self.findings.refuse_wrapped(&rules::TYPE, Place::Pointer(path.to_string()), message);
    }

    pub(super) fn refuse_script(&mut self, key: &str, value: &Value, path: &Path<'_>) {
        const WORDS: &str = "\"%field_name\" does not contains valid value.";
        let holds = rules::SCRIPT.releases.holds(self.store.release);
        if holds && value.as_str().is_some_and(has_script) {
            let place = Place::Pointer(path.to_string());
            self.findings.refuse(&rules::SCRIPT, place, Phrase::named(WORDS, &[("field_name", key.into())]));
        }
    }
}

/// Whether the text holds a script element, start and end.
pub(crate) fn has_script(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find("<script") {
        rest = rest.get(at + 7..).unwrap_or_default();
        let word_goes_on = rest.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        if !word_goes_on && rest.split_once('>').is_some_and(|(_, inside)| inside.contains("</script>")) {
            return true;
        }
    }
    false
}

/// A list as it was sent, or the one item of a list that came as `{"item": …}`.
enum Sent<'a> {
    As(&'a Value),
    Alone(&'a Value),
}

/// Takes off the `item` node that SOAP puts around the items of a list, which REST takes too.
///
/// What is numbered from 0 on is the list; anything else, an empty list too, is its one item.
fn without_soap_item(value: &Value) -> Sent<'_> {
    let numbered =
        |members: &Object| members.iter().map(|(key, _)| key).eq((0..members.len()).map(|at| at.to_string()));
    match value.get("item").filter(|item| !item.is_null()) {
        None => Sent::As(value),
        Some(list @ Value::Array(items)) if !items.is_empty() => Sent::As(list),
        Some(list @ Value::Object(members)) if !members.is_empty() && numbered(members) => Sent::As(list),
        Some(item) => Sent::Alone(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_element_needs_its_end() {
        assert!(has_script("<script>alert(1)</script>"));
        assert!(has_script("a<SCRIPT src=x >\n</Script>"));
        assert!(!has_script("<script>alert(1)"));
        assert!(!has_script("<scripts>x</script>"));
    }
}
