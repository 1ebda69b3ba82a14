//! `cargo xtask regenerate` from outside, on a copy of the repository.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The contracts of a copy, whatever releases have come in since.
const CONTRACTS: [&str; 4] = ["2.4.7", "2.4.8", "2.4.9", "saas"];

/// A copy of what the command reads; gone when the test ends.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Copy {
        let root = std::env::temp_dir().join(format!("magewright-regenerate-{name}-{}", std::process::id()));
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let client = "bindings/python/python/magewright/_asyncio.py";
        for file in ["schema/overlay.json", "schema/examples.json", client] {
            copy(ours, &root, file);
        }
        copy_all(ours, &root, Path::new("bindings/python/src"));
        for release in CONTRACTS {
            copy(ours, &root, &format!("schema/contracts/{release}.json"));
        }
        Copy(root)
    }

    fn regenerate(&self, release: &str, document: &str) -> Output {
        let from = self.0.with_extension("document");
        std::fs::write(&from, document).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["regenerate", "--no-vectors", "--release", release, "--from"])
            .arg(&from)
            .env("XTASK_ROOT", &self.0)
            .output()
            .unwrap();
        std::fs::remove_file(from).unwrap();
        output
    }

    /// Every file with its content.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut waiting, mut files) = (vec![self.0.clone()], BTreeMap::new());
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => waiting.push(path),
                    false => {
                        let name = path.strip_prefix(&self.0).unwrap().to_owned();
                        files.insert(name, std::fs::read(path).unwrap());
                    }
                }
            }
        }
        files
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path, file: &str) {
    std::fs::create_dir_all(to.join(file).parent().unwrap()).unwrap();
    std::fs::copy(from.join(file), to.join(file)).unwrap();
}

fn copy_all(from: &Path, to: &Path, folder: &Path) {
    for entry in std::fs::read_dir(from.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_all(from, to, &path),
            false => copy(from, to, path.to_str().unwrap()),
        }
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const SHOP: &str = include_str!("fixtures/shop.json");

#[test]
fn a_release_comes_in_whole_and_twice_the_same() {
    let (one, other) = (Copy::new("one"), Copy::new("other"));
    let output = one.regenerate("2.4.99", SHOP);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains(" to 2.4.99"), "{}", said(&output));
    assert!(said(&output).contains("`AcmeLoyaltyCard` added: safe"), "{}", said(&output));
    assert!(other.regenerate("2.4.99", SHOP).status.success());
    let files = one.files();
    assert_eq!(files, other.files());
    for (file, holds) in [
        ("crates/core/src/generated/tables.rs", "NEWEST_LINE: u8 = 99"),
        ("crates/core/src/generated/models.rs", "pub struct AcmeLoyaltyCard"),
        ("bindings/wasm/js/contract.d.ts", "export interface AcmeLoyaltyCard "),
        ("bindings/python/python/magewright/contract.py", "class AcmeLoyaltyCard(TypedDict)"),
        ("docs/reference/schema.json", "\"AcmeLoyaltyCardInput\""),
        ("docs/reference/openapi.json", "#/components/schemas/AcmeLoyaltyCard"),
        ("docs/reference/types/CustomerExtension.md", "Since 2.4.99."),
    ] {
        let text = files.get(Path::new(file)).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert!(text.is_some_and(|text| text.contains(holds)), "{file} lacks {holds}");
    }
}

#[test]
fn what_cannot_be_generated_leaves_the_contracts_as_they_were() {
    let copy = Copy::new("refused");
    let before = copy.files();
    let output = copy.regenerate("2.4.8-p1", SHOP);
    assert!(!output.status.success());
    assert!(said(&output).contains("it comes, goes and comes again between releases"), "{}", said(&output));
    assert_eq!(copy.files(), before);
    let output = copy.regenerate("shop", SHOP);
    assert!(said(&output).contains("`shop` is no release"), "{}", said(&output));
    assert_eq!(copy.files(), before);
}

#[test]
fn a_field_of_another_kind_comes_in_with_a_warning() {
    let copy = Copy::new("retyped");
    let retyped = SHOP.replacen("\"email\": { \"type\": \"string\"", "\"email\": { \"type\": \"integer\"", 1);
    assert_ne!(retyped, SHOP, "the fixture has changed");
    let output = copy.regenerate("2.4.99", &retyped);
    assert!(output.status.success(), "{}", said(&output));
    let warning = "warning: Customer.email is string in 2.4.7, 2.4.8, 2.4.9, saas; integer in 2.4.99";
    assert!(said(&output).contains(warning), "{}", said(&output));
    let change = "`Customer.email` string became integer: breaks senders and readers";
    assert!(said(&output).contains(change), "{}", said(&output));
}

#[test]
fn the_saas_edition_comes_in_beside_the_releases() {
    let copy = Copy::new("saas");
    let output = copy.regenerate("saas", SHOP);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("### Magento 2.4.9 to saas\n"), "{}", said(&output));
    assert!(said(&output).contains("### Magento saas as it was to saas\n"), "{}", said(&output));
    let tables = &copy.files()[Path::new("crates/core/src/generated/tables.rs")];
    let tables = String::from_utf8_lossy(tables);
    assert!(tables.contains("NEWEST_LINE: u8 = 9") && tables.contains("band: Band::SAAS"));
}

const SANDBOX: &str = include_str!("fixtures/sandbox.json");

#[test]
fn what_a_stores_document_does_not_speak_of_is_not_gone() {
    let copy = Copy::new("store");
    let output = copy.regenerate("2.4.99", SANDBOX);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("### Magento 2.4.9 to 2.4.99\n\nNo change."), "{}", said(&output));
    let taken = "warning: taken over from 2.4.9, since the document does not tell";
    assert!(said(&output).contains(taken), "{}", said(&output));
    assert!(said(&output).contains("CustomerExtension.all_company_attributes"), "{}", said(&output));

    let gone = SANDBOX.replacen("/V1/customers/search", "/V1/people/search", 1);
    assert!(gone != SANDBOX, "the fixture has changed");
    let output = Copy::new("store-gone").regenerate("2.4.99", &gone);
    let change = "`GET /V1/customers/search` removed: breaks senders and readers";
    assert!(said(&output).contains(change), "{}", said(&output));
}

#[test]
fn a_document_without_endpoints_of_customers_is_refused() {
    let copy = Copy::new("no-endpoints");
    let before = copy.files();
    let output = copy.regenerate("2.4.99", &SHOP.replace("/V1/customers", "/V1/people"));
    assert!(!output.status.success() && said(&output).contains("shows no endpoint of customers"));
    assert_eq!(copy.files(), before);
}

#[test]
fn a_module_that_breaks_its_definition_is_named_and_nothing_is_said_to_be_gone() {
    let copy = Copy::new("broken");
    let broken = SANDBOX.replacen(
        "\"customer-data-customer-extension-interface\":{",
        "\"customer-data-customer-extension-interface\":{\"oops\":1,",
        1,
    );
    assert!(broken != SANDBOX, "the fixture has changed");
    let output = copy.regenerate("2.4.99", &broken);
    assert!(output.status.success(), "{}", said(&output));
    let place = "left out at /definitions/customer-data-customer-extension-interface/oops";
    assert!(said(&output).contains(place) && said(&output).contains("No change."), "{}", said(&output));
}

#[test]
fn documents_are_compared_as_they_are() {
    let copy = Copy::new("diff");
    std::fs::write(copy.0.join("new.json"), SHOP.replacen("\"email\"", "\"mail\"", 1)).unwrap();
    std::fs::write(copy.0.join("old.json"), SHOP).unwrap();
    let diff = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["schema", "diff", "old.json"]).args(arguments).current_dir(&copy.0).output().unwrap()
    };
    let output = diff(&["new.json", "--fail-on", "breaking"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("Customer.email: removed (breaks senders and readers)"),
        "{}",
        said(&output)
    );
    assert_eq!(diff(&["old.json", "--fail-on", "breaking"]).status.code(), Some(0));
    let output = diff(&["2.4.77"]);
    assert!(said(&output).contains("`2.4.77` is neither a release that there is a contract of nor"));
}
