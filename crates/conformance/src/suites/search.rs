//! `search.jsonl`: searches for customers and what a store found.

use magewright::json::{Object, Value};
use magewright::outcome::Refusal;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::search::{self, DecodeError, EvaluateError, Found, Search, SearchCriteria, Spelling};
use magewright::store::Accounts;

use crate::Verdict;
use crate::compare::differences;
use crate::folder::{Folder, FolderError};
use crate::placeholders::Bindings;
use crate::surroundings;

pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    let store = Store::new(folder)?;
    Ok(cases.iter().map(|case| store.verdict(case)).collect())
}

/// The store the searches were sent to.
pub(super) struct Store {
    release: Release,
    profile: Profile,
    accounts: Accounts,
}

impl Store {
    pub(super) fn new(folder: &Folder) -> Result<Self, FolderError> {
        Ok(Store {
            release: folder.release(),
            profile: surroundings::profile(folder)?,
            accounts: surroundings::accounts(folder, "search-data.ndjson")?,
        })
    }

    /// How the reply of a store differs from the recorded one.
    pub(super) fn replied(&self, case: &Value, status: i64, reply: &Value) -> Vec<String> {
        let mut found = Vec::new();
        let expected = case.get("status").and_then(Value::as_i64);
        if expected != Some(status) {
            found.push(format!("status: expected {expected:?}, got {status}"));
        }
        if status != 200 {
            let expected = case.get("error").unwrap_or(&Value::Null);
            found.extend(Bindings::default().differences(expected, reply));
            return found;
        }
        let query = case.get("query").and_then(Value::as_str).unwrap_or_default();
        let Ok(criteria) = search::decode(query, self.release) else { return found };
        let Ok(search) = Search::new(&criteria, &self.profile) else { return found };
        let items = reply.get("items").and_then(Value::as_array).unwrap_or_default();
        let total = reply.get("total_count").and_then(Value::as_i64).unwrap_or(-1);
        let ids = items.iter().filter_map(|item| item.get("id")?.as_i64()).collect();
        let rows = Found { ids, total_count: usize::try_from(total).unwrap_or(usize::MAX) };
        let echoed = reply.get("search_criteria").unwrap_or(&Value::Null);
        found.extend(differences(case.get("criteria").unwrap_or(&Value::Null), echoed));
        found.extend(self.rows(case, &criteria, &search, &rows));
        let listed = |id: i64| items.iter().find(|item| item.get("id").and_then(Value::as_i64) == Some(id));
        found.extend(self.items(case, |id| listed(id).cloned().or_else(|| self.item(&search, id))));
        found
    }

    /// A customer as a search would list them.
    fn item(&self, search: &Search, id: i64) -> Option<Value> {
        self.accounts.get(id).map(|customer| search.item(customer))
    }

    fn verdict(&self, case: &Value) -> Verdict {
        let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default();
        let found = match search::decode(text("query"), self.release) {
            Ok(criteria) => {
                let mut found = self.evaluated(case, &criteria);
                found.extend(self.read_back(&criteria));
                found
            }
            Err(DecodeError::Refused(refusal)) => refused(case, &refusal),
            Err(other) => vec![other.to_string()],
        };
        Verdict { id: text("id").to_owned(), differences: found }
    }

    fn evaluated(&self, case: &Value, criteria: &SearchCriteria) -> Vec<String> {
        let searched = Search::new(criteria, &self.profile)
            .and_then(|search| search.run(&self.accounts).map(|found| (search, found)));
        match searched {
            Err(EvaluateError::Refused(refusal)) => refused(case, &refusal),
            Err(other) => vec![other.to_string()],
            Ok(_) if case.get("status") != Some(&Value::from(200_u64)) => {
                vec!["the store refuses".to_owned()]
            }
            Ok((search, found)) => {
                let mut differing =
                    differences(case.get("criteria").unwrap_or(&Value::Null), &search::echo(criteria));
                differing.extend(self.rows(case, criteria, &search, &found));
                differing.extend(self.items(case, |id| self.item(&search, id)));
                differing
            }
        }
    }

    /// Ids in order where the order is total; else as a set when everything is on one page,
    /// else the sort keys in order.
    fn rows(&self, case: &Value, criteria: &SearchCriteria, search: &Search, found: &Found) -> Vec<String> {
        let mut differing = Vec::new();
        let total = case.get("total_count").and_then(Value::as_i64);
        if total != i64::try_from(found.total_count).ok() {
            differing.push(format!("/total_count: expected {total:?}, got {}", found.total_count));
        }
        let expected = integers(case.get("ids"));
        let mut got = found.ids.clone();
        let ordered = case.get("ordered").and_then(Value::as_bool) == Some(true);
        if !ordered && expected.len() == found.total_count {
            let sets = [expected.clone(), got.clone()].map(|mut ids| {
                ids.sort_unstable();
                ids
            });
            let [expected, got] = sets;
            if expected != got {
                differing.push(format!("ids as a set: expected {expected:?}, got {got:?}"));
            }
        } else if !ordered {
            got.truncate(expected.len());
            let matching = expected.iter().all(|id| self.matches(search, *id));
            if expected.len() != found.ids.len() || !matching {
                differing.push(format!("ids: expected {expected:?}, got {:?}", found.ids));
            }
        } else if expected != got {
            differing.push(format!("ids: expected {expected:?}, got {got:?}"));
        }
        if !ordered && !criteria.sort_orders.is_empty() {
            differing.extend(self.same_keys(search, &expected, &found.ids));
        }
        differing
    }

    fn matches(&self, search: &Search, id: i64) -> bool {
        self.accounts.get(id).is_some_and(|customer| search.matches(customer) == Ok(true))
    }

    /// Rows with equal sort keys may change places, but not across others.
    fn same_keys(&self, search: &Search, expected: &[i64], got: &[i64]) -> Option<String> {
        let equal = |(a, b): (&i64, &i64)| {
            let rows = self.accounts.get(*a).zip(self.accounts.get(*b));
            rows.is_some_and(|(a, b)| search.order(a, b).is_eq())
        };
        let same = expected.len() == got.len() && expected.iter().zip(got).all(equal);
        (!same).then(|| format!("sort keys: expected those of {expected:?}, got those of {got:?}"))
    }

    /// List items whose custom attributes differ from a GET's, and what they are.
    fn items(&self, case: &Value, item: impl Fn(i64) -> Option<Value>) -> Vec<String> {
        let attributes = |customer: &Value| customer.get("custom_attributes").cloned().unwrap_or_default();
        let differs = |id: &i64| {
            let both = self.accounts.get(*id).zip(item(*id));
            both.is_some_and(|(customer, item)| !same_attributes(&attributes(customer), &attributes(&item)))
        };
        let mut got: Vec<i64> = integers(case.get("ids")).into_iter().filter(differs).collect();
        let mut expected = integers(case.get("items_differ"));
        got.sort_unstable();
        expected.sort_unstable();
        let mut found = Vec::new();
        if expected != got {
            found.push(format!("/items_differ: expected {expected:?}, got {got:?}"));
        }
        let listed = case.get("item_attributes").and_then(Value::as_object);
        for (id, expected) in listed.into_iter().flat_map(Object::iter) {
            let got = id.parse().ok().and_then(&item).map(|item| attributes(&item)).unwrap_or_default();
            if !same_attributes(expected, &got) {
                found.push(format!("/item_attributes/{id}: expected {expected}, got {got}"));
            }
        }
        found
    }

    /// What was decoded, written and read again in both forms.
    fn read_back(&self, criteria: &SearchCriteria) -> Vec<String> {
        let mut found = Vec::new();
        for spelling in [Spelling::Camel, Spelling::Snake] {
            let query = search::encode(criteria, spelling);
            if search::decode(&query, self.release).as_ref() != Ok(criteria) {
                found.push(format!("re-encoded as {query}, which is read differently"));
            }
        }
        if criteria.to_string().parse().as_ref() != Ok(criteria) {
            found.push(format!("printed as {criteria}, which is read differently"));
        }
        found
    }
}

fn integers(list: Option<&Value>) -> Vec<i64> {
    let items = list.and_then(Value::as_array).unwrap_or_default();
    items.iter().filter_map(Value::as_i64).collect()
}

/// Custom attributes come in no fixed order.
fn same_attributes(a: &Value, b: &Value) -> bool {
    let holder = |list: &Value| Value::from(Object::from_iter([("custom_attributes", list.clone())]));
    differences(&holder(a), &holder(b)).is_empty()
}

/// The whole of a refusal: status, message and parameters.
fn refused(case: &Value, refusal: &Refusal) -> Vec<String> {
    let mut found = differences(case.get("error").unwrap_or(&Value::Null), &refusal.reply());
    let status = case.get("status").and_then(Value::as_i64);
    if status != Some(i64::from(refusal.status)) {
        found.push(format!("status: expected {status:?}, got {}", refusal.status));
    }
    found
}
