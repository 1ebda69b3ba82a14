//! Laws of searches: writing and reading back, normal forms, and scans of a table that changes meanwhile.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use magewright::json::{self, Value};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::search::{
    Condition, Direction, Expression, Filter, FilterGroup, KeysetPages, OffsetPages, Search, SearchCriteria,
    SortOrder, Spelling, check, decode, encode, field, partition,
};
use magewright::store::Accounts;
use magewright::{fields, search};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{1,8}", "[0-9.-]{1,6}", "\\PC{0,12}", "[ -~]{0,12}"]
}

fn condition() -> impl Strategy<Value = Condition> {
    let known = [
        "eq", "neq", "like", "nlike", "in", "nin", "null", "notnull", "gt", "lt", "gteq", "lteq", "from",
        "to", "finset", "nfinset", "regexp", "seq", "sneq", "ntoa", "is", "moreq", "LIKE",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(Condition::named),
                1 => text().prop_map(|name| Condition::named(&name))]
}

fn filter() -> impl Strategy<Value = Filter> {
    (option::of(text()), option::of(text()), condition()).prop_map(|(field, value, condition)| Filter {
        field,
        value,
        condition,
    })
}

fn sort_order() -> impl Strategy<Value = SortOrder> {
    let direction = option::of(prop_oneof![Just(Direction::Asc), Just(Direction::Desc)]);
    (option::of("[a-zA-Z0-9_]{0,8}"), direction).prop_map(|(field, direction)| SortOrder { field, direction })
}

fn criteria(least_filters: usize) -> impl Strategy<Value = SearchCriteria> {
    let group = vec(filter(), least_filters..4).prop_map(|filters| FilterGroup { filters });
    let page = option::of(any::<i64>());
    (vec(group, 0..14), vec(sort_order(), 0..3), page.clone(), page, option::of(text())).prop_map(
        |(filter_groups, sort_orders, page_size, current_page, fields)| SearchCriteria {
            filter_groups,
            sort_orders,
            page_size,
            current_page,
            fields,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_encoded_is_decoded(criteria in criteria(0)) {
        for spelling in [Spelling::Camel, Spelling::Snake] {
            let query = encode(&criteria, spelling);
            prop_assert!(query.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%&=".contains(&b)));
            prop_assert_eq!(decode(&query, Release::DEFAULT), Ok(criteria.clone()));
        }
    }

    #[test]
    fn what_is_printed_is_parsed(criteria in criteria(1)) {
        prop_assert_eq!(criteria.to_string().parse(), Ok(criteria));
    }

    #[test]
    fn nothing_panics(
        query in prop_oneof!["\\PC{0,60}", "(searchCriteria(\\[[a-zA-Z0-9_-]{0,7}\\]){0,5}=[%a-f0-9+]{0,4}&?){0,6}"],
        criteria in criteria(0),
    ) {
        let _ = decode(&query, Release::DEFAULT).map(|criteria| check(&criteria, &Profile::stock()));
        let _ = query.parse::<SearchCriteria>();
        let _ = fields::apply(&json::parse(br#"{"a":[{"b":1}]}"#).unwrap(), &query);
        let _ = check(&criteria, &Profile::stock());
        let _ = search::answer(&criteria, &table([1, 2, 3]), &Profile::stock());
        let _ = search::collation::like(&query, &query);
    }
}

/// Expressions over two fields, one of which may lack a value.
fn expression() -> impl Strategy<Value = Expression> {
    let value = proptest::sample::select(&["", "a", "b", "1", "a%"][..]);
    let conditions =
        ["eq", "neq", "like", "nlike", "in", "nin", "gt", "lteq", "null", "notnull", "finset", "seq"];
    let condition = proptest::sample::select(conditions.to_vec()).prop_map(Condition::named);
    let leaf = (proptest::sample::select(&["taxvat", "firstname"][..]), condition, value)
        .prop_map(|(name, condition, value)| field(name).compare(condition, value));
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(Expression::not),
            vec(inner.clone(), 1..3).prop_map(Expression::And),
            vec(inner, 1..3).prop_map(Expression::Or),
        ]
    })
}

/// What an expression means, read directly: `not` is exactly the other rows.
fn holds(expression: &Expression, customer: &Value) -> bool {
    match expression {
        Expression::Filter(filter) => {
            let criteria = SearchCriteria::new().and(filter.clone());
            Search::new(&criteria, &Profile::stock()).unwrap().matches(customer).unwrap()
        }
        Expression::And(parts) => parts.iter().all(|part| holds(part, customer)),
        Expression::Or(parts) => parts.iter().any(|part| holds(part, customer)),
        Expression::Not(inner) => !holds(inner, customer),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_search_by_id_finds_what_matches_row_by_row(
        filters in vec((proptest::sample::select(&["eq", "gt", "gteq", "lt", "lteq", "in", "neq", "nin"][..]), "-?[0-9]{1,2}(\\.5|x|,7,3|e1)?"), 0..4),
        direction in proptest::sample::select(&[None, Some(Direction::Asc), Some(Direction::Desc)][..]),
        page in (0_i64..5, 0_i64..4),
    ) {
        let accounts = table(1..=30);
        let criteria = filters.iter().fold(SearchCriteria::new(), |criteria, (condition, value)| {
            criteria.and(Filter::new("entity_id", Condition::named(condition), value.as_str()))
        });
        let search = Search::new(&criteria, &Profile::stock()).unwrap();
        let matching = accounts.iter().filter(|(_, customer)| search.matches(customer) == Ok(true));
        let mut ids: Vec<i64> = matching.map(|(id, _)| id).collect();
        let total_count = ids.len();
        if direction == Some(Direction::Desc) {
            ids.reverse();
        }
        let (size, current) = page;
        if size > 0 {
            let skip = usize::try_from(size * (current.max(1) - 1)).unwrap();
            ids = ids.into_iter().skip(skip).take(usize::try_from(size).unwrap()).collect();
        }
        let mut criteria = SearchCriteria { current_page: Some(current), ..criteria.limit(size) };
        if let Some(direction) = direction {
            criteria.sort_orders = vec![SortOrder { field: Some("entity_id".to_owned()), direction: Some(direction) }];
        }
        let found = Search::new(&criteria, &Profile::stock()).unwrap().run(&accounts).unwrap();
        prop_assert_eq!((found.ids, found.total_count), (ids, total_count), "{}", criteria);
    }

    #[test]
    fn the_normal_form_finds_the_same_customers(expression in expression()) {
        // A form too long is refused, never cut.
        let Ok(criteria) = SearchCriteria::matching(expression.clone()) else { return Ok(()) };
        let search = Search::new(&criteria, &Profile::stock()).unwrap();
        for taxvat in ["null", r#""""#, r#""a""#, r#""A,b""#, r#""1""#] {
            for firstname in ["a", "B"] {
                let text = format!(r#"{{"id":1,"taxvat":{taxvat},"firstname":"{firstname}"}}"#);
                let customer = json::parse(text.as_bytes()).unwrap();
                prop_assert_eq!(search.matches(&customer), Ok(holds(&expression, &customer)), "{}", text);
            }
        }
    }
}

fn customer(id: i64) -> Value {
    let text = format!(r#"{{"id":{id},"email":"c{id}@example.test","website_id":1,"group_id":{}}}"#, id % 3);
    json::parse(text.as_bytes()).unwrap()
}

fn table(ids: impl IntoIterator<Item = i64>) -> Accounts {
    Accounts::from_customers(ids.into_iter().map(customer)).unwrap()
}

/// What happens to the table between two requests.
#[derive(Debug, Clone)]
enum Event {
    /// A customer is added; ids only grow, as a database gives them.
    Insert,
    Delete(usize),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    vec(prop_oneof![Just(Event::Insert), (0..60_usize).prop_map(Event::Delete)], 0..4)
}

/// A table that changes, and which of its first rows are still there.
struct Changing {
    accounts: Accounts,
    next: i64,
}

impl Changing {
    fn new(rows: i64) -> Self {
        Changing { accounts: table(1..=rows), next: rows + 1 }
    }

    fn happen(&mut self, event: &Event) {
        match event {
            Event::Insert => {
                self.accounts.insert(customer(self.next)).unwrap();
                self.next += 1;
            }
            Event::Delete(at) => {
                let ids: Vec<i64> = self.accounts.iter().map(|(id, _)| id).collect();
                if let Some(id) = ids.get(at % ids.len().max(1)) {
                    self.accounts.remove(*id);
                }
            }
        }
    }

    fn ask(&self, criteria: &SearchCriteria) -> (Vec<i64>, u64) {
        // Over the wire and back, as a store would read it.
        let read = decode(&encode(criteria, Spelling::Camel), Release::DEFAULT).unwrap();
        let found = Search::new(&read, &Profile::stock()).unwrap().run(&self.accounts).unwrap();
        (found.ids, found.total_count as u64)
    }

    fn matching(&self, filter: &SearchCriteria) -> Vec<i64> {
        self.ask(filter).0
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn keyset_pages_see_every_stable_row_once(
        rows in 0..40_i64, size in 1..7_i64, between in vec(events(), 30), own_filter in any::<bool>(),
    ) {
        let filter: SearchCriteria = if own_filter { "(group_id = 1 or group_id = 2)" } else { "" }.parse().unwrap();
        let mut store = Changing::new(rows);
        let before = store.matching(&filter);
        let mut seen = BTreeMap::new();
        let mut pages = KeysetPages::new(filter.clone(), size).unwrap();
        let mut between = between.iter();
        while let Some(request) = pages.request() {
            let (ids, total) = store.ask(&request);
            for id in &ids {
                *seen.entry(*id).or_insert(0) += 1;
            }
            pages.received(&ids, total).unwrap();
            between.next().into_iter().flatten().for_each(|event| store.happen(event));
        }
        let after = store.matching(&filter);
        for id in before.iter().filter(|id| after.contains(id)) {
            prop_assert_eq!(seen.get(id), Some(&1), "row {} of a table of {}", id, rows);
        }
        prop_assert!(seen.values().all(|times| *times == 1), "no row comes twice");
    }

    #[test]
    fn parts_together_see_everything_once(rows in 0..60_i64, parts in 1..9_u32, size in 1..7_i64) {
        let store = Changing::new(rows);
        let mut seen = Vec::new();
        for ids in partition(1..=rows, parts) {
            let mut pages = KeysetPages::new(SearchCriteria::default(), size).unwrap().within(ids);
            while let Some(request) = pages.request() {
                let (ids, total) = store.ask(&request);
                pages.received(&ids, total).unwrap();
                seen.extend(ids);
            }
        }
        prop_assert_eq!(seen, (1..=rows).collect::<Vec<_>>());
    }

    #[test]
    fn offset_pages_see_a_quiet_table_once(rows in 0..40_i64, size in 1..7_i64) {
        let store = Changing::new(rows);
        prop_assert_eq!(scan_by_offset(store, size, &[]), (1..=rows).collect::<Vec<_>>());
    }
}

fn scan_by_offset(mut store: Changing, size: i64, between: &[Event]) -> Vec<i64> {
    let mut pages = OffsetPages::new(SearchCriteria::default(), size).unwrap();
    let mut seen = Vec::new();
    let mut between = between.iter();
    while let Some(request) = pages.request() {
        let (ids, total) = store.ask(&request);
        pages.received(ids.len(), total);
        seen.extend(ids);
        between.next().into_iter().for_each(|event| store.happen(event));
    }
    seen
}

#[test]
fn offset_pages_miss_a_row_when_another_is_deleted() {
    let seen = scan_by_offset(Changing::new(6), 2, &[Event::Delete(0)]);
    assert_eq!(seen, [1, 2, 4, 5, 6], "row 3 moved to a page that was already read");
}
