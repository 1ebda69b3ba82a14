//! What one store says of itself: a profile that works offline.
//!
//! A [`Profile`] is built from a store's own replies ([`Profile::from_replies`]),
//! kept as one versioned JSON document ([`Profile::to_document`],
//! [`Profile::from_document`]), or assumed ([`Profile::stock`]). What nobody
//! said is filled in from a freshly installed store, and [`Profile::knows`]
//! tells which parts those are, so that a check which rests on them can be
//! reported as not made.

mod attribute;
mod directory;
mod lookup;
mod read;
mod settings;

pub use attribute::{Attribute, Choice};
pub use directory::{Country, CustomerGroup, Region, StoreGroup, StoreView, Website};
pub use read::ProfileError;
pub use settings::{InputLimits, Settings};

use crate::contract::Contract;
use crate::json::{self, Object, Path, Value};
use read::{Cursor, Fault};

/// What one store says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Websites, the admin's included.
    pub websites: Vec<Website>,
    /// Store groups, the admin's included.
    pub store_groups: Vec<StoreGroup>,
    /// Store views, the admin's included.
    pub store_views: Vec<StoreView>,
    /// Customer groups.
    pub customer_groups: Vec<CustomerGroup>,
    /// Attributes of the customer.
    pub customer_attributes: Vec<Attribute>,
    /// Attributes of the address.
    pub address_attributes: Vec<Attribute>,
    /// Countries.
    pub countries: Vec<Country>,
    /// Names of the installed modules.
    pub modules: Vec<String>,
    /// What no endpoint shows.
    pub settings: Settings,
    /// The store's own contract, which knows what its modules add; `None` for the built-in one.
    pub schema: Option<Box<Contract>>,
    known: Vec<Section>,
}

/// A part of a profile that a store can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Section {
    /// Websites, store groups and store views.
    Websites,
    /// Customer groups.
    CustomerGroups,
    /// Attributes of the customer.
    CustomerAttributes,
    /// Attributes of the address.
    AddressAttributes,
    /// Countries and regions.
    Countries,
    /// Modules.
    Modules,
    /// Settings that only the shop's owner can tell.
    Settings,
    /// The store's own schema.
    Schema,
}

/// A store's replies about itself; what is `None` is taken from a stock store.
#[derive(Debug, Clone, Copy, Default)]
pub struct Replies<'a> {
    /// `GET /V1/store/websites`
    pub websites: Option<&'a Value>,
    /// `GET /V1/store/storeGroups`
    pub store_groups: Option<&'a Value>,
    /// `GET /V1/store/storeViews`
    pub store_views: Option<&'a Value>,
    /// `GET /V1/customerGroups/search?searchCriteria`
    pub customer_groups: Option<&'a Value>,
    /// `GET /V1/attributeMetadata/customer`
    pub customer_attributes: Option<&'a Value>,
    /// `GET /V1/attributeMetadata/customerAddress`
    pub address_attributes: Option<&'a Value>,
    /// `GET /V1/directory/countries`
    pub countries: Option<&'a Value>,
    /// `GET /V1/modules`
    pub modules: Option<&'a Value>,
    /// An object of configuration paths, as [`Settings::read`] takes it.
    pub settings: Option<&'a Value>,
    /// `GET /rest/all/schema?services=…`, or the contract made of it.
    pub schema: Option<&'a Value>,
}

/// The version of the document this code writes and the only one it reads.
const VERSION: i64 = 1;

const STOCK: &str = include_str!("stock.json");

impl Profile {
    /// A freshly installed Magento Open Source 2.4.7, of which nothing is known for certain.
    ///
    /// ```
    /// use magewright::profile::{Profile, Section};
    /// let stock = Profile::stock();
    /// assert_eq!(stock.customer_groups.len(), 4);
    /// assert!(!stock.knows(Section::CustomerGroups));
    /// ```
    #[must_use]
    pub fn stock() -> Self {
        let mut profile = Profile {
            websites: Vec::new(),
            store_groups: Vec::new(),
            store_views: Vec::new(),
            customer_groups: Vec::new(),
            customer_attributes: Vec::new(),
            address_attributes: Vec::new(),
            countries: Vec::new(),
            modules: Vec::new(),
            settings: Settings::default(),
            schema: None,
            known: Vec::new(),
        };
        let read = profile.take_document(&Self::stock_document());
        debug_assert_eq!(read, Ok(()), "the stock profile is one");
        profile.known.clear();
        profile
    }

    /// What [`Profile::stock`] holds, as a document: to look things up in, or to begin a store's own with. A
    /// store that is given it counts as described.
    ///
    /// ```
    /// use magewright::profile::{Profile, Section};
    /// let document = Profile::stock_document();
    /// assert!(document.pointer("/store_views/1/code").is_some_and(|code| code.as_str() == Some("default")));
    /// assert!(Profile::from_document(&document)?.knows(Section::CustomerGroups));
    /// # Ok::<(), magewright::profile::ProfileError>(())
    /// ```
    #[must_use]
    pub fn stock_document() -> Value {
        json::parse(STOCK.as_bytes()).unwrap_or_default()
    }

    /// Builds a profile from a store's replies.
    ///
    /// # Errors
    /// The first reply that is not what that endpoint answers, by pointer.
    ///
    /// ```
    /// use magewright::{json, profile::{Profile, Replies, Section}};
    /// let groups = json::parse(br#"{"items":[{"id":0,"code":"NOT LOGGED IN"},{"id":7,"code":"Clinics"}]}"#)?;
    /// let profile = Profile::from_replies(&Replies { customer_groups: Some(&groups), ..Replies::default() })?;
    /// assert!(profile.knows(Section::CustomerGroups));
    /// assert_eq!(profile.customer_groups.len(), 2);
    ///
    /// let nonsense = json::parse(br#"{"message":"no"}"#)?;
    /// assert!(Profile::from_replies(&Replies { websites: Some(&nonsense), ..Replies::default() }).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_replies(replies: &Replies<'_>) -> Result<Self, ProfileError> {
        let parts = [
            ("websites", replies.websites),
            ("store_groups", replies.store_groups),
            ("store_views", replies.store_views),
            ("customer_groups", replies.customer_groups),
            ("customer_attributes", replies.customer_attributes),
            ("address_attributes", replies.address_attributes),
            ("countries", replies.countries),
            ("modules", replies.modules),
            ("settings", replies.settings),
            ("schema", replies.schema),
        ];
        let mut profile = Profile::stock();
        for (name, reply) in parts {
            if let Some(reply) = reply {
                profile.take_reply(name, reply)?;
            }
        }
        Ok(profile)
    }

    /// Takes over what one of the [`Replies`] says, by its name there.
    pub(crate) fn take_reply(&mut self, name: &str, reply: &Value) -> Result<(), ProfileError> {
        // Groups are searched for, so their list stands in a page.
        let page = reply.get("items").filter(|_| name == "customer_groups");
        self.take(name, page.unwrap_or(reply))
    }

    /// Reads the document [`Profile::to_document`] writes.
    ///
    /// # Errors
    /// A document of another version or with a part that is not what it should be.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// let stock = Profile::stock();
    /// assert_eq!(Profile::from_document(&stock.to_document())?, stock);
    /// # Ok::<(), magewright::profile::ProfileError>(())
    /// ```
    pub fn from_document(document: &Value) -> Result<Self, ProfileError> {
        let mut profile = Profile::stock();
        profile.take_document(document)?;
        Ok(profile)
    }

    fn take_document(&mut self, document: &Value) -> Result<(), ProfileError> {
        let root = Path::root();
        let object = document.as_object().ok_or_else(|| ProfileError::new(&root, "an object"))?;
        if object.get("version").and_then(Value::as_i64) != Some(VERSION) {
            return Err(ProfileError::new(&root.key("version"), "1, the version this library reads"));
        }
        for (name, part) in object.iter().filter(|(name, _)| !matches!(*name, "version" | "note")) {
            self.take(name, part)?;
        }
        Ok(())
    }

    fn take(&mut self, name: &str, part: &Value) -> Result<(), ProfileError> {
        let root = Path::root();
        let path = root.key(name);
        let fault = Fault::new();
        let at = Cursor { value: part, path: &path, fault: &fault };
        let section = match name {
            "websites" => put(&mut self.websites, at.list(Website::read), Section::Websites),
            "store_groups" => put(&mut self.store_groups, at.list(StoreGroup::read), Section::Websites),
            "store_views" => put(&mut self.store_views, at.list(StoreView::read), Section::Websites),
            "customer_groups" => {
                put(&mut self.customer_groups, at.list(CustomerGroup::read), Section::CustomerGroups)
            }
            "customer_attributes" => {
                put(&mut self.customer_attributes, at.list(Attribute::read), Section::CustomerAttributes)
            }
            "address_attributes" => {
                put(&mut self.address_attributes, at.list(Attribute::read), Section::AddressAttributes)
            }
            "countries" => put(&mut self.countries, at.list(Country::read), Section::Countries),
            "modules" => put(&mut self.modules, at.list(module), Section::Modules),
            "settings" => {
                self.settings = Settings::default().with(at);
                Section::Settings
            }
            "schema" => {
                self.schema = Some(Box::new(schema(part, &path)?));
                Section::Schema
            }
            _ => return Err(ProfileError::new(&path, "left out: no part of a profile has that name")),
        };
        if let Some(fault) = fault.into_inner() {
            return Err(fault);
        }
        if !self.known.contains(&section) {
            self.known.push(section);
        }
        Ok(())
    }

    /// The profile as one JSON document; parts taken from a stock store are left out.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().to_document().to_string(), r#"{"version":1}"#);
    /// ```
    #[must_use]
    pub fn to_document(&self) -> Value {
        let mut out = Object::new();
        out.insert("version", VERSION);
        if self.knows(Section::Websites) {
            out.insert("websites", list(&self.websites, Website::write));
            out.insert("store_groups", list(&self.store_groups, StoreGroup::write));
            out.insert("store_views", list(&self.store_views, StoreView::write));
        }
        if self.knows(Section::CustomerGroups) {
            out.insert("customer_groups", list(&self.customer_groups, CustomerGroup::write));
        }
        if self.knows(Section::CustomerAttributes) {
            out.insert("customer_attributes", list(&self.customer_attributes, Attribute::write));
        }
        if self.knows(Section::AddressAttributes) {
            out.insert("address_attributes", list(&self.address_attributes, Attribute::write));
        }
        if self.knows(Section::Countries) {
            out.insert("countries", list(&self.countries, Country::write));
        }
        if self.knows(Section::Modules) {
            out.insert("modules", list(&self.modules, |name| name.as_str().into()));
        }
        if self.knows(Section::Settings) {
            out.insert("settings", self.settings.write());
        }
        if let Some(schema) = &self.schema {
            out.insert("schema", schema.to_document());
        }
        out.into()
    }

    /// What the store's types hold: its own contract, or the built-in one when nobody gave it.
    ///
    /// ```
    /// use magewright::contract::{CUSTOMER_EXTENSION, Contract};
    /// use magewright::{json, profile::Profile};
    ///
    /// assert_eq!(Profile::stock().contract(), Contract::built_in());
    /// let document = json::parse(br#"{"version":1,"schema":{"endpoints":[],"$defs":{"CustomerExtension":
    ///     {"type":"object","properties":{"points":{"type":"integer"}}}}}}"#)?;
    /// let profile = Profile::from_document(&document)?;
    /// assert!(profile.contract().field(CUSTOMER_EXTENSION, 0, "points").is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn contract(&self) -> &Contract {
        self.schema.as_deref().unwrap_or_else(|| Contract::built_in())
    }

    /// Whether the store itself said this, rather than it being assumed.
    ///
    /// ```
    /// use magewright::{json, profile::{Profile, Section}};
    /// let profile = Profile::from_document(&json::parse(br#"{"version":1,"modules":["Magento_Newsletter"]}"#)?)?;
    /// assert!(profile.knows(Section::Modules) && !profile.knows(Section::Countries));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn knows(&self, section: Section) -> bool {
        self.known.contains(&section)
    }
}

fn schema(part: &Value, path: &Path<'_>) -> Result<Contract, ProfileError> {
    Contract::types_of(part).map_err(|error| ProfileError::schema(path, &error))
}

fn put<T>(slot: &mut Vec<T>, items: Vec<T>, section: Section) -> Section {
    *slot = items;
    section
}

fn list<T>(items: &[T], write: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(write).collect())
}

fn module(at: Cursor<'_>) -> String {
    at.as_text("the name of a module")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_is_read_whole() {
        let stock = Profile::stock();
        assert_eq!(stock.websites.len(), 2);
        assert!(stock.customer_attributes.len() > 20);
        assert_eq!(stock.countries.len(), 249);
        assert_eq!(stock.default_store_view(1).map(|view| view.code.as_str()), Some("default"));
    }

    #[test]
    fn a_known_section_survives_the_document() {
        let views = json::parse(
            br#"[{"id":4,"code":"uk","name":"British","website_id":1,"store_group_id":1,"is_active":1}]"#,
        )
        .unwrap();
        let settings = json::parse(br#"{"customer/account_share/scope":"0"}"#).unwrap();
        let profile = Profile::from_replies(&Replies {
            store_views: Some(&views),
            settings: Some(&settings),
            ..Replies::default()
        })
        .unwrap();
        let back = Profile::from_document(&profile.to_document()).unwrap();
        assert_eq!(back, profile);
        assert!(back.settings.accounts_shared);
        assert!(back.store_view_by_code("uk").is_some());
        assert!(back.store_view_by_code("UK").is_none());
    }

    #[test]
    fn nonsense_is_refused_by_pointer() {
        let pointer = |text: &str| {
            let document = json::parse(text.as_bytes()).unwrap();
            Profile::from_document(&document).unwrap_err().pointer().to_owned()
        };
        assert_eq!(pointer("[]"), "");
        assert_eq!(pointer("{}"), "/version");
        assert_eq!(pointer(r#"{"version":2}"#), "/version");
        assert_eq!(pointer(r#"{"version":1,"shops":[]}"#), "/shops");
        assert_eq!(pointer(r#"{"version":1,"countries":{}}"#), "/countries");
        assert_eq!(
            pointer(r#"{"version":1,"countries":[{"id":"US","available_regions":[{"id":"x"}]}]}"#),
            "/countries/0/available_regions/0/id"
        );
        assert_eq!(
            pointer(r#"{"version":1,"settings":{"customer/address/street_lines":"two"}}"#),
            "/settings/customer~1address~1street_lines"
        );
    }
}
