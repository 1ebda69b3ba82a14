//! Customer groups.

use super::{Call, Request, reply, route};
use crate::json::Value;
use crate::models::{Group, GroupSearchResults};
use crate::search::{SearchCriteria, Spelling, encode};

/// `GET /V1/customerGroups/{id}`: a group.
///
/// ```
/// assert_eq!(magewright::call::groups::get(1).request.path, "/V1/customerGroups/1");
/// ```
#[must_use]
pub fn get(id: u64) -> Call<Group> {
    let route = route::GROUP_GET;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::model)
}

/// `GET /V1/customerGroups/search`: a page of groups, with the count of all.
///
/// ```
/// use magewright::{call::groups, search::SearchCriteria};
/// assert_eq!(groups::search(&SearchCriteria::new()).request.query, "searchCriteria=");
/// ```
#[must_use]
pub fn search(criteria: &SearchCriteria) -> Call<GroupSearchResults> {
    let route = route::GROUP_SEARCH;
    let request = Request::new(route, &[]).with_query(encode(criteria, Spelling::Camel));
    Call::new(route, request, reply::model)
}

/// `POST /V1/customerGroups`: creates a group, and gives it as stored.
///
/// The store cuts a code longer than 32 bytes without a word.
///
/// ```
/// use magewright::{call::groups, json::Value};
/// assert_eq!(groups::create(Value::Null).request.path, "/V1/customerGroups");
/// ```
#[must_use]
pub fn create(group: Value) -> Call<Group> {
    let route = route::GROUP_CREATE;
    Call::new(route, Request::new(route, &[]).with_body([("group", group)]), reply::model)
}

/// `PUT /V1/customerGroups/{id}`: changes a group, and gives it as stored; `code` must be sent.
///
/// ```
/// use magewright::{call::groups, json::Value};
/// assert_eq!(groups::update(4, Value::Null).request.path, "/V1/customerGroups/4");
/// ```
#[must_use]
pub fn update(id: u64, group: Value) -> Call<Group> {
    let route = route::GROUP_UPDATE;
    let request = Request::new(route, &[&id.to_string()]).with_body([("group", group)]);
    Call::new(route, request, reply::model)
}

/// `DELETE /V1/customerGroups/{id}`: deletes a group; its customers go to the default group.
///
/// ```
/// assert!(magewright::call::groups::delete(4).parse(200, b"true")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn delete(id: u64) -> Call<bool> {
    let route = route::GROUP_DELETE;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::boolean)
}

/// `GET /V1/customerGroups/default[/{storeId}]`: the group of new customers, of the store view in the path or of this one.
///
/// ```
/// use magewright::call::groups;
/// assert_eq!(groups::default(None).request.path, "/V1/customerGroups/default");
/// assert_eq!(groups::default(Some(2)).request.path, "/V1/customerGroups/default/2");
/// ```
#[must_use]
pub fn default(store_id: Option<u64>) -> Call<Group> {
    let (route, value) = match store_id {
        None => (route::GROUP_DEFAULT, String::new()),
        Some(id) => (route::GROUP_DEFAULT_OF, id.to_string()),
    };
    Call::new(route, Request::new(route, &[&value]), reply::model)
}

/// `PUT /V1/customerGroups/default/{id}`: makes a group that of new customers, and gives its id.
///
/// ```
/// assert_eq!(magewright::call::groups::set_default(4).parse(200, b"4")?, 4);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn set_default(id: u64) -> Call<i64> {
    let route = route::GROUP_SET_DEFAULT;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::integer)
}

/// `GET /V1/customerGroups/{id}/permissions`: whether a group may not be changed.
///
/// ```
/// assert!(magewright::call::groups::is_readonly(0).parse(200, b"true")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn is_readonly(id: u64) -> Call<bool> {
    let route = route::GROUP_READONLY;
    Call::new(route, Request::new(route, &[&id.to_string()]), reply::boolean)
}
