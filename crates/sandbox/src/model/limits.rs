//! The limit on lists of objects in a body, where a store has switched it on.

use magewright::json::Value;
use magewright::outcome::Refusal;
use magewright::release::Band;

use crate::ask::Ask;
use crate::shop::Shop;

/// The fallback where the limit is on and not set, by release.
const WIDE: Band = Band::since(&[(6, 0)]);
const WIDE_LIMIT: i64 = 999_999;
const NARROW_LIMIT: i64 = 20;

/// Queued requests have a limit of their own, which no setting of the admin changes.
///
/// Source: module-webapi-async, `InputArraySizeLimitValue`.
const QUEUED_LIMIT: i64 = 5000;

/// The class of an address, as the refusal names it.
const ADDRESS: &str = "\\Magento\\Customer\\Api\\Data\\AddressInterface";

/// Refuses too many addresses; custom attributes are not counted.
///
/// # Errors
/// The store's refusal.
pub(super) fn check(shop: &Shop, ask: &Ask<'_>) -> Result<(), Refusal> {
    let Some(limits) = &shop.profile.settings.input_limits else { return Ok(()) };
    let fallback = if WIDE.holds(shop.release) { WIDE_LIMIT } else { NARROW_LIMIT };
    let most = if ask.queued { QUEUED_LIMIT } else { limits.list_items.unwrap_or(fallback) };
    let addresses = ask.body.pointer("/customer/addresses");
    let count = match addresses {
        Some(Value::Array(items)) => items.len(),
        Some(Value::Object(items)) => items.len(),
        _ => 0,
    };
    if i64::try_from(count).is_ok_and(|count| count <= most) {
        return Ok(());
    }
    let refusal = Refusal::new(400, "Maximum items of type \"%type\" is %max");
    Err(refusal.named([("type", Value::from(ADDRESS)), ("max", most.into())]))
}
