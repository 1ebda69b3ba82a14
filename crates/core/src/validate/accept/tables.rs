//! What is certainly right, drawn from the contract and the store's profile.
//!
//! The explaining walk reads the same tables, so a field, a limit or a list of
//! values has one home; a rule here is as narrow as the walk's or narrower.

use super::Gate;
use super::shape::{Member, Rule, Shape};
use crate::contract::{ADDRESS, CUSTOM_ATTRIBUTE, CUSTOMER, Contract, Field, Format, Kind, TypeId, Values};
use crate::profile::{Profile, Section};
use crate::store::Store;
use crate::validate::record::{NAMES, longest, required};

impl Gate {
    /// The gate for a customer record by itself.
    pub(crate) fn record(store: &Store<'_>) -> Self {
        let tables = Tables { contract: Contract::built_in(), store };
        Gate { root: tables.shape(CUSTOMER) }
    }
}

struct Tables<'s> {
    contract: &'static Contract,
    store: &'s Store<'s>,
}

impl Tables<'_> {
    fn shape(&self, id: TypeId) -> Shape {
        let here = |field: &&Field| field.rules.module.is_none() || self.installed(field);
        let fields = self.contract.fields(id).iter().filter(here);
        let in_release = fields.filter(|field| field.rules.band.holds(self.store.release));
        Shape::new(in_release.filter_map(|field| {
            let required = required(id).contains(&&*field.name);
            let rule = self.rule(id, field, required)?;
            Some(Member { name: field.name.to_string(), required, rule })
        }))
    }

    /// Whether a module's field may be taken for granted: its module is known to
    /// be there, or is one that every shop has.
    fn installed(&self, field: &Field) -> bool {
        let profile = self.store.profile;
        let listed = field.rules.module.is_some_and(|module| profile.modules.iter().any(|m| m == module));
        listed || !profile.knows(Section::Modules) && field.rules.module == Some("Magento_Newsletter")
    }

    /// The rule for a field; `None` leaves the field to the explaining walk.
    fn rule(&self, of: TypeId, field: &Field, required: bool) -> Option<Rule> {
        let least = usize::from(required);
        Some(match field.kind {
            Kind::Integer => self.integer(field),
            Kind::Boolean => Rule::Flag,
            Kind::Mixed => Rule::Any,
            Kind::Strings => {
                Rule::Lines { most: usize::try_from(self.store.profile.settings.street_lines).ok()? }
            }
            Kind::Object(id) => Rule::Object(self.shape(id)),
            Kind::Objects(id @ (ADDRESS | CUSTOM_ATTRIBUTE)) => Rule::List(self.shape(id)),
            Kind::String => match field.rules.format {
                Some(Format::Email) => Rule::Email,
                Some(Format::Date) => Rule::Date,
                Some(Format::DateTime) => Rule::DateTime,
                Some(Format::Digits) => Rule::Digits,
                Some(Format::Country) => Rule::Country(countries(self.store.profile)),
                None if of == CUSTOMER && NAMES.contains(&&*field.name) => Rule::Name { least },
                None => Rule::Text { least, most: longest(of, field).0 },
                Some(_) => return None,
            },
            _ => return None,
        })
    }

    fn integer(&self, field: &Field) -> Rule {
        let profile = self.store.profile;
        let ids = |ids: Vec<i64>| Rule::one_of(ids.into_iter().filter_map(|id| u32::try_from(id).ok()));
        match (field.rules.values, &*field.name) {
            (Values::Integers(values), _) => ids(values.to_vec()),
            (_, "group_id") if profile.knows(Section::CustomerGroups) => {
                ids(profile.customer_groups.iter().map(|group| group.id).collect())
            }
            (_, "website_id") if profile.knows(Section::Websites) => {
                ids(profile.websites.iter().map(|website| website.id).collect())
            }
            (_, "store_id") if profile.knows(Section::Websites) => {
                ids(profile.store_views.iter().map(|view| view.id).collect())
            }
            (_, "group_id" | "store_id" | "website_id") => Rule::Integer { least: 0, most: 0xFFFF },
            (_, "id" | "customer_id") => Rule::Integer { least: 1, most: u32::MAX },
            _ => Rule::Integer { least: 0, most: u32::MAX },
        }
    }
}

fn countries(profile: &Profile) -> Box<[u32; 26]> {
    let mut table = Box::new([0; 26]);
    let allowed = profile.countries.iter().filter(|country| profile.allowed_country(&country.id).is_some());
    for country in allowed {
        if let [first, second @ b'A'..=b'Z'] = country.id.as_bytes()
            && let Some(seconds) = table.get_mut(usize::from(first.wrapping_sub(b'A')))
        {
            *seconds |= 1 << (second - b'A');
        }
    }
    table
}
