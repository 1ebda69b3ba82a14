//! The client against a store on loopback.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod support;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use magewright::call::{Scope, customers, groups, users};
use magewright::json::Value;
use magewright::oauth::{self, Identity, Integration, Nonces, Target, verify};
use magewright::release::Release;
use magewright::secret::Secret;
use magewright_client::{Client, Credentials, Error, NetworkFailure, Settings};
use support::{Asked, Store, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const CUSTOMER: &str = r#"{"id":5,"email":"ada@example.test","credit":1.50}"#;

/// What a store says to an expired token and to a missing permission alike.
fn unauthorized() -> Response<Body> {
    let body = r#"{"message":"The consumer isn't authorized to access %resources.",
        "parameters":{"resources":"Magento_Customer::customer"}}"#;
    json(401, body)
}

fn reason(error: &Error) -> NetworkFailure {
    match error {
        Error::Network(failed) => failed.reason,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_call_goes_out_and_its_reply_comes_in() {
    let store = Store::answering(|_| json(200, CUSTOMER)).await;
    let client = Client::new(&store.base, Credentials::bearer("t0ken")).unwrap();
    let customer = client.send(&customers::get(5)).await.unwrap();
    assert_eq!(customer.email.value().map(String::as_str), Some("ada@example.test"));

    let de = Scope::store_view("de").unwrap();
    client.send_in(&de, &customers::get(5)).await.unwrap();
    let document = client.send_value(&customers::get(5)).await.unwrap();
    assert_eq!(document.to_string(), CUSTOMER);
    client.send(&customers::update(5, Value::Null)).await.unwrap();

    let asked = store.asked();
    let lines: Vec<_> = asked.iter().map(|asked| format!("{} {}", asked.method, asked.target)).collect();
    assert_eq!(
        lines,
        [
            "GET /rest/V1/customers/5",
            "GET /rest/de/V1/customers/5",
            "GET /rest/V1/customers/5",
            "PUT /rest/V1/customers/5"
        ]
    );
    assert_eq!(asked[0].authorization(), Some("Bearer t0ken"));
    assert_eq!(asked[0].headers.get(header::ACCEPT).unwrap(), "application/json");
    assert_eq!(asked[3].headers.get(header::CONTENT_TYPE).unwrap(), "application/json");
    assert_eq!(asked[3].body, r#"{"customer":null}"#);
}

fn is_login(asked: &Asked) -> bool {
    asked.target == "/rest/V1/integration/admin/token"
}

#[tokio::test]
async fn many_calls_wait_for_one_login() {
    let store = Store::answering(|asked| match is_login(asked) {
        true => json(200, r#""t0ken""#),
        false => json(200, CUSTOMER),
    })
    .await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    let sends = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.send(&customers::get(5)).await.map(|_| ()) })
    });
    for send in sends.collect::<Vec<_>>() {
        send.await.unwrap().unwrap();
    }
    let (logins, calls): (Vec<_>, Vec<_>) = store.asked().into_iter().partition(is_login);
    assert_eq!((logins.len(), calls.len()), (1, 8));
    assert_eq!(logins[0].body, r#"{"username":"admin","password":"hunter2"}"#);
    assert_eq!(logins[0].authorization(), None);
    assert!(calls.iter().all(|asked| asked.authorization() == Some("Bearer t0ken")));
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let logins = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&logins);
    let store = Store::answering(move |asked| match (is_login(asked), asked.authorization()) {
        (true, _) => json(200, &format!("\"token{}\"", counted.fetch_add(1, Ordering::SeqCst))),
        (false, Some("Bearer token0")) => unauthorized(),
        (false, _) => json(200, CUSTOMER),
    })
    .await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    client.send(&customers::get(5)).await.unwrap();
    client.send(&customers::get(5)).await.unwrap();
    assert_eq!(logins.load(Ordering::SeqCst), 2);
    assert_eq!(store.asked().len(), 5);
}

/// A token that says it lives two seconds is taken for stale after one.
#[tokio::test]
async fn a_token_is_renewed_by_one_login_before_it_expires() {
    let logins = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&logins);
    let store = Store::answering(move |asked| match is_login(asked) {
        true => {
            let claims = format!(
                r#"{{"n":{},"iat":1700000000,"exp":1700000002}}"#,
                counted.fetch_add(1, Ordering::SeqCst)
            );
            json(200, &format!("\"e30.{}.sig\"", URL_SAFE_NO_PAD.encode(claims)))
        }
        false => json(200, CUSTOMER),
    })
    .await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    client.get(5).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    for reply in join_all((0..8).map(|_| client.get(5))).await {
        reply.unwrap();
    }
    assert_eq!(logins.load(Ordering::SeqCst), 2);
    let tokens: HashSet<_> =
        store.asked().iter().filter_map(|asked| Some(asked.authorization()?.to_owned())).collect();
    assert_eq!(tokens.len(), 2);
}

#[tokio::test]
async fn a_missing_permission_is_named_after_one_more_login() {
    let store = Store::answering(|asked| match is_login(asked) {
        true => json(200, r#""t0ken""#),
        false => unauthorized(),
    })
    .await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    let error = client.send(&customers::get(5)).await.unwrap_err();
    assert_eq!(error.status(), Some(401));
    assert_eq!(error.causes()[0].code, "permission_missing");
    assert_eq!(error.causes()[0].resource.as_deref(), Some("Magento_Customer::customer"));
    assert_eq!(store.asked().iter().filter(|asked| is_login(asked)).count(), 2);
    assert!(error.to_string().starts_with("GET /V1/customers/5: the store answered 401: "), "{error}");
}

#[tokio::test]
async fn a_refused_login_is_explained() {
    let body = r#"{"message":"Please use the 2fa provider-specific endpoints to obtain a token."}"#;
    let store = Store::answering(move |_| json(400, body)).await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    let error = client.send(&customers::get(5)).await.unwrap_err();
    assert!(matches!(error, Error::Login(_)));
    assert_eq!(error.causes()[0].code, "two_factor");
    assert_eq!(store.asked().len(), 1);
}

/// A store locks an account after six logins that fail.
#[tokio::test]
async fn a_login_that_fails_fails_for_all_who_waited_for_it() {
    let store = Store::answering(|_| json(401, r#"{"message":"The account sign-in was incorrect."}"#)).await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    for reply in join_all((0..8).map(|_| client.get(5))).await {
        let error = reply.unwrap_err();
        assert!(matches!(error, Error::Login(_)) && error.causes()[0].code == "sign_in", "{error}");
    }
    assert_eq!(store.asked().len(), 1);
    assert!(client.get(5).await.is_err());
    assert_eq!(store.asked().len(), 2, "a later call may log in again");
}

#[tokio::test]
async fn a_missing_route_is_explained() {
    let store = Store::answering(|_| json(404, r#"{"message":"Request does not match any route."}"#)).await;
    let client = Client::new(&store.base, Credentials::bearer("t0ken")).unwrap();
    let error = client.send(&users::get(1)).await.unwrap_err();
    assert_eq!(error.causes()[0].code, "route_not_in_core");
}

fn integration() -> Integration {
    Integration {
        consumer_id: 1,
        consumer_key: "k".repeat(32),
        consumer_secret: Secret::new("consumer secret+/"),
        token: "t".repeat(32),
        token_secret: Secret::new("token secret&"),
        active: true,
        revoked: false,
    }
}

#[tokio::test]
async fn an_integration_signs_what_a_store_takes() {
    let known = integration();
    let credentials = oauth::Credentials {
        consumer_key: known.consumer_key.clone(),
        consumer_secret: known.consumer_secret.clone(),
        token: known.token.clone(),
        token_secret: known.token_secret.clone(),
    };
    let (known, nonces) = (Arc::new([known]), Arc::new(Mutex::new(Nonces::default())));
    let store = Store::answering(move |asked| {
        let url =
            format!("http://{}{}", asked.headers.get(header::HOST).unwrap().to_str().unwrap(), asked.target);
        let target = Target { method: &asked.method, url: &url };
        let mut nonces = nonces.lock().unwrap();
        match verify(target, asked.authorization(), &known[..], &mut nonces, i64::MAX, Release::DEFAULT) {
            Ok(Identity::Integration(_)) => json(200, CUSTOMER),
            other => json(401, &format!("{:?}", format!("{other:?}"))),
        }
    })
    .await;
    let client = Client::new(&store.base, credentials.into()).unwrap();
    for _ in 0..3 {
        client.send(&customers::get(5).fields("id,addresses[city]")).await.unwrap();
        client.send(&customers::update(5, Value::from("Zoë"))).await.unwrap();
    }
    let headers: HashSet<_> =
        store.asked().iter().map(|asked| asked.authorization().unwrap().to_owned()).collect();
    assert_eq!(headers.len(), 6, "a nonce was used twice");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Store::answering(|_| json(200, CUSTOMER)).await;
    let target = format!("{}/rest/V1/customers/5", other.base);
    let store = Store::answering(move |asked| {
        let location = if asked.target.contains("/5") { target.as_str() } else { "/login" };
        Response::builder().status(302).header(header::LOCATION, location).body(Body::empty()).unwrap()
    })
    .await;
    let client = Client::new(&store.base, Credentials::bearer("t0ken")).unwrap();
    let away = client.send(&customers::get(5)).await.unwrap_err();
    assert_eq!(reason(&away), NetworkFailure::Redirect { status: 302, elsewhere: true });
    let within = client.send(&customers::get(6)).await.unwrap_err();
    assert_eq!(reason(&within), NetworkFailure::Redirect { status: 302, elsewhere: false });
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn a_compressed_reply_is_read() {
    const GZIP: &[u8] = &[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff, 0xab, 0x56, 0xca, 0x4c, 0x51, 0xb2, 0x32, 0xad, 5, 0, 0xc1,
        0x3d, 0x31, 0x20, 8, 0, 0, 0,
    ];
    // A block of eight bytes as they are, and the end.
    const BROTLI: &[u8] = b"\x70\x00\x10{\"id\":5}\x03";
    for (encoding, bytes) in [("gzip", GZIP), ("br", BROTLI)] {
        let store = Store::answering(move |asked| {
            let accepted = asked.headers.get(header::ACCEPT_ENCODING).unwrap().to_str().unwrap();
            assert!(accepted.contains("gzip") && accepted.contains("br"), "{accepted}");
            let reply = Response::builder().header(header::CONTENT_ENCODING, encoding);
            reply.body(Body::from(bytes)).unwrap()
        })
        .await;
        let client = Client::new(&store.base, Credentials::Guest).unwrap();
        assert_eq!(client.send(&groups::get(5)).await.unwrap().id.value(), Some(&5), "{encoding}");
        let settings = Settings { reply_limit: 7, ..Settings::default() };
        let frugal = Client::with_settings(&store.base, Credentials::Guest, settings).unwrap();
        let error = frugal.send(&groups::get(5)).await.unwrap_err();
        assert_eq!(reason(&error), NetworkFailure::TooLarge, "{encoding}");
    }
}

#[tokio::test]
async fn a_reply_larger_than_the_limit_is_refused() {
    let store = Store::answering(|_| json(200, CUSTOMER)).await;
    let settings = Settings { reply_limit: 10, ..Settings::default() };
    let client = Client::with_settings(&store.base, Credentials::Guest, settings).unwrap();
    let error = client.send(&customers::get(5)).await.unwrap_err();
    assert_eq!(reason(&error), NetworkFailure::TooLarge);
}

/// A server that reads a request, writes these bytes and then closes or waits.
async fn raw(bytes: &'static [u8], wait: Duration) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            let _ = socket.read(&mut buffer).await;
            let _ = socket.write_all(bytes).await;
            tokio::time::sleep(wait).await;
        }
    });
    base
}

#[tokio::test]
async fn broken_slow_and_unreadable_replies_are_told_apart() {
    let get = customers::get(5);
    let cut = raw(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\"", Duration::ZERO).await;
    let client = Client::new(&cut, Credentials::Guest).unwrap();
    assert_eq!(reason(&client.send(&get).await.unwrap_err()), NetworkFailure::Interrupted);

    let slow = raw(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n", Duration::from_secs(30)).await;
    let settings = Settings { timeout: Duration::from_millis(200), ..Settings::default() };
    let client = Client::with_settings(&slow, Credentials::Guest, settings).unwrap();
    assert_eq!(reason(&client.send(&get).await.unwrap_err()), NetworkFailure::Timeout);

    let html = raw(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>", Duration::ZERO).await;
    let client = Client::new(&html, Credentials::Guest).unwrap();
    let error = client.send(&get).await.unwrap_err();
    assert!(matches!(error, Error::Reply(_)) && error.status() == Some(200), "{error}");

    let client = Client::new("http://127.0.0.1:1", Credentials::Guest).unwrap();
    let unsent = reason(&client.send(&get).await.unwrap_err());
    assert!(unsent.is_unsent());
}

#[tokio::test]
async fn no_secret_is_shown() {
    let store = Store::answering(|asked| match is_login(asked) {
        true => json(200, r#""s3cret-token""#),
        false => json(400, r#"{"message":"no"}"#),
    })
    .await;
    let client = Client::new(&store.base, Credentials::admin("admin", "hunter2")).unwrap();
    let customer = magewright::json::parse(br#"{"email":"ada@example.test"}"#).unwrap();
    let error = client.send(&customers::create(customer, Some(&Secret::new("passw0rd")))).await.unwrap_err();
    let broken = Client::new(&store.base, Credentials::bearer("s3cret-token\n")).unwrap();
    let malformed = broken.send(&customers::get(5)).await.unwrap_err();
    let shown = format!("{client:?} {broken:?} {error:?} {error} {malformed:?} {malformed}");
    for secret in ["hunter2", "s3cret", "passw0rd", "ada@", "Bearer "] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn unusable_base_urls_are_refused() {
    for base in [
        "",
        "shop.example",
        "ftp://shop.example/",
        "https://user:hunter2@shop.example/",
        "http://shop.example",
    ] {
        let error = Client::new(base, Credentials::bearer("t0ken")).unwrap_err().to_string();
        assert!(error.starts_with("the base URL ") && !error.contains("hunter2"), "{error}");
    }
    for base in
        ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080/shop/", "https://shop.example/shop"]
    {
        assert!(Client::new(base, Credentials::bearer("t0ken")).is_ok(), "{base}");
    }
}
