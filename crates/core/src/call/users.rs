//! Admin users and roles.
//!
//! No release of Magento has these routes; only stores with a module that adds
//! them do. Others answer 404 `Request does not match any route.`

use super::{Call, Request, reply, route};
use crate::json::Value;
use crate::models::{AdminRoleSearchResults, AdminUser, AdminUserSearchResults};
use crate::search::{SearchCriteria, Spelling, encode};

/// `GET /V1/users`: a page of admin users, with the count of all.
///
/// ```
/// use magewright::{call::users, search::SearchCriteria};
/// assert_eq!(users::search(&SearchCriteria::new()).request.path, "/V1/users");
/// ```
#[must_use]
pub fn search(criteria: &SearchCriteria) -> Call<AdminUserSearchResults> {
    let route = route::USERS_GET;
    let request = Request::new(route, &[]).with_query(encode(criteria, Spelling::Camel));
    Call::new(route, request, reply::model)
}

/// `GET /V1/users/{id}`: an admin user.
///
/// ```
/// assert_eq!(magewright::call::users::get(1).request.path, "/V1/users/1");
/// ```
#[must_use]
pub fn get(id: u64) -> Call<AdminUser> {
    let route = route::USER_GET;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::model)
}

/// `POST /V1/users`: creates an admin user, and gives it as stored.
///
/// ```
/// use magewright::{call::users, json::Value};
/// let call = users::create(Value::Null);
/// assert!(call.request.body.unwrap().get("user").is_some());
/// ```
#[must_use]
pub fn create(user: Value) -> Call<AdminUser> {
    let route = route::USER_CREATE;
    Call::new(route, Request::new(route, &[]).with_body([("user", user)]), reply::model)
}

/// `GET /V1/roles`: a page of admin roles, with the count of all.
///
/// ```
/// use magewright::{call::users, search::SearchCriteria};
/// assert_eq!(users::roles(&SearchCriteria::new()).request.path, "/V1/roles");
/// ```
#[must_use]
pub fn roles(criteria: &SearchCriteria) -> Call<AdminRoleSearchResults> {
    let route = route::ROLES_GET;
    let request = Request::new(route, &[]).with_query(encode(criteria, Spelling::Camel));
    Call::new(route, request, reply::model)
}
