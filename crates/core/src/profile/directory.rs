//! Websites, store views, customer groups and countries of a store.

use super::read::Cursor;
use crate::json::{Object, Value};

/// A website: the scope of accounts, unless they are shared globally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Website {
    /// 0 is the admin's.
    pub id: i64,
    /// The code, such as `base`.
    pub code: String,
    /// The name shown to people.
    pub name: String,
    /// The store group whose default store view stands for the website.
    pub default_group_id: i64,
}

/// A store group ("store" in the admin): the store views of one catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreGroup {
    /// The id.
    pub id: i64,
    /// The website it belongs to.
    pub website_id: i64,
    /// The store view that stands for the group.
    pub default_store_id: i64,
}

/// A store view; its code may stand in the path of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreView {
    /// 0 is the admin's.
    pub id: i64,
    /// The code, such as `default`.
    pub code: String,
    /// The name, which an account created here keeps as `created_in`.
    pub name: String,
    /// The website it belongs to.
    pub website_id: i64,
}

/// A customer group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerGroup {
    /// 0 is "NOT LOGGED IN".
    pub id: i64,
    /// The name.
    pub code: String,
}

/// A country the store knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// The two-letter code, in capitals.
    pub id: String,
    /// The regions to choose from; `None` when it is not known whether there are any.
    pub regions: Option<Vec<Region>>,
}

/// A region, state or province to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// What an address names as `region_id`.
    pub id: i64,
    /// The code, such as `MI`.
    pub code: String,
    /// The name, such as `Michigan`.
    pub name: String,
}

impl Website {
    pub(super) fn read(at: Cursor<'_>) -> Self {
        let (id, code, name) = at.named();
        Website { id, code, name, default_group_id: at.integer("default_group_id") }
    }

    pub(super) fn write(&self) -> Value {
        let mut out = named(self.id, &self.code, &self.name);
        out.insert("default_group_id", self.default_group_id);
        out.into()
    }
}

impl StoreGroup {
    pub(super) fn read(at: Cursor<'_>) -> Self {
        StoreGroup {
            id: at.integer("id"),
            website_id: at.integer("website_id"),
            default_store_id: at.integer("default_store_id"),
        }
    }

    pub(super) fn write(&self) -> Value {
        let mut out = Object::new();
        out.insert("id", self.id);
        out.insert("website_id", self.website_id);
        out.insert("default_store_id", self.default_store_id);
        out.into()
    }
}

impl StoreView {
    pub(super) fn read(at: Cursor<'_>) -> Self {
        let (id, code, name) = at.named();
        StoreView { id, code, name, website_id: at.integer("website_id") }
    }

    pub(super) fn write(&self) -> Value {
        let mut out = named(self.id, &self.code, &self.name);
        out.insert("website_id", self.website_id);
        out.into()
    }
}

impl CustomerGroup {
    pub(super) fn read(at: Cursor<'_>) -> Self {
        CustomerGroup { id: at.integer("id"), code: at.text("code") }
    }

    pub(super) fn write(&self) -> Value {
        let mut out = Object::new();
        out.insert("id", self.id);
        out.insert("code", self.code.as_str());
        out.into()
    }
}

impl Country {
    pub(super) fn read(at: Cursor<'_>) -> Self {
        let regions = at.items("available_regions", Region::read);
        let unknown = at.flag("regions_unknown");
        Country { id: at.text("id"), regions: (!unknown).then_some(regions) }
    }

    pub(super) fn write(&self) -> Value {
        let mut out = Object::new();
        out.insert("id", self.id.as_str());
        match &self.regions {
            None => out.insert("regions_unknown", true),
            Some(regions) if regions.is_empty() => {}
            Some(regions) => {
                out.insert("available_regions", regions.iter().map(Region::write).collect::<Vec<_>>());
            }
        }
        out.into()
    }

    /// The region with that id.
    ///
    /// ```
    /// use magewright::profile::{Country, Region};
    /// let michigan = Region { id: 33, code: "MI".to_owned(), name: "Michigan".to_owned() };
    /// let country = Country { id: "US".to_owned(), regions: Some(vec![michigan]) };
    /// assert_eq!(country.region(33).map(|region| region.code.as_str()), Some("MI"));
    /// assert!(country.region(34).is_none());
    /// ```
    #[must_use]
    pub fn region(&self, id: i64) -> Option<&Region> {
        self.regions.as_ref()?.iter().find(|region| region.id == id)
    }
}

impl Region {
    fn read(at: Cursor<'_>) -> Self {
        let (id, code, name) = at.named();
        Region { id, code, name }
    }

    fn write(&self) -> Value {
        named(self.id, &self.code, &self.name).into()
    }
}

/// The members that most of these have.
fn named(id: i64, code: &str, name: &str) -> Object {
    let mut out = Object::new();
    out.insert("id", id);
    out.insert("code", code);
    out.insert("name", name);
    out
}
