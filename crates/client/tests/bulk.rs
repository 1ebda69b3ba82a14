//! Bulk jobs against the embedded store.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use magewright::bulk::{Limits, Passwords, Settled};
use magewright::json::Value;
use magewright_client::BulkOptions;
use magewright_sandbox::{Fault, Faults};
use sandbox::{admin, customers, store, value};

fn options() -> BulkOptions {
    let limits = Limits { items: 4, bytes: 100_000 };
    BulkOptions { limits, patience: Duration::from_secs(20), ..BulkOptions::default() }
}

fn item(number: usize) -> Value {
    value(&format!(
        r#"{{"customer":{{"email":"bulk{number}@example.test","firstname":"A","lastname":"B"}}}}"#
    ))
}

#[tokio::test]
async fn ends_are_in_the_order_of_the_items() {
    let store = store(3, Faults::default()).await;
    let client = admin(&store);
    let mut items: Vec<_> = (0..10).map(item).collect();
    items[3] = value(r#"{"customer":{"email":"no address","firstname":"A","lastname":"B"}}"#);
    items[5] = value(r#"{"customer":{"email":"a@example.test","firstname":"A","lastname":"B","nosuch":1}}"#);
    items[6] = value(
        r#"{"customer":{"email":"b@example.test","firstname":"A","lastname":"B"},"password":"Passw0rd!x"}"#,
    );
    items[8] = value("7");
    let ends = client.bulk_create(items, &options()).await.unwrap();
    for (at, end) in ends.iter().enumerate() {
        match (at, end) {
            (3, Settled::Failed { message, .. }) => assert!(message.contains("email"), "{message}"),
            (5 | 6 | 8, Settled::Rejected { message }) => assert!(!message.contains("Passw0rd"), "{message}"),
            (0..3 | 4 | 7 | 9, Settled::Done) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(customers(&store).len(), 3 + 6);
    let allowed = BulkOptions { passwords: Passwords::Allow, ..options() };
    let item = value(
        r#"{"customer":{"email":"b@example.test","firstname":"A","lastname":"B"},"password":"Passw0rd!x"}"#,
    );
    assert_eq!(client.bulk_create(vec![item], &allowed).await.unwrap(), [Settled::Done]);
    assert_eq!(client.bulk_delete(&[1, 99, 2], &options()).await.unwrap()[0], Settled::Done);
    assert!(client.bulk_create(Vec::new(), &options()).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_item_that_refuses_all_is_found_by_halving() {
    let store = store(0, Faults::default()).await;
    let client = admin(&store);
    let mut items: Vec<_> = (0..8).map(item).collect();
    // An attribute without a value.
    items[2] =
        value(r#"{"customer":{"email":"bad@example.test","custom_attributes":[{"attribute_code":"x"}]}}"#);
    let ends = client.bulk_create(items, &options()).await.unwrap();
    assert!(matches!(ends[2], Settled::Rejected { .. }), "{:?}", ends[2]);
    assert_eq!(ends.iter().filter(|end| end.is_done()).count(), 7);
}

#[tokio::test]
async fn a_submission_whose_reply_is_lost_is_lost_and_not_sent_again() {
    // Requests: login, submission.
    let store = store(0, Faults { every: 2, kinds: vec![Fault::LostAfter], ..Faults::default() }).await;
    let ends = admin(&store).bulk_create(vec![item(0)], &options()).await.unwrap();
    assert_eq!(ends, [Settled::Lost]);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(customers(&store).len(), 1);
}

#[tokio::test]
async fn what_nobody_may_submit_is_an_error() {
    let store = store(0, Faults::default()).await;
    let client = magewright_client::Client::new(&store.url(), magewright_client::Credentials::Guest).unwrap();
    let error = client.bulk_delete(&[1], &options()).await.unwrap_err();
    assert_eq!(error.status(), Some(401));
}
