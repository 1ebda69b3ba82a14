//! A request on its way to a route: who asks for what.

use magewright::call::Route;
use magewright::json::Value;
use magewright::outcome::Refusal;

use crate::identity::Identity;
use crate::php;
use crate::refusal::required;
use crate::target::{path_values, query_parameters};

/// A request that has found its route.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub route: Route,
    /// The store code in the path.
    pub scope: Option<&'a str>,
    pub identity: Identity,
    /// The path from the version on.
    pub path: &'a str,
    /// The query, undecoded.
    pub query: &'a str,
    /// Scheme, host and port; empty for what the queue asks.
    pub origin: &'a str,
    /// The JSON of the body; an empty object for none.
    pub body: Value,
    /// Whether the queue asks: what else stands in the path then stands in the body.
    pub queued: bool,
}

impl<'a> Ask<'a> {
    /// The same request as the queue would send it, with a body of its own.
    pub(crate) fn queued(&self, body: Value) -> Ask<'a> {
        Ask {
            route: self.route,
            scope: self.scope,
            identity: self.identity.clone(),
            path: "",
            query: "",
            origin: "",
            body,
            queued: true,
        }
    }

    /// What stands in the path for `{name}`, decoded; empty when the route has no such part.
    pub(crate) fn segment(&self, name: &str) -> String {
        if self.queued {
            return self.parameter(name).and_then(|value| php::text_value(&value).ok()).unwrap_or_default();
        }
        let values = path_values(self.route.template, self.path);
        values.into_iter().find(|(part, _)| part == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// The id that stands in the path for `{name}`.
    ///
    /// # Errors
    /// 400 for what is no number.
    pub(crate) fn id(&self, name: &str) -> Result<i64, Refusal> {
        php::integer(&self.segment(name))
    }

    /// A parameter: from the query before the body, `null` counts as absent; the
    /// name in camelCase, which goes before its snake_case.
    pub(crate) fn parameter(&self, name: &str) -> Option<Value> {
        let snake = snake(name);
        let named = |other: &str| other == name || other == snake;
        let queried = query_parameters(self.query).into_iter().rfind(|(other, _)| named(other));
        let set = |key| self.body.get(key).filter(|value| !value.is_null());
        queried.map(|(_, value)| value.into()).or_else(|| [name, &snake].into_iter().find_map(set).cloned())
    }

    /// Text parameters that must be sent.
    ///
    /// # Errors
    /// 400 for those that are missing, or are a list or an object.
    pub(crate) fn texts<const N: usize>(&self, names: [&str; N]) -> Result<[String; N], Refusal> {
        let missing: Vec<&str> =
            names.iter().copied().filter(|name| self.parameter(name).is_none()).collect();
        if !missing.is_empty() {
            return Err(required(&missing));
        }
        let mut texts = [const { String::new() }; N];
        for (slot, name) in texts.iter_mut().zip(names) {
            *slot = php::text_value(&self.parameter(name).unwrap_or_default())?;
        }
        Ok(texts)
    }

    /// An integer parameter, if sent.
    ///
    /// # Errors
    /// 400 for what is no number.
    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.parameter(name).map(|value| php::integer_value(&value)).transpose()
    }

    /// The id of the customer who asks; 0, which no customer has, for anybody else.
    pub(crate) fn own_id(&self) -> i64 {
        match self.identity {
            Identity::Customer(id) => id,
            _ => 0,
        }
    }
}

/// `customerId` as `customer_id`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use magewright::call::route;
    use magewright::json;

    use super::*;

    fn ask(query: &'static str, body: &str) -> Ask<'static> {
        Ask {
            route: route::CUSTOMER_GET,
            scope: None,
            identity: Identity::Guest,
            path: "/V1/customers/12.7",
            query,
            origin: "",
            body: json::parse(body.as_bytes()).unwrap(),
            queued: false,
        }
    }

    #[test]
    fn parameters_come_from_query_and_body() {
        let ask = ask("b=2&b=3", r#"{"a":null,"customer_email":"x","b":"1"}"#);
        assert_eq!(ask.parameter("a"), None);
        assert_eq!(ask.parameter("b"), Some("3".into()));
        assert_eq!(ask.parameter("customerEmail"), Some("x".into()));
        assert_eq!(ask.id("customerId").unwrap(), 12);
    }

    #[test]
    fn missing_texts_are_all_named() {
        let refusal = ask("", r#"{"b":[]}"#).texts(["a", "c"]).unwrap_err();
        assert_eq!(refusal.errors.len(), 2);
        assert_eq!(ask("", r#"{"b":[]}"#).texts(["b"]).unwrap_err().status, 400);
    }
}
