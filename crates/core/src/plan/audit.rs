use super::change::Change;
use super::differ::unlike;
use super::keyed::{ADDRESSES, Index};
use super::members::listed;
use super::settle::{addresses_of, text};
use crate::json::{Object, Value};
use crate::outcome::{Outcome, Refusal};
use crate::predict::update::{Prediction, Target, sent, update};
use crate::report::Severity;
use crate::store::shape;

/// One thing that a request would do, or fail to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Where, as a JSON Pointer into the stored customer in which items of keyed lists stand by their keys.
    pub pointer: String,
    /// What kind of effect.
    pub kind: EffectKind,
    /// How bad it is; `None` for what the request asks for.
    pub severity: Option<Severity>,
    /// What is stored there.
    pub before: Option<Value>,
    /// What will be stored there.
    pub after: Option<Value>,
    /// What the store answers, when it refuses.
    pub refusal: Option<Box<Refusal>>,
}

/// What kind of effect a request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EffectKind {
    /// The store refuses the request.
    Refused,
    /// The store refuses any update: a stored value breaks a rule of today.
    BlockedByStored,
    /// Another customer is changed, because the body has its id.
    OtherCustomer,
    /// A new customer is created.
    Created,
    /// The password is replaced by the hash that was sent, whatever it is.
    PasswordReplaced,
    /// Changed as asked.
    Changed,
    /// Changed, but to another value than was sent.
    Altered,
    /// Changed though the request does not name it.
    Lost,
    /// An address deleted because the list does not name it.
    AddressLost,
    /// A default address cleared though the request does not ask for it.
    DefaultCleared,
    /// Sent, and ignored by the store.
    Ignored,
}

impl EffectKind {
    /// A stable name for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            EffectKind::Refused => "refused",
            EffectKind::BlockedByStored => "blocked-by-stored",
            EffectKind::OtherCustomer => "other-customer",
            EffectKind::Created => "created",
            EffectKind::PasswordReplaced => "password-replaced",
            EffectKind::Changed => "changed",
            EffectKind::Altered => "altered",
            EffectKind::Lost => "lost",
            EffectKind::AddressLost => "address-lost",
            EffectKind::DefaultCleared => "default-cleared",
            EffectKind::Ignored => "ignored",
        }
    }

    const fn severity(self) -> Option<Severity> {
        match self {
            EffectKind::Refused | EffectKind::BlockedByStored => Some(Severity::Error),
            EffectKind::Changed => None,
            _ => Some(Severity::Loss),
        }
    }

    fn at(self, pointer: impl Into<String>) -> Effect {
        let (pointer, severity) = (pointer.into(), self.severity());
        Effect { pointer, kind: self, severity, before: None, after: None, refusal: None }
    }

    fn of(self, change: Change) -> Effect {
        Effect { before: change.before, after: change.after, ..self.at(change.pointer) }
    }
}

/// What a body really does to a stored customer, place by place.
///
/// First what concerns the request as a whole, then every change in the order
/// of the stored customer, then what is sent in vain in the order of the body, and
/// parameters that the service does not have.
/// The store's own fields (the time of the save and the like) are left out.
///
/// ```
/// use magewright::json::parse;
/// use magewright::plan::audit;
/// use magewright::predict::update::{Route, Target};
/// use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
/// let stored = parse(br#"{"id":5,"group_id":1,"email":"a@example.test","firstname":"A","lastname":"B","taxvat":"T","created_at":"2024-01-01 00:00:00",
///     "store_id":1,"website_id":1,"addresses":[],"disable_auto_group_change":0}"#)?;
/// let body = parse(br#"{"customer":{"firstname":"N","taxvat":null,"created_at":"2020-01-01 00:00:00"}}"#)?;
/// let found = audit(&stored, &body, &target);
/// let said: Vec<_> = found.iter().map(|e| (e.pointer.as_str(), e.kind.as_str())).collect();
/// assert_eq!(said, [("/firstname", "changed"), ("/taxvat", "ignored"), ("/created_at", "ignored")]);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn audit(stored: &Value, body: &Value, target: &Target<'_>) -> Vec<Effect> {
    let Prediction { outcome, customers } = update(stored, body, target);
    if let Outcome::Refused(refusal) = outcome {
        let kind = refused(&refusal, stored, target);
        return vec![Effect { refusal: Some(Box::new(refusal)), ..kind.at("") }];
    }
    let sent = sent(stored, body, target).unwrap_or_default();
    let mut found = Vec::new();
    if ["passwordHash", "password_hash"]
        .iter()
        .any(|key| body.get(key).is_some_and(|hash| !text(Some(hash)).is_empty()))
    {
        found.push(EffectKind::PasswordReplaced.at("/passwordHash"));
    }
    let mut after = stored;
    for customer in &customers {
        match customer.get("id") {
            id if id == stored.get("id") => after = customer,
            Some(Value::String(_)) => found.push(EffectKind::Created.at("/id")),
            id => found.push(Effect {
                after: id.cloned(),
                before: stored.get("id").cloned(),
                ..EffectKind::OtherCustomer.at("/id")
            }),
        }
    }
    let asked = Asked { sent: &sent, addresses: addresses_of(&sent) };
    found.extend(unlike(stored, after).into_iter().map(|change| classified(change, &asked)));
    if !std::ptr::eq(after, stored) {
        forced(body, stored, target, &mut found);
        in_vain(&sent, stored, after, &mut found);
        unknown_attributes(body, &sent, &mut found);
    }
    beside_the_customer(body, &mut found);
    found
}

/// Whether the stored customer itself is in the way: then nothing at all can be changed. Where it is the
/// caller or the route, the customer is not.
fn refused(refusal: &Refusal, stored: &Value, target: &Target<'_>) -> EffectKind {
    if refusal.status == 401 || !target.has_route() {
        return EffectKind::Refused;
    }
    let mut nothing = stored.clone();
    if let Some(customer) = nothing.as_object_mut() {
        customer.insert("addresses", Value::Null);
    }
    let body: Object = [("customer", nothing)].into_iter().collect();
    match update(stored, &body.into(), target).outcome {
        Outcome::Refused(other) if other == *refusal => EffectKind::BlockedByStored,
        _ => EffectKind::Refused,
    }
}

/// The customer that was sent, its addresses by their ids.
struct Asked<'s> {
    sent: &'s Object,
    addresses: Index<'s>,
}

impl<'s> Asked<'s> {
    /// What was sent for the place, when anything was.
    fn at(&self, pointer: &str) -> Option<&'s Value> {
        let mut segments = pointer.split('/').skip(1).filter(|segment| *segment != "value");
        let member = self.sent.get(segments.next()?)?;
        let within = match (member, segments.next()) {
            (Value::Array(_), Some(id)) => self.addresses.get(id),
            (member, Some(name)) => member.get(name),
            (member, None) => Some(member),
        };
        segments.try_fold(within?, Value::get)
    }
}

fn classified(change: Change, asked: &Asked<'_>) -> Effect {
    let asked = asked.at(&change.pointer);
    let segments: Vec<&str> = change.pointer.split('/').skip(1).collect();
    let default = matches!(segments.last(), Some(&("default_billing" | "default_shipping")));
    let kind = match (segments.as_slice(), asked) {
        (["addresses", id], _) if id.starts_with('<') => EffectKind::Changed,
        (["addresses", _], _) => EffectKind::AddressLost,
        (["addresses", _, "region" | "region_id", ..], _) => EffectKind::Changed,
        (_, None | Some(Value::Null)) if default && change.after.is_none() => EffectKind::DefaultCleared,
        _ if default => EffectKind::Changed,
        (["custom_attributes", ..] | ["addresses", _, "custom_attributes", ..], Some(_)) => {
            EffectKind::Changed
        }
        (_, Some(Value::Null) | None) => EffectKind::Lost,
        (_, Some(value)) if *value == change.after.clone().unwrap_or_default() => EffectKind::Changed,
        (_, Some(value)) if text(Some(value)) == text(change.after.as_ref()) => EffectKind::Changed,
        _ => EffectKind::Altered,
    };
    kind.of(change)
}

/// Parameters the service does not have; a `password` is the one that is sent most.
fn beside_the_customer(body: &Value, found: &mut Vec<Effect>) {
    const KNOWN: [&str; 5] = ["customer", "passwordHash", "password_hash", "customerId", "customer_id"];
    let sent = body.as_object().into_iter().flat_map(Object::iter);
    for (key, _) in sent.filter(|(key, value)| !KNOWN.contains(key) && !value.is_null()) {
        found.push(EffectKind::Ignored.at(format!("/{}", crate::json::escape_segment(key))));
    }
}

/// What a customer's own request cannot set, and sets nevertheless.
fn forced(body: &Value, stored: &Value, target: &Target<'_>, found: &mut Vec<Effect>) {
    let sent = body.get("customer").and_then(Value::as_object);
    for (key, value) in sent.into_iter().flat_map(Object::iter) {
        let name = shape::CUSTOMER.field(key).map_or(key, |field| field.name);
        let kept = stored.get(name);
        if target.forced().contains(&name) && !value.is_null() && text(Some(value)) != text(kept) {
            let kept = kept.cloned();
            found.push(Effect {
                before: kept.clone(),
                after: kept,
                ..EffectKind::Ignored.at(format!("/{name}"))
            });
        }
    }
}

/// Fields that were sent and make no difference, though another value is stored.
fn in_vain(sent: &Object, stored: &Value, after: &Value, found: &mut Vec<Effect>) {
    for (key, value) in sent.iter() {
        ignored(format!("/{key}"), value, stored.get(key), after.get(key), found);
    }
    let [stored, after] = [stored, after].map(|customer| ADDRESSES.index(listed(customer.get("addresses"))));
    let addresses = listed(sent.get("addresses"));
    for address in addresses.iter().filter_map(Value::as_object) {
        let id = text(address.get("id"));
        let (Some(before), Some(after)) = (stored.get(id), after.get(id)) else { continue };
        for (key, value) in address.iter().filter(|(key, _)| !is_flag(key)) {
            ignored(format!("/addresses/{id}/{key}"), value, before.get(key), after.get(key), found);
        }
        if let Some(Value::Object(region)) = address.get("region") {
            for (key, value) in region.iter().filter(|(_, value)| !value.is_null()) {
                let [before, after] = [before, after].map(|address| address.get("region")?.get(key));
                ignored(format!("/addresses/{id}/region/{key}"), value, before, after, found);
            }
        }
    }
}

fn is_flag(key: &str) -> bool {
    matches!(key, "default_billing" | "default_shipping" | "region_id")
}

fn ignored(
    pointer: String,
    sent: &Value,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Effect>,
) {
    let stays = text(before) == text(after);
    let differs = text(Some(sent)) != text(before);
    if stays && differs && !matches!(pointer.as_str(), "/id" | "/updated_at" | "/addresses") {
        found.push(Effect {
            before: before.cloned(),
            after: after.cloned(),
            ..EffectKind::Ignored.at(pointer)
        });
    }
}

/// Custom attributes the store does not know, or does not take as such.
fn unknown_attributes(body: &Value, sent: &Object, found: &mut Vec<Effect>) {
    let codes: Vec<&str> = match body.pointer("/customer/custom_attributes") {
        Some(Value::Array(list)) => list.iter().map(|item| text(item.get("attribute_code"))).collect(),
        Some(Value::Object(map)) => map.iter().map(|(code, _)| code).collect(),
        _ => Vec::new(),
    };
    for code in codes {
        let known = sent.get("custom_attributes").is_some_and(|known| known.get(code).is_some());
        if !known && !code.is_empty() {
            found.push(
                EffectKind::Ignored.at(format!("/custom_attributes/{}", crate::json::escape_segment(code))),
            );
        }
    }
}
