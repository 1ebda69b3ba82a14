//! Searches that are too large for something on their way.

use super::Checker;
use crate::search::limits::MAXIMUM_PAGE_SIZE;
use crate::search::{SearchCriteria, Spelling, encode};
use crate::store::limits::WIDE;

/// A query string longer than this is refused by common web servers (414).
const LONG_QUERY: usize = 8000;

/// PHP drops further parameters unless `max_input_vars` was raised.
const MOST_PARAMETERS: usize = 1000;

/// From this index on, the store's OAuth check sorts parameters unlike RFC 5849.
const FIRST_LONG_INDEX: usize = 10;

impl Checker<'_> {
    /// Limits of the store, of PHP, of web servers and of signing.
    pub(super) fn sizes(&mut self, criteria: &SearchCriteria) {
        if let Some(limits) = &self.profile.settings.input_limits {
            let most_rows = limits.page_size.unwrap_or(MAXIMUM_PAGE_SIZE);
            if criteria.page_size.is_some_and(|size| size > most_rows) {
                let message = format!("the store allows at most {most_rows} rows a page");
                self.error("page_size_over_limit", "/page_size", message);
            }
            let most_items = limits.list_items.unwrap_or(WIDE);
            let lists = criteria.filter_groups.iter().map(|group| group.filters.len());
            let longest = lists.chain([criteria.filter_groups.len(), criteria.sort_orders.len()]).max();
            if longest.and_then(|length| i64::try_from(length).ok()).is_some_and(|length| length > most_items)
            {
                let message =
                    format!("the store allows at most {most_items} groups, filters of a group or orders");
                self.error("list_over_limit", "/filter_groups", message);
            }
        }
        let filters = criteria.filter_groups.iter().map(|group| group.filters.len());
        let longest = filters.clone().chain([criteria.filter_groups.len(), criteria.sort_orders.len()]).max();
        if longest.is_some_and(|length| length > FIRST_LONG_INDEX) {
            let message = "with more than 10 items a store before 2.4.8 sorts the parameters by number when it \
                           checks an OAuth signature: sign in that order, or use a bearer token";
            self.loss("index_of_two_digits", "", message);
        }
        if filters.sum::<usize>() * 3 + criteria.sort_orders.len() * 2 > MOST_PARAMETERS {
            self.loss("too_many_parameters", "", "PHP drops parameters beyond 1000: use `in` with a list");
        }
        if encode(criteria, Spelling::Camel).len() > LONG_QUERY {
            let message =
                "the query is longer than 8 kB, which web servers refuse with 414: split the search";
            self.loss("long_query", "", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;
    use crate::search::{Condition, Filter, SearchCriteria, check};

    #[test]
    fn long_searches_are_noticed() {
        let filters = (0..400).map(|n| Filter::new("email", Condition::Eq, n.to_string()));
        let criteria = SearchCriteria::new().and_any(filters);
        let codes: Vec<_> = check(&criteria, &Profile::stock()).iter().map(|warning| warning.code).collect();
        assert_eq!(codes, ["index_of_two_digits", "too_many_parameters", "long_query"]);
    }
}
