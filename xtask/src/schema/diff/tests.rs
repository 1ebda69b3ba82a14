use super::*;
use crate::schema::contracts;
use crate::schema::node::Node;

const BASE: &str = r##"{ "release": "1",
  "$defs": {
    "Card": { "x-definition": "card", "type": "object",
      "properties": { "id": { "type": "integer" }, "code": { "type": "string" } }, "required": ["code"] },
    "Page": { "x-definition": "page", "type": "object",
      "properties": { "items": { "type": "array", "items": { "$ref": "#/$defs/Card" } } } }
  },
  "endpoints": [
    { "method": "GET", "path": "/V1/cards", "operation": "a", "reply": { "$ref": "#/$defs/Page" } },
    { "method": "POST", "path": "/V1/cards", "operation": "b", "reply": { "type": "boolean" },
      "body": { "type": "object", "properties": { "card": { "$ref": "#/$defs/Card" } } } }
  ] }"##;

fn read(text: &str) -> Contract {
    Contract::from_node(&serde_json::from_str::<Node>(text).unwrap()).unwrap()
}

/// The changes when a piece of the base is replaced: place, what, (sender, reader).
fn after(piece: &str, other: &str) -> Vec<(String, String, (bool, bool))> {
    assert!(BASE.contains(piece), "the base has no `{piece}`");
    let changes = changes(&read(BASE), &read(&BASE.replacen(piece, other, 1)));
    changes.into_iter().map(|c| (c.place, c.what, (c.breaks_sender, c.breaks_reader))).collect()
}

fn one(place: &str, what: &str, breaks: (bool, bool)) -> Vec<(String, String, (bool, bool))> {
    vec![(place.to_owned(), what.to_owned(), breaks)]
}

#[test]
fn nothing_changed_is_nothing() {
    assert!(changes(&read(BASE), &read(BASE)).is_empty());
}

#[test]
fn fields_are_judged_by_where_their_type_travels() {
    let id = r#""id": { "type": "integer" }"#;
    assert_eq!(after(&format!("{id}, "), ""), one("Card.id", "removed", (true, true)));
    assert_eq!(
        after(id, &format!("{id}, \"x\": {{ \"type\": \"string\" }}")),
        one("Card.x", "added", (false, false))
    );
    assert_eq!(
        after(id, r#""id": { "type": "string" }"#),
        one("Card.id", "integer became string", (true, true))
    );
    assert_eq!(after(r#", "required": ["code"]"#, ""), one("Card.code", "became optional", (false, true)));
    assert_eq!(after(r#"["code"]"#, r#"["code", "id"]"#), one("Card.id", "became required", (false, false)));
}

#[test]
fn endpoints_are_judged_by_what_they_ask_and_answer() {
    let body = r##""properties": { "card": { "$ref": "#/$defs/Card" } }"##;
    let place = "POST /V1/cards body.card";
    assert_eq!(
        after(body, &format!("{body}, \"required\": [\"card\"]")),
        one(place, "became required", (true, false))
    );
    assert_eq!(
        after(r#""type": "boolean""#, r#""type": "string""#),
        one("POST /V1/cards", "reply: boolean became string", (false, true))
    );
    let gone = after(r#""method": "GET", "path": "/V1/cards""#, r#""method": "GET", "path": "/V1/decks""#);
    assert_eq!(gone[0], ("GET /V1/cards".to_owned(), "removed".to_owned(), (true, true)));
    assert_eq!(gone[1], ("GET /V1/decks".to_owned(), "added".to_owned(), (false, false)));
}

/// The changes between two committed contracts outside second factors.
fn between(old: &str, new: &str) -> Vec<(String, String)> {
    let load = |release: &str| Contract::load(&contracts().join(format!("{release}.json"))).unwrap();
    let all = changes(&load(old), &load(new)).into_iter();
    all.filter(|change| !change.place.contains("TwoFactor") && !change.place.contains("/V1/tfa"))
        .map(|change| (change.place, change.what))
        .collect()
}

#[test]
fn the_known_changes_of_releases_are_found_and_no_others() {
    assert_eq!(between("2.4.7", "2.4.8"), []);
    let known = [
        ("CustomerBalance", "added"),
        ("CustomerExtension.all_company_attributes", "added"),
        ("GET /V1/customers/{customerId}/balance/{websiteId}", "added"),
        ("POST /V1/customers/activate", "added"),
        ("POST /V1/customers/{customerId}/token", "added"),
    ];
    assert_eq!(between("2.4.8", "2.4.9"), known.map(|(place, what)| (place.to_owned(), what.to_owned())));
}

#[test]
fn the_saas_edition_differs_as_is_known() {
    let (mut there, mut gone) = (Vec::new(), Vec::new());
    let changes = between("2.4.9", "saas");
    for (place, what) in changes.iter().filter(|(place, _)| place.contains(['.', '/'])) {
        if what == "added" { there.push(place.as_str()) } else { gone.push(place.as_str()) }
    }
    let own = ["Company.custom_attributes", "CustomerExtension.last_login_at", "GroupExtension.uid"];
    assert_eq!(there, own);
    let lacking =
        ["/me", "assword", "/integration/", "isEmailAvailable", "/activate", "/balance/", "/currency"];
    assert_eq!(gone.remove(0), "CustomerExtension.all_company_attributes");
    assert!(gone.iter().all(|place| lacking.iter().any(|part| place.contains(part))), "{gone:?}");
    assert_eq!(gone.len(), 6 + 3 + 3 + 4, "{gone:?}");
}

#[test]
fn a_definition_of_another_name_is_no_change_on_the_wire() {
    let renamed = BASE.replace("\"Card\"", "\"Deck\"").replace("#/$defs/Card", "#/$defs/Deck");
    let changes = changes(&read(BASE), &read(&renamed));
    assert_eq!(changes, [Change::new("Card", "is called Deck", false, false)]);
    let grown = renamed.replacen("\"id\": {", "\"more\": { \"type\": \"string\" }, \"id\": {", 1);
    let added = super::changes(&read(BASE), &read(&grown));
    assert_eq!(added.last(), Some(&Change::new("Card.more", "added", false, false)));
}

#[test]
fn a_placeholder_of_another_name_changes_the_path_of_a_bulk_only() {
    let old = BASE.replace("/V1/cards", "/V1/cards/{cardId}");
    let changes = changes(&read(&old), &read(&old.replace("{cardId}", "{id}")));
    let called = "is called /V1/cards/{id}";
    let expected = ["GET", "POST"].map(|method| {
        Change::new(&format!("{method} /V1/cards/{{cardId}}"), called, method == "POST", false)
    });
    assert_eq!(changes, expected);
}

#[test]
fn every_format_says_the_same() {
    let changes = [Change::new("Card.id", "removed", true, false)];
    let text = |format| show::text(&changes, ("1", "2"), format);
    assert_eq!(text(Format::Text), "1 -> 2: 1 changes\nCard.id: removed (breaks senders)\n");
    assert_eq!(text(Format::Md), "### Magento 1 to 2\n\n- `Card.id` removed: breaks senders\n");
    let json: serde_json::Value = serde_json::from_str(&text(Format::Json)).unwrap();
    assert_eq!(json["changes"][0]["breaks_sender"], true);
}
