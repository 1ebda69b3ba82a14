//! Nothing that must stay secret reaches a log, at the most talkative level.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use magewright::call::{customers, tokens};
use magewright::oauth;
use magewright::secret::Secret;
use magewright_client::{Client, Credentials};
use support::{Store, json};
use tracing_subscriber::filter::LevelFilter;

const SECRETS: [&str; 6] =
    ["hunter2", "s3cret-token", "passw0rd", "consumer-secret", "token-secret", "oauth_signature"];

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
    assert!(store.asked().iter().any(|asked| asked.method == "POST" && asked.body.contains("passw0rd")));

    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("TRACE") || logged.contains("DEBUG"), "nothing was logged");
    for secret in SECRETS {
        assert!(!logged.contains(secret), "{secret} in:\n{logged}");
    }
}
