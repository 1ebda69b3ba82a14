//! The rules of saving an address, and what its columns keep.
//!
//! Source: `module-customer/Model/ResourceModel/AddressRepository.php`,
//! `Model/Address/Validator/*`, `etc/validation.xml`; recorded. A region is
//! never required, whatever the setting says.

mod region;

use super::customer::TextColumn;
use super::finding::{Answer, Findings, Phrase, Place};
use super::name::{self, Class};
use super::shape::{ADDRESS, Entity};
use super::{Store, column, custom, customer, php, rules};
use crate::json::{Object, Value};
use crate::profile::{Attribute, Country};

/// An address on its way into the store, with what the model derives from it.
pub(crate) struct Draft<'a> {
    fields: &'a Object,
    /// Where it stands in the list that was sent.
    index: usize,
    country: Option<&'a Country>,
    street: String,
    region: Option<String>,
    region_id: Option<i64>,
}

/// Whether the store takes addresses of that country; on create others are dropped without a word.
pub(crate) fn is_allowed(address: &Object, store: &Store<'_>) -> bool {
    store.profile.allowed_country(&text(address, "country_id")).is_some()
}

fn text(address: &Object, field: &str) -> String {
    address.get(field).map(php::text).unwrap_or_default()
}

impl<'a> Draft<'a> {
    /// Reads an address as the model does: street lines joined, region and its id sorted out.
    pub(crate) fn read(fields: &'a Object, index: usize, store: &Store<'a>) -> Self {
        let country = text(fields, "country_id");
        let country = store.profile.countries.iter().find(|known| known.id == country);
        let (region, region_id) = region::read(fields, country);
        Draft { fields, index, country, street: street(fields), region, region_id }
    }

    /// All checks of saving it, in the store's order; dates in `custom` are replaced by what the store reads.
    pub(crate) fn check(&self, custom: &mut Object, store: &Store<'_>, findings: &mut Findings) {
        findings.begin(Answer::Inputs);
        self.check_general(store, findings);
        self.check_region(findings);
        if !findings.stops() {
            self.check_saved(custom, store, findings);
        }
    }

    fn check_saved(&self, custom: &mut Object, store: &Store<'_>, findings: &mut Findings) {
        findings.begin(Answer::First);
        let place = |code: &str| Place::AddressAttribute(self.index, code.to_owned());
        custom::read_dates(store, Entity::Address, custom, place, findings);
        if findings.stops() {
            return;
        }
        findings.begin(Answer::Lines);
        self.check_values(custom, store, findings);
        self.check_patterns(store, findings);
    }

    /// As [`check`](Self::check), for an update: a country the store does not allow is refused, not dropped,
    /// and so is another customer's address, for which `foreign` has the words.
    pub(crate) fn check_update(
        &self,
        custom: &mut Object,
        foreign: Option<Phrase>,
        store: &Store<'_>,
        findings: &mut Findings,
    ) {
        findings.begin(Answer::Inputs);
        self.check_general(store, findings);
        if self.check_country(store, findings) {
            self.check_region(findings);
        }
        if let Some(words) = foreign {
            findings.refuse(&rules::FOREIGN_ADDRESS, Place::Address(self.index, "id"), words);
        }
        if !findings.stops() {
            self.check_saved(custom, store, findings);
        }
    }

    /// The checks of an address that is stored already, as the save of its customer makes them:
    /// required attributes by their labels, then what [`check`](Self::check) ends with.
    pub(crate) fn check_kept(&self, custom: &Object, store: &Store<'_>, findings: &mut Findings) {
        findings.begin(Answer::Lines);
        for attribute in &store.profile.address_attributes {
            let declared = ADDRESS.declares(&attribute.code) && attribute.code != "country_id";
            if declared && attribute.required && self.lacks(&attribute.code) {
                let words = format!("\"{}\" is a required value.", attribute.label);
                let field = ADDRESS.field(&attribute.code).map_or("", |field| field.name);
                findings.refuse(&rules::REQUIRED, Place::Address(self.index, field), Phrase::plain(words));
            }
        }
        self.check_values(custom, store, findings);
        self.check_patterns(store, findings);
    }

    fn lacks(&self, code: &str) -> bool {
        if code == "street" { self.street.is_empty() } else { text(self.fields, code).is_empty() }
    }

    fn check_country(&self, store: &Store<'_>, findings: &mut Findings) -> bool {
        let country = text(self.fields, "country_id");
        if is_allowed(self.fields, store) {
            return true;
        }
        let words = if is_blank(&country) {
            Phrase::required("countryId")
        } else {
            const WORDS: &str = "Invalid value of \"%value\" provided for the %fieldName field.";
            let value = Value::from(php::escaped_html(&country));
            Phrase::named(WORDS, &[("fieldName", "countryId".into()), ("value", value)])
        };
        findings.refuse(&rules::COUNTRY, Place::Address(self.index, "country_id"), words);
        false
    }

    fn check_general(&self, store: &Store<'_>, findings: &mut Findings) {
        let line = self.street.split('\n').next().unwrap_or_default();
        let always = ["firstname", "lastname", "street", "city"];
        for field in always {
            let missing = match field {
                "street" => is_blank(line),
                field => is_blank(&text(self.fields, field)),
            };
            self.require(field, missing, findings);
        }
        for field in ["telephone", "fax", "company"] {
            let required = store.profile.address_attribute(field).is_some_and(|attribute| attribute.required);
            self.require(field, required && is_blank(&text(self.fields, field)), findings);
        }
        let country = text(self.fields, "country_id");
        let optional = store.profile.settings.optional_postcode.contains(&country);
        self.require("postcode", !optional && is_blank(&text(self.fields, "postcode")), findings);
    }

    fn require(&self, field: &'static str, missing: bool, findings: &mut Findings) {
        if missing {
            let place = Place::Address(self.index, field);
            findings.refuse(&rules::ADDRESS_REQUIRED, place, Phrase::required(field));
        }
    }

    /// A region id must be one of the country's, when the country has any.
    fn check_region(&self, findings: &mut Findings) {
        let Some(id) = self.region_id.filter(|id| *id != 0) else { return };
        let regions = self.country.and_then(|country| country.regions.as_deref()).unwrap_or_default();
        if regions.is_empty() || regions.iter().any(|region| region.id == id) {
            return;
        }
        const WORDS: &str = "Invalid value of \"%value\" provided for the %fieldName field.";
        let parameters = [("fieldName", "regionId".into()), ("value", id.to_string().into())];
        let field =
            if self.fields.get("region_id").is_some_and(|id| !id.is_null()) { "region_id" } else { "region" };
        findings.refuse(&rules::REGION, Place::Address(self.index, field), Phrase::named(WORDS, &parameters));
    }

    fn check_values(&self, custom: &Object, store: &Store<'_>, findings: &mut Findings) {
        for attribute in &store.profile.address_attributes {
            if attribute.input == "multiline" {
                self.check_lines(attribute, store, findings);
                continue;
            }
            if ADDRESS.declares(&attribute.code) {
                continue;
            }
            let value = custom.get(&attribute.code).filter(|value| !value.is_null());
            if value.is_none() && !attribute.visible {
                continue;
            }
            let place = || Place::AddressAttribute(self.index, attribute.code.clone());
            let value = value.unwrap_or(&Value::Null);
            if customer::check_required(attribute, value, place, findings) {
                custom::check_choice(attribute, value, place, findings);
            }
        }
    }

    fn check_lines(&self, attribute: &Attribute, store: &Store<'_>, findings: &mut Findings) {
        let most = if attribute.code == "street" { store.street_lines(attribute) } else { attribute.lines };
        let count = self.street.split('\n').count();
        if i64::try_from(count).is_ok_and(|count| count > most) {
            let words = format!("\"{}\" cannot contain more than {most} lines.", attribute.label);
            let place = Place::Address(self.index, "street");
            findings.refuse(&rules::STREET_LINES, place, Phrase::plain(words));
        }
    }

    /// Names, city and telephone since 2.4.8.
    fn check_patterns(&self, store: &Store<'_>, findings: &mut Findings) {
        let name = Class::Name(store.release);
        let patterns = [
            (&rules::ADDRESS_NAME, "firstname", name, 255, "First Name is not valid!"),
            (&rules::ADDRESS_NAME, "lastname", name, 255, "Last Name is not valid!"),
            (&rules::ADDRESS_NAME, "middlename", name, 255, "Middle Name is not valid!"),
            (&rules::CITY, "city", Class::City, 100, "Invalid City. Please use A-Z, a-z, 0-9, -, ', spaces"),
            (
                &rules::TELEPHONE,
                "telephone",
                Class::Telephone,
                20,
                "Invalid Phone Number. Please use 0-9, +, -, (, ) and space.",
            ),
        ];
        for (rule, field, class, longest, words) in patterns {
            let holds = rule.releases.holds(store.release);
            if holds && !name::passes(&text(self.fields, field), class, longest) {
                findings.refuse(rule, Place::Address(self.index, field), Phrase::plain(words));
            }
        }
    }

    /// The address as its columns keep it and GET shows it, without its id and flags.
    pub(crate) fn stored(&self, custom: &Object, store: &Store<'_>) -> Object {
        let mut kept = Object::new();
        let id = self.region_id.map(|id| column::integer(id, column::UNSIGNED));
        kept.insert("region", self.shown_region(id));
        let sent = self.fields.contains_key("region").then_some(0);
        if let Some(id) = id.or(sent) {
            kept.insert("region_id", id);
        }
        kept.insert("country_id", column::text(&text(self.fields, "country_id"), 255));
        let lines = column::long_text(&self.street);
        kept.insert("street", lines.split('\n').map(str::to_owned).collect::<Vec<_>>());
        for TextColumn { field, width } in &TEXT_COLUMNS {
            let text = column::text(&text(self.fields, field), *width);
            if !text.is_empty() {
                kept.insert(*field, text);
            }
        }
        customer::put_custom(&mut kept, Entity::Address, Some(custom), store);
        kept
    }
}

/// The address's text columns besides country and street (`module-customer/etc/db_schema.xml`).
pub(crate) const TEXT_COLUMNS: [TextColumn; 11] = [
    TextColumn { field: "company", width: 255 },
    TextColumn { field: "telephone", width: 255 },
    TextColumn { field: "fax", width: 255 },
    TextColumn { field: "postcode", width: 255 },
    TextColumn { field: "city", width: 255 },
    TextColumn { field: "firstname", width: 255 },
    TextColumn { field: "lastname", width: 255 },
    TextColumn { field: "middlename", width: 255 },
    TextColumn { field: "prefix", width: 40 },
    TextColumn { field: "suffix", width: 40 },
    TextColumn { field: "vat_id", width: 255 },
];

/// Street lines joined and trimmed, as the model keeps them.
fn street(fields: &Object) -> String {
    let lines = fields.get("street").and_then(Value::as_array).unwrap_or_default();
    let lines: Vec<String> = lines.iter().map(php::text).collect();
    php::trim(&lines.join("\n")).to_owned()
}

/// Whether Laminas calls the text empty: nothing but white space.
fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']).is_empty()
}
