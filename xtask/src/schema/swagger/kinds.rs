//! What a schema describes: the fields of an object, or a kind.

use anyhow::Result;

use super::{Swagger, Unread};
use crate::schema::contract::{Field, Kind};
use crate::schema::node::At;

/// Keywords that say nothing of a value's type.
const REMARKS: [&str; 8] =
    ["description", "title", "example", "examples", "default", "xml", "format", "externalDocs"];
/// Keywords that narrow a type's values, which a contract does not hold: the overlay does.
const CONSTRAINTS: [&str; 20] = [
    "additionalProperties",
    "allowEmptyValue",
    "const",
    "deprecated",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "nullable",
    "pattern",
    "readOnly",
    "uniqueItems",
    "writeOnly",
];
/// References to references deeper than this are a cycle.
const MAX_ALIASES: usize = 16;

/// The properties of an object, and which it calls required, from all its parts.
#[derive(Default)]
struct Shape<'a> {
    properties: Vec<(&'a str, At<'a>)>,
    required: Vec<(&'a str, At<'a>)>,
}

impl<'a> Swagger<'a> {
    /// The fields of an object; in that of a module, a broken field may be anything.
    pub(super) fn object(&self, at: &At<'a>, of_module: Option<&str>) -> Result<Vec<Field>> {
        let mut shape = Shape::default();
        self.gather(at, &mut shape, 0)?;
        for (name, place) in &shape.required {
            if shape.properties.iter().all(|(known, _)| known != name) {
                let why = place.refuse(&format!("`{name}` is required but not among the properties"));
                self.remarks.or_warn(why)?;
            }
        }
        let field = |(name, at): &(&str, At<'a>)| {
            let required = shape.required.iter().any(|(required, _)| required == name);
            let kind = self.kind(at, &[], 0);
            let kind = match of_module {
                Some(definition) => self.remarks.or_skip(kind, Kind::Anything, || {
                    Unread::Field(definition.to_owned(), (*name).to_owned())
                })?,
                None => kind?,
            };
            Ok(Field { name: (*name).to_owned(), kind, required })
        };
        shape.properties.iter().map(field).collect()
    }

    /// The properties of an object and of the parts it is made up of; of two with one name the last counts.
    fn gather(&self, at: &At<'a>, shape: &mut Shape<'a>, depth: usize) -> Result<()> {
        if let Some(target) = at.get("$ref") {
            return self.gather(&self.definition(&target, depth)?, shape, depth + 1);
        }
        let parts = at.get("allOf").map(|parts| parts.list()).transpose()?.unwrap_or_default();
        for part in &parts {
            self.gather(part, shape, depth + 1)?;
        }
        match type_of(at)? {
            Some(("object", _)) => {}
            Some((_, place)) => return Err(place.refuse("expected the type `object`")),
            None if !parts.is_empty() || depth > 0 || at.get("properties").is_some() => {}
            None => return Err(at.refuse("`type` is missing")),
        }
        self.refuse_unknown(at, &["type", "properties", "required", "allOf"])?;
        for (name, property) in at.get("properties").map(|at| at.members()).transpose()?.unwrap_or_default() {
            match shape.properties.iter_mut().find(|(known, _)| *known == name) {
                Some(known) => known.1 = property,
                None => shape.properties.push((name, property)),
            }
        }
        for required in at.get("required").map(|at| at.list()).transpose()?.unwrap_or_default() {
            shape.required.push((required.text()?, required));
        }
        Ok(())
    }

    /// The kind a schema describes. Definitions stay as names (Magento's); a
    /// definition that is no object stands for its own kind.
    pub(super) fn kind(&self, at: &At<'a>, beside: &[&str], aliases: usize) -> Result<Kind> {
        if let Some(target) = at.get("$ref") {
            return self.reference(&target, aliases);
        }
        if let Some(parts) = at.get("allOf") {
            return self.only_part(&parts, aliases);
        }
        if let Some(choices) = at.get("oneOf").or_else(|| at.get("anyOf")) {
            return self.any_choice(&choices, aliases);
        }
        let Some((kind, place)) = type_of(at)? else { return Err(at.refuse("`type` is missing")) };
        let known: &[&str] = if kind == "array" { &["type", "items"] } else { &["type"] };
        self.refuse_unknown(at, &[known, beside].concat())?;
        Ok(match kind {
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            "object" => Kind::Anything,
            "array" => Kind::List(Box::new(self.kind(&at.need("items")?, &[], aliases + 1)?)),
            other => {
                let known = "string, integer, number, boolean, array and object are known";
                return Err(place.refuse(&format!("unknown type `{other}`; {known}")));
            }
        })
    }

    /// A property made up of one part and remarks beside it.
    fn only_part(&self, parts: &At<'a>, aliases: usize) -> Result<Kind> {
        let says_something = |part: &At<'a>| {
            part.members().is_ok_and(|members| members.iter().any(|(keyword, _)| !is_remark(keyword)))
        };
        let parts_with_kinds: Vec<At<'a>> = parts.list()?.into_iter().filter(says_something).collect();
        match parts_with_kinds.as_slice() {
            [only] => self.kind(only, &[], aliases + 1),
            _ => {
                Err(parts
                    .refuse("several parts make up a type without a name; give it one under /definitions"))
            }
        }
    }

    /// What holds for every choice; of several kinds, any value.
    fn any_choice(&self, choices: &At<'a>, aliases: usize) -> Result<Kind> {
        let mut kinds: Vec<Kind> = Vec::new();
        for choice in choices.list()? {
            if choice.get("type").is_some_and(|kind| kind.text().is_ok_and(|text| text == "null")) {
                continue;
            }
            let kind = self.kind(&choice, &[], aliases + 1)?;
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        match kinds.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(choices.refuse("no choice says a type")),
            _ => {
                self.remarks.note("one of several kinds, taken as any value", choices);
                Ok(Kind::Anything)
            }
        }
    }

    fn reference(&self, target: &At<'a>, aliases: usize) -> Result<Kind> {
        let definition = self.definition(target, aliases)?;
        let is_object = match type_of(&definition)? {
            Some((kind, _)) => kind == "object",
            None => definition.get("properties").is_some() || definition.get("allOf").is_some(),
        };
        match target.text()?.strip_prefix(DEFINITIONS).filter(|_| is_object) {
            Some(name) => Ok(Kind::Object(name.to_owned())),
            None => self.kind(&definition, &[], aliases + 1),
        }
    }

    /// The definition that is referred to, after so many references.
    fn definition(&self, target: &At<'a>, aliases: usize) -> Result<At<'a>> {
        let name = target.text()?.strip_prefix(DEFINITIONS);
        let name = name.ok_or_else(|| target.refuse("only references to `#/definitions/` are known"))?;
        if aliases >= MAX_ALIASES {
            return Err(target.refuse(&format!("`{name}` refers to itself without an object between")));
        }
        self.definitions.get(name).ok_or_else(|| {
            target.refuse(&format!("there is no definition `{name}`; the document is cut or edited"))
        })
    }

    fn refuse_unknown(&self, at: &At<'a>, known: &[&str]) -> Result<()> {
        for (keyword, place) in at.members()? {
            if CONSTRAINTS.contains(&keyword) && !known.contains(&keyword) {
                self.remarks
                    .note(&format!("`{keyword}` is not taken over; the overlay holds limits"), &place);
            } else if !known.contains(&keyword) && !is_remark(keyword) {
                return Err(place.refuse(&format!("the keyword `{keyword}` is not understood here")));
            }
        }
        Ok(())
    }
}

const DEFINITIONS: &str = "#/definitions/";

fn is_remark(keyword: &str) -> bool {
    REMARKS.contains(&keyword) || keyword.starts_with("x-")
}

/// The type that a schema names and where; `["string", "null"]` is a string.
fn type_of<'a>(at: &At<'a>) -> Result<Option<(&'a str, At<'a>)>> {
    let Some(kind) = at.get("type") else { return Ok(None) };
    let Ok(list) = kind.list() else { return Ok(Some((kind.text()?, kind))) };
    let named = list.iter().map(At::text).collect::<Result<Vec<_>>>()?;
    let named: Vec<&str> = named.into_iter().filter(|name| *name != "null").collect();
    match named.as_slice() {
        [only] => Ok(Some((only, kind))),
        _ => Err(kind.refuse("one of several types; one, and null beside it, are known")),
    }
}
