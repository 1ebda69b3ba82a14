use std::fmt;
use std::sync::Arc;

use magewright::call::{Call, Scope};
use magewright::json::Value;
use magewright::profile::Profile;
use magewright::retry::Repeat;
use magewright::store::{Accounts, Caller, Store};
use reqwest::Url;

use crate::connection::{base, connect};
use crate::exchange::{document, model};
use crate::pace::Pace;
use crate::session::Session;
use crate::{Credentials, Error, Settings};

/// A connection to one store, as one caller; cheap to clone, and made to be shared.
///
/// Futures and streams of a client are `Send` and start nothing beside themselves: dropping one ends it.
/// What has been sent by then the store may still do.
#[derive(Clone)]
pub struct Client {
    connection: Arc<Connection>,
    view: Arc<View>,
}

/// What all views of a store share.
pub(crate) struct Connection {
    pub(crate) base: Url,
    pub(crate) http: reqwest::Client,
    pub(crate) credentials: Credentials,
    pub(crate) settings: Settings,
    pub(crate) session: Session,
    pub(crate) pace: Pace,
}

/// In whose scope calls run, and what is known of the store.
#[derive(Clone)]
struct View {
    scope: Scope,
    profile: Arc<Profile>,
}

impl Client {
    /// A client of the store at `base_url` (without `/rest`), with default settings.
    ///
    /// # Errors
    /// [`Error::Settings`] for a base URL that is none, and for credentials that would go over plain HTTP.
    ///
    /// ```
    /// use magewright_client::{Client, Credentials};
    /// assert!(Client::new("https://shop.example/", Credentials::bearer("t0ken")).is_ok());
    /// let error = Client::new("http://shop.example/", Credentials::bearer("t0ken")).unwrap_err();
    /// assert!(error.to_string().contains("plain_http"));
    /// ```
    pub fn new(base_url: &str, credentials: Credentials) -> Result<Self, Error> {
        Client::with_settings(base_url, credentials, Settings::default())
    }

    /// A client of the store at `base_url`, with these settings. The base URL of the SaaS edition ends with
    /// the tenant's id, and its one kind of credentials is an IMS access token as [`Credentials::Bearer`].
    ///
    /// # Errors
    /// As [`Client::new`], and for credentials that the release does not take.
    ///
    /// ```
    /// use magewright_client::{Client, Credentials, Settings};
    /// let settings = Settings { plain_http: true, ..Settings::default() };
    /// assert!(Client::with_settings("http://shop.example/", Credentials::bearer("t0ken"), settings).is_ok());
    /// ```
    pub fn with_settings(
        base_url: &str,
        credentials: Credentials,
        settings: Settings,
    ) -> Result<Self, Error> {
        credentials.check(settings.release)?;
        let carries_secrets = !matches!(credentials, Credentials::Guest);
        let base = base(base_url, carries_secrets, &settings)?;
        let http = connect(&base, &settings)?;
        let view = View { scope: settings.scope.clone(), profile: Arc::new(Profile::stock()) };
        let (session, pace) = (Session::default(), Pace::new(settings.concurrency));
        let connection = Connection { base, http, credentials, settings, session, pace };
        Ok(Client { connection: Arc::new(connection), view: Arc::new(view) })
    }

    /// The same connection, with calls in another scope.
    ///
    /// ```
    /// use magewright::call::Scope;
    /// use magewright_client::{Client, Credentials};
    /// let client = Client::new("https://shop.example/", Credentials::bearer("t0ken"))?;
    /// assert_eq!(client.in_scope(Scope::all()).scope(), &Scope::all());
    /// # Ok::<(), magewright_client::Error>(())
    /// ```
    #[must_use]
    pub fn in_scope(&self, scope: Scope) -> Self {
        self.viewing(View { scope, ..(*self.view).clone() })
    }

    /// The same connection, with what the store says of itself: updates and rows of a sync are held
    /// against it before they are sent. Until told, a stock store is assumed.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use magewright::profile::Profile;
    /// use magewright_client::{Client, Credentials};
    /// let client = Client::new("https://shop.example/", Credentials::bearer("t0ken"))?;
    /// let profile = Arc::new(Profile::stock());
    /// assert_eq!(client.with_profile(profile.clone()).profile(), &*profile);
    /// # Ok::<(), magewright_client::Error>(())
    /// ```
    #[must_use]
    pub fn with_profile(&self, profile: Arc<Profile>) -> Self {
        self.viewing(View { profile, ..(*self.view).clone() })
    }

    fn viewing(&self, view: View) -> Self {
        Client { connection: Arc::clone(&self.connection), view: Arc::new(view) }
    }

    /// The scope of its calls.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.view.scope
    }

    /// What is known of the store.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.view.profile
    }

    /// Makes a call. What may be repeated is, after a failure that may pass.
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Reply`], [`Error::Network`] or [`Error::Login`].
    pub async fn send<T>(&self, call: &Call<T>) -> Result<T, Error> {
        self.deliver(self.scope(), call, Repeat::of(call), model).await
    }

    /// Makes a call in the scope of a store view.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_in<T>(&self, scope: &Scope, call: &Call<T>) -> Result<T, Error> {
        self.deliver(scope, call, Repeat::of(call), model).await
    }

    /// Makes a call, and gives the reply as a document that keeps key order and number spelling.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_value<T>(&self, call: &Call<T>) -> Result<Value, Error> {
        self.deliver(self.scope(), call, Repeat::of(call), document).await
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.connection.settings
    }

    /// Who the store takes this client for, as far as its rules go.
    pub(crate) fn caller(&self) -> Caller {
        match &self.connection.credentials {
            Credentials::Guest => Caller::Guest,
            Credentials::Admin { .. } => Caller::Admin,
            Credentials::Customer { .. } => Caller::Customer,
            Credentials::Integration(_) => Caller::Integration,
            Credentials::Bearer(_) => self.settings().bearer,
        }
    }

    /// The store as predictions see it, with these customers known to exist.
    pub(crate) fn store<'a>(&'a self, accounts: &'a Accounts) -> Store<'a> {
        let now = i64::try_from(crate::authorize::now()).ok();
        Store {
            release: self.settings().release,
            profile: self.profile(),
            accounts,
            scope: self.scope().code(),
            now,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.connection.base.origin().ascii_serialization();
        f.debug_struct("Client")
            .field("origin", &origin)
            .field("credentials", &self.connection.credentials)
            .field("settings", &self.connection.settings)
            .finish_non_exhaustive()
    }
}
