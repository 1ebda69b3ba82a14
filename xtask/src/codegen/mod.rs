//! Generated code: from the contracts and the overlay to Rust, TypeScript and Python.

mod band;
mod declared;
mod form;
mod models;
mod output;
mod prose;
mod python;
mod tables;
mod traffic;
mod typescript;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::run;
use crate::schema::contract::Contract;
use crate::schema::{self, overlay};
use output::Output;

/// `cargo xtask codegen [--check]`
pub(crate) fn generate(check: bool) -> Result<()> {
    let outputs = outputs()?;
    if check {
        let stale: Vec<_> = outputs.iter().filter(|output| !output.is_fresh()).map(|o| o.path).collect();
        if !stale.is_empty() {
            bail!("not as the schema says: {}; run `cargo xtask codegen`", stale.join(", "));
        }
        println!("{} generated files are fresh", outputs.len());
        return Ok(());
    }
    for output in outputs {
        let done = if output.write()? { "wrote" } else { "fresh" };
        println!("{done} {}", output.path);
    }
    Ok(())
}

fn outputs() -> Result<Vec<Output>> {
    let form = form()?;
    Ok(vec![
        Output::rust("crates/core/src/generated/models.rs", &models::source(&form)?),
        Output::rust("crates/core/src/generated/tables.rs", &tables::source(&form)?),
        Output::commented("bindings/wasm/js/contract.d.ts", "// ", &typescript::source(&form)),
        Output::commented("bindings/python/python/magewright/contract.py", "# ", &python::source(&form)),
    ])
}

/// The contracts of the releases and the overlay, as one.
fn form() -> Result<form::Form> {
    let contracts = contract_files()?.iter().map(|path| Contract::load(path)).collect::<Result<Vec<_>>>()?;
    let overlay_file = run::root().join("schema").join("overlay.json");
    let overlay = overlay::load(&overlay_file)?;
    form::form(&contracts, &overlay).context("schema/overlay.json and schema/contracts do not fit")
}

/// The contract files named by a release, oldest first; a shop's own contract is left out.
fn contract_files() -> Result<Vec<PathBuf>> {
    let folder = schema::contracts();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if let (Some("json"), Ok(release)) = (path.extension().and_then(|e| e.to_str()), band::release(stem))
        {
            files.push((release, path));
        }
    }
    files.sort();
    match files.is_empty() {
        true => bail!("no contract in {}; run `cargo xtask schema import` first", folder.display()),
        false => Ok(files.into_iter().map(|(_, path)| path).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_are_the_same_byte_for_byte() {
        let texts = || outputs().unwrap().into_iter().map(|output| output.text).collect::<Vec<_>>();
        assert_eq!(texts(), texts());
    }
}
