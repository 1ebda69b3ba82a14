//! GET, with the credentials that somebody named; bounded in size and time.

use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use super::oauth::Keys;
use super::read::read_bounded;

/// Building its schema takes a store some seconds when it has not done so before.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Where the credentials are; they never stand on a command line.
#[derive(Debug, Clone, Default, clap::Args)]
#[group(id = "credentials", multiple = false)]
pub(crate) struct Options {
    /// The environment variable that holds a bearer token for the address.
    #[arg(long, value_name = "VAR")]
    token_env: Option<String>,
    /// An integration's four values: the environment variables <PREFIX>_CONSUMER_KEY,
    /// <PREFIX>_CONSUMER_SECRET, <PREFIX>_TOKEN and <PREFIX>_TOKEN_SECRET.
    #[arg(long, value_name = "PREFIX")]
    oauth_env: Option<String>,
}

/// What a request is sent with.
pub(crate) enum Credentials {
    None,
    Token(String),
    OAuth(Box<Keys>),
}

/// What a store answered.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Options {
    /// Reads the environment.
    pub(crate) fn read(&self) -> Result<Credentials> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        match (&self.token_env, &self.oauth_env) {
            (Some(name), _) => {
                let token = variable(name);
                let token =
                    token.with_context(|| format!("the environment variable {name} holds no token"))?;
                Ok(Credentials::Token(token))
            }
            (None, Some(prefix)) => Ok(Credentials::OAuth(Box::new(Keys::read(prefix, variable)?))),
            (None, None) => Ok(Credentials::None),
        }
    }
}

/// Asks an address; redirects are answers, since credentials must not follow them.
pub(crate) fn get(address: &str, credentials: &Credentials) -> Result<Reply> {
    refuse_eavesdroppers(address, credentials)?;
    // The one provider for TLS that needs neither cmake nor a C compiler with assembler support.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::blocking::Client::builder()
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut request = client.get(address).header("Accept", "application/json");
    request = match credentials {
        Credentials::None => request,
        Credentials::Token(token) => request.bearer_auth(token),
        Credentials::OAuth(keys) => request.header("Authorization", signed(keys, address)?),
    };
    let reply = request.send().with_context(|| format!("{address} does not answer"))?;
    let status = reply.status().as_u16();
    if reply.status().is_redirection() {
        let target = reply.headers().get("location").and_then(|value| value.to_str().ok());
        bail!("{address} points to {}; name that address", target.unwrap_or("elsewhere"));
    }
    Ok(Reply { status, body: read_bounded(reply, address)? })
}

fn signed(keys: &Keys, address: &str) -> Result<String> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    // A store refuses a nonce that it has seen; the clock's nanoseconds do not come again.
    let nonce = format!("{:x}{:x}", now.as_nanos(), std::process::id());
    // Signed is what reqwest sends, with its spelling of the path and query.
    let url = reqwest::Url::parse(address).with_context(|| format!("{address} is no address"))?;
    keys.header(url.as_str(), &nonce, now.as_secs())
}

/// Credentials go over plain HTTP to this machine only.
fn refuse_eavesdroppers(address: &str, credentials: &Credentials) -> Result<()> {
    let Some(rest) = address.strip_prefix("http://") else { return Ok(()) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    match credentials {
        Credentials::None => Ok(()),
        _ if is_here => Ok(()),
        _ => bail!("{address} would show the credentials to everybody on the way; use https"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_travel_encrypted_or_not_at_all() {
        let token = Credentials::Token("abc".to_owned());
        for address in
            ["http://shop.example/", "http://127.0.0.1.shop.example/", "http://user@shop.example:80/x"]
        {
            assert!(refuse_eavesdroppers(address, &token).is_err(), "{address}");
            assert!(refuse_eavesdroppers(address, &Credentials::None).is_ok());
        }
        for address in
            ["https://shop.example/", "http://127.0.0.1:8070/rest", "http://localhost/", "http://[::1]:1/"]
        {
            assert!(refuse_eavesdroppers(address, &token).is_ok(), "{address}");
        }
    }

    #[test]
    fn a_variable_that_is_not_set_is_named() {
        let options = Options { token_env: Some("MAGEWRIGHT_NOT_SET".to_owned()), oauth_env: None };
        assert!(options.read().err().unwrap().to_string().contains("MAGEWRIGHT_NOT_SET"));
    }
}
