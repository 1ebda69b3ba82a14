//! Requests ready to be sent, but for the base URL and the caller's credentials.

use super::answer::object;
use super::request::{invalid, missing};
use super::{Failure, Request, criteria};
use crate::call::{self, Addressed, CannotCompose, Method, Parts, STORE_HEADER, Scope, customers};
use crate::json::Value;
use crate::release::Release;
use crate::search::{Spelling, encode};
use crate::secret::Secret;

/// `customers.get`
pub(super) fn get(request: &Request) -> Result<Value, Failure> {
    let made = customers::get(id(request)?).request;
    match request.optional_text("fields")? {
        Some(fields) => sendable(request, made.with_fields(fields)),
        None => sendable(request, made),
    }
}

/// `customers.create`
pub(super) fn create(request: &Request) -> Result<Value, Failure> {
    let password = request.optional_text("password")?.map(Secret::new);
    sendable(request, customers::create(request.document("customer")?, password.as_ref()).request)
}

/// `customers.update`
pub(super) fn update(request: &Request) -> Result<Value, Failure> {
    sendable(request, customers::update(id(request)?, request.document("customer")?).request)
}

/// `customers.delete`
pub(super) fn delete(request: &Request) -> Result<Value, Failure> {
    sendable(request, customers::delete(id(request)?).request)
}

/// `customers.search`
pub(super) fn search(request: &Request) -> Result<Value, Failure> {
    let criteria = criteria::read(request.optional("criteria").ok_or_else(|| missing("criteria"))?)?;
    sendable(request, customers::search(&criteria).request)
}

/// `request`: a request on the endpoint of that `method` and `path`, the latter as the contract writes it;
/// `parameters` are those of path and query by name.
pub(super) fn compose(request: &Request) -> Result<Value, Failure> {
    let (method, path) = (method(request)?, request.text("path")?);
    let criteria = request.optional("criteria").map(criteria::read).transpose()?;
    let parts = Parts {
        parameters: parameters(request)?,
        criteria: criteria.map(|criteria| encode(&criteria, Spelling::Camel)),
        body: request.optional_document("body")?,
    };
    let made = call::compose(method, path, &parts);
    sendable(request, made.map_err(|error| invalid(place(&error), error.to_string()))?)
}

fn method(request: &Request) -> Result<Method, Failure> {
    let name = request.text("method")?;
    Method::from_name(name).ok_or_else(|| invalid("method", "give GET, POST, PUT or DELETE"))
}

fn parameters<'r>(request: &'r Request<'_>) -> Result<Vec<(&'r str, String)>, Failure> {
    let Some(given) = request.optional("parameters") else { return Ok(Vec::new()) };
    let given = given.as_object().ok_or_else(|| invalid("parameters", "give an object"))?;
    let mut found = Vec::new();
    for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        let text = match value {
            Value::Array(_) | Value::Object(_) => {
                return Err(invalid("parameters", "give texts and numbers"));
            }
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        found.push((name, text));
    }
    Ok(found)
}

/// The member of the request that is at fault.
fn place(error: &CannotCompose) -> &'static str {
    match error {
        CannotCompose::MissingParameter(_) | CannotCompose::UnknownParameter(_) => "parameters",
        CannotCompose::Criteria => "criteria",
        CannotCompose::Body => "body",
        _ => "path",
    }
}

fn id(request: &Request) -> Result<u64, Failure> {
    let id = request.optional_integer("id")?.ok_or_else(|| missing("id"))?;
    u64::try_from(id).map_err(|_| invalid("id", "give the customer's id"))
}

/// Takes the bare request, so that the module for browsers need not hold the readers of replies.
pub(super) fn sendable(request: &Request, made: call::Request) -> Result<Value, Failure> {
    addressed(request.optional_text("scope")?, request.release()?, &made)
}

/// The same for a store view of a release, by its code.
pub(super) fn addressed(
    code: Option<&str>,
    release: Release,
    made: &call::Request,
) -> Result<Value, Failure> {
    let scope = match code {
        Some(code) => Scope::store_view(code).map_err(|error| invalid("scope", error.to_string()))?,
        None => Scope::Default,
    };
    let address = made.addressed(&scope, release).map_err(|error| invalid("release", error.to_string()))?;
    Ok(write(made, address))
}

/// A request: `method`, `target` from the store's base URL on, `body` as JSON text, which unlike a
/// value keeps numbers as they are spelled and is null for none, and `headers` where the release wants
/// one for the store view.
pub(super) fn write(request: &call::Request, address: Addressed) -> Value {
    let mut members = vec![
        ("method", Value::from(request.method.as_str())),
        ("target", address.target.into()),
        ("body", request.body.as_ref().map(Value::to_string).into()),
    ];
    members.extend(address.store.map(|code| ("headers", object(vec![(STORE_HEADER, code.into())]).into())));
    object(members).into()
}

#[cfg(test)]
mod tests {
    use super::super::call;

    #[test]
    fn a_request_is_ready_but_for_host_and_credentials() {
        assert_eq!(
            call("customers.get", br#"{"id":5,"scope":"de","fields":"id"}"#),
            r#"{"ok":{"method":"GET","target":"/rest/de/V1/customers/5?fields=id","body":null}}"#
        );
        assert_eq!(
            call("customers.update", br#"{"id":5,"customer":{"credit":1.50}}"#),
            r#"{"ok":{"method":"PUT","target":"/rest/V1/customers/5","body":"{\"customer\":{\"credit\":1.50}}"}}"#
        );
    }

    #[test]
    fn a_request_that_cannot_be_made_names_the_member() {
        for (request, pointer) in
            [("{}", "/id"), (r#"{"id":-1}"#, "/id"), (r#"{"id":5,"scope":"/"}"#, "/scope")]
        {
            let answer = call("customers.delete", request.as_bytes());
            assert!(answer.contains(&format!(r#""pointer":"{pointer}""#)), "{answer}");
        }
    }

    #[test]
    fn a_request_is_made_for_any_endpoint() {
        let ask = |request: &str| call("request", request.as_bytes());
        let check = r#"{"method":"POST","path":"/V1/customers/isEmailAvailable","body":{"customerEmail":"a@x.test"}}"#;
        assert!(ask(check).contains(r#""body":"{\"customerEmail\":\"a@x.test\"}""#), "{}", ask(check));
        let one = r#"{"method":"GET","path":"/V1/customerGroups/{id}","parameters":{"id":4},"scope":"de"}"#;
        assert!(ask(one).contains(r#""target":"/rest/de/V1/customerGroups/4""#), "{}", ask(one));
        let search = r#"{"method":"GET","path":"/V1/customerGroups/search","criteria":"id > 1"}"#;
        assert!(ask(search).contains("search?searchCriteria%5B"), "{}", ask(search));
    }

    #[test]
    fn what_an_endpoint_does_not_take_is_named() {
        for (request, pointer) in [
            (r#"{"path":"/V1/customers/me"}"#, "/method"),
            (r#"{"method":"PATCH","path":"/V1/customers/me"}"#, "/method"),
            (r#"{"method":"GET","path":"/V1/nosuch"}"#, "/path"),
            (r#"{"method":"GET","path":"/V1/customers/{customerId}"}"#, "/parameters"),
            (r#"{"method":"GET","path":"/V1/customers/me","parameters":[]}"#, "/parameters"),
            (r#"{"method":"GET","path":"/V1/customers/me","body":{}}"#, "/body"),
            (r#"{"method":"GET","path":"/V1/customers/search"}"#, "/criteria"),
        ] {
            let answer = call("request", request.as_bytes());
            assert!(answer.contains(&format!(r#""pointer":"{pointer}""#)), "{request}: {answer}");
        }
    }
}
