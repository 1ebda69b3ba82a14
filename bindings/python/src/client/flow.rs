//! Streams of items, taken some at a time.

use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use magewright_client::Error;
use pyo3::prelude::*;
use tokio::sync::Mutex;

use super::task::Task;

/// JSON texts.
type Items = BoxStream<'static, Result<String, Error>>;

/// A stream of items.
#[pyclass(frozen, module = "magewright._native")]
pub(crate) struct Flow {
    state: Arc<Mutex<State>>,
    failed: Arc<StdMutex<Option<PyErr>>>,
}

struct State {
    /// `None` at the end.
    items: Option<Items>,
    /// What comes after the items given last.
    failure: Option<Error>,
}

impl Flow {
    pub(super) fn new(items: Items) -> Self {
        Flow::fed(items, Arc::default())
    }

    /// A stream that ends early when what feeds it fails, and then says so.
    pub(super) fn fed(items: Items, failed: Arc<StdMutex<Option<PyErr>>>) -> Self {
        Flow { state: Arc::new(Mutex::new(State { items: Some(items), failure: None })), failed }
    }
}

#[pymethods]
impl Flow {
    /// Begins to take what is there, at least one item and at most so many: a list, or ``None`` at the end.
    #[pyo3(signature = (most, /))]
    fn take(&self, most: usize) -> PyResult<Task> {
        let state = Arc::clone(&self.state);
        Task::begin(async move { state.lock().await.take(most).await })
    }

    /// Raises what ended the input before its end.
    fn check(&self) -> PyResult<()> {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        failed.map_or(Ok(()), Err)
    }
}

impl State {
    async fn take(&mut self, most: usize) -> Result<String, Error> {
        if let Some(error) = self.failure.take() {
            self.items = None;
            return Err(error);
        }
        let Some(items) = &mut self.items else { return Ok("null".to_owned()) };
        let mut taken = Vec::new();
        let mut next = items.next().await;
        loop {
            match next {
                Some(Ok(item)) => taken.push(item),
                Some(Err(error)) => {
                    self.failure = Some(error);
                    break;
                }
                None => {
                    self.items = None;
                    break;
                }
            }
            if taken.len() >= most {
                break;
            }
            let Some(ready) = items.next().now_or_never() else { break };
            next = ready;
        }
        match (taken.is_empty(), self.failure.take()) {
            (true, Some(error)) => {
                self.items = None;
                Err(error)
            }
            (true, None) => Ok("null".to_owned()),
            (false, failure) => {
                self.failure = failure;
                Ok(format!("[{}]", taken.join(",")))
            }
        }
    }
}
