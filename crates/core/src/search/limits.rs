//! Input limits: what a store with `webapi/validation` switched on refuses of a search.

use super::SearchCriteria;
use crate::json::Value;
use crate::outcome::{Parameters, Refusal};
use crate::profile::InputLimits;
use crate::release::Release;
use crate::store::limits::fallback;

/// `webapi/validation/maximum_page_size` where it is not set.
pub(super) const MAXIMUM_PAGE_SIZE: i64 = 300;

/// The limits that hold for one store.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    list_items: i64,
    maximum_page_size: i64,
    default_page_size: i64,
}

impl Limits {
    pub(super) fn of(limits: &InputLimits, release: Release) -> Self {
        let fallback = fallback(release);
        Limits {
            list_items: limits.list_items.unwrap_or(fallback),
            maximum_page_size: limits.page_size.unwrap_or(MAXIMUM_PAGE_SIZE),
            default_page_size: limits.default_page_size.unwrap_or(fallback),
        }
    }

    /// Refuses a list of too many objects.
    pub(super) fn list(&self, length: usize, class: &str) -> Result<(), Refusal> {
        if i64::try_from(length).is_ok_and(|length| length <= self.list_items) {
            return Ok(());
        }
        let refusal = Refusal::new(400, "Maximum items of type \"%type\" is %max");
        let parameters = [("type", Value::from(class)), ("max", Value::from(self.list_items))];
        Err(refusal.named(parameters))
    }

    /// Refuses a page size, once it is known to be a number.
    ///
    /// Source: `Framework/Webapi/ServiceInputProcessor.php` hands the converted value to
    /// `Validator/SearchCriteriaValidator.php`.
    pub(super) fn page_size(&self, size: i64) -> Result<(), Refusal> {
        if size <= self.maximum_page_size {
            return Ok(());
        }
        let refusal = Refusal::new(400, "Maximum SearchCriteria pageSize is %max");
        Err(refusal.named([("max", self.maximum_page_size)]))
    }

    /// A search without a page size gets one; 0 stays "everything".
    pub(super) fn fill_in(&self, criteria: &mut SearchCriteria) {
        criteria.page_size.get_or_insert(self.default_page_size);
    }
}

/// The page size a store allows, from its refusal of a larger one.
///
/// ```
/// use magewright::outcome::Refusal;
/// use magewright::search::allowed_page_size;
/// let refusal = Refusal::new(400, "Maximum SearchCriteria pageSize is %max").named([("max", 300_i64)]);
/// assert_eq!(allowed_page_size(&refusal), Some(300));
/// assert_eq!(allowed_page_size(&Refusal::new(400, "Decoding error.")), None);
/// ```
#[must_use]
pub fn allowed_page_size(refusal: &Refusal) -> Option<i64> {
    let about_pages = refusal.message.starts_with("Maximum SearchCriteria pageSize is");
    let named = match &refusal.parameters {
        Parameters::Named(parameters) => parameters.get("max").and_then(number),
        Parameters::Positional(list) => list.first().and_then(number),
        Parameters::None => refusal.message.rsplit(' ').next().and_then(|word| word.parse().ok()),
    };
    named.filter(|max| about_pages && *max > 0)
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Object;
    use crate::search::{DecodeError, decode_within};

    #[test]
    fn fallbacks_depend_on_the_release() {
        let length = |release: &str| {
            Limits::of(&InputLimits::default(), release.parse().unwrap()).list(21, "x").is_ok()
        };
        assert!(length("2.4.6"));
        assert!(!length("2.4.5-p1"));
    }

    #[test]
    fn a_page_size_is_a_number_before_it_is_too_large() {
        let limits = InputLimits::default();
        let message = |query: &str| match decode_within(query, Release::DEFAULT, Some(&limits)) {
            Err(DecodeError::Refused(refusal)) => refusal.message,
            _ => String::new(),
        };
        for size in ["300", "-1", "0", " 3e2"] {
            assert_eq!(message(&format!("searchCriteria[pageSize]={size}")), "", "{size}");
        }
        assert_eq!(message("searchCriteria[page_size]=301"), "");
        assert!(message("searchCriteria[pageSize]=301").starts_with("Maximum SearchCriteria"));
        for query in ["searchCriteria[pageSize]=abc", "searchCriteria[pageSize][]=301"] {
            assert!(message(query).starts_with("Error occurred during \"pageSize\""), "{query}");
        }
    }

    #[test]
    fn refusals_are_read_in_any_shape() {
        let mut refusal = Refusal::new(400, "Maximum SearchCriteria pageSize is 50");
        assert_eq!(allowed_page_size(&refusal), Some(50));
        refusal.parameters = Parameters::Named(Object::from_iter([("max", "x")]));
        assert_eq!(allowed_page_size(&refusal), None);
    }
}
