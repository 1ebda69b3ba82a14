use super::change::{Change, changes};
use super::keyed::{ADDRESSES, Index};
use super::members::listed;
use super::planned::Plan;
use super::settle::{DEFAULTS, is_new, text};
use crate::json::{Object, Value};

/// Whether a store did what was planned.
#[derive(Debug, Clone, PartialEq)]
pub enum Verification {
    /// It did.
    Verified,
    /// It did something else at these places: `before` is what was predicted,
    /// `after` what the store shows. Another writer was faster, or a plugin of
    /// the shop had its hand in it.
    Drift(Vec<Change>),
}

/// Compares the store's reply to a planned request with what was predicted.
///
/// Times of the save, the ids of new addresses, and name and code of a region
/// that the profile does not know by its id are taken from the reply.
///
/// ```
/// # use magewright::{json::parse, plan::{Patch, Strategy, Verification, plan, verify}};
/// # use magewright::predict::update::{Route, Target};
/// # use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
/// # let (profile, accounts) = (Profile::stock(), Accounts::new());
/// # let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// # let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
/// # let mut stored = parse(br#"{"id":5,"group_id":1,"email":"a@example.test","firstname":"A","lastname":"B",
/// #     "store_id":1,"website_id":1,"addresses":[],"disable_auto_group_change":0}"#)?;
/// let plan = plan(&stored, &Patch::parse(br#"{"suffix":"Jr"}"#)?, &target, Strategy::Auto)?;
/// let reply = parse(br#"{"id":5,"group_id":3,"email":"a@example.test","firstname":"A","lastname":"B","suffix":"Jr",
///     "store_id":1,"website_id":1,"addresses":[],"disable_auto_group_change":0,"updated_at":"2026-11-22 00:00:00"}"#)?;
/// let Verification::Drift(drift) = verify(&plan, &reply) else { panic!() };
/// assert_eq!(drift[0].pointer, "/group_id");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn verify(plan: &Plan, reply: &Value) -> Verification {
    compare(&plan.reply, reply)
}

/// Compares the customer as a GET without a store code returns it after the
/// update, for routes whose reply shows no customer, with what was predicted.
#[must_use]
pub fn verify_stored(plan: &Plan, customer: &Value) -> Verification {
    compare(&plan.expected, customer)
}

fn compare(expected: &Value, seen: &Value) -> Verification {
    let expected = with_assigned_ids(expected, seen);
    let addresses = ADDRESSES.index(listed(expected.get("addresses")));
    let own = |change: &Change| change.pointer == "/updated_at" || names_region(change, &addresses);
    let drift: Vec<Change> = changes(&expected, seen).into_iter().filter(|change| !own(change)).collect();
    if drift.is_empty() { Verification::Verified } else { Verification::Drift(drift) }
}

/// Whether the store names a region of which the prediction knows only the id.
fn names_region(change: &Change, addresses: &Index<'_>) -> bool {
    let segments: Vec<&str> = change.pointer.split('/').skip(1).collect();
    let ["addresses", id, "region", "region" | "region_code"] = segments.as_slice() else { return false };
    let region = addresses.get(id).and_then(|address| address.get("region")?.get("region_id")?.as_i64());
    change.before.as_ref().is_none_or(Value::is_null) && region.is_some_and(|region| region != 0)
}

/// The expected customer with the ids that the store gave to new addresses, in ascending order.
fn with_assigned_ids(expected: &Value, seen: &Value) -> Value {
    let mut expected = expected.clone();
    let known = ADDRESSES.index(listed(expected.get("addresses")));
    let ids = ADDRESSES.index(listed(seen.get("addresses")));
    let mut assigned: Vec<&str> = ids.keys().filter(|id| known.get(id).is_none()).collect();
    assigned.sort_by_key(|id| id.parse::<u64>().unwrap_or(u64::MAX));
    let new = known.keys().filter(|id| is_new(id)).map(str::to_owned);
    let names: Vec<(String, &str)> = new.zip(assigned).collect();
    if let Some(customer) = expected.as_object_mut() {
        rename(customer, &names);
    }
    expected
}

/// Gives the new addresses, which stand in the order of these names, their ids.
fn rename(customer: &mut Object, names: &[(String, &str)]) {
    for field in DEFAULTS {
        if let Some((_, id)) = names.iter().find(|(name, _)| name == text(customer.get(field))) {
            customer.insert(field, *id);
        }
    }
    let Some(Value::Array(addresses)) = customer.get_mut("addresses") else { return };
    let addresses = addresses.iter_mut().filter_map(Value::as_object_mut);
    let new = addresses.filter(|address| is_new(text(address.get("id"))));
    for (address, (_, id)) in new.zip(names) {
        address.insert("id", id.parse::<u64>().map_or_else(|_| Value::from(*id), Value::from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn drift(expected: &str, seen: &str) -> Vec<String> {
        match compare(&parse(expected.as_bytes()).unwrap(), &parse(seen.as_bytes()).unwrap()) {
            Verification::Verified => Vec::new(),
            Verification::Drift(drift) => drift.into_iter().map(|change| change.pointer).collect(),
        }
    }

    const EXPECTED: &str = r#"{"default_billing":"<new2>","updated_at":"<time>",
        "addresses":[{"id":3,"city":"a"},{"id":"<new1>","city":"b"},{"id":"<new2>","city":"c"}]}"#;

    #[test]
    fn what_only_the_store_knows_is_taken_from_it() {
        let seen = r#"{"default_billing":"12","updated_at":"2026-01-01 00:00:00",
            "addresses":[{"id":12,"city":"c"},{"id":3,"city":"a"},{"id":9,"city":"b"}]}"#;
        assert!(drift(EXPECTED, seen).is_empty());
    }

    #[test]
    fn a_region_known_by_its_id_is_named_by_the_store() {
        let expected = |id: u8| {
            format!(
                r#"{{"addresses":[{{"id":3,"region":{{"region_code":null,"region":null,"region_id":{id}}}}}]}}"#
            )
        };
        let seen = |id: u8| {
            format!(
                r#"{{"addresses":[{{"id":3,"region":{{"region_code":"MI","region":"Michigan","region_id":{id}}}}}]}}"#
            )
        };
        assert!(drift(&expected(33), &seen(33)).is_empty());
        assert_eq!(drift(&expected(33), &seen(34)), ["/addresses/3/region/region_id"]);
        assert_eq!(drift(&expected(0), &seen(0)).len(), 2);
    }

    #[test]
    fn whatever_else_differs_is_drift() {
        let seen = r#"{"default_billing":"9","addresses":[{"id":3,"city":"A"},{"id":9,"city":"b"}]}"#;
        assert_eq!(drift(EXPECTED, seen), ["/default_billing", "/addresses/3/city", "/addresses/<new2>"]);
    }
}
