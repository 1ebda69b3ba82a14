//! Bringing rows of changes to a store, each exactly once.
//!
//! A batch of rows goes round and round: the customers are read, each row is held against what is there,
//! what is still to be done is noted in the journal and sent, and the next round looks whether it holds. So
//! a lost reply, another writer, and an earlier run that was killed are all met by the same means.

mod batch;
mod decide;
mod explain;
mod journal;
mod look;
mod outcome;
mod row;
mod send;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::stream::{self, BoxStream, Stream, StreamExt, TryStreamExt};

use crate::{BulkOptions, Client, Error};
use batch::Syncing;
use journal::Journal;
use row::Row;

pub use outcome::{Outcome, Problem, Report, RowOutcome};

/// How a sync goes about it.
///
/// ```
/// use magewright_client::{Missing, SyncOptions, Via};
/// let options = SyncOptions { missing: Missing::Reject, dry_run: true, ..SyncOptions::default() };
/// assert_eq!((options.via, options.batch), (Via::Put, 100));
/// ```
#[derive(Debug, Clone)]
pub struct SyncOptions {
    /// By which way changes are sent.
    pub via: Via,
    /// How many rows go together.
    pub batch: usize,
    /// What is done with a row whose account does not exist.
    pub missing: Missing,
    /// What is done with a new customer of whom the store would drop or change something.
    pub losses: Losses,
    /// Only says what would become of the rows; nothing is sent, nothing is noted.
    pub dry_run: bool,
    /// The SQLite file that remembers what was done, so that a run that was ended can be run again.
    pub journal: Option<PathBuf>,
    /// How often a row is sent until it holds.
    pub rounds: u32,
    /// How jobs are sent and waited for with [`Via::Bulk`].
    pub bulk: BulkOptions,
    /// Is told how far the sync is, after each batch.
    pub progress: Option<Progress>,
}

/// By which way changes are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Via {
    /// One request for each row.
    #[default]
    Put,
    /// Through the store's queue, which merges nothing: what others change meanwhile is put back. Rows that
    /// add an address to a customer go by one request each.
    Bulk,
}

/// What is done with a row whose account does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missing {
    /// It is created, if the row names it by e-mail.
    #[default]
    Create,
    /// The row is rejected.
    Reject,
}

/// What is done with a new customer of whom the store would silently drop or change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Losses {
    /// The row is rejected.
    #[default]
    Refuse,
    /// It is created all the same.
    Allow,
}

/// Is told how far a sync is.
///
/// ```
/// let progress = magewright_client::Progress::new(|report| eprintln!("{} rows", report.rows()));
/// # let _ = progress;
/// ```
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(&Report) + Send + Sync>);

impl Progress {
    /// Calls this after each batch.
    #[must_use]
    pub fn new(told: impl Fn(&Report) + Send + Sync + 'static) -> Self {
        Progress(Arc::new(told))
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress(…)")
    }
}

impl Default for SyncOptions {
    /// One request for each row, a hundred rows together, accounts created, losses refused, no journal.
    fn default() -> Self {
        SyncOptions {
            via: Via::default(),
            batch: 100,
            missing: Missing::default(),
            losses: Losses::default(),
            dry_run: false,
            journal: None,
            rounds: 12,
            bulk: BulkOptions::default(),
            progress: None,
        }
    }
}

/// Customers asked for in one request: a store's web server was seen to refuse an address of some 20 KB.
const MOST_TOGETHER: usize = 500;

impl Client {
    /// Brings rows to the store, and says what became of each, in order.
    ///
    /// A row is a line of NDJSON: a [patch](magewright::plan::Patch) with the customer's key in it, which is `id`,
    /// or `email` and `website_id` (the default website's when left out). An account that does not exist is
    /// created from a row with an e-mail. Rows of one customer are done in their order.
    ///
    /// ```json
    /// {"id":5,"taxvat":null}
    /// {"email":"ada@example.test","website_id":1,"firstname":"Ada","lastname":"L"}
    /// ```
    ///
    /// With a journal, a run that ended in the middle, however it ended, is taken up by running it again with the
    /// same rows and the same journal: what is done is told again and not done again.
    ///
    /// Rows carry no passwords: such a row is rejected. A member `$reject`, as
    /// [`RowOutcome::reject`] writes it, is not looked at.
    ///
    /// # Errors
    /// [`Error::Journal`] for a journal that cannot be used, is in use, or belongs to another store; in the
    /// stream too, which then ends. Whatever becomes of a row is an [`Outcome`], not an error.
    ///
    /// ```no_run
    /// use futures_util::{TryStreamExt, stream};
    /// use magewright_client::{Client, Credentials, Report, SyncOptions};
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::new("https://shop.example/", Credentials::admin("admin", "hunter2"))?;
    /// let rows = std::fs::read_to_string("changes.ndjson")?;
    /// let rows: Vec<String> = rows.lines().map(str::to_owned).collect();
    /// let options = SyncOptions { journal: Some("changes.journal".into()), ..SyncOptions::default() };
    /// let (mut report, mut sync) = (Report::default(), client.sync(stream::iter(rows), options)?);
    /// while let Some(row) = sync.try_next().await? {
    ///     report.count(&row);
    ///     if let Some(line) = row.reject() {
    ///         eprintln!("{line}");
    ///     }
    /// }
    /// println!("{report}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn sync<S>(
        &self,
        rows: S,
        options: SyncOptions,
    ) -> Result<BoxStream<'static, Result<RowOutcome, Error>>, Error>
    where
        S: Stream + Send + 'static,
        S::Item: Into<Vec<u8>> + Send,
    {
        let journal = options.journal.as_deref().filter(|_| !options.dry_run);
        let journal = journal.map(|file| Journal::open(file, &self.address())).transpose()?;
        let batch = options.batch.clamp(1, MOST_TOGETHER);
        let numbered = rows.enumerate().map(|(at, text)| (at as u64 + 1, text.into()));
        let rows = numbered.filter_map(|(line, text)| std::future::ready(Row::read(line, text)));
        let state = (Syncing::new(self.clone(), options, journal), rows.chunks(batch).boxed());
        let batches = stream::try_unfold(state, |(mut syncing, mut batches)| async move {
            let Some(rows) = batches.next().await else { return Ok(None) };
            let outcomes = syncing.batch(rows).await?;
            Ok::<_, Error>(Some((outcomes, (syncing, batches))))
        });
        Ok(batches.map_ok(|outcomes| stream::iter(outcomes.into_iter().map(Ok))).try_flatten().boxed())
    }

    /// Which store this is, for a journal.
    fn address(&self) -> String {
        format!("{}{}", self.connection().base, self.scope().prefix())
    }
}
