//! Everything that is wrong with a create, at once.

use std::collections::HashSet;

use super::create::{read_addresses, run};
use super::loss::{Comparison, Loss, kinds};
use super::pointer::{in_document_order, pointer};
use crate::bulk;
use crate::json::{self, Value};
use crate::profile::Section;
use crate::release::{Band, Release};
use crate::report::{Report, Severity, Violation};
use crate::store::coerce::Reading;
use crate::store::finding::{Finding, Findings, Place, Rule};
use crate::store::{Caller, Store, folded_email, rules};

static SYNTAX: Rule = Rule {
    code: "not_json",
    message: "not JSON that the store decodes",
    source: "Framework Webapi/Rest/Request/Deserializer/Json",
    releases: Band::ALL,
};

/// All violations of a body for `POST /V1/customers`: what the store refuses, and what it loses.
///
/// There is an error if and only if [`create`](super::create) predicts a
/// refusal, and, where it does not, a loss if and only if the saved customer
/// differs visibly from the body. Of several refusals at one place the first is
/// reported. Checks that need what nobody said of the store are listed as unchecked.
///
/// ```
/// use magewright::predict;
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright::store::{Accounts, Caller, Store};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let release = Release::DEFAULT;
/// let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
///
/// let body = br#"{"customer":{"email":"ada","firstname":"Ada","lastname":"L!","created_in":"X"}}"#;
/// let report = predict::validate_create(body, Caller::Admin, &store);
/// let found: Vec<_> = report.violations.iter().map(|v| (v.pointer.as_str(), v.code)).collect();
/// assert_eq!(found, [
///     ("/customer/email", "invalid_email"),
///     ("/customer/lastname", "invalid_name"),
///     ("/customer/created_in", "read_only"),
/// ]);
/// assert!(!report.is_accepted());
/// ```
#[must_use]
pub fn validate_create(payload: &[u8], caller: Caller, store: &Store<'_>) -> Report {
    let parsed = match payload {
        [] => Ok((Value::Null, Vec::new())),
        payload => json::parse_noting_duplicates(payload),
    };
    let Ok((body, repeated)) = parsed else {
        return Report {
            violations: vec![violation(String::new(), &SYNTAX, Severity::Error)],
            ..Report::default()
        };
    };
    Examined::new(&body, repeated, caller, store, Reading::of_post(store)).report
}

/// All violations of the items of `POST /async/bulk/V1/customers`, one report an item.
///
/// Beside what [`validate_create`] finds, an item whose e-mail address an
/// earlier item of the batch takes on the same website has an error.
///
/// ```
/// use magewright::{json, predict};
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright::store::{Accounts, Caller, Store};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let release = Release::DEFAULT;
/// let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
///
/// let item = json::parse(br#"{"customer":{"email":"ada@b.test","firstname":"Ada","lastname":"L"}}"#)?;
/// let reports = predict::validate_batch(&[item.clone(), item], Caller::Admin, &store);
/// assert!(reports[0].is_clean());
/// assert_eq!(reports[1].violations[0].code, "email_taken");
/// # Ok::<(), json::SyntaxError>(())
/// ```
#[must_use]
pub fn validate_batch(items: &[Value], caller: Caller, store: &Store<'_>) -> Vec<Report> {
    let reading = Reading::of_queued(store);
    let mut taken = HashSet::new();
    let examine = |item: &Value| {
        if bulk::whole(item).is_err() {
            let violations = vec![violation(String::new(), &ITEM, Severity::Error)];
            return Report { violations, unchecked: unchecked(store) };
        }
        let mut examined = Examined::new(item, Vec::new(), caller, store, reading);
        if examined.report.is_accepted()
            && !examined.account(store).is_none_or(|account| taken.insert(account))
        {
            let pointer = pointer(&Place::Customer("email"), item);
            examined.report.violations.push(violation(pointer, &TAKEN_IN_BATCH, Severity::Error));
            in_document_order(&mut examined.report.violations, item);
        }
        examined.report
    };
    items.iter().map(examine).collect()
}

static ITEM: Rule = Rule {
    code: "not_an_object",
    message: "not an object: PHP fails on such an item, and nothing of the request is queued",
    source: "WebapiAsync Controller/Rest/Asynchronous/InputParamsResolver",
    releases: Band::ALL,
};

static TAKEN_IN_BATCH: Rule = Rule {
    code: "email_taken",
    message: "an earlier item of the batch has the e-mail address on that website",
    source: rules::EMAIL_TAKEN.source,
    releases: Band::ALL,
};

/// A body that went through all stages.
struct Examined {
    report: Report,
    saved: Option<Value>,
}

impl Examined {
    fn new(body: &Value, repeated: Vec<String>, caller: Caller, store: &Store<'_>, reading: Reading) -> Self {
        let mut findings = Findings::all_stages();
        let saved = run(body, caller, store, reading, &mut findings);
        let mut violations = errors(findings.found(), body);
        let mut losses: Vec<Loss> =
            repeated.into_iter().map(|pointer| Loss { pointer, rule: &kinds::DUPLICATE_KEY }).collect();
        if let Some(saved) = &saved {
            let read = read_addresses(body, store, reading);
            let mut comparison =
                Comparison { store, spellings: reading.spellings, read: &read, found: Vec::new() };
            comparison.body(body, saved);
            losses.append(&mut comparison.found);
        }
        for loss in losses {
            if !violations.iter().any(|violation| violation.pointer == loss.pointer) {
                violations.push(violation(loss.pointer, loss.rule, Severity::Loss));
            }
        }
        in_document_order(&mut violations, body);
        Examined { report: Report { violations, unchecked: unchecked(store) }, saved }
    }

    /// What must be unique: the e-mail address, and the website unless accounts are shared.
    fn account(&self, store: &Store<'_>) -> Option<(String, Option<i64>)> {
        let saved = self.saved.as_ref()?;
        let website = saved.get("website_id").and_then(Value::as_i64).unwrap_or(0);
        Some((folded_email(saved.get("email")?.as_str()?), store.account_scope(website)))
    }
}

fn violation(pointer: String, rule: &Rule, severity: Severity) -> Violation {
    Violation {
        pointer,
        code: rule.code,
        severity,
        message: rule.message.into(),
        source: rule.source,
        releases: rule.releases,
    }
}

/// The refusals as violations, the first at each place.
fn errors(found: &[Finding], body: &Value) -> Vec<Violation> {
    let mut violations: Vec<Violation> = Vec::new();
    for finding in found {
        let pointer = pointer(&finding.place, body);
        if !violations.iter().any(|violation| violation.pointer == pointer) {
            violations.push(violation(pointer, finding.rule, Severity::Error));
        }
    }
    violations
}

/// That the newest release's rules stand in for those of an edition which nobody has recorded.
pub(crate) fn unrecorded(store: &Store<'_>) -> Option<&'static str> {
    store.release.is_saas().then_some(Release::UNRECORDED)
}

/// Checks that rest on what nobody said of the store.
pub(crate) fn unchecked(store: &Store<'_>) -> Vec<&'static str> {
    let sections = [
        (Section::Websites, "store"),
        (Section::CustomerGroups, "group"),
        (Section::CustomerAttributes, "custom_attributes"),
        (Section::AddressAttributes, "address_attributes"),
        (Section::Countries, "region"),
        (Section::Settings, "settings"),
    ];
    let unknown = sections.into_iter().filter(|(section, _)| !store.profile.knows(*section));
    let mut unchecked: Vec<&'static str> = unknown.map(|(_, code)| code).collect();
    if store.accounts.is_empty() {
        unchecked.push("email_taken");
    }
    let attributes = store.profile.customer_attributes.iter().chain(&store.profile.address_attributes);
    let known = |rule: &str| matches!(rule, "email" | "date");
    if attributes
        .into_iter()
        .any(|attribute| attribute.rule("input_validation").is_some_and(|rule| !known(rule)))
    {
        unchecked.push("input_validation");
    }
    if store.now.is_none() && rules::DOB.releases.holds(store.release) {
        unchecked.push("dob_in_future");
    }
    unchecked.extend(unrecorded(store));
    unchecked
}
