//! Ratios against named peers, on records that all of them judge alike.
//!
//! Started by `cargo xtask bench`, which prepares the peers and the records.

mod client;
mod contender;
mod contract;
mod cpu;
mod load;
mod memory;
mod sandbox;
mod search;
mod table;
mod update;
mod validate;

use std::path::PathBuf;

use clap::{Args, Parser};

#[derive(Parser)]
#[command(about = "Ratios against named peers")]
enum Task {
    /// Validation of records: verdicts, and verdicts with typed models.
    Validate(Options),
    /// Query strings of searches.
    Search(search::Options),
    /// A patch laid over a stored customer, from bytes to bytes.
    Update(Options),
    /// The built-in tables and a contract read at run time.
    Contract(contract::Options),
    /// GETs a second of the sandbox store.
    Sandbox(sandbox::Options),
    /// Scans, updates and single requests of the client.
    Client(client::Options),
    /// Reads a file of records as a stream, so many times over, and says how much memory that took.
    Memory {
        /// The records, one a line.
        file: PathBuf,
        /// How often to read them.
        times: u32,
    },
    /// Reads one line of so many MiB as a stream, and says what time and memory that took.
    LongLine {
        /// The length in MiB.
        size: usize,
    },
}

/// What a benchmark over records needs.
#[derive(Args)]
struct Options {
    /// The folder of the records and their labels.
    #[arg(long)]
    data: PathBuf,
    /// The folder of the peers.
    #[arg(long)]
    peers: PathBuf,
    /// A Python that has the peers' packages.
    #[arg(long)]
    python: PathBuf,
    /// How many rounds to time; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

fn main() -> anyhow::Result<()> {
    match Task::parse() {
        Task::Validate(options) => validate::run(&options),
        Task::Update(options) => update::run(&options),
        Task::Search(options) => search::run(&options),
        Task::Contract(options) => contract::run(&options),
        Task::Sandbox(options) => sandbox::run(&options),
        Task::Client(options) => client::run(&options),
        Task::Memory { file, times } => memory::stream(&file, times),
        Task::LongLine { size } => memory::long_line(size),
    }
}
