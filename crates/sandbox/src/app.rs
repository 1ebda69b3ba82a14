//! The store itself, without any network.

use std::path::Path;

use magewright::call::{Method, Route, route};
use magewright::json::Value;
use magewright::oauth::Nonces;
use magewright::outcome::Refusal;
use magewright::profile::Profile;
use magewright::release::{Band, Release};

use crate::clock::Clock;
use crate::facts::Facts;
use crate::file::{FileError, StoreFile};
use crate::http::{Body, Request, Response};
use crate::identity::Identity;
use crate::options::Options;
use crate::password;
use crate::queue;
use crate::refusal::{cannot_be_processed, edition_not_answered, no_route, not_answered};
use crate::routes;
use crate::schema;
use crate::shop::{Shop, Touched};
use crate::target::{self, Processor, Target};
use crate::tokens::Bearer;

/// What the core leaves open in the text of an internal error.
const REPORT: &str = "<report>";

/// A Magento-like store in memory.
///
/// Every answer about a customer is the core's prediction, kept in a table. The
/// store does nothing by itself: time passes with requests, and the queue is
/// worked when asked ([`App::run_consumer`]).
///
/// ```
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright_sandbox::{App, Options, Request};
///
/// let mut app = App::new(Profile::stock(), Release::DEFAULT, Options::default());
/// let login = Request::new("POST", "/rest/V1/integration/admin/token")
///     .json(r#"{"username":"admin","password":"admin123"}"#);
/// let reply = app.handle(&login);
/// let token = reply.json().and_then(|token| token.as_str()).unwrap_or_default().to_owned();
/// let reply = app.handle(&Request::get("/rest/V1/customers/7").bearer(&token));
/// assert_eq!(reply.status, 404);
/// assert_eq!(app.handle(&Request::get("/rest/V1/customers/7")).status, 401);
/// ```
#[derive(Debug)]
pub struct App {
    pub(crate) shop: Shop,
    pub(crate) nonces: Nonces,
    file: Option<StoreFile>,
}

impl Clone for App {
    /// The same store in memory; the copy is not kept in the file.
    fn clone(&self) -> Self {
        let shop = Shop { touched: Touched::default(), ..self.shop.clone() };
        App { shop, nonces: self.nonces.clone(), file: None }
    }
}

impl App {
    /// An empty store of that release, set up as its profile says. As the SaaS edition, which nobody has
    /// recorded, it answers nothing but 501.
    #[must_use]
    pub fn new(profile: Profile, release: Release, options: Options) -> Self {
        App { shop: Shop::new(profile, release, options), nonces: Nonces::default(), file: None }
    }

    /// A store that is kept in a SQLite file: everything in its tables is as it was when the file was last
    /// used, and every change is written before it is answered. A file that is not there is made.
    ///
    /// Profile and release are those given here, not those of before, as when a store is upgraded. Used
    /// nonces and failed logins are forgotten. An open file is this store's alone.
    ///
    /// # Errors
    /// A file that cannot be opened, is none of a sandbox store, or is used by another.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release};
    /// use magewright_sandbox::{App, Options, Request, seed};
    /// let file = std::env::temp_dir().join(format!("magewright-doc-{}.sqlite", std::process::id()));
    /// let open = || App::open(Profile::stock(), Release::DEFAULT, Options::default(), &file);
    /// let mut app = open()?;
    /// seed(&mut app, 3, 1);
    /// app.keep()?;
    /// drop(app);
    /// assert_eq!(open()?.customers().count(), 3);
    /// # std::fs::remove_file(&file).ok();
    /// # Ok::<(), magewright_sandbox::FileError>(())
    /// ```
    pub fn open(
        profile: Profile,
        release: Release,
        options: Options,
        file: &Path,
    ) -> Result<Self, FileError> {
        let mut app = App::new(profile, release, options);
        let file = StoreFile::open(file, &mut app.shop)?;
        app.shop.touched = Touched::noting();
        app.file = Some(file);
        app.keep()?;
        Ok(app)
    }

    /// Writes to the file what has changed outside of requests, as by [`App::insert`]; nothing for a
    /// store in memory.
    ///
    /// # Errors
    /// A file that cannot be written; the changes are tried again with the next ones.
    pub fn keep(&mut self) -> Result<(), FileError> {
        match &mut self.file {
            Some(file) => file.write(&mut self.shop),
            None => Ok(()),
        }
    }

    /// Becomes a copy of another store; `false`, and nothing changes, for one that is kept in a file, of which
    /// only changes are written.
    pub(crate) fn begin_again(&mut self, as_it_was: &App) -> bool {
        let in_memory = self.file.is_none();
        if in_memory {
            *self = as_it_was.clone();
        }
        in_memory
    }

    /// What the store says of itself, to be replaced by a store's own replies.
    pub fn facts_mut(&mut self) -> &mut Facts {
        &mut self.shop.facts
    }

    /// The settings and facts that decide about requests.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.shop.profile
    }

    /// Puts a customer in the table, in place of one with the same id, and gives them a password.
    ///
    /// Returns the id, or `None` for a value that is no customer as GET returns them.
    pub fn insert(&mut self, customer: Value, password: Option<&str>) -> Option<i64> {
        let id = self.shop.import(customer)?;
        if let Some(password) = password {
            let hash = password::hash(password, &mut self.shop.chance);
            self.shop.secret(id).password = Some(hash);
        }
        Some(id)
    }

    /// The customers in the order of their ids, as a GET without store code shows them.
    pub fn customers(&self) -> impl Iterator<Item = &Value> {
        self.shop.accounts.iter().map(|(_, customer)| customer)
    }

    /// The id that the next new customer gets.
    #[must_use]
    pub fn next_customer(&self) -> i64 {
        self.shop.numbers.customer
    }

    /// The id that the next new address gets.
    #[must_use]
    pub fn next_address(&self) -> i64 {
        self.shop.numbers.address
    }

    /// Deletes a customer; whether there was one.
    pub fn remove(&mut self, id: i64) -> bool {
        self.shop.delete(id).is_ok()
    }

    /// Takes the time from elsewhere from now on.
    pub fn set_clock(&mut self, clock: Clock) {
        self.shop.options.clock = clock;
    }

    /// Where the time is taken from.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release};
    /// use magewright_sandbox::{App, Clock, Options};
    /// let mut app = App::new(Profile::stock(), Release::DEFAULT, Options::default());
    /// app.set_clock(Clock::Fixed(7));
    /// assert_eq!(app.clock(), Clock::Fixed(7));
    /// ```
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.shop.options.clock
    }

    /// Makes tokens issued from now on last that many seconds.
    pub fn set_token_lifetime(&mut self, seconds: i64) {
        self.shop.tokens.set_lifetime(seconds);
    }

    /// A token as if an administrator or a customer had signed in; `None` for anybody else, and for one whom
    /// the store does not know.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release};
    /// use magewright_sandbox::{App, Identity, Options, Request, Rights};
    /// let mut app = App::new(Profile::stock(), Release::DEFAULT, Options::default());
    /// let token = app.token(&Identity::Admin(1, Rights::All)).expect("the administrator");
    /// assert_eq!(app.handle(&Request::get("/rest/V1/customers/7").bearer(&token)).status, 404);
    /// assert_eq!(app.token(&Identity::Customer(7)), None);
    /// ```
    #[must_use]
    pub fn token(&self, identity: &Identity) -> Option<String> {
        let bearer = match identity {
            Identity::Admin(id, _) => {
                let at = usize::try_from(*id).ok()?.checked_sub(1)?;
                self.shop.options.administrators.get(at).map(|_| Bearer::Admin(*id))?
            }
            Identity::Customer(id) => self.shop.accounts.get(*id).map(|_| Bearer::Customer(*id))?,
            Identity::Guest | Identity::Integration(..) => return None,
        };
        Some(self.shop.tokens.issue(bearer, self.shop.options.clock.now()))
    }

    /// How many operations of the queue wait to be worked.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release};
    /// use magewright_sandbox::{App, Identity, Options, Request, Rights};
    /// let mut app = App::new(Profile::stock(), Release::DEFAULT, Options::default());
    /// let two = r#"[{"customerId":1},{"customerId":2}]"#;
    /// let delete = Request::new("DELETE", "/rest/async/bulk/V1/customers/byCustomerId").json(two);
    /// app.handle(&delete.from(Identity::Admin(1, Rights::All)));
    /// assert_eq!((app.waiting(), app.run_consumer(), app.waiting()), (2, 2, 0));
    /// ```
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shop.queue.waiting()
    }

    /// Works one operation of the queue. Returns whether there was one.
    pub fn work_one(&mut self) -> bool {
        self.shop.tick();
        let worked = queue::consume(&mut self.shop);
        // What cannot be written now is written with the next change, which says so.
        let _ = self.keep();
        worked
    }

    /// Works the queue until it is empty, as a consumer would. Returns how many operations there were.
    pub fn run_consumer(&mut self) -> usize {
        std::iter::from_fn(|| self.work_one().then_some(())).count()
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.shop.tick();
        let response = self.respond(request).unwrap_or_else(|refusal| Response::from(self.reported(refusal)));
        match self.keep() {
            Ok(()) => response,
            Err(error) => Response::from(Refusal::new(500, error.to_string())),
        }
    }

    /// An internal error gets the id under which a store would have logged it.
    pub(crate) fn reported(&mut self, mut refusal: Refusal) -> Refusal {
        if refusal.message.ends_with(REPORT) {
            let id = self.shop.chance.hex();
            refusal.message = refusal.message.replace(REPORT, id.get(..13).unwrap_or(&id));
        }
        refusal
    }

    fn respond(&mut self, request: &Request) -> Result<Response, Refusal> {
        if self.shop.release.is_saas() {
            return Err(edition_not_answered());
        }
        let target = target::parse(&request.target, &self.shop.profile)?;
        let method = method(&request.method, self.shop.release)?;
        match target.processor {
            Processor::Sync => self.direct(request, &target, method),
            Processor::Async | Processor::Bulk => self.queued(request, &target, method),
            Processor::Schema => {
                let identity = self.identify(request)?;
                let reply = schema::document(&self.shop, &identity, method, &target, &request.origin)?;
                Ok(Response::ok(Body::Json(reply)))
            }
        }
    }

    fn direct<'a>(
        &mut self,
        request: &'a Request,
        target: &Target<'a>,
        method: Method,
    ) -> Result<Response, Refusal> {
        let endpoint = route::find(method, target.path).ok_or_else(no_route)?;
        let missing = !endpoint.band.holds(self.shop.release);
        if missing || !endpoint.core && !self.shop.options.admin_users {
            return Err(no_route());
        }
        let known = |route: &&Route| route.method == endpoint.method && route.template == endpoint.path;
        let found = *route::ROUTES.iter().find(known).ok_or_else(not_answered)?;
        let ask = self.admit(request, target, found, endpoint.access)?;
        routes::reply(&mut self.shop, &ask).map(Response::ok)
    }

    fn queued<'a>(
        &mut self,
        request: &'a Request,
        target: &Target<'a>,
        method: Method,
    ) -> Result<Response, Refusal> {
        if method == Method::Get {
            return Err(cannot_be_processed());
        }
        let bulk = target.processor == Processor::Bulk;
        let found = queue::find(method, target.path, bulk).ok_or_else(no_route)?;
        let ask = self.admit(request, target, found, found.access())?;
        let reply = queue::submit(&mut self.shop, &ask, bulk)?;
        Ok(Response { status: 202, body: Body::Json(reply) })
    }
}

/// The method, of which the store routes four; any other was a request it could not process before 2.4.5.
fn method(name: &str, release: Release) -> Result<Method, Refusal> {
    const NAMED: Band = Band::since(&[(5, 0)]);
    let unsupported = || {
        let text = format!("The {name} HTTP method is not supported.");
        let status = if NAMED.holds(release) { 405 } else { 400 };
        Refusal {
            plain_text: name == "HEAD",
            ..Refusal::new(status, if name == "HEAD" { "" } else { &text })
        }
    };
    Method::from_name(name).ok_or_else(unsupported)
}
