//! A profile as one versioned JSON document.

use super::read::{Cursor, Fault};
use super::{
    Attribute, Country, CustomerGroup, Profile, ProfileError, Section, Settings, StoreGroup, StoreView,
    Website,
};
use crate::contract::Contract;
use crate::json::{Object, Path, Value};

/// The version of the document this code writes and the only one it reads.
const VERSION: i64 = 1;

impl Profile {
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

    pub(super) fn take_document(&mut self, document: &Value) -> Result<(), ProfileError> {
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

    pub(super) fn take(&mut self, name: &str, part: &Value) -> Result<(), ProfileError> {
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
    use crate::json;
    use crate::profile::Replies;

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
