//! Python types of what a store sends and takes: `TypedDict`s, so that a plain `dict` is one.

use std::collections::BTreeSet;

use super::form::{Field, Form, Kind, Type};
use super::prose;
use super::traffic::{self, Direction};
use crate::schema::overlay::{Values, Way};

const OPENING: &str = r#""""The customer domain of Magento's REST API: `Customer` is what a store replies, `CustomerInput` what it takes.

A field is `NotRequired` where some release or store may leave it out, and `| None`
stands only where the store writes or takes it.
"""

import sys
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypeAlias, TypedDict

if sys.version_info >= (3, 13):
    from typing import ReadOnly
elif TYPE_CHECKING:
    from typing_extensions import ReadOnly
else:

    class ReadOnly:
        """Says to type checkers that only the store writes a field; older Pythons lack it."""

        def __class_getitem__(cls, item: Any) -> Any:
            """The type itself."""
            return item


Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""A JSON value."""
"#;

/// The module.
pub(crate) fn source(form: &Form) -> String {
    let keys = traffic::list_keys(form);
    let ways = [(Direction::Received, traffic::received(form)), (Direction::Sent, traffic::sent(form))];
    let (mut classes, mut names) = (String::new(), vec!["Json".to_owned()]);
    for (name, of) in &form.types {
        for (direction, reached) in &ways {
            if reached.contains(name.as_str()) {
                names.push(direction.name(name));
                classes.push_str(&class(form, name, of, *direction, &keys));
            }
        }
    }
    names.sort();
    let all: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    format!("{OPENING}\n__all__ = [\n{all}]\n{classes}")
}

fn class(form: &Form, name: &str, of: &Type, direction: Direction, keys: &BTreeSet<(&str, &str)>) -> String {
    let fields: Vec<(&Field, String)> = of
        .fields
        .iter()
        .filter(|field| direction.carries(field))
        .map(|field| (field, annotation(form, field, direction, direction.requires(field, keys, name))))
        .collect();
    let (name, doc) = (direction.name(name), docstring("    ", &prose::of_type(name, of)));
    if fields.iter().any(|(field, _)| !is_identifier(&field.name)) {
        let members = fields.iter().map(|(field, of)| format!("        {:?}: {of},\n", field.name));
        return format!(
            "\n\n{name} = TypedDict(\n    \"{name}\",\n    {{\n{}    }},\n)\n",
            members.collect::<String>()
        );
    }
    let members = fields.iter().map(|(field, of)| {
        format!("    {}: {of}\n{}", field.name, docstring("    ", &prose::of_field(field, direction)))
    });
    format!("\n\nclass {name}(TypedDict):\n{doc}\n{}", members.collect::<String>()).trim_end().to_owned()
        + "\n"
}

/// In quotes where it names a class, since that may follow only later in the file.
fn annotation(form: &Form, field: &Field, direction: Direction, required: bool) -> String {
    let mut of = match &field.notes.values {
        Some(Values::Integers(list)) => literal(list.iter().map(ToString::to_string)),
        Some(Values::Strings(list)) => literal(list.iter().map(|text| format!("{text:?}"))),
        None => value(form, &field.kind, direction),
    };
    if direction.nullable(field) && field.kind != Kind::Mixed {
        of.push_str(" | None");
    }
    if super::form::mentions(&field.kind).is_some() {
        of = format!("\"{of}\"");
    }
    if direction == Direction::Received && field.notes.way == Way::ReadOnly {
        of = format!("ReadOnly[{of}]");
    }
    if required { of } else { format!("NotRequired[{of}]") }
}

fn literal(values: impl Iterator<Item = String>) -> String {
    format!("Literal[{}]", values.collect::<Vec<_>>().join(", "))
}

/// An object that need hold nothing is `[]` to PHP when it holds nothing, and is taken back as that.
fn value(form: &Form, kind: &Kind, direction: Direction) -> String {
    match kind {
        Kind::Object(name) => {
            let empty = form.types.get(name).is_some_and(traffic::may_be_empty);
            format!("{}{}", direction.name(name), if empty { " | list[Json]" } else { "" })
        }
        other => item(other, direction),
    }
}

fn item(kind: &Kind, direction: Direction) -> String {
    match kind {
        Kind::String => "str".to_owned(),
        Kind::Integer => "int".to_owned(),
        Kind::Number => "float".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Mixed => "Json".to_owned(),
        Kind::Object(name) => direction.name(name),
        Kind::List(of) => format!("list[{}]", item(of, direction)),
    }
}

fn docstring(indent: &str, lines: &[String]) -> String {
    let text = lines.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
    format!("{indent}\"\"\"{text}\"\"\"\n")
}

fn is_identifier(name: &str) -> bool {
    const KEYWORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
        "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
        "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_and_odd_names_are_no_identifiers() {
        assert!(is_identifier("group_id"));
        for name in ["from", "foo-bar", "2x", ""] {
            assert!(!is_identifier(name), "{name}");
        }
    }

    #[test]
    fn a_docstring_cannot_end_early() {
        let text = docstring("", &["a \"\"\" b \\".to_owned()]);
        assert_eq!(text.matches("\"\"\"").count(), 2, "{text}");
    }
}
