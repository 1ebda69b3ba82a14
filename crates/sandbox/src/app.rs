//! The store itself, without any network.

use magewright::call::{Method, Route, route};
use magewright::fields;
use magewright::json::{self, Object, Value};
use magewright::oauth::{self, Nonces};
use magewright::outcome::Refusal;
use magewright::profile::Profile;
use magewright::release::Release;

use crate::ask::Ask;
use crate::clock::Clock;
use crate::facts::Facts;
use crate::http::{Body, Credentials, Request, Response};
use crate::identity::{Identity, Rights};
use crate::options::Options;
use crate::password;
use crate::queue;
use crate::refusal::{cannot_be_processed, no_route, not_answered};
use crate::routes;
use crate::shop::Shop;
use crate::target::{self, Processor, Target, query_parameters};
use crate::tokens::{self, Bearer};

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
#[derive(Debug, Clone)]
pub struct App {
    shop: Shop,
    nonces: Nonces,
}

impl App {
    /// An empty store of that release, set up as its profile says.
    #[must_use]
    pub fn new(profile: Profile, release: Release, options: Options) -> Self {
        App { shop: Shop::new(profile, release, options), nonces: Nonces::default() }
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
            self.shop.secrets.entry(id).or_default().password = Some(hash);
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

    /// Makes tokens issued from now on last that many seconds.
    pub fn set_token_lifetime(&mut self, seconds: i64) {
        self.shop.tokens.set_lifetime(seconds);
    }

    /// Works one operation of the queue. Returns whether there was one.
    pub fn work_one(&mut self) -> bool {
        self.shop.tick();
        queue::consume(&mut self.shop)
    }

    /// Works the queue until it is empty, as a consumer would. Returns how many operations there were.
    pub fn run_consumer(&mut self) -> usize {
        std::iter::from_fn(|| self.work_one().then_some(())).count()
    }

    /// Answers a request.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.shop.tick();
        self.respond(request).unwrap_or_else(|refusal| Response::from(self.reported(refusal)))
    }

    /// An internal error gets the id under which a store would have logged it.
    fn reported(&mut self, mut refusal: Refusal) -> Refusal {
        if refusal.message.ends_with(REPORT) {
            let id = self.shop.chance.hex();
            refusal.message = refusal.message.replace(REPORT, id.get(..13).unwrap_or(&id));
        }
        refusal
    }

    fn respond(&mut self, request: &Request) -> Result<Response, Refusal> {
        let target = target::parse(&request.target, &self.shop.profile)?;
        let method = method(&request.method)?;
        let reply = match target.processor {
            Processor::Sync => self.direct(request, &target, method)?,
            Processor::Async | Processor::Bulk => return self.queued(request, &target, method),
            Processor::Schema => return Err(cannot_be_processed()),
        };
        filtered(reply, target.query).map(Response::ok)
    }

    fn direct(&mut self, request: &Request, target: &Target<'_>, method: Method) -> Result<Value, Refusal> {
        let endpoint = route::find(method, target.path).ok_or_else(no_route)?;
        let missing = !endpoint.band.holds(self.shop.release);
        if missing || !endpoint.core && !self.shop.options.admin_users {
            return Err(no_route());
        }
        let known = |route: &&Route| route.method == endpoint.method && route.template == endpoint.path;
        let found = *route::ROUTES.iter().find(known).ok_or_else(not_answered)?;
        let ask = self.admit(request, target, found)?;
        routes::answer(&mut self.shop, &ask)
    }

    fn queued(
        &mut self,
        request: &Request,
        target: &Target<'_>,
        method: Method,
    ) -> Result<Response, Refusal> {
        if method == Method::Get {
            return Err(cannot_be_processed());
        }
        let bulk = target.processor == Processor::Bulk;
        let found = queue::find(method, target.path, bulk).ok_or_else(no_route)?;
        let ask = self.admit(request, target, found)?;
        let reply = queue::submit(&mut self.shop, &ask, bulk)?;
        Ok(Response { status: 202, body: Body::Json(reply) })
    }

    /// Lets a request in: who sends it, may they, and what do they say.
    fn admit<'a>(
        &mut self,
        request: &Request,
        target: &Target<'a>,
        route: Route,
    ) -> Result<Ask<'a>, Refusal> {
        let identity = self.identify(request)?;
        let website = self.shop.sign_in_website(target.scope);
        let shared = self.shop.profile.settings.accounts_shared;
        identity.allowed(route.access(), |id| {
            let of = self.shop.accounts.get(id).and_then(|customer| customer.get("website_id"));
            of.is_some() && (shared || of.and_then(Value::as_i64) == website)
        })?;
        accepts_json(request.accept.as_deref())?;
        let body =
            if method_has_body(route.method, target.processor) { read_body(request)? } else { empty() };
        Ok(Ask {
            route,
            scope: target.scope,
            identity,
            path: target.path,
            query: target.query,
            body,
            queued: false,
        })
    }

    /// Who sends a request: a bearer token that is not good counts for nothing, a
    /// wrong OAuth signature is refused.
    fn identify(&mut self, request: &Request) -> Result<Identity, Refusal> {
        let header = match &request.credentials {
            Credentials::None => return Ok(Identity::Guest),
            Credentials::Known(identity) => return Ok(identity.clone()),
            Credentials::Header(header) => header,
        };
        if let Some(bearer) = tokens::caller(&self.shop.tokens, header, self.shop.now) {
            return Ok(self.bearer(bearer));
        }
        let url = format!("{}{}", request.origin, request.target);
        let signed = oauth::Target { method: &request.method, url: &url };
        let known: Vec<_> =
            self.shop.options.integrations.iter().map(|(integration, _)| integration.clone()).collect();
        let (now, release) = (self.shop.now, self.shop.release);
        match oauth::verify(signed, Some(header), &known, &mut self.nonces, now, release)? {
            oauth::Identity::Guest => Ok(Identity::Guest),
            oauth::Identity::Integration(found) => Ok(self.integration(&found.consumer_key)),
        }
    }

    fn bearer(&self, bearer: Bearer) -> Identity {
        match bearer {
            Bearer::Customer(id) => Identity::Customer(id),
            Bearer::Admin(id) => {
                let known = self.shop.options.administrators.iter().zip(1i64..);
                let found = known.into_iter().find(|(_, number)| *number == id);
                found.map_or(Identity::Guest, |(admin, _)| Identity::Admin(id, admin.rights.clone()))
            }
        }
    }

    fn integration(&self, key: &str) -> Identity {
        let known = self.shop.options.integrations.iter().zip(1i64..);
        let found = known.into_iter().find(|((integration, _), _)| integration.consumer_key == key);
        found.map_or(Identity::Guest, |((_, rights), id): (&(_, Rights), i64)| {
            Identity::Integration(id, rights.clone())
        })
    }
}

/// The method, of which the store routes four.
fn method(name: &str) -> Result<Method, Refusal> {
    let unsupported = || {
        let text = format!("The {name} HTTP method is not supported.");
        Refusal { plain_text: name == "HEAD", ..Refusal::new(405, if name == "HEAD" { "" } else { &text }) }
    };
    Method::from_name(name).ok_or_else(unsupported)
}

/// A direct GET or DELETE ignores its body; a list of deletions stands in the body.
fn method_has_body(method: Method, processor: Processor) -> bool {
    match method {
        Method::Get => false,
        Method::Delete => processor == Processor::Bulk,
        Method::Post | Method::Put => true,
    }
}

fn empty() -> Value {
    Value::Object(Object::new())
}

/// Refuses a caller who takes XML only, or nothing the store can write.
fn accepts_json(accept: Option<&str>) -> Result<(), Refusal> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return Ok(()) };
    let fits = |kind: &str| matches!(kind.trim(), "*/*" | "application/json" | "application/*");
    if accept.split(',').any(|range| range.split(';').next().is_some_and(fits)) {
        return Ok(());
    }
    let text = "Server cannot match any of the given Accept HTTP header media type(s) from the request: \"%1\" \
                with media types from the config of response renderer.";
    Err(Refusal::new(406, text).positional([accept]))
}

/// The JSON of a body, after the checks of its `Content-Type`; the sandbox reads no XML.
fn read_body(request: &Request) -> Result<Value, Refusal> {
    if request.body.is_empty() {
        return Ok(empty());
    }
    let header = request.content_type.as_deref().unwrap_or_default();
    if header.is_empty() {
        return Err(Refusal::new(400, "Content-Type header is empty."));
    }
    let mut parts = header.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| part.strip_prefix("charset="));
    if charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(Refusal::new(400, "UTF-8 is the only supported charset."));
    }
    if !kind.eq_ignore_ascii_case("application/json") {
        let text = format!("Server cannot understand Content-Type HTTP header media type {kind}");
        return Err(Refusal::new(400, text));
    }
    json::parse(&request.body).map_err(|_| Refusal::new(400, "Decoding error."))
}

/// The reply cut to what `fields` names.
fn filtered(reply: Value, query: &str) -> Result<Value, Refusal> {
    let named = query_parameters(query).into_iter().rfind(|(name, _)| name == "fields");
    match named {
        Some((_, names)) => fields::apply(&reply, &names),
        None => Ok(reply),
    }
}
