//! Many writers on the same customers, in a store that saves without a lock.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "support/sandbox.rs"]
mod sandbox;

use futures_util::future::join_all;
use magewright::call::customers::update;
use magewright::json::{Object, Value};
use magewright::plan::Patch;
use magewright_client::Client;
use magewright_sandbox::{Faults, Server};
use sandbox::{admin, customers, store};

const CUSTOMERS: i64 = 50;

/// A field for each writer.
const FIELDS: [&str; 8] =
    ["firstname", "lastname", "middlename", "prefix", "suffix", "taxvat", "dob", "created_in"];

fn wanted(field: &str, id: i64) -> String {
    match field {
        "dob" => format!("19{id:02}-01-02"),
        _ => {
            format!("{} {}", field.chars().next().unwrap(), "x".repeat(usize::try_from(id).unwrap() % 30 + 1))
        }
    }
}

/// How many of the updates are not there in the end.
fn lost(store: &Server) -> usize {
    let lost = |customer: &Value| {
        let id = sandbox::id(customer);
        FIELDS
            .iter()
            .filter(|field| customer.get(field).and_then(Value::as_str) != Some(&wanted(field, id)))
            .count()
    };
    customers(store).iter().map(lost).sum()
}

/// Eight writers, each with a connection of its own, each changing one field of every customer.
async fn write<F: Future<Output = ()> + Send + 'static>(
    store: &Server,
    one: impl Fn(Client, i64, &'static str) -> F,
) {
    let writers = FIELDS.map(|field| (admin(store), field));
    for few in (1..=CUSTOMERS).collect::<Vec<_>>().chunks(5) {
        let all =
            few.iter().flat_map(|id| writers.iter().map(|(client, field)| (client.clone(), *id, *field)));
        join_all(all.map(|(client, id, field)| tokio::spawn(one(client, id, field)))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_update_is_lost_where_plain_ones_lose_some() {
    let plain = store(u32::try_from(CUSTOMERS).unwrap(), Faults::default()).await;
    write(&plain, |client, id, field| async move {
        let mut customer = client.get(id).await.unwrap();
        customer.as_object_mut().unwrap().insert(field, wanted(field, id));
        client.send(&update(u64::try_from(id).unwrap(), customer)).await.unwrap();
    })
    .await;
    let lost_by_plain = lost(&plain);

    let planned = store(u32::try_from(CUSTOMERS).unwrap(), Faults::default()).await;
    write(&planned, |client, id, field| async move {
        let patch: Object = [(field, wanted(field, id))].into_iter().collect();
        client.update(id, &Patch::new(patch.into()).unwrap()).await.unwrap();
    })
    .await;
    let all = FIELDS.len() * usize::try_from(CUSTOMERS).unwrap();
    println!("of {all} updates, get-merge-put lost {lost_by_plain}, update lost {}", lost(&planned));
    assert!(lost_by_plain > 0);
    assert_eq!(lost(&planned), 0);
}
