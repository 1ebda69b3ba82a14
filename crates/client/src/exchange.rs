//! The one way out: a call is authorized, sent, read, and sent again where that does no harm.

use std::time::Duration;

use magewright::call::{self, Addressed, Call, Request, Scope, UnexpectedReply};
use magewright::error::{Circumstances, StoreError, TokenAge, diagnose};
use magewright::json::Value;
use magewright::retry::{Repeat, retry_after};
use reqwest::Url;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use crate::authorize::{Authorization, chance, now};
use crate::connection::{body, points_elsewhere};
use crate::error::{Failed, Refused};
use crate::network::{NetworkFailure, classify};
use crate::{Client, Error};

/// The header by which the SaaS edition is told the store view.
const STORE: HeaderName = HeaderName::from_static("store");

/// A reply's status and whole body, and what else is known of the exchange.
struct Answer {
    status: u16,
    body: Vec<u8>,
    /// How old the token was that asked for it.
    token: TokenAge,
    retry_after: Option<Duration>,
}

impl Answer {
    fn read<T, R>(mut self, call: &Call<T>, read: Read<T, R>) -> Result<R, Error> {
        let body = std::mem::take(&mut self.body);
        read(call, self.status, body).map_err(|error| failed(&call.request, error, &self))
    }
}

/// How status and body are read.
type Read<T, R> = fn(&Call<T>, u16, Vec<u8>) -> Result<R, call::Error>;

/// A reply as its model.
pub(crate) fn model<T>(call: &Call<T>, status: u16, body: Vec<u8>) -> Result<T, call::Error> {
    call.parse(status, &body)
}

/// A reply as a document.
pub(crate) fn document<T>(call: &Call<T>, status: u16, body: Vec<u8>) -> Result<Value, call::Error> {
    call.parse_value(status, &body)
}

impl Client {
    /// Makes a call in a scope, and again as the settings' policy and `repeat` allow.
    pub(crate) async fn deliver<T, R>(
        &self,
        scope: &Scope,
        call: &Call<T>,
        repeat: Repeat,
        read: Read<T, R>,
    ) -> Result<R, Error> {
        let mut tried = 0;
        loop {
            tried += 1;
            let answer = self.answer(scope, &call.request).await;
            match answer.and_then(|answer| answer.read(call, read)) {
                Ok(reply) => return Ok(reply),
                // The login has been repeated already.
                Err(error @ Error::Login(_)) => return Err(error),
                Err(error) => self.pause(tried, repeat, error).await?,
            }
        }
    }

    /// Makes a call without credentials, in the settings' scope: a login.
    pub(crate) async fn log_in<T>(&self, call: &Call<T>) -> Result<T, Error> {
        let address = self.address_of(&self.settings().scope, &call.request)?;
        let mut tried = 0;
        loop {
            tried += 1;
            let answer = self.exchange(&call.request, &address, &Authorization::guest()).await;
            match answer.and_then(|answer| answer.read(call, model)) {
                Ok(reply) => return Ok(reply),
                Err(error) => self.pause(tried, Repeat::of(call), error).await?,
            }
        }
    }

    /// Waits before the next attempt, or gives the error back when there is to be none.
    pub(crate) async fn pause(&self, tried: u32, repeat: Repeat, error: Error) -> Result<(), Error> {
        let retry = &self.settings().retry;
        let wait = error.setback().and_then(|setback| retry.wait(tried, &setback, repeat, chance()));
        tokio::time::sleep(wait.ok_or(error)?).await;
        Ok(())
    }

    /// The store's answer. After a 401 that an expired token may be behind, the call is made
    /// once more with a new token: a store that answers 401 has done nothing.
    async fn answer(&self, scope: &Scope, request: &Request) -> Result<Answer, Error> {
        let address = self.address_of(scope, request)?;
        let first = Authorization::of(self, request, address.url.as_str(), None).await?;
        let answer = self.exchange(request, &address, &first).await?;
        match first.token.filter(|_| is_unauthorized(&answer)) {
            None => Ok(answer),
            refused => {
                let second = Authorization::of(self, request, address.url.as_str(), refused.as_ref()).await?;
                self.exchange(request, &address, &second).await
            }
        }
    }

    /// Where a request goes in the store's release, which may lack the endpoint.
    fn address_of(&self, scope: &Scope, request: &Request) -> Result<Address, Error> {
        let base = self.connection().base.as_str().trim_end_matches('/');
        let address = request.addressed(scope, self.settings().release);
        let Addressed { target, store } = address.map_err(|error| Error::Settings(error.to_string()))?;
        let url = Url::parse(&format!("{base}{target}"));
        let url =
            url.map_err(|error| Error::Settings(format!("the base URL makes no request URL: {error}")))?;
        Ok(Address { url, store })
    }

    /// Sends a request once, when there is a slot for it.
    async fn exchange(
        &self,
        request: &Request,
        address: &Address,
        authorization: &Authorization,
    ) -> Result<Answer, Error> {
        let built = build(request, address, authorization)?;
        let slot = self.connection().pace.slot().await;
        let reply = self.reply(built, authorization.age).await;
        slot.ended(match &reply {
            Ok(answer) => matches!(answer.status, 429 | 503),
            Err(failure) => *failure == NetworkFailure::Timeout,
        });
        reply.map_err(|failure| Error::network(request, failure))
    }

    async fn reply(&self, request: reqwest::Request, token: TokenAge) -> Result<Answer, NetworkFailure> {
        let response = self.connection().http.execute(request).await.map_err(|error| classify(&error))?;
        let status = response.status().as_u16();
        if response.status().is_redirection() {
            return Err(NetworkFailure::Redirect { status, elsewhere: points_elsewhere(&response) });
        }
        let retry_after = asked_to_wait(response.headers());
        let body = body(response, self.settings().reply_limit).await?;
        Ok(Answer { status, body, token, retry_after })
    }
}

/// A request's URL, and the store view where that is a header.
struct Address {
    url: Url,
    store: Option<String>,
}

fn build(
    request: &Request,
    address: &Address,
    authorization: &Authorization,
) -> Result<reqwest::Request, Error> {
    let method = match request.method {
        call::Method::Get => reqwest::Method::GET,
        call::Method::Post => reqwest::Method::POST,
        call::Method::Put => reqwest::Method::PUT,
        call::Method::Delete => reqwest::Method::DELETE,
    };
    let mut built = reqwest::Request::new(method, address.url.clone());
    if let Some(code) = &address.store {
        let value = HeaderValue::from_str(code);
        let value = value.map_err(|_| Error::Settings("the scope cannot stand in a header".to_owned()))?;
        built.headers_mut().insert(STORE, value);
    }
    built.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(body) = &request.body {
        built.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *built.body_mut() = Some(body.to_string().into());
    }
    if let Some(header) = &authorization.header {
        let value = HeaderValue::from_str(header.reveal());
        let mut value =
            value.map_err(|_| Error::Settings("the token cannot stand in a header".to_owned()))?;
        value.set_sensitive(true);
        built.headers_mut().insert(AUTHORIZATION, value);
    }
    Ok(built)
}

fn asked_to_wait(headers: &HeaderMap) -> Option<Duration> {
    let header = headers.get(RETRY_AFTER)?.to_str().ok()?;
    retry_after(header, i64::try_from(now()).unwrap_or(i64::MAX))
}

fn failed(request: &Request, error: call::Error, answer: &Answer) -> Error {
    let reply = match error {
        call::Error::Store(error) => {
            let circumstances =
                Circumstances { method: request.method, path: &request.path, token: answer.token };
            let causes = diagnose(&error, &circumstances);
            let path = request.shown_path().to_owned();
            let refused = Refused {
                method: request.method,
                path,
                error: *error,
                causes,
                retry_after: answer.retry_after,
            };
            return Error::Refused(Box::new(refused));
        }
        call::Error::Reply(reply) => reply,
        other => UnexpectedReply { status: answer.status, problem: other.to_string() },
    };
    Error::Reply(Box::new(Failed::of(request, reply)))
}

/// Whether an expired token may be behind an answer: a wrong password is a 401 too.
fn is_unauthorized(answer: &Answer) -> bool {
    answer.status == 401
        && StoreError::decode(answer.status, &answer.body).template().contains("authorized to access")
}
