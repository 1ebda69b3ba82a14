//! Tokens: signing in and out.

use magewright::call::route;
use magewright::json::Value;
use magewright::outcome::Refusal;
use magewright::release::Band;

use super::Reply;
use crate::ask::Ask;
use crate::password;
use crate::refusal::{no_route, required, sign_in_failed};
use crate::shop::Shop;
use crate::tokens::Bearer;

pub(super) fn answer(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    match ask.route {
        route::TOKEN_CUSTOMER => sign_in(shop, ask, customer),
        route::TOKEN_ADMIN => sign_in(shop, ask, administrator),
        route::TOKEN_CUSTOMER_REVOKE => {
            shop.tokens.revoke(ask.own_id(), shop.now);
            shop.touched.other();
            Ok(Value::Bool(true))
        }
        _ => Err(no_route()),
    }
}

/// Looks up who has a user name and a password.
type LookUp = fn(&Shop, &Ask<'_>, &str, &str) -> Option<Bearer>;

/// Signs in; too many failures lock the user name, and a lock looks like any other failure.
fn sign_in(shop: &mut Shop, ask: &Ask<'_>, look_up: LookUp) -> Reply {
    let [username, password] = credentials(ask)?;
    let name = username.to_lowercase();
    if shop.throttle.locks(&name, shop.now) {
        return Err(sign_in_failed());
    }
    match look_up(shop, ask, &username, &password) {
        Some(Bearer::Customer(id)) if is_unconfirmed(shop, id) => Err(unconfirmed(shop)),
        Some(bearer) => {
            shop.throttle.passed(&name);
            Ok(shop.tokens.issue(bearer, shop.now).into())
        }
        None => {
            shop.throttle.failed(&name, shop.now);
            Err(sign_in_failed())
        }
    }
}

/// User name and password; empty ones count as missing.
fn credentials(ask: &Ask<'_>) -> Result<[String; 2], Refusal> {
    let names = ["username", "password"];
    let texts = ask.texts(names)?;
    let empty: Vec<&str> =
        names.into_iter().zip(&texts).filter(|(_, text)| text.is_empty()).map(|(name, _)| name).collect();
    if empty.is_empty() { Ok(texts) } else { Err(required(&empty)) }
}

/// Whether the account waits for the confirmation of its e-mail address.
fn is_unconfirmed(shop: &Shop, id: i64) -> bool {
    let key = shop.accounts.get(id).and_then(|customer| customer.get("confirmation"));
    shop.profile.settings.confirm_accounts && key.is_some()
}

/// From 2.4.8 on an unconfirmed account has a text of its own.
fn unconfirmed(shop: &Shop) -> Refusal {
    const OWN_TEXT: Band = Band::since(&[(8, 0)]);
    if OWN_TEXT.holds(shop.release) {
        return Refusal::new(401, "This account isn't confirmed. Verify and try again.");
    }
    sign_in_failed()
}

/// The customer of the website asked.
fn customer(shop: &Shop, ask: &Ask<'_>, email: &str, given: &str) -> Option<Bearer> {
    let website = if shop.profile.settings.accounts_shared { None } else { shop.sign_in_website(ask.scope) };
    let id = shop.accounts.by_email(email, website)?;
    let hash = shop.secrets.get(&id)?.password.as_ref()?;
    password::fits(given, hash).then_some(Bearer::Customer(id))
}

fn administrator(shop: &Shop, _: &Ask<'_>, username: &str, given: &str) -> Option<Bearer> {
    let known = shop.options.administrators.iter().zip(1i64..);
    let fits = |(admin, _): &(&crate::options::Administrator, i64)| {
        admin.username.eq_ignore_ascii_case(username) && admin.password == given
    };
    known.into_iter().find(fits).map(|(_, id)| Bearer::Admin(id))
}
