//! A patch laid over a stored customer, from bytes to bytes.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use magewright::json::{Value, parse};
use magewright::plan::{Patch, Strategy, merge, plan};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};

use crate::Options;
use crate::contender::Contender;
use crate::table::{measure, print, promise};

const PYTHON: &str = "orjson + hand-written merge + dumps";
const JSON_PATCH: &str = "serde_json + json-patch merge";

pub(crate) fn run(options: &Options) -> Result<()> {
    let records = std::fs::read_to_string(options.data.join("plain.ndjson")).context("no records")?;
    let records: Vec<&str> = records.lines().collect();
    let patches =
        records.iter().enumerate().map(|(at, record)| patch(at, record)).collect::<Result<Vec<_>>>()?;
    let pairs: Vec<(&str, &str)> = records.iter().copied().zip(patches.iter().map(String::as_str)).collect();
    let mut contenders = vec![
        Contender::here("magewright, merge", "copies runs of bytes", || {
            pairs
                .iter()
                .for_each(|(record, patch)| drop(black_box(merge(record.as_bytes(), patch.as_bytes()))));
        }),
        python(options, &pairs)?,
        Contender::here(JSON_PATCH, "replaces lists whole", || {
            pairs.iter().for_each(|(record, patch)| drop(black_box(json_patch_merge(record, patch))));
        }),
        Contender::here("magewright, plan", "predicts what the store does", || {
            pairs.iter().for_each(|(record, patch)| drop(black_box(planned(record, patch))));
        }),
    ];
    println!("{} records; one thread, {} rounds by turns, medians", pairs.len(), options.rounds);
    let rows = measure(&mut contenders, options.rounds, pairs.len())?;
    print("a patch laid over a stored customer, bytes to bytes", &rows);
    promise(&rows, PYTHON, 4.0);
    promise(&rows, JSON_PATCH, 6.0);
    Ok(())
}

/// One of five usual patches, by turns.
fn patch(at: usize, record: &str) -> Result<String> {
    let customer = parse(record.as_bytes())?;
    let first = |list: &str, key: &str| customer.pointer(&format!("/{list}/0/{key}")).map(Value::to_string);
    let named = match at % 5 {
        1 => first("addresses", "id").map(|id| {
            format!(r#"{{"addresses":[{{"id":{id},"city":"Aalen","postcode":"73430","street":["1 New Road"]}}]}}"#)
        }),
        2 => first("custom_attributes", "attribute_code").map(|code| {
            format!(r#"{{"custom_attributes":[{{"attribute_code":{code},"value":"changed"}}]}}"#)
        }),
        3 => Some(r#"{"middlename":null,"prefix":null}"#.to_owned()),
        4 => first("addresses", "id").map(|id| {
            format!(r#"{{"firstname":"Zoë","addresses":[{{"id":{id},"telephone":"555"}},{{"city":"Ulm","telephone":"1"}}]}}"#)
        }),
        _ => None,
    };
    Ok(named.unwrap_or_else(|| r#"{"group_id":3}"#.to_owned()))
}

fn json_patch_merge(record: &str, patch: &str) -> serde_json::Result<Vec<u8>> {
    let mut customer: serde_json::Value = serde_json::from_str(record)?;
    json_patch::merge(&mut customer, &serde_json::from_str(patch)?);
    serde_json::to_vec(&customer)
}

fn planned(record: &str, patch: &str) -> Option<String> {
    thread_local! {
        static STOCK: (Profile, Accounts) = (Profile::stock(), Accounts::new());
    }
    STOCK.with(|(profile, accounts)| {
        let stored = parse(record.as_bytes()).ok()?;
        let id = stored.get("id")?.to_string();
        let store = Store { release: Release::DEFAULT, profile, accounts, scope: None, now: None };
        let target = Target { store, caller: Caller::Admin, route: Route::ById(&id) };
        let plan = plan(&stored, &Patch::parse(patch.as_bytes()).ok()?, &target, Strategy::Auto).ok()?;
        Some(plan.body.to_string())
    })
}

fn python<'a>(options: &Options, pairs: &[(&str, &str)]) -> Result<Contender<'a>> {
    let file = |name: &str, lines: Vec<Vec<u8>>| -> Result<PathBuf> {
        let path: PathBuf = Path::new(&options.data).join(name);
        std::fs::write(&path, lines.join(&b'\n'))?;
        Ok(path)
    };
    let merged = pairs.iter().map(|(record, patch)| merge(record.as_bytes(), patch.as_bytes()));
    let merged = file("merged.ndjson", merged.collect::<Result<_, _>>()?)?;
    let records =
        file("merge-records.ndjson", pairs.iter().map(|(record, _)| record.as_bytes().to_vec()).collect())?;
    let patches =
        file("merge-patches.ndjson", pairs.iter().map(|(_, patch)| patch.as_bytes().to_vec()).collect())?;
    let mut command = Command::new(&options.python);
    command.arg(options.peers.join("merge.py")).args([records, patches, merged]);
    Contender::child(PYTHON, "builds objects", &mut command)
}
