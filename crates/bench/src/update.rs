//! A patch of a stored customer, from bytes to bytes: planned, and merely laid over it.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use magewright::json::{Value, parse};
use magewright::plan::{Patch, Planner, Strategy, merge, plan};
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
    let pairs = records.iter().copied().zip(patches.iter().map(String::as_str));
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let store =
        Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route: Route::ById("") };
    let planner = Planner::new(target, Strategy::Auto);
    let planned = |(record, patch): &(&str, &str)| planner.plan(record.as_bytes(), patch.as_bytes()).is_ok();
    let pairs: Vec<(&str, &str)> = pairs.filter(planned).collect();
    let refused = records.len() - pairs.len();
    println!("{refused} of {} records hold what the store refuses: no plan, not timed", records.len());
    check(&planner, &target, &pairs)?;
    let mut contenders = vec![
        Contender::here("magewright, plan", "body that loses nothing", || {
            pairs.iter().for_each(|(record, patch)| {
                drop(black_box(planner.plan(record.as_bytes(), patch.as_bytes())));
            });
        }),
        Contender::here("magewright, merge", "copies runs of bytes", || {
            pairs
                .iter()
                .for_each(|(record, patch)| drop(black_box(merge(record.as_bytes(), patch.as_bytes()))));
        }),
        python(options, &pairs)?,
        Contender::here(JSON_PATCH, "replaces lists whole", || {
            pairs.iter().for_each(|(record, patch)| drop(black_box(json_patch_merge(record, patch))));
        }),
        Contender::here("magewright, plan with prediction", "all of a plan, values in and out", || {
            pairs.iter().for_each(|(record, patch)| drop(black_box(predicted(&target, record, patch))));
        }),
    ];
    println!("{} records; one thread, {} rounds by turns, medians", pairs.len(), options.rounds);
    let rows = measure(&mut contenders, options.rounds, pairs.len())?;
    print("a patch of a stored customer, bytes to bytes", &rows);
    promise(&rows, PYTHON, 4.0);
    promise(&rows, JSON_PATCH, 6.0);
    Ok(())
}

/// Says how many plans need no prediction, and holds the first thousand to those that were predicted.
fn check(planner: &Planner<'_>, target: &Target<'_>, pairs: &[(&str, &str)]) -> Result<()> {
    let plan = |(record, patch): &(&str, &str)| planner.plan(record.as_bytes(), patch.as_bytes());
    let quick =
        |(record, patch): &&(&str, &str)| planner.quick(record.as_bytes(), patch.as_bytes()).is_some();
    println!("{} of {} plans need no prediction", pairs.iter().filter(quick).count(), pairs.len());
    for pair in pairs.iter().take(1000) {
        let body = plan(pair).ok().map(|plan| parse(&plan.body)).transpose()?;
        ensure!(body == predicted(target, pair.0, pair.1), "the two ways plan otherwise: {pair:?}");
    }
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
            format!(r#"{{"firstname":"Zoë","addresses":[{{"id":{id},"telephone":"555"}},{{"country_id":"DE","street":["2 Old Road"],"telephone":"1","postcode":"89073","city":"Ulm","firstname":"Zoë","lastname":"Wu"}}]}}"#)
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

fn predicted(target: &Target<'_>, record: &str, patch: &str) -> Option<Value> {
    let stored = parse(record.as_bytes()).ok()?;
    let id = stored.get("id")?.to_string();
    let target = Target { route: Route::ById(&id), ..*target };
    Some(plan(&stored, &Patch::parse(patch.as_bytes()).ok()?, &target, Strategy::Auto).ok()?.body)
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
