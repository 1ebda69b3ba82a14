//! The region of an address: an id, or a text, and which of them counts.

use super::Draft;
use crate::json::{Object, Value};
use crate::profile::Country;
use crate::store::{column, php};

/// Region text and region id: the address's own id, when given, comes after the region's.
///
/// A text that is the id of one of the country's regions is taken for it.
pub(super) fn read(fields: &Object, country: Option<&Country>) -> (Option<String>, Option<i64>) {
    let of = |key: &str| fields.get("region")?.get(key).filter(|value| !value.is_null());
    let text = of("region").map(php::text);
    let own = fields.get("region_id").and_then(Value::as_i64);
    let id = own.or_else(|| of("region_id").and_then(Value::as_i64));
    let number = text.as_deref().filter(|text| php::is_numeric_text(text)).map(php::integer_of_text);
    let named = number.filter(|number| country.is_some_and(|country| country.region(*number).is_some()));
    match (named, id.unwrap_or(0)) {
        (Some(named), 0) => (None, Some(named)),
        _ => (text, id),
    }
}

impl Draft<'_> {
    /// The region code as it was sent: right, when the region is, which only the store knows.
    fn sent_region_code(&self) -> Option<String> {
        self.fields.get("region")?.get("region_code")?.as_str().map(str::to_owned)
    }

    /// Whether a text in place of a region is shown as its code too: a number only where the country has the code.
    ///
    /// Source: `Model/Address/AbstractAddress.php` (`getRegionCode`).
    fn is_code(&self, text: &str) -> bool {
        let regions = self.country.and_then(|country| country.regions.as_deref()).unwrap_or_default();
        !php::is_numeric_text(text) || regions.iter().any(|region| region.code == text)
    }

    /// The region as GET shows it: that of the id, when it is one of the country, else the text.
    pub(super) fn shown_region(&self, id: Option<i64>) -> Object {
        let id = id.filter(|id| *id != 0);
        let known = id.and_then(|id| self.country?.region(id));
        let text = self.region.as_deref().map(|text| column::text(text, 255)).filter(|text| !text.is_empty());
        let (code, name) = match (known, id) {
            (Some(region), _) => (Some(region.code.clone()), Some(region.name.clone())),
            (None, Some(_)) if self.country.is_some_and(|country| country.regions.is_none()) => {
                (self.sent_region_code(), text)
            }
            (None, Some(_)) => (None, text),
            (None, None) => (text.clone().filter(|text| self.is_code(text)), text),
        };
        let mut shown = Object::new();
        shown.insert("region_code", code);
        shown.insert("region", name);
        shown.insert("region_id", id.unwrap_or(0));
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::profile::{Profile, Replies};
    use crate::release::Release;
    use crate::store::Accounts;
    use crate::store::Store;

    /// The region, its id and the street that are kept of an address.
    fn kept(fields: &str) -> (Value, Option<Value>, Value) {
        let countries = json::parse(
            br#"[{"id":"US","available_regions":[{"id":"33","code":"MI","name":"Michigan"}]},{"id":"GB"}]"#,
        );
        let replies = Replies { countries: countries.as_ref().ok(), ..Replies::default() };
        let (profile, accounts) = (Profile::from_replies(&replies).unwrap(), Accounts::new());
        let release = Release::DEFAULT;
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let fields = json::parse(fields.as_bytes()).unwrap();
        let draft = Draft::read(fields.as_object().unwrap(), 0, &store);
        let kept = draft.stored(&Object::new(), &store);
        let region = kept.get("region").cloned().unwrap();
        (region, kept.get("region_id").cloned(), kept.get("street").cloned().unwrap())
    }

    fn region(fields: &str) -> String {
        let (region, id, _) = kept(fields);
        format!("{region} {}", id.map_or_else(|| "-".to_owned(), |id| id.to_string()))
    }

    #[test]
    fn regions_are_sorted_out() {
        const MICHIGAN: &str = r#"{"region_code":"MI","region":"Michigan","region_id":33} 33"#;
        const NONE: &str = r#"{"region_code":null,"region":null,"region_id":0}"#;
        assert_eq!(region(r#"{"country_id":"US","region":{"region_id":33,"region":"Ohio"}}"#), MICHIGAN);
        assert_eq!(region(r#"{"country_id":"US","region":{"region_id":1},"region_id":33}"#), MICHIGAN);
        assert_eq!(region(r#"{"country_id":"US","region":{"region":"33"}}"#), MICHIGAN);
        assert_eq!(region(r#"{"country_id":"US"}"#), format!("{NONE} -"));
        assert_eq!(region(r#"{"country_id":"US","region":{}}"#), format!("{NONE} 0"));
        assert_eq!(
            region(r#"{"country_id":"GB","region":{"region":"Kent"}}"#),
            r#"{"region_code":"Kent","region":"Kent","region_id":0} 0"#
        );
        assert_eq!(
            region(r#"{"country_id":"GB","region":{"region_id":33,"region":"Ohio"}}"#),
            r#"{"region_code":null,"region":"Ohio","region_id":33} 33"#
        );
        assert_eq!(region(r#"{"country_id":"GB","region":{"region_id":-1}}"#), format!("{NONE} 0"));
        assert_eq!(
            region(r#"{"country_id":"GB","region":{"region":"33"}}"#),
            r#"{"region_code":null,"region":"33","region_id":0} 0"#
        );
    }

    #[test]
    fn street_lines_are_joined_trimmed_and_split() {
        let street = |lines: &str| kept(&format!(r#"{{"country_id":"GB","street":{lines}}}"#)).2.to_string();
        assert_eq!(street(r#"["a\nb"]"#), r#"["a","b"]"#);
        assert_eq!(street(r#"["","b"]"#), r#"["b"]"#);
        assert_eq!(street(r#"["é😀"]"#), r#"["é????"]"#);
    }
}
