//! Contracts: what a Magento release says its customer types and endpoints are.

pub(crate) mod contract;
mod diff;
mod import;
mod names;
pub(crate) mod node;
pub(crate) mod overlay;
mod read;
mod swagger;
pub(crate) mod write;
mod yaml;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;

use crate::run;
use contract::Contract;

/// `cargo xtask schema ...`
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Reads Magento's Swagger 2.0 and writes the contract of a release.
    Import {
        /// The document: a YAML or JSON file, or a store's http(s)://.../rest/all/schema?services=all.
        source: String,
        /// The release it is of, such as 2.4.8.
        #[arg(long)]
        release: String,
        /// Where to write; schema/contracts/<RELEASE>.json when left out.
        #[arg(long)]
        out: Option<PathBuf>,
        /// The environment variable that holds a bearer token for the address.
        #[arg(long, value_name = "VAR")]
        token_env: Option<String>,
        /// Leaves out, with a warning, what a module's definitions got wrong; the core's must be right.
        #[arg(long)]
        skip_broken: bool,
    },
    /// Says what changed between two contracts, and whom it breaks.
    Diff {
        /// The older contract: a release, or a file.
        old: String,
        /// The newer contract: a release, or a file.
        new: String,
        #[arg(long, value_enum, default_value_t)]
        format: diff::Format,
        /// Ends with 1 when there is such a change.
        #[arg(long, value_enum)]
        fail_on: Option<diff::FailOn>,
    },
}

pub(crate) fn perform(task: Task) -> Result<()> {
    match task {
        Task::Import { source, release, out, token_env, skip_broken } => {
            check_release(&release)?;
            let token = token_env.map(|name| token(&name)).transpose()?;
            let (text, warnings) = imported(&source, &release, token.as_deref(), skip_broken)?;
            warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
            let out = out.unwrap_or_else(|| contracts().join(format!("{release}.json")));
            write::whole(&out, &text)?;
            println!("wrote {}; next: cargo xtask codegen", shown(&out));
            Ok(())
        }
        Task::Diff { old, new, format, fail_on } => diff::run(&named(&old)?, &named(&new)?, format, fail_on),
    }
}

/// The folder of the contracts.
pub(crate) fn contracts() -> PathBuf {
    run::root().join("schema").join("contracts")
}

/// The contract of a release, or in a file.
fn named(name: &str) -> Result<Contract> {
    let of_release = contracts().join(format!("{name}.json"));
    Contract::load(if of_release.is_file() { &of_release } else { Path::new(name) })
}

fn token(variable: &str) -> Result<String> {
    std::env::var(variable).with_context(|| format!("the environment variable {variable} holds no token"))
}

/// The contract's text and warnings; nothing is written when this fails.
fn imported(
    source: &str,
    release: &str,
    token: Option<&str>,
    skip_broken: bool,
) -> Result<(String, Vec<String>)> {
    let document = read::document(source, token).context("nothing was written")?;
    let (contract, warnings) =
        import::contract(&document, release, skip_broken).with_context(|| match skip_broken {
            true => format!("{source} is refused; nothing was written"),
            false => format!("{source} is refused; nothing was written (--skip-broken forgives modules)"),
        })?;
    Ok((write::pretty(&contract.to_node()), warnings))
}

/// The release names a file.
fn check_release(release: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if release.is_empty() || release.starts_with('.') || !release.chars().all(plain) {
        bail!("--release `{release}`: use letters, digits, dots and dashes, as in 2.4.8-p1");
    }
    Ok(())
}

fn shown(path: &Path) -> String {
    path.strip_prefix(run::root()).unwrap_or(path).display().to_string()
}
