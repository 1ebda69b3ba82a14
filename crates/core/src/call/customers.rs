//! Customers: read, search, create, change, delete, validate.
//!
//! The functions that the desk calls are always inlined: it wants their requests only, and
//! so the module for browsers does without the readers of their replies and all models.

use super::{Call, Request, reply, route};
use crate::json::Value;
use crate::models::{Customer, CustomerSearchResults, ValidationResults};
use crate::search::{SearchCriteria, Spelling, encode};
use crate::secret::Secret;

/// `GET /V1/customers/{customerId}`: a customer.
///
/// ```
/// use magewright::call::{Scope, customers};
/// assert_eq!(customers::get(5).request.target(&Scope::all()), "/rest/all/V1/customers/5");
/// ```
#[inline(always)]
#[must_use]
pub fn get(id: u64) -> Call<Customer> {
    let route = route::CUSTOMER_GET;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::model)
}

/// `POST /V1/customers`: creates a customer, and gives it as stored.
///
/// Without a password the store mails the customer a link to set one. A guest may
/// call it, but not name a group.
///
/// ```
/// use magewright::call::customers;
/// let customer = magewright::json::parse(br#"{"email":"ada@example.test","firstname":"Ada","lastname":"L"}"#)?;
/// let call = customers::create(customer, None);
/// assert!(call.request.body.unwrap().get("password").is_none());
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[inline(always)]
#[must_use]
pub fn create(customer: Value, password: Option<&Secret>) -> Call<Customer> {
    let route = route::CUSTOMER_CREATE;
    let password = password.map(|password| ("password", Value::from(password.reveal())));
    let body = [("customer", customer)].into_iter().chain(password);
    Call::new(route, Request::new(route, &[]).with_body(body), reply::model)
}

/// `PUT /V1/customers/{customerId}`: changes a customer, and gives it as stored.
///
/// What the store keeps of what is not sent depends on caller and release: have
/// the body planned.
///
/// ```
/// use magewright::call::customers;
/// use magewright::json::Value;
/// let call = customers::update(5, Value::Null);
/// assert_eq!(call.request.path, "/V1/customers/5");
/// ```
#[inline(always)]
#[must_use]
pub fn update(id: u64, customer: Value) -> Call<Customer> {
    let route = route::CUSTOMER_UPDATE;
    let request = Request::new(route, &[&id.to_string()]).with_body([("customer", customer)]);
    Call::new(route, request, reply::model)
}

/// `DELETE /V1/customers/{customerId}`: deletes a customer.
///
/// ```
/// use magewright::call::customers;
/// assert!(customers::delete(5).parse(200, b"true")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[inline(always)]
#[must_use]
pub fn delete(id: u64) -> Call<bool> {
    let route = route::CUSTOMER_DELETE;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::boolean)
}

/// `GET /V1/customers/search`: a page of customers, with the count of all.
///
/// ```
/// use magewright::call::customers;
/// use magewright::search::{SearchCriteria, field};
/// let criteria = SearchCriteria::matching(field("email").eq("ada@example.test"))?;
/// assert!(customers::search(&criteria).request.query.contains("ada%40example.test"));
/// # Ok::<(), magewright::search::NormalFormError>(())
/// ```
#[inline(always)]
#[must_use]
pub fn search(criteria: &SearchCriteria) -> Call<CustomerSearchResults> {
    let route = route::CUSTOMER_SEARCH;
    let request = Request::new(route, &[]).with_query(encode(criteria, Spelling::Camel));
    Call::new(route, request, reply::model)
}

/// `GET /V1/customers/me`: the customer whose token the request carries.
///
/// ```
/// use magewright::call::{Access, customers};
/// assert_eq!(customers::me().access(), Access::Customer);
/// ```
#[must_use]
pub fn me() -> Call<Customer> {
    let route = route::ME_GET;
    Call::new(route, Request::new(route, &[]), reply::model)
}

/// `PUT /V1/customers/me`: changes the customer whose token the request carries.
///
/// The store merges nothing here: e-mail, first and last name must be sent.
///
/// ```
/// use magewright::call::customers;
/// use magewright::json::Value;
/// assert_eq!(customers::update_me(Value::Null).request.path, "/V1/customers/me");
/// ```
#[inline(always)]
#[must_use]
pub fn update_me(customer: Value) -> Call<Customer> {
    let route = route::ME_UPDATE;
    Call::new(route, Request::new(route, &[]).with_body([("customer", customer)]), reply::model)
}

/// `PUT /V1/customers/validate`: what the store's attributes say of a customer, as `valid` and `messages`.
///
/// It says less than it seems to: names, passwords, addresses and duplicates are not looked at.
///
/// ```
/// use magewright::call::customers;
/// use magewright::json::Value;
/// let reply = customers::validate(Value::Null).parse(200, br#"{"valid":true,"messages":[]}"#)?;
/// assert_eq!(reply.valid.value(), Some(&true));
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn validate(customer: Value) -> Call<ValidationResults> {
    let route = route::CUSTOMER_VALIDATE;
    Call::new(route, Request::new(route, &[]).with_body([("customer", customer)]), reply::model)
}

/// `POST /V1/customers/isEmailAvailable`: whether no account of a website has the e-mail.
///
/// Unless the shop lets guests see it, the store answers `true` for everything.
///
/// ```
/// use magewright::call::customers;
/// assert!(customers::is_email_available("ada@example.test", Some(1)).parse(200, b"true")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn is_email_available(email: &str, website_id: Option<u64>) -> Call<bool> {
    let route = route::EMAIL_AVAILABLE;
    let website = website_id.map(|id| ("websiteId", Value::from(id)));
    let body = [("customerEmail", Value::from(email))].into_iter().chain(website);
    Call::new(route, Request::new(route, &[]).with_body(body), reply::boolean)
}

/// `GET /V1/customers/{customerId}/permissions/readonly`: whether a customer may not be changed.
///
/// ```
/// assert!(!magewright::call::customers::is_readonly(5).parse(200, b"false")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn is_readonly(id: u64) -> Call<bool> {
    let route = route::CUSTOMER_READONLY;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::boolean)
}
