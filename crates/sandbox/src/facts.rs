//! What the store says of itself, reply by reply.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use magewright::call::Method;
use magewright::call::route::{self, Route};
use magewright::json::{Object, Value};
use magewright::profile::{Attribute, Country, Profile, Section};

use crate::directory;
use crate::schema::is_open_source;

/// The replies of the routes that describe a store, by path.
///
/// Made from a profile ([`Facts::from_profile`]), and where a store's own replies
/// are at hand these take their place ([`Facts::insert`]): a profile keeps only
/// what decides about requests, a reply holds more.
///
/// ```
/// use magewright::profile::Profile;
/// use magewright_sandbox::Facts;
/// let facts = Facts::from_profile(&Profile::stock());
/// assert!(facts.get(magewright::call::route::WEBSITES.template).is_some());
/// assert!(facts.get("/nosuch").is_none());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Shared between copies of a store, being large and seldom changed.
    replies: Arc<BTreeMap<String, Value>>,
}

impl Facts {
    /// What can be told of a store from its profile.
    #[must_use]
    pub fn from_profile(profile: &Profile) -> Self {
        let mut facts = Facts::default();
        facts.put(route::WEBSITES, websites(profile));
        facts.put(route::STORE_GROUPS, store_groups(profile));
        facts.put(route::STORE_VIEWS, store_views(profile));
        facts.put(route::STORE_CONFIGS, store_configs(profile));
        facts.put(route::MODULES, modules(profile));
        facts.put(route::COUNTRIES, list(&profile.countries, country));
        facts.put(route::CURRENCY, currency());
        facts.put(route::CUSTOMER_ATTRIBUTES, attributes(&profile.customer_attributes));
        facts.put(route::ADDRESS_ATTRIBUTES, attributes(&profile.address_attributes));
        facts
    }

    fn put(&mut self, route: Route, reply: Value) {
        Arc::make_mut(&mut self.replies).insert(route.template.to_owned(), reply);
    }

    /// Keeps the reply to a GET of a path such as `/rest/V1/store/websites`; a path
    /// that is no route is left aside.
    pub fn insert(&mut self, path: &str, reply: Value) {
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if route::find(Method::Get, path).is_some()
            && let Some(at) = path.find("/V1/")
            && let Some(path) = path.get(at..)
        {
            Arc::make_mut(&mut self.replies).insert(path.to_owned(), reply);
        }
    }

    /// The reply to a GET of a path from the version on.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Value> {
        self.replies.get(path)
    }

    /// The attributes of the customer or, with `address`, of the address.
    pub(crate) fn attributes(&self, address: bool) -> &[Value] {
        let route = if address { route::ADDRESS_ATTRIBUTES } else { route::CUSTOMER_ATTRIBUTES };
        self.get(route.template).and_then(Value::as_array).unwrap_or_default()
    }
}

fn list<T>(items: &[T], reply: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(reply).collect())
}

/// The store's modules. Where it tells nothing of them, those of Open Source that add fields: an empty list would say that
/// it has none, and who pulls a profile would be told to leave their fields out.
fn modules(profile: &Profile) -> Value {
    if profile.knows(Section::Modules) {
        return Value::from(profile.modules.clone());
    }
    let fields = profile.contract().types().iter().flat_map(|of| of.fields.iter());
    let named = fields.filter_map(|field| field.rules.module).filter(|module| is_open_source(module));
    let named: BTreeSet<&str> = named.collect();
    Value::Array(named.into_iter().map(Value::from).collect())
}

fn websites(profile: &Profile) -> Value {
    list(&profile.websites, |website| {
        object([
            ("id", website.id.into()),
            ("code", website.code.as_str().into()),
            ("name", website.name.as_str().into()),
            ("default_group_id", website.default_group_id.into()),
        ])
    })
}

fn store_groups(profile: &Profile) -> Value {
    list(&profile.store_groups, |group| {
        let website = profile.website(group.website_id);
        object([
            ("id", group.id.into()),
            ("website_id", group.website_id.into()),
            ("root_category_id", if group.id == 0 { 0i64 } else { 2 }.into()),
            ("default_store_id", group.default_store_id.into()),
            ("name", website.map_or("", |website| website.name.as_str()).into()),
            ("code", website.map_or("", |website| website.code.as_str()).into()),
        ])
    })
}

fn store_views(profile: &Profile) -> Value {
    list(&profile.store_views, |view| {
        let group = profile.website(view.website_id).map_or(0, |website| website.default_group_id);
        object([
            ("id", view.id.into()),
            ("code", view.code.as_str().into()),
            ("name", view.name.as_str().into()),
            ("website_id", view.website_id.into()),
            ("store_group_id", group.into()),
            ("is_active", 1i64.into()),
        ])
    })
}

fn store_configs(profile: &Profile) -> Value {
    let views = profile.store_views.iter().filter(|view| view.id != 0);
    let config = |view: &magewright::profile::StoreView| {
        object([
            ("id", view.id.into()),
            ("code", view.code.as_str().into()),
            ("website_id", view.website_id.into()),
            ("locale", "en_US".into()),
            ("base_currency_code", "USD".into()),
            ("default_display_currency_code", "USD".into()),
            ("timezone", profile.settings.timezone.as_str().into()),
            ("weight_unit", "lbs".into()),
        ])
    };
    Value::Array(views.map(config).collect())
}

fn currency() -> Value {
    object([
        ("base_currency_code", "USD".into()),
        ("base_currency_symbol", "$".into()),
        ("default_display_currency_code", "USD".into()),
        ("default_display_currency_symbol", "$".into()),
        ("available_currency_codes", vec!["USD"].into()),
        ("exchange_rates", vec![object([("currency_to", "USD".into()), ("rate", 1i64.into())])].into()),
    ])
}

fn country(country: &Country) -> Value {
    let mut out = Object::new();
    out.insert("id", country.id.as_str());
    out.insert("two_letter_abbreviation", country.id.as_str());
    if let Some(entry) = directory::entry(&country.id) {
        out.insert("three_letter_abbreviation", entry.three_letters);
        // A few have no name in a real store either.
        let name = Some(entry.name).filter(|name| !name.is_empty());
        out.insert("full_name_locale", name);
        out.insert("full_name_english", name);
    }
    if let Some(regions) = country.regions.as_deref().filter(|regions| !regions.is_empty()) {
        let region = |region: &magewright::profile::Region| {
            object([
                ("id", region.id.to_string().into()),
                ("code", region.code.as_str().into()),
                ("name", region.name.as_str().into()),
            ])
        };
        out.insert("available_regions", list(regions, region));
    }
    out.into()
}

fn attributes(attributes: &[Attribute]) -> Value {
    Value::Array(attributes.iter().zip(0..).map(|(one, place)| attribute(one, place)).collect())
}

/// What a profile does not keep is as for an attribute that no grid shows.
fn attribute(attribute: &Attribute, place: i64) -> Value {
    let choice = |choice: &magewright::profile::Choice| {
        object([("label", choice.label.as_str().into()), ("value", choice.value.as_str().into())])
    };
    let rule = |(name, value): &(String, String)| {
        object([("name", name.as_str().into()), ("value", value.as_str().into())])
    };
    object([
        ("frontend_input", attribute.input.as_str().into()),
        ("input_filter", "".into()),
        ("store_label", attribute.label.as_str().into()),
        ("validation_rules", list(&attribute.rules, rule)),
        ("multiline_count", attribute.lines.into()),
        ("visible", attribute.visible.into()),
        ("required", attribute.required.into()),
        ("data_model", "".into()),
        ("options", list(&attribute.options, choice)),
        ("frontend_class", if attribute.required { "required-entry" } else { "" }.into()),
        ("user_defined", attribute.user_defined.into()),
        ("sort_order", (place * 10).into()),
        ("frontend_label", attribute.label.as_str().into()),
        ("note", "".into()),
        ("system", attribute.system.into()),
        ("backend_type", attribute.backend.as_str().into()),
        ("is_used_in_grid", false.into()),
        ("is_visible_in_grid", false.into()),
        ("is_filterable_in_grid", false.into()),
        ("is_searchable_in_grid", false.into()),
        ("attribute_code", attribute.code.as_str().into()),
    ])
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Object::from_iter(members).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stock_store_describes_itself() {
        let facts = Facts::from_profile(&Profile::stock());
        let codes = |address| {
            let code = |item: &Value| item.get("attribute_code").and_then(Value::as_str).map(str::to_owned);
            facts.attributes(address).iter().filter_map(code).collect::<Vec<_>>()
        };
        assert!(codes(false).contains(&"email".to_owned()));
        assert!(codes(true).contains(&"street".to_owned()));
        let views = facts.get(route::STORE_VIEWS.template).and_then(Value::as_array).unwrap();
        assert!(views.iter().any(|view| view.get("code").and_then(Value::as_str) == Some("default")));
    }

    #[test]
    fn a_store_of_which_no_modules_are_known_tells_those_of_open_source() {
        let told =
            |profile: &Profile| Facts::from_profile(profile).get(route::MODULES.template).cloned().unwrap();
        let stock = told(&Profile::stock());
        assert!(
            stock.to_string().contains("Magento_Newsletter")
                && !stock.to_string().contains("Magento_Company")
        );
        let document = magewright::json::parse(br#"{"version":1,"modules":["Acme_Card"]}"#).unwrap();
        assert_eq!(told(&Profile::from_document(&document).unwrap()).to_string(), r#"["Acme_Card"]"#);
    }

    #[test]
    fn a_stores_own_reply_takes_the_place() {
        let mut facts = Facts::from_profile(&Profile::stock());
        facts.insert("/rest/V1/store/websites?x=1", Value::Array(Vec::new()));
        facts.insert("/rest/V1/nosuch", Value::Null);
        assert_eq!(facts.get(route::WEBSITES.template), Some(&Value::Array(Vec::new())));
        assert!(facts.get("/nosuch").is_none());
    }
}
