//! A query string as the store reads it.

use std::fmt;

use super::SearchCriteria;
use super::limits::Limits;
use super::php::{Node, parse_query};
use super::reader::Reader;
use crate::outcome::Refusal;
use crate::profile::InputLimits;
use crate::release::Release;
use crate::store::limits::in_effect;

/// Why a query gives no criteria.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The store refuses it with these words.
    Refused(Box<Refusal>),
    /// More than 1000 parameters, of which PHP drops the rest unless the shop raised `max_input_vars`.
    TooManyParameters,
    /// An escape of bytes that are not UTF-8; what a store makes of them is not known.
    NotUtf8,
    /// A text under the key `data`, of which the store's code cannot make its object; not modelled.
    ConstructorArgument,
    /// `fields` as a list; not modelled.
    FieldsNotText,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DecodeError::Refused(refusal) => &refusal.message,
            DecodeError::TooManyParameters => {
                "more than 1000 parameters: use fewer filters, or `in` with a list"
            }
            DecodeError::NotUtf8 => {
                "an escape that is not UTF-8: encode text as UTF-8 before percent-encoding it"
            }
            DecodeError::ConstructorArgument => "a key `data` in searchCriteria: leave it out",
            DecodeError::FieldsNotText => "fields is a list: send one text",
        })
    }
}

impl std::error::Error for DecodeError {}

impl From<Refusal> for DecodeError {
    fn from(refusal: Refusal) -> Self {
        DecodeError::Refused(Box::new(refusal))
    }
}

/// Reads the criteria from a query string (without its `?`), as the store does
/// before it looks at any customer.
///
/// Every spelling the store takes is taken: camelCase and snake_case,
/// `search_criteria`, any index. Whether fields exist is not checked here.
///
/// # Errors
/// The store's own refusal, or what is not modelled.
///
/// ```
/// use magewright::release::Release;
/// use magewright::search::decode;
///
/// let query = "searchCriteria[filter_groups][a][filters][-1][field]=email\
///     &searchCriteria[filter_groups][a][filters][-1][value]=a%2Bb&searchCriteria[pageSize]=5.9";
/// let criteria = decode(query, Release::DEFAULT)?;
/// assert_eq!(criteria.to_string(), "email = 'a+b' limit 5");
/// assert!(decode("", Release::DEFAULT).is_err());
/// # Ok::<(), magewright::search::DecodeError>(())
/// ```
pub fn decode(query: &str, release: Release) -> Result<SearchCriteria, DecodeError> {
    decode_within(query, release, None)
}

/// Reads the criteria as a store does that limits its input: see
/// [`crate::profile::Settings::input_limits`]. 2.4.3 and 2.4.3-p1 always do.
///
/// # Errors
/// As [`decode`], and the store's refusal of a page or list over its limits.
///
/// ```
/// use magewright::{profile::InputLimits, release::Release, search::decode_within};
/// let limits = InputLimits::default();
/// let read = |query| decode_within(query, Release::DEFAULT, Some(&limits));
/// assert!(read("searchCriteria[pageSize]=301").is_err());
/// assert_eq!(read("searchCriteria=")?.page_size, Some(999_999));
/// # Ok::<(), magewright::search::DecodeError>(())
/// ```
pub fn decode_within(
    query: &str,
    release: Release,
    limits: Option<&InputLimits>,
) -> Result<SearchCriteria, DecodeError> {
    let query = parse_query(query)?;
    let limits = in_effect(limits, release).map(|limits| Limits::of(&limits, release));
    let reader = Reader { release, limits };
    let mut criteria = match query.get("searchCriteria").or_else(|| query.get("search_criteria")) {
        None => return Err(required("searchCriteria").into()),
        Some(node) => reader.read(node)?,
    };
    criteria.fields = match query.get("fields") {
        None => None,
        Some(Node::Text(text)) => Some(text.clone()),
        Some(Node::Array(_)) => return Err(DecodeError::FieldsNotText),
    };
    Ok(criteria)
}

fn required(name: &str) -> Refusal {
    Refusal::new(400, "\"%fieldName\" is required. Enter and try again.").named([("fieldName", name)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(query: &str) -> Refusal {
        match decode(query, Release::DEFAULT) {
            Err(DecodeError::Refused(refusal)) => *refusal,
            other => panic!("{other:?}"),
        }
    }

    fn page_size(text: &str) -> Option<i64> {
        decode(&format!("searchCriteria[pageSize]={text}"), Release::DEFAULT).ok()?.page_size
    }

    #[test]
    fn any_value_of_the_parameter_asks_for_everything() {
        for query in
            ["searchCriteria", "searchCriteria=", "search_criteria=x", "searchCriteria[filterGroups]=x"]
        {
            assert_eq!(decode(query, Release::DEFAULT), Ok(SearchCriteria::default()), "{query}");
        }
        assert_eq!(refusal("fields=x").status, 400);
    }

    #[test]
    fn two_releases_always_limit() {
        let read = |query: &str, release: &str| decode(query, release.parse().unwrap());
        for (release, limited) in [("2.4.2", false), ("2.4.3", true), ("2.4.3-p1", true), ("2.4.3-p2", false)]
        {
            assert_eq!(read("searchCriteria[pageSize]=301", release).is_err(), limited, "{release}");
            let default = limited.then_some(20);
            assert_eq!(read("searchCriteria=", release).unwrap().page_size, default, "{release}");
        }
    }

    #[test]
    fn page_sizes_are_php_integers() {
        assert_eq!(page_size("1.5"), Some(1));
        assert_eq!(page_size("+5%20"), Some(5));
        assert_eq!(page_size("1e2"), Some(100));
        assert_eq!(page_size(".5"), Some(0));
        assert_eq!(page_size("99999999999999999999"), Some(i64::MAX));
        for text in ["", "5x", "0x5", "inf", "nan", "1_0", "[]"] {
            assert_eq!(page_size(text), None, "{text}");
        }
    }

    #[test]
    fn types_are_refused_with_every_level_around_them() {
        let refusal = refusal("searchCriteria[filter_groups][0][filters][0][value][]=1");
        assert_eq!(
            refusal.message,
            "Error occurred during \"filter_groups\" processing. Error occurred during \"filters\" processing. \
             Error occurred during \"value\" processing. The \"array\" value's type is invalid. \
             The \"string\" type was expected. Verify and try again."
        );
    }

    #[test]
    fn unknown_keys_depend_on_the_release() {
        let query = "searchCriteria[request_name]=1";
        assert_eq!(
            refusal(query),
            Refusal::new(400, "\"%fieldName\" is not supported. Correct the field name and try again.")
                .named([("fieldName", "RequestName")])
        );
        let old = Release::new(4, 6, 2).unwrap();
        assert!(matches!(decode(query, old), Err(DecodeError::Refused(r)) if r.status == 500));
    }

    #[test]
    fn script_elements_are_refused_since_2_4_8() {
        let query = "searchCriteria[filter_groups][0][filters][0][value]=<script>x</script>";
        assert!(decode(query, Release::DEFAULT).is_ok());
        let new = Release::new(4, 8, 0).unwrap();
        let refusal = Refusal::new(400, "\"%field_name\" does not contains valid value.");
        let refusal = refusal.named([("field_name", "value")]);
        assert_eq!(decode(query, new), Err(refusal.into()));
    }

    #[test]
    fn soap_items_are_unwrapped() {
        let query = "searchCriteria[sortOrders][item][field]=a";
        assert_eq!(decode(query, Release::DEFAULT).unwrap().sort_orders.len(), 1);
    }

    #[test]
    fn data_is_no_key_of_a_search() {
        let words = "\"%fieldName\" is not supported. Correct the field name and try again.";
        let unknown = Refusal::new(400, words).named([("fieldName", "Data")]);
        assert_eq!(refusal("searchCriteria[data][page_size]=1"), unknown);
        assert_eq!(decode("searchCriteria[data]=1", Release::DEFAULT), Err(DecodeError::ConstructorArgument));
    }
}
