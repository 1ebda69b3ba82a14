//! The XML form of an error, which a store writes for `Accept: application/xml`.

use super::{Shape, StoreError};
use crate::json::Value;
use crate::outcome::{Parameters, Refusal};

/// The deepest nesting that is read; an error has five levels.
const MAX_DEPTH: usize = 16;

/// An element with its text (outside children) and its child elements.
#[derive(Debug, Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

/// Decodes `<response><message>…`; `None` for any other text.
pub(super) fn decode(status: u16, text: &str) -> Option<StoreError> {
    let root = text.starts_with('<').then(|| parse(text)).flatten()?;
    let message = root.child("message")?;
    let mut refusal = Refusal::new(status, message.text.clone());
    refusal.parameters = parameters(root.child("parameters"));
    refusal.errors = root.child("errors").map(errors).unwrap_or_default();
    Some(StoreError {
        shape: Shape::Xml,
        code: root.child("code").and_then(|code| code.text.parse().ok()),
        trace: root.child("trace").map(|trace| trace.text.clone()),
        ..StoreError::from(refusal)
    })
}

/// Values that the store keeps in a list stand in elements named `item`.
fn parameters(element: Option<&Element>) -> Parameters {
    let Some(element) = element else { return Parameters::None };
    if element.children.iter().all(|child| child.name == "item") {
        return Parameters::Positional(element.children.iter().map(Element::value).collect());
    }
    Parameters::Named(element.children.iter().map(|child| (child.name.clone(), child.value())).collect())
}

fn errors(element: &Element) -> Vec<(String, Parameters)> {
    let single =
        |item: &Element| Some((item.child("message")?.text.clone(), parameters(item.child("parameters"))));
    element.children.iter().filter_map(single).collect()
}

impl Element {
    fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    fn value(&self) -> Value {
        self.text.as_str().into()
    }
}

/// The root element of a document; `None` when the markup is not balanced.
fn parse(text: &str) -> Option<Element> {
    let mut open: Vec<Element> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, tail) = after.split_once('>')?;
        rest = tail;
        if let Some(element) = open.last_mut() {
            element.text.push_str(&unescape(before));
        }
        if let Some(root) = take(tag, &mut open)? {
            return Some(root);
        }
    }
    None
}

/// Takes one tag: `Some(Some(root))` when it closes the root, `None` when it cannot stand there.
fn take(tag: &str, open: &mut Vec<Element>) -> Option<Option<Element>> {
    if tag.starts_with(['?', '!']) {
        return Some(None);
    }
    let closed = match tag.strip_prefix('/') {
        Some(name) => open.pop().filter(|element| element.name == name.trim_end())?,
        None => {
            let name = tag.trim_end_matches('/').split_whitespace().next()?;
            let element = Element { name: name.to_owned(), ..Element::default() };
            if !tag.ends_with('/') {
                open.push(element);
                return (open.len() <= MAX_DEPTH).then_some(None);
            }
            element
        }
    };
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(closed);
            Some(None)
        }
        None => Some(Some(closed)),
    }
}

fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        unescaped.push_str(before);
        let entity = after.split_once(';').and_then(|(name, tail)| Some((character(name)?, tail)));
        rest = match entity {
            Some((character, tail)) => {
                unescaped.push(character);
                tail
            }
            None => {
                unescaped.push('&');
                after
            }
        };
    }
    unescaped.push_str(rest);
    unescaped
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aggregate_is_read_like_its_json_form() {
        let text = r#"<?xml version="1.0"?>
<response>
  <message>One or more input exceptions have occurred.</message>
  <errors>
    <item>
      <message>"%fieldName" is required.</message>
      <parameters><fieldName>street &amp; no&#46;</fieldName></parameters>
    </item>
    <item><message>needs %1</message><parameters><item>8</item></parameters></item>
  </errors>
</response>"#;
        let error = StoreError::decode(400, text.as_bytes());
        assert_eq!(error.shape, Shape::Xml);
        assert_eq!(error.errors(), [r#""street & no." is required."#, "needs 8"]);
    }

    #[test]
    fn broken_markup_is_text() {
        for text in ["<response><message>x</response>", "<response", "<", "<a></b>", &"<a>".repeat(40)] {
            assert_eq!(StoreError::decode(400, text.as_bytes()).shape, Shape::Text, "{text}");
        }
    }

    #[test]
    fn unknown_entities_stay() {
        assert_eq!(unescape("&nope; &#xZZ; &#x41;&"), "&nope; &#xZZ; A&");
    }
}
