//! The life of an account: passwords, confirmation, activation.

use magewright::call::route;
use magewright::json::Value;
use magewright::outcome::Refusal;
use magewright::release::Band;

use super::Reply;
use crate::ask::Ask;
use crate::model;
use crate::password;
use crate::refusal::{no_route, no_such, no_such_pair, required};
use crate::shop::Shop;

pub(super) fn answer(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    match ask.route {
        route::EMAIL_AVAILABLE => is_email_available(shop, ask),
        route::CUSTOMER_CONFIRMATION => confirmation(shop, ask),
        route::CONFIRMATION_RESEND => resend(shop, ask),
        route::CUSTOMER_ACTIVATE => activate_by_email(shop, ask),
        route::ME_ACTIVATE => {
            let [key] = ask.texts(["confirmationKey"])?;
            activate(shop, ask, super::customers::own_id(ask)?, &key)
        }
        route::ME_PASSWORD => change_password(shop, ask),
        route::PASSWORD_FORGOTTEN => forgotten(shop, ask),
        route::PASSWORD_RESET => reset(shop, ask),
        route::PASSWORD_TOKEN_CHECK => {
            let token = ask.segment("resetPasswordLinkToken");
            check_reset_token(shop, ask.id("customerId")?, &token)?;
            Ok(Value::Bool(true))
        }
        _ => Err(no_route()),
    }
}

/// A stock store says yes to every address, so that nobody can find out who has an account; older ones told.
fn is_email_available(shop: &Shop, ask: &Ask<'_>) -> Reply {
    const YES_TO_ALL: Band = Band::since(&[(4, 4), (5, 3), (6, 1), (7, 0)]);
    let [email] = ask.texts(["customerEmail"])?;
    let website = ask.integer("websiteId")?.or_else(|| shop.sign_in_website(ask.scope));
    Ok(Value::Bool(YES_TO_ALL.holds(shop.release) || by_email(shop, &email, website).is_none()))
}

fn confirmation(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let id = ask.id("customerId")?;
    let customer = shop.accounts.get(id).ok_or_else(|| no_such("customerId", id))?;
    let waits = customer.get("confirmation").is_some();
    Ok(match (waits, shop.profile.settings.confirm_accounts) {
        (true, true) => "account_confirmation_required",
        (false, true) => "account_confirmed",
        (_, false) => "account_confirmation_not_required",
    }
    .into())
}

fn resend(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let [email, website] = ask.texts(["email", "websiteId"])?;
    let website = crate::php::integer(&website)?;
    let id = by_email(shop, &email, Some(website)).ok_or_else(|| unknown_email(&email, website.into()))?;
    match shop.accounts.get(id).and_then(|customer| customer.get("confirmation")) {
        Some(_) => Ok(Value::Bool(true)),
        None => Err(Refusal::new(400, "Confirmation isn't needed.")),
    }
}

fn activate_by_email(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let [key] = ask.texts(["confirmationKey"])?;
    let id = by_email_here(shop, ask, &ask.segment("email"))?;
    activate(shop, ask, id, &key)
}

fn activate(shop: &mut Shop, ask: &Ask<'_>, id: i64, key: &str) -> Reply {
    let mut customer = shop.accounts.get(id).cloned().ok_or_else(|| no_such("customerId", id))?;
    let expected = customer.get("confirmation").and_then(Value::as_str);
    match expected {
        None => return Err(Refusal::new(400, "The account is already active.")),
        Some(expected) if expected != key => {
            return Err(Refusal::new(
                400,
                "The confirmation token is invalid. Verify the token and try again.",
            ));
        }
        Some(_) => {}
    }
    if let Some(object) = customer.as_object_mut() {
        object.remove("confirmation");
    }
    shop.put(customer);
    shop.customer(id, ask.scope)
}

fn change_password(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let id = super::customers::own_id(ask)?;
    let [current, new] = ask.texts(["currentPassword", "newPassword"])?;
    let hash = shop.secrets.get(&id).and_then(|secret| secret.password.as_deref());
    if !hash.is_some_and(|hash| password::fits(&current, hash)) {
        let text = "The password doesn't match this account. Verify the password and try again.";
        return Err(Refusal::new(401, text));
    }
    set_password(shop, id, &new)
}

fn set_password(shop: &mut Shop, id: i64, new: &str) -> Reply {
    let email = shop.accounts.get(id).and_then(|customer| customer.get("email")).and_then(Value::as_str);
    // Here the address comes before the strength; a create asks the other way round.
    if email.is_some_and(|email| email.eq_ignore_ascii_case(new)) {
        let text =
            "The password can't be the same as the email address. Create a new password and try again.";
        return Err(Refusal::new(400, text));
    }
    model::check_password(shop, new, email.unwrap_or_default())?;
    let hash = password::hash(new, &mut shop.chance);
    let secret = shop.secret(id);
    secret.password = Some(hash);
    secret.reset_token = None;
    Ok(Value::Bool(true))
}

/// Draws a token as the e-mail would carry it; the sandbox sends no e-mail.
fn forgotten(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let [email, template] = ask.texts(["email", "template"])?;
    let id = match ask.integer("websiteId")? {
        Some(website) => {
            by_email(shop, &email, Some(website)).ok_or_else(|| unknown_email(&email, website.into()))?
        }
        None => by_email_here(shop, ask, &email)?,
    };
    let token = shop.chance.hex();
    shop.secret(id).reset_token = Some(token);
    if matches!(template.as_str(), "email_reminder" | "email_reset") {
        return Ok(Value::Bool(true));
    }
    let text = "Invalid value of \"%value\" provided for the %fieldName field. \
                Possible values: %template1 or %template2.";
    Err(Refusal::new(400, text).named([
        ("value", template.as_str()),
        ("fieldName", "template"),
        ("template1", "email_reminder"),
        ("template2", "email_reset"),
    ]))
}

fn reset(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let [email, token, new] = ask.texts(["email", "resetToken", "newPassword"])?;
    if matches!(email.as_str(), "" | "0") {
        return Err(required(&["email"]));
    }
    let id = by_email_here(shop, ask, &email)?;
    check_reset_token(shop, id, &token)?;
    set_password(shop, id, &new)
}

fn check_reset_token(shop: &Shop, id: i64, token: &str) -> Result<(), Refusal> {
    if id == 0 {
        let text = "Invalid value of \"%value\" provided for the %fieldName field.";
        let parameters = [("value", Value::from(id)), ("fieldName", "customerId".into())];
        return Err(Refusal::new(400, text).named(parameters));
    }
    if matches!(token, "" | "0") {
        return Err(required(&["resetPasswordLinkToken"]));
    }
    let secret = shop.secrets.get(&id).ok_or_else(|| no_such("customerId", id))?;
    if secret.reset_token.as_deref() == Some(token) {
        return Ok(());
    }
    Err(Refusal::new(400, "The password token is mismatched. Reset and try again."))
}

/// The customer with that e-mail address in the website of the store code in the path.
///
/// The store takes this website from its configuration, which holds text.
fn by_email_here(shop: &Shop, ask: &Ask<'_>, email: &str) -> Result<i64, Refusal> {
    let website = shop.sign_in_website(ask.scope).unwrap_or_default();
    by_email(shop, email, Some(website)).ok_or_else(|| unknown_email(email, website.to_string().into()))
}

/// The customer of a website, or of any where accounts are shared.
fn by_email(shop: &Shop, email: &str, website: Option<i64>) -> Option<i64> {
    shop.accounts.by_email(email, website.filter(|_| !shop.profile.settings.accounts_shared))
}

fn unknown_email(email: &str, website: Value) -> Refusal {
    no_such_pair(("email", email.into()), ("websiteId", website))
}
