//! Addresses by themselves: they are written only through their customer.

use magewright::call::route;
use magewright::json::Value;

use super::Reply;
use crate::ask::Ask;
use crate::refusal::no_route;
use crate::shop::Shop;

pub(super) fn answer(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    match ask.route {
        route::ADDRESS_GET => shop.address(ask.id("addressId")?),
        route::ADDRESS_DELETE => {
            shop.delete_address(ask.id("addressId")?)?;
            Ok(Value::Bool(true))
        }
        route::CUSTOMER_BILLING => shop.default_address(ask.id("customerId")?, "default_billing"),
        route::CUSTOMER_SHIPPING => shop.default_address(ask.id("customerId")?, "default_shipping"),
        route::ME_BILLING => shop.default_address(super::customers::own_id(ask)?, "default_billing"),
        route::ME_SHIPPING => shop.default_address(super::customers::own_id(ask)?, "default_shipping"),
        _ => Err(no_route()),
    }
}
