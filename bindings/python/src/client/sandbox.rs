//! A store to try things on, in this process.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use magewright::json::Value;
use magewright::profile::Profile as CoreProfile;
use magewright_sandbox::{App, Faults, Options, ServeOptions, Server};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;

use super::task::runtime;
use crate::document::loads;
use crate::failure::error;
use crate::profile::Profile;
use crate::store::document;

/// A Magento-like store on loopback, until ``stop`` or the end of a ``with``.
///
/// Sign in as ``admin`` with the password ``admin123``.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Sandbox {
    server: Mutex<Option<Server>>,
    url: String,
}

#[pymethods]
impl Sandbox {
    #[new]
    #[pyo3(signature = (*, port=0, customers=0, seed=1, release=None, profile=None, accounts=None, faults="", race=0.005))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        port: u16,
        customers: u32,
        seed: u64,
        release: Option<&str>,
        profile: Option<&Profile>,
        accounts: Option<&Bound<'_, PyAny>>,
        faults: &str,
        race: f64,
    ) -> PyResult<Self> {
        let release = release.map(str::parse).transpose();
        let release = release.map_err(|e: magewright::release::UnknownRelease| {
            error(py, "invalid_member", &e.to_string(), Some("/release"))
        })?;
        if release.is_some_and(magewright::release::Release::is_saas) {
            let message =
                "there is no sandbox of the SaaS edition, which nobody has recorded: take a release";
            return Err(error(py, "invalid_member", message, Some("/release")));
        }
        let faults: Faults = faults
            .parse()
            .map_err(|e: magewright_sandbox::NotAFault| PyValueError::new_err(e.to_string()))?;
        let profile = profile.map_or_else(CoreProfile::stock, |profile| profile.core().clone());
        let options = Options { seed: Some(seed), ..Options::default() };
        let mut app = App::new(profile, release.unwrap_or_default(), options);
        insert(&mut app, accounts)?;
        magewright_sandbox::seed(&mut app, customers, seed);
        let race = Duration::try_from_secs_f64(race).unwrap_or_default();
        let options = ServeOptions { port, faults, race, ..ServeOptions::default() };
        let server = py.detach(|| Ok::<_, PyErr>(runtime()?.block_on(Server::start(app, options))))?;
        let server = server.map_err(|error| PyOSError::new_err(error.to_string()))?;
        Ok(Sandbox { url: server.url(), server: Mutex::new(Some(server)) })
    }

    /// The base of its URLs, such as ``http://127.0.0.1:8080``.
    #[getter]
    fn url(&self) -> &str {
        &self.url
    }

    /// The customers it has, as GET returns them.
    fn customers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let customers = server.as_ref().map(|server| {
            let app = server.app();
            let app = app.lock().unwrap_or_else(PoisonError::into_inner);
            app.customers().cloned().collect::<Vec<_>>()
        });
        loads(py, &Value::Array(customers.unwrap_or_default()))
    }

    /// Ends the service.
    fn stop(&self) {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, _raised: &Bound<'_, pyo3::types::PyTuple>) {
        self.stop();
    }

    fn __repr__(&self) -> String {
        format!("Sandbox('{}')", self.url)
    }
}

fn insert(app: &mut App, accounts: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    let Some(accounts) = accounts else { return Ok(()) };
    let Value::Array(customers) = document("accounts", accounts)? else {
        return Err(PyValueError::new_err("give a list of customers as GET returns them"));
    };
    for customer in customers {
        app.insert(customer, None).ok_or_else(|| PyValueError::new_err("a customer has an integer `id`"))?;
    }
    Ok(())
}
