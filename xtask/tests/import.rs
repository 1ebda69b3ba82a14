//! `cargo xtask schema import` from outside: what it writes, and what it refuses
//! with the place and the way out, writing nothing.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::PathBuf;
use std::process::{Command, Output};

const SHOP: &str = include_str!("fixtures/shop.json");
/// What the sandbox store answers for `schema?services=all`, written by its own tests.
const SANDBOX: &str = include_str!("fixtures/sandbox.json");

/// A folder of its own for a test, gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("magewright-import-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Imports a document; gives the run and what it wrote.
    fn import(&self, file: &str, document: &str) -> (Output, Option<String>) {
        self.import_with(file, document, &[])
    }

    fn import_with(&self, file: &str, document: &str, options: &[&str]) -> (Output, Option<String>) {
        std::fs::write(self.0.join(file), document).unwrap();
        let out = self.0.join("out.json");
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["schema", "import", "--release", "2.4.8-test"])
            .arg(self.0.join(file))
            .arg("--out")
            .arg(&out)
            .args(options)
            .output()
            .unwrap();
        (output, std::fs::read_to_string(out).ok())
    }

    fn refused(&self, document: &str, said: &str) {
        let (output, written) = self.import("document", document);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains(said), "expected `{said}` in: {message}");
        assert!(message.contains("nothing was written"), "{message}");
        assert_eq!(written, None);
        assert_eq!(std::fs::read_dir(&self.0).unwrap().count(), 1, "something was left behind");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The shop's document with one piece replaced, which must be there.
fn with(piece: &str, other: &str) -> String {
    assert!(SHOP.contains(piece), "the fixture has no `{piece}`");
    SHOP.replacen(piece, other, 1)
}

#[test]
fn a_shops_own_schema_becomes_a_contract() {
    let folder = Folder::new("shop");
    let (output, written) = folder.import("shop.json", SHOP);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let contract: serde_json::Value = serde_json::from_str(&written.clone().unwrap()).unwrap();
    assert_eq!(contract["release"], "2.4.8-test");
    assert_eq!(contract["$defs"]["Customer"]["x-definition"], "customer-data-customer-interface");
    assert_eq!(
        contract["$defs"]["AcmeLoyaltyCard"]["properties"]["replaces"]["$ref"],
        "#/$defs/AcmeLoyaltyCard"
    );
    assert_eq!(contract["$defs"]["AcmeLoyaltyCard"]["properties"]["levels"]["items"]["type"], "string");
    assert_eq!(contract["endpoints"][0]["service"], "customerCustomerRepositoryV1");
    assert_eq!(contract["endpoints"][1]["body"]["required"], serde_json::json!(["customer"]));
    assert_eq!(contract["endpoints"].as_array().unwrap().len(), 2, "only the customer domain");
    assert!(!written.unwrap().contains("a person"), "descriptions are not taken over");
}

#[test]
fn json_and_yaml_of_the_same_document_give_the_same_contract() {
    let folder = Folder::new("yaml");
    let (_, from_json) = folder.import("shop.json", SHOP);
    let (output, from_yaml) = folder.import("shop.yaml", &as_yaml(SHOP));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Keys of the YAML are sorted, so the order of fields may differ.
    let parsed = |text: Option<String>| serde_json::from_str::<serde_json::Value>(&text.unwrap()).unwrap();
    assert_eq!(parsed(from_json.clone()), parsed(from_yaml));
    assert_eq!(folder.import("shop.json", SHOP).1, from_json, "two runs differ");
}

fn as_yaml(json: &str) -> String {
    yaml(&serde_json::from_str(json).unwrap(), 0) + "\n"
}

fn yaml(value: &serde_json::Value, indent: usize) -> String {
    let pad = " ".repeat(indent);
    match value {
        serde_json::Value::Object(members) if !members.is_empty() => {
            let line = |(key, value): (&String, &serde_json::Value)| {
                format!("\n{pad}{key:?}: {}", yaml(value, indent + 2))
            };
            members.iter().map(line).collect()
        }
        serde_json::Value::Array(items) => {
            items.iter().map(|item| format!("\n{pad}- {}", yaml(item, indent + 2))).collect()
        }
        scalar => scalar.to_string(),
    }
}

#[test]
fn the_empty_list_that_php_writes_for_an_object_is_one() {
    let folder = Folder::new("php");
    let card =
        "\"properties\": { \"card\": { \"$ref\": \"#/definitions/acme-loyalty-data-card-interface\" } }";
    let (output, written) = folder.import("shop.json", &with(card, "\"properties\": []"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(written.unwrap().contains("CustomerExtension"));
}

#[test]
fn what_is_no_schema_document_is_refused() {
    let folder = Folder::new("no-schema");
    folder.refused("", "an empty document");
    folder.refused("{", "not JSON: EOF");
    folder.refused(&SHOP[..SHOP.len() / 2], "not JSON");
    folder.refused("{\"a\": 1} trailing", "not JSON: trailing");
    folder.refused("swagger: '2.0'\n  paths: [", "not YAML");
    folder.refused("just a text\n", "a text rather than a schema document");
    folder.refused("{\"openapi\": \"3.1.0\"}", "`paths` is missing");
    folder.refused("{\"openapi\": \"4.0.0\"}", "`swagger` is missing; give a store's /rest/all/schema");
    folder.refused("[]", "`swagger` is missing");
    folder.refused("{\"swagger\": 2.0}", "at /swagger: expected a text, found a number");
    folder.refused("{\"swagger\": \"2.0\"}", "`paths` is missing");
    folder.refused("{\"swagger\": \"2.0\", \"swagger\": \"2.0\"}", "`swagger` stands twice");
    folder
        .refused(&with("\"2.0\"", "\"3.0\""), "at /swagger: only Swagger 2.0 is known, which Magento writes");
}

#[test]
fn a_yaml_document_that_was_cut_anywhere_is_refused() {
    let folder = Folder::new("cut");
    let whole = as_yaml(SHOP);
    for length in (1..whole.len()).step_by(97).filter(|&length| !whole[..length].ends_with('\n')) {
        let (output, written) = folder.import("shop.yaml", &whole[..length]);
        assert_eq!((output.status.code(), written), (Some(1), None), "cut at {length}");
    }
    Folder::new("cut-end").refused(whole.trim_end(), "breaks off inside its last line; fetch it again");
}

#[test]
fn a_document_without_customers_is_refused() {
    let folder = Folder::new("no-customers");
    let text = "{\"swagger\": \"2.0\", \"paths\": {}, \"definitions\": {}}";
    folder.refused(text, "no document with customers; ask the store for /rest/all/schema?services=all");
}

#[test]
fn what_would_be_misread_is_refused_with_its_place() {
    let folder = Folder::new("misread");
    let id = "\"id\": { \"type\": \"integer\", \"description\": \"number\" }";
    for (document, said) in [
        (
            with(id, "\"id\": { \"type\": \"decimal\" }"),
            "at /definitions/customer-data-customer-interface/properties/id/type: unknown type `decimal`",
        ),
        (
            with(id, "\"id\": { \"type\": [\"integer\", \"string\"] }"),
            "/properties/id/type: one of several types; one, and null beside it, are known",
        ),
        (with(id, "\"id\": {}"), "/properties/id: `type` is missing"),
        (
            with(id, "\"id\": { \"type\": \"integer\", \"not\": { \"enum\": [1] } }"),
            "/properties/id/not: the keyword `not` is not understood here",
        ),
        (with("\"items\": { \"type\": \"string\" }", "\"x-a\": 1"), "/properties/street: `items` is missing"),
        (
            with("\"acme-loyalty-levels\":", "\"acme-loyalty-other\":"),
            "/properties/levels/$ref: there is no definition `acme-loyalty-levels`; the document is cut or edited",
        ),
        (
            with("#/definitions/acme-loyalty-levels", "levels.json"),
            "/properties/levels/$ref: only references to `#/definitions/` are known",
        ),
        (
            with("[\"email\"]", "[\"email\", \"phone\"]"),
            "/required/1: `phone` is required but not among the properties",
        ),
        (with("\"in\": \"body\"", "\"in\": \"formData\""), "a parameter in `formData`"),
        (with("\"put\": {", "\"patches\": {"), "at /paths/~1V1~1customers~1{customerId}/patches: neither"),
        (
            with("\"/V1/products\": { \"get\"", "\"/V1/customers/{customerId}/\": { \"get\""),
            "at /paths/~1V1~1customers~1{customerId}~1/get: the endpoint stands twice",
        ),
    ] {
        folder.refused(&document, said);
    }
}

/// The contract of the base document when a piece of it is put in other words.
fn same_as_base(name: &str, piece: &str, other: &str) -> String {
    let folder = Folder::new(name);
    let (_, base) = folder.import("base.json", SHOP);
    let (output, written) = folder.import("other.json", &with(piece, other));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(written, base, "{name}: {said}");
    said
}

#[test]
fn what_says_the_same_in_other_words_is_the_same() {
    let id = "\"id\": { \"type\": \"integer\", \"description\": \"number\" }";
    let reference = "{ \"$ref\": \"#/definitions/customer-data-customer-extension-interface\" }";
    let described = format!("{{ \"allOf\": [{reference}, {{ \"description\": \"x\" }}] }}");
    for (name, piece, other) in [
        ("null", id, "\"id\": { \"type\": [\"integer\", \"null\"] }"),
        ("one-of", id, "\"id\": { \"oneOf\": [{ \"type\": \"integer\" }, { \"type\": \"null\" }] }"),
        ("all-of", reference, &described),
        (
            "no-type",
            "\"type\": \"object\",\n      \"description\": \"a person\",",
            "\"description\": \"a person\",",
        ),
        ("slash", "\"/V1/customers/{customerId}\": {", "\"/V1/customers/{customerId}/\": {"),
        (
            "header",
            "\"parameters\": [\n          { \"name\": \"customerId\"",
            "\"parameters\": [{ \"name\": \"Store\", \"in\": \"header\", \"type\": \"string\" },\n          { \"name\": \"customerId\"",
        ),
        ("options", "\"put\": {", "\"options\": {}, \"put\": {"),
    ] {
        same_as_base(name, piece, other);
    }
    let narrowed = "\"id\": { \"type\": \"integer\", \"minimum\": 1, \"readOnly\": true }";
    let said = same_as_base("limits", id, narrowed);
    let place = "/definitions/customer-data-customer-interface/properties/id/minimum";
    assert!(said.contains(&format!("warning: at {place}: `minimum` is not taken over")), "{said}");
}

#[test]
fn an_object_of_several_parts_has_the_fields_of_all() {
    let folder = Folder::new("parts");
    let parts = with(
        "\"required\": [\"email\"]\n    },",
        "\"required\": [\"email\"],\n \"allOf\": [{ \"$ref\": \"#/definitions/acme-base\" }, { \"properties\": { \"b\": { \"type\": \"string\" } } }] },
        \"acme-base\": { \"type\": \"object\", \"properties\": { \"a\": { \"type\": \"boolean\" } }, \"required\": [\"a\"] },",
    );
    let (output, written) = folder.import("shop.json", &parts);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let contract: serde_json::Value = serde_json::from_str(&written.unwrap()).unwrap();
    let customer = &contract["$defs"]["Customer"];
    assert_eq!(customer["properties"]["a"]["type"], "boolean");
    assert_eq!(customer["properties"]["b"]["type"], "string");
    assert_eq!(customer["required"], serde_json::json!(["a", "email"]));
}

#[test]
fn aliases_that_run_in_circles_are_refused() {
    let folder = Folder::new("circles");
    let items = "\"acme-loyalty-levels\": { \"type\": \"array\", \"items\": { \"type\": \"string\" } }";
    let circle =
        items.replace("{ \"type\": \"string\" }", "{ \"$ref\": \"#/definitions/acme-loyalty-levels\" }");
    folder.refused(&with(items, &circle), "`acme-loyalty-levels` refers to itself without an object between");
    let own = "\"acme-loyalty-levels\": { \"allOf\": [{ \"$ref\": \"#/definitions/acme-loyalty-levels\" }] }";
    folder.refused(&with(items, own), "`acme-loyalty-levels` refers to itself without an object between");
}

#[test]
fn bombs_and_floods_are_refused_early() {
    let folder = Folder::new("bombs");
    let mut bomb = String::from("a0: &a0 [x]\n");
    for level in 1..30 {
        bomb.push_str(&format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1));
    }
    folder.refused(&bomb, "more than 4000000 values");
    folder.refused(&"- ".repeat(200), "nested deeper than 100 levels");
    folder.refused(&"[".repeat(1_000_000), "not JSON: recursion limit");
    folder.refused(&" ".repeat((32 << 20) + 1), "more than 33554432 bytes");
}

#[test]
fn a_release_must_be_able_to_name_a_file() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["schema", "import", "x.json", "--release", "../2.4.8"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("use letters, digits, dots and dashes"));
}

#[test]
fn a_field_that_changed_is_seen_by_who_compares_contracts() {
    let folder = Folder::new("changed");
    let (_, before) = folder.import("shop.json", SHOP);
    let (_, after) = folder.import("shop.json", &with("\"points\": { \"type\": \"number\" },", ""));
    assert!(before.unwrap().contains("\"points\"") && !after.unwrap().contains("\"points\""));
}

#[test]
fn what_a_module_broke_may_be_left_out_with_a_warning_that_names_it() {
    let folder = Folder::new("broken");
    let broken = with("\"acme-loyalty-levels\":", "\"acme-loyalty-other\":");
    folder.refused(&broken, "there is no definition `acme-loyalty-levels`");
    let (output, written) = folder.import_with("shop.json", &broken, &["--skip-broken"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{message}");
    let place = "/definitions/acme-loyalty-data-card-interface/properties/levels/$ref";
    assert!(message.contains(&format!("warning: left out at {place}: there is no definition")), "{message}");
    let contract: serde_json::Value = serde_json::from_str(&written.unwrap()).unwrap();
    assert_eq!(contract["$defs"]["AcmeLoyaltyCard"]["properties"]["levels"]["type"], "object");
}

#[test]
fn what_is_broken_in_the_core_is_refused_all_the_same() {
    let folder = Folder::new("core");
    let broken = with("\"email\": { \"type\": \"string\" }", "\"email\": { \"type\": \"text\" }");
    let (output, written) = folder.import_with("shop.json", &broken, &["--skip-broken"]);
    assert_eq!((output.status.code(), written), (Some(1), None));
}

#[test]
fn the_sandboxs_schema_is_that_of_the_contract_it_was_made_from() {
    let folder = Folder::new("sandbox");
    let (output, written) = folder.import("sandbox.json", SANDBOX);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let imported = read(&written.unwrap());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    let contract = read(&std::fs::read_to_string(root.join("contracts/2.4.7.json")).unwrap());
    let overlay = read(&std::fs::read_to_string(root.join("overlay.json")).unwrap());
    let types = imported["$defs"].as_object().unwrap();
    assert!(types.len() > 40, "{} types", types.len());
    for (name, of) in types {
        assert_eq!(of, &contract["$defs"][name], "{name}");
    }
    let is_left_out = |endpoint: &serde_json::Value| {
        let name = format!("{} {}", endpoint["method"].as_str().unwrap(), endpoint["path"].as_str().unwrap());
        !overlay["endpoints"][name]["left_out"].is_null()
    };
    let published: Vec<_> =
        contract["endpoints"].as_array().unwrap().iter().filter(|one| !is_left_out(one)).cloned().collect();
    let mut imported = imported["endpoints"].as_array().unwrap().clone();
    let services = imported.iter_mut().filter_map(|one| one.as_object_mut().unwrap().remove("service"));
    assert!(services.count() > 40, "a live store names the services");
    assert_eq!(imported, published);
}
