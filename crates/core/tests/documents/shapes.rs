//! The documents as serde and schemars see them: one declaration gives the schema and reads real
//! documents, so that a schema which a real document breaks fails the test.

#![allow(dead_code, reason = "the fields are read by serde and shown by schemars")]

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// All that is to be said about a payload before it is sent: `validate`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    /// Whether the store takes the payload, be it with losses.
    accepted: bool,
    /// Everything that is wrong, at once.
    violations: Vec<Violation>,
    /// Checks that could not be made for want of knowledge about the store.
    unchecked: Vec<String>,
}

/// One thing that is wrong with a payload.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Violation {
    /// Where, as a JSON Pointer into the payload.
    pointer: String,
    /// What kind of violation: stable across versions.
    code: String,
    severity: Severity,
    /// What is wrong and the way out; never holds the field's value.
    message: String,
    /// Where the rule comes from.
    source: String,
    /// The releases the rule holds for.
    releases: String,
}

/// How bad it is.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// The store refuses.
    Error,
    /// The store silently changes or drops.
    Loss,
}

/// A request that does what a patch asks, and nothing else: `plan`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    request: Request,
    /// What changes, the store's own fields aside.
    changes: Vec<Change>,
    /// Those of the changes that take something away.
    removals: Vec<Change>,
    /// What is worth knowing before it is sent, as stable codes.
    warnings: Vec<String>,
    /// Checks that could not be made for want of knowledge about the store.
    unchecked: Vec<String>,
    /// The customer as GET returns it afterwards, with markers for what only the server knows.
    expected: serde_json::Map<String, Value>,
}

/// A request, ready but for the base URL and the caller's credentials.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Request {
    method: Method,
    /// Path and query from the store's base URL on.
    target: String,
    /// The body as JSON text; `null` for none.
    body: Option<String>,
}

/// An HTTP method.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
enum Method {
    Get,
    Post,
    Put,
    Delete,
}

/// A place that is not as it was; what stands nowhere is left out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Where, as a JSON Pointer in which an item of a keyed list stands by its key.
    pointer: String,
    #[serde(default)]
    before: Value,
    #[serde(default)]
    after: Value,
}

/// What a search asks for, in the store's own words: groups are joined with AND, their filters with OR.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Criteria {
    #[serde(default)]
    filter_groups: Vec<FilterGroup>,
    #[serde(default)]
    sort_orders: Vec<SortOrder>,
    page_size: Option<i64>,
    current_page: Option<i64>,
    /// The parts of the reply wanted.
    fields: Option<String>,
}

/// Filters of which one must match.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FilterGroup {
    filters: Vec<Filter>,
}

/// A condition on a field.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Filter {
    field: String,
    value: Option<Text>,
    condition_type: Option<String>,
}

/// A text, or a number that stands for one.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Text {
    Text(String),
    Number(f64),
}

/// A field to sort by.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SortOrder {
    field: String,
    direction: Option<String>,
}

/// What one store says of itself: its own replies under these names. What is left out is that of a
/// freshly installed store; members of the store's replies that are not named here are ignored.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    #[schemars(with = "u64", range(min = 1, max = 1))]
    version: Version,
    note: Option<String>,
    websites: Option<Vec<Website>>,
    store_groups: Option<Vec<StoreGroup>>,
    store_views: Option<Vec<StoreView>>,
    customer_groups: Option<Vec<Group>>,
    customer_attributes: Option<Vec<Attribute>>,
    address_attributes: Option<Vec<Attribute>>,
    countries: Option<Vec<Country>>,
    /// The names of the installed modules.
    modules: Option<Vec<String>>,
    /// Configuration paths with their values, as the shop's owner reads them in the admin.
    settings: Option<serde_json::Map<String, Value>>,
    /// The store's own schema, or the contract made of it.
    schema: Option<serde_json::Map<String, Value>>,
}

/// The version of the document.
#[derive(Deserialize)]
#[serde(try_from = "u64")]
struct Version;

impl TryFrom<u64> for Version {
    type Error = String;

    fn try_from(version: u64) -> Result<Self, String> {
        if version == 1 { Ok(Version) } else { Err(format!("version {version}")) }
    }
}

/// `GET /V1/store/websites`
#[derive(Deserialize, JsonSchema)]
struct Website {
    id: i64,
    code: String,
    name: String,
    default_group_id: i64,
}

/// `GET /V1/store/storeGroups`
#[derive(Deserialize, JsonSchema)]
struct StoreGroup {
    id: i64,
    website_id: i64,
    default_store_id: i64,
}

/// `GET /V1/store/storeViews`
#[derive(Deserialize, JsonSchema)]
struct StoreView {
    id: i64,
    code: String,
    name: String,
    website_id: i64,
}

/// `GET /V1/customerGroups/search`, its items.
#[derive(Deserialize, JsonSchema)]
struct Group {
    id: i64,
    code: String,
}

/// `GET /V1/attributeMetadata/customer` and `…/customerAddress`
#[derive(Deserialize, JsonSchema)]
struct Attribute {
    attribute_code: String,
    backend_type: String,
    frontend_label: Option<String>,
    frontend_input: Option<String>,
    required: Option<bool>,
    visible: Option<bool>,
    system: Option<bool>,
    user_defined: Option<bool>,
    multiline_count: Option<i64>,
    options: Option<Vec<Choice>>,
    validation_rules: Option<Vec<Rule>>,
}

/// A value that may be chosen.
#[derive(Deserialize, JsonSchema)]
struct Choice {
    /// A text; for a group of choices, a list of them.
    value: Option<Value>,
    label: Option<String>,
}

/// A rule on the values of an attribute.
#[derive(Deserialize, JsonSchema)]
struct Rule {
    name: String,
    value: String,
}

/// `GET /V1/directory/countries`
#[derive(Deserialize, JsonSchema)]
struct Country {
    id: String,
    available_regions: Option<Vec<Region>>,
    regions_unknown: Option<bool>,
}

/// A region of a country; its id is a text in the store's reply.
#[derive(Deserialize, JsonSchema)]
struct Region {
    id: Text,
    code: String,
    name: String,
}
