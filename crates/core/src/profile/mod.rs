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
mod document;
mod lookup;
mod read;
mod settings;

pub use attribute::{Attribute, Choice};
pub use directory::{Country, CustomerGroup, Region, StoreGroup, StoreView, Website};
pub use read::ProfileError;
pub use settings::{InputLimits, Settings};

use crate::contract::Contract;
use crate::json::{self, Value};

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
}
