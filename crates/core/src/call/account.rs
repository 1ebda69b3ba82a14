//! Accounts: confirmation of the e-mail, activation, passwords.

use super::{Call, Request, reply, route};
use crate::json::Value;
use crate::models::Customer;
use crate::secret::Secret;

/// Which e-mail asks for a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetTemplate {
    /// For somebody who forgot it.
    Reminder,
    /// For somebody whose password an administrator resets.
    Reset,
}

/// `GET /V1/customers/{customerId}/confirm`: the state of the e-mail confirmation, such as `account_confirmed`.
///
/// ```
/// use magewright::call::account;
/// let state = account::confirmation(5).parse(200, br#""account_confirmation_not_required""#)?;
/// assert_eq!(state, "account_confirmation_not_required");
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn confirmation(customer_id: u64) -> Call<String> {
    let route = route::CUSTOMER_CONFIRMATION;
    Call::new(route, Request::new(route, &[&customer_id.to_string()]), reply::text)
}

/// `POST /V1/customers/confirm`: sends the confirmation e-mail again.
///
/// ```
/// use magewright::call::account;
/// let call = account::resend_confirmation("ada@example.test", 1);
/// assert_eq!(call.request.path, "/V1/customers/confirm");
/// ```
#[must_use]
pub fn resend_confirmation(email: &str, website_id: u64) -> Call<bool> {
    let route = route::CONFIRMATION_RESEND;
    let body = [("email", Value::from(email)), ("websiteId", website_id.into())];
    Call::new(route, Request::new(route, &[]).with_body(body), reply::boolean)
}

/// `PUT /V1/customers/{email}/activate`: activates an account with the key from its e-mail.
///
/// ```
/// use magewright::call::account;
/// let call = account::activate("a+b@example.test", "key");
/// assert_eq!(call.request.path, "/V1/customers/a%2Bb@example.test/activate");
/// ```
#[must_use]
pub fn activate(email: &str, confirmation_key: &str) -> Call<Customer> {
    let route = route::CUSTOMER_ACTIVATE;
    let body = [("confirmationKey", Value::from(confirmation_key))];
    Call::new(route, Request::new(route, &[email]).with_body(body), reply::model)
}

/// `PUT /V1/customers/me/activate`: activates the caller's own account.
///
/// ```
/// assert_eq!(magewright::call::account::activate_me("key").request.path, "/V1/customers/me/activate");
/// ```
#[must_use]
pub fn activate_me(confirmation_key: &str) -> Call<Customer> {
    let route = route::ME_ACTIVATE;
    let body = [("confirmationKey", Value::from(confirmation_key))];
    Call::new(route, Request::new(route, &[]).with_body(body), reply::model)
}

/// `PUT /V1/customers/password`: sends the e-mail with which a customer sets a new password.
///
/// ```
/// use magewright::call::account::{self, ResetTemplate};
/// let call = account::request_password("ada@example.test", ResetTemplate::Reset, Some(1));
/// assert_eq!(call.request.body.unwrap().get("template").and_then(|t| t.as_str()), Some("email_reset"));
/// ```
#[must_use]
pub fn request_password(email: &str, template: ResetTemplate, website_id: Option<u64>) -> Call<bool> {
    let route = route::PASSWORD_FORGOTTEN;
    let template = match template {
        ResetTemplate::Reminder => "email_reminder",
        ResetTemplate::Reset => "email_reset",
    };
    let website = website_id.map(|id| ("websiteId", Value::from(id)));
    let body = [("email", Value::from(email)), ("template", template.into())].into_iter().chain(website);
    Call::new(route, Request::new(route, &[]).with_body(body), reply::boolean)
}

/// `POST /V1/customers/resetPassword`: sets a password with the token from the e-mail.
///
/// ```
/// use magewright::{call::account, secret::Secret};
/// let call = account::reset_password("ada@example.test", &Secret::new("token"), &Secret::new("new"));
/// assert!(!format!("{call:?}").contains("new"));
/// ```
#[must_use]
pub fn reset_password(email: &str, reset_token: &Secret, new_password: &Secret) -> Call<bool> {
    let route = route::PASSWORD_RESET;
    let body = [
        ("email", Value::from(email)),
        ("resetToken", reset_token.reveal().into()),
        ("newPassword", new_password.reveal().into()),
    ];
    Call::new(route, Request::new(route, &[]).with_body(body), reply::boolean)
}

/// `GET /V1/customers/{customerId}/password/resetLinkToken/{resetPasswordLinkToken}`: whether a reset token is valid.
///
/// The store refuses an invalid one with a 400.
///
/// ```
/// use magewright::{call::account, secret::Secret};
/// let call = account::check_reset_token(5, &Secret::new("s3cret"));
/// assert!(!call.request.shown_path().contains("s3cret"));
/// ```
#[must_use]
pub fn check_reset_token(customer_id: u64, reset_token: &Secret) -> Call<bool> {
    let route = route::PASSWORD_TOKEN_CHECK;
    let values = [&*customer_id.to_string(), reset_token.reveal()];
    Call::new(route, Request::new(route, &values), reply::boolean)
}

/// `PUT /V1/customers/me/password`: changes the caller's own password.
///
/// ```
/// use magewright::{call::account, secret::Secret};
/// assert!(account::change_my_password(&Secret::new("old"), &Secret::new("new")).parse(200, b"true")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn change_my_password(current: &Secret, new: &Secret) -> Call<bool> {
    let route = route::ME_PASSWORD;
    let body = [("currentPassword", current.reveal()), ("newPassword", new.reveal())];
    let body = body.map(|(name, secret)| (name, Value::from(secret)));
    Call::new(route, Request::new(route, &[]).with_body(body), reply::boolean)
}
