//! `POST /V1/customers`: createAccount.

use super::saved::save;
use crate::bulk;
use crate::json::{Object, Path, Value};
use crate::outcome::{Outcome, Refusal};
use crate::store::coerce::{Coercion, Reading};
use crate::store::finding::{Answer, Findings, Phrase, Place};
use crate::store::shape::CUSTOMER;
use crate::store::{Caller, Store, account, body, customer, password, php, rules};

/// Predicts the outcome of `POST /V1/customers` with this body.
///
/// `payload` is the body's bytes, `{"customer": {…}, "password": …}`. The saved
/// customer carries the markers `"<id>"`, `"<a1>"`, … and `"<time>"` for what
/// only the server knows. The store's refusal may nevertheless have
/// [kept](Refusal::kept) the customer.
///
/// ```
/// use magewright::outcome::Outcome;
/// use magewright::predict;
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright::store::{Accounts, Caller, Store};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let release = Release::DEFAULT;
/// let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
///
/// let body = br#"{"customer":{"email":"ada@example.test","firstname":"Ada","lastname":"L"}}"#;
/// let Outcome::Saved { customer } = predict::create(body, Caller::Guest, &store) else { panic!() };
/// assert_eq!(customer.get("created_in").and_then(|v| v.as_str()), Some("Default Store View"));
///
/// let Outcome::Refused(refusal) = predict::create(b"{", Caller::Guest, &store) else { panic!() };
/// assert_eq!((refusal.status, refusal.message.as_str()), (400, "Decoding error."));
/// ```
#[must_use]
pub fn create(payload: &[u8], caller: Caller, store: &Store<'_>) -> Outcome {
    match body::json(payload) {
        Ok(body) => create_value(&body, caller, store),
        Err(refusal) => Outcome::Refused(refusal),
    }
}

pub(super) fn create_value(body: &Value, caller: Caller, store: &Store<'_>) -> Outcome {
    let mut findings = Findings::first_stage_only();
    let saved = run(body, caller, store, Reading::of_post(store), &mut findings);
    outcome(saved, &findings)
}

fn outcome(saved: Option<Value>, findings: &Findings) -> Outcome {
    match (findings.refusal(), saved) {
        (Some(refusal), saved) => {
            Outcome::Refused(Refusal { kept: saved.filter(|_| findings.keeps()), ..refusal })
        }
        (None, Some(customer)) => Outcome::Saved { customer },
        (None, None) => Outcome::Refused(body::undecodable()),
    }
}

/// What becomes of one create in a queue.
#[derive(Debug, Clone, PartialEq)]
pub enum Queued {
    /// The submission is refused, and with it every item of the request.
    NotAccepted(Refusal),
    /// The item is accepted; this is what comes of it when its turn comes.
    Ran(Outcome),
}

/// Predicts one item of `POST /async/bulk/V1/customers`, or the body of `POST /async/V1/customers`.
///
/// Types, unknown fields, missing parameters and rights are checked when the
/// request is submitted; everything else when the item runs, where a refusal
/// ends the operation and its [message is rendered](Refusal::rendered).
///
/// ```
/// use magewright::json;
/// use magewright::predict::{self, Queued};
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright::store::{Accounts, Caller, Store};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let release = Release::DEFAULT;
/// let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let item = |text: &[u8]| json::parse(text).map(|item| predict::create_queued(&item, Caller::Admin, &store));
///
/// assert!(matches!(item(br#"{"customer":{"gender":"x"}}"#)?, Queued::NotAccepted(_)));
/// assert!(matches!(item(br#"{"customer":{"email":"bad"}}"#)?, Queued::Ran(outcome) if !outcome.is_saved()));
/// # Ok::<(), json::SyntaxError>(())
/// ```
#[must_use]
pub fn create_queued(item: &Value, caller: Caller, store: &Store<'_>) -> Queued {
    if let Err(refusal) = bulk::whole(item) {
        return Queued::NotAccepted(*refusal);
    }
    let mut findings = Findings::first_stage_only();
    let accepted = submit(item, caller, store, Reading::of_queued(store), &mut findings);
    match (findings.refusal(), accepted) {
        (None, Some(account)) => {
            // The queue's consumer works in the default store view, whatever the path was.
            let saved = execute(account, &Store { scope: None, ..*store }, &mut findings);
            Queued::Ran(outcome(saved, &findings))
        }
        (refusal, _) => Queued::NotAccepted(refusal.unwrap_or_else(body::undecodable)),
    }
}

/// Runs the stages; the saved customer when they were gone through to the end.
pub(super) fn run(
    body: &Value,
    caller: Caller,
    store: &Store<'_>,
    reading: Reading,
    findings: &mut Findings,
) -> Option<Value> {
    let account = submit(body, caller, store, reading, findings)?;
    if findings.stops() { None } else { execute(account, store, findings) }
}

/// What a create asks for.
struct Account {
    customer: Object,
    password: Option<String>,
}

/// The stages before the service is called: parameters and rights.
fn submit(
    body: &Value,
    caller: Caller,
    store: &Store<'_>,
    reading: Reading,
    findings: &mut Findings,
) -> Option<Account> {
    findings.begin(Answer::First);
    check_caller(caller, store, findings);
    if findings.stops() {
        return None;
    }
    let mut account = parameters(body, store, reading, findings)?;
    if findings.stops() {
        return None;
    }
    findings.begin(Answer::First);
    check_rights(&mut account.customer, caller, store, findings);
    Some(account)
}

/// One stage of the service, over the customer as it stands.
type Stage<'a> = &'a dyn Fn(&mut Object, &mut Findings);

/// The stages of the service itself.
fn execute(account: Account, store: &Store<'_>, findings: &mut Findings) -> Option<Value> {
    let Account { mut customer, password } = account;
    let stages: [Stage<'_>; 4] = [
        &|customer, findings| check_password(customer, password.as_deref(), store, findings),
        &|customer, findings| account::check_id(customer, store, findings),
        &|customer, findings| account::settle(customer, store, findings),
        &|customer, findings| customer::check(customer, None, store, findings),
    ];
    for stage in stages {
        findings.begin(Answer::First);
        stage(&mut customer, findings);
        if findings.stops() {
            return None;
        }
    }
    save(&customer, store, findings)
}

/// The call's parameters, cast to their types; a body without the customer gives none.
fn parameters(body: &Value, store: &Store<'_>, reading: Reading, findings: &mut Findings) -> Option<Account> {
    findings.begin(Answer::First);
    let mut coercion = Coercion { store, findings, reading };
    let customer = reading.spellings.parameter(body, "customer");
    if !reading.takes_scalars && customer.is_some_and(|customer| !php::is_array(customer)) {
        coercion.findings.crash(&rules::TYPE, Place::Parameter("customer"));
        return None;
    }
    let customer = customer.map(|sent| coercion.object(&CUSTOMER, sent, &Path::root().key("customer")));
    let password = coercion.text_parameter(body, &["password"]);
    coercion.text_parameter(body, &["redirectUrl", "redirect_url"]);
    if findings.stops() {
        return None;
    }
    findings.begin(Answer::Inputs);
    if customer.is_none() {
        let words = Phrase::required("customer");
        findings.refuse(&rules::REQUIRED_PARAMETER, Place::Parameter("customer"), words);
    }
    customer.map(|customer| Account { customer, password: password.map(|password| php::text(&password)) })
}

/// The addresses of a body as the store reads them, one for each that was sent.
pub(super) fn read_addresses(body: &Value, store: &Store<'_>, reading: Reading) -> Vec<Value> {
    let mut findings = Findings::all_stages();
    let mut coercion = Coercion { store, findings: &mut findings, reading };
    let sent = body.get("customer").unwrap_or(&Value::Null);
    let customer = coercion.object(&CUSTOMER, sent, &Path::root());
    customer.get("addresses").and_then(Value::as_array).unwrap_or_default().to_vec()
}

/// In the SaaS edition a create is not open to everybody. In which words it says so nobody has recorded.
fn check_caller(caller: Caller, store: &Store<'_>, findings: &mut Findings) {
    let rule = &rules::CALLER_FORBIDDEN;
    if rule.releases.holds(store.release) && !caller.manages_customers() {
        findings.refuse_with(401, rule, Place::Pointer(String::new()), Phrase::plain(rule.message));
    }
}

/// Only callers who manage customers may choose the group.
fn check_rights(customer: &mut Object, caller: Caller, store: &Store<'_>, findings: &mut Findings) {
    const WORDS: &str = "The consumer isn't authorized to access %resources.";
    let given = customer.get("group_id").is_some_and(|group| !group.is_null());
    if caller.manages_customers() || !given {
        return;
    }
    if rules::GROUP_FORBIDDEN.releases.holds(store.release) {
        let words = Phrase::named(WORDS, &[("resources", "Magento_Customer::manage".into())]);
        findings.refuse_with(401, &rules::GROUP_FORBIDDEN, Place::Customer("group_id"), words);
    } else if rules::GROUP_DROPPED.releases.holds(store.release) {
        customer.remove("group_id");
    }
}

fn check_password(customer: &Object, password: Option<&str>, store: &Store<'_>, findings: &mut Findings) {
    let email = customer.get("email").filter(|email| !email.is_null()).map(php::text);
    let place = Place::Customer("email");
    if email.is_none() && rules::EMAIL_NULL.releases.holds(store.release) {
        const WORDS: &str = "The email address is required to create a customer account.";
        return findings.refuse(&rules::EMAIL_NULL, place, Phrase::plain(WORDS));
    }
    let Some(password) = password else { return };
    if !password::check(password, &store.profile.settings, findings) {
        return;
    }
    match email {
        None => findings.fail(&rules::EMAIL_NULL_FAILS, place),
        Some(email) if email.eq_ignore_ascii_case(password) => {
            const WORDS: &str =
                "The password can't be the same as the email address. Create a new password and try again.";
            findings.refuse(&rules::PASSWORD_IS_EMAIL, Place::Parameter("password"), Phrase::plain(WORDS));
        }
        Some(_) => {}
    }
}
