//! Whether the overlay fits, and what the generated code needs of it all.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::{Form, mentions};
use crate::schema::contract::Contract;
use crate::schema::overlay::Overlay;

/// The entries of the overlay that are about nothing: a mistake, or what a contract that came in anew has
/// no more.
pub(super) fn strays(form: &Form, contracts: &[Contract], overlay: &Overlay) -> Vec<String> {
    let mut strays = Vec::new();
    for (name, notes) in &overlay.types {
        let Some(of) = form.types.get(name) else {
            strays.push(format!("at /types/{name}: no contract has this type"));
            continue;
        };
        let gone = notes.fields.keys().filter(|field| of.fields.iter().all(|known| known.name != **field));
        strays
            .extend(gone.map(|field| format!("at /types/{name}/fields/{field}: no contract has this field")));
    }
    let endpoints = || contracts.iter().flat_map(|contract| &contract.endpoints);
    let known = |name: &str| endpoints().any(|one| format!("{} {}", one.method, one.path) == name);
    let gone = overlay.endpoints.keys().filter(|name| !known(name));
    strays.extend(gone.map(|name| format!("at /endpoints/{name}: no contract has this endpoint")));
    for (place, name) in overlay.secrets.members.iter().enumerate() {
        if !endpoints().flat_map(|one| &one.body).any(|member| member.name == *name) {
            strays.push(format!("at /secrets/members/{place}: no body has a member `{name}`"));
        }
    }
    strays
}

/// A kind in the overlay may name a type that is nowhere.
pub(super) fn refuse_dangling(form: &Form) -> Result<()> {
    let owned = form.types.iter().flat_map(|(name, of)| of.fields.iter().map(move |field| (name, field)));
    for (owner, field) in owned {
        if let Some(missing) = mentions(&field.kind).filter(|name| !form.types.contains_key(*name)) {
            bail!(
                "the overlay's kind of {owner}.{} names the type `{missing}`, which is nowhere",
                field.name
            );
        }
        if let Some(key) = &field.notes.list_key {
            let item = mentions(&field.kind).and_then(|name| form.types.get(name));
            if !item.is_some_and(|item| item.fields.iter().any(|f| f.name == *key)) {
                bail!("the list key `{key}` of {owner}.{} is no field of its items", field.name);
            }
        }
    }
    Ok(())
}

/// Drops types that nothing reaches once the overlay has set kinds right.
pub(super) fn keep_reached(form: &mut Form, overlay: &Overlay) {
    let declared = overlay.declared.iter().flat_map(|one| one.types.keys());
    let mut waiting: Vec<String> = declared.cloned().collect();
    waiting.extend(["ErrorResponse", "SearchCriteria"].map(str::to_owned));
    for endpoint in &form.endpoints {
        let kinds = endpoint.body.iter().map(|field| &field.kind).chain(&endpoint.reply);
        waiting.extend(kinds.filter_map(mentions).map(str::to_owned));
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let fields = form.types.get(&name).map_or(&[][..], |of| &of.fields);
        if reached.insert(name) {
            waiting.extend(fields.iter().filter_map(|field| mentions(&field.kind)).map(str::to_owned));
        }
    }
    form.types.retain(|name, _| reached.contains(name));
}
