//! What changed between two contracts, judged for who sends and who reads.

mod fields;
mod reach;
mod show;
#[cfg(test)]
mod tests;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::contract::{Contract, Endpoint, Parameter};
use super::renames::Renames;
use fields::Use;
pub(crate) use fields::kind;
use reach::Reach;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// `Customer.dob`, `PUT /V1/customers/me`, `PUT /V1/customers/me body.customer`.
    pub(crate) place: String,
    /// `added`, `removed`, `string became integer`.
    pub(crate) what: String,
    /// Whether a request that worked may fail or lose something.
    pub(crate) breaks_sender: bool,
    /// Whether a reader of replies may miss something or meet something else.
    pub(crate) breaks_reader: bool,
}

/// How the changes are written.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    /// One line for each.
    #[default]
    Text,
    /// For programs.
    Json,
    /// A fragment for a changelog.
    Md,
}

/// Which changes are a failure.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FailOn {
    /// One that breaks a sender or a reader.
    Breaking,
}

/// `cargo xtask schema diff`
pub(crate) fn run(old: &Contract, new: &Contract, format: Format, fail_on: Option<FailOn>) -> Result<()> {
    let changes = changes(old, new);
    print!("{}", show::text(&changes, (&old.release, &new.release), format));
    let breaking = changes.iter().filter(|change| change.breaks_sender || change.breaks_reader).count();
    match fail_on {
        Some(FailOn::Breaking) if breaking > 0 => bail!("{breaking} breaking changes"),
        _ => Ok(()),
    }
}

/// The changes as one line each.
pub(crate) fn summary(old: &Contract, new: &Contract) -> String {
    show::text(&changes(old, new), (&old.release, &new.release), Format::Text)
}

/// The changes as a fragment for a changelog.
pub(crate) fn markdown(old: &Contract, new: &Contract) -> String {
    show::text(&changes(old, new), (&old.release, &new.release), Format::Md)
}

/// Every change, types before endpoints, each by name. What has another name only is said to have it,
/// and compared under the older one.
pub(crate) fn changes(old: &Contract, new: &Contract) -> Vec<Change> {
    let renames = Renames::between(old, new);
    let new = &renames.undone(new);
    let (before, after) = (Reach::of(old), Reach::of(new));
    let mut changes = Vec::new();
    for (name, of) in &old.types {
        let used = Use { sent: before.sent.contains(name), read: before.read.contains(name) };
        match new.types.get(name) {
            Some(other) => {
                fields::compare(&format!("{name}."), &of.fields, &other.fields, used, &mut changes)
            }
            None => changes.push(Change::new(name, "removed", used.sent, used.read)),
        }
    }
    let added = new.types.keys().filter(|name| !old.types.contains_key(*name));
    let reached = |name: &&String| after.sent.contains(*name) || after.read.contains(*name);
    changes.extend(added.filter(reached).map(|name| Change::new(name, "added", false, false)));
    // No name of a definition goes over the wire.
    let called = |after: &String| format!("is called {after}");
    changes.extend(renames.types.iter().map(|(name, after)| Change::new(name, &called(after), false, false)));
    changes.sort_by(|a, b| a.place.cmp(&b.place));
    let mut of_endpoints = endpoints(old, new);
    of_endpoints.extend(renames.paths.iter().map(|((method, path), after)| {
        // The path of a bulk is made of the names.
        Change::new(&format!("{method} {path}"), &called(after), method != "GET", false)
    }));
    of_endpoints.sort_by(|a, b| a.place.cmp(&b.place));
    changes.extend(of_endpoints);
    changes
}

impl Change {
    pub(crate) fn new(place: &str, what: &str, breaks_sender: bool, breaks_reader: bool) -> Change {
        Change { place: place.to_owned(), what: what.to_owned(), breaks_sender, breaks_reader }
    }
}

fn endpoints(old: &Contract, new: &Contract) -> Vec<Change> {
    let find = |contract: &Contract, one: &Endpoint| {
        contract.endpoints.iter().find(|other| name(other) == name(one)).cloned()
    };
    let mut changes = Vec::new();
    for one in &old.endpoints {
        match find(new, one) {
            Some(other) => endpoint(one, &other, &mut changes),
            None => changes.push(Change::new(&name(one), "removed", true, true)),
        }
    }
    let added = new.endpoints.iter().filter(|one| find(old, one).is_none());
    changes.extend(added.map(|one| Change::new(&name(one), "added", false, false)));
    changes
}

fn name(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.method, endpoint.path)
}

fn endpoint(old: &Endpoint, new: &Endpoint, changes: &mut Vec<Change>) {
    let place = name(old);
    fields::compare(&format!("{place} body."), &old.body, &new.body, Use::BODY, changes);
    let fields = |list: &[Parameter]| list.iter().map(|one| one.field.clone()).collect::<Vec<_>>();
    let (before, after) = (fields(&old.parameters), fields(&new.parameters));
    fields::compare(&format!("{place} parameter."), &before, &after, Use::BODY, changes);
    if old.reply != new.reply {
        let shown = |reply: &Option<_>| reply.as_ref().map_or("nothing".to_owned(), fields::kind);
        let what = format!("reply: {} became {}", shown(&old.reply), shown(&new.reply));
        changes.push(Change::new(&place, &what, false, true));
    }
}
