//! Metadata of attributes: labels, types, options, rules.

use super::{Call, Request, Route, reply, route};
use crate::models::AttributeMetadata;

/// What an attribute belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entity {
    /// The customer.
    Customer,
    /// The customer's address.
    Address,
}

/// `GET /V1/attributeMetadata/customer`, or of the address: every attribute.
///
/// ```
/// use magewright::call::attributes::{self, Entity};
/// assert_eq!(attributes::all(Entity::Address).request.path, "/V1/attributeMetadata/customerAddress");
/// ```
#[must_use]
pub fn all(of: Entity) -> Call<Vec<AttributeMetadata>> {
    list(pick(of, route::CUSTOMER_ATTRIBUTES, route::ADDRESS_ATTRIBUTES), &[])
}

/// `GET /V1/attributeMetadata/customer/custom`, or of the address: the attributes that stand in `custom_attributes`.
///
/// ```
/// use magewright::call::attributes::{self, Entity};
/// assert_eq!(attributes::custom(Entity::Customer).request.path, "/V1/attributeMetadata/customer/custom");
/// ```
#[must_use]
pub fn custom(of: Entity) -> Call<Vec<AttributeMetadata>> {
    list(pick(of, route::CUSTOMER_CUSTOM_ATTRIBUTES, route::ADDRESS_CUSTOM_ATTRIBUTES), &[])
}

/// `GET /V1/attributeMetadata/customer/form/{formCode}`, or of the address: the attributes in a form, such as
/// `adminhtml_customer` or `customer_address_edit`.
///
/// ```
/// use magewright::call::attributes::{self, Entity};
/// let call = attributes::form(Entity::Customer, "adminhtml_customer");
/// assert_eq!(call.request.path, "/V1/attributeMetadata/customer/form/adminhtml_customer");
/// ```
#[must_use]
pub fn form(of: Entity, form_code: &str) -> Call<Vec<AttributeMetadata>> {
    list(pick(of, route::CUSTOMER_FORM, route::ADDRESS_FORM), &[form_code])
}

/// `GET /V1/attributeMetadata/customer/attribute/{attributeCode}`, or of the address: one attribute.
///
/// ```
/// use magewright::call::attributes::{self, Entity};
/// let call = attributes::get(Entity::Customer, "tier");
/// assert_eq!(call.request.path, "/V1/attributeMetadata/customer/attribute/tier");
/// ```
#[must_use]
pub fn get(of: Entity, attribute_code: &str) -> Call<AttributeMetadata> {
    let route = pick(of, route::CUSTOMER_ATTRIBUTE, route::ADDRESS_ATTRIBUTE);
    Call::new(route, Request::new(route, &[attribute_code]), reply::model)
}

fn pick(of: Entity, customer: Route, address: Route) -> Route {
    match of {
        Entity::Customer => customer,
        Entity::Address => address,
    }
}

fn list(route: Route, values: &[&str]) -> Call<Vec<AttributeMetadata>> {
    Call::new(route, Request::new(route, values), reply::model)
}
