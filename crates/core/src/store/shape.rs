//! The data objects a customer request is made of, as the store's interfaces declare them.

use crate::contract::{self, TypeId};

/// A data object: its fields in the order of the interface.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The interface, as refusals name it.
    pub(crate) class: &'static str,
    pub(crate) fields: &'static [Field],
    /// The type of the contract, for an object that modules add members to.
    pub(crate) open: Option<TypeId>,
}

/// A field of a data object.
#[derive(Debug)]
pub(crate) struct Field {
    /// The name in JSON.
    pub(crate) name: &'static str,
    /// The name in methods.
    pub(crate) camel: &'static str,
    pub(crate) kind: Kind,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Integer,
    /// An integer whose declaration says "integer", which the store does not check.
    LooseInteger,
    /// A boolean with the name its declaration uses.
    Boolean(&'static str),
    /// A list of texts whose setter takes no null.
    Texts,
    Object(&'static Shape),
    Objects(&'static Shape),
    Custom(Entity),
}

impl Kind {
    /// Whether the field holds one value rather than members.
    pub(crate) fn is_scalar(self) -> bool {
        !matches!(self, Kind::Object(_) | Kind::Objects(_) | Kind::Custom(_))
    }
}

/// Whose attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entity {
    Customer,
    Address,
}

impl Shape {
    /// The field that a sent key means: `group_id`, `groupId` and `GroupId` are one.
    pub(crate) fn field(&self, sent: &str) -> Option<&'static Field> {
        let exact = self.fields.iter().find(|field| field.name == sent);
        exact.or_else(|| self.fields.iter().find(|field| super::php::is_upper_camel_of(field.camel, sent)))
    }

    /// Whether the interface declares a getter for the code, so that it is no custom attribute.
    pub(crate) fn declares(&self, code: &str) -> bool {
        self.field(code).is_some()
    }
}

const fn field(name: &'static str, camel: &'static str, kind: Kind) -> Field {
    Field { name, camel, kind }
}

pub(crate) static CUSTOMER: Shape = Shape {
    class: "\\Magento\\Customer\\Api\\Data\\CustomerInterface",
    fields: &[
        field("id", "Id", Kind::Integer),
        field("group_id", "GroupId", Kind::Integer),
        field("default_billing", "DefaultBilling", Kind::Text),
        field("default_shipping", "DefaultShipping", Kind::Text),
        field("confirmation", "Confirmation", Kind::Text),
        field("created_at", "CreatedAt", Kind::Text),
        field("updated_at", "UpdatedAt", Kind::Text),
        field("created_in", "CreatedIn", Kind::Text),
        field("dob", "Dob", Kind::Text),
        field("email", "Email", Kind::Text),
        field("firstname", "Firstname", Kind::Text),
        field("lastname", "Lastname", Kind::Text),
        field("middlename", "Middlename", Kind::Text),
        field("prefix", "Prefix", Kind::Text),
        field("suffix", "Suffix", Kind::Text),
        field("gender", "Gender", Kind::Integer),
        field("store_id", "StoreId", Kind::Integer),
        field("taxvat", "Taxvat", Kind::Text),
        field("website_id", "WebsiteId", Kind::Integer),
        field("addresses", "Addresses", Kind::Objects(&ADDRESS)),
        field("disable_auto_group_change", "DisableAutoGroupChange", Kind::Integer),
        field("extension_attributes", "ExtensionAttributes", Kind::Object(&CUSTOMER_EXTENSION)),
        field("custom_attributes", "CustomAttributes", Kind::Custom(Entity::Customer)),
    ],
    open: None,
};

pub(crate) static ADDRESS: Shape = Shape {
    class: "\\Magento\\Customer\\Api\\Data\\AddressInterface",
    fields: &[
        field("id", "Id", Kind::Integer),
        field("customer_id", "CustomerId", Kind::Integer),
        field("region", "Region", Kind::Object(&REGION)),
        field("region_id", "RegionId", Kind::Integer),
        field("country_id", "CountryId", Kind::Text),
        field("street", "Street", Kind::Texts),
        field("company", "Company", Kind::Text),
        field("telephone", "Telephone", Kind::Text),
        field("fax", "Fax", Kind::Text),
        field("postcode", "Postcode", Kind::Text),
        field("city", "City", Kind::Text),
        field("firstname", "Firstname", Kind::Text),
        field("lastname", "Lastname", Kind::Text),
        field("middlename", "Middlename", Kind::Text),
        field("prefix", "Prefix", Kind::Text),
        field("suffix", "Suffix", Kind::Text),
        field("vat_id", "VatId", Kind::Text),
        field("default_shipping", "DefaultShipping", Kind::Boolean("bool")),
        field("default_billing", "DefaultBilling", Kind::Boolean("bool")),
        field("extension_attributes", "ExtensionAttributes", Kind::Object(&ADDRESS_EXTENSION)),
        field("custom_attributes", "CustomAttributes", Kind::Custom(Entity::Address)),
    ],
    open: None,
};

static REGION: Shape = Shape {
    class: "\\Magento\\Customer\\Api\\Data\\RegionInterface",
    fields: &[
        field("region_code", "RegionCode", Kind::Text),
        field("region", "Region", Kind::Text),
        field("region_id", "RegionId", Kind::Integer),
        field("extension_attributes", "ExtensionAttributes", Kind::Object(&REGION_EXTENSION)),
    ],
    open: None,
};

pub(crate) static CUSTOMER_EXTENSION: Shape = Shape {
    class: "\\Magento\\Customer\\Api\\Data\\CustomerExtensionInterface",
    fields: &[
        field("assistance_allowed", "AssistanceAllowed", Kind::LooseInteger),
        field("is_subscribed", "IsSubscribed", Kind::Boolean("boolean")),
    ],
    open: Some(contract::CUSTOMER_EXTENSION),
};

static ADDRESS_EXTENSION: Shape = Shape {
    class: "\\Magento\\Customer\\Api\\Data\\AddressExtensionInterface",
    fields: &[],
    open: Some(contract::ADDRESS_EXTENSION),
};

static REGION_EXTENSION: Shape = Shape {
    class: "\\Magento\\Customer\\Api\\Data\\RegionExtensionInterface",
    fields: &[],
    open: Some(contract::REGION_EXTENSION),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn camel_names_are_those_of_the_names() {
        for shape in [&CUSTOMER, &ADDRESS, &REGION, &CUSTOMER_EXTENSION] {
            for field in shape.fields {
                assert_eq!(super::super::php::upper_camel(field.name), field.camel);
            }
        }
    }

    #[test]
    fn a_field_is_found_in_both_spellings_only() {
        assert_eq!(ADDRESS.field("countryId").unwrap().name, "country_id");
        assert!(ADDRESS.field("countryid").is_none());
        assert!(ADDRESS.field("is_default_billing").is_none());
    }
}
