use std::time::{Duration, Instant};

use magewright::bulk::{OperationState, Settled, align};
use magewright::call::bulk;

use crate::{Client, Error};

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(5);

impl Client {
    /// The ends of a submission's items, waited for as long as patience lasts.
    ///
    /// A store that cannot be asked leaves them open: they were taken, and will be worked.
    pub(super) async fn poll(&self, uuid: &str, items: usize, patience: Duration) -> Vec<Settled> {
        let (begun, mut wait) = (Instant::now(), FIRST);
        while begun.elapsed() < patience && self.has_open(uuid).await.unwrap_or(true) {
            tokio::time::sleep(wait.min(patience.saturating_sub(begun.elapsed()))).await;
            wait = (wait * 2).min(LONGEST);
        }
        match self.send(&bulk::status(uuid)).await {
            Ok(status) => align(items, &status),
            Err(_) => vec![Settled::Open; items],
        }
    }

    /// Whether operations are open; a count alone is a small reply, however many there are.
    async fn has_open(&self, uuid: &str) -> Result<bool, Error> {
        match self.send(&bulk::operation_count(uuid, OperationState::Open)).await {
            Ok(open) => Ok(open > 0),
            // What may pass is asked again; what may not, the status will say.
            Err(error) if error.setback().is_none() => Ok(false),
            Err(error) => Err(error),
        }
    }
}
