use std::time::Duration;

use futures_util::stream::{self, BoxStream, StreamExt};
use magewright::json::Value;
use magewright::search::{ChangeFeed, SearchCriteria};

use crate::{Client, Error};

/// How a store is polled for changes.
///
/// ```
/// use magewright_client::ChangeOptions;
/// let options = ChangeOptions { since: Some("2026-01-01 00:00:00".to_owned()), ..ChangeOptions::default() };
/// assert_eq!(options.overlap, 60);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeOptions {
    /// Where to take up, `YYYY-MM-DD HH:MM:SS` in UTC, as [`Changed::until`] gave it; everything when `None`.
    pub since: Option<String>,
    /// By how many seconds each poll goes back: longer than the store's slowest save.
    pub overlap: u32,
    /// Rows for each request.
    pub page_size: i64,
    /// The wait between polls.
    pub every: Duration,
    /// After how many polls to end; never when `None`.
    pub polls: Option<u32>,
}

impl Default for ChangeOptions {
    /// From the beginning, once a minute with a minute's overlap, pages of 500, without end.
    fn default() -> Self {
        ChangeOptions {
            since: None,
            overlap: 60,
            page_size: 500,
            every: Duration::from_secs(60),
            polls: None,
        }
    }
}

/// Customers that are new or have changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The customers as they are now, those changed first coming first.
    pub customers: Vec<Value>,
    /// The time up to which everything has been seen: [`ChangeOptions::since`] of a later run.
    pub until: Option<String>,
}

/// A feed under way.
struct Polling {
    client: Client,
    feed: ChangeFeed,
    every: Duration,
    left: Option<u32>,
    wait: bool,
}

impl Client {
    /// The customers that were changed, polled by the time of their last change: the fallback for stores
    /// without webhooks. A customer changed twice comes at least in the last state; a deleted one does not come.
    ///
    /// # Errors
    /// The stream ends with its first error: as [`Client::send`], or [`Error::Paging`] for criteria with an order
    /// or page of their own.
    pub fn changes(
        &self,
        criteria: SearchCriteria,
        options: ChangeOptions,
    ) -> BoxStream<'static, Result<Changed, Error>> {
        let feed = ChangeFeed::new(criteria, options.page_size, options.overlap);
        let feed = feed.map(|feed| match &options.since {
            Some(since) => feed.since(since),
            None => feed,
        });
        let polling = feed.map(|feed| Polling {
            client: self.clone(),
            feed,
            every: options.every,
            left: options.polls,
            wait: false,
        });
        let changes = stream::try_unfold(polling, |polling| async move {
            let mut polling = polling?;
            Ok(polling.next().await?.map(|changed| (changed, Ok(polling))))
        });
        changes.boxed()
    }
}

impl Polling {
    /// The next customers that changed, waited for if need be; `None` after the last poll.
    async fn next(&mut self) -> Result<Option<Changed>, Error> {
        while self.left != Some(0) {
            if std::mem::take(&mut self.wait) {
                tokio::time::sleep(self.every).await;
            }
            let customers = self.poll().await?;
            if !customers.is_empty() {
                return Ok(Some(Changed { customers, until: self.feed.newest() }));
            }
        }
        Ok(None)
    }

    /// One page.
    async fn poll(&mut self) -> Result<Vec<Value>, Error> {
        let page = match self.client.search(&self.feed.request()).await {
            Err(error) if error.store().is_some_and(|error| self.feed.refused(&error.refusal)) => {
                return Ok(Vec::new());
            }
            page => page?,
        };
        let changes = self.feed.received(&page.items, page.total_count)?;
        if changes.poll_over {
            self.wait = true;
            self.left = self.left.map(|left| left.saturating_sub(1));
        }
        let fresh = page.items.into_iter().enumerate().filter(|(at, _)| changes.fresh.contains(at));
        Ok(fresh.map(|(_, customer)| customer).collect())
    }
}
