//! What is certainly right in the body of a create, and will be saved as sent.
//!
//! Narrower than for a record: what the store sets itself, and whatever one
//! part of the body means for another, is left to the model of the save.

use super::Gate;
use super::grammar::{Letters, Password};
use super::list::{Attribute, Attributes, FirstAndOthers};
use super::moment::Timestamp;
use super::rule::{Choice, Flag, Rule, one_of};
use super::shape::{Member, Shape};
use super::tables::{Tables, is_always_held};
use super::text::{Harmless, Text};
use crate::contract::{ADDRESS, CUSTOMER, CUSTOMER_EXTENSION, Field, Kind, TypeId};
use crate::profile::{Attribute as Declared, Profile};
use crate::store::shape::Entity;
use crate::store::{Caller, Store, limits, rules};

impl Gate {
    /// The gate for the body of a create by that caller.
    ///
    /// Nothing passes it in a store with required attributes of its own, or
    /// with known customers, one of whom may have the e-mail address, nor where
    /// the caller may not create.
    pub(crate) fn create(store: &Store<'_>, caller: Caller) -> Self {
        let tables = Tables::of(store);
        let create = Create { tables: &tables, caller };
        let profile = store.profile;
        let mut attributes = profile.customer_attributes.iter().chain(&profile.address_attributes);
        // A region is never required, whatever its attribute says.
        let asked = |code: &str| !is_always_held(code) && !matches!(code, "region" | "region_id");
        let closed = attributes.any(|attribute| attribute.required && asked(&attribute.code));
        let forbidden = rules::CALLER_FORBIDDEN.releases.holds(store.release) && !caller.manages_customers();
        if closed || forbidden || !store.accounts.is_empty() {
            return Gate::closed();
        }
        let member = |name: &str, required, rule| Member { name: name.to_owned(), required, rule };
        let customer = member("customer", true, Box::new(create.shape(CUSTOMER, true)));
        let password = member("password", false, Box::new(password(profile)));
        Gate { root: Shape::new([customer, password].into_iter()) }
    }
}

fn password(profile: &Profile) -> Password {
    let settings = &profile.settings;
    Password {
        least: usize::try_from(settings.password_min_length).unwrap_or(0).max(1),
        classes: u32::try_from(settings.password_classes).unwrap_or(0),
    }
}

struct Create<'s> {
    tables: &'s Tables<'s>,
    caller: Caller,
}

impl Create<'_> {
    /// A type's shape; `flags` says whether an address may ask to be a default.
    fn shape(&self, id: TypeId, flags: bool) -> Shape {
        let needed = crate::validate::record::required(id);
        Shape::new(self.tables.fields(id).filter_map(|field| {
            let rule = self.rule(id, field, flags)?;
            Some(Member { name: field.name.to_string(), required: needed.contains(&&*field.name), rule })
        }))
    }

    fn rule(&self, of: TypeId, field: &Field, flags: bool) -> Option<Box<dyn Rule>> {
        match (of, &*field.name) {
            (_, "custom_attributes") => Some(Box::new(self.attributes(of))),
            (CUSTOMER, "extension_attributes") => Some(Box::new(self.shape(CUSTOMER_EXTENSION, flags))),
            (CUSTOMER, "addresses") => {
                let (first, others) = (self.shape(ADDRESS, true), self.shape(ADDRESS, false));
                let most = limits::list_items(self.tables.store);
                Some(Box::new(FirstAndOthers { first, others, most }))
            }
            (CUSTOMER, "group_id") if !self.caller.manages_customers() => None,
            (CUSTOMER, "created_at") => Some(Box::new(Timestamp)),
            (CUSTOMER, "gender") => Some(self.gender()),
            (CUSTOMER, "website_id" | "store_id") => self.only_website(&field.name),
            (
                CUSTOMER,
                "id" | "default_billing" | "default_shipping" | "confirmation" | "updated_at" | "created_in",
            ) => None,
            (ADDRESS, "region") => {
                let name = Member { name: "region".to_owned(), required: true, rule: Box::new(Letters) };
                Some(Box::new(Shape::new([name].into_iter())))
            }
            (ADDRESS, "id" | "customer_id" | "region_id" | "extension_attributes") => None,
            (ADDRESS, "default_billing" | "default_shipping") if flags => Some(Box::new(Flag)),
            (ADDRESS, "default_billing" | "default_shipping") => None,
            (CUSTOMER_EXTENSION, "is_subscribed") => {
                let store = self.tables.store;
                let shows = store.scope != Some("all") && store.subscription_shows(0);
                if shows { Some(Box::new(Flag)) } else { None }
            }
            (CUSTOMER_EXTENSION, _) => None,
            _ if matches!(field.kind, Kind::Object(_)) => None,
            _ => self.tables.rule(of, field, true),
        }
    }

    fn gender(&self) -> Box<dyn Rule> {
        let gender = self.tables.store.profile.customer_attribute("gender");
        let offered = |choice: &u32| gender.is_some_and(|gender| gender.has_option(&choice.to_string()));
        one_of((1..=9).filter(offered))
    }

    /// In a store of one website any of its ids fits any other.
    fn only_website(&self, name: &str) -> Option<Box<dyn Rule>> {
        let profile = self.tables.store.profile;
        let websites: Vec<i64> =
            profile.websites.iter().map(|website| website.id).filter(|id| *id != 0).collect();
        let [website] = websites.as_slice() else { return None };
        let views = profile.store_views.iter().filter(|view| view.id != 0 && view.website_id == *website);
        let ids = if name == "website_id" { vec![*website] } else { views.map(|view| view.id).collect() };
        Some(one_of(ids.into_iter().filter_map(|id| u32::try_from(id).ok())))
    }

    fn attributes(&self, of: TypeId) -> Attributes {
        let entity = if of == CUSTOMER { Entity::Customer } else { Entity::Address };
        let known =
            entity.custom(self.tables.store.profile).filter(|_| entity.is_known(self.tables.store.profile));
        let rule = |declared: &Declared| {
            Some(Attribute { code: format!("\"{}\"", declared.code), rule: value(declared)? })
        };
        Attributes::new(known.filter_map(rule))
    }
}

/// The rule for a custom attribute's value; `None` leaves the attribute to the model of the save.
fn value(declared: &Declared) -> Option<Box<dyn Rule>> {
    match (declared.input.as_str(), declared.backend.as_str()) {
        ("select" | "boolean", "int") => {
            let options = declared.options.iter().filter(|option| option.value.parse::<u32>().is_ok());
            Some(Box::new(Choice(options.map(|option| format!("\"{}\"", option.value)).collect())))
        }
        ("text", "varchar") => Some(Box::new(Harmless(Text::new(true, 255)))),
        _ => None,
    }
}
