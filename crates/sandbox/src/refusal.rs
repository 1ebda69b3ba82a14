//! The refusals that several routes share, in the store's words.

use magewright::json::Value;
use magewright::outcome::{Parameters, Refusal};

const REQUIRED: &str = "\"%fieldName\" is required. Enter and try again.";

/// 404 for a key that is not there.
pub(crate) fn no_such(field: &str, value: impl Into<Value>) -> Refusal {
    Refusal::new(404, "No such entity with %fieldName = %fieldValue")
        .named([("fieldName", Value::from(field)), ("fieldValue", value.into())])
}

/// 404 for a pair of keys that is not there.
pub(crate) fn no_such_pair(first: (&str, Value), second: (&str, Value)) -> Refusal {
    Refusal::new(404, "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value").named([
        ("fieldName", Value::from(first.0)),
        ("fieldValue", first.1),
        ("field2Name", Value::from(second.0)),
        ("field2Value", second.1),
    ])
}

/// 400 for parameters that are missing: one is named in the message, several in a list.
pub(crate) fn required(names: &[&str]) -> Refusal {
    if let [name] = names {
        return Refusal::new(400, REQUIRED).named([("fieldName", *name)]);
    }
    let single =
        |name: &&str| (REQUIRED.to_owned(), Parameters::Named([("fieldName", *name)].into_iter().collect()));
    let mut refusal = Refusal::new(400, "One or more input exceptions have occurred.");
    refusal.errors = names.iter().map(single).collect();
    refusal
}

/// 400 for a value that a field cannot take.
pub(crate) fn invalid(field: &str, value: impl Into<Value>) -> Refusal {
    Refusal::new(400, "Invalid value of \"%value\" provided for the %fieldName field.")
        .named([("fieldName", Value::from(field)), ("value", value.into())])
}

/// 400 for a value of the wrong type.
pub(crate) fn wrong_type(value: &str, expected: &str) -> Refusal {
    let text = format!(
        "The \"{value}\" value's type is invalid. The \"{expected}\" type was expected. \
         Verify and try again."
    );
    Refusal::new(400, text)
}

/// 401 for a caller who lacks a permission; the store never answers 403.
pub(crate) fn not_authorized(resources: &str) -> Refusal {
    Refusal::new(401, "The consumer isn't authorized to access %resources.").named([("resources", resources)])
}

/// 401 for a login that fails, whatever the reason.
pub(crate) fn sign_in_failed() -> Refusal {
    let text = "The account sign-in was incorrect or your account is disabled temporarily. \
                Please wait and try again later.";
    Refusal::new(401, text)
}

/// 400 for a path that none of the store's processors takes.
pub(crate) fn cannot_be_processed() -> Refusal {
    Refusal::new(400, "Specified request cannot be processed.")
}

/// 404 for a path without a route.
pub(crate) fn no_route() -> Refusal {
    Refusal::new(404, "Request does not match any route.")
}

/// 501 for a route that a store has and the sandbox does not answer.
pub(crate) fn not_answered() -> Refusal {
    Refusal::new(501, "the sandbox does not answer this route")
}

/// 501: how the SaaS edition answers nobody has recorded.
pub(crate) fn edition_not_answered() -> Refusal {
    Refusal::new(501, NO_SAAS)
}

/// Why there is no sandbox of the SaaS edition, and the way out.
pub(crate) const NO_SAAS: &str = "the sandbox is a store with /rest paths, tokens and signatures, none of which the SaaS edition has: take a release";

/// 500 in JSON; the id of the report is filled in when it is answered.
pub(crate) fn internal_error() -> Refusal {
    Refusal::new(500, "Internal Error. Details are available in Magento log file. Report ID: webapi-<report>")
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_missing_parameters_are_listed() {
        assert!(required(&["username"]).errors.is_empty());
        let both = required(&["username", "password"]);
        assert_eq!((both.errors.len(), both.parameters), (2, Parameters::None));
    }
}
