//! What is to be done about a row, given the customer as it is now.

use magewright::json::{Object, Value};
use magewright::plan::{Change, Plan, Unplannable, Verification, apply, verify_created};
use magewright::predict::update::Route;
use magewright::predict::validate_create;
use magewright::store::Accounts;

use super::journal::{Entry, State};
use super::row::{Hash, Key, Row, Wish};
use super::{Missing, Outcome, Problem, SyncOptions, Via, explain};
use crate::Client;
use crate::write::{Laid, Laying, adds_address, expected};

/// A row on its way.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) line: u64,
    pub(super) hash: Hash,
    pub(super) text: Vec<u8>,
    pub(super) wish: Wish,
    /// The customer, where it is known.
    pub(super) id: Option<i64>,
    /// What was noted before something was sent, by this run or an earlier one.
    pub(super) intent: Option<Intent>,
    /// How often something was sent.
    pub(super) sent: u32,
    /// How often nothing could be done.
    pub(super) failures: u32,
    laying: Laying,
    /// Where the row changes the customer.
    changes: Vec<String>,
}

/// What is being done about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    Create,
    Update,
}

/// What is to be done about a row.
pub(super) enum Step {
    Done(Outcome),
    Create(Value),
    Update(i64, Box<Plan>),
}

impl Job {
    /// A job for a row, of which an earlier run may have begun something.
    pub(super) fn new(row: Row, begun: Option<&Entry>) -> Result<Self, Problem> {
        let Row { line, text, hash, wish } = row;
        let wish = wish?;
        let (intent, before) = match begun.map(|entry| (entry.state, entry)) {
            Some((State::Creating, _)) => (Some(Intent::Create), Some(Vec::new())),
            Some((State::Updating, entry)) => (Some(Intent::Update), ids(&entry.note)),
            _ => (None, None),
        };
        let laying = Laying::new(wish.change()?, before);
        let id = wish.key.id();
        let job =
            Job { line, hash, text, wish, id, intent, sent: 0, failures: 0, laying, changes: Vec::new() };
        Ok(job)
    }

    /// What is to be done, the customer being as found.
    pub(super) fn decide(&mut self, client: &Client, options: &SyncOptions, found: Option<&Value>) -> Step {
        let step = match found {
            None => self.absent(client, options),
            Some(customer) => self.present(client, options, customer),
        };
        match step {
            Step::Create(_) if options.dry_run => Step::Done(Outcome::Created),
            Step::Update(_, plan) if options.dry_run => Step::Done(Outcome::Updated(pointers(&plan.changes))),
            Step::Update(_, plan) if self.sent >= options.rounds => {
                Step::Done(Outcome::Conflict(pointers(&plan.changes)))
            }
            step => step,
        }
    }

    fn absent(&self, client: &Client, options: &SyncOptions) -> Step {
        let rejected = |code, pointer, message| Step::Done(Outcome::rejected(code, pointer, message));
        match (&self.wish.key, options.missing) {
            (Key::Id(_), _) => {
                return rejected("no_such_customer", "/id", "the store has no customer with this id");
            }
            (_, Missing::Reject) => {
                return rejected(
                    "no_such_account",
                    "/email",
                    "no account has this email, and none is to be created",
                );
            }
            _ => {}
        }
        let customer = match self.wish.customer() {
            Ok(customer) => customer,
            Err(problem) => return Step::Done(Outcome::Rejected(vec![problem])),
        };
        let nobody = Accounts::new();
        let body = enveloped(&customer).to_string();
        let report = validate_create(body.as_bytes(), client.caller(), &client.store(&nobody));
        Outcome::checked(&report, options.losses).map_or(Step::Create(customer), Step::Done)
    }

    fn present(&mut self, client: &Client, options: &SyncOptions, customer: &Value) -> Step {
        let Some(id) = customer.get("id").and_then(Value::as_i64) else {
            return Step::Done(Outcome::Failed("the store showed a customer without an id".to_owned()));
        };
        self.id = Some(id);
        let drift = if self.intent == Some(Intent::Create) { self.drift(client, customer) } else { None };
        if drift.as_ref().is_some_and(Vec::is_empty) {
            return Step::Done(Outcome::Created);
        }
        match (self.lay(client, options, id, customer), drift) {
            (Ok(Laid::Holds), _) => Step::Done(self.held()),
            (Ok(Laid::Send(plan)), _) => {
                if self.changes.is_empty() {
                    self.changes = pointers(&plan.changes);
                }
                Step::Update(id, plan)
            }
            // It was created, and is not as it was to be.
            (Err(_), Some(drift)) => Step::Done(Outcome::Conflict(drift)),
            (Err(reasons), None) => Step::Done(self.rejection(client, &reasons, customer)),
        }
    }

    fn rejection(&self, client: &Client, reasons: &Unplannable, customer: &Value) -> Outcome {
        let wanted = self.wish.change().ok().and_then(|patch| apply(customer, &patch).ok());
        explain::rejection(reasons, wanted.as_ref(), &client.store(&Accounts::new()))
    }

    /// Plans by the way wanted; what adds an address goes by a request of its own, whose end can be seen.
    fn lay(
        &mut self,
        client: &Client,
        options: &SyncOptions,
        id: i64,
        customer: &Value,
    ) -> Result<Laid, Unplannable> {
        if options.via == Via::Bulk {
            match client.lay_by(Route::Queue, &mut self.laying, customer)? {
                Laid::Send(plan) if adds_address(&plan) => {}
                laid => return Ok(laid),
            }
        }
        client.lay(id, &mut self.laying, customer)
    }

    /// Where a customer differs from the one that was to be created; `None` when no create was predicted.
    fn drift(&self, client: &Client, customer: &Value) -> Option<Vec<String>> {
        let expected = expected(client, &enveloped(&self.wish.customer().ok()?))?;
        Some(match verify_created(&expected, customer) {
            Verification::Verified => Vec::new(),
            Verification::Drift(drift) => pointers(&drift),
        })
    }

    fn held(&mut self) -> Outcome {
        match self.intent {
            None => Outcome::Unchanged,
            Some(Intent::Create) => Outcome::Created,
            Some(Intent::Update) => Outcome::Updated(std::mem::take(&mut self.changes)),
        }
    }

    /// What is to be noted before the step is made; `None` when it stands there already.
    pub(super) fn intend(&mut self, step: &Step) -> Option<Entry> {
        let (intent, state) = match step {
            Step::Done(_) => return None,
            Step::Create(_) => (Intent::Create, State::Creating),
            // An update of a customer whom this row created is part of that.
            Step::Update(..) if self.intent == Some(Intent::Create) => return None,
            Step::Update(..) => (Intent::Update, State::Updating),
        };
        if self.intent == Some(intent) {
            return None;
        }
        self.intent = Some(intent);
        if intent == Intent::Create {
            // Whatever addresses the customer has then, this row brought them.
            self.laying.begin_empty();
        }
        let note = self.laying.before().map(|before| format!("{before:?}")).unwrap_or_default();
        Some(Entry { state, id: self.id, note })
    }
}

/// The ids in a note: a JSON list.
fn ids(note: &str) -> Option<Vec<i64>> {
    let list = magewright::json::parse(note.as_bytes()).ok()?;
    list.as_array().map(|ids| ids.iter().filter_map(Value::as_i64).collect())
}

fn enveloped(customer: &Value) -> Value {
    Value::Object([("customer", customer.clone())].into_iter().collect::<Object>())
}

fn pointers(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| change.pointer.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Credentials;

    fn decided(row: &str, options: &SyncOptions, found: Option<&str>) -> Step {
        let client = Client::new("https://shop.example/", Credentials::bearer("t0ken")).unwrap();
        let found = found.map(|text| magewright::json::parse(text.as_bytes()).unwrap());
        let row = Row::read(1, row.as_bytes().to_vec()).unwrap();
        Job::new(row, None).unwrap().decide(&client, options, found.as_ref())
    }

    const STORED: &str = r#"{"id":5,"group_id":1,"email":"a@b.test","firstname":"A","lastname":"B","store_id":1,
        "website_id":1,"addresses":[],"disable_auto_group_change":0}"#;

    #[test]
    fn a_row_is_held_against_what_is_there() {
        let options = SyncOptions::default();
        let update = decided(r#"{"id":5,"taxvat":"1"}"#, &options, Some(STORED));
        assert!(matches!(update, Step::Update(5, plan) if plan.changes.len() == 1));
        let same = decided(r#"{"email":"A@b.test","firstname":"A"}"#, &options, Some(STORED));
        assert!(matches!(same, Step::Done(Outcome::Unchanged)));
        let dry = SyncOptions { dry_run: true, ..options };
        let update = decided(r#"{"id":5,"taxvat":"1"}"#, &dry, Some(STORED));
        assert!(matches!(update, Step::Done(Outcome::Updated(places)) if places == ["/taxvat"]));
    }

    #[test]
    fn who_is_missing_is_created_or_rejected() {
        let options = SyncOptions::default();
        let row = r#"{"email":"a@b.test","firstname":"A","lastname":"B"}"#;
        assert!(matches!(decided(row, &options, None), Step::Create(_)));
        let lossy = r#"{"email":"a@b.test","firstname":"A","lastname":"B","addresses":[{"city":"Ulm"}]}"#;
        assert!(matches!(decided(lossy, &options, None), Step::Done(Outcome::Rejected(_))));
        assert!(matches!(decided(r#"{"id":5}"#, &options, None), Step::Done(Outcome::Rejected(_))));
        let strict = SyncOptions { missing: Missing::Reject, ..options };
        assert!(matches!(decided(row, &strict, None), Step::Done(Outcome::Rejected(_))));
    }
}
