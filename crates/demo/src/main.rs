//! The main job on recorded store traffic: payloads validated, searches encoded,
//! updates planned, and held against what the real store did.

mod agreement;
mod losses;
mod recordings;
mod searches;
mod updates;

use std::error::Error;
use std::process::ExitCode;

use recordings::Recordings;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let recordings = Recordings::read()?;
    println!("magewright on the recorded traffic of a Magento {} store\n", recordings.release());
    agreement::print(&recordings)?;
    searches::print(&recordings)?;
    updates::print(&recordings)?;
    losses::print(&recordings)?;
    println!("Every figure above is checked case by case with `cargo xtask conformance schema/vectors`.");
    Ok(())
}
