//! The overlay: what Magento's schema leaves out or gets wrong, in our own words.
//!
//! `schema/overlay.json` is written by hand. Every entry has a source. It is
//! read strictly: an unknown key, or an entry about something that no contract
//! has, is an error that names the place.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::node::Node;

/// The whole document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Overlay {
    #[serde(rename = "$comment")]
    _comment: String,
    /// Notes on types that the contracts have, by clean name.
    pub(crate) types: BTreeMap<String, Type>,
    /// Notes on endpoints that the contracts have, by `METHOD /path`.
    pub(crate) endpoints: BTreeMap<String, Endpoint>,
    /// Members of request bodies that must never be shown.
    pub(crate) secrets: Secrets,
    /// Types and endpoints that the published documents lack.
    pub(crate) declared: Vec<Declared>,
}

/// The schema knows no secrets; their names are the same in all bodies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secrets {
    pub(crate) about: String,
    pub(crate) source: String,
    pub(crate) members: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Type {
    pub(crate) about: String,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, Field>,
}

/// What is known of a field. Left out means: nothing to add to the schema.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) about: String,
    pub(crate) source: String,
    /// The kind on the wire, where the schema's is wrong.
    pub(crate) kind: Option<Kind>,
    #[serde(default)]
    pub(crate) way: Way,
    #[serde(default)]
    pub(crate) null_in_replies: bool,
    pub(crate) on_null: Option<OnNull>,
    #[serde(default)]
    pub(crate) secret: bool,
    pub(crate) limit: Option<Limit>,
    pub(crate) values: Option<Values>,
    pub(crate) format: Option<Format>,
    pub(crate) list_key: Option<String>,
    pub(crate) module: Option<String>,
    /// The first release of each line that has it, such as `2.4.6-p9`.
    #[serde(default)]
    pub(crate) since: Vec<String>,
    /// The first release of each line that lacks it again.
    #[serde(default)]
    pub(crate) until: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Way {
    #[default]
    Both,
    ReadOnly,
    WriteOnly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OnNull {
    Kept,
    Cleared,
    Zero,
    Emptied,
    Refused,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit {
    pub(crate) size: u32,
    pub(crate) unit: Unit,
    pub(crate) beyond: Beyond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Characters,
    Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Beyond {
    Cut,
    Refused,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Values {
    Integers(Vec<i64>),
    Strings(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Format {
    Email,
    Date,
    DateTime,
    Country,
    Digits,
    Uuid,
    Json,
    Url,
}

/// A kind in short: `string`, `mixed`, `Address`, `[Address]`, `[string]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Mixed,
    Object(String),
    List(Box<Kind>),
}

impl TryFrom<String> for Kind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some(item) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return Ok(Kind::List(Box::new(Kind::try_from(item.to_owned())?)));
        }
        Ok(match text.as_str() {
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            "mixed" => Kind::Mixed,
            name if name.starts_with(|c: char| c.is_ascii_uppercase()) => Kind::Object(name.to_owned()),
            _ => {
                return Err(format!(
                    "`{text}` is no kind; write `string`, `mixed`, `Address` or `[Address]`"
                ));
            }
        })
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Endpoint {
    pub(crate) about: String,
    pub(crate) source: String,
    /// `anonymous`, `customer`, `unknown`, or an ACL resource.
    pub(crate) access: String,
    /// The service method behind it.
    pub(crate) service: Option<String>,
    /// Why no code is generated for it, when none is.
    pub(crate) left_out: Option<String>,
    /// Pointers into the body to what the store does not do without.
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    /// Pointers into the body to what the store overwrites.
    #[serde(default)]
    pub(crate) forced: Vec<String>,
    /// The first release of each line that has it, such as `2.4.6-p9`.
    #[serde(default)]
    pub(crate) since: Vec<String>,
    /// The first release of each line that lacks it again.
    #[serde(default)]
    pub(crate) until: Vec<String>,
    /// The way out where a release lacks it.
    pub(crate) instead: Option<String>,
}

impl Endpoint {
    /// What is known of an endpoint that the overlay has no entry for.
    pub(crate) fn silent() -> Endpoint {
        Endpoint {
            about: String::new(),
            source: String::new(),
            access: "unknown".to_owned(),
            service: None,
            left_out: None,
            needs: Vec::new(),
            forced: Vec::new(),
            since: Vec::new(),
            until: Vec::new(),
            instead: None,
        }
    }
}

/// Types and endpoints that no published document has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Declared {
    /// Whether Magento itself has them.
    pub(crate) core: bool,
    /// Whether the SaaS edition has them.
    pub(crate) saas: bool,
    /// Why they are declared here.
    pub(crate) reason: String,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) types: BTreeMap<String, DeclaredType>,
    #[serde(default)]
    pub(crate) endpoints: BTreeMap<String, DeclaredEndpoint>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredType {
    pub(crate) about: String,
    /// In the order of replies; each with its `name`, `kind` and whether it is always there.
    pub(crate) fields: Vec<DeclaredField>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredField {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) notes: Field,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclaredEndpoint {
    /// The parameters in the path, all required.
    #[serde(default)]
    pub(crate) path: BTreeMap<String, Kind>,
    /// The parameters in the query, none required.
    #[serde(default)]
    pub(crate) query: BTreeMap<String, Kind>,
    /// The members of the body, all required.
    #[serde(default)]
    pub(crate) body: BTreeMap<String, Kind>,
    pub(crate) reply: Option<Kind>,
    pub(crate) notes: Endpoint,
}

/// Reads the overlay.
pub(crate) fn load(path: &Path) -> Result<Overlay> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&text).with_context(|| format!("in {}", path.display()))
}

/// Reads an overlay's text; twice, because only a [`Node`] notices a key that stands twice.
pub(crate) fn parse(text: &str) -> Result<Overlay> {
    serde_json::from_str::<Node>(text)?;
    let overlay: Overlay = serde_json::from_str(text)?;
    overlay.refuse_unsourced()?;
    Ok(overlay)
}

impl Overlay {
    /// Everything said here is said about something and from somewhere.
    fn refuse_unsourced(&self) -> Result<()> {
        sourced("/secrets", &self.secrets.about, &self.secrets.source)?;
        for (name, of) in &self.types {
            sourced(&format!("/types/{name}"), &of.about, &of.source)?;
            for (field, notes) in &of.fields {
                sourced(&format!("/types/{name}/fields/{field}"), &notes.about, &notes.source)?;
            }
        }
        for (name, notes) in &self.endpoints {
            sourced(&format!("/endpoints/{name}"), &notes.about, &notes.source)?;
        }
        for (place, declared) in self.declared.iter().enumerate() {
            sourced(&format!("/declared/{place}"), &declared.reason, &declared.source)?;
        }
        Ok(())
    }
}

fn sourced(place: &str, about: &str, source: &str) -> Result<()> {
    if about.trim().is_empty() || source.trim().is_empty() {
        bail!("at {place}: `about` and `source` must say something");
    }
    Ok(())
}
