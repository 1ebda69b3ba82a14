//! `cargo xtask regenerate`: everything that follows from a new release, in one command.

use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::codegen;
use crate::run::{cargo, output, root};
use crate::schema::contract::Contract;
use crate::schema::{self, diff, fetch, named, shown, write};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The release, such as 2.4.10, or saas for the SaaS edition.
    #[arg(long)]
    release: String,
    /// Its schema: a YAML or JSON file, or a store's http(s)://.../schema?services=all.
    #[arg(long, value_name = "FILE-or-URL")]
    from: String,
    /// Refuses the schema when a module's definition is broken, instead of leaving that out.
    #[arg(long)]
    strict: bool,
    /// Does not run the recorded cases.
    #[arg(long)]
    no_vectors: bool,
    #[command(flatten)]
    credentials: fetch::Options,
}

/// What no release is without.
const CUSTOMERS: &str = "/V1/customers";

/// Import, diff against the neighbouring release, code generation, recorded cases; then what to look at.
pub(crate) fn run(options: &Options) -> Result<()> {
    let started = Instant::now();
    codegen::refuse_unless_release(&options.release)?;
    let credentials = options.credentials.read()?;
    let mut imported = schema::imported(&options.from, &options.release, &credentials, !options.strict)?;
    if !imported.contract.endpoints.iter().any(|one| one.path.starts_with(CUSTOMERS)) {
        bail!(
            "{} shows no endpoint of customers: ask with a token that may see them, or name the whole document",
            options.from
        );
    }
    if let Some(neighbour) = codegen::neighbour(&options.release)? {
        imported = imported.filled(&named(&neighbour)?)?;
    }
    let contract = imported.told().contract;
    println!("# {} comes in\n", options.release);
    print!("{}", compared(&options.release, &contract)?);
    print!("{}", since_last(&options.release, &contract)?);
    println!("\n## Generated\n");
    generated(&options.release, &contract)?;
    let vectors = if options.no_vectors { "left out".to_owned() } else { vectors()? };
    println!("\nRecorded cases: {vectors}.\nTime: {:.1} s.", started.elapsed().as_secs_f64());
    println!(
        "To review: the changes above, the notes, `git diff --stat`, and what schema/overlay.json should say \
         of what is new."
    );
    Ok(())
}

/// The changes from the release before, or for the oldest to the one after.
fn compared(release: &str, contract: &Contract) -> Result<String> {
    let Some(neighbour) = codegen::neighbour(release)? else {
        return Ok("There is no other contract to compare with.\n".to_owned());
    };
    let other = named(&neighbour)?;
    Ok(match codegen::is_before(&neighbour, release)? {
        true => diff::markdown(&other, contract),
        false => diff::markdown(contract, &other),
    })
}

/// The changes from the contract of the same release that came in before, when one did.
fn since_last(release: &str, contract: &Contract) -> Result<String> {
    if !schema::contracts().join(format!("{release}.json")).is_file() {
        return Ok(String::new());
    }
    let before = Contract { release: format!("{release} as it was"), ..named(release)? };
    Ok(format!("\n{}", diff::markdown(&before, contract)))
}

/// Writes the contract and all that is made of it; when nothing can be made of it, all is as it was.
fn generated(release: &str, contract: &Contract) -> Result<()> {
    let out = schema::contracts().join(format!("{release}.json"));
    let before = std::fs::read(&out).ok();
    write::whole(&out, &write::pretty(&contract.to_node()))?;
    let Err(error) = codegen::generate(false) else { return Ok(()) };
    match before {
        Some(bytes) => std::fs::write(&out, bytes)?,
        None => std::fs::remove_file(&out)?,
    }
    Err(error.context(format!("nothing was generated; {} is as it was", shown(&out))))
}

/// Runs the recorded cases against the core with its new tables, and holds them to the kept figures.
fn vectors() -> Result<String> {
    let mut figures = cargo();
    figures.args(["test", "--quiet", "--package", "magewright-conformance", "--test", "figures"]);
    output(figures.current_dir(root())).context(
        "the contract and all that is made of it are written, but the recorded cases do not hold with them",
    )?;
    Ok("no figure got worse".to_owned())
}
