//! Clients written for a real store, run against the sandbox unchanged.
//!
//! `cargo xtask test --only clients` makes a Python that has their packages and runs them;
//! otherwise `MAGEWRIGHT_PYTHON` names one.

use std::process::Command;

use magewright::profile::Profile;
use magewright::release::Release;
use magewright_sandbox::{App, Options, ServeOptions, Server, seed};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Runs a script of `tests/clients` with the URL of a store with fifty customers.
fn run(script: &str) -> Outcome {
    let mut app =
        App::new(Profile::stock(), Release::DEFAULT, Options { seed: Some(1), ..Options::default() });
    seed(&mut app, 50, 1);
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(Server::start(app, ServeOptions::default()))?;
    let path = format!("{}/tests/clients/{script}", env!("CARGO_MANIFEST_DIR"));
    let python = std::env::var_os("MAGEWRIGHT_PYTHON").unwrap_or_else(|| "python3".into());
    let output = Command::new(python).args([path, server.url()]).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[test]
#[ignore = "needs Python with requests: `cargo xtask test --only clients`"]
fn plain_requests() -> Outcome {
    run("plain_requests.py")
}

#[test]
#[ignore = "needs Python with requests and pymagento: `cargo xtask test --only clients`"]
fn pymagento() -> Outcome {
    run("with_pymagento.py")
}
