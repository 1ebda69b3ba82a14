//! Searches, as the core reads and answers them.

use magewright::outcome::Refusal;
use magewright::search::{self, DecodeError, EvaluateError, Found, Search, SearchCriteria};
use magewright::store::Accounts;

use crate::http::Written;
use crate::php;
use crate::shop::Shop;

/// The criteria of a query.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn criteria(shop: &Shop, query: &str) -> Result<SearchCriteria, Refusal> {
    let limits = shop.profile.settings.input_limits.as_ref();
    search::decode_within(query, shop.release, limits).map_err(|error| match error {
        DecodeError::Refused(refusal) => *refusal,
        other => not_modelled(&other),
    })
}

/// The reply to a search for customers under a store code, in writing.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn page(
    shop: &mut Shop,
    criteria: &SearchCriteria,
    scope: Option<&str>,
) -> Result<Written, Refusal> {
    let search = Search::new(criteria, &shop.profile).map_err(unanswered)?;
    let Found { ids, total_count } = search.run(&shop.accounts).map_err(unanswered)?;
    let mut text = String::with_capacity(ROW * ids.len() + ROW);
    text.push_str(r#"{"items":["#);
    let default = shop.website_of(None);
    let website = if scope.is_none() { default } else { shop.website_of(scope) };
    let all_alike = website.is_some() && website == default;
    for (at, id) in ids.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        // Most searches show a customer as any other does, and then they are written once.
        let alike = |customer| shop.shows_alike(customer, website, default);
        if search.items_are_plain() && (all_alike || shop.accounts.get(id).is_some_and(alike)) {
            let written = shop.accounts.written(id, |customer| php::json_encode(&search.item(customer)));
            text.push_str(written.unwrap_or_default());
        } else if let Some(customer) = shop.accounts.get(id) {
            text.push_str(&php::json_encode(&shop.as_shown(&search.item(customer), scope)));
        }
    }
    text.push_str(r#"],"search_criteria":"#);
    text.push_str(&php::json_encode(&search::echo(criteria)));
    text.push_str(&format!(r#","total_count":{total_count}}}"#));
    Ok(Written::new(text))
}

/// Room for a customer.
const ROW: usize = 1024;

/// The rows of a table that match.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn found(shop: &Shop, criteria: &SearchCriteria, rows: &Accounts) -> Result<Found, Refusal> {
    Search::new(criteria, &shop.profile).and_then(|search| search.run(rows)).map_err(unanswered)
}

fn unanswered(error: EvaluateError) -> Refusal {
    match error {
        EvaluateError::Refused(refusal) => *refusal,
        other => not_modelled(&other),
    }
}

fn not_modelled(what: &impl std::fmt::Display) -> Refusal {
    Refusal::new(501, format!("the sandbox does not answer this: {what}"))
}
