use super::*;
use crate::schema::node::Node;

const CONTRACT: &str = r##"{
  "release": "2.4.8",
  "$defs": {
    "Customer": { "x-definition": "customer", "type": "object",
      "properties": { "id": { "type": "integer" }, "value": { "type": "string" },
        "addresses": { "type": "array", "items": { "$ref": "#/$defs/Address" } } } },
    "Address": { "x-definition": "address", "type": "object", "properties": { "id": { "type": "integer" } } },
    "Unreached": { "x-definition": "unreached", "type": "object" }
  },
  "endpoints": [{ "method": "GET", "path": "/V1/customers/{customerId}", "operation": "Get",
    "body": { "type": "object", "properties": { "password": { "type": "string" } } },
    "reply": { "$ref": "#/$defs/Customer" } }]
}"##;

const ENDPOINT: &str =
    r#""GET /V1/customers/{customerId}": { "about": "one", "source": "s", "access": "unknown" }"#;

fn contract(release: &str, text: &str) -> Contract {
    let node: Node = serde_json::from_str(&text.replace("2.4.8", release)).unwrap();
    Contract::from_node(&node).unwrap()
}

fn overlay(types: &str, endpoints: &str, declared: &str) -> Result<Overlay> {
    overlay::parse(&format!(
        r#"{{ "$comment": "", "types": {{{types}}}, "endpoints": {{{endpoints}}},
            "secrets": {{ "about": "a", "source": "s", "members": ["password"] }}, "declared": [{declared}] }}"#
    ))
}

fn built(types: &str, endpoints: &str, declared: &str) -> Result<Form> {
    form(&[contract("2.4.8", CONTRACT)], &overlay(types, endpoints, declared)?)
}

fn field_note(field: &str, note: &str) -> String {
    let note = format!(r#""{field}": {{ "about": "a", "source": "s", {note} }}"#);
    format!(r#""Customer": {{ "about": "a", "source": "s", "fields": {{ {note} }} }}"#)
}

fn refusal(result: Result<Form>) -> String {
    format!("{:#}", result.err().expect("it should be refused"))
}

#[test]
fn notes_are_added_and_unreached_types_dropped() {
    let form = built(&field_note("value", r#""kind": "mixed", "secret": true"#), ENDPOINT, "").unwrap();
    assert_eq!(form.types.keys().collect::<Vec<_>>(), ["Address", "Customer"]);
    let value = form.types["Customer"].fields.iter().find(|field| field.name == "value").unwrap();
    assert_eq!(value.kind, Kind::Mixed);
    assert!(value.notes.secret);
    assert!(form.endpoints[0].body[0].notes.secret);
}

#[test]
fn a_note_about_nothing_is_refused_with_its_place() {
    for (types, endpoints, said) in [
        (
            field_note("middle", r#""secret": true"#),
            ENDPOINT.to_owned(),
            "/types/Customer/fields/middle: no contract",
        ),
        (
            r#""Person": { "about": "a", "source": "s" }"#.to_owned(),
            ENDPOINT.to_owned(),
            "/types/Person: no contract has this type",
        ),
        (
            String::new(),
            format!("{ENDPOINT}, {}", ENDPOINT.replace("GET", "PUT")),
            "/endpoints/PUT /V1/customers/{customerId}: no contract has this endpoint",
        ),
        (
            field_note("addresses", r#""list_key": "uuid""#),
            ENDPOINT.to_owned(),
            "the list key `uuid` of Customer.addresses is no field",
        ),
        (
            field_note("value", r#""kind": "Nowhere""#),
            ENDPOINT.to_owned(),
            "names the type `Nowhere`, which is nowhere",
        ),
        (
            field_note("value", r#""since": ["2.4.9"]"#),
            ENDPOINT.to_owned(),
            "disagree with the contract of 2.4.8",
        ),
    ] {
        let message = refusal(built(&types, &endpoints, ""));
        assert!(message.contains(said), "expected `{said}` in: {message}");
    }
}

#[test]
fn a_malformed_overlay_is_refused() {
    for (note, said) in [
        (r#""sekret": true"#, "unknown field `sekret`"),
        (r#""kind": "text""#, "`text` is no kind; write `string`"),
        (r#""way": "sideways""#, "unknown variant `sideways`"),
        (r#""secret": true, "secret": true"#, "`secret` stands twice"),
    ] {
        let message = format!("{:#}", overlay(&field_note("value", note), ENDPOINT, "").unwrap_err());
        assert!(message.contains(said), "expected `{said}` in: {message}");
    }
    let unsourced = field_note("value", r#""secret": true"#).replace(r#""source": "s""#, r#""source": """#);
    let message = overlay(&unsourced, ENDPOINT, "").unwrap_err().to_string();
    assert!(message.contains("`about` and `source` must say something"), "{message}");
}

#[test]
fn what_is_declared_may_not_be_in_a_contract() {
    let declared = |name: &str| {
        let field = r#"{ "name": "id", "required": true, "notes": { "about": "a", "source": "s", "kind": "integer" } }"#;
        format!(
            r#"{{ "core": false, "reason": "r", "source": "s",
                 "types": {{ "{name}": {{ "about": "a", "fields": [{field}] }} }} }}"#
        )
    };
    let form = built("", ENDPOINT, &declared("AdminUser")).unwrap();
    assert_eq!(form.types["AdminUser"].fields.len(), 1);
    let message = refusal(built("", ENDPOINT, &declared("Customer")));
    assert!(message.contains("/declared/types/Customer: a contract has this type"), "{message}");
}

#[test]
fn releases_are_told_apart() {
    let overlay = overlay("", ENDPOINT, "").unwrap();
    let older = CONTRACT.replace(r#""value": { "type": "string" },"#, "");
    let contracts = [contract("2.4.7", &older), contract("2.4.8", CONTRACT)];
    let form = form(&contracts, &overlay).unwrap();
    let value = form.types["Customer"].fields.iter().find(|field| field.name == "value").unwrap();
    assert_eq!(value.band.since, [(8, 0)]);
    assert_eq!(value.band.until, []);
}

#[test]
fn a_field_that_changed_its_kind_needs_a_word_in_the_overlay() {
    let older = CONTRACT.replace(r#""value": { "type": "string" }"#, r#""value": { "type": "integer" }"#);
    let contracts = [contract("2.4.7", &older), contract("2.4.8", CONTRACT)];
    let message = refusal(form(&contracts, &overlay("", ENDPOINT, "").unwrap()));
    assert!(
        message.contains("`value` changed its kind between releases; state one in the overlay"),
        "{message}"
    );
    let stated = overlay(&field_note("value", r#""kind": "mixed""#), ENDPOINT, "").unwrap();
    assert!(form(&contracts, &stated).is_ok());
}

#[test]
fn an_endpoint_that_nobody_described_may_be_called_by_who_knows() {
    let form = built("", "", "").unwrap();
    assert_eq!(form.endpoints[0].access, "unknown");
}

#[test]
fn a_field_that_went_stands_where_it_stood() {
    let newer = CONTRACT.replace(r#""value": { "type": "string" },"#, r#""card": { "type": "string" },"#);
    let contracts = [contract("2.4.7", CONTRACT), contract("2.4.8", &newer)];
    let form = form(&contracts, &overlay("", ENDPOINT, "").unwrap()).unwrap();
    let names: Vec<_> = form.types["Customer"].fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "value", "card", "addresses"]);
}

#[test]
fn a_secret_that_no_body_has_is_refused() {
    let contracts = [contract("2.4.8", &CONTRACT.replace("\"password\"", "\"code\""))];
    let message = refusal(form(&contracts, &overlay("", ENDPOINT, "").unwrap()));
    assert!(message.contains("at /secrets/members/0: no body has a member `password`"), "{message}");
}
