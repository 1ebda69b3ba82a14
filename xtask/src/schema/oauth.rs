//! Signing a GET with OAuth 1.0a (RFC 5849, HMAC-SHA256), for the plain URLs that this
//! program asks for: no repeated names, no escapes in paths. The core signs everything else.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The four values that a store gives an integration when it is activated.
pub(crate) struct Keys {
    consumer_key: String,
    consumer_secret: String,
    token: String,
    token_secret: String,
}

impl Keys {
    /// Reads `<PREFIX>_CONSUMER_KEY`, `_CONSUMER_SECRET`, `_TOKEN` and `_TOKEN_SECRET`.
    pub(crate) fn read(prefix: &str, get: impl Fn(&str) -> Option<String>) -> Result<Keys> {
        let value = |name: &str| {
            let variable = format!("{prefix}_{name}");
            get(&variable).with_context(|| format!("the environment variable {variable} is not set"))
        };
        Ok(Keys {
            consumer_key: value("CONSUMER_KEY")?,
            consumer_secret: value("CONSUMER_SECRET")?,
            token: value("TOKEN")?,
            token_secret: value("TOKEN_SECRET")?,
        })
    }

    /// The value of the `Authorization` header for a GET of this URL.
    pub(crate) fn header(&self, url: &str, nonce: &str, timestamp: u64) -> Result<String> {
        let own = [
            ("oauth_consumer_key", self.consumer_key.clone()),
            ("oauth_nonce", nonce.to_owned()),
            ("oauth_signature_method", "HMAC-SHA256".to_owned()),
            ("oauth_timestamp", timestamp.to_string()),
            ("oauth_token", self.token.clone()),
            ("oauth_version", "1.0".to_owned()),
        ];
        let key = format!("{}&{}", encode(&self.consumer_secret), encode(&self.token_secret));
        let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).context("no key to sign with")?;
        let signature = mac.chain_update(base_string(url, &own)).finalize().into_bytes();
        let shown = own.iter().map(|(name, value)| format!("{name}=\"{}\"", encode(value)));
        let shown: Vec<String> =
            shown.chain([format!("oauth_signature=\"{}\"", encode(&STANDARD.encode(signature)))]).collect();
        Ok(format!("OAuth {}", shown.join(", ")))
    }
}

/// `GET&url&parameters`, each encoded once more, the parameters sorted.
fn base_string(url: &str, own: &[(&str, String)]) -> String {
    let (bare, query) = url.split_once('?').unwrap_or((url, ""));
    let in_query = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (encode(&decode(name)), encode(&decode(value)))
    });
    let mut parameters: Vec<(String, String)> =
        own.iter().map(|(name, value)| (encode(name), encode(value))).chain(in_query).collect();
    parameters.sort();
    let joined: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("GET&{}&{}", encode(bare), encode(&joined.join("&")))
}

fn encode(text: &str) -> String {
    let byte = |byte: u8| match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let escaped = rest.strip_prefix('%').and_then(|tail| tail.get(..2));
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(3..).unwrap_or_default();
            }
            None => {
                let mut buffer = [0; 4];
                bytes.extend_from_slice(first.encode_utf8(&mut buffer).as_bytes());
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        let value = |name: &str| Some(format!("{}&", name.to_lowercase()));
        Keys::read("SHOP", value).unwrap()
    }

    #[test]
    fn a_missing_variable_is_named() {
        let error = Keys::read("SHOP", |name| (!name.ends_with("_TOKEN")).then(String::new)).err().unwrap();
        assert!(error.to_string().contains("SHOP_TOKEN is not set"), "{error}");
    }

    #[test]
    fn query_and_own_parameters_are_sorted_and_encoded_twice() {
        let own = [("oauth_a", "x y".to_owned())];
        assert_eq!(
            base_string("https://shop.example/rest/all/schema?services=a%2Cb,c&b=", &own),
            "GET&https%3A%2F%2Fshop.example%2Frest%2Fall%2Fschema\
             &b%3D%26oauth_a%3Dx%2520y%26services%3Da%252Cb%252Cc"
        );
    }

    /// Made by Python's oauthlib 3.3 with the same values.
    #[test]
    fn the_signature_is_that_of_oauthlib() {
        let url = "https://shop.example/rest/all/schema?services=customerCustomerRepositoryV1,b";
        let header = keys().header(url, "abc", 1_700_000_000).unwrap();
        assert!(header.starts_with("OAuth oauth_consumer_key=\"shop_consumer_key%26\", "), "{header}");
        assert!(
            header.ends_with("oauth_signature=\"vsov1dzAReo%2Fvn8g3TBjNbsYNyv6fqbBebvhaaCHX4U%3D\""),
            "{header}"
        );
    }
}
