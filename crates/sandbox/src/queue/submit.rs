//! Taking a submission: all of it is looked at before any of it is queued.

use magewright::bulk;
use magewright::call::{Method, Route, route};
use magewright::json::{Object, Value};
use magewright::outcome::Refusal;

use super::service::{self, Kind, Service};
use super::{Bulk, Operation, State, Submission};
use crate::ask::Ask;
use crate::model;
use crate::password::sha256_hex;
use crate::php;
use crate::refusal::{no_route, required};
use crate::routes::groups;
use crate::shop::Shop;
use crate::target::{path_values, placeholder};

/// The route of a queued request, which a store finds otherwise than that of a direct one:
/// routes of the caller's own account are not among them, and a bulk path names each of its
/// values (`/customers/byCustomerId`).
pub(crate) fn find(method: Method, path: &str, bulk: bool) -> Option<Route> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let fits = |candidate: &&Route| {
        candidate.method == method && service::of(**candidate).is_some() && matches(candidate, path, bulk)
    };
    let plain = |route: &&Route| !route.template.contains('{');
    let fitting = || route::ROUTES.iter().filter(fits);
    fitting().find(plain).or_else(|| fitting().max_by_key(|route| route.template)).copied()
}

fn matches(route: &Route, path: &str, bulk: bool) -> bool {
    let mut segments = path.split('/');
    let fits = |part: &str, segment: &str| match placeholder(part) {
        Some(name) if bulk => segment == by(name),
        Some(_) => !segment.is_empty(),
        None => part == segment,
    };
    route.template.split('/').all(|part| segments.next().is_some_and(|segment| fits(part, segment)))
        && segments.next().is_none()
}

/// `customerId` as a bulk path names it: `byCustomerId`.
fn by(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    "by".chars().chain(first).chain(chars).collect()
}

/// Queues what was sent, and answers 202 with what the store gives back.
///
/// # Errors
/// The refusal of the first item that is not what the service takes; then nothing is queued.
pub(crate) fn submit(shop: &mut Shop, ask: &Ask<'_>, in_bulk: bool) -> Result<Value, Refusal> {
    let service = service::of(ask.route).ok_or_else(no_route)?;
    let items = if in_bulk {
        let items = bulk::items(&ask.body)?;
        items.into_iter().map(|(key, item)| (key, item.clone())).collect()
    } else {
        vec![(0, single(ask))]
    };
    for (_, body) in &items {
        check(shop, ask, &service, body)?;
    }
    let submission = Submission {
        uuid: shop.chance.uuid(),
        topic: service.topic(ask.route),
        route: ask.route,
        submitter: ask.identity.clone(),
        store: store_of(shop, ask.scope),
        started: shop.now,
    };
    let operation = |(key, body)| Operation { key, body, state: State::Open };
    let submitted = Bulk { submission, operations: items.into_iter().map(operation).collect() };
    let reply = accepted(&submitted);
    let at = shop.queue.submit(submitted);
    shop.touched.bulk(at);
    Ok(reply)
}

fn store_of(shop: &Shop, scope: Option<&str>) -> i64 {
    if scope == Some("all") {
        return 0;
    }
    let named = scope.and_then(|code| shop.profile.store_view_by_code(code));
    let website = shop.profile.default_website().map_or(0, |website| website.id);
    named.or_else(|| shop.profile.default_store_view(website)).map_or(0, |view| view.id)
}

/// The body of a single operation with the values of the path laid in.
fn single(ask: &Ask<'_>) -> Value {
    let mut body = ask.body.as_object().cloned().unwrap_or_default();
    for (name, value) in path_values(ask.route.template, ask.path) {
        // A PUT writes them in snake_case, and only where the body has none.
        let name = if ask.route.method == Method::Put { crate::ask::snake(&name) } else { name };
        if !(ask.route.method == Method::Put && body.contains_key(&name)) {
            body.insert(name, value);
        }
    }
    body.into()
}

/// Whether the service could be called with an item.
fn check(shop: &Shop, ask: &Ask<'_>, service: &Service, body: &Value) -> Result<(), Refusal> {
    let item = ask.queued(body.clone());
    let missing: Vec<&str> = service
        .parameters
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| item.parameter(name).is_none())
        .collect();
    if !missing.is_empty() {
        return Err(required(&missing));
    }
    for (name, kind) in service.parameters {
        let value = item.parameter(name).unwrap_or_default();
        match kind {
            Kind::Text => drop(php::text_value(&value)?),
            Kind::Integer => drop(php::integer_value(&value)?),
            Kind::Customer => model::check_queued(shop, &item)?,
            Kind::Group => drop(groups::change(&value)?),
        }
    }
    Ok(())
}

fn accepted(bulk: &Bulk) -> Value {
    let item = |operation: &Operation| {
        let mut out = Object::new();
        out.insert("id", operation.key);
        out.insert("data_hash", sha256_hex(operation.serialized(bulk.submission.store).as_bytes()));
        out.insert("status", "accepted");
        out
    };
    let mut out = Object::new();
    out.insert("bulk_uuid", bulk.submission.uuid.as_str());
    out.insert("request_items", bulk.operations.iter().map(item).collect::<Vec<_>>());
    out.insert("errors", false);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bulk_path_names_its_values() {
        let put = |path| find(Method::Put, path, true);
        assert_eq!(put("/V1/customers/byCustomerId"), Some(route::CUSTOMER_UPDATE));
        for path in ["/V1/customers/bycustomerid", "/V1/customers/5", "/V1/customers", "/V1/customers/me"] {
            assert_eq!(put(path), None, "{path}");
        }
    }

    #[test]
    fn a_single_path_never_means_the_callers_own_account() {
        assert_eq!(find(Method::Put, "/V1/customers/me", false), Some(route::CUSTOMER_UPDATE));
        assert_eq!(find(Method::Delete, "/V1/customers/5", false), Some(route::CUSTOMER_DELETE));
        assert_eq!(find(Method::Post, "/V1/nosuch", false), None);
    }
}
