//! Contracts: what a Magento release says its customer types and endpoints are.

pub(crate) mod contract;
pub(crate) mod diff;
pub(crate) mod fetch;
mod import;
mod names;
pub(crate) mod node;
mod oauth;
mod openapi;
pub(crate) mod overlay;
pub(crate) mod pull;
pub(crate) mod read;
mod releases;
pub(crate) mod renames;
mod scope;
mod swagger;
mod unread;
pub(crate) mod write;
mod yaml;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;

use crate::run;
use contract::Contract;
use import::Imported;
use node::At;

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
        #[command(flatten)]
        credentials: fetch::Options,
        /// Leaves out, with a warning, what a module's definitions got wrong; the core's must be right.
        #[arg(long)]
        skip_broken: bool,
    },
    /// Asks a store for its own schema and writes its contract, modules and all.
    Pull(pull::Options),
    /// Says what changed between two contracts, and whom it breaks.
    Diff {
        /// The older contract: a release, a contract file, or a schema document (a file or an address).
        old: String,
        /// The newer contract, likewise.
        new: String,
        #[arg(long, value_enum, default_value_t)]
        format: diff::Format,
        /// Ends with 1 when there is such a change.
        #[arg(long, value_enum)]
        fail_on: Option<diff::FailOn>,
    },
    /// Shows which release has which field and endpoint.
    Releases {
        #[arg(long, value_enum, default_value_t)]
        format: diff::Format,
    },
}

pub(crate) fn perform(task: Task) -> Result<()> {
    match task {
        Task::Import { source, release, out, credentials, skip_broken } => {
            check_release(&release)?;
            let contract = imported(&source, &release, &credentials.read()?, skip_broken)?.told().contract;
            let out = out.unwrap_or_else(|| contracts().join(format!("{release}.json")));
            write::whole(&out, &write::pretty(&contract.to_node()))?;
            println!("wrote {}; next: cargo xtask codegen", shown(&out));
            Ok(())
        }
        Task::Pull(options) => pull::perform(&options),
        Task::Releases { format } => {
            print!("{}", releases::text(&crate::codegen::contracts()?, format));
            Ok(())
        }
        Task::Diff { old, new, format, fail_on } => diff::run(&named(&old)?, &named(&new)?, format, fail_on),
    }
}

/// The folder of the contracts.
pub(crate) fn contracts() -> PathBuf {
    run::root().join("schema").join("contracts")
}

/// The contract of a release, in a file, or in a schema document.
pub(crate) fn named(name: &str) -> Result<Contract> {
    let of_release = contracts().join(format!("{name}.json"));
    if of_release.is_file() {
        return Contract::load(&of_release);
    }
    let document = read::document(name, &fetch::Credentials::None).with_context(|| {
        format!("`{name}` is neither a release that there is a contract of nor a document")
    })?;
    if At::root(&document).get("$defs").is_some() {
        return Contract::from_node(&document).with_context(|| format!("in {name}"));
    }
    let imported = import::contract(&document, name, true).with_context(|| format!("{name} is refused"))?;
    Ok(imported.told().contract)
}

/// The contract in a document; nothing is written when this fails.
pub(crate) fn imported(
    source: &str,
    release: &str,
    credentials: &fetch::Credentials,
    skip_broken: bool,
) -> Result<Imported> {
    let document = read::document(source, credentials).context("nothing was written")?;
    import::contract(&document, release, skip_broken).with_context(|| match skip_broken {
        true => format!("{source} is refused; nothing was written"),
        false => format!("{source} is refused; nothing was written (--skip-broken forgives modules)"),
    })
}

impl Imported {
    /// Says the warnings.
    pub(crate) fn told(self) -> Imported {
        self.warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
        self
    }
}

/// The contract in a document's bytes, as text.
pub(crate) fn contract_text(bytes: &[u8], skip_broken: bool) -> Result<String> {
    let text = std::str::from_utf8(bytes).context("not UTF-8")?;
    let imported = import::contract(&read::parse(text)?, "2.4.8", skip_broken)?;
    Ok(write::pretty(&imported.contract.to_node()))
}

/// The release names a file.
pub(crate) fn check_release(release: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if release.is_empty() || release.starts_with('.') || !release.chars().all(plain) {
        bail!("--release `{release}`: use letters, digits, dots and dashes, as in 2.4.8-p1");
    }
    Ok(())
}

pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(run::root()).unwrap_or(path).display().to_string()
}
