//! What the store says of itself: websites, attributes, countries, modules.

use magewright::call::{Method, route};
use magewright::json::{Object, Value};
use magewright::outcome::Refusal;

use super::Reply;
use crate::ask::Ask;
use crate::refusal::{no_such, no_such_pair};
use crate::shop::Shop;
use crate::target::query_parameters;

/// `None` for a route of another family.
pub(super) fn answer(shop: &Shop, ask: &Ask<'_>) -> Option<Reply> {
    match ask.route {
        route::COUNTRY => Some(country(shop, ask)),
        route::STORE_CONFIGS => Some(Ok(store_configs(shop, ask))),
        route::CUSTOMER_ATTRIBUTE => Some(attribute(shop, ask, false)),
        route::ADDRESS_ATTRIBUTE => Some(attribute(shop, ask, true)),
        route::CUSTOMER_CUSTOM_ATTRIBUTES => Some(Ok(custom_attributes(shop, ask, false))),
        route::ADDRESS_CUSTOM_ATTRIBUTES => Some(Ok(custom_attributes(shop, ask, true))),
        route::CUSTOMER_FORM => Some(form(shop, ask, false)),
        route::ADDRESS_FORM => Some(form(shop, ask, true)),
        other if other.method == Method::Get => shop.facts.get(other.template).cloned().map(Ok),
        _ => None,
    }
}

fn country(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let wanted = ask.segment("countryId");
    let countries = shop.facts.get(route::COUNTRIES.template).and_then(Value::as_array).unwrap_or_default();
    let found = countries.iter().find(|country| text(country, "id") == Some(&wanted));
    found.cloned().ok_or_else(|| Refusal::new(404, "The country isn't available."))
}

/// All store views, or those of `storeCodes[]`.
fn store_configs(shop: &Shop, ask: &Ask<'_>) -> Value {
    let mut all = shop.facts.get(route::STORE_CONFIGS.template).cloned().unwrap_or_default();
    if let Value::Array(views) = &mut all {
        views.iter_mut().filter_map(Value::as_object_mut).for_each(|view| add_addresses(view, ask.origin));
    }
    let parameters = query_parameters(ask.query).into_iter();
    let wanted =
        parameters.filter(|(name, _)| name.starts_with("storeCodes[") || name.starts_with("store_codes["));
    let codes: Vec<String> = wanted.map(|(_, code)| code).collect();
    match all {
        Value::Array(views) if !codes.is_empty() => {
            let named = |view: &Value| codes.iter().any(|code| text(view, "code") == Some(code));
            Value::Array(views.into_iter().filter(named).collect())
        }
        all => all,
    }
}

/// The addresses of a store view whose own reply is not at hand: where the store was asked.
fn add_addresses(view: &mut Object, origin: &str) {
    if view.contains_key("base_url") {
        return;
    }
    let folders = [
        ("base_url", ""),
        ("base_link_url", ""),
        ("base_static_url", "static/"),
        ("base_media_url", "media/"),
    ];
    for secure in ["", "secure_"] {
        for (name, folder) in folders {
            view.insert(format!("{secure}{name}"), format!("{origin}/{folder}"));
        }
    }
}

fn attribute(shop: &Shop, ask: &Ask<'_>, address: bool) -> Reply {
    let code = ask.segment("attributeCode");
    let entity = if address { "customer_address" } else { "customer" };
    let found =
        shop.facts.attributes(address).iter().find(|item| text(item, "attribute_code") == Some(&code));
    let missing = || no_such_pair(("entityType", entity.into()), ("attributeCode", code.as_str().into()));
    found.cloned().ok_or_else(missing)
}

/// The attributes somebody added to the shop.
fn custom_attributes(shop: &Shop, ask: &Ask<'_>, address: bool) -> Value {
    if let Some(reply) = shop.facts.get(ask.path) {
        return reply.clone();
    }
    let added = |item: &&Value| item.get("user_defined").and_then(Value::as_bool) == Some(true);
    Value::Array(shop.facts.attributes(address).iter().filter(added).cloned().collect())
}

/// Which of the stock attributes a form shows; those added to the shop are in every form.
///
/// Source: `customer_form_attribute` of a stock 2.4.7.
fn form_codes(form: &str, address: bool) -> Option<&'static [&'static str]> {
    const ACCOUNT: &[&str] = &[
        "created_at",
        "prefix",
        "firstname",
        "middlename",
        "lastname",
        "suffix",
        "email",
        "dob",
        "taxvat",
        "gender",
    ];
    const ADMIN: &[&str] = &[
        "created_at",
        "website_id",
        "created_in",
        "group_id",
        "disable_auto_group_change",
        "prefix",
        "firstname",
        "middlename",
        "lastname",
        "suffix",
        "email",
        "dob",
        "taxvat",
        "gender",
    ];
    const ADDRESS: &[&str] = &[
        "prefix",
        "firstname",
        "middlename",
        "lastname",
        "suffix",
        "company",
        "street",
        "country_id",
        "region",
        "region_id",
        "city",
        "postcode",
        "telephone",
        "fax",
        "vat_id",
    ];
    match (form, address) {
        ("adminhtml_customer", false) => Some(ADMIN),
        ("customer_account_create" | "customer_account_edit", false) => Some(ACCOUNT),
        ("adminhtml_customer_address" | "customer_address_edit" | "customer_register_address", true) => {
            Some(ADDRESS)
        }
        _ => None,
    }
}

fn form(shop: &Shop, ask: &Ask<'_>, address: bool) -> Reply {
    if let Some(reply) = shop.facts.get(ask.path) {
        return Ok(reply.clone());
    }
    let form = ask.segment("formCode");
    let codes = form_codes(&form, address).ok_or_else(|| no_such("formCode", form.as_str()))?;
    let attributes = shop.facts.attributes(address);
    let by_code =
        |code: &&str| attributes.iter().find(|item| text(item, "attribute_code") == Some(code)).cloned();
    let added =
        attributes.iter().filter(|item| item.get("user_defined").and_then(Value::as_bool) == Some(true));
    Ok(Value::Array(codes.iter().filter_map(by_code).chain(added.cloned()).collect()))
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}
