//! Tokens: logging in and out.
//!
//! A token lives 60 minutes by default and is sent as `Authorization: Bearer …`;
//! an expired one is not refused as such, its caller is a guest.

use super::{Call, Request, Route, reply, route};
use crate::json::Value;
use crate::secret::Secret;

/// `POST /V1/integration/admin/token`: an administrator's token.
///
/// Refused with 400 while two-factor authentication is on, as it is unless
/// switched off; see [`admin_with_google`].
///
/// ```
/// use magewright::{call::tokens, secret::Secret};
/// let call = tokens::admin("admin", &Secret::new("hunter2"));
/// assert_eq!(call.parse(200, br#""ey.J.t""#)?.reveal(), "ey.J.t");
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn admin(username: &str, password: &Secret) -> Call<Secret> {
    login(route::TOKEN_ADMIN, username, password, None)
}

/// `POST /V1/tfa/provider/google/authenticate`: an administrator's token, for a one-time password of
/// Google Authenticator besides.
///
/// ```
/// use magewright::{call::tokens, secret::Secret};
/// let call = tokens::admin_with_google("admin", &Secret::new("hunter2"), "123456");
/// assert!(!format!("{call:?}").contains("123456"));
/// ```
#[must_use]
pub fn admin_with_google(username: &str, password: &Secret, one_time_password: &str) -> Call<Secret> {
    login(route::TOKEN_ADMIN_GOOGLE, username, password, Some(one_time_password))
}

/// `POST /V1/integration/customer/token`: a customer's token; the user name is the e-mail.
///
/// ```
/// use magewright::{call::tokens, secret::Secret};
/// let call = tokens::customer("ada@example.test", &Secret::new("hunter2"));
/// assert_eq!(call.request.path, "/V1/integration/customer/token");
/// ```
#[must_use]
pub fn customer(email: &str, password: &Secret) -> Call<Secret> {
    login(route::TOKEN_CUSTOMER, email, password, None)
}

/// `POST /V1/integration/customer/revoke-customer-token`: revokes all tokens of the customer who asks; from 2.4.6 on.
///
/// ```
/// assert!(magewright::call::tokens::revoke_mine().parse(200, b"true")?);
/// # Ok::<(), magewright::call::Error>(())
/// ```
#[must_use]
pub fn revoke_mine() -> Call<bool> {
    let route = route::TOKEN_CUSTOMER_REVOKE;
    Call::new(route, Request::new(route, &[]), reply::boolean)
}

fn login(route: Route, username: &str, password: &Secret, otp: Option<&str>) -> Call<Secret> {
    let named = [("username", Value::from(username)), ("password", password.reveal().into())];
    let body = named.into_iter().chain(otp.map(|otp| ("otp", otp.into())));
    Call::new(route, Request::new(route, &[]).with_body(body), reply::secret)
}
