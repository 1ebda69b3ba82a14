//! A load generator: plain keep-alive connections, each sending the next request when the reply is there.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A reply: its status and its body.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// A connection that stays open.
pub(crate) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("no store at {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Connection { stream, read: Vec::with_capacity(16 << 10) })
    }

    /// Sends a request and waits for the whole reply.
    pub(crate) fn exchange(&mut self, request: &[u8]) -> Result<Reply> {
        self.stream.write_all(request)?;
        self.read.clear();
        let mut chunk = [0; 16 << 10];
        loop {
            let count = self.stream.read(&mut chunk)?;
            if count == 0 {
                bail!("the connection ended within a reply");
            }
            self.read.extend_from_slice(chunk.get(..count).unwrap_or_default());
            if let Some(reply) = whole(&self.read)? {
                return Ok(reply);
            }
        }
    }
}

/// The reply, when all of it has come.
fn whole(bytes: &[u8]) -> Result<Option<Reply>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4) else {
        return Ok(None);
    };
    let (head, body) = bytes.split_at(end);
    let head = std::str::from_utf8(head)?;
    let status = head.get(9..12).and_then(|code| code.parse().ok()).context("a reply without a status")?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.context("a reply without a length")?.trim().parse()?;
    Ok(body.get(..length).map(|body| Reply { status, body: body.to_vec() }))
}

/// Latencies by tens of microseconds, so that a long run needs no more memory than a short one.
pub(crate) struct Latencies(Vec<u64>);

const STEP: u128 = 10;
const STEPS: usize = 100_000;

impl Latencies {
    pub(crate) fn new() -> Self {
        Latencies(vec![0; STEPS])
    }

    fn add(&mut self, taken: Duration) {
        let at = usize::try_from(taken.as_micros() / STEP).unwrap_or(STEPS).min(STEPS - 1);
        if let Some(count) = self.0.get_mut(at) {
            *count += 1;
        }
    }

    pub(crate) fn merge(&mut self, other: &Latencies) {
        self.0.iter_mut().zip(&other.0).for_each(|(count, more)| *count += more);
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The time within which that share of the requests was answered, in microseconds.
    pub(crate) fn within(&self, share: f64) -> u64 {
        let wanted = (self.count() as f64 * share) as u64;
        let mut passed = 0;
        let found = self.0.iter().position(|count| {
            passed += count;
            passed > wanted
        });
        found.map_or(0, |at| at as u64 * STEP as u64)
    }
}

/// Sends requests over one connection until the time is up. `request` gives the bytes of the n-th.
pub(crate) fn run(
    address: &str,
    until: Instant,
    mut request: impl FnMut(u64) -> Vec<u8>,
) -> Result<Latencies> {
    let mut connection = Connection::open(address)?;
    let mut latencies = Latencies::new();
    for number in 0.. {
        let bytes = request(number);
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        let reply = connection.exchange(&bytes)?;
        latencies.add(begun.elapsed());
        if reply.status != 200 {
            bail!("status {}: {}", reply.status, String::from_utf8_lossy(&reply.body));
        }
    }
    Ok(latencies)
}
