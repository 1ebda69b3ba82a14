//! Questions about updates: what becomes of one, and which one loses nothing.

use super::answer::object;
use super::patches::patch;
use super::predictions::{caller, outcome, refused};
use super::replies::refusal;
use super::request::invalid;
use super::requests::addressed;
use super::{Failure, Request};
use crate::json::Value;
use crate::plan::{self, Change, Effect, Plan, Reason, Strategy, Unplannable};
use crate::predict::update::{self, Operation, Route, Target};
use crate::report::Severity;
use crate::store::Store;

const STRATEGIES: &[(&str, Strategy)] =
    &[("auto", Strategy::Auto), ("minimal", Strategy::Minimal), ("full", Strategy::Full)];

/// The words for a route, before the id of its path is known.
const ROUTES: &[(&str, Route<'static>)] =
    &[("id", Route::ById("")), ("me", Route::Me), ("queue", Route::Queue)];

/// `predict.update`: `{"saved"}` or `{"refused", "kept"}`, and `customers`, those that are not as they were.
pub(super) fn predict(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let stored = request.document("stored")?;
    let id = path_id(request, &stored)?;
    let found = update::update(&stored, &request.document("body")?, &target(request, store, &id)?);
    let mut answer = outcome(found.outcome);
    answer.push(("customers", found.customers.into()));
    Ok(object(answer).into())
}

/// `predict.update_in_bulk`: `{"operations", "customers"}` or, when nothing runs, `{"refused"}`.
pub(super) fn predict_in_bulk(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let target = Target { store: *store, caller: caller(request)?, route: Route::Queue };
    let answer = match update::update_in_bulk(&request.document("items")?, &target) {
        Ok(run) => {
            let operations: Vec<_> = run.operations.iter().map(operation).collect();
            vec![("operations", operations.into()), ("customers", run.customers.into())]
        }
        Err(refusal) => refused(*refusal),
    };
    Ok(object(answer).into())
}

/// `plan`: `{"request", "changes", "removals", "warnings", "unchecked", "expected"}`, or
/// `{"unplannable": {"reasons", "refusal"}}` when no body does what the patch asks.
pub(super) fn plan(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let stored = request.document("stored")?;
    let id = path_id(request, &stored)?;
    let target = target(request, store, &id)?;
    let strategy = request.choice("strategy", STRATEGIES)?.unwrap_or_default();
    match plan::plan(&stored, &patch(request)?, &target, strategy) {
        Ok(plan) => planned(plan, &target.store),
        Err(reasons) => Ok(object(vec![("unplannable", unplannable(&reasons))]).into()),
    }
}

/// `audit`: what a body really does, as a list of
/// `{"pointer", "kind", "severity", "before"?, "after"?, "refusal"?}`.
pub(super) fn audit(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let stored = request.document("stored")?;
    let id = path_id(request, &stored)?;
    let found = plan::audit(&stored, &request.document("body")?, &target(request, store, &id)?);
    Ok(found.into_iter().map(effect).collect::<Vec<_>>().into())
}

fn effect(effect: Effect) -> Value {
    let severity = effect.severity.map(Severity::as_str);
    let mut members = vec![
        ("pointer", effect.pointer.into()),
        ("kind", effect.kind.as_str().into()),
        ("severity", severity.into()),
    ];
    members.extend(effect.before.map(|value| ("before", value)));
    members.extend(effect.after.map(|value| ("after", value)));
    members.extend(effect.refusal.map(|said| ("refusal", refusal(&said).into())));
    object(members).into()
}

fn target<'a>(request: &Request, store: &Store<'a>, id: &'a str) -> Result<Target<'a>, Failure> {
    let route = match request.choice("route", ROUTES)?.unwrap_or(Route::ById("")) {
        Route::ById(_) => Route::ById(id),
        other => other,
    };
    Ok(Target { store: *store, caller: caller(request)?, route })
}

/// The id in the path: the one given, else that of the stored customer.
fn path_id(request: &Request, stored: &Value) -> Result<String, Failure> {
    let id = match request.optional_text("id")? {
        Some(id) => Some(id.to_owned()),
        None => stored.get("id").and_then(Value::as_i64).map(|id| id.to_string()),
    };
    id.ok_or_else(|| invalid("stored", "give a customer as GET returns it: it has an integer `id`"))
}

fn operation(operation: &Operation) -> Value {
    object(vec![
        ("status", u64::from(operation.status).into()),
        ("error_code", operation.error_code.into()),
        ("message", operation.message.as_str().into()),
    ])
    .into()
}

fn planned(plan: Plan, store: &Store<'_>) -> Result<Value, Failure> {
    let warnings: Vec<_> = plan.warnings.iter().map(|warning| warning.as_str()).collect();
    Ok(object(vec![
        ("request", addressed(store.scope, store.release, &plan.call().request)?),
        ("changes", changes(plan.changes)),
        ("removals", changes(plan.removals)),
        ("warnings", warnings.into()),
        ("unchecked", plan.unchecked.into()),
        ("expected", plan.expected),
    ])
    .into())
}

/// Changes, each with its place; what stands nowhere is left out.
pub(super) fn changes(changes: Vec<Change>) -> Value {
    changes.into_iter().map(change).collect::<Vec<_>>().into()
}

fn change(change: Change) -> Value {
    let mut members = vec![("pointer", change.pointer.into())];
    members.extend(change.before.map(|value| ("before", value)));
    members.extend(change.after.map(|value| ("after", value)));
    object(members).into()
}

/// Why there is no plan, as JSON: `{"reasons", "refusal"}`.
///
/// ```
/// use magewright::plan::Unplannable;
/// let nothing = Unplannable { reasons: Vec::new(), refusal: None };
/// assert_eq!(magewright::desk::write_unplannable(&nothing).to_string(), r#"{"reasons":[],"refusal":null}"#);
/// ```
#[must_use]
pub fn unplannable(found: &Unplannable) -> Value {
    let reasons: Vec<_> = found.reasons.iter().map(reason).collect();
    let refusal = found.refusal.as_deref().map(refusal);
    object(vec![("reasons", reasons.into()), ("refusal", refusal.into())]).into()
}

fn reason(reason: &Reason) -> Value {
    object(vec![
        ("pointer", reason.pointer.as_str().into()),
        ("code", reason.obstacle.as_str().into()),
        ("message", reason.obstacle.message().into()),
    ])
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::{Described, call, call_about};
    use crate::json::{Value, parse};

    const STORED: &str = r#""stored":{"id":5,"group_id":1,"email":"a@example.test","firstname":"A","lastname":"B",
        "store_id":1,"taxvat":"T","website_id":1,"addresses":[],"disable_auto_group_change":0}"#;

    fn ok(operation: &str, members: &str) -> Value {
        let answer = call(operation, format!("{{{STORED},{members}}}").as_bytes());
        let answer = parse(answer.as_bytes()).unwrap();
        answer.get("ok").unwrap_or_else(|| panic!("{answer}")).clone()
    }

    fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
        value.pointer(pointer).and_then(Value::as_str)
    }

    #[test]
    fn a_plan_is_a_request_whose_prediction_is_the_patched_customer() {
        let plan = ok("plan", r#""patch":{"taxvat":null}"#);
        assert_eq!(text(&plan, "/request/target"), Some("/rest/V1/customers/5"));
        let body = text(&plan, "/request/body").unwrap();
        let predicted = ok("predict.update", &format!(r#""body":{body}"#));
        assert_eq!(predicted.pointer("/customers/0"), plan.get("expected"));
        assert_eq!(text(&plan, "/removals/0/pointer"), Some("/taxvat"));
    }

    #[test]
    fn the_request_goes_to_the_store_view_that_was_described() {
        let store = Described::read(br#"{"scope":"de"}"#).unwrap();
        let answer =
            call_about(&store, "plan", format!(r#"{{{STORED},"patch":{{"firstname":"C"}}}}"#).as_bytes());
        assert!(answer.contains(r#""target":"/rest/de/V1/customers/5""#), "{answer}");
    }

    #[test]
    fn every_route_has_its_request() {
        for (route, target) in
            [("me", "/rest/V1/customers/me"), ("queue", "/rest/async/bulk/V1/customers/byCustomerId")]
        {
            let members = format!(
                r#""patch":{{"firstname":"C"}},"route":"{route}","caller":"{}""#,
                match route {
                    "me" => "customer",
                    _ => "admin",
                }
            );
            assert_eq!(text(&ok("plan", &members), "/request/target"), Some(target));
        }
    }

    #[test]
    fn what_cannot_be_planned_says_why() {
        let answer = ok("plan", r#""patch":{"addresses":null}"#);
        assert_eq!(text(&answer, "/unplannable/reasons/0/pointer"), Some("/addresses"));
    }

    #[test]
    fn an_audit_tells_what_is_sent_in_vain() {
        let found = ok("audit", r#""body":{"customer":{"firstname":"N","taxvat":null}}"#);
        assert_eq!((text(&found, "/0/kind"), text(&found, "/1/kind")), (Some("changed"), Some("ignored")));
        assert_eq!((text(&found, "/0/severity"), text(&found, "/1/severity")), (None, Some("loss")));
        assert!(found.pointer("/0/refusal").is_none());
    }

    #[test]
    fn an_audit_gives_the_words_of_a_refusal() {
        let found = ok("audit", r#""body":{"customer":{"firstname":""}}"#);
        assert_eq!(text(&found, "/0/kind"), Some("refused"));
        assert_eq!(text(&found, "/0/refusal/message"), Some("\"First Name\" is a required value."));
    }

    #[test]
    fn a_bulk_run_tells_each_operation() {
        let answer = call("predict.update_in_bulk", br#"{"items":[{"customer":{"id":5,"firstname":"A"}}]}"#);
        assert!(answer.contains("No such entity with customerId = 5"), "{answer}");
    }

    #[test]
    fn a_customer_without_id_is_none() {
        let answer = call("predict.update", br#"{"stored":{},"body":{}}"#);
        assert!(answer.contains(r#""pointer":"/stored""#), "{answer}");
    }
}
