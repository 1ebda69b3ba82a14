use super::*;
use crate::codegen;

fn form_with(examples: &str) -> Form {
    let mut form = codegen::form().unwrap();
    form.examples = Examples::parse(examples).unwrap();
    form
}

fn refusal(examples: &str) -> String {
    let form = form_with(examples);
    let mut examples = form.examples.clone();
    let strays = examples.drop_strays(&form);
    assert!(examples.bodies.is_empty(), "it should be taken out");
    strays.join("; ")
}

#[test]
fn without_a_word_an_endpoint_gets_what_it_needs() {
    let form = form_with("{}");
    for endpoint in &form.endpoints {
        let example = of(endpoint, &form);
        assert!(!example.path.contains('{'), "{}", example.path);
        assert_eq!(example.body.is_some(), !endpoint.body.is_empty(), "{}", endpoint.name());
        if let Some(body) = &example.body {
            fits(&form, &endpoint.body, &At::root(body)).unwrap();
            refuse_unmet(endpoint, body).unwrap();
        }
    }
}

#[test]
fn what_is_written_by_hand_must_fit() {
    let said = refusal(r#"{"bodies": {"POST /V1/nothing": {}}}"#);
    assert!(said.contains("no contract has the endpoint POST /V1/nothing"), "{said}");
    let body = |inner: &str| format!(r#"{{"bodies": {{"POST /V1/customers": {{"customer": {inner}}}}}}}"#);
    let said = refusal(&body(r#"{"e_mail": "x"}"#));
    assert!(said.contains("at /customer/e_mail: the contract has no such field"), "{said}");
    let said = refusal(&body(r#"{"email": 5}"#));
    assert!(said.contains("at /customer/email: the contract says String"), "{said}");
    let said = refusal(&body(r#"{"email": "x", "firstname": "x"}"#));
    assert!(said.contains("/customer/lastname is needed and missing"), "{said}");
    let said = refusal(&body(r#"{"updated_at": "x"}"#));
    assert!(said.contains("the store does not take this field"), "{said}");
}

#[test]
fn values_in_a_path_are_percent_encoded() {
    assert_eq!(plain(&Node::text("a+b@x.test")), "a%2Bb@x.test");
}

#[test]
fn an_unknown_part_is_refused() {
    assert!(Examples::parse(r#"{"body": {}}"#).is_err());
}
