//! Custom attributes: reading, checking and storing them.

use super::coerce::Coercion;
use super::finding::{Findings, Phrase, Place};
use super::shape::{ADDRESS, CUSTOMER, Entity};
use super::{Store, column, date, php, rules};
use crate::json::{Object, Path, Value};
use crate::profile::{Attribute, Profile, Section};

impl Entity {
    /// The attribute of that code.
    pub(crate) fn attribute<'p>(self, profile: &'p Profile, code: &str) -> Option<&'p Attribute> {
        match self {
            Entity::Customer => profile.customer_attribute(code),
            Entity::Address => profile.address_attribute(code),
        }
    }

    /// Whether the store told its attributes.
    pub(crate) fn is_known(self, profile: &Profile) -> bool {
        profile.knows(match self {
            Entity::Customer => Section::CustomerAttributes,
            Entity::Address => Section::AddressAttributes,
        })
    }

    /// The attribute that the database finds under a code, which it compares without letter case.
    fn attribute_in_any_case<'p>(self, profile: &'p Profile, code: &str) -> Option<&'p Attribute> {
        self.attributes(profile).iter().find(|attribute| attribute.code.eq_ignore_ascii_case(code))
    }

    fn attributes(self, profile: &Profile) -> &[Attribute] {
        match self {
            Entity::Customer => &profile.customer_attributes,
            Entity::Address => &profile.address_attributes,
        }
    }

    /// Whether the store keeps the attribute among the custom ones: it has no getter of its own.
    pub(crate) fn keeps(self, attribute: &Attribute) -> bool {
        let shape = match self {
            Entity::Customer => &CUSTOMER,
            Entity::Address => &ADDRESS,
        };
        !attribute.system && !shape.declares(&attribute.code)
    }

    /// The custom attributes in the order the store goes through them.
    pub(crate) fn custom(self, profile: &Profile) -> impl Iterator<Item = &Attribute> {
        self.attributes(profile).iter().filter(move |attribute| self.keeps(attribute))
    }
}

/// The custom attributes sent, by code, those the store does not keep left out.
///
/// A list of pairs and an object of values are both taken; of two equal codes the last counts.
pub(crate) fn coerce(
    coercion: &mut Coercion<'_>,
    entity: Entity,
    sent: &Value,
    path: &Path<'_>,
) -> Option<Object> {
    let mut kept = Object::new();
    match sent {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                pair(coercion, entity, &i.to_string(), item, &path.index(i), &mut kept);
            }
        }
        Value::Object(members) => {
            for (key, item) in members.iter() {
                pair(coercion, entity, key, item, &path.key(key), &mut kept);
            }
        }
        _ => {
            coercion.findings.fail(&rules::CUSTOM_LIST, Place::Pointer(path.to_string()));
            return None;
        }
    }
    Some(kept)
}

fn pair(
    coercion: &mut Coercion<'_>,
    entity: Entity,
    key: &str,
    item: &Value,
    path: &Path<'_>,
    kept: &mut Object,
) {
    let (code, value) = if php::is_array(item) {
        (
            item.get("attribute_code").filter(|code| !code.is_null()).or(item.get("attributeCode")),
            item.get("value"),
        )
    } else {
        (None, Some(item))
    };
    let code = match code {
        Some(code) if php::is_array(code) => {
            return coercion.findings.crash(&rules::CUSTOM_CODE, Place::Pointer(path.to_string()));
        }
        Some(code) => php::text(code),
        None if php::is_array(item) => String::new(),
        None => key.to_owned(),
    };
    let Some(value) = named(coercion, &code, value, path) else { return };
    // The type is that of the attribute in any case of letters; kept is only the very code.
    let exact = entity.attribute(coercion.store.profile, &code);
    let Some(attribute) = exact.or_else(|| entity.attribute_in_any_case(coercion.store.profile, &code))
    else {
        if !entity.is_known(coercion.store.profile) {
            kept.insert(code, value.clone());
        }
        return;
    };
    let mark = coercion.findings.mark();
    let coerced = match attribute.backend.as_str() {
        "int" => coercion.scalar(value, "int", path),
        "decimal" => coercion.scalar(value, "double", path),
        "varchar" | "text" | "datetime" => coercion.scalar(value, "string", path),
        _ => Some(value.clone()),
    };
    prefix_since(coercion.findings, mark, &code);
    if let Some(coerced) = coerced.filter(|_| exact.is_some() && entity.keeps(attribute)) {
        kept.insert(code, coerced);
    }
}

/// The value, when code and value are both there.
fn named<'v>(
    coercion: &mut Coercion<'_>,
    code: &str,
    value: Option<&'v Value>,
    path: &Path<'_>,
) -> Option<&'v Value> {
    let place = || Place::Pointer(path.to_string());
    let has_value = value.is_some_and(|value| !value.is_null());
    let message = match value {
        _ if php::is_empty_text(code) && !has_value => {
            "An empty custom attribute is specified. Enter the attribute and try again.".to_owned()
        }
        _ if php::is_empty_text(code) => {
            "A custom attribute is specified with a missing attribute code. Verify the code and try again."
                .to_owned()
        }
        None => {
            format!("The \"{code}\" attribute code doesn't have a value set. Enter the value and try again.")
        }
        Some(value) => return Some(value),
    };
    coercion.findings.refuse_wrapped(&rules::CUSTOM_PAIR, place(), message);
    None
}

fn prefix_since(findings: &mut Findings, mark: usize, code: &str) {
    findings.prefix_since(mark, &format!("Attribute \"{code}\" has invalid value. "));
}

/// Whether what is chosen exists, when the attribute is one to choose from.
///
/// Choices compare as PHP compares loosely: `" 8"` and `"8.0"` are 8.
pub(crate) fn check_choice(
    attribute: &Attribute,
    value: &Value,
    place: impl Fn() -> Place,
    findings: &mut Findings,
) {
    let text = php::text(value);
    let choosing = matches!(attribute.input.as_str(), "select" | "multiselect" | "boolean");
    if !choosing || php::is_empty_text(&text) {
        return;
    }
    let several = attribute.input == "multiselect";
    let chosen = text.split(',').filter(|choice| !several || !choice.is_empty());
    for choice in if several { chosen.collect() } else { vec![text.as_str()] } {
        if !attribute.options.iter().any(|option| loosely_equal(&option.value, choice)) {
            let words = format!("Attribute {} does not contain option with Id {choice}", attribute.code);
            findings.refuse(&rules::CHOICE, place(), Phrase::plain(words));
        }
    }
}

fn loosely_equal(option: &str, chosen: &str) -> bool {
    let number = |text: &str| php::is_numeric_text(text).then(|| php::double(&text.into()));
    option == chosen || number(option).is_some_and(|option| number(chosen) == Some(option))
}

/// Dates are read before anything is checked; the first that is none ends the request.
pub(crate) fn read_dates(
    store: &Store<'_>,
    entity: Entity,
    values: &mut Object,
    place: impl Fn(&str) -> Place,
    findings: &mut Findings,
) {
    for attribute in entity.custom(store.profile).filter(|attribute| attribute.backend == "datetime") {
        let Some(Value::String(sent)) = values.get(&attribute.code) else { continue };
        match date::normalized(sent, store.now) {
            Ok(Some(text)) => values.insert(attribute.code.as_str(), text),
            Ok(None) => {}
            Err(date::NotADate) => {
                findings.refuse(&rules::DATE, place(&attribute.code), Phrase::plain("Invalid date"));
            }
        }
    }
}

/// The value as the store keeps it and shows it again; `None` when nothing is kept.
pub(crate) fn stored(attribute: &Attribute, value: &Value) -> Option<Value> {
    let text = match value {
        Value::Null => return None,
        value => php::text(value),
    };
    let kept = match (attribute.input.as_str(), attribute.backend.as_str()) {
        ("multiselect", _) => {
            text.split(',').filter(|choice| !choice.is_empty()).collect::<Vec<_>>().join(",")
        }
        (_, "int") => column::integer(php::integer(value), column::INT).to_string(),
        (_, "decimal") => column::decimal(php::double(value)),
        (_, "datetime") => column::time(&text)?,
        (_, "varchar") => column::text(&text, 255),
        _ => column::long_text(&text),
    };
    (!kept.is_empty()).then(|| kept.into())
}
