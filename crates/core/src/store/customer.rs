//! The rules of saving a customer, and what its columns keep.
//!
//! Source: `module-customer/Model/ResourceModel/{CustomerRepository,Customer}.php`
//! and `etc/validation.xml`. Order: group, dates, e-mail, then all values at
//! once, then what the database layer cannot write.

use super::finding::{Answer, Findings, Phrase, Place};
use super::name::{self, Class};
use super::shape::Entity;
use super::{Store, column, custom, date, email, php, rules};
use crate::json::{Object, Value};
use crate::profile::{Attribute, Section};

/// Attributes that the store does not check when it saves.
const UNCHECKED: [&str; 11] = [
    "website_id",
    "store_id",
    "group_id",
    "dob",
    "rp_token",
    "rp_token_created_at",
    "password_hash",
    "created_at",
    "updated_at",
    "created_in",
    "disable_auto_group_change",
];

/// Checks a customer that is about to be saved; `own` is its id when it exists already.
///
/// Dates in `customer` are replaced by what the store reads.
pub(crate) fn check(customer: &mut Object, own: Option<i64>, store: &Store<'_>, findings: &mut Findings) {
    findings.begin(Answer::First);
    check_group(customer, store, findings);
    if findings.stops() {
        return;
    }
    read_dates(customer, store, findings);
    check_email_free(customer, own, store, findings);
    if findings.stops() {
        return;
    }
    findings.begin(Answer::Lines);
    check_values(customer, store, findings);
    check_names(customer, store, findings);
    check_dob(customer, store, findings);
    if findings.stops() {
        return;
    }
    findings.begin(Answer::First);
    check_created_at(customer, findings);
}

/// A group other than 0 must exist.
fn check_group(customer: &Object, store: &Store<'_>, findings: &mut Findings) {
    const WORDS: &str = "The specified customer group id does not exist.";
    let group = customer.get("group_id").and_then(Value::as_i64).filter(|group| *group != 0);
    let unknown = group.is_some_and(|group| store.profile.customer_group(group).is_none());
    if unknown && store.profile.knows(Section::CustomerGroups) && rules::GROUP.releases.holds(store.release) {
        findings.refuse(&rules::GROUP, Place::Customer("group_id"), Phrase::plain(WORDS));
    }
}

fn read_dates(customer: &mut Object, store: &Store<'_>, findings: &mut Findings) {
    if let Some(Value::String(sent)) = customer.get("dob") {
        match date::normalized(sent, store.now) {
            Ok(Some(read)) => customer.insert("dob", read),
            Ok(None) => {}
            Err(date::NotADate) => {
                findings.refuse(&rules::DATE, Place::Customer("dob"), Phrase::plain("Invalid date"));
            }
        }
    }
    if let Some(Value::Object(attributes)) = customer.get_mut("custom_attributes") {
        let place = |code: &str| Place::CustomerAttribute(code.to_owned());
        custom::read_dates(store, Entity::Customer, attributes, place, findings);
    }
}

fn check_email_free(customer: &Object, own: Option<i64>, store: &Store<'_>, findings: &mut Findings) {
    let email = customer.get("email").map(php::text).unwrap_or_default();
    if php::is_empty_text(&email) {
        const WORDS: &str = "The customer email is missing. Enter and try again.";
        return findings.refuse(&rules::EMAIL_MISSING, Place::Customer("email"), Phrase::plain(WORDS));
    }
    let website = customer.get("website_id").and_then(Value::as_i64).unwrap_or(0);
    if store.accounts.is_taken(&email, store.account_scope(website), own) {
        const WORDS: &str = "A customer with the same email address already exists in an associated website.";
        findings.refuse(&rules::EMAIL_TAKEN, Place::Customer("email"), Phrase::plain(WORDS));
    }
}

/// Every attribute in the store's order: required, e-mail grammar, choices.
fn check_values(customer: &Object, store: &Store<'_>, findings: &mut Findings) {
    let attributes = &store.profile.customer_attributes;
    for attribute in attributes.iter().filter(|attribute| !UNCHECKED.contains(&attribute.code.as_str())) {
        let sent = value_of(customer, attribute);
        if sent.is_none() && !attribute.visible {
            continue;
        }
        let value = sent.unwrap_or(&Value::Null);
        let place = || place_of(attribute);
        if !check_required(attribute, value, place, findings) {
            continue;
        }
        if attribute.rule("input_validation") == Some("email") {
            check_email(attribute, &php::text(value), store, findings);
        }
        custom::check_choice(attribute, value, place, findings);
    }
}

fn value_of<'c>(customer: &'c Object, attribute: &Attribute) -> Option<&'c Value> {
    let custom = || customer.get("custom_attributes")?.get(&attribute.code);
    customer.get(&attribute.code).or_else(custom).filter(|value| !value.is_null())
}

fn place_of(attribute: &Attribute) -> Place {
    match super::shape::CUSTOMER.field(&attribute.code) {
        Some(field) => Place::Customer(field.name),
        None => Place::CustomerAttribute(attribute.code.clone()),
    }
}

/// Whether a required attribute has a value; "0" is one.
pub(crate) fn check_required(
    attribute: &Attribute,
    value: &Value,
    place: impl Fn() -> Place,
    findings: &mut Findings,
) -> bool {
    if attribute.required && php::text(value).is_empty() {
        let words = format!("\"{}\" is a required value.", attribute.label);
        findings.refuse(&rules::REQUIRED, place(), Phrase::plain(words));
        return false;
    }
    true
}

fn check_email(attribute: &Attribute, email: &str, store: &Store<'_>, findings: &mut Findings) {
    if php::is_empty_text(email) {
        return;
    }
    for fault in email::faults(email, &attribute.label, store.release) {
        findings.refuse(&rules::EMAIL, place_of(attribute), Phrase::plain(fault));
    }
}

fn check_names(customer: &Object, store: &Store<'_>, findings: &mut Findings) {
    const NAMES: [(&str, &str); 3] = [
        ("firstname", "First Name is not valid!"),
        ("lastname", "Last Name is not valid!"),
        ("middlename", "Middle Name is not valid!"),
    ];
    if !rules::NAME.releases.holds(store.release) {
        return;
    }
    for (field, words) in NAMES {
        let name = customer.get(field).map(php::text).unwrap_or_default();
        if !name::passes(&name, Class::Name(store.release), 255) {
            findings.refuse(&rules::NAME, Place::Customer(field), Phrase::plain(words));
        }
    }
}

/// Since 2.4.8 nobody is born after today; without a clock nothing is said.
fn check_dob(customer: &Object, store: &Store<'_>, findings: &mut Findings) {
    const WORDS: &str = "The Date of Birth should not be greater than today.";
    let dob = customer.get("dob").and_then(Value::as_str).and_then(date::midnight);
    let future = dob.zip(store.now).is_some_and(|(dob, now)| dob > now);
    if future && rules::DOB.releases.holds(store.release) {
        findings.refuse(&rules::DOB, Place::Customer("dob"), Phrase::plain(WORDS));
    }
}

/// A time of creation that cannot be written fails in the database layer.
fn check_created_at(customer: &Object, findings: &mut Findings) {
    let sent = customer.get("created_at").and_then(Value::as_str).unwrap_or_default();
    if column_time(sent).is_err() {
        findings.fail(&rules::TIMESTAMP, Place::Customer("created_at"));
    }
}

/// A time as `formatDate` reads it on the way to a column; nothing for text that PHP calls empty.
pub(crate) fn column_time(sent: &str) -> Result<Option<String>, date::NotADate> {
    if php::is_empty_text(sent) {
        return Ok(None);
    }
    if php::is_numeric_text(sent) {
        let whole = php::double(&sent.into()).fract() == 0.0;
        return if whole {
            Ok(Some(column::timestamp(php::integer_of_text(sent))))
        } else {
            Err(date::NotADate)
        };
    }
    let read = date::normalized(sent, None)?;
    Ok(read.map(|read| if column::fits_timestamp(&read) { read } else { column::ZERO_TIME.to_owned() }))
}

/// A text column of the customer.
pub(crate) struct TextColumn {
    /// The field.
    pub(crate) field: &'static str,
    /// The most characters.
    pub(crate) width: usize,
}

/// The customer's text columns (`module-customer/etc/db_schema.xml`).
pub(crate) const TEXT_COLUMNS: [TextColumn; 8] = [
    TextColumn { field: "email", width: 255 },
    TextColumn { field: "firstname", width: 255 },
    TextColumn { field: "lastname", width: 255 },
    TextColumn { field: "middlename", width: 255 },
    TextColumn { field: "prefix", width: 40 },
    TextColumn { field: "suffix", width: 40 },
    TextColumn { field: "taxvat", width: 50 },
    TextColumn { field: "confirmation", width: 64 },
];

/// The customer as its columns keep it and GET shows it, without addresses, ids and times.
pub(crate) fn stored(customer: &Object, store: &Store<'_>) -> Object {
    let mut kept = Object::new();
    for TextColumn { field, width } in &TEXT_COLUMNS {
        let text = customer.get(field).map(php::text).unwrap_or_default();
        let confirmed = *field == "confirmation" && php::is_empty_text(&text);
        if !text.is_empty() && !confirmed {
            kept.insert(*field, column::text(&text, *width));
        }
    }
    for field in ["default_billing", "default_shipping"] {
        if let Some(value) = customer.get(field).filter(|value| !value.is_null()) {
            kept.insert(field, default_id(value));
        }
    }
    let integer = |field: &str| customer.get(field).and_then(Value::as_i64);
    kept.insert("group_id", integer("group_id").unwrap_or(store.profile.settings.default_group));
    for field in ["store_id", "website_id"] {
        kept.insert(field, column::integer(integer(field).unwrap_or(0), column::SMALL));
    }
    kept.insert("created_in", integer_free_text(customer, "created_in"));
    kept.insert(
        "disable_auto_group_change",
        i64::from(integer("disable_auto_group_change").is_some_and(|v| v != 0)),
    );
    if let Some(gender) = integer("gender") {
        kept.insert("gender", column::integer(gender, column::SMALL));
    }
    if let Some(dob) = customer.get("dob").and_then(Value::as_str).filter(|dob| !php::is_empty_text(dob)) {
        kept.insert("dob", date_column(dob));
    }
    let attributes = customer.get("custom_attributes").and_then(Value::as_object);
    put_custom(&mut kept, Entity::Customer, attributes, store);
    kept
}

fn integer_free_text(customer: &Object, field: &str) -> String {
    column::text(&customer.get(field).map(php::text).unwrap_or_default(), 255)
}

/// The id of a default address as an unsigned `int` column keeps it, shown as text; markers stay.
fn default_id(value: &Value) -> String {
    match value.as_str() {
        Some(marker) if marker.starts_with('<') => marker.to_owned(),
        _ => column::integer(php::integer(value), column::UNSIGNED).to_string(),
    }
}

/// The day alone; a year before 0 is the zero date.
fn date_column(read: &str) -> String {
    if read.starts_with('-') {
        return "0000-00-00".to_owned();
    }
    if read == date::SERVER_TIME { read.to_owned() } else { read.chars().take(10).collect() }
}

/// Adds the custom attributes in the profile's order; none leaves the key out.
pub(crate) fn put_custom(kept: &mut Object, entity: Entity, sent: Option<&Object>, store: &Store<'_>) {
    let Some(sent) = sent else { return };
    let pairs = entity.custom(store.profile).filter_map(|attribute| {
        let value = custom::stored(attribute, sent.get(&attribute.code)?)?;
        let pair = [("attribute_code", Value::from(attribute.code.as_str())), ("value", value)];
        Some(Value::from(Object::from_iter(pair)))
    });
    let mut pairs: Vec<Value> = pairs.collect();
    if !entity.is_known(store.profile) {
        pairs.extend(unknown_attributes(entity, sent, store));
    }
    if !pairs.is_empty() {
        kept.insert("custom_attributes", pairs);
    }
}

/// Attributes of a store nobody described: taken to exist, and to keep what is sent.
fn unknown_attributes(entity: Entity, sent: &Object, store: &Store<'_>) -> Vec<Value> {
    let unknown = sent.iter().filter(|(code, value)| {
        entity.attribute(store.profile, code).is_none()
            && (php::is_array(value) || !php::text(value).is_empty())
    });
    let pair = |(code, value): (&str, &Value)| {
        let value = match value {
            // A value with members is known to nobody but the shop's own code.
            Value::Array(_) | Value::Object(_) => value.clone(),
            value => column::long_text(&php::text(value)).into(),
        };
        Object::from_iter([("attribute_code", Value::from(code)), ("value", value)]).into()
    };
    unknown.map(pair).collect()
}
