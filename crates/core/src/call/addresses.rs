//! Addresses: they are read and deleted here, and written only with their customer.

use super::{Call, Request, reply, route};
use crate::models::Address;

/// `GET /V1/customers/addresses/{addressId}`: an address.
///
/// ```
/// assert_eq!(magewright::call::addresses::get(7).request.path, "/V1/customers/addresses/7");
/// ```
#[must_use]
pub fn get(id: u64) -> Call<Address> {
    let route = route::ADDRESS_GET;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::model)
}

/// `DELETE /V1/addresses/{addressId}`: deletes an address.
///
/// ```
/// assert_eq!(magewright::call::addresses::delete(7).request.path, "/V1/addresses/7");
/// ```
#[must_use]
pub fn delete(id: u64) -> Call<bool> {
    let route = route::ADDRESS_DELETE;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::boolean)
}

/// `GET /V1/customers/{customerId}/billingAddress`: the default billing address; `None` when there is none.
///
/// ```
/// use magewright::call::addresses;
/// assert_eq!(addresses::default_billing(5).parse(200, b"[]")?, None);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn default_billing(customer_id: u64) -> Call<Option<Address>> {
    let route = route::CUSTOMER_BILLING;
    Call::new(route, Request::new(route, &[&customer_id.to_string()]), reply::optional)
}

/// `GET /V1/customers/{customerId}/shippingAddress`: the default shipping address; `None` when there is none.
///
/// ```
/// use magewright::call::addresses;
/// assert!(addresses::default_shipping(5).parse(200, br#"{"id":7}"#)?.is_some());
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn default_shipping(customer_id: u64) -> Call<Option<Address>> {
    let route = route::CUSTOMER_SHIPPING;
    Call::new(route, Request::new(route, &[&customer_id.to_string()]), reply::optional)
}

/// `GET /V1/customers/me/billingAddress`: the caller's default billing address; `None` when there is none.
///
/// ```
/// assert_eq!(magewright::call::addresses::my_default_billing().parse(200, b"[]")?, None);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn my_default_billing() -> Call<Option<Address>> {
    let route = route::ME_BILLING;
    Call::new(route, Request::new(route, &[]), reply::optional)
}

/// `GET /V1/customers/me/shippingAddress`: the caller's default shipping address; `None` when there is none.
///
/// ```
/// assert_eq!(magewright::call::addresses::my_default_shipping().parse(200, b"[]")?, None);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn my_default_shipping() -> Call<Option<Address>> {
    let route = route::ME_SHIPPING;
    Call::new(route, Request::new(route, &[]), reply::optional)
}
