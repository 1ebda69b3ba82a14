//! Interleaved rounds, medians, ratios.

use anyhow::Result;

use crate::contender::Contender;

/// A contender with the median of its rounds.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    does: &'static str,
    /// Microseconds for one record.
    pub(crate) micros: f64,
}

/// Times all contenders by turns, so that what slows the machine slows them all.
pub(crate) fn measure(contenders: &mut [Contender<'_>], rounds: usize, records: usize) -> Result<Vec<Row>> {
    let mut seconds = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (contender, seconds) in contenders.iter_mut().zip(&mut seconds) {
            // The first fills the caches that the contender before has emptied.
            contender.round()?;
            seconds.push(contender.round()?);
        }
    }
    let rows = contenders.iter().zip(seconds).map(|(contender, mut seconds)| Row {
        name: contender.name,
        does: contender.does,
        micros: median(&mut seconds) * 1e6 / records as f64,
    });
    Ok(rows.collect())
}

fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints rows with their ratios to the first.
pub(crate) fn print(title: &str, rows: &[Row]) {
    println!("\n{title}");
    let ours = rows.first().map_or(f64::NAN, |row| row.micros);
    for row in rows {
        println!(
            "  {:<34} {:>8.2} µs/record {:>7.1} ×   {}",
            row.name,
            row.micros,
            row.micros / ours,
            row.does
        );
    }
}

/// Says whether a peer takes at least so many times as long as the first row.
pub(crate) fn promise(rows: &[Row], peer: &str, least: f64) {
    let ours = rows.first().map_or(f64::NAN, |row| row.micros);
    for row in rows.iter().filter(|row| row.name == peer) {
        let ratio = row.micros / ours;
        let verdict = if ratio >= least { "kept" } else { "NOT KEPT" };
        println!("  at least {least} × {peer}: {ratio:.1}, {verdict}");
    }
}
