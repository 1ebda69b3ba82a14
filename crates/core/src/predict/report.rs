//! Everything that is wrong with a create, at once.

use super::create::{read_addresses, run};
use super::loss::{Comparison, Loss, kinds};
use crate::json::{self, Value};
use crate::profile::Section;
use crate::release::Band;
use crate::report::{Report, Severity, Violation};
use crate::store::finding::{Finding, Findings, Place, Rule};
use crate::store::shape::{ADDRESS, CUSTOMER, Shape};
use crate::store::{Caller, Store, php, rules};

static SYNTAX: Rule = Rule {
    code: "not_json",
    message: "not JSON that the store decodes",
    source: "Framework Webapi/Rest/Request/Deserializer/Json",
    releases: Band::ALL,
};

/// All violations of a body for `POST /V1/customers`: what the store refuses, and what it loses.
///
/// There is an error if and only if [`create`](super::create) predicts a
/// refusal, and, where it does not, a loss if and only if the saved customer
/// differs visibly from the body. Of several refusals at one place the first is
/// reported. Checks that need what nobody said of the store are listed as unchecked.
///
/// ```
/// use magewright::predict;
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright::store::{Accounts, Caller, Store};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let release = Release::DEFAULT;
/// let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
///
/// let body = br#"{"customer":{"email":"ada","firstname":"Ada","lastname":"L!","created_in":"X"}}"#;
/// let report = predict::validate_create(body, Caller::Admin, &store);
/// let found: Vec<_> = report.violations.iter().map(|v| (v.pointer.as_str(), v.code)).collect();
/// assert_eq!(found, [
///     ("/customer/email", "invalid_email"),
///     ("/customer/lastname", "invalid_name"),
///     ("/customer/created_in", "read_only"),
/// ]);
/// assert!(!report.is_accepted());
/// ```
#[must_use]
pub fn validate_create(payload: &[u8], caller: Caller, store: &Store<'_>) -> Report {
    let parsed = match payload {
        [] => Ok((Value::Null, Vec::new())),
        payload => json::parse_noting_duplicates(payload),
    };
    let Ok((body, repeated)) = parsed else {
        return Report {
            violations: vec![violation(String::new(), &SYNTAX, Severity::Error)],
            ..Report::default()
        };
    };
    let mut findings = Findings::all_stages();
    let saved = run(&body, caller, store, &mut findings);
    let mut violations = errors(findings.found(), &body);
    let mut losses: Vec<Loss> =
        repeated.into_iter().map(|pointer| Loss { pointer, rule: &kinds::DUPLICATE_KEY }).collect();
    if let Some(saved) = saved {
        let read = read_addresses(&body, store);
        let mut comparison = Comparison { store, read: &read, found: Vec::new() };
        comparison.body(&body, &saved);
        losses.append(&mut comparison.found);
    }
    let refused = |pointer: &str, violations: &[Violation]| violations.iter().any(|v| v.pointer == pointer);
    for loss in losses {
        if !refused(&loss.pointer, &violations) {
            violations.push(violation(loss.pointer, loss.rule, Severity::Loss));
        }
    }
    in_document_order(&mut violations, &body);
    Report { violations, unchecked: unchecked(store) }
}

fn violation(pointer: String, rule: &Rule, severity: Severity) -> Violation {
    Violation {
        pointer,
        code: rule.code,
        severity,
        message: rule.message.into(),
        source: rule.source,
        releases: rule.releases,
    }
}

/// The refusals as violations, the first at each place.
fn errors(found: &[Finding], body: &Value) -> Vec<Violation> {
    let mut violations: Vec<Violation> = Vec::new();
    for finding in found {
        let pointer = pointer(&finding.place, body);
        if !violations.iter().any(|violation| violation.pointer == pointer) {
            violations.push(violation(pointer, finding.rule, Severity::Error));
        }
    }
    violations
}

/// The place as a pointer, with the keys as they were sent.
fn pointer(place: &Place, body: &Value) -> String {
    let customer = body.get("customer").unwrap_or(&Value::Null);
    match place {
        Place::Pointer(pointer) => pointer.clone(),
        Place::Parameter(name) => format!("/{name}"),
        Place::Customer(field) => format!("/customer/{}", sent_key(&CUSTOMER, field, customer)),
        Place::CustomerAttribute(code) => {
            let key = sent_key(&CUSTOMER, "custom_attributes", customer);
            format!("/customer/{key}/{}", attribute(customer.get(&key), code))
        }
        Place::Address(index, field) => {
            let (at, address) = address(customer, *index);
            format!("{at}/{}", sent_key(&ADDRESS, field, address))
        }
        Place::AddressAttribute(index, code) => {
            let (at, address) = address(customer, *index);
            let key = sent_key(&ADDRESS, "custom_attributes", address);
            format!("{at}/{key}/{}", attribute(address.get(&key), code))
        }
    }
}

/// The last sent key that means the field, else the field's own name.
fn sent_key(shape: &Shape, field: &str, object: &Value) -> String {
    let keys = object.as_object().into_iter().flat_map(json::Object::iter).map(|(key, _)| key);
    let sent = keys.filter(|key| shape.field(key).is_some_and(|found| found.name == field)).last();
    json::escape_segment(sent.unwrap_or(field)).into_owned()
}

/// The n-th address that was sent, and where.
fn address(customer: &Value, index: usize) -> (String, &Value) {
    let key = sent_key(&CUSTOMER, "addresses", customer);
    let mut at = format!("/customer/{key}");
    let mut list = customer.get(&key).unwrap_or(&Value::Null);
    if let Some(item) = list.get("item").filter(|item| !item.is_null()) {
        at.push_str("/item");
        list = item;
    }
    match list {
        Value::Array(items) => (format!("{at}/{index}"), items.get(index).unwrap_or(&Value::Null)),
        Value::Object(members) => match members.iter().nth(index) {
            Some((key, item)) => (format!("{at}/{}", json::escape_segment(key)), item),
            None => (at, &Value::Null),
        },
        _ => (at, &Value::Null),
    }
}

/// Where among custom attributes the code stands.
fn attribute(list: Option<&Value>, code: &str) -> String {
    let of_code = |item: &Value| {
        ["attribute_code", "attributeCode"]
            .iter()
            .any(|key| item.get(key).map(php::text).as_deref() == Some(code))
    };
    match list {
        Some(Value::Array(items)) => match items.iter().rposition(of_code) {
            Some(at) => format!("{at}/value"),
            None => code.to_owned(),
        },
        _ => json::escape_segment(code).into_owned(),
    }
}

/// Sorts by where the pointers stand in the body; what stands nowhere comes with its parent.
fn in_document_order(violations: &mut [Violation], body: &Value) {
    let mut order = Vec::new();
    list_pointers(body, &mut String::new(), &mut order);
    let place = |pointer: &str| {
        let mut at = pointer;
        loop {
            if let Some(found) = order.iter().position(|known| known == at) {
                return found;
            }
            match at.rfind('/') {
                Some(end) => at = at.get(..end).unwrap_or_default(),
                None => return 0,
            }
        }
    };
    violations.sort_by_cached_key(|violation| place(&violation.pointer));
}

fn list_pointers(value: &Value, at: &mut String, order: &mut Vec<String>) {
    order.push(at.clone());
    let mut member = |key: &str, value: &Value| {
        let length = at.len();
        at.push('/');
        at.push_str(&json::escape_segment(key));
        list_pointers(value, at, order);
        at.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| member(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, value)| member(&i.to_string(), value)),
        _ => {}
    }
}

/// Checks that rest on what nobody said of the store.
fn unchecked(store: &Store<'_>) -> Vec<&'static str> {
    let sections = [
        (Section::Websites, "store"),
        (Section::CustomerGroups, "group"),
        (Section::CustomerAttributes, "custom_attributes"),
        (Section::AddressAttributes, "address_attributes"),
        (Section::Countries, "region"),
        (Section::Settings, "settings"),
    ];
    let unknown = sections.into_iter().filter(|(section, _)| !store.profile.knows(*section));
    let mut unchecked: Vec<&'static str> = unknown.map(|(_, code)| code).collect();
    if store.accounts.is_empty() {
        unchecked.push("email_taken");
    }
    if store.now.is_none() && rules::DOB.releases.holds(store.release) {
        unchecked.push("dob_in_future");
    }
    unchecked
}
