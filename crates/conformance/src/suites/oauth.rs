//! `oauth.jsonl`: headers sent to a store, accepted or refused.
//!
//! Every header is verified; the header of an accepted one must also be what
//! signing gives.

use magewright::call::{Access, Method, route};
use magewright::json::Value;
use magewright::oauth::{Credentials, Identity, Integration, Nonces, Target, sign, verify};
use magewright::outcome::Refusal;
use magewright::release::Release;
use magewright::secret::Secret;

use crate::Verdict;
use crate::folder::{Folder, FolderError};

/// A time after every timestamp that the store took, and before those it refused as too early.
const NOW: i64 = 1_800_000_000;

/// Verifies each header against the recorded integrations, and signs the accepted ones again.
pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    let known = integrations();
    Ok(cases.iter().map(|case| verdict(case, cases, &known, folder.release())).collect())
}

/// The integrations that the recorded store had: name of its keys, active, revoked.
fn integrations() -> Vec<Integration> {
    let padded = |text: String| format!("{text:0<32}");
    let named = |(consumer_id, name, active, revoked): (u64, &str, bool, bool)| Integration {
        consumer_id,
        consumer_key: padded(format!("fakeconsumerkey{name}")),
        consumer_secret: Secret::new(padded(format!("fakeconsumersecret{name}"))),
        token: padded(format!("faketoken{name}")),
        token_secret: Secret::new(padded(format!("faketokensecret{name}"))),
        active,
        revoked,
    };
    let odd = Integration {
        consumer_id: 7,
        consumer_key: padded("odd/key+w=res&chars~".to_owned()),
        consumer_secret: Secret::new(padded("odd secret+/=&%~".to_owned())),
        token: padded("odd'tok*(en)!".to_owned()),
        token_secret: Secret::new(padded("odd&tok=sec%20".to_owned())),
        active: true,
        revoked: false,
    };
    let recorded = [
        (3, "full", true, false),
        (4, "limited", true, false),
        (5, "inactive", false, false),
        (6, "revoked", true, true),
    ];
    recorded.map(named).into_iter().chain([odd]).collect()
}

fn verdict(case: &Value, cases: &[Value], known: &[Integration], release: Release) -> Verdict {
    let mut nonces = nonces_before(case, cases, known, release);
    let target = target(case);
    let answer = verify(target, text(case, "authorization"), known, &mut nonces, NOW, release);
    let answer = answer.and_then(|identity| authorize(identity, target));
    let taken = answer.is_ok();
    let mut differences = compare(case, answer);
    if taken {
        differences.extend(compare_signed(case, target, release));
    }
    Verdict { id: text(case, "id").unwrap_or_default().to_owned(), differences }
}

/// The nonces that the store knows when the case comes: that of the case sent just before, if any.
/// Where that one is not in the folder, its caller is taken to be the case's own.
fn nonces_before(case: &Value, cases: &[Value], known: &[Integration], release: Release) -> Nonces {
    let mut nonces = Nonces::default();
    let Some(before) = text(case, "after_case") else { return nonces };
    match cases.iter().find(|other| text(other, "id") == Some(before)) {
        Some(sent) => {
            // Refused or not, its nonce is spent.
            let _ = verify(target(sent), text(sent, "authorization"), known, &mut nonces, NOW, release);
        }
        None => {
            let key = text(case, "consumer_key").unwrap_or_default();
            let consumer = known.iter().find(|known| known.consumer_key.eq_ignore_ascii_case(key));
            nonces.insert(
                consumer.map_or(0, |known| known.consumer_id),
                text(case, "nonce").unwrap_or_default(),
            );
        }
    }
    nonces
}

fn target(case: &Value) -> Target<'_> {
    Target { method: text(case, "method").unwrap_or_default(), url: text(case, "url").unwrap_or_default() }
}

/// What the route says to the caller: one recorded integration may see the catalog only.
fn authorize(identity: Identity<'_>, target: Target<'_>) -> Result<(), Refusal> {
    let endpoint = Method::from_name(target.method).and_then(|method| route::find(method, target.url));
    let access = endpoint.map_or(Access::Anonymous, |endpoint| endpoint.access);
    let full = |integration: &Integration| !integration.consumer_key.contains("limited");
    match (access, identity) {
        (Access::Anonymous | Access::Unknown, _) => Ok(()),
        (Access::Resource(_), Identity::Integration(integration)) if full(integration) => Ok(()),
        _ => Err(Refusal::new(401, "The consumer isn't authorized to access %resources.")
            .named([("resources", access.resource())])),
    }
}

/// The recording counts a store that fails (500) as one that did not refuse.
fn compare(case: &Value, answer: Result<(), Refusal>) -> Vec<String> {
    let accepted = case.get("accepted").and_then(Value::as_bool).unwrap_or_default();
    match answer {
        Ok(()) if accepted => Vec::new(),
        Ok(()) => vec!["expected a refusal, got acceptance".to_owned()],
        Err(refusal) if accepted && refusal.status != 500 => {
            vec![format!("expected acceptance, got {} {}", refusal.status, refusal.rendered())]
        }
        Err(refusal) => {
            let mut differences = Vec::new();
            if case.get("status").and_then(Value::as_i64) != Some(refusal.status.into()) {
                differences.push(format!("status: expected another, got {}", refusal.status));
            }
            let error = match case.get("error") {
                Some(Value::String(text)) => text.trim().into(),
                other => other.cloned().unwrap_or_default(),
            };
            differences.extend(crate::compare::differences(&error, &refusal.reply()));
            differences
        }
    }
}

/// Signs the case's own fields; a header with other than the usual parameters is verified only.
fn compare_signed(case: &Value, target: Target<'_>, release: Release) -> Vec<String> {
    let field = |name: &str| text(case, name).unwrap_or_default();
    let Ok(timestamp) = number(case.get("timestamp")).parse::<u64>() else { return Vec::new() };
    let credentials = Credentials {
        consumer_key: field("consumer_key").to_owned(),
        consumer_secret: Secret::new(field("consumer_secret")),
        token: field("token").to_owned(),
        token_secret: Secret::new(field("token_secret")),
    };
    let signed = sign(target, &credentials, field("nonce"), timestamp, release);
    let (expected, got) = (parameters(field("authorization")), parameters(&signed));
    let names = |header: &[(String, String)]| header.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let same_kind = names(&expected) == names(&got) && {
        let fixed = |(name, _): &&(String, String)| name != "oauth_signature";
        expected.iter().filter(fixed).eq(got.iter().filter(fixed))
    };
    if same_kind && expected != got {
        return vec![format!("signed: expected {expected:?}, got {got:?}")];
    }
    Vec::new()
}

/// A header's OAuth parameters, sorted; how they are quoted, spaced and escaped is the signer's choice.
fn parameters(header: &str) -> Vec<(String, String)> {
    let header = header.trim_start().get("OAuth ".len()..).unwrap_or_default();
    let pairs = header.split(',').filter_map(|part| part.trim().split_once('='));
    let clean =
        |value: &str| value.trim_matches('"').replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    let mut parameters: Vec<_> = pairs
        .filter(|(name, _)| name.starts_with("oauth_"))
        .map(|(name, value)| (name.to_owned(), clean(value)))
        .collect();
    parameters.sort();
    parameters
}

fn number(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn text<'a>(case: &'a Value, name: &str) -> Option<&'a str> {
    case.get(name)?.as_str()
}
