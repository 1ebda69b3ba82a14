//! The client against pymagento and plain reqwest, on the same store in a process of its own.

use std::cell::Cell;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use futures_util::{StreamExt, TryStreamExt, stream};
use magewright::json::Object;
use magewright::plan::Patch;
use magewright::search::SearchCriteria;
use magewright_client::{Client, Credentials, ScanOptions, Settings, SyncOptions};
use tokio::runtime::{Builder, Runtime};

use crate::contender::Contender;
use crate::cpu;
use crate::sandbox::Store;
use crate::table::{measure, print, promise};

/// How many times as fast as pymagento a scan is to be, and what a request may cost beside plain reqwest.
const SCAN: f64 = 10.0;
const OVERHEAD: f64 = 1.10;
/// What a scan of rows gives.
const ROWS: &str = "checked JSON text, not yet read";

#[derive(Args)]
pub(crate) struct Options {
    /// The program of the store.
    #[arg(long)]
    store: PathBuf,
    /// The folder of the peers.
    #[arg(long)]
    peers: PathBuf,
    /// A Python that has the peers' packages.
    #[arg(long)]
    python: PathBuf,
    /// Customers in the store.
    #[arg(long, default_value_t = 50_000)]
    customers: u32,
    /// Customers that are updated in a round.
    #[arg(long, default_value_t = 200)]
    updates: u32,
    /// How many rounds to time; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// What all rounds need.
struct Bench<'a> {
    options: &'a Options,
    url: String,
    token: String,
    /// One thread, as the peer has: it checks rows where it receives them, and hands nothing over.
    one_thread: Side,
    /// As programs have it that say nothing of threads.
    two_threads: Side,
}

/// A client, whose connections live in its runtime.
struct Side {
    runtime: Runtime,
    client: Client,
}

impl Side {
    fn new(runtime: &mut Builder, url: &str, token: &str) -> Result<Self> {
        let settings = Settings { timeout: Duration::from_secs(300), concurrency: 16, ..Settings::default() };
        let client = Client::with_settings(url, Credentials::bearer(token), settings)?;
        Ok(Side { runtime: runtime.enable_all().build()?, client })
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    // What a request waits for in a shop is the shop; the other tables have a little of that.
    for wait in [0, 20, 50] {
        let faults = (wait > 0).then(|| format!("latency={wait}ms"));
        let store = Store::start_with(&options.store, options.customers, faults.as_deref())?;
        let bench = Bench::new(options, &store)?;
        bench.scan(wait, &store)?;
        if wait == 0 {
            bench.update()?;
            bench.overhead()?;
        }
    }
    Ok(())
}

impl<'a> Bench<'a> {
    fn new(options: &'a Options, store: &Store) -> Result<Self> {
        let header = store.sign_in()?;
        let token = header.trim().strip_prefix("Authorization: Bearer ").context("no token")?.to_owned();
        let url = store.url();
        let one_thread = Side::new(&mut Builder::new_current_thread(), &url, &token)?;
        let two_threads = Side::new(Builder::new_multi_thread().worker_threads(2), &url, &token)?;
        Ok(Bench { options, url, token, one_thread, two_threads })
    }

    fn python(&self, mode: &str, count: u32) -> Result<Contender<'static>> {
        let mut python = Command::new(&self.options.python);
        python.arg(self.options.peers.join("client.py")).args([&self.url, &self.token, mode]);
        Contender::child("pymagento", "one request after the other", python.arg(count.to_string()))
    }

    fn scan(&self, wait: u32, store: &Store) -> Result<()> {
        let mut contenders = [
            Contender::here("magewright scan_rows, parts 16", ROWS, || self.scan_rows(&self.one_thread, 16)),
            Contender::here("magewright scan_rows, parts 8", ROWS, || self.scan_rows(&self.one_thread, 8)),
            Contender::here("magewright scan_rows, two threads", ROWS, || {
                self.scan_rows(&self.two_threads, 8);
            }),
            Contender::here("magewright scan, parts 8", "documents", || self.scan_documents(8)),
            Contender::here("magewright scan, parts 1", "documents, one page after the other", || {
                self.scan_documents(1);
            }),
            self.python("scan", self.options.customers)?,
        ];
        let mut rows = measure(&mut contenders, self.options.rounds, self.options.customers as usize)?;
        // Ours from the fastest on, which is what is promised of; pymagento stays last.
        if let Some((_, ours)) = rows.split_last_mut() {
            ours.sort_by(|a, b| a.micros.total_cmp(&b.micros));
        }
        print(&format!("Scan of {} customers, each request {wait} ms longer", self.options.customers), &rows);
        let Some((peer, ours)) = rows.split_last() else { return Ok(()) };
        let ratios = ours.iter().map(|row| peer.micros / row.micros);
        let ratios: Vec<String> = ratios.map(|ratio| format!("{ratio:.1}")).collect();
        println!("  times as fast as pymagento, row by row: {}", ratios.join(", "));
        promise(&rows, "pymagento", SCAN);
        println!("  processor time for a record, in the client and in the store:");
        for contender in &mut contenders {
            let [client, store] = self.processor_time(contender, store)?;
            println!("  {:<34} {client:>8.2} µs {store:>8.2} µs", contender.name);
        }
        Ok(())
    }

    /// Microseconds that the client and the store run for each record.
    fn processor_time(&self, contender: &mut Contender<'_>, store: &Store) -> Result<[f64; 2]> {
        let processes = [contender.process(), store.process()];
        let [client, serving] = processes.map(cpu::micros);
        let before = [client?, serving?];
        for _ in 0..self.options.rounds {
            contender.round()?;
        }
        let [client, serving] = processes.map(cpu::micros);
        let records = self.options.rounds as f64 * f64::from(self.options.customers);
        Ok([(client? - before[0]) / records, (serving? - before[1]) / records])
    }

    /// Every row is looked at as text, as by who writes them to a file.
    fn scan_rows(&self, side: &Side, parts: u32) {
        let pages = side.client.scan_rows(SearchCriteria::new(), scan_options(parts));
        let count = pages.try_fold(0, async |count, page| {
            Ok(count + page.iter().filter(|row| row.text().starts_with('{')).count())
        });
        let count = side.runtime.block_on(count).ok().and_then(|count| u32::try_from(count).ok());
        assert_eq!(count, Some(self.options.customers), "the scan is not whole");
    }

    fn scan_documents(&self, parts: u32) {
        let Side { runtime, client } = &self.one_thread;
        let all = client.scan(SearchCriteria::new(), scan_options(parts));
        let count = runtime.block_on(all.try_fold(0_u32, async |count, _| Ok(count + 1)));
        assert_eq!(count.ok(), Some(self.options.customers), "the scan is not whole");
    }

    fn update(&self) -> Result<()> {
        let Side { runtime, client } = &self.two_threads;
        let (turn, count) = (Cell::new(0), self.options.updates);
        let next = || {
            turn.set(turn.get() + 1);
            turn.get()
        };
        let update = || {
            let value = format!("M{}", next());
            let updates = (1..=i64::from(count)).map(|id| {
                let (client, patch) = (client.clone(), patch(&value));
                async move { client.update(id, &patch?).await.map_err(anyhow::Error::from).map(drop) }
            });
            let all = stream::iter(updates).buffer_unordered(16).try_collect::<()>();
            assert!(runtime.block_on(all).is_ok(), "an update failed");
        };
        let sync = || {
            let value = format!("S{}", next());
            let rows = (1..=count).map(move |id| format!(r#"{{"id":{id},"taxvat":"{value}"}}"#));
            let sync = client.sync(stream::iter(rows), SyncOptions::default());
            let done = sync.map(|rows| runtime.block_on(rows.try_collect::<Vec<_>>()));
            assert!(matches!(done, Ok(Ok(rows)) if rows.len() == count as usize), "the sync is not whole");
        };
        let mut contenders = [
            Contender::here("magewright sync", "nothing lost: planned, sent, read again", sync),
            Contender::here(
                "magewright update, 16 at once",
                "nothing lost: planned, sent, read again",
                update,
            ),
            self.python("update", count)?,
        ];
        let rows = measure(&mut contenders, self.options.rounds, count as usize)?;
        print(
            &format!("Updates of {count} customers (pymagento: GET, merge, PUT; loses what others change)"),
            &rows,
        );
        Ok(())
    }

    fn overhead(&self) -> Result<()> {
        let Side { runtime, client } = &self.two_threads;
        const REQUESTS: u32 = 2000;
        let http = reqwest::Client::builder().tls_backend_preconfigured(no_tls()?).no_proxy().build()?;
        let plain = || {
            for at in 0..REQUESTS {
                let url = format!("{}/rest/V1/customers/{}", self.url, at % self.options.customers + 1);
                let sent = http.get(url).bearer_auth(&self.token).send();
                let reply: reqwest::Result<serde_json::Value> =
                    runtime.block_on(async { sent.await?.json().await });
                assert!(reply.is_ok(), "a request failed");
            }
        };
        let ours = || {
            for at in 0..REQUESTS {
                let reply = runtime.block_on(client.get(i64::from(at % self.options.customers) + 1));
                assert!(reply.is_ok(), "a request failed");
            }
        };
        let mut contenders = [
            Contender::here("reqwest and serde_json", "a GET and its JSON", plain),
            Contender::here("magewright get", "with token, policy, limits, errors", ours),
        ];
        let rows = measure(&mut contenders, self.options.rounds, REQUESTS as usize)?;
        print("A GET, one after the other", &rows);
        let cost = rows.get(1).zip(rows.first()).map_or(f64::NAN, |(ours, plain)| ours.micros / plain.micros);
        let verdict = if cost <= OVERHEAD { "kept" } else { "NOT KEPT" };
        println!("  at most {OVERHEAD} × reqwest: {cost:.3}, {verdict}");
        Ok(())
    }
}

/// Pages as large as pymagento's own.
fn scan_options(parts: u32) -> ScanOptions {
    ScanOptions { parts, page_size: 1000, ..ScanOptions::default() }
}

fn patch(value: &str) -> Result<Patch> {
    let patch: Object = [("taxvat", value)].into_iter().collect();
    Ok(Patch::new(patch.into())?)
}

/// The store speaks plain HTTP: the peer needs TLS to be there, and no certificates.
fn no_tls() -> Result<rustls::ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}
