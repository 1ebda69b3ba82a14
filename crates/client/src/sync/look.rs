//! Reading the customers of a batch, many in a request.

use std::collections::HashMap;

use magewright::call::Scope;
use magewright::json::Value;
use magewright::search::{Condition, Filter, SearchCriteria};

use super::decide::Job;
use super::row::Key;
use crate::read::having;
use crate::write::website_of;
use crate::{Client, Error};

/// Ids in one request: a store that limits pages allows 300.
const IDS: usize = 250;
/// E-mails in one request, which are longer.
const EMAILS: usize = 100;

/// The customers found, by id and by account.
#[derive(Default)]
pub(super) struct Found {
    by_id: HashMap<i64, Value>,
    /// The e-mail in lower case, and the website or `None` where all share their accounts.
    by_account: HashMap<(String, Option<i64>), i64>,
}

impl Found {
    /// The customer of a job.
    pub(super) fn of(&self, client: &Client, job: &Job) -> Option<&Value> {
        let id = job.id.or_else(|| self.by_account.get(&account(client, job)?).copied());
        self.by_id.get(&id?)
    }

    fn add(&mut self, items: Vec<Value>, shared: bool) {
        for item in items {
            let Some(id) = item.get("id").and_then(Value::as_i64) else { continue };
            let website = item.get("website_id").and_then(Value::as_i64).filter(|_| !shared);
            if let Some(email) = item.get("email").and_then(Value::as_str) {
                self.by_account.insert((email.to_lowercase(), website), id);
            }
            self.by_id.insert(id, item);
        }
    }
}

/// Reads the customers of jobs as a GET without a store code shows them.
pub(super) async fn look(client: &Client, jobs: &[Job]) -> Result<Found, Error> {
    let shared = client.profile().settings.accounts_shared;
    let mut found = Found::default();
    let ids: Vec<String> = jobs.iter().filter_map(|job| job.id).map(|id| id.to_string()).collect();
    for ids in ids.chunks(IDS) {
        let criteria = SearchCriteria::new().and(Filter::new("entity_id", Condition::In, ids.join(",")));
        found.add(all(client, criteria, ids.len()).await?, shared);
    }
    let mut accounts: HashMap<Option<i64>, Vec<String>> = HashMap::new();
    for (email, website) in jobs.iter().filter(|job| job.id.is_none()).filter_map(|job| account(client, job))
    {
        accounts.entry(website).or_default().push(email);
    }
    for (website, emails) in accounts {
        // The store takes a comma for the end of a value.
        let (alone, listed): (Vec<String>, Vec<String>) =
            emails.into_iter().partition(|email| email.contains(','));
        for email in alone {
            found.add(all(client, having(&email, website), 1).await?, shared);
        }
        for emails in listed.chunks(EMAILS) {
            let criteria = SearchCriteria::new().and(Filter::new("email", Condition::In, emails.join(",")));
            let website = website.map(|id| Filter::new("website_id", Condition::Eq, id.to_string()));
            let criteria = website.into_iter().fold(criteria, SearchCriteria::and);
            found.add(all(client, criteria, emails.len()).await?, shared);
        }
    }
    Ok(found)
}

async fn all(client: &Client, criteria: SearchCriteria, most: usize) -> Result<Vec<Value>, Error> {
    let criteria = criteria.limit(i64::try_from(most).unwrap_or(1));
    Ok(client.search_in(&Scope::Default, &criteria).await?.items)
}

fn account(client: &Client, job: &Job) -> Option<(String, Option<i64>)> {
    match &job.wish.key {
        Key::Id(_) => None,
        Key::Account { email, .. } => {
            let website = website_of(client, &Value::Object(job.wish.patch.as_object().clone()));
            Some((email.clone(), website))
        }
    }
}
