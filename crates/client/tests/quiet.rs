//! Nothing that must stay secret reaches a log, at the most talkative level, or an address.

#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "support/sandbox.rs"]
mod sandbox;
mod support;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use futures_util::{StreamExt, stream};
use magewright::bulk::Passwords;
use magewright::call::{customers, tokens};
use magewright::oauth;
use magewright::plan::Patch;
use magewright::search::SearchCriteria;
use magewright::secret::Secret;
use magewright_client::{BulkOptions, Client, Credentials, ScanOptions, SyncOptions};
use support::{Store, json};
use tracing_subscriber::filter::LevelFilter;

/// The last is how every token of the embedded store begins.
const SECRETS: [&str; 9] = [
    "hunter2",
    "s3cret-token",
    "passw0rd",
    "consumer-secret",
    "token-secret",
    "oauth_signature",
    "admin123",
    "Passw0rd!",
    "eyJ",
];

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn talk(store: &Store, credentials: Credentials) {
    let client = Client::new(&store.base, credentials).unwrap();
    let customer = json_customer();
    let _ = client.send(&customers::get(5)).await;
    let _ = client.send(&customers::create(customer, Some(&Secret::new("passw0rd")))).await;
    let _ = client.send(&tokens::customer("ada@example.test", &Secret::new("passw0rd"))).await;
}

/// Every way in and out of the client, with faults on the way, and what each says of itself.
async fn use_everything() {
    let faults = "every=5,seed=2,503,reset-before,reset-after,truncated,token-expired".parse().unwrap();
    let store = sandbox::store(20, faults).await;
    let client = sandbox::admin(&store);
    let eve = || sandbox::value(r#"{"email":"eve@example.test","firstname":"Eve","lastname":"L"}"#);
    let item = || sandbox::value(r#"{"customer":{"email":"bob@example.test"},"password":"Passw0rd!9"}"#);
    let patch = Patch::parse(br#"{"taxvat":"1"}"#).unwrap();
    let rows = [r#"{"id":3,"taxvat":"2"}"#, r#"{"id":4,"password":"Passw0rd!9"}"#];
    let scan: Vec<_> = client.scan(SearchCriteria::new(), ScanOptions::default()).collect().await;
    let sync = client.sync(stream::iter(rows), SyncOptions::default()).unwrap();
    let outcomes: Vec<_> = sync.collect().await;
    let allowed = BulkOptions { passwords: Passwords::Allow, ..BulkOptions::default() };
    let all = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        client.create(eve(), Some(&Secret::new("Passw0rd!9"))).await,
        client.create(eve(), Some(&Secret::new("Passw0rd!9"))).await,
        client.update(2, &patch).await.map(|updated| updated.changes),
        client.bulk_create(vec![item()], &BulkOptions::default()).await,
        client.bulk_create(vec![item()], &allowed).await,
        client.delete(1).await,
        scan.first().map(Result::is_ok),
        client,
    );
    for row in outcomes {
        let row = row.unwrap();
        assert!(!format!("{:?}", row.outcome).contains("Passw0rd!"));
    }
    for secret in SECRETS {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

fn json_customer() -> magewright::json::Value {
    magewright::json::parse(br#"{"email":"ada@example.test"}"#).unwrap()
}

#[tokio::test]
async fn logs_hold_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(move || writer.clone()).init();

    let store = Store::answering(|asked| match asked.target.contains("token") {
        true => json(200, r#""s3cret-token""#),
        false => json(400, r#"{"message":"no"}"#),
    })
    .await;
    talk(&store, Credentials::admin("admin", "hunter2")).await;
    talk(&store, Credentials::bearer("s3cret-token")).await;
    let integration = oauth::Credentials {
        consumer_key: "k".repeat(32),
        consumer_secret: Secret::new("consumer-secret"),
        token: "t".repeat(32),
        token_secret: Secret::new("token-secret"),
    };
    talk(&store, integration.into()).await;
    assert!(store.asked().iter().any(|asked| asked.authorization() == Some("Bearer s3cret-token")));
    use_everything().await;
    assert!(store.asked().iter().any(|asked| asked.method == "POST" && asked.body.contains("passw0rd")));

    for asked in store.asked() {
        let mut headers = asked.headers.clone();
        headers.remove("authorization");
        let open = format!("{} {headers:?}", asked.target);
        assert!(!SECRETS.iter().any(|secret| open.contains(secret)), "a secret in {open}");
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("TRACE") || logged.contains("DEBUG"), "nothing was logged");
    for secret in SECRETS {
        assert!(!logged.contains(secret), "{secret} in:\n{logged}");
    }
}
