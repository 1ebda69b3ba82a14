//! Whole scans of the store while customers come and go, through its own routes.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use magewright::json::Value;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::search::{KeysetPages, OffsetPages, SearchCriteria, Spelling, encode};
use magewright_sandbox::{App, Options, Request, seed};

/// A store with customers, and an administrator's token.
struct Store {
    app: App,
    token: String,
}

impl Store {
    fn with(customers: u32) -> Self {
        let mut app =
            App::new(Profile::stock(), Release::DEFAULT, Options { seed: Some(1), ..Options::default() });
        seed(&mut app, customers, 7);
        let login = Request::new("POST", "/rest/V1/integration/admin/token")
            .json(r#"{"username":"admin","password":"admin123"}"#);
        let token = app.handle(&login).json().and_then(Value::as_str).unwrap().to_owned();
        Store { app, token }
    }

    fn send(&mut self, request: Request) -> Value {
        let response = self.app.handle(&request.bearer(&self.token));
        assert_eq!(response.status, 200, "{response:?}");
        response.json().unwrap().clone()
    }

    fn search(&mut self, criteria: &SearchCriteria) -> (Vec<i64>, u64) {
        let query = encode(criteria, Spelling::Camel);
        let reply = self.send(Request::get(&format!("/rest/V1/customers/search?{query}")));
        let items = reply.get("items").and_then(Value::as_array).unwrap();
        let ids = items.iter().map(|item| item.get("id").and_then(Value::as_i64).unwrap()).collect();
        (ids, reply.get("total_count").and_then(Value::as_i64).unwrap().unsigned_abs())
    }

    fn insert(&mut self) {
        let email = format!("new{}@example.test", self.app.next_customer());
        let body = format!(r#"{{"customer":{{"email":"{email}","firstname":"New","lastname":"Comer"}}}}"#);
        self.send(Request::new("POST", "/rest/V1/customers").json(body));
    }

    fn delete(&mut self, id: i64) {
        self.send(Request::new("DELETE", &format!("/rest/V1/customers/{id}")));
    }
}

#[test]
fn keyset_pages_see_every_stable_customer_once() {
    for size in [1, 3, 7] {
        let mut store = Store::with(40);
        let filter: SearchCriteria = "(group_id = 1 or group_id = 3)".parse().unwrap();
        let (before, _) = store.search(&filter);
        let mut seen = BTreeMap::new();
        let mut pages = KeysetPages::new(filter.clone(), size).unwrap();
        let mut turn = 0;
        while let Some(request) = pages.request() {
            let (ids, total) = store.search(&request);
            ids.iter().for_each(|id| *seen.entry(*id).or_insert(0) += 1);
            pages.received(&ids, total).unwrap();
            turn += 1;
            if turn % 2 == 0 {
                store.insert();
            }
            // One that was already read, and one that is still to come.
            for id in [before.get(turn - 1), before.get(before.len().saturating_sub(turn))] {
                match id {
                    Some(&id)
                        if turn < 6
                            && store.app.customers().any(|known| known.get("id") == Some(&id.into())) =>
                    {
                        store.delete(id);
                    }
                    _ => {}
                }
            }
        }
        let (after, _) = store.search(&filter);
        let stable: Vec<i64> = before.iter().copied().filter(|id| after.contains(id)).collect();
        assert!(stable.len() < before.len() && after.len() > stable.len(), "customers came and went");
        assert!(stable.iter().all(|id| seen.get(id) == Some(&1)), "pages of {size}");
        assert!(seen.values().all(|times| *times == 1), "pages of {size}");
    }
}

#[test]
fn offset_pages_miss_a_customer_when_another_is_deleted() {
    let mut store = Store::with(6);
    let mut pages = OffsetPages::new(SearchCriteria::default(), 2).unwrap();
    let mut seen = Vec::new();
    while let Some(request) = pages.request() {
        let (ids, total) = store.search(&request);
        pages.received(ids.len(), total);
        if seen.is_empty() {
            ids.first().into_iter().for_each(|id| store.delete(*id));
        }
        seen.extend(ids);
    }
    assert_eq!(seen, [1, 2, 4, 5, 6], "customer 3 moved to a page that was already read");
}
