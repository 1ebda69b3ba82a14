//! `magewright-sandbox`: a Magento-like store on loopback.

mod setup;

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use magewright::release::Release;
use magewright_sandbox::{Faults, ServeOptions, Server, integration};

/// Serves a Magento-like store on loopback; sign in as admin with the password admin123.
#[derive(Parser)]
#[command(name = "magewright-sandbox", version)]
struct Arguments {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8070)]
    port: u16,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    address: IpAddr,
    /// Allow an address that other machines reach.
    #[arg(long)]
    expose: bool,
    /// Begin with so many customers, made up and the same on every start.
    #[arg(long, value_name = "N", default_value_t = 0)]
    customers: u32,
    /// The seed of the customers, tokens and UUIDs.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// Behave as this release.
    #[arg(long, value_name = "R", default_value_t = Release::DEFAULT)]
    release: Release,
    /// What the store says of itself: a profile document.
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Change a setting of the profile (may be repeated), such as `customer/account_share/scope=0`.
    #[arg(long = "setting", value_name = "PATH=VALUE")]
    settings: Vec<String>,
    /// Answer a GET of a path that describes the store with the document in a file (may be repeated), such as
    /// `/rest/V1/store/storeConfigs=configs.json`.
    #[arg(long = "reply", value_name = "PATH=FILE")]
    replies: Vec<String>,
    /// Begin with these customers: one a line, as GET returns them. May be given with `--customers`.
    #[arg(long, value_name = "FILE.ndjson")]
    import: Option<PathBuf>,
    /// Keep the store in this SQLite file, so that it is the same after a restart. `--customers` and
    /// `--import` fill a store without customers only.
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Write the customers to this file at the end, one a line, as GET returns them.
    #[arg(long, value_name = "FILE.ndjson")]
    export: Option<PathBuf>,
    /// What goes wrong on purpose, such as `every=10,503,429/2,reset-before,reset-after,truncated`.
    #[arg(long, value_name = "SPEC", default_value = "")]
    faults: Faults,
    /// Milliseconds that a save takes between reading a customer and writing it, without a lock as in a
    /// real store; 0 saves at once, and then no update is lost.
    #[arg(long, value_name = "MS", default_value_t = 5)]
    race: u64,
    /// Allow pages of this origin to ask the store, which no store does by itself; `*` for any.
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    cors: Option<String>,
    /// Add an administrator (may be repeated); with resources, such as `Magento_Customer::customer`, one who
    /// may use only those.
    #[arg(long = "administrator", value_name = "NAME:PASSWORD[:RESOURCE,...]")]
    administrators: Vec<String>,
    /// Add an integration with all rights, whose four keys follow from the seed and are printed.
    #[arg(long)]
    integration: bool,
    /// Let the clock stand still at this time, in seconds since 1970 UTC.
    #[arg(long, value_name = "SECONDS")]
    time: Option<i64>,
    /// Work the queue every so many milliseconds; 0 works it only for requests with the header
    /// `X-Sandbox-Work: N`, which work N operations first.
    #[arg(long, value_name = "MS", default_value_t = 100)]
    queue: u64,
    /// Let a test set the clock, work the queue, put and read the customers, change the faults, and begin again, by
    /// requests in JSON under `/sandbox/`: GET and PUT `clock` {"now": SECONDS}, GET and POST `queue` {"work": N},
    /// GET and PUT `customers` {"customers": [...], "password": TEXT}, PUT `faults` {"faults": SPEC}, POST `reset`.
    /// On loopback only.
    #[arg(long)]
    control: bool,
    /// Add the routes of admin users and roles, which no Magento has.
    #[arg(long)]
    admin_users: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("magewright-sandbox: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    if arguments.release.is_saas() {
        return Err(
            "there is no sandbox of the SaaS edition, which nobody has recorded: take a release".to_owned()
        );
    }
    let app = setup::app(arguments)?;
    // One lock, one thread: a second one would only wait for the first.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| format!("no runtime: {e}"))?;
    runtime.block_on(async {
        let options = ServeOptions {
            address: arguments.address,
            port: arguments.port,
            expose: arguments.expose,
            faults: arguments.faults.clone(),
            race: Duration::from_millis(arguments.race),
            cors: arguments.cors.as_ref().and_then(|origin| origin.parse().ok()),
            consumer: Some(Duration::from_millis(arguments.queue)).filter(|every| !every.is_zero()),
            control: arguments.control,
            ..ServeOptions::default()
        };
        if arguments.expose {
            eprintln!("warning: other machines can reach this store, and its password is well known");
        }
        let ended = ended().map_err(|e| format!("cannot wait for the end: {e}"))?;
        let customers = app.customers().count();
        let server = Server::start(app, options).await.map_err(|e| e.to_string())?;
        println!("{}/rest/V1 with {customers} customers, release {}", server.url(), arguments.release);
        if arguments.integration {
            print_keys(arguments.seed);
        }
        ended.await;
        match &arguments.export {
            Some(file) => setup::export(&server, file).map_err(|e| format!("{}: {e}", file.display())),
            None => Ok(()),
        }
    })
}

/// Waits to be told to end: by Ctrl-C, or as services are. The wait begins with the call.
fn ended() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

/// The keys of the integration as settings of an environment.
fn print_keys(seed: u64) {
    let keys = integration(seed);
    println!("SANDBOX_CONSUMER_KEY={}", keys.consumer_key);
    println!("SANDBOX_CONSUMER_SECRET={}", keys.consumer_secret.reveal());
    println!("SANDBOX_TOKEN={}", keys.token);
    println!("SANDBOX_TOKEN_SECRET={}", keys.token_secret.reveal());
}

/// An origin: scheme, host and port, without a path.
fn origin(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let is_host = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && b != b'/');
    if text == "*" || rest.is_some_and(is_host) {
        return Ok(text.to_owned());
    }
    Err("an origin is a scheme and a host, such as http://127.0.0.1:8000, without a path".to_owned())
}
