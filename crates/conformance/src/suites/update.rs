//! `update.jsonl`: PUTs of a customer by id, as the customer, and through the queue.

use magewright::fields;
use magewright::json::{Object, Value};
use magewright::outcome::Outcome;
use magewright::predict::update::{Operation, Route, Target, update, update_in_bulk};
use magewright::profile::Profile;
use magewright::store::{Accounts, Store};

use crate::Verdict;
use crate::compare::differences;
use crate::folder::{Folder, FolderError};
use crate::surroundings;

use super::create::caller;

pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    let profile = surroundings::profile(folder)?;
    let accounts = surroundings::accounts(folder, "state/update-customers.ndjson")?;
    let surroundings = Surroundings { folder, profile: &profile, accounts: &accounts };
    Ok(cases.iter().map(|case| surroundings.verdict(case)).collect())
}

struct Surroundings<'a> {
    folder: &'a Folder,
    profile: &'a Profile,
    accounts: &'a Accounts,
}

/// The parts of a recorded case that say what came of it.
const EFFECTS: [&str; 7] =
    ["http_status", "status", "reply", "operations", "after", "other_after", "created"];

impl Surroundings<'_> {
    fn verdict(&self, case: &Value) -> Verdict {
        let recorded = EFFECTS.iter().filter_map(|key| Some((*key, case.get(key)?.clone())));
        let mut expected: Value = recorded.collect::<Object>().into();
        let mut predicted = self.predicted(case);
        for side in [&mut expected, &mut predicted] {
            self.tidy(side);
        }
        Verdict { id: text(case, "id").to_owned(), differences: differences(&expected, &predicted) }
    }

    /// What the core says of the case, in the form of a recorded case.
    fn predicted(&self, case: &Value) -> Value {
        let path = text(case, "path").split('?').next().unwrap_or_default();
        let none = Value::Null;
        let [stored, body] = ["before", "body"].map(|key| case.get(key).unwrap_or(&none));
        let route = match text(case, "mode") {
            "me" => Route::Me,
            "bulk" => Route::Queue,
            _ => Route::ById(path.rsplit('/').next().unwrap_or_default()),
        };
        let store = Store {
            release: self.folder.release(),
            profile: self.profile,
            accounts: self.accounts,
            scope: scope(path),
            now: Some(surroundings::RECORDED),
        };
        let target = Target { store, caller: caller(Some(text(case, "caller"))), route };
        let mut said = match route {
            Route::Queue => bulk(body, &target, case.get("operations").is_some()),
            _ => single(stored, body, &target, fields_asked(text(case, "path"))),
        };
        self.add_effects(&mut said, stored);
        said.into()
    }

    /// Sorts the customers that changed into the case's own, others, and new ones.
    fn add_effects(&self, said: &mut Object, stored: &Value) {
        let Some(Value::Array(changed)) = said.remove("changed") else { return };
        let (mut after, mut others) = (stored.clone(), Vec::new());
        for customer in changed {
            match customer.get("id") {
                id if id == stored.get("id") => after = customer,
                Some(Value::String(_)) => said.insert("created", customer),
                _ => others.push(customer),
            }
        }
        said.insert("after", after);
        if !others.is_empty() {
            said.insert("other_after", others);
        }
    }

    /// Takes away what is the recorder's choice: the order of addresses where a
    /// release sorts them by their defaults, and ids that only the server knew.
    fn tidy(&self, effects: &mut Value) {
        let known = |id: i64| self.accounts.get(id).is_some();
        if let Some(reply) = effects.as_object_mut().and_then(|effects| effects.get_mut("reply")) {
            mask_assigned_customer(reply, &known);
        }
        for key in ["reply", "after", "created"] {
            if let Some(customer) = effects.as_object_mut().and_then(|effects| effects.get_mut(key)) {
                self.tidy_customer(customer);
            }
        }
        if let Some(Value::Array(others)) =
            effects.as_object_mut().and_then(|effects| effects.get_mut("other_after"))
        {
            others.iter_mut().for_each(|customer| self.tidy_customer(customer));
        }
    }

    fn tidy_customer(&self, customer: &mut Value) {
        let Some(customer) = customer.as_object_mut() else { return };
        let mut ids = Vec::new();
        if let Some(Value::Array(addresses)) = customer.get_mut("addresses") {
            addresses.sort_by_key(|address| address.get("id").map(Value::to_string));
            ids.extend(addresses.iter().filter_map(|address| address.get("id").map(plain)));
        }
        // The recorder wrote a default that is no address of anybody as a new one's marker.
        for key in ["default_billing", "default_shipping"] {
            let dangling = customer.get(key).map(plain).filter(|id| {
                !ids.contains(id) && id.parse().is_ok_and(|id: i64| id > 0 && self.dangles(id))
                    || (id.starts_with("<new") && !ids.contains(id))
            });
            if dangling.is_some() {
                customer.insert(key, "<dangling>");
            }
        }
    }

    /// Whether the number is beyond every address of the recorded state.
    fn dangles(&self, id: i64) -> bool {
        self.accounts.owner_of_address(id).is_none() && id > 1_000
    }
}

fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Takes away the id of a customer that the save had begun to create.
pub(super) fn mask_assigned_customer(reply: &mut Value, known: &dyn Fn(i64) -> bool) {
    let Some(reply) = reply.as_object_mut() else { return };
    if let Some(Value::Object(parameters)) = reply.get_mut("parameters") {
        let id = parameters.get("customer_id").and_then(Value::as_i64);
        if id.is_some_and(|id| !known(id)) {
            parameters.insert("customer_id", "<id>");
        }
    }
    let message = reply.get("result_message").and_then(Value::as_str).unwrap_or_default();
    if let Some((head, tail)) = message.split_once("customer ID \"")
        && let Some((id, rest)) = tail.split_once('"')
        && id.parse().is_ok_and(|id| !known(id))
    {
        let masked = format!("{head}customer ID \"<id>\"{rest}");
        reply.insert("result_message", masked);
    }
}

fn single(stored: &Value, body: &Value, target: &Target<'_>, asked: &str) -> Object {
    let prediction = update(stored, body, target);
    let reply = match prediction.outcome {
        Outcome::Refused(refusal) => Err(refusal),
        Outcome::Saved { customer } => fields::apply(&customer, asked),
    };
    let (status, reply) = match reply {
        Err(refusal) => (u64::from(refusal.status), refusal.reply()),
        Ok(reply) => (200, reply),
    };
    let mut said = Object::new();
    said.insert("status", status);
    said.insert("reply", reply);
    said.insert("changed", prediction.customers);
    said
}

fn bulk(items: &Value, target: &Target<'_>, listed: bool) -> Object {
    let mut said = Object::new();
    match update_in_bulk(items, target) {
        Err(refusal) => {
            said.insert("http_status", u64::from(refusal.status));
            said.insert("status", u64::from(refusal.status));
            said.insert("reply", refusal.reply());
            said.insert("changed", Vec::<Value>::new());
        }
        Ok(run) => {
            said.insert("http_status", 202_u64);
            if let Some(first) = run.operations.first() {
                said.insert("status", u64::from(first.status));
                said.insert("reply", operation(first));
            }
            if listed {
                let numbered = |(at, done): (usize, &Operation)| {
                    let mut said: Object =
                        [("id", at as u64), ("status", u64::from(done.status))].into_iter().collect();
                    operation(done).into_iter().for_each(|(key, value)| said.insert(key, value));
                    Value::from(said)
                };
                said.insert(
                    "operations",
                    run.operations.iter().enumerate().map(numbered).collect::<Vec<_>>(),
                );
            }
            said.insert("changed", run.customers);
        }
    }
    said
}

fn operation(done: &Operation) -> Object {
    let mut said = Object::new();
    said.insert("error_code", done.error_code);
    said.insert("result_message", done.message.as_str());
    said
}

fn text<'v>(case: &'v Value, key: &str) -> &'v str {
    case.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The `fields` that a path asks for, written as they are; they cut the reply of a request that succeeds.
fn fields_asked(path: &str) -> &str {
    let (_, query) = path.split_once('?').unwrap_or_default();
    query.split('&').rev().find_map(|pair| pair.strip_prefix("fields=")).unwrap_or_default()
}

/// The store code of a path such as `/rest/fr/V1/customers/1`.
fn scope(path: &str) -> Option<&str> {
    let code = path.strip_prefix("/rest/")?.split('/').next()?;
    (!matches!(code, "V1" | "async")).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_fields_of_a_query_count() {
        assert_eq!(
            fields_asked("/rest/V1/customers/1?a=b&fields=id&fields=email,addresses[id]"),
            "email,addresses[id]"
        );
        assert_eq!(fields_asked("/rest/V1/customers/1?fields"), "");
        assert_eq!(fields_asked("/rest/V1/customers/1"), "");
    }
}
