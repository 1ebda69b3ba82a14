//! What a store says to an `Authorization` header, check by check in its order.

use super::base;
use super::encode::encode;
use super::integrations::{self, Integration, Nonces};
use super::pairs::Pairs;
use super::url::Parts;
use super::{Target, header, php};
use crate::json::Value;
use crate::outcome::{Parameters, Refusal};
use crate::release::{Band, Release};

/// How long consumer keys and tokens are.
const LENGTH: usize = 32;

/// How far ahead of the store's clock a timestamp may be, in seconds.
const DEVIATION: i64 = 600;

/// What is checked of a parameter, the signature aside, is its value percent-encoded once more.
///
/// Source: `Framework/Oauth/Helper/Request.php`, `prepareRequest`; recorded of the lengths of key and token.
const ENCODED_AGAIN: Band = Band::since(&[(8, 0)]);

const REQUIRED: [&str; 6] = [
    "oauth_consumer_key",
    "oauth_signature",
    "oauth_signature_method",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_token",
];

/// Whom a store takes the caller of a request for.
#[derive(Debug, Clone, Copy)]
pub enum Identity<'a> {
    /// Nobody in particular: no OAuth header, or an integration that is not active.
    Guest,
    /// This integration; what it may do is not looked at here.
    Integration(&'a Integration),
}

/// What a store makes of a request's `Authorization` header.
///
/// `now` is the store's Unix time in seconds. A nonce counts as used as soon as it
/// was looked at, whether the request is then accepted or not.
///
/// # Errors
/// The store's refusal; a status of 500 is a failure of its code at an integer as
/// the name of a query parameter (2.4.8 on).
///
/// ```
/// use magewright::oauth::{Identity, Nonces, Target, verify};
/// use magewright::release::Release;
/// let target = Target { method: "GET", url: "http://shop.example/rest/V1/customers/1" };
/// let mut nonces = Nonces::default();
/// let caller = verify(target, None, &[], &mut nonces, 1_700_000_000, Release::DEFAULT);
/// assert!(matches!(caller, Ok(Identity::Guest)));
/// let header = Some(r#"OAuth oauth_nonce="1""#);
/// let refusal = verify(target, header, &[], &mut nonces, 1_700_000_000, Release::DEFAULT).unwrap_err();
/// assert_eq!(refusal.errors.len(), 5);
/// ```
pub fn verify<'a>(
    target: Target<'_>,
    authorization: Option<&str>,
    known: &'a [Integration],
    nonces: &mut Nonces,
    now: i64,
    release: Release,
) -> Result<Identity<'a>, Refusal> {
    let Some(mut parameters) = authorization.and_then(header::parse) else { return Ok(Identity::Guest) };
    parameters.add_query(Parts::of(target.url).query);
    if parameters.is_empty() {
        return Ok(Identity::Guest);
    }
    let presented = Presented::read(&parameters, release)?;
    let integration = consumer(known, &presented.consumer_key)?;
    take_nonce(nonces, integration.consumer_id, &presented, now)?;
    check_token(known, integration, &presented.token)?;
    if base::is_fatal(target, &parameters, release) {
        return Err(crash());
    }
    let text = base::base_string(target, &parameters, release);
    let expected = base::signature(&text, &integration.consumer_secret, &integration.token_secret);
    if presented.signature != expected {
        return Err(Refusal::new(401, "The signature is invalid. Verify and try again."));
    }
    Ok(if integration.active { Identity::Integration(integration) } else { Identity::Guest })
}

/// The parameters that every signed request must carry.
struct Presented {
    consumer_key: String,
    signature: String,
    nonce: String,
    timestamp: String,
    token: String,
}

impl Presented {
    /// Version, presence, length of the token, method: refused with 400.
    fn read(parameters: &Pairs, release: Release) -> Result<Self, Box<Refusal>> {
        let encoded = ENCODED_AGAIN.holds(release);
        let checked = |name: &str| match parameters.get(name) {
            Some(value) if encoded && name != "oauth_signature" => Some(encode(value.as_bytes())),
            value => value,
        };
        if let Some(version) = checked("oauth_version").filter(|version| !php::equals_one(version)) {
            return Err(Refusal::new(400, "The \"%1\" Oauth version isn't supported.")
                .positional([version])
                .into());
        }
        let [Some(consumer_key), Some(signature), Some(method), Some(nonce), Some(timestamp), Some(token)] =
            REQUIRED.map(checked)
        else {
            return Err(missing(REQUIRED.into_iter().filter(|name| parameters.get(name).is_none())).into());
        };
        if token.len() != LENGTH {
            return Err(
                Refusal::new(400, "The token length is invalid. Check the length and try again.").into()
            );
        }
        if method != "HMAC-SHA256" {
            return Err(Refusal::new(400, "Signature method %1 is not supported")
                .positional([method])
                .into());
        }
        Ok(Presented { consumer_key, signature, nonce, timestamp, token })
    }
}

/// One missing parameter is named in the message itself, several in a list.
fn missing<'a>(names: impl Iterator<Item = &'a str>) -> Refusal {
    let single = |name: &str| {
        let template = "\"%fieldName\" is required. Enter and try again.";
        (template.to_owned(), Parameters::Named([("fieldName", name)].into_iter().collect()))
    };
    let mut errors: Vec<_> = names.map(single).collect();
    match (errors.len(), errors.pop()) {
        (1, Some((message, parameters))) => Refusal { parameters, ..Refusal::new(400, message) },
        (_, last) => {
            errors.extend(last);
            Refusal { errors, ..Refusal::new(400, "One or more input exceptions have occurred.") }
        }
    }
}

/// A key that PHP takes for false (`""`, `"0"`) is looked up without being measured.
fn consumer<'a>(known: &'a [Integration], key: &str) -> Result<&'a Integration, Box<Refusal>> {
    if !matches!(key, "" | "0") && key.len() != LENGTH {
        return Err(Refusal::new(401, "Consumer key is not the correct length").into());
    }
    let found = integrations::find(known, |integration| &integration.consumer_key, key);
    found.ok_or_else(|| Refusal::new(401, "A consumer having the specified key does not exist").into())
}

/// A nonce that PHP takes for false (`""`, `"0"`) never counts as used, but cannot be kept twice.
fn take_nonce(
    nonces: &mut Nonces,
    consumer: u64,
    presented: &Presented,
    now: i64,
) -> Result<(), Box<Refusal>> {
    let timestamp = php::int(&presented.timestamp);
    let nonce = presented.nonce.as_str();
    let in_time = timestamp > 0 && timestamp <= now.saturating_add(DEVIATION);
    if in_time && !matches!(nonce, "" | "0") && !nonces.is_free(consumer, nonce) {
        let used = Refusal::new(401, "The nonce is already being used by the consumer with ID %1");
        // The store gives the id as text, as it comes from the database.
        return Err(used.positional([Value::from(consumer.to_string())]).into());
    }
    match in_time && nonces.insert(consumer, nonce) {
        true => Ok(()),
        false => Err(Refusal::new(401, "An error occurred validating the nonce").into()),
    }
}

fn check_token(known: &[Integration], integration: &Integration, token: &str) -> Result<(), Box<Refusal>> {
    let refused = |message: &str| Err(Refusal::new(401, message).into());
    match integrations::find(known, |known| &known.token, token) {
        None => refused("Specified token does not exist"),
        Some(owner) if owner.consumer_id != integration.consumer_id => {
            refused("Token is not associated with the specified consumer")
        }
        Some(owner) if owner.revoked => refused("Access token has been revoked"),
        Some(_) => Ok(()),
    }
}

fn crash() -> Refusal {
    let text = "An error has happened during application run. See exception log for details.";
    Refusal { plain_text: true, ..Refusal::new(500, text) }
}

#[cfg(test)]
mod tests {
    use super::super::{Credentials, sign};
    use super::*;
    use crate::secret::Secret;
    use proptest::prelude::*;

    const NOW: i64 = 1_700_000_000;

    fn integration(number: u64) -> Integration {
        Integration {
            consumer_id: number,
            consumer_key: format!("consumer{number:0>24}"),
            consumer_secret: Secret::new(format!("secret {number}")),
            token: format!("token{number:0>27}"),
            token_secret: Secret::new(format!("token/secret&{number}")),
            active: true,
            revoked: false,
        }
    }

    fn credentials(of: &Integration) -> Credentials {
        Credentials {
            consumer_key: of.consumer_key.clone(),
            consumer_secret: of.consumer_secret.clone(),
            token: of.token.clone(),
            token_secret: of.token_secret.clone(),
        }
    }

    fn answer(known: &[Integration], nonces: &mut Nonces, header: &str) -> Result<u64, String> {
        let target = Target { method: "GET", url: "http://shop.example/rest/V1/customers/1?fields=id" };
        match verify(target, Some(header), known, nonces, NOW, Release::DEFAULT) {
            Ok(Identity::Guest) => Ok(0),
            Ok(Identity::Integration(integration)) => Ok(integration.consumer_id),
            Err(refusal) => Err(refusal.rendered()),
        }
    }

    fn header(of: &Integration, nonce: &str, timestamp: u64) -> String {
        let target = Target { method: "GET", url: "http://shop.example/rest/V1/customers/1?fields=id" };
        sign(target, &credentials(of), nonce, timestamp, Release::DEFAULT)
    }

    #[test]
    fn a_signed_request_is_taken_once() {
        let known = [integration(1), integration(2)];
        let mut nonces = Nonces::default();
        let header = header(&known[1], "n", 1_700_000_600);
        assert_eq!(answer(&known, &mut nonces, &header), Ok(2));
        let used = "The nonce is already being used by the consumer with ID 2";
        assert_eq!(answer(&known, &mut nonces, &header), Err(used.to_owned()));
    }

    #[test]
    fn a_timestamp_too_far_ahead_is_refused() {
        let known = [integration(1)];
        let header = header(&known[0], "n", 1_700_000_601);
        let refused = answer(&known, &mut Nonces::default(), &header);
        assert_eq!(refused, Err("An error occurred validating the nonce".to_owned()));
    }

    #[test]
    fn inactive_is_a_guest_and_revoked_is_refused() {
        let inactive = Integration { active: false, ..integration(1) };
        let revoked = Integration { revoked: true, ..integration(2) };
        let (first, second) = (header(&inactive, "n", 1), header(&revoked, "n", 1));
        let known = [inactive, revoked];
        assert_eq!(answer(&known, &mut Nonces::default(), &first), Ok(0));
        let refused = answer(&known, &mut Nonces::default(), &second);
        assert_eq!(refused, Err("Access token has been revoked".to_owned()));
    }

    #[test]
    fn since_2_4_8_values_are_checked_percent_encoded() {
        let known = [integration(1)];
        let target = Target { method: "GET", url: "http://shop.example/" };
        let refused = |part: &str, release: &str| {
            let mut parameters = vec![
                format!("oauth_consumer_key={}", known[0].consumer_key),
                format!("oauth_token={}", known[0].token),
                "oauth_nonce=n, oauth_timestamp=1, oauth_signature_method=HMAC-SHA256, oauth_signature=x"
                    .into(),
            ];
            parameters.retain(|known| !known.starts_with(part.split('=').next().unwrap_or_default()));
            let header = format!("OAuth {}, {part}", parameters.join(", "));
            let release = release.parse().unwrap();
            let nonces = &mut Nonces::default();
            verify(target, Some(&header), &known, nonces, NOW, release).unwrap_err().rendered()
        };
        let signature = "The signature is invalid. Verify and try again.";
        for (part, expected) in [
            ("oauth_version=1.0%20", "The \"1.0%20\" Oauth version isn't supported."),
            ("oauth_timestamp=%201", "An error occurred validating the nonce"),
            (
                "oauth_token=%C3%A9aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "The token length is invalid. Check the length and try again.",
            ),
        ] {
            assert_ne!(refused(part, "2.4.7-p3"), expected, "{part}");
            assert_eq!(refused(part, "2.4.8-p1"), expected);
        }
        assert_eq!(refused("oauth_timestamp=%201", "2.4.7-p3"), signature);
    }

    #[test]
    fn nonces_too_long_to_be_kept_collide() {
        let known = [integration(1)];
        let mut nonces = Nonces::default();
        let long = "n".repeat(33);
        assert_eq!(answer(&known, &mut nonces, &header(&known[0], &long, 1)), Ok(1));
        let again = answer(&known, &mut nonces, &header(&known[0], &long, 2));
        assert_eq!(again, Err("An error occurred validating the nonce".to_owned()));
    }

    fn query() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-z]{1,3}(\\[[0-9a-z]{0,2}\\]){0,2}=[a-z0-9+%=&.]{0,5}",
            "[ -~]{0,8}".prop_map(|text| text.replace('#', "")),
        ];
        prop::collection::vec(part, 0..20).prop_map(|parts| parts.join("&"))
    }

    proptest! {
        #[test]
        fn what_is_signed_is_taken(
            query in query(),
            nonce in "[a-zA-Z0-9 ,+%\"é]{1,20}",
            release in prop::sample::select(vec!["2.4.4", "2.4.7-p3", "2.4.8-p1"]),
        ) {
            let known = [integration(1)];
            let release: Release = release.parse().unwrap();
            let url = format!("https://shop.example/rest/V1/customers/a%2Bb?{query}");
            let target = Target { method: "PUT", url: &url };
            let header = sign(target, &credentials(&known[0]), &nonce, 1, release);
            match verify(target, Some(&header), &known, &mut Nonces::default(), NOW, release) {
                Ok(Identity::Integration(_)) => {}
                // A store fails at an integer name whatever the signature.
                Err(refusal) => prop_assert_eq!(refusal.status, 500),
                Ok(Identity::Guest) => prop_assert!(false, "taken for a guest: {}", header),
            }
        }

        #[test]
        fn any_header_gets_an_answer(header: String, url: String) {
            let target = Target { method: "GET", url: &url };
            for release in ["2.4.4", "2.4.7", "2.4.8"] {
                let release = release.parse().unwrap();
                let _ = verify(target, Some(&format!("OAuth {header}")), &[], &mut Nonces::default(), NOW, release);
            }
        }
    }
}
