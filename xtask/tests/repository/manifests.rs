use std::fs;

use anyhow::Result;

use super::{committed, hold, root};

#[test]
fn every_crate_inherits_the_lints() -> Result<()> {
    let mut broken = Vec::new();
    for file in committed()?.iter().filter(|file| file.ends_with("/Cargo.toml")) {
        let manifest = fs::read_to_string(root().join(file))?;
        if !manifest.contains("[lints]\nworkspace = true") {
            broken.push(file.clone());
        }
    }
    hold("crates without `[lints] workspace = true`", &broken)
}

#[test]
fn lock_files_name_no_registry_of_one_place() -> Result<()> {
    let mut broken = Vec::new();
    for file in committed()?.iter().filter(|file| file.ends_with("package-lock.json")) {
        let lock = fs::read_to_string(root().join(file))?;
        if lock.contains("\"resolved\": \"http") {
            broken.push(file.clone());
        }
    }
    hold("npm locks made without `omit-lockfile-registry-resolved`", &broken)
}
