//! Rules of an update that no usual request meets, each as the store's source has it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use magewright::json::{Value, parse};
use magewright::outcome::{Outcome, Refusal};
use magewright::predict::update::{Prediction, Route, Target, update};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};

const STORED: &str = r#"[
    {"id":5,"group_id":2,"created_in":"Default Store View","email":"a@example.test","firstname":"A","lastname":"B",
     "store_id":1,"website_id":1,"addresses":[]},
    {"id":6,"group_id":1,"email":"b@example.test","firstname":"A","lastname":"B","store_id":1,"website_id":1,"addresses":[
        {"id":9,"customer_id":6,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB",
         "street":["1"],"telephone":"1","postcode":"1","city":"c","firstname":"F","lastname":"L"}]}]"#;

fn profile() -> Profile {
    let own = r#"{"version":1,"customer_attributes":[
        {"attribute_code":"tier","frontend_input":"text","backend_type":"int","visible":true,"user_defined":true}]}"#;
    let mut profile = Profile::stock();
    profile.customer_attributes =
        Profile::from_document(&parse(own.as_bytes()).unwrap()).unwrap().customer_attributes;
    profile
}

fn put(release: &str, caller: Caller, route: Route<'_>, body: &str) -> Prediction {
    let customers = parse(STORED.as_bytes()).unwrap();
    let customers = customers.as_array().unwrap();
    let (profile, accounts) = (profile(), Accounts::from_customers(customers.to_vec()).unwrap());
    let release: Release = release.parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    update(&customers[0], &parse(body.as_bytes()).unwrap(), &Target { store, caller, route })
}

fn by_id(body: &str) -> Prediction {
    put("2.4.7-p3", Caller::Admin, Route::ById("5"), body)
}

fn refused(prediction: Prediction) -> Refusal {
    match prediction.outcome {
        Outcome::Refused(refusal) => refusal,
        Outcome::Saved { .. } => panic!("saved"),
    }
}

fn email_of(prediction: &Prediction) -> Option<&str> {
    match &prediction.outcome {
        Outcome::Saved { customer } => customer.get("email")?.as_str(),
        Outcome::Refused(_) => None,
    }
}

#[test]
fn a_store_that_does_not_merge_shows_what_it_had_only_under_the_same_email() {
    let send = |email: &str| {
        let body = format!(r#"{{"customer":{{"id":5,"email":"{email}","firstname":"New","lastname":"B"}}}}"#);
        put("2.4.7-p1", Caller::Integration, Route::ById("5"), &body)
    };
    let first = |prediction: &Prediction| match &prediction.outcome {
        Outcome::Saved { customer } => customer.get("firstname").and_then(Value::as_str).map(str::to_owned),
        Outcome::Refused(_) => None,
    };
    assert_eq!(first(&send("a@example.test")).as_deref(), Some("A"));
    for email in ["n@example.test", "A@example.test"] {
        assert_eq!(first(&send(email)).as_deref(), Some("New"), "{email}");
    }
}

#[test]
fn the_id_of_the_path_is_read_as_php_reads_numbers() {
    let put = |id: &str| put("2.4.7-p3", Caller::Admin, Route::ById(id), r#"{"customer":{"taxvat":"T"}}"#);
    for id in ["5", "05", "5abc", "5.9", "50e-1", " 5"] {
        assert_eq!(email_of(&put(id)), Some("a@example.test"), "{id}");
    }
    assert!(refused(put("5e1")).rendered().ends_with("customerId = 50"));
}

#[test]
fn an_empty_created_in_is_none() {
    let prediction = by_id(r#"{"customer":{"created_in":""}}"#);
    assert_eq!(prediction.customer(5).unwrap().get("created_in"), None);
}

#[test]
fn another_customers_address_is_one_of_the_things_wrong_with_it() {
    let alone = refused(by_id(r#"{"customer":{"addresses":[{"id":9}]}}"#));
    assert_eq!(alone.rendered(), "Provided customer ID \"5\" isn't related to current customer address.");
    let many = refused(by_id(r#"{"customer":{"addresses":[{"id":9,"city":"","country_id":"XX"}]}}"#));
    let of = |at: usize| many.errors.get(at).map(|(message, _)| message.as_str()).unwrap();
    assert_eq!(many.errors.len(), 3);
    assert!(
        of(0).contains("is required") && of(1).starts_with("Invalid value") && of(2).starts_with("Provided")
    );
}

#[test]
fn what_is_no_numbered_list_is_the_one_item_of_it() {
    let count = |addresses: &str| {
        refused(by_id(&format!(r#"{{"customer":{{"addresses":{addresses}}}}}"#))).errors.len()
    };
    let none = count("[[]]");
    for one in [r#"{"item":[]}"#, r#"{"item":{}}"#, r#"{"item":{"0":{}}}"#, r#"{"item":"x"}"#] {
        assert_eq!(count(one), none, "{one}");
    }
}

#[test]
fn an_attribute_has_its_type_in_any_case_of_letters_and_is_kept_in_its_own() {
    let body = |value: &str| {
        format!(r#"{{"customer":{{"custom_attributes":[{{"attribute_code":"TIER","value":"{value}"}}]}}}}"#)
    };
    assert!(refused(by_id(&body("x"))).message.contains("The \"int\" type was expected."));
    assert_eq!(by_id(&body("4")).customer(5).unwrap().get("custom_attributes"), None);
}

#[test]
fn to_a_caller_with_all_rights_me_is_nobody() {
    let me = |caller, body: &str| put("2.4.7-p3", caller, Route::Me, body);
    let named = |email: &str| {
        format!(
            r#"{{"customer":{{"id":5,"website_id":1,"email":"{email}","firstname":"N","lastname":"B"}}}}"#
        )
    };
    for caller in [Caller::Admin, Caller::Integration] {
        assert_eq!(refused(me(caller, &named("a@example.test"))).status, 400);
        let created = me(caller, &named("n@example.test"));
        assert_eq!(created.customers[0].get("id").and_then(Value::as_str), Some("<id>"));
    }
    for caller in [Caller::Limited, Caller::Guest] {
        assert_eq!(refused(me(caller, &named("n@example.test"))).status, 401);
    }
}

#[test]
fn the_forced_values_of_me_make_a_customer_where_none_was_sent() {
    let me = |body: &str| refused(put("2.4.7-p3", Caller::Customer, Route::Me, body));
    for body in ["{}", r#"{"customer":null}"#, r#"{"customer":[]}"#, r#"{"customer":{}}"#] {
        assert_eq!(me(body).message, "The customer email is missing. Enter and try again.", "{body}");
    }
    for body in [r#"{"customer":"x"}"#, r#"{"customer":false}"#] {
        assert!(me(body).plain_text, "{body}");
    }
    let own = r#"{"customer":{"email":"n@example.test","firstname":"N","lastname":"B"}}"#;
    let prediction = put("2.4.7-p3", Caller::Customer, Route::Me, own);
    assert_eq!(email_of(&prediction), Some("n@example.test"));
}
