//! The gate, drawn from the contract, the store's profile and where an update is sent.

use super::super::moment::Timestamp;
use super::super::rule::{Any, Count, Flag, Never, Rule, True, one_of};
use super::super::shape::{Member, Shape};
use super::super::tables::{Tables, is_always_held};
use super::super::text::Text;
use super::attributes::Attributes;
use super::region::Regions;
use super::{ADDRESS, CUSTOMER, Settable, StoredGate, mask};
use crate::contract::{self, TypeId};
use crate::predict::update::{Route, Target};
use crate::profile::{Attribute, Profile};
use crate::store::shape::{Entity, Shape as Declared};
use crate::store::{Store, shape};

impl StoredGate {
    /// The gate for updates sent there; `None` where every update has to be looked at closer.
    pub(crate) fn new(target: &Target<'_>) -> Option<Self> {
        let (store, profile) = (&target.store, target.store.profile);
        let odd = |entity: Entity, attribute: &Attribute| is_odd(entity, attribute);
        if profile.customer_attributes.iter().any(|attribute| odd(Entity::Customer, attribute))
            || profile.address_attributes.iter().any(|attribute| odd(Entity::Address, attribute))
        {
            return None;
        }
        let forced = target.route == Route::Me;
        let declared = profile.contract().field(contract::CUSTOMER_EXTENSION, 0, "is_subscribed").is_some();
        let subscribes = declared && store.scope != Some("all") && store.subscription_shows(0);
        Some(StoredGate {
            customer: shape_of(contract::CUSTOMER, &CUSTOMER, store),
            address: shape_of(contract::ADDRESS, &ADDRESS, store),
            attributes: Attributes::of(Entity::Customer, profile),
            address_attributes: Attributes::of(Entity::Address, profile),
            regions: Regions::of(profile),
            settable: Settable {
                set: mask(&CUSTOMER, &SETTABLE)
                    | if forced { 0 } else { mask(&CUSTOMER, &["group_id"]) }
                    | if subscribes { mask(&CUSTOMER, &["extension_attributes"]) } else { 0 },
                cleared: mask(&CUSTOMER, &CLEARABLE),
            },
        })
    }
}

const SETTABLE: [&str; 9] = [
    "dob",
    "firstname",
    "lastname",
    "middlename",
    "prefix",
    "suffix",
    "gender",
    "taxvat",
    "disable_auto_group_change",
];
const CLEARABLE: [&str; 5] = ["dob", "middlename", "prefix", "suffix", "taxvat"];

/// Whether an attribute asks something of a save that only the model of the save knows.
fn is_odd(entity: Entity, attribute: &Attribute) -> bool {
    let shape: &Declared = match entity {
        Entity::Customer => &shape::CUSTOMER,
        Entity::Address => &shape::ADDRESS,
    };
    let code = attribute.code.as_str();
    let lacking = attribute.required && !is_always_held(code);
    let choosing = matches!(attribute.input.as_str(), "select" | "multiselect" | "boolean");
    let checked = entity == Entity::Customer && shape.declares(code) && !is_always_held(code);
    let chosen =
        checked && choosing && !matches!(code, "gender" | "disable_auto_group_change" | "created_in");
    let validated = attribute.rule("input_validation") == Some("email") && code != "email";
    let lines = attribute.input == "multiline" && code != "street";
    lacking || chosen || validated || lines
}

/// The shape of a type with these fields, and custom attributes after them; no field must be there.
fn shape_of(id: TypeId, names: &[&str], store: &Store<'_>) -> Shape {
    let tables = Tables::of(store);
    let rule = |name: &str| rule(&tables, id, name).unwrap_or_else(|| Box::new(Never));
    let member = |name: &&str| Member { name: (*name).to_owned(), required: false, rule: rule(name) };
    let custom = Member { name: "custom_attributes".to_owned(), required: false, rule: Box::new(Any) };
    Shape::new(names.iter().map(member).chain([custom]))
}

fn rule(tables: &Tables<'_>, id: TypeId, name: &str) -> Option<Box<dyn Rule>> {
    let field = || tables.contract.fields(id).iter().find(|field| field.name == name);
    Some(match name {
        "addresses" | "region" => Box::new(Any),
        "region_id" => Box::new(Count { least: 0 }),
        "created_at" => Box::new(Timestamp),
        "created_in" => Box::new(Text::new(false, 255)),
        "gender" => gender(tables.store.profile),
        "disable_auto_group_change" => one_of([0, 1].into_iter()),
        "extension_attributes" => {
            let flag = Member { name: "is_subscribed".to_owned(), required: true, rule: Box::new(Flag) };
            Box::new(Shape::new([flag].into_iter()))
        }
        "default_billing" | "default_shipping" if id == contract::ADDRESS => Box::new(True),
        name => tables.rule(id, field()?, is_always_held(name))?,
    })
}

/// What the store offers, and the 0 that stands for nothing.
fn gender(profile: &Profile) -> Box<dyn Rule> {
    let gender = profile.customer_attribute("gender");
    let offered = |choice: &u32| gender.is_some_and(|gender| gender.has_option(&choice.to_string()));
    one_of((1..=9).filter(offered).chain([0]))
}
