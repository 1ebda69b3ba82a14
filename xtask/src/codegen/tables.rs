//! The tables that validate, predict and plan walk.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use super::band::{self, Band};
use super::form::{Endpoint, Field, Form, Kind, Type};
use crate::schema::overlay::{Beyond, Format, Limit, OnNull, Unit, Values, Way};

/// The Rust source of the tables, one line per field.
pub(crate) fn source(form: &Form) -> Result<String> {
    let mut out = String::from(
        "//! The built-in contract.\n\nuse std::borrow::Cow;\n\nuse crate::contract::{\n    Access, Beyond, \
         Endpoint, Field, Format, Kind, Limit, Method, OnNull, Parameter, Rules, Type, TypeId, Unit, Values, \
         Way,\n};\nuse crate::release::Band;\n\n",
    );
    newest_line(&mut out, form)?;
    ids(&mut out, form)?;
    for (name, of) in &form.types {
        fields(&mut out, &constant(name), &of.fields, form)?;
    }
    types(&mut out, form)?;
    for (place, endpoint) in form.endpoints.iter().enumerate() {
        if !endpoint.body.is_empty() {
            fields(&mut out, &format!("BODY_{place}"), &endpoint.body, form)?;
        }
    }
    endpoints(&mut out, form)?;
    Ok(out)
}

/// A release that a contract was taken in of is one that can be asked about.
fn newest_line(out: &mut String, form: &Form) -> Result<()> {
    let numbered = form.releases.iter().filter(|release| *release != band::SAAS);
    let lines = numbered.map(|text| band::numbers(text).map(|(line, _)| line));
    let newest = lines.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or_default();
    writeln!(out, "/// The last line of 2.4 that there is a contract of.")?;
    writeln!(out, "pub(crate) const NEWEST_LINE: u8 = {newest};\n")?;
    Ok(())
}

fn ids(out: &mut String, form: &Form) -> Result<()> {
    out.push_str("/// The places of the well-known types.\npub(crate) mod ids {\n    use super::TypeId;\n\n");
    for (place, (name, of)) in form.types.iter().enumerate() {
        writeln!(out, "    /// {}", about(name, of))?;
        writeln!(out, "    pub const {}: TypeId = TypeId::at({place});", constant(name))?;
    }
    out.push_str("}\n\n");
    Ok(())
}

fn about(name: &str, of: &Type) -> String {
    of.about.clone().unwrap_or_else(|| format!("`{name}`."))
}

fn fields(out: &mut String, constant: &str, fields: &[Field], form: &Form) -> Result<()> {
    writeln!(out, "static {constant}_FIELDS: [Field; {}] = [", fields.len())?;
    for field in fields {
        let kind = kind(&field.kind, form)?;
        let rules = rules(field);
        writeln!(out, "    Field::fixed({:?}, {kind}, {}, {rules}),", field.name, field.required)?;
    }
    out.push_str("];\n\n");
    Ok(())
}

fn types(out: &mut String, form: &Form) -> Result<()> {
    writeln!(out, "pub(crate) static TYPES: [Type; {}] = [", form.types.len())?;
    for (name, of) in &form.types {
        writeln!(out, "    Type::fixed({name:?}, {:?}, &{}_FIELDS),", of.definition, constant(name))?;
    }
    out.push_str("];\n\n");
    Ok(())
}

fn endpoints(out: &mut String, form: &Form) -> Result<()> {
    for (place, endpoint) in form.endpoints.iter().enumerate().filter(|(_, e)| !e.parameters.is_empty()) {
        writeln!(out, "static PARAMETERS_{place}: [Parameter; {}] = [", endpoint.parameters.len())?;
        for p in &endpoint.parameters {
            let kind = kind(&p.kind, form)?;
            writeln!(out, "    Parameter::fixed({:?}, {kind}, {}, {}),", p.name, p.in_path, p.required)?;
        }
        out.push_str("];\n");
    }
    writeln!(out, "\npub(crate) static ENDPOINTS: [Endpoint; {}] = [", form.endpoints.len())?;
    for (place, one) in form.endpoints.iter().enumerate() {
        endpoint(out, place, one, form).with_context(|| format!("{} {}", one.method, one.path))?;
    }
    out.push_str("];\n");
    Ok(())
}

fn endpoint(out: &mut String, place: usize, one: &Endpoint, form: &Form) -> Result<()> {
    let slice = |name: &str, is_empty: bool| match is_empty {
        true => "Cow::Borrowed(&[])".to_owned(),
        false => format!("Cow::Borrowed(&{name})"),
    };
    let reply = one.reply.as_ref().map(|reply| kind(reply, form)).transpose()?;
    writeln!(out, "    Endpoint {{")?;
    writeln!(out, "        method: Method::{},", method(&one.method)?)?;
    writeln!(out, "        path: Cow::Borrowed({:?}),", one.path)?;
    writeln!(out, "        operation: Cow::Borrowed({:?}),", one.operation)?;
    writeln!(
        out,
        "        parameters: {},",
        slice(&format!("PARAMETERS_{place}"), one.parameters.is_empty())
    )?;
    writeln!(out, "        body: {},", slice(&format!("BODY_{place}_FIELDS"), one.body.is_empty()))?;
    writeln!(out, "        reply: {},", reply.map_or("None".to_owned(), |kind| format!("Some({kind})")))?;
    writeln!(out, "        access: {},", access(&one.access))?;
    writeln!(out, "        service: {:?},", one.service)?;
    writeln!(out, "        needs: &{:?},", one.needs)?;
    writeln!(out, "        forced: &{:?},", one.forced)?;
    writeln!(out, "        core: {},", one.core)?;
    writeln!(out, "        instead: {:?},", one.instead)?;
    writeln!(out, "        band: {},", band_text(&one.band))?;
    writeln!(out, "    }},")?;
    Ok(())
}

fn method(method: &str) -> Result<&'static str> {
    Ok(match method {
        "GET" => "Get",
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        other => anyhow::bail!("the core has no method {other}"),
    })
}

fn access(access: &str) -> String {
    match access {
        "anonymous" => "Access::Anonymous".to_owned(),
        "customer" => "Access::Customer".to_owned(),
        "unknown" => "Access::Unknown".to_owned(),
        resource => format!("Access::Resource({resource:?})"),
    }
}

fn kind(kind: &Kind, form: &Form) -> Result<String> {
    let id = |name: &str| {
        let known = form.types.contains_key(name);
        known.then(|| format!("ids::{}", constant(name))).with_context(|| format!("no type `{name}`"))
    };
    Ok(match kind {
        Kind::String => "Kind::String".to_owned(),
        Kind::Integer => "Kind::Integer".to_owned(),
        Kind::Number => "Kind::Number".to_owned(),
        Kind::Boolean => "Kind::Boolean".to_owned(),
        Kind::Mixed => "Kind::Mixed".to_owned(),
        Kind::Object(name) => format!("Kind::Object({})", id(name)?),
        Kind::List(item) => match &**item {
            Kind::Object(name) => format!("Kind::Objects({})", id(name)?),
            Kind::String => "Kind::Strings".to_owned(),
            Kind::Integer => "Kind::Integers".to_owned(),
            Kind::Number => "Kind::Numbers".to_owned(),
            Kind::Boolean => "Kind::Booleans".to_owned(),
            Kind::Mixed | Kind::List(_) => "Kind::List".to_owned(),
        },
    })
}

/// Only what differs from `Rules::NONE` is written.
fn rules(field: &Field) -> String {
    let said = said(field);
    let mut presence: Vec<String> = Vec::new();
    presence.extend(field.notes.module.as_ref().map(|module| format!("module: Some({module:?})")));
    presence.extend((field.band != Band::default()).then(|| format!("band: {}", band_text(&field.band))));
    if !presence.is_empty() {
        presence.push(format!("bare: Some({})", literal(&said)));
    }
    literal(&[said, presence].concat())
}

fn literal(said: &[String]) -> String {
    match said.is_empty() {
        true => "&Rules::NONE".to_owned(),
        false => format!("&Rules {{ {}, ..Rules::NONE }}", said.join(", ")),
    }
}

/// What the overlay says of a field, apart from where it is present.
fn said(field: &Field) -> Vec<String> {
    let notes = &field.notes;
    let mut said: Vec<String> = Vec::new();
    match notes.way {
        Way::Both => {}
        Way::ReadOnly => said.push("way: Way::ReadOnly".to_owned()),
        Way::WriteOnly => said.push("way: Way::WriteOnly".to_owned()),
    }
    said.extend(notes.null_in_replies.then(|| "null_in_replies: true".to_owned()));
    said.extend(notes.on_null.map(|effect| format!("on_null: OnNull::{}", on_null(effect))));
    said.extend(notes.secret.then(|| "secret: true".to_owned()));
    said.extend(notes.limit.map(|of| format!("limit: Some({})", limit(of))));
    said.extend(notes.values.as_ref().map(|of| format!("values: {}", values(of))));
    said.extend(notes.format.map(|of| format!("format: Some(Format::{})", format(of))));
    said.extend(notes.list_key.as_ref().map(|key| format!("list_key: Some({key:?})")));
    said
}

fn on_null(effect: OnNull) -> &'static str {
    match effect {
        OnNull::Kept => "Kept",
        OnNull::Cleared => "Cleared",
        OnNull::Zero => "Zero",
        OnNull::Emptied => "Emptied",
        OnNull::Refused => "Refused",
    }
}

fn limit(limit: Limit) -> String {
    let unit = match limit.unit {
        Unit::Characters => "Characters",
        Unit::Bytes => "Bytes",
    };
    let beyond = match limit.beyond {
        Beyond::Cut => "Cut",
        Beyond::Refused => "Refused",
    };
    format!("Limit {{ size: {}, unit: Unit::{unit}, beyond: Beyond::{beyond} }}", limit.size)
}

fn values(values: &Values) -> String {
    match values {
        Values::Integers(list) => format!("Values::Integers(&{list:?})"),
        Values::Strings(list) => format!("Values::Strings(&{list:?})"),
    }
}

fn format(format: Format) -> &'static str {
    match format {
        Format::Email => "Email",
        Format::Date => "Date",
        Format::DateTime => "DateTime",
        Format::Country => "Country",
        Format::Digits => "Digits",
        Format::Uuid => "Uuid",
        Format::Json => "Json",
        Format::Url => "Url",
    }
}

fn band_text(band: &Band) -> String {
    if *band == Band::only_saas() {
        return "Band::SAAS".to_owned();
    }
    let numbered = match (band.since.is_empty(), band.until.is_empty()) {
        (true, true) => "Band::ALL".to_owned(),
        (false, true) => format!("Band::since(&{:?})", band.since),
        (true, false) => format!("Band::ALL.until(&{:?})", band.until),
        (false, false) => format!("Band::since(&{:?}).until(&{:?})", band.since, band.until),
    };
    band.saas.map_or_else(|| numbered.clone(), |has| format!("{numbered}.saas({has})"))
}

/// `CustomerSearchResults` as `CUSTOMER_SEARCH_RESULTS`.
pub(crate) fn constant(name: &str) -> String {
    let mut out = String::new();
    for (place, c) in name.chars().enumerate() {
        if place > 0 && c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}
