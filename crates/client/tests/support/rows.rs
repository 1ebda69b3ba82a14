//! Rows for a sync, and what the store must hold afterwards.

#![allow(dead_code, reason = "not every test needs all")]

use std::collections::HashMap;

use magewright::json::Value;

/// Rows of every kind: changes by id and by e-mail, new customers, new addresses, and some to be rejected.
/// Several are about the same customer of `customers`.
pub(crate) fn rows(count: usize, customers: &[Value]) -> Vec<String> {
    (0..count).map(|at| row(at, &customers[at * 7 % customers.len()])).collect()
}

fn row(at: usize, customer: &Value) -> String {
    let id = customer.get("id").unwrap();
    match at % 10 {
        0 => format!(
            r#"{{"email":"new{at}@example.test","firstname":"N","lastname":"W","taxvat":"T{at}","addresses":[{}]}}"#,
            address(at)
        ),
        1 => format!(r#"{{"id":{id},"addresses":[{}]}}"#, address(at)),
        2 => format!(r#"{{"email":{},"website_id":1,"taxvat":"T{at}"}}"#, customer.get("email").unwrap()),
        3 => format!(r#"{{"id":{id},"gender":null,"lastname":null}}"#),
        _ => format!(r#"{{"id":{id},"taxvat":"T{at}","middlename":"M"}}"#),
    }
}

fn address(at: usize) -> String {
    format!(
        r#"{{"firstname":"A","lastname":"B","street":["{at} Main"],"city":"Ulm","postcode":"89073","country_id":"DE",
        "region":{{"region_id":80}},"telephone":"{at}"}}"#
    )
    .replace('\n', "")
}

/// Nothing is lost and nothing doubled: the last row about a customer holds, each new address is there
/// once, and so is each new customer.
pub(crate) fn check(count: usize, before: &[Value], after: &[Value]) {
    let text = |customer: &Value, key: &str| customer.get(key).and_then(Value::as_str).map(str::to_owned);
    let streets = |customer: &Value| -> Vec<String> {
        let addresses = customer.get("addresses").unwrap().as_array().unwrap().iter();
        addresses.map(|address| address.pointer("/street/0").unwrap().as_str().unwrap().to_owned()).collect()
    };
    let mut taxvat: HashMap<i64, String> = HashMap::new();
    let mut added: HashMap<i64, Vec<String>> = HashMap::new();
    for at in 0..count {
        let id = before[at * 7 % before.len()].get("id").unwrap().as_i64().unwrap();
        match at % 10 {
            0 | 3 => {}
            1 => added.entry(id).or_default().push(format!("{at} Main")),
            _ => drop(taxvat.insert(id, format!("T{at}"))),
        }
    }
    for (old, new) in before.iter().zip(after) {
        let id = old.get("id").unwrap().as_i64().unwrap();
        assert_eq!(new.get("id"), old.get("id"));
        assert_eq!(text(new, "taxvat"), taxvat.remove(&id).or(text(old, "taxvat")), "customer {id}");
        for key in
            ["firstname", "lastname", "email", "dob", "group_id", "default_billing", "extension_attributes"]
        {
            assert_eq!(new.get(key), old.get(key), "{key} of customer {id}");
        }
        let (mut wanted, mut found) = (streets(old), streets(new));
        wanted.extend(added.remove(&id).unwrap_or_default());
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted, "addresses of customer {id}");
    }
    let mut created: Vec<_> = after[before.len()..].iter().map(|new| text(new, "email").unwrap()).collect();
    let mut wanted: Vec<_> = (0..count).step_by(10).map(|at| format!("new{at}@example.test")).collect();
    created.sort();
    wanted.sort();
    assert_eq!(created, wanted);
}
