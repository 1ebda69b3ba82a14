//! An XML document as the array that the store makes of it.
//!
//! Source: Magento `Framework/Xml/Parser.php`.

use super::undecodable;
use crate::json::{Object, Value};
use crate::outcome::Refusal;
use crate::xml::{self, Element, Fault, Node};

/// What stands in the root element.
pub(super) fn read(body: &[u8]) -> Result<Value, Box<Refusal>> {
    let text = str::from_utf8(body).map_err(|_| Box::new(undecodable()))?;
    match xml::parse(text) {
        Ok(root) => value(&root),
        Err(Fault::Malformed) => Err(undecodable().into()),
        Err(Fault::Unsupported(what)) => {
            Err(Refusal::new(415, format!("{what} is not modelled: send JSON")).into())
        }
    }
}

/// An element's value: null for an empty one, what stands in it, and beside it the attributes.
fn value(element: &Element) -> Result<Value, Box<Refusal>> {
    let value = if element.nodes.is_empty() { Value::Null } else { content(&element.nodes)? };
    if element.attributes.is_empty() {
        return Ok(value);
    }
    let attributes =
        element.attributes.iter().map(|(name, value)| (name.as_str(), Value::from(value.as_str())));
    let parts = [("_value", value), ("_attribute", Value::Object(attributes.collect()))];
    Ok(Value::Object(parts.into_iter().collect()))
}

/// The last text that is more than white space, or the elements after it.
fn content(nodes: &[Node]) -> Result<Value, Box<Refusal>> {
    let mut content = Value::from("");
    for node in nodes {
        match node {
            Node::Aside => {}
            Node::Text(text) if text.bytes().all(is_trimmed) => {}
            Node::Text(text) | Node::Data(text) => content = text.as_str().into(),
            Node::Element(child) => content = with(content, child)?,
        }
    }
    Ok(content)
}

/// What PHP's `trim` takes away.
fn is_trimmed(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\0' | b'\x0b')
}

/// Elements after a text fail in the store, unless PHP takes the text for nothing.
fn with(content: Value, child: &Element) -> Result<Value, Box<Refusal>> {
    let mut members = match content {
        Value::Object(members) => members,
        Value::String(text) if matches!(text.as_str(), "" | "0") => Object::new(),
        _ => return Err(Refusal::php_failure().into()),
    };
    let value = value(child)?;
    match members.get_mut(&child.name).filter(|held| !held.is_null()) {
        Some(held) => join(held, value),
        None => members.insert(child.name.as_str(), value),
    }
    Ok(Value::Object(members))
}

/// Elements of one name become a list; a list of texts becomes one item when elements follow.
fn join(held: &mut Value, value: Value) {
    match held {
        Value::Array(items) if is_same_kind(items, &value) => items.push(value),
        _ => *held = Value::Array(vec![std::mem::replace(held, Value::Null), value]),
    }
}

fn is_same_kind(items: &[Value], value: &Value) -> bool {
    let holds = |value: &Value| matches!(value, Value::Object(_) | Value::Array(_));
    !holds(value) || items.first().is_some_and(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::php_answers;

    fn read_text(text: &str) -> String {
        match read(text.as_bytes()) {
            Ok(value) => value.to_string(),
            Err(refusal) => format!("{} {}", refusal.status, refusal.message.trim_end()),
        }
    }

    #[test]
    fn documents_are_what_php_makes_of_them() {
        for line in php_answers::lines("documents") {
            let [Value::String(document), told] = line.as_slice() else { panic!("{line:?}") };
            let read = match read(document.as_bytes()) {
                Ok(value) => value,
                Err(refusal) if refusal.status == 500 => "no array".into(),
                Err(refusal) => refusal.message.as_str().into(),
            };
            assert_eq!(&read, told, "{document}");
        }
    }

    #[test]
    fn what_is_not_modelled_is_no_answer_of_a_store() {
        assert_eq!(
            read_text("<!DOCTYPE a><a/>"),
            "415 an XML document with a document type is not modelled: send JSON"
        );
        assert_eq!(read(b"<a>\xff</a>"), Err(undecodable().into()));
    }
}
