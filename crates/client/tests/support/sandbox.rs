//! The embedded store on loopback.

#![allow(dead_code, reason = "not every test needs all")]

use std::time::Duration;

use magewright::json::Value;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::retry::Retry;
use magewright_client::{Client, Credentials, Settings};
use magewright_sandbox::{App, Faults, Options, ServeOptions, Server, seed};

/// A store with so many made-up customers, and these faults.
pub(crate) async fn store(customers: u32, faults: Faults) -> Server {
    let options = Options { seed: Some(1), ..Options::default() };
    let mut app = App::new(Profile::stock(), Release::DEFAULT, options);
    seed(&mut app, customers, 1);
    let options =
        ServeOptions { faults, consumer: Some(Duration::from_millis(5)), ..ServeOptions::default() };
    Server::start(app, options).await.unwrap()
}

/// An administrator who does not wait long.
pub(crate) fn admin(store: &Server) -> Client {
    Client::with_settings(&store.url(), Credentials::admin("admin", "admin123"), hasty()).unwrap()
}

pub(crate) fn hasty() -> Settings {
    let retry = Retry { attempts: 6, first: Duration::from_millis(2), longest: Duration::from_secs(2) };
    Settings { retry, ..Settings::default() }
}

/// The customers as they are in the store's table.
pub(crate) fn customers(store: &Server) -> Vec<Value> {
    store.app().lock().unwrap().customers().cloned().collect()
}

pub(crate) fn id(customer: &Value) -> i64 {
    customer.get("id").and_then(Value::as_i64).unwrap()
}

pub(crate) fn value(text: &str) -> Value {
    magewright::json::parse(text.as_bytes()).unwrap()
}
