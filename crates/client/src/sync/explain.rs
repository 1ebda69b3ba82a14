//! Why no update does what a row asks, with what is wrong with the customer that it wants.

use magewright::json::Value;
use magewright::plan::{Obstacle, Reason, Unplannable};
use magewright::report::{Severity, Violation};
use magewright::store::Store;
use magewright::validate::{Operation, validate};

use super::{Outcome, Problem};

/// The rejection of a row: the store's own words where it would refuse, then each place with the way out.
pub(super) fn rejection(found: &Unplannable, wanted: Option<&Value>, store: &Store<'_>) -> Outcome {
    let violations = wanted.map_or_else(Vec::new, |wanted| violations(wanted, store));
    let refusal = found.refusal.as_ref().map(|refusal| Problem::new("refusal", "", refusal.rendered()));
    let mut problems: Vec<_> = refusal.into_iter().collect();
    for reason in &found.reasons {
        match reason.obstacle {
            // The store's words say so already.
            Obstacle::Refused if found.refusal.is_some() => {
                let errors = violations.iter().filter(|violation| violation.severity == Severity::Error);
                problems.extend(errors.map(problem));
            }
            _ => problems.push(explained(reason, &violations)),
        }
    }
    Outcome::Rejected(problems)
}

/// A place that stands in the way, in the words of a violation there, which know the kind of field.
fn explained(reason: &Reason, violations: &[Violation]) -> Problem {
    let there = |violation: &&Violation| {
        let below = violation.pointer.strip_prefix(&reason.pointer);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    };
    let known = violations.iter().find(there).filter(|_| reason.obstacle == Obstacle::ChangedByStore);
    let message = known.map_or(reason.obstacle.message(), |violation| &violation.message);
    Problem::new(reason.obstacle.as_str(), reason.pointer.as_str(), message)
}

fn problem(violation: &Violation) -> Problem {
    Problem::new(violation.code, violation.pointer.as_str(), violation.message.as_ref())
}

/// What is wrong with a customer, at pointers in which items stand by their keys, as in those of plans.
fn violations(customer: &Value, store: &Store<'_>) -> Vec<Violation> {
    let mut found = validate(customer.to_string().as_bytes(), Operation::Record, store).violations;
    for violation in &mut found {
        violation.pointer = keyed(&violation.pointer, customer);
        // The pointer names the field already.
        if let Some((_, message)) =
            violation.message.strip_prefix('`').and_then(|named| named.split_once("`: "))
        {
            violation.message = message.to_owned().into();
        }
    }
    found
}

fn keyed(pointer: &str, within: &Value) -> String {
    let mut place = Some(within);
    let mut written = String::new();
    for step in pointer.split('/').skip(1) {
        let list = place.and_then(Value::as_array);
        let item = list.and_then(|list| list.get(step.parse::<usize>().ok()?));
        written.push('/');
        written += &item.and_then(key).unwrap_or_else(|| step.to_owned());
        place = item.or_else(|| place?.get(step));
    }
    written
}

fn key(item: &Value) -> Option<String> {
    let id = item.get("id").and_then(Value::as_i64).map(|id| id.to_string());
    id.or_else(|| item.get("attribute_code").and_then(Value::as_str).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use magewright::json::parse;
    use magewright::plan::{Patch, Strategy, apply, plan};
    use magewright::predict::update::{Route, Target};
    use magewright::profile::Profile;
    use magewright::release::Release;
    use magewright::store::{Accounts, Caller};

    use super::*;

    const STORED: &str = r#"{"id":5,"group_id":1,"email":"a@b.test","firstname":"A","lastname":"B","store_id":1,
        "website_id":1,"disable_auto_group_change":0,"addresses":[{"id":7,"customer_id":5,"region":{"region_code":null,
        "region":null,"region_id":0},"region_id":0,"country_id":"DE","street":["S"],"telephone":"1","postcode":"1",
        "city":"C","firstname":"A","lastname":"B"}]}"#;

    fn store<'a>(profile: &'a Profile, accounts: &'a Accounts) -> Store<'a> {
        Store { release: Release::DEFAULT, profile, accounts, scope: None, now: None }
    }

    fn rejected(patch: &str) -> Vec<String> {
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let store = store(&profile, &accounts);
        let (stored, patch) = (parse(STORED.as_bytes()).unwrap(), Patch::parse(patch.as_bytes()).unwrap());
        let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
        let found = plan(&stored, &patch, &target, Strategy::Auto).unwrap_err();
        match rejection(&found, apply(&stored, &patch).ok().as_ref(), &store) {
            Outcome::Rejected(problems) => {
                problems.iter().map(|p| format!("{}: {}", p.pointer, p.message)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_the_store_would_keep_otherwise_is_said_by_kind_of_field() {
        assert_eq!(
            rejected(r#"{"dob":"03.02.1980"}"#),
            ["/dob: not written YYYY-MM-DD: the store has to guess the day"]
        );
    }

    #[test]
    fn a_refusal_is_the_store_s_words_and_the_places() {
        let problems = rejected(r#"{"gender":"m"}"#);
        assert!(problems[0].starts_with(": Error occurred during \"gender\" processing."), "{problems:?}");
        assert!(problems[1].starts_with("/gender: "), "{problems:?}");
        let problems = rejected(r#"{"addresses":[{"id":7,"telephone":""}]}"#);
        assert!(
            problems.iter().any(|problem| problem.starts_with("/addresses/7/telephone: ")),
            "{problems:?}"
        );
    }

    #[test]
    fn what_no_violation_knows_keeps_its_own_words() {
        assert_eq!(rejected(r#"{"created_at":"2024-01-02 03:04:05"}"#).len(), 1);
        let nothing = Unplannable { reasons: Vec::new(), refusal: None };
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let store = store(&profile, &accounts);
        assert_eq!(rejection(&nothing, None, &store), Outcome::Rejected(Vec::new()));
    }
}
