//! A JSON value that keeps the order of keys, and a cursor that knows its place.

use std::collections::HashSet;
use std::fmt;

use anyhow::{Error, Result, anyhow};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value: keys in document order, numbers as text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Node::Text(text.into())
    }

    /// A map of the pairs whose value is there.
    pub(crate) fn map<const N: usize>(pairs: [(&str, Option<Node>); N]) -> Self {
        Node::Map(pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
    }

    /// What this is, in words for a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "a text",
            Node::List(_) => "a list",
            Node::Map(_) => "an object",
        }
    }
}

/// Whether all keys of a map differ; the first that does not, otherwise.
pub(crate) fn repeated_key(pairs: &[(String, Node)]) -> Option<&str> {
    let mut seen = HashSet::with_capacity(pairs.len());
    pairs.iter().map(|(key, _)| key.as_str()).find(|key| !seen.insert(*key))
}

/// A value together with its place in the document, a JSON Pointer.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    pub(crate) node: &'a Node,
    place: String,
}

impl<'a> At<'a> {
    pub(crate) fn root(node: &'a Node) -> Self {
        At { node, place: String::new() }
    }

    /// The member of that name, when this is an object that has one.
    pub(crate) fn get(&self, key: &str) -> Option<At<'a>> {
        let Node::Map(pairs) = self.node else { return None };
        let (_, node) = pairs.iter().find(|(k, _)| k == key)?;
        Some(self.step(key, node))
    }

    /// The member of that name, or an error that says it is missing.
    pub(crate) fn need(&self, key: &str) -> Result<At<'a>> {
        self.get(key).ok_or_else(|| self.refuse(&format!("`{key}` is missing")))
    }

    pub(crate) fn text(&self) -> Result<&'a str> {
        match self.node {
            Node::Text(text) => Ok(text),
            other => Err(self.refuse(&format!("expected a text, found {}", other.kind()))),
        }
    }

    pub(crate) fn boolean(&self) -> Result<bool> {
        match self.node {
            Node::Bool(value) => Ok(*value),
            other => Err(self.refuse(&format!("expected a boolean, found {}", other.kind()))),
        }
    }

    pub(crate) fn list(&self) -> Result<Vec<At<'a>>> {
        match self.node {
            Node::List(items) => {
                Ok(items.iter().enumerate().map(|(i, node)| self.step(&i.to_string(), node)).collect())
            }
            other => Err(self.refuse(&format!("expected a list, found {}", other.kind()))),
        }
    }

    /// The members of an object; PHP writes one without members as `[]`.
    pub(crate) fn members(&self) -> Result<Vec<(&'a str, At<'a>)>> {
        match self.node {
            Node::List(items) if items.is_empty() => Ok(Vec::new()),
            Node::Map(pairs) => Ok(pairs.iter().map(|(k, node)| (k.as_str(), self.step(k, node))).collect()),
            other => Err(self.refuse(&format!("expected an object, found {}", other.kind()))),
        }
    }

    /// Where this is, as a JSON Pointer.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// An error that names this place.
    pub(crate) fn refuse(&self, why: &str) -> Error {
        let place = if self.place.is_empty() { "the top of the document" } else { &self.place };
        anyhow!("at {place}: {why}")
    }

    fn step(&self, key: &str, node: &'a Node) -> At<'a> {
        At { node, place: format!("{}/{}", self.place, key.replace('~', "~0").replace('/', "~1")) }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = members.next_entry::<String, Node>()? {
            pairs.push(pair);
        }
        match repeated_key(&pairs) {
            Some(key) => Err(de::Error::custom(format!("the key `{key}` stands twice in one object"))),
            None => Ok(Node::Map(pairs)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_names_its_place() {
        let node: Node = serde_json::from_str(r#"{"paths":{"/V1/a~b":[1]}}"#).unwrap();
        let item = At::root(&node).need("paths").unwrap().need("/V1/a~b").unwrap().list().unwrap();
        assert_eq!(item[0].refuse("no").to_string(), "at /paths/~1V1~1a~0b/0: no");
        assert!(At::root(&node).need("x").unwrap_err().to_string().starts_with("at the top"));
    }

    #[test]
    fn keys_keep_their_order_and_may_not_repeat() {
        let node: Node = serde_json::from_str(r#"{"b":1,"a":2.5}"#).unwrap();
        let keys: Vec<_> = At::root(&node).members().unwrap().into_iter().map(|(k, _)| k).collect();
        assert_eq!(keys, ["b", "a"]);
        let error = serde_json::from_str::<Node>(r#"{"a":1,"a":2}"#).unwrap_err().to_string();
        assert!(error.contains("`a` stands twice"), "{error}");
    }
}
