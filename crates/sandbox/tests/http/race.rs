//! The store's own race: overlapping saves of one customer lose what the first has changed.

use std::time::Duration;

use magewright::json;
use magewright_sandbox::{App, Identity, Request, Rights, ServeOptions, seed};

use crate::wire::{Outcome, app, body, call, served, signed_in};

fn put(id: i64, customer: &str) -> Request {
    let body = format!(r#"{{"customer":{customer}}}"#);
    Request::new("PUT", &format!("/rest/V1/customers/{id}")).json(body).from(Identity::Admin(1, Rights::All))
}

fn shown(app: &App, id: i64, field: &str) -> String {
    let is = |customer: &&magewright::json::Value| customer.get("id").and_then(|id| id.as_i64()) == Some(id);
    let found = app.customers().find(is).and_then(|customer| customer.get(field));
    found.map(ToString::to_string).unwrap_or_default()
}

fn two() -> App {
    let mut app = app();
    seed(&mut app, 2, 1);
    app
}

#[test]
fn the_second_write_takes_back_the_first() {
    let mut app = two();
    let (tax, group) = (put(1, r#"{"taxvat":"T1"}"#), put(1, r#"{"group_id":2}"#));
    let begun = app.begin(&tax).unwrap();
    assert_eq!(app.handle(&group).status, 200);
    let before = shown(&app, 1, "group_id");
    assert_eq!((before.as_str(), app.finish(&tax, begun).status), ("2", 200));
    assert_eq!(shown(&app, 1, "taxvat"), "\"T1\"");
    assert_ne!(shown(&app, 1, "group_id"), "2", "lost without a word");
}

#[test]
fn a_refused_save_takes_nothing_back() {
    let mut app = two();
    let (bad, group) = (put(1, r#"{"firstname":""}"#), put(1, r#"{"group_id":2}"#));
    let begun = app.begin(&bad).unwrap();
    app.handle(&group);
    assert_eq!(app.finish(&bad, begun).status, 400);
    assert_eq!(shown(&app, 1, "group_id"), "2");
}

#[test]
fn another_customer_in_the_body_is_the_one_saved() {
    let mut app = app();
    for id in [1, 2] {
        let bare = format!(
            r#"{{"id":{id},"group_id":1,"email":"{id}@b.test","firstname":"A","lastname":"B","store_id":1,
                "website_id":1,"addresses":[],"disable_auto_group_change":0}}"#
        );
        app.insert(json::parse(bare.as_bytes()).unwrap(), None);
    }
    let other = put(1, r#"{"id":2,"email":"2@b.test","taxvat":"T2"}"#);
    let group = put(1, r#"{"group_id":2}"#);
    let begun = app.begin(&other).unwrap();
    app.handle(&group);
    assert_eq!(app.finish(&other, begun).status, 200);
    assert_eq!((shown(&app, 1, "group_id"), shown(&app, 2, "taxvat")), ("2".into(), "\"T2\"".into()));
}

#[test]
fn who_is_deleted_meanwhile_stays_deleted() {
    let mut app = two();
    let tax = put(1, r#"{"taxvat":"T1"}"#);
    let begun = app.begin(&tax).unwrap();
    app.remove(1);
    assert_eq!(app.finish(&tax, begun).status, 404);
    assert_eq!(app.customers().count(), 1);
}

#[test]
fn of_two_new_accounts_with_one_address_the_second_fails() {
    let mut app = app();
    let ada = r#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;
    let post = Request::new("POST", "/rest/V1/customers").json(ada);
    let begun = [app.begin(&post).unwrap(), app.begin(&post).unwrap()];
    let statuses = begun.map(|begun| app.finish(&post, begun).status);
    assert_eq!(statuses, [200, 500]);
    let begun = app.begin(&post).unwrap();
    assert_eq!(app.finish(&post, begun).status, 400, "known before, it is an ordinary refusal");
}

#[test]
fn only_saves_race() {
    let app = two();
    for (method, path) in
        [("GET", "/rest/V1/customers/1"), ("DELETE", "/rest/V1/customers/1"), ("PUT", "/rest/V1/nosuch")]
    {
        assert!(app.begin(&Request::new(method, path)).is_none(), "{method} {path}");
    }
    assert!(app.begin(&Request::new("PUT", "/rest/async/V1/customers/1")).is_none());
}

/// Sends both at once; whether both were answered 200, and what is left.
fn overlapping(race: Duration) -> Result<(bool, String), Box<dyn std::error::Error>> {
    let left = std::sync::Mutex::new((false, String::new()));
    served(two(), ServeOptions { race, ..ServeOptions::default() }, |server| {
        let (address, admin) = (server.address(), signed_in(server.address())?);
        let put = |body: &'static str| {
            let admin = admin.clone();
            std::thread::spawn(move || call(address, "PUT", "/rest/V1/customers/1", &admin, body))
        };
        let both = [r#"{"customer":{"taxvat":"T1"}}"#, r#"{"customer":{"middlename":"M1"}}"#].map(put);
        let mut fine = true;
        for thread in both {
            fine &= thread.join().map_err(|_| "panicked")??.starts_with("HTTP/1.1 200");
        }
        let reply = call(address, "GET", "/rest/V1/customers/1?fields=taxvat,middlename", &admin, "")?;
        *left.lock().map_err(|_| "poisoned")? = (fine, body(&reply).to_owned());
        Ok(())
    })?;
    Ok(left.into_inner()?)
}

#[test]
fn overlapping_saves_are_lost_over_http() -> Outcome {
    let (fine, left) = overlapping(Duration::from_millis(500))?;
    assert!(fine && left.contains("T1") != left.contains("M1"), "{left}");
    let (fine, left) = overlapping(Duration::ZERO)?;
    assert!(fine && left.contains("T1") && left.contains("M1"), "{left}");
    Ok(())
}
