//! Finding the parts of a profile.

use super::{Attribute, Country, CustomerGroup, Profile, Section, StoreView, Website};

impl Profile {
    /// The website with that id.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().website(1).map(|website| website.code.clone()).as_deref(), Some("base"));
    /// assert!(Profile::stock().website(9).is_none());
    /// ```
    #[must_use]
    pub fn website(&self, id: i64) -> Option<&Website> {
        self.websites.iter().find(|website| website.id == id)
    }

    /// The website of requests without a store code: the first that is not the admin's.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().default_website().map(|website| website.id), Some(1));
    /// ```
    #[must_use]
    pub fn default_website(&self) -> Option<&Website> {
        self.websites.iter().filter(|website| website.id != 0).min_by_key(|website| website.id)
    }

    /// The store view with that id.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().store_view(1).map(|view| view.website_id), Some(1));
    /// assert!(Profile::stock().store_view(9).is_none());
    /// ```
    #[must_use]
    pub fn store_view(&self, id: i64) -> Option<&StoreView> {
        self.store_views.iter().find(|view| view.id == id)
    }

    /// The store view with that code, spelled exactly so.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert!(Profile::stock().store_view_by_code("default").is_some());
    /// assert!(Profile::stock().store_view_by_code("Default").is_none());
    /// ```
    #[must_use]
    pub fn store_view_by_code(&self, code: &str) -> Option<&StoreView> {
        self.store_views.iter().find(|view| view.code == code)
    }

    /// Whether the store takes requests under `/rest/<code>/`: a store view's code, or `all`.
    ///
    /// The code of the admin area is none. In a store whose views nobody described, any other may be one.
    ///
    /// Source: `Magento\Webapi\Controller\PathProcessor`.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// let stock = Profile::stock();
    /// assert!(stock.takes_store_code("all") && stock.takes_store_code("default"));
    /// assert!(!stock.takes_store_code("admin"));
    /// ```
    #[must_use]
    pub fn takes_store_code(&self, code: &str) -> bool {
        let exists = || self.store_view_by_code(code).is_some() || !self.knows(Section::Websites);
        code == "all" || code != "admin" && exists()
    }

    /// The store view that stands for a website: its default group's default.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().default_store_view(1).map(|view| view.id), Some(1));
    /// assert!(Profile::stock().default_store_view(9).is_none());
    /// ```
    #[must_use]
    pub fn default_store_view(&self, website: i64) -> Option<&StoreView> {
        let group = self.website(website)?.default_group_id;
        let group = self.store_groups.iter().find(|candidate| candidate.id == group)?;
        self.store_view(group.default_store_id)
    }

    /// The customer group with that id.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().customer_group(3).map(|group| group.code.clone()).as_deref(), Some("Retailer"));
    /// assert!(Profile::stock().customer_group(9).is_none());
    /// ```
    #[must_use]
    pub fn customer_group(&self, id: i64) -> Option<&CustomerGroup> {
        self.customer_groups.iter().find(|group| group.id == id)
    }

    /// The customer's attribute of that code.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert!(Profile::stock().customer_attribute("taxvat").is_some());
    /// assert!(Profile::stock().customer_attribute("nosuch").is_none());
    /// ```
    #[must_use]
    pub fn customer_attribute(&self, code: &str) -> Option<&Attribute> {
        self.customer_attributes.iter().find(|attribute| attribute.code == code)
    }

    /// The address's attribute of that code.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert_eq!(Profile::stock().address_attribute("street").map(|street| street.lines), Some(2));
    /// assert!(Profile::stock().address_attribute("nosuch").is_none());
    /// ```
    #[must_use]
    pub fn address_attribute(&self, code: &str) -> Option<&Attribute> {
        self.address_attributes.iter().find(|attribute| attribute.code == code)
    }

    /// The country, when the store knows and allows it; codes are capitals only.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// assert!(Profile::stock().allowed_country("DE").is_some());
    /// assert!(Profile::stock().allowed_country("de").is_none());
    /// ```
    #[must_use]
    pub fn allowed_country(&self, id: &str) -> Option<&Country> {
        let allowed = |code: &str| match &self.settings.allowed_countries {
            Some(list) => list.iter().any(|allowed| allowed == code),
            None => true,
        };
        // Most differ in their first letter, and to compare one is less than to compare texts.
        let initial = id.bytes().next();
        let mut alike = self.countries.iter().filter(|country| country.id.bytes().next() == initial);
        alike.find(|country| country.id == id).filter(|country| allowed(&country.id))
    }
}
