//! How many GETs the sandbox store answers in a second, and what memory it holds meanwhile.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;

use crate::load::{self, Connection, Latencies};

/// Requests a second that are promised, generator and store on the same two cores.
const PROMISE: f64 = 5000.0;
/// How much memory may grow after the first seconds, in MiB, and still be called flat.
const FLAT: f64 = 2.0;
/// Customers of the store that shows how fast one starts, and how many seconds that may take.
const MANY: (u32, f64) = (100_000, 10.0);
/// What goes before anything is measured.
const WARM_UP: Duration = Duration::from_secs(2);

#[derive(Args)]
pub(crate) struct Options {
    /// The program of the store.
    #[arg(long)]
    store: PathBuf,
    /// Customers in the store.
    #[arg(long, default_value_t = 1000)]
    customers: u32,
    /// Connections at once.
    #[arg(long, default_value_t = 8)]
    connections: u32,
    /// How long to send.
    #[arg(long, default_value_t = 0.25)]
    minutes: f64,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    start_many(&options.store)?;
    let store = Store::start(&options.store, options.customers)?;
    let admin = store.sign_in()?;
    send(&store, &admin, options, WARM_UP)?;
    let (memory, cpu) = (store.memory()?, store.cpu()?);
    let begun = Instant::now();
    let latencies = send(&store, &admin, options, Duration::from_secs_f64(options.minutes * 60.0))?;
    let seconds = begun.elapsed().as_secs_f64();
    let (grown, count) = (store.memory()? - memory, latencies.count() as f64);
    let rate = count / seconds;
    println!("\nGET of a customer, {} connections, {seconds:.0} s", options.connections);
    println!("  {rate:>8.0} requests/s   {}", verdict(rate >= PROMISE, &format!("at least {PROMISE}")));
    println!("  {:>8} µs within which half were answered", latencies.within(0.5));
    println!("  {:>8} µs within which 99 % were answered", latencies.within(0.99));
    println!("  {:>8.1} µs of CPU a request in the store", (store.cpu()? - cpu) * 1e6 / count);
    println!(
        "  {memory:>8.1} MiB of memory after the first seconds, {:.1} at the end   {}",
        memory + grown,
        verdict(grown <= FLAT, &format!("grows by at most {FLAT} MiB"))
    );
    Ok(())
}

fn verdict(kept: bool, promise: &str) -> String {
    format!("{promise}: {}", if kept { "kept" } else { "NOT KEPT" })
}

fn start_many(program: &Path) -> Result<()> {
    let (count, limit) = MANY;
    let begun = Instant::now();
    let store = Store::start(program, count)?;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{count} customers start in {seconds:.1} s with {:.0} MiB   {}",
        store.memory()?,
        verdict(seconds <= limit, &format!("at most {limit} s"))
    );
    Ok(())
}

/// Sends GETs of customers in no order over all connections at once.
fn send(store: &Store, admin: &str, options: &Options, time: Duration) -> Result<Latencies> {
    let until = Instant::now() + time;
    let request = |connection: u32, number: u64| {
        let drawn =
            (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(connection) << 32);
        let id = (drawn >> 20) % u64::from(options.customers.max(1)) + 1;
        format!("GET /rest/V1/customers/{id} HTTP/1.1\r\nHost: {}\r\n{admin}\r\n", store.address).into_bytes()
    };
    std::thread::scope(|scope| {
        let one = |connection| {
            scope.spawn(move || load::run(&store.address, until, |number| request(connection, number)))
        };
        let threads: Vec<_> = (0..options.connections).map(one).collect();
        let mut all = Latencies::new();
        for thread in threads {
            let latencies = thread.join().map_err(|_| anyhow::anyhow!("a connection panicked"))??;
            all.merge(&latencies);
        }
        Ok(all)
    })
}

/// A store in a process of its own; it ends with this value.
pub(crate) struct Store {
    child: Child,
    address: String,
}

impl Store {
    /// Starts it on a free port and waits until it says where.
    fn start(program: &Path, customers: u32) -> Result<Self> {
        Store::start_with(program, customers, None)
    }

    /// The same, with faults as its command line takes them.
    pub(crate) fn start_with(program: &Path, customers: u32, faults: Option<&str>) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--customers", &customers.to_string()]).stdout(Stdio::piped());
        if let Some(faults) = faults {
            command.args(["--faults", faults]);
        }
        let mut child = command.spawn().with_context(|| program.display().to_string())?;
        let output = child.stdout.take().context("a child has an output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let address = address.context("the store did not start")?.to_owned();
        Ok(Store { child, address })
    }

    /// Its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// The base of its URLs.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The header of an administrator.
    pub(crate) fn sign_in(&self) -> Result<String> {
        let body = r#"{"username":"admin","password":"admin123"}"#;
        let request = format!(
            "POST /rest/V1/integration/admin/token HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let reply = Connection::open(&self.address)?.exchange(request.as_bytes())?;
        let token = String::from_utf8(reply.body)?;
        Ok(format!("Authorization: Bearer {}\r\n", token.trim_matches('"')))
    }

    /// The memory it holds, in MiB.
    fn memory(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.context("memory is read from /proc")?;
        let line =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS in /proc")?;
        let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib / 1024.0)
    }

    /// The processor time it has taken, in seconds.
    fn cpu(&self) -> Result<f64> {
        const TICKS: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
        Ok(ticks.sum::<Result<f64, _>>()? / TICKS)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
