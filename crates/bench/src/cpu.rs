//! The processor time of a process, which other programs on the machine do not stretch as they stretch a clock's.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// Microseconds that all threads of a process have run.
pub(crate) fn micros(process: u32) -> Result<f64> {
    let threads = PathBuf::from(format!("/proc/{process}/task"));
    let mut nanos = 0.0;
    for thread in std::fs::read_dir(&threads).context("processor time is read from /proc")? {
        let times = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        nanos += times.split(' ').next().unwrap_or_default().parse::<f64>()?;
    }
    Ok(nanos / 1e3)
}
