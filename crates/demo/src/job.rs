//! Bringing a messy file of changes to the store.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::sync::Arc;

use futures_util::{TryStreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use magewright::json::Value;
use magewright::plan::changes;
use magewright::search::SearchCriteria;
use magewright_client::{Client, Outcome, Report, RowOutcome, ScanOptions, SyncOptions};

use crate::{byhand, rejects, store::Store};

/// Changes as they come from elsewhere: of customers by id and by e-mail, new customers, and much that is
/// wrong with them.
const CHANGES: &str = include_str!("../changes.ndjson");

pub(crate) async fn run(store: &Store) -> Result<(), Box<dyn Error>> {
    let client = store.admin()?;
    let profile = Arc::new(client.pull_profile().await?);
    println!("\nA store of its own at {}", store.url());
    println!(
        "  says of itself: {} websites, {} customer groups, {} customer and {} address attributes, {} countries",
        profile.websites.len(),
        profile.customer_groups.len(),
        profile.customer_attributes.len(),
        profile.address_attributes.len(),
        profile.countries.len()
    );
    let client = client.with_profile(Arc::clone(&profile));
    let before = customers(&client).await?;
    println!("  holds {} customers", before.len());

    let rows: Vec<String> = CHANGES.lines().map(str::to_owned).collect();
    println!("\n{} lines of changes, brought to it as they are", rows.len());
    let outcomes = bring(&client, &rows).await?;
    let mut report = Report::default();
    outcomes.iter().for_each(|row| report.count(row));
    println!("  {report}");
    rejects::print(&outcomes)?;
    byhand::print(&rows, &before, &profile);
    hold(&outcomes, &before, &customers(&client).await?)
}

async fn bring(client: &Client, rows: &[String]) -> Result<Vec<RowOutcome>, magewright_client::Error> {
    // Draws nothing where there is no terminal.
    let bar = ProgressBar::new(rows.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("  {bar:40} {pos}/{len} rows, {elapsed}") {
        bar.set_style(style);
    }
    let mut sync =
        client.sync(stream::iter(rows.to_vec()), SyncOptions { batch: 25, ..SyncOptions::default() })?;
    let mut outcomes = Vec::new();
    while let Some(row) = sync.try_next().await? {
        bar.set_position(row.line);
        outcomes.push(row);
    }
    bar.finish_and_clear();
    Ok(outcomes)
}

async fn customers(client: &Client) -> Result<BTreeMap<i64, Value>, magewright_client::Error> {
    let all = client.scan(SearchCriteria::new(), ScanOptions { parts: 4, ..ScanOptions::default() });
    let named = |customer: Value| Some((customer.get("id")?.as_i64()?, customer));
    Ok(all.try_collect::<Vec<_>>().await?.into_iter().filter_map(named).collect())
}

/// Whether the store holds what the outcomes say and nothing else.
fn hold(
    outcomes: &[RowOutcome],
    before: &BTreeMap<i64, Value>,
    after: &BTreeMap<i64, Value>,
) -> Result<(), Box<dyn Error>> {
    let mut told: HashMap<i64, HashSet<&str>> = HashMap::new();
    for row in outcomes {
        if let (Some(id), Outcome::Updated(places)) = (row.id, &row.outcome) {
            told.entry(id).or_default().extend(places.iter().map(String::as_str));
        }
    }
    let mut asked = 0;
    let mut others = Vec::new();
    for (id, old) in before {
        let Some(new) = after.get(id) else { return Err(format!("customer {id} is gone").into()) };
        for change in changes(old, new).into_iter().filter(|change| change.pointer != "/updated_at") {
            match is_told(&change.pointer, told.get(id)) {
                true => asked += 1,
                false => others.push(format!("{id}{}", change.pointer)),
            }
        }
    }
    let created = outcomes.iter().filter(|row| row.outcome == Outcome::Created).count();
    println!(
        "\nRead again: {asked} places changed as asked, {} others; {} customers more.",
        others.len(),
        after.len() - before.len()
    );
    if others.is_empty() && after.len() == before.len() + created {
        return Ok(());
    }
    Err(format!("the store does not hold what was told: {}", others.join(", ")).into())
}

/// A new address stands as `/addresses/<new1>` before the store has given it an id.
fn is_told(pointer: &str, told: Option<&HashSet<&str>>) -> bool {
    let is_address = pointer.strip_prefix("/addresses/").is_some_and(|rest| !rest.contains('/'));
    let new = |place: &&str| is_address && place.starts_with("/addresses/<new");
    told.is_some_and(|told| told.contains(pointer) || told.iter().any(new))
}
