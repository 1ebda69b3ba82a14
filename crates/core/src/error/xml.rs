//! The XML form of an error, which a store writes for `Accept: application/xml`.

use super::{Shape, StoreError};
use crate::json::Value;
use crate::outcome::{Parameters, Refusal};
use crate::xml::{self, Element};

/// Decodes `<response><message>…`, and what a store writes when it fails before its API answers
/// (`<error><messages><error><data_item><message>…`); `None` for any other text.
pub(super) fn decode(status: u16, text: &str) -> Option<StoreError> {
    let document = xml::parse(text).ok()?;
    let fatal = ["messages", "error", "data_item"].iter().try_fold(&document, |at, name| at.child(name));
    let root = fatal.unwrap_or(&document);
    let message = root.child("message")?;
    let mut refusal = Refusal::new(status, message.text());
    refusal.parameters = parameters(root.child("parameters"));
    refusal.errors = root.child("errors").map(errors).unwrap_or_default();
    Some(StoreError {
        shape: Shape::Xml,
        code: root.child("code").and_then(|code| code.text().parse().ok()),
        trace: root.child("trace").map(|trace| trace.text()),
        ..StoreError::from(refusal)
    })
}

/// Values that the store keeps in a list stand in elements named `item`.
fn parameters(element: Option<&Element>) -> Parameters {
    let Some(element) = element else { return Parameters::None };
    if element.children().all(|child| child.name == "item") {
        return Parameters::Positional(element.children().map(|child| Value::from(child.text())).collect());
    }
    Parameters::Named(
        element.children().map(|child| (child.name.clone(), Value::from(child.text()))).collect(),
    )
}

fn errors(element: &Element) -> Vec<(String, Parameters)> {
    let single = |item: &Element| Some((item.child("message")?.text(), parameters(item.child("parameters"))));
    element.children().filter_map(single).collect()
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
    fn a_fatal_failure_is_read_too() {
        let text = r#"<?xml version="1.0"?><error><messages><error><data_item><code>406</code><message><![CDATA[no <such> type]]></message></data_item></error></messages></error>"#;
        let error = StoreError::decode(406, text.as_bytes());
        assert_eq!((error.shape, error.template(), error.code), (Shape::Xml, "no <such> type", Some(406)));
    }

    #[test]
    fn broken_markup_is_text() {
        for text in ["<response><message>x</response>", "<response", "<", "<a></b>", &"<a>".repeat(40)] {
            assert_eq!(StoreError::decode(400, text.as_bytes()).shape, Shape::Text, "{text}");
        }
    }
}
