//! The network in front of the store: HTTP on loopback.

mod body;
mod broken;
mod connection;
mod control;
mod cors;
mod fault;
mod gate;
mod pages;
mod patience;
mod spec;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderValue;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use connection::Limits;

pub use fault::{Fault, Faults};
pub use spec::NotAFault;

/// Where and how the store is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeOptions {
    /// The address; anything but loopback must be allowed by `expose`.
    pub address: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Allows an address that other machines reach. The store has a well-known
    /// password and holds no secrets: leave it off.
    pub expose: bool,
    /// The largest body taken, in bytes; a larger one is answered 413.
    pub body_limit: usize,
    /// How long a client may take to send a body; then 408.
    pub body_timeout: Duration,
    /// How long the head of a request may take; then 408. A connection idle for as long is closed.
    pub head_timeout: Duration,
    /// How long a client may take nothing of its reply; then the connection ends.
    pub write_timeout: Duration,
    /// How many connections there may be at once; more wait their turn.
    pub connections: usize,
    /// What goes wrong on purpose. A request may ask for a fault of its own by the header
    /// `X-Sandbox-Fault`, such as `reset-after`.
    pub faults: Faults,
    /// How long a save takes between reading a customer and writing it. A store holds no lock
    /// meanwhile, so that of two saves of one customer that overlap the first is lost, though
    /// both are answered 200. Zero for a store that saves at once. See [`App::begin`].
    pub race: Duration,
    /// The origin whose pages may ask the store, such as `http://127.0.0.1:8000`, or `*`; a
    /// store allows none.
    pub cors: Option<HeaderValue>,
    /// How often the queue is worked; `None` leaves it to [`App::run_consumer`], and to requests with the
    /// header `X-Sandbox-Work: N`, before which N operations are worked.
    pub consumer: Option<Duration>,
    /// Answers the control of a test under `/sandbox/`, in JSON. Needs loopback.
    ///
    /// | request | what it does |
    /// |---|---|
    /// | `GET clock` | `{"now": SECONDS, "stands": BOOL}` |
    /// | `PUT clock` `{"now": SECONDS}` | the clock stands still there; with `null` it is the machine's |
    /// | `GET queue` | `{"waiting": N}` |
    /// | `POST queue` `{"work": N}` | works so many operations, all that wait without `work`: `{"worked": N, "waiting": N}` |
    /// | `GET customers` | `{"customers": [...]}`, as GET returns them without a store code |
    /// | `PUT customers` `{"customers": [...], "password": TEXT}` | these customers and no others; `password` may be left out |
    /// | `PUT faults` `{"faults": SPEC}` | other faults from now on, as `--faults` takes them |
    /// | `POST reset` | the store as it began; not for one that is kept in a file |
    ///
    /// A change needs the content type `application/json`, and the `Host` must be a name of this machine, so that no
    /// page in a browser gets there. Faults do not strike the control.
    pub control: bool,
    /// A folder of static pages to show under `/builder/`, with a strict content security policy.
    pub pages: Option<PathBuf>,
}

impl Default for ServeOptions {
    /// A free port on loopback, bodies of 16 MiB and heads each within 30 seconds, 30 seconds for a reply of which
    /// nothing is taken, 1000 connections, 5
    /// milliseconds between reading and writing, the queue worked ten times a second.
    fn default() -> Self {
        ServeOptions {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            expose: false,
            body_limit: 16 << 20,
            body_timeout: Duration::from_secs(30),
            head_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(30),
            connections: 1000,
            faults: Faults::default(),
            race: Duration::from_millis(5),
            cors: None,
            consumer: Some(Duration::from_millis(100)),
            control: false,
            pages: None,
        }
    }
}

/// Why the store is not served.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// The address is not loopback, and `expose` is not set.
    NotLoopback(IpAddr),
    /// The address is not loopback, and `control` is set.
    ControlExposed(IpAddr),
    /// The address cannot be listened on.
    Bind(SocketAddr, std::io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::NotLoopback(address) => write!(
                f,
                "{address} is reached by other machines: serve on loopback, or allow it with --expose"
            ),
            ServeError::ControlExposed(address) => write!(
                f,
                "{address} is reached by other machines, which must not control the store: serve on loopback, or \
                 leave --control out"
            ),
            ServeError::Bind(address, error) => write!(f, "cannot listen on {address}: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// The store shared between connections, the queue's worker and the program.
pub type SharedApp = Arc<Mutex<App>>;

/// A store being served; dropping it ends the service.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    app: SharedApp,
    gate: gate::Gate,
    _stop: watch::Sender<()>,
}

impl Server {
    /// Serves a store until the value returned is dropped. Needs a Tokio runtime.
    ///
    /// # Errors
    /// An address that is not allowed or cannot be listened on.
    pub async fn start(app: App, options: ServeOptions) -> Result<Self, ServeError> {
        if !options.address.is_loopback() && !options.expose {
            return Err(ServeError::NotLoopback(options.address));
        }
        if !options.address.is_loopback() && options.control {
            return Err(ServeError::ControlExposed(options.address));
        }
        let wanted = SocketAddr::new(options.address, options.port);
        let bind_error = |error| ServeError::Bind(wanted, error);
        let listener = TcpListener::bind(wanted).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let app: SharedApp = Arc::new(Mutex::new(app));
        let (stop, stopped) = watch::channel(());
        if let Some(every) = options.consumer {
            tokio::spawn(work(Arc::downgrade(&app), every));
        }
        let ServeOptions { head_timeout, write_timeout, connections, .. } = options;
        let limits = Limits { head_timeout, write_timeout, connections };
        let gate = gate::Gate::new(Arc::clone(&app), options);
        let router = Router::new().fallback(gate::pass).with_state(gate.clone());
        tokio::spawn(connection::accept(listener, router, limits, stopped));
        Ok(Server { address, app, gate, _stop: stop })
    }

    /// Lets other things go wrong from now on, counted from the next request.
    pub fn set_faults(&self, faults: Faults) {
        self.gate.set_faults(faults);
    }

    /// Where the store is served.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of its URLs, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The store itself.
    #[must_use]
    pub fn app(&self) -> SharedApp {
        Arc::clone(&self.app)
    }
}

/// Works the queue from time to time, one operation under the lock at a time, for as long as the store lives.
async fn work(app: std::sync::Weak<Mutex<App>>, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        let Some(app) = app.upgrade() else { return };
        while lock(&app).work_one() {
            tokio::task::yield_now().await;
        }
    }
}

/// A panic elsewhere leaves the tables as they are; the store goes on.
pub(crate) fn lock(app: &Mutex<App>) -> std::sync::MutexGuard<'_, App> {
    app.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a handler gets of the server.
type Gated = State<gate::Gate>;
