//! The same records under the built-in tables and under a contract read at run time.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use magewright::contract::Contract;
use magewright::json;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Store};
use magewright::validate::{Operation, Validator, validate};

use crate::contender::Contender;
use crate::table::{Row, measure, print};

/// What this benchmark needs.
#[derive(Args)]
pub(crate) struct Options {
    /// A contract document.
    #[arg(long)]
    contract: PathBuf,
    /// Customers as GET returns them, one a line.
    #[arg(long)]
    customers: PathBuf,
    /// How many rounds to time; the median counts.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

/// How often the customers are checked in a round.
const TIMES: usize = 200;

/// The most that a contract read at run time may cost.
const MOST: f64 = 1.3;

pub(crate) fn run(options: &Options) -> Result<()> {
    let own = load(&options.contract)?;
    let text = std::fs::read_to_string(&options.customers)?;
    let lines: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
    let (stock, accounts) = (Profile::stock(), Accounts::new());
    let store =
        |profile| Store { release: Release::DEFAULT, profile, accounts: &accounts, scope: None, now: None };
    let [built_in, run_time] =
        [&stock, &own].map(|profile| Validator::new(Operation::Record, store(profile)));
    println!("{} customers, {TIMES} times a round, {} rounds by turns, medians", lines.len(), options.rounds);

    let check =
        |validator: &Validator<'_>| lines.iter().for_each(|line| drop(black_box(validator.check(line))));
    let mut contenders = [
        Contender::here("built-in tables", "checked", || (0..TIMES).for_each(|_| check(&built_in))),
        Contender::here("contract read at run time", "checked", || (0..TIMES).for_each(|_| check(&run_time))),
    ];
    judge("check", &measure(&mut contenders, options.rounds, lines.len() * TIMES)?);

    let explain = |validator: &Validator<'_>| {
        lines.iter().for_each(|line| drop(black_box(validate(line, Operation::Record, validator.store()))));
    };
    let mut contenders = [
        Contender::here("built-in tables", "explained", || (0..TIMES).for_each(|_| explain(&built_in))),
        Contender::here("contract read at run time", "explained", || {
            (0..TIMES).for_each(|_| explain(&run_time))
        }),
    ];
    judge("the walk that explains", &measure(&mut contenders, options.rounds, lines.len() * TIMES)?);
    Ok(())
}

/// A stock store with that contract; says how long reading it takes.
fn load(file: &Path) -> Result<Profile> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let begun = Instant::now();
    let document = json::parse(&bytes).map_err(|error| anyhow!("{error}"))?;
    let contract = Contract::from_document(&document).map_err(|error| anyhow!("{error}"))?;
    println!("{} bytes of contract read in {:.2} ms", bytes.len(), begun.elapsed().as_secs_f64() * 1e3);
    let mut profile = Profile::stock();
    profile.schema = Some(Box::new(contract));
    Ok(profile)
}

fn judge(title: &str, rows: &[Row]) {
    print(title, rows);
    if let [built_in, run_time] = rows {
        let ratio = run_time.micros / built_in.micros;
        let verdict = if ratio <= MOST { "kept" } else { "NOT KEPT" };
        println!("  at most {MOST} × the built-in tables: {ratio:.2}, {verdict}");
    }
}
