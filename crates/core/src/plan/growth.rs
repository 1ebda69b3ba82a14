//! The law that work grows with the number of addresses and no faster: counted, since a clock tells another
//! time on every machine. Whoever searches a list for each item of another one looks up the square of its members.

use super::{
    Patch, Planner, Policy, Strategy, Verification, adopt, apply, audit, changes, diff, merge, plan,
    reconcile, same, verify,
};
use crate::json::work::lookups;
use crate::json::{Object, Value, parse};
use crate::predict::update::{Route, Target, update, update_in_bulk};
use crate::profile::Profile;
use crate::store::{Accounts, Caller, Store};

/// A customer with so many addresses, `first` of them listed before the others as a default one may be.
fn customer(addresses: usize, first: usize, city: &str) -> Value {
    let address = |id: usize| {
        let default = if id == first { r#","default_shipping":true"# } else { "" };
        format!(
            r#"{{"id":{id},"customer_id":5,"region":{{"region_code":null,"region":null,"region_id":0}},
            "country_id":"GB","street":["1 High St"],"telephone":"1","postcode":"AA","city":"{city}",
            "firstname":"F","lastname":"L"{default}}}"#
        )
    };
    let others = (1..=addresses).filter(|id| *id != first);
    let list: Vec<String> = std::iter::once(first).chain(others).map(address).collect();
    let text = format!(
        r#"{{"id":5,"group_id":1,"default_shipping":"{first}","created_at":"2024-01-01 00:00:00",
        "email":"a@example.com","firstname":"A","lastname":"B","store_id":1,"website_id":1,"addresses":[{}],
        "disable_auto_group_change":0,"custom_attributes":[]}}"#,
        list.join(",")
    );
    parse(text.as_bytes()).unwrap()
}

/// A patch that changes half of the addresses, takes a quarter away and adds as many.
fn patch(addresses: usize) -> Patch {
    let item = |id: usize| {
        match id % 4 {
        0 => format!(r#"{{"id":{id},"$patch":"delete"}}"#),
        1 => r#"{"country_id":"GB","street":["2"],"telephone":"2","postcode":"B","city":"n","firstname":"N","lastname":"L"}"#.to_owned(),
        _ => format!(r#"{{"id":{id},"city":"changed"}}"#),
    }
    };
    let items: Vec<String> = (1..=addresses).rev().map(item).collect();
    Patch::parse(format!(r#"{{"addresses":[{}]}}"#, items.join(",")).as_bytes()).unwrap()
}

/// Holds that four times the addresses take four times the work, and little more.
fn grows_evenly(name: &str, mut work: impl FnMut(usize) -> u64) {
    let (few, many) = (work(150), work(600));
    assert!(few > 150 && many < few * 9 / 2, "{name}: {few} members looked up, then {many}");
}

#[test]
fn documents_are_compared_in_one_pass() {
    let copies = |n: usize| (customer(n, 7, "a"), customer(n, n / 2, "b"));
    let counted = |name: &str, run: fn(&Value, &Value)| {
        grows_evenly(name, |n| {
            let (before, after) = copies(n);
            lookups(|| run(&before, &after))
        });
    };
    counted("same", |a, b| assert!(!same(a, b) && same(a, a)));
    counted("changes", |a, b| assert!(changes(a, b).len() > 100));
    counted("diff", |a, b| assert!(same(&apply(a, &diff(a, b).unwrap()).unwrap(), b)));
    counted("reconcile", |a, b| {
        let found = reconcile(a, b, &customer(300, 9, "c"), Policy::Ours).unwrap();
        assert!(found.conflicts.len() > 100);
    });
}

#[test]
fn patches_are_read_and_applied_in_one_pass() {
    grows_evenly("Patch::new", |n| {
        let patch = patch(n).into_value();
        lookups(|| assert!(Patch::new(patch).is_ok()))
    });
    grows_evenly("apply", |n| {
        let (stored, patch) = (customer(n, 7, "a"), patch(n));
        lookups(|| assert!(apply(&stored, &patch).is_ok()))
    });
    grows_evenly("merge", |n| {
        let stored = customer(n, 7, "a").to_string();
        let patch = patch(n).into_value().to_string();
        lookups(|| assert!(merge(stored.as_bytes(), patch.as_bytes()).is_ok()))
    });
}

/// Holds the same of what is asked about a store, in releases that merge and in others.
fn store_grows_evenly(name: &str, run: fn(usize, &Target<'_>) -> u64) {
    for release in ["2.4.0", "2.4.7-p3", "2.4.8-p1"] {
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let release = release.parse().unwrap();
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        for route in [Route::ById("5"), Route::Queue] {
            let target = Target { store, caller: Caller::Admin, route };
            grows_evenly(&format!("{name}, {release}, {route:?}"), |n| run(n, &target));
        }
    }
}

#[test]
fn plans_are_made_and_verified_in_a_few_passes() {
    for strategy in [Strategy::Auto, Strategy::Full] {
        let run = match strategy {
            Strategy::Auto => |n, target: &Target<'_>| planned(n, target, Strategy::Auto),
            _ => |n, target: &Target<'_>| planned(n, target, Strategy::Full),
        };
        store_grows_evenly("plan", run);
    }
    store_grows_evenly("Planner", |n, target| {
        let (stored, patch) = (customer(n, 7, "a").to_string(), patch(n).into_value().to_string());
        let planner = Planner::new(*target, Strategy::Auto);
        lookups(|| assert!(planner.plan(stored.as_bytes(), patch.as_bytes()).is_ok()))
    });
}

fn planned(n: usize, target: &Target<'_>, strategy: Strategy) -> u64 {
    let (stored, patch) = (customer(n, 7, "a"), patch(n));
    let before: Vec<i64> = (1..=900_000).take(n).collect();
    lookups(|| {
        let plan = plan(&stored, &patch, target, strategy).unwrap();
        let seen = numbered(&plan.expected);
        assert_eq!(super::verify_stored(&plan, &seen), Verification::Verified);
        assert!(matches!(verify(&plan, &stored), Verification::Drift(_)));
        assert!(adopt(&patch, &seen, &plan.expected, &before) != patch);
    })
}

/// The customer with ids that a store may give to new addresses.
fn numbered(expected: &Value) -> Value {
    let text = expected.to_string();
    let mut parts = text.split("\"<new");
    let first = parts.next().unwrap_or_default().to_owned();
    let number = |part: &str| {
        let (number, rest) = part.split_once(">\"").unwrap();
        format!("{}{rest}", 900_000 + number.parse::<u32>().unwrap())
    };
    parse((first + &parts.map(number).collect::<String>()).as_bytes()).unwrap()
}

/// A body that writes the addresses backwards and leaves out every third, which the store then deletes.
fn sent(addresses: usize) -> Value {
    let mut sent = customer(addresses, 7, "b");
    let list = sent.get("addresses").and_then(Value::as_array).unwrap_or_default();
    let kept = list.iter().rev().enumerate().filter(|(at, _)| at % 3 != 1).map(|(_, item)| item.clone());
    let kept: Vec<Value> = kept.collect();
    sent.as_object_mut().unwrap().insert("addresses", kept);
    [("customer", sent)].into_iter().collect::<Object>().into()
}

#[test]
fn requests_are_predicted_and_audited_in_a_few_passes() {
    store_grows_evenly("update", |n, target| {
        let (stored, body) = (customer(n, 7, "a"), sent(n));
        lookups(|| assert!(update(&stored, &body, target).outcome.is_saved()))
    });
    store_grows_evenly("audit", |n, target| {
        let (stored, body) = (customer(n, 7, "a"), sent(n));
        lookups(|| assert!(audit(&stored, &body, target).len() > n / 3))
    });
    store_grows_evenly("bulk", |n, target| {
        let accounts = Accounts::from_customers([customer(n, 7, "a")]).unwrap();
        let target = Target { store: Store { accounts: &accounts, ..target.store }, ..*target };
        let items = Value::from(vec![sent(n), sent(n)]);
        lookups(|| assert_eq!(update_in_bulk(&items, &target).unwrap().operations.len(), 2))
    });
}
