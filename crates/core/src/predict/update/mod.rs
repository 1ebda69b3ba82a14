//! What a store makes of an update: `PUT /V1/customers/:customerId`,
//! `PUT /V1/customers/me`, and the same through the queue.
//!
//! The stages, in the store's order: rights; the request becomes data objects;
//! where the store merges, the stored customer with them laid over it; the
//! repository's save (id, default addresses, group, e-mail, values, stored
//! addresses); the addresses, one after the other; the removal of those that
//! were not listed; the customer read again for the reply.

mod address;
mod bulk;
mod customer;
mod defaults;
mod failure;
mod merge;
mod request;
mod save;
mod shown;
mod target;

use crate::json::{Object, Value};
use crate::outcome::{Outcome, Refusal};

pub use bulk::{BulkPrediction, Operation, update_in_bulk};
pub use target::{Route, Target};

/// What becomes of an update.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// The store's reply. The customer in it is the one that was saved, except
    /// where a store that does not merge is sent no `website_id`: then it shows
    /// the customer as it was before.
    pub outcome: Outcome,
    /// The customers that are not as they were, or new, each as GET without a
    /// store code returns it: usually the one updated, but a body with another
    /// `id` than the path changes another customer, and one without may create one.
    pub customers: Vec<Value>,
}

impl Prediction {
    /// The customer with that id afterwards; `None` when the update leaves it as it is.
    #[must_use]
    pub fn customer(&self, id: i64) -> Option<&Value> {
        self.customers.iter().find(|customer| customer.get("id").and_then(Value::as_i64) == Some(id))
    }
}

/// Predicts one update.
///
/// `stored` is the customer as GET returns it; it counts in place of what the
/// target's table holds under the same id. `body` is the body of the request,
/// for [`Route::Queue`] one item of the list.
///
/// ```
/// use magewright::json::parse;
/// use magewright::predict::update::{Route, Target, update};
/// use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
/// let stored = parse(br#"{"id":5,"email":"a@example.test","firstname":"A","lastname":"B","group_id":1,
///     "store_id":1,"website_id":1,"addresses":[]}"#)?;
/// let prediction = update(&stored, &parse(br#"{"customer":{"firstname":"Ada"}}"#)?, &target);
/// assert_eq!(prediction.customer(5).and_then(|c| c.get("firstname")?.as_str()), Some("Ada"));
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn update(stored: &Value, body: &Value, target: &Target<'_>) -> Prediction {
    match request::handle(stored, body, target) {
        Ok(saved) => {
            Prediction { outcome: Outcome::Saved { customer: saved.reply }, customers: vec![saved.customer] }
        }
        Err(failure) => Prediction { outcome: Outcome::Refused(*failure.refusal), customers: Vec::new() },
    }
}

/// Whether a store can read the customer of a body at all, which it does before it looks at the
/// customers it has: names and types, and how many objects a list may hold.
///
/// # Errors
/// The store's refusal.
///
/// ```
/// use magewright::json::parse;
/// use magewright::predict::update::{Route, Target, check_body};
/// use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let target = Target { store, caller: Caller::Admin, route: Route::Queue };
/// assert!(check_body(&parse(br#"{"customer":{"gender":1}}"#)?, &target).is_ok());
/// assert_eq!(check_body(&parse(br#"{"customer":{"gender":"x"}}"#)?, &target).unwrap_err().status, 400);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
pub fn check_body(body: &Value, target: &Target<'_>) -> Result<(), Box<Refusal>> {
    request::read(&Value::Null, body, target).map(drop).map_err(|failure| failure.refusal)
}

/// The customer that a body sends, as the store's data object: names as GET writes them, values of
/// their types, custom attributes by code; `None` when it cannot be read.
pub(crate) fn sent(stored: &Value, body: &Value, target: &Target<'_>) -> Option<Object> {
    request::read(stored, body, target).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::profile::Profile;
    use crate::store::{Accounts, Caller, Store};

    const STORED: &str = r#"{"id":5,"group_id":2,"default_billing":"7","created_at":"2024-01-01 00:00:00",
        "email":"a@example.test","firstname":"A","lastname":"B","store_id":1,"taxvat":"T","website_id":1,
        "addresses":[
            {"id":7,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB",
             "street":["1"],"telephone":"1","postcode":"1","city":"c","firstname":"F","lastname":"L","default_billing":true},
            {"id":8,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB",
             "street":["2"],"telephone":"2","postcode":"2","city":"d","firstname":"F","lastname":"L"}],
        "disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true,"own":{"x":1}}}"#;

    fn run(release: &str, caller: Caller, route: Route<'_>, body: &str) -> Prediction {
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let release = release.parse().unwrap();
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let target = Target { store, caller, route };
        update(&parse(STORED.as_bytes()).unwrap(), &parse(body.as_bytes()).unwrap(), &target)
    }

    fn by_id(release: &str, caller: Caller, body: &str) -> Prediction {
        run(release, caller, Route::ById("5"), body)
    }

    fn at(prediction: &Prediction, pointer: &str) -> String {
        let customer = prediction.customer(5).unwrap();
        customer.pointer(pointer).map_or_else(|| "nothing".to_owned(), Value::to_string)
    }

    fn message(prediction: &Prediction) -> String {
        match &prediction.outcome {
            Outcome::Refused(refusal) => refusal.rendered(),
            Outcome::Saved { .. } => panic!("saved"),
        }
    }

    #[test]
    fn a_merged_update_keeps_what_is_not_sent() {
        let prediction = by_id("2.4.7-p3", Caller::Integration, r#"{"customer":{"taxvat":""}}"#);
        assert_eq!(
            (at(&prediction, "/taxvat"), at(&prediction, "/firstname")),
            ("nothing".into(), "\"A\"".into())
        );
        assert_eq!(at(&prediction, "/extension_attributes/own/x"), "1");
        assert_eq!(at(&prediction, "/disable_auto_group_change"), "1");
    }

    #[test]
    fn four_releases_do_not_merge_for_integrations() {
        for (release, merged) in
            [("2.4.6-p5", true), ("2.4.6-p6", false), ("2.4.7-p1", false), ("2.4.7-p2", true)]
        {
            let prediction = by_id(release, Caller::Integration, r#"{"customer":{"id":5,"firstname":"N"}}"#);
            assert_eq!(prediction.outcome.is_saved(), merged, "{release}");
            assert!(by_id(release, Caller::Admin, r#"{"customer":{"firstname":"N"}}"#).outcome.is_saved());
        }
    }

    #[test]
    fn a_key_in_capitals_once_kept_the_store_from_merging() {
        let body = r#"{"customer":{"Id":5,"firstname":"N"}}"#;
        for (release, merged) in
            [("2.4.2-p1", true), ("2.4.2-p2", false), ("2.4.7", false), ("2.4.7-p1", true)]
        {
            assert_eq!(by_id(release, Caller::Admin, body).outcome.is_saved(), merged, "{release}");
        }
    }

    #[test]
    fn addresses_that_are_not_listed_are_deleted() {
        let body = r#"{"customer":{"addresses":[{"id":7,"city":"new"},{"id":8}]}}"#;
        let prediction = by_id("2.4.7-p3", Caller::Admin, body);
        assert_eq!(at(&prediction, "/addresses/0/city"), "\"new\"");
        let prediction = by_id("2.4.7-p3", Caller::Admin, r#"{"customer":{"addresses":[{"id":8}]}}"#);
        assert_eq!(
            message(&prediction),
            "The default_billing value is invalid. Set the correct value and try again."
        );
        let prediction = by_id("2.4.7-p4", Caller::Admin, r#"{"customer":{"addresses":[{"id":8}]}}"#);
        assert_eq!(
            (at(&prediction, "/default_billing"), at(&prediction, "/addresses/1")),
            ("nothing".into(), "nothing".into())
        );
    }

    #[test]
    fn the_queue_needs_what_it_does_not_know() {
        let item =
            r#"{"customer":{"id":5,"email":"a@example.test","firstname":"N","lastname":"B","website_id":1}}"#;
        let prediction = run("2.4.7-p3", Caller::Admin, Route::Queue, item);
        assert_eq!(at(&prediction, "/disable_auto_group_change"), "0");
        let prediction = run("2.4.7-p3", Caller::Admin, Route::Queue, r#"{"customer":{"id":5}}"#);
        assert_eq!(message(&prediction), "The customer email is missing. Enter and try again.");
    }

    #[test]
    fn rights_come_first() {
        let prediction = by_id("2.4.7-p3", Caller::Customer, "[]");
        assert_eq!(message(&prediction), "The consumer isn't authorized to access Magento_Customer::manage.");
        let prediction = run("2.4.7-p3", Caller::Limited, Route::Me, "[]");
        assert_eq!(message(&prediction), "The consumer isn't authorized to access self.");
    }

    #[test]
    fn a_customer_cannot_change_its_group_by_another_spelling() {
        let body = r#"{"customer":{"groupId":3,"email":"a@example.test","firstname":"A","lastname":"B"}}"#;
        for (release, group) in [("2.4.7-p3", "2"), ("2.4.6-p6", "2"), ("2.4.3", "2")] {
            let prediction = run(release, Caller::Customer, Route::Me, body);
            assert_eq!(at(&prediction, "/group_id"), group, "{release}");
        }
        let both = body.replace("\"groupId\"", "\"group_id\":1,\"groupId\"");
        let group = |release| at(&run(release, Caller::Customer, Route::Me, &both), "/group_id");
        assert_eq!((group("2.4.7-p3"), group("2.4.3")), ("2".into(), "3".into()));
        let capital = body.replace("groupId", "Group_Id");
        for release in ["2.4.7-p3", "2.4.6-p2", "2.4.3"] {
            assert_eq!(
                at(&run(release, Caller::Customer, Route::Me, &capital), "/group_id"),
                "2",
                "{release}"
            );
        }
        assert_eq!(at(&run("2.4.1", Caller::Customer, Route::Me, body), "/group_id"), "3");
    }

    #[test]
    fn the_id_in_the_body_beats_the_one_in_the_path() {
        let prediction = by_id("2.4.7-p3", Caller::Admin, r#"{"customer":{"id":99}}"#);
        assert_eq!(message(&prediction), "No such entity with customerId = 99");
    }

    #[test]
    fn the_parameters_are_read_one_after_the_other() {
        let typed =
            "The \"array\" value's type is invalid. The \"string\" type was expected. Verify and try again.";
        for body in [
            r#"{"customer":{"taxvat":"x"},"passwordHash":["h"]}"#,
            r#"{"customer":{"taxvat":"x"},"password_hash":{},"passwordHash":null}"#,
            r#"{"password_hash":{}}"#,
        ] {
            assert_eq!(message(&by_id("2.4.7-p3", Caller::Admin, body)), typed, "{body}");
        }
        for body in [r#"{"customer":{},"passwordHash":5}"#, r#"{"customer":{},"password":[]}"#] {
            assert!(by_id("2.4.7-p3", Caller::Admin, body).outcome.is_saved(), "{body}");
        }
    }

    #[test]
    fn a_parameter_is_dropped_for_another_spelling_before_it() {
        let body = r#"{"Customer":{},"customer":{"taxvat":"x"}}"#;
        let missing = "customer is required. Enter and try again.";
        assert_eq!(message(&by_id("2.4.7-p3", Caller::Admin, body)).replace('"', ""), missing);
        assert!(by_id("2.4.7", Caller::Admin, body).outcome.is_saved());
        let after = r#"{"customer":{"taxvat":"x"},"Customer":{}}"#;
        assert_eq!(at(&by_id("2.4.7-p3", Caller::Admin, after), "/taxvat"), "\"x\"");
    }

    fn through(scope: &str, route: Route<'_>, customer: &str) -> Prediction {
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let release = crate::release::Release::DEFAULT;
        let store = Store { release, profile: &profile, accounts: &accounts, scope: Some(scope), now: None };
        let target = Target { store, caller: Caller::Admin, route };
        let body = format!(
            r#"{{"customer":{{"email":"n@example.test","firstname":"N","lastname":"B",{customer}}}}}"#
        );
        update(&parse(STORED.as_bytes()).unwrap(), &parse(body.as_bytes()).unwrap(), &target)
    }

    #[test]
    fn customers_use_their_accounts_in_their_own_website() {
        let known = |text: &str| parse(text.as_bytes()).unwrap();
        let websites = known(
            r#"[{"id":1,"code":"base","name":"B","default_group_id":1},{"id":2,"code":"eu","name":"E","default_group_id":2}]"#,
        );
        let views = known(
            r#"[{"id":1,"code":"default","name":"D","website_id":1},{"id":2,"code":"de","name":"G","website_id":2}]"#,
        );
        let groups = known(
            r#"[{"id":1,"website_id":1,"default_store_id":1},{"id":2,"website_id":2,"default_store_id":2}]"#,
        );
        let replies = crate::profile::Replies {
            websites: Some(&websites),
            store_groups: Some(&groups),
            store_views: Some(&views),
            ..crate::profile::Replies::default()
        };
        let (profile, accounts) = (Profile::from_replies(&replies).unwrap(), Accounts::new());
        let release = crate::release::Release::DEFAULT;
        let body = known(r#"{"customer":{"email":"a@example.test","firstname":"A","lastname":"B"}}"#);
        let status = |scope, website: i64| {
            let store = Store { release, profile: &profile, accounts: &accounts, scope, now: None };
            let stored = known(&STORED.replace(r#""website_id":1"#, &format!(r#""website_id":{website}"#)));
            let target = Target { store, caller: Caller::Customer, route: Route::Me };
            match update(&stored, &body, &target).outcome {
                Outcome::Saved { .. } => 200,
                Outcome::Refused(refusal) => refusal.status,
            }
        };
        assert_eq!([status(None, 1), status(Some("default"), 1)], [200, 200]);
        assert_eq!([status(None, 2), status(Some("de"), 1), status(Some("all"), 1)], [401, 401, 401]);
        assert_eq!(status(Some("nosuch"), 2), 400);
    }

    #[test]
    fn a_customer_created_under_all_is_the_admins() {
        let created = |prediction: &Prediction| {
            let created = &prediction.customers[0];
            ["store_id", "website_id", "created_in"]
                .map(|field| created.get(field).unwrap().to_string())
                .join(" ")
        };
        let prediction = through("all", Route::ById("0"), r#""website_id":1"#);
        assert_eq!(created(&prediction), "0 1 \"Admin\"");
        let prediction = through("all", Route::ById("0"), r#""taxvat":"x""#);
        assert_eq!(message(&prediction), "No such entity with email = n@example.test, websiteId = 1");
        let prediction = through("default", Route::ById("0"), r#""store_id":0"#);
        assert_eq!(created(&prediction), "0 1 \"Admin\"");
        let prediction = through("all", Route::Queue, r#""taxvat":"x""#);
        assert_eq!(created(&prediction), "1 1 \"Default Store View\"");
    }

    #[test]
    fn under_all_the_newsletter_is_that_of_the_customers_store_view() {
        for (view, shown) in [(0, "true"), (1, "false")] {
            let sent = format!(r#""store_id":{view},"extension_attributes":{{"is_subscribed":false}}"#);
            let prediction = through("all", Route::ById("5"), &sent);
            assert_eq!(at(&prediction, "/extension_attributes/is_subscribed"), shown, "{view}");
        }
    }

    #[test]
    fn columns_without_a_sign_keep_zero_of_a_negative_id() {
        let prediction = by_id("2.4.7-p3", Caller::Admin, r#"{"customer":{"store_id":-1,"addresses":null}}"#);
        assert_eq!(at(&prediction, "/store_id"), "0");
        let prediction = by_id("2.4.7-p3", Caller::Admin, r#"{"customer":{"website_id":-1}}"#);
        assert_eq!(message(&prediction), "No such entity with email = a@example.test, websiteId = -1");
    }

    #[test]
    fn addresses_are_known_by_their_ids_wherever_they_stand() {
        let mut stored = parse(STORED.as_bytes()).unwrap();
        let Some(Value::Array(addresses)) = stored.as_object_mut().unwrap().get_mut("addresses") else {
            panic!()
        };
        addresses.reverse();
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let release = crate::release::Release::DEFAULT;
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
        let body = parse(br#"{"customer":{"addresses":[{"id":8,"city":"x"},{"id":7,"city":"y"}]}}"#).unwrap();
        let prediction = update(&stored, &body, &target);
        let shown = ["/0/id", "/0/street/0", "/0/city", "/1/id", "/1/street/0", "/1/city"];
        let shown = shown.map(|place| at(&prediction, &format!("/addresses{place}")));
        assert_eq!(shown.join(" "), r#"7 "1" "y" 8 "2" "x""#);
    }

    #[test]
    fn a_stored_value_that_is_refused_today_blocks_every_update() {
        let stored = parse(STORED.replace(r#""city":"d""#, r#""city":"""#).as_bytes()).unwrap();
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let release = crate::release::Release::DEFAULT;
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
        let body = parse(br#"{"customer":{"taxvat":"x","addresses":null}}"#).unwrap();
        assert_eq!(message(&update(&stored, &body, &target)), "\"City\" is a required value.");
    }
}
