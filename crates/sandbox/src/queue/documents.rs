//! Submissions and operations as documents, for a store that is kept in a file.

use magewright::call::{Method, Route, route};
use magewright::json::{Object, Value};

use super::{Bulk, Operation, Queue, State, Submission};
use crate::identity::{Identity, Rights};

impl Queue {
    /// What is kept of the submission at that place, and of each of its operations.
    pub(crate) fn documents(&self, bulk: usize) -> Option<(Value, Vec<Value>)> {
        let bulk = self.bulks.get(bulk)?;
        Some((bulk.submission.document(), bulk.operations.iter().map(Operation::document).collect()))
    }

    /// The operations of a submission with that key, by place.
    pub(crate) fn with_key(&self, bulk: usize, key: i64) -> Vec<(usize, Value)> {
        let operations = self.bulks.get(bulk).map(|bulk| bulk.operations.as_slice()).unwrap_or_default();
        let named = operations.iter().enumerate().filter(|(_, operation)| operation.key == key);
        named.map(|(place, operation)| (place, operation.document())).collect()
    }

    /// Takes a submission back from its documents. What was open then waits again; `None` for what are none.
    pub(crate) fn restore(&mut self, submission: &Value, operations: &[Value]) -> Option<()> {
        let operations = operations.iter().map(Operation::read).collect::<Option<_>>()?;
        self.submit(Bulk { submission: Submission::read(submission)?, operations });
        Some(())
    }
}

impl Submission {
    fn document(&self) -> Value {
        let rights = match &self.submitter {
            Identity::Admin(_, Rights::Only(some)) | Identity::Integration(_, Rights::Only(some)) => {
                Some(some.clone())
            }
            _ => None,
        };
        let mut out = Object::new();
        out.insert("uuid", self.uuid.as_str());
        out.insert("topic", self.topic.as_str());
        out.insert("method", self.route.method.as_str());
        out.insert("path", self.route.template);
        out.insert("user_type", self.submitter.user_type());
        out.insert("user_id", self.submitter.user_id());
        out.insert("rights", rights);
        out.insert("store", self.store);
        out.insert("started", self.started);
        out.into()
    }

    fn read(document: &Value) -> Option<Self> {
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let number = |name: &str| document.get(name).and_then(Value::as_i64);
        let method = Method::from_name(text("method")?)?;
        let path = text("path")?;
        let is = |route: &&Route| route.method == method && route.template == path;
        Some(Submission {
            uuid: text("uuid")?.to_owned(),
            topic: text("topic")?.to_owned(),
            route: *route::ROUTES.iter().find(is)?,
            submitter: submitter(number("user_type")?, number("user_id"), rights(document))?,
            store: number("store")?,
            started: number("started")?,
        })
    }
}

fn rights(document: &Value) -> Rights {
    match document.get("rights").and_then(Value::as_array) {
        Some(some) => Rights::Only(some.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        None => Rights::All,
    }
}

fn submitter(user_type: i64, id: Option<i64>, rights: Rights) -> Option<Identity> {
    Some(match user_type {
        1 => Identity::Integration(id?, rights),
        2 => Identity::Admin(id?, rights),
        3 => Identity::Customer(id?),
        _ => Identity::Guest,
    })
}

impl Operation {
    fn document(&self) -> Value {
        let mut out = Object::new();
        out.insert("key", self.key);
        out.insert("body", self.body.clone());
        out.insert("status", self.state.number());
        match &self.state {
            State::Open => {}
            State::Complete { reply, note } => {
                out.insert("reply", reply.clone());
                out.insert("message", note.as_str());
            }
            State::Failed { message, code } => {
                out.insert("message", message.as_str());
                out.insert("code", *code);
            }
        }
        out.into()
    }

    fn read(document: &Value) -> Option<Self> {
        let message = || Some(document.get("message")?.as_str()?.to_owned());
        let state = match document.get("status")?.as_i64()? {
            1 => State::Complete { reply: document.get("reply")?.clone(), note: message()? },
            3 => State::Failed { message: message()?, code: document.get("code")?.as_i64()? },
            _ => State::Open,
        };
        Some(Operation { key: document.get("key")?.as_i64()?, body: document.get("body")?.clone(), state })
    }
}
