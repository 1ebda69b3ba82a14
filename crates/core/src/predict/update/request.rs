use std::borrow::Cow;

use super::failure::{Failure, stage};
use super::merge::merged;
use super::save::{Saved, save};
use super::target::{Route, Target};
use crate::json::{Object, Path, Value};
use crate::outcome::Refusal;
use crate::store::coerce::{Coercion, Reading, Spellings};
use crate::store::finding::{Answer, Phrase, Place};
use crate::store::shape::{self, Shape};
use crate::store::{Accounts, Caller, Store, php, rules};

/// One request from its body to the saved customer.
pub(super) fn handle(stored: &Value, body: &Value, target: &Target<'_>) -> Result<Saved, Failure> {
    if target.store.scope.is_some_and(|code| !target.store.profile.takes_store_code(code)) {
        return Err(Refusal::new(400, "Specified request cannot be processed.").into());
    }
    authorize(target)?;
    if is_own(target) && !is_admitted(stored, &target.store) {
        return Err(not_authorized("self"));
    }
    let accounts = with_stored(target.store.accounts, stored);
    let target = &Target { store: Store { accounts: &accounts, ..target.store }, ..*target }.met_by(body);
    let sent = read(stored, body, target)?;
    carry_out(sent, target)
}

/// The save of data objects that were read before.
///
/// The queue's consumer does it in the default store view, whatever the path was that it came by.
pub(super) fn carry_out(sent: Object, target: &Target<'_>) -> Result<Saved, Failure> {
    let scope = target.store.scope.filter(|_| target.route != Route::Queue);
    let target = &Target { store: Store { scope, ..target.store }, ..*target };
    let sent = match target.path_id() {
        Some(id) if target.merges() => {
            let stored = target.store.accounts.get(id).ok_or_else(|| Failure::no_customer(id))?;
            merged(record(stored), &sent, &target.erased_dates())
        }
        _ => sent,
    };
    save(sent, target)
}

/// The rights the route asks for.
pub(super) fn authorize(target: &Target<'_>) -> Result<(), Failure> {
    if !target.has_route() {
        return Err(Refusal::new(404, "Request does not match any route.").into());
    }
    let manages = target.caller.manages_customers();
    let allowed = match target.route {
        // A store asks a role with all rights for none that it does not know, and `self` is none it knows.
        Route::Me => target.caller == Caller::Customer || manages,
        Route::ById(_) | Route::Queue => manages,
    };
    let resource = if target.route == Route::Me { "self" } else { "Magento_Customer::manage" };
    if allowed { Ok(()) } else { Err(not_authorized(resource)) }
}

fn not_authorized(resource: &str) -> Failure {
    let words = "The consumer isn't authorized to access %resources.";
    Refusal::new(401, words).named([("resources", resource)]).into()
}

/// Whether a customer asks about itself: to a caller with all rights the route names nobody.
fn is_own(target: &Target<'_>) -> bool {
    target.route == Route::Me && target.caller == Caller::Customer
}

/// Whether the customer's own requests are taken here; of one whose website nobody told they are.
fn is_admitted(stored: &Value, store: &Store<'_>) -> bool {
    let website = stored.get("website_id").and_then(Value::as_i64);
    store.admits_customers_of(website.unwrap_or_else(|| store.current_website()))
}

/// The table with the customer in it that was handed in.
pub(super) fn with_stored<'a>(accounts: &'a Accounts, stored: &Value) -> Cow<'a, Accounts> {
    let id = stored.get("id").and_then(Value::as_i64);
    if id.and_then(|id| accounts.get(id)) == Some(stored) {
        return Cow::Borrowed(accounts);
    }
    let mut own = accounts.clone();
    // A value without an id is no customer; predictions then go by the table alone.
    let _ = own.insert(stored.clone());
    Cow::Owned(own)
}

/// The customer that was sent, as the store's data object.
pub(super) fn read(stored: &Value, body: &Value, target: &Target<'_>) -> Result<Object, Failure> {
    let reading = match target.route {
        Route::Queue => Reading::of_queued(&target.store),
        Route::ById(_) | Route::Me => Reading::of_put(&target.store),
    };
    let mut sent = reading.spellings.parameter(body, "customer").cloned();
    if target.route == Route::Me {
        let mut customer = members(sent)?;
        let known = if is_own(target) { stored } else { &Value::Null };
        force(&mut customer, known, target);
        empty_attributes(&mut customer);
        sent = Some(customer.into());
    }
    if !reading.takes_scalars && sent.as_ref().is_some_and(|sent| !php::is_array(sent)) {
        return Err(Failure::crash());
    }
    let mut object = Object::new();
    stage(|findings| {
        findings.begin(Answer::First);
        let mut coercion = Coercion { store: &target.store, findings, reading };
        if let Some(sent) = &sent {
            object = coerced(sent, stored, &mut coercion);
        }
        // What it holds replaces the password; the customer that is predicted does not show it.
        coercion.text_parameter(body, &["passwordHash", "password_hash"]);
        if sent.is_none() {
            let place = Place::Parameter("customer");
            findings.refuse(&rules::REQUIRED_PARAMETER, place, Phrase::required("customer"));
        }
    })?;
    Ok(object)
}

/// What the forced values are written into: the customer's members, or a new customer where none was sent.
fn members(sent: Option<Value>) -> Result<Object, Failure> {
    match sent {
        None => Ok(Object::new()),
        Some(Value::Object(members)) => Ok(members),
        Some(Value::Array(items)) => Ok((0..).map(|at: usize| at.to_string()).zip(items).collect()),
        Some(_) => Err(Failure::crash()),
    }
}

/// Writes what the route takes from the stored customer; for another caller than a customer it takes nothing.
///
/// The store does so after it has dropped other spellings of a key; what is
/// left of those comes first, and the forced value counts. Where it drops
/// none, a spelling in camel case that follows the snake case one counts.
///
/// Source: `Controller/Rest/InputParamsResolver.php`, `ParamsOverrider.php`.
fn force(customer: &mut Object, stored: &Value, target: &Target<'_>) {
    let names = target.forced();
    let forced = names.iter().map(|key| (*key, stored.get(key).cloned().unwrap_or_default()));
    let spellings = Spellings::of_put(target.store.release);
    if spellings == Spellings::FirstOfLetters {
        let sent = std::mem::take(customer);
        *customer = forced.collect();
        let others = sent.into_iter().filter(|(key, _)| !names.contains(&key.as_str()));
        others.for_each(|(key, value)| customer.insert(key, value));
    } else {
        if spellings == Spellings::FirstOfCase {
            names.iter().for_each(|name| drop_other_cases(customer, name));
        }
        forced.for_each(|(key, value)| customer.insert(key, value));
    }
}

/// Takes out the spellings of a name in other letters' case; the name itself too, where one of them comes first
/// and has driven it out: a forced value then comes last.
fn drop_other_cases(customer: &mut Object, name: &str) {
    let same: Vec<String> =
        customer.iter().map(|(key, _)| key.to_owned()).filter(|key| key.eq_ignore_ascii_case(name)).collect();
    let kept = same.first().is_some_and(|first| first == name);
    same.iter().filter(|key| !kept || *key != name).for_each(|key| drop(customer.remove(key)));
}

/// A customer's own request may empty any attribute; the type is not looked at then.
///
/// Source: recorded.
fn empty_attributes(customer: &mut Object) {
    let Some(Value::Array(attributes)) = customer.get_mut("custom_attributes") else { return };
    for attribute in attributes.iter_mut().filter_map(Value::as_object_mut) {
        if attribute.get("value").and_then(Value::as_str) == Some("") {
            attribute.insert("value", Value::Null);
        }
    }
}

/// Coerces what was sent, except members of the shop's own that the stored customer has too:
/// the store that showed them knows them.
fn coerced(sent: &Value, stored: &Value, coercion: &mut Coercion<'_>) -> Object {
    let mut sent = sent.clone();
    let mut own = Vec::new();
    if let Some(customer) = sent.as_object_mut() {
        own.push(("", take_own(&shape::CUSTOMER, customer, Some(stored))));
        if let Some(Value::Object(extension)) = customer.get_mut("extension_attributes") {
            let known = stored.get("extension_attributes");
            own.push(("extension_attributes", take_own(&shape::CUSTOMER_EXTENSION, extension, known)));
        }
    }
    let mut object = coercion.object(&shape::CUSTOMER, &sent, &Path::root().key("customer"));
    for (within, members) in own {
        let target = if within.is_empty() {
            Some(&mut object)
        } else {
            object.get_mut(within).and_then(Value::as_object_mut)
        };
        if let Some(target) = target {
            members.into_iter().for_each(|(key, value)| target.insert(key, value));
        }
    }
    object
}

/// Takes out the members that no interface declares and the stored object has.
fn take_own(shape: &Shape, sent: &mut Object, stored: Option<&Value>) -> Object {
    let own =
        |key: &str| shape.field(key).is_none() && stored.is_some_and(|stored| stored.get(key).is_some());
    let keys: Vec<String> =
        sent.iter().map(|(key, _)| key).filter(|key| own(key)).map(str::to_owned).collect();
    keys.into_iter().filter_map(|key| Some((key.clone(), sent.remove(&key)?))).collect()
}

/// A customer as GET returns it, in the form of data objects: custom attributes by code.
pub(super) fn record(customer: &Value) -> Object {
    let mut record = customer.as_object().cloned().unwrap_or_default();
    attributes_by_code(&mut record);
    if let Some(Value::Array(addresses)) = record.get_mut("addresses") {
        addresses.iter_mut().filter_map(Value::as_object_mut).for_each(attributes_by_code);
    }
    record
}

pub(super) fn attributes_by_code(owner: &mut Object) {
    let Some(Value::Array(list)) = owner.get("custom_attributes") else { return };
    let pair =
        |item: &Value| Some((item.get("attribute_code")?.as_str()?.to_owned(), item.get("value")?.clone()));
    let by_code: Object = list.iter().filter_map(pair).collect();
    owner.insert("custom_attributes", by_code);
}
