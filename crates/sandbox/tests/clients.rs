//! Clients written for a real store, run against the sandbox unchanged.

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
    let output = Command::new("python3").args([path, server.url()]).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[test]
#[ignore = "needs Python with requests"]
fn plain_requests() -> Outcome {
    run("plain_requests.py")
}

#[test]
#[ignore = "needs Python with requests and pymagento"]
fn pymagento() -> Outcome {
    run("with_pymagento.py")
}
