//! What a field of a filter or of an order names in the store's database.

use std::borrow::Cow;

use crate::json::Value;
use crate::profile::Profile;

/// How the database keeps and compares a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Decimal,
    /// A date with a time.
    Moment,
    /// A date.
    Day,
    Text,
}

/// A column, and where a customer's JSON keeps its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// As the search spelled it.
    pub(super) name: String,
    pub(super) kind: Kind,
    source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Member(String),
    CustomAttribute(String),
    /// A member of the default billing address.
    Billing(&'static str),
    /// Prefix, first, middle and last name and suffix, joined.
    Name,
    /// Kept by the store and shown in no reply; taken as this.
    Hidden(Option<&'static str>),
}

/// Columns of `customer_entity` that are not text.
const KINDS: [(&str, Kind); 15] = [
    ("entity_id", Kind::Integer),
    ("website_id", Kind::Integer),
    ("store_id", Kind::Integer),
    ("group_id", Kind::Integer),
    ("disable_auto_group_change", Kind::Integer),
    ("default_billing", Kind::Integer),
    ("default_shipping", Kind::Integer),
    ("failures_num", Kind::Integer),
    ("gender", Kind::Integer),
    ("created_at", Kind::Moment),
    ("updated_at", Kind::Moment),
    ("rp_token_created_at", Kind::Moment),
    ("first_failure", Kind::Moment),
    ("lock_expires", Kind::Moment),
    ("dob", Kind::Day),
];

/// Columns that no reply shows, with what an account has that was never locked and asked for no password.
const HIDDEN: [(&str, Option<&str>); 7] = [
    ("password_hash", None),
    ("rp_token", None),
    ("rp_token_created_at", None),
    ("failures_num", Some("0")),
    ("first_failure", None),
    ("lock_expires", None),
    ("increment_id", None),
];

/// What can be searched of the default billing address.
const BILLING: [(&str, &str); 6] = [
    ("billing_postcode", "postcode"),
    ("billing_city", "city"),
    ("billing_telephone", "telephone"),
    ("billing_region", "region"),
    ("billing_country_id", "country_id"),
    ("billing_company", "company"),
];

impl Column {
    /// The column a field names; `None` when the store knows no such field.
    ///
    /// Attribute codes are found whatever their case; the names that are no
    /// attributes only as they are written here.
    pub(super) fn named(name: &str, profile: &Profile) -> Option<Self> {
        let column = |kind, source| Some(Column { name: name.to_owned(), kind, source });
        if let Some((_, member)) = BILLING.iter().find(|(field, _)| *field == name) {
            return column(Kind::Text, Source::Billing(member));
        }
        match name {
            "entity_id" => return column(Kind::Integer, Source::Member("id".to_owned())),
            "name" => return column(Kind::Text, Source::Name),
            "increment_id" => return column(Kind::Text, Source::Hidden(None)),
            _ => {}
        }
        let attribute =
            profile.customer_attributes.iter().find(|attribute| attribute.code.eq_ignore_ascii_case(name))?;
        let code = attribute.code.as_str();
        let kind = match attribute.backend.as_str() {
            "static" => {
                KINDS.iter().find(|(column, _)| *column == code).map_or(Kind::Text, |(_, kind)| *kind)
            }
            "int" => Kind::Integer,
            "decimal" => Kind::Decimal,
            "datetime" => Kind::Moment,
            _ => Kind::Text,
        };
        let source = match HIDDEN.iter().find(|(column, _)| *column == code) {
            Some((_, assumed)) => Source::Hidden(*assumed),
            None if attribute.backend == "static" => Source::Member(code.to_owned()),
            None => Source::CustomAttribute(code.to_owned()),
        };
        column(kind, source)
    }

    /// The code of the attribute, when its values are kept in a table of their own and the search's row
    /// brings them along under it. Spelled in other letters it is searched as well, but what the row then
    /// has under that spelling is no attribute, and the store reads the attribute as it always does.
    pub(super) fn joined_attribute(&self) -> Option<&str> {
        match &self.source {
            Source::CustomAttribute(code) => Some(code.as_str()).filter(|code| *code == self.name),
            _ => None,
        }
    }

    /// Whether this is the customer's id, by which the table is kept.
    pub(super) fn is_id(&self) -> bool {
        self.kind == Kind::Integer && matches!(&self.source, Source::Member(member) if member == "id")
    }

    /// Whether the customer's JSON cannot tell the value.
    pub(super) fn is_hidden(&self) -> bool {
        matches!(self.source, Source::Hidden(_))
    }

    /// The value as the database would print it; `None` is SQL's NULL.
    pub(super) fn value<'c>(&self, customer: &'c Value) -> Option<Cow<'c, str>> {
        match &self.source {
            Source::Member(member) => text(customer.get(member)?),
            Source::CustomAttribute(code) => text(attribute(customer, code)?),
            Source::Billing(member) => billing(customer, member),
            Source::Name => full_name(customer),
            Source::Hidden(assumed) => assumed.map(Cow::Borrowed),
        }
    }
}

fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => Some(number.as_str().into()),
        Value::Bool(flag) => Some(if *flag { "1" } else { "0" }.into()),
        _ => None,
    }
}

fn attribute<'c>(customer: &'c Value, code: &str) -> Option<&'c Value> {
    let attributes = customer.get("custom_attributes")?.as_array()?;
    attributes
        .iter()
        .find(|item| item.get("attribute_code").and_then(Value::as_str) == Some(code))?
        .get("value")
}

fn billing<'c>(customer: &'c Value, member: &str) -> Option<Cow<'c, str>> {
    let id = text(customer.get("default_billing")?)?;
    let addresses = customer.get("addresses")?.as_array()?;
    let address = addresses.iter().find(|address| address.get("id").and_then(text).as_ref() == Some(&id))?;
    match address.get(member)? {
        Value::Object(region) => text(region.get("region")?),
        value => text(value),
    }
}

fn full_name(customer: &Value) -> Option<Cow<'_, str>> {
    let part = |name: &str| {
        // Of blanks only is none too: the database compares with the empty text, and trailing blanks do not count.
        Some(customer.get(name).and_then(Value::as_str)?.trim_matches(' ')).filter(|part| !part.is_empty())
    };
    let mut name = String::new();
    let first = Some(part("firstname").unwrap_or_default());
    for part in [part("prefix"), first, part("middlename")].into_iter().flatten() {
        name.push_str(part);
        name.push(' ');
    }
    name.push_str(part("lastname").unwrap_or_default());
    if let Some(suffix) = part("suffix") {
        name.push(' ');
        name.push_str(suffix);
    }
    Some(name.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn value(field: &str, customer: &str) -> Option<String> {
        let customer = parse(customer.as_bytes()).unwrap();
        Column::named(field, &Profile::stock()).unwrap().value(&customer).map(Cow::into_owned)
    }

    #[test]
    fn fields_are_found_where_the_json_keeps_them() {
        let customer = r#"{"id":5,"gender":2,"prefix":" Dr ","firstname":"A","lastname":"B","default_billing":"7",
            "addresses":[{"id":6,"city":"X"},{"id":7,"city":"Y","region":{"region":"Kent"}}]}"#;
        for (field, expected) in [
            ("entity_id", Some("5")),
            ("gender", Some("2")),
            ("Gender", Some("2")),
            ("name", Some("Dr A B")),
            ("billing_city", Some("Y")),
            ("billing_region", Some("Kent")),
            ("billing_company", None),
            ("taxvat", None),
            ("failures_num", Some("0")),
        ] {
            assert_eq!(value(field, customer).as_deref(), expected, "{field}");
        }
    }

    #[test]
    fn blanks_are_no_part_of_the_name() {
        let customer = r#"{"prefix":"  ","firstname":" A ","middlename":"","lastname":"B"}"#;
        assert_eq!(value("name", customer).as_deref(), Some("A B"));
    }

    #[test]
    fn other_names_are_no_fields() {
        for field in ["id", "ENTITY_ID", "is_subscribed", "is_active", "city", "addresses", "", "e.entity_id"]
        {
            assert_eq!(Column::named(field, &Profile::stock()), None, "{field}");
        }
    }
}
