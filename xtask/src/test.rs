//! `cargo xtask test`: the one test command.

use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::run::{cargo, require, root};
use crate::{builder, python, reference, wasm};

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run this part only (may be repeated).
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
}

/// A part that stands or falls by itself.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Format, lints, docs, generated files, unit, doc and integration tests, conformance.
    Rust,
    /// The npm package in Node.
    Wasm,
    /// The payload builder page, in Node and in Chromium against a sandbox.
    Page,
    /// The wheel in a clean environment.
    Python,
    /// Python clients written for a real store, against the sandbox.
    Clients,
    /// docs/reference in other people's validators.
    Reference,
}

type Step = (&'static str, fn() -> Result<()>);

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Rust => "rust",
            Part::Wasm => "wasm",
            Part::Page => "page",
            Part::Python => "python",
            Part::Clients => "clients",
            Part::Reference => "reference",
        }
    }

    fn steps(self) -> &'static [Step] {
        match self {
            Part::Rust => &[("format", format), ("lints", lints), ("docs", docs), ("tests", tests)],
            Part::Wasm => &[("build", wasm::build), ("tests", wasm::test)],
            Part::Page => {
                &[("build", builder::build), ("tests", builder::test), ("browser", builder::test_page)]
            }
            Part::Python => &[("build", python::build), ("tests", python::test), ("types", python::extras)],
            Part::Clients => &[("tests", clients)],
            Part::Reference => &[("node", reference::in_node), ("python", reference::in_python)],
        }
    }
}

/// Runs the wanted parts to the end, sums them up, and fails when one failed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let parts = Part::value_variants().iter().copied();
    let wanted = parts.filter(|part| options.only.is_empty() || options.only.contains(part));
    let summary: Vec<_> = wanted.map(run_part).collect();
    println!();
    for (_, line) in &summary {
        println!("{line}");
    }
    if summary.iter().all(|(passed, _)| *passed) { Ok(()) } else { bail!("not all parts passed") }
}

/// Whether a part passed, and the line that says so.
fn run_part(part: Part) -> (bool, String) {
    let started = Instant::now();
    let mut failures = Vec::new();
    for (name, step) in part.steps() {
        println!("── {} {name}", part.name());
        if let Err(error) = step() {
            println!("{error:#}");
            failures.push(*name);
        }
    }
    let verdict =
        if failures.is_empty() { "ok".to_owned() } else { format!("FAILED: {}", failures.join(", ")) };
    let seconds = started.elapsed().as_secs_f64();
    (failures.is_empty(), format!("{:<9} {seconds:6.1} s  {verdict}", part.name()))
}

fn format() -> Result<()> {
    require(cargo().args(["fmt", "--all", "--check"]).current_dir(root()))
}

fn lints() -> Result<()> {
    let clippy = ["clippy", "--quiet", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    require(cargo().args(clippy).current_dir(root()))
}

fn docs() -> Result<()> {
    let mut doc = cargo();
    doc.args(["doc", "--quiet", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings");
    for package in ["magewright", "magewright-client", "magewright-sandbox"] {
        doc.args(["--package", package]);
    }
    require(doc.current_dir(root()))
}

/// The seed of the property tests, so that a commit's verdict does not change from run to run.
/// A plain `cargo test` draws fresh ones; so does any seed set by hand.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20");

fn tests() -> Result<()> {
    let mut test = cargo();
    test.args(["test", "--workspace", "--no-fail-fast", "--locked"]).current_dir(root());
    if std::env::var_os(SEED.0).is_none() {
        test.env(SEED.0, SEED.1);
    }
    require(&mut test)
}

/// What the scripts in crates/sandbox/tests/clients import.
const CLIENTS: &[&str] = &["pymagento==2.14.0", "requests==2.34.2"];

fn clients() -> Result<()> {
    let python = python::environment("clients", CLIENTS)?.join("bin/python");
    let mut test = cargo();
    test.args(["test", "--quiet", "--locked", "--package", "magewright-sandbox", "--test", "clients"]);
    test.args(["--", "--include-ignored"]).env("MAGEWRIGHT_PYTHON", python);
    require(test.current_dir(root()))
}
