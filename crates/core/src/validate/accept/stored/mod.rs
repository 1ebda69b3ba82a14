//! A stored customer, and a patch of it, of which it is certain what a store makes.
//!
//! A [`StoredGate`] reads both in one pass, and builds nothing but the places of
//! their members. What it gives the model of an update takes: the customer is
//! kept as it stands when it is saved again, and what the patch sets is kept as
//! it is sent. The planner builds on that; its law holds the two together.

mod attributes;
mod build;
mod few;
mod fields;
mod region;
mod room;
mod same;

use super::bytes::{anything, expect, flag, items, skip_blanks};
use super::rule::Rule;
use super::shape::{Shape, Turn, first_turn, turn};
use super::text::ascii;
use crate::contract;
use crate::store::shape;
use crate::validate::record::required;
use attributes::Attributes;
pub(crate) use attributes::Pair;
use few::Few;
use fields::from_to;
pub(crate) use fields::{ADDRESS, ADDRESS_CUSTOM, CUSTOM, CUSTOMER, ID, Members, mask, place, places};
use region::Regions;
pub(crate) use room::Roomy;
pub(crate) use same::{same_lines, same_words};

/// A stored customer, or a patch of one.
#[derive(Debug, Default)]
pub(crate) struct Customer<'t> {
    pub(crate) members: Members<'t>,
    pub(crate) addresses: Addresses<'t>,
    pub(crate) attributes: Pairs<'t>,
}

/// The addresses of a customer.
pub(crate) type Addresses<'t> = Few<Address<'t>, 4>;
/// The custom attributes of a customer.
pub(crate) type Pairs<'t> = Few<Pair<'t>, 4>;

/// An address; of a patch also the whole text of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Address<'t> {
    pub(crate) members: Members<'t>,
    pub(crate) text: &'t [u8],
    region: Option<region::Written<'t>>,
}

/// What a store certainly makes of the customers and patches that pass.
#[derive(Debug)]
pub(crate) struct StoredGate {
    customer: Shape,
    address: Shape,
    attributes: Attributes,
    address_attributes: Attributes,
    regions: Regions,
    /// What a patch may set of a customer, and what it may take away.
    settable: Settable,
}

/// The fields that a patch may set, one bit each, and those of them that it may take away.
#[derive(Debug, Clone, Copy)]
struct Settable {
    set: u32,
    cleared: u32,
}

const ADDRESSES: usize = place(&CUSTOMER, "addresses");
const EXTENSION: usize = place(&CUSTOMER, "extension_attributes");
const REGION: usize = place(&ADDRESS, "region");
const REGION_ID: usize = place(&ADDRESS, "region_id");
const COUNTRY: usize = place(&ADDRESS, "country_id");
const STREET: usize = place(&ADDRESS, "street");
const FIRSTNAME: usize = place(&ADDRESS, "firstname");
const LASTNAME: usize = place(&ADDRESS, "lastname");

/// What every stored customer has.
const HELD: u32 = mask(&CUSTOMER, required(contract::CUSTOMER))
    | mask(&CUSTOMER, &["id", "group_id", "store_id", "website_id", "addresses"]);
/// What a new address needs.
const NEEDED_OF_ADDRESS: u32 = mask(&ADDRESS, required(contract::ADDRESS));
/// What every stored address has; the country is asked for only when the address is saved again.
const HELD_BY_ADDRESS: u32 =
    NEEDED_OF_ADDRESS & !mask(&ADDRESS, &["country_id"]) | mask(&ADDRESS, &["id", "customer_id"]);
/// What a patch may set of an address: all from its country to its VAT number.
const SETTABLE_OF_ADDRESS: Settable = Settable {
    set: 1 << ID | from_to(COUNTRY, place(&ADDRESS, "vat_id")),
    cleared: mask(&ADDRESS, &["company", "fax", "middlename", "prefix", "suffix", "vat_id"]),
};

impl StoredGate {
    /// Reads a stored customer; `None` for one that has to be looked at closer.
    #[inline(always)]
    pub(crate) fn read_customer<'t>(&self, text: &'t [u8], into: &mut Customer<'t>) -> Option<()> {
        let Customer { members, addresses, attributes } = into;
        let rest = read(&self.customer, text, members, |at, rule, rest| match at {
            ADDRESSES => list(rest, |rest| self.address(rest, addresses.add()?)),
            CUSTOM => self.attributes.stored(rest, attributes),
            EXTENSION => extension(rest),
            _ => rule.read(rest),
        })?;
        (members.has(HELD) && rest.trim_ascii().is_empty()).then_some(())
    }

    #[inline(always)]
    fn address<'t>(&self, rest: &'t [u8], address: &mut Address<'t>) -> Option<&'t [u8]> {
        let Address { members, region, .. } = address;
        let after = read(&self.address, rest, members, |at, rule, rest| match at {
            ADDRESS_CUSTOM => self.address_attributes.stored(rest, &mut Pairs::default()),
            REGION => region.insert(region::Written::default()).read(rest),
            _ => rule.read(rest),
        })?;
        (members.has(HELD_BY_ADDRESS) && is_plain(members)).then_some(after)
    }

    /// Whether an address is kept as it stands when it is saved again.
    pub(crate) fn is_kept(&self, address: &Address<'_>) -> bool {
        let Address { members, region, .. } = address;
        region.is_some_and(|region| self.regions.keep(members.at(COUNTRY), &region, members.at(REGION_ID)))
    }

    /// Reads a patch of the customer; `null` stands for what is to be taken away.
    #[inline(always)]
    pub(crate) fn read_patch<'t>(&self, patch: &'t Roomy<'_>, into: &mut Customer<'t>) -> Option<()> {
        let Customer { members, addresses, attributes } = into;
        let rest = read(&self.customer, patch.text(), members, |at, rule, rest| match at {
            ADDRESSES => list(rest, |rest| self.address_patch(rest, addresses.add()?)),
            CUSTOM => self.attributes.sent(rest, attributes),
            _ => self.settable.read(at, rule, rest),
        })?;
        patch.ends_before(rest).then_some(())
    }

    /// A change of a stored address, or a new address without region, attributes and flags.
    #[inline(always)]
    fn address_patch<'t>(&self, rest: &'t [u8], address: &mut Address<'t>) -> Option<&'t [u8]> {
        let Address { members, text, .. } = address;
        let after =
            read(&self.address, rest, members, |at, rule, rest| SETTABLE_OF_ADDRESS.read(at, rule, rest))?;
        let right = match members.has(1 << ID) {
            // Another country asks for another region.
            true => !members.has(1 << COUNTRY),
            false => {
                let cleared = places(members.present()).any(|at| members.at(at) == b"null");
                members.has(NEEDED_OF_ADDRESS) && !cleared
            }
        };
        *text = rest.get(..rest.len() - after.len())?;
        (right && is_plain(members)).then_some(after)
    }
}

impl Settable {
    /// A value a patch sets, or the `null` by which it takes one away.
    #[inline(always)]
    fn read<'t>(&self, at: usize, rule: &dyn Rule, rest: &'t [u8]) -> Option<&'t [u8]> {
        if self.set >> at & 1 == 0 {
            return None;
        }
        match rest.strip_prefix(b"null") {
            Some(rest) => (self.cleared >> at & 1 == 1).then_some(rest),
            None => rule.read(rest),
        }
    }
}

/// Extension attributes: the shop's own pass whatever they are, of Magento's only the newsletter.
fn extension(rest: &[u8]) -> Option<&[u8]> {
    let mut subscribed = 0;
    expect(rest, b'{')?;
    items(rest, b'}', |rest| {
        let (key, rest) = ascii(rest)?;
        let rest = skip_blanks(expect(skip_blanks(rest), b':')?);
        if key == b"is_subscribed" {
            subscribed += 1;
            return flag(rest).filter(|_| subscribed == 1);
        }
        let known = shape::CUSTOMER_EXTENSION.declares(std::str::from_utf8(key).ok()?);
        let after = anything(rest, 0).filter(|_| !known)?;
        // The planner looks for the member by its key.
        let mut words = rest.get(..rest.len() - after.len())?.windows(b"is_subscribed".len());
        (!words.any(|word| word == b"is_subscribed")).then_some(after)
    })
}

/// Whether neither name starts with a blank (of blanks alone a name counts as missing), and the
/// street certainly fits its column.
#[inline(always)]
fn is_plain(address: &Members<'_>) -> bool {
    let named = |place: &usize| !matches!(address.at(*place), [b'"', b' ', ..]);
    [FIRSTNAME, LASTNAME].iter().all(named) && address.at(STREET).len() < attributes::LONGEST
}

/// Reads the members of an object, each once, each by `value`, and notes where they stand.
#[inline(always)]
fn read<'t>(
    shape: &Shape,
    rest: &'t [u8],
    found: &mut Members<'t>,
    mut value: impl FnMut(usize, &dyn Rule, &'t [u8]) -> Option<&'t [u8]>,
) -> Option<&'t [u8]> {
    let (mut next, mut expected) = (first_turn(rest)?, shape.fields());
    loop {
        let keys = match next {
            Turn::End(after) => return Some(after),
            Turn::Member(keys) => keys,
        };
        let (field, from);
        (field, expected, from) = shape.member(expected, keys)?;
        let rest = value(field.bit.trailing_zeros() as usize, &*field.rule, from)?;
        found.note(field.bit, from.get(..from.len() - rest.len())?)?;
        next = turn(rest)?;
    }
}

/// The items of a list.
#[inline(always)]
fn list<'t>(rest: &'t [u8], item: impl FnMut(&'t [u8]) -> Option<&'t [u8]>) -> Option<&'t [u8]> {
    expect(rest, b'[')?;
    items(rest, b']', item)
}
