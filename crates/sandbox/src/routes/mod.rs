//! The answers, one module per family of routes.

mod account;
mod addresses;
pub(crate) mod customers;
mod describe;
pub(crate) mod groups;
mod jobs;
mod login;
mod table_search;
mod users;
mod validate;

use magewright::call::route;
use magewright::fields;
use magewright::json::Value;
use magewright::outcome::Refusal;

use crate::ask::Ask;
use crate::http::Body;
use crate::refusal::not_answered;
use crate::shop::Shop;
use crate::target::query_parameters;

/// What a route answers on success: the JSON of a 200.
pub(crate) type Reply = Result<Value, Refusal>;

/// The reply to a request that found its route and may use it, cut to the `fields` asked for.
pub(crate) fn reply(shop: &mut Shop, ask: &Ask<'_>) -> Result<Body, Refusal> {
    let fields = query_parameters(ask.query).into_iter().rfind(|(name, _)| name == "fields");
    match (ask.route, fields) {
        (route::CUSTOMER_SEARCH, None) => customers::page(shop, ask).map(Body::Written),
        (_, None) => answer(shop, ask).map(Body::Json),
        (route::CUSTOMER_SEARCH, Some((_, names))) => {
            fields::apply(customers::page(shop, ask)?.value(), &names).map(Body::Json)
        }
        (_, Some((_, names))) => fields::apply(&answer(shop, ask)?, &names).map(Body::Json),
    }
}

/// Answers a request other than a search for customers, which is answered in writing.
pub(crate) fn answer(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    match ask.route {
        route::CUSTOMER_CREATE => customers::create(shop, ask),
        route::CUSTOMER_GET => shop.customer(ask.id("customerId")?, ask.scope),
        route::CUSTOMER_UPDATE => customers::update(shop, ask),
        route::CUSTOMER_DELETE => customers::delete(shop, ask),
        route::CUSTOMER_READONLY => customers::is_readonly(shop, ask),
        route::CUSTOMER_VALIDATE => validate::validate(shop, ask),
        route::ME_GET => customers::me(shop, ask),
        route::ME_UPDATE => customers::update_me(shop, ask),
        route::EMAIL_AVAILABLE
        | route::CUSTOMER_CONFIRMATION
        | route::CONFIRMATION_RESEND
        | route::CUSTOMER_ACTIVATE
        | route::ME_ACTIVATE
        | route::ME_PASSWORD
        | route::PASSWORD_FORGOTTEN
        | route::PASSWORD_RESET
        | route::PASSWORD_TOKEN_CHECK => account::answer(shop, ask),
        route::ADDRESS_GET
        | route::ADDRESS_DELETE
        | route::CUSTOMER_BILLING
        | route::CUSTOMER_SHIPPING
        | route::ME_BILLING
        | route::ME_SHIPPING => addresses::answer(shop, ask),
        route::TOKEN_ADMIN | route::TOKEN_CUSTOMER | route::TOKEN_CUSTOMER_REVOKE => login::answer(shop, ask),
        route::BULK_OPERATIONS
        | route::BULK_STATUS
        | route::BULK_DETAILED_STATUS
        | route::BULK_OPERATION_COUNT => jobs::answer(shop, ask),
        _ => {
            let found = groups::answer(shop, ask).or_else(|| users::answer(shop, ask));
            found.or_else(|| describe::answer(shop, ask)).unwrap_or_else(|| Err(not_answered()))
        }
    }
}
