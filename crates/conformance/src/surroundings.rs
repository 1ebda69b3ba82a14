//! The store a folder's cases were recorded on: what it says of itself and whom it knows.

use std::path::Path;

use magewright::json::Value;
use magewright::profile::{Profile, ProfileError, Replies};
use magewright::store::{Accounts, NotACustomer};

use crate::folder::{Folder, FolderError};

/// The cases were recorded around this time (seconds since 1970 UTC).
pub const RECORDED: i64 = 1_795_300_000;

/// Builds the profile of the store from its replies in `store/`.
///
/// # Errors
/// A file that cannot be read, or a reply that is not what its endpoint answers.
pub fn profile(folder: &Folder) -> Result<Profile, FolderError> {
    let reply = |name: &str| folder.document(Path::new("store").join(name));
    let websites = reply("websites.json")?;
    let store_groups = reply("storeGroups.json")?;
    let store_views = reply("storeViews.json")?;
    let customer_groups = reply("customerGroups.json")?;
    let customer_attributes = reply("attributeMetadata-customer.json")?;
    let address_attributes = reply("attributeMetadata-customerAddress.json")?;
    let countries = reply("countries.json")?;
    let modules = reply("modules.json")?;
    let settings = reply("config.json")?;
    let replies = Replies {
        websites: websites.as_ref(),
        store_groups: store_groups.as_ref(),
        store_views: store_views.as_ref(),
        customer_groups: customer_groups.as_ref(),
        customer_attributes: customer_attributes.as_ref(),
        address_attributes: address_attributes.as_ref(),
        countries: countries.as_ref(),
        modules: modules.as_ref(),
        settings: settings.as_ref().and_then(|file| file.get("values")),
        schema: None,
    };
    Profile::from_replies(&replies).map_err(|e: ProfileError| FolderError::in_file("store", &e))
}

/// The customers of a state file, such as `state/create-customers.ndjson`.
///
/// # Errors
/// A file that cannot be read, or a line that is no customer. A missing file is a store without customers.
pub fn accounts(folder: &Folder, file: &str) -> Result<Accounts, FolderError> {
    let customers: Vec<Value> = folder.lines(Path::new(file))?.unwrap_or_default();
    Accounts::from_customers(customers).map_err(|e: NotACustomer| FolderError::in_file(file, &e))
}

#[cfg(test)]
mod tests {
    use magewright::profile::Section;
    use magewright::release::Release;

    use super::*;

    #[test]
    fn the_kept_store_is_described_whole() {
        let folder = Folder::new("nowhere", Release::DEFAULT);
        let profile = profile(&folder).unwrap();
        assert!(profile.knows(Section::Countries) && profile.knows(Section::Settings));
        assert_eq!(profile.store_view_by_code("de").map(|view| view.website_id), Some(2));
        assert_eq!(profile.allowed_country("US").and_then(|us| us.region(33)).unwrap().name, "Michigan");
        assert_eq!(Profile::from_document(&profile.to_document()).unwrap(), profile);
        assert_eq!(accounts(&folder, "state/create-customers.ndjson").unwrap().len(), 3);
    }
}
