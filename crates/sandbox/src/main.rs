//! `magewright-sandbox`: a Magento-like store on loopback.

use std::io::{BufRead, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use magewright::json::{self, Object, Value};
use magewright::profile::{Profile, Settings};
use magewright::release::Release;
use magewright_sandbox::{App, Faults, Options, ServeOptions, Server, seed};

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
    let app = app(arguments)?;
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
            ..ServeOptions::default()
        };
        if arguments.expose {
            eprintln!("warning: other machines can reach this store, and its password is well known");
        }
        let customers = app.customers().count();
        let server = Server::start(app, options).await.map_err(|e| e.to_string())?;
        println!("{}/rest/V1 with {customers} customers, release {}", server.url(), arguments.release);
        tokio::signal::ctrl_c().await.map_err(|e| format!("cannot wait for the end: {e}"))?;
        match &arguments.export {
            Some(file) => export(&server, file).map_err(|e| format!("{}: {e}", file.display())),
            None => Ok(()),
        }
    })
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

fn app(arguments: &Arguments) -> Result<App, String> {
    let mut profile = arguments.profile.as_deref().map_or_else(|| Ok(Profile::stock()), read_profile)?;
    change(&mut profile, &arguments.settings)?;
    let options =
        Options { seed: Some(arguments.seed), admin_users: arguments.admin_users, ..Options::default() };
    let release = arguments.release;
    let mut app = match &arguments.store {
        Some(file) => {
            App::open(profile, release, options, file).map_err(|e| format!("{}: {e}", file.display()))?
        }
        None => App::new(profile, release, options),
    };
    for reply in &arguments.replies {
        let (path, file) =
            reply.split_once('=').ok_or_else(|| format!("--reply `{reply}`: give PATH=FILE"))?;
        app.facts_mut().insert(path, read_json(Path::new(file))?);
    }
    if app.customers().next().is_some() {
        return Ok(app);
    }
    if let Some(file) = &arguments.import {
        import(&mut app, file)?;
    }
    seed(&mut app, arguments.customers, arguments.seed);
    app.keep().map_err(|e| e.to_string())?;
    Ok(app)
}

fn read_profile(file: &Path) -> Result<Profile, String> {
    Profile::from_document(&read_json(file)?).map_err(|e| format!("{}: {e}", file.display()))
}

fn read_json(file: &Path) -> Result<Value, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    json::parse(&bytes).map_err(|e| format!("{}: {e}", file.display()))
}

/// Lays `PATH=VALUE` settings over those of the profile.
fn change(profile: &mut Profile, settings: &[String]) -> Result<(), String> {
    let document = profile.to_document();
    let mut all = document.get("settings").and_then(Value::as_object).cloned().unwrap_or_default();
    for setting in settings {
        let (path, value) =
            setting.split_once('=').ok_or_else(|| format!("--setting `{setting}`: give PATH=VALUE"))?;
        // No setting is a list, so that only one nobody reads takes it.
        let list = Value::Array(Vec::new());
        if Settings::read(&Object::from_iter([(path, list)]).into()).is_ok() {
            return Err(format!("--setting `{path}`: nothing in the sandbox depends on it"));
        }
        all.insert(path, value);
    }
    profile.settings = Settings::read(&all.into()).map_err(|e| format!("--setting: {e}"))?;
    Ok(())
}

fn export(server: &Server, file: &Path) -> std::io::Result<()> {
    let app = server.app();
    let app = app.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    app.customers().try_for_each(|customer| writeln!(out, "{customer}"))?;
    out.flush()
}

fn import(app: &mut App, file: &Path) -> Result<(), String> {
    let opened = std::fs::File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    for (number, line) in std::io::BufReader::new(opened).split(b'\n').enumerate() {
        let at =
            |reason: &dyn std::fmt::Display| format!("{}, line {}: {reason}", file.display(), number + 1);
        let line = line.map_err(|e| at(&e))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let customer = json::parse(&line).map_err(|e| at(&e))?;
        app.insert(customer, None).ok_or_else(|| at(&"not a customer: an object with an integer `id`"))?;
    }
    Ok(())
}
