//! A store to try things on, in this process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use magewright::json::Value;
use magewright::oauth::Integration;
use magewright::profile::Profile as CoreProfile;
use magewright_sandbox::{Administrator, App, Clock, Faults, Options, Rights, ServeOptions, Server};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;

use super::task::runtime;
use crate::document::loads;
use crate::failure::error;
use crate::profile::Profile;
use crate::store::{document, word};
use crate::types::{Anything, Document, JsonObjects, PyCredentials};

/// The password of an administrator, and the ACL resources they are restricted to.
type Account = (String, Option<Vec<String>>);

/// The keys of an integration, its state, and the ACL resources it is restricted to.
type Known = (Keys, String, Option<Vec<String>>);

/// `_request.Credentials`
type Keys = GivenKeys;

/// The attributes of Python's `Credentials`.
#[derive(FromPyObject)]
struct GivenKeys {
    consumer_key: String,
    consumer_secret: String,
    token: String,
    token_secret: String,
}

/// A Magento-like store on loopback, until ``stop`` or the end of a ``with``.
///
/// Sign in as ``admin`` with the password ``admin123``, or with the integration's ``credentials``.
/// ``accounts`` are customers as GET returns them, who sign in with ``password``; ``administrators`` are
/// others than ``admin`` by name: password, and the ACL resources they are restricted to; ``integrations`` are
/// others than that of ``credentials``: keys, ``active``, ``inactive`` or ``revoked``, and resources; ``replies`` are
/// given as they are to GETs of their paths, where a profile keeps less than a store tells. The queue is
/// worked as it fills unless ``consumer`` is false; time is the machine's unless it is told (``now``,
/// seconds since 1970), and then stands still.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Sandbox {
    server: Mutex<Option<Server>>,
    url: String,
    seed: u64,
}

#[pymethods]
impl Sandbox {
    #[new]
    #[pyo3(signature = (*, port=0, customers=0, seed=1, release=None, profile=None, accounts=None, password=None,
        administrators=None, integrations=None, replies=None, now=None, consumer=true, faults="", race=0.005))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        port: u16,
        customers: u32,
        seed: u64,
        release: Option<&str>,
        profile: Option<&Profile>,
        accounts: Option<&Document<'_>>,
        password: Option<&str>,
        administrators: Option<HashMap<String, Account>>,
        integrations: Option<Vec<Known>>,
        replies: Option<HashMap<String, Document<'_>>>,
        now: Option<i64>,
        consumer: bool,
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
        let faults: Faults = faults.parse().map_err(|e: magewright_sandbox::NotAFault| {
            error(py, "invalid_member", &e.to_string(), Some("/faults"))
        })?;
        let profile = profile.map_or_else(CoreProfile::stock, |profile| profile.core().clone());
        let options = Options {
            clock: clock(now),
            seed: Some(seed),
            administrators: all(administrators.unwrap_or_default()),
            integrations: known(py, seed, integrations.unwrap_or_default())?,
            ..Options::default()
        };
        let mut app = App::new(profile, release.unwrap_or_default(), options);
        insert(&mut app, accounts, password)?;
        for (path, reply) in replies.unwrap_or_default() {
            app.facts_mut().insert(&path, document("replies", &reply)?);
        }
        magewright_sandbox::seed(&mut app, customers, seed);
        let race = Duration::try_from_secs_f64(race).unwrap_or_default();
        let mut options = ServeOptions { port, faults, race, ..ServeOptions::default() };
        options.consumer = options.consumer.filter(|_| consumer);
        let server = py.detach(|| Ok::<_, PyErr>(runtime()?.block_on(Server::start(app, options))))?;
        let server = server.map_err(|error| PyOSError::new_err(error.to_string()))?;
        Ok(Sandbox { url: server.url(), seed, server: Mutex::new(Some(server)) })
    }

    /// The base of its URLs, such as ``http://127.0.0.1:8080``.
    #[getter]
    fn url(&self) -> &str {
        &self.url
    }

    /// The keys of an integration with all rights.
    #[getter]
    fn credentials<'py>(&self, py: Python<'py>) -> PyResult<PyCredentials<'py>> {
        let keys = magewright_sandbox::integration(self.seed);
        let secrets = (keys.consumer_secret.reveal(), keys.token_secret.reveal());
        let class = py.import("magewright._request")?.getattr("Credentials")?;
        class.call1((&keys.consumer_key, secrets.0, &keys.token, secrets.1))
    }

    /// The customers it has, as GET returns them.
    fn customers<'py>(&self, py: Python<'py>) -> PyResult<JsonObjects<'py>> {
        let customers = self.with(|app| app.customers().cloned().collect::<Vec<_>>());
        loads(py, &Value::Array(customers.unwrap_or_default()))
    }

    /// Works the queue until it is empty; gives how many operations that were.
    fn run_consumer(&self, py: Python<'_>) -> usize {
        py.detach(|| self.with(App::run_consumer).unwrap_or_default())
    }

    /// Tells the time, in seconds since 1970, at which it then stands still; ``None`` for the machine's.
    #[pyo3(signature = (now, /))]
    fn set_now(&self, now: Option<i64>) {
        self.with(|app| app.set_clock(clock(now)));
    }

    /// Ends the service.
    fn stop(&self) {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, _raised: &Anything<'_>) {
        self.stop();
    }

    fn __repr__(&self) -> String {
        format!("Sandbox('{}')", self.url)
    }
}

impl Sandbox {
    /// Something of the store itself; nothing once the service has ended.
    fn with<R>(&self, act: impl FnOnce(&mut App) -> R) -> Option<R> {
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let app = server.as_ref()?.app();
        let mut app = app.lock().unwrap_or_else(PoisonError::into_inner);
        Some(act(&mut app))
    }
}

fn clock(now: Option<i64>) -> Clock {
    now.map_or(Clock::System, Clock::Fixed)
}

fn all(others: HashMap<String, Account>) -> Vec<Administrator> {
    let other = |(name, (password, resources)): (String, Account)| {
        let rights = rights(resources);
        Administrator { rights, ..Administrator::new(&name, &password) }
    };
    let mut others: Vec<_> = others.into_iter().map(other).collect();
    others.sort_by(|a, b| a.username.cmp(&b.username));
    std::iter::once(Administrator::new("admin", "admin123")).chain(others).collect()
}

fn known(py: Python<'_>, seed: u64, others: Vec<Known>) -> PyResult<Vec<(Integration, Rights)>> {
    let mut all = vec![(magewright_sandbox::integration(seed), Rights::All)];
    for ((keys, state, resources), consumer_id) in others.into_iter().zip(2..) {
        let states = [("active", (true, false)), ("inactive", (false, false)), ("revoked", (true, true))];
        let (active, revoked) = word(py, "integrations", &state, &states)?;
        let integration = Integration {
            consumer_id,
            consumer_key: keys.consumer_key,
            consumer_secret: keys.consumer_secret.into(),
            token: keys.token,
            token_secret: keys.token_secret.into(),
            active,
            revoked,
        };
        all.push((integration, rights(resources)));
    }
    Ok(all)
}

fn rights(resources: Option<Vec<String>>) -> Rights {
    resources.map_or(Rights::All, Rights::Only)
}

fn insert(app: &mut App, accounts: Option<&Bound<'_, PyAny>>, password: Option<&str>) -> PyResult<()> {
    let Some(accounts) = accounts else { return Ok(()) };
    let Value::Array(customers) = document("accounts", accounts)? else {
        return Err(PyValueError::new_err("give a list of customers as GET returns them"));
    };
    for customer in customers {
        let inserted = app.insert(customer, password);
        inserted.ok_or_else(|| PyValueError::new_err("a customer has an integer `id`"))?;
    }
    Ok(())
}
