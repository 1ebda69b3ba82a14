use std::ops::RangeInclusive;

use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use magewright::json::Value;
use magewright::search::{KeysetPages, PagingError, SearchCriteria, partition};

use super::Page;
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
    /// How many ranges of ids are read side by side. With 1 the customers come in the order of
    /// their ids, else in no order.
    pub parts: u32,
    /// The fields of a customer that are wanted, in the store's own language (`id,addresses[city]`); `id` must
    /// be among them. All when `None`.
    pub fields: Option<String>,
}

impl Default for ScanOptions {
    /// Pages of 500, in the order of ids, whole customers.
    fn default() -> Self {
        ScanOptions { page_size: 500, parts: 1, fields: None }
    }
}

/// Ranges for each part: ids are not dense, and who is done early takes the next one.
const RANGES: u64 = 4;

impl Client {
    /// All customers that match, each exactly once, whatever is inserted or deleted meanwhile.
    ///
    /// Those created while the scan runs may or may not be among them. A store that allows smaller pages
    /// only is asked for such.
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
        let client = self.clone();
        let side_by_side = usize::try_from(options.parts.max(1)).unwrap_or(1);
        let begun = async move {
            let plans = plans(&client, criteria, &options).await?;
            let parts = stream::iter(plans).map(move |plan| pages(client.clone(), plan));
            Ok::<_, Error>(parts.flatten_unordered(side_by_side))
        };
        let pages = stream::once(begun).try_flatten();
        pages.map_ok(|page| stream::iter(page.items.into_iter().map(Ok))).try_flatten().boxed()
    }
}

/// The pages of one plan, in order.
fn pages(client: Client, plan: KeysetPages) -> BoxStream<'static, Result<Page, Error>> {
    let pages = stream::try_unfold((client, plan), |(client, mut plan)| async move {
        loop {
            let Some(criteria) = plan.request() else { return Ok(None) };
            match client.search(&criteria).await {
                Ok(page) => {
                    let ids = page.ids().ok_or(PagingError::IncompleteItem)?;
                    plan.received(&ids, page.total_count)?;
                    return Ok(Some((page, (client, plan))));
                }
                Err(error) if error.store().is_some_and(|error| plan.refused(&error.refusal)) => {}
                Err(error) => return Err(error),
            }
        }
    });
    pages.boxed()
}

/// One plan, or one for each of some ranges of ids.
async fn plans(
    client: &Client,
    mut criteria: SearchCriteria,
    options: &ScanOptions,
) -> Result<Vec<KeysetPages>, Error> {
    if let Some(fields) = &options.fields {
        criteria = criteria.fields(format!("items[{fields}],total_count"));
    }
    let plan = KeysetPages::new(criteria.clone(), options.page_size)?;
    if options.parts < 2 {
        return Ok(vec![plan]);
    }
    let unsorted = SearchCriteria { sort_orders: Vec::new(), ..criteria };
    let last = client.search(&unsorted.clone().order_by_desc("entity_id").limit(1)).await?;
    let first = client.search(&unsorted.order_by_asc("entity_id").limit(1)).await?;
    let end = |page: &Page| page.ids().and_then(|ids| ids.first().copied()).unwrap_or(0);
    let size = u64::try_from(options.page_size).unwrap_or(1).max(1);
    let ranges = last.total_count.div_ceil(size).min(u64::from(options.parts) * RANGES);
    let ranges = partition(end(&first)..=end(&last), u32::try_from(ranges).unwrap_or(1).max(1));
    Ok(ranges_of(plan, ranges))
}

/// The last range has no end, so that customers created meanwhile are not all left out.
fn ranges_of(plan: KeysetPages, mut ranges: Vec<RangeInclusive<i64>>) -> Vec<KeysetPages> {
    let last = ranges.pop();
    let within = ranges.into_iter().map(|range| plan.clone().within(range));
    let open = last.map(|range| plan.clone().starting_after(range.start().saturating_sub(1)));
    within.chain(open).collect()
}
