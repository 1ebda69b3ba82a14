//! The network in front of the store: HTTP on loopback.

mod broken;
mod fault;
mod gate;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::app::App;

pub use fault::{Fault, Faults};

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
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// How often the queue is worked; `None` leaves it to [`App::run_consumer`].
    pub consumer: Option<Duration>,
}

impl Default for ServeOptions {
    /// A free port on loopback, bodies of 16 MiB within 30 seconds, the queue worked ten times a second.
    fn default() -> Self {
        ServeOptions {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            expose: false,
            body_limit: 16 << 20,
            body_timeout: Duration::from_secs(30),
            faults: Faults::default(),
            consumer: Some(Duration::from_millis(100)),
        }
    }
}

/// Why the store is not served.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// The address is not loopback, and `expose` is not set.
    NotLoopback(IpAddr),
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
    _stop: oneshot::Sender<()>,
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
        let wanted = SocketAddr::new(options.address, options.port);
        let bind_error = |error| ServeError::Bind(wanted, error);
        let listener = TcpListener::bind(wanted).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let app: SharedApp = Arc::new(Mutex::new(app));
        let (stop, stopped) = oneshot::channel::<()>();
        if let Some(every) = options.consumer {
            tokio::spawn(work(Arc::downgrade(&app), every));
        }
        let state = gate::Gate::new(Arc::clone(&app), options);
        let router = Router::new().fallback(gate::pass).with_state(state);
        tokio::spawn(async move {
            let until = async { drop(stopped.await) };
            // An error here is the listener's end; there is nobody left to tell.
            let _ = axum::serve(listener, router).with_graceful_shutdown(until).await;
        });
        Ok(Server { address, app, _stop: stop })
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
