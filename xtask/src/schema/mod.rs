//! Contracts: what a Magento release says its customer types and endpoints are.

pub(crate) mod contract;
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
    },
}

pub(crate) fn perform(task: Task) -> Result<()> {
    match task {
        Task::Import { source, release, out, token_env } => {
            let token = token_env.map(|name| token(&name)).transpose()?;
            import(&source, &release, out, token.as_deref())
        }
    }
}

/// The folder of the contracts.
pub(crate) fn contracts() -> PathBuf {
    run::root().join("schema").join("contracts")
}

fn token(variable: &str) -> Result<String> {
    std::env::var(variable).with_context(|| format!("the environment variable {variable} holds no token"))
}

fn import(source: &str, release: &str, out: Option<PathBuf>, token: Option<&str>) -> Result<()> {
    check_release(release)?;
    let (text, remark) = imported(source, release, token)?;
    if let Some(remark) = remark {
        eprintln!("warning: {remark}");
    }
    let out = out.unwrap_or_else(|| contracts().join(format!("{release}.json")));
    write::whole(&out, &text)?;
    println!("wrote {}; next: cargo xtask codegen", shown(&out));
    Ok(())
}

/// The contract's text; nothing is written when this fails.
fn imported(source: &str, release: &str, token: Option<&str>) -> Result<(String, Option<String>)> {
    let document = read::document(source, token).context("nothing was written")?;
    let (contract, remark) = import::contract(&document, release)
        .with_context(|| format!("{source} is refused; nothing was written"))?;
    Ok((write::pretty(&contract.to_node()), remark))
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
