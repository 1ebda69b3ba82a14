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
fn a_note_about_nothing_is_told_with_its_place() {
    for (types, endpoints, said) in [
        (
            field_note("middle", r#""secret": true"#),
            ENDPOINT.to_owned(),
            "at /types/Customer/fields/middle: no contract has this field",
        ),
        (
            r#""Person": { "about": "a", "source": "s" }"#.to_owned(),
            ENDPOINT.to_owned(),
            "at /types/Person: no contract has this type",
        ),
        (
            String::new(),
            format!("{ENDPOINT}, {}", ENDPOINT.replace("GET", "PUT")),
            "at /endpoints/PUT /V1/customers/{customerId}: no contract has this endpoint",
        ),
    ] {
        assert_eq!(built(&types, &endpoints, "").unwrap().strays, [said]);
    }
    assert!(built("", ENDPOINT, "").unwrap().strays.is_empty());
}

#[test]
fn a_note_that_does_not_fit_is_refused_with_its_place() {
    for (note, said) in [
        (
            field_note("addresses", r#""list_key": "uuid""#),
            "the list key `uuid` of Customer.addresses is no field",
        ),
        (field_note("value", r#""kind": "Nowhere""#), "names the type `Nowhere`, which is nowhere"),
        (field_note("value", r#""since": ["2.4.9"]"#), "disagree with the contract of 2.4.8"),
    ] {
        let message = refusal(built(&note, ENDPOINT, ""));
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
            r#"{{ "core": false, "saas": false, "reason": "r", "source": "s",
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
fn a_field_that_changed_its_kind_takes_what_every_release_takes() {
    let kind = |older: &str, newer: &str, note: &str| {
        let of = |kind: &str| CONTRACT.replacen(r#""type": "string""#, &format!(r#""type": "{kind}""#), 1);
        let contracts = [contract("2.4.7", &of(older)), contract("2.4.8", &of(newer))];
        let form = form(&contracts, &overlay(note, ENDPOINT, "").unwrap()).unwrap();
        form.types["Customer"].fields[1].kind.clone()
    };
    assert_eq!(kind("integer", "string", ""), Kind::Mixed);
    assert_eq!((kind("integer", "number", ""), kind("number", "integer", "")), (Kind::Number, Kind::Number));
    assert_eq!(kind("integer", "string", &field_note("value", r#""kind": "string""#)), Kind::String);
}

#[test]
fn a_list_that_became_something_else_has_no_keyed_items() {
    let newer = CONTRACT.replace(
        r##"{ "type": "array", "items": { "$ref": "#/$defs/Address" } }"##,
        r#"{ "type": "string" }"#,
    );
    let contracts = [contract("2.4.7", CONTRACT), contract("2.4.8", &newer)];
    let notes = overlay(&field_note("addresses", r#""list_key": "id""#), ENDPOINT, "").unwrap();
    let form = form(&contracts, &notes).unwrap();
    let addresses = form.types["Customer"].fields.iter().find(|field| field.name == "addresses").unwrap();
    assert_eq!((&addresses.kind, &addresses.notes.list_key), (&Kind::Mixed, &None));
}

#[test]
fn the_saas_edition_adds_what_it_has_and_reorders_nothing() {
    let saas = CONTRACT
        .replace(
            r#""id": { "type": "integer" }, "value": { "type": "string" }"#,
            r#""last": { "type": "string" }, "value": { "type": "string" }, "id": { "type": "integer" }"#,
        )
        .replace("/V1/customers/{customerId}", "/V1/people/{id}");
    let contracts = [contract("2.4.8", CONTRACT), contract("saas", &saas)];
    let form = form(&contracts, &overlay("", ENDPOINT, "").unwrap()).unwrap();
    let names: Vec<_> = form.types["Customer"].fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["last", "id", "value", "addresses"]);
    assert_eq!(form.types["Customer"].fields[0].band, Band::only_saas());
    let saas = form.endpoints.iter().map(|one| (one.path.as_str(), one.band.clone()));
    let without = Band { saas: Some(false), ..Band::default() };
    assert!(saas.eq([("/V1/customers/{customerId}", without), ("/V1/people/{id}", Band::only_saas())]));
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
    assert_eq!(names, ["id", "card", "value", "addresses"]);
}

#[test]
fn a_secret_that_no_body_has_is_told() {
    let contracts = [contract("2.4.8", &CONTRACT.replace("\"password\"", "\"code\""))];
    let form = form(&contracts, &overlay("", ENDPOINT, "").unwrap()).unwrap();
    assert_eq!(form.strays, ["at /secrets/members/0: no body has a member `password`"]);
}

#[test]
fn a_definition_of_another_name_is_the_same_type() {
    let renamed = CONTRACT.replace("\"Address\"", "\"Place\"").replace("#/$defs/Address", "#/$defs/Place");
    let contracts = [contract("2.4.8", CONTRACT), contract("2.4.9", &renamed)];
    let form = form(&contracts, &overlay("", ENDPOINT, "").unwrap()).unwrap();
    assert_eq!(form.types.keys().collect::<Vec<_>>(), ["Address", "Customer"]);
    assert!(form.types["Customer"].fields.iter().all(|field| field.band == Band::default()));
}
