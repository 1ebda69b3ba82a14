//! Countries, regions and currencies; open to everybody.

use super::{Call, Request, reply, route};
use crate::models::{Country, Currency};

/// `GET /V1/directory/countries`: the countries that the store allows, with their regions.
///
/// ```
/// assert_eq!(magewright::call::directory::countries().request.path, "/V1/directory/countries");
/// ```
#[must_use]
pub fn countries() -> Call<Vec<Country>> {
    let route = route::COUNTRIES;
    Call::new(route, Request::new(route, &[]), reply::model)
}

/// `GET /V1/directory/countries/{countryId}`: a country by its two letters.
///
/// ```
/// assert_eq!(magewright::call::directory::country("DE").request.path, "/V1/directory/countries/DE");
/// ```
#[must_use]
pub fn country(code: &str) -> Call<Country> {
    let route = route::COUNTRY;
    Call::new(route, Request::new(route, &[code]), reply::model)
}

/// `GET /V1/directory/currency`: base currency, display currencies and rates.
///
/// ```
/// assert_eq!(magewright::call::directory::currency().request.path, "/V1/directory/currency");
/// ```
#[must_use]
pub fn currency() -> Call<Currency> {
    let route = route::CURRENCY;
    Call::new(route, Request::new(route, &[]), reply::model)
}
