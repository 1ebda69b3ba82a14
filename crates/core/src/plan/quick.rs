//! Planned bodies from bytes to bytes, the quick way.
//!
//! Where a stored customer and a patch are such that the store certainly keeps
//! the one and takes the other ([`StoredGate`]), the smallest body is what
//! [`super::plan`] would find, and is written here without asking a prediction.
//! Everything else goes to [`super::plan`]. A law holds the two together.

use super::planner::{PlannedBody, Warning};
use crate::predict::update::{Route, Target};
use crate::store::Caller;
use crate::validate::accept::stored::{
    self, ADDRESS, ADDRESS_CUSTOM, Address, CUSTOM, CUSTOMER, Customer, Members, Pair, StoredGate, place,
};

/// What is known of a target before any customer is.
#[derive(Debug)]
pub(super) struct Quick<'a> {
    gate: StoredGate,
    target: Target<'a>,
    merges: bool,
}

const ID: usize = 0;
const DOB: usize = place(&CUSTOMER, "dob");
const EMAIL: usize = place(&CUSTOMER, "email");
const WEBSITE: usize = place(&CUSTOMER, "website_id");
const EXTENSION: usize = place(&CUSTOMER, "extension_attributes");
const ADDRESSES: usize = place(&CUSTOMER, "addresses");
const OWNER: usize = place(&ADDRESS, "customer_id");
const STREET: usize = place(&ADDRESS, "street");
/// Each default as a field of the customer and as a flag of its address.
const DEFAULTS: [(usize, usize); 2] = [
    (place(&CUSTOMER, "default_billing"), place(&ADDRESS, "default_billing")),
    (place(&CUSTOMER, "default_shipping"), place(&ADDRESS, "default_shipping")),
];
/// What the store demands where it does not merge; the date of birth where it would be erased.
const DEMANDED: [usize; 6] = [
    EMAIL,
    place(&CUSTOMER, "firstname"),
    place(&CUSTOMER, "lastname"),
    WEBSITE,
    place(&CUSTOMER, "disable_auto_group_change"),
    DOB,
];

impl<'a> Quick<'a> {
    /// `None` where every update has to be predicted.
    pub(super) fn new(target: &Target<'a>) -> Option<Self> {
        let allowed = match target.route {
            Route::Me => target.caller == Caller::Customer,
            Route::ById(_) | Route::Queue => target.caller.manages_customers(),
        };
        let store = &target.store;
        let placed = store.scope.is_none_or(|code| store.profile.store_view_by_code(code).is_some());
        let route = if let Route::ById(_) = target.route { Route::ById("1") } else { target.route };
        let target = Target { route, ..*target };
        let gate = StoredGate::new(&target).filter(|_| allowed && placed && target.has_route())?;
        Some(Quick { gate, merges: target.merges(), target })
    }

    /// The smallest body; `None` when customer or patch have to be looked at closer.
    pub(super) fn plan(&self, stored: &[u8], patch: &[u8]) -> Option<PlannedBody> {
        let customer = self.gate.customer(stored)?;
        let patch = self.gate.patch(patch)?;
        if !is_sound(&customer) || self.is_taken(&customer)? {
            return None;
        }
        let mut writer = Writer { out: Vec::with_capacity(256), changed: false };
        writer.open(b"{\"customer\":");
        self.put_fields(&mut writer, &customer.members, &patch.members)?;
        self.put_addresses(&mut writer, &customer, &patch.addresses)?;
        put_extension(&mut writer, customer.members.at(EXTENSION), patch.members.at(EXTENSION));
        self.put_attributes(&mut writer, &customer.attributes, &patch.attributes)?;
        writer.out.extend_from_slice(b"}}");
        let warnings = if self.merges { Vec::new() } else { vec![Warning::NotMerged] };
        Some(PlannedBody { body: writer.out, is_empty: !writer.changed, warnings })
    }

    /// Whether another customer that is known has the e-mail address.
    fn is_taken(&self, customer: &Customer<'_>) -> Option<bool> {
        let store = &self.target.store;
        if store.accounts.is_empty() {
            return Some(false);
        }
        let email = std::str::from_utf8(customer.members.at(EMAIL)).ok()?.trim_matches('"');
        let website = number(customer.members.at(WEBSITE))?;
        let own = number(customer.members.at(ID))?;
        (!email.contains('\\'))
            .then(|| store.accounts.is_taken(email, store.account_scope(website), Some(own)))
    }

    fn put_fields(&self, writer: &mut Writer, stored: &Members<'_>, patch: &Members<'_>) -> Option<()> {
        if self.target.route != Route::Me {
            writer.member("id", stored.at(ID));
        }
        let demanded =
            if self.merges { 0 } else { DEMANDED.len() - usize::from(!self.target.erases_dates()) };
        let demanded = DEMANDED.get(..demanded).unwrap_or_default();
        for &at in demanded {
            match (patch.at(at), stored.at(at)) {
                (b"null", _) | (b"", b"") => {}
                (b"", kept) => writer.member(name(&CUSTOMER, at), kept),
                (set, kept) => {
                    writer.changed |= differs(kept, set)?;
                    writer.member(name(&CUSTOMER, at), set);
                }
            }
        }
        let sent_before = |at: usize| demanded.contains(&at) && patch.at(at) != b"null";
        let apart = |at: usize| matches!(at, ADDRESSES | EXTENSION | CUSTOM) || sent_before(at);
        writer.changes(&CUSTOMER, stored, patch, apart)
    }

    fn put_addresses(
        &self,
        writer: &mut Writer,
        customer: &Customer<'_>,
        patches: &[Address<'_>],
    ) -> Option<()> {
        if !touches(&customer.addresses, patches)? {
            if self.merges {
                writer.member("addresses", b"null");
            }
            return Some(());
        }
        if !customer.addresses.iter().all(|address| self.gate.is_kept(&address.members)) {
            return None;
        }
        if !self.merges {
            for (field, _) in DEFAULTS {
                let kept = customer.members.at(field);
                writer.member(name(&CUSTOMER, field), if kept.is_empty() { b"null" } else { kept });
            }
        }
        writer.changed = true;
        writer.member("addresses", b"[");
        for address in &customer.addresses {
            let change = patches.iter().find(|patch| patch.members.at(ID) == address.members.at(ID));
            writer.item();
            writer.open(b"");
            writer.member("id", address.members.at(ID));
            if let Some(change) = change {
                writer.changes(&ADDRESS, &address.members, &change.members, |at| at == ADDRESS_CUSTOM)?;
            }
            for (field, flag) in DEFAULTS.iter().filter(|(_, flag)| !address.members.at(*flag).is_empty()) {
                writer.member(name(&CUSTOMER, *field), address.members.at(*flag));
            }
            writer.out.push(b'}');
        }
        for new in patches.iter().filter(|patch| patch.members.at(ID).is_empty()) {
            writer.item();
            writer.out.extend_from_slice(new.text);
        }
        writer.out.push(b']');
        Some(())
    }

    fn put_attributes(&self, writer: &mut Writer, stored: &[Pair<'_>], patch: &[Pair<'_>]) -> Option<()> {
        let set = |code: &[u8]| patch.iter().find(|pair| pair.code == code);
        let mut list = List { writer, any: false };
        for kept in stored {
            if let Some(set) = set(kept.code).filter(|set| set.value != b"null")
                && differs(kept.value, set.value)?
            {
                list.put(set.code, set.value);
            }
        }
        for new in patch.iter().filter(|pair| pair.value != b"null") {
            if !stored.iter().any(|kept| kept.code == new.code) {
                list.put(new.code, new.value);
            }
        }
        for gone in stored.iter().filter(|kept| set(kept.code).is_some_and(|set| set.value == b"null")) {
            list.put(gone.code, b"null");
        }
        let any = list.any;
        if any {
            writer.changed = true;
            writer.out.push(b']');
        }
        // Dates that are not sent would be erased.
        let erased = self.target.erases_dates() && (any || !self.merges);
        (!erased || !stored.iter().chain(patch).any(|pair| pair.is_date)).then_some(())
    }
}

/// Whether ids and defaults say the same wherever they stand.
fn is_sound(customer: &Customer<'_>) -> bool {
    let (own, addresses) = (customer.members.at(ID), &customer.addresses);
    let each = addresses.iter().enumerate().all(|(at, address)| {
        let id = address.members.at(ID);
        let again = addresses.iter().take(at).any(|other| other.members.at(ID) == id);
        address.members.at(OWNER) == own && !again
    });
    each && DEFAULTS.iter().all(|&(field, flag)| {
        let default = customer.members.at(field);
        let default = default.get(1..default.len().saturating_sub(1)).unwrap_or_default();
        let is_default = |address: &&Address<'_>| address.members.at(ID) == default;
        let found =
            customer.members.at(field).is_empty() || addresses.iter().any(|address| is_default(&address));
        found && addresses.iter().all(|address| is_default(&address) != address.members.at(flag).is_empty())
    })
}

/// Whether any address changes or is new; `None` for one that is not stored, or named twice.
fn touches(stored: &[Address<'_>], patches: &[Address<'_>]) -> Option<bool> {
    let mut touched = false;
    for (at, patch) in patches.iter().enumerate() {
        let id = patch.members.at(ID);
        if id.is_empty() {
            touched = true;
            continue;
        }
        let again = patches.iter().take(at).any(|other| other.members.at(ID) == id);
        let kept = stored.iter().find(|kept| kept.members.at(ID) == id).filter(|_| !again)?;
        for at in 1..ADDRESS.len() {
            touched |= changes(at == STREET, kept.members.at(at), patch.members.at(at))?;
        }
    }
    Some(touched)
}

fn put_extension(writer: &mut Writer, stored: &[u8], patch: &[u8]) {
    if !patch.is_empty() && subscribes(stored) != subscribes(patch) {
        writer.changed = true;
        writer.member("extension_attributes", patch);
    }
}

/// Whether extension attributes that were read subscribe to the newsletter; `None` when they say nothing of it.
fn subscribes(extension: &[u8]) -> Option<bool> {
    const KEY: &[u8] = b"\"is_subscribed\"";
    let at = extension.windows(KEY.len()).position(|word| word == KEY)? + KEY.len();
    let value = extension.get(at..)?.trim_ascii_start().strip_prefix(b":")?;
    Some(value.trim_ascii_start().starts_with(b"true"))
}

/// Whether a patch changes a member; an empty text stands for one that is not there.
fn changes(lines: bool, stored: &[u8], patch: &[u8]) -> Option<bool> {
    match patch {
        b"" => Some(false),
        b"null" => Some(!stored.is_empty()),
        _ if lines => stored::same_lines(stored, patch).map(|same| !same),
        _ => differs(stored, patch),
    }
}

/// Whether two scalars differ; `None` when one has escapes and they are not both texts.
fn differs(stored: &[u8], set: &[u8]) -> Option<bool> {
    let escaped = |text: &[u8]| text.contains(&b'\\');
    match stored == set {
        true => Some(false),
        false if stored.is_empty() || !escaped(stored) && !escaped(set) => Some(true),
        false => stored::same_words(stored, set).map(|same| !same),
    }
}

fn name(fields: &[&'static str], at: usize) -> &'static str {
    fields.get(at).copied().unwrap_or_default()
}

fn number(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The body as far as it is written.
struct Writer {
    out: Vec<u8>,
    changed: bool,
}

impl Writer {
    fn open(&mut self, before: &[u8]) {
        self.out.extend_from_slice(before);
        self.out.push(b'{');
    }

    /// Makes room for another item of a list.
    fn item(&mut self) {
        if self.out.last() != Some(&b'[') {
            self.out.push(b',');
        }
    }

    fn member(&mut self, name: &str, value: &[u8]) {
        let begins = self.out.last() == Some(&b'{');
        self.out.extend_from_slice(if begins { b"\"" } else { b",\"" });
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out.extend_from_slice(value);
    }

    /// The members that a patch changes: those that are stored in their order, then new ones in the patch's.
    fn changes(
        &mut self,
        fields: &[&'static str],
        stored: &Members<'_>,
        patch: &Members<'_>,
        apart: impl Fn(usize) -> bool,
    ) -> Option<()> {
        let (mut changed, mut count) = ([0; 32], 0);
        for at in (1..fields.len()).filter(|at| !patch.at(*at).is_empty() && !apart(*at)) {
            if changes(at == STREET && fields.len() == ADDRESS.len(), stored.at(at), patch.at(at))? {
                *changed.get_mut(count)? = at;
                count += 1;
            }
        }
        let changed = changed.get_mut(..count)?;
        changed.sort_by(|&a, &b| match (stored.at(a).is_empty(), stored.at(b).is_empty()) {
            (false, false) => stored.order(a, b),
            (true, true) => patch.order(a, b),
            (new, other) => new.cmp(&other),
        });
        for &at in changed.iter() {
            let value = patch.at(at);
            self.changed = true;
            self.member(name(fields, at), if value == b"null" { b"\"\"" } else { value });
        }
        Some(())
    }
}

/// The list of custom attributes, opened with the first.
struct List<'w> {
    writer: &'w mut Writer,
    any: bool,
}

impl List<'_> {
    fn put(&mut self, code: &[u8], value: &[u8]) {
        if !std::mem::replace(&mut self.any, true) {
            self.writer.member("custom_attributes", b"[");
        }
        self.writer.item();
        self.writer.open(b"");
        self.writer.member("attribute_code", code);
        self.writer.member("value", value);
        self.writer.out.push(b'}');
    }
}
