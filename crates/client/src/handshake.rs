//! The handshake that gives a new integration its access token.

use magewright::oauth::{self, Token, access_token_header, request_token_header};
use magewright::secret::Secret;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderValue};

use crate::authorize::{nonce, now};
use crate::connection::{base, body, connect};
use crate::network::{NetworkFailure, classify};
use crate::{Error, Settings};

/// What a store posts to an integration's callback when an administrator activates it.
#[derive(Debug, Clone)]
pub struct Activation {
    /// `oauth_consumer_key`.
    pub consumer_key: String,
    /// `oauth_consumer_secret`.
    pub consumer_secret: Secret,
    /// `oauth_verifier`.
    pub verifier: Secret,
}

/// Fetches the access token of an integration that is being activated: a request token first, then the
/// access token for it. The store waits for both while its administrator looks on.
///
/// # Errors
/// [`Error::Handshake`] where the store refuses or no whole reply comes; [`Error::Settings`] as
/// [`Client::new`](crate::Client::new).
///
/// ```no_run
/// use magewright_client::{Activation, Client, Settings, handshake};
///
/// # async fn example(posted: Activation) -> Result<(), magewright_client::Error> {
/// let credentials = handshake("https://shop.example/", &posted, &Settings::default()).await?;
/// let client = Client::new("https://shop.example/", credentials.into())?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
pub async fn handshake(
    base_url: &str,
    activation: &Activation,
    settings: &Settings,
) -> Result<oauth::Credentials, Error> {
    let base = base(base_url, true, settings)?;
    let http = connect(&base, settings)?;
    let consumer = (activation.consumer_key.as_str(), &activation.consumer_secret);

    let url = at(&base, oauth::REQUEST_TOKEN_PATH)?;
    let header =
        request_token_header(url.as_str(), consumer.0, consumer.1, &fresh()?, now(), settings.release);
    let request = post(&http, url, &header, settings.reply_limit).await?;

    let url = at(&base, oauth::ACCESS_TOKEN_PATH)?;
    let verifier = activation.verifier.reveal();
    let header =
        access_token_header(url.as_str(), consumer, &request, verifier, (&fresh()?, now()), settings.release);
    let access = post(&http, url, &header, settings.reply_limit).await?;
    Ok(oauth::Credentials {
        consumer_key: activation.consumer_key.clone(),
        consumer_secret: activation.consumer_secret.clone(),
        token: access.token,
        token_secret: access.secret,
    })
}

fn at(base: &Url, path: &str) -> Result<Url, Error> {
    let url = Url::parse(&format!("{}{path}", base.as_str().trim_end_matches('/')));
    url.map_err(|error| Error::Settings(format!("the base URL makes no request URL: {error}")))
}

fn fresh() -> Result<String, Error> {
    nonce().ok_or_else(|| Error::Handshake("the operating system gave no random bytes".to_owned()))
}

async fn post(http: &reqwest::Client, url: Url, header: &str, limit: usize) -> Result<Token, Error> {
    let failed = |failure: NetworkFailure| Error::Handshake(failure.to_string());
    let value = HeaderValue::from_str(header);
    let mut value =
        value.map_err(|_| Error::Settings("the consumer key cannot stand in a header".to_owned()))?;
    value.set_sensitive(true);
    let sent = http.post(url).header(AUTHORIZATION, value).send().await;
    let response = sent.map_err(|error| failed(classify(&error)))?;
    let reply = body(response, limit).await.map_err(failed)?;
    let reply = Secret::new(String::from_utf8(reply).unwrap_or_default());
    Token::parse(reply.reveal()).map_err(|error| Error::Handshake(error.to_string()))
}
