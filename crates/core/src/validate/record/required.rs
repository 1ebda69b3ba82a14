//! What a store does not save a record without.

use crate::contract::{ADDRESS, CUSTOM_ATTRIBUTE, CUSTOMER, TypeId};

/// The fields of a type that must hold something. Magento's schema calls other
/// fields required: those its getters never give null for.
///
/// Source: `Magento\Customer\Model\Address\Validator\General`, the attribute
/// metadata of a stock store, and `Magento\Framework\Webapi\ServiceInputProcessor`.
pub(in crate::validate) const fn required(id: TypeId) -> &'static [&'static str] {
    match id {
        CUSTOMER => &["email", "firstname", "lastname"],
        ADDRESS => &["country_id", "street", "telephone", "postcode", "city", "firstname", "lastname"],
        CUSTOM_ATTRIBUTE => &["attribute_code", "value"],
        _ => &[],
    }
}
