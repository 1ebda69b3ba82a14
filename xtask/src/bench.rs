//! `cargo xtask bench`: prepares the peers and the records, then times them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

use crate::python::environment;
use crate::run::{build, require, root, target};
use crate::wasm;

/// What to time.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Validation of customer records, against msgspec, pydantic v2, jsonschema-rs, Ajv and serde_json.
    Validate(Options),
    /// A patch laid over a stored customer, against orjson with a hand-written merge and json-patch.
    Update(Options),
    /// The Python package against msgspec, pydantic, jsonschema-rs, pymagento and a merge by hand.
    Python {
        #[command(flatten)]
        options: Options,
        /// Instead, validate and plan a Parquet file of so many customers, and say what memory that took.
        #[arg(long, value_name = "N")]
        parquet_rows: Option<u32>,
    },
    /// Query strings of searches, against pymagento's builder and urlencode, and from JavaScript against qs.
    Search(Rounds),
    /// Validation from JavaScript in Node, against Ajv and zod, and query strings against qs.
    Wasm(Options),
    /// Scans and updates of the client against pymagento, and single requests against plain reqwest.
    Client(Rounds),
    /// Validation under a contract read at run time, against the built-in tables.
    Contract(Rounds),
    /// GETs a second of the sandbox store, the time it takes to start, and its memory.
    Sandbox {
        /// How long to send.
        #[arg(long, default_value_t = 0.25)]
        minutes: f64,
        /// Connections at once.
        #[arg(long, default_value_t = 8)]
        connections: u32,
    },
}

/// How often to time.
#[derive(Args)]
pub(crate) struct Rounds {
    /// How many rounds to time; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: u32,
}

/// How much to time.
#[derive(Args)]
pub(crate) struct Options {
    /// How many records to make.
    #[arg(long, default_value_t = 100_000)]
    records: u32,
    /// How many rounds to time; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: u32,
}

/// Does one task.
pub(crate) fn run(task: &Task) -> Result<()> {
    match task {
        Task::Validate(options) => validate(options),
        Task::Update(options) => update(options),
        Task::Search(options) => search(options),
        Task::Python { options, parquet_rows } => package(options, *parquet_rows),
        Task::Client(options) => client(options),
        Task::Contract(options) => contract(options),
        Task::Wasm(options) => javascript_validation(options),
        Task::Sandbox { minutes, connections } => sandbox(*minutes, *connections),
    }
}

/// The newest contract is read as a shop's own would be.
fn contract(options: &Rounds) -> Result<()> {
    let contract = crate::schema::contracts().join(format!("{}.json", crate::codegen::newest_release()?));
    let customers = root().join("schema/vectors/state/update-customers.ndjson");
    let arguments = ["contract", "--contract", &text(contract), "--customers", &text(customers)];
    time(&arguments, options.rounds)
}

/// The store runs in a process of its own, as for anybody else.
fn sandbox(minutes: f64, connections: u32) -> Result<()> {
    let store = build("magewright-sandbox")?;
    let arguments = [
        "sandbox".to_owned(),
        format!("--store={}", text(store)),
        format!("--minutes={minutes}"),
        format!("--connections={connections}"),
    ];
    crate::run::package("magewright-bench", "magewright-bench", &arguments)
}

/// The wheel is built first, since an older one would be timed for the present one.
fn package(options: &Options, parquet_rows: Option<u32>) -> Result<()> {
    crate::python::build()?;
    let packages = std::fs::read_to_string(sources().join("requirements.txt"))?;
    let packages: Vec<&str> = packages.lines().collect();
    let python = crate::python::installed("bench", &packages)?.join("bin/python");
    let data = records(options.records, &python)?;
    let (script, number) = match parquet_rows {
        None => ("python.py", options.rounds),
        Some(rows) => ("parquet.py", rows),
    };
    require(Command::new(&python).arg(sources().join(script)).arg(data).arg(number.to_string()))
}

fn client(options: &Rounds) -> Result<()> {
    let (store, python) = (text(build("magewright-sandbox")?), text(python()?));
    let arguments = ["client", "--store", &store, "--peers", &text(sources()), "--python", &python];
    time(&arguments, options.rounds)
}

fn validate(options: &Options) -> Result<()> {
    let python = python()?;
    let peers = peers()?;
    let data = records(options.records, &python)?;
    let arguments = ["validate", "--data", &text(data), "--peers", &text(peers), "--python", &text(python)];
    time(&arguments, options.rounds)
}

fn update(options: &Options) -> Result<()> {
    let python = python()?;
    let data = records(options.records, &python)?;
    let arguments = ["update", "--data", &text(data), "--peers", &text(sources()), "--python", &text(python)];
    time(&arguments, options.rounds)
}

fn search(options: &Rounds) -> Result<()> {
    let arguments = ["search", "--peers", &text(sources()), "--python", &text(python()?)];
    time(&arguments, options.rounds)?;
    if let Err(missing) = wasm::has_node() {
        println!("\nnpm qs, from JavaScript: not timed: {missing:#}");
        return Ok(());
    }
    javascript(options)
}

/// Bytes and strings of records, then the queries of searches.
fn javascript_validation(options: &Options) -> Result<()> {
    let data = records(options.records, &python()?)?;
    javascript(&Rounds { rounds: options.rounds })?;
    let mut node = Command::new("node");
    node.arg(peers()?.join("wasm.mjs")).arg(root().join("bindings/wasm/js/node.js"));
    node.arg(data.join("plain.ndjson")).arg(data.join("labels.ndjson")).arg(options.rounds.to_string());
    require(&mut node)
}

/// The npm package is built first, since an older one would be timed for the present one.
fn javascript(options: &Rounds) -> Result<()> {
    wasm::build()?;
    let (entry, folder) = (root().join("bindings/wasm/js/node.js"), peers()?);
    for query in ["ascii", "unicode"] {
        let mut node = Command::new("node");
        node.arg(folder.join("search.mjs")).arg(&entry).arg(query).arg(options.rounds.to_string());
        require(&mut node)?;
    }
    Ok(())
}

fn time(arguments: &[&str], rounds: u32) -> Result<()> {
    let rounds = ["--rounds".to_owned(), rounds.to_string()];
    let arguments: Vec<String> =
        arguments.iter().map(|&argument| argument.to_owned()).chain(rounds).collect();
    crate::run::package("magewright-bench", "magewright-bench", &arguments)
}

fn text(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}

fn sources() -> PathBuf {
    root().join("crates/bench/peers")
}

fn python() -> Result<PathBuf> {
    let packages = std::fs::read_to_string(sources().join("requirements.txt"))?;
    let packages: Vec<&str> = packages.lines().collect();
    Ok(environment("bench", &packages)?.join("bin/python"))
}

/// A copy of the peers beside the packages that npm installs for them.
fn peers() -> Result<PathBuf> {
    let folder = target().join("bench/peers");
    std::fs::create_dir_all(&folder)?;
    for file in [
        ".npmrc",
        "package.json",
        "package-lock.json",
        "ajv.mjs",
        "peer.mjs",
        "peer.py",
        "models.py",
        "schema.json",
        "search.mjs",
        "wasm.mjs",
        "zod.mjs",
        "queries.json",
    ] {
        std::fs::copy(sources().join(file), folder.join(file))?;
    }
    let mut npm = Command::new("npm");
    require(npm.args(["ci", "--silent"]).current_dir(&folder))
        .context("Node and npm are needed for Ajv and qs")?;
    Ok(folder)
}

fn records(count: u32, python: &std::path::Path) -> Result<PathBuf> {
    let folder = target().join(format!("bench/records-{count}"));
    if !folder.join("labels.ndjson").exists() {
        let mut generate = Command::new(python);
        require(generate.arg(sources().join("generate.py")).arg(count.to_string()).arg(&folder))?;
    }
    Ok(folder)
}
