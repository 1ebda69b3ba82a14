//! Which requests may be sent twice.

use crate::call::{Call, Method, route};
use crate::json::Value;

/// Whether a request may be sent again when nobody knows whether the store has acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// Twice does what once does.
    Always,
    /// Only after a failure that shows that the store has not acted.
    IfUndone,
}

impl Repeat {
    /// What holds for a call: reads, logins and checks may always be repeated; a PUT of a customer
    /// unless it brings a new address, which would be there twice; a PUT of a group. All else only if undone:
    /// creates, deletes (the second answers 404), passwords, bulk submissions.
    ///
    /// ```
    /// use magewright::call::{customers, groups};
    /// use magewright::json::{Value, parse};
    /// use magewright::retry::Repeat;
    /// let update = |body: &[u8]| parse(body).map(|customer| Repeat::of(&customers::update(5, customer)));
    /// assert_eq!(update(br#"{"id":5,"addresses":[{"id":3,"city":"Ulm"}]}"#)?, Repeat::Always);
    /// assert_eq!(update(br#"{"id":5,"addresses":[{"city":"Ulm"}]}"#)?, Repeat::IfUndone);
    /// assert_eq!(Repeat::of(&groups::delete(4)), Repeat::IfUndone);
    /// # Ok::<(), magewright::json::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn of<T>(call: &Call<T>) -> Self {
        let harmless = match call.route {
            route if route.method == Method::Get => true,
            // A queued PUT takes the same route, and may be worked long after the reply was lost.
            route::CUSTOMER_UPDATE | route::ME_UPDATE => call
                .request
                .body
                .as_ref()
                .is_some_and(|body| matches!(body, Value::Object(_)) && !adds_address(body)),
            route::GROUP_UPDATE | route::GROUP_SET_DEFAULT => {
                matches!(call.request.body, None | Some(Value::Object(_)))
            }
            route => CHECKS_AND_LOGINS.contains(&route),
        };
        if harmless { Repeat::Always } else { Repeat::IfUndone }
    }
}

const CHECKS_AND_LOGINS: [route::Route; 4] =
    [route::CUSTOMER_VALIDATE, route::EMAIL_AVAILABLE, route::TOKEN_ADMIN, route::TOKEN_CUSTOMER];

fn adds_address(body: &Value) -> bool {
    let id = |address: &Value| address.get("id").and_then(Value::as_i64).filter(|id| *id != 0);
    let addresses = body.pointer("/customer/addresses").and_then(Value::as_array);
    addresses.unwrap_or_default().iter().any(|address| id(address).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{account, bulk, customers, tokens};
    use crate::search::SearchCriteria;
    use crate::secret::Secret;

    #[test]
    fn reads_logins_and_checks_may_be_repeated() {
        assert_eq!(Repeat::of(&customers::search(&SearchCriteria::new())), Repeat::Always);
        assert_eq!(Repeat::of(&tokens::admin("a", &Secret::new("b"))), Repeat::Always);
        assert_eq!(Repeat::of(&customers::validate(Value::Null)), Repeat::Always);
        assert_eq!(Repeat::of(&customers::update(5, Value::Null)), Repeat::Always);
    }

    #[test]
    fn creates_deletes_passwords_and_bulks_may_not() {
        assert_eq!(Repeat::of(&customers::create(Value::Null, None)), Repeat::IfUndone);
        assert_eq!(Repeat::of(&customers::delete(5)), Repeat::IfUndone);
        assert_eq!(Repeat::of(&bulk::update_customers(Vec::new())), Repeat::IfUndone);
        assert_eq!(
            Repeat::of(&account::change_my_password(&Secret::new("a"), &Secret::new("b"))),
            Repeat::IfUndone
        );
    }
}
