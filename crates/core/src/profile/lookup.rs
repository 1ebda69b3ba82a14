//! Finding the parts of a profile.

use super::{Attribute, Country, CustomerGroup, Profile, StoreView, Website};

impl Profile {
    /// The website with that id.
    #[must_use]
    pub fn website(&self, id: i64) -> Option<&Website> {
        self.websites.iter().find(|website| website.id == id)
    }

    /// The website of requests without a store code: the first that is not the admin's.
    #[must_use]
    pub fn default_website(&self) -> Option<&Website> {
        self.websites.iter().filter(|website| website.id != 0).min_by_key(|website| website.id)
    }

    /// The store view with that id.
    #[must_use]
    pub fn store_view(&self, id: i64) -> Option<&StoreView> {
        self.store_views.iter().find(|view| view.id == id)
    }

    /// The store view with that code, spelled exactly so.
    #[must_use]
    pub fn store_view_by_code(&self, code: &str) -> Option<&StoreView> {
        self.store_views.iter().find(|view| view.code == code)
    }

    /// The store view that stands for a website: its default group's default.
    #[must_use]
    pub fn default_store_view(&self, website: i64) -> Option<&StoreView> {
        let group = self.website(website)?.default_group_id;
        let group = self.store_groups.iter().find(|candidate| candidate.id == group)?;
        self.store_view(group.default_store_id)
    }

    /// The customer group with that id.
    #[must_use]
    pub fn customer_group(&self, id: i64) -> Option<&CustomerGroup> {
        self.customer_groups.iter().find(|group| group.id == id)
    }

    /// The customer's attribute of that code.
    #[must_use]
    pub fn customer_attribute(&self, code: &str) -> Option<&Attribute> {
        self.customer_attributes.iter().find(|attribute| attribute.code == code)
    }

    /// The address's attribute of that code.
    #[must_use]
    pub fn address_attribute(&self, code: &str) -> Option<&Attribute> {
        self.address_attributes.iter().find(|attribute| attribute.code == code)
    }

    /// The country, when the store knows and allows it; codes are capitals only.
    #[must_use]
    pub fn allowed_country(&self, id: &str) -> Option<&Country> {
        let allowed = |code: &str| match &self.settings.allowed_countries {
            Some(list) => list.iter().any(|allowed| allowed == code),
            None => true,
        };
        self.countries.iter().find(|country| country.id == id).filter(|country| allowed(&country.id))
    }
}
