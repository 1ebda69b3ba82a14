//! The contract of one release: the types and endpoints of the customer domain.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::node::{At, Node};

/// Types by name, endpoints by path and method.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contract {
    pub(crate) release: String,
    pub(crate) types: BTreeMap<String, Type>,
    pub(crate) endpoints: Vec<Endpoint>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Type {
    /// Magento's name of the definition.
    pub(crate) definition: String,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// What the schema says: the getter is declared never to give null.
    pub(crate) required: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    /// An object that the schema says nothing more of.
    Anything,
    Object(String),
    List(Box<Kind>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Endpoint {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) operation: String,
    pub(crate) service: Option<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Vec<Field>,
    pub(crate) reply: Option<Kind>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) field: Field,
    /// `path` or `query`.
    pub(crate) place: String,
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

impl Contract {
    /// The contract as a JSON Schema document.
    pub(crate) fn to_node(&self) -> Node {
        let comment = format!(
            "Facts of Magento {r}, made by `cargo xtask schema import FILE-or-URL --release {r}`. Do not edit.",
            r = self.release
        );
        let types = self.types.iter().map(|(name, of)| (name.clone(), of.to_node()));
        Node::map([
            ("$schema", Some(Node::text(DIALECT))),
            ("$comment", Some(Node::Text(comment))),
            ("release", Some(Node::text(&self.release))),
            ("$defs", Some(Node::Map(types.collect()))),
            ("endpoints", Some(Node::List(self.endpoints.iter().map(Endpoint::to_node).collect()))),
        ])
    }

    /// Reads what [`Contract::to_node`] wrote.
    pub(crate) fn from_node(node: &Node) -> Result<Contract> {
        let root = At::root(node);
        let mut types = BTreeMap::new();
        for (name, at) in root.need("$defs")?.members()? {
            let definition = at.need("x-definition")?.text()?.to_owned();
            types.insert(name.to_owned(), Type { definition, fields: fields_from(&at)? });
        }
        let endpoints =
            root.need("endpoints")?.list()?.iter().map(Endpoint::from_at).collect::<Result<_>>()?;
        Ok(Contract { release: root.need("release")?.text()?.to_owned(), types, endpoints })
    }

    /// Reads a contract file.
    pub(crate) fn load(path: &std::path::Path) -> Result<Contract> {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let node: Node =
            serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
        Contract::from_node(&node).with_context(|| format!("in {}", path.display()))
    }
}

impl Type {
    fn to_node(&self) -> Node {
        let mut node = object(&self.fields);
        if let Node::Map(pairs) = &mut node {
            pairs.insert(0, ("x-definition".to_owned(), Node::text(&self.definition)));
        }
        node
    }
}

impl Endpoint {
    fn to_node(&self) -> Node {
        let parameters = || self.parameters.iter().map(Parameter::to_node).collect();
        Node::map([
            ("method", Some(Node::text(&self.method))),
            ("path", Some(Node::text(&self.path))),
            ("operation", Some(Node::text(&self.operation))),
            ("service", self.service.as_ref().map(Node::text)),
            ("parameters", (!self.parameters.is_empty()).then(|| Node::List(parameters()))),
            ("body", (!self.body.is_empty()).then(|| object(&self.body))),
            ("reply", self.reply.as_ref().map(Kind::to_node)),
        ])
    }

    fn from_at(at: &At<'_>) -> Result<Endpoint> {
        let text = |key: &str| Ok::<_, anyhow::Error>(at.need(key)?.text()?.to_owned());
        let parameters = at.get("parameters").map(|list| list.list()).transpose()?.unwrap_or_default();
        Ok(Endpoint {
            method: text("method")?,
            path: text("path")?,
            operation: text("operation")?,
            service: at.get("service").map(|at| at.text().map(str::to_owned)).transpose()?,
            parameters: parameters.iter().map(Parameter::from_at).collect::<Result<_>>()?,
            body: at.get("body").map(|body| fields_from(&body)).transpose()?.unwrap_or_default(),
            reply: at.get("reply").map(|reply| Kind::from_at(&reply)).transpose()?,
        })
    }
}

impl Parameter {
    fn to_node(&self) -> Node {
        Node::map([
            ("name", Some(Node::text(&self.field.name))),
            ("in", Some(Node::text(&self.place))),
            ("required", Some(Node::Bool(self.field.required))),
            ("schema", Some(self.field.kind.to_node())),
        ])
    }

    fn from_at(at: &At<'_>) -> Result<Parameter> {
        let field = Field {
            name: at.need("name")?.text()?.to_owned(),
            kind: Kind::from_at(&at.need("schema")?)?,
            required: at.need("required")?.boolean()?,
        };
        Ok(Parameter { field, place: at.need("in")?.text()?.to_owned() })
    }
}

impl Kind {
    fn to_node(&self) -> Node {
        let named = |name: &str| Node::map([("type", Some(Node::text(name)))]);
        match self {
            Kind::String => named("string"),
            Kind::Integer => named("integer"),
            Kind::Number => named("number"),
            Kind::Boolean => named("boolean"),
            Kind::Anything => named("object"),
            Kind::Object(name) => Node::map([("$ref", Some(Node::Text(format!("#/$defs/{name}"))))]),
            Kind::List(item) => {
                Node::map([("type", Some(Node::text("array"))), ("items", Some(item.to_node()))])
            }
        }
    }

    fn from_at(at: &At<'_>) -> Result<Kind> {
        if let Some(target) = at.get("$ref") {
            let name = target.text()?.strip_prefix("#/$defs/");
            return Ok(Kind::Object(
                name.ok_or_else(|| target.refuse("not a `#/$defs/` reference"))?.to_owned(),
            ));
        }
        let kind = at.need("type")?;
        Ok(match kind.text()? {
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            "object" => Kind::Anything,
            "array" => Kind::List(Box::new(Kind::from_at(&at.need("items")?)?)),
            other => return Err(kind.refuse(&format!("unknown type `{other}`"))),
        })
    }

    /// The type this mentions, directly or as a list's item.
    pub(crate) fn mentions(&self) -> Option<&str> {
        match self {
            Kind::Object(name) => Some(name),
            Kind::List(item) => item.mentions(),
            _ => None,
        }
    }
}

/// The schema of an object with these fields.
fn object(fields: &[Field]) -> Node {
    let properties = fields.iter().map(|field| (field.name.clone(), field.kind.to_node()));
    let required: Vec<_> = fields.iter().filter(|f| f.required).map(|f| Node::text(&f.name)).collect();
    Node::map([
        ("type", Some(Node::text("object"))),
        ("properties", (!fields.is_empty()).then(|| Node::Map(properties.collect()))),
        ("required", (!required.is_empty()).then_some(Node::List(required))),
    ])
}

fn fields_from(at: &At<'_>) -> Result<Vec<Field>> {
    let required = match at.get("required") {
        Some(list) => list.list()?.iter().map(At::text).collect::<Result<Vec<_>>>()?,
        None => Vec::new(),
    };
    let Some(properties) = at.get("properties") else { return Ok(Vec::new()) };
    let field = |(name, at): (&str, At<'_>)| {
        let kind = Kind::from_at(&at)?;
        Ok(Field { name: name.to_owned(), kind, required: required.contains(&name) })
    };
    properties.members()?.into_iter().map(field).collect()
}
