//! A store's schema that changed: what `schema diff` says of the contracts that are imported from it.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SHOP: &str = include_str!("fixtures/shop.json");

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

/// A file of its own for a test, gone when it ends.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> File {
        File(std::env::temp_dir().join(format!("magewright-mutations-{}-{name}", std::process::id())))
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Imports a document; gives the contract, or why there is none.
fn imported(name: &str, document: &str) -> Result<File, String> {
    let (from, to) = (File::new(&format!("{name}.in")), File::new(&format!("{name}.json")));
    std::fs::write(&from.0, document).unwrap();
    let output = xtask(&["schema", "import", from.name(), "--release", "2.4.8", "--out", to.name()]);
    match output.status.success() {
        true => Ok(to),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn differences(old: &Path, new: &Path) -> (bool, Vec<String>) {
    let paths = [old.to_str().unwrap(), new.to_str().unwrap()];
    let output = xtask(&["schema", "diff", paths[0], paths[1], "--fail-on", "breaking"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), text.lines().skip(1).map(str::to_owned).collect())
}

#[test]
fn a_mutated_schema_gives_the_right_difference_and_no_other() {
    let base = imported("base", SHOP).unwrap();
    let mutations: [(&str, &str, &[&str]); 8] = [
        (
            "\"id\": { \"type\": \"integer\", \"description\": \"number\" },",
            "",
            &["Customer.id: removed (breaks senders and readers)"],
        ),
        (
            "\"id\": { \"type\": \"integer\", \"description\": \"number\" }",
            "\"id\": { \"type\": \"string\", \"description\": \"number\" }",
            &["Customer.id: integer became string (breaks senders and readers)"],
        ),
        (
            "\"required\": [\"email\"]",
            "\"required\": [\"email\", \"id\"]",
            &["Customer.id: became required (safe)"],
        ),
        (
            "\"required\": [\"email\"]",
            "\"title\": \"x\"",
            &["Customer.email: became optional (breaks readers)"],
        ),
        (
            "\"email\": { \"type\": \"string\" }",
            "\"mail\": { \"type\": \"string\" }",
            &["Customer.email: removed (breaks senders and readers)", "Customer.mail: added (safe)"],
        ),
        (
            "\"points\": { \"type\": \"number\" },",
            "",
            &["AcmeLoyaltyCard.points: removed (breaks senders and readers)"],
        ),
        (
            "\"passwordHash\": { \"type\": \"string\" }",
            "\"passwordHash\": { \"type\": \"string\" }, \"note\": { \"type\": \"string\" }",
            &["PUT /V1/customers/{customerId} body.note: added (safe)"],
        ),
        ("a person", "somebody", &[]),
    ];
    for (at, (piece, other, said)) in mutations.into_iter().enumerate() {
        assert!(SHOP.contains(piece), "the fixture has no `{piece}`");
        // A name that is required has to be there.
        let document = SHOP.replacen(piece, other, 1);
        let document =
            if other.contains("\"mail\"") { document.replace("[\"email\"]", "[\"mail\"]") } else { document };
        let mutated = imported(&format!("mutated-{at}"), &document).unwrap();
        let (passed, lines) = differences(&base.0, &mutated.0);
        assert_eq!(lines, said, "{piece}");
        assert_eq!(passed, said.iter().all(|line| line.ends_with("(safe)")), "{lines:?}");
    }
}

#[test]
fn a_definition_that_is_missing_is_refused_with_its_name() {
    let document = SHOP.replacen("\"customer-data-address-interface\": {", "\"gone\": {", 1);
    let refusal = imported("missing", &document).err().unwrap();
    assert!(
        refusal.contains("customer-data-address-interface") && refusal.contains("nothing was written"),
        "{refusal}"
    );
}

#[test]
fn fifty_megabytes_are_refused_before_they_are_read() {
    let document = format!("{{\"swagger\": \"2.0\", \"padding\": \"{}\"}}", "x".repeat(50 << 20));
    let refusal = imported("large", &document).err().unwrap();
    assert!(refusal.contains("more than 33554432 bytes"), "{}", refusal.get(..200).unwrap_or(&refusal));
}
