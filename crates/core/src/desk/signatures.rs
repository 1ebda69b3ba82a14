//! Questions about OAuth signatures: writing one, and what a store makes of one.

use super::answer::object;
use super::replies::refusal;
use super::request::{invalid, missing};
use super::{Failure, Request};
use crate::json::{Object, Path, Value};
use crate::oauth::{self, Credentials, Identity, Integration, Nonces, Target};
use crate::release::Release;
use crate::secret::Secret;

/// `oauth.sign`: the value of the `Authorization` header.
pub(super) fn sign(request: &Request) -> Result<Value, Failure> {
    let credentials = Credentials {
        consumer_key: request.text("consumer_key")?.to_owned(),
        consumer_secret: Secret::new(request.text("consumer_secret")?),
        token: request.text("token")?.to_owned(),
        token_secret: Secret::new(request.text("token_secret")?),
    };
    let timestamp = seconds(request, "timestamp")?;
    let timestamp = u64::try_from(timestamp).map_err(|_| invalid("timestamp", "give seconds since 1970"))?;
    Ok(oauth::sign(target(request)?, &credentials, request.text("nonce")?, timestamp, release(request)?)
        .into())
}

/// `oauth.verify`: `{"caller": "guest"}`, `{"caller": "integration", "consumer_id"}` or `{"refused"}`, what a
/// store that has these `integrations` makes of an `Authorization` header at the time `now`.
///
/// An integration is `{"consumer_id", "consumer_key", "consumer_secret", "token", "token_secret", "active"?,
/// "revoked"?, "used_nonces"?}`; what may be left out is `true`, `false` and none.
pub(super) fn verify(request: &Request) -> Result<Value, Failure> {
    let (known, mut nonces) = integrations(&request.document("integrations")?)?;
    let (target, header) = (target(request)?, request.optional_text("authorization")?);
    let now = seconds(request, "now")?;
    let found = oauth::verify(target, header, &known, &mut nonces, now, release(request)?);
    Ok(object(match found {
        Ok(Identity::Guest) => vec![("caller", "guest".into())],
        Ok(Identity::Integration(integration)) => {
            vec![("caller", "integration".into()), ("consumer_id", integration.consumer_id.into())]
        }
        Err(found) => vec![("refused", refusal(&found).into())],
    })
    .into())
}

fn target<'r>(request: &'r Request) -> Result<Target<'r>, Failure> {
    Ok(Target { method: request.text("method")?, url: request.text("url")? })
}

fn seconds(request: &Request, name: &str) -> Result<i64, Failure> {
    request.optional_integer(name)?.ok_or_else(|| missing(name))
}

/// The release asked about, which must be one that knows signatures.
fn release(request: &Request) -> Result<Release, Failure> {
    let release = request.release()?;
    if release.is_saas() {
        let message = "the SaaS edition takes no signatures: send an IMS access token as bearer";
        return Err(invalid("release", message));
    }
    Ok(release)
}

/// The integrations that a store has, and the nonces they have used.
fn integrations(given: &Value) -> Result<(Vec<Integration>, Nonces), Failure> {
    let Value::Array(items) = given else { return Err(invalid("integrations", "give a list")) };
    let (mut known, mut nonces) = (Vec::new(), Nonces::default());
    for (at, item) in items.iter().enumerate() {
        let item = Item { at, members: item.as_object().ok_or_else(|| wrong(at, None, "give an object"))? };
        let integration = item.integration()?;
        for nonce in item.used_nonces()? {
            nonces.insert(integration.consumer_id, nonce);
        }
        known.push(integration);
    }
    Ok((known, nonces))
}

/// An integration as it is described.
struct Item<'v> {
    at: usize,
    members: &'v Object,
}

impl<'v> Item<'v> {
    fn integration(&self) -> Result<Integration, Failure> {
        let id = self.members.get("consumer_id").and_then(Value::as_i64);
        let id = id.and_then(|id| u64::try_from(id).ok());
        Ok(Integration {
            consumer_id: id.ok_or_else(|| self.wrong("consumer_id", "give the number of the consumer"))?,
            consumer_key: self.text("consumer_key")?.to_owned(),
            consumer_secret: Secret::new(self.text("consumer_secret")?),
            token: self.text("token")?.to_owned(),
            token_secret: Secret::new(self.text("token_secret")?),
            active: self.flag("active")?.unwrap_or(true),
            revoked: self.flag("revoked")?.unwrap_or(false),
        })
    }

    fn used_nonces(&self) -> Result<Vec<&'v str>, Failure> {
        let given = match self.given("used_nonces") {
            None => return Ok(Vec::new()),
            Some(given) => given.as_array().and_then(|items| items.iter().map(Value::as_str).collect()),
        };
        given.ok_or_else(|| self.wrong("used_nonces", "give a list of strings"))
    }

    fn text(&self, name: &str) -> Result<&'v str, Failure> {
        self.given(name).and_then(Value::as_str).ok_or_else(|| self.wrong(name, "give a string"))
    }

    fn flag(&self, name: &str) -> Result<Option<bool>, Failure> {
        let given = self.given(name);
        let read = |value: &Value| value.as_bool().ok_or_else(|| self.wrong(name, "give true or false"));
        given.map(read).transpose()
    }

    fn given(&self, name: &str) -> Option<&'v Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn wrong(&self, name: &str, message: &str) -> Failure {
        wrong(self.at, Some(name), message)
    }
}

fn wrong(at: usize, member: Option<&str>, message: &str) -> Failure {
    let place = Path::root();
    let place = place.index(at);
    let pointer = member.map_or_else(|| place.to_string(), |name| place.key(name).to_string());
    invalid("integrations", message).below(&pointer)
}

#[cfg(test)]
mod tests {
    use super::super::call;

    const INTEGRATION: &str = r#""consumer_key":"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk","consumer_secret":"s",
        "token":"tttttttttttttttttttttttttttttttt","token_secret":"u""#;

    fn signed() -> String {
        let request = format!(
            r#"{{"method":"GET","url":"https://shop.test/rest/V1/customers/5",{INTEGRATION},"nonce":"n","timestamp":1700000000}}"#
        );
        let answer = call("oauth.sign", request.as_bytes());
        answer.strip_prefix(r#"{"ok":"#).and_then(|text| text.strip_suffix('}')).unwrap().to_owned()
    }

    fn verified(header: &str, integrations: &str) -> String {
        let request = format!(
            r#"{{"method":"GET","url":"https://shop.test/rest/V1/customers/5","authorization":{header},
                "integrations":{integrations},"now":1700000000}}"#
        );
        call("oauth.verify", request.as_bytes())
    }

    #[test]
    fn a_signature_needs_every_secret() {
        assert!(signed().contains("oauth_signature="));
        let request = r#"{"method":"GET","url":"https://shop.test/","consumer_key":"k","consumer_secret":"s",
            "token":"t","tokensecret":"u","nonce":"n","timestamp":1700000000}"#;
        let answer = call("oauth.sign", request.as_bytes());
        assert!(answer.contains("/tokensecret"), "{answer}");
    }

    #[test]
    fn what_is_signed_is_taken_once() {
        let store = |more: &str| format!(r#"[{{"consumer_id":3,{INTEGRATION}{more}}}]"#);
        let caller = r#"{"ok":{"caller":"integration","consumer_id":3}}"#;
        assert_eq!(verified(&signed(), &store("")), caller);
        assert_eq!(verified(&signed(), &store(r#","active":false"#)), r#"{"ok":{"caller":"guest"}}"#);
        assert_eq!(verified("null", "[]"), r#"{"ok":{"caller":"guest"}}"#);
        let used = verified(&signed(), &store(r#","used_nonces":["N"]"#));
        assert!(used.starts_with(r#"{"ok":{"refused":{"status":401"#), "{used}");
        let other = verified(&signed().replace("GET", "PUT"), &store(r#","revoked":true"#));
        assert!(other.contains("revoked"), "{other}");
        assert!(verified(&signed(), "[]").contains("does not exist"));
    }

    #[test]
    fn what_describes_no_integration_is_named() {
        for (integrations, pointer) in [
            ("{}", "/integrations"),
            ("[7]", "/integrations/0"),
            ("[{}]", "/integrations/0/consumer_id"),
            (r#"[{"consumer_id":-1}]"#, "/integrations/0/consumer_id"),
            (r#"[{"consumer_id":1}]"#, "/integrations/0/consumer_key"),
        ] {
            let answer = verified("null", integrations);
            assert!(answer.contains(&format!(r#""pointer":"{pointer}""#)), "{answer}");
        }
        for more in [r#""active":1"#, r#""used_nonces":[1]"#] {
            let answer = verified("null", &format!(r#"[{{"consumer_id":1,{INTEGRATION},{more}}}]"#));
            assert!(answer.contains(r#""code":"invalid_member""#), "{answer}");
        }
    }
}
