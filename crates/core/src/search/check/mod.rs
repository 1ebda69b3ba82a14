//! What a store will refuse of a search, or silently take for something else.

mod sizes;

use std::borrow::Cow;

use super::evaluate::knows_field;
use super::{Condition, Filter, FilterGroup, SearchCriteria, SortOrder, Spelling, encode};
use crate::fields::Fields;
use crate::json::{Object, Value};
use crate::profile::{Profile, Section};
use crate::report::Severity;

/// One thing that is wrong with a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What kind, for programs: stable across versions.
    pub code: &'static str,
    /// Refused by the store, or silently taken for something else.
    pub severity: Severity,
    /// Where, as a JSON Pointer into the criteria as the store echoes them.
    pub pointer: String,
    /// What is wrong and the way out, for people; never holds a value.
    pub message: Cow<'static, str>,
}

impl Warning {
    /// The warning as `{"code", "severity", "pointer", "message"}`.
    ///
    /// ```
    /// use magewright::{profile::Profile, search::check};
    /// let warnings = check(&"id = 5".parse()?, &Profile::stock());
    /// assert!(warnings[0].to_value().to_string().starts_with(r#"{"code":"unknown_field","severity":"error""#));
    /// # Ok::<(), magewright::search::ReadError>(())
    /// ```
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut out = Object::new();
        out.insert("code", self.code);
        out.insert("severity", self.severity.as_str());
        out.insert("pointer", self.pointer.as_str());
        out.insert("message", self.message.as_ref());
        out.into()
    }
}

/// What the store will refuse of these criteria, or silently take for something else.
///
/// Fields are looked up when the profile knows the store's attributes, page
/// sizes and lists when it knows of input limits.
///
/// ```
/// use magewright::profile::Profile;
/// use magewright::search::{SearchCriteria, check};
/// let criteria: SearchCriteria = "id = 5 and email moreq 'x' limit 10".parse()?;
/// let codes: Vec<_> = check(&criteria, &Profile::stock()).iter().map(|warning| warning.code).collect();
/// assert_eq!(codes, ["unknown_field", "unknown_condition", "pages_without_order"]);
/// assert!(check(&"email = 'x'".parse()?, &Profile::stock()).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn check(criteria: &SearchCriteria, profile: &Profile) -> Vec<Warning> {
    let mut checker = Checker { profile, found: Vec::new() };
    for (at, group) in criteria.filter_groups.iter().enumerate() {
        checker.group(&format!("/filter_groups/{at}"), group);
    }
    for (at, order) in criteria.sort_orders.iter().enumerate() {
        checker.sort_order(&format!("/sort_orders/{at}"), order);
    }
    checker.paging(criteria);
    checker.sizes(criteria);
    if criteria.fields.as_deref().is_some_and(|text| !text.is_empty() && Fields::parse(text).is_err()) {
        checker.loss("bad_fields", "/fields", "fields has a syntax error: the reply will be an empty list");
    }
    checker.found
}

/// Writes the criteria as a query string, or says why the store would refuse it.
///
/// # Errors
/// All warnings, when at least one of them is a refusal.
///
/// ```
/// use magewright::profile::Profile;
/// use magewright::search::{Spelling, encode_checked};
/// let stock = Profile::stock();
/// let (query, warnings) = encode_checked(&"entity_id > 5".parse()?, Spelling::Camel, &stock).unwrap();
/// assert!(query.ends_with("=gt") && warnings.is_empty());
/// assert!(encode_checked(&"id > 5".parse()?, Spelling::Camel, &stock).is_err());
/// # Ok::<(), magewright::search::ReadError>(())
/// ```
pub fn encode_checked(
    criteria: &SearchCriteria,
    spelling: Spelling,
    profile: &Profile,
) -> Result<(String, Vec<Warning>), Vec<Warning>> {
    let warnings = check(criteria, profile);
    if warnings.iter().any(|warning| warning.severity == Severity::Error) {
        return Err(warnings);
    }
    Ok((encode(criteria, spelling), warnings))
}

struct Checker<'p> {
    profile: &'p Profile,
    found: Vec<Warning>,
}

impl Checker<'_> {
    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        pointer: &str,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.found.push(Warning { code, severity, pointer: pointer.to_owned(), message: message.into() });
    }

    fn error(&mut self, code: &'static str, pointer: &str, message: impl Into<Cow<'static, str>>) {
        self.add(Severity::Error, code, pointer, message);
    }

    fn loss(&mut self, code: &'static str, pointer: &str, message: impl Into<Cow<'static, str>>) {
        self.add(Severity::Loss, code, pointer, message);
    }

    fn group(&mut self, pointer: &str, group: &FilterGroup) {
        for (at, filter) in group.filters.iter().enumerate() {
            self.filter(&format!("{pointer}/filters/{at}"), filter);
        }
        let fields = |condition: Condition| {
            let same = group.filters.iter().filter(move |filter| filter.condition == condition);
            same.map(|filter| filter.field.as_deref())
        };
        let mut both = fields(Condition::From).filter(|from| fields(Condition::To).any(|to| to == *from));
        if both.next().is_some() {
            let message = "from and to in one group are joined with OR: put them in two groups for a range";
            self.loss("range_in_one_group", pointer, message);
        }
        if group.filters.is_empty() {
            self.loss("empty_group", pointer, "a group without filters restricts nothing: leave it out");
        }
    }

    fn filter(&mut self, pointer: &str, filter: &Filter) {
        let Some(field) = filter.field.as_deref() else {
            return self.error("missing_field", pointer, "a filter without a field is refused: name one");
        };
        if let Some(message) = self.unknown_field(field) {
            self.error("unknown_field", &format!("{pointer}/field"), message);
        }
        self.condition(&format!("{pointer}/condition_type"), field, &filter.condition);
        let at = format!("{pointer}/value");
        match filter.value.as_deref() {
            None if filter.condition.takes_value() => {
                self.loss(
                    "missing_value",
                    &at,
                    format!("{field}: without a value the store compares with empty text"),
                );
            }
            Some(value) => self.value(&at, field, &filter.condition, value),
            None => {}
        }
    }

    fn value(&mut self, pointer: &str, field: &str, condition: &Condition, value: &str) {
        let is_list = matches!(condition, Condition::In | Condition::Nin);
        let is_multiselect =
            self.profile.customer_attribute(field).is_some_and(|attribute| attribute.input == "multiselect");
        if is_list && is_multiselect && value.contains(',') {
            let message = format!(
                "{field}: a list is split at every comma, so that a value that holds one cannot match: use eq or finset"
            );
            self.loss("comma_splits_value", pointer, message);
        }
        let compares_whole = is_list || matches!(condition, Condition::Eq | Condition::Neq);
        if compares_whole && (value.starts_with('%') || value.ends_with('%')) {
            let message = format!(
                "{field}: % stands for itself here, and for any text in like and nlike only: use these"
            );
            self.loss("pattern_taken_literally", pointer, message);
        }
        if is_list && value.split(',').any(str::is_empty) {
            let message = format!(
                "{field}: an empty item in the list stands for empty text, and for 0 in a number column"
            );
            self.loss("empty_item", pointer, message);
        }
        if value.chars().any(|c| c.len_utf8() == 4) {
            let message = format!("{field}: characters such as emoji reach the database as question marks");
            self.loss("unstorable_character", pointer, message);
        }
    }

    fn condition(&mut self, pointer: &str, field: &str, condition: &Condition) {
        match condition {
            Condition::Is => {
                let message = format!(
                    "{field}: `is` makes the store fail with an internal error: use null, notnull or eq"
                );
                self.error("failing_condition", pointer, message);
            }
            Condition::Unknown(name) => {
                let way_out = meant(name).map_or_else(
                    || "use one of eq, neq, like, in, gt, gteq, lt, lteq, null".to_owned(),
                    |known| format!("use {known}"),
                );
                let message = format!(
                    "{field}: the store does not know this condition and compares for equality: {way_out}"
                );
                self.loss("unknown_condition", pointer, message);
            }
            _ => {}
        }
    }

    fn unknown_field(&self, field: &str) -> Option<String> {
        if field == "id" {
            return Some("id is not known to a search for customers: use entity_id".to_owned());
        }
        let unknown = self.profile.knows(Section::CustomerAttributes) && !knows_field(field, self.profile);
        unknown.then(|| {
            let field: String = field.chars().take(40).collect();
            format!("{field} is no attribute of customers: search by an attribute code, entity_id, name or billing_*")
        })
    }

    fn sort_order(&mut self, pointer: &str, order: &SortOrder) {
        let Some(field) = order.field.as_deref() else {
            return self.loss("missing_field", pointer, "an order without a field is ignored: name one");
        };
        if !field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            let message = "an order's field may hold letters, digits and underscores only";
            self.error("restricted_symbols", &format!("{pointer}/field"), message);
        } else if let Some(message) = self.unknown_field(field) {
            self.loss(
                "unknown_field",
                &format!("{pointer}/field"),
                format!("{message}; the order is ignored"),
            );
        }
        if order.direction.is_none() {
            let message = format!("{field}: the store takes a missing direction as descending: say which");
            self.loss("missing_direction", &format!("{pointer}/direction"), message);
        }
    }

    fn paging(&mut self, criteria: &SearchCriteria) {
        let by_id = |order: &SortOrder| order.field.as_deref() == Some("entity_id");
        match criteria.page_size {
            None if criteria.current_page.is_some() => {
                self.loss(
                    "page_without_size",
                    "/current_page",
                    "a page without a page size is ignored: give both",
                );
            }
            Some(size) if size < 0 => {
                self.loss("negative_page_size", "/page_size", "a negative page size counts as 1");
            }
            Some(size) if size > 0 && criteria.sort_orders.is_empty() => {
                let message = "pages without an order may overlap or leave rows out: order by entity_id";
                self.loss("pages_without_order", "/page_size", message);
            }
            Some(size) if size > 0 && !criteria.sort_orders.iter().any(by_id) => {
                let message = "rows with equal keys may change pages: add entity_id as the last key";
                self.loss("order_not_total", "/sort_orders", message);
            }
            _ => {}
        }
        if criteria.current_page.is_some_and(|page| page < 1) {
            self.loss("page_before_first", "/current_page", "a page below 1 counts as the first");
        }
    }
}

/// The condition that was probably meant by a name the store does not know.
fn meant(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let known = match lower.as_str() {
        "moreq" | "gte" | "ge" | ">=" => "gteq",
        "lesseq" | "lte" | "le" | "<=" => "lteq",
        "notin" | "not_in" => "nin",
        "ne" | "noteq" | "!=" => "neq",
        "notlike" | "not_like" => "nlike",
        "not_null" | "notNull" => "notnull",
        "between" | "range" => "from and to in two groups",
        "=" | "equal" => "eq",
        _ if !Condition::named(&lower).is_unknown() => return Some(format!("the lower-case {lower}")),
        _ => return None,
    };
    Some(known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        let criteria: SearchCriteria = text.parse().unwrap();
        check(&criteria, &Profile::stock()).into_iter().map(|warning| warning.code).collect()
    }

    #[test]
    fn what_the_store_degrades_is_named() {
        for (text, expected) in [
            ("a LIKE 'x'", vec![]),
            ("a `LIKE` 'x'", vec!["unknown_condition"]),
            ("a `is` 'x'", vec!["failing_condition"]),
            ("a = nothing and nothing = 1", vec!["missing_value", "missing_field"]),
            ("a in (1, '')", vec!["empty_item"]),
            ("(a from 1 or a to 2)", vec!["range_in_one_group"]),
            ("a from 1 and a to 2", vec![]),
            ("a = '🎉'", vec!["unstorable_character"]),
            ("a = '%@x.test' and b != 'x%' and c in ('x', 'y%')", vec!["pattern_taken_literally"; 3]),
            ("a like '%@x.test' and b not like 'x%' and c = '5% more'", vec![]),
            ("everything order by a nothing, nothing asc", vec!["missing_direction", "missing_field"]),
            ("everything order by id asc, `a;b` asc", vec!["unknown_field", "restricted_symbols"]),
            ("everything order by email asc limit 5", vec!["order_not_total"]),
            ("everything order by entity_id asc limit 5", vec![]),
            ("everything page 2", vec!["page_without_size"]),
            (
                "everything order by entity_id asc limit -5 page 0",
                vec!["negative_page_size", "page_before_first"],
            ),
            ("everything fields 'a b'", vec!["bad_fields"]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn messages_name_the_way_out_and_no_value() {
        let criteria: SearchCriteria = "email moreq 'secret' and id = 'secret'".parse().unwrap();
        let warnings = check(&criteria, &Profile::stock());
        assert!(warnings[0].message.contains("use gteq"), "{warnings:?}");
        assert_eq!(warnings[1].pointer, "/filter_groups/1/filters/0/field");
        assert!(warnings.iter().all(|warning| !warning.message.contains("secret")));
    }

    #[test]
    fn limits_come_from_the_profile() {
        let mut profile = Profile::stock();
        profile.settings.input_limits = Some(Default::default());
        let criteria = SearchCriteria::new().order_by_asc("entity_id").page(301, 1);
        assert_eq!(check(&criteria, &profile)[0].code, "page_size_over_limit");
        assert!(encode_checked(&criteria, Spelling::Snake, &profile).is_err());
        assert!(encode_checked(&criteria, Spelling::Snake, &Profile::stock()).is_ok());
    }
}
