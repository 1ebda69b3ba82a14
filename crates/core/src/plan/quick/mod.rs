//! Planned bodies from bytes to bytes, the quick way.
//!
//! Where a stored customer and a patch are such that the store certainly keeps
//! the one and takes the other ([`StoredGate`]), the smallest body is what
//! [`super::plan`] would find, and is written here without asking a prediction.
//! Everything else goes to [`super::plan`]. A law holds the two together.

mod compare;
mod writer;

use super::planned::{PlannedBody, Warning};
use crate::predict::update::{Route, Target};
use crate::store::{Caller, limits};
use crate::validate::accept::stored::{
    ADDRESS, ADDRESS_CUSTOM, Address, Addresses, CUSTOM, CUSTOMER, Customer, ID, Members, Pairs, Roomy,
    StoredGate, mask, place,
};
use compare::{changed, changes, differs, same_id, subscribes};
use writer::{List, Writer, name};

/// What is known of a target before any customer is.
#[derive(Debug)]
pub(super) struct Quick<'a> {
    gate: StoredGate,
    target: Target<'a>,
    merges: bool,
    erases_dates: bool,
    /// The most addresses that a body may hold; `None` for any number of them.
    most_addresses: Option<i64>,
}

const EMAIL: usize = place(&CUSTOMER, "email");
const WEBSITE: usize = place(&CUSTOMER, "website_id");
const EXTENSION: usize = place(&CUSTOMER, "extension_attributes");
const OWNER: usize = place(&ADDRESS, "customer_id");
/// The fields of a customer that are not simply set, and those of an address.
const APART: u32 = mask(&CUSTOMER, &["id", "addresses", "extension_attributes"]) | 1 << CUSTOM;
const APART_IN_ADDRESSES: u32 = 1 << ID | 1 << ADDRESS_CUSTOM;
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
    place(&CUSTOMER, "dob"),
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
        let queued = target.route == Route::Queue;
        let most_addresses =
            if queued { limits::queued_list_items(store) } else { limits::list_items(store) };
        let (merges, erases_dates) = (target.merges(), target.erases_dates());
        Some(Quick { gate, merges, erases_dates, most_addresses, target })
    }

    /// The smallest body; `None` when customer or patch have to be looked at closer.
    pub(super) fn plan(&self, stored: &[u8], patch: &[u8]) -> Option<PlannedBody> {
        let out = Vec::with_capacity(256 + patch.len());
        // The patch is fetched into the processor while the customer is read.
        let patch = Roomy::of(patch);
        let (mut customer, mut changes) = (Customer::default(), Customer::default());
        self.gate.read_customer(stored, &mut customer)?;
        self.gate.read_patch(&patch, &mut changes)?;
        if !is_sound(&customer) || self.is_taken(&customer)? || !self.admits(&customer) {
            return None;
        }
        let mut writer = Writer { out, changed: false };
        writer.open(b"{\"customer\":");
        self.put_fields(&mut writer, &customer.members, &changes.members)?;
        self.put_addresses(&mut writer, &customer, &changes.addresses)?;
        put_extension(&mut writer, customer.members.at(EXTENSION), changes.members.at(EXTENSION));
        self.put_attributes(&mut writer, &customer.attributes, &changes.attributes)?;
        writer.out.extend_from_slice(b"}}");
        let warnings = if self.merges { Vec::new() } else { vec![Warning::NotMerged] };
        Some(PlannedBody { body: writer.out, is_empty: !writer.changed, warnings })
    }

    /// Whether the request is taken from whom it comes: a customer's own only in the website of the path.
    fn admits(&self, customer: &Customer<'_>) -> bool {
        let admits = |website| self.target.store.admits_customers_of(website);
        self.target.route != Route::Me || number(customer.members.at(WEBSITE)).is_some_and(admits)
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
        let sent = if self.merges { 0 } else { self.put_demanded(writer, stored, patch)? };
        let changed = changed(!(APART | sent), stored, patch)?;
        writer.members(&CUSTOMER, changed, stored, patch);
        Some(())
    }

    /// What the store demands where it does not merge, unless the patch takes it away; gives the
    /// fields that are settled so.
    fn put_demanded(&self, writer: &mut Writer, stored: &Members<'_>, patch: &Members<'_>) -> Option<u32> {
        let demanded = DEMANDED.get(..DEMANDED.len() - usize::from(!self.erases_dates))?;
        let mut sent = 0;
        for &at in demanded.iter().filter(|at| patch.at(**at) != b"null") {
            sent |= 1 << at;
            match (patch.at(at), stored.at(at)) {
                (b"", b"") => {}
                (b"", kept) => writer.member(name(&CUSTOMER, at), kept),
                (set, kept) => {
                    writer.changed |= differs(kept, set)?;
                    writer.member(name(&CUSTOMER, at), set);
                }
            }
        }
        Some(sent)
    }

    fn put_addresses(
        &self,
        writer: &mut Writer,
        customer: &Customer<'_>,
        patches: &Addresses<'_>,
    ) -> Option<()> {
        let addresses = &customer.addresses;
        if !touches(addresses, patches)? {
            if self.merges {
                writer.member("addresses", b"null");
            }
            return Some(());
        }
        let new = || patches.iter().filter(|patch| !patch.members.has(1 << ID));
        let too_many = limits::exceeds(addresses.iter().count() + new().count(), self.most_addresses);
        if too_many || !addresses.iter().all(|address| self.gate.is_kept(address)) {
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
        for Address { members, .. } in addresses.iter() {
            put_address(writer, members, patch_of(members, patches.iter()).map(|patch| &patch.members))?;
        }
        for new in new() {
            writer.item();
            writer.out.extend_from_slice(new.text);
        }
        writer.out.push(b']');
        Some(())
    }

    fn put_attributes(&self, writer: &mut Writer, stored: &Pairs<'_>, patch: &Pairs<'_>) -> Option<()> {
        let any = !patch.is_empty() && put_changed_attributes(writer, stored, patch)?;
        // Dates that are not sent would be erased.
        let erased = self.erases_dates && (any || !self.merges);
        (!erased || !stored.iter().chain(patch.iter()).any(|pair| pair.is_date)).then_some(())
    }
}

/// Whether ids and defaults say the same wherever they stand.
fn is_sound(customer: &Customer<'_>) -> bool {
    let (own, addresses) = (customer.members.at(ID), &customer.addresses);
    let each = addresses.iter().enumerate().all(|(at, Address { members, .. })| {
        let id = members.at(ID);
        let again = addresses.iter().take(at).any(|other| same_id(other.members.at(ID), id));
        same_id(members.at(OWNER), own) && !again
    });
    each && DEFAULTS.iter().all(|&(field, flag)| {
        let default = customer.members.at(field);
        let id = default.get(1..default.len().saturating_sub(1)).unwrap_or_default();
        let flagged = |address: &Address<'_>| address.members.has(1 << flag);
        let found = default.is_empty() || addresses.iter().any(flagged);
        found && addresses.iter().all(|address| flagged(address) == same_id(address.members.at(ID), id))
    })
}

/// The patch of a stored address.
fn patch_of<'p, 't: 'p>(
    address: &Members<'_>,
    mut patches: impl Iterator<Item = &'p Address<'t>>,
) -> Option<&'p Address<'t>> {
    patches.find(|patch| same_id(patch.members.at(ID), address.at(ID)))
}

/// Whether any address changes or is new; `None` for one that is not stored, or named twice.
fn touches(stored: &Addresses<'_>, patches: &Addresses<'_>) -> Option<bool> {
    let mut touched = false;
    for (at, Address { members: patch, .. }) in patches.iter().enumerate() {
        if !patch.has(1 << ID) {
            touched = true;
            continue;
        }
        let again = patch_of(patch, patches.iter().take(at)).is_some();
        let kept =
            stored.iter().find(|kept| same_id(kept.members.at(ID), patch.at(ID))).filter(|_| !again)?;
        touched = touched || changes(!APART_IN_ADDRESSES, &kept.members, patch)?;
    }
    Some(touched)
}

/// A stored address as it is sent: its id, what a patch changes of it, and its flags.
fn put_address(writer: &mut Writer, stored: &Members<'_>, patch: Option<&Members<'_>>) -> Option<()> {
    writer.item();
    writer.open(b"");
    writer.member("id", stored.at(ID));
    if let Some(patch) = patch {
        let changed = changed(!APART_IN_ADDRESSES, stored, patch)?;
        writer.members(&ADDRESS, changed, stored, patch);
    }
    for (field, flag) in DEFAULTS.iter().filter(|(_, flag)| stored.has(1 << flag)) {
        writer.member(name(&CUSTOMER, *field), stored.at(*flag));
    }
    writer.out.push(b'}');
    Some(())
}

fn put_extension(writer: &mut Writer, stored: &[u8], patch: &[u8]) {
    if !patch.is_empty() && subscribes(stored) != subscribes(patch) {
        writer.changed = true;
        writer.member("extension_attributes", patch);
    }
}

/// The attributes that change, then new ones, then those that go; gives whether there are any.
fn put_changed_attributes(writer: &mut Writer, stored: &Pairs<'_>, patch: &Pairs<'_>) -> Option<bool> {
    let set = |code: &[u8]| patch.iter().find(|pair| pair.code == code);
    let mut list = List::of(writer);
    for kept in stored.iter() {
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
    Some(list.close())
}

fn number(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}
