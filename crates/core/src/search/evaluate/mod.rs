//! Answering a search from customers in memory, as the store answers it.

mod column;
mod comparison;
mod ids;
mod items;
mod moment;
mod order;
mod page;
mod regexp;

use std::fmt;

use super::{Condition, Direction, Filter, SearchCriteria, internal_error};
use crate::double;
use crate::json::Value;
use crate::outcome::Refusal;
use crate::profile::Profile;
use crate::store::Accounts;
use column::Column;
use comparison::Comparison;
use ids::Ids;
use items::Items;
use order::Order;
use page::Page;

/// Why a search gives no customers.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum EvaluateError {
    /// The store refuses it with these words.
    Refused(Box<Refusal>),
    /// What is not modelled.
    Unsupported(&'static str),
}

impl EvaluateError {
    const ATTRIBUTE_ID: Self =
        EvaluateError::Unsupported("a number as a field: the store takes it for an attribute's id");
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvaluateError::Refused(refusal) => f.write_str(&refusal.message),
            EvaluateError::Unsupported(what) => write!(f, "not modelled: {what}"),
        }
    }
}

impl std::error::Error for EvaluateError {}

impl From<Refusal> for EvaluateError {
    fn from(refusal: Refusal) -> Self {
        EvaluateError::Refused(Box::new(refusal))
    }
}

/// Criteria made ready for one store: its fields resolved, its values read.
///
/// ```
/// use magewright::json;
/// use magewright::profile::Profile;
/// use magewright::search::{Search, SearchCriteria};
///
/// let criteria: SearchCriteria = "firstname = 'zoe' and taxvat is null".parse()?;
/// let profile = Profile::stock();
/// let search = Search::new(&criteria, &profile)?;
/// assert!(search.matches(&json::parse(r#"{"id":1,"firstname":"Zoë"}"#.as_bytes())?)?);
/// assert!(!search.matches(&json::parse(br#"{"id":2,"firstname":"Zoe","taxvat":"1"}"#)?)?);
///
/// let criteria: SearchCriteria = "id = 5".parse()?;
/// assert!(Search::new(&criteria, &profile).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Search {
    groups: Vec<Group>,
    order: Order,
    items: Items,
    page: Page,
}

/// Filters of which one must hold.
#[derive(Debug)]
struct Group {
    filters: Vec<Comparison>,
    /// Whose ids pass, where that is all the group asks.
    ids: Option<Ids>,
}

impl Group {
    fn new(filters: Vec<Comparison>) -> Self {
        let ids = match filters.as_slice() {
            [only] => only.ids(),
            _ => None,
        };
        Group { filters, ids }
    }

    fn holds(&self, customer: &Value) -> Result<bool, EvaluateError> {
        for filter in &self.filters {
            if filter.holds(filter.column.value(customer).as_deref())? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The ids of the customers on the page, in order.
    pub ids: Vec<i64>,
    /// How many customers match on all pages.
    pub total_count: usize,
}

impl Search {
    /// Resolves the criteria against what the store says of its attributes.
    ///
    /// # Errors
    /// The store's refusal of a field it does not know or a condition it cannot
    /// run; a regular expression or field that is not modelled.
    pub fn new(criteria: &SearchCriteria, profile: &Profile) -> Result<Self, EvaluateError> {
        let mut groups = Vec::with_capacity(criteria.filter_groups.len());
        for group in criteria.filter_groups.iter().filter(|group| !group.filters.is_empty()) {
            let mut comparisons = Vec::new();
            for filter in &group.filters {
                comparisons.push(comparison(filter, profile)?);
            }
            groups.push(Group::new(comparisons));
        }
        let filters = criteria.filter_groups.iter().flat_map(|group| &group.filters);
        if filters.clone().any(|filter| filter.condition == Condition::Is) {
            return Err(internal_error().into());
        }
        let order = Order::new(&criteria.sort_orders, profile)?;
        let filtered = groups.iter().flat_map(|group| &group.filters).map(|filter| &filter.column);
        let items = Items::new(filtered.chain(order.columns()), profile);
        Ok(Search { groups, order, items, page: Page::of(criteria)? })
    }

    /// Whether a customer, as a GET gives it, passes every group.
    ///
    /// # Errors
    /// A regular expression that runs out of its bounds.
    pub fn matches(&self, customer: &Value) -> Result<bool, EvaluateError> {
        self.passes(self.groups.iter(), customer)
    }

    fn passes<'g>(
        &self,
        mut groups: impl Iterator<Item = &'g Group>,
        customer: &Value,
    ) -> Result<bool, EvaluateError> {
        groups.try_fold(true, |passes, group| Ok(passes && group.holds(customer)?))
    }

    /// Searches all accounts. Rows that the order leaves equal come by id, as
    /// they mostly do in a store, where it is the database's choice.
    ///
    /// # Errors
    /// As [`Search::matches`].
    pub fn run(&self, accounts: &Accounts) -> Result<Found, EvaluateError> {
        let by_id = self.groups.iter().filter_map(|group| group.ids.clone()).fold(Ids::ALL, Ids::and);
        let order = self.order.of_ids();
        match by_id {
            Ids::Range(ids)
                if let Some(direction) = order
                    && self.others().next().is_none() =>
            {
                let total_count = accounts.count_within(ids.clone());
                let ids = match direction {
                    Direction::Asc => self.page.of_rows(&mut accounts.within(ids).map(|(id, _)| id)),
                    Direction::Desc => {
                        self.page.of_rows(&mut accounts.within_descending(ids).map(|(id, _)| id))
                    }
                };
                Ok(Found { ids, total_count })
            }
            Ids::Range(ids) => self.run_over(&mut accounts.within(ids), order),
            Ids::Listed(ids) => {
                let mut rows = ids.into_iter().filter_map(|id| Some((id, accounts.get(id)?)));
                self.run_over(&mut rows, order)
            }
        }
    }

    /// The groups that ask more than an id.
    fn others(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| group.ids.is_none())
    }

    /// Searches rows in the order of their ids, of which the groups by id are known to hold.
    fn run_over(
        &self,
        rows: &mut dyn Iterator<Item = (i64, &Value)>,
        order: Option<Direction>,
    ) -> Result<Found, EvaluateError> {
        let mut found = Vec::new();
        for (id, customer) in rows {
            if self.passes(self.others(), customer)? {
                let key = if order.is_none() { self.order.key(customer) } else { Vec::new() };
                found.push((key, id));
            }
        }
        match order {
            None => found.sort_by(|(a, left), (b, right)| self.order.compare(a, b).then(left.cmp(right))),
            Some(Direction::Asc) => {}
            Some(Direction::Desc) => found.reverse(),
        }
        let total_count = found.len();
        Ok(Found { ids: self.page.of_rows(&mut found.into_iter().map(|(_, id)| id)), total_count })
    }

    /// How two customers stand to each other in the order asked for.
    #[must_use]
    pub fn order(&self, left: &Value, right: &Value) -> std::cmp::Ordering {
        self.order.compare(&self.order.key(left), &self.order.key(right))
    }

    /// The list item the store makes of a customer, as a GET gives it.
    ///
    /// Custom attributes that were filtered or sorted by are listed first, and
    /// with `null` where the customer lacks them.
    #[must_use]
    pub fn item(&self, customer: &Value) -> Value {
        self.items.item(customer)
    }

    /// Whether [`Search::item`] gives every customer as any search does that joins no attribute: whoever answers
    /// many searches can then keep what a customer's item looks like.
    ///
    /// ```
    /// use magewright::profile::Profile;
    /// use magewright::search::{Search, SearchCriteria};
    /// let plain = |text: &str| {
    ///     let criteria: SearchCriteria = text.parse().expect("criteria");
    ///     Search::new(&criteria, &Profile::stock()).expect("a search").items_are_plain()
    /// };
    /// assert!(plain("entity_id > 5 and email like 'a%' order by lastname asc"));
    /// ```
    #[must_use]
    pub fn items_are_plain(&self) -> bool {
        self.items.are_plain()
    }

    /// Fields of the search that no reply shows, such as `rp_token`: they are
    /// taken as empty (`failures_num` as 0), which a store may answer differently.
    pub fn assumed(&self) -> impl Iterator<Item = &str> {
        let columns = self.groups.iter().flat_map(|group| &group.filters).map(|filter| &filter.column);
        columns
            .chain(self.order.columns())
            .filter(|column| column.is_hidden())
            .map(|column| column.name.as_str())
    }
}

fn comparison(filter: &Filter, profile: &Profile) -> Result<Comparison, EvaluateError> {
    // The store keeps field and condition in one PHP array, so that this condition overwrites the field.
    let field = match filter.condition.as_str() {
        "attribute" => &filter.value,
        _ => &filter.field,
    };
    let name = field.as_deref().unwrap_or_default();
    match Column::named(name, profile) {
        Some(column) => Comparison::new(column, filter),
        None if is_attribute_id(name) => Err(EvaluateError::ATTRIBUTE_ID),
        None => {
            let message = "The \"%1\" attribute name is invalid. Reset the name and try again.";
            Err(Refusal::new(400, message).positional([field.clone()]).into())
        }
    }
}

fn is_attribute_id(field: &str) -> bool {
    double::parse(field).is_some()
}

/// Whether a search may filter by that field.
pub(super) fn knows_field(field: &str, profile: &Profile) -> bool {
    Column::named(field, profile).is_some()
}

/// The store's whole reply to a search: items, criteria and count.
///
/// # Errors
/// As [`Search::new`] and [`Search::run`].
///
/// ```
/// use magewright::profile::Profile;
/// use magewright::search::{SearchCriteria, answer};
/// use magewright::store::Accounts;
/// let reply = answer(&SearchCriteria::default(), &Accounts::new(), &Profile::stock())?;
/// assert_eq!(reply.to_string(), r#"{"items":[],"search_criteria":{"filter_groups":[]},"total_count":0}"#);
/// # Ok::<(), magewright::search::EvaluateError>(())
/// ```
pub fn answer(
    criteria: &SearchCriteria,
    accounts: &Accounts,
    profile: &Profile,
) -> Result<Value, EvaluateError> {
    let search = Search::new(criteria, profile)?;
    let found = search.run(accounts)?;
    let items = found.ids.iter().filter_map(|id| accounts.get(*id)).map(|customer| search.item(customer));
    let mut reply = crate::json::Object::new();
    reply.insert("items", items.collect::<Vec<_>>());
    reply.insert("search_criteria", super::echo(criteria));
    reply.insert("total_count", found.total_count as u64);
    Ok(reply.into())
}
