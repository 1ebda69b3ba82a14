//! What the planner sends for seven usual patches, by release, caller and route: `docs/updates.md`.
//!
//! `MAGEWRIGHT_WRITE=1 cargo test -p magewright --test update_table` writes the page;
//! without it the page is compared.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::path::Path;

use magewright::json::{Value, parse};
use magewright::plan::{Patch, Strategy, plan};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::store::{Accounts, Caller, Store};

const STORED: &str = r#"{"id":5,"group_id":2,"default_billing":"7","default_shipping":"7","created_at":"2024-01-01 00:00:00",
    "updated_at":"2024-01-02 00:00:00","created_in":"Default Store View","dob":"1815-12-10","email":"ada@example.test",
    "firstname":"Ada","lastname":"Byron","store_id":1,"taxvat":"T","website_id":1,"addresses":[
        {"id":7,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB","street":["1"],
         "telephone":"1","postcode":"1","city":"c","firstname":"F","lastname":"L","default_shipping":true,"default_billing":true},
        {"id":8,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB","street":["2"],
         "telephone":"2","postcode":"2","city":"d","firstname":"F","lastname":"L"}],
    "disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true},
    "custom_attributes":[{"attribute_code":"since","value":"2020-05-06 00:00:00"},{"attribute_code":"code","value":"L-1"}]}"#;

const PATCHES: [(&str, &str); 7] = [
    ("change a name", r#"{"lastname":"Lovelace"}"#),
    ("clear a field", r#"{"taxvat":null}"#),
    ("change the group", r#"{"group_id":3}"#),
    ("change an address", r#"{"addresses":[{"id":8,"city":"Bath"}]}"#),
    (
        "add an address",
        r#"{"addresses":[{"firstname":"F","lastname":"L","street":["3"],"city":"e","postcode":"3","country_id":"GB","telephone":"3"}]}"#,
    ),
    ("remove the default address", r#"{"addresses":[{"id":7,"$patch":"delete"}]}"#),
    ("set a custom attribute", r#"{"custom_attributes":[{"attribute_code":"code","value":"L-2"}]}"#),
];

const ROADS: [(&str, Caller, Route<'static>); 5] = [
    ("PUT by id, administrator", Caller::Admin, Route::ById("5")),
    ("PUT by id, integration", Caller::Integration, Route::ById("5")),
    ("PUT me, customer", Caller::Customer, Route::Me),
    ("async and bulk, administrator", Caller::Admin, Route::Queue),
    ("async and bulk, integration", Caller::Integration, Route::Queue),
];

/// The last patch level of each line, from 2.4.0 on.
const LAST: [u8; 10] = [1, 1, 2, 3, 13, 13, 11, 6, 1, 0];

fn profile() -> Profile {
    let own = r#"{"version":1,"customer_attributes":[
        {"attribute_code":"since","frontend_input":"date","backend_type":"datetime","visible":true,"user_defined":true},
        {"attribute_code":"code","frontend_input":"text","backend_type":"varchar","visible":true,"user_defined":true}]}"#;
    let mut profile = Profile::stock();
    let own = Profile::from_document(&parse(own.as_bytes()).unwrap()).unwrap();
    profile.customer_attributes.extend(own.customer_attributes);
    profile
}

fn releases() -> Vec<String> {
    let named = |line: usize, patch: u8| match patch {
        0 => format!("2.4.{line}"),
        patch => format!("2.4.{line}-p{patch}"),
    };
    LAST.iter()
        .enumerate()
        .flat_map(|(line, last)| (0..=*last).map(move |patch| named(line, patch)))
        .collect()
}

/// What is sent for each patch.
fn bodies(profile: &Profile, release: &str, caller: Caller, route: Route<'_>) -> Vec<String> {
    let accounts = Accounts::new();
    let release = release.parse().unwrap();
    let store = Store { release, profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller, route };
    let stored = parse(STORED.as_bytes()).unwrap();
    let body = |patch: &str| match plan(
        &stored,
        &Patch::parse(patch.as_bytes()).unwrap(),
        &target,
        Strategy::Auto,
    ) {
        Ok(plan) => format!("`{}`", plan.body.get("customer").map(Value::to_string).unwrap_or_default()),
        Err(refused) => {
            let reason = refused.reasons.first().unwrap();
            format!("refused: `{}` {}", reason.pointer, reason.obstacle.message())
        }
    };
    PATCHES.iter().map(|(_, patch)| body(patch)).collect()
}

/// Runs of releases, as "2.4.1 to 2.4.6-p5, 2.4.7".
fn runs(all: &[String], some: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in some {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *at => *last = *at,
            _ => runs.push((*at, *at)),
        }
    }
    let name = |at: usize| all.get(at).cloned().unwrap_or_default();
    let named =
        runs.iter().map(|&(a, b)| if a == b { name(a) } else { format!("{} to {}", name(a), name(b)) });
    named.collect::<Vec<_>>().join(", ")
}

/// Targets that take the same bodies.
struct Kind<'r> {
    bodies: Vec<String>,
    /// Each route with the releases, by their place in the list.
    roads: Vec<(&'r str, Vec<usize>)>,
}

fn kinds(releases: &[String]) -> Vec<Kind<'static>> {
    let profile = profile();
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for (road, caller, route) in ROADS {
        for (at, release) in releases.iter().enumerate() {
            let bodies = bodies(&profile, release, caller, route);
            match kinds.iter_mut().find(|kind| kind.bodies == bodies) {
                Some(kind) => kind.take_in(road, at),
                None => kinds.push(Kind { bodies, roads: vec![(road, vec![at])] }),
            }
        }
    }
    kinds
}

impl<'r> Kind<'r> {
    fn take_in(&mut self, road: &'r str, at: usize) {
        match self.roads.iter_mut().find(|(name, _)| *name == road) {
            Some((_, releases)) => releases.push(at),
            None => self.roads.push((road, vec![at])),
        }
    }
}

fn page() -> String {
    let releases = releases();
    let mut page = format!("{HEAD}```json\n{STORED}\n```\n");
    for (at, Kind { bodies, roads }) in kinds(&releases).iter().enumerate() {
        write!(page, "\n## {}\n\n", at + 1).unwrap();
        for (road, some) in roads {
            writeln!(page, "- {road}: {}", runs(&releases, some)).unwrap();
        }
        page.push_str("\n| patch | `customer` in the body |\n|---|---|\n");
        for ((name, _), body) in PATCHES.iter().zip(bodies) {
            writeln!(page, "| {name} | {body} |").unwrap();
        }
    }
    page
}

const HEAD: &str = "<!-- @generated by `MAGEWRIGHT_WRITE=1 cargo test -p magewright --test update_table` -->

# What is sent for an update

For seven usual patches, the smallest body that is safe on each release, caller and route (strategy `auto`).
Targets that take the same bodies stand together. The attribute `since` is a date, which 2.4.8 erases when it is not sent.

The customer that is stored:

";

#[test]
fn the_page_of_planned_bodies_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/updates.md");
    let page = page();
    if std::env::var_os("MAGEWRIGHT_WRITE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == page,
        "docs/updates.md is stale: run `MAGEWRIGHT_WRITE=1 cargo test -p magewright --test update_table`"
    );
}
