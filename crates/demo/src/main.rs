//! The main job, end to end: what was recorded of a real store, then a messy file of changes brought to a
//! store of its own.

mod agreement;
mod byhand;
mod job;
mod losses;
mod recordings;
mod rejects;
mod searches;
mod store;
mod updates;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use recordings::Recordings;
use store::Store;

/// What was recorded of a real store and what we say of it; then a messy file of changes, brought to a store
/// on loopback that is served until Ctrl-C.
#[derive(Parser)]
#[command(name = "cargo xtask demo", bin_name = "cargo xtask demo")]
struct Arguments {
    /// End after the report.
    #[arg(long)]
    once: bool,
    /// Only the part about the recordings.
    #[arg(long)]
    recorded: bool,
    /// The port of the store; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Made-up customers in the store.
    #[arg(long, default_value_t = 1000)]
    customers: u32,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let recordings = Recordings::read()?;
    recorded(&recordings)?;
    if arguments.recorded {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::start(recordings.profile().clone(), arguments.port, arguments.customers).await?;
        job::run(&store).await?;
        if arguments.once {
            return Ok(());
        }
        store.print_urls();
        tokio::signal::ctrl_c().await?;
        Ok(())
    })
}

fn recorded(recordings: &Recordings) -> Result<(), Box<dyn Error>> {
    println!("magewright on the recorded traffic of a Magento {} store\n", recordings.release());
    agreement::print(recordings)?;
    searches::print(recordings)?;
    updates::print(recordings)?;
    losses::print(recordings)?;
    println!("Every figure above is checked case by case with `cargo xtask conformance schema/vectors`.");
    Ok(())
}
