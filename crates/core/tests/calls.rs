//! Calls against what a store was recorded answering.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;

use magewright::call::attributes::{self, Entity};
use magewright::call::{Call, Error, Method, Scope, customers, directory, groups, route, stores};
use magewright::json::{self, Value};
use magewright::models::{Model, to_value};
use magewright::search::SearchCriteria;

fn recorded(file: &str) -> Vec<u8> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors");
    std::fs::read(vectors.join(file)).unwrap()
}

/// The path of the call is the recorded one, and its reply is read and written without loss.
fn check<M: Model>(file: &str, call: &Call<M>) {
    let index = json::parse(&recorded("store/index.json")).unwrap();
    let entry =
        index.as_array().unwrap().iter().find(|entry| entry.get("file") == Some(&file.into())).unwrap();
    assert_eq!(entry.get("method"), Some(&call.request.method.as_str().into()));
    assert_eq!(entry.get("path"), Some(&call.request.target(&Scope::Default).into()));
    let body = recorded(&format!("store/{file}"));
    let model = call.parse(200, &body).unwrap();
    assert_eq!(to_value(&model), json::parse(&body).unwrap(), "{file}");
}

#[test]
fn what_a_store_says_of_itself_is_read() {
    check("websites.json", &stores::websites());
    check("storeViews.json", &stores::views());
    check("storeGroups.json", &stores::groups());
    check("storeConfigs.json", &stores::configs());
    check("customerGroups.json", &groups::search(&SearchCriteria::new()));
    check("customerGroups-default.json", &groups::default(None));
    check("countries.json", &directory::countries());
    check("currency.json", &directory::currency());
    for (name, of) in [("customer", Entity::Customer), ("customerAddress", Entity::Address)] {
        check(&format!("attributeMetadata-{name}.json"), &attributes::all(of));
        check(&format!("attributeMetadata-{name}-custom.json"), &attributes::custom(of));
    }
    let form = attributes::form(Entity::Customer, "adminhtml_customer");
    check("attributeMetadata-customer-form-adminhtml_customer.json", &form);
    assert!(stores::modules().parse(200, &recorded("store/modules.json")).unwrap().len() > 10);
}

/// Every request of the recorded scenarios that a store routed has a route here, and every other has none.
#[test]
fn recorded_paths_are_routed_alike() {
    let lines = recorded("scenarios.jsonl");
    let mut routed = 0;
    for line in lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let scenario = json::parse(line).unwrap();
        for step in scenario.get("steps").and_then(Value::as_array).unwrap() {
            let text = |pointer: &str| step.pointer(pointer).and_then(Value::as_str);
            let (Some(method), Some(path)) = (text("/request/method"), text("/request/path")) else {
                continue;
            };
            let Some(method) = Method::from_name(method) else { continue };
            let refused = matches!(
                text("/response/body/message"),
                Some("Request does not match any route." | "Specified request cannot be processed.")
            );
            if !refused {
                assert!(route::find(method, path).is_some(), "{method} {path}");
                routed += 1;
            } else if text("/response/body/message") == Some("Request does not match any route.") {
                assert!(route::find(method, path).is_none(), "{method} {path}");
            }
        }
    }
    assert!(routed > 100, "{routed}");
}

/// Every recorded error is the store's error to any call.
#[test]
fn recorded_errors_are_errors_of_calls() {
    for line in recorded("errors.jsonl").split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let case = json::parse(line).unwrap();
        let status = u16::try_from(case.get("status").and_then(Value::as_i64).unwrap()).unwrap();
        let body = case.get("reply").unwrap().to_string();
        let error = customers::get(5).parse(status, body.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Store(error) if error.status() == status));
    }
}
