//! The queue: what was submitted, and what became of it.

mod consume;
mod documents;
mod service;
mod submit;

pub(crate) use consume::consume;
pub(crate) use submit::{find, submit};

use std::collections::VecDeque;

use magewright::call::Route;
use magewright::json::{Object, Value};
use magewright::outcome::Refusal;
use magewright::time::Moment;

use crate::identity::Identity;

/// Everything submitted, and what of it waits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queue {
    bulks: Vec<Bulk>,
    /// Positions of bulk and operation, in the order of submission.
    waiting: VecDeque<(usize, usize)>,
}

/// A submission with its operations.
#[derive(Debug, Clone)]
pub(crate) struct Bulk {
    submission: Submission,
    operations: Vec<Operation>,
}

/// Who submitted what, when and where.
#[derive(Debug, Clone)]
struct Submission {
    uuid: String,
    topic: String,
    route: Route,
    submitter: Identity,
    /// The store view of the code it came under.
    store: i64,
    started: i64,
}

/// One item of a submission.
#[derive(Debug, Clone)]
struct Operation {
    /// The item's key as PHP keeps it; several items may have the same.
    key: i64,
    /// What the service will be called with.
    body: Value,
    state: State,
}

/// How an operation stands.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Open,
    /// Done, with the reply of the service and what the store notes.
    Complete {
        reply: Value,
        note: String,
    },
    /// Refused, with the text and the number the store keeps.
    Failed {
        message: String,
        code: i64,
    },
}

/// The column of a message holds so many characters.
const MESSAGE_LENGTH: usize = 255;

impl Queue {
    /// The submission with that UUID.
    ///
    /// # Errors
    /// 404 for an unknown one.
    pub(crate) fn bulk(&self, uuid: &str) -> Result<&Bulk, Refusal> {
        let found = self.bulks.iter().find(|bulk| bulk.submission.uuid == uuid);
        found.ok_or_else(|| Refusal::new(404, "Bulk uuid %bulkUuid not exist").named([("bulkUuid", uuid)]))
    }

    /// Every operation as `/detailed-status` shows it.
    pub(crate) fn operations(&self) -> Vec<Value> {
        let detailed = |bulk: &Bulk| {
            bulk.operations.iter().map(|operation| operation.detailed(&bulk.submission)).collect::<Vec<_>>()
        };
        self.bulks.iter().flat_map(detailed).collect()
    }

    /// How many operations wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Returns the place of the submission among all.
    fn submit(&mut self, bulk: Bulk) -> usize {
        let at = self.bulks.len();
        let open = bulk.operations.iter().enumerate().filter(|(_, operation)| operation.state == State::Open);
        self.waiting.extend(open.map(|(position, _)| (at, position)));
        self.bulks.push(bulk);
        at
    }

    /// Takes the operation that waits longest, with the position of its bulk.
    fn take(&mut self) -> Option<(usize, Submission, Operation)> {
        let (at, position) = self.waiting.pop_front()?;
        let bulk = self.bulks.get(at)?;
        Some((at, bulk.submission.clone(), bulk.operations.get(position)?.clone()))
    }

    /// Notes what an operation came to. The store tells operations apart by their keys, so
    /// that those with the same key all show what the last of them came to.
    fn note(&mut self, bulk: usize, key: i64, state: &State) {
        let operations = self.bulks.get_mut(bulk).into_iter().flat_map(|bulk| &mut bulk.operations);
        operations
            .filter(|operation| operation.key == key)
            .for_each(|operation| operation.state = state.clone());
    }
}

impl Bulk {
    /// The reply of `/status`.
    pub(crate) fn status(&self) -> Value {
        self.summary(Operation::short)
    }

    /// The reply of `/detailed-status`: what was sent stays visible until it succeeds, passwords included.
    pub(crate) fn detailed_status(&self) -> Value {
        self.summary(|operation| operation.detailed(&self.submission))
    }

    /// How many operations have that status.
    pub(crate) fn count(&self, status: i64) -> i64 {
        let count = self.operations.iter().filter(|operation| operation.state.number() == status).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    fn summary(&self, operation: impl Fn(&Operation) -> Value) -> Value {
        let Submission { uuid, topic, submitter, started, .. } = &self.submission;
        let mut out = Object::new();
        out.insert("operations_list", self.operations.iter().map(operation).collect::<Vec<_>>());
        out.insert("user_type", submitter.user_type());
        out.insert("bulk_id", uuid.as_str());
        out.insert("description", format!("Topic {topic}"));
        out.insert("start_time", Moment::at(*started).to_string());
        out.insert("user_id", submitter.user_id());
        out.insert("operation_count", i64::try_from(self.operations.len()).unwrap_or(i64::MAX));
        out.into()
    }
}

impl Operation {
    fn short(&self) -> Value {
        let mut out = Object::new();
        out.insert("id", self.key);
        out.insert("status", self.state.number());
        self.outcome(&mut out);
        out.into()
    }

    fn detailed(&self, bulk: &Submission) -> Value {
        let mut out = Object::new();
        out.insert("id", self.key);
        out.insert("bulk_uuid", bulk.uuid.as_str());
        out.insert("topic_name", bulk.topic.as_str());
        let (sent, result) = match &self.state {
            State::Complete { reply, .. } => (None, Some(crate::php::json_encode(reply))),
            State::Open | State::Failed { .. } => (Some(self.serialized(bulk.store)), None),
        };
        out.insert("serialized_data", sent);
        out.insert("result_serialized_data", result);
        out.insert("status", self.state.number());
        self.outcome(&mut out);
        out.into()
    }

    fn outcome(&self, out: &mut Object) {
        let (message, code) = match &self.state {
            State::Open => (None, None),
            State::Complete { note, .. } => (Some(note.clone()), None),
            State::Failed { message, code } => (Some(message.clone()), Some(*code)),
        };
        out.insert("result_message", message);
        out.insert("error_code", code);
    }

    /// What the store writes down of an operation.
    fn serialized(&self, store: i64) -> String {
        let mut out = Object::new();
        out.insert("entity_id", Value::Null);
        out.insert("entity_link", "");
        out.insert("meta_information", crate::php::json_encode(&self.body));
        out.insert("store_id", store.to_string());
        crate::php::json_encode(&out.into())
    }
}

impl State {
    /// The store's number: 1 complete, 3 failed for good, 4 open. 2 (failed, may be tried
    /// again) follows a deadlock and 5 (rejected) was never seen.
    fn number(&self) -> i64 {
        match self {
            State::Complete { .. } => 1,
            State::Failed { .. } => 3,
            State::Open => 4,
        }
    }

    fn failed(message: &str, code: i64) -> Self {
        State::Failed { message: message.chars().take(MESSAGE_LENGTH).collect(), code }
    }
}
