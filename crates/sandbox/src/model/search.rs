//! Searches, as the core reads and answers them.

use magewright::json::Value;
use magewright::outcome::Refusal;
use magewright::search::{self, DecodeError, EvaluateError, Found, Search, SearchCriteria};
use magewright::store::Accounts;

use crate::shop::Shop;

/// The criteria of a query.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn criteria(shop: &Shop, query: &str) -> Result<SearchCriteria, Refusal> {
    let limits = shop.profile.settings.input_limits.as_ref();
    search::decode_within(query, shop.release, limits).map_err(|error| match error {
        DecodeError::Refused(refusal) => refusal,
        other => not_modelled(&other),
    })
}

/// The reply to a search for customers.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn search(shop: &Shop, criteria: &SearchCriteria) -> Result<Value, Refusal> {
    search::answer(criteria, &shop.accounts, &shop.profile).map_err(unanswered)
}

/// The rows of a table that match.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn found(shop: &Shop, criteria: &SearchCriteria, rows: &Accounts) -> Result<Found, Refusal> {
    Search::new(criteria, &shop.profile).and_then(|search| search.run(rows)).map_err(unanswered)
}

fn unanswered(error: EvaluateError) -> Refusal {
    match error {
        EvaluateError::Refused(refusal) => refusal,
        other => not_modelled(&other),
    }
}

fn not_modelled(what: &impl std::fmt::Display) -> Refusal {
    Refusal::new(501, format!("the sandbox does not answer this: {what}"))
}
