//! Reading customers: one, a page, all, those that changed.
//!
//! Customers come as documents, which keep key order, number spelling and fields that no model knows.

mod changes;
mod page;
mod profile;
mod scan;

pub use changes::{ChangeOptions, Changed};
pub use page::Page;
pub use scan::ScanOptions;

use magewright::call::{Scope, customers};
use magewright::json::Value;
use magewright::retry::Repeat;
use magewright::search::{Condition, Filter, SearchCriteria};

use crate::exchange::document;
use crate::{Client, Error};

impl Client {
    /// A customer, as a document.
    ///
    /// # Errors
    /// As [`Client::send`]; [`Error::Refused`] with 404 when there is none.
    pub async fn get(&self, id: i64) -> Result<Value, Error> {
        self.send_value(&customers::get(number(id))).await
    }

    /// The customer with an e-mail, on a website or on any; `None` when there is none.
    ///
    /// Letter case is not looked at, as the store does not either.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn find(&self, email: &str, website_id: Option<i64>) -> Result<Option<Value>, Error> {
        let page = self.search(&having(email, website_id)).await?;
        Ok(page.items.into_iter().next())
    }

    /// A page of customers, with the count of all that match.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn search(&self, criteria: &SearchCriteria) -> Result<Page, Error> {
        self.search_in(self.scope(), criteria).await
    }

    pub(crate) async fn search_in(&self, scope: &Scope, criteria: &SearchCriteria) -> Result<Page, Error> {
        let call = customers::search(criteria);
        let reply = self.deliver(scope, &call, Repeat::Always, document).await?;
        Page::read(&call.request, reply)
    }

    /// A customer as updates are planned on: as a GET without a store code shows them; `None` when there is none.
    pub(crate) async fn stored(&self, id: i64) -> Result<Option<Value>, Error> {
        let call = customers::get(number(id));
        match self.deliver(&Scope::Default, &call, Repeat::Always, document).await {
            Ok(customer) => Ok(Some(customer)),
            Err(error) if error.is_no_such_entity() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The criteria of one account.
pub(crate) fn having(email: &str, website_id: Option<i64>) -> SearchCriteria {
    let email = SearchCriteria::new().and(Filter::new("email", Condition::Eq, email));
    let website = website_id.map(|id| Filter::new("website_id", Condition::Eq, id.to_string()));
    website.into_iter().fold(email, SearchCriteria::and)
}

/// An id as it stands in a path; one below 0, which no customer has, is answered 404 as 0 is.
pub(crate) fn number(id: i64) -> u64 {
    u64::try_from(id).unwrap_or(0)
}
