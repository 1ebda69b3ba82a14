//! What a store says of itself: websites, views, groups, settings, modules.

use super::{Call, Request, Route, reply, route};
use crate::models::{Model, StoreConfig, StoreGroup, StoreView, Website};

/// `GET /V1/store/websites`: the websites, the admin's (id 0) among them.
///
/// ```
/// assert_eq!(magewright::call::stores::websites().request.path, "/V1/store/websites");
/// ```
#[must_use]
pub fn websites() -> Call<Vec<Website>> {
    list(route::WEBSITES)
}

/// `GET /V1/store/storeViews`: the store views with their codes, the admin's (id 0) among them.
///
/// ```
/// let views = magewright::call::stores::views().parse(200, br#"[{"id":1,"code":"default"}]"#)?;
/// assert_eq!(views.len(), 1);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn views() -> Call<Vec<StoreView>> {
    list(route::STORE_VIEWS)
}

/// `GET /V1/store/storeGroups`: the store groups, each a root category of a website.
///
/// ```
/// assert_eq!(magewright::call::stores::groups().request.path, "/V1/store/storeGroups");
/// ```
#[must_use]
pub fn groups() -> Call<Vec<StoreGroup>> {
    list(route::STORE_GROUPS)
}

/// `GET /V1/store/storeConfigs`: locale, currency, time zone and URLs of the store views.
///
/// ```
/// assert_eq!(magewright::call::stores::configs().request.path, "/V1/store/storeConfigs");
/// ```
#[must_use]
pub fn configs() -> Call<Vec<StoreConfig>> {
    list(route::STORE_CONFIGS)
}

/// `GET /V1/modules`: the names of the enabled modules.
///
/// ```
/// let modules = magewright::call::stores::modules().parse(200, br#"["Magento_Customer"]"#)?;
/// assert_eq!(modules, ["Magento_Customer"]);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn modules() -> Call<Vec<String>> {
    let route = route::MODULES;
    Call::new(route, Request::new(route, &[]), reply::texts)
}

fn list<M: Model>(route: Route) -> Call<Vec<M>> {
    Call::new(route, Request::new(route, &[]), reply::model)
}
