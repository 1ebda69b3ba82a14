//! What is certainly right, drawn from the contract and the store's profile.
//!
//! The explaining walk reads the same tables, so a field, a limit or a list of
//! values has one home; a rule here is as narrow as the walk's or narrower.

use super::Gate;
use super::email::Email;
use super::grammar::{Digits, Letters, Name, Telephone};
use super::list::{Lines, List};
use super::moment::{Date, DateTime};
use super::rule::{Any, Count, Country, Flag, Rule, UpTo, one_of};
use super::shape::{Member, Shape};
use super::text::{Harmless, Text};
use crate::contract::{ADDRESS, CUSTOM_ATTRIBUTE, CUSTOMER, Contract, Field, Format, Kind, TypeId, Values};
use crate::profile::{Profile, Section};
use crate::store::finding::Rule as SaveRule;
use crate::store::{Store, rules};
use crate::validate::record::{NAMES, longest, required, street_lines};

impl Gate {
    /// The gate for a customer record by itself.
    pub(crate) fn record(store: &Store<'_>) -> Self {
        Gate { root: Tables::of(store).shape(CUSTOMER) }
    }
}

/// Whether no customer or address that passes is without the attribute, so that nobody need ask
/// for it: either it is looked at that the field is there, or the store fills it in itself.
pub(super) fn is_always_held(attribute: &str) -> bool {
    let required = |id| required(id).contains(&attribute);
    required(CUSTOMER) || required(ADDRESS) || matches!(attribute, "website_id" | "store_id" | "group_id")
}

/// The contract and the store that rules are drawn from.
pub(super) struct Tables<'s> {
    pub(super) contract: &'s Contract,
    pub(super) store: &'s Store<'s>,
    /// How many objects within objects are still drawn; what lies deeper is left to the walk.
    deepest: u8,
}

impl<'s> Tables<'s> {
    /// Four levels hold all of Magento's; a shop's own types may hold themselves.
    pub(super) fn of(store: &'s Store<'s>) -> Self {
        Tables { contract: store.profile.contract(), store, deepest: 4 }
    }

    /// The shape of a type within another one; `None` leaves it to the explaining walk.
    fn within(&self, id: TypeId) -> Option<Shape> {
        let deepest = self.deepest.checked_sub(1)?;
        Some(Tables { deepest, ..*self }.shape(id))
    }

    fn shape(&self, id: TypeId) -> Shape {
        Shape::new(self.fields(id).filter_map(|field| {
            let required = required(id).contains(&&*field.name);
            let rule = self.rule(id, field, required)?;
            Some(Member { name: field.name.to_string(), required, rule })
        }))
    }

    /// The fields of a type that the store certainly has, in its order.
    pub(super) fn fields(&self, id: TypeId) -> impl Iterator<Item = &'s Field> {
        let certain = |field: &&Field| {
            let rules = field.rules;
            (rules.module.is_none() || self.installed(field)) && rules.band.holds(self.store.release)
        };
        self.contract.fields(id).iter().filter(certain)
    }

    /// Whether a module's field may be taken for granted: its module is known to
    /// be there, or is one that every shop has.
    fn installed(&self, field: &Field) -> bool {
        let profile = self.store.profile;
        let listed = field.rules.module.is_some_and(|module| profile.modules.iter().any(|m| m == module));
        listed || !profile.knows(Section::Modules) && field.rules.module == Some("Magento_Newsletter")
    }

    /// The rule for a field; `None` leaves the field to the explaining walk.
    pub(super) fn rule(&self, of: TypeId, field: &Field, required: bool) -> Option<Box<dyn Rule>> {
        Some(match field.kind {
            Kind::Integer => self.integer(field),
            Kind::Boolean => Box::new(Flag),
            Kind::Mixed => Box::new(Any),
            Kind::Strings if of == ADDRESS => Box::new(Lines { most: street_lines(self.store) }),
            Kind::Object(id) => Box::new(self.within(id)?),
            Kind::Objects(id @ (ADDRESS | CUSTOM_ATTRIBUTE)) => Box::new(List(self.within(id)?)),
            Kind::String => match field.rules.format {
                Some(Format::Email) => Box::new(Email),
                Some(Format::Date) => Box::new(Date { before: self.year_of_birth() }),
                Some(Format::DateTime) => Box::new(DateTime),
                Some(Format::Digits) => Box::new(Digits),
                Some(Format::Country) => Box::new(countries(self.store.profile)),
                Some(_) => return None,
                None => self.text(of, field, required),
            },
            _ => return None,
        })
    }

    fn holds(&self, rule: &SaveRule) -> bool {
        rule.releases.holds(self.store.release)
    }

    /// The rule for a text, whose characters the release may check.
    fn text(&self, of: TypeId, field: &Field, required: bool) -> Box<dyn Rule> {
        let (text, name) = (Text::new(required, longest(of, field)), &*field.name);
        match of {
            CUSTOMER if NAMES.contains(&name) => Box::new(Name { least: usize::from(required) }),
            ADDRESS if NAMES.contains(&name) && self.holds(&rules::ADDRESS_NAME) => {
                Box::new(Name { least: usize::from(required) })
            }
            ADDRESS if name == "city" && self.holds(&rules::CITY) => Box::new(Letters),
            ADDRESS if name == "telephone" && self.holds(&rules::TELEPHONE) => Box::new(Telephone),
            _ if self.holds(&rules::SCRIPT) => Box::new(Harmless(text)),
            _ => Box::new(text),
        }
    }

    /// Dates of birth before this year are certainly past.
    fn year_of_birth(&self) -> [u8; 4] {
        const SECONDS: i64 = 31_556_952;
        match self.store.now.filter(|_| self.holds(&rules::DOB)) {
            Some(now) => format!("{:04}", (1970 + now / SECONDS).clamp(0, 9999))
                .as_bytes()
                .try_into()
                .unwrap_or_default(),
            None => [u8::MAX; 4],
        }
    }

    fn integer(&self, field: &Field) -> Box<dyn Rule> {
        let profile = self.store.profile;
        let ids = |ids: Vec<i64>| one_of(ids.into_iter().filter_map(|id| u32::try_from(id).ok()));
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
            (_, "group_id" | "store_id" | "website_id") => Box::new(UpTo(0xFFFF)),
            (_, "id" | "customer_id") => Box::new(Count { least: 1 }),
            _ => Box::new(Count { least: 0 }),
        }
    }
}

fn countries(profile: &Profile) -> Country {
    let codes = profile.countries.iter().map(|country| country.id.as_str());
    Country::one_of(codes.filter(|code| profile.allowed_country(code).is_some()))
}
