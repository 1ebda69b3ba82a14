//! Letting a request in: who sends it, may they, and what do they say.

use magewright::call::{Access, Method, Route};
use magewright::json::{Object, Value};
use magewright::oauth::{self, Nonces};
use magewright::outcome::Refusal;
use magewright::store::body;

use crate::app::App;
use crate::ask::Ask;
use crate::http::{Credentials, Request};
use crate::identity::{Identity, Rights};
use crate::target::{Processor, Target};
use crate::tokens::{self, Bearer};

impl App {
    /// Lets a request in: who sends it, may they, and what do they say.
    pub(crate) fn admit<'a>(
        &mut self,
        request: &'a Request,
        target: &Target<'a>,
        route: Route,
        access: Access,
    ) -> Result<Ask<'a>, Refusal> {
        let identity = self.identify(request)?;
        let store = self.shop.store(target.scope);
        identity.allowed(access, |id| {
            let customer = self.shop.accounts.get(id);
            let website = customer.and_then(|customer| customer.get("website_id")?.as_i64());
            website.is_some_and(|website| store.admits_customers_of(website))
        })?;
        accepts_json(request.accept.as_deref())?;
        let body = if method_has_body(route.method, target.processor) {
            body::read(request.content_type.as_deref(), &request.body)?
        } else {
            empty()
        };
        Ok(Ask {
            route,
            scope: target.scope,
            identity,
            path: target.path,
            query: target.query,
            origin: &request.origin,
            body,
            queued: false,
        })
    }

    /// Who sends a request: a bearer token that is not good counts for nothing, a
    /// wrong OAuth signature is refused.
    pub(crate) fn identify(&mut self, request: &Request) -> Result<Identity, Refusal> {
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
        if self.nonces.len() >= NONCES {
            self.nonces = Nonces::default();
        }
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

/// How many nonces are remembered; a store, too, clears its table of them now and then.
const NONCES: usize = 100_000;

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
