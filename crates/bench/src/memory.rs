//! Peak memory, each figure from a process of its own.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use magewright::validate::{Operation, Validator};

const CHUNK: usize = 64 << 10;

/// Reads the records of a file `times` over as one stream.
pub(crate) fn stream(file: &Path, times: u32) -> Result<()> {
    let validator = Validator::stock(Operation::Record);
    let mut stream = validator.stream(1);
    let mut chunk = vec![0; CHUNK];
    for _ in 0..times {
        let mut file = File::open(file)?;
        loop {
            let read = file.read(&mut chunk)?;
            if read == 0 {
                break;
            }
            stream.push(chunk.get(..read).unwrap_or_default(), |_, _| {});
        }
    }
    let tally = stream.finish(|_, _| {});
    println!("  {:>9} records in a stream: peak {:.1} MiB", tally.records, peak()?);
    Ok(())
}

/// Reads one line that does not end for `size` MiB.
pub(crate) fn long_line(size: usize) -> Result<()> {
    let validator = Validator::stock(Operation::Record);
    let mut stream = validator.stream(1);
    let chunk = vec![b'['; CHUNK];
    let begun = Instant::now();
    for _ in 0..(size << 20) / CHUNK {
        stream.push(&chunk, |_, _| {});
    }
    let mut codes = Vec::new();
    stream.finish(|_, report| codes.extend(report.violations.iter().map(|violation| violation.code)));
    let (took, peak) = (begun.elapsed(), peak()?);
    println!("  one line of {size} MiB in a stream: {codes:?}, {took:.2?}, peak {peak:.1} MiB");
    Ok(())
}

/// The most memory this process has held, in MiB.
fn peak() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("peak memory is read from /proc")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in /proc")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1024.0)
}
