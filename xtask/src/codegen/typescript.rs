//! TypeScript types of what a store sends and takes.

use std::collections::BTreeSet;

use super::form::{Endpoint, Field, Form, Kind, Parameter, Type};
use super::prose;
use super::traffic::{self, Direction};
use crate::schema::overlay::{Values, Way};

/// The declaration file.
pub(crate) fn source(form: &Form) -> String {
    let mut out = String::from(
        "/**\n * The customer domain of Magento's REST API: `Customer` is what a store replies, `CustomerInput`\n \
         * what it takes. A field is optional where some release or store may leave it out, and `| null`\n \
         * stands only where the store writes or takes it.\n */\n\nimport type { Json } from \"./index.js\";\n",
    );
    let keys = traffic::list_keys(form);
    let ways = [(Direction::Received, traffic::received(form)), (Direction::Sent, traffic::sent(form))];
    for (name, of) in &form.types {
        for (direction, names) in &ways {
            if names.contains(name.as_str()) {
                out.push_str(&interface(form, name, of, *direction, &keys));
            }
        }
    }
    out.push_str(&endpoints(form));
    out
}

fn interface(
    form: &Form,
    name: &str,
    of: &Type,
    direction: Direction,
    keys: &BTreeSet<(&str, &str)>,
) -> String {
    let mut out = format!("\n{}", comment("", &prose::of_type(name, of)));
    out.push_str(&format!("export interface {} {{\n", direction.name(name)));
    for field in of.fields.iter().filter(|field| direction.carries(field)) {
        let required = direction.requires(field, keys, name);
        out.push_str(&property(form, field, direction, required));
    }
    if traffic::is_open(name) {
        out.push_str("  /** What modules add. */\n  [attribute: string]: unknown;\n");
    }
    out.push_str("}\n");
    out
}

fn property(form: &Form, field: &Field, direction: Direction, required: bool) -> String {
    let readonly = match direction == Direction::Received && field.notes.way == Way::ReadOnly {
        true => "readonly ",
        false => "",
    };
    let optional = if required { "" } else { "?" };
    let null = if direction.nullable(field) && field.kind != Kind::Mixed { " | null" } else { "" };
    let doc = comment("  ", &prose::of_field(field, direction));
    format!("{doc}  {readonly}{}{optional}: {}{null};\n", member(&field.name), value(form, field, direction))
}

fn value(form: &Form, field: &Field, direction: Direction) -> String {
    match &field.notes.values {
        Some(Values::Integers(list)) => union(list.iter().map(ToString::to_string)),
        Some(Values::Strings(list)) => union(list.iter().map(|text| format!("{text:?}"))),
        None => kind(form, &field.kind, direction),
    }
}

fn union(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(" | ")
}

/// An object that need hold nothing is `[]` to PHP when it holds nothing, and is taken back as that.
fn kind(form: &Form, kind: &Kind, direction: Direction) -> String {
    match kind {
        Kind::Object(name) => {
            let empty = form.types.get(name).is_some_and(traffic::may_be_empty);
            format!("{}{}", direction.name(name), if empty { " | []" } else { "" })
        }
        other => item(other, direction),
    }
}

fn item(kind: &Kind, direction: Direction) -> String {
    match kind {
        Kind::String => "string".to_owned(),
        Kind::Integer | Kind::Number => "number".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Mixed => "Json".to_owned(),
        Kind::Object(name) => direction.name(name),
        Kind::List(of) => format!("{}[]", item(of, direction)),
    }
}

/// Every endpoint, by method and path.
fn endpoints(form: &Form) -> String {
    let mut out = String::from("\n/** What every endpoint takes and replies, by method and path. */\n");
    out.push_str("export interface Endpoints {\n");
    for endpoint in &form.endpoints {
        out.push_str(&comment("  ", &prose::of_endpoint(endpoint)));
        out.push_str(&format!("  \"{} {}\": {{\n", endpoint.method, endpoint.path));
        out.push_str(&format!("    path: {};\n", parameters(endpoint, true)));
        out.push_str(&format!("    query: {};\n", parameters(endpoint, false)));
        out.push_str(&format!("    body: {};\n", body(endpoint)));
        let reply = endpoint.reply.as_ref().map(|of| kind(form, of, Direction::Received));
        out.push_str(&format!("    reply: {};\n  }};\n", reply.unwrap_or_else(|| "Json".to_owned())));
    }
    out.push_str("}\n");
    out
}

fn parameters(endpoint: &Endpoint, in_path: bool) -> String {
    let of = endpoint.parameters.iter().filter(|parameter| parameter.in_path == in_path);
    let member = |one: &Parameter| {
        let optional = if one.required { "" } else { "?" };
        format!("{}{optional}: {}", member(&one.name), item(&one.kind, Direction::Sent))
    };
    object(of.map(member).collect())
}

fn body(endpoint: &Endpoint) -> String {
    let member = |field: &Field| {
        let optional = if field.required { "" } else { "?" };
        let needs = needs(endpoint, &field.name);
        let of = item(&field.kind, Direction::Sent);
        match needs.is_empty() {
            true => format!("{}{optional}: {of}", member(&field.name)),
            false => {
                format!(
                    "{}{optional}: {of} & Required<Pick<{of}, {}>>",
                    member(&field.name),
                    union(needs.into_iter())
                )
            }
        }
    };
    object(endpoint.body.iter().map(member).collect())
}

/// The members of a body's member that the store does not do without.
fn needs(endpoint: &Endpoint, member: &str) -> Vec<String> {
    let below = format!("/{member}/");
    let needed = endpoint.needs.iter().filter_map(|pointer| pointer.strip_prefix(&below));
    needed.map(|name| format!("{name:?}")).collect()
}

fn object(members: Vec<String>) -> String {
    match members.is_empty() {
        true => "Record<string, never>".to_owned(),
        false => format!("{{ {} }}", members.join("; ")),
    }
}

/// A member's name, in quotes where it is no identifier.
fn member(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { format!("{name:?}") }
}

fn comment(indent: &str, lines: &[String]) -> String {
    let said = lines.iter().map(|line| line.replace("*/", "*\u{2060}/")).collect::<Vec<_>>();
    match said.as_slice() {
        [one] => format!("{indent}/** {one} */\n"),
        many => {
            let body: String = many.iter().map(|line| format!("{indent} * {line}\n")).collect();
            format!("{indent}/**\n{body}{indent} */\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_identifiers_stand_in_quotes() {
        assert_eq!(member("group_id"), "group_id");
        assert_eq!(member("foo-bar"), "\"foo-bar\"");
        assert_eq!(member("2x"), "\"2x\"");
    }

    #[test]
    fn a_comment_cannot_end_early() {
        assert!(!comment("", &["a */ b".to_owned()]).contains("a */"));
    }
}
