//! Whether the overlay fits, and what the generated code needs of it all.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::{Form, mentions};
use crate::schema::contract::Contract;
use crate::schema::overlay::Overlay;

/// An entry of the overlay must be about something.
pub(super) fn refuse_strays(form: &Form, contracts: &[Contract], overlay: &Overlay) -> Result<()> {
    for (name, notes) in &overlay.types {
        let Some(of) = form.types.get(name) else { bail!("at /types/{name}: no contract has this type") };
        for field in notes.fields.keys() {
            if of.fields.iter().all(|known| known.name != *field) {
                bail!("at /types/{name}/fields/{field}: no contract has this field");
            }
        }
    }
    for name in overlay.endpoints.keys() {
        let mut known = contracts.iter().flat_map(|contract| &contract.endpoints);
        if !known.any(|e| format!("{} {}", e.method, e.path) == *name) {
            bail!("at /endpoints/{name}: no contract has this endpoint");
        }
    }
    for (place, name) in overlay.secrets.members.iter().enumerate() {
        let mut bodies = contracts.iter().flat_map(|contract| &contract.endpoints).flat_map(|e| &e.body);
        if !bodies.any(|member| member.name == *name) {
            bail!("at /secrets/members/{place}: no body has a member `{name}`");
        }
    }
    refuse_dangling(form)
}

/// A kind in the overlay may name a type that is nowhere.
fn refuse_dangling(form: &Form) -> Result<()> {
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
