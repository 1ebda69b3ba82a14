//! What is generated from the contracts and the overlay: Rust, TypeScript, Python, JSON Schema,
//! OpenAPI and pages for people; Python's blocking client from the one for asyncio, and the stubs of its
//! compiled part from that part's source.

mod band;
mod blocking;
mod declared;
mod examples;
mod form;
mod json_schema;
mod models;
mod openapi;
mod output;
mod pages;
mod prose;
mod python;
mod requests;
mod stubs;
mod tables;
mod traffic;
mod typescript;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::run;
use crate::schema::contract::Contract;
use crate::schema::{self, overlay};
pub(crate) use band::SAAS;
use output::Output;

/// `cargo xtask codegen [--check]`
pub(crate) fn generate(check: bool) -> Result<()> {
    let form = form()?;
    let outputs = outputs(&form)?;
    if check {
        return refuse_strays(&form).and_then(|()| refuse_stale(&outputs));
    }
    form.strays.iter().for_each(|stray| eprintln!("warning: {stray}"));
    for file in leftovers(&outputs)? {
        std::fs::remove_file(run::root().join(&file)).with_context(|| file.clone())?;
        println!("removed {file}");
    }
    let (mut wrote, all) = (0, outputs.len());
    for output in outputs {
        if output.write()? {
            println!("wrote {}", output.path);
            wrote += 1;
        }
    }
    println!("{wrote} of {all} generated files were not fresh");
    Ok(())
}

/// What overlay and examples say must be about something; while a contract comes in that is a warning.
fn refuse_strays(form: &form::Form) -> Result<()> {
    match form.strays.as_slice() {
        [] => Ok(()),
        strays => bail!("schema/overlay.json or schema/examples.json do not fit: {}", strays.join("; ")),
    }
}

fn refuse_stale(outputs: &[Output]) -> Result<()> {
    let stale = outputs.iter().filter(|output| !output.is_fresh()).map(|output| output.path.clone());
    let wrong: Vec<_> = stale.chain(leftovers(outputs)?).collect();
    if !wrong.is_empty() {
        bail!("not as the schema says: {}; run `cargo xtask codegen`", wrong.join(", "));
    }
    println!("{} generated files are fresh", outputs.len());
    Ok(())
}

/// Pages of what is no more.
fn leftovers(outputs: &[Output]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in ["types", "endpoints"].map(|folder| format!("{}/{folder}", pages::FOLDER)) {
        let Ok(entries) = std::fs::read_dir(run::root().join(&folder)) else { continue };
        for entry in entries {
            let file = format!("{folder}/{}", entry?.file_name().to_string_lossy());
            if outputs.iter().all(|output| output.path != file) {
                found.push(file);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn outputs(form: &form::Form) -> Result<Vec<Output>> {
    let mut outputs = vec![
        Output::rust("crates/core/src/generated/models.rs", &models::source(form)?),
        Output::rust("crates/core/src/generated/tables.rs", &tables::source(form)?),
        Output::commented("bindings/wasm/js/contract.d.ts", "// ", &typescript::source(form)),
        Output::commented("bindings/python/python/magewright/contract.py", "# ", &python::source(form)),
        Output::plain("docs/reference/requests.json", requests::source(form)),
        Output::plain("docs/reference/schema.json", json_schema::source(form)),
        Output::plain("docs/reference/openapi.json", openapi::source(form)),
    ];
    outputs.push(blocking::output()?);
    outputs.push(stubs::output()?);
    outputs.extend(pages::outputs(form));
    Ok(outputs)
}

/// The contracts of the releases and the overlay, as one.
fn form() -> Result<form::Form> {
    let contracts = contracts()?;
    let overlay_file = run::root().join("schema").join("overlay.json");
    let overlay = overlay::load(&overlay_file)?;
    let mut form = form::form(&contracts, &overlay);
    if let Ok(form) = &mut form {
        let mut examples = examples::Examples::load(&run::root().join("schema").join("examples.json"))?;
        form.strays.extend(examples.drop_strays(form));
        form.examples = examples;
    }
    form.context("schema/overlay.json and schema/contracts do not fit")
}

/// The contracts of all releases, oldest first, the SaaS edition's last.
pub(crate) fn contracts() -> Result<Vec<Contract>> {
    contract_files()?.iter().map(|path| Contract::load(path)).collect()
}

/// The contract files named by a release, in that order; a shop's own contract is left out.
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

/// The newest release that there is a contract of.
pub(crate) fn newest_release() -> Result<String> {
    let mut releases = releases()?;
    releases.retain(|release| release != band::SAAS);
    releases.pop().context("no contract")
}

/// The release to compare with: the one just before, or for the oldest the one just after; for the
/// SaaS edition the newest.
pub(crate) fn neighbour(release: &str) -> Result<Option<String>> {
    let mut others = releases()?;
    others.retain(|other| other != release && other != band::SAAS);
    let place = others.iter().position(|other| is_before(release, other).unwrap_or(false));
    let at = place.unwrap_or(others.len()).saturating_sub(1);
    Ok(others.get(at).cloned())
}

/// Whether the first release is older than the second.
pub(crate) fn is_before(one: &str, other: &str) -> Result<bool> {
    Ok(band::release(one)? < band::release(other)?)
}

/// Whether the text names a release that code can be made for.
pub(crate) fn refuse_unless_release(text: &str) -> Result<()> {
    band::release(text).map(drop)
}

/// The releases that there are contracts of, oldest first.
fn releases() -> Result<Vec<String>> {
    let stem = |path: &PathBuf| path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned);
    Ok(contract_files()?.iter().filter_map(stem).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_are_the_same_byte_for_byte() {
        let texts =
            || outputs(&form().unwrap()).unwrap().into_iter().map(|output| output.text).collect::<Vec<_>>();
        assert_eq!(texts(), texts());
    }
}
