//! The SaaS edition's paths, header and credentials, against a store of a few lines.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod support;

use magewright::call::{Scope, bulk, customers, tokens};
use magewright::release::Release;
use magewright_client::{Client, Credentials, Error, Settings};
use support::{Store, json};

fn settings(scope: Scope) -> Settings {
    Settings { release: Release::SAAS, scope, ..Settings::default() }
}

#[tokio::test]
async fn a_call_goes_to_the_tenant_with_the_store_view_in_a_header() {
    let store = Store::answering(|_| json(200, r#"{"id":5}"#)).await;
    let base = format!("{}/tenant", store.base.trim_end_matches('/'));
    let view = Scope::store_view("de").unwrap();
    let client = Client::with_settings(&base, Credentials::bearer("ims"), settings(view)).unwrap();
    client.send(&customers::get(5)).await.unwrap();
    client.in_scope(Scope::Default).send_value(&bulk::create_customers(Vec::new())).await.unwrap();

    let asked = store.asked();
    let stores: Vec<_> = asked.iter().map(|asked| asked.headers.get("store").cloned()).collect();
    assert_eq!(stores.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false]);
    assert_eq!(stores[0].as_ref().unwrap(), "de");
    let lines: Vec<_> = asked.iter().map(|asked| format!("{} {}", asked.method, asked.target)).collect();
    assert_eq!(lines, ["GET /tenant/V1/customers/5", "POST /tenant/V1/async/bulk/customers"]);
    assert_eq!(asked[1].body, "[]");
    assert!(asked.iter().all(|asked| asked.authorization() == Some("Bearer ims")));
}

#[tokio::test]
async fn what_the_edition_lacks_is_not_sent() {
    let store = Store::answering(|_| json(200, "true")).await;
    let client =
        Client::with_settings(&store.base, Credentials::bearer("ims"), settings(Scope::Default)).unwrap();
    let Err(Error::Settings(why)) = client.send(&customers::me()).await else { panic!("it was sent") };
    assert!(why.contains("GET /V1/customers/me is not in saas") && why.contains("IMS access token"), "{why}");
    assert!(client.send(&tokens::revoke_mine()).await.is_err());
    assert!(store.asked().is_empty());
}

#[test]
fn only_ims_tokens_are_credentials() {
    for credentials in
        [Credentials::admin("a", "b"), Credentials::customer("a@b.test", "c"), Credentials::Guest]
    {
        let error =
            Client::with_settings("https://x.test", credentials, settings(Scope::Default)).unwrap_err();
        assert!(error.to_string().contains("IMS access tokens only"), "{error}");
    }
}
