//! Writing customers to the embedded store.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use magewright::call::{Scope, groups};
use magewright::json::Value;
use magewright::plan::Patch;
use magewright_client::Error;
use magewright_sandbox::{Fault, Faults};
use sandbox::{admin, customers, id, store, value};

const ADA: &str = r#"{"email":"ada@example.test","firstname":"Ada","lastname":"L","website_id":1,
    "addresses":[{"firstname":"Ada","lastname":"L","street":["1 Main"],"city":"Ulm","postcode":"89073",
        "country_id":"DE","region":{"region_id":80},"telephone":"1","default_billing":true}]}"#;

fn patch(text: &str) -> Patch {
    Patch::parse(text.as_bytes()).unwrap()
}

/// The `n`-th request goes wrong, and none of the next few that would be in turn.
fn fault(every: u64, kind: Fault) -> Faults {
    let mut kinds = vec![Fault::Latency(Duration::ZERO); 9];
    kinds[0] = kind;
    Faults { every, kinds, ..Faults::default() }
}

fn text<'v>(customer: &'v Value, pointer: &str) -> &'v str {
    customer.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

#[tokio::test]
async fn a_create_whose_reply_is_lost_is_found_and_not_doubled() {
    // The login is the first request, the create the second.
    for kind in
        [Fault::LostAfter, Fault::Truncated, Fault::LostBefore, Fault::Status(503), Fault::Status(500)]
    {
        let store = store(0, fault(2, kind)).await;
        let created = admin(&store).create(value(ADA), None).await.unwrap();
        let stored = customers(&store);
        assert_eq!(stored.len(), 1, "{kind:?}");
        assert_eq!(id(&created.customer), id(&stored[0]));
        let acted = matches!(kind, Fault::LostAfter | Fault::Truncated);
        assert_eq!(created.looked_up, acted, "{kind:?}");
    }
}

#[tokio::test]
async fn another_account_with_the_same_email_is_not_taken_for_the_new_one() {
    // Requests: login, create, create, create whose reply is lost, and the look that finds Ada.
    let store = store(0, fault(4, Fault::LostAfter)).await;
    let client = admin(&store);
    client.create(value(ADA), None).await.unwrap();
    let other = value(r#"{"email":"ADA@example.test","firstname":"Eve","lastname":"L"}"#);
    let error = client.create(other.clone(), None).await.unwrap_err();
    assert_eq!(error.causes()[0].code, "duplicate_email");
    let error = client.create(other, None).await.unwrap_err();
    assert!(matches!(error, Error::Network(_)), "{error}");
    assert_eq!(customers(&store).len(), 1);
}

#[tokio::test]
async fn a_refused_create_that_leaves_a_customer_behind_is_mended() {
    let store = store(0, Faults::default()).await;
    let client = admin(&store);
    let dangling = ADA.replace(r#","default_billing":true"#, "");
    let dangling = value(&dangling.replace(r#""website_id":1"#, r#""default_billing":"77""#));
    let Error::LeftBehind(left) = client.create(dangling, None).await.unwrap_err() else { panic!() };
    assert_eq!(customers(&store).len(), 1);
    assert_eq!(left.refused.error.status(), 400);
    let mended = client.update(id(&left.customer), &left.mend).await.unwrap();
    assert!(mended.customer.get("default_billing").is_none());
    client.update(id(&left.customer), &patch(r#"{"suffix":"Jr"}"#)).await.unwrap();
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_nothing_else() {
    let store = store(20, Faults::default()).await;
    let client = admin(&store);
    let before = customers(&store)[4].clone();
    let updated = client.update(5, &patch(r#"{"taxvat":"DE1","middlename":"M"}"#)).await.unwrap();
    assert_eq!((updated.changes.len(), updated.sent, updated.drift.len()), (2, 1, 0));
    let changed = magewright::plan::changes(&before, &customers(&store)[4]);
    let pointers: Vec<_> = changed.iter().map(|change| change.pointer.as_str()).collect();
    assert!(pointers.iter().all(|p| ["/taxvat", "/middlename", "/updated_at"].contains(p)), "{pointers:?}");
    let again = client.update(5, &patch(r#"{"taxvat":"DE1"}"#)).await.unwrap();
    assert_eq!((again.changes.len(), again.sent), (0, 0));
    let missing = client.update(99, &patch(r#"{"taxvat":"1"}"#)).await.unwrap_err();
    assert!(matches!(missing, Error::NoSuchCustomer(99)));
    let impossible = client.update(5, &patch(r#"{"gender":null,"email":null}"#)).await.unwrap_err();
    assert!(matches!(impossible, Error::Unplannable(_)), "{impossible}");
}

#[tokio::test]
async fn a_new_address_is_there_once_whatever_becomes_of_the_reply() {
    let address = r#"{"addresses":[{"firstname":"A","lastname":"B","street":["1 Main"],"city":"Ulm","postcode":"89073",
        "country_id":"DE","region":{"region_id":80},"telephone":"1"}]}"#;
    for kind in [Fault::LostAfter, Fault::Truncated, Fault::LostBefore, Fault::Status(502)] {
        for every in [2, 3] {
            let store = store(3, fault(every, kind)).await;
            let count = |store| customers(store)[1].get("addresses").unwrap().as_array().unwrap().len();
            let before = count(&store);
            admin(&store).update(2, &patch(address)).await.unwrap();
            assert_eq!(count(&store), before + 1, "{kind:?} {every}");
        }
    }
}

#[tokio::test]
async fn a_delete_whose_reply_is_lost_is_a_delete() {
    let store = store(3, fault(2, Fault::LostAfter)).await;
    let client = admin(&store);
    assert!(client.delete(2).await.unwrap());
    store.set_faults(Faults::default());
    assert!(!client.delete(2).await.unwrap());
    assert_eq!(customers(&store).len(), 2);
}

#[tokio::test]
async fn a_call_runs_in_the_scope_asked_for() {
    let store = store(1, Faults::default()).await;
    let client = admin(&store).in_scope(Scope::store_view("default").unwrap());
    assert_eq!(id(&client.get(1).await.unwrap()), 1);
    let unknown = client.in_scope(Scope::store_view("nowhere").unwrap());
    assert!(unknown.get(1).await.is_err());
    let updated = client.update(1, &patch(r#"{"taxvat":"DE1"}"#)).await.unwrap();
    assert_eq!(text(&updated.customer, "/taxvat"), "DE1");
}

#[tokio::test]
async fn groups_are_written_as_any_call() {
    let store = store(0, Faults::default()).await;
    let client = admin(&store);
    let group = client.send(&groups::create(value(r#"{"code":"Clinics","tax_class_id":3}"#))).await.unwrap();
    let id = u64::try_from(*group.id.value().unwrap()).unwrap();
    assert!(client.send(&groups::delete(id)).await.unwrap());
}
