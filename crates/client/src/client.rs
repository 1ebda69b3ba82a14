use std::fmt;
use std::sync::Arc;

use magewright::call::{self, Call, Request, Scope, UnexpectedReply};
use magewright::error::{Circumstances, StoreError, TokenAge, diagnose};
use magewright::json::Value;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Response, Url};

use crate::authorize::Authorization;
use crate::connection::{base, classify, connect, points_elsewhere};
use crate::error::{Failed, Refused};
use crate::session::Session;
use crate::{Credentials, Error, NetworkFailure, Settings};

/// A connection to one store, as one caller; cheap to clone, and made to be shared.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    base: Url,
    http: reqwest::Client,
    credentials: Credentials,
    settings: Settings,
    session: Session,
}

/// A reply's status and whole body, and how old the token was that asked for it.
struct Answer {
    status: u16,
    body: Vec<u8>,
    token: TokenAge,
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

    /// A client of the store at `base_url`, with these settings.
    ///
    /// # Errors
    /// As [`Client::new`].
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
        let carries_secrets = !matches!(credentials, Credentials::Guest);
        let base = base(base_url, carries_secrets, &settings)?;
        let http = connect(&base, &settings)?;
        Ok(Client(Arc::new(Inner { base, http, credentials, settings, session: Session::default() })))
    }

    /// Makes a call in the settings' scope.
    ///
    /// # Errors
    /// Every [`Error`] but [`Error::Settings`].
    pub async fn send<T>(&self, call: &Call<T>) -> Result<T, Error> {
        self.send_in(&self.0.settings.scope, call).await
    }

    /// Makes a call in the scope of a store view.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_in<T>(&self, scope: &Scope, call: &Call<T>) -> Result<T, Error> {
        let answer = self.answer(scope, &call.request).await?;
        call.parse(answer.status, &answer.body).map_err(|error| failed(&call.request, error, &answer))
    }

    /// Makes a call in the settings' scope, and gives the reply as a document that keeps key order
    /// and number spelling.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_value<T>(&self, call: &Call<T>) -> Result<Value, Error> {
        let answer = self.answer(&self.0.settings.scope, &call.request).await?;
        call.parse_value(answer.status, &answer.body).map_err(|error| failed(&call.request, error, &answer))
    }

    /// Makes a call without credentials, in the settings' scope.
    pub(crate) async fn send_as_guest<T>(&self, call: &Call<T>) -> Result<T, Error> {
        let url = self.url(&self.0.settings.scope, &call.request)?;
        let answer = self.exchange(&call.request, url, &Authorization::guest()).await?;
        call.parse(answer.status, &answer.body).map_err(|error| failed(&call.request, error, &answer))
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn session(&self) -> &Session {
        &self.0.session
    }

    /// The store's answer. After a 401 that an expired token may be behind, the call is made
    /// once more with a new token: a store that answers 401 has done nothing.
    async fn answer(&self, scope: &Scope, request: &Request) -> Result<Answer, Error> {
        let url = self.url(scope, request)?;
        let first = Authorization::of(self, request, url.as_str(), None).await?;
        let answer = self.exchange(request, url.clone(), &first).await?;
        match first.token.filter(|_| is_unauthorized(&answer)) {
            None => Ok(answer),
            refused => {
                let second = Authorization::of(self, request, url.as_str(), refused.as_ref()).await?;
                self.exchange(request, url, &second).await
            }
        }
    }

    fn url(&self, scope: &Scope, request: &Request) -> Result<Url, Error> {
        let base = self.0.base.as_str().trim_end_matches('/');
        let url = Url::parse(&format!("{base}{}", request.target(scope)));
        url.map_err(|error| Error::Settings(format!("the base URL makes no request URL: {error}")))
    }

    async fn exchange(
        &self,
        request: &Request,
        url: Url,
        authorization: &Authorization,
    ) -> Result<Answer, Error> {
        let built = self.build(request, url, authorization)?;
        let sent = self.0.http.execute(built).await;
        let response = sent.map_err(|error| Error::network(request, classify(&error)))?;
        if response.status().is_redirection() {
            let reason = NetworkFailure::Redirect {
                status: response.status().as_u16(),
                elsewhere: points_elsewhere(&response),
            };
            return Err(Error::network(request, reason));
        }
        let status = response.status().as_u16();
        let body = self.body(response).await.map_err(|reason| Error::network(request, reason))?;
        Ok(Answer { status, body, token: authorization.age })
    }

    fn build(
        &self,
        request: &Request,
        url: Url,
        authorization: &Authorization,
    ) -> Result<reqwest::Request, Error> {
        let method = match request.method {
            call::Method::Get => reqwest::Method::GET,
            call::Method::Post => reqwest::Method::POST,
            call::Method::Put => reqwest::Method::PUT,
            call::Method::Delete => reqwest::Method::DELETE,
        };
        let mut built = reqwest::Request::new(method, url);
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

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, NetworkFailure> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
            if body.len() + chunk.len() > self.0.settings.reply_limit {
                return Err(NetworkFailure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.0.base.origin().ascii_serialization();
        f.debug_struct("Client")
            .field("origin", &origin)
            .field("credentials", &self.0.credentials)
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

fn failed(request: &Request, error: call::Error, answer: &Answer) -> Error {
    let reply = match error {
        call::Error::Store(error) => {
            let circumstances =
                Circumstances { method: request.method, path: &request.path, token: answer.token };
            let causes = diagnose(&error, &circumstances);
            let path = request.shown_path().to_owned();
            return Error::Refused(Box::new(Refused { method: request.method, path, error: *error, causes }));
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
