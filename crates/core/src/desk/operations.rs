use super::{
    Failure, FailureCode, Request, bulks, checks, contracts, patches, predictions, replies, requests,
    searches, signatures, stores, updates,
};
use crate::json::Value;
use crate::store::Store;

/// One question the core answers.
#[derive(Debug)]
pub struct Operation {
    /// The name to ask it by.
    pub name: &'static str,
    /// The members of its request that are documents, each given as a JSON value
    /// or, with `_text` behind its name, as a string of JSON text.
    pub documents: &'static [&'static str],
    /// The other members its request may have.
    pub options: &'static [&'static str],
    pub(super) run: Run,
}

/// What finds the answer to a question.
#[derive(Debug)]
pub(super) enum Run {
    /// The request says all that is needed.
    Alone(fn(&Request) -> Result<Value, Failure>),
    /// The question is about a store: the one the request describes, or one described before.
    About(fn(&Request, &Store<'_>) -> Result<Value, Failure>),
}

impl Operation {
    pub(super) fn takes(&self, key: &str) -> bool {
        let document = key.strip_suffix("_text").unwrap_or(key);
        self.documents.contains(&document) || self.options.contains(&key)
    }

    pub(super) fn refuse(&self, key: &str) -> Failure {
        let known: Vec<_> = self.documents.iter().chain(self.options).copied().collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        let message = format!("`{}` has no such member: it takes {known}", self.name);
        Failure::member(FailureCode::UnknownMember, key, message)
    }
}

/// Every question the core answers.
///
/// ```
/// use magewright::desk::OPERATIONS;
/// assert!(OPERATIONS.iter().any(|operation| operation.name == "operations"));
/// ```
pub const OPERATIONS: &[Operation] = &[
    operation("operations", &[], &[], operations),
    about_store("validate", &["payload", "profile", "accounts"], STORE, checks::record),
    about_store("validate.create", &["body", "profile", "accounts"], SENT, checks::create),
    operation("validate.admin_user", &["body"], &["user", "policy"], checks::admin_user),
    about_store("validate.batch", &["items", "profile", "accounts"], SENT, bulks::validate),
    about_store("predict.create", &["body", "profile", "accounts"], SENT, predictions::create),
    about_store("predict.post", &["body", "profile", "accounts"], POSTED, predictions::post),
    about_store("predict.create_queued", &["item", "profile", "accounts"], SENT, predictions::queued),
    about_store("predict.update", &["stored", "body", "profile", "accounts"], UPDATED, updates::predict),
    about_store("predict.update_in_bulk", &["items", "profile", "accounts"], SENT, updates::predict_in_bulk),
    about_store("audit", &["stored", "body", "profile", "accounts"], UPDATED, updates::audit),
    about_store("plan", &["stored", "patch", "profile", "accounts"], PLANNED, updates::plan),
    operation("patch.apply", &["stored", "patch"], &[], patches::apply),
    operation("patch.diff", &["before", "after"], &[], patches::diff),
    operation("patch.changes", &["before", "after"], &[], patches::changes),
    operation("patch.reconcile", &["base", "current", "desired"], &["policy"], patches::reconcile),
    operation("search.encode", &[], &["criteria", "spelling"], searches::to_query),
    about_store("search.decode", &["profile", "accounts"], QUERIED, searches::from_query),
    about_store("search.check", &["profile", "accounts"], SOUGHT, searches::warnings),
    about_store("search.explain", &["profile", "accounts"], SOUGHT, searches::in_words),
    about_store("search.answer", &["profile", "accounts"], SOUGHT, searches::reply),
    operation("customers.get", &[], &["id", "fields", "scope", "release"], requests::get),
    operation("customers.search", &[], &["criteria", "scope", "release"], requests::search),
    operation("customers.create", &["customer"], &["password", "scope", "release"], requests::create),
    operation("customers.update", &["customer"], &["id", "scope", "release"], requests::update),
    operation("customers.delete", &[], &["id", "scope", "release"], requests::delete),
    operation("request", &["body"], COMPOSED, requests::compose),
    operation(
        "bulk.create",
        &["items"],
        &["passwords", "most_items", "most_bytes", "scope", "release"],
        bulks::create,
    ),
    operation("bulk.update", &["items"], &["most_items", "most_bytes", "scope", "release"], bulks::update),
    operation("bulk.delete", &["items"], &["most_items", "most_bytes", "scope", "release"], bulks::delete),
    operation("bulk.align", &["status"], &["count"], bulks::align),
    operation("oauth.sign", &[], SIGNED, signatures::sign),
    operation("oauth.verify", &["integrations"], VERIFIED, signatures::verify),
    operation("error.decode", &["body"], &["status", "method", "path", "token"], replies::decode_error),
    operation("profile.from_replies", stores::REPLIES, &[], stores::from_replies),
    operation("profile.stock", &[], &[], contracts::stock),
    about_store("contract", &["profile", "accounts"], STORE, contracts::contract),
    operation("releases", &[], &[], contracts::releases),
    operation("fields.apply", &["reply"], &["fields"], replies::apply_fields),
];

/// What describes a store, beside the documents `profile` and `accounts`.
const STORE: &[&str] = &["release", "scope", "now"];

/// What describes a store, and what is sought in it.
const SOUGHT: &[&str] = &["release", "scope", "now", "criteria"];

/// What describes a store, and what it is asked.
const QUERIED: &[&str] = &["release", "scope", "now", "query"];

/// What describes a store, and who sends it something.
const SENT: &[&str] = &["release", "scope", "now", "caller"];

/// The same, and by which route.
const UPDATED: &[&str] = &["release", "scope", "now", "caller", "route", "id"];

const PLANNED: &[&str] = &["release", "scope", "now", "caller", "route", "id", "strategy"];

/// The same as it is sent: with its path from the host on, and its content type.
const POSTED: &[&str] = &["release", "now", "caller", "path", "content_type"];

const COMPOSED: &[&str] = &["method", "path", "parameters", "criteria", "release", "scope"];

const SIGNED: &[&str] = &[
    "method",
    "url",
    "consumer_key",
    "consumer_secret",
    "token",
    "token_secret",
    "nonce",
    "timestamp",
    "release",
];

const VERIFIED: &[&str] = &["method", "url", "authorization", "now", "release"];

const fn operation(
    name: &'static str,
    documents: &'static [&'static str],
    options: &'static [&'static str],
    run: fn(&Request) -> Result<Value, Failure>,
) -> Operation {
    Operation { name, documents, options, run: Run::Alone(run) }
}

const fn about_store(
    name: &'static str,
    documents: &'static [&'static str],
    options: &'static [&'static str],
    run: fn(&Request, &Store<'_>) -> Result<Value, Failure>,
) -> Operation {
    Operation { name, documents, options, run: Run::About(run) }
}

/// The names of all operations, in the order of [`OPERATIONS`].
fn operations(_: &Request) -> Result<Value, Failure> {
    Ok(OPERATIONS.iter().map(|operation| operation.name).collect::<Vec<_>>().into())
}
