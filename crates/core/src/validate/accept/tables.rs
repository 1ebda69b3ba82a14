//! What is certainly right, drawn from the contract and the store's profile.
//!
//! The explaining walk reads the same tables, so a field, a limit or a list of
//! values has one home; a rule here is as narrow as the walk's or narrower.

use super::Gate;
use super::shape::{Member, Rule, Shape};
use super::text::Limits;
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
    pub(super) fn rule(&self, of: TypeId, field: &Field, required: bool) -> Option<Rule> {
        let markup = !rules::SCRIPT.releases.holds(self.store.release);
        Some(match field.kind {
            Kind::Integer => self.integer(field),
            Kind::Boolean => Rule::Flag,
            Kind::Mixed => Rule::Any,
            Kind::Strings if of == ADDRESS => Rule::Lines { most: street_lines(self.store) },
            Kind::Object(id) => Rule::Object(Box::new(self.within(id)?)),
            Kind::Objects(id @ (ADDRESS | CUSTOM_ATTRIBUTE)) => Rule::List(Box::new(self.within(id)?)),
            Kind::String => match field.rules.format {
                Some(Format::Email) => Rule::Email,
                Some(Format::Date) => Rule::Date { before: self.year_of_birth() },
                Some(Format::DateTime) => Rule::DateTime,
                Some(Format::Digits) => Rule::Digits,
                Some(Format::Country) => Rule::Country(countries(self.store.profile)),
                Some(_) => return None,
                None => {
                    let limits = Limits::new(required, longest(of, field));
                    let text = if markup { Rule::Text(limits) } else { Rule::Harmless(limits) };
                    self.pattern(of, field, required).unwrap_or(text)
                }
            },
            _ => return None,
        })
    }

    /// The rule for a field whose characters the release checks.
    fn pattern(&self, of: TypeId, field: &Field, required: bool) -> Option<Rule> {
        let holds = |rule: &SaveRule| rule.releases.holds(self.store.release);
        let name = Rule::Name { least: usize::from(required) };
        match &*field.name {
            named if of == CUSTOMER && NAMES.contains(&named) => Some(name),
            named if of == ADDRESS && NAMES.contains(&named) && holds(&rules::ADDRESS_NAME) => Some(name),
            "city" if of == ADDRESS && holds(&rules::CITY) => Some(Rule::Letters),
            "telephone" if of == ADDRESS && holds(&rules::TELEPHONE) => Some(Rule::Telephone),
            _ => None,
        }
    }

    /// Dates of birth before this year are certainly past.
    fn year_of_birth(&self) -> [u8; 4] {
        const SECONDS: i64 = 31_556_952;
        match self.store.now.filter(|_| rules::DOB.releases.holds(self.store.release)) {
            Some(now) => format!("{:04}", (1970 + now / SECONDS).clamp(0, 9999))
                .as_bytes()
                .try_into()
                .unwrap_or_default(),
            None => [u8::MAX; 4],
        }
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
            (_, "group_id" | "store_id" | "website_id") => Rule::UpTo(0xFFFF),
            (_, "id" | "customer_id") => Rule::Count { least: 1 },
            _ => Rule::Count { least: 0 },
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
