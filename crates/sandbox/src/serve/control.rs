//! The control of a test, under `/sandbox/`: the clock, the queue, the customers, the faults, and the store as
//! it began. It is no part of a store, and off unless asked for ([`ServeOptions::control`]).
//!
//! No page of another origin can use it unasked: what changes anything needs JSON as its content type, for which
//! a browser asks first and is refused, and a name that was turned to this machine is not taken for it.
//!
//! [`ServeOptions::control`]: super::ServeOptions::control

use std::net::IpAddr;

use axum::http::header;
use axum::http::request::Parts;
use magewright::json::{self, Object, Value};
use magewright::outcome::Refusal;

use super::gate::Gate;
use super::{Faults, SharedApp, lock};
use crate::app::App;
use crate::clock::Clock;
use crate::http::{Body, Response};

/// What the paths begin with.
const AT: &str = "/sandbox/";

/// The controls, and the methods that each takes.
const CONTROLS: [(&str, &[&str]); 5] = [
    ("clock", &["GET", "PUT"]),
    ("queue", &["GET", "POST"]),
    ("customers", &["GET", "PUT"]),
    ("faults", &["PUT"]),
    ("reset", &["POST"]),
];

type Answer = Result<Value, Refusal>;

/// Whether a path is that of a control.
pub(super) fn is_at(path: &str) -> bool {
    path.starts_with(AT)
}

/// What a control answers.
pub(super) fn answer(gate: &Gate, began: &SharedApp, parts: &Parts, body: &[u8]) -> Response {
    let asked = asked(parts, body).and_then(|(method, control, body)| match (method, control) {
        ("GET", "clock") => Ok(clock(&lock(&gate.app))),
        ("PUT", "clock") => set_clock(&mut lock(&gate.app), &body),
        ("GET", "queue") => Ok(object([("waiting", waiting(&lock(&gate.app)))])),
        ("POST", "queue") => work(&mut lock(&gate.app), &body),
        ("GET", "customers") => Ok(customers(&lock(&gate.app))),
        ("PUT", "customers") => set_customers(&mut lock(&gate.app), &body),
        ("PUT", "faults") => set_faults(gate, &body),
        _ => begin_again(gate, began, &body),
    });
    asked.map_or_else(Response::from, |value| Response::ok(Body::Json(value)))
}

/// Method, control and body of a request that may be answered; a GET has no body.
fn asked<'a>(parts: &'a Parts, body: &[u8]) -> Result<(&'a str, &'a str, Object), Refusal> {
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_this_machine(header(header::HOST)) {
        return Err(Refusal::new(403, "the control is for this machine: ask by the address the store said"));
    }
    let path = parts.uri.path();
    let named = path.strip_prefix(AT).and_then(|name| CONTROLS.iter().find(|(control, _)| *control == name));
    let Some((control, methods)) = named else {
        let all: Vec<_> = CONTROLS.iter().map(|(name, _)| *name).collect();
        return Err(Refusal::new(404, format!("no such control: there are {}", all.join(", "))));
    };
    let Some(method) = methods.iter().find(|method| **method == parts.method.as_str()) else {
        return Err(Refusal::new(405, format!("{control}: send {}", methods.join(" or "))));
    };
    if *method == "GET" {
        return Ok((method, control, Object::new()));
    }
    let kind = header(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(
            415,
            format!("{control}: send JSON, with the content type application/json"),
        ));
    }
    match json::parse(if body.is_empty() { b"{}" } else { body }) {
        Ok(Value::Object(body)) => Ok((method, control, body)),
        _ => Err(Refusal::new(400, format!("{control}: send a JSON object"))),
    }
}

/// Whether a `Host` header names this machine, and not by a name that somebody else gave it.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| !port.contains(']')).map_or(host, |(name, _)| name);
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

fn clock(app: &App) -> Value {
    let clock = app.clock();
    object([("now", clock.now().into()), ("stands", matches!(clock, Clock::Fixed(_)).into())])
}

/// `{"now": SECONDS}`: the clock stands still there; `{"now": null}`: it is the machine's.
fn set_clock(app: &mut App, body: &Object) -> Answer {
    only(body, &["now"], "clock")?;
    let told = || Refusal::new(400, "clock: give `now` in seconds since 1970 UTC, or null for the machine's");
    let set = match body.get("now").ok_or_else(told)? {
        Value::Null => Clock::System,
        now => Clock::Fixed(now.as_i64().ok_or_else(told)?),
    };
    app.set_clock(set);
    Ok(clock(app))
}

fn waiting(app: &App) -> Value {
    i64::try_from(app.waiting()).unwrap_or(i64::MAX).into()
}

/// `{"work": N}`: works so many operations, or as many as wait; `{}`: works until none waits.
fn work(app: &mut App, body: &Object) -> Answer {
    only(body, &["work"], "queue")?;
    let wrong = || Refusal::new(400, "queue: give `work` as a number of operations, or leave it out for all");
    let most = match body.get("work") {
        None => usize::MAX,
        Some(count) => count.as_i64().and_then(|count| usize::try_from(count).ok()).ok_or_else(wrong)?,
    };
    let worked = (0..most).take_while(|_| app.work_one()).count();
    let worked = i64::try_from(worked).unwrap_or(i64::MAX);
    Ok(object([("worked", worked.into()), ("waiting", waiting(app))]))
}

fn customers(app: &App) -> Value {
    object([("customers", app.customers().cloned().collect::<Vec<_>>().into())])
}

/// `{"customers": [...], "password": TEXT?}`: these customers, as GET returns them, and no others.
fn set_customers(app: &mut App, body: &Object) -> Answer {
    only(body, &["customers", "password"], "customers")?;
    let wrong = |what: &str| Refusal::new(400, format!("customers: {what}"));
    let given = body.get("customers").and_then(Value::as_array);
    let given = given.ok_or_else(|| wrong("give `customers` as a list, as GET returns them"))?;
    let password = match body.get("password") {
        None | Some(Value::Null) => None,
        Some(text) => Some(text.as_str().ok_or_else(|| wrong("give `password` as a text"))?),
    };
    if let Some(at) = given.iter().position(|one| one.get("id").and_then(Value::as_i64).is_none()) {
        return Err(wrong(&format!("item {at} is no customer: an object with an integer `id`")));
    }
    let there: Vec<i64> = app.customers().filter_map(|one| one.get("id")?.as_i64()).collect();
    for id in there {
        app.remove(id);
    }
    for customer in given {
        app.insert(customer.clone(), password);
    }
    app.keep().map_err(|error| Refusal::new(500, error.to_string()))?;
    Ok(counted(app))
}

/// `{"faults": SPEC}`: what goes wrong from now on, as `--faults` takes it; nothing for an empty text.
fn set_faults(gate: &Gate, body: &Object) -> Answer {
    only(body, &["faults"], "faults")?;
    let text = body.get("faults").and_then(Value::as_str);
    let text =
        text.ok_or_else(|| Refusal::new(400, "faults: give `faults` as a text, as --faults takes it"))?;
    let faults: Faults =
        text.parse().map_err(|error: super::NotAFault| Refusal::new(400, error.to_string()))?;
    gate.set_faults(faults);
    Ok(object([]))
}

/// `{}`: the store as it was when its service began, faults and clock included.
fn begin_again(gate: &Gate, began: &SharedApp, body: &Object) -> Answer {
    only(body, &[], "reset")?;
    let mut app = lock(&gate.app);
    if !app.begin_again(&lock(began)) {
        let text = "reset: a store that is kept in a file goes on as it is: begin with another file";
        return Err(Refusal::new(409, text));
    }
    gate.set_faults(gate.options.faults.clone());
    Ok(counted(&app))
}

fn counted(app: &App) -> Value {
    object([("customers", i64::try_from(app.customers().count()).unwrap_or(i64::MAX).into())])
}

/// What a control does not know is a mistake, not a wish to be passed over.
fn only(body: &Object, known: &[&str], control: &str) -> Result<(), Refusal> {
    if body.iter().all(|(name, _)| known.contains(&name)) {
        return Ok(());
    }
    let way =
        if known.is_empty() { "send {}".to_owned() } else { format!("send {} only", known.join(" and ")) };
    Err(Refusal::new(400, format!("{control}: {way}")))
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Object::from_iter(members).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_its_own_names_only() {
        for host in ["127.0.0.1", "127.0.0.1:8070", "localhost:1", "LOCALHOST", "[::1]", "[::1]:8070"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in
            ["", "shop.test", "127.0.0.1.shop.test:80", "10.0.0.1:8070", "localhost.shop.test", "[::2]"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
