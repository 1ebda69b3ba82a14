//! An update that people get wrong, planned on every release and route that was recorded.

use std::error::Error;

use magewright::json::{Value, parse};
use magewright::outcome::Outcome;
use magewright::plan::{self, Patch, Strategy};
use magewright::predict::update::{Route, Target, update};
use magewright::release::Release;
use magewright::store::{Caller, Store};

use crate::recordings::{Recordings, shortened};

/// A new city for the second of two addresses, as somebody would write it by hand.
const PATCH: &[u8] = br#"{"addresses":[{"id":1002,"city":"Bonn"}]}"#;
const BY_HAND: &[u8] = br#"{"customer":{"id":101,"addresses":[{"id":1002,"city":"Bonn"}]}}"#;

/// The recorded customer it is for.
const CUSTOMER: i64 = 101;

pub(crate) fn print(recordings: &Recordings) -> Result<(), Box<dyn Error>> {
    let accounts = recordings.accounts("state/update-customers.ndjson")?;
    let stored = accounts.get(CUSTOMER).ok_or("the recorded state lacks the customer")?;
    println!("An update: a new city for one of two addresses, sent by hand as");
    println!("  {}", String::from_utf8_lossy(BY_HAND));
    for (release, route, title) in [
        ("2.4.6-p2", Route::ById("101"), "PUT on 2.4.6-p2"),
        ("2.4.7-p3", Route::ById("101"), "PUT on 2.4.7-p3"),
        ("2.4.7-p3", Route::Queue, "bulk on 2.4.7-p3"),
    ] {
        let release: Release = release.parse()?;
        let store = Store { release, accounts: &accounts, ..recordings.store() };
        let target = Target { store, caller: Caller::Admin, route };
        println!("  {title}");
        println!("    by hand  {}", by_hand(stored, &target)?);
        println!("    planned  {}", planned(stored, &target)?);
    }
    println!();
    Ok(())
}

/// What the body written by hand would do.
fn by_hand(stored: &Value, target: &Target<'_>) -> Result<String, Box<dyn Error>> {
    let body = parse(BY_HAND)?;
    if let Outcome::Refused(refusal) = update(stored, &body, target).outcome {
        return Ok(format!("refused, {}: {}", refusal.status, refusal.rendered()));
    }
    let effects = plan::audit(stored, &body, target);
    let lost: Vec<_> = effects.iter().filter(|effect| effect.severity.is_some()).collect();
    let named = lost.iter().map(|effect| format!("{} {}", effect.pointer, effect.kind.as_str()));
    Ok(match lost.len() {
        0 => "nothing is lost".to_owned(),
        _ => named.collect::<Vec<_>>().join(", "),
    })
}

/// The planned body, and that it does what is asked and nothing else.
fn planned(stored: &Value, target: &Target<'_>) -> Result<String, Box<dyn Error>> {
    let plan = plan::plan(stored, &Patch::parse(PATCH)?, target, Strategy::Auto)?;
    let changed: Vec<_> = plan.changes.iter().map(|change| change.pointer.as_str()).collect();
    Ok(format!("changes {} only: {}", changed.join(", "), shortened(&plan.body)))
}
