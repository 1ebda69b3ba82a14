//! The handshake of a new integration against a store on loopback.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use magewright::secret::Secret;
use magewright_client::{Activation, Error, Settings, handshake};
use support::{Store, json};

fn activation() -> Activation {
    Activation {
        consumer_key: "k".repeat(32),
        consumer_secret: Secret::new("consumer-secret"),
        verifier: Secret::new("v".repeat(32)),
    }
}

#[tokio::test]
async fn two_signed_posts_give_the_credentials() {
    let store = Store::answering(|asked| match asked.target.as_str() {
        "/oauth/token/request" => json(200, "oauth_token=request&oauth_token_secret=r%2Bs"),
        "/oauth/token/access" => json(200, "oauth_token=access&oauth_token_secret=a%2Fs"),
        _ => json(404, ""),
    })
    .await;
    let credentials = handshake(&store.base, &activation(), &Settings::default()).await.unwrap();
    assert_eq!((credentials.token.as_str(), credentials.token_secret.reveal()), ("access", "a/s"));

    let asked = store.asked();
    let headers: Vec<_> = asked.iter().map(|asked| asked.authorization().unwrap()).collect();
    assert!(asked.iter().all(|asked| asked.method == "POST" && asked.body.is_empty()));
    assert!(matches!(headers[..], [first, second]
        if !first.contains("oauth_token=") && second.contains("oauth_token=\"request\"")
            && second.contains("oauth_verifier=\"vvv")));
}

#[tokio::test]
async fn a_refusal_is_named() {
    let store = Store::answering(|_| json(401, "oauth_problem=Consumer+key+has+expired")).await;
    let error = handshake(&store.base, &activation(), &Settings::default()).await.unwrap_err();
    assert!(matches!(error, Error::Handshake(_)));
    assert_eq!(error.to_string(), "the store refused the handshake: Consumer key has expired");
    assert_eq!(store.asked().len(), 1);
}

#[tokio::test]
async fn no_handshake_over_plain_http() {
    let error = handshake("http://shop.example/", &activation(), &Settings::default()).await.unwrap_err();
    assert!(error.to_string().contains("plain_http"));
}

#[tokio::test]
async fn a_reply_without_end_is_not_read_to_its_end() {
    let store = Store::answering(|_| json(200, &"oauth_token=".repeat(10))).await;
    let settings = Settings { reply_limit: 100, ..Settings::default() };
    let error = handshake(&store.base, &activation(), &settings).await.unwrap_err();
    assert!(matches!(&error, Error::Handshake(problem) if problem.contains("`reply_limit`")), "{error}");
}
