use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt, join};
use futures_util::stream::{self, BoxStream, FuturesUnordered, StreamExt, TryStreamExt};
use magewright::call::customers;
use magewright::json::Value;
use magewright::retry::Repeat;
use magewright::search::{KeysetPages, PagingError, Parts, Rows, SearchCriteria};

use crate::{Client, Error};

/// How a scan goes about it.
///
/// ```
/// use magewright_client::ScanOptions;
/// let options = ScanOptions { parts: 4, fields: Some("id,email".to_owned()), ..ScanOptions::default() };
/// assert_eq!(options.page_size, 500);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanOptions {
    /// Rows for each request.
    pub page_size: i64,
    /// How many pages are asked for side by side, and never more than
    /// [`Settings::concurrency`](crate::Settings::concurrency).
    pub parts: u32,
    /// The fields of a customer that are wanted, in the store's own language (`id,addresses[city]`); `id` must
    /// be among them. All when `None`.
    pub fields: Option<String>,
}

impl Default for ScanOptions {
    /// Pages of 500, one after the other, whole customers.
    fn default() -> Self {
        ScanOptions { page_size: 500, parts: 1, fields: None }
    }
}

impl Client {
    /// All customers that match, in the order of their ids, each exactly once, whatever is inserted or deleted
    /// meanwhile.
    ///
    /// Those created while the scan runs may or may not be among them. A store that allows smaller pages
    /// only is asked for such. [`Client::scan_rows`] gives the same customers in the store's own words, which
    /// costs a fraction of the time.
    ///
    /// # Errors
    /// The stream ends with its first error: as [`Client::send`], or [`Error::Paging`] for criteria with an order
    /// or page of their own and for fields without `id`.
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt;
    /// use magewright_client::{Client, Credentials, ScanOptions};
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::new("https://shop.example/", Credentials::bearer("t0ken"))?;
    /// let mut customers = client.scan("group_id = 1".parse()?, ScanOptions::default());
    /// while let Some(customer) = customers.try_next().await? {
    ///     println!("{customer}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn scan(
        &self,
        criteria: SearchCriteria,
        options: ScanOptions,
    ) -> BoxStream<'static, Result<Value, Error>> {
        self.scan_rows(criteria, options).map_ok(|page| stream::iter(documents(page))).try_flatten().boxed()
    }

    /// The same customers as [`Client::scan`] gives, page by page, in the store's own words: checked to be JSON,
    /// and read only where a row is asked for its document.
    ///
    /// Pages are checked by whoever polls the stream. On a Tokio runtime of one thread that is the thread that
    /// receives them, which takes about a quarter less processor time than handing them over to another.
    ///
    /// # Errors
    /// As [`Client::scan`].
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt;
    /// use magewright_client::{Client, Credentials, ScanOptions};
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::new("https://shop.example/", Credentials::bearer("t0ken"))?;
    /// let options = ScanOptions { page_size: 1000, parts: 8, ..ScanOptions::default() };
    /// let mut pages = client.scan_rows("group_id = 1".parse()?, options);
    /// while let Some(page) = pages.try_next().await? {
    ///     page.iter().for_each(|row| println!("{}", row.text()));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn scan_rows(
        &self,
        criteria: SearchCriteria,
        options: ScanOptions,
    ) -> BoxStream<'static, Result<Rows, Error>> {
        let begun = Scan::begin(self.clone(), criteria, options);
        let pages = stream::once(begun).map_ok(|scan| stream::try_unfold(scan, Scan::step));
        pages.try_flatten().boxed()
    }

    /// A page of customers as [`Client::search`] gives it, in the store's own words: checked to be JSON, and read
    /// only where a row is asked for its document.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn search_rows(&self, criteria: &SearchCriteria) -> Result<Rows, Error> {
        let call = customers::search(criteria);
        self.deliver(self.scope(), &call, Repeat::Always, |_, status, body| Rows::of_reply(status, body))
            .await
    }
}

/// The documents of a page, each read when its turn comes.
fn documents(page: Rows) -> impl Iterator<Item = Result<Value, Error>> {
    let page = Arc::new(page);
    (0..page.len()).filter_map(move |at| Some(Ok(page.get(at)?.value())))
}

/// A range that was asked for, and its page.
type Asked = (KeysetPages, Result<Rows, Error>);

/// A scan under way. Ranges are known by the id behind which they begin.
struct Scan {
    client: Client,
    parts: Parts,
    /// How many requests may be under way.
    most: usize,
    under_way: FuturesUnordered<BoxFuture<'static, Asked>>,
    /// The ranges that are asked for.
    asked: BTreeSet<i64>,
    /// Pages that came while one before them was awaited or looked at; about as many as there may be requests.
    ready: BTreeMap<i64, Rows>,
}

impl Scan {
    async fn begin(
        client: Client,
        mut criteria: SearchCriteria,
        options: ScanOptions,
    ) -> Result<Self, Error> {
        if let Some(fields) = &options.fields {
            criteria = criteria.fields(format!("items[{fields}],total_count"));
        }
        let plan = KeysetPages::new(criteria.clone(), options.page_size)?;
        let most = usize::try_from(options.parts.max(1)).unwrap_or(1);
        let (under_way, asked, ready) = (FuturesUnordered::new(), BTreeSet::new(), BTreeMap::new());
        let mut scan = Scan { client, parts: Parts::new(plan), most, under_way, asked, ready };
        // One page after the other needs no end to be cut at.
        if most > 1
            && let Some(range) = scan.parts.next()
        {
            let last = last_id(&scan.client, criteria);
            let (came, last) = join(page(scan.client.clone(), range), last).await;
            scan.parts.ends_at(last?);
            scan.take(came)?;
        }
        Ok(scan)
    }

    /// The next page that is not empty; `None` at the end.
    async fn step(mut self) -> Result<Option<(Rows, Self)>, Error> {
        loop {
            self.ask();
            // What is new is begun, and what has come makes room, before this page is handed out.
            while let Some(Some(came)) = self.under_way.next().now_or_never() {
                self.take(came)?;
                self.ask();
            }
            if let Some(page) = self.first() {
                return Ok(Some((page, self)));
            }
            match self.under_way.next().await {
                Some(came) => self.take(came)?,
                None => return Ok(None),
            }
        }
    }

    /// Asks for pages of ranges that wait, as far as there is room for them.
    fn ask(&mut self) {
        while self.under_way.len() < self.most && self.has_room() {
            let Some(range) = self.parts.next() else { return };
            self.asked.insert(range.position());
            self.under_way.push(page(self.client.clone(), range).boxed());
        }
    }

    /// Whether one more page may come: for one that all others wait for there is always room.
    fn has_room(&self) -> bool {
        let first = self.ready.first_key_value().map(|(begins, _)| *begins);
        self.ready.len() < self.most || self.parts.first() < first
    }

    /// The page before which none is awaited, if it has come.
    fn first(&mut self) -> Option<Rows> {
        let awaited = self.asked.first().copied().into_iter().chain(self.parts.first()).min();
        let first = self.ready.first_entry()?;
        awaited.is_none_or(|awaited| *first.key() < awaited).then(|| first.remove())
    }

    fn take(&mut self, (mut range, page): Asked) -> Result<(), Error> {
        let begins = range.position();
        self.asked.remove(&begins);
        let page = match page {
            Err(error) if error.store().is_some_and(|error| range.refused(&error.refusal)) => {
                self.parts.put_back(range);
                return Ok(());
            }
            page => page?,
        };
        let ids = page.ids().ok_or(PagingError::IncompleteItem)?;
        self.parts.received(range, &ids, page.total_count())?;
        if !page.is_empty() {
            self.ready.insert(begins, page);
        }
        Ok(())
    }
}

/// The next page of a range.
async fn page(client: Client, range: KeysetPages) -> Asked {
    let page = match range.request() {
        Some(criteria) => client.search_rows(&criteria).await,
        None => Ok(Rows::default()),
    };
    (range, page)
}

/// The greatest id that matches; 0 when nobody does.
async fn last_id(client: &Client, criteria: SearchCriteria) -> Result<i64, Error> {
    let by_id = SearchCriteria { sort_orders: Vec::new(), ..criteria }.order_by_desc("entity_id").limit(1);
    let page = client.search_rows(&by_id).await?;
    Ok(page.iter().filter_map(|row| row.id()).max().unwrap_or(0))
}
