//! Types and endpoints that only the overlay declares.

use anyhow::{Context, Result, bail};

use super::band::Band;
use super::form::{Endpoint, Field, Form, Kind, Parameter, Type};
use crate::schema::overlay::{self, DeclaredEndpoint, DeclaredType, Overlay};

/// Adds them; one that a contract has by now must leave the overlay's `declared`.
pub(super) fn add(form: &mut Form, overlay: &Overlay) -> Result<()> {
    for declared in &overlay.declared {
        for (name, of) in &declared.types {
            if form.types.contains_key(name) {
                bail!(
                    "at /declared/types/{name}: a contract has this type; write notes under /types instead"
                );
            }
            form.types.insert(name.clone(), declared_type(of)?);
        }
        for (name, endpoint) in &declared.endpoints {
            if form.endpoints.iter().any(|known| known.name() == *name) {
                bail!(
                    "at /declared/endpoints/{name}: a contract has this endpoint; write notes under /endpoints"
                );
            }
            let mut endpoint = declared_endpoint(name, endpoint, declared.core)
                .with_context(|| format!("at /declared/endpoints/{name}"))?;
            endpoint.band = endpoint.band.with_saas(declared.saas);
            form.endpoints.push(endpoint);
        }
    }
    form.endpoints.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
    Ok(())
}

fn declared_type(of: &DeclaredType) -> Result<Type> {
    let field = |field: &overlay::DeclaredField| {
        let kind = field.notes.kind.clone();
        Ok(Field {
            name: field.name.clone(),
            kind: kind.with_context(|| format!("the declared field `{}` needs a `kind`", field.name))?,
            required: field.required,
            band: Band::of(&field.notes.since, &field.notes.until, &[], &[])?,
            notes: field.notes.clone(),
        })
    };
    let fields = of.fields.iter().map(field).collect::<Result<_>>()?;
    Ok(Type { about: Some(of.about.clone()), definition: String::new(), fields })
}

fn declared_endpoint(name: &str, endpoint: &DeclaredEndpoint, core: bool) -> Result<Endpoint> {
    let (method, path) = name.split_once(' ').context("write it as `METHOD /path`")?;
    let parameter = |in_path| {
        move |(name, kind): (&String, &Kind)| Parameter {
            name: name.clone(),
            kind: kind.clone(),
            in_path,
            required: in_path || *kind == Kind::Object("SearchCriteria".to_owned()),
        }
    };
    let body = endpoint.body.iter().map(|(name, kind)| Field {
        name: name.clone(),
        kind: kind.clone(),
        required: true,
        notes: overlay::Field::default(),
        band: Band::default(),
    });
    let in_query = endpoint.query.iter().map(parameter(false));
    Ok(Endpoint {
        about: endpoint.notes.about.clone(),
        method: method.to_owned(),
        path: path.to_owned(),
        operation: String::new(),
        parameters: endpoint.path.iter().map(parameter(true)).chain(in_query).collect(),
        body: body.collect(),
        reply: endpoint.reply.clone(),
        access: endpoint.notes.access.clone(),
        service: endpoint.notes.service.clone().unwrap_or_default(),
        needs: endpoint.notes.needs.clone(),
        forced: endpoint.notes.forced.clone(),
        core,
        instead: endpoint.notes.instead.clone().unwrap_or_default(),
        band: Band::of(&endpoint.notes.since, &endpoint.notes.until, &[], &[])?,
    })
}
