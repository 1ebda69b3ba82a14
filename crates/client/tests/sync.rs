//! Rows brought to the embedded store.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "support/rows.rs"]
mod rows;
#[path = "support/sandbox.rs"]
mod sandbox;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{TryStreamExt, stream};
use magewright_client::{
    Client, Error, Losses, Missing, Outcome, Progress, Report, RowOutcome, SyncOptions, Via,
};
use magewright_sandbox::{Faults, Server};
use sandbox::{admin, customers, store};

async fn run(client: &Client, rows: Vec<String>, options: SyncOptions) -> (Report, Vec<RowOutcome>) {
    let outcomes: Vec<_> = client.sync(stream::iter(rows), options).unwrap().try_collect().await.unwrap();
    let mut report = Report::default();
    outcomes.iter().for_each(|row| report.count(row));
    (report, outcomes)
}

fn lines(text: &[&str]) -> Vec<String> {
    text.iter().map(|&line| line.to_owned()).collect()
}

fn file(name: &str) -> std::path::PathBuf {
    let file = std::env::temp_dir().join(format!("magewright-sync-{}-{name}", std::process::id()));
    let _ = std::fs::remove_file(&file);
    file
}

async fn faultless(customers: u32) -> Server {
    store(customers, Faults::default()).await
}

#[tokio::test]
async fn every_row_has_its_end_in_order() {
    let store = faultless(3).await;
    let input = lines(&[
        r#"{"id":1,"taxvat":"A"}"#,
        r#"{"email":"ada@example.test","firstname":"Ada","lastname":"L"}"#,
        "",
        r#"{"id":1,"taxvat":"A"}"#,
        r#"{"email":"ada@example.test","lastname":"Lovelace"}"#,
        r#"{"id":99,"taxvat":"A"}"#,
        r#"{"email":"bob@example.test","firstname":"B","lastname":"B","addresses":[{"city":"Ulm"}]}"#,
        "{not json",
        r#"{"id":2,"password":"hunter2"}"#,
    ]);
    let (report, outcomes) = run(&admin(&store), input, SyncOptions::default()).await;
    let names: Vec<_> = outcomes.iter().map(|row| (row.line, row.outcome.as_str())).collect();
    let expected = [
        (1, "updated"),
        (2, "created"),
        (4, "unchanged"),
        (5, "updated"),
        (6, "rejected"),
        (7, "rejected"),
        (8, "rejected"),
        (9, "rejected"),
    ];
    assert_eq!(names, expected);
    assert_eq!(report.to_string(), "8 rows: 1 created, 2 updated, 1 unchanged, 4 rejected");
    let after = customers(&store);
    assert_eq!(after.len(), 4);
    assert_eq!(after[3].get("lastname").unwrap().as_str(), Some("Lovelace"));
}

#[tokio::test]
async fn rejects_can_be_mended_and_run_again() {
    let store = faultless(2).await;
    let client = admin(&store);
    let row = r#"{"email":"bob@example.test","firstname":"B","lastname":"B","gender":9}"#;
    let (_, outcomes) = run(&client, lines(&[row]), SyncOptions::default()).await;
    let reject = outcomes[0].reject().unwrap();
    assert!(reject.contains(r#""$reject":{"line":1,"outcome":"rejected","problems":[{"code":"#), "{reject}");
    let mended = reject.replace(r#""gender":9"#, r#""gender":2"#);
    let (report, _) = run(&client, vec![mended], SyncOptions::default()).await;
    assert_eq!(report.created, 1);
}

#[tokio::test]
async fn a_dry_run_says_all_and_sends_nothing() {
    let store = faultless(30).await;
    let before = customers(&store);
    let options = SyncOptions { dry_run: true, journal: Some(file("dry")), ..SyncOptions::default() };
    let (report, _) = run(&admin(&store), rows::rows(40, &before), options).await;
    assert_eq!((report.created, report.rejected, report.updated), (4, 4, 32));
    assert_eq!(customers(&store), before);
    assert!(!file("dry").exists());
}

#[tokio::test]
async fn who_is_missing_may_be_rejected() {
    let store = faultless(0).await;
    let options = SyncOptions { missing: Missing::Reject, ..SyncOptions::default() };
    let row = r#"{"email":"bob@example.test","firstname":"B","lastname":"B"}"#;
    let (_, outcomes) = run(&admin(&store), lines(&[row]), options).await;
    assert!(
        matches!(&outcomes[0].outcome, Outcome::Rejected(problems) if problems[0].code == "no_such_account")
    );
}

#[tokio::test]
async fn a_new_customer_of_whom_something_is_dropped_may_be_allowed() {
    let store = faultless(0).await;
    // A country that no store knows: the address is dropped without a word.
    let row = r#"{"email":"bob@example.test","firstname":"B","lastname":"B","addresses":[{"firstname":"B",
        "lastname":"B","street":["1"],"city":"Ulm","postcode":"1","telephone":"1","country_id":"XX"}]}"#;
    let row = row.replace('\n', "");
    let (refused, _) = run(&admin(&store), lines(&[&row]), SyncOptions::default()).await;
    assert_eq!(refused.rejected, 1);
    let options = SyncOptions { losses: Losses::Allow, ..SyncOptions::default() };
    let (allowed, outcomes) = run(&admin(&store), lines(&[&row]), options).await;
    assert_eq!(allowed.created, 1, "{outcomes:?}");
    assert_eq!(customers(&store)[0].get("addresses").unwrap().as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn progress_is_told_after_each_batch() {
    let store = faultless(5).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&told);
    let progress = Progress::new(move |report| noted.lock().unwrap().push(report.rows()));
    let options = SyncOptions { batch: 2, progress: Some(progress), ..SyncOptions::default() };
    let rows = (1..=5).map(|id| format!(r#"{{"id":{id},"taxvat":"A"}}"#)).collect();
    run(&admin(&store), rows, options).await;
    assert_eq!(*told.lock().unwrap(), [2, 4, 5]);
}

#[tokio::test]
async fn the_queue_is_another_way_to_the_same_end() {
    let store = faultless(40).await;
    let before = customers(&store);
    let options = SyncOptions { via: Via::Bulk, ..SyncOptions::default() };
    let (report, _) = run(&admin(&store), rows::rows(120, &before), options).await;
    assert_eq!((report.created, report.rejected, report.failed), (12, 12, 0));
    rows::check(120, &before, &customers(&store));
}

#[tokio::test]
async fn faults_of_every_kind_lose_nothing_and_double_nothing() {
    let faults: Faults = "every=6,seed=3,503,429/0,500,502,reset-before,reset-after,truncated,token-expired,duplicate,slow-body=20ms"
        .parse()
        .unwrap();
    let store = store(60, faults).await;
    let before = customers(&store);
    let options = SyncOptions { batch: 50, ..SyncOptions::default() };
    let (report, outcomes) = run(&admin(&store), rows::rows(300, &before), options).await;
    let failed = |row: &&RowOutcome| matches!(row.outcome, Outcome::Failed(_) | Outcome::Conflict(_));
    assert_eq!(outcomes.iter().find(failed), None);
    assert_eq!((report.rows(), report.rejected, report.created), (300, 30, 30));
    rows::check(300, &before, &customers(&store));
}

#[tokio::test]
async fn what_a_journal_knows_is_not_done_again() {
    let store = faultless(20).await;
    let (before, client) = (customers(&store), admin(&store));
    let options = || SyncOptions { journal: Some(file("again")), batch: 7, ..SyncOptions::default() };
    let journal = options().journal;
    let input = rows::rows(50, &before);
    // A run that is dropped in the middle.
    let mut sync = client
        .sync(stream::iter(input.clone()), SyncOptions { journal: journal.clone(), ..options() })
        .unwrap();
    for _ in 0..14 {
        sync.try_next().await.unwrap();
    }
    drop(sync);
    let again = SyncOptions { journal: journal.clone(), batch: 7, ..SyncOptions::default() };
    let (report, _) = run(&client, input.clone(), again.clone()).await;
    assert_eq!((report.rows(), report.earlier), (50, 14));
    rows::check(50, &before, &customers(&store));
    // Somebody undoes a row: a row that is done is done.
    client.update(1, &magewright::plan::Patch::parse(br#"{"taxvat":"undone"}"#).unwrap()).await.unwrap();
    let (report, outcomes) = run(&client, input, again.clone()).await;
    assert_eq!(report.earlier, 50);
    assert!(outcomes[3].reject().unwrap().contains("problems"));
    let other = sandbox::store(0, Faults::default()).await;
    let error = admin(&other).sync(stream::iter(Vec::<String>::new()), again).err().unwrap();
    assert!(matches!(error, Error::Journal(_)), "{error}");
}

#[tokio::test]
async fn a_store_that_is_down_fails_rows_that_can_be_run_again() {
    let store = faultless(1).await;
    let url = store.url();
    drop(store);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let client =
        Client::with_settings(&url, magewright_client::Credentials::bearer("t0ken"), sandbox::hasty())
            .unwrap();
    let (report, outcomes) = run(&client, lines(&[r#"{"id":1,"taxvat":"A"}"#]), SyncOptions::default()).await;
    assert_eq!(report.failed, 1);
    assert!(outcomes[0].reject().unwrap().contains(r#""outcome":"failed""#));
}
