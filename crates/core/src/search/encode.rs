//! Criteria as the query string every store release reads back equally.

use std::fmt::Write;

use super::{Condition, Filter, SearchCriteria};

/// How the names in a query string are spelled. The store takes both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// `filterGroups`, `conditionType`: what Magento's own schema prints.
    #[default]
    Camel,
    /// `filter_groups`, `condition_type`.
    Snake,
}

/// The fixed parts of the parameters' names, brackets percent-encoded.
struct Words {
    group: &'static str,
    condition: &'static str,
    sort: &'static str,
    page_size: &'static str,
    current_page: &'static str,
}

const CAMEL: Words = Words {
    group: "searchCriteria%5BfilterGroups%5D%5B",
    condition: "%5D%5BconditionType%5D=",
    sort: "searchCriteria%5BsortOrders%5D%5B",
    page_size: "searchCriteria%5BpageSize%5D=",
    current_page: "searchCriteria%5BcurrentPage%5D=",
};

const SNAKE: Words = Words {
    group: "searchCriteria%5Bfilter_groups%5D%5B",
    condition: "%5D%5Bcondition_type%5D=",
    sort: "searchCriteria%5Bsort_orders%5D%5B",
    page_size: "searchCriteria%5Bpage_size%5D=",
    current_page: "searchCriteria%5Bcurrent_page%5D=",
};

const FILTERS: &str = "%5D%5Bfilters%5D%5B";
const FIELD: &str = "%5D%5Bfield%5D=";
const VALUE: &str = "%5D%5Bvalue%5D=";
const DIRECTION: &str = "%5D%5Bdirection%5D=";

/// Writes the criteria as a query string, without `?`.
///
/// Everything but letters, digits and `-._~` is percent-encoded, a space as
/// `%20` and a plus as `%2B`, so that a URL parser, PHP and the store's OAuth
/// check all read the same text. Indexes count from 0 without gaps.
///
/// Nothing is refused here: [`super::check`] says what the store will refuse
/// or silently take for something else. So every criteria can be written, and
/// [`super::decode`] reads back the same.
///
/// ```
/// use magewright::search::{SearchCriteria, Spelling, encode, field};
///
/// let criteria = SearchCriteria::matching(field("email").eq("a+b@x.test"))?;
/// assert_eq!(
///     encode(&criteria, Spelling::Snake),
///     "searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=email\
///      &searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D=a%2Bb%40x.test\
///      &searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bcondition_type%5D=eq"
/// );
/// assert_eq!(encode(&SearchCriteria::default(), Spelling::Camel), "searchCriteria=");
/// # Ok::<(), magewright::search::NormalFormError>(())
/// ```
#[must_use]
pub fn encode(criteria: &SearchCriteria, spelling: Spelling) -> String {
    let words = match spelling {
        Spelling::Camel => &CAMEL,
        Spelling::Snake => &SNAKE,
    };
    let mut writer = Writer { out: String::with_capacity(upper_bound(criteria)), words };
    writer.groups(criteria);
    writer.sort_orders(criteria);
    if let Some(size) = criteria.page_size {
        writer.number(words.page_size, size);
    }
    if let Some(page) = criteria.current_page {
        writer.number(words.current_page, page);
    }
    if writer.out.is_empty() {
        writer.out.push_str("searchCriteria=");
    }
    if let Some(fields) = &criteria.fields {
        writer.separate();
        writer.out.push_str("fields=");
        writer.escape(fields);
    }
    writer.out
}

/// Bytes enough for the whole query, so that the text is allocated once.
fn upper_bound(criteria: &SearchCriteria) -> usize {
    const FILTER: usize = 3 * 100;
    const SORT: usize = 2 * 80;
    const ESCAPED: usize = 3;
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len) * ESCAPED;
    let filters = criteria.filter_groups.iter().flat_map(|group| &group.filters);
    let filters: usize = filters
        .map(|filter| {
            FILTER + text(&filter.field) + text(&filter.value) + filter.condition.as_str().len() * ESCAPED
        })
        .sum();
    let groups = criteria.filter_groups.len() * 80;
    let sorts: usize = criteria.sort_orders.iter().map(|order| SORT + text(&order.field)).sum();
    filters + groups + sorts + text(&criteria.fields) + 160
}

struct Writer {
    out: String,
    words: &'static Words,
}

impl Writer {
    fn groups(&mut self, criteria: &SearchCriteria) {
        for (g, group) in criteria.filter_groups.iter().enumerate() {
            if group.filters.is_empty() {
                self.empty(self.words.group, g);
            }
            for (f, filter) in group.filters.iter().enumerate() {
                self.filter(g, f, filter);
            }
        }
    }

    /// The name up to its member is written once and copied for the others.
    fn filter(&mut self, group: usize, at: usize, filter: &Filter) {
        self.separate();
        let start = self.out.len();
        self.out.push_str(self.words.group);
        self.index(group);
        self.out.push_str(FILTERS);
        self.index(at);
        let name = start..self.out.len();
        for (member, value) in [(FIELD, &filter.field), (VALUE, &filter.value)] {
            if let Some(value) = value {
                self.out.push_str(member);
                self.escape(value);
                self.out.push('&');
                self.out.extend_from_within(name.clone());
            }
        }
        self.out.push_str(self.words.condition);
        match &filter.condition {
            Condition::Unknown(name) => self.escape(name),
            known => self.out.push_str(known.as_str()),
        }
    }

    fn sort_orders(&mut self, criteria: &SearchCriteria) {
        for (at, order) in criteria.sort_orders.iter().enumerate() {
            if let Some(field) = &order.field {
                self.sort_order(at, FIELD);
                self.escape(field);
            }
            if let Some(direction) = order.direction {
                self.sort_order(at, DIRECTION);
                self.out.push_str(direction.as_str());
            }
            if (&order.field, order.direction) == (&None, None) {
                self.empty(self.words.sort, at);
            }
        }
    }

    /// An item without members: the store makes one of any text in its place.
    fn empty(&mut self, list: &str, at: usize) {
        self.separate();
        self.out.push_str(list);
        self.index(at);
        self.out.push_str("%5D=");
    }

    fn sort_order(&mut self, at: usize, member: &str) {
        self.separate();
        self.out.push_str(self.words.sort);
        self.index(at);
        self.out.push_str(member);
    }

    fn number(&mut self, name: &str, number: i64) {
        self.separate();
        self.out.push_str(name);
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{number}");
    }

    fn separate(&mut self) {
        if !self.out.is_empty() {
            self.out.push('&');
        }
    }

    fn index(&mut self, index: usize) {
        match u8::try_from(index) {
            Ok(digit @ 0..10) => self.out.push(char::from(b'0' + digit)),
            _ => {
                let _ = write!(self.out, "{index}");
            }
        }
    }

    /// Copies runs of unreserved characters and writes runs of other bytes from a table.
    fn escape(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|b| !is_unreserved(b)) {
            let (clean, tail) = rest.split_at(at);
            self.out.push_str(clean);
            let end = tail.bytes().position(is_unreserved).unwrap_or(tail.len());
            let (reserved, after) = tail.split_at(end);
            match reserved.as_bytes() {
                [single] => self.out.push_str(escape_of(*single)),
                several => self.escape_all(several),
            }
            rest = after;
        }
        self.out.push_str(rest);
    }

    /// Sixteen bytes at a time, so that the text grows once for all of them.
    fn escape_all(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(16) {
            let mut escaped = [0; 48];
            for (slot, byte) in escaped.chunks_exact_mut(3).zip(chunk) {
                if let Some(escape) = ESCAPES.get(usize::from(*byte)) {
                    slot.copy_from_slice(escape);
                }
            }
            let escaped = escaped.get(..chunk.len() * 3).unwrap_or_default();
            self.out.push_str(std::str::from_utf8(escaped).unwrap_or_default());
        }
    }
}

fn is_unreserved(byte: u8) -> bool {
    UNRESERVED.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Letters, digits and `-._~` (RFC 3986).
#[allow(clippy::indexing_slicing, reason = "evaluated when the program is compiled")]
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// `%00` to `%FF`.
#[allow(clippy::indexing_slicing, reason = "evaluated when the program is compiled")]
const ESCAPES: [[u8; 3]; 256] = {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    let mut table = [[b'%'; 3]; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = [b'%', HEX[byte >> 4], HEX[byte & 15]];
        byte += 1;
    }
    table
};

/// The same as one text.
const ESCAPES_TEXT: &str = match std::str::from_utf8(ESCAPES.as_flattened()) {
    Ok(text) => text,
    Err(_) => "",
};

fn escape_of(byte: u8) -> &'static str {
    let at = usize::from(byte) * 3;
    ESCAPES_TEXT.get(at..at + 3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Release;
    use crate::search::{FilterGroup, SortOrder, decode};

    fn round_trip(criteria: &SearchCriteria) {
        for spelling in [Spelling::Camel, Spelling::Snake] {
            let query = encode(criteria, spelling);
            assert!(query.bytes().all(|b| is_unreserved(b) || matches!(b, b'%' | b'&' | b'=')), "{query}");
            assert_eq!(decode(&query, Release::DEFAULT).as_ref(), Ok(criteria), "{query}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        round_trip(&SearchCriteria::default());
        round_trip(&SearchCriteria {
            filter_groups: vec![FilterGroup::default(), FilterGroup { filters: vec![Filter::default()] }],
            sort_orders: vec![SortOrder::default()],
            ..SearchCriteria::default()
        });
        let mut criteria =
            SearchCriteria::new().order_by_desc("created_at").page(-3, i64::MAX).fields("items[id]");
        for at in 0..12 {
            criteria = criteria.and_any((0..at + 1).map(|n| {
                Filter::new("field []", Condition::named("Gt &"), format!("100% ✓ = a+b/c?d#e 🎉 {n}"))
            }));
        }
        round_trip(&criteria);
    }

    #[test]
    fn a_missing_value_stays_missing() {
        let filter = Filter { field: None, value: None, condition: Condition::Null };
        round_trip(&SearchCriteria::new().and(filter));
    }

    #[test]
    fn the_text_is_allocated_once() {
        let criteria =
            SearchCriteria::new().and(Filter::new("é".repeat(99), Condition::Notnull, "✓".repeat(99)));
        assert!(encode(&criteria, Spelling::Snake).len() <= upper_bound(&criteria));
    }
}
