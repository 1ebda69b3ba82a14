//! Calls under way.

use std::future::Future;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use magewright_client::Error;
use pyo3::exceptions::{PyOSError, PyRuntimeError};
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tokio::task::AbortHandle;

use super::failure::raised;
use crate::document::loads_text;
use crate::types::{Answer, Callback};

/// How long a blocked thread goes without looking for Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// The one runtime, with two threads: the work is waiting.
pub(super) fn runtime() -> PyResult<&'static Runtime> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let start =
        || Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(|e| e.to_string());
    RUNTIME.get_or_init(start).as_ref().map_err(|error| PyOSError::new_err(error.clone()))
}

/// A call under way. Forgetting it cancels it; what was sent may still be done.
#[pyclass(frozen, module = "magewright._native")]
pub(crate) struct Task {
    shared: Arc<Shared>,
    abort: AbortHandle,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    finished: bool,
    /// JSON text, written while other threads had the interpreter.
    answer: Option<Result<String, Error>>,
    told: Option<Py<PyAny>>,
}

impl Task {
    /// Begins a call that gives a JSON document: its text, or what writes it.
    pub(super) fn begin<T: ToString>(
        call: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> PyResult<Self> {
        let shared = Arc::new(Shared::default());
        let ended = Arc::clone(&shared);
        let task = runtime()?.spawn(async move { ended.end(call.await.map(|answer| answer.to_string())) });
        Ok(Task { shared, abort: task.abort_handle() })
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, answer: Result<String, Error>) {
        let told = {
            let mut state = self.lock();
            (state.finished, state.answer) = (true, Some(answer));
            state.told.take()
        };
        self.changed.notify_all();
        if let Some(told) = told {
            Python::attach(|py| call(py, &told));
        }
    }

    /// Waits a moment; whether the call has ended.
    fn glance(&self) -> bool {
        let state = self.lock();
        if state.finished {
            return true;
        }
        self.changed.wait_timeout(state, GLANCE).map_or(true, |(state, _)| state.finished)
    }
}

/// What is told that a call ended can do nothing about an exception of its own.
fn call(py: Python<'_>, told: &Py<PyAny>) {
    if let Err(error) = told.call0(py) {
        error.write_unraisable(py, Some(told.bind(py)));
    }
}

#[pymethods]
impl Task {
    /// Waits for the end, and gives the result; Ctrl-C cancels.
    fn wait<'py>(&self, py: Python<'py>) -> PyResult<Answer<'py>> {
        while !py.detach(|| self.shared.glance()) {
            if let Err(interrupt) = py.check_signals() {
                self.abort.abort();
                return Err(interrupt);
            }
        }
        self.result(py)
    }

    /// Calls this once at the end, from a thread of the runtime; at once when that has come.
    #[pyo3(signature = (told, /))]
    fn notify(&self, py: Python<'_>, told: Callback) {
        let ended = {
            let mut state = self.shared.lock();
            if state.finished { Some(told) } else { state.told.replace(told) }
        };
        if let Some(told) = ended {
            call(py, &told);
        }
    }

    /// The result, which can be taken once.
    fn result<'py>(&self, py: Python<'py>) -> PyResult<Answer<'py>> {
        let answer = self.shared.lock().answer.take();
        match answer {
            Some(Ok(text)) => loads_text(py, &text),
            Some(Err(error)) => Err(raised(py, &error)),
            None => Err(PyRuntimeError::new_err("the call has not ended, or its result was taken")),
        }
    }

    /// Cancels the call.
    fn cancel(&self) {
        self.abort.abort();
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.abort.abort();
    }
}
