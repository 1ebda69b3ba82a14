//! One store's client.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use magewright::call::Scope;
use magewright::json::Value;
use magewright::oauth;
use magewright::plan::Patch;
use magewright::secret::Secret;
use magewright_client::{
    BulkOptions, ChangeOptions, Client, Credentials, Losses, Missing, Roots, ScanOptions, Settings,
    SyncOptions, Via,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::failure::raised;
use super::flow::Flow;
use super::task::Task;
use super::{rows, written};
use crate::criteria::Criteria;
use crate::document::text;
use crate::failure::error;
use crate::profile::Profile;
use crate::store::{caller, document, word};
use crate::types::{Document, GivenCredentials, GivenItems, GivenRows};

/// A client of one store: every method begins a task or a flow.
#[pyclass(frozen, module = "magewright._native")]
pub(crate) struct Connection {
    client: Client,
}

#[pymethods]
impl Connection {
    #[new]
    #[pyo3(signature = (
        base_url, credentials, /, *, release=None, scope=None, profile=None, timeout=60.0, connect_timeout=10.0,
        concurrency=8, bearer="admin", roots=None, plain_http=false,
    ))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn new(
        py: Python<'_>,
        base_url: &str,
        credentials: GivenCredentials,
        release: Option<&str>,
        scope: Option<&str>,
        profile: Option<&Profile>,
        timeout: f64,
        connect_timeout: f64,
        concurrency: u32,
        bearer: &str,
        roots: Option<&Bound<'_, PyBytes>>,
        plain_http: bool,
    ) -> PyResult<Self> {
        let wrong = |message: String, at: &str| error(py, "invalid_member", &message, Some(at));
        let release = release.map(str::parse).transpose();
        let settings = Settings {
            release: release
                .map_err(|e: magewright::release::UnknownRelease| wrong(e.to_string(), "/release"))?
                .unwrap_or_default(),
            scope: self::scope(scope).map_err(|message| wrong(message, "/scope"))?,
            timeout: seconds(py, "/timeout", timeout)?,
            connect_timeout: seconds(py, "/connect_timeout", connect_timeout)?,
            concurrency,
            bearer: caller(py, bearer)?,
            roots: self::roots(py, roots)?,
            plain_http,
            ..Settings::default()
        };
        let client = Client::with_settings(base_url, self::credentials(py, credentials)?, settings);
        let client = client.map_err(|error| raised(py, &error))?;
        let known = profile.map(|profile| client.with_profile(Arc::new(profile.core().clone())));
        Ok(Connection { client: known.unwrap_or(client) })
    }

    fn get(&self, id: i64) -> PyResult<Task> {
        let client = self.client.clone();
        Task::begin(async move { client.get(id).await })
    }

    #[pyo3(signature = (email, website_id=None))]
    fn find(&self, email: String, website_id: Option<i64>) -> PyResult<Task> {
        let client = self.client.clone();
        Task::begin(async move { Ok(Value::from(client.find(&email, website_id).await?)) })
    }

    fn search(&self, criteria: &Criteria) -> PyResult<Task> {
        let (client, criteria) = (self.client.clone(), criteria.core().clone());
        Task::begin(async move { Ok(written::page(&client.search_rows(&criteria).await?)) })
    }

    #[pyo3(signature = (customer, password=None))]
    fn create(&self, customer: &Document<'_>, password: Option<String>) -> PyResult<Task> {
        let (client, customer) = (self.client.clone(), document("customer", customer)?);
        let password = password.map(Secret::from);
        Task::begin(async move { Ok(written::created(client.create(customer, password.as_ref()).await?)) })
    }

    fn update(&self, id: i64, patch: &Document<'_>) -> PyResult<Task> {
        let (client, patch) = (self.client.clone(), self::patch(patch)?);
        Task::begin(async move { Ok(written::updated(client.update(id, &patch).await?)) })
    }

    fn delete(&self, id: i64) -> PyResult<Task> {
        let client = self.client.clone();
        Task::begin(async move { client.delete(id).await })
    }

    fn pull_profile(&self) -> PyResult<Task> {
        let client = self.client.clone();
        Task::begin(async move { Ok(client.pull_profile().await?.to_document()) })
    }

    /// A bulk: ``kind`` is create, update or delete, ``items`` customers or ids.
    #[pyo3(signature = (kind, items, patience=600.0))]
    fn bulk(&self, py: Python<'_>, kind: &str, items: &GivenItems<'_>, patience: f64) -> PyResult<Task> {
        let (client, items) = (self.client.clone(), document("items", items)?);
        let options = BulkOptions { patience: seconds(py, "/patience", patience)?, ..BulkOptions::default() };
        let Value::Array(items) = items else {
            return Err(error(py, "invalid_member", "give a list", Some("/items")));
        };
        let kind = word(py, "kind", kind, &[("create", 0), ("update", 1), ("delete", 2)])?;
        Task::begin(async move {
            let settled = match kind {
                0 => client.bulk_create(items, &options).await,
                1 => client.bulk_update(items, &options).await,
                _ => {
                    let ids: Vec<_> = items.iter().filter_map(Value::as_i64).collect();
                    client.bulk_delete(&ids, &options).await
                }
            };
            Ok(written::settled(settled?))
        })
    }

    #[pyo3(signature = (criteria, *, page_size=500, parts=1, fields=None))]
    fn scan(&self, criteria: &Criteria, page_size: i64, parts: u32, fields: Option<String>) -> Flow {
        let options = ScanOptions { page_size, parts, fields };
        let pages = self.client.scan_rows(criteria.core().clone(), options);
        Flow::new(pages.map_ok(|page| stream::iter(written::rows(page))).try_flatten().boxed())
    }

    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    #[pyo3(signature = (criteria, *, since=None, every=60.0, overlap=60, page_size=500, polls=None))]
    fn changes(
        &self,
        py: Python<'_>,
        criteria: &Criteria,
        since: Option<String>,
        every: f64,
        overlap: u32,
        page_size: i64,
        polls: Option<u32>,
    ) -> PyResult<Flow> {
        let every = seconds(py, "/every", every)?;
        let options = ChangeOptions { since, overlap, page_size, every, polls };
        Ok(Flow::new(
            self.client
                .changes(criteria.core().clone(), options)
                .map_ok(|told| written::changed(told).to_string())
                .boxed(),
        ))
    }

    #[pyo3(signature = (rows, *, via="put", batch=100, missing="create", losses="refuse", dry_run=false, journal=None))]
    #[expect(clippy::too_many_arguments, reason = "named in Python")]
    fn sync(
        &self,
        rows: &GivenRows<'_>,
        via: &str,
        batch: usize,
        missing: &str,
        losses: &str,
        dry_run: bool,
        journal: Option<std::path::PathBuf>,
    ) -> PyResult<Flow> {
        let py = rows.py();
        let options = SyncOptions {
            via: word(py, "via", via, &[("put", Via::Put), ("bulk", Via::Bulk)])?,
            missing: word(
                py,
                "missing",
                missing,
                &[("create", Missing::Create), ("reject", Missing::Reject)],
            )?,
            losses: word(py, "losses", losses, &[("refuse", Losses::Refuse), ("allow", Losses::Allow)])?,
            batch,
            dry_run,
            journal,
            ..SyncOptions::default()
        };
        let (rows, failed) = rows::rows(rows)?;
        let outcomes = self.client.sync(stream::iter(rows), options).map_err(|error| raised(py, &error))?;
        Ok(Flow::fed(outcomes.map_ok(|row| written::row(&row).to_string()).boxed(), failed))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.client)
    }
}

/// A time; one that is too long to be told is as long as can be.
fn seconds(py: Python<'_>, at: &str, given: f64) -> PyResult<Duration> {
    if given.is_nan() || given < 0.0 {
        return Err(error(py, "invalid_member", "give seconds, from 0 on", Some(at)));
    }
    Ok(Duration::try_from_secs_f64(given).unwrap_or(Duration::MAX))
}

fn roots(py: Python<'_>, pem: Option<&Bound<'_, PyBytes>>) -> PyResult<Roots> {
    let roots = pem.map(|pem| Roots::from_pem(pem.as_bytes())).transpose();
    Ok(roots.map_err(|wrong| raised(py, &wrong))?.unwrap_or_default())
}

fn scope(code: Option<&str>) -> Result<Scope, String> {
    match code {
        None => Ok(Scope::Default),
        Some("all") => Ok(Scope::all()),
        Some(code) => Scope::store_view(code).map_err(|wrong| wrong.to_string()),
    }
}

fn patch(given: &Bound<'_, PyAny>) -> PyResult<Patch> {
    Patch::parse(&text(given)?).map_err(|wrong| {
        let pointer = format!("/patch{}", wrong.pointer());
        error(given.py(), "invalid_member", &wrong.to_string(), Some(&pointer))
    })
}

/// Credentials as Python gives them: their kind, and their parts.
fn credentials(py: Python<'_>, given: Vec<String>) -> PyResult<Credentials> {
    let mut parts = given.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    match next().as_str() {
        "guest" => Ok(Credentials::Guest),
        "admin" => Ok(Credentials::admin(next(), next())),
        "customer" => Ok(Credentials::customer(next(), next())),
        "token" => Ok(Credentials::bearer(next())),
        "integration" => Ok(Credentials::from(oauth::Credentials {
            consumer_key: next(),
            consumer_secret: next().into(),
            token: next(),
            token_secret: next().into(),
        })),
        _ => Err(error(py, "invalid_member", "give credentials", Some("/credentials"))),
    }
}
