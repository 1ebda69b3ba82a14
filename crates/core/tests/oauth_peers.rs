//! OAuth held against others: the examples of RFC 5849, and headers made by Python's oauthlib.

#![allow(clippy::unwrap_used, reason = "a test")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use magewright::json::{self, Value};
use magewright::oauth::{Credentials, Identity, Integration, Nonces, Target, base_string, sign, verify};
use magewright::release::Release;
use magewright::secret::Secret;
use sha1::Sha1;

/// The releases with one order of parameters each; below index 10 they agree with RFC 5849.
const RELEASES: [&str; 3] = ["2.4.4", "2.4.7-p3", "2.4.8-p1"];

/// Section 3.4.1.1 without its form body, which no store signs.
#[test]
fn base_string_of_the_rfc() {
    let header = r#"OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7",
        oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a",
        oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D""#;
    let target =
        Target { method: "POST", url: "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b" };
    let expected = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26\
                    oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26\
                    oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7";
    assert_eq!(base_string(target, header, Release::DEFAULT).as_deref(), Some(expected));
}

/// Section 1.2. Its signatures are HMAC-SHA1, so the base string is signed here.
#[test]
fn signatures_of_the_rfc() {
    let examples = [
        (
            Target { method: "POST", url: "https://photos.example.net/initiate" },
            "OAuth realm=\"Photos\", oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_signature_method=\"HMAC-SHA1\", \
             oauth_timestamp=\"137131200\", oauth_nonce=\"wIjqoS\", \
             oauth_callback=\"http%3A%2F%2Fprinter.example.com%2Fready\"",
            "",
            "74KNZJeDHnMBp0EMJ9ZHt/XKycU=",
        ),
        (
            Target { method: "POST", url: "https://photos.example.net/token" },
            "OAuth realm=\"Photos\", oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_token=\"hh5s93j4hdidpola\", \
             oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"137131201\", oauth_nonce=\"walatlh\", \
             oauth_verifier=\"hfdp7dh39dks9884\"",
            "hdhd0244k9j7ao03",
            "gKgrFCywp7rO0OXSjdot/IHF7IU=",
        ),
        (
            Target { method: "GET", url: "http://photos.example.net/photos?file=vacation.jpg&size=original" },
            "OAuth realm=\"Photos\", oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_token=\"nnch734d00sl2jdk\", \
             oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"137131202\", oauth_nonce=\"chapoH\"",
            "pfkkdhi9sl3r4s00",
            "MdpQcU8iPSUjWoN/UDMsK2sui9I=",
        ),
    ];
    for (target, header, token_secret, expected) in examples {
        for release in RELEASES {
            let text = base_string(target, header, release.parse().unwrap()).unwrap();
            let key = format!("kd94hf93k423kf44&{token_secret}");
            let mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).unwrap().chain_update(&text).finalize();
            assert_eq!(STANDARD.encode(mac.into_bytes()), expected, "{text}");
        }
    }
}

/// What `oauthlib_vectors.py` recorded: the store takes it, and signing gives the same signature.
#[test]
fn oauthlib_agrees_below_index_10() {
    let vectors = include_bytes!("../../../schema/vectors/oauthlib.jsonl");
    let cases: Vec<Value> = vectors
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| json::parse(line).unwrap())
        .collect();
    assert_eq!(cases.len(), 60);
    for (case, release) in cases.iter().flat_map(|case| RELEASES.map(|release| (case, release))) {
        check(case, release.parse().unwrap());
    }
}

fn check(case: &Value, release: Release) {
    let text = |name: &str| case.get(name).and_then(Value::as_str).unwrap();
    let timestamp = case.get("timestamp").and_then(Value::as_i64).unwrap();
    let target = Target { method: text("method"), url: text("url") };
    let integration = Integration {
        consumer_id: 1,
        consumer_key: text("consumer_key").to_owned(),
        consumer_secret: Secret::new(text("consumer_secret")),
        token: text("token").to_owned(),
        token_secret: Secret::new(text("token_secret")),
        active: true,
        revoked: false,
    };
    let known = std::slice::from_ref(&integration);
    let mut nonces = Nonces::default();
    let answer = verify(target, Some(text("authorization")), known, &mut nonces, timestamp, release);
    assert!(matches!(answer, Ok(Identity::Integration(_))), "{} {answer:?}", text("id"));

    let credentials = Credentials {
        consumer_key: integration.consumer_key.clone(),
        consumer_secret: integration.consumer_secret.clone(),
        token: integration.token.clone(),
        token_secret: integration.token_secret.clone(),
    };
    let header = sign(target, &credentials, text("nonce"), timestamp.unsigned_abs(), release);
    assert_eq!(parameters(&header), parameters(text("authorization")), "{}", text("id"));
}

/// The order in which a header lists its parameters is the signer's choice.
fn parameters(header: &str) -> Vec<&str> {
    let mut parameters: Vec<_> = header.strip_prefix("OAuth ").unwrap().split(", ").collect();
    parameters.sort_unstable();
    parameters
}
